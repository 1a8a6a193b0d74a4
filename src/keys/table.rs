//! A table of a TOML file whose keys were checked, asked by the names of its keys.

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

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) key: Span,
    pub(super) value: Value,
    pub(super) span: Span,
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
        self.entries
            .iter()
            .map(|entry| (entry.name.as_str(), entry.key))
    }

    /// Whether a key is there, with a value that fits or not.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// A string.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        match &self.entry(name)?.value {
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
        match self.entry(name).map(|entry| &entry.value) {
            Some(Value::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// Phrases; none when the key is not there.
    #[must_use]
    pub fn phrases(&self, name: &str) -> &[(Phrase, Span)] {
        match self.entry(name).map(|entry| &entry.value) {
            Some(Value::Phrases(phrases)) => phrases,
            _ => &[],
        }
    }

    /// Regular expressions; none when the key is not there.
    #[must_use]
    pub fn regexes(&self, name: &str) -> &[(Expression, Span)] {
        match self.entry(name).map(|entry| &entry.value) {
            Some(Value::Regexes(regexes)) => regexes,
            _ => &[],
        }
    }

    /// A date.
    #[must_use]
    pub fn date(&self, name: &str) -> Option<Date> {
        match self.entry(name)?.value {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// A number of days.
    #[must_use]
    pub fn days(&self, name: &str) -> Option<i64> {
        match self.entry(name)?.value {
            Value::Days(days) => Some(days),
            _ => None,
        }
    }

    /// A whole number.
    #[must_use]
    pub fn count(&self, name: &str) -> Option<u32> {
        match self.entry(name)?.value {
            Value::Count(count) => Some(count),
            _ => None,
        }
    }

    /// Whether a key is there and true.
    #[must_use]
    pub fn yes(&self, name: &str) -> bool {
        matches!(
            self.entry(name).map(|entry| &entry.value),
            Some(Value::Bool(true))
        )
    }

    /// A table.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Table> {
        match &self.entry(name)?.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Tables; none when the key is not there.
    #[must_use]
    pub fn list(&self, name: &str) -> &[Table] {
        match self.entry(name).map(|entry| &entry.value) {
            Some(Value::List(tables)) => tables,
            _ => &[],
        }
    }

    /// Takes a table out; its key stays, with nothing.
    pub fn take(&mut self, name: &str) -> Option<Self> {
        let entry = self.entries.iter_mut().find(|entry| entry.name == name)?;
        match std::mem::replace(&mut entry.value, Value::Wrong) {
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
        match entry.map(|entry| &mut entry.value) {
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
        let inner = self.entries.iter().flat_map(|entry| match &entry.value {
            Value::Table(table) => table.all_texts(name),
            _ => Vec::new(),
        });
        own.into_iter().chain(inner).collect()
    }

    fn collect_phrases<'a>(&'a self, all: &mut Vec<(&'a str, &'a Phrase, Span)>) {
        for entry in &self.entries {
            match &entry.value {
                Value::Phrases(phrases) => {
                    let of = phrases.iter();
                    all.extend(of.map(|(phrase, span)| (entry.name.as_str(), phrase, *span)));
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
            match (own.map(|own| &mut own.value), &entry.value) {
                (Some(Value::Texts(own)), Value::Texts(more)) => own.extend_from_slice(more),
                (Some(Value::Phrases(own)), Value::Phrases(more)) => own.extend_from_slice(more),
                (Some(Value::Regexes(own)), Value::Regexes(more)) => own.extend_from_slice(more),
                (None, Value::Texts(_) | Value::Phrases(_) | Value::Regexes(_)) => {
                    self.entries.push(entry.clone());
                }
                _ => not.push(entry.name.clone()),
            }
        }
        not
    }

    /// Gives the strings of a key another value, in it and in the tables in it.
    pub fn map_texts(&mut self, name: &str, of: &dyn Fn(&str) -> String) {
        for entry in &mut self.entries {
            match &mut entry.value {
                Value::Text(text) if entry.name == name => *text = of(text),
                Value::Table(table) => table.map_texts(name, of),
                _ => {}
            }
        }
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}
