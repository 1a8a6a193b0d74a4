//! Content without its syntax: blocks in reading order, what of them a reader sees, sections, links, front matter.

mod brought;

use std::sync::Arc;

use crate::source::{Source, Span};
use crate::text::{Passage, Text};

/// One file's content, as a reader and as the linter see it, with what is brought in from other files.
///
/// Spans of a document count the bytes of its own source first, then those of each file that is brought in from
/// [`Brought::base`] on; [`Document::locate`] leads back to a file.
#[derive(Debug, Default)]
pub struct Document {
    /// Where it was read from.
    pub source: Arc<Source>,
    /// The files that something was brought in from, once for each time, in order of their base.
    pub brought: Vec<Brought>,
    /// Whether nothing more is brought in: once something was too much, or what is small would be tried without end.
    pub(crate) full: bool,
    /// What should bring something in and could not be resolved.
    pub unresolved: Vec<Problem>,
    /// What of the site is not in the repository, so that what is missing may be there: a theme.
    pub elsewhere: Option<String>,
    /// Disclosures that someone vouches for, though their words were not read.
    pub attested: Vec<Attested>,
    /// The blocks that a reader sees, in reading order.
    pub blocks: Vec<Block>,
    /// The words of [`Document::blocks`].
    pub text: Text,
    /// What stands in the source and a reader does not see, in reading order.
    pub hidden: Vec<HiddenBlock>,
    /// The words of [`Document::hidden`].
    pub hidden_text: Text,
    /// Headings and what stands under each; the first is what stands before any heading.
    pub sections: Vec<Section>,
    /// Links that a reader can follow.
    pub links: Vec<Link>,
    /// Slides, each from its first block to the one after its last; none where nothing parts the page into slides.
    pub slides: Vec<(u32, u32)>,
    /// The times of subtitles, in order of their blocks.
    pub cues: Vec<Cue>,
    /// Comments in the syntax's own form.
    pub comments: Vec<Comment>,
    /// In content data, its strings: each with its quotes in source bytes and its key path, in source order. None in prose.
    pub keys: Option<Vec<(Span, String)>>,
    /// Whether a program may put values in the place of expressions in braces that stand in the text: a template, strings of an
    /// app, a page of a generator that evaluates some and is not read here.
    pub filled_in: bool,
    /// Front matter, if there is any.
    pub meta: Option<Meta>,
    /// The language that the page itself says it is in, and where: `<html lang>`.
    pub language: Option<(String, Span)>,
    /// What could not be read as it claims to be.
    pub problems: Vec<Problem>,
    /// What adds a paragraph of plain words at the end. None where none can be.
    pub add: Option<Add>,
}

/// A paragraph before a block or at the end of a page, as its syntax writes it: of these words, or of what is written so already.
/// The byte of the source to put it at, and the text; none where markup round the block leaves no safe place.
pub type Add = fn(&Document, &str, bool, Option<u32>) -> Option<(u32, String)>;

/// A disclosure that someone vouches for.
#[derive(Debug, Clone)]
pub struct Attested {
    /// `pack/id`.
    pub id: String,
    /// What is said to bring it in, in bytes of the document.
    pub span: Span,
}

/// A file that something was brought in from.
#[derive(Debug, Clone)]
pub struct Brought {
    /// What to add to a byte of the file for its place in the document.
    pub base: u32,
    /// The file.
    pub source: Arc<Source>,
    /// What brings it in, in bytes of the document: in the page itself or in another file that is brought in. Empty at the
    /// beginning of the page where the page says nothing of it, as with a layout.
    pub call: Span,
}

