//! Prescribed wording: accepted only when its tokens are exactly there. A score never accepts; it finds the near miss,
//! which is then shown as a word diff on the author's own words.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::OnceLock;

use super::fill::{Filled, Lack, Taken, fill};
use super::registered::{named, spoken_out};
use super::repair::Repair;
use super::slot::{Slot, SlotKind};
use super::stream::Stream;
use super::{Passage, Text, Tokens, language};
use crate::source::Span;
/// Texts under this many words have too few 3-grams: 2-grams and a higher bar.
pub(super) const SHORT: usize = 12;
/// How many words a gram of them has; those of longer texts have one more.
pub(super) const SHORT_GRAM: usize = 2;

/// An approved text, cut into words and slots.
#[derive(Debug, Clone)]
pub struct Prescribed {
    pub(super) raw: String,
    pub(super) units: Vec<Unit>,
    /// 3-grams (2-grams of short texts) of its words → where they begin.
    grams: OnceLock<HashMap<u64, Vec<u32>>>,
    /// How many words a gram has.
    pub(super) gram: usize,
    /// Names of `[values]` that it needs and that have no value.
    pub missing: Vec<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) word: String,
    pub(super) slot: Option<Slot>,
    /// Bytes of the raw text.
    pub(super) raw: Span,
    /// Signs between this and the one before, white space left out.
    pub(super) before: String,
}

/// How an approved text was found.
#[derive(Debug, Clone)]
pub enum Found {
    /// Word for word.
    Exact {
        /// Words of the stream.
        words: Range<usize>,
        /// Where the punctuation differs.
        punctuation: Vec<Change>,
        /// What mends it.
        repairs: Vec<Repair>,
        /// The numbers of its slots.
        values: Vec<Filled>,
    },
    /// Word for word, but the value of a slot is not filled in or out of its range.
    Value {
        /// Words of the stream.
        words: Range<usize>,
        /// The value's words.
        value: Range<usize>,
        /// Lower case, no full stop.
        message: String,
        /// What is wrong with the value.
        lack: Lack,
    },
    /// With changed words.
    Near(Near),
}

/// A near miss.
#[derive(Debug, Clone)]
pub struct Near {
    /// Words of the stream, from the first that agrees to the last.
    pub words: Range<usize>,
    /// What differs, in order.
    pub changes: Vec<Change>,
    /// The share of the approved text's grams that the passage holds, 0 to 1.
    pub score: f64,
    /// Whether it holds the same words in another order.
    pub reordered: bool,
    /// What makes the passage the approved text; none when a value is to be filled in by someone who knows it.
    pub repairs: Option<Vec<Repair>>,
}

/// One difference between an approved text and a passage.
#[derive(Debug, Clone)]
pub struct Change {
    /// What the approved text says here; empty when the passage has words too many.
    pub approved: String,
    /// What the source says here, as words of the stream; empty when words are missing.
    pub words: Range<usize>,
    /// Whether a word that binds is among the differences: a negation, a number, `%`, currency, a locked word.
    pub locked: bool,
}

impl Prescribed {
    /// Cuts an approved text. Slots are written `{percent:0..100}` and so on.
    ///
    /// # Errors
    /// What is wrong with a slot, with the bytes it stands on; or a text without words.
    pub fn parse(raw: &str) -> Result<Self, (String, Range<usize>)> {
        Self::parse_in(raw, None, &BTreeMap::new())
    }

    /// As [`Prescribed::parse`], in a language, and with the values of the house: `{name}` stands for one of them, a number as a
    /// slot that must hold it, other words as themselves. Names without a value are listed in [`Prescribed::missing`].
    ///
    /// # Errors
    /// As [`Prescribed::parse`].
    pub fn parse_in(
        raw: &str,
        language: Option<&str>,
        values: &BTreeMap<String, String>,
    ) -> Result<Self, (String, Range<usize>)> {
        let comma = language.and_then(language::decimal_comma);
        // mistakes are told in the bytes that its author wrote
        let written = Self::cut(raw, comma, values)?;
        let said = spoken_out(raw, values);
        if said == raw {
            return Ok(written);
        }
        let cut =
            Self::cut(&said, comma, values).map_err(|(message, _)| (message, 0..raw.len()))?;
        Ok(Self {
            missing: written.missing,
            ..cut
        })
    }

