//! The blocks of AsciiDoc: sections, lists, delimited blocks, styled paragraphs, macros on a line of their own.

use std::sync::Arc;

use super::attributes::{BlockAttributes, split};
use super::delimited::{Content, content, is_quote};
use super::lines::{self as line_of, part};
use super::{Container, Frame, Reader, What, is_include};
use crate::document::{BlockKind, Hidden};
use crate::source::Span;
use crate::text::Style;

/// Quotes in quotes that are read as such.
const DEEPEST: usize = 8;
const ADMONITIONS: &[(&str, &str)] = &[
    ("NOTE", "Note"),
    ("TIP", "Tip"),
    ("IMPORTANT", "Important"),
    ("WARNING", "Warning"),
    ("CAUTION", "Caution"),
];

impl Reader {
    /// Reads the block that begins at the frame's line.
    pub(super) fn block(
        &mut self,
        frame: &mut Frame<'_>,
        line: Span,
        text: &str,
        meta: &BlockAttributes,
    ) {
        let discrete = matches!(&*meta.style, "discrete" | "float");
        let sections = frame.sections && !frame.in_block() && !frame.attached;
        if sections || discrete {
            let source = Arc::clone(&self.source);
            let next = frame
                .lines
                .get(frame.at + 1)
                .map_or("", |line| source.slice(*line));
            let found = line_of::title(text)
                .map(|(level, start, end)| (level, part(line, start, end), 1))
                .or_else(|| line_of::underlined(text, next).map(|level| (level, line, 2)));
            if let Some((level, title, lines)) = found {
                frame.at += lines;
                return self.heading(level, title, meta, discrete);
            }
        }
        let before = self.builder.hidden_by_syntax;
        let open = frame.open.len();
        // an item that is not the first has no attributes of its own
        let sibling = frame.in_list() && line_of::item(text).is_some();
        if let Some(why) = meta.hides().filter(|_| !sibling) {
            self.builder.close();
            self.builder.hidden_by_syntax = before.or(Some(why));
        }
        self.attribute_words(meta);
        let awaiting = std::mem::take(&mut frame.awaiting);
        if let Some(delimiter) = line_of::delimiter(text) {
            self.delimited(frame, delimiter, meta, before);
        } else {
            self.undelimited(frame, line, text, meta, (before, awaiting));
        }
        if !sibling && frame.open.len() == open && self.builder.hidden_by_syntax != before {
            self.builder.close();
            self.builder.hidden_by_syntax = before;
        }
    }

    fn undelimited(
        &mut self,
        frame: &mut Frame<'_>,
        line: Span,
        text: &str,
        meta: &BlockAttributes,
        (before, awaiting): (Option<Hidden>, bool),
    ) {
        let kind = if awaiting {
            BlockKind::Item
        } else {
            BlockKind::Paragraph
        };
        if let Some(content) = content(&meta.style).filter(|of| *of != Content::Blocks) {
            self.title(meta);
            let lines = self.paragraph_lines(frame, line);
            return self.content(content, &lines, meta);
        }
        if let Some((marker, start, end)) = line_of::item(text) {
            return self.item(frame, (marker, start, end), line, meta, before);
        }
        if text.starts_with([' ', '\t']) && !awaiting && meta.style != "normal" {
            self.title(meta);
            let lines = self.paragraph_lines(frame, line);
            return self.code(&lines);
        }
        if line_of::is_break(text) {
            frame.at += 1;
            self.unseen_title(meta);
            return self.builder.close();
        }
        if self.block_macro(line, text, meta) {
            frame.at += 1;
            return;
        }
        self.prose(frame, line, text, meta, kind);
    }

