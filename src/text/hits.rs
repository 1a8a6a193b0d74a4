//! Where phrases were found.

/// The number of a phrase in a [`super::Finder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordingId(pub(super) u32);

/// Where a phrase was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Which phrase.
    pub wording: WordingId,
    /// Which passage, by its number in the list that was searched.
    pub passage: u32,
    /// First token, by its number in the passage.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// Whether the match begins in the lead-in of the passage, which `first` then leaves out.
    pub from_lead: bool,
}

impl Hit {
    /// Whether the two share a word.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.passage == other.passage && self.first < other.end && other.first < self.end
    }
}

/// Of hits in reading order, those that begin in these words of a passage.
#[must_use]
pub fn beginning(hits: &[Hit], passage: u32, words: std::ops::Range<u32>) -> &[Hit] {
    let start = hits.partition_point(|hit| (hit.passage, hit.first) < (passage, words.start));
    let end = hits.partition_point(|hit| (hit.passage, hit.first) < (passage, words.end));
    &hits[start..end.max(start)]
}

/// Everything that was found in one document, by phrase.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    pub(super) sorted: Vec<Hit>,
}

impl Hits {
    /// The hits of one phrase, in reading order.
    #[must_use]
    pub fn of(&self, wording: WordingId) -> &[Hit] {
        let start = self.sorted.partition_point(|hit| hit.wording < wording);
        let from = &self.sorted[start..];
        let own = from.iter().take_while(|hit| hit.wording == wording);
        &from[..own.count()]
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// The hits of phrases that were added one after another.
    fn between(&self, wordings: &std::ops::Range<u32>) -> &[Hit] {
        let start = self
            .sorted
            .partition_point(|hit| hit.wording.0 < wordings.start);
        let end = self
            .sorted
            .partition_point(|hit| hit.wording.0 < wordings.end);
        &self.sorted[start..end]
    }

    /// The hits of phrases that were added one after another, in reading order.
    pub(super) fn group(&self, wordings: &std::ops::Range<u32>) -> Vec<Hit> {
        let mut group = self.between(wordings).to_vec();
        group.sort_by_key(|hit| (hit.passage, hit.first, hit.end));
        group
    }

    /// The hits of several phrases, in reading order.
    #[must_use]
    pub fn of_all(&self, wordings: &[WordingId]) -> Vec<Hit> {
        if self.sorted.is_empty() {
            return Vec::new();
        }
        let mut all: Vec<Hit> = wordings
            .iter()
            .flat_map(|&wording| self.of(wording).iter().copied())
            .collect();
        all.sort_by_key(|hit| (hit.passage, hit.first, hit.end));
        all
    }
}
