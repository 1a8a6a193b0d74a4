//! What Markdown holds and no reader sees: front matter, link definitions, titles.

use pulldown_cmark::OffsetIter;

use super::front_matter::{self, Dialect};
use super::markdown::{Reader, inside};
use crate::document::Hidden;
use crate::source::Span;

impl Reader {
    /// Comments of YAML and TOML that have a line of their own; they waive nothing.
    fn comments(&mut self, inner: Span) {
        let raw = self.builder.source().slice(inner).to_owned();
        let mut at = inner.start as usize;
        for line in raw.split_inclusive('\n') {
            let text = line.trim_start();
            if text.starts_with('#') {
                let start = at + line.len() - text.len();
                let span = Span::new(start, start + text.trim_end().len());
                self.builder
                    .aside(Hidden::Comment, span, text.trim_end(), false);
            }
            at += line.len();
        }
    }

    /// Words of a link or an image that the parser gives without their place.
    pub(super) fn attribute(&mut self, place: &'static str, value: &str, span: Span) {
        if value.is_empty() {
            return;
        }
        let raw = self.builder.source().slice(span);
        let at = raw.rfind(value).map_or(span, |at| {
            Span::new(
                span.start as usize + at,
                span.start as usize + at + value.len(),
            )
        });
        let shown = value.replace("%20", " ").replace('+', " ");
        self.builder.aside(
            Hidden::Attribute(place),
            at,
            if place == "a link target" {
                &shown
            } else {
                value
            },
            false,
        );
    }

    /// Link definitions, whose titles nobody sees and which some write comments with: `[//]: # (comment)`.
    pub(super) fn definitions(&mut self, parser: &OffsetIter<'_>) {
        let mut all: Vec<_> = parser.reference_definitions().iter().collect();
        all.sort_by_key(|(_, definition)| definition.span.start);
        for (label, definition) in all {
            let span = Span::new(
                self.base + definition.span.start,
                self.base + definition.span.end,
            );
            let title = definition.title.as_deref().unwrap_or_default();
            if matches!(label, "//" | "comment" | "#") {
                let body = inside(self.builder.source().slice(span), title).map_or(span, |at| {
                    let start = span.start as usize + at;
                    Span::new(start, start + title.len())
                });
                self.builder.comment(span, body);
            } else {
                self.attribute("a link title", title, span);
            }
        }
    }

    pub(super) fn front_matter(&mut self, dialect: Dialect, span: Span, inner: Span) {
        let raw = self.builder.source().slice(inner).to_owned();
        let (meta, problem) = front_matter::parse(dialect, &raw, inner.start as usize, span);
        for entry in &meta.entries {
            let shown = entry.value.texts().join(" ");
            let written = self.builder.source().slice(entry.span);
            let span = inside(written, &shown).map_or(entry.span, |at| {
                Span::new(
                    entry.span.start as usize + at,
                    entry.span.start as usize + at + shown.len(),
                )
            });
            self.builder.aside(Hidden::FrontMatter, span, &shown, false);
        }
        if dialect != Dialect::Json {
            self.comments(inner);
        }
        self.builder.document().meta = Some(meta);
        if let Some(problem) = problem {
            self.builder.problem(problem.span, problem.message);
        }
    }
}
