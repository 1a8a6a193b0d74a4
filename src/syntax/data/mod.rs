//! Content data: the strings of a file as blocks, each named by its key path. What the syntaxes of data share: which strings
//! are content, what they are written in, and how they become a document. Nothing else of such a file is content.

pub(super) mod json;
pub(super) mod po;
pub(super) mod toml;
pub(super) mod yaml;

use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher};

use crate::document::{BlockKind, Document, Hidden};
use crate::pieces::Pieces;
use crate::source::{Source, Span};
use crate::syntax::builder::Builder;
use crate::syntax::html::tags::Tags;
use crate::syntax::plain;

/// A syntax whose strings are content where config says so.
#[derive(Debug, Clone, Copy)]
pub struct Data {
    /// Its name.
    pub name: &'static str,
    /// Endings of its files, without the dot, in lower case.
    pub extensions: &'static [&'static str],
    /// Reads the strings that are chosen; of several that choose a string the last says what it is written in.
    /// Never fails: what cannot be read is in [`Document::problems`].
    pub read: fn(&Arc<Source>, &[&Keys]) -> Document,
}

/// What strings are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Inner {
    /// Text with HTML in it. The default: interface strings commonly hold tags and entities, and words in a hidden element or
    /// a comment must never count as seen. A text that only looks like HTML is rare, and a lone `<` or `&` stays itself.
    #[default]
    Html,
    /// Paragraphs with blank lines between, every sign as it is.
    Text,
}

impl Inner {
    /// Their names in config.
    pub const NAMES: &'static [&'static str] = &["html", "text"];

    /// What has this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "html" => Some(Self::Html),
            "text" => Some(Self::Text),
            _ => None,
        }
    }
}

/// Which strings of a file are content, and what they are written in.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// None: all.
    keys: Vec<Option<GlobMatcher>>,
    not: Vec<Option<GlobMatcher>>,
    /// What the strings are written in.
    pub inner: Inner,
}

impl Keys {
    /// By globs over key paths, in which `.` stands between keys, `*` is one key and `**` any. Globs that are none were
    /// reported when config was read.
    #[must_use]
    pub fn new(keys: &[String], not: &[String], inner: Inner) -> Self {
        let compile = |globs: &[String]| globs.iter().map(|glob| compile(glob)).collect();
        Self {
            keys: compile(keys),
            not: compile(not),
            inner,
        }
    }

    /// Whether the string at a key path is content.
    #[must_use]
    pub fn choose(&self, key: &str) -> bool {
        if self.keys.is_empty() && self.not.is_empty() {
            return true;
        }
        let path = path(key);
        let any =
            |globs: &[Option<GlobMatcher>]| globs.iter().flatten().any(|glob| glob.is_match(&path));
        (self.keys.is_empty() || any(&self.keys)) && !any(&self.not)
    }

    /// Which of its globs match a key path, by number.
    pub fn matching(&self, key: &str) -> impl Iterator<Item = usize> {
        let path = path(key);
        self.keys
            .iter()
            .enumerate()
            .filter(move |(_, glob)| glob.as_ref().is_some_and(|glob| glob.is_match(&path)))
            .map(|(at, _)| at)
    }
}

fn compile(glob: &str) -> Option<GlobMatcher> {
    let glob = GlobBuilder::new(&path(glob))
        .literal_separator(true)
        .build();
    glob.ok().map(|glob| glob.compile_matcher())
}

/// A key path as globs take it: keys may hold a `/`, and what parts them is `.`.
fn path(key: &str) -> String {
    key.replace('/', "\u{1}").replace('.', "/")
}

/// The way to the value that is being read.
#[derive(Debug, Default)]
pub(in crate::syntax) struct KeyPath {
    pub(in crate::syntax) text: String,
    /// Where each key begins.
    starts: Vec<usize>,
}

impl KeyPath {
    pub(in crate::syntax) fn push(&mut self, key: &str) {
        self.starts.push(self.text.len());
        if self.starts.len() > 1 {
            self.text.push('.');
        }
        self.text.push_str(key);
    }

    pub(in crate::syntax) fn pop(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.text.truncate(start);
        }
    }
}

