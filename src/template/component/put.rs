//! Putting out: texts with escapes, JSX's white space, one output after another.

use super::{LONGEST, Mark, Output, Run};
use crate::pieces::Pieces;
use crate::source::Span;

impl Run<'_> {
    /// Whether so many bytes more may be put out.
    pub(super) fn room(&mut self, length: usize) -> bool {
        self.bytes = self.bytes.saturating_add(length);
        self.bytes <= LONGEST && self.step(0)
    }

    pub(super) fn verbatim(&mut self, raw: &str, at: usize, out: &mut Output) {
        if self.room(raw.len()) {
            out.text.push(raw, at);
        }
    }

    pub(super) fn instead(&mut self, shown: &str, span: Span, out: &mut Output) {
        if self.room(shown.len()) {
            out.text.push_as(shown, span);
        }
    }

    pub(super) fn mark(&mut self, mark: Mark, out: &mut Output) {
        if self.room(8) {
            out.marks.push((out.text.text.len(), mark));
        }
    }

    pub(super) fn append(&mut self, other: &Output, out: &mut Output) {
        if !self.room(other.text.text.len() + 8 * other.marks.len()) {
            return;
        }
        let at = out.text.text.len();
        out.text.add(&other.text, 0..other.text.text.len());
        out.marks
            .extend(other.marks.iter().map(|(of, mark)| (at + of, mark.clone())));
    }

    /// Words as HTML has them: what would be a tag or an entity is escaped.
    pub(super) fn escaped(&mut self, words: &Pieces, quoted: bool, out: &mut Output) {
        let mut from = 0;
        let special = |c: char| matches!(c, '<' | '&') || quoted && c == '"';
        for (at, c) in words.text.char_indices().filter(|(_, c)| special(*c)) {
            self.part(words, from, at, out);
            let entity = match c {
                '<' => "&lt;",
                '&' => "&amp;",
                _ => "&quot;",
            };
            self.instead(entity, words.span(at, at + 1), out);
            from = at + 1;
        }
        self.part(words, from, words.text.len(), out);
    }

    pub(super) fn part(&mut self, words: &Pieces, from: usize, to: usize, out: &mut Output) {
        if from < to && self.room(to - from) {
            out.text.add(words, from..to);
        }
    }

    /// Text between tags of JSX: lines are trimmed where they meet, empty ones are nothing, and what is left is one line.
    pub(super) fn jsx_text(&mut self, raw: &str, at: usize, out: &mut Output) {
        let blank = |c: char| matches!(c, ' ' | '\t' | '\r');
        let count = raw.split('\n').count();
        let mut starts = 0;
        let mut shown = false;
        for (number, line) in raw.split('\n').enumerate() {
            let mut words = line;
            if number > 0 {
                words = words.trim_start_matches(blank);
            }
            let from = starts + line.len() - words.len();
            if number + 1 < count {
                words = words.trim_end_matches(blank);
            }
            starts += line.len() + 1;
            if words.is_empty() {
                continue;
            }
            if shown {
                self.instead(" ", Span::new(at + from - 1, at + from), out);
            }
            self.verbatim(words, at + from, out);
            shown = true;
        }
    }
}

/// A JavaScript string without its escapes (ECMA-262 §12.9.4).
pub(super) fn decoded(raw: &str, base: usize) -> Pieces {
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
        Some(shown.to_string())
    };
    let Some(first) = rest.chars().next() else {
        return (String::new(), 0);
    };
    let braced = rest.starts_with("u{").then(|| rest.find('}')).flatten();
    let coded = match (first, braced) {
        ('x', _) => hex(1, 3).map(|shown| (shown, 3)),
        (_, Some(end)) => hex(2, end).map(|shown| (shown, end + 1)),
        ('u', None) => hex(1, 5).map(|shown| (shown, 5)),
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
