//! What stands in tags and outputs of Liquid: values, filters, comparisons.

use std::ops::Range;

use super::filters::filtered;
use crate::pieces::Pieces;
use crate::template::Value;

/// A word of an expression, in bytes of the source.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Word {
    /// Text in quotes: what stands between them.
    Text(Range<usize>),
    Number(f64),
    /// A name with all of its parts: `page.title`, `a["b"]`.
    Name(Vec<String>),
    /// An operator or a sign.
    Sign(&'static str),
}

const SIGNS: &[&str] = &[
    "==", "!=", "<>", "<=", ">=", "..", "<", ">", "=", "|", ":", ",", "(", ")", "[", "]",
];

/// The words of an expression, each with its place.
pub(super) fn words(text: &str, range: Range<usize>) -> Vec<(Word, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let Some(first) = rest.chars().next() else {
            break;
        };
        if first.is_whitespace() {
            at += first.len_utf8();
        } else if matches!(first, '"' | '\'') {
            let length = rest[1..].find(first).unwrap_or(rest.len() - 1);
            found.push((
                Word::Text(at + 1..at + 1 + length),
                at..(at + length + 2).min(range.end),
            ));
            at += length + 2;
        } else if first.is_ascii_digit()
            || (first == '-' && rest[1..].starts_with(|c: char| c.is_ascii_digit()))
        {
            let length = 1 + rest[1..]
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len() - 1);
            let more = rest[length..].strip_prefix('.').map_or(0, |rest| {
                rest.find(|c: char| !c.is_ascii_digit())
                    .unwrap_or(rest.len())
            });
            let length = if more > 0 { length + 1 + more } else { length };
            found.push((
                Word::Number(rest[..length].parse().unwrap_or(0.0)),
                at..at + length,
            ));
            at += length;
        } else if first.is_alphabetic() || first == '_' {
            let (name, length) = name(rest);
            found.push((Word::Name(name), at..at + length));
            at += length;
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            found.push((Word::Sign(sign), at..at + sign.len()));
            at += sign.len();
        } else {
            found.push((Word::Sign("?"), at..at + first.len_utf8()));
            at += first.len_utf8();
        }
    }
    found
}

/// A name with its parts, and its length.
fn name(rest: &str) -> (Vec<String>, usize) {
    let mut parts = Vec::new();
    let mut at = 0;
    loop {
        let here = &rest[at..];
        let length = here
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '?')))
            .unwrap_or(here.len());
        if length == 0 {
            break;
        }
        parts.push(here[..length].to_owned());
        at += length;
        while let Some(inner) = rest[at..].strip_prefix('[') {
            let Some(close) = inner.find(']') else {
                return (parts, at);
            };
            let part = &inner[..close];
            let plain = part.trim_matches(['"', '\'']);
            if plain.len() == part.len() && part.parse::<usize>().is_err() {
                // decided by another value, which nothing here follows
                parts.push("?".to_owned());
            } else {
                parts.push(plain.to_owned());
            }
            at += close + 2;
        }
        let next = rest[at..].strip_prefix('.');
        if !next.is_some_and(|next| next.starts_with(|c: char| c.is_alphabetic() || c == '_')) {
            break;
        }
        at += 1;
    }
    (parts, at)
}

/// What an expression needs: the template's text, what to add for places, and the values of names.
pub(super) struct Eval<'a> {
    pub(super) text: &'a str,
    pub(super) base: usize,
    pub(super) lookup: &'a dyn Fn(&[String]) -> Value,
}

type Words<'w> = &'w [(Word, Range<usize>)];

