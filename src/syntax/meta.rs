//! What front matter says in YAML, TOML and JSON, with the byte span of each value.

use granit_parser::{Event, Parser};
use jsonc_parser::ast::Value as Json;
use jsonc_parser::common::Ranged;
use toml::de::{DeTable, DeValue};

use crate::document::{Meta, MetaEntry, MetaValue, Problem};
use crate::source::Span;

/// What front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Yaml,
    Toml,
    Json,
}

/// Deeper values are left out: nothing in a rule reaches there, and a hostile file cannot exhaust the stack.
const DEEPEST: usize = 24;

/// Parses the text between the delimiters, which begins at byte `at` of the source.
pub(super) fn parse(dialect: Dialect, raw: &str, at: usize, span: Span) -> (Meta, Option<Problem>) {
    let mut meta = Meta {
        span,
        entries: Vec::new(),
    };
    let problem = match dialect {
        Dialect::Yaml => yaml(raw, at, &mut meta),
        Dialect::Toml => toml(raw, at, &mut meta),
        Dialect::Json => json(raw, at, &mut meta),
    };
    (meta, problem)
}

fn yaml(raw: &str, at: usize, meta: &mut Meta) -> Option<Problem> {
    /// An open mapping or list: its key, and the values of a list.
    enum Open {
        Table {
            path: String,
            key: Option<String>,
        },
        List {
            path: String,
            items: Vec<MetaValue>,
            start: usize,
        },
    }
    let mut open: Vec<Open> = Vec::new();
    let place = |open: &mut Vec<Open>, value: MetaValue, span: Span, meta: &mut Meta| match open
        .last_mut()
    {
        Some(Open::Table { path, key }) => match key.take() {
            None => *key = Some(value.texts().join(" ")),
            Some(key) => meta.entries.push(MetaEntry {
                key: format!("{path}{key}"),
                value,
                span,
            }),
        },
        Some(Open::List { items, .. }) => items.push(value),
        None => {}
    };
    for next in Parser::new_from_str(raw) {
        let (event, span) = match next {
            Ok(next) => next,
            Err(wrong) => {
                let offset = wrong.marker().byte_offset().unwrap_or(0).min(raw.len());
                let span = Span::new(
                    at + offset,
                    at + offset + raw[offset..].chars().next().map_or(0, char::len_utf8),
                );
                return Some(Problem {
                    span,
                    message: format!("front matter is no YAML: {}", wrong.info()),
                });
            }
        };
        let bytes = span.byte_range().unwrap_or(0..0);
        let here = Span::new(at + bytes.start, at + bytes.end);
        let next_path = |open: &mut Vec<Open>| match open.last_mut() {
            Some(Open::Table { path, key }) => key
                .take()
                .map_or(String::new(), |key| format!("{path}{key}")),
            Some(Open::List { path, .. }) => path.clone(),
            None => String::new(),
        };
        match event {
            Event::MappingStart(..) => {
                let path = next_path(&mut open);
                if open.len() < DEEPEST {
                    let path = if path.is_empty() {
                        path
                    } else {
                        format!("{path}.")
                    };
                    open.push(Open::Table { path, key: None });
                } else {
                    return Some(Problem {
                        span: here,
                        message: "front matter nests too deep".to_owned(),
                    });
                }
            }
            Event::SequenceStart(..) => {
                let path = next_path(&mut open);
                if open.len() >= DEEPEST {
                    return Some(Problem {
                        span: here,
                        message: "front matter nests too deep".to_owned(),
                    });
                }
                open.push(Open::List {
                    path,
                    items: Vec::new(),
                    start: at + bytes.start,
                });
            }
            Event::SequenceEnd => {
                if let Some(Open::List { path, items, start }) = open.pop() {
                    let value = MetaValue::List(items);
                    match open.last_mut() {
                        Some(Open::List { items, .. }) => items.push(value),
                        _ => meta.entries.push(MetaEntry {
                            key: path,
                            value,
                            span: Span::new(start, (at + bytes.end).max(start)),
                        }),
                    }
                }
            }
            Event::MappingEnd => {
                open.pop();
            }
            Event::Scalar(value, style, ..) => {
                let plain = format!("{style:?}") == "Plain";
                place(&mut open, scalar(&value, plain), here, meta);
            }
            Event::Alias(..) => place(&mut open, MetaValue::Null, here, meta),
            _ => {}
        }
    }
    None
}

