//! AsciiDoc as Asciidoctor shows it in HTML: blocks by a scanner of lines, their text by passes over it, attributes put in.
//!
//! Not read: the marks of compatibility mode (told where `:compat-mode:` is set), parts of included files (`tag=`,
//! `lines=`), extensions, substitutions that a block asks for, what a cross reference without a text would show.

mod attributes;
mod blocks;
mod conditions;
mod delimited;
mod inline;
mod lines;
mod links;
mod macros;
mod passes;
mod rows;
mod table;
mod text;

use std::sync::Arc;

use crate::document::{BlockKind, Document, Hidden};
use crate::source::{Source, Span};
use crate::syntax::Syntax;
use crate::syntax::builder::Builder;
use crate::syntax::front_matter;
use crate::syntax::html::tags::Tags;
use crate::text::Styles;
use attributes::{Attributes, BlockAttributes};
use conditions::kept;
use lines::{self as line_of, Delimiter, Marker, part};

pub(super) const SYNTAX: Syntax = Syntax {
    name: "asciidoc",
    extensions: &["adoc", "asciidoc", "asc", "ad"],
    read,
    add: Some(super::add::asciidoc),
    comment: Some(super::Wraps {
        before: "// ",
        after: "",
        apart: false,
    }),
};

fn read(builder: Builder) -> Document {
    let source = builder.page();
    let mut reader = Reader {
        source: Arc::clone(&source),
        builder,
        tags: Tags::default(),
        attributes: Attributes::default(),
        separator: None,
        depth: 0,
        heads: false,
        hidden_section: None,
    };
    let base = front_matter::read(&mut reader.builder);
    let lines = kept(&line_of::lines(&source, base), &mut reader.builder);
    reader.source = reader.builder.whole();
    reader.blocks(&lines, true);
    if reader.attributes.exhausted() {
        let message =
            "attributes grow the page too far: the rest of them stand as they are written";
        reader.builder.problem(Span::new(base, base), message);
    }
    reader.builder.sections_are_slides();
    reader.builder.finish()
}

struct Reader {
    source: Arc<Source>,
    builder: Builder,
    tags: Tags,
    attributes: Attributes,
    /// What parts the cells of the table that is being read.
    separator: Option<char>,
    depth: usize,
    /// Whether the head of the page is being read, whose attributes are its front matter.
    heads: bool,
    /// The level of a section that a role hides, and what was hidden before it.
    hidden_section: Option<(u8, Option<Hidden>)>,
}

/// The lines of a document, a cell or a quote, and what is open in them.
struct Frame<'lines> {
    lines: &'lines [Span],
    at: usize,
    open: Vec<Container>,
    /// Blank lines came since the last block.
    blank: bool,
    /// A `+` attaches what comes to the list item.
    attached: bool,
    /// A term waits for its definition.
    awaiting: bool,
    meta: BlockAttributes,
    /// Whether sections may begin here.
    sections: bool,
}

struct Container {
    what: What,
    /// What was hidden, and how many quotes were open, before it.
    hidden: Option<Hidden>,
    quotes: usize,
    styles: Styles,
    /// Who is quoted in it, and where from.
    quoted: Vec<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Block(Delimiter),
    List(Marker),
}

impl Frame<'_> {
    fn in_list(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Container {
                what: What::List(_),
                ..
            })
        )
    }

    fn in_block(&self) -> bool {
        self.open.iter().any(|of| matches!(of.what, What::Block(_)))
    }

    /// Whether a line ends a block that is open round this place.
    fn is_open(&self, delimiter: Delimiter) -> bool {
        self.open.iter().any(|of| of.what == What::Block(delimiter))
    }
}

impl Reader {
    /// Reads lines as blocks of their own.
    fn blocks(&mut self, lines: &[Span], whole: bool) {
        let mut frame = Frame {
            lines,
            at: 0,
            open: Vec::new(),
            blank: false,
            attached: false,
            awaiting: false,
            meta: BlockAttributes::default(),
            sections: whole,
        };
        if whole {
            self.heads = true;
            self.header(&mut frame);
            self.heads = false;
        }
        while frame.at < lines.len() {
            self.step(&mut frame);
        }
        let rest = std::mem::take(&mut frame.meta);
        self.unseen_title(&rest);
        while !frame.open.is_empty() {
            self.pop(&mut frame);
        }
    }

    fn step(&mut self, frame: &mut Frame<'_>) {
        let line = frame.lines[frame.at];
        let source = Arc::clone(&self.source);
        let text = source.slice(line);
        if text.is_empty() {
            frame.blank = true;
            frame.at += 1;
            return;
        }
        let delimiter = line_of::delimiter(text);
        if let Some(delimiter) = delimiter.filter(|of| frame.is_open(*of)) {
            while frame
                .open
                .last()
                .is_some_and(|of| of.what != What::Block(delimiter))
            {
                self.pop(frame);
            }
            self.pop(frame);
            frame.at += 1;
            return;
        }
        if frame.in_list() {
            if text == "+" {
                self.attach(frame);
                return;
            }
            if leaves(frame, text, delimiter.is_some()) {
                while frame.in_list() {
                    self.pop(frame);
                }
                frame.awaiting = false;
            }
        }
        if self.metadata(frame, line, text) {
            return;
        }
        let meta = std::mem::take(&mut frame.meta);
        self.block(frame, line, text, &meta);
        frame.blank = false;
        frame.attached = false;
    }

    /// `+`: what comes belongs to the item; after a blank line, to that of the list round it.
    fn attach(&mut self, frame: &mut Frame<'_>) {
        let outer = frame
            .open
            .len()
            .checked_sub(2)
            .map(|at| frame.open[at].what);
        if frame.blank && matches!(outer, Some(What::List(_))) {
            self.pop(frame);
        }
        frame.at += 1;
        frame.attached = true;
        frame.awaiting = false;
        frame.blank = false;
    }

