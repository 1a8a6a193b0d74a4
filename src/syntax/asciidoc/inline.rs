//! Text of AsciiDoc with its marks: which bytes are markup, which are put in for others, and which no reader sees.
//! The passes run in the order of the language's own substitutions, each of them once over the text, so that time stays linear.

use std::cell::Cell;
use std::ops::Range;

use super::attributes::{Attributes, valued};
use super::lines::is_word;
use crate::document::Hidden;
use crate::pieces::Pieces;
use crate::source::{Source, Span};
use crate::text::Style;

/// What became of a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Open,
    /// From the value of an attribute: no quotes are looked for in it.
    Value,
    /// Stands for a value without a sign, which still parts the signs round it.
    Void,
    /// Passed through: nothing is looked for in it.
    Fixed,
    /// Markup.
    Gone,
    /// The inner half of a curved quotation mark.
    Curl,
}

/// What [`Fate::Void`] is written as.
pub(super) const VOID: &str = "\u{1}";

/// What a stretch of the text is to a reader.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// Is not seen; with `true` a reader sees that something is there.
    Hide(Hidden, bool),
    /// Reads otherwise than it is written.
    Show(String),
    /// Is seen as it is written, references and entities too.
    Raw,
    Html,
    /// A link, and where its words end.
    Link(String, usize),
    /// Is shown so.
    Styled(Style),
    /// Is no text of the page, but holds words.
    Words(&'static str),
    /// A reader sees something that is no word.
    Mark,
    /// Stands elsewhere: which part of it.
    Footnote(Range<usize>),
}

#[derive(Debug)]
pub(super) struct Region {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) act: Act,
}

/// A text on its way through the passes.
#[derive(Debug, Default)]
pub(super) struct Inline {
    pub(super) pieces: Pieces,
    pub(super) fate: Vec<Fate>,
    pub(super) regions: Vec<Region>,
    /// From where on no bracket is closed, so that none is looked for again.
    unclosed: Cell<Option<usize>>,
}

impl Inline {
    /// The text of these lines, with the values of its attributes put in. `separator` is what a backslash keeps from ending a
    /// cell.
    pub(super) fn of(
        lines: &[Span],
        source: &Source,
        attributes: &mut Attributes,
        separator: Option<char>,
    ) -> Self {
        let mut inline = Self::default();
        let mut last: Option<Span> = None;
        for line in lines {
            if let Some(last) = last {
                let gap = Span::new(last.end as usize, line.start as usize);
                match source.slice(gap) {
                    "\n" => inline.pieces.push("\n", gap.start as usize),
                    _ => inline.pieces.push_as("\n", gap),
                }
                inline.fate.push(Fate::Open);
            }
            inline.expand(
                source.slice(*line),
                line.start as usize,
                attributes,
                separator,
            );
            last = Some(*line);
        }
        inline.passes();
        inline.quotes();
        inline.replacements();
        inline.macros();
        inline
            .regions
            .sort_by_key(|region| (region.start, std::cmp::Reverse(region.end)));
        inline
    }

    fn push(&mut self, raw: &str, at: usize) {
        self.pieces.push(raw, at);
        self.fate.resize(self.pieces.text.len(), Fate::Open);
    }

    fn expand(
        &mut self,
        raw: &str,
        base: usize,
        attributes: &mut Attributes,
        separator: Option<char>,
    ) {
        let mut from = 0;
        for (at, c) in raw.char_indices() {
            if at < from {
                continue;
            }
            if c == '\\' && separator.is_some_and(|of| raw[at + 1..].starts_with(of)) {
                self.push(&raw[from..at], base + from);
                from = at + 1;
                continue;
            }
            if c != '{' {
                continue;
            }
            let Some((length, value)) = valued(&raw[at..], attributes) else {
                continue;
            };
            let escaped = raw[..at].ends_with('\\');
            let until = if escaped { at - 1 } else { at };
            self.push(raw.get(from..until).unwrap_or_default(), base + from);
            if escaped {
                self.push(&raw[at..at + length], base + at);
            } else if let Some(value) = value {
                let span = Span::new(base + at, base + at + length);
                let shown = if value.is_empty() { VOID } else { &value };
                self.pieces.push_as(shown, span);
                let fate = if value.is_empty() {
                    Fate::Void
                } else if attributes.quoted(&raw[at + 1..at + length - 1]) {
                    Fate::Open
                } else {
                    Fate::Value
                };
                self.fate.resize(self.pieces.text.len(), fate);
            } else {
                self.push(&raw[at..at + length], base + at);
            }
            from = at + length;
        }
        self.push(raw.get(from..).unwrap_or_default(), base + from);
    }

