//! Where a page tries to carry an approved text and misses it. Whoever puts a warning onto a page means the page to be one that owes it,
//! whatever else the page says.

use super::{Disclosure, Page};
use crate::text::{Found, Hit, Near, Stream, WordingId};

/// The share of the approved text's grams that a page holds which tries to carry it, and its fewest words: sentences of common use
/// come close to short ones.
const TRIED: f64 = 0.5;
const LONG: usize = 14;
/// Rows of words that are looked for before the whole text is.
const ROWS: usize = 4;
const ROW: usize = 3;

/// Rows of words that a text holds, as phrases: a page without any of them does not try to carry it.
#[must_use]
pub fn rows(disclosure: &Disclosure) -> Vec<String> {
    let texts = disclosure.versions.iter().flat_map(|of| &of.texts);
    let long = texts
        .map(|(_, text, _)| text.plain_rows(ROW))
        .filter(|rows| rows.len() * ROW >= LONG - ROW);
    let some = long.flat_map(|rows| {
        let step = rows.len().div_ceil(ROWS).max(1);
        rows.into_iter().step_by(step)
    });
    let mut all: Vec<String> = some.collect();
    all.sort();
    all.dedup();
    all
}

impl Page<'_> {
    /// Where the page carries a text that comes close to an approved one, or one that is no more in force, in its own voice.
    #[must_use]
    pub fn attempted(&self, id: &str, marker: WordingId) -> Option<Hit> {
        let stream = self.stream();
        let disclosure = self.library.get(id)?;
        let near = self.tried(disclosure, &stream)?;
        let others = self
            .library
            .disclosures
            .iter()
            .filter(|other| other.id != id);
        let closer = |other: &Disclosure| {
            let theirs = self.closest(other, &stream);
            theirs.is_some_and(|(words, score)| {
                words.start < near.0.end && near.0.start < words.end && score > near.1
            })
        };
        if others.into_iter().any(closer) {
            return None;
        }
        let (passage, first) = stream.place(near.0.start)?;
        let end = (near.0.clone())
            .filter_map(|word| stream.place(word))
            .filter(|(of, _)| *of == passage)
            .map(|(_, at)| at + 1)
            .max()?;
        let hit = Hit {
            wording: marker,
            passage,
            first,
            end,
            from_lead: false,
        };
        (self.stated(&hit) && !self.weighed(&hit).tells()).then_some(hit)
    }

    /// The words that come closest, where none are the text itself as it holds.
    fn tried(&self, of: &Disclosure, stream: &Stream<'_>) -> Option<(std::ops::Range<usize>, f64)> {
        let met = of
            .versions
            .iter()
            .filter(|version| version.serves(self.facts))
            .flat_map(|of| &of.texts)
            .any(|(_, text, _)| {
                matches!(
                    text.exact(stream),
                    Some(Found::Exact { .. } | Found::Value { .. })
                )
            });
        (!met)
            .then(|| self.closest(of, stream))?
            .filter(|(_, score)| *score >= TRIED)
    }

    /// The words that come closest to one of its texts, and how close.
    fn closest(
        &self,
        of: &Disclosure,
        stream: &Stream<'_>,
    ) -> Option<(std::ops::Range<usize>, f64)> {
        let texts = of.versions.iter().flat_map(|version| {
            version
                .texts
                .iter()
                .map(move |(_, text, _)| (version, text))
        });
        let close = texts.filter_map(|(version, text)| match text.exact(stream) {
            Some(Found::Exact { words, .. } | Found::Value { words, .. }) => Some((words, 1.0)),
            Some(Found::Near(near)) => Some((near.words, near.score)),
            None => text
                .near(stream, &version.locked)
                .map(|Near { words, score, .. }| (words, score)),
        });
        close.max_by(|a, b| a.1.total_cmp(&b.1))
    }
}
