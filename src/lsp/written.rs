//! Where in a TOML file a byte stands, though what is written there is not finished yet.

/// Where a byte stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct At {
    /// The keys that lead to the table or the value.
    pub(super) path: Vec<String>,
    pub(super) place: Place,
    /// Where what is being written begins.
    pub(super) start: usize,
}

/// In what a byte stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Between the brackets of a header: two where it is of a list.
    Header { double: bool },
    /// Where a key may be.
    Key { seen: Vec<String> },
    /// Where a value may be: within quotes or not.
    Value { quoted: bool },
}

/// Nothing nests deeper.
const DEEPEST: usize = 32;

struct Reader<'a> {
    text: &'a str,
    at: usize,
    table: Vec<String>,
    seen: Vec<String>,
}

/// Reads up to a byte, and says where that is. None in comments, and where nothing can be written.
pub(super) fn placed(text: &str, cursor: usize) -> Option<At> {
    let mut reader = Reader {
        text: text.get(..cursor)?,
        at: 0,
        table: Vec::new(),
        seen: Vec::new(),
    };
    loop {
        if let Some(found) = reader.statement() {
            return found;
        }
    }
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Passes over these characters.
    fn pass(&mut self, signs: &[char]) {
        self.at = self.text.len() - self.rest().trim_start_matches(signs).len();
    }

    /// Passes over a comment; whether the text ends in it.
    fn comment(&mut self) -> bool {
        if !self.rest().starts_with('#') {
            return false;
        }
        match self.rest().find('\n') {
            Some(end) => self.at += end,
            None => return true,
        }
        false
    }

    /// One statement; what was found when the text ends in it.
    fn statement(&mut self) -> Option<Option<At>> {
        self.pass(&[' ', '\t', '\n', '\r', '\u{feff}']);
        if self.rest().starts_with('#') {
            return self.comment().then_some(None);
        }
        if self.rest().starts_with('[') {
            return self.header();
        }
        let start = self.at;
        let Some(end) = self.rest().find(['=', '\n', '#']) else {
            let seen = std::mem::take(&mut self.seen);
            let (table, from) = self.dotted(start);
            return Some(Some(At {
                path: table,
                place: Place::Key { seen },
                start: from,
            }));
        };
        let key = keys(&self.rest()[..end]);
        self.at += end;
        if !self.rest().starts_with('=') {
            return None;
        }
        self.at += 1;
        self.seen.extend(key.first().cloned());
        let path = [&self.table[..], &key[..]].concat();
        self.value(&path, 0)
    }

    /// The table that a key which is being written belongs to: `text.e` is of `text`.
    fn dotted(&self, start: usize) -> (Vec<String>, usize) {
        let typed = &self.text[start..];
        match typed.rfind('.').filter(|_| !typed.contains(['"', '\''])) {
            Some(dot) => (
                [&self.table[..], &keys(&typed[..dot])[..]].concat(),
                start + dot + 1,
            ),
            None => (self.table.clone(), start),
        }
    }

    fn header(&mut self) -> Option<Option<At>> {
        let double = self.rest().starts_with("[[");
        self.at += if double { 2 } else { 1 };
        let start = self.at;
        let Some(end) = self.rest().find([']', '\n']) else {
            return Some(Some(At {
                path: Vec::new(),
                place: Place::Header { double },
                start,
            }));
        };
        self.table = keys(&self.rest()[..end]);
        self.seen.clear();
        self.at += end;
        self.pass(&[']', ' ', '\t']);
        // after a header nothing can be written on its line
        if self.is_done() { Some(None) } else { None }
    }

    fn value(&mut self, path: &[String], depth: usize) -> Option<Option<At>> {
        if depth > DEEPEST {
            return Some(None);
        }
        self.pass(&[' ', '\t']);
        let found = |quoted, start| {
            let path = path.to_vec();
            Some(Some(At {
                path,
                place: Place::Value { quoted },
                start,
            }))
        };
        if self.is_done() {
            return found(false, self.at);
        }
        let rest = self.rest();
        for quote in ["\"\"\"", "'''", "\"", "'"] {
            if rest.starts_with(quote) {
                let start = self.at + quote.len();
                return match closed(&self.text[start..], quote) {
                    Some(length) => {
                        self.at = start + length + quote.len();
                        None
                    }
                    None if quote.len() == 1 && self.text[start..].contains('\n') => {
                        // it was never closed: the line ends it
                        self.at = start + self.text[start..].find('\n').unwrap_or_default();
                        None
                    }
                    None => found(true, start),
                };
            }
        }
        match rest.chars().next() {
            Some('[') => self.array(path, depth),
            Some('{') => self.inline(path, depth),
            _ => {
                let start = self.at;
                match rest.find(['\n', ',', ']', '}', '#']) {
                    Some(end) => {
                        self.at += end;
                        None
                    }
                    None => found(false, start),
                }
            }
        }
    }

    fn array(&mut self, path: &[String], depth: usize) -> Option<Option<At>> {
        self.at += 1;
        loop {
            self.pass(&[' ', '\t', '\n', '\r', ',']);
            if self.rest().starts_with('#') {
                if self.comment() {
                    return Some(None);
                }
                continue;
            }
            if self.rest().starts_with(']') {
                self.at += 1;
                return None;
            }
            let before = self.at;
            if let Some(found) = self.value(path, depth + 1) {
                return Some(found);
            }
            if self.at == before {
                return None;
            }
        }
    }

    fn inline(&mut self, path: &[String], depth: usize) -> Option<Option<At>> {
        self.at += 1;
        let mut seen = Vec::new();
        loop {
            self.pass(&[' ', '\t', ',']);
            if self.rest().starts_with('}') {
                self.at += 1;
                return None;
            }
            let start = self.at;
            let Some(end) = self.rest().find(['=', '\n', '}']) else {
                let path = path.to_vec();
                return Some(Some(At {
                    path,
                    place: Place::Key { seen },
                    start,
                }));
            };
            let key = keys(&self.rest()[..end]);
            self.at += end;
            if !self.rest().starts_with('=') {
                return None;
            }
            self.at += 1;
            seen.extend(key.first().cloned());
            let path = [path, &key[..]].concat();
            if let Some(found) = self.value(&path, depth + 1) {
                return Some(found);
            }
        }
    }
}

