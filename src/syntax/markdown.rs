//! CommonMark with the extensions that content repositories use, by pulldown-cmark's offset events.
//!
//! Shortcodes, includes and template tags are taken out before, by [`calls`], where the generator of the site is known; elsewhere
//! they stand as they are written.

use std::collections::HashSet;
use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Syntax;
use super::builder::Builder;
use super::html::tags::{Markup, Tags};
use super::indented::DEEPEST;
use super::masked::{Inset, Masked};
use super::{calls, containers, front_matter};
use crate::document::{BlockKind, Document, Hidden};
use crate::pieces::Pieces;
use crate::source::Span;
use crate::text::Style;

pub(super) const SYNTAX: Syntax = Syntax {
    name: "markdown",
    extensions: &["md", "markdown", "mdown", "mkd", "mkdn", "mdwn"],
    read: page,
    add: Some(super::add::markdown),
    comment: Some(super::TAGGED),
};

fn page(mut builder: Builder) -> Document {
    let begins = front_matter::read(&mut builder);
    let page = containers::taken_out(calls::of_page(begins, &mut builder));
    read(&page.text, page.insets, Markup::Embedded, &mut builder);
    builder.finish()
}

/// Reads Markdown into the document; the insets are told at their places.
pub(super) fn read(
    text: &Pieces,
    insets: Vec<(Range<usize>, Inset)>,
    markup: Markup,
    builder: &mut Builder,
) {
    Reader::new(text, insets, Tags::new(markup), builder).read();
}

fn options() -> Options {
    // smart punctuation stays off: it would rewrite quotes and dashes, which folding does on both sides. So does math: two
    // prices, `$5 … US$10`, would make a formula of the prose between them, tags and images and all
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
}