/// A paragraph, heading, list item, table cell that a reader sees.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words in [`Document::text`].
    pub passage: Passage,
    /// From its first sign to its last, in source bytes.
    pub span: Span,
    /// Its section, by number in [`Document::sections`].
    pub section: u32,
    /// Whether it is the text of a footnote.
    pub footnote: bool,
    /// Whether it stands in a block quote.
    pub quote: bool,
    /// Whether it stands in the frame of an HTML page: in `<nav>`, `<header>` or `<footer>` outside of `<main>` and `<article>`.
    pub frame: bool,
    /// For a list item: the block that leads in to its list, by number in [`Document::blocks`].
    pub lead: Option<u32>,
    /// For a cell of a table: the first cells of its row and of its column, where it is not the first itself.
    pub heads: [Option<u32>; 2],
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A list item, a term or a definition.
    Item,
    /// A cell of a table.
    Cell,
}

/// Words that stand in the source and that a reader does not see.
#[derive(Debug, Clone)]
pub struct HiddenBlock {
    /// Its words in [`Document::hidden_text`].
    pub passage: Passage,
    /// In source bytes.
    pub span: Span,
    /// Why a reader does not see it.
    pub why: Hidden,
}

/// Why a reader does not see a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// In a comment.
    Comment,
    /// In code: a fence, an indented block, a span, `<pre>`, `<code>`.
    Code,
    /// In front matter.
    FrontMatter,
    /// In an attribute of an element, say `alt` or `title`.
    Attribute(&'static str),
    /// Struck through.
    Struck,
    /// In an element that is hidden, for the reason given: `hidden`, `display:none`, `aria-hidden`, a class.
    Element(&'static str),
    /// In `<details>` or the like that is not open.
    Collapsed,
    /// In an element whose content is never shown: `<template>`, `<script>`, `<style>`, `<noscript>`.
    Unrendered(&'static str),
    /// In a footnote that nothing refers to.
    Unreferenced,
    /// In a translation that is marked as fuzzy.
    Fuzzy,
    /// Under a condition of a template that nothing here decides: a reader may or may not see it.
    Undecided,
}

impl Hidden {
    /// Where the text stands, to be read after "stands" or "is".
    #[must_use]
    pub fn place(self) -> String {
        match self {
            Self::Comment => "in a comment".to_owned(),
            Self::Code => "in code".to_owned(),
            Self::FrontMatter => "in front matter".to_owned(),
            Self::Attribute(name) => format!("in {name}"),
            Self::Struck => "struck through".to_owned(),
            Self::Element(reason) => format!("hidden by {reason}"),
            Self::Collapsed => "in a collapsed `<details>`".to_owned(),
            Self::Unrendered(name) => format!("in `<{name}>`"),
            Self::Unreferenced => "in a footnote that nothing refers to".to_owned(),
            Self::Fuzzy => "in a fuzzy translation, which is not used".to_owned(),
            Self::Undecided => "under a condition that nothing here decides".to_owned(),
        }
    }
}

/// A heading and what is under it.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// The heading's block, by number in [`Document::blocks`]; none for what stands before any heading.
    pub heading: Option<u32>,
    /// The heading's level, 1 to 6; 0 before any heading.
    pub level: u8,
    /// The section that this one is part of.
    pub parent: Option<u32>,
}

/// A link that a reader can follow.
#[derive(Debug, Clone)]
pub struct Link {
    /// The whole link, in source bytes.
    pub span: Span,
    /// Where it leads, decoded.
    pub target: String,
    /// Its words in [`Document::text`]; where it stands when it has none, as around an image.
    pub words: Passage,
    /// What its `rel` says.
    pub rel: Option<Box<str>>,
    /// What its `class` says.
    pub class: Option<Box<str>>,
    /// The component or shortcode that makes it, where its markup was not read.
    pub component: Option<Box<str>>,
}

impl Link {
    /// Whether it leads somewhere as far as the page says: a component without an address may be a button.
    #[must_use]
    pub fn leads(&self) -> bool {
        self.component.is_none() || !self.target.is_empty()
    }
}

/// When a block of subtitles is on the screen.
#[derive(Debug, Clone, Copy)]
pub struct Cue {
    /// The block, by number in [`Document::blocks`].
    pub block: u32,
    /// From when on, in milliseconds.
    pub from: u64,
    /// Until when, in milliseconds.
    pub to: u64,
    /// Its timings, in source bytes.
    pub span: Span,
}

/// A comment.
#[derive(Debug, Clone)]
pub struct Comment {
    /// With its delimiters, in source bytes.
    pub span: Span,
    /// Without them, as the source writes it.
    pub body: Span,
}

/// Something that could not be read as it claims to be: reported as `unverifiable`, never passed over.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Where, in source bytes.
    pub span: Span,
    /// Lower case, no full stop.
    pub message: String,
}