    fn pop(&mut self, frame: &mut Frame<'_>) {
        let Some(container) = frame.open.pop() else {
            return;
        };
        self.attribution(&container.quoted);
        match container.what {
            What::Block(_) => self.builder.close(),
            What::List(_) => self.builder.close_list(),
        }
        self.builder.hidden_by_syntax = container.hidden;
        self.builder.quotes = container.quotes;
        self.builder.styles = container.styles;
    }

    /// The title of a document, its author and revision, and the entries round them.
    fn header(&mut self, frame: &mut Frame<'_>) {
        let source = Arc::clone(&self.source);
        while let Some(line) = frame.lines.get(frame.at).copied() {
            let text = source.slice(line);
            if text.is_empty() {
                frame.at += 1;
            } else if !self.metadata(frame, line, text) {
                break;
            }
        }
        let Some(line) = frame.lines.get(frame.at).copied() else {
            return;
        };
        let text = source.slice(line);
        let next = frame
            .lines
            .get(frame.at + 1)
            .map_or("", |line| source.slice(*line));
        let (title, lines) = match line_of::title(text) {
            Some((0, start, end)) => (part(line, start, end), 1),
            None if line_of::underlined(text, next) == Some(0) => (line, 2),
            _ => return,
        };
        frame.at += lines;
        let meta = std::mem::take(&mut frame.meta);
        self.unseen_title(&meta);
        self.attributes.enter("doctitle", source.slice(title));
        self.paragraph(BlockKind::Heading(1), &[title]);
        self.details(frame);
    }

    /// The lines below the title: who wrote it, and which revision it is.
    fn details(&mut self, frame: &mut Frame<'_>) {
        let source = Arc::clone(&self.source);
        let mut seen = 0;
        while let Some(line) = frame.lines.get(frame.at).copied() {
            let text = source.slice(line);
            if text.is_empty() {
                return;
            }
            if line_of::entry(text).is_some() || line_of::is_comment(text) {
                self.metadata(frame, line, text);
                continue;
            }
            if seen == 2 || text.starts_with("include::") || line_of::delimiter(text).is_some() {
                return;
            }
            if seen == 0 {
                let name = text.split(['<', ';']).next().unwrap_or_default().trim();
                self.attributes.enter("author", &name.replace('_', " "));
            }
            seen += 1;
            frame.at += 1;
            self.paragraph(BlockKind::Paragraph, &[line]);
        }
    }

    /// Lines that are about what comes after them, and those that are about nothing that is seen.
    fn metadata(&mut self, frame: &mut Frame<'_>, line: Span, text: &str) -> bool {
        if let Some((start, end)) = line_of::attributes(text) {
            let at = line.start as usize + start;
            frame.meta.read(&text[start..end], at);
        } else if line_of::is_block_title(text) {
            let title = Some(part(line, 1, text.len()));
            let before = std::mem::replace(&mut frame.meta.title, title);
            if before.is_some() {
                let meta = BlockAttributes {
                    title: before,
                    ..BlockAttributes::default()
                };
                self.unseen_title(&meta);
            }
        } else if let Some((name, start)) = line_of::entry(text) {
            return self.entry(frame, name, part(line, start, text.len()));
        } else if line_of::is_comment(text) {
            self.builder.comment(line, part(line, 2, text.len()));
        } else if is_include(text) {
            self.include(line);
        } else {
            return false;
        }
        frame.at += 1;
        true
    }

    /// `:name: value`, which a backslash carries on to the next line.
    fn entry(&mut self, frame: &mut Frame<'_>, name: &str, first: Span) -> bool {
        let source = Arc::clone(&self.source);
        let mut value = source.slice(first).to_owned();
        let mut span = first;
        frame.at += 1;
        while value.ends_with(" \\") || value.ends_with(" +") {
            let Some(next) = frame.lines.get(frame.at) else {
                break;
            };
            value.pop();
            value.truncate(value.trim_end().len());
            value.push(' ');
            value.push_str(source.slice(*next).trim());
            span = span.to(*next);
            frame.at += 1;
        }
        if !self.attributes.enter(name, &value) {
            let message = "the value of this attribute is too long to be put in";
            self.builder.problem(span, message);
        }
        if self.heads {
            // Antora and Jekyll take those for a page's own
            let key = name.strip_prefix("page-").unwrap_or(name);
            front_matter::field(&mut self.builder, key, &value, span);
        }
        if value.contains(' ') {
            let why = Hidden::Attribute("an attribute entry");
            self.builder.aside(why, span, &value, false);
        }
        true
    }

    fn include(&mut self, line: Span) {
        let message = "the included file is not read";
        self.builder.problem(line, message);
    }

    /// A title that no block shows.
    fn unseen_title(&mut self, meta: &BlockAttributes) {
        if let Some(title) = meta.title {
            let source = Arc::clone(&self.source);
            let why = Hidden::Attribute("a title of nothing");
            self.builder.aside(why, title, source.slice(title), false);
        }
    }
}

fn is_include(text: &str) -> bool {
    text.starts_with("include::") && line_of::block_macro(text).is_some()
}

/// Whether a line ends the lists that are open.
fn leaves(frame: &Frame<'_>, text: &str, delimiter: bool) -> bool {
    if frame.attached {
        return false;
    }
    let of_terms = matches!(
        frame.open.last(),
        Some(Container { what: What::List(marker), .. }) if marker.is_term()
    );
    if delimiter || (of_terms && line_of::attributes(text).is_some()) {
        return true;
    }
    frame.blank
        && !frame.awaiting
        && !text.starts_with([' ', '\t'])
        && line_of::item(text).is_none()
}
