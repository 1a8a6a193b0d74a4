//! Macros and replacements in AsciiDoc text: images, footnotes, index terms, entities, signs that stand for others.

use std::ops::Range;

use super::attributes::split;
use super::inline::{Act, Fate, Inline};
use super::lines::is_word;
use crate::document::Hidden;

/// Macros whose brackets others may hold.
const INNER: &[&str] = &[
    "image:",
    "icon:",
    "kbd:",
    "btn:",
    "menu:",
    "indexterm:",
    "indexterm2:",
];
const OUTER: &[&str] = &["link:", "mailto:", "xref:", "anchor:"];

/// What a target may hold: no white space, no end of a line, anything.
#[derive(Clone, Copy)]
pub(super) enum Target {
    Word,
    Line,
    Any,
}

/// Up to where a target was looked for in vain, so that it is not looked for again from within.
#[derive(Default)]
pub(super) struct Vain {
    /// For each sort of target.
    target: [usize; 3],
    terms: bool,
    pub(super) references: bool,
}

impl Inline {
    fn live(&self, range: Range<usize>) -> bool {
        self.fate.get(range).is_some_and(|fates| {
            fates
                .iter()
                .all(|fate| matches!(fate, Fate::Open | Fate::Value))
        })
    }

    /// Whether this stands at a place and nothing was made of it yet.
    pub(super) fn stands(&self, sign: &str, at: usize) -> bool {
        self.text().as_bytes()[at..].starts_with(sign.as_bytes()) && self.live(at..at + sign.len())
    }

    /// Takes a backslash before a place out, if one stands there.
    pub(super) fn unescape(&mut self, at: usize) -> bool {
        let escaped =
            at > 0 && self.text().as_bytes()[at - 1] == b'\\' && self.fate[at - 1] == Fate::Open;
        if escaped {
            self.set(at - 1..at, Fate::Gone);
        }
        escaped
    }

    /// `(C)`, dashes, ellipses, arrows, entities.
    pub(super) fn replacements(&mut self) {
        let mut at = 0;
        while at < self.text().len() {
            self.apostrophe(at);
            let Some((length, shown)) = self.replaced(at) else {
                at += 1;
                continue;
            };
            if !self.unescape(at) {
                self.act(at..at + length, Act::Show(shown));
            }
            at += length;
        }
    }

    /// `it\'s` is written to keep the apostrophe straight.
    fn apostrophe(&mut self, at: usize) {
        if self.text().as_bytes()[at] != b'\'' {
            return;
        }
        let rest = &self.text()[..at];
        let escaped = rest.ends_with('\\')
            && rest[..at - 1].ends_with(char::is_alphanumeric)
            && self.text()[at + 1..].starts_with(char::is_alphabetic);
        if escaped {
            self.unescape(at);
        }
    }

    fn replaced(&self, at: usize) -> Option<(usize, String)> {
        let signs: &[(&str, &str)] = match self.text().as_bytes()[at] {
            b'(' => &[("(C)", "©"), ("(R)", "®"), ("(TM)", "™")],
            b'-' => &[("->", "→"), ("--", "—")],
            b'.' => &[("...", "…")],
            b'`' => &[("`'", "’")],
            b'=' => &[("=>", "⇒")],
            b'<' => &[("<-", "←"), ("<=", "⇐")],
            b'&' => return self.entity(at),
            _ => return None,
        };
        let (sign, shown) = signs.iter().find(|(sign, _)| self.stands(sign, at))?;
        if *sign == "--" && !self.is_dash(at) {
            return None;
        }
        Some((sign.len(), (*shown).to_owned()))
    }

    /// Whether two hyphens stand between words, or between spaces.
    fn is_dash(&self, at: usize) -> bool {
        let before = self.text()[..at].chars().next_back().unwrap_or('\n');
        let after = self.text()[at + 2..].chars().next().unwrap_or('\n');
        let space = |c: char| matches!(c, ' ' | '\n');
        (is_word(before) && is_word(after)) || (space(before) && space(after))
    }

    fn entity(&self, at: usize) -> Option<(usize, String)> {
        const LONGEST: usize = 40;
        let rest = &self.text()[at + 1..];
        let length = rest
            .bytes()
            .take(LONGEST)
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
            .count();
        let end = at + length + 2;
        if length == 0 || !rest[length..].starts_with(';') || !self.live(at..end) {
            return None;
        }
        let shown = htmlize::unescape(&self.text()[at..end]).into_owned();
        Some((end - at, shown))
    }

    pub(super) fn macros(&mut self) {
        self.each_place(INNER, Self::inner);
        self.each_place(OUTER, Self::outer);
        self.footnotes();
        self.breaks();
    }

    /// Goes over the text once; `read` says where what begins at a place ends.
    fn each_place(
        &mut self,
        names: &[&str],
        read: fn(&mut Self, usize, Option<&str>, &mut Vain) -> Option<usize>,
    ) {
        let mut vain = Vain::default();
        let mut at = 0;
        let mut before = ' ';
        while let Some(c) = self.text()[at..].chars().next() {
            let next = at + c.len_utf8();
            let known = if c.is_ascii_lowercase() && !is_word(before) {
                names.iter().find(|name| self.stands(name, at)).copied()
            } else {
                None
            };
            let begins = known.is_some()
                || (matches!(c, '(' | '<' | '[') && self.live(at..next))
                || (matches!(c, 'h' | 'f' | 'i') && !is_word(before));
            let end = if begins {
                read(self, at, known, &mut vain)
            } else {
                None
            };
            before = c;
            at = end.unwrap_or(next).max(next);
        }
    }

