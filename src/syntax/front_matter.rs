//! Front matter at the head of a page, in any syntax: where it ends, what it says, its words among what no reader sees.

use std::ops::Range;

use super::builder::Builder;
use super::markdown::inside;
use super::meta::{self, Dialect};
use crate::document::{Hidden, Meta, MetaEntry, MetaValue};
use crate::source::Span;

/// Reads front matter, if the source begins with some. Gives the byte that the content begins at. What stands round the page begins here: its front matter says what that is.
pub(super) fn read(builder: &mut Builder) -> usize {
    let begins = entries(builder);
    builder.begin_page();
    begins
}

fn entries(builder: &mut Builder) -> usize {
    let page = builder.page();
    let base = page.bom();
    let Some((dialect, length, inner)) = find(&page.text()[base..]) else {
        return base;
    };
    let within = |bytes: Range<usize>| Span::new(base + bytes.start, base + bytes.end);
    let (span, inner) = (within(0..length), within(inner));
    let raw = builder.slice(inner).to_owned();
    let (meta, problem) = meta::parse(dialect, &raw, inner.start as usize, span);
    for entry in &meta.entries {
        let shown = entry.value.texts().join(" ");
        let start = entry.span.start as usize;
        let span = inside(builder.slice(entry.span), &shown).map_or(entry.span, |at| {
            Span::new(start + at, start + at + shown.len())
        });
        builder.aside(Hidden::FrontMatter, span, &shown, false);
    }
    if dialect != Dialect::Json {
        comments(builder, inner);
    }
    builder.document().meta = Some(meta);
    if let Some(problem) = problem {
        builder.problem(problem.span, problem.message);
    }
    base + length
}

/// A field of a page's head where a syntax has its own sort of front matter. A value without white space is a list at its commas.
pub(super) fn field(builder: &mut Builder, key: &str, value: &str, span: Span) {
    let parts: Vec<&str> = value.split(',').map(str::trim).collect();
    let value = match &*parts {
        [] | [_] => meta::scalar(value, true),
        _ if parts.iter().any(|part| part.contains(char::is_whitespace)) => {
            meta::scalar(value, true)
        }
        _ => MetaValue::List(
            parts
                .into_iter()
                .map(|part| meta::scalar(part, true))
                .collect(),
        ),
    };
    let key = key.to_owned();
    let meta = builder.document().meta.get_or_insert_with(|| Meta {
        span,
        entries: Vec::new(),
    });
    meta.span = meta.span.to(span);
    meta.entries.push(MetaEntry { key, value, span });
}

/// Comments of YAML and TOML that have a line of their own; they waive nothing.
fn comments(builder: &mut Builder, inner: Span) {
    let raw = builder.slice(inner).to_owned();
    let mut at = inner.start as usize;
    for line in raw.split_inclusive('\n') {
        let text = line.trim_start();
        if text.starts_with('#') {
            let start = at + line.len() - text.len();
            let span = Span::new(start, start + text.trim_end().len());
            builder.aside(Hidden::Comment, span, text.trim_end(), false);
        }
        at += line.len();
    }
}

/// Front matter at the beginning of a text: what it is written in, one past its end, and what stands between its delimiters.
/// It is found here, because the Markdown parser takes any text between two `---` lines for some, wherever they stand.
fn find(text: &str) -> Option<(Dialect, usize, Range<usize>)> {
    let first = text.split_inclusive('\n').next()?;
    let (dialect, closes): (_, &[&str]) = match first.trim_end() {
        "---" => (Dialect::Yaml, &["---", "..."]),
        "+++" => (Dialect::Toml, &["+++"]),
        _ => return json_end(text).map(|end| (Dialect::Json, end, 0..end)),
    };
    let start = first.len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if closes.contains(&line.trim_end()) {
            return Some((dialect, at + line.len(), start..at));
        }
        at += line.len();
    }
    None
}

/// The end of JSON front matter, if the text begins with some: one past its closing brace.
fn json_end(text: &str) -> Option<usize> {
    if !text.starts_with('{') || text.starts_with("{{") || text.starts_with("{%") {
        return None;
    }
    let (mut depth, mut string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if string => escaped = true,
            b'"' => string = !string,
            b'{' if !string => depth += 1,
            b'}' if !string => {
                depth -= 1;
                if depth == 0 {
                    let rest = &text[at + 1..];
                    let alone = rest.is_empty() || rest.starts_with(['\n', '\r']);
                    return (alone && text[1..].trim_start().starts_with(['"', '}']))
                        .then_some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}
