//! Blocks of AsciiDoc between two delimiters, and paragraphs that a style makes the same of.

use std::sync::Arc;

use super::attributes::BlockAttributes;
use super::lines::{self as line_of, Delimiter};
use super::{Frame, Reader, What, is_include};
use crate::document::{BlockKind, Hidden};
use crate::pieces::Pieces;
use crate::source::Span;
use crate::text::Style;

/// What is made of the lines of a block.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Blocks,
    Code,
    Comment,
    Html,
    Formula,
    Verse,
}

impl Reader {
    pub(super) fn delimited(
        &mut self,
        frame: &mut Frame<'_>,
        delimiter: Delimiter,
        meta: &BlockAttributes,
        before: Option<Hidden>,
    ) {
        let style = content(&meta.style);
        let kind = match (delimiter.sign, delimiter.length) {
            (b'/', _) => Content::Comment,
            (b'|' | b',' | b':' | b'!', _) => {
                self.title(meta);
                let lines = self.inside(frame, delimiter);
                let lines = self.without_directives(lines, false);
                return self.table(delimiter.sign, &lines, meta);
            }
            (b'-', 2) => style.unwrap_or(Content::Blocks),
            (b'`' | b'-' | b'.', _) => Content::Code,
            (b'+', _) if style == Some(Content::Formula) => Content::Formula,
            (b'+', _) => Content::Html,
            (b'_', _) if style == Some(Content::Verse) => Content::Verse,
            _ => Content::Blocks,
        };
        if kind == Content::Blocks {
            return self.compound(frame, delimiter, meta, before);
        }
        self.title(meta);
        let start = frame.lines[frame.at];
        let lines = self.inside(frame, delimiter);
        if kind == Content::Comment {
            let last = frame.lines[frame.at - 1];
            return self.comment_block(start.to(last), &lines);
        }
        self.content(kind, &lines, meta);
    }

    fn compound(
        &mut self,
        frame: &mut Frame<'_>,
        delimiter: Delimiter,
        meta: &BlockAttributes,
        before: Option<Hidden>,
    ) {
        frame.at += 1;
        let styles = self.builder.styles;
        self.admonition(meta);
        self.title(meta);
        self.builder.close();
        if delimiter.sign == b'*' {
            self.builder.styles.begin(Style::CALLOUT);
        }
        self.push(frame, What::Block(delimiter), before);
        if let Some(container) = frame.open.last_mut() {
            container.styles = styles;
        }
        if delimiter.sign == b'_' || is_quote(&meta.style) {
            self.builder.quotes += 1;
            if let Some(container) = frame.open.last_mut() {
                container.quoted = meta.quoted().to_vec();
            }
        }
        if delimiter.sign == b'=' && meta.option("collapsible") && !meta.option("open") {
            let hidden = self.builder.hidden_by_syntax;
            self.builder.hidden_by_syntax = hidden.or(Some(Hidden::Collapsed));
        }
    }

    /// The lines up to the delimiter that ends a block, or to that of one round it.
    fn inside(&mut self, frame: &mut Frame<'_>, delimiter: Delimiter) -> Vec<Span> {
        let source = Arc::clone(&self.source);
        let fence = delimiter.sign == b'`';
        let mut lines = Vec::new();
        frame.at += 1;
        while let Some(line) = frame.lines.get(frame.at).copied() {
            let text = source.slice(line);
            if let Some(found) = line_of::delimiter(text) {
                if found == delimiter && (!fence || text == "```") {
                    frame.at += 1;
                    break;
                }
                if frame.is_open(found) {
                    break;
                }
            }
            lines.push(line);
            frame.at += 1;
        }
        lines
    }

    /// Lines without includes and, if it is not HTML, without comments.
    fn without_directives(&mut self, mut lines: Vec<Span>, html: bool) -> Vec<Span> {
        let source = Arc::clone(&self.source);
        lines.retain(|line| {
            let text = source.slice(*line);
            let include = is_include(text);
            let comment = !html && line_of::is_comment(text);
            if include {
                self.include(*line);
            } else if comment {
                self.builder
                    .comment(*line, line_of::part(*line, 2, text.len()));
            }
            !include && !comment
        });
        lines
    }

    pub(super) fn content(&mut self, content: Content, lines: &[Span], meta: &BlockAttributes) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return;
        };
        match content {
            Content::Code => self.code(lines),
            Content::Comment => self.comment_block(first.to(*last), lines),
            Content::Html => {
                let lines = self.without_directives(lines.to_vec(), true);
                let mut html = Pieces::default();
                for line in &lines {
                    html.push(self.source.slice(*line), line.start as usize);
                    html.push_as(
                        "\n",
                        Span {
                            start: line.end,
                            end: line.end,
                        },
                    );
                }
                self.builder.close();
                self.tags.read(&html, &mut self.builder);
                self.builder.close();
            }
            Content::Formula => {
                self.builder.open(BlockKind::Paragraph);
                self.builder.text(first.to(*last));
                self.builder.close();
            }
            Content::Verse | Content::Blocks => {
                let quotes = self.builder.quotes;
                self.builder.quotes += 1;
                let lines = self.without_directives(lines.to_vec(), false);
                for lines in lines.split(|line| line.is_empty()) {
                    if !lines.is_empty() {
                        self.paragraph(BlockKind::Paragraph, lines);
                    }
                }
                self.attribution(meta.quoted());
                self.builder.quotes = quotes;
            }
        }
    }

    /// Lines that are shown as code.
    pub(super) fn code(&mut self, lines: &[Span]) {
        self.builder.close();
        let before = self.builder.hidden_by_syntax;
        self.builder.hidden_by_syntax = before.or(Some(Hidden::Code));
        for line in lines {
            self.builder.text(*line);
            self.builder.space(Span {
                start: line.end,
                end: line.end,
            });
        }
        self.builder.close();
        self.builder.hidden_by_syntax = before;
    }

    fn comment_block(&mut self, span: Span, lines: &[Span]) {
        if let (Some(first), Some(last)) = (lines.first(), lines.last()) {
            self.builder.comment(span, first.to(*last));
        }
    }
}

pub(super) fn is_quote(style: &str) -> bool {
    matches!(style, "quote" | "verse")
}

/// What a style makes of a block.
pub(super) fn content(style: &str) -> Option<Content> {
    Some(match style {
        "listing" | "source" | "literal" => Content::Code,
        "comment" => Content::Comment,
        "pass" => Content::Html,
        "stem" | "latexmath" | "asciimath" => Content::Formula,
        "verse" => Content::Verse,
        _ => return None,
    })
}
