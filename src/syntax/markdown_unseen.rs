//! What Markdown holds and no reader sees: link definitions, titles.

use pulldown_cmark::{LinkType, OffsetIter};

use super::markdown::{Reader, inside};
use crate::document::Hidden;
use crate::source::Span;
use crate::text::Style;

impl Reader<'_> {
    /// Begins a link, and tells what of it nobody reads.
    pub(super) fn link(&mut self, kind: LinkType, target: &str, title: &str, span: Span) {
        let link = if matches!(kind, LinkType::Email) {
            self.builder.styles.begin(Style::LINK);
            None
        } else {
            self.builder.linked(span, target)
        };
        self.links.push(link);
        let written = !matches!(
            kind,
            LinkType::Autolink | LinkType::Email | LinkType::WikiLink { .. }
        );
        // the words of a definition are read where they stand
        let defined = matches!(
            kind,
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
        );
        if defined {
            return;
        }
        if written && target.contains([' ', '+', '%', '-']) {
            self.attribute("a link target", target, span);
        }
        self.attribute("a link title", title, span);
    }

    /// Words of a link or an image that the parser gives without their place.
    pub(super) fn attribute(&mut self, place: &'static str, value: &str, span: Span) {
        if value.is_empty() {
            return;
        }
        let raw = self.builder.slice(span);
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
            let span = self.text.span(definition.span.start, definition.span.end);
            let title = definition.title.as_deref().unwrap_or_default();
            if matches!(label, "//" | "comment" | "#") {
                let body = inside(self.builder.slice(span), title).map_or(span, |at| {
                    let start = span.start as usize + at;
                    Span::new(start, start + title.len())
                });
                self.builder.comment(span, body);
            } else {
                self.attribute("a link title", title, span);
            }
        }
    }
}
