//! Tags and expressions of JSX in a text: where each ends, what its attributes say. No JavaScript is run or parsed: strings,
//! templates, comments and brackets are told apart, which is what finding the end takes.

use std::ops::Range;
use std::rc::Rc;

use super::html::events::Tag;
use super::masked::Inset;
use crate::pieces::Pieces;
use crate::source::Span;

/// A text that tags and expressions are looked for in, and how often a search ran to its end in vain.
pub(super) struct Jsx<'a> {
    pub(super) text: &'a str,
    /// Where it begins in the source.
    base: usize,
    vain: usize,
}

/// After so many searches that nothing answered, a file is no MDX, and looking on would take quadratic time.
const MOST_IN_VAIN: usize = 8;

impl<'a> Jsx<'a> {
    pub(super) fn new(text: &'a str, base: usize) -> Self {
        Self {
            text,
            base,
            vain: 0,
        }
    }

    /// The place of a range of the text in the source.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }

    /// One past the bracket that closes the one at `at`.
    pub(super) fn closing(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut depth = 0_usize;
        let mut here = at;
        while self.vain < MOST_IN_VAIN && here < bytes.len() {
            match bytes[here] {
                b'{' | b'(' | b'[' => depth += 1,
                b'}' | b')' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(here + 1);
                    }
                }
                _ => {
                    here = self.past_literal(here);
                    continue;
                }
            }
            here += 1;
        }
        self.vain += 1;
        None
    }

    /// One past a string, a template or a comment that begins at `at`; else one past the byte there.
    pub(super) fn past_literal(&mut self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        let to = |needle: &str| {
            self.text[at + 2..]
                .find(needle)
                .map_or(self.text.len(), |length| at + 2 + length + needle.len())
        };
        match rest {
            [b'/', b'*', ..] => to("*/"),
            // `https://` in the words of an element is no comment
            [b'/', b'/', ..] if at == 0 || self.text.as_bytes()[at - 1] != b':' => self.text[at..]
                .find("\n")
                .map_or(self.text.len(), |length| at + length),
            [b'"' | b'\'', ..] => self.past_string(at).unwrap_or(at + 1),
            [b'`', ..] => self.past_template(at).unwrap_or(at + 1),
            _ => at + 1,
        }
    }

    /// One past a string on one line; a quotation mark that none answers there is an apostrophe.
    fn past_string(&self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut here = at + 1;
        loop {
            match bytes.get(here)? {
                b'\n' => return None,
                b'\\' => here += 1,
                byte if *byte == bytes[at] => return Some(here + 1),
                _ => {}
            }
            here += 1;
        }
    }

    /// One past a template, with the templates in what stands in its `${…}`.
    fn past_template(&mut self, at: usize) -> Option<usize> {
        if self.vain >= MOST_IN_VAIN {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut open = vec![b'`'];
        let mut here = at + 1;
        while let (Some(byte), Some(within)) = (bytes.get(here), open.last()) {
            let words = *within == b'`';
            match byte {
                b'\\' => here += 1,
                b'`' if words => {
                    open.pop();
                }
                b'$' if words && bytes.get(here + 1) == Some(&b'{') => {
                    open.push(b'{');
                    here += 1;
                }
                b'`' | b'{' if !words => open.push(*byte),
                b'}' if !words => {
                    open.pop();
                }
                b'"' | b'\'' if !words => here = self.past_string(here).map_or(here, |end| end - 1),
                _ => {}
            }
            here += 1;
            if open.is_empty() {
                return Some(here);
            }
        }
        self.vain += 1;
        None
    }

    /// The tag that begins with the `<` at `at`, and one past it.
    pub(super) fn tag(&mut self, at: usize) -> Option<(Inset, usize)> {
        let closes = self.text[at + 1..].starts_with('/');
        let starts = self.skip_space(at + 1 + usize::from(closes));
        let named = self.name(starts);
        let name: Rc<str> = self.text[starts..named].into();
        if name.ends_with(['.', ':']) {
            return None;
        }
        let mut here = self.skip_space(named);
        if closes {
            let end = here + 1;
            return (self.byte(here) == Some(b'>'))
                .then(|| (Inset::Close(name, self.span(at..end)), end));
        }
        let mut attributes = Vec::new();
        loop {
            match self.byte(here)? {
                b'>' => {
                    here += 1;
                    break;
                }
                b'/' if self.byte(here + 1) == Some(b'>') => {
                    here += 2;
                    break;
                }
                // a spread, or a comment
                b'{' if !name.is_empty() => here = self.closing(here)?,
                _ if name.is_empty() || here == named => return None,
                _ => here = self.attribute(here, &mut attributes)?,
            }
            here = self.skip_space(here);
        }
        let closed = self.text[..here].ends_with("/>");
        let tag = Tag {
            name,
            span: self.span(at..here),
            attributes,
            closed,
        };
        Some((Inset::Open(tag), here))
    }

    /// Reads an attribute; one past it.
    fn attribute(
        &mut self,
        at: usize,
        attributes: &mut Vec<(Rc<str>, Rc<str>, Span)>,
    ) -> Option<usize> {
        let named = self.name(at);
        if named == at {
            return None;
        }
        let name: Rc<str> = self.text[at..named].to_ascii_lowercase().into();
        let equals = self.skip_space(named);
        if self.byte(equals) != Some(b'=') {
            attributes.push((name, "".into(), self.span(at..named)));
            return Some(named);
        }
        let starts = self.skip_space(equals + 1);
        match self.byte(starts)? {
            quote @ (b'"' | b'\'') => {
                let inner = &self.text[starts + 1..];
                let Some(length) = inner.bytes().position(|byte| byte == quote) else {
                    self.vain += 1;
                    return None;
                };
                let range = starts + 1..starts + 1 + length;
                let value = htmlize::unescape(&self.text[range.clone()]).into_owned();
                attributes.push((name, value.into(), self.span(range)));
                Some(starts + length + 2)
            }
            b'{' => {
                let end = self.closing(starts)?;
                let range = starts + 1..end - 1;
                if let Some(value) = value_of(&name, &self.text[range.clone()]) {
                    attributes.push((name, value.into(), self.span(range)));
                }
                Some(end)
            }
            _ => None,
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn skip_space(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + rest.len() - rest.trim_start().len()
    }

    /// One past a name: an identifier with `-`, `.` and `:` in it.
    fn name(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let begins = |c: char| c.is_alphabetic() || matches!(c, '_' | '$');
        let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.' | ':');
        if !rest.starts_with(begins) {
            return at;
        }
        at + rest.find(|c: char| !goes_on(c)).unwrap_or(rest.len())
    }

    /// What the expression in `{…}` shows.
    pub(super) fn expression(&self, range: Range<usize>) -> Option<Inset> {
        let inner = &self.text[range.start + 1..range.end - 1];
        let code = inner.trim();
        let start = range.start + 1 + inner.len() - inner.trim_start().len();
        let whole = self.span(range);
        // the identifier of a heading, as some generators write it
        if code.is_empty() || code.starts_with('#') {
            return None;
        }
        if let Some(body) = code.strip_prefix("/*").and_then(|of| of.strip_suffix("*/"))
            && !body.contains("*/")
        {
            return Some(Inset::Comment(
                whole,
                self.span(start + 2..start + code.len() - 2),
            ));
        }
        let number = code
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        if number {
            return Some(Inset::Words(Pieces::of(
                code,
                self.span(start..start).start as usize,
            )));
        }
        match literal(code) {
            Some(body) => {
                let from = start + body.start;
                Some(Inset::Words(decoded(&code[body], self.base + from)))
            }
            None => Some(Inset::Code(whole, true)),
        }
    }
}

/// The inside of a string or a template that is all there is and that holds no expression.
fn literal(code: &str) -> Option<Range<usize>> {
    let quote = code
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let body = code[1..].strip_suffix(quote)?;
    let mut escaped = false;
    for c in body.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return None,
            _ => {}
        }
    }
    let filled = quote == '`' && body.contains("${");
    (!escaped && !filled).then_some(1..1 + body.len())
}