/// Labels of footnotes that nothing refers to: no renderer shows them.
fn unreferenced(events: &[(Event<'_>, Range<usize>)]) -> HashSet<String> {
    let mut labels = HashSet::new();
    for (event, _) in events {
        if let Event::Start(Tag::FootnoteDefinition(label)) = event {
            labels.insert(label.to_string());
        }
    }
    for (event, _) in events {
        if let Event::FootnoteReference(label) = event {
            labels.remove(&**label);
        }
    }
    labels
}

pub(super) struct Reader<'a> {
    pub(super) builder: &'a mut Builder,
    pub(super) text: &'a Pieces,
    pub(super) insets: Peekable<IntoIter<(Range<usize>, Inset)>>,
    pub(super) tags: Tags,
    pub(super) markup: Markup,
    /// The lines of the HTML block that is being read.
    html: Option<Pieces>,
    /// Insets that stand in a tag of it.
    held: Vec<Inset>,
    /// How many elements were open when each open Markdown container began.
    pub(super) depths: Vec<usize>,
    code: bool,
    /// Indented lines that are no code, and how often the text was read once more because of such lines.
    pub(super) indented: Option<Masked>,
    pub(super) times: usize,
    unreferenced: HashSet<String>,
    /// Links that are open, by their numbers in the document.
    pub(super) links: Vec<Option<usize>>,
    /// The attribute list that was read last.
    pub(super) passed: Range<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        text: &'a Pieces,
        insets: Vec<(Range<usize>, Inset)>,
        tags: Tags,
        builder: &'a mut Builder,
    ) -> Self {
        Self {
            builder,
            text,
            insets: insets.into_iter().peekable(),
            markup: tags.markup(),
            tags,
            html: None,
            held: Vec::new(),
            depths: Vec::new(),
            code: false,
            indented: None,
            times: 0,
            unreferenced: HashSet::new(),
            links: Vec::new(),
            passed: 0..0,
        }
    }

    pub(super) fn read(&mut self) {
        let parser = Parser::new_ext(&self.text.text, options()).into_offset_iter();
        self.definitions(&parser);
        if self.text.text.contains("[^") {
            let events: Vec<_> = parser.collect();
            self.unreferenced = unreferenced(&events);
            events
                .into_iter()
                .for_each(|(event, range)| self.event(event, range));
        } else {
            parser.for_each(|(event, range)| self.event(event, range));
        }
        self.insets_before(usize::MAX);
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.gather(&event, &range) {
            return;
        }
        let span = self.text.span(range.start, range.end);
        self.insets_before(if matches!(event, Event::End(_)) {
            range.end
        } else {
            range.start
        });
        match event {
            Event::Start(tag) => {
                let links = matches!(tag, Tag::Link { .. });
                self.start(tag, span);
                if links {
                    self.link_attributes(range.end);
                }
            }
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.words(&text, range, span),
            Event::Code(code) => {
                let inner = inside(self.builder.slice(span), &code).map_or(span, |at| {
                    Span::new(
                        span.start as usize + at,
                        span.start as usize + at + code.len(),
                    )
                });
                self.builder.aside(Hidden::Code, inner, &code, true);
            }
            Event::Html(_) | Event::InlineHtml(_) => match &mut self.html {
                Some(_) => self.html(range),
                None => {
                    let mut html = Pieces::default();
                    html.add(self.text, range);
                    self.tags.read(&html, self.builder);
                }
            },
            Event::SoftBreak | Event::HardBreak => self.builder.space(span),
            Event::Rule if self.builder.slice(span).trim_start().starts_with('-') => {
                self.builder.part_slides();
            }
            Event::Rule => self.builder.close(),
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    /// A line of an HTML block, with the insets in it: those that stand in a tag come after it.
    fn html(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some((place, inset)) = self.insets.next_if(|(place, _)| place.start < range.end) {
            let Some(html) = &mut self.html else { return };
            html.add(self.text, at..place.start.max(at));
            at = place.end.max(at);
            let in_tag = html.text.rfind('<') > html.text.rfind('>');
            if in_tag {
                self.held.push(inset);
                continue;
            }
            self.tags.read(&std::mem::take(html), self.builder);
            for inset in self.held.drain(..).chain([inset]) {
                inset.tell(&mut self.tags, self.builder);
            }
        }
        if let Some(html) = &mut self.html {
            html.add(self.text, at..range.end);
        }
    }

    /// Words, with the insets among them.
    fn words(&mut self, shown: &str, range: Range<usize>, span: Span) {
        if self.text.text[range.clone()] != *shown {
            return self.builder.text_as(shown, span);
        }
        let range = self.unpassed(range);
        let mut at = range.start;
        while let Some((place, inset)) = (self.insets).next_if(|(place, _)| place.start < range.end)
        {
            self.tell(at..place.start.max(at));
            inset.tell(&mut self.tags, self.builder);
            at = place.end;
        }
        self.tell(at..range.end);
    }

    /// Tells words; those of code in pieces that blank lines end, as paragraphs are.
    fn tell(&mut self, range: Range<usize>) {
        let (mut at, code) = (range.start, Some(Hidden::Code));
        while self.builder.hidden() == code
            && let Some(length) = self.text.text[at..range.end].find("\n\n")
        {
            self.builder.tell(self.text, at..at + length);
            self.builder.end_aside();
            at += length + 2;
        }
        self.builder.tell(self.text, at..range.end);
    }

    /// Tells what was taken out before a place.
    fn insets_before(&mut self, place: usize) {
        while let Some((_, inset)) = self.insets.next_if(|(at, _)| at.start < place) {
            inset.tell(&mut self.tags, self.builder);
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        if !matches!(tag, Tag::HtmlBlock) {
            self.depths.push(self.tags.depth());
        }
        match tag {
            Tag::Paragraph if self.builder.continues_item() => {}
            Tag::Paragraph => self.builder.open(BlockKind::Paragraph),
            Tag::Heading { level, .. } => self.builder.open(BlockKind::Heading(match level {
                HeadingLevel::H1 => 1,
                HeadingLevel::H2 => 2,
                HeadingLevel::H3 => 3,
                HeadingLevel::H4 => 4,
                HeadingLevel::H5 => 5,
                HeadingLevel::H6 => 6,
            })),
            // `> [!WARNING]` is a box
            Tag::BlockQuote(Some(_)) => {
                self.builder.close();
                self.builder.styles.begin(Style::CALLOUT);
            }
            Tag::BlockQuote(None) => {
                self.builder.close();
                self.builder.quotes += 1;
            }
            Tag::CodeBlock(CodeBlockKind::Indented) if self.markup == Markup::Jsx => {
                self.builder.open(BlockKind::Paragraph);
                self.indented = (self.times < DEEPEST).then(Masked::default);
            }
            Tag::CodeBlock(kind) => {
                self.builder.close();
                self.code = true;
                self.builder.hidden_by_syntax =
                    self.builder.hidden_by_syntax.or(Some(Hidden::Code));
                if let CodeBlockKind::Fenced(info) = kind
                    && info.contains(' ')
                {
                    self.builder.aside(Hidden::Code, span, &info, false);
                }
            }
            Tag::List(_) | Tag::DefinitionList => self.builder.open_list(),
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                self.builder.open(BlockKind::Item)
            }
            Tag::Table(_) => self.builder.begin_table(),
            Tag::TableHead | Tag::TableRow => self.builder.begin_row(),
            Tag::TableCell => self.builder.open_cell(),
            Tag::FootnoteDefinition(label) => {
                self.builder.close();
                self.builder.footnote = true;
                if self.unreferenced.contains(&*label) {
                    self.builder.hidden_by_syntax = Some(Hidden::Unreferenced);
                }
            }
            Tag::HtmlBlock => {
                self.builder.close();
                self.html = Some(Pieces::default());
            }
            // front matter is found before the parser runs
            Tag::MetadataBlock(_) => {}
            Tag::Strikethrough => {
                if self.builder.hidden().is_none() {
                    self.builder.mark(span);
                    self.builder.hidden_by_syntax = Some(Hidden::Struck);
                }
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.link(link_type, &dest_url, &title, span),
            Tag::Image { title, .. } => {
                self.attribute("an image title", &title, span);
                self.builder.hidden_by_syntax = self
                    .builder
                    .hidden_by_syntax
                    .or(Some(Hidden::Attribute("the alt text of an image")));
            }
            Tag::Strong => self.builder.styles.begin(Style::BOLD),
            Tag::Emphasis | Tag::Superscript | Tag::Subscript => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.tags.read(&html, self.builder);
                    self.builder.close();
                }
                return;
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.builder.close(),
            TagEnd::BlockQuote(Some(_)) => {
                self.builder.close();
                self.builder.styles.end(Style::CALLOUT);
            }
            TagEnd::BlockQuote(None) => {
                self.builder.close();
                self.builder.quotes -= 1;
            }
            TagEnd::CodeBlock => {
                self.builder.close();
                self.code = false;
                self.unhide(Hidden::Code);
            }
            TagEnd::List(_) | TagEnd::DefinitionList => self.builder.close_list(),
            TagEnd::FootnoteDefinition => {
                self.builder.close();
                self.builder.footnote = false;
                self.unhide(Hidden::Unreferenced);
            }
            TagEnd::MetadataBlock(_) => {}
            TagEnd::Strikethrough => self.unhide(Hidden::Struck),
            TagEnd::Image => self.unhide(Hidden::Attribute("the alt text of an image")),
            TagEnd::Strong => self.builder.styles.end(Style::BOLD),
            TagEnd::Link => {
                let link = self.links.pop().flatten();
                self.builder.unlinked(link);
            }
            TagEnd::Emphasis | TagEnd::Superscript | TagEnd::Subscript => {}
        }
        if let Some(depth) = self.depths.pop()
            && self.markup != Markup::Jsx
        {
            self.tags.truncate(depth, self.builder);
        }
    }

    fn unhide(&mut self, why: Hidden) {
        if self.builder.hidden_by_syntax == Some(why) {
            self.builder.hidden_by_syntax = None;
            self.builder.end_aside();
        }
    }
}

/// Where a text stands in what was written for it, when it stands there just so.
pub(super) fn inside(raw: &str, shown: &str) -> Option<usize> {
    if shown.is_empty() {
        None
    } else {
        raw.find(shown)
    }
}
