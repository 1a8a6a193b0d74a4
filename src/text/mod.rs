//! The words of a document, folded once, each mapped back to its source bytes; and the phrases that are looked for in them.
//! Offsets into folded text are private to this room: everything that leaves it speaks source bytes or token numbers.

mod blank;
mod blank_words;
mod compile;
mod cut;
mod date;
mod expression;
mod fill;
mod finder;
mod gate;
mod hits;
mod kept;
pub mod language;
pub mod list;
mod map;
mod meant;
mod near;
mod negation;
mod node;
mod normal;
mod offer;
mod offer_words;
mod offer_words_abroad;
mod parse;
mod phrase;
mod prescribed;
mod quotation;
mod registered;
mod repair;
mod sense;
mod sieve;
mod slot;
mod stream;
mod style;
mod token;
mod told;
mod tone;
mod vocabulary;
mod voice;
mod voice_abroad;
mod wording;

use crate::source::Span;
pub use blank::{Blank, Case, Sort, tag_in_place};
pub use expression::Expression;
pub use fill::{Filled, Lack};
pub use finder::{Finder, FinderBuilder, Searched};
pub use hits::{Hit, Hits, WordingId, beginning};
pub use list::{List, Lists, Names};
use map::SourceMap;
pub use negation::is_negation;
pub use normal::{fold, is_currency};
pub use offer::{Address, Weighed};
pub use phrase::{Phrase, PhraseError};
pub use prescribed::{Change, Found, Near, Prescribed};
pub use registered::registered;
pub use repair::Repair;
pub use sense::{Excuse, Said, Voice};
pub use stream::{Row, Stream};
pub use style::Style;
pub(crate) use style::Styles;
pub use token::Tokens;
pub use tone::Tone;

/// Stands in folded text for something a reader sees that is not words (inline code, a formula): it matches no word.
pub(crate) const OPAQUE: char = '\u{fffc}';

/// The folded words of many blocks, one after another, with their way back to the source.
#[derive(Debug, Clone, Default)]
pub struct Text {
    normal: String,
    map: SourceMap,
    /// From which byte on words are shown how, in order.
    styles: Vec<(u32, Style)>,
}

/// The part of a [`Text`] that one block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Passage {
    start: u32,
    end: u32,
}

impl Passage {
    /// From its beginning to the end of another.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start,
            end: other.end.max(self.start),
        }
    }

    /// Whether it ends before another begins.
    #[must_use]
    pub fn is_before(self, other: Self) -> bool {
        self.end <= other.start
    }

    /// Whether it begins before another ends.
    #[must_use]
    pub fn begins_before(self, other: Self) -> bool {
        self.start < other.end
    }

    /// Whether it holds no words and no signs.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

impl Text {
    /// A text of one passage, say an approved wording.
    #[must_use]
    pub fn of(raw: &str) -> (Self, Passage) {
        let mut text = Self::default();
        let start = text.begin();
        text.push(raw, 0);
        let passage = text.end(start);
        (text, passage)
    }

    /// Begins a passage; [`Text::end`] takes what it gives.
    pub fn begin(&mut self) -> u32 {
        if !self.normal.is_empty() {
            self.normal.push('\n');
        }
        Span::new(self.normal.len(), 0).start
    }

    /// Ends the passage that began at `start`.
    pub fn end(&mut self, start: u32) -> Passage {
        while self.normal.len() > start as usize && self.normal.ends_with(' ') {
            self.normal.pop();
        }
        Passage {
            start,
            end: Span::new(self.normal.len(), 0).start,
        }
    }

    /// Adds words that stand in the source just so, from byte `at` on.
    pub fn push(&mut self, raw: &str, at: usize) {
        normal::fold_into(raw, at, &mut self.normal, &mut self.map);
    }

    /// Adds words that the source writes otherwise (an entity, an escape): each part of them stands for the whole span.
    pub fn push_as(&mut self, shown: &str, source: Span) {
        let mut folded = String::new();
        let mut unmapped = SourceMap::default();
        // a space before keeps the leading white space of `shown` as one
        folded.push('x');
        normal::fold_into(shown, 0, &mut folded, &mut unmapped);
        let mut words = &folded[1..];
        if normal::is_spaced(&self.normal) {
            words = words.trim_start_matches(' ');
        }
        if !words.is_empty() {
            self.map.push(self.normal.len(), source, false);
            self.normal.push_str(words);
        }
    }

    /// Adds a space where the source has something that a reader sees as one, say `<br>`.
    pub fn space(&mut self, source: Span) {
        self.push_as(" ", source);
    }

    /// Adds something that a reader sees and that is not words: it counts as a word that matches nothing.
    pub fn opaque(&mut self, source: Span) {
        self.map.push(self.normal.len(), source, false);
        self.normal.push(' ');
        self.map.push(self.normal.len(), source, false);
        self.normal.push(OPAQUE);
        self.normal.push(' ');
    }

    /// Where the next words come, as a passage without any.
    #[must_use]
    pub fn here(&self) -> Passage {
        let at = Span::new(self.normal.len(), 0).start;
        Passage { start: at, end: at }
    }

    /// The folded words of a passage, for tests and for people.
    #[must_use]
    pub fn words(&self, passage: Passage) -> &str {
        &self.normal[passage.start as usize..passage.end as usize]
    }

    /// The source of a passage, from its first sign to its last.
    #[must_use]
    pub fn span(&self, passage: Passage) -> Span {
        self.map.span(passage.start, passage.end)
    }
}