/// A JavaScript string without its escapes (ECMA-262 §12.9.4).
fn decoded(raw: &str, base: usize) -> Pieces {
    let mut words = Pieces::default();
    let mut at = 0;
    while at < raw.len() {
        let plain = raw[at..].find('\\').map_or(raw.len(), |length| at + length);
        words.push(&raw[at..plain], base + at);
        at = plain;
        if at == raw.len() {
            break;
        }
        let (shown, length) = escape(&raw[at + 1..]);
        words.push_as(&shown, Span::new(base + at, base + at + 1 + length));
        at += 1 + length;
    }
    words
}

/// What an escape stands for, and its length after the backslash.
fn escape(rest: &str) -> (String, usize) {
    let hex = |from: usize, to: usize| {
        let digits = rest.get(from..to)?;
        let shown = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
        Some((shown.to_string(), to))
    };
    let Some(first) = rest.chars().next() else {
        return (String::new(), 0);
    };
    let coded = match first {
        'x' => hex(1, 3),
        'u' if rest[1..].starts_with('{') => rest
            .find('}')
            .and_then(|end| hex(2, end).map(|(shown, _)| (shown, end + 1))),
        'u' => hex(1, 5),
        _ => None,
    };
    coded.unwrap_or_else(|| {
        let shown = match first {
            'n' | 't' | 'r' | 'v' | 'f' => " ".to_owned(),
            // a line that goes on
            '\n' => String::new(),
            other => other.to_string(),
        };
        (shown, first.len_utf8())
    })
}

/// The value of an attribute that is an expression; none where it says that the attribute is not there, or where nothing here
/// decides what opens an element.
fn value_of(name: &str, code: &str) -> Option<String> {
    let code = code.trim();
    if let Some(body) = literal(code) {
        return Some(decoded(&code[body], 0).text);
    }
    match code {
        "true" => Some("true".to_owned()),
        "false" | "null" | "undefined" => None,
        _ if name == "open" => None,
        _ if name == "style" => Some(style(code)),
        _ => Some(code.to_owned()),
    }
}

/// A style object as CSS: `{ fontSize: 0, display: 'none' }` → `font-size: 0; display: none`.
fn style(code: &str) -> String {
    let mut css = String::new();
    for c in code.trim_matches(['{', '}', ' ']).chars() {
        match c {
            '\'' | '"' | '`' => {}
            ',' => css.push(';'),
            c if c.is_ascii_uppercase() => {
                css.push('-');
                css.push(c.to_ascii_lowercase());
            }
            c => css.push(c),
        }
    }
    css
}
