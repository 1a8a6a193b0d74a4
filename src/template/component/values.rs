//! What expressions are worth, as far as literals, arguments and constants tell.

mod members;

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::file::Known;
use super::put::decoded;
use super::scan::Kind;
use super::{Frame, Inner, Output, Run, Value};
use crate::pieces::Pieces;

/// Where an expression falls apart first.
pub(super) enum Split {
    Ternary(usize, usize),
    /// The sign of two operands that binds least.
    Binary(usize),
    None,
}

impl Run<'_> {
    /// An expression without the brackets round it, and what TypeScript says of its type.
    pub(super) fn bare(&mut self, frame: &Frame, range: Range<usize>) -> Range<usize> {
        let file = &frame.file;
        let mut range = range;
        loop {
            let Range { start, end } = range;
            if start >= end || !self.step(0) {
                return range;
            }
            let whole = file.past(start) == end;
            if whole && file.is(start, Kind::Open, "(") {
                range = start + 1..end - 1;
            } else if file.is(end - 1, Kind::Sign, ";") || file.is(end - 1, Kind::Sign, "!") {
                range = start..end - 1;
            } else if file.is(start, Kind::Word, "await") {
                range = start + 1..end;
            } else {
                let typed = ["as", "satisfies"]
                    .iter()
                    .find_map(|word| file.find(start + 1..end, Kind::Word, word));
                match typed.filter(|at| !file.is(at - 1, Kind::Sign, ".")) {
                    Some(at) => range = start..at,
                    None => return range,
                }
            }
        }
    }

    pub(super) fn split(&mut self, frame: &Frame, range: &Range<usize>) -> Split {
        let file = &frame.file;
        let mut weakest: Option<(usize, usize)> = None;
        let mut at = range.start;
        while at < range.end {
            if !self.step(0) {
                return Split::None;
            }
            if file.kind(at) == Some(Kind::Sign) && at > range.start {
                let strength = match file.word(at) {
                    "?" => {
                        let colon = colon(frame, at + 1..range.end);
                        return colon.map_or(Split::None, |colon| Split::Ternary(at, colon));
                    }
                    "=>" => return Split::None,
                    "||" | "??" => 1,
                    "&&" => 2,
                    "===" | "!==" | "==" | "!=" => 3,
                    "<" | ">" | "<=" | ">=" => 4,
                    "+" | "-" => 5,
                    "*" | "/" | "%" | "**" => 6,
                    _ => 9,
                };
                if strength < 9 && weakest.is_none_or(|(least, _)| strength <= least) {
                    weakest = Some((strength, at));
                }
            }
            at = file.past(at);
        }
        weakest.map_or(Split::None, |(_, at)| Split::Binary(at))
    }

    pub(super) fn known(&mut self, frame: &Frame, range: Range<usize>) -> Known {
        self.deeper(|run| run.worth(frame, range))
            .unwrap_or(Known::UNKNOWN)
    }

    pub(super) fn worth(&mut self, frame: &Frame, range: Range<usize>) -> Known {
        let range = self.bare(frame, range);
        if range.is_empty() {
            return Known::UNKNOWN;
        }
        match self.split(frame, &range) {
            Split::Ternary(mark, colon) => match self.decide(frame, range.start..mark) {
                Some(true) => self.known(frame, mark + 1..colon),
                Some(false) => self.known(frame, colon + 1..range.end),
                None => Known::UNKNOWN,
            },
            Split::Binary(sign) => self.binary(frame, range, sign),
            Split::None => self.single(frame, range),
        }
    }

    pub(super) fn binary(&mut self, frame: &Frame, range: Range<usize>, sign: usize) -> Known {
        let (left, right) = (range.start..sign, sign + 1..range.end);
        let word = frame.file.word(sign);
        if matches!(word, "&&" | "||" | "??") {
            let first = self.known(frame, left);
            let goes_on = match (word, truth(&first, frame)) {
                ("??", None) => None,
                ("??", _) => Some(matches!(first, Known::Value(Value::Nil))),
                ("&&", truth) => truth,
                (_, truth) => truth.map(|truth| !truth),
            };
            return match goes_on {
                Some(true) => self.known(frame, right),
                Some(false) => first,
                None => {
                    // one operand may decide without the other
                    let second = self.known(frame, right);
                    match (word, truth(&second, frame)) {
                        ("&&", Some(false)) => Known::NIL,
                        _ => Known::UNKNOWN,
                    }
                }
            };
        }
        let (first, second) = (self.known(frame, left), self.known(frame, right));
        let (Known::Value(first), Known::Value(second)) = (first, second) else {
            return Known::UNKNOWN;
        };
        if matches!(first, Value::Unknown) || matches!(second, Value::Unknown) {
            return Known::UNKNOWN;
        }
        let truth = match word {
            "===" | "==" => same(&first, &second),
            "!==" | "!=" => same(&first, &second).map(|same| !same),
            "+" => match (first, second) {
                (Value::Text(mut first), Value::Text(second)) => {
                    if !self.room(second.text.len()) {
                        return Known::UNKNOWN;
                    }
                    first.add(&second, 0..second.text.len());
                    return Known::Value(Value::Text(first));
                }
                _ => None,
            },
            _ => match (word, first, second) {
                ("<", Value::Number(first), Value::Number(second)) => Some(first < second),
                (">", Value::Number(first), Value::Number(second)) => Some(first > second),
                ("<=", Value::Number(first), Value::Number(second)) => Some(first <= second),
                (">=", Value::Number(first), Value::Number(second)) => Some(first >= second),
                _ => None,
            },
        };
        truth.map_or(Known::UNKNOWN, |truth| Known::Value(Value::Bool(truth)))
    }

    /// What is no operation on two.
    pub(super) fn single(&mut self, frame: &Frame, range: Range<usize>) -> Known {
        let file = Rc::clone(&frame.file);
        let at = range.start;
        let whole = file.past(at) == range.end;
        let first = file.word(at);
        if file.is(at, Kind::Sign, "!") {
            let truth = self.decide(frame, at + 1..range.end);
            return truth.map_or(Known::UNKNOWN, |truth| Known::Value(Value::Bool(!truth)));
        }
        let value = match file.kind(at) {
            Some(Kind::Str) if whole => {
                let place = file.opened.base + file.tokens[at].at.start + 1;
                let body = if first.len() > 1 {
                    &first[1..first.len() - 1]
                } else {
                    ""
                };
                Value::Text(decoded(body, place))
            }
            Some(Kind::Number) if whole => first
                .replace('_', "")
                .parse()
                .map_or(Value::Unknown, Value::Number),
            Some(Kind::Template) if whole => self
                .filled(frame, at, false)
                .map_or(Value::Unknown, Value::Text),
            Some(Kind::Open) if whole && first == "[" => {
                let parts = file.list(file.inside(at));
                Value::List(
                    parts
                        .into_iter()
                        .map(|part| self.value(frame, part))
                        .collect(),
                )
            }
            Some(Kind::Open) if whole && first == "{" => {
                Value::Map(self.table(frame, file.inside(at)))
            }
            Some(Kind::Tag) if whole => {
                let mut out = Output::default();
                self.markup(frame, range, &mut out);
                return Known::Markup(Rc::new(out));
            }
            Some(Kind::Word) => return self.member(frame, range),
            _ => Value::Unknown,
        };
        Known::Value(value)
    }

    pub(super) fn value(&mut self, frame: &Frame, range: Range<usize>) -> Value {
        match self.known(frame, range) {
            Known::Value(value) => value,
            _ => Value::Unknown,
        }
    }

    /// An object literal; after what it spreads, nothing of it is sure.
    pub(super) fn table(&mut self, frame: &Frame, range: Range<usize>) -> BTreeMap<String, Value> {
        let file = Rc::clone(&frame.file);
        let mut table = BTreeMap::new();
        for part in file.list(range) {
            let key = file.word(part.start).trim_matches(['"', '\'']).to_owned();
            let value = if file.is(part.start + 1, Kind::Sign, ":") {
                self.value(frame, part.start + 2..part.end)
            } else if part.len() == 1 {
                self.value(frame, part.clone())
            } else {
                Value::Unknown
            };
            table.insert(key, value);
        }
        table
    }

    /// A template with what its `${…}` put out; with `partly`, without those that nothing here can tell.
    pub(super) fn filled(&mut self, frame: &Frame, open: usize, partly: bool) -> Option<Pieces> {
        let file = Rc::clone(&frame.file);
        let mut words = Pieces::default();
        let inside = file.inside(open);
        let mut at = inside.start;
        while at < inside.end {
            if file.kind(at) == Some(Kind::Words) {
                let place = file.opened.base + file.tokens[at].at.start;
                let text = decoded(file.word(at), place);
                words.add(&text, 0..text.text.len());
            } else {
                match self.known(frame, file.inside(at)) {
                    Known::Value(Value::Text(text)) if self.room(text.text.len()) => {
                        words.add(&text, 0..text.text.len());
                    }
                    Known::Value(Value::Number(number)) => {
                        words.push_as(&number.to_string(), file.span(file.inside(at)));
                    }
                    _ if partly => {}
                    _ => return None,
                }
            }
            at = file.past(at);
        }
        Some(words)
    }

    pub(super) fn found(&self, frame: &Frame, name: &str) -> Option<Known> {
        let near = frame.names.iter().rev().find(|(of, _)| of == name);
        near.map(|(_, known)| known)
            .or_else(|| frame.file.names.get(name))
            .cloned()
    }

    /// An argument of the call, or what it is by default.
    pub(super) fn prop(
        &mut self,
        frame: &Frame,
        name: &str,
        default: Option<Range<usize>>,
    ) -> Known {
        if name == "children" {
            return Known::Inner;
        }
        match frame.props.given.get(name) {
            Some(Known::Value(Value::Nil)) | None if frame.props.spread => Known::UNKNOWN,
            Some(Known::Value(Value::Nil)) | None => match default {
                Some(default) => self.known(frame, default),
                None => Known::NIL,
            },
            Some(known) => known.clone(),
        }
    }

    /// Whether a condition holds; none when nothing here tells.
    pub(super) fn decide(&mut self, frame: &Frame, range: Range<usize>) -> Option<bool> {
        let known = self.known(frame, range);
        truth(&known, frame)
    }
}