/// A YAML scalar by the core schema; only plain ones are anything but text.
pub(super) fn scalar(value: &str, plain: bool) -> MetaValue {
    match value {
        "" | "~" | "null" | "Null" | "NULL" if plain => MetaValue::Null,
        "true" | "True" | "TRUE" if plain => MetaValue::Bool(true),
        "false" | "False" | "FALSE" if plain => MetaValue::Bool(false),
        _ => match value.parse::<f64>() {
            Ok(number)
                if plain
                    && value.starts_with(|c: char| {
                        c.is_ascii_digit() || matches!(c, '-' | '+' | '.')
                    }) =>
            {
                MetaValue::Number(number)
            }
            _ => MetaValue::Text(value.to_owned()),
        },
    }
}

fn toml(raw: &str, at: usize, meta: &mut Meta) -> Option<Problem> {
    let (table, errors) = DeTable::parse_recoverable(raw);
    toml_table(table.get_ref(), "", at, 0, meta);
    errors.first().map(|wrong| {
        let bytes = wrong.span().unwrap_or(0..0);
        Problem {
            span: Span::new(at + bytes.start, at + bytes.end),
            message: format!(
                "front matter is no TOML: {}",
                wrong.message().replace('\n', " ")
            ),
        }
    })
}

fn toml_table(table: &DeTable<'_>, path: &str, at: usize, depth: usize, meta: &mut Meta) {
    for (key, value) in table {
        let key = format!("{path}{}", key.get_ref());
        let bytes = value.span();
        match value.get_ref() {
            DeValue::Table(inner) if depth < DEEPEST => {
                toml_table(inner, &format!("{key}."), at, depth + 1, meta)
            }
            value => meta.entries.push(MetaEntry {
                key,
                value: toml_value(value, depth),
                span: Span::new(at + bytes.start, at + bytes.end),
            }),
        }
    }
}

fn toml_value(value: &DeValue<'_>, depth: usize) -> MetaValue {
    match value {
        DeValue::String(text) => MetaValue::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(MetaValue::Null, |number| MetaValue::Number(number as f64)),
        DeValue::Float(number) => number
            .as_str()
            .parse()
            .map_or(MetaValue::Null, MetaValue::Number),
        DeValue::Boolean(yes) => MetaValue::Bool(*yes),
        DeValue::Datetime(date) => MetaValue::Text(date.to_string()),
        DeValue::Array(items) if depth < DEEPEST => MetaValue::List(
            items
                .iter()
                .map(|item| toml_value(item.get_ref(), depth + 1))
                .collect(),
        ),
        DeValue::Array(_) | DeValue::Table(_) => MetaValue::Null,
    }
}

fn json(raw: &str, at: usize, meta: &mut Meta) -> Option<Problem> {
    match jsonc_parser::parse_to_ast(
        raw,
        &jsonc_parser::CollectOptions::default(),
        &jsonc_parser::ParseOptions::default(),
    ) {
        Ok(parsed) => {
            if let Some(Json::Object(object)) = &parsed.value {
                json_object(object, "", at, 0, meta);
            }
            None
        }
        Err(wrong) => {
            let range = wrong.range();
            Some(Problem {
                span: Span::new(at + range.start, at + range.end),
                message: format!("front matter is no JSON: {}", wrong.kind()),
            })
        }
    }
}

fn json_object(
    object: &jsonc_parser::ast::Object<'_>,
    path: &str,
    at: usize,
    depth: usize,
    meta: &mut Meta,
) {
    for property in &object.properties {
        let key = format!("{path}{}", property.name.as_str());
        let range = property.value.range();
        match &property.value {
            Json::Object(inner) if depth < DEEPEST => {
                json_object(inner, &format!("{key}."), at, depth + 1, meta)
            }
            value => meta.entries.push(MetaEntry {
                key,
                value: json_value(value, depth),
                span: Span::new(at + range.start, at + range.end),
            }),
        }
    }
}

fn json_value(value: &Json<'_>, depth: usize) -> MetaValue {
    match value {
        Json::StringLit(text) => MetaValue::Text(text.value.to_string()),
        Json::NumberLit(number) => number
            .value
            .parse()
            .map_or(MetaValue::Null, MetaValue::Number),
        Json::BooleanLit(yes) => MetaValue::Bool(yes.value),
        Json::Array(items) if depth < DEEPEST => MetaValue::List(
            items
                .elements
                .iter()
                .map(|item| json_value(item, depth + 1))
                .collect(),
        ),
        Json::Array(_) | Json::Object(_) | Json::NullKeyword(_) => MetaValue::Null,
    }
}
