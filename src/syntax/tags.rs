//! HTML elements inside another syntax: a tokenizer with offsets, and the stack of open elements that says what a reader sees.
//! It is no tree builder: implied end tags are known for the elements that hold prose. External style sheets are out of reach.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as Bytes, Tokenizer};

use super::builder::Builder;
use crate::document::{BlockKind, Hidden};
use crate::source::Span;

/// Attributes that hold words for a reader who does not see the element itself, or for a machine.
const WORDY: &[(&str, &str)] = &[
    ("alt", "the `alt` of an image"),
    ("title", "a `title` attribute"),
    ("aria-label", "an `aria-label`"),
    ("placeholder", "a `placeholder`"),
    ("content", "a `content` attribute"),
    ("value", "a `value` attribute"),
    ("summary", "a `summary` attribute"),
    ("label", "a `label` attribute"),
];
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
const UNRENDERED: &[&str] = &[
    "template", "script", "style", "noscript", "head", "title", "iframe", "object", "noembed",
    "noframes", "datalist", "textarea",
];
const HIDING_CLASSES: &[&str] = &[
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "screen-reader-only",
    "screenreader",
    "d-none",
    "hidden",
    "hide",
    "invisible",
    "is-hidden",
    "u-hidden",
    "element-invisible",
    "show-for-sr",
    "uk-hidden",
    "display-none",
    "is-sr-only",
    "a11y-hidden",
    "offscreen",
];

/// The elements that are open.
#[derive(Debug, Default)]
pub(super) struct Tags {
    open: Vec<Element>,
}

#[derive(Debug)]
struct Element {
    name: Box<str>,
    hides: Option<Hidden>,
}

/// One tag, with its attributes decoded.
struct Tag {
    name: Box<str>,
    span: Span,
    attributes: Vec<(Box<str>, String, Span)>,
    closed: bool,
}

enum Event {
    Open(Tag),
    Close(Box<str>),
    Text(usize, usize),
    Comment(usize, usize),
}

/// A stretch of HTML that may lie in the source in several pieces, as in a block quote.
#[derive(Debug, Default)]
pub(super) struct Html {
    text: String,
    /// (byte of `text`, byte of the source)
    pieces: Vec<(usize, usize)>,
}

impl Html {
    pub(super) fn push(&mut self, raw: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(raw);
    }

    fn source(&self, at: usize) -> usize {
        let piece = self
            .pieces
            .partition_point(|(start, _)| *start <= at)
            .max(1)
            - 1;
        self.pieces
            .get(piece)
            .map_or(at, |(start, source)| source + (at - start))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let last = if end > start {
            self.source(end - 1) + 1
        } else {
            self.source(end)
        };
        Span::new(self.source(start), last)
    }

    /// The parts of a range that lie in the source as one.
    fn parts(&self, start: usize, end: usize) -> Vec<(usize, usize)> {
        let first = self.pieces.partition_point(|(at, _)| *at <= start);
        let last = self.pieces.partition_point(|(at, _)| *at < end);
        let mut cuts = vec![start];
        cuts.extend(
            self.pieces[first..last.max(first)]
                .iter()
                .map(|(at, _)| *at),
        );
        cuts.push(end);
        cuts.windows(2).map(|pair| (pair[0], pair[1])).collect()
    }
}

impl Tags {
    /// How many elements are open: to [`Tags::truncate`] to when what holds them ends.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Closes what was opened since `depth`.
    pub(super) fn truncate(&mut self, depth: usize, builder: &mut Builder) {
        if self.open.len() > depth {
            self.open.truncate(depth);
            self.tell(builder);
        }
    }

    /// Reads a stretch of HTML into the document.
    pub(super) fn read(&mut self, html: &Html, builder: &mut Builder) {
        for event in events(html) {
            match event {
                Event::Open(tag) => self.open(tag, builder),
                Event::Close(name) => self.close(&name, builder),
                Event::Text(start, end) => html
                    .parts(start, end)
                    .into_iter()
                    .for_each(|(start, end)| text(html, start, end, builder)),
                Event::Comment(start, end) => {
                    let opened = html.text[..start].rfind('<').unwrap_or(start);
                    let closed = html.text[end..]
                        .find('>')
                        .map_or(end, |length| end + length + 1);
                    builder.comment(html.span(opened, closed), html.span(start, end));
                }
            }
        }
    }

    fn open(&mut self, tag: Tag, builder: &mut Builder) {
        for (name, value, span) in &tag.attributes {
            let wordy = WORDY
                .iter()
                .find(|(key, _)| **key == **name)
                .map(|(_, place)| *place)
                .or_else(|| name.starts_with("data-").then_some("a `data-` attribute"));
            if let Some(place) = wordy.filter(|_| value.trim().contains(' ')) {
                builder.aside(Hidden::Attribute(place), *span, value, false);
            }
        }
        if &*tag.name == "a"
            && let Some((_, target, _)) = tag.attributes.iter().find(|(name, ..)| &**name == "href")
        {
            builder.link(tag.span, target);
        }
        match &*tag.name {
            "br" => return builder.space(tag.span),
            "hr" => return builder.close(),
            name if VOID.contains(&name) => return,
            _ => {}
        }
        self.imply_ends(&tag.name);
        if let Some(kind) = block(&tag.name) {
            self.tell(builder);
            builder.open(kind);
        }
        if tag.closed && !known(&tag.name) {
            return;
        }
        self.open.push(Element {
            hides: hides(&tag),
            name: tag.name,
        });
        self.tell(builder);
    }