impl Eval<'_> {
    /// The value of an expression with its filters.
    pub(super) fn value(&self, range: Range<usize>) -> Value {
        self.of_words(&words(self.text, range))
    }

    pub(super) fn of_words(&self, words: Words<'_>) -> Value {
        let mut parts = split(words, "|");
        let Some(first) = parts.next() else {
            return Value::Nil;
        };
        let mut value = match first {
            [one] => self.one(&one.0),
            [] => Value::Nil,
            several => self.condition(several).map_or(Value::Unknown, Value::Bool),
        };
        for part in parts {
            let Some((Word::Name(name), _)) = part.first() else {
                return Value::Unknown;
            };
            let arguments: Vec<Value> = split(part.get(1..).unwrap_or_default(), ",")
                .map(|words| {
                    words
                        .iter()
                        .rfind(|(word, _)| !matches!(word, Word::Sign(_)))
                })
                .map(|word| word.map_or(Value::Nil, |(word, _)| self.one(word)))
                .collect();
            value = filtered(&name.join("."), value, &arguments);
        }
        value
    }

    pub(super) fn one(&self, word: &Word) -> Value {
        match word {
            Word::Text(range) => Value::Text(Pieces::of(
                &self.text[range.clone()],
                self.base + range.start,
            )),
            Word::Number(number) => Value::Number(*number),
            Word::Sign(_) => Value::Unknown,
            Word::Name(name) => match name.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                ["true" | "True"] => Value::Bool(true),
                ["false" | "False"] => Value::Bool(false),
                ["nil" | "null" | "none" | "None"] => Value::Nil,
                ["blank" | "empty"] => Value::Text(Pieces::default()),
                _ => (self.lookup)(name),
            },
        }
    }

    /// Whether a condition holds; none when nothing here decides it. Liquid reads `and` and `or` from the right.
    pub(super) fn condition(&self, words: Words<'_>) -> Option<bool> {
        let mut end = words.len();
        let mut right: Option<(Option<bool>, bool)> = None;
        loop {
            let at = words[..end].iter().rposition(|(word, _)| {
                matches!(word, Word::Name(name) if name.len() == 1 && matches!(name[0].as_str(), "and" | "or"))
            });
            let left = self.comparison(&words[at.map_or(0, |at| at + 1)..end]);
            let holds = match right {
                None => left,
                Some((right, all)) => match (left, right) {
                    (Some(one), _) | (_, Some(one)) if one != all => Some(one),
                    (Some(_), Some(_)) => Some(all),
                    _ => None,
                },
            };
            let Some(at) = at else { return holds };
            let all = matches!(&words[at].0, Word::Name(name) if name[0] == "and");
            right = Some((holds, all));
            end = at;
        }
    }

    fn comparison(&self, words: Words<'_>) -> Option<bool> {
        let nots = words
            .iter()
            .take_while(
                |(word, _)| matches!(word, Word::Name(name) if name.len() == 1 && name[0] == "not"),
            )
            .count();
        if nots > 0 {
            let holds = self.comparison(&words[nots..]);
            return holds.map(|holds| holds == (nots % 2 == 0));
        }
        // parentheses are left to what reads them in full
        if words
            .iter()
            .any(|(word, _)| matches!(word, Word::Sign("(" | ")" | "?")))
        {
            return None;
        }
        let at = words.iter().position(|(word, _)| match word {
            Word::Sign(sign) => matches!(*sign, "==" | "!=" | "<>" | "<" | ">" | "<=" | ">="),
            Word::Name(name) => {
                name.len() == 1 && matches!(name[0].as_str(), "contains" | "in" | "is")
            }
            _ => false,
        });
        let Some(at) = at else {
            // several words that no sign joins are no expression
            let filtered = words.iter().any(|(word, _)| *word == Word::Sign("|"));
            return (filtered || words.len() < 2)
                .then(|| truth(&self.of_words(words)))
                .flatten();
        };
        let (left, right) = (self.of_words(&words[..at]), self.of_words(&words[at + 1..]));
        let named = |words: Words<'_>, of: &[&str]| matches!(words, [(Word::Name(name), _)] if name.len() == 1 && of.contains(&name[0].as_str()));
        let emptiness = |words: Words<'_>| named(words, &["blank", "empty"]);
        // nothing is not `empty`; whether it is `blank` differs between the generators
        let empty = |value: &Value| match value {
            Value::Nil => named(&words[at + 1..], &["empty"]).then_some(false),
            _ => empty(value),
        };
        match &words[at].0 {
            Word::Sign("==") if emptiness(&words[at + 1..]) => empty(&left),
            Word::Sign("!=" | "<>") if emptiness(&words[at + 1..]) => {
                empty(&left).map(|empty| !empty)
            }
            Word::Sign("==") => equal(&left, &right),
            Word::Sign("!=" | "<>") => equal(&left, &right).map(|equal| !equal),
            Word::Sign(sign) => {
                let (Value::Number(left), Value::Number(right)) = (&left, &right) else {
                    return None;
                };
                Some(match *sign {
                    "<" => left < right,
                    ">" => left > right,
                    "<=" => left <= right,
                    _ => left >= right,
                })
            }
            Word::Name(name) if name[0] == "contains" => contains(&left, &right),
            Word::Name(name) if name[0] == "in" => contains(&right, &left),
            _ => None,
        }
    }
}

/// The stretches of words between signs.
pub(super) fn split<'w>(words: Words<'w>, sign: &'static str) -> impl Iterator<Item = Words<'w>> {
    words.split(move |(word, _)| *word == Word::Sign(sign))
}

/// Whether a value counts as true; none when it is not known.
pub(super) fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Unknown => None,
        Value::Nil | Value::Bool(false) => Some(false),
        _ => Some(true),
    }
}

fn empty(value: &Value) -> Option<bool> {
    match value {
        Value::Unknown => None,
        Value::Nil | Value::Bool(false) => Some(true),
        Value::Text(text) => Some(text.text.trim().is_empty()),
        Value::List(items) => Some(items.is_empty()),
        Value::Map(table) => Some(table.is_empty()),
        Value::Bool(true) | Value::Number(_) => Some(false),
    }
}

pub(super) fn equal(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Unknown, _) | (_, Value::Unknown) => None,
        (Value::Text(left), Value::Text(right)) => Some(left.text == right.text),
        (Value::Number(left), Value::Number(right)) => Some((left - right).abs() < f64::EPSILON),
        (Value::Bool(left), Value::Bool(right)) => Some(left == right),
        (Value::Nil, Value::Nil) => Some(true),
        (Value::List(_) | Value::Map(_), Value::List(_) | Value::Map(_)) => None,
        _ => Some(false),
    }
}

fn contains(whole: &Value, part: &Value) -> Option<bool> {
    match (whole, part) {
        (Value::Unknown, _) | (_, Value::Unknown) => None,
        (Value::Text(whole), Value::Text(part)) => Some(whole.text.contains(&part.text)),
        (Value::List(items), part) => {
            let each: Vec<Option<bool>> = items.iter().map(|item| equal(item, part)).collect();
            if each.contains(&Some(true)) {
                Some(true)
            } else if each.contains(&None) {
                None
            } else {
                Some(false)
            }
        }
        (Value::Map(table), Value::Text(key)) => Some(table.contains_key(&key.text)),
        _ => Some(false),
    }
}
