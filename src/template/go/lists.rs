//! The functions of templates that make and take lists and tables.

use std::collections::BTreeMap;

use super::functions::among;
use super::value::{Item, Words};
use crate::pieces::Pieces;
use crate::source::Span;

/// How long a list of numbers may be.
const COUNTED: f64 = 10_000.0;

/// The keys and values that a `range` goes through; none where nothing tells.
pub(super) fn items(value: &Item, at: Span) -> Option<Vec<(Item, Item)>> {
    match value {
        Item::List(list) => Some(numbered(list.of.iter().cloned())),
        Item::Map(map) => {
            let entry = |(key, value): (&String, &Item)| (name(key, at), value.clone());
            Some(map.of.iter().map(entry).collect())
        }
        Item::Number(number) if *number <= COUNTED => {
            let numbers = (0..).map(f64::from).take_while(|each| each < number);
            Some(numbered(numbers.map(Item::Number)))
        }
        other => (other.truth() == Some(false)).then(Vec::new),
    }
}

fn numbered(values: impl Iterator<Item = Item>) -> Vec<(Item, Item)> {
    let numbers = (0..).map(|number| Item::Number(f64::from(number)));
    numbers.zip(values).collect()
}

/// A key as text, which stands where it is asked for.
fn name(key: &str, at: Span) -> Item {
    let mut text = Pieces::default();
    text.push_as(key, at);
    Item::text(text)
}

/// A number as the place in a list.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked before"
)]
pub(super) fn place(number: f64) -> Option<usize> {
    ((0.0..1e9).contains(&number) && number.fract() == 0.0).then_some(number as usize)
}

pub(super) fn call(name: &str, arguments: &[Item], at: Span) -> Option<Item> {
    let known = |item: Option<Item>| item.unwrap_or(Item::Unknown(None));
    Some(match (name, arguments) {
        ("slice" | "collections.Slice", _) => Item::list(arguments.to_vec()),
        ("dict" | "collections.Dictionary", _) => known(dict(arguments)),
        ("merge" | "collections.Merge", [_, ..]) => known(merge(arguments)),
        ("append" | "collections.Append", [added @ .., Item::List(list)]) => {
            // one list is added by its values
            let added = match added {
                [Item::List(values)] => &values.of,
                values => values,
            };
            Item::list(list.of.iter().chain(added).cloned().collect())
        }
        ("append" | "collections.Append", [added @ .., Item::Nil]) => Item::list(added.to_vec()),
        ("index" | "collections.Index", [of, keys @ ..]) => {
            keys.iter().fold(of.clone(), |of, key| entry(&of, key))
        }
        ("len", [of]) => known(length(of)),
        ("in" | "collections.In", [of, value]) => known(contains(of, value).map(Item::Bool)),
        ("isset" | "collections.IsSet", [of, key]) => known(set(of, key).map(Item::Bool)),
        ("first" | "collections.First", [Item::Number(count), of]) => {
            part(of, *count, |list, count| &list[..count])
        }
        ("last" | "collections.Last", [Item::Number(count), of]) => {
            part(of, *count, |list, count| &list[list.len() - count..])
        }
        ("after" | "collections.After", [Item::Number(count), of]) => {
            part(of, *count, |list, count| &list[count..])
        }
        ("collections.Reverse", [Item::List(list)]) => {
            Item::list(list.of.iter().rev().cloned().collect())
        }
        ("uniq" | "collections.Uniq", [Item::List(list)]) if list.of.len() < 100 => {
            known(unique(&list.of))
        }
        ("seq" | "collections.Seq", _) => known(sequence(arguments)),
        ("delimit" | "collections.Delimit", [Item::List(list), sign, last @ ..]) => {
            delimit(&list.of, sign, last.first(), at)
        }
        ("split" | "strings.Split", [text, sign]) => known(split(text, sign)),
        _ => return None,
    })
}

fn dict(arguments: &[Item]) -> Option<Item> {
    let mut entries = BTreeMap::new();
    for pair in arguments.chunks(2) {
        let [key, value] = pair else { return None };
        entries.insert(key.str()?.to_owned(), value.clone());
    }
    Some(Item::map(entries, false))
}