    fn cut(
        raw: &str,
        comma: Option<bool>,
        values: &BTreeMap<String, String>,
    ) -> Result<Self, (String, Range<usize>)> {
        let mut units: Vec<Unit> = Vec::new();
        let mut missing = Vec::new();
        let mut at = 0;
        while at < raw.len() {
            let open = raw[at..].find('{').map_or(raw.len(), |length| at + length);
            literal(raw, at..open, &mut units);
            if open == raw.len() {
                break;
            }
            let close = raw[open..]
                .find('}')
                .map(|length| open + length)
                .ok_or_else(|| ("`{` is never closed".to_owned(), open..open + 1))?;
            let inside = &raw[open + 1..close];
            let percent = raw[close + 1..].trim_start().starts_with('%');
            let slot = Slot::parse(inside)
                .and_then(|slot| slot.map_or_else(|| named(inside, percent, values), Ok))
                .map_err(|message| (message, open..close + 1))?;
            if slot.kind == SlotKind::Word
                && let Some(name) = &slot.value
                && !values.contains_key(name)
            {
                missing.push(name.clone());
            }
            at = close + 1;
            if slot.kind == SlotKind::Percent && percent {
                at += raw[at..].find('%').expect("just seen") + 1;
            }
            units.push(Unit {
                word: String::new(),
                slot: Some(Slot { comma, ..slot }),
                raw: Span::new(open, close + 1),
                before: String::new(),
            });
        }
        if units.iter().all(|unit| unit.slot.is_some()) {
            return Err(("an approved text needs words".to_owned(), 0..raw.len()));
        }
        let gram = SHORT_GRAM + usize::from(units.len() >= SHORT);
        Ok(Self {
            raw: raw.to_owned(),
            units,
            grams: OnceLock::new(),
            gram,
            missing,
        })
    }

    /// How many words it has, without slots.
    #[must_use]
    pub fn plain_words(&self) -> usize {
        self.units.iter().filter(|unit| unit.slot.is_none()).count()
    }

    /// Rows of so many words side by side that are its own, without slots.
    #[must_use]
    pub fn plain_rows(&self, length: usize) -> Vec<String> {
        let rows = self.units.chunks_exact(length);
        let plain = rows.filter(|row| row.iter().all(|unit| unit.slot.is_none()));
        let words = |row: &[Unit]| row.iter().map(|unit| unit.word.clone()).collect::<Vec<_>>();
        plain.map(|row| words(row).join(" ")).collect()
    }

    /// Each gram and where it begins; reckoned when a near miss is first looked for.
    pub(super) fn grams(&self) -> &HashMap<u64, Vec<u32>> {
        self.grams.get_or_init(|| {
            let mut grams: HashMap<u64, Vec<u32>> = HashMap::new();
            for (at, window) in self.units.windows(self.gram).enumerate() {
                if window.iter().all(|unit| unit.slot.is_none()) {
                    grams
                        .entry(hash(window.iter().map(|unit| unit.word.as_str())))
                        .or_default()
                        .push(Span::new(at, at).start);
                }
            }
            grams
        })
    }

