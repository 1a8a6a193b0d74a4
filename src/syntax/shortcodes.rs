//! Hugo's shortcodes: `{{< name key="value" >}}`, `{{% name %}}`, their end tags, and escaped ones.

use std::ops::Range;

use super::calls::{Found, What};
use crate::pieces::Pieces;
use crate::template::ask::{Call, Form};

/// The shortcodes of a text, in order.
pub(super) fn shortcodes(pieces: &Pieces) -> Vec<Found> {
    let text = pieces.text.as_str();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{{").map(|start| at + start) {
        at = start + 2;
        let closes = match text.as_bytes().get(at) {
            Some(b'<') => ">}}",
            Some(b'%') => "%}}",
            _ => continue,
        };
        let inner = at + 1;
        if let Some(rest) = text[inner..].strip_prefix("/*") {
            let end = format!("*/{closes}");
            if let Some(length) = rest.find(&end) {
                let close = inner + 2 + length;
                at = close + end.len();
                found.push(Found {
                    range: start..at,
                    what: What::Shown(vec![start..inner, inner + 2..close, close + 2..at]),
                });
            }
            continue;
        }
        let Some((end, what)) = shortcode(pieces, start, inner, closes) else {
            continue;
        };
        found.push(Found {
            range: start..end,
            what,
        });
        at = end;
    }
    found
}

/// Longer ones are text that begins like a shortcode.
const LONGEST: usize = 8 << 10;

/// One past the end of the shortcode whose name begins at or after `at`, and what it is.
fn shortcode(pieces: &Pieces, start: usize, at: usize, closes: &str) -> Option<(usize, What)> {
    let text = pieces.text.as_str();
    let mut tokens: Vec<(Option<String>, String, Range<usize>)> = Vec::new();
    let mut here = at;
    let mut end = None;
    while here < text.len() && here - start < LONGEST {
        let rest = &text[here..];
        let spaces = rest.len() - rest.trim_start().len();
        here += spaces;
        let rest = &text[here..];
        if rest.starts_with(closes) {
            end = Some(here + closes.len());
            break;
        }
        let (key, value) =
            match rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))) {
                Some(length) if length > 0 && rest[length..].starts_with('=') => {
                    (Some(rest[..length].to_owned()), here + length + 1)
                }
                _ => (None, here),
            };
        let range = argument(text, value, closes)?;
        here = range.1;
        tokens.push((key, unescaped(&text[range.0.clone()], range.2), range.0));
    }
    let end = end?;
    if tokens.last().is_some_and(|(_, value, _)| value == "/") {
        tokens.pop();
    }
    let mut tokens = tokens.into_iter();
    let (_, name, _) = tokens.next()?;
    let span = pieces.span(start, end);
    if let Some(name) = name.strip_prefix('/') {
        let name = if name.is_empty() {
            tokens.next()?.1
        } else {
            name.to_owned()
        };
        return Some((end, What::End(name)));
    }
    let known = |name: &str| !name.is_empty() && !name.contains(['{', '}', '<', '>']);
    if !known(&name) {
        return None;
    }
    let mut place = 0;
    let arguments = tokens
        .map(|(key, value, range)| {
            let key = key.unwrap_or_else(|| {
                place += 1;
                (place - 1).to_string()
            });
            (key, value, pieces.span(range.start, range.end))
        })
        .collect();
    Some((
        end,
        What::Call(Call {
            form: Form::Shortcode,
            name,
            arguments,
            span,
            paired: false,
        }),
    ))
}

/// Where a value stands without its quotes, one past it, and whether it may hold escapes.
fn argument(text: &str, at: usize, closes: &str) -> Option<(Range<usize>, usize, bool)> {
    let rest = &text[at..];
    match rest.as_bytes().first()? {
        b'"' => {
            let mut escaped = false;
            let length = rest[1..].find(|c: char| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            })?;
            Some((at + 1..at + 1 + length, at + 2 + length, true))
        }
        b'`' => {
            let length = rest[1..].find('`')?;
            Some((at + 1..at + 1 + length, at + 2 + length, false))
        }
        _ => {
            let length = rest
                .find(char::is_whitespace)
                .unwrap_or(rest.len())
                .min(rest.find(closes).unwrap_or(rest.len()));
            (length > 0).then_some((at..at + length, at + length, false))
        }
    }
}

fn unescaped(raw: &str, escapes: bool) -> String {
    if escapes && raw.contains('\\') {
        raw.replace("\\\"", "\"")
            .replace("\\n", "\n")
            .replace("\\\\", "\\")
    } else {
        raw.to_owned()
    }
}
