//! The passage that comes closest to an approved text, and how it differs, on the author's own words.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::fill::{Taken, fill};
use super::negation::is_negation;
use super::prescribed::{Change, Near, Prescribed};
use super::stream::Stream;
use super::token::Between;
use super::voice_abroad::BINDING;

/// Containment of word 3-grams from which a passage is a near miss; measured on legal prose: worst decoy 0.20, weakest near miss 0.30.
const NEAR: f64 = 0.25;
const FEWEST: usize = 6;
const NEAR_SHORT: f64 = 0.40;

impl Prescribed {
    /// The passage that comes closest, if one comes close.
    #[must_use]
    pub fn near(&self, stream: &Stream<'_>, locked: &BTreeSet<String>) -> Option<Near> {
        let (window, score) = self.window(stream)?;
        self.compared(stream, window, score, locked)
    }

    /// How a stretch of the page differs, and what makes it the approved text.
    #[must_use]
    pub fn compared(
        &self,
        stream: &Stream<'_>,
        window: Range<usize>,
        score: f64,
        locked: &BTreeSet<String>,
    ) -> Option<Near> {
        let theirs: Vec<&str> = stream.items[window.clone()]
            .iter()
            .map(|item| stream.word(item))
            .collect();
        let ours: Vec<&str> = self.units.iter().map(|unit| unit.word.as_str()).collect();
        let mut operations = capture_diff_slices(Algorithm::Myers, &ours, &theirs);
        // words of the page outside what agrees are not ours to judge
        while matches!(operations.last(), Some(DiffOp::Insert { .. })) {
            operations.pop();
        }
        let skipped = operations
            .iter()
            .take_while(|operation| matches!(operation, DiffOp::Insert { .. }))
            .count();
        operations.drain(..skipped);
        let mut changes = Vec::new();
        let mut words = window.end..window.start;
        // (unit, word of the stream) that agree
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for operation in &operations {
            let (_, old, new) = operation.as_tag_tuple();
            let new = window.start + new.start..window.start + new.end;
            words = words.start.min(new.start)..words.end.max(new.end);
            if matches!(operation, DiffOp::Equal { .. }) {
                pairs.extend(old.zip(new));
            } else {
                changes.extend(self.change(stream, old, new, locked));
            }
        }
        let mut sorted = (
            ours,
            stream.items[words.clone()]
                .iter()
                .map(|item| stream.word(item))
                .collect::<Vec<_>>(),
        );
        sorted.0.sort_unstable();
        sorted.1.sort_unstable();
        let reordered = sorted.0 == sorted.1;
        let repairs = self.repairs(stream, &words, &pairs, reordered);
        (!changes.is_empty()).then_some(Near {
            repairs,
            words,
            changes,
            score,
            reordered,
        })
    }

    fn change(
        &self,
        stream: &Stream<'_>,
        old: Range<usize>,
        new: Range<usize>,
        locked: &BTreeSet<String>,
    ) -> Option<Change> {
        // a slot that holds a value of its kind is no difference
        if old.len() == 1
            && let Some(slot) = self
                .units
                .get(old.start)
                .and_then(|unit| unit.slot.as_ref())
            && let Some(Taken {
                length, lack: None, ..
            }) = fill(slot, stream, new.start)
            && length >= new.len()
        {
            return None;
        }
        let binds = |word: &str| {
            is_negation(word)
                || BINDING.contains(&word)
                || word.starts_with("n'")
                || locked.contains(word)
                || word
                    .starts_with(|c: char| c.is_ascii_digit() || c == '%' || super::is_currency(c))
        };
        let ours = &self.units[old.clone()];
        let theirs = stream.items.get(new.clone()).unwrap_or_default();
        let approved = match (ours.first(), ours.last()) {
            (Some(first), Some(last)) => self.raw[first.raw.to(last.raw).range()].to_owned(),
            _ => String::new(),
        };
        let locked = ours
            .iter()
            .any(|unit| unit.slot.is_some() || binds(&unit.word))
            || theirs.iter().any(|item| binds(stream.word(item)));
        Some(Change {
            approved,
            words: new,
            locked,
        })
    }

    /// The stretch of the stream that holds most of the text's grams.
    fn window(&self, stream: &Stream<'_>) -> Option<(Range<usize>, f64)> {
        if self.grams().is_empty() || stream.items.len() < self.gram {
            return None;
        }
        let grams = self.grams().iter();
        let mut hits: Vec<(usize, u64, u32)> = grams
            .flat_map(|(gram, places)| {
                let rows = stream.rows(self.gram, *gram);
                rows.map(|at| (at, *gram, places[0]))
            })
            .collect();
        hits.sort_unstable();
        let reach = self.units.len() * 2;
        let mut counts: HashMap<u64, u32> = HashMap::new();
        let mut best: Option<(usize, usize, usize)> = None;
        let mut first = 0;
        for last in 0..hits.len() {
            *counts.entry(hits[last].1).or_default() += 1;
            while hits[last].0 - hits[first].0 > reach {
                if let Some(count) = counts.get_mut(&hits[first].1) {
                    *count -= 1;
                    if *count == 0 {
                        counts.remove(&hits[first].1);
                    }
                }
                first += 1;
            }
            if best.is_none_or(|(most, ..)| counts.len() > most) {
                best = Some((counts.len(), first, last));
            }
        }
        let (distinct, first, last) = best?;
        let score = distinct as f64 / self.grams().len() as f64;
        let enough = if self.gram == 2 {
            score >= NEAR_SHORT
        } else {
            score >= NEAR && distinct >= FEWEST
        };
        if !enough {
            return None;
        }
        let (begin, _, before) = hits[first];
        let (end, _, after) = hits[last];
        let end = end + self.gram;
        // words of the text before the first and behind the last gram may stand there in another form, in the same sentence
        let start = (1..=before as usize + 2)
            .take_while(|back| {
                begin >= *back
                    && !stream.items[begin - back + 1]
                        .token
                        .before
                        .has(Between::STOP)
                    && stream.items[begin - back].passage == stream.items[begin].passage
            })
            .last()
            .map_or(begin, |back| begin - back);
        let left = self.units.len().saturating_sub(after as usize + self.gram) + 2;
        let stop = (0..left)
            .take_while(|more| {
                stream.items.get(end + more).is_some_and(|item| {
                    !item.token.before.has(Between::STOP)
                        && item.passage == stream.items[end - 1].passage
                })
            })
            .last()
            .map_or(end, |more| end + more + 1);
        Some((start..stop, score))
    }
}
