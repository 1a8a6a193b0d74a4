//! What every parser builds a Document with: it opens and closes blocks, says what a reader sees, and hands over text.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use crate::document::{
    Block, BlockKind, Comment, Document, Hidden, HiddenBlock, Link, Problem, Section,
};
use crate::pieces::Pieces;
use crate::source::{Source, Span};
use crate::template::ask::Providers;
use crate::text::{Style, Styles, Text};

use super::brought::Round;
use super::grid::Grid;

/// A document on its way.
#[derive(Debug)]
pub(super) struct Builder {
    document: Document,
    pub(super) providers: Option<Providers>,
    /// What is put round what comes now, the innermost last.
    pub(super) round: Vec<Round>,
    /// Components that are open, by the names of their tags, and whether something was brought in for them.
    pub(super) components: Vec<(Rc<str>, bool)>,
    /// How many files of the page's own syntax are being read one in another.
    pub(super) parts: usize,
    /// Why text that comes now is not seen, said by what is put round it, by the syntax and by HTML elements.
    pub(super) hidden_by_round: Option<Hidden>,
    /// How many conditions are open that nothing decides.
    pub(super) undecided: usize,
    /// How many of the layout are open round the content.
    pub(super) undecided_round: usize,
    pub(super) hidden_by_syntax: Option<Hidden>,
    pub(super) hidden_by_element: Option<Hidden>,
    pub(super) footnote: bool,
    pub(super) grid: Grid,
    /// How many parts of the frame of a page are open: `<nav>`, `<header>`, `<footer>`.
    pub(super) frames: usize,
    /// How many block quotes are open.
    pub(super) quotes: usize,
    /// How text that comes now is shown, said by what is put round it, by the syntax and by HTML elements.
    pub(super) style_by_round: Style,
    pub(super) styles: Styles,
    pub(super) style_by_element: Style,
    kind: BlockKind,
    lead: Option<u32>,
    open: Option<u32>,
    open_hidden: Option<(u32, Hidden)>,
    /// What came in the midst of hidden words and waits for their end.
    asides: Vec<(Hidden, Span, String)>,
    lists: Vec<Option<u32>>,
}

impl Builder {
    pub(super) fn new(source: &Arc<Source>) -> Self {
        Self {
            document: Document::new(source),
            providers: None,
            round: Vec::new(),
            components: Vec::new(),
            parts: 0,
            hidden_by_round: None,
            undecided: 0,
            undecided_round: 0,
            hidden_by_syntax: None,
            hidden_by_element: None,
            footnote: false,
            grid: Grid::default(),
            frames: 0,
            quotes: 0,
            style_by_round: Style::default(),
            styles: Styles::default(),
            style_by_element: Style::default(),
            kind: BlockKind::Paragraph,
            lead: None,
            open: None,
            open_hidden: None,
            asides: Vec::new(),
            lists: Vec::new(),
        }
    }

    /// With what its page can bring in.
    pub(super) fn with(mut self, providers: Providers) -> Self {
        self.providers = Some(providers);
        self
    }

    /// A builder for another reading of the same texts.
    pub(super) fn blank(&self) -> Self {
        let mut builder = Self::new(&self.document.source);
        builder.document.brought.clone_from(&self.document.brought);
        builder
    }

    /// The source of the page.
    pub(super) fn page(&self) -> Arc<Source> {
        Arc::clone(&self.document.source)
    }

    /// The text under a span, in the page or in what it brings in.
    pub(super) fn slice(&self, span: Span) -> &str {
        self.document.slice(span)
    }

    /// Begins a block, ending the one before it. It comes into being with its first text.
    pub(super) fn open(&mut self, kind: BlockKind) {
        self.close();
        self.kind = kind;
        self.lead = if kind == BlockKind::Item {
            self.lists.last().copied().flatten()
        } else {
            None
        };
    }

