//! What a TOML file may say: one list of keys gives the reader, its messages with exact spans, and the JSON Schema.
//! Every mistake of a file is reported at once; a misspelt key is refused, because a rule that checks nothing is the worst rule.

mod globs;
mod read;
mod schema;
mod strings;

use std::sync::Arc;

use jiff::civil::Date;

use crate::finding::{Code, Finding, Severity};
use crate::source::{Location, Source, Span};
use crate::text::{Expression, Phrase};

pub use globs::Globs;
pub use read::{Reader, wanted};
pub use schema::schema;
pub use strings::inner_span;

/// A key that a table may have.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it may hold.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// One sentence for people, in the schema and in help.
    pub about: &'static str,
}

impl Key {
    /// A key that may be left out.
    #[must_use]
    pub const fn new(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self {
            name,
            shape,
            required: false,
            about,
        }
    }

    /// A key that must be there.
    #[must_use]
    pub const fn required(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self {
            name,
            shape,
            required: true,
            about,
        }
    }
}

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A string.
    Text,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// One of these strings, or a list of them.
    Choices(&'static [&'static str]),
    /// A whole number, from the first of these to the last.
    Count(u32, u32),
    /// A string or a list of strings.
    Texts,
    /// A list of phrases.
    Phrases,
    /// A list of regular expressions for folded text.
    Regexes,
    /// A list of globs.
    Globs,
    /// A date, as TOML writes it or as a string.
    Date,
    /// A whole number of days: `"365 days"`.
    Days,
    /// A string, a number, a boolean or a list of them.
    Scalars,
    /// `true` or `false`.
    Bool,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A list of tables with these keys.
    List(&'static [Key]),
    /// A table with any keys, each of this shape.
    Map(&'static Shape),
    /// The first of these that fits; the last says what is wrong.
    Either(&'static [Shape]),
}

/// A value that fits its shape.
#[derive(Debug, Clone)]
pub enum Value {
    /// A string.
    Text(String),
    /// A string or a list of strings, each with its place.
    Texts(Vec<(String, Span)>),
    /// Phrases, each as written.
    Phrases(Vec<(String, Phrase, Span)>),
    /// Regular expressions.
    Regexes(Vec<(Expression, Span)>),
    /// A date.
    Date(Date),
    /// A number of days.
    Days(i64),
    /// A whole number.
    Count(u32),
    /// `true` or `false`.
    Bool(bool),
    /// A table.
    Table(Table),
    /// Tables.
    List(Vec<Table>),
    /// Something that does not fit, which was reported.
    Wrong,
}

/// A table whose keys were checked.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The whole of it, in source bytes.
    pub span: Span,
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    name: String,
    key: Span,
    value: Value,
    span: Span,
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
    pub fn phrases(&self, name: &str) -> &[(String, Phrase, Span)] {
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

    /// Every phrase, with the key that holds it, as written, and its place; those of inner tables too.
    pub fn all_phrases(&self) -> impl Iterator<Item = (&str, &str, &Phrase, Span)> {
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

    fn collect_phrases<'a>(&'a self, all: &mut Vec<(&'a str, &'a str, &'a Phrase, Span)>) {
        for entry in &self.entries {
            match &entry.value {
                Value::Phrases(phrases) => {
                    let of = phrases.iter();
                    all.extend(of.map(|(raw, phrase, span)| {
                        (entry.name.as_str(), raw.as_str(), phrase, *span)
                    }));
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

    /// Gives a string another value, where it is there.
    pub fn set_text(&mut self, name: &str, text: String) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.name == name) {
            entry.value = Value::Text(text);
        }
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

/// A finding of code `config` in a TOML file.
#[must_use]
pub fn config_finding(
    source: &Arc<Source>,
    span: Span,
    message: impl Into<String>,
    help: Option<String>,
) -> Finding {
    Finding {
        rule: "caveat/config".to_owned(),
        code: Code::Config,
        severity: Severity::Error,
        message: message.into(),
        help,
        location: Location::new(source, span),
        key: None,
        related: Vec::new(),
        sources: Vec::new(),
        fix: None,
    }
}

/// "did you mean" for a name, else what there is.
#[must_use]
pub fn suggestion(name: &str, known: &[&str]) -> String {
    let near = known
        .iter()
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .min_by_key(|(distance, _)| *distance);
    match near {
        Some((distance, known)) if distance <= 2.max(name.len() / 3) => {
            format!("did you mean `{known}`?")
        }
        _ if known.is_empty() => "there is none".to_owned(),
        _ => format!(
            "there is {}",
            known
                .iter()
                .map(|known| format!("`{known}`"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}
