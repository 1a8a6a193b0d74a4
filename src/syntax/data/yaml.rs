//! YAML: every document of a stream, its events read without recursion. An alias is not expanded: what its anchor says is read
//! once, where it stands, be it chosen there or by a key that an alias stands under.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle};

use super::{Data, KeyPath, Keys, Strings};
use crate::document::{Document, MetaValue};
use crate::source::{Source, Span};
use crate::syntax::escapes::{Breaks, Style, align};
use crate::syntax::meta;

pub(in crate::syntax) const YAML: Data = Data {
    name: "yaml",
    extensions: &["yaml", "yml"],
    read,
};

enum Open {
    /// Whether its next node is a value.
    Mapping(bool),
    /// The number of the next item.
    Sequence(usize),
}

/// A string, as it is written.
type Scalar<'a> = (Cow<'a, str>, ScalarStyle, Span);

struct Reader<'a> {
    base: usize,
    text: &'a str,
    strings: Strings<'a>,
    /// What is open, and whether it is itself a key.
    open: Vec<(Open, bool)>,
    path: KeyPath,
    /// Strings with an anchor.
    anchors: HashMap<usize, Scalar<'a>>,
}

fn read(source: &Arc<Source>, keys: &[&Keys]) -> Document {
    let base = source.bom();
    let mut reader = Reader {
        base,
        text: &source.text()[base..],
        strings: Strings::new(source, keys),
        open: Vec::new(),
        path: KeyPath::default(),
        anchors: HashMap::new(),
    };
    for next in Parser::new_from_str(reader.text) {
        match next {
            Ok((event, span)) => {
                let bytes = span.byte_range().unwrap_or(0..0);
                let span = Span::new(base + bytes.start, base + bytes.end);
                reader.event(event, span);
            }
            Err(wrong) => {
                let at = wrong.marker().byte_offset().unwrap_or(0);
                let at = at.min(reader.text.len());
                let rest = reader.text.get(at..).unwrap_or_default();
                let length = rest.chars().next().map_or(0, char::len_utf8);
                let span = Span::new(base + at, base + at + length);
                let message = format!("the file is no YAML: {}", wrong.info());
                reader.strings.problem(span, message);
                break;
            }
        }
    }
    reader.strings.finish()
}

impl<'a> Reader<'a> {
    fn event(&mut self, event: Event<'a>, span: Span) {
        match event {
            Event::MappingStart(..) => self.enter(Open::Mapping(false)),
            Event::SequenceStart(..) => self.enter(Open::Sequence(0)),
            Event::MappingEnd | Event::SequenceEnd => {
                if let Some((_, false)) = self.open.pop() {
                    self.done();
                }
            }
            Event::Scalar(shown, style, anchor, tag) => {
                let binary = tag.is_some_and(|tag| tag.suffix() == "binary");
                self.scalar((shown, style, span), anchor, binary);
            }
            Event::Alias(anchor) => self.alias(anchor),
            Event::Comment(..) => {
                let body = Span::new(span.start as usize + 1, span.end as usize);
                self.strings.comment(span, body);
            }
            _ => {}
        }
    }

    fn enter(&mut self, what: Open) {
        let key = self.begin("?");
        self.open.push((what, key));
    }

    /// A node begins: as a key it is one step of the path, of this name. Gives whether it is a key.
    fn begin(&mut self, name: &str) -> bool {
        match self.open.last_mut() {
            Some((Open::Mapping(value @ false), _)) => {
                self.path.push(name);
                *value = true;
                return true;
            }
            Some((Open::Sequence(number), _)) => self.path.push(&number.to_string()),
            Some(_) | None => {}
        }
        false
    }

    /// A value has ended.
    fn done(&mut self) {
        match self.open.last_mut() {
            Some((Open::Mapping(value), _)) => *value = false,
            Some((Open::Sequence(number), _)) => *number += 1,
            None => return,
        }
        self.path.pop();
    }

    fn scalar(&mut self, scalar: Scalar<'a>, anchor: usize, binary: bool) {
        if self.begin(&scalar.0) {
            return;
        }
        let plain = scalar.1 == ScalarStyle::Plain;
        if !binary && matches!(meta::scalar(&scalar.0, plain), MetaValue::Text(_)) {
            if anchor > 0 {
                self.anchors.insert(anchor, scalar.clone());
            }
            if self.take(&scalar) {
                self.anchors.remove(&anchor);
            }
        }
        self.done();
    }

    /// As a value it is what the anchor says, if that was not read yet.
    fn alias(&mut self, anchor: usize) {
        if self.begin("*") {
            return;
        }
        if let Some(scalar) = self.anchors.remove(&anchor)
            && !self.take(&scalar)
        {
            self.anchors.insert(anchor, scalar);
        }
        self.done();
    }

    /// Whether the string is content under the key that is being read.
    fn take(&mut self, (shown, style, span): &Scalar<'_>) -> bool {
        let (raw, at) = (
            self.text
                .get(span.start as usize - self.base..span.end as usize - self.base),
            span.start as usize,
        );
        let raw = raw.unwrap_or_default();
        self.strings.string(&self.path.text, *span, || {
            let style_of = |backslash, doubled, breaks| Style {
                backslash,
                doubled,
                breaks,
            };
            let quoted = raw.get(1..raw.len().max(2) - 1).unwrap_or_default();
            match style {
                ScalarStyle::DoubleQuoted => {
                    align(quoted, at + 1, shown, style_of(true, false, Breaks::Folded))
                }
                ScalarStyle::SingleQuoted => {
                    align(quoted, at + 1, shown, style_of(false, true, Breaks::Folded))
                }
                ScalarStyle::Plain => align(raw, at, shown, style_of(false, false, Breaks::Folded)),
                ScalarStyle::Literal | ScalarStyle::Folded => {
                    let body = body(raw);
                    let style = style_of(false, false, Breaks::Block);
                    align(&raw[body..], at + body, shown, style)
                }
            }
        })
    }
}

/// Where the lines of a block begin, after its `|` or `>` with what belongs to it.
fn body(raw: &str) -> usize {
    if raw.starts_with(['|', '>']) {
        raw.find('\n').map_or(raw.len(), |end| end + 1)
    } else {
        0
    }
}
