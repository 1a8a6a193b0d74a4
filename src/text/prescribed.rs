//! Prescribed wording: accepted only when its tokens are exactly there. A score never accepts; it finds the near miss,
//! which is then shown as a word diff on the author's own words.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::phrase::{Slot, SlotKind};
use super::token::{Between, Token, TokenKind, is_negation};
use super::wording::{in_range, value};
use super::{Passage, Text, Tokens};
use crate::source::Span;

/// Containment of word 3-grams from which a passage is a near miss; measured on legal prose: worst decoy 0.20, weakest near miss 0.30.
const NEAR: f64 = 0.25;
const FEWEST: usize = 6;
/// Texts under this many words have too few 3-grams: 2-grams and a higher bar.
const SHORT: usize = 12;
const NEAR_SHORT: f64 = 0.40;

/// The words of many passages as one row, so that a text split over paragraphs or items is one.
#[derive(Debug)]
pub struct Stream<'a> {
    text: &'a Text,
    items: Vec<Item<'a>>,
}

#[derive(Debug, Clone, Copy)]
struct Item<'a> {
    passage: u32,
    /// Number in its passage.
    at: u32,
    token: Token,
    word: &'a str,
}

impl<'a> Stream<'a> {
    /// The words of these passages, in order.
    pub fn new(text: &'a Text, passages: impl Iterator<Item = (u32, &'a Tokens)>) -> Self {
        let mut items = Vec::new();
        for (passage, tokens) in passages {
            items.extend(tokens.items().iter().enumerate().map(|(at, token)| Item {
                passage,
                at: Span::new(at, at).start,
                token: *token,
                word: text.token(token),
            }));
        }
        Self { text, items }
    }

    /// The source of some of its words; they may lie in several passages.
    #[must_use]
    pub fn span(&self, words: &Range<usize>) -> Span {
        match (
            self.items.get(words.start),
            self.items.get(words.end.max(words.start + 1) - 1),
        ) {
            (Some(first), Some(last)) => self
                .text
                .tokens_span(&[first.token])
                .to(self.text.tokens_span(&[last.token])),
            _ => Span::default(),
        }
    }

    /// The passage and the token number of a word.
    #[must_use]
    pub fn place(&self, word: usize) -> Option<(u32, u32)> {
        self.items.get(word).map(|item| (item.passage, item.at))
    }

    /// Whether words stand in the source as one run without markup between.
    fn verbatim(&self, words: &Range<usize>) -> bool {
        let Some(items) = self
            .items
            .get(words.clone())
            .filter(|items| !items.is_empty())
        else {
            return false;
        };
        items.iter().all(|item| item.passage == items[0].passage)
            && self
                .text
                .tokens_verbatim(&[items[0].token, items[items.len() - 1].token])
    }
}

/// An approved text, cut into words and slots.
#[derive(Debug, Clone)]
pub struct Prescribed {
    raw: String,
    units: Vec<Unit>,
    /// 3-grams (2-grams of short texts) of its words → where they begin.
    grams: HashMap<u64, Vec<u32>>,
    /// How many words a gram has.
    gram: usize,
}

#[derive(Debug, Clone)]
struct Unit {
    word: String,
    slot: Option<Slot>,
    /// Bytes of the raw text.
    raw: Span,
    /// Signs between this and the one before, white space left out.
    before: String,
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
    },
    /// Word for word, but the value of a slot is not filled in or out of its range.
    Value {
        /// Words of the stream.
        words: Range<usize>,
        /// The value's words.
        value: Range<usize>,
        /// Lower case, no full stop.
        message: String,
        /// Whether a value is there at all.
        filled: bool,
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
}

/// One difference between an approved text and a passage.
#[derive(Debug, Clone)]
pub struct Change {
    /// What the approved text says here; empty when the passage has words too many.
    pub approved: String,
    /// What the source says here, as words of the stream; empty when words are missing.
    pub words: Range<usize>,
    /// The bytes to replace with `approved`.
    pub edit: Span,
    /// What to put there.
    pub replacement: String,
    /// Whether the edit touches no markup.
    pub verbatim: bool,
    /// Whether a word that binds is among the differences: a negation, a number, `%`, currency, a locked word.
    pub locked: bool,
}

