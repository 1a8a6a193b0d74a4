//! The stack of open HTML elements, which says what a reader sees, as the tree construction of the HTML standard (§13.2.6) would
//! have it: implied end tags, formatting that goes on after its block, end tags that nothing answers. No tree is built: foster
//! parenting in tables is not done, and style sheets are out of reach.

use std::ops::Range;

use super::builder::Builder;
use super::elements::{FORMATTING, IN_HEAD, VOID, WORDY, block, implied, known, list, stops};
use super::hiding::{apart, hides};
use super::html_events::{Event, MOST_VALUES, Tag, events};
use super::pieces::Pieces;
use crate::document::Hidden;
use crate::source::Span;

/// The elements that are open.
#[derive(Debug, Default)]
pub(super) struct Tags {
    open: Vec<Element>,
    markup: Markup,
}

/// Whose rules the tags follow.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    /// A page of HTML, as browsers read it.
    #[default]
    Html,
    /// HTML in another syntax, where components of site generators stand too: `<Name />` is closed.
    Embedded,
    /// JSX: every element is closed by its own tag and by nothing else.
    Jsx,
}

#[derive(Debug)]
struct Element {
    name: Box<str>,
    hides: Option<Hidden>,
    /// Why what stands in it is not seen: its own reason or that of an element round it.
    why: Option<Hidden>,
    /// The link that it is, by number in the document.
    link: Option<usize>,
    /// Whether it stands apart from the words round it, though no block by its name.
    apart: bool,
    /// Whether each element in it does.
    row: bool,
}

/// Browsers nest no deeper either.
const DEEPEST: usize = 512;
/// The "Noah's Ark clause" of the HTML standard: so many equal formatting elements go on after their block.
const ALIKE: usize = 3;

impl Tags {
    pub(super) fn new(markup: Markup) -> Self {
        Self {
            open: Vec::new(),
            markup,
        }
    }

    pub(super) fn markup(&self) -> Markup {
        self.markup
    }

    /// How many elements are open: to [`Tags::truncate`] to when what holds them ends.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Closes what was opened since `depth`.
    pub(super) fn truncate(&mut self, depth: usize, builder: &mut Builder) {
        if self.open.len() > depth {
            self.drop_from(depth, false, builder);
            self.tell(builder);
        }
    }

    /// Reads a stretch of HTML into the document.
    pub(super) fn read(&mut self, html: &Pieces, builder: &mut Builder) {
        events(html, |event| match event {
            Event::Open(tag) => self.open(tag, builder),
            Event::Close(name, span) => self.close(&name, span, builder),
            Event::Text(start, end) => {
                let shown = html.text[start..end].trim();
                if !shown.is_empty() {
                    self.leave_head("", builder);
                }
                if !self.footnote_mark(shown, builder) {
                    text(html, start..end, builder);
                }
            }
            Event::Comment(span, body) => builder.comment(span, body),
            Event::Unread(span) => builder.problem(
                span,
                format!(
                    "a tag with more than {MOST_VALUES} attributes: it and what follows is not read"
                ),
            ),
        });
    }

    pub(super) fn open(&mut self, tag: Tag, builder: &mut Builder) {
        self.leave_head(&tag.name, builder);
        attributes(&tag, self.markup, builder);
        match &*tag.name {
            "br" => return builder.space(tag.span),
            "hr" => return builder.close(),
            name if VOID.contains(&name) => return,
            _ => {}
        }
        self.imply_ends(&tag.name, builder);
        if let Some(kind) = block(&tag.name) {
            self.tell(builder);
            builder.open(kind);
        }
        if tag.closed && self.closes_itself(&tag.name) {
            return;
        }
        let hides = hides(&tag);
        if self.open.len() >= DEEPEST {
            self.too_deep(&tag, hides, builder);
            return;
        }
        let target = tag.attributes.iter().find(|(name, ..)| &**name == "href");
        let link = match target {
            Some((_, target, _)) if &*tag.name == "a" => builder.link(tag.span, target),
            _ => None,
        };
        let (apart, row) = apart(&tag);
        let apart = apart || self.open.last().is_some_and(|last| last.row);
        if apart {
            builder.space(tag.span);
        }
        if list(&tag.name) {
            builder.open_list();
        }
        builder.quotes += usize::from(&*tag.name == "blockquote");
        self.open.push(Element {
            name: tag.name,
            hides,
            why: None,
            link,
            apart,
            row,
        });
        self.explain(self.open.len() - 1);
        self.tell(builder);
    }

    /// Whether `/` at the end of its start tag closes an element.
    fn closes_itself(&self, name: &str) -> bool {
        match self.markup {
            Markup::Jsx => true,
            Markup::Embedded => !known(name),
            Markup::Html => {
                matches!(name, "svg" | "math")
                    || self
                        .open
                        .iter()
                        .any(|of| matches!(&*of.name, "svg" | "math"))
            }
        }
    }

    /// Whether a text is the mark of a footnote, as in `<sup><a href="#n1">[1]</a></sup>`: no word of the sentence it stands in.
    fn footnote_mark(&self, shown: &str, builder: &mut Builder) -> bool {
        const NEAR: usize = 4;
        let mark = shown.trim_matches(['[', ']', '(', ')']);
        let number = mark.len() <= 3 && mark.chars().all(|c| c.is_ascii_digit());
        let near = || self.open.iter().rev().take(NEAR);
        (number || matches!(mark, "*" | "†" | "‡" | "§"))
            && near().any(|of| &*of.name == "sup")
            && near()
                .find_map(|of| of.link)
                .is_some_and(|number| builder.document().links[number].target.starts_with('#'))
    }

