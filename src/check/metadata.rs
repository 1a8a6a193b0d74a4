//! `metadata`: front matter must hold keys of a kind, and dates that are not too old.

use crate::document::{MetaEntry, MetaValue};
use crate::finding::{Code, Finding};
use crate::keys::{Key, Shape, Table};
use crate::source::Span;

use super::{Check, Compiler, Kind, Scope, Verdict};

const TYPES: &[&str] = &["string", "number", "boolean", "date", "list"];

pub(super) const KIND: Kind = Kind {
    name: "metadata",
    about: "Front matter must hold these keys.",
    keys: &[Key::required(
        "keys",
        Shape::Map(&Shape::Table(VALUE)),
        "The keys that front matter must hold.",
    )],
    validate: |table| {
        let empty = table
            .table("keys")
            .is_none_or(|keys| keys.keys().next().is_none());
        if empty {
            vec![(
                table.span,
                "demands nothing: give `keys.NAME = { type = \"string\" }`".to_owned(),
            )]
        } else {
            Vec::new()
        }
    },
    compile,
    judges_rest: false,
};

const VALUE: &[Key] = &[
    Key::new("type", Shape::Choice(TYPES), "What the value must be."),
    Key::new("one-of", Shape::Scalars, "Values of which it must be one."),
    Key::new(
        "max-age",
        Shape::Days,
        "How old a date may be, counted back from the day of the check.",
    ),
];

fn compile(table: &Table, _: &mut Compiler<'_>) -> Box<dyn Check> {
    let keys = table.table("keys");
    let demands = keys
        .into_iter()
        .flat_map(|keys| {
            keys.keys()
                .filter_map(|(name, _)| keys.table(name).map(|of| (name, of)))
        })
        .map(|(name, of)| Demand {
            key: name.to_owned(),
            kind: of
                .text("type")
                .map(str::to_owned)
                .or_else(|| of.has("max-age").then(|| "date".to_owned())),
            one_of: of.texts("one-of"),
            max_age: of.days("max-age"),
        });
    Box::new(Metadata {
        demands: demands.collect(),
    })
}

#[derive(Debug)]
struct Metadata {
    demands: Vec<Demand>,
}

#[derive(Debug)]
struct Demand {
    key: String,
    kind: Option<String>,
    one_of: Vec<String>,
    max_age: Option<i64>,
}

impl Check for Metadata {
    fn run(&self, scope: &Scope<'_>) -> Verdict {
        let mut verdict = Verdict::default();
        let meta = scope.page.document.meta.as_ref();
        for demand in &self.demands {
            match meta.and_then(|meta| meta.get(&demand.key)) {
                None => {
                    let at = meta.map_or_else(
                        || scope.page.document.anchor(),
                        |meta| first_line(scope, meta.span),
                    );
                    let detail = format!("front matter has no `{}`", demand.key);
                    verdict
                        .findings
                        .push(scope.finding(Code::Metadata, at, Some(&detail)));
                }
                Some(entry) => match demand.wrong(scope, entry) {
                    Some(finding) => verdict.findings.push(finding),
                    None => verdict.met.push(entry.span),
                },
            }
        }
        verdict
    }
}

impl Demand {
    fn wrong(&self, scope: &Scope<'_>, entry: &MetaEntry) -> Option<Finding> {
        let text = entry.value.texts().join(", ");
        let metadata =
            |detail: String| Some(scope.finding(Code::Metadata, entry.span, Some(&detail)));
        if text.trim().is_empty() {
            return metadata(format!("`{}` is empty", self.key));
        }
        let date = text
            .get(..10)
            .and_then(|day| day.parse::<jiff::civil::Date>().ok());
        let fits = match self.kind.as_deref() {
            Some("string") => matches!(entry.value, MetaValue::Text(_)),
            Some("number") => matches!(entry.value, MetaValue::Number(_)),
            Some("boolean") => matches!(entry.value, MetaValue::Bool(_)),
            Some("list") => matches!(entry.value, MetaValue::List(_)),
            Some("date") => date.is_some(),
            _ => true,
        };
        if !fits {
            return metadata(format!(
                "`{}` is no {}: `{text}`",
                self.key,
                self.kind.as_deref().unwrap_or_default()
            ));
        }
        if !self.one_of.is_empty() && !self.one_of.contains(&text) {
            return metadata(format!(
                "`{}` is `{text}`, not one of {}",
                self.key,
                self.one_of.join(", ")
            ));
        }
        if let (Some(most), Some(date)) = (self.max_age, date) {
            let age = scope
                .page
                .facts
                .as_of
                .since(date)
                .map_or(i64::MAX, |age| i64::from(age.get_days()));
            if age > most {
                return Some(scope.finding(
                    Code::Stale,
                    entry.span,
                    Some(&format!(
                        "`{}` is {age} days old, and may be {most}",
                        self.key
                    )),
                ));
            }
        }
        None
    }
}

fn first_line(scope: &Scope<'_>, span: Span) -> Span {
    let text = scope.page.document.slice(span);
    let length = text.find(['\n', '\r']).unwrap_or(text.len());
    Span::new(span.start as usize, span.start as usize + length)
}