    pub(super) fn text(&self) -> &str {
        &self.pieces.text
    }

    pub(super) fn act(&mut self, range: Range<usize>, act: Act) {
        if range.start < range.end {
            self.regions.push(Region {
                start: range.start,
                end: range.end,
                act,
            });
        }
    }

    pub(super) fn set(&mut self, range: Range<usize>, fate: Fate) {
        self.fate[range].fill(fate);
    }

    /// Whether nothing was made of these bytes yet.
    pub(super) fn is_open(&self, range: Range<usize>) -> bool {
        self.fate[range].iter().all(|fate| *fate == Fate::Open)
    }

    /// The next place from `at` on where this stands as written.
    pub(super) fn find(&self, sign: &str, mut at: usize) -> Option<usize> {
        while let Some(found) = self.text().get(at..)?.find(sign).map(|found| at + found) {
            if self.is_open(found..found + sign.len()) {
                return Some(found);
            }
            at = found + 1;
        }
        None
    }

    /// The character before a place, as the quotes see it.
    pub(super) fn before(&self, at: usize) -> char {
        let Some(last) = at.checked_sub(1) else {
            return '\n';
        };
        match self.fate[last] {
            Fate::Open => match self.text()[..at].chars().next_back() {
                Some('<' | '>' | '&') => ';',
                Some(c) => c,
                None => '\n',
            },
            Fate::Value | Fate::Void => '}',
            Fate::Fixed => '\u{96}',
            Fate::Gone => '>',
            Fate::Curl => ';',
        }
    }

    /// The character at a place, as the quotes see it.
    pub(super) fn after(&self, at: usize) -> char {
        match self.fate.get(at) {
            None => '\n',
            Some(Fate::Open) => self.text()[at..].chars().next().unwrap_or('\n'),
            Some(Fate::Value | Fate::Void) => '{',
            Some(Fate::Fixed) => '\u{96}',
            Some(Fate::Gone) => '<',
            Some(Fate::Curl) => '&',
        }
    }

    pub(super) fn escaped(&self, at: usize) -> bool {
        at > 0 && self.text().as_bytes()[at - 1] == b'\\' && self.fate[at - 1] == Fate::Open
    }

    /// Where attributes in brackets before a place begin, if some stand there.
    pub(super) fn role(&self, at: usize) -> Option<usize> {
        let close = at.checked_sub(1)?;
        let text = self.text();
        if text.as_bytes()[close] != b']' || self.fate[close] != Fate::Open {
            return None;
        }
        let open = text[..close].rfind(['[', ']'])?;
        let fits = text.as_bytes()[open] == b'[' && open + 1 < close;
        (fits && self.fate[open] == Fate::Open).then_some(open)
    }

    /// The place that closes a constrained quote whose text begins at `from`.
    pub(super) fn closer(&self, sign: &str, from: usize, besides: &str) -> Option<usize> {
        let first = self.text()[from..].chars().next()?.len_utf8();
        let mut at = from + first;
        loop {
            let close = self.find(sign, at)?;
            let next = self.after(close + sign.len());
            let fits =
                !self.before(close).is_whitespace() && !is_word(next) && !besides.contains(next);
            if fits {
                return Some(close);
            }
            at = close + 1;
        }
    }

    fn quotes(&mut self) {
        self.unconstrained("**", None);
        self.constrained("*", "*", ";:}", "", None);
        self.constrained("\"`", "`\"", ";:}", "", None);
        self.constrained("'`", "`'", ";:`}", "", None);
        self.unconstrained("``", Some(Hidden::Code));
        self.constrained("`", "`", ";:\"'`}", "\"'`", Some(Hidden::Code));
        self.unconstrained("__", None);
        self.constrained("_", "_", ";:}", "", None);
        self.unconstrained("##", None);
        self.constrained("#", "#", "&;:}", "", None);
        self.short("^");
        self.short("~");
    }