    fn close(&mut self, name: &str, builder: &mut Builder) {
        if name == "br" {
            return builder.space(Span::default());
        }
        if block(name).is_some() {
            builder.close();
        }
        if let Some(at) = self.open.iter().rposition(|element| &*element.name == name) {
            self.open.truncate(at);
            self.tell(builder);
        }
    }

    /// Closes what a start tag closes by itself: `<p>` a paragraph, `<li>` an item, and so on.
    fn imply_ends(&mut self, name: &str) {
        let ends: &[&str] = match name {
            "li" => &["li"],
            "dt" | "dd" => &["dt", "dd"],
            "td" | "th" => &["td", "th"],
            "tr" => &["tr", "td", "th"],
            "option" => &["option"],
            _ if block(name).is_some() => &["p"],
            _ => return,
        };
        let borders = [
            "table",
            "ul",
            "ol",
            "dl",
            "div",
            "section",
            "article",
            "blockquote",
            "details",
            "body",
            "select",
            "aside",
            "main",
        ];
        let reach = self
            .open
            .iter()
            .rposition(|element| borders.contains(&&*element.name))
            .map_or(0, |at| at + 1);
        if let Some(at) = self.open[reach..]
            .iter()
            .position(|element| ends.contains(&&*element.name))
        {
            self.open.truncate(reach + at);
        }
    }

    /// Tells the builder why text that comes now is not seen.
    fn tell(&self, builder: &mut Builder) {
        let mut why = None;
        for (at, element) in self.open.iter().enumerate() {
            let summary = self
                .open
                .get(at + 1)
                .is_some_and(|inner| &*inner.name == "summary");
            if let Some(reason) = element.hides
                && !(reason == Hidden::Collapsed && summary)
            {
                why = Some(reason);
                break;
            }
        }
        builder.hidden_by_element = why;
    }
}

/// Why the content of an element is not seen.
fn hides(tag: &Tag) -> Option<Hidden> {
    let value = |name: &str| {
        tag.attributes
            .iter()
            .find(|(key, ..)| &**key == name)
            .map(|(_, value, _)| value.as_str())
    };
    if let Some(name) = UNRENDERED.iter().find(|name| **name == &*tag.name) {
        return Some(Hidden::Unrendered(name));
    }
    match &*tag.name {
        "code" | "pre" | "kbd" | "samp" | "xmp" | "listing" => return Some(Hidden::Code),
        "del" | "s" | "strike" => return Some(Hidden::Struck),
        "details" if value("open").is_none() => return Some(Hidden::Collapsed),
        "dialog" if value("open").is_none() => {
            return Some(Hidden::Element("`<dialog>` that is not open"));
        }
        _ => {}
    }
    if value("hidden").is_some() {
        return Some(Hidden::Element("the `hidden` attribute"));
    }
    if value("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return Some(Hidden::Element("`aria-hidden`"));
    }
    if let Some(reason) = value("style").and_then(hiding_style) {
        return Some(Hidden::Element(reason));
    }
    let class = value("class")
        .or_else(|| value("classname"))
        .unwrap_or_default();
    class
        .split_whitespace()
        .any(|class| HIDING_CLASSES.contains(&class.to_ascii_lowercase().as_str()))
        .then_some(Hidden::Element("a class such as `sr-only`"))
}

/// Why an inline style hides; later declarations of a property win, as in CSS.
fn hiding_style(style: &str) -> Option<&'static str> {
    let mut reasons: Vec<(&str, Option<&'static str>)> = Vec::new();
    for declaration in style.to_ascii_lowercase().split(';') {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let value = value.replace("!important", "");
        let (property, value) = (property.trim(), value.trim());
        let zero = |value: &str| {
            value
                .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%')
                .parse::<f64>()
                == Ok(0.0)
        };
        let (property, reason) = match property {
            "display" => ("display", (value == "none").then_some("`display: none`")),
            "visibility" => (
                "visibility",
                matches!(value, "hidden" | "collapse").then_some("`visibility: hidden`"),
            ),
            "font-size" => ("font-size", zero(value).then_some("`font-size: 0`")),
            "opacity" => ("opacity", zero(value).then_some("`opacity: 0`")),
            _ => continue,
        };
        reasons.retain(|(other, _)| *other != property);
        reasons.push((property, reason));
    }
    reasons.into_iter().find_map(|(_, reason)| reason)
}

