//! The filters of Liquid that are known; what another one makes of a value is unknown.

use crate::pieces::Pieces;
use crate::source::Span;
use crate::template::{LONGEST, Value};

/// What a filter makes of a value.
pub(super) fn filtered(name: &str, value: Value, arguments: &[Value]) -> Value {
    match (name, value) {
        ("default" | "d", Value::Nil | Value::Bool(false)) => {
            arguments.first().cloned().unwrap_or_default()
        }
        ("default" | "d", Value::Text(text)) if text.text.is_empty() => {
            arguments.first().cloned().unwrap_or_default()
        }
        ("size" | "length", Value::Text(text)) => number(text.text.chars().count()),
        ("size" | "length", Value::List(items)) => number(items.len()),
        ("first", Value::List(items)) => items.into_iter().next().unwrap_or(Value::Nil),
        ("last", Value::List(items)) => items.into_iter().next_back().unwrap_or(Value::Nil),
        ("join", Value::List(items)) => join(&items, arguments.first()),
        ("split", Value::Text(text)) => split(&text, arguments.first()),
        (
            "default" | "d" | "safe" | "markdownify" | "escape" | "escape_once" | "e"
            | "relative_url" | "absolute_url" | "url" | "smartify" | "html_safe" | "liquify"
            | "jsonify" | "dump",
            value,
        ) => value,
        ("date" | "date_to_string" | "date_to_xmlschema" | "date_to_long_string", _) => {
            Value::Unknown
        }
        (_, Value::Nil) => Value::Nil,
        ("strip" | "trim", Value::Text(text)) => {
            let start = text.text.len() - text.text.trim_start().len();
            part(&text, start, start + text.text.trim().len())
        }
        ("lstrip", Value::Text(text)) => {
            let start = text.text.len() - text.text.trim_start().len();
            part(&text, start, text.text.len())
        }
        ("rstrip", Value::Text(text)) => part(&text, 0, text.text.trim_end().len()),
        ("strip_newlines", Value::Text(text)) => {
            changed(&text, &text.text.replace(['\n', '\r'], ""))
        }
        ("newline_to_br", Value::Text(text)) => changed(&text, &text.text.replace('\n', "<br>\n")),
        ("downcase" | "lower", Value::Text(text)) => changed(&text, &text.text.to_lowercase()),
        ("upcase" | "upper", Value::Text(text)) => changed(&text, &text.text.to_uppercase()),
        ("capitalize", Value::Text(text)) => {
            let mut signs = text.text.chars();
            let first = signs
                .next()
                .map(|c| c.to_uppercase().collect::<String>())
                .unwrap_or_default();
            changed(&text, &format!("{first}{}", signs.as_str()))
        }
        ("append", Value::Text(text)) => joined(text, arguments.first(), false),
        ("prepend", Value::Text(text)) => joined(text, arguments.first(), true),
        ("replace", Value::Text(text)) => match (arguments.first(), arguments.get(1)) {
            (Some(Value::Text(from)), Some(Value::Text(to)))
                if !from.text.is_empty()
                    && text.text.len() / from.text.len() * to.text.len() <= LONGEST =>
            {
                changed(&text, &text.text.replace(&from.text, &to.text))
            }
            _ => Value::Unknown,
        },
        ("remove", Value::Text(text)) => match arguments.first() {
            Some(Value::Text(from)) if !from.text.is_empty() => {
                changed(&text, &text.text.replace(&from.text, ""))
            }
            _ => Value::Unknown,
        },
        _ => Value::Unknown,
    }
}

fn number(count: usize) -> Value {
    u32::try_from(count).map_or(Value::Unknown, |count| Value::Number(f64::from(count)))
}

fn part(text: &Pieces, start: usize, end: usize) -> Value {
    let mut out = Pieces::default();
    out.add(text, start..end);
    Value::Text(out)
}

/// A text that stands for the whole of another.
fn changed(text: &Pieces, shown: &str) -> Value {
    if text.text == shown {
        return Value::Text(text.clone());
    }
    let mut out = Pieces::default();
    out.push_as(shown, whole(text));
    Value::Text(out)
}

fn whole(text: &Pieces) -> Span {
    text.span(0, text.text.len())
}

fn joined(text: Pieces, other: Option<&Value>, before: bool) -> Value {
    let other = match other {
        Some(Value::Text(other)) => other,
        Some(Value::Nil) => return Value::Text(text),
        _ => return Value::Unknown,
    };
    if text.text.len() + other.text.len() > LONGEST {
        return Value::Unknown;
    }
    let (first, second) = if before {
        (other, &text)
    } else {
        (&text, other)
    };
    let mut out = Pieces::default();
    out.add(first, 0..first.text.len());
    out.add(second, 0..second.text.len());
    Value::Text(out)
}

fn join(items: &[Value], between: Option<&Value>) -> Value {
    let between = match between {
        Some(Value::Text(text)) => text.text.clone(),
        None => " ".to_owned(),
        _ => return Value::Unknown,
    };
    let mut out = Pieces::default();
    for (number, item) in items.iter().enumerate() {
        let Value::Text(text) = item else {
            return Value::Unknown;
        };
        if out.text.len() + between.len() + text.text.len() > LONGEST {
            return Value::Unknown;
        }
        if number > 0 {
            out.push_as(&between, out.end());
        }
        out.add(text, 0..text.text.len());
    }
    Value::Text(out)
}

fn split(text: &Pieces, between: Option<&Value>) -> Value {
    let Some(Value::Text(between)) =
        between.filter(|of| matches!(of, Value::Text(of) if !of.text.is_empty()))
    else {
        return Value::Unknown;
    };
    let mut items = Vec::new();
    let mut at = 0;
    for item in text.text.split(&between.text) {
        items.push(part(text, at, at + item.len()));
        at += item.len() + between.text.len();
    }
    Value::List(items)
}