impl Prescribed {
    /// Cuts an approved text. Slots are written `{percent:0..100}` and so on.
    ///
    /// # Errors
    /// What is wrong with a slot, with the bytes it stands on; or a text without words.
    pub fn parse(raw: &str) -> Result<Self, (String, Range<usize>)> {
        let mut units: Vec<Unit> = Vec::new();
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
            let slot = Slot::parse(&raw[open + 1..close])
                .and_then(|slot| slot.ok_or_else(|| format!("`{}` is no slot of an approved text: percent, number, money, date or word", &raw[open + 1..close])))
                .map_err(|message| (message, open..close + 1))?;
            let percent = slot.kind == SlotKind::Percent;
            units.push(Unit {
                word: String::new(),
                slot: Some(slot),
                raw: Span::new(open, close + 1),
                before: String::new(),
            });
            at = close + 1;
            if percent && raw[at..].trim_start().starts_with('%') {
                at += raw[at..].find('%').expect("just seen") + 1;
            }
        }
        if units.iter().all(|unit| unit.slot.is_some()) {
            return Err(("an approved text needs words".to_owned(), 0..raw.len()));
        }
        let gram = if units.len() < SHORT { 2 } else { 3 };
        let mut grams: HashMap<u64, Vec<u32>> = HashMap::new();
        for (at, window) in units.windows(gram).enumerate() {
            if window.iter().all(|unit| unit.slot.is_none()) {
                grams
                    .entry(hash(window.iter().map(|unit| unit.word.as_str())))
                    .or_default()
                    .push(Span::new(at, at).start);
            }
        }
        Ok(Self {
            raw: raw.to_owned(),
            units,
            grams,
            gram,
        })
    }

    /// The approved text, as it was given.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The best that the stream has: exact with its punctuation, exact in words, with a wrong value, else nothing.
    #[must_use]
    pub fn exact(&self, stream: &Stream<'_>) -> Option<Found> {
        let mut best: Option<Found> = None;
        for at in 0..stream.items.len() {
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

    fn at(&self, stream: &Stream<'_>, start: usize) -> Option<Found> {
        let mut at = start;
        let mut wrong: Option<(Range<usize>, String, bool)> = None;
        let mut punctuation = Vec::new();
        for (number, unit) in self.units.iter().enumerate() {
            let item = stream.items.get(at)?;
            if number > 0 && unit.slot.is_none() && self.units[number - 1].slot.is_none() {
                punctuation.extend(self.punctuation(stream, number, at));
            }
            match &unit.slot {
                None if item.word == unit.word => at += 1,
                None => return None,
                Some(slot) => {
                    let (length, problem) = fill(slot, &stream.items[at..])?;
                    if let Some((message, filled)) = problem {
                        wrong.get_or_insert((at..at + length, message, filled));
                    }
                    at += length;
                }
            }
        }
        let words = start..at;
        Some(match wrong {
            Some((value, message, filled)) => Found::Value {
                words,
                value,
                message,
                filled,
            },
            None => Found::Exact { words, punctuation },
        })
    }

    /// The difference in punctuation before a word, if there is one. Across a block border the border stands for it.
    fn punctuation(&self, stream: &Stream<'_>, unit: usize, at: usize) -> Option<Change> {
        let (left, right) = (stream.items.get(at.checked_sub(1)?)?, stream.items.get(at)?);
        if left.passage != right.passage {
            return None;
        }
        let written = stream.text.punctuation(&left.token, &right.token);
        if written == self.units[unit].before {
            return None;
        }
        let words = at - 1..at + 1;
        let raw = self.units[unit - 1].raw.to(self.units[unit].raw);
        let approved = self.raw[raw.range()].to_owned();
        Some(Change {
            edit: stream.span(&words),
            verbatim: stream.verbatim(&words),
            replacement: approved.clone(),
            approved,
            words,
            locked: false,
        })
    }

    /// The passage that comes closest, if one comes close.
    #[must_use]
    pub fn near(&self, stream: &Stream<'_>, locked: &HashSet<String>) -> Option<Near> {
        let (window, score) = self.window(stream)?;
        let theirs: Vec<&str> = stream.items[window.clone()]
            .iter()
            .map(|item| item.word)
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
        for operation in &operations {
            let (_, old, new) = operation.as_tag_tuple();
            let new = window.start + new.start..window.start + new.end;
            words = words.start.min(new.start)..words.end.max(new.end);
            if !matches!(operation, DiffOp::Equal { .. }) {
                changes.extend(self.change(stream, old, new, locked));
            }
        }
        let mut sorted = (
            ours,
            stream.items[words.clone()]
                .iter()
                .map(|item| item.word)
                .collect::<Vec<_>>(),
        );
        sorted.0.sort_unstable();
        sorted.1.sort_unstable();
        let reordered = sorted.0 == sorted.1;
        (!changes.is_empty()).then_some(Near {
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
        locked: &HashSet<String>,
    ) -> Option<Change> {
        // a slot that holds a value of its kind is no difference
        if old.len() == 1
            && let Some(slot) = self
                .units
                .get(old.start)
                .and_then(|unit| unit.slot.as_ref())
            && let Some((length, None)) = stream
                .items
                .get(new.start..)
                .and_then(|items| fill(slot, items))
            && length >= new.len()
        {
            return None;
        }
        let binds = |word: &str| {
            is_negation(word)
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
        let (edit, replacement, verbatim) = if !new.is_empty() && !old.is_empty() {
            (stream.span(&new), approved.clone(), stream.verbatim(&new))
        } else if new.is_empty() {
            // put in after the word before, or before the word after
            match new.start.checked_sub(1).filter(|_| old.start > 0) {
                Some(left) => {
                    let at = stream.span(&(left..left + 1)).end;
                    let from = self.units[old.start - 1].raw.end as usize;
                    let to = ours.last().map_or(from, |unit| unit.raw.end as usize);
                    (
                        Span { start: at, end: at },
                        self.raw[from..to].to_owned(),
                        stream.verbatim(&(left..left + 1)),
                    )
                }
                None => {
                    let at = stream.span(&(new.start..new.start + 1)).start;
                    let from = ours.first().map_or(0, |unit| unit.raw.start as usize);
                    let to = self
                        .units
                        .get(old.end)
                        .map_or(self.raw.len(), |unit| unit.raw.start as usize);
                    (
                        Span { start: at, end: at },
                        self.raw[from..to].to_owned(),
                        stream.verbatim(&(new.start..new.start + 1)),
                    )
                }
            }
        } else {
            // take out, with the space before
            let with_left = new.start.saturating_sub(1)..new.end;
            let mut edit = stream.span(&new);
            edit.start = stream
                .span(&(with_left.start..with_left.start + 1))
                .end
                .min(edit.start);
            (edit, String::new(), stream.verbatim(&with_left))
        };
        let locked = ours
            .iter()
            .any(|unit| unit.slot.is_some() || binds(&unit.word))
            || theirs.iter().any(|item| binds(item.word));
        Some(Change {
            approved,
            words: new,
            edit,
            replacement,
            verbatim,
            locked,
        })
    }

    /// The stretch of the stream that holds most of the text's grams.
    fn window(&self, stream: &Stream<'_>) -> Option<(Range<usize>, f64)> {
        if self.grams.is_empty() || stream.items.len() < self.gram {
            return None;
        }
        let hits: Vec<(usize, u64, u32)> = stream
            .items
            .windows(self.gram)
            .enumerate()
            .filter_map(|(at, window)| {
                let gram = hash(window.iter().map(|item| item.word));
                self.grams.get(&gram).map(|places| (at, gram, places[0]))
            })
            .collect();
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
        let score = distinct as f64 / self.grams.len() as f64;
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

/// What a slot takes of the words that follow: how many, and what is wrong with the value and whether there is one.
fn fill(slot: &Slot, items: &[Item<'_>]) -> Option<(usize, Option<(String, bool)>)> {
    let item = items.first()?;
    let word = |at: usize| items.get(at).map_or("", |item| item.word);
    let unfilled = |length: usize| {
        Some((
            length,
            if slot.placeholder {
                None
            } else {
                Some((
                    format!("the value is not filled in: `{}`", item.word),
                    false,
                ))
            },
        ))
    };
    match slot.kind {
        SlotKind::Word => {
            matches!(item.token.kind, TokenKind::Word | TokenKind::Number).then_some((1, None))
        }
        SlotKind::Money
            if item.token.kind == TokenKind::Sign
                && items
                    .get(1)
                    .is_some_and(|next| next.token.kind == TokenKind::Number) =>
        {
            Some((2, None))
        }
        SlotKind::Date
            if item.token.kind == TokenKind::Number || item.token.kind == TokenKind::Word =>
        {
            let length = items
                .iter()
                .take(3)
                .take_while(|item| matches!(item.token.kind, TokenKind::Number | TokenKind::Word))
                .count();
            Some((length, None))
        }
        SlotKind::Percent | SlotKind::Number | SlotKind::Money => {
            let unit = |at: usize| match (slot.kind, word(at), word(at + 1)) {
                (SlotKind::Percent, "%" | "percent" | "pct", _)
                | (SlotKind::Money, "$" | "€" | "£" | "usd" | "eur" | "gbp", _) => 1,
                (SlotKind::Percent, "per", "cent") => 2,
                _ => 0,
            };
            if item.token.kind == TokenKind::Number {
                let more = unit(1);
                if slot.kind != SlotKind::Number && more == 0 {
                    return None;
                }
                let outside = slot.range.filter(|range| !in_range(item.word, *range));
                let problem = outside.map(|(low, high)| {
                    let read = value(item.word)
                        .map_or_else(|| "no number".to_owned(), |value| value.to_string());
                    (
                        format!("the value {read} is out of range: {low} to {high}"),
                        true,
                    )
                });
                return Some((1 + more, problem));
            }
            let blank = item.token.kind == TokenKind::Placeholder
                || (matches!(item.word, "x" | "xx" | "xxx" | "nn") && unit(1) > 0);
            if blank { unfilled(1 + unit(1)) } else { None }
        }
        SlotKind::Date => None,
    }
}

fn hash<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.for_each(|word| word.hash(&mut hasher));
    hasher.finish()
}