    fn inner(&mut self, at: usize, name: Option<&str>, vain: &mut Vain) -> Option<usize> {
        let Some(name) = name else {
            return self.index_term(at, vain);
        };
        let from = at + name.len();
        let spaced = matches!(name, "image:" | "menu:");
        let sort = if spaced { Target::Line } else { Target::Word };
        let open = self.target(from, sort, vain)?;
        let bare = matches!(name, "kbd:" | "btn:" | "indexterm:" | "indexterm2:");
        // a colon more makes it a macro of a block
        if bare != (open == from) || self.text()[from..].starts_with(':') {
            return None;
        }
        let close = self.bracket(open)?;
        if self.unescape(at) {
            return Some(close);
        }
        self.set(at..open + 1, Fate::Gone);
        self.set(close..close + 1, Fate::Gone);
        match name {
            "kbd:" => self.act(open + 1..close, Act::Hide(Hidden::Code, true)),
            "menu:" => self.menu(from, open, close),
            "indexterm:" => self.words(open + 1..close, "an index term"),
            "image:" | "icon:" => self.image(open, close),
            _ => {}
        }
        Some(close + 1)
    }

    /// `menu:File[Save > As]` shows each of its words.
    fn menu(&mut self, from: usize, open: usize, close: usize) {
        self.set(from..open, Fate::Open);
        self.act(open..open + 1, Act::Show(" › ".to_owned()));
        self.act(close..close + 1, Act::Show(" ".to_owned()));
    }

    fn image(&mut self, open: usize, close: usize) {
        let inner = self.text()[open + 1..close].to_owned();
        self.set(open + 1..close, Fate::Gone);
        for (number, (name, start, end)) in split(&inner).into_iter().enumerate() {
            let place = match name {
                None if number == 0 => "the alt text of an image",
                Some("alt") => "the alt text of an image",
                Some("title") => "an image title",
                _ => "an attribute of an image",
            };
            self.words(open + 1 + start..open + 1 + end, place);
        }
    }

    pub(super) fn words(&mut self, range: Range<usize>, place: &'static str) {
        self.act(range, Act::Words(place));
    }

    /// `((seen))` and `(((not seen)))`.
    fn index_term(&mut self, at: usize, vain: &mut Vain) -> Option<usize> {
        if vain.terms || !self.stands("((", at) {
            return None;
        }
        let Some(mut close) = self.find("))", at + 3) else {
            vain.terms = true;
            return None;
        };
        if self.text()[close..].starts_with(")))") {
            close += 1;
        }
        let end = close + 2;
        if self.unescape(at) {
            return Some(end);
        }
        let hidden = self.stands("(((", at) && self.text()[..close].ends_with(')');
        if hidden {
            self.set(at..end, Fate::Gone);
            self.words(at + 3..close - 1, "an index term");
        } else {
            self.set(at..at + 2, Fate::Gone);
            self.set(close..end, Fate::Gone);
        }
        Some(end)
    }

    /// The bracket that ends a target which begins at `from`.
    pub(super) fn target(&self, from: usize, sort: Target, vain: &mut Vain) -> Option<usize> {
        if from < vain.target[sort as usize] {
            return None;
        }
        let ends = |at: &usize| {
            let byte = self.text().as_bytes()[*at];
            let space = match sort {
                Target::Word => byte.is_ascii_whitespace(),
                Target::Line => byte == b'\n',
                Target::Any => false,
            };
            (space || byte == b'[') && self.fate[*at] != Fate::Fixed
        };
        let end = (from..self.text().len())
            .find(ends)
            .unwrap_or(self.text().len());
        if self.text()[end..].starts_with('[') {
            return Some(end);
        }
        vain.target[sort as usize] = end;
        None
    }

    fn footnotes(&mut self) {
        let mut at = 0;
        while let Some(start) = self.text()[at..].find("footnote").map(|found| at + found) {
            at = start + "footnote".len();
            let text = self.text();
            // macros may come from the value of an attribute
            if !self.stands("footnote", start) {
                continue;
            }
            let reference = text[at..].starts_with("ref:[");
            let from = at + if reference { 4 } else { 1 };
            let named = text.get(from..).and_then(|rest| {
                rest.find(|c: char| !(is_word(c) || c == '-'))
                    .map(|length| from + length)
            });
            let Some(open) = named.filter(|open| text[*open..].starts_with('[')) else {
                continue;
            };
            if !reference && !text[at..].starts_with(':') {
                continue;
            }
            let Some(close) = self.bracket(open) else {
                return;
            };
            at = close + 1;
            if self.unescape(start) {
                continue;
            }
            let id = if reference {
                self.text()[open + 1..close]
                    .find(',')
                    .map_or(close, |comma| open + 2 + comma)
            } else {
                open + 1
            };
            self.set(start..id, Fate::Gone);
            self.set(close..close + 1, Fate::Gone);
            self.brackets_kept(id, close);
            self.act(start..close + 1, Act::Footnote(id..close));
        }
    }

    /// ` +` at the end of a line breaks it.
    fn breaks(&mut self) {
        let mut at = 0;
        while let Some(found) = self.find(" +", at) {
            at = found + 2;
            if self.text()[at..].is_empty() || self.text()[at..].starts_with('\n') {
                self.set(found + 1..at, Fate::Gone);
            }
        }
    }
}
