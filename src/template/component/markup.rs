//! Elements as HTML reads them: their tags with the attributes that are known, and what stands between.

use std::ops::Range;
use std::rc::Rc;

use super::file::{Flavour, Known};
use super::scan::Kind;
use super::signs::void;
use super::{Frame, Mark, Output, Run, Value};
use crate::pieces::Pieces;
use crate::source::Span;

/// An attribute of a tag.
pub(super) struct Attribute {
    pub(super) name: String,
    /// Where it stands in the file.
    pub(super) at: Range<usize>,
    pub(super) value: Given,
}

pub(super) enum Given {
    Nothing,
    /// The token of a string.
    Words(usize),
    Code(Range<usize>),
    /// `{...rest}`.
    Spread,
}

/// Elements that show what is in them and nothing else.
const FRAGMENTS: &[&str] = &["", "Fragment", "React.Fragment", "Suspense", "StrictMode"];
/// Links of libraries: what is in them is words among others.
const LINKS: &[&str] = &[
    "Link",
    "NavLink",
    "NextLink",
    "RouterLink",
    "router-link",
    "NuxtLink",
];
/// Attributes with code for the element's text.
const FILLED: &[&str] = &[
    "dangerouslySetInnerHTML",
    "set:html",
    "v-html",
    "set:text",
    "v-text",
];
/// Numbers in a style that are no lengths.
const UNITLESS: &[&str] = &[
    "opacity",
    "fontWeight",
    "lineHeight",
    "zIndex",
    "flex",
    "order",
];

