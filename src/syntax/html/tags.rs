//! The stack of open HTML elements, which says what a reader sees, as the tree construction of the HTML standard (§13.2.6) would
//! have it: implied end tags, formatting that goes on after its block, end tags that nothing answers, words that cannot be in a
//! table. No tree is built, so words that the standard moves out of an element later stay where they were told, and style
//! sheets are out of reach.

use super::elements::{
    FORMATTING, IN_HEAD, VOID, block, implied, known, list, marks, renews, shields, stops,
    table_part,
};
use super::events::{Event, MOST_VALUES, Tag, events};
use super::hiding::{apart, hides};
use super::kept::events_of_shared;
use super::styles::styled;
use super::tables::in_table;
use super::words::{attributes, text};
use crate::document::Hidden;
use crate::pieces::Pieces;
use crate::source::Span;
use crate::template::Mark;
use crate::text::Style;
use std::ops::Range;
use std::rc::Rc;

use crate::syntax::builder::Builder;

/// The elements that are open.
#[derive(Debug, Default)]
pub(in crate::syntax) struct Tags {
    pub(in crate::syntax) open: Vec<Element>,
    /// Formatting whose block has ended: it begins again with the next words. "Reconstruct the active formatting elements",
    /// §13.2.4.3.
    pub(in crate::syntax) pending: Vec<Element>,
    pub(in crate::syntax) markup: Markup,
}

/// Whose rules the tags follow.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(in crate::syntax) enum Markup {
    /// A page of HTML, as browsers read it.
    #[default]
    Html,
    /// HTML in another syntax, where components of site generators stand too: `<Name />` is closed.
    Embedded,
    /// JSX: every element is closed by its own tag and by nothing else.
    Jsx,
}

#[derive(Debug)]
pub(in crate::syntax) struct Element {
    pub(in crate::syntax) name: Rc<str>,
    pub(in crate::syntax) hides: Option<Hidden>,
    /// Why what stands in it is not seen: its own reason or that of an element round it.
    why: Option<Hidden>,
    /// The link that it is, by number in the document.
    pub(in crate::syntax) link: Option<usize>,
    /// Whether it is the summary of a closed `<details>`.
    summary: bool,
    /// Whether it is a `<details>` that has its summary.
    summed: bool,
    /// Whether it stands apart from the words round it, though no block by its name.
    apart: bool,
    /// Whether each element in it does.
    row: bool,
    /// Whether it is part of the frame of a page.
    pub(in crate::syntax) frame: bool,
    /// How it shows what stands in it, and how that is shown with the elements round it.
    style: Style,
    shown: Style,
    /// The formatting that waits for its end to go on.
    pub(in crate::syntax) waiting: Vec<Self>,
}

impl Element {
    pub(in crate::syntax) fn plain(name: Rc<str>) -> Self {
        Self {
            name,
            hides: None,
            why: None,
            link: None,
            summary: false,
            summed: false,
            apart: false,
            row: false,
            frame: false,
            style: Style::default(),
            shown: Style::default(),
            waiting: Vec::new(),
        }
    }
}

/// Browsers nest no deeper either.
const DEEPEST: usize = 512;
impl Tags {
    pub(in crate::syntax) fn new(markup: Markup) -> Self {
        Self {
            open: Vec::new(),
            pending: Vec::new(),
            markup,
        }
    }

    pub(in crate::syntax) fn markup(&self) -> Markup {
        self.markup
    }

    /// How many elements are open: to [`Tags::truncate`] to when what holds them ends.
    pub(in crate::syntax) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Closes what was opened since `depth`.
    pub(in crate::syntax) fn truncate(&mut self, depth: usize, builder: &mut Builder) {
        if self.open.len() > depth {
            self.drop_from(depth, None, builder);
            self.tell(builder);
        }
    }

    /// Reads a stretch of HTML into the document.
    pub(in crate::syntax) fn read(&mut self, html: &Pieces, builder: &mut Builder) {
        events(html, |_, event| self.take(event, html, builder));
    }

    /// Reads a stretch of what is brought in, with what is no text in it: each mark is told where it stands, or after the tag it
    /// stands in.
    pub(in crate::syntax) fn read_marked(
        &mut self,
        html: &Pieces,
        marks: &[(usize, Mark)],
        builder: &mut Builder,
    ) {
        let mut next = 0;
        let page = builder.page().text().len();
        events_of_shared(html, page + 1, |start, event| {
            while let Some((_, mark)) = marks.get(next).filter(|(at, _)| *at <= start) {
                builder.mark_of(mark);
                next += 1;
            }
            let Event::Text(mut from, to) = event else {
                return self.take(event, html, builder);
            };
            while let Some((at, mark)) = marks.get(next).filter(|(at, _)| *at < to) {
                self.text(html, from..*at, builder);
                builder.mark_of(mark);
                from = *at;
                next += 1;
            }
            self.text(html, from..to, builder);
        });
        for (_, mark) in &marks[next..] {
            builder.mark_of(mark);
        }
    }

    fn take(&mut self, event: Event, html: &Pieces, builder: &mut Builder) {
        match event {
            // components stand among HTML too, as in VitePress
            Event::Open(tag) if self.embedded() && builder.component(&tag) => {}
            Event::Open(tag) => self.open(tag, builder),
            Event::Close(name, _) if self.embedded() && builder.end_component(&name) => {}
            Event::Close(name, span) => self.close(&name, span, builder),
            Event::Text(from, to) => self.uncommented(html, from..to, builder),
            Event::Comment(span, body) => builder.comment(span, body),
            Event::Unread(span) => builder.problem(
                span,
                format!(
                    "a tag with more than {MOST_VALUES} attributes: it and what follows is not read"
                ),
            ),
        }
    }

