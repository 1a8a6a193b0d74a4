//! A table of a TOML file whose keys were checked, asked by the names of its keys.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;

use super::Value;
use crate::source::Span;
use crate::text::{Expression, Phrase};

/// A table whose keys were checked.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The whole of it, in source bytes.
    pub span: Span,
    pub(super) entries: Vec<Entry>,
}

#[derive(Clone)]
pub(super) struct Entry {
    pub(super) name: Cow<'static, str>,
    pub(super) key: Span,
    pub(super) value: Value,
    pub(super) span: Span,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, key, span) = (&self.name, self.key, self.span);
        let value = self.value();
        f.debug_tuple("Entry")
            .field(&(name, key, value, span))
            .finish()
    }
}

impl Entry {
    fn value(&self) -> &Value {
        match &self.value {
            Value::Later(later) => later.value(),
            value => value,
        }
    }

    fn value_mut(&mut self) -> &mut Value {
        if matches!(self.value, Value::Later(_)) {
            let later = std::mem::replace(&mut self.value, Value::Wrong);
            if let Value::Later(later) = later {
                self.value = later.into_value();
            }
        }
        &mut self.value
    }
}

impl Table {
    /// Where a value stands, else the table.
    #[must_use]
    pub fn span_of(&self, name: &str) -> Span {
        self.entry(name).map_or(self.span, |entry| entry.span)
    }

    /// Where a key stands, else the table.
    #[must_use]
    pub fn key_of(&self, name: &str) -> Span {
        self.entry(name).map_or(self.span, |entry| entry.key)
    }

    /// The keys that are there, in source order, with their places.
    pub fn keys(&self) -> impl Iterator<Item = (&str, Span)> {
        self.entries.iter().map(|entry| (&*entry.name, entry.key))
    }

    /// Whether a key is there, with a value that fits or not.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// A table of one of its keys alone, which need not have been read.
    #[must_use]
    pub fn part(&self, name: &str) -> Self {
        Self {
            span: self.span,
            entries: self.entry(name).into_iter().cloned().collect(),
        }
    }

