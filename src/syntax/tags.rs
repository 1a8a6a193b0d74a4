//! HTML elements inside another syntax: a tokenizer with offsets, and the stack of open elements that says what a reader sees.
//! It is no tree builder: implied end tags are known for the elements that hold prose. External style sheets are out of reach.

use std::ops::Range;

use super::builder::Builder;
use super::hiding::{UNRENDERED, hides};
use super::html_events::{Event, Tag, events};
use super::pieces::Pieces;
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

/// The elements that are open.
#[derive(Debug, Default)]
pub(super) struct Tags {
    open: Vec<Element>,
}

#[derive(Debug)]
struct Element {
    name: Box<str>,
    hides: Option<Hidden>,
    /// Why what stands in it is not seen: its own reason or that of an element round it.
    why: Option<Hidden>,
}

/// Browsers nest no deeper either.
const DEEPEST: usize = 512;

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
    pub(super) fn read(&mut self, html: &Pieces, builder: &mut Builder) {
        events(html, |event| match event {
            Event::Open(tag) => self.open(tag, builder),
            Event::Close(name, span) => self.close(&name, span, builder),
            Event::Text(start, end) => text(html, start..end, builder),
            Event::Comment(span, body) => builder.comment(span, body),
        });
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
        let hides = hides(&tag);
        if self.open.len() >= DEEPEST {
            self.too_deep(&tag, hides, builder);
            return;
        }
        let outer = self.open.last();
        // the summary of a closed `<details>` is seen where the `<details>` itself is
        let summary =
            &*tag.name == "summary" && outer.is_some_and(|of| of.hides == Some(Hidden::Collapsed));
        let round = if summary {
            self.open.iter().rev().nth(1)
        } else {
            outer
        };
        let why = round.and_then(|of| of.why).or(hides);
        self.open.push(Element {
            name: tag.name,
            hides,
            why,
        });
        self.tell(builder);
    }

    /// Elements below the deepest are not kept apart: one that hides takes all that stands there with it.
    fn too_deep(&mut self, tag: &Tag, hides: Option<Hidden>, builder: &mut Builder) {
        if let (Some(last), Some(_)) = (self.open.last_mut(), hides) {
            last.why = last.why.or(hides);
            let message = format!(
                "elements nest deeper than {DEEPEST}: what stands inside is taken as not seen"
            );
            builder.problem(tag.span, message);
            self.tell(builder);
        }
    }

    fn close(&mut self, name: &str, span: Span, builder: &mut Builder) {
        if name == "br" {
            return builder.space(span);
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
        builder.hidden_by_element = self.open.last().and_then(|element| element.why);
    }
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
fn text(html: &Pieces, range: Range<usize>, builder: &mut Builder) {
    const LONGEST: usize = 40;
    let (mut at, end) = (range.start, range.end);
    while at < end {
        let rest = &html.text[at..end];
        let plain = rest.find('&').unwrap_or(rest.len());
        if plain > 0 {
            html.tell(at..at + plain, builder);
            at += plain;
            continue;
        }
        let reach = rest[1..]
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'))
            .map_or(rest.len(), |length| 1 + length);
        let closed = reach + usize::from(rest[reach..].starts_with(';'));
        let entity = &rest[..closed.min(LONGEST)];
        let decoded = htmlize::unescape(entity);
        builder.text_as(&decoded, html.span(at, at + entity.len()));
        at += entity.len();
    }
}