impl Run<'_> {
    /// Puts out the tokens of markup.
    pub(super) fn markup(&mut self, frame: &Frame, range: Range<usize>, out: &mut Output) {
        let file = Rc::clone(&frame.file);
        let base = file.opened.base;
        let mut at = range.start;
        // elements that may not be shown, by their end tags
        let mut pending: Vec<usize> = Vec::new();
        while at < range.end && self.step(0) {
            let token = &file.tokens[at];
            let raw = file.word(at);
            let place = base + token.at.start;
            match token.kind {
                Kind::Text if file.flavour == Flavour::Jsx => self.jsx_text(raw, place, out),
                Kind::Text => self.verbatim(raw, place, out),
                Kind::Comment if raw.starts_with("<!--") => {}
                Kind::Comment => self.verbatim(raw, place, out),
                Kind::Tag => {
                    let marks = out.marks.len();
                    let next = self.tag(frame, at, range.end, false, out);
                    // the mark of a tag that may be hidden is still open when the element goes on
                    let opened =
                        out.marks[marks..]
                            .iter()
                            .fold(0_isize, |depth, (_, mark)| match mark {
                                Mark::Undecided(_) => depth + 1,
                                Mark::Decided => depth - 1,
                                _ => depth,
                            });
                    if opened > 0 {
                        pending.push(file.tokens[token.end].end);
                    }
                    at = next.max(at + 1);
                    continue;
                }
                Kind::EndTag => {
                    self.end_tag(frame, at, out);
                    if pending.last() == Some(&at) {
                        pending.pop();
                        out.marks.push((out.text.text.len(), Mark::Decided));
                    }
                }
                Kind::Open => {
                    at = self.expression(frame, at, range.end, out);
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        for _ in pending {
            out.marks.push((out.text.text.len(), Mark::Decided));
        }
    }

    /// `{…}` in markup: one past it.
    fn expression(&mut self, frame: &Frame, at: usize, to: usize, out: &mut Output) -> usize {
        let file = &frame.file;
        let mut inside = file.inside(at);
        let end = file.past(at).min(to);
        if file.flavour == Flavour::Vue {
            inside = file.inside(at + 1);
        }
        let sign = file.word(inside.start);
        if file.flavour == Flavour::Svelte && matches!(sign, "#" | "@" | ":" | "/") {
            match (sign, file.word(inside.start + 1)) {
                ("#", _) => {
                    let mut next = end;
                    let span = file.span(at..end);
                    let done = self.deeper(|run| next = run.block_of_svelte(frame, at, to, out));
                    if done.is_none() {
                        self.mark(Mark::Unknown(span), out);
                    }
                    return next.max(at + 1);
                }
                ("@", "html") => self.raw(frame, inside.start + 2..inside.end, out),
                ("@", "render") => self.show(frame, inside.start + 2..inside.end, out),
                _ => {}
            }
            return end;
        }
        self.show(frame, inside, out);
        end
    }

    /// HTML that an expression holds, as it stands.
    fn raw(&mut self, frame: &Frame, code: Range<usize>, out: &mut Output) {
        let span = frame.file.span(code.clone());
        match self.known(frame, code) {
            Known::Value(Value::Text(words)) => {
                let length = words.text.len();
                self.part(&words, 0, length, out);
            }
            Known::Value(Value::Nil) => {}
            _ => self.mark(Mark::Unknown(span), out),
        }
    }

    /// The name that an element is written by; none where it is left out and only what is in it stands.
    fn element_name(name: &str) -> Option<&str> {
        if FRAGMENTS.contains(&name) || name.ends_with("Provider") {
            return None;
        }
        if LINKS.contains(&name) {
            return Some("a");
        }
        Some(name.strip_prefix("motion.").unwrap_or(name))
    }

    fn end_tag(&mut self, frame: &Frame, at: usize, out: &mut Output) {
        let file = &frame.file;
        let raw = file.word(at);
        let name = raw.trim_start_matches("</").trim_end_matches('>').trim();
        let place = file.opened.base + file.tokens[at].at.start;
        let dropped = file.flavour == Flavour::Vue && name == "template";
        match Self::element_name(name).filter(|_| !dropped) {
            Some(same) if same == name => self.verbatim(raw, place, out),
            Some(other) => self.instead(&format!("</{other}>"), file.span(at..at + 1), out),
            None => {}
        }
    }

    /// A tag, and the whole of what it calls where it is no element; where to go on.
    pub(super) fn tag(
        &mut self,
        frame: &Frame,
        at: usize,
        to: usize,
        chosen: bool,
        out: &mut Output,
    ) -> usize {
        let file = Rc::clone(&frame.file);
        let head = file.tokens[at].end;
        if head <= at {
            // nothing ends this tag
            self.mark(Mark::Unknown(file.span(at..at + 1)), out);
            return to;
        }
        let name = file.word(at)[1..].to_owned();
        let past = file.past(at).min(to);
        let vue = file.flavour == Flavour::Vue;
        if vue && !chosen && file.find(at + 1..head, Kind::Attribute, "v-if").is_some() {
            let mut next = past;
            let done = self.deeper(|run| next = run.chain_of_vue(frame, at, to, out));
            if done.is_none() {
                self.mark(Mark::Unknown(file.span(at..past)), out);
            }
            return next;
        }
        if let Some(list) = file
            .find(at + 1..head, Kind::Attribute, "v-for")
            .filter(|_| vue)
        {
            let condition = file.span(list..list + 3);
            if out.marks.last() != Some(&(out.text.text.len(), Mark::Undecided(condition))) {
                self.maybe(condition, out, |run, out| {
                    let done = run.deeper(|run| {
                        let next = run.tag(frame, at, past, true, out);
                        run.markup(frame, next..past, out);
                    });
                    if done.is_none() {
                        run.mark(Mark::Unknown(condition), out);
                    }
                });
                return past;
            }
        }
        if name == "slot" && file.flavour != Flavour::Jsx {
            self.slot(frame, at, past, out);
            return past;
        }
        if self.called(frame, &name) {
            self.call(frame, at, past, out);
            return past;
        }
        if file.flavour == Flavour::Svelte && matches!(name.as_str(), "script" | "style") {
            return past;
        }
        let written = Self::element_name(&name).filter(|_| !vue || name != "template");
        let attributes = self.attributes(frame, at);
        let Some(written) = written else {
            // `<Fragment set:html={…} />`
            return match attributes
                .iter()
                .find(|of| FILLED.contains(&of.name.as_str()))
            {
                Some(Attribute {
                    value: Given::Code(code),
                    ..
                }) => {
                    self.raw(frame, code.clone(), out);
                    past
                }
                _ => head + 1,
            };
        };
        let closes = file.tokens[head].end > head;
        let ends = format!("</{written}>");
        let end_span = file.span(head..head + 1);
        if let Some(span) = self.may_hide(frame, &attributes) {
            self.mark(Mark::Undecided(span), out);
        }
        let hidden = self.open_tag(frame, at, written, &attributes, out);
        let _ = hidden;
        let filled = attributes
            .iter()
            .find(|of| FILLED.contains(&of.name.as_str()));
        if let Some(Attribute {
            value: Given::Code(code),
            name,
            ..
        }) = filled
        {
            let code = if name.starts_with('d') {
                // `{ __html: x }`
                let inner = file.inside(code.start);
                inner.start + 2..inner.end.max(inner.start + 2)
            } else {
                code.clone()
            };
            if name.ends_with("text") {
                self.show(frame, code, out);
            } else {
                self.raw(frame, code, out);
            }
            self.instead(&ends, end_span, out);
            return past;
        }
        let self_closed = file.word(head) == "/>" && !void(written);
        if self_closed {
            self.instead(&ends, end_span, out);
        }
        if !closes && self.may_hide(frame, &attributes).is_some() {
            out.marks.push((out.text.text.len(), Mark::Decided));
        }
        head + 1
    }

    /// What decides whether an element is shown, where nothing here tells.
    fn may_hide(&mut self, frame: &Frame, attributes: &[Attribute]) -> Option<Span> {
        for attribute in attributes {
            let Given::Code(code) = &attribute.value else {
                continue;
            };
            let unknown = match attribute.name.as_str() {
                "hidden" | "v-show" => self.decide(frame, code.clone()).is_none(),
                "style" => match self.known(frame, code.clone()) {
                    Known::Value(Value::Map(table)) => ["display", "visibility"]
                        .iter()
                        .any(|key| matches!(table.get(*key), Some(Value::Unknown))),
                    _ => false,
                },
                _ => false,
            };
            if unknown {
                return Some(frame.file.span(code.clone()));
            }
        }
        None
    }

    /// The attributes of a tag, as they are written.
    pub(super) fn attributes(&mut self, frame: &Frame, tag: usize) -> Vec<Attribute> {
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

    fn open_tag(
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
    fn attribute_value(&mut self, frame: &Frame, name: &str, code: Range<usize>) -> Option<Pieces> {
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
    fn classes(&mut self, frame: &Frame, code: Range<usize>) -> String {
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