    /// Ends `<head>` where something stands that cannot be in it.
    fn leave_head(&mut self, name: &str, builder: &mut Builder) {
        if self.open.last().is_some_and(|last| &*last.name == "head") && !IN_HEAD.contains(&name) {
            self.drop_from(self.open.len() - 1, false, builder);
            self.tell(builder);
        }
    }

    /// Says of each element from `first` on why what stands in it is not seen.
    fn explain(&mut self, first: usize) {
        for at in first..self.open.len() {
            let element = &self.open[at];
            let outer = at.checked_sub(1).map(|at| &self.open[at]);
            // the summary of a closed `<details>` is seen where the `<details>` itself is
            let summary = &*element.name == "summary"
                && outer.is_some_and(|of| of.hides == Some(Hidden::Collapsed));
            let round = if summary {
                at.checked_sub(2).map(|at| &self.open[at])
            } else {
                outer
            };
            self.open[at].why = round.and_then(|of| of.why).or(element.hides);
        }
    }

    /// Elements below the deepest are not kept apart: one that hides takes all that stands there with it.
    fn too_deep(&mut self, tag: &Tag, hides: Option<Hidden>, builder: &mut Builder) {
        if let (Some(last), Some(_)) = (self.open.last_mut(), hides) {
            last.hides = last.hides.or(hides);
            last.why = last.why.or(hides);
            let message = format!(
                "elements nest deeper than {DEEPEST}: what stands inside is taken as not seen"
            );
            builder.problem(tag.span, message);
            self.tell(builder);
        }
    }

    pub(super) fn close(&mut self, name: &str, span: Span, builder: &mut Builder) {
        if name == "br" {
            return builder.space(span);
        }
        let found = self.answering(name);
        if block(name).is_some() && (found.is_some() || self.markup != Markup::Html || name == "p")
        {
            builder.close();
        }
        let Some(at) = found else { return };
        if self.open[at].apart {
            builder.space(span);
        }
        if let Some(link) = self.open[at].link {
            builder.end_link(link, span.end);
        }
        let crossed = self.open[at + 1..]
            .iter()
            .any(|of| block(&of.name).is_some());
        if FORMATTING.contains(&name) && crossed && self.markup != Markup::Jsx {
            // the "adoption agency": the formatting ends, the blocks in it do not
            self.open.remove(at);
            self.explain(at);
        } else {
            self.drop_from(at, true, builder);
        }
        self.tell(builder);
    }

    /// The open element that an end tag closes.
    fn answering(&self, name: &str) -> Option<usize> {
        let heading = |name: &str| {
            name.len() == 2 && name.starts_with('h') && name.ends_with(|c: char| c.is_ascii_digit())
        };
        for (at, element) in self.open.iter().enumerate().rev() {
            if *element.name == *name || (heading(name) && heading(&element.name)) {
                return Some(at);
            }
            if self.markup != Markup::Jsx && stops(name, &element.name) {
                return None;
            }
        }
        None
    }

    /// Closes what a start tag closes by itself: `<p>` a paragraph, `<li>` an item, and so on.
    fn imply_ends(&mut self, name: &str, builder: &mut Builder) {
        let (ends, stops) = implied(name);
        if ends.is_empty() || self.markup == Markup::Jsx {
            return;
        }
        for at in (0..self.open.len()).rev() {
            let open = &*self.open[at].name;
            if ends.contains(&open) {
                return self.drop_from(at, true, builder);
            }
            if stops.contains(&open) {
                return;
            }
        }
    }

    /// Takes the elements from `at` on away; formatting that was opened in them goes on when `reconstruct` says so.
    fn drop_from(&mut self, at: usize, reconstruct: bool, builder: &mut Builder) {
        let dropped = self.open.split_off(at);
        for element in dropped.iter().rev() {
            if list(&element.name) {
                builder.close_list();
            }
            builder.quotes -= usize::from(&*element.name == "blockquote");
        }
        let border = dropped
            .first()
            .is_some_and(|of| matches!(&*of.name, "td" | "th" | "caption" | "object" | "template"));
        if !reconstruct || border || self.markup == Markup::Jsx {
            return;
        }
        for element in dropped.into_iter().skip(1) {
            let alike = |of: &&Element| of.name == element.name && of.hides == element.hides;
            if FORMATTING.contains(&&*element.name)
                && self.open.iter().filter(alike).count() < ALIKE
            {
                self.open.push(element);
            }
        }
        self.explain(at);
    }

    /// Tells the builder why text that comes now is not seen.
    fn tell(&self, builder: &mut Builder) {
        builder.hidden_by_element = self.open.last().and_then(|element| element.why);
    }
}

/// Words in attributes.
fn attributes(tag: &Tag, markup: Markup, builder: &mut Builder) {
    let component = markup == Markup::Jsx && !known(&tag.name);
    for (name, value, span) in &tag.attributes {
        let wordy = WORDY
            .iter()
            .find(|(key, _)| **key == **name)
            .map(|(_, place)| *place)
            .or_else(|| name.starts_with("data-").then_some("a `data-` attribute"))
            .or_else(|| component.then_some("an attribute of a component"));
        if let Some(place) = wordy.filter(|_| value.trim().contains(' ')) {
            builder.aside(Hidden::Attribute(place), *span, value, false);
        }
    }
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
