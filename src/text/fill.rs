//! What a slot of an approved text takes of the words of a page: its value, or what stands in the value's place.

use std::ops::Range;

use super::date::date;
use super::slot::{Slot, SlotKind, value};
use super::stream::{Item, Stream};
use super::token::TokenKind;
use super::{OPAQUE, is_currency};

/// A slot with the value that a page gives it.
#[derive(Debug, Clone)]
pub struct Filled {
    /// The name of the value of `[values]` that it must be; none where it may be any.
    pub name: Option<String>,
    /// The words of the value with its unit.
    pub words: Range<usize>,
    /// The words of its numbers.
    pub digits: Range<usize>,
    /// The numbers, the same one twice where it is no range.
    pub numbers: (f64, f64),
    /// Whether its language writes numbers with a decimal comma, where that is known.
    pub comma: Option<bool>,
}

/// What is wrong with what stands in the place of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// One is there, and out of its range.
    Outside,
    /// Several are there where one is wanted.
    Several,
    /// None is there: someone forgot to fill it in.
    Unfilled,
    /// A program fills it in, and with what is not known.
    Undecided,
}

/// What a slot took.
#[derive(Debug)]
pub(super) struct Taken {
    /// How many words.
    pub(super) length: usize,
    /// What is wrong with it, for people.
    pub(super) lack: Option<(Lack, String)>,
    pub(super) filled: Option<Filled>,
}

/// Words that stand for a number that is yet to come, before its unit.
const STAND_INS: &[&str] = &[
    "x",
    "xx",
    "xxx",
    "n",
    "nn",
    "tbc",
    "tbd",
    "tba",
    "percentage",
    "percent",
    "prozentsatz",
    "pourcentage",
    "porcentaje",
    "percentuale",
    "number",
    "value",
];
/// Words between the two numbers of a range.
const TO: &[&str] = &["to", "bis", "à", "a", "tot", "do", "til"];
const PERCENT: &[&str] = &["%", "percent", "pct", "prozent", "procent"];
const HUNDRED: &[(&str, &str)] = &[
    ("per", "cent"),
    ("pour", "cent"),
    ("por", "ciento"),
    ("por", "cento"),
    ("per", "cento"),
];
const MONEY: &[&str] = &[
    "usd", "eur", "gbp", "chf", "aud", "cad", "pln", "zł", "dollars", "dollar", "euros", "euro",
    "pounds", "pound", "franken", "francs",
];

/// What a slot takes of the words that begin at `at`; none when they cannot be its value.
pub(super) fn fill(slot: &Slot, stream: &Stream<'_>, at: usize) -> Option<Taken> {
    let item = stream.items.get(at)?;
    let taken = |length| {
        Some(Taken {
            length,
            lack: None,
            filled: None,
        })
    };
    match slot.kind {
        SlotKind::Word => {
            matches!(item.token.kind, TokenKind::Word | TokenKind::Number).then_some(())?;
            taken(1)
        }
        SlotKind::Date => match date(stream, at) {
            Some(length) => taken(length),
            None if stands_in(stream, item) => unfilled(slot, stream, at, 1),
            None => None,
        },
        SlotKind::Percent | SlotKind::Number | SlotKind::Money => {
            let signed = slot.kind == SlotKind::Money && is_sign(stream, item);
            let from = at + usize::from(signed);
            if stream.items.get(from)?.token.kind == TokenKind::Number {
                return numbers(slot, stream, at..from, signed);
            }
            let more = unit(slot.kind, stream, at + 1);
            let numbered = |before: usize| {
                let (before, item) = (&stream.items[before], &stream.items[at]);
                before.token.kind == TokenKind::Number && before.passage == item.passage
            };
            let alone = !at.checked_sub(1).is_some_and(numbered);
            if slot.kind == SlotKind::Percent && alone && unit(slot.kind, stream, at) > 0 {
                // `[●]%`, `__%`: signs alone stand in the place of the number, or nothing does
                return unfilled(slot, stream, at, unit(slot.kind, stream, at));
            }
            let blank = matches!(item.token.kind, TokenKind::Placeholder | TokenKind::Blank)
                || ((more > 0 || slot.kind == SlotKind::Number) && stands_in(stream, item));
            if blank {
                unfilled(slot, stream, at, 1 + more)
            } else {
                None
            }
        }
    }
}

/// Whether a word stands for a value that is yet to come.
fn stands_in(stream: &Stream<'_>, item: &Item) -> bool {
    matches!(item.token.kind, TokenKind::Placeholder | TokenKind::Blank)
        || STAND_INS.contains(&stream.word(item))
        || stream.word(item).starts_with(OPAQUE)
}

fn is_sign(stream: &Stream<'_>, item: &Item) -> bool {
    item.token.kind == TokenKind::Sign && stream.word(item).starts_with(is_currency)
}

