//! What a TOML file may say: one list of keys gives the reader, its messages with exact spans, and the JSON Schema.
//! Every mistake of a file is reported at once; a misspelt key is refused, because a rule that checks nothing is the worst rule.

use std::sync::Arc;

use jiff::civil::Date;
use regex::{Regex, RegexBuilder};
use serde_json::{Value as Json, json};
use toml::de::{DeTable, DeValue};

use crate::finding::{Code, Finding, Severity};
use crate::source::{Location, Source, Span};
use crate::text::Phrase;

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
    Regexes(Vec<(Regex, Span)>),
    /// A date.
    Date(Date),
    /// A number of days.
    Days(i64),
    /// `true` or `false`.
    Bool(bool),
    /// A table.
    Table(Table),
    /// Tables.
    List(Vec<Table>),
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

    /// Whether a key is there.
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
    pub fn regexes(&self, name: &str) -> &[(Regex, Span)] {
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

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

/// Reads a TOML file by its keys. What is wrong comes back as findings of code `config`; what is right is kept.
pub struct Reader<'a> {
    source: &'a Arc<Source>,
    /// Mistakes so far.
    pub findings: Vec<Finding>,
    values: std::collections::BTreeMap<String, String>,
}

impl<'a> Reader<'a> {
    /// A reader of this file.
    #[must_use]
    pub fn new(source: &'a Arc<Source>) -> Self {
        Self {
            source,
            findings: Vec::new(),
            values: std::collections::BTreeMap::new(),
        }
    }

    /// With words that `{name}` in a phrase stands for.
    #[must_use]
    pub fn with_values(mut self, values: std::collections::BTreeMap<String, String>) -> Self {
        self.values = values;
        self
    }

    /// Reads the whole file as a table with these keys.
    pub fn read(&mut self, keys: &[Key]) -> Table {
        let base = self.source.bom();
        let text = &self.source.text()[base..];
        let (root, errors) = DeTable::parse_recoverable(text);
        for wrong in errors {
            let bytes = wrong.span().unwrap_or(0..0);
            self.wrong(
                Span::new(base + bytes.start, base + bytes.end),
                wrong.message().trim().replace('\n', ", "),
                None,
            );
        }
        let span = Span::new(base, base + text.trim_end().len());
        self.table(root.get_ref(), span, keys, "the file")
    }

    /// Reports a mistake.
    pub fn wrong(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        self.findings
            .push(config_finding(self.source, span, message, help));
    }

    fn table(&mut self, table: &DeTable<'_>, span: Span, keys: &[Key], what: &str) -> Table {
        let mut read = Table {
            span,
            entries: Vec::new(),
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let name = key.get_ref().to_string();
            let at = self.span(key.span());
            let Some(known) = keys.iter().find(|known| known.name == name) else {
                let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
                self.wrong(
                    at,
                    format!("unknown key `{name}` in {what}"),
                    Some(suggestion(&name, &names)),
                );
                continue;
            };
            if let Some(value_read) = self.value(value.get_ref(), value.span(), known.shape, &name)
            {
                read.entries.push(Entry {
                    name,
                    key: at,
                    value: value_read,
                    span: self.span(value.span()),
                });
            }
        }
        for key in keys
            .iter()
            .filter(|key| key.required && !table.iter().any(|(name, _)| name.get_ref() == key.name))
        {
            let at = self.header(span);
            self.wrong(
                at,
                format!("`{}` is missing in {what}", key.name),
                Some(key.about.to_owned()),
            );
        }
        read
    }

