//! Where a page tries to carry an approved or a usual text and misses it. Whoever puts a warning onto a page means the page to be one
//! that owes it, whatever else the page says.

use std::collections::BTreeSet;

use super::about::About;
use super::usual::Usual;
use super::{Disclosure, Page};
use crate::text::{Found, Hit, Near, Prescribed, Stream, WordingId};

/// The share of the approved text's grams that a page holds which tries to carry it; of a long text less does, for so many words in a
/// row are no chance.
const TRIED: f64 = 0.5;
const TRIED_LONG: f64 = 0.35;
const VERY_LONG: usize = 24;
/// Sentences of common use come close to texts of fewer words: those count where they are nearly all that a block says.
const LONG: usize = 14;
const SHORT: usize = 5;
const TRIED_SHORT: f64 = 0.6;
const BESIDES: usize = 3;
/// Rows of words that are looked for before the whole text is; fewer of a usual text, of which a rule has several.
pub(super) const ROWS: usize = 4;
pub(super) const ROWS_USUAL: usize = 2;
const ROW: usize = 3;

/// What a page may try to carry.
#[derive(Debug)]
pub enum Sought {
    /// The id of an approved text.
    Approved(String),
    /// Usual wordings.
    Usual(Usual),
    /// What is about it.
    About(About),
}

/// A text of what is sought: the words that bind besides, and whether it is the wording on the day.
type Text<'a> = (&'a BTreeSet<String>, &'a Prescribed, bool);

/// Rows of words that texts hold, as phrases: a page without any of them does not try to carry one.
pub(super) fn rows<'a>(texts: impl Iterator<Item = &'a Prescribed>, most: usize) -> Vec<String> {
    let long = texts
        .map(|text| text.plain_rows(ROW))
        .filter(|rows| rows.len() * ROW >= SHORT);
    let some = long.flat_map(|rows| {
        let step = rows.len().div_ceil(most).max(1);
        rows.into_iter().step_by(step)
    });
    let mut all: Vec<String> = some.collect();
    all.sort();
    all.dedup();
    all
}

impl Page<'_> {
    /// Where the page carries a text that comes close to what is sought, or an approved one that is no more in force, in its own
    /// voice.
    #[must_use]
    pub fn attempted(&self, sought: &Sought, marker: WordingId) -> Option<Hit> {
        let stream = self.stream();
        let none = BTreeSet::new();
        let (id, texts) = match sought {
            Sought::Approved(id) => (id.as_str(), self.texts(self.library.get(id)?)),
            Sought::Usual(usual) => {
                let texts = usual.texts().iter();
                ("", texts.map(|text| (&none, text, true)).collect())
            }
            Sought::About(about) => return about.offered(self),
        };
        let own = closest(texts, &stream)?;
        let least = if own.of < VERY_LONG {
            TRIED
        } else {
            TRIED_LONG
        };
        if own.stands || own.score < least {
            return None;
        }
        let (passage, first) = stream.place(own.words.start)?;
        let end = (own.words.clone())
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
        let said = self.tokens(passage as usize).len();
        if own.of < LONG && (said > own.of + BESIDES || own.score < TRIED_SHORT) {
            return None;
        }
        if !self.stated(&hit) || !self.sells(&hit) {
            return None;
        }
        let others = (self.library.disclosures.iter()).filter(|of| of.id != id);
        // a short text may be the beginning of a long one: the one of which more stands there is meant
        let stands_for = |of: &Close| of.score * of.words.len() as f64;
        // what comes close to the text of a rule that cannot apply here is no measure of what this page tries; the text itself is
        let closer = |of: &Disclosure, theirs: Close| {
            let meet = theirs.words.start < own.words.end && own.words.start < theirs.words.end;
            let rival = self.facts.demanded.contains(&of.id);
            meet && (rival && stands_for(&theirs) > stands_for(&own)
                || theirs.stands && theirs.words.len() >= own.words.len())
        };
        let mut close = others.filter_map(|of| Some((of, closest(self.texts(of), &stream)?)));
        (!close.any(|(of, theirs)| closer(of, theirs))).then_some(hit)
    }

    fn texts<'t>(&self, of: &'t Disclosure) -> Vec<Text<'t>> {
        let versions = of.versions.iter();
        let texts = versions.flat_map(|version| {
            let holds = version.holds(self.facts.as_of);
            let texts = version.texts.iter();
            texts.map(move |(_, text, _)| (&version.locked, &**text, holds))
        });
        texts.collect()
    }
}

/// The words that come closest to one of these texts; of several the longest.
fn closest(texts: Vec<Text<'_>>, stream: &Stream<'_>) -> Option<Close> {
    let close = texts.into_iter().filter_map(|(locked, text, holds)| {
        let (words, score, exact) = match text.exact(stream) {
            Some(Found::Exact { words, .. } | Found::Value { words, .. }) => (words, 1.0, true),
            Some(Found::Near(Near { words, score, .. })) => (words, score, false),
            None => {
                let near = text.near(stream, locked)?;
                (near.words, near.score, false)
            }
        };
        Some(Close {
            of: text.plain_words(),
            words,
            score,
            stands: exact && holds,
        })
    });
    // a short text may be no more than the beginning of a long one that is missed
    close.max_by_key(|of| (of.words.len(), of.stands))
}

/// What comes close to an approved text.
struct Close {
    /// How many words the approved text has, without its values.
    of: usize,
    /// Words of the stream.
    words: std::ops::Range<usize>,
    /// 1 where it is the text itself.
    score: f64,
    /// Whether it is the text as it holds on the day, for whatever page.
    stands: bool,
}