/// The `:` that answers a `?`.
fn colon(frame: &Frame, range: Range<usize>) -> Option<usize> {
    let mut open = 0_usize;
    let mut at = range.start;
    while at < range.end {
        match frame.file.word(at) {
            "?" if frame.file.kind(at) == Some(Kind::Sign) => open += 1,
            ":" if open == 0 => return Some(at),
            ":" => open -= 1,
            _ => {}
        }
        at = frame.file.past(at);
    }
    None
}

/// Whether a value counts as true.
fn truth(known: &Known, frame: &Frame) -> Option<bool> {
    match known {
        Known::Value(value) => match value {
            Value::Unknown => None,
            Value::Nil => Some(false),
            Value::Bool(of) => Some(*of),
            Value::Number(of) => Some(*of != 0.0),
            Value::Text(of) => Some(!of.text.is_empty()),
            Value::List(_) | Value::Map(_) => Some(true),
        },
        Known::Markup(_) | Known::Function(_) | Known::Props => Some(true),
        Known::Inner => match frame.props.inner {
            Inner::Page(paired) => Some(paired),
            Inner::Kids(_) => Some(true),
            Inner::None => Some(false),
        },
        Known::Code(_) | Known::Import(_) | Known::Prop(..) => None,
    }
}

pub(super) fn same(first: &Value, second: &Value) -> Option<bool> {
    match (first, second) {
        (Value::Text(first), Value::Text(second)) => Some(first.text == second.text),
        (Value::Number(first), Value::Number(second)) => Some(first == second),
        (Value::Bool(first), Value::Bool(second)) => Some(first == second),
        (Value::Nil, Value::Nil) => Some(true),
        (Value::List(_) | Value::Map(_), _) | (_, Value::List(_) | Value::Map(_)) => None,
        _ => Some(false),
    }
}
