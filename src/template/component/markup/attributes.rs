//! The attributes of a tag: as they are written, and what those say that are expressions.

use super::*;

impl Run<'_> {
    /// The attributes of a tag, as they are written.
    pub(in crate::template::component) fn attributes(
        &mut self,
        frame: &Frame,
        tag: usize,
    ) -> Vec<Attribute> {
        let file = &frame.file;
        let mut attributes = Vec::new();
        let end = file.tokens[tag].end;
        let mut at = tag + 1;
        while at < end && self.step(0) {
            let past = file.past(at).min(end);
            if file.kind(at) == Some(Kind::Open) {
                let inside = file.inside(at);
                let short = inside.len() == 1 && file.kind(inside.start) == Some(Kind::Word);
                attributes.push(Attribute {
                    name: if short {
                        file.word(inside.start).to_owned()
                    } else {
                        String::new()
                    },
                    at: file.tokens[at].at.start..file.tokens[past - 1].at.end,
                    value: if short {
                        Given::Code(inside)
                    } else {
                        Given::Spread
                    },
                });
            } else if file.kind(at) == Some(Kind::Attribute) {
                let valued = file.is(at + 1, Kind::Sign, "=") && at + 2 < end;
                let value = at + 2;
                let written = file.word(at);
                let bound = written
                    .strip_prefix("v-bind:")
                    .or_else(|| written.strip_prefix(':'));
                let vue = file.flavour == Flavour::Vue;
                let code = vue && (bound.is_some() || written.starts_with("v-"));
                let (given, next) = match file.kind(value).filter(|_| valued) {
                    Some(Kind::Str) if code => {
                        (Given::Code(file.tokens[value].inner.clone()), value + 1)
                    }
                    Some(Kind::Str) => (Given::Words(value), value + 1),
                    Some(Kind::Open) => (Given::Code(file.inside(value)), file.past(value)),
                    Some(_) => (Given::Code(value..file.past(value)), file.past(value)),
                    None => (Given::Nothing, past),
                };
                let next = next.min(end);
                attributes.push(Attribute {
                    name: bound.filter(|_| vue).unwrap_or(written).to_owned(),
                    at: file.tokens[at].at.start..file.tokens[next - 1].at.end,
                    value: given,
                });
                at = next;
                continue;
            }
            at = past;
        }
        attributes
    }

    pub(in crate::template::component) fn open_tag(
        &mut self,
        frame: &Frame,
        at: usize,
        written: &str,
        attributes: &[Attribute],
        out: &mut Output,
    ) {
        let file = &frame.file;
        let base = file.opened.base;
        let token = &file.tokens[at];
        if &file.word(at)[1..] == written {
            self.verbatim(file.word(at), base + token.at.start, out);
        } else {
            self.instead(&format!("<{written}"), file.span(at..at + 1), out);
        }
        for attribute in attributes {
            let span = Span::new(base + attribute.at.start, base + attribute.at.end);
            let name = attribute.name.as_str();
            let internal = name.contains(':') && name != "class:list"
                || name.starts_with(['@', '#'])
                || name.starts_with("v-") && name != "v-show"
                || FILLED.contains(&name)
                || matches!(name, "key" | "ref");
            match &attribute.value {
                _ if internal => {}
                Given::Spread => {}
                Given::Nothing | Given::Words(_) => {
                    self.instead(
                        " ",
                        Span {
                            end: span.start,
                            ..span
                        },
                        out,
                    );
                    let raw = &file.text()[attribute.at.clone()];
                    self.verbatim(raw, base + attribute.at.start, out);
                }
                Given::Code(code) => {
                    let shown = self.attribute_value(frame, name, code.clone());
                    if let Some(value) = shown {
                        let name = match name {
                            "class:list" => "class",
                            "v-show" => "style",
                            name => name,
                        };
                        self.instead(&format!(" {name}=\""), span, out);
                        self.escaped(&value, true, out);
                        self.instead(
                            "\"",
                            Span {
                                start: span.end,
                                ..span
                            },
                            out,
                        );
                    }
                }
            }
        }
        let end = token.end;
        self.instead(">", file.span(end..end + 1), out);
    }

    /// What an attribute says that is an expression; none where it is not there or cannot be told.
    pub(in crate::template::component) fn attribute_value(
        &mut self,
        frame: &Frame,
        name: &str,
        code: Range<usize>,
    ) -> Option<Pieces> {
        let span = frame.file.span(code.clone());
        let literal = |shown: &str| {
            let mut words = Pieces::default();
            words.push_as(shown, span);
            words
        };
        if matches!(name, "class" | "className" | "class:list") {
            return Some(literal(&self.classes(frame, code))).filter(|of| !of.text.is_empty());
        }
        if name == "v-show" {
            let hidden = self.decide(frame, code) == Some(false);
            return hidden.then(|| literal("display:none"));
        }
        match self.known(frame, code) {
            Known::Value(Value::Text(words)) => Some(words),
            Known::Value(Value::Bool(true)) => Some(literal("true")),
            Known::Value(Value::Number(number)) => Some(literal(&number.to_string())),
            Known::Value(Value::Map(table)) if name == "style" => {
                let mut css = String::new();
                for (key, value) in table {
                    let value = match value {
                        Value::Text(words) => words.text,
                        Value::Number(of) if of == 0.0 || UNITLESS.contains(&key.as_str()) => {
                            of.to_string()
                        }
                        Value::Number(of) => format!("{of}px"),
                        _ => continue,
                    };
                    if !css.is_empty() {
                        css.push(';');
                    }
                    for c in key.chars() {
                        if c.is_ascii_uppercase() {
                            css.push('-');
                        }
                        css.push(c.to_ascii_lowercase());
                    }
                    css += &format!(":{value}");
                }
                Some(literal(&css)).filter(|of| !of.text.is_empty())
            }
            _ => None,
        }
    }

    /// The class names that are sure: `cn('a', x && 'b')` → `a`.
    pub(in crate::template::component) fn classes(
        &mut self,
        frame: &Frame,
        code: Range<usize>,
    ) -> String {
        let file = Rc::clone(&frame.file);
        let at = code.start;
        let whole = !code.is_empty() && file.past(at) == code.end;
        if whole && file.kind(at) == Some(Kind::Template) {
            let words = self.filled(frame, at, true);
            return words.map(|words| words.text).unwrap_or_default();
        }
        let called = file.is(at + 1, Kind::Open, "(") && file.past(at + 1) == code.end;
        let list = match (called, file.is(at, Kind::Open, "[") && whole) {
            (true, _) => file.inside(at + 1),
            (_, true) => file.inside(at),
            _ => code,
        };
        let mut classes = Vec::new();
        for part in file.list(list) {
            if let Known::Value(Value::Text(words)) = self.known(frame, part) {
                classes.push(words.text);
            }
        }
        classes.join(" ")
    }
}