    fn value(
        &mut self,
        value: &DeValue<'_>,
        bytes: std::ops::Range<usize>,
        shape: Shape,
        name: &str,
    ) -> Option<Value> {
        let span = self.span(bytes.clone());
        match (shape, value) {
            (Shape::Text, DeValue::String(text)) => Some(Value::Text(text.to_string())),
            (Shape::Choice(known), DeValue::String(text)) => {
                if known.contains(&&**text) {
                    return Some(Value::Text(text.to_string()));
                }
                self.wrong(
                    span,
                    format!("`{text}` is no value of `{name}`"),
                    Some(suggestion(text, known)),
                );
                None
            }
            (Shape::Texts | Shape::Scalars, DeValue::String(text)) => {
                Some(Value::Texts(vec![(text.to_string(), span)]))
            }
            (
                Shape::Scalars,
                DeValue::Integer(_)
                | DeValue::Float(_)
                | DeValue::Boolean(_)
                | DeValue::Datetime(_),
            ) => Some(Value::Texts(vec![(plain(value), span)])),
            (Shape::Scalars, DeValue::Array(items)) => Some(Value::Texts(
                items
                    .iter()
                    .map(|item| (plain(item.get_ref()), self.span(item.span())))
                    .collect(),
            )),
            (
                Shape::Texts | Shape::Phrases | Shape::Regexes | Shape::Globs,
                DeValue::Array(items),
            ) => {
                let mut texts = Vec::new();
                for item in items {
                    match item.get_ref() {
                        DeValue::String(text) => {
                            texts.push((text.to_string(), self.span(item.span())))
                        }
                        other => {
                            let at = self.span(item.span());
                            self.wrong(
                                at,
                                format!("`{name}` holds strings, and this is {}", kind(other)),
                                None,
                            );
                        }
                    }
                }
                Some(self.strings(texts, shape))
            }
            (Shape::Phrases | Shape::Regexes | Shape::Globs, DeValue::String(text)) => {
                Some(self.strings(vec![(text.to_string(), span)], shape))
            }
            (Shape::Date, DeValue::Datetime(date))
                if date.date.is_some() && date.time.is_none() =>
            {
                self.date(&date.to_string(), span, name)
            }
            (Shape::Date, DeValue::String(text)) => self.date(text, span, name),
            (Shape::Days, DeValue::String(text)) => {
                let days = text
                    .strip_suffix("days")
                    .or(text.strip_suffix("day"))
                    .and_then(|number| number.trim().parse::<i64>().ok())
                    .filter(|days| *days >= 0);
                if days.is_none() {
                    self.wrong(
                        span,
                        format!("`{text}` is no age: write `\"365 days\"`"),
                        None,
                    );
                }
                days.map(Value::Days)
            }
            (Shape::Bool, DeValue::Boolean(yes)) => Some(Value::Bool(*yes)),
            (Shape::Table(keys), DeValue::Table(table)) => Some(Value::Table(self.table(
                table,
                span,
                keys,
                &format!("`{name}`"),
            ))),
            (Shape::List(keys), DeValue::Array(items)) => {
                let mut tables = Vec::new();
                for item in items {
                    let at = self.span(item.span());
                    match item.get_ref() {
                        DeValue::Table(table) => {
                            tables.push(self.table(table, at, keys, &format!("`[[{name}]]`")))
                        }
                        other => self.wrong(
                            at,
                            format!("`{name}` holds tables, and this is {}", kind(other)),
                            Some(format!("write `[[{name}]]`")),
                        ),
                    }
                }
                Some(Value::List(tables))
            }
            (Shape::Map(inner), DeValue::Table(table)) => {
                let mut read = Table {
                    span,
                    entries: Vec::new(),
                };
                for (key, value) in table {
                    let at = self.span(key.span());
                    if let Some(value_read) =
                        self.value(value.get_ref(), value.span(), *inner, key.get_ref())
                    {
                        read.entries.push(Entry {
                            name: key.get_ref().to_string(),
                            key: at,
                            value: value_read,
                            span: self.span(value.span()),
                        });
                    }
                }
                read.entries.sort_by_key(|entry| entry.key.start);
                Some(Value::Table(read))
            }
            (Shape::Either(shapes), value) => {
                let (last, first) = shapes.split_last()?;
                for shape in first {
                    let before = self.findings.len();
                    if let Some(read) = self.value(value, bytes.clone(), *shape, name)
                        && self.findings.len() == before
                    {
                        return Some(read);
                    }
                    self.findings.truncate(before);
                }
                self.value(value, bytes, *last, name)
            }
            (shape, value) => {
                self.wrong(
                    span,
                    format!("`{name}` is {}, and this is {}", wanted(shape), kind(value)),
                    None,
                );
                None
            }
        }
    }

    /// Strings that mean more: phrases, regular expressions, globs.
    fn strings(&mut self, texts: Vec<(String, Span)>, shape: Shape) -> Value {
        match shape {
            Shape::Phrases => {
                let mut phrases = Vec::new();
                for (text, span) in texts {
                    match Phrase::parse(&text, &self.values) {
                        Ok(phrase) => phrases.push((text, phrase, span)),
                        Err(wrong) => {
                            let at = inner_span(self.source, span, &text, wrong.at.clone());
                            self.wrong(at, format!("the phrase {}", wrong.message), None);
                        }
                    }
                }
                Value::Phrases(phrases)
            }
            Shape::Regexes => {
                let mut regexes = Vec::new();
                for (text, span) in texts {
                    match regex(&text) {
                        Ok(regex) => regexes.push((regex, span)),
                        Err(message) => self.wrong(span, message, None),
                    }
                }
                Value::Regexes(regexes)
            }
            Shape::Globs => {
                for (text, span) in &texts {
                    if let Err(wrong) = globset::GlobBuilder::new(text)
                        .literal_separator(true)
                        .build()
                    {
                        self.wrong(*span, format!("is no glob: {}", wrong.kind()), None);
                    }
                }
                Value::Texts(texts)
            }
            _ => Value::Texts(texts),
        }
    }