/// The tables from left to right, later entries over earlier ones.
fn merge(arguments: &[Item]) -> Option<Item> {
    let mut entries = BTreeMap::new();
    let mut folded = true;
    for table in arguments {
        match table {
            Item::Map(map) => {
                folded &= map.folded;
                for (key, value) in &map.of {
                    let old = entries.get(key).cloned();
                    let both = match (&old, value) {
                        (Some(one @ Item::Map(_)), Item::Map(_)) => {
                            merge(&[one.clone(), value.clone()])?
                        }
                        _ => value.clone(),
                    };
                    entries.insert(key.clone(), both);
                }
            }
            Item::Nil => {}
            _ => return None,
        }
    }
    Some(Item::map(entries, folded))
}

fn entry(of: &Item, key: &Item) -> Item {
    match (of, key) {
        (Item::Map(map), key) => key
            .str()
            .map_or(Item::Unknown(None), |key| Item::entry(map, key)),
        (Item::List(list), Item::Number(number)) => {
            let found = place(*number).and_then(|place| list.of.get(place));
            found.cloned().unwrap_or(Item::Nil)
        }
        (Item::Nil, _) => Item::Nil,
        _ => Item::Unknown(None),
    }
}

fn length(of: &Item) -> Option<Item> {
    let length = match of {
        Item::List(list) => list.of.len(),
        Item::Map(map) => map.of.len(),
        Item::Nil => 0,
        text => text.str()?.len(),
    };
    u32::try_from(length)
        .ok()
        .map(|length| Item::Number(f64::from(length)))
}

fn contains(of: &Item, value: &Item) -> Option<bool> {
    match of {
        Item::List(list) => among(value, &list.of),
        Item::Nil => Some(false),
        text => Some(text.str()?.contains(value.str()?)),
    }
}

fn set(of: &Item, key: &Item) -> Option<bool> {
    match (of, key) {
        // unlike elsewhere the key counts as it is written
        (Item::Map(map), key) => Some(!matches!(map.of.get(key.str()?), None | Some(Item::Nil))),
        (Item::List(list), Item::Number(number)) => Some(place(*number)? < list.of.len()),
        (Item::Nil, _) => Some(false),
        _ => None,
    }
}

fn part(of: &Item, count: f64, cut: fn(&[Item], usize) -> &[Item]) -> Item {
    match (of, place(count)) {
        (Item::List(list), Some(count)) => {
            Item::list(cut(&list.of, count.min(list.of.len())).to_vec())
        }
        (Item::Nil, _) => Item::Nil,
        _ => Item::Unknown(None),
    }
}

fn unique(list: &[Item]) -> Option<Item> {
    let mut kept: Vec<Item> = Vec::new();
    for item in list {
        if !among(item, &kept)? {
            kept.push(item.clone());
        }
    }
    Some(Item::list(kept))
}

fn sequence(arguments: &[Item]) -> Option<Item> {
    let (first, step, last) = match arguments {
        [Item::Number(last)] => (1.0, 1.0, *last),
        [Item::Number(first), Item::Number(last)] => (*first, 1.0, *last),
        [Item::Number(first), Item::Number(step), Item::Number(last)] => (*first, *step, *last),
        _ => return None,
    };
    if step <= 0.0 || last < first || (last - first) / step > COUNTED {
        return None;
    }
    let numbers = (0..).map(|turn| first + f64::from(turn) * step);
    let all = numbers.take_while(|number| *number <= last);
    Some(Item::list(all.map(Item::Number).collect()))
}

fn delimit(list: &[Item], sign: &Item, last: Option<&Item>, at: Span) -> Item {
    let mut words = Words::default();
    for (number, item) in list.iter().enumerate() {
        if number > 0 {
            let ends = number + 1 == list.len();
            words.push(last.filter(|_| ends).unwrap_or(sign), at);
        }
        words.push(item, at);
        if words.text.text.len() > crate::template::LONGEST {
            return Item::Unknown(Some(true));
        }
    }
    Item::Words(words.into())
}

fn split(text: &Item, sign: &Item) -> Option<Item> {
    let (text, sign) = (text.known()?, sign.str()?);
    if sign.is_empty() {
        return None;
    }
    let mut parts = Vec::new();
    let mut from = 0;
    let ends = text.text.match_indices(sign).map(|(at, _)| at);
    for end in ends.chain([text.text.len()]) {
        let mut part = Pieces::default();
        part.add(text, from..end);
        parts.push(Item::text(part));
        from = (end + sign.len()).min(text.text.len());
    }
    Some(Item::list(parts))
}