/// What block an element begins, if it begins one.
fn block(name: &str) -> Option<BlockKind> {
    Some(match name {
        "h1" => BlockKind::Heading(1),
        "h2" => BlockKind::Heading(2),
        "h3" => BlockKind::Heading(3),
        "h4" => BlockKind::Heading(4),
        "h5" => BlockKind::Heading(5),
        "h6" => BlockKind::Heading(6),
        "li" | "dt" | "dd" | "option" => BlockKind::Item,
        "td" | "th" => BlockKind::Cell,
        "p" | "div" | "section" | "article" | "aside" | "header" | "footer" | "main" | "nav"
        | "blockquote" | "details" | "summary" | "figure" | "figcaption" | "table" | "thead"
        | "tbody" | "tfoot" | "tr" | "caption" | "ul" | "ol" | "dl" | "form" | "fieldset"
        | "legend" | "address" | "pre" | "center" | "body" | "dialog" | "hgroup" | "menu"
        | "search" | "select" => BlockKind::Paragraph,
        _ => return None,
    })
}

/// Whether `/` in a start tag of this name means nothing, as for every element of HTML itself.
fn known(name: &str) -> bool {
    block(name).is_some()
        || UNRENDERED.contains(&name)
        || matches!(
            name,
            "a" | "span"
                | "b"
                | "i"
                | "em"
                | "strong"
                | "small"
                | "code"
                | "del"
                | "s"
                | "u"
                | "mark"
                | "sub"
                | "sup"
        )
}

/// Visible words of HTML: entities stand for themselves, each part of a decoded one for the whole entity.
fn text(html: &Html, start: usize, end: usize, builder: &mut Builder) {
    let raw = &html.text[start..end];
    let mut at = 0;
    while at < raw.len() {
        let plain = raw[at..].find('&').map_or(raw.len(), |length| at + length);
        if plain > at {
            builder.text(html.span(start + at, start + plain));
            at = plain;
            continue;
        }
        const LONGEST: usize = 40;
        let reach = raw[at + 1..]
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'))
            .map_or(raw.len(), |length| at + 1 + length);
        let closed = reach + usize::from(raw[reach..].starts_with(';'));
        let entity = &raw[at..closed.min(at + LONGEST).max(at + 1)];
        let decoded = htmlize::unescape(entity);
        builder.text_as(&decoded, html.span(start + at, start + at + entity.len()));
        at += entity.len();
    }
}

/// The tags, texts and comments of a stretch of HTML, in order.
fn events(html: &Html) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut tag: Option<Tag> = None;
    let take = |events: &mut Vec<Event>,
                event: CallbackEvent<'_>,
                span: Bytes<usize>,
                tag: &mut Option<Tag>| {
        let own = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (start, end) = (
            span.start.min(html.text.len()),
            span.end.min(html.text.len()),
        );
        match event {
            CallbackEvent::OpenStartTag { name } => {
                *tag = Some(Tag {
                    name: own(name).to_ascii_lowercase().into(),
                    span: html.span(start, end.max(start)),
                    attributes: Vec::new(),
                    closed: false,
                })
            }
            CallbackEvent::AttributeName { name } => {
                if let Some(tag) = tag {
                    tag.attributes.push((
                        own(name).to_ascii_lowercase().into(),
                        String::new(),
                        Span::default(),
                    ));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, text, at)) = tag.as_mut().and_then(|tag| tag.attributes.last_mut())
                {
                    *text = own(value);
                    *at = html.span(start, end.max(start));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(mut tag) = tag.take() {
                    tag.closed = self_closing;
                    tag.span.end = html.span(start, end.max(start)).end.max(tag.span.end);
                    events.push(Event::Open(tag));
                }
            }
            CallbackEvent::EndTag { name } => {
                *tag = None;
                events.push(Event::Close(own(name).to_ascii_lowercase().into()));
            }
            CallbackEvent::String { .. }
                if end > start
                    && html.text.is_char_boundary(start)
                    && html.text.is_char_boundary(end) =>
            {
                events.push(Event::Text(start, end))
            }
            CallbackEvent::Comment { value } => {
                // the span takes in the delimiters; the body is found again inside them
                let body = String::from_utf8_lossy(value);
                let found = html
                    .text
                    .get(start..)
                    .and_then(|rest| rest.find(&*body))
                    .map_or(start, |offset| start + offset);
                let until = (found + body.len()).min(html.text.len());
                if html.text.is_char_boundary(found) && html.text.is_char_boundary(until) {
                    events.push(Event::Comment(found, until));
                }
            }
            CallbackEvent::String { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
    };
    let callback = |event: CallbackEvent<'_>, span: Bytes<usize>| -> Option<()> {
        take(&mut events, event, span, &mut tag);
        None
    };
    let mut emitter = CallbackEmitter::new(callback);
    emitter.naively_switch_states(true);
    for _ in Tokenizer::new_with_emitter(&html.text, emitter).flatten() {}
    events
}