    /// The approved text, as it was given.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The names of `[values]` that numbers in it must be, where the run has them.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let slots = self.units.iter().filter_map(|unit| unit.slot.as_ref());
        let numbers = slots.filter(|slot| slot.kind != SlotKind::Word);
        numbers.filter_map(|slot| slot.value.as_deref()).collect()
    }

    /// Whether a value is to be filled in.
    #[must_use]
    pub fn has_slots(&self) -> bool {
        self.units.iter().any(|unit| unit.slot.is_some())
    }

    /// The best that the stream has: exact with its punctuation, exact in words, with a wrong value, else nothing.
    #[must_use]
    pub fn exact(&self, stream: &Stream<'_>) -> Option<Found> {
        let mut best: Option<Found> = None;
        for at in self.starts(stream) {
            match self.at(stream, at) {
                Some(found @ Found::Exact { .. }) => {
                    let whole = matches!(&found, Found::Exact { punctuation, .. } if punctuation.is_empty());
                    if whole {
                        return Some(found);
                    }
                    if !matches!(best, Some(Found::Exact { .. })) {
                        best = Some(found);
                    }
                }
                Some(found) if best.is_none() => best = Some(found),
                _ => {}
            }
        }
        best
    }

    /// Every place where it stands word for word.
    #[must_use]
    pub fn every(&self, stream: &Stream<'_>) -> Vec<Range<usize>> {
        let places = self
            .all(stream)
            .into_iter()
            .filter_map(|found| match found {
                Found::Exact { words, .. } => Some(words),
                _ => None,
            });
        places.collect()
    }

    /// Every place where it stands word for word, whatever its values are.
    #[must_use]
    pub fn all(&self, stream: &Stream<'_>) -> Vec<Found> {
        let mut all = Vec::new();
        let mut after = 0;
        for at in self.starts(stream) {
            // a value at its beginning may be read from its second word on too
            let found = (at >= after).then(|| self.at(stream, at)).flatten();
            if let Some(Found::Exact { words, .. } | Found::Value { words, .. }) = &found {
                after = words.end;
            }
            all.extend(found);
        }
        all
    }

    /// The words of the stream at which it may begin.
    fn starts(&self, stream: &Stream<'_>) -> Vec<usize> {
        let first = self.units.get(..self.gram);
        match first.filter(|first| first.iter().all(|unit| unit.slot.is_none())) {
            Some(first) => {
                let row = hash(first.iter().map(|unit| unit.word.as_str()));
                stream.rows(self.gram, row).collect()
            }
            None => (0..stream.items.len()).collect(),
        }
    }

    fn at(&self, stream: &Stream<'_>, start: usize) -> Option<Found> {
        let mut at = start;
        let mut wrong: Option<(Range<usize>, String, Lack)> = None;
        let mut values = Vec::new();
        let mut punctuation = Vec::new();
        for (number, unit) in self.units.iter().enumerate() {
            let item = stream.items.get(at)?;
            if number > 0 && unit.slot.is_none() && self.units[number - 1].slot.is_none() {
                punctuation.extend(self.punctuation(stream, number, at));
            }
            match &unit.slot {
                None if stream.word(item) == unit.word => at += 1,
                None => return None,
                Some(slot) => {
                    let Taken {
                        length,
                        lack,
                        filled,
                    } = fill(slot, stream, at)?;
                    if let Some((lack, message)) = lack {
                        wrong.get_or_insert((at..at + length, message, lack));
                    }
                    values.extend(filled);
                    at += length;
                }
            }
        }
        let words = start..at;
        Some(match wrong {
            Some((value, message, lack)) => Found::Value {
                words,
                value,
                message,
                lack,
            },
            None => {
                let (punctuation, repairs): (_, Vec<Vec<Repair>>) = punctuation.into_iter().unzip();
                Found::Exact {
                    words,
                    punctuation,
                    repairs: repairs.concat(),
                    values,
                }
            }
        })
    }

    /// The difference in punctuation before a word, if there is one. Across a block border the border stands for it.
    pub(super) fn punctuation(
        &self,
        stream: &Stream<'_>,
        unit: usize,
        at: usize,
    ) -> Option<(Change, Vec<Repair>)> {
        let (left, right) = (stream.items.get(at.checked_sub(1)?)?, stream.items.get(at)?);
        if left.passage != right.passage {
            return None;
        }
        let written = stream.text.punctuation(&left.token, &right.token);
        if written == self.units[unit].before {
            return None;
        }
        let raw = self.units[unit - 1].raw.to(self.units[unit].raw);
        let change = Change {
            approved: self.raw[raw.range()].to_owned(),
            words: at - 1..at + 1,
            locked: false,
        };
        Some((change, self.between(stream, unit - 1..unit, at - 1..at)))
    }
}

/// Adds the words of a literal part of an approved text.
fn literal(raw: &str, part: Range<usize>, units: &mut Vec<Unit>) {
    let mut text = Text::default();
    let start = text.begin();
    text.push(&raw[part.clone()], part.start);
    let passage: Passage = text.end(start);
    let tokens = Tokens::of(&text, passage);
    for (at, token) in tokens.items().iter().enumerate() {
        let before = if at == 0 {
            String::new()
        } else {
            text.punctuation(&tokens.items()[at - 1], token)
        };
        units.push(Unit {
            word: text.token(token).to_owned(),
            slot: None,
            raw: text.tokens_span(&[*token]),
            before,
        });
    }
}

pub(super) fn hash<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.for_each(|word| word.hash(&mut hasher));
    hasher.finish()
}
