//! What data says, as values of templates: front matter, the configuration of a site, the strings of its languages.

use std::collections::BTreeMap;

use crate::document::{Meta, MetaValue};
use crate::pieces::Pieces;
use crate::source::{Source, Span};
use crate::syntax;
use crate::template::Value;

/// The values of front matter; `places` is what to add to its bytes.
pub(super) fn of_meta(meta: &Meta, source: &Source, places: usize) -> Value {
    let mut table = BTreeMap::new();
    for entry in &meta.entries {
        let value = value(&entry.value, entry.span, source, places);
        let mut keys: Vec<&str> = entry.key.split('.').collect();
        let last = keys.pop().unwrap_or_default();
        insert(&mut table, &keys, last, value);
    }
    Value::Map(table)
}

fn insert(table: &mut BTreeMap<String, Value>, keys: &[&str], last: &str, value: Value) {
    let Some((first, rest)) = keys.split_first() else {
        // generators take keys in any case
        table
            .entry(last.to_lowercase())
            .or_insert_with(|| value.clone());
        table.insert(last.to_owned(), value);
        return;
    };
    let inner = table
        .entry((*first).to_owned())
        .or_insert_with(|| Value::Map(BTreeMap::new()));
    if let Value::Map(inner) = inner {
        insert(inner, rest, last, value);
    }
}

fn value(value: &MetaValue, span: Span, source: &Source, places: usize) -> Value {
    match value {
        MetaValue::Text(text) => Value::Text(text_at(text, span, source, places)),
        MetaValue::Number(number) => Value::Number(*number),
        MetaValue::Bool(yes) => Value::Bool(*yes),
        MetaValue::List(items) => Value::List(
            items
                .iter()
                .map(|item| self::value(item, span, source, places))
                .collect(),
        ),
        MetaValue::Null => Value::Nil,
    }
}

fn text_at(text: &str, span: Span, source: &Source, places: usize) -> Pieces {
    let raw = source.slice(span);
    if let Some(at) = raw.find(text).filter(|_| !text.is_empty()) {
        return Pieces::of(text, places + span.start as usize + at);
    }
    let mut pieces = Pieces::default();
    pieces.push_as(
        text,
        Span::new(places + span.start as usize, places + span.end as usize),
    );
    pieces
}

/// The values of a data file, by its ending; unknown when it cannot be read.
pub(super) fn of_file(source: &Source, places: usize) -> Value {
    syntax::entries(source).map_or(Value::Unknown, |meta| of_meta(&meta, source, places))
}

/// The strings of a language, by key: `key: text`, `key: { other: text }`, `key: { translation: text }`.
pub(super) fn strings(source: &Source, places: usize) -> Vec<(String, Value)> {
    let Some(meta) = syntax::entries(source) else {
        return Vec::new();
    };
    meta.entries
        .iter()
        .map(|entry| {
            let key = ["other", "translation", "string"]
                .iter()
                .find_map(|last| entry.key.strip_suffix(last)?.strip_suffix('.'))
                .unwrap_or(&entry.key);
            (
                key.to_owned(),
                value(&entry.value, entry.span, source, places),
            )
        })
        .collect()
}