    fn heading(&mut self, level: u8, title: Span, meta: &BlockAttributes, discrete: bool) {
        self.builder.close();
        self.unseen_title(meta);
        if discrete {
            let before = self.builder.hidden_by_syntax;
            self.builder.hidden_by_syntax = before.or(meta.hides());
            self.paragraph(BlockKind::Heading(level + 1), &[title]);
            self.builder.hidden_by_syntax = before;
            return;
        }
        if let Some((_, before)) = self.hidden_section.filter(|(of, _)| level <= *of) {
            self.builder.hidden_by_syntax = before;
            self.hidden_section = None;
        }
        if let (Some(why), None) = (meta.hides(), self.hidden_section) {
            self.hidden_section = Some((level, self.builder.hidden_by_syntax));
            self.builder.hidden_by_syntax = self.builder.hidden_by_syntax.or(Some(why));
        }
        self.paragraph(BlockKind::Heading(level + 1), &[title]);
    }

    /// An item of a list, which is begun with it if it is the first.
    fn item(
        &mut self,
        frame: &mut Frame<'_>,
        (marker, start, end): (line_of::Marker, usize, usize),
        line: Span,
        meta: &BlockAttributes,
        before: Option<Hidden>,
    ) {
        let lists = frame
            .open
            .iter()
            .rev()
            .take_while(|of| matches!(of.what, What::List(_)));
        let inner = lists
            .map(|of| of.what)
            .position(|what| what == What::List(marker));
        match inner {
            Some(inner) => (0..inner).for_each(|_| self.pop(frame)),
            None => {
                self.title(meta);
                self.builder.open_list();
                self.push(frame, What::List(marker), before);
            }
        }
        let source = Arc::clone(&self.source);
        let text = source.slice(line);
        if !marker.is_term() {
            let mut first = part(line, start, end);
            let boxes = ["[ ] ", "[x] ", "[*] "];
            if boxes.iter().any(|of| text[start..].starts_with(of)) {
                first = part(line, start + 4, end);
            }
            let lines = self.paragraph_lines(frame, first);
            return self.paragraph(BlockKind::Item, &lines);
        }
        self.paragraph(BlockKind::Item, &[part(line, start, end)]);
        match line_of::definition(text, marker, end) {
            Some(start) => {
                let lines = self.paragraph_lines(frame, part(line, start, text.len()));
                self.paragraph(BlockKind::Item, &lines);
            }
            None => {
                frame.at += 1;
                frame.awaiting = true;
            }
        }
    }

    pub(super) fn push(&mut self, frame: &mut Frame<'_>, what: What, hidden: Option<Hidden>) {
        frame.open.push(Container {
            what,
            hidden,
            quotes: self.builder.quotes,
            styles: self.builder.styles,
            quoted: Vec::new(),
        });
    }

    /// The lines of the paragraph that begins at the frame's line, of which `first` is its part.
    fn paragraph_lines(&mut self, frame: &mut Frame<'_>, first: Span) -> Vec<Span> {
        let source = Arc::clone(&self.source);
        let in_list = frame.in_list();
        let mut lines = vec![first];
        frame.at += 1;
        while let Some(line) = frame.lines.get(frame.at).copied() {
            let text = source.slice(line);
            let ends = text.is_empty()
                || (in_list && (text == "+" || line_of::item(text).is_some()))
                || line_of::attributes(text).is_some()
                || line_of::delimiter(text).is_some();
            if ends {
                break;
            }
            frame.at += 1;
            if line_of::is_comment(text) {
                self.builder.comment(line, part(line, 2, text.len()));
            } else if is_include(text) {
                self.include(line);
            } else {
                lines.push(line);
            }
        }
        lines
    }

    /// The title above a block.
    pub(super) fn title(&mut self, meta: &BlockAttributes) {
        if let Some(title) = meta.title {
            self.paragraph(BlockKind::Paragraph, &[title]);
        }
    }

    /// Words in the attributes of a block that nobody sees.
    fn attribute_words(&mut self, meta: &BlockAttributes) {
        let source = Arc::clone(&self.source);
        let quoted = is_quote(&meta.style);
        let positional = meta.positional.iter().skip(1).filter(|_| !quoted);
        for span in positional.chain(meta.named.iter().map(|(_, span)| span)) {
            let shown = source.slice(*span);
            if shown.contains(' ') {
                let why = Hidden::Attribute("an attribute of a block");
                self.builder.aside(why, *span, shown, false);
            }
        }
    }