    fn unconstrained(&mut self, sign: &str, why: Option<Hidden>) {
        let mut at = 0;
        while let Some(open) = self.find(sign, at) {
            let inner = open + sign.len();
            let first = self.text()[inner..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
            let Some(close) = self.find(sign, inner + first) else {
                return;
            };
            at = close + sign.len();
            self.quote(open, inner, close, at, why);
        }
    }

    /// `^x^` and `~x~`, which hold no white space.
    fn short(&mut self, sign: &str) {
        let mut at = 0;
        while let Some(open) = self.find(sign, at) {
            at = open + 1;
            let rest = &self.text()[at..];
            let Some(first) = rest.chars().next().filter(|c| !c.is_whitespace()) else {
                continue;
            };
            let end = rest[first.len_utf8()..]
                .find(|c: char| c.is_whitespace() || sign.starts_with(c))
                .map_or(self.text().len(), |end| at + first.len_utf8() + end);
            if self.text()[end..].starts_with(sign) && self.is_open(end..end + 1) {
                self.quote(open, at, end, end + 1, None);
                at = end + 1;
            } else {
                at = end;
            }
        }
    }

    fn constrained(
        &mut self,
        open_sign: &str,
        close_sign: &str,
        not_before: &str,
        not_after: &str,
        why: Option<Hidden>,
    ) {
        let (mut at, mut ended) = (0, 0);
        while let Some(open) = self.find(open_sign, at) {
            let inner = open + open_sign.len();
            at = open + 1;
            let fits = |start: usize| {
                let c = self.before(start);
                (start > ended || c == '\n') && !is_word(c) && !not_before.contains(c)
            };
            let start = self.role(open).filter(|start| fits(*start));
            if (start.is_none() && !fits(open)) || self.after(inner).is_whitespace() {
                continue;
            }
            let Some(close) = self.closer(close_sign, inner, not_after) else {
                return;
            };
            at = close + close_sign.len();
            ended = at;
            if open_sign.len() == 1 || self.escaped(start.unwrap_or(open)) {
                self.quote(open, inner, close, at, why);
            } else {
                self.curved(open, close);
            }
        }
    }

    fn curved(&mut self, open: usize, close: usize) {
        self.set(open + 1..open + 2, Fate::Curl);
        self.set(close..close + 1, Fate::Curl);
        // the outer halves are read as they are, and end no other quote
        self.set(open..open + 1, Fate::Fixed);
        self.set(close + 1..close + 2, Fate::Fixed);
    }

    fn quote(&mut self, open: usize, inner: usize, close: usize, end: usize, why: Option<Hidden>) {
        let role = self.role(open);
        let start = role.unwrap_or(open);
        if self.escaped(start) {
            self.set(start - 1..start, Fate::Gone);
            return;
        }
        if role.is_some() {
            self.roles(start, open, inner..close);
        }
        self.set(open..inner, Fate::Gone);
        self.set(close..end, Fate::Gone);
        let style = match self.text().as_bytes()[open] {
            b'*' => Some(Style::BOLD),
            b'^' | b'~' => Some(Style::SMALL),
            _ => None,
        };
        if let Some(why) = why {
            self.act(inner..close, Act::Hide(why, true));
        } else if let Some(style) = style {
            self.act(inner..close, Act::Styled(style));
        }
    }

    /// The bracket that closes the one at `open`.
    pub(super) fn bracket(&self, open: usize) -> Option<usize> {
        if self.unclosed.get().is_some_and(|from| from <= open) {
            return None;
        }
        let fits = |close: &usize| {
            let live = matches!(self.fate[*close], Fate::Open | Fate::Value);
            live && self.text().as_bytes()[*close - 1] != b'\\'
        };
        let rest = self.text()[open + 1..].match_indices(']');
        let close = rest.map(|(at, _)| open + 1 + at).find(fits);
        if close.is_none() {
            self.unclosed.set(Some(open));
        }
        close
    }
}