    /// A string.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.value(name)? {
            Value::Text(text) => Some(text),
            Value::Texts(texts) => texts.first().map(|(text, _)| text.as_str()),
            _ => None,
        }
    }

    /// Strings; none when the key is not there.
    #[must_use]
    pub fn texts(&self, name: &str) -> Vec<String> {
        self.placed(name)
            .iter()
            .map(|(text, _)| text.clone())
            .collect()
    }

    /// Strings with their places.
    #[must_use]
    pub fn placed(&self, name: &str) -> &[(String, Span)] {
        match self.value(name) {
            Some(Value::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// Phrases; none when the key is not there.
    #[must_use]
    pub fn phrases(&self, name: &str) -> &[(Phrase, Span)] {
        match self.value(name) {
            Some(Value::Phrases(phrases)) => phrases,
            _ => &[],
        }
    }

    /// Regular expressions; none when the key is not there.
    #[must_use]
    pub fn regexes(&self, name: &str) -> &[(Expression, Span)] {
        match self.value(name) {
            Some(Value::Regexes(regexes)) => regexes,
            _ => &[],
        }
    }

    /// A date.
    #[must_use]
    pub fn date(&self, name: &str) -> Option<Date> {
        match *self.value(name)? {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// A number of days.
    #[must_use]
    pub fn days(&self, name: &str) -> Option<i64> {
        match *self.value(name)? {
            Value::Days(days) => Some(days),
            _ => None,
        }
    }

    /// A whole number.
    #[must_use]
    pub fn count(&self, name: &str) -> Option<u32> {
        match *self.value(name)? {
            Value::Count(count) => Some(count),
            _ => None,
        }
    }

    /// Whether a key is there and true.
    #[must_use]
    pub fn yes(&self, name: &str) -> bool {
        matches!(self.value(name), Some(Value::Bool(true)))
    }

    /// A table.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Table> {
        match self.value(name)? {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Tables; none when the key is not there.
    #[must_use]
    pub fn list(&self, name: &str) -> &[Table] {
        match self.value(name) {
            Some(Value::List(tables)) => tables,
            _ => &[],
        }
    }

    /// Takes a table out; its key stays, with nothing.
    pub fn take(&mut self, name: &str) -> Option<Self> {
        let entry = self.entries.iter_mut().find(|entry| entry.name == name)?;
        match std::mem::replace(entry.value_mut(), Value::Wrong) {
            Value::Table(table) => Some(table),
            other => {
                entry.value = other;
                None
            }
        }
    }

    /// Takes tables out.
    pub fn take_list(&mut self, name: &str) -> Vec<Self> {
        let entry = self.entries.iter_mut().find(|entry| entry.name == name);
        match entry.map(Entry::value_mut) {
            Some(Value::List(tables)) => std::mem::take(tables),
            _ => Vec::new(),
        }
    }

    /// Every phrase, with the key that holds it, and its place; those of inner tables too.
    pub fn all_phrases(&self) -> impl Iterator<Item = (&str, &Phrase, Span)> {
        let mut all = Vec::new();
        self.collect_phrases(&mut all);
        all.into_iter()
    }

    /// The strings of a key in it and in the tables in it, with their places.
    #[must_use]
    pub fn all_texts(&self, name: &str) -> Vec<(&str, Span)> {
        let own = self.text(name).map(|text| (text, self.span_of(name)));
        // lists of phrases are not read for this
        let tables = self.entries.iter().filter(|entry| match &entry.value {
            Value::Later(later) => later.is_table(),
            _ => true,
        });
        let inner = tables.flat_map(|entry| match entry.value() {
            Value::Table(table) => table.all_texts(name),
            _ => Vec::new(),
        });
        own.into_iter().chain(inner).collect()
    }

    fn collect_phrases<'a>(&'a self, all: &mut Vec<(&'a str, &'a Phrase, Span)>) {
        for entry in &self.entries {
            match entry.value() {
                Value::Phrases(phrases) => {
                    let of = phrases.iter();
                    all.extend(of.map(|(phrase, span)| (&*entry.name, phrase, *span)));
                }
                Value::Table(table) => table.collect_phrases(all),
                Value::List(tables) => tables.iter().for_each(|of| of.collect_phrases(all)),
                _ => {}
            }
        }
    }

    /// Puts the entries of another table in the place of those of the same name. Their spans are those of the other file.
    pub fn put_over(&mut self, over: &Self) {
        for entry in &over.entries {
            self.entries.retain(|own| own.name != entry.name);
            self.entries.push(entry.clone());
        }
    }

    /// Adds what the lists of another table hold to those of the same name; gives the names of what is no list.
    pub fn extend_lists(&mut self, more: &Self) -> Vec<String> {
        let mut not = Vec::new();
        for entry in &more.entries {
            let own = self.entries.iter_mut().find(|own| own.name == entry.name);
            match (own.map(Entry::value_mut), entry.value()) {
                (Some(Value::Texts(own)), Value::Texts(more)) => own.extend_from_slice(more),
                (Some(Value::Phrases(own)), Value::Phrases(more)) => own.extend_from_slice(more),
                (Some(Value::Regexes(own)), Value::Regexes(more)) => own.extend_from_slice(more),
                (None, Value::Texts(_) | Value::Phrases(_) | Value::Regexes(_)) => {
                    self.entries.push(entry.clone());
                }
                _ => not.push(entry.name.to_string()),
            }
        }
        not
    }

    /// Gives the strings of a key another value, in it and in the tables in it.
    pub fn map_texts(&mut self, name: &str, of: &dyn Fn(&str) -> String) {
        for entry in &mut self.entries {
            let named = entry.name == name;
            match entry.value_mut() {
                Value::Text(text) if named => *text = of(text),
                Value::Table(table) => table.map_texts(name, of),
                _ => {}
            }
        }
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.entry(name).map(Entry::value)
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}
