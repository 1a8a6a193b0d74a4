//! Reads a TOML file by its keys, and says what is wrong under the right characters.

use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

use super::later::{Later, Tested};
use super::packed;
use super::told::{holds, kind, plain, wanted};
use super::view::{Packed, Seen, Walk, What};
use super::words::words_of;
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
    /// Whether a test of this program has found no mistake in it.
    pub(super) known: bool,
    /// The packed file, of which the rest is read when something asks for it.
    pub(super) tested: Option<Arc<Tested>>,
}

impl<'a> Reader<'a> {
    /// A reader of this file.
    #[must_use]
    pub fn new(source: &'a Arc<Source>) -> Self {
        Self {
            source,
            findings: Vec::new(),
            names: Names::default(),
            known: false,
            tested: None,
        }
    }

    /// With words that `{name}` in a phrase stands for.
    #[must_use]
    pub fn with_values(mut self, values: std::collections::BTreeMap<String, String>) -> Self {
        self.names.values = values;
        self
    }

    /// With the lists of other packs, which `{pack:name}` in a phrase stands for.
    #[must_use]
    pub fn with_packs(mut self, packs: &'a (dyn Fn(&str) -> Option<Arc<Lists>> + Sync)) -> Self {
        self.names.packs = packs;
        self
    }