/// The content of a data file on its way.
#[derive(Debug)]
pub(in crate::syntax) struct Strings<'a> {
    pub(in crate::syntax) source: &'a Arc<Source>,
    keys: &'a [&'a Keys],
    items: Vec<(Span, Item)>,
    problems: Vec<(Span, String)>,
}

#[derive(Debug)]
enum Item {
    /// Its key path, what it says, what it is written in, and why it is not seen if it is not.
    String(String, Pieces, Inner, Option<Hidden>),
    /// What stands between its delimiters.
    Comment(Span),
}

impl<'a> Strings<'a> {
    pub(in crate::syntax) fn new(source: &'a Arc<Source>, keys: &'a [&'a Keys]) -> Self {
        Self {
            source,
            keys,
            items: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Takes the string at a key path if it is content, and says whether it is; it is aligned only then.
    pub(in crate::syntax) fn string(
        &mut self,
        key: &str,
        span: Span,
        pieces: impl FnOnce() -> Pieces,
    ) -> bool {
        self.string_unseen(None, key, span, pieces)
    }

    /// The same with why a reader does not see it, if so.
    pub(in crate::syntax) fn string_unseen(
        &mut self,
        hidden: Option<Hidden>,
        key: &str,
        span: Span,
        pieces: impl FnOnce() -> Pieces,
    ) -> bool {
        let keys = self.keys.iter().rev().find(|keys| keys.choose(key));
        if let Some(keys) = keys {
            let item = Item::String(key.to_owned(), pieces(), keys.inner, hidden);
            self.items.push((span, item));
        }
        keys.is_some()
    }

    pub(in crate::syntax) fn comment(&mut self, span: Span, body: Span) {
        self.items.push((span, Item::Comment(body)));
    }

    pub(in crate::syntax) fn problem(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push((span, message.into()));
    }

    pub(in crate::syntax) fn finish(mut self) -> Document {
        let mut builder = Builder::new(self.source);
        self.items.sort_by_key(|(span, _)| span.start);
        let mut named = Vec::new();
        for (span, item) in self.items {
            match item {
                Item::Comment(body) => builder.comment(span, body),
                Item::String(key, pieces, inner, hidden) => {
                    named.push((span, key));
                    builder.hidden_by_syntax = hidden;
                    tell(&pieces, inner, &mut builder);
                    builder.top();
                    builder.hidden_by_syntax = None;
                }
            }
        }
        builder.document().keys = Some(named);
        builder.document().filled_in = true;
        for (span, message) in self.problems {
            builder.problem(span, message);
        }
        builder.finish()
    }
}

/// Reads a string in what it is written in: the one place where a further syntax of strings is plugged in.
fn tell(pieces: &Pieces, inner: Inner, builder: &mut Builder) {
    builder.open(BlockKind::Paragraph);
    match inner {
        Inner::Text => plain::read(pieces, builder),
        Inner::Html => {
            let mut tags = Tags::default();
            match without_numbered(pieces, builder) {
                Some(pieces) => tags.read(&pieces, builder),
                None => tags.read(pieces, builder),
            }
            tags.truncate(0, builder);
        }
    }
}

/// A text without `<0>`, `</0>`, `<1/>`, with which translations mark where a component stands: HTML knows no such tags, and
/// a reader does not see them.
fn without_numbered(pieces: &Pieces, builder: &Builder) -> Option<Pieces> {
    let text = &pieces.text;
    let mut out: Option<Pieces> = None;
    let mut kept = 0;
    let keep = |out: &mut Option<Pieces>, range: std::ops::Range<usize>| {
        let out = out.get_or_insert_default();
        for (part, span) in pieces.parts(range) {
            match builder.slice(span) == &text[part.clone()] {
                true => out.push(&text[part], span.start as usize),
                false => out.push_as(&text[part], span),
            }
        }
    };
    for (at, _) in text.match_indices('<') {
        let inside = text[at + 1..].strip_prefix('/').unwrap_or(&text[at + 1..]);
        let rest = inside.trim_start_matches(|c: char| c.is_ascii_digit());
        let after = rest.trim_start().trim_start_matches('/');
        if rest.len() < inside.len() && after.starts_with('>') {
            keep(&mut out, kept..at);
            kept = text.len() - after.len() + 1;
        }
    }
    if kept > 0 {
        keep(&mut out, kept..text.len());
    }
    out
}
