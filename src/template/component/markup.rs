//! Elements as HTML reads them: their tags with the attributes that are known, and what stands between.

mod attributes;

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
pub(super) const LINKS: &[&str] = &[
    "Link",
    "NavLink",
    "NextLink",
    "RouterLink",
    "router-link",
    "NuxtLink",
];
/// Attributes with code for the element's text.
pub(super) const FILLED: &[&str] = &[
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
            let past = file.plain[at];
            if past > at && past <= range.end && self.step(past - at) {
                let whole = token.at.start..file.tokens[past - 1].at.end;
                self.verbatim(&file.text()[whole], place, out);
                at = past;
                continue;
            }
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
    pub(super) fn expression(
        &mut self,
        frame: &Frame,
        at: usize,
        to: usize,
        out: &mut Output,
    ) -> usize {
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
    pub(super) fn raw(&mut self, frame: &Frame, code: Range<usize>, out: &mut Output) {
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
    pub(super) fn element_name(name: &str) -> Option<&str> {
        if FRAGMENTS.contains(&name) || name.ends_with("Provider") {
            return None;
        }
        if LINKS.contains(&name) {
            return Some("a");
        }
        Some(name.strip_prefix("motion.").unwrap_or(name))
    }

    pub(super) fn end_tag(&mut self, frame: &Frame, at: usize, out: &mut Output) {
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
        self.open_tag(frame, at, written, &attributes, out);
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
    pub(super) fn may_hide(&mut self, frame: &Frame, attributes: &[Attribute]) -> Option<Span> {
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
}