/// Front matter.
#[derive(Debug, Clone, Default)]
pub struct Meta {
    /// With its delimiters, in source bytes.
    pub span: Span,
    /// Top-level keys, in source order.
    pub entries: Vec<MetaEntry>,
}

impl Meta {
    /// The entry of a key; `a.b` reaches into a table.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&MetaEntry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The entry of a key however it is spelled: `ai-generated`, `ai_generated`, `AI-Generated`.
    #[must_use]
    pub fn get_spelled(&self, key: &str) -> Option<&MetaEntry> {
        let plain = |byte: u8| {
            if byte == b'_' {
                b'-'
            } else {
                byte.to_ascii_lowercase()
            }
        };
        let spelled = |entry: &&MetaEntry| entry.key.bytes().map(plain).eq(key.bytes().map(plain));
        self.get(key).or_else(|| self.entries.iter().find(spelled))
    }
}

/// A key of front matter and its value.
#[derive(Debug, Clone)]
pub struct MetaEntry {
    /// The key; keys of nested tables are joined with `.`.
    pub key: String,
    /// The value.
    pub value: MetaValue,
    /// The value, in source bytes.
    pub span: Span,
}

/// A value of front matter.
#[derive(Debug, Clone, PartialEq)]
pub enum MetaValue {
    /// Text, or a date as it is written.
    Text(String),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// The values of a list.
    List(Vec<MetaValue>),
    /// Nothing.
    Null,
}

impl MetaValue {
    /// The value or, of a list, each of its values, as text.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text.clone()],
            Self::Number(number) => vec![number.to_string()],
            Self::Bool(yes) => vec![yes.to_string()],
            Self::List(items) => items.iter().flat_map(Self::texts).collect(),
            Self::Null => Vec::new(),
        }
    }
}

impl Document {
    /// An empty document of a source.
    #[must_use]
    pub fn new(source: &Arc<Source>) -> Self {
        Self {
            source: Arc::clone(source),
            sections: vec![Section::default()],
            ..Self::default()
        }
    }

    /// The key path of the string of content data that a span begins in.
    #[must_use]
    pub fn key(&self, span: Span) -> Option<&str> {
        let keys = self.keys.as_ref()?;
        let after = keys.partition_point(|(of, _)| of.start <= span.start);
        let (of, key) = keys.get(after.checked_sub(1)?)?;
        (span.start < of.end).then_some(key)
    }

    /// Where a finding points when no words of the page demand it: the title, the first block, else the first line.
    #[must_use]
    pub fn anchor(&self) -> Span {
        let own = || {
            let blocks = self.blocks.iter();
            blocks.filter(|block| self.brought_at(block.span.start).is_none())
        };
        let first = own().find(|block| !block.frame).or_else(|| own().next());
        let title = own().find(|block| block.kind == BlockKind::Heading(1));
        if let Some(block) = title.or(first) {
            return block.span;
        }
        let text = self.source.text();
        let start = text.len()
            - text
                .trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t'])
                .len();
        let start = if start == text.len() { 0 } else { start };
        let line = self.source.line(
            self.source
                .position(Span::new(start, start).start, crate::source::Unit::Byte)
                .line,
        );
        Span {
            start: line.start.max(Span::new(start, start).start).min(line.end),
            end: line.end,
        }
    }
}
