//! How words are shown: bold, small, as the text of a link, in a callout, in a footnote. Kept as the places where it changes, so that plain text
//! costs nothing.

use super::token::Token;
use super::{Text, Tokens};

/// How words are shown; several at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style(u8);

impl Style {
    /// Strong type.
    pub const BOLD: Self = Self(1);
    /// Smaller than the words round it.
    pub const SMALL: Self = Self(1 << 1);
    /// In a box that stands out: an admonition, an alert, an aside.
    pub const CALLOUT: Self = Self(1 << 2);
    /// The text of a link.
    pub const LINK: Self = Self(1 << 3);
    /// In an element that holds footnotes; other syntaxes say so of the block alone.
    pub const FOOTNOTE: Self = Self(1 << 4);

    const ALL: [Self; 5] = [
        Self::BOLD,
        Self::SMALL,
        Self::CALLOUT,
        Self::LINK,
        Self::FOOTNOTE,
    ];

    /// Both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What both have.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether all of another is in it.
    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// Styles that are begun and ended, one in another.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Styles {
    open: [u32; Style::ALL.len()],
    now: Style,
}

impl Styles {
    pub(crate) fn begin(&mut self, style: Style) {
        self.count(style, |open| open + 1);
    }

    pub(crate) fn end(&mut self, style: Style) {
        self.count(style, |open| open.saturating_sub(1));
    }

    fn count(&mut self, style: Style, to: impl Fn(u32) -> u32) {
        self.now = Style::default();
        for (open, of) in self.open.iter_mut().zip(Style::ALL) {
            if style.has(of) {
                *open = to(*open);
            }
            if *open > 0 {
                self.now = self.now.with(of);
            }
        }
    }

    pub(crate) fn now(&self) -> Style {
        self.now
    }
}

impl Text {
    /// Says how the words are shown that come now.
    pub(crate) fn style(&mut self, style: Style) {
        let now = self.styles.last().map_or(Style::default(), |(_, of)| *of);
        if now != style {
            let at = crate::source::Span::new(self.normal.len(), 0).start;
            self.styles.push((at, style));
        }
    }

    /// How all of these words of a passage are shown; nothing for no words.
    #[must_use]
    pub fn style_of(&self, tokens: &Tokens, words: std::ops::Range<u32>) -> Style {
        let words = tokens.items.get(words.start as usize..words.end as usize);
        let (Some(first), Some(last)) = words.map_or((None, None), |of| (of.first(), of.last()))
        else {
            return Style::default();
        };
        let from = self.styles.partition_point(|(at, _)| *at <= first.start);
        let to = self.styles.partition_point(|(at, _)| *at < last.end);
        let begins = from.checked_sub(1).map_or(0, |at| self.styles[at].1.0);
        // a change between two words is none of theirs
        let touches = |at: u32, end: u32| {
            let words = words.unwrap_or_default();
            let next = words.partition_point(|token: &Token| token.end <= at);
            words.get(next).is_some_and(|token| token.start < end)
        };
        let all = (from..to).fold(begins, |all, at| {
            let (start, style) = self.styles[at];
            let end = self.styles.get(at + 1).map_or(u32::MAX, |next| next.0);
            if touches(start, end) {
                all & style.0
            } else {
                all
            }
        });
        Style(all)
    }
}