    /// Paragraphs, admonitions, quotes.
    fn prose(
        &mut self,
        frame: &mut Frame<'_>,
        line: Span,
        text: &str,
        meta: &BlockAttributes,
        kind: BlockKind,
    ) {
        let (quotes, depth) = (self.builder.quotes, self.depth);
        let styles = self.builder.styles;
        let mut first = line;
        if let Some((name, shown)) = ADMONITIONS.iter().find(|(name, _)| {
            text.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with(": ") || rest.starts_with(":\t"))
        }) {
            self.builder.styles.begin(Style::CALLOUT);
            self.label(shown, part(line, 0, name.len()), meta);
            let rest = text[name.len() + 1..].trim_start();
            first = part(line, text.len() - rest.len(), text.len());
        }
        self.admonition(meta);
        self.title(meta);
        let lines = self.paragraph_lines(frame, first);
        if is_quote(&meta.style) {
            self.builder.quotes += 1;
        }
        if text.starts_with("> ") && depth < DEEPEST {
            self.builder.close();
            self.builder.quotes += 1;
            let inner: Vec<Span> = lines.iter().map(|line| self.unmarked(*line)).collect();
            self.depth += 1;
            self.blocks(&inner, false);
            self.depth = depth;
        } else {
            let last = lines.last().map_or("", |line| self.source.slice(*line));
            if text.starts_with('"') && lines.len() > 1 && last.starts_with("-- ") {
                self.builder.close();
                self.builder.quotes += 1;
            }
            self.paragraph(kind, &lines);
        }
        if is_quote(&meta.style) {
            self.attribution(meta.quoted());
        }
        self.builder.quotes = quotes;
        self.builder.styles = styles;
    }

    fn unmarked(&self, line: Span) -> Span {
        let text = self.source.slice(line);
        let start = match text.strip_prefix('>') {
            Some(rest) => 1 + usize::from(rest.starts_with(' ')),
            None => 0,
        };
        part(line, start, text.len())
    }

    pub(super) fn admonition(&mut self, meta: &BlockAttributes) {
        let named = ADMONITIONS.iter().find(|(name, _)| *name == meta.style);
        if let (Some((_, shown)), Some(span)) = (named, meta.positional.first()) {
            self.builder.styles.begin(Style::CALLOUT);
            self.label(shown, *span, meta);
        }
    }

    fn label(&mut self, shown: &str, span: Span, meta: &BlockAttributes) {
        if let Some(caption) = meta.named("caption") {
            return self.paragraph(BlockKind::Paragraph, &[caption]);
        }
        self.builder.open(BlockKind::Paragraph);
        self.builder.text_as(shown, span);
        self.builder.close();
    }

    /// Who is quoted, and where.
    pub(super) fn attribution(&mut self, quoted: &[Span]) {
        for span in quoted {
            self.paragraph(BlockKind::Paragraph, &[*span]);
        }
    }

    fn block_macro(&mut self, line: Span, text: &str, meta: &BlockAttributes) -> bool {
        let Some((name, _, start, end)) = line_of::block_macro(text) else {
            return false;
        };
        match name {
            "image" | "video" | "audio" => {
                self.builder.close();
                self.title(meta);
                for (number, (key, from, to)) in split(&text[start..end]).into_iter().enumerate() {
                    let span = part(line, start + from, start + to);
                    let shown = &text[start + from..start + to];
                    let place = match key {
                        Some("title") => {
                            self.paragraph(BlockKind::Paragraph, &[span]);
                            continue;
                        }
                        None if number == 0 => "the alt text of an image",
                        Some("alt") => "the alt text of an image",
                        _ => "an attribute of an image",
                    };
                    self.builder
                        .aside(Hidden::Attribute(place), span, shown, false);
                }
            }
            "toc" => self.unseen_title(meta),
            _ => return false,
        }
        true
    }
}
