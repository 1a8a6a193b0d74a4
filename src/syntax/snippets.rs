//! Includes that stand in Markdown as text: `--8<-- "file"` (MkDocs), `{{#include file}}` (mdBook), `[!INCLUDE [title](file)]`
//! (Microsoft Learn, DocFX).

use std::ops::Range;

use super::calls::{Found, What};
use crate::pieces::Pieces;
use crate::template::ask::{Call, Form};

/// The includes of a text, in those of the forms that stand in text.
pub(super) fn includes(pieces: &Pieces, forms: &[Form]) -> Vec<Found> {
    let found = |form: &Form| match form {
        Form::Snippet => snippets(pieces),
        Form::Book => book(pieces),
        Form::Learn => learn(pieces),
        _ => Vec::new(),
    };
    forms.iter().flat_map(found).collect()
}

fn call(pieces: &Pieces, form: Form, range: Range<usize>, name: Range<usize>) -> Found {
    Found {
        what: What::Call(Call {
            form,
            name: pieces.text[name].trim().to_owned(),
            arguments: Vec::new(),
            span: pieces.span(range.start, range.end),
            paired: false,
        }),
        range,
    }
}

/// `--8<-- "file"` on a line of its own, and blocks of files between two lines of `--8<--`.
fn snippets(pieces: &Pieces) -> Vec<Found> {
    let mut found = Vec::new();
    let (mut at, mut within) = (0, false);
    for line in pieces.text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        let words = line.trim();
        at += line.len();
        let cut = words.trim_start_matches('-');
        let mark = (words.len() - cut.len() >= 1)
            .then(|| cut.strip_prefix("8<"))
            .flatten()
            .filter(|rest| rest.starts_with('-'));
        let range = start..start + words.len();
        match mark.map(|rest| rest.trim_start_matches('-')) {
            Some(rest) if rest.trim().is_empty() => {
                within = !within;
                let shown = Vec::new();
                found.push(Found {
                    range,
                    what: What::Shown(shown),
                });
            }
            Some(rest) => {
                let from = range.end - rest.len();
                let name = rest.trim().trim_matches(['"', '\'']);
                let starts = from + rest.find(name).unwrap_or_default();
                // `;` before a name, and an escaped mark, bring nothing in
                if rest.starts_with(char::is_whitespace) && !name.starts_with(';') {
                    found.push(call(
                        pieces,
                        Form::Snippet,
                        range,
                        starts..starts + name.len(),
                    ));
                }
            }
            None if within && !words.is_empty() && !words.starts_with(';') => {
                let name = range.clone();
                found.push(call(pieces, Form::Snippet, range, name));
            }
            None => {}
        }
    }
    found
}

/// `{{#include file}}` and its kin.
fn book(pieces: &Pieces) -> Vec<Found> {
    let text = pieces.text.as_str();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{{#").map(|start| at + start) {
        at = start + 3;
        let escaped = text[..start].ends_with('\\');
        let kinds = ["include ", "rustdoc_include ", "playground "];
        let Some(kind) = kinds.iter().find(|kind| text[at..].starts_with(**kind)) else {
            continue;
        };
        let Some(length) = text[at..].find("}}").filter(|length| *length < 1024) else {
            continue;
        };
        if !escaped && *kind == "include " {
            found.push(call(
                pieces,
                Form::Book,
                start..at + length + 2,
                at + kind.len()..at + length,
            ));
        }
        at += length + 2;
    }
    found
}

/// `[!INCLUDE [title](file)]`, in any case.
fn learn(pieces: &Pieces) -> Vec<Found> {
    let text = pieces.text.as_str();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("[!").map(|start| at + start) {
        at = start + 2;
        let head = text.get(at..at + 7).unwrap_or_default();
        if !head.eq_ignore_ascii_case("include") {
            continue;
        }
        let line = &text[at..at + text[at..].find('\n').unwrap_or(text.len() - at)];
        let Some(paren) = line.find("](") else {
            continue;
        };
        let Some(end) = line[paren..].find(")]").map(|length| paren + length) else {
            continue;
        };
        found.push(call(
            pieces,
            Form::Learn,
            start..at + end + 2,
            at + paren + 2..at + end,
        ));
        at += end + 2;
    }
    found
}