    /// Whether a test of this program has found no mistake in the file, so that nobody need look for one.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.known
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
        let bytes = packed::pack(text, root.get_ref());
        let root = Packed {
            text,
            bytes: &bytes,
        };
        let root = root.value(0);
        self.lists_of(&root, keys);
        self.root(&root, keys)
    }

    /// Reads the lists of phrases of a file, before the phrases that name them, wherever they stand.
    pub(super) fn lists_of(&mut self, root: &Seen<'_>, keys: &[Key]) {
        if let Some(lists) = words_of(root, keys) {
            self.words(lists);
        }
    }

    pub(super) fn root(&mut self, root: &Seen<'_>, keys: &[Key]) -> Table {
        let span = self.span(&root.span);
        let What::Table(entries) = &root.what else {
            unreachable!("a file is a table");
        };
        self.table(entries.clone(), span, keys, "the file")
    }

    /// Reports a mistake.
    pub fn wrong(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        self.findings
            .push(config_finding(self.source, span, message, help));
    }

    fn table(&mut self, mut entries: Walk<'_>, span: Span, keys: &[Key], what: &str) -> Table {
        let mut read = Table {
            span,
            entries: Vec::with_capacity(entries.left()),
        };
        while let Some((key, value)) = entries.entry() {
            let (name, at) = (key.name, self.span(&key.span));
            let Some(known) = keys.iter().find(|known| known.name == name) else {
                let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
                self.wrong(
                    at,
                    format!("unknown key `{name}` in {what}"),
                    Some(suggestion(name, &names)),
                );
                continue;
            };
            // `[[rules]]` for `[[rule]]`
            let table = matches!(known.shape, Shape::Table(_) | Shape::Map(_) | Shape::Words);
            let near = |of: &&Key| {
                matches!(of.shape, Shape::List(_)) && strsim::levenshtein(of.name, name) == 1
            };
            if table
                && matches!(value.what, What::List(_))
                && let Some(meant) = keys.iter().find(near)
            {
                self.wrong(
                    at,
                    format!("`{name}` is one table, and this is a list"),
                    Some(format!("did you mean `[[{}]]`?", meant.name)),
                );
                continue;
            }
            let fits = self.value(&value, known.shape, known.name);
            read.entries.push(Entry {
                name: known.name.into(),
                key: at,
                value: fits.unwrap_or(Value::Wrong),
                span: self.span(&value.span),
            });
        }
        if self.known {
            return read;
        }
        let there = |of: &Key| read.entries.iter().any(|entry| entry.name == of.name);
        let missing: Vec<&Key> = (keys.iter())
            .filter(|key| key.required && !there(key))
            .collect();
        for key in missing {
            let at = self.header(span);
            self.wrong(
                at,
                format!("`{}` is missing in {what}", key.name),
                Some(key.about.to_owned()),
            );
        }
        read
    }

    pub(super) fn value(
        &mut self,
        seen: &Seen<'_>,
        shape: Shape,
        name: &'static str,
    ) -> Option<Value> {
        if let Some(tested) = &self.tested
            && let Some(later) = Later::of(tested, seen, shape, name)
        {
            return Some(Value::Later(Box::new(later)));
        }
        self.now(seen, shape, name)
    }

    /// A value read now, whatever lies in it.
    pub(super) fn now(&mut self, seen: &Seen<'_>, shape: Shape, name: &str) -> Option<Value> {
        let span = self.span(&seen.span);
        match (shape, &seen.what) {
            // a list of nothing makes a rule that checks nothing, or a run of no rules
            (
                Shape::Texts
                | Shape::Phrases
                | Shape::EachPhrase
                | Shape::Regexes
                | Shape::Globs
                | Shape::Scalars
                | Shape::Choices(_),
                What::List(items),
            ) if items.left() == 0 && !MAY_BE_EMPTY.contains(&name) => {
                self.wrong(
                    span,
                    format!("`{name}` is empty"),
                    Some("give it a value, or leave it out".to_owned()),
                );
                None
            }
            (Shape::Text, What::Text(text)) => Some(Value::Text((*text).to_owned())),
            (Shape::Choice(known), What::Text(text)) => {
                if known.contains(text) {
                    return Some(Value::Text((*text).to_owned()));
                }
                self.wrong(
                    span,
                    format!("`{text}` is no value of `{name}`"),
                    Some(suggestion(text, known)),
                );
                None
            }
            (Shape::Choices(known), What::Text(text)) => {
                self.choices(vec![((*text).to_owned(), span)], known, name)
            }
            (Shape::Choices(known), What::List(items)) => {
                let texts = self.texts(items.clone(), name);
                self.choices(texts, known, name)
            }
            (Shape::Count(least, most), What::Integer(number)) => {
                self.count(number, least..=most, span, name)
            }
            (Shape::Texts | Shape::Scalars, What::Text(text)) => {
                Some(Value::Texts(vec![((*text).to_owned(), span)]))
            }
            (Shape::Scalars, What::List(items)) => {
                let (mut scalars, mut items) = (Vec::new(), items.clone());
                while let Some(item) = items.item() {
                    let at = self.span(&item.span);
                    match plain(&item.what) {
                        Some(scalar) => scalars.push((scalar, at)),
                        None => {
                            let wrong = format!("`{name}` holds strings, numbers and booleans");
                            self.wrong(at, wrong, None);
                        }
                    }
                }
                Some(Value::Texts(scalars))
            }
            (Shape::Scalars, scalar) if let Some(scalar) = plain(scalar) => {
                Some(Value::Texts(vec![(scalar, span)]))
            }
            (
                Shape::Texts | Shape::Phrases | Shape::EachPhrase | Shape::Regexes | Shape::Globs,
                What::List(items),
            ) => {
                let texts = self.texts(items.clone(), name);
                Some(self.strings(texts, shape))
            }
            (
                Shape::Phrases | Shape::EachPhrase | Shape::Regexes | Shape::Globs,
                What::Text(text),
            ) => Some(self.strings(vec![((*text).to_owned(), span)], shape)),
            // they were read before everything else
            (Shape::Words, What::Table(_)) => None,
            (Shape::Date, What::Day(text) | What::Text(text)) => self.date(text, span, name),
            (Shape::Days, What::Text(text)) => {
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
            (Shape::Bool, What::Bool(yes)) => Some(Value::Bool(*yes)),
            (Shape::Table(keys), What::Table(entries)) => {
                let what = format!("`{name}`");
                Some(Value::Table(self.table(entries.clone(), span, keys, &what)))
            }
            (Shape::List(keys), What::List(items)) => {
                let (what, mut items) = (format!("`[[{name}]]`"), items.clone());
                let mut tables = Vec::with_capacity(items.left());
                while let Some(item) = items.item() {
                    let at = self.span(&item.span);
                    match item.what {
                        What::Table(entries) => tables.push(self.table(entries, at, keys, &what)),
                        other => self.wrong(
                            at,
                            format!("`{name}` holds tables, and this is {}", kind(&other)),
                            Some(format!("write `[[{name}]]`")),
                        ),
                    }
                }
                Some(Value::List(tables))
            }
            (Shape::Map(inner), What::Table(entries)) => {
                let mut entries = entries.clone();
                let mut read = Table {
                    span,
                    entries: Vec::with_capacity(entries.left()),
                };
                while let Some((key, value)) = entries.entry() {
                    if let Some(fits) = self.now(&value, *inner, key.name) {
                        read.entries.push(Entry {
                            name: key.name.to_owned().into(),
                            key: self.span(&key.span),
                            value: fits,
                            span: self.span(&value.span),
                        });
                    }
                }
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
                    if let Some(read) = self.now(seen, *shape, name)
                        && self.findings.len() == before
                    {
                        return Some(read);
                    }
                    self.findings.truncate(before);
                }
                self.now(seen, *last, name)
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
    pub(super) fn texts(&mut self, mut items: Walk<'_>, name: &str) -> Vec<(String, Span)> {
        let mut texts = Vec::with_capacity(items.left());
        while let Some(item) = items.item() {
            let at = self.span(&item.span);
            match item.what {
                What::Text(text) => texts.push((text.to_owned(), at)),
                other => self.wrong(
                    at,
                    format!("`{name}` holds strings, and this is {}", kind(&other)),
                    None,
                ),
            }
        }
        texts
    }

    pub(super) fn span(&self, bytes: &Range<usize>) -> Span {
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