fn unfilled(slot: &Slot, stream: &Stream<'_>, at: usize, length: usize) -> Option<Taken> {
    let item = stream.items.get(at)?;
    let accepted = slot.placeholder && item.token.kind == TokenKind::Placeholder;
    let lack = if stream.word(item).starts_with(OPAQUE) {
        let said = "what a program puts in the place of the value is not known".to_owned();
        (Lack::Undecided, said)
    } else if at > 0
        && stream.items[at - 1].passage == item.passage
        && length == unit(slot.kind, stream, at)
    {
        let (before, last) = (
            &stream.items[at - 1].token,
            &stream.items[at + length - 1].token,
        );
        let written = format!(
            "{}{}",
            stream.text.between(before, &item.token),
            stream.text.over(&item.token, last)
        );
        (
            Lack::Unfilled,
            format!("the value is not filled in: `{}`", written.trim()),
        )
    } else {
        (
            Lack::Unfilled,
            format!("the value is not filled in: `{}`", stream.word(item)),
        )
    };
    Some(Taken {
        length,
        lack: (!accepted).then_some(lack),
        filled: None,
    })
}

/// One number, or the two of a range, with the unit that the slot wants.
fn numbers(slot: &Slot, stream: &Stream<'_>, at: Range<usize>, signed: bool) -> Option<Taken> {
    let from = at.end;
    let (first, low) = number(slot, stream, from);
    let mut end = from + first + unit(slot.kind, stream, from + first);
    let mut digits = from..from + first;
    let mut high = low;
    let mut has_unit = signed || end > digits.end;
    if let Some(second) = second(stream, end) {
        let (length, to) = number(slot, stream, second);
        let after = second + length + unit(slot.kind, stream, second + length);
        // a number that goes on behind its unit belongs to the text: "74 % to 2 in 3" is no range
        if slot.kind == SlotKind::Number || signed || after > second + length {
            (end, high) = (after, to);
            digits.end = second + length;
            has_unit = true;
        }
    }
    if slot.kind != SlotKind::Number && !has_unit {
        return None;
    }
    let several = digits.end > from + first;
    let named = |value: Option<f64>| {
        value.map_or_else(|| "no number".to_owned(), |value| value.to_string())
    };
    let inside = |value: Option<f64>| {
        value.is_some_and(|value| {
            slot.range
                .is_none_or(|(low, high)| low <= value && value <= high)
        })
    };
    let lack = if several && !slot.span {
        let said = format!(
            "one value is wanted here, not a range: {} to {}",
            named(low),
            named(high)
        );
        Some((Lack::Several, said))
    } else if several && low > high {
        Some((
            Lack::Outside,
            format!(
                "the range {} to {} is the wrong way round",
                named(low),
                named(high)
            ),
        ))
    } else if !inside(low) || !inside(high) {
        let outside = named(if inside(low) { high } else { low });
        let said = match slot.range {
            Some((low, high)) => format!("the value {outside} is out of range: {low} to {high}"),
            None => "the value is no number".to_owned(),
        };
        Some((Lack::Outside, said))
    } else {
        None
    };
    Some(Taken {
        length: end - at.start,
        lack,
        filled: low.zip(high).map(|numbers| Filled {
            name: slot.value.clone(),
            words: at.start..end,
            digits,
            numbers,
            comma: slot.comma,
        }),
    })
}

/// The number that begins at a word: how many words it has (`10 000` has two), and its value.
fn number(slot: &Slot, stream: &Stream<'_>, at: usize) -> (usize, Option<f64>) {
    let group = |word: &str| {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        digits == 3
            && word
                .bytes()
                .skip(3)
                .take(1)
                .all(|sign| matches!(sign, b',' | b'.'))
    };
    let word = stream.word(&stream.items[at]);
    let mut written = word.to_owned();
    let mut length = 1;
    let begins = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    while begins
        && let Some(next) = stream.items.get(at + length)
        && next.token.kind == TokenKind::Number
        && stream.between(at + length - 1, at + length) == Some(" ")
        && group(stream.word(next))
        && written.bytes().all(|byte| byte.is_ascii_digit())
    {
        written.push_str(stream.word(next));
        length += 1;
    }
    let negative = at > 0
        && stream.between(at - 1, at).is_some_and(|between| {
            let before = between.strip_suffix('-');
            before.is_some_and(|before| before.ends_with([' ', '(']))
        });
    let read = value(&written, slot.comma);
    (
        length,
        if negative {
            read.map(|value| -value)
        } else {
            read
        },
    )
}

/// The second number of a range whose first one, with its unit, ends before `at`.
fn second(stream: &Stream<'_>, at: usize) -> Option<usize> {
    let is_number = |at: usize| {
        let item = stream.items.get(at);
        item.is_some_and(|item| item.token.kind == TokenKind::Number)
    };
    if is_number(at) {
        let between = stream.between(at.checked_sub(1)?, at)?;
        return (between.trim() == "-").then_some(at);
    }
    let to = stream.items.get(at)?;
    (TO.contains(&stream.word(to)) && is_number(at + 1)).then_some(at + 1)
}

/// How many words the unit of a value has that begins at `at`; 0 where none does.
fn unit(kind: SlotKind, stream: &Stream<'_>, at: usize) -> usize {
    let word = |at: usize| stream.items.get(at).map_or("", |item| stream.word(item));
    match kind {
        SlotKind::Percent if PERCENT.contains(&word(at)) => 1,
        SlotKind::Percent if HUNDRED.contains(&(word(at), word(at + 1))) => 2,
        SlotKind::Money if MONEY.contains(&word(at)) => 1,
        SlotKind::Money
            if stream
                .items
                .get(at)
                .is_some_and(|item| is_sign(stream, item)) =>
        {
            1
        }
        _ => 0,
    }
}