    fn embedded(&self) -> bool {
        self.markup == Markup::Embedded
    }

    pub(super) fn text(&mut self, html: &Pieces, range: Range<usize>, builder: &mut Builder) {
        let shown = html.text[range.clone()].trim();
        if !shown.is_empty() {
            self.leave_head("", builder);
        }
        if !shown.is_empty() || !self.open.last().is_some_and(in_table) {
            self.renew(builder);
        }
        if !self.footnote_mark(shown, builder) {
            text(html, range, builder);
        }
    }

    pub(in crate::syntax) fn open(&mut self, tag: Tag, builder: &mut Builder) {
        self.leave_head(&tag.name, builder);
        attributes(&tag, self.markup, builder);
        match &*tag.name {
            "br" => return builder.space(tag.span),
            "hr" => {
                self.imply_ends("hr", tag.span, builder);
                return builder.close();
            }
            name if VOID.contains(&name) => return,
            _ => {}
        }
        if table_part(&tag.name) && self.markup == Markup::Html {
            if !self.reach_table(&tag, builder) {
                return;
            }
        } else {
            self.imply_ends(&tag.name, tag.span, builder);
        }
        if renews(&tag.name) {
            self.renew(builder);
        }
        if let Some(kind) = block(&tag.name) {
            self.tell(builder);
            builder.table_part(&tag.name);
            builder.open(kind);
        }
        if tag.closed && self.closes_itself(&tag.name) {
            builder.called(&tag);
            return;
        }
        let hides = hides(&tag);
        if self.open.len() >= DEEPEST {
            self.too_deep(&tag, hides, builder);
            return;
        }
        let target = tag.attributes.iter().find(|(name, ..)| &**name == "href");
        let link = match target {
            Some((_, target, _)) if &*tag.name == "a" => builder.anchor(&tag, target),
            _ => builder.called(&tag),
        };
        let (apart, row) = apart(&tag);
        let apart = apart || self.open.last().is_some_and(|last| last.row);
        if apart {
            builder.space(tag.span);
        }
        if list(&tag.name) {
            builder.open_list();
        }
        if &*tag.name == "section" {
            builder.begin_slide();
        }
        builder.quotes += usize::from(&*tag.name == "blockquote");
        let content = |of: &Element| matches!(&*of.name, "main" | "article");
        let frame =
            matches!(&*tag.name, "nav" | "header" | "footer") && !self.open.iter().any(content);
        builder.frames += usize::from(frame);
        let round = self.round(&tag.name, self.open.len());
        let summary = &*tag.name == "summary"
            && round.map(|round| &mut self.open[round]).is_some_and(|of| {
                of.hides == Some(Hidden::Collapsed) && !std::mem::replace(&mut of.summed, true)
            });
        self.open.push(Element {
            hides,
            link,
            summary,
            apart,
            row,
            frame,
            style: styled(&tag),
            waiting: if marks(&tag.name) {
                std::mem::take(&mut self.pending)
            } else {
                Vec::new()
            },
            ..Element::plain(tag.name)
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

    /// Ends `<head>` where something stands that cannot be in it.
    fn leave_head(&mut self, name: &str, builder: &mut Builder) {
        if self.open.last().is_some_and(|last| &*last.name == "head") && !IN_HEAD.contains(&name) {
            self.drop_from(self.open.len() - 1, None, builder);
            self.tell(builder);
        }
    }

    /// Says of each element from `first` on why what stands in it is not seen.
    pub(in crate::syntax) fn explain(&mut self, first: usize) {
        for at in first..self.open.len() {
            let element = &self.open[at];
            let outer = self.round(&element.name, at);
            // the summary of a closed `<details>` is seen where the `<details>` itself is
            let round = match outer {
                Some(details) if element.summary => self.round("details", details),
                other => other,
            };
            let why = round.and_then(|of| self.open[of].why);
            self.open[at].why = why.or(self.open[at].hides);
            let shown = at
                .checked_sub(1)
                .map_or(Style::default(), |of| self.open[of].shown);
            self.open[at].shown = shown.with(self.open[at].style);
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

    pub(in crate::syntax) fn close(&mut self, name: &str, span: Span, builder: &mut Builder) {
        if name == "br" {
            return builder.space(span);
        }
        if self.forget(name, span, builder) {
            return;
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
        if FORMATTING.contains(&name) && self.markup != Markup::Jsx {
            self.adopt(at, builder);
        } else {
            self.drop_from(at, Some(1), builder);
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
    fn imply_ends(&mut self, name: &str, span: Span, builder: &mut Builder) {
        if self.markup == Markup::Jsx {
            return;
        }
        for ends in implied(name) {
            if *ends == ["a"] && self.forget("a", span, builder) {
                continue;
            }
            let ended = |name: &str| ends.contains(&name);
            let nearest = self
                .open
                .iter()
                .rfind(|of| ended(&of.name) || shields(ends[0], &of.name));
            if let Some(found) = nearest.filter(|of| ended(&of.name)) {
                let (name, end) = (found.name.clone(), span.start);
                self.close(&name, Span { end, ..span }, builder);
            }
        }
    }

    /// Tells the builder why text that comes now is not seen.
    pub(in crate::syntax) fn tell(&self, builder: &mut Builder) {
        builder.hidden_by_element = self
            .round("", self.open.len())
            .and_then(|round| self.open[round].why);
        builder.style_by_element = self.open.last().map_or(Style::default(), |of| of.shown);
    }
}