/// How many bytes stand before the quotes that close a string.
fn closed(text: &str, quote: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let end = rest.find(quote)?;
        if quote.len() == 1 && rest[..end].contains('\n') {
            return None;
        }
        let escapes = rest[..end]
            .bytes()
            .rev()
            .take_while(|of| *of == b'\\')
            .count();
        if !quote.starts_with('"') || escapes % 2 == 0 {
            return Some(at + end);
        }
        at += end + 1;
    }
}

/// The keys of a dotted key.
fn keys(text: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (key, after) = match quote {
            Some(quote) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
            None => rest.split_at(rest.find('.').unwrap_or(rest.len())),
        };
        keys.push(key.trim().to_owned());
        rest = after.trim_start().trim_start_matches('.').trim_start();
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the `|` of a text stands.
    fn at(text: &str) -> Option<(Vec<String>, Place, String)> {
        let cursor = text.find('|').unwrap();
        let at = placed(&text.replace('|', ""), cursor)?;
        Some((at.path, at.place, text[at.start..cursor].to_owned()))
    }

    fn path(keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| (*key).to_owned()).collect()
    }

    fn key(seen: &[&str]) -> Place {
        Place::Key { seen: path(seen) }
    }

    #[test]
    fn a_place_is_told_while_it_is_written() {
        let value = |quoted| Place::Value { quoted };
        let cases = [
            ("pa|", path(&[]), key(&[]), "pa"),
            ("a = 1\npa|", path(&[]), key(&["a"]), "pa"),
            ("[fil|", path(&[]), Place::Header { double: false }, "fil"),
            ("[[sc|", path(&[]), Place::Header { double: true }, "sc"),
            ("[files]\ninc|", path(&["files"]), key(&[]), "inc"),
            (
                "[[rule]]\nid = \"x\"\n[rule.when]\nsense = \"|",
                path(&["rule", "when", "sense"]),
                value(true),
                "",
            ),
            (
                "packs = [\"core\", \"ho|",
                path(&["packs"]),
                value(true),
                "ho",
            ),
            (
                "packs = [\n  # all\n  \"core\",\n  |",
                path(&["packs"]),
                value(false),
                "",
            ),
            (
                "[rules.\"core/x\"]\nseverity = wa|",
                path(&["rules", "core/x", "severity"]),
                value(false),
                "wa",
            ),
            (
                "[values]\nloss = { value = 7, as|",
                path(&["values", "loss"]),
                key(&["value"]),
                "as",
            ),
            (
                "[values]\nloss = { value = 7, as-of = 20|",
                path(&["values", "loss", "as-of"]),
                value(false),
                "20",
            ),
            ("a = \"\"\"\nb = 1 |", path(&["a"]), value(true), "\nb = 1 "),
            ("a = \"unclosed\nb|", path(&[]), key(&["a"]), "b"),
            (
                "[[disclosure.version]]\ntext.e|",
                path(&["disclosure", "version", "text"]),
                key(&[]),
                "e",
            ),
            ("a = 'x\\'\nb|", path(&[]), key(&["a"]), "b"),
        ];
        for (text, path, place, typed) in cases {
            assert_eq!(at(text), Some((path, place, typed.to_owned())), "{text}");
        }
        for text in ["# pa|", "[files] |", "a = 1 # x|"] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn whatever_is_written_it_ends() {
        for text in [
            "[", "[[", "a=[[[[[[", "{", "a={", "a={,,", "a=[}", "=", "a==", "a={b}", "a=[\"", "\"",
            "a = \"\\", "[\n]",
        ] {
            for end in 0..=text.len() {
                let _ = placed(text, end);
            }
            let many = text.repeat(500);
            let _ = placed(&many, many.len());
        }
    }
}
