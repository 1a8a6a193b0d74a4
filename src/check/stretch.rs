//! Words of a page in reading order: where they begin and end, and how far they are from others.

use super::Page;
use crate::document::BlockKind;
use crate::source::Span;
use crate::text::{Hit, Stream, Style};

/// A place between words, in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Spot {
    /// The block, by its number in the document.
    pub block: u32,
    /// The word that comes next, by its number in the block.
    pub word: u32,
}

/// Words in reading order, of one block or of several; none for a place alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Stretch {
    /// Before the first word.
    pub first: Spot,
    /// After the last word, in its block.
    pub end: Spot,
}

impl Spot {
    /// After everything.
    pub(super) const LAST: Self = Self {
        block: u32::MAX,
        word: u32::MAX,
    };
}

impl Stretch {
    /// The words of a hit in what a reader sees.
    #[must_use]
    pub fn of(hit: &Hit) -> Self {
        let spot = |word: u32| Spot {
            block: hit.passage,
            word,
        };
        Self {
            first: spot(hit.first),
            end: spot(hit.end),
        }
    }

    /// Some words of the stream of a page.
    #[must_use]
    pub fn of_stream(stream: &Stream<'_>, words: &std::ops::Range<usize>) -> Self {
        let spot = |at: usize, more: u32| {
            let (block, word) = stream.place(at).unwrap_or_default();
            Spot {
                block,
                word: word + more,
            }
        };
        Self {
            first: spot(words.start, 0),
            end: spot(words.end.max(words.start + 1) - 1, 1),
        }
    }

    /// The place before a block.
    #[must_use]
    pub fn before_block(block: u32) -> Self {
        let spot = Spot { block, word: 0 };
        Self {
            first: spot,
            end: spot,
        }
    }

    /// Whether it ends before another begins.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> bool {
        self.end <= other.first
    }

    /// Whether another lies in it, whole; a place without words right before it does not.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        let before = other.first == other.end && other.first == self.first;
        self.first <= other.first && other.end <= self.end && !before
    }

    /// How far another is, by the numbers of their places; nothing when they meet.
    #[must_use]
    pub fn gap(&self, other: &Self, number: &dyn Fn(Spot) -> u32) -> u32 {
        let (from, to) = (number(self.first), number(self.end));
        let (first, last) = (number(other.first), number(other.end));
        first.saturating_sub(to).max(from.saturating_sub(last))
    }

    /// The blocks that it lies in.
    pub fn blocks(&self) -> impl Iterator<Item = u32> + use<> {
        self.first.block..=self.end.block
    }
}

/// Stretches in reading order without overlaps, so that the nearest is found by halving.
#[derive(Debug, Default)]
pub struct Stretches(Vec<Stretch>);

impl Stretches {
    /// Puts stretches in order and joins those that overlap.
    #[must_use]
    pub fn of(mut all: Vec<Stretch>) -> Self {
        all.sort_unstable();
        let mut joined: Vec<Stretch> = Vec::with_capacity(all.len());
        for of in all {
            match joined.last_mut() {
                Some(last) if of.first < last.end => last.end = last.end.max(of.end),
                _ => joined.push(of),
            }
        }
        Self(joined)
    }

    /// Whether one of them holds a stretch.
    #[must_use]
    pub fn hold(&self, other: &Stretch) -> bool {
        self.around(other)
            .into_iter()
            .flatten()
            .any(|of| of.holds(other))
    }

    /// The last that begins no later than a stretch does, and the first that begins later.
    #[must_use]
    pub fn around(&self, other: &Stretch) -> [Option<&Stretch>; 2] {
        let after = self.0.partition_point(|of| of.first <= other.first);
        [
            after.checked_sub(1).map(|at| &self.0[at]),
            self.0.get(after),
        ]
    }

    /// All of them, in order.
    #[must_use]
    pub fn all(&self) -> &[Stretch] {
        &self.0
    }
}

impl Page<'_> {
    /// The source of a stretch; of a place alone, that of the block it stands before.
    #[must_use]
    pub fn span_of(&self, of: &Stretch) -> Span {
        let mut words = of.blocks().filter_map(|block| {
            let (from, to) = self.words_in(of, block);
            let tokens = self.tokens(block as usize).items().get(from..to)?;
            (!tokens.is_empty()).then(|| self.document.text.tokens_span(tokens))
        });
        let Some(first) = words.next() else {
            let block = self.document.blocks.get(of.first.block as usize);
            return block.map_or_else(|| self.document.anchor(), |block| block.span);
        };
        words.last().map_or(first, |last| first.to(last))
    }

    /// How many words a stretch has.
    pub(super) fn words_of(&self, of: &Stretch) -> u32 {
        let counts = of.blocks().map(|block| {
            let (from, to) = self.words_in(of, block);
            super::page::number(to - from)
        });
        counts.sum()
    }

    /// The words of a stretch in one of its blocks.
    fn words_in(&self, of: &Stretch, block: u32) -> (usize, usize) {
        if block as usize >= self.document.blocks.len() {
            return (0, 0);
        }
        let from = if block == of.first.block {
            of.first.word as usize
        } else {
            0
        };
        let to = if block == of.end.block {
            of.end.word as usize
        } else {
            self.tokens(block as usize).len()
        };
        (from.min(to), to)
    }

    /// How all words of a stretch are shown. A heading is bold.
    #[must_use]
    pub fn style_of(&self, of: &Stretch) -> Style {
        let mut all: Option<Style> = None;
        for block in of.blocks() {
            let (from, to) = self.words_in(of, block);
            let Some(block_of) = self
                .document
                .blocks
                .get(block as usize)
                .filter(|_| from < to)
            else {
                continue;
            };
            let words = Span::new(from, to);
            let tokens = self.tokens(block as usize);
            let mut style = self.document.text.style_of(tokens, words.start..words.end);
            if matches!(block_of.kind, BlockKind::Heading(_)) {
                style = style.with(Style::BOLD);
            }
            all = Some(all.map_or(style, |all| all.and(style)));
        }
        all.unwrap_or_default()
    }
}
