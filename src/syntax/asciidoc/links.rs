//! Links in AsciiDoc text: addresses, `link:`, `xref:`, `<<id>>`, anchors.

use std::ops::Range;

use super::attributes::{BlockAttributes, split};
use super::inline::{Act, Fate, Inline, VOID};
use super::lines::is_word;
use super::macros::{Target, Vain};
use crate::document::Hidden;

const SCHEMES: &[&str] = &["https://", "http://", "ftp://", "irc://", "file://"];

impl Inline {
    pub(super) fn outer(
        &mut self,
        at: usize,
        name: Option<&str>,
        vain: &mut Vain,
    ) -> Option<usize> {
        if let Some(name) = name {
            return self.link_macro(at, name, vain);
        }
        match self.text().as_bytes()[at] {
            b'<' => self.reference(at, vain),
            b'[' => self.anchor(at),
            b'(' => None,
            _ => self.address(at),
        }
    }

    fn link_macro(&mut self, at: usize, name: &str, vain: &mut Vain) -> Option<usize> {
        let from = at + name.len();
        let first = self.text()[from..].chars().next()?;
        let (sort, fits) = match name {
            "xref:" => (Target::Any, is_word(first) || "#/.:{".contains(first)),
            _ => (Target::Word, first != ':'),
        };
        let open = self.target(from, sort, vain).filter(|_| fits)?;
        let close = self.bracket(open)?;
        if self.unescape(at) {
            return Some(close);
        }
        self.set(at..from, Fate::Gone);
        if name == "anchor:" {
            self.set(from..close + 1, Fate::Gone);
            return Some(close + 1);
        }
        if name == "xref:" && open + 1 == close {
            self.set(from..close + 1, Fate::Gone);
            self.act(at..close + 1, Act::Mark);
            return Some(close + 1);
        }
        self.label(from, open, close, name == "link:");
        Some(close + 1)
    }

    /// The text of a link: the target itself if none is given.
    fn label(&mut self, from: usize, open: usize, close: usize, leads: bool) {
        let target = self.text()[from..open].to_owned();
        // words may stand in a target, where no reader looks for them
        let wordy = target.contains([' ', '\n']) || (leads && target.contains(['+', '%', '-']));
        let inner = self.text()[open + 1..close].to_owned();
        let (mut start, mut end) = (open + 1, close);
        if inner.contains('=') {
            let mut attributes = BlockAttributes::default();
            attributes.read(&inner, 0);
            for (number, (name, first, last)) in split(&inner).into_iter().enumerate() {
                let range = open + 1 + first..open + 1 + last;
                match name {
                    None if number == 0 => (start, end) = (range.start, range.end),
                    Some("title") => self.words(range, "a link title"),
                    _ => {}
                }
            }
            if attributes.positional.is_empty() {
                end = start;
            }
            if let Some(why) = attributes.hides() {
                self.act(start..end, Act::Hide(why, false));
            }
        }
        if end > start && self.text()[..end].ends_with('^') {
            end -= 1;
        }
        if leads {
            let last = if start == end { open } else { end };
            self.act(from..open, Act::Link(target.replace(VOID, ""), last));
        }
        if start == end {
            self.set(open..close + 1, Fate::Gone);
            return;
        }
        if wordy {
            self.words(from..open, "a link target");
        }
        self.set(from..start, Fate::Gone);
        self.set(end..close + 1, Fate::Gone);
        self.brackets_kept(start, end);
    }

    /// Takes attributes in brackets out, and hides what they hide.
    pub(super) fn roles(&mut self, start: usize, end: usize, inner: Range<usize>) {
        let mut attributes = BlockAttributes::default();
        attributes.read(&self.text()[start + 1..end - 1], 0);
        // a style without a dot is a role here
        attributes.roles.push(attributes.style.clone());
        self.set(start..end, Fate::Gone);
        if let Some(why) = attributes.hides() {
            self.act(inner, Act::Hide(why, why == Hidden::Struck));
        }
    }

    /// `\]` in brackets is a bracket.
    pub(super) fn brackets_kept(&mut self, start: usize, end: usize) {
        let mut at = start;
        while let Some(found) = self.text()[at..end].find("\\]").map(|found| at + found) {
            self.set(found..found + 1, Fate::Gone);
            at = found + 2;
        }
    }

    /// An address that is a link by itself, with a label after it or not.
    fn address(&mut self, at: usize) -> Option<usize> {
        let scheme = SCHEMES.iter().find(|scheme| self.stands(scheme, at))?;
        let before = self.text()[..at].chars().next_back();
        let bordered = before.is_none_or(|c| c.is_whitespace() || "<>()[];\"'\\".contains(c))
            || matches!(self.fate[at - 1], Fate::Gone | Fate::Void);
        let from = at + scheme.len();
        if !bordered {
            return None;
        }
        let end = self.text()[from..]
            .find(|c: char| c.is_whitespace() || "[]<".contains(c))
            .map_or(self.text().len(), |end| from + end);
        if end == from {
            return None;
        }
        let close = if self.text()[end..].starts_with('[') {
            self.bracket(end)
        } else {
            None
        };
        if self.unescape(at) {
            return Some(end);
        }
        let shut = self.text()[at..end].strip_suffix('>').map(str::len);
        match close {
            Some(close) => {
                self.label(at, end, close, true);
                Some(close + 1)
            }
            None => {
                if before == Some('<') && shut.is_some() {
                    self.set(at - 1..at, Fate::Gone);
                    self.set(end - 1..end, Fate::Gone);
                }
                let target = self.text()[at..end].trim_end_matches(['.', ',', '>']);
                let (length, target) = (target.len(), target.replace(VOID, ""));
                self.act(at..at + length, Act::Link(target, at + length));
                Some(end)
            }
        }
    }

    /// `<<id,text>>`; a reference without a text shows one that is written elsewhere.
    fn reference(&mut self, at: usize, vain: &mut Vain) -> Option<usize> {
        let first = self.text()[at..].chars().nth(2)?;
        if vain.references || !self.stands("<<", at) || !(is_word(first) || "#/.:{".contains(first))
        {
            return None;
        }
        let Some(close) = self.find(">>", at + 3) else {
            vain.references = true;
            return None;
        };
        let end = close + 2;
        if self.unescape(at) {
            return Some(end);
        }
        match self.text()[at..close].find(',') {
            Some(comma) if comma + 1 < close - at => {
                self.set(at..at + comma + 1, Fate::Gone);
                self.set(close..end, Fate::Gone);
            }
            _ => {
                self.set(at..end, Fate::Gone);
                self.act(at..end, Act::Mark);
            }
        }
        Some(end)
    }

    /// `[[id]]`, and `[[[id]]]`, which shows the id in brackets.
    fn anchor(&mut self, at: usize) -> Option<usize> {
        let double = self.stands("[[[", at);
        let from = at + if double { 3 } else { 2 };
        if !self.stands("[[", at) {
            return None;
        }
        let rest = &self.text()[from..];
        let end = from + rest.find(['[', ']', '\n'])?;
        let fits = rest.starts_with(|c: char| c.is_alphabetic() || "_:".contains(c));
        let shut = if double { "]]]" } else { "]]" };
        if !fits || !self.stands(shut, end) || self.unescape(at) {
            return None;
        }
        if double {
            self.set(at..at + 2, Fate::Gone);
            self.set(end + 1..end + 3, Fate::Gone);
        } else {
            self.set(at..end + 2, Fate::Gone);
        }
        Some(end + shut.len())
    }
}