    fn date(&mut self, text: &str, span: Span, name: &str) -> Option<Value> {
        match text.parse::<Date>() {
            Ok(date) => Some(Value::Date(date)),
            Err(_) => {
                self.wrong(
                    span,
                    format!("`{text}` is no date for `{name}`: write it as 2026-11-23"),
                    None,
                );
                None
            }
        }
    }

    fn span(&self, bytes: std::ops::Range<usize>) -> Span {
        let base = self.source.bom();
        Span::new(base + bytes.start, base + bytes.end)
    }

    /// The first line of a table, where what is missing in it is pointed out.
    fn header(&self, span: Span) -> Span {
        let text = self.source.slice(span);
        let first = text.find('\n').unwrap_or(text.len());
        Span::new(
            span.start as usize,
            span.start as usize + text[..first].trim_end().len(),
        )
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
        related: Vec::new(),
        sources: Vec::new(),
        fix: None,
    }
}

/// The place of bytes of a string's value in the TOML: exact when the string is written without escapes, else the whole string.
#[must_use]
pub fn inner_span(source: &Source, span: Span, value: &str, at: std::ops::Range<usize>) -> Span {
    match source.slice(span).find(value) {
        Some(offset) if !value.is_empty() => {
            let start = span.start as usize + offset;
            Span::new(start + at.start, (start + at.end).min(span.end as usize))
        }
        _ => span,
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

/// A regular expression for folded text; its size and so its memory are bounded.
fn regex(text: &str) -> Result<Regex, String> {
    let built = RegexBuilder::new(text)
        .size_limit(1 << 20)
        .build()
        .map_err(|wrong| {
            let message = wrong.to_string();
            let last = message
                .lines()
                .last()
                .unwrap_or("")
                .trim()
                .trim_start_matches("error: ")
                .to_owned();
            format!("is no regular expression: {last}")
        })?;
    if built.is_match("") {
        return Err("the regular expression matches the empty text".to_owned());
    }
    let capital = regex_syntax::ast::parse::Parser::new().parse(text).is_ok()
        && text
            .chars()
            .zip(std::iter::once(' ').chain(text.chars()))
            .any(|(c, before)| c.is_uppercase() && before != '\\' && before != '{');
    if capital && !text.starts_with("(?i)") {
        return Err("the regular expression has a capital letter, and it runs on folded text, which has none".to_owned());
    }
    Ok(built)
}

fn plain(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(yes) => yes.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) | DeValue::Table(_) => String::new(),
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn wanted(shape: Shape) -> String {
    match shape {
        Shape::Text => "a string".to_owned(),
        Shape::Choice(known) => format!("one of {}", known.join(", ")),
        Shape::Texts => "a string or a list of strings".to_owned(),
        Shape::Phrases => "a list of phrases".to_owned(),
        Shape::Regexes => "a list of regular expressions".to_owned(),
        Shape::Globs => "a list of globs".to_owned(),
        Shape::Date => "a date".to_owned(),
        Shape::Days => "a number of days in a string".to_owned(),
        Shape::Scalars => "a string, a number, a boolean or a list of them".to_owned(),
        Shape::Bool => "true or false".to_owned(),
        Shape::Table(_) | Shape::Map(_) => "a table".to_owned(),
        Shape::List(_) => "a list of tables".to_owned(),
        Shape::Either(shapes) => shapes
            .iter()
            .map(|shape| wanted(*shape))
            .collect::<Vec<_>>()
            .join(" or "),
    }
}

/// The JSON Schema (draft 2020-12) of a table with these keys.
#[must_use]
pub fn schema(keys: &[Key]) -> Json {
    let properties: serde_json::Map<String, Json> = keys
        .iter()
        .map(|key| {
            let mut of = shape_schema(key.shape);
            of["description"] = json!(key.about);
            (key.name.to_owned(), of)
        })
        .collect();
    let required: Vec<&str> = keys
        .iter()
        .filter(|key| key.required)
        .map(|key| key.name)
        .collect();
    let mut table =
        json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !required.is_empty() {
        table["required"] = json!(required);
    }
    table
}

fn shape_schema(shape: Shape) -> Json {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Choice(known) => json!({ "enum": known }),
        Shape::Texts | Shape::Phrases | Shape::Regexes | Shape::Globs => {
            json!({ "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
        }
        Shape::Date => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Shape::Days => json!({ "type": "string", "pattern": "^[0-9]+ *days?$" }),
        Shape::Scalars => {
            let scalar = json!({ "type": ["string", "number", "boolean"] });
            json!({ "anyOf": [scalar, { "type": "array", "items": scalar }] })
        }
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Table(keys) => schema(keys),
        Shape::List(keys) => json!({ "type": "array", "items": schema(keys) }),
        Shape::Map(inner) => {
            json!({ "type": "object", "additionalProperties": shape_schema(*inner) })
        }
        Shape::Either(shapes) => {
            json!({ "anyOf": shapes.iter().map(|shape| shape_schema(*shape)).collect::<Vec<_>>() })
        }
    }
}