    /// Whether a list item has begun and holds nothing yet, so that its first paragraph is the item itself.
    pub(super) fn continues_item(&self) -> bool {
        self.kind == BlockKind::Item && self.open.is_none() && self.open_hidden.is_none()
    }

    /// Ends the block; text that follows without [`Builder::open`] is a paragraph.
    pub(super) fn close(&mut self) {
        self.close_hidden();
        let Some(start) = self.open.take() else {
            self.kind = BlockKind::Paragraph;
            return;
        };
        let kind = std::mem::replace(&mut self.kind, BlockKind::Paragraph);
        let passage = self.document.text.end(start);
        if passage.is_empty() {
            return;
        }
        let number = number(self.document.blocks.len());
        if let BlockKind::Heading(level) = kind {
            self.section(level, number);
        }
        let section = self.document.sections.len() - 1;
        self.document.blocks.push(Block {
            kind,
            passage,
            span: self.document.text.span(passage),
            section: u32::try_from(section).expect("fewer sections than 4 billion"),
            footnote: self.footnote || self.style_by_element.has(Style::FOOTNOTE),
            quote: self.quotes > 0,
            frame: self.frames > 0,
            lead: self.lead,
            heads: self.grid.heads_of(number, kind),
        });
    }

    /// Ends the block and every section: what follows stands under no heading.
    pub(super) fn top(&mut self) {
        self.close();
        if self.document.sections.last().is_some_and(|of| of.level > 0) {
            self.document.sections.push(Section::default());
        }
    }

    /// Begins a list: its items are led in to by the block before it.
    pub(super) fn open_list(&mut self) {
        self.close();
        let last = self.document.blocks.len().checked_sub(1).map(number);
        self.lists.push(last);
    }

    pub(super) fn close_list(&mut self) {
        self.close();
        self.lists.pop();
    }

    /// Text that stands in the source just so.
    pub(super) fn text(&mut self, span: Span) {
        let place = self.document.locate(span);
        self.target().push(place.text(), span.start as usize);
    }

    /// Text that the source writes otherwise.
    pub(super) fn text_as(&mut self, shown: &str, span: Span) {
        if self.slice(span) == shown {
            self.text(span);
        } else {
            self.target().push_as(shown, span);
        }
    }

    /// A range of a text that was put together, as it is.
    pub(super) fn tell(&mut self, pieces: &Pieces, range: Range<usize>) {
        for (part, span) in pieces.parts(range) {
            self.text_as(&pieces.text[part], span);
        }
    }

    /// Text that stands in the source just so, and where no edit of a part of it would do.
    pub(super) fn fixed(&mut self, span: Span) {
        let place = self.document.locate(span);
        self.target().push_as(place.text(), span);
    }

    /// Something that reads as white space.
    pub(super) fn space(&mut self, span: Span) {
        if self.open.is_some() || self.open_hidden.is_some() {
            self.target().space(span);
        }
    }

    /// Words that a reader does not see, in the midst of what they may see. `mark` leaves something in the visible text
    /// that is no word, because a reader sees that something is there.
    pub(super) fn aside(&mut self, why: Hidden, span: Span, shown: &str, mark: bool) {
        if mark && self.hidden().is_none() {
            self.mark(span);
        }
        if self.open_hidden.is_some() {
            // the words round it go on as if it were not there
            self.asides.push((why, span, shown.to_owned()));
        } else {
            self.add_aside(why, span, shown);
        }
    }

    fn add_aside(&mut self, why: Hidden, span: Span, shown: &str) {
        let start = self.document.hidden_text.begin();
        if self.slice(span) == shown {
            self.document.hidden_text.push(shown, span.start as usize);
        } else {
            self.document.hidden_text.push_as(shown, span);
        }
        self.end_hidden(start, why);
    }

    /// Leaves something in the visible text that is no word.
    pub(super) fn mark(&mut self, span: Span) {
        self.target().opaque(span);
    }

    /// Ends a stretch of words that are not seen, in the midst of a block.
    pub(super) fn end_aside(&mut self) {
        self.close_hidden();
    }

