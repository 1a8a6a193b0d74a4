//! Reads a TOML file by its keys, and says what is wrong under the right characters.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::told::{holds, kind, plain, wanted};
use super::{Entry, Key, Shape, Table, Value, config_finding, suggestion};
use crate::finding::Finding;
use crate::source::{Source, Span};
use crate::text::{Lists, Names};

/// Lists that say no more when they are empty than when they are left out.
const MAY_BE_EMPTY: &[&str] = &["tags", "ignore", "exclude", "locked", "not-keys"];

/// Reads a TOML file by its keys. What is wrong comes back as findings of code `config`; what is right is kept.
pub struct Reader<'a> {
    pub(super) source: &'a Arc<Source>,
    /// Mistakes so far.
    pub findings: Vec<Finding>,
    pub(super) names: Names<'a>,
    pub(super) tested: bool,
}

impl<'a> Reader<'a> {
    /// A reader of this file.
    #[must_use]
    pub fn new(source: &'a Arc<Source>) -> Self {
        Self {
            source,
            findings: Vec::new(),
            names: Names::default(),
            tested: false,
        }
    }

    /// For a file whose phrases a test of this program has parsed: they are parsed when something looks for them. `lists` are those
    /// of the file, where they were read before.
    #[must_use]
    pub fn tested(mut self, lists: Option<Arc<Lists>>) -> Self {
        self.tested = true;
        self.names.lists = lists.unwrap_or_default();
        self
    }

    /// With words that `{name}` in a phrase stands for.
    #[must_use]
    pub fn with_values(mut self, values: std::collections::BTreeMap<String, String>) -> Self {
        self.names.values = values;
        self
    }

    /// With the lists of other packs, which `{pack:name}` in a phrase stands for.
    #[must_use]
    pub fn with_packs(mut self, packs: &'a dyn Fn(&str) -> Option<Arc<Lists>>) -> Self {
        self.names.packs = packs;
        self
    }

    /// The lists of the file.
    #[must_use]
    pub fn lists(&self) -> &Arc<Lists> {
        &self.names.lists
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
        // before the phrases that name them, wherever they stand
        let words = keys.iter().find(|key| matches!(key.shape, Shape::Words));
        if let Some(DeValue::Table(words)) = words
            .and_then(|key| root.get_ref().get(key.name))
            .map(Spanned::get_ref)
            && self.names.lists.is_empty()
        {
            self.words(words);
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
            // `[[rules]]` for `[[rule]]`
            let table = matches!(known.shape, Shape::Table(_) | Shape::Map(_) | Shape::Words);
            let near = |of: &&Key| {
                matches!(of.shape, Shape::List(_)) && strsim::levenshtein(of.name, &name) == 1
            };
            if table
                && matches!(value.get_ref(), DeValue::Array(_))
                && let Some(meant) = keys.iter().find(near)
            {
                self.wrong(
                    at,
                    format!("`{name}` is one table, and this is a list"),
                    Some(format!("did you mean `[[{}]]`?", meant.name)),
                );
                continue;
            }
            let fits = self.value(value.get_ref(), value.span(), known.shape, &name);
            read.entries.push(Entry {
                name,
                key: at,
                value: fits.unwrap_or(Value::Wrong),
                span: self.span(value.span()),
            });
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
            // a list of nothing makes a rule that checks nothing, or a run of no rules
            (
                Shape::Texts
                | Shape::Phrases
                | Shape::EachPhrase
                | Shape::Regexes
                | Shape::Globs
                | Shape::Scalars
                | Shape::Choices(_),
                DeValue::Array(items),
            ) if items.is_empty() && !MAY_BE_EMPTY.contains(&name) => {
                self.wrong(
                    span,
                    format!("`{name}` is empty"),
                    Some("give it a value, or leave it out".to_owned()),
                );
                None
            }
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
            (Shape::Choices(known), DeValue::String(text)) => {
                self.choices(vec![(text.to_string(), span)], known, name)
            }
            (Shape::Choices(known), DeValue::Array(items)) => {
                let texts = self.texts(items, name);
                self.choices(texts, known, name)
            }
            (Shape::Count(least, most), DeValue::Integer(number)) => {
                self.count(number.as_str(), least..=most, span, name)
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
            (Shape::Scalars, DeValue::Array(items)) => {
                let mut scalars = Vec::new();
                for item in items {
                    let at = self.span(item.span());
                    match item.get_ref() {
                        DeValue::Array(_) | DeValue::Table(_) => {
                            let wrong = format!("`{name}` holds strings, numbers and booleans");
                            self.wrong(at, wrong, None);
                        }
                        item => scalars.push((plain(item), at)),
                    }
                }
                Some(Value::Texts(scalars))
            }
            (
                Shape::Texts | Shape::Phrases | Shape::EachPhrase | Shape::Regexes | Shape::Globs,
                DeValue::Array(items),
            ) => {
                let texts = self.texts(items, name);
                Some(self.strings(texts, shape))
            }
            (
                Shape::Phrases | Shape::EachPhrase | Shape::Regexes | Shape::Globs,
                DeValue::String(text),
            ) => Some(self.strings(vec![(text.to_string(), span)], shape)),
            // they were read before everything else
            (Shape::Words, DeValue::Table(_)) => None,
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
                // what is wrong is told of the shape that such a value was meant for
                let meant = shapes.iter().position(|shape| holds(*shape, value));
                let (last, first) = match meant {
                    Some(at) => (&shapes[at], [&shapes[..at], &shapes[at + 1..]].concat()),
                    None => {
                        let (last, first) = shapes.split_last()?;
                        (last, first.to_vec())
                    }
                };
                for shape in &first {
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

    /// The strings of a list, each with its place.
    pub(super) fn texts(
        &mut self,
        items: &[Spanned<DeValue<'_>>],
        name: &str,
    ) -> Vec<(String, Span)> {
        let mut texts = Vec::new();
        for item in items {
            let at = self.span(item.span());
            match item.get_ref() {
                DeValue::String(text) => texts.push((text.to_string(), at)),
                other => self.wrong(
                    at,
                    format!("`{name}` holds strings, and this is {}", kind(other)),
                    None,
                ),
            }
        }
        texts
    }

    pub(super) fn span(&self, bytes: std::ops::Range<usize>) -> Span {
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
