//! Hands AsciiDoc text to the builder: paragraphs, titles, footnotes, with what of them a reader sees.

use std::ops::Range;

use super::Reader;
use super::inline::{Act, Fate, Inline, Region};
use crate::document::{BlockKind, Hidden};
use crate::pieces::Pieces;
use crate::source::Span;

impl Reader {
    /// A block of running text.
    pub(super) fn paragraph(&mut self, kind: BlockKind, lines: &[Span]) {
        self.builder.open(kind);
        let depth = self.tags.depth();
        let inline = Inline::of(lines, &self.source, &mut self.attributes, self.separator);
        let mut footnotes = Vec::new();
        self.show(&inline, 0..inline.text().len(), &mut footnotes);
        self.tags.truncate(depth, &mut self.builder);
        self.builder.close();
        let mut at = 0;
        while let Some(range) = footnotes.get(at).cloned() {
            self.builder.footnote = true;
            self.builder.open(BlockKind::Paragraph);
            self.show(&inline, range, &mut footnotes);
            self.builder.close();
            self.builder.footnote = false;
            at += 1;
        }
    }

    fn show(&mut self, inline: &Inline, range: Range<usize>, footnotes: &mut Vec<Range<usize>>) {
        let first = inline
            .regions
            .partition_point(|region| region.start < range.start);
        let mut regions = inline.regions[first..].iter().peekable();
        // stretches that are not seen, by their ends, and what was not seen before them
        let mut hidden: Vec<(usize, Option<Hidden>)> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            while hidden.last().is_some_and(|(end, _)| *end <= at) {
                self.unhide(&mut hidden);
            }
            let Some(region) = regions.peek().filter(|region| region.start < range.end) else {
                let end = hidden.last().map_or(range.end, |(end, _)| *end);
                let end = end.clamp(at, range.end);
                self.plain(inline, at..end);
                at = end;
                continue;
            };
            let border = hidden.last().map_or(region.start, |(end, _)| *end);
            if border.min(region.start) > at {
                let end = border.min(region.start);
                self.plain(inline, at..end);
                at = end;
                continue;
            }
            if region.start == at && region.end <= range.end {
                at = self.act(inline, region, &mut hidden, footnotes).max(at);
            }
            regions.next();
        }
        while !hidden.is_empty() {
            self.unhide(&mut hidden);
        }
    }

    fn unhide(&mut self, hidden: &mut Vec<(usize, Option<Hidden>)>) {
        if let Some((_, before)) = hidden.pop()
            && self.builder.hidden_by_syntax != before
        {
            self.builder.hidden_by_syntax = before;
            self.builder.end_aside();
        }
    }

    /// Does what a region asks for. Gives the byte to go on from.
    fn act(
        &mut self,
        inline: &Inline,
        region: &Region,
        hidden: &mut Vec<(usize, Option<Hidden>)>,
        footnotes: &mut Vec<Range<usize>>,
    ) -> usize {
        let range = region.start..region.end;
        let span = inline.pieces.span(region.start, region.end);
        match &region.act {
            Act::Hide(why, marked) => {
                let before = self.builder.hidden_by_syntax;
                if self.builder.hidden().is_none() {
                    if *marked {
                        self.builder.mark(span);
                    }
                    self.builder.hidden_by_syntax = Some(*why);
                }
                let inner = hidden
                    .last()
                    .map_or(region.end, |(end, _)| region.end.min(*end));
                hidden.push((inner, before));
                return region.start;
            }
            Act::Link(target) => {
                self.builder.link(span, target);
                return region.start;
            }
            Act::Show(shown) => self.builder.text_as(shown, span),
            Act::Raw => {
                for (_, span) in inline.pieces.parts(range) {
                    self.builder.text(span);
                }
            }
            Act::Html => self.html(&inline.pieces, range),
            Act::Words(place) => {
                let written = &inline.text()[range];
                let decoded = written.replace("%20", " ").replace('+', " ");
                let is_target = *place == "a link target";
                let shown = if is_target { &decoded } else { written };
                self.builder
                    .aside(Hidden::Attribute(place), span, shown, false);
            }
            Act::Mark => self.builder.mark(span),
            Act::Footnote(inner) => footnotes.push(inner.clone()),
        }
        region.end
    }

    pub(super) fn html(&mut self, pieces: &Pieces, range: Range<usize>) {
        let mut html = Pieces::default();
        for (_, span) in pieces.parts(range) {
            html.push(self.source.slice(span), span.start as usize);
        }
        self.tags.read(&html, &mut self.builder);
    }

    /// Text without its markup.
    fn plain(&mut self, inline: &Inline, range: Range<usize>) {
        let gone = |at: usize| matches!(inline.fate[at], Fate::Gone | Fate::Curl | Fate::Void);
        let mut at = range.start;
        while at < range.end {
            let skip = gone(at);
            let end = (at..range.end)
                .find(|at| gone(*at) != skip)
                .unwrap_or(range.end);
            if !skip {
                self.builder.tell(&inline.pieces, at..end);
            }
            at = end;
        }
    }
}