    pub(super) fn comment(&mut self, span: Span, body: Span) {
        self.document.comments.push(Comment { span, body });
        let shown = self.slice(body).to_owned();
        self.aside(Hidden::Comment, body, &shown, false);
    }

    /// A link that a reader can follow; its number, for [`Builder::end_link`], when it is seen.
    pub(super) fn link(&mut self, span: Span, target: &str) -> Option<usize> {
        if self.hidden().is_some() {
            return None;
        }
        self.document.links.push(Link {
            span,
            target: target.to_owned(),
            words: self.document.text.here(),
            rel: None,
            class: None,
            component: None,
        });
        Some(self.document.links.len() - 1)
    }

    /// Says that a link ends here, and where it does in the source if only its beginning was told.
    pub(super) fn end_link(&mut self, number: usize, end: u32) {
        let here = self.document.text.here();
        let link = &mut self.document.links[number];
        link.span.end = link.span.end.max(end);
        link.words = link.words.to(here);
    }

    /// A link with its words.
    pub(super) fn linked(&mut self, span: Span, target: &str) -> Option<usize> {
        let number = self.link(span, target);
        self.styles.begin(Style::LINK);
        number
    }

    /// Ends what [`Builder::linked`] began.
    pub(super) fn unlinked(&mut self, number: Option<usize>) {
        self.styles.end(Style::LINK);
        if let Some(number) = number {
            self.end_link(number, 0);
        }
    }

    pub(super) fn problem(&mut self, span: Span, message: impl Into<String>) {
        self.document.problems.push(Problem {
            span,
            message: message.into(),
        });
    }

    pub(super) fn document(&mut self) -> &mut Document {
        &mut self.document
    }

    pub(super) fn finish(mut self) -> Document {
        self.close();
        self.end_page();
        self.close();
        if self
            .document
            .slides
            .last()
            .is_some_and(|of| of.1 == u32::MAX)
        {
            self.end_slide();
        }
        self.document
    }

    pub(super) fn hidden(&self) -> Option<Hidden> {
        self.hidden_by_round
            .or(self.hidden_by_syntax)
            .or(self.hidden_by_element)
            .or((self.undecided > 0).then_some(Hidden::Undecided))
    }

    /// Where text goes now.
    fn target(&mut self) -> &mut Text {
        match self.hidden() {
            Some(why) => {
                if self.open_hidden.is_some_and(|(_, other)| other != why) {
                    self.close_hidden();
                }
                let text = &mut self.document.hidden_text;
                self.open_hidden.get_or_insert_with(|| (text.begin(), why));
                text
            }
            None => {
                let style = self.styles.now().with(self.style_by_element);
                let text = &mut self.document.text;
                self.open.get_or_insert_with(|| text.begin());
                text.style(style.with(self.style_by_round));
                text
            }
        }
    }

    fn close_hidden(&mut self) {
        if let Some((start, why)) = self.open_hidden.take() {
            self.end_hidden(start, why);
            for (why, span, shown) in std::mem::take(&mut self.asides) {
                self.add_aside(why, span, &shown);
            }
        }
    }

    fn end_hidden(&mut self, start: u32, why: Hidden) {
        let passage = self.document.hidden_text.end(start);
        if !passage.is_empty() {
            let span = self.document.hidden_text.span(passage);
            self.document
                .hidden
                .push(HiddenBlock { passage, span, why });
        }
    }

    fn section(&mut self, level: u8, heading: u32) {
        let sections = &self.document.sections;
        let mut parent = sections.len() - 1;
        while sections[parent].level >= level {
            parent = sections[parent].parent.map_or(0, |up| up as usize);
        }
        let parent = Some(u32::try_from(parent).expect("fewer sections than 4 billion"));
        self.document.sections.push(Section {
            heading: Some(heading),
            level,
            parent,
        });
    }
}

pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).expect("fewer blocks than 4 billion")
}
