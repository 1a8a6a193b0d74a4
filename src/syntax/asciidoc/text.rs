//! Hands AsciiDoc text to the builder: paragraphs, titles, footnotes, with what of them a reader sees.

use std::ops::Range;

use super::Reader;
use super::inline::{Act, Fate, Inline, Region};
use crate::document::{BlockKind, Hidden};
use crate::pieces::Pieces;
use crate::source::Span;
use crate::text::Style;

/// A stretch of text that is told otherwise than what stands round it.
enum Open {
    /// Is not seen; and what was hidden before it.
    Hidden(Option<Hidden>),
    Styled(Style),
    Link(Option<usize>),
}

/// Begins a stretch, which ends no later than the one round it.
fn begin(open: &mut Vec<(usize, Open)>, end: usize, of: Open) {
    let end = open.last().map_or(end, |(outer, _)| end.min(*outer));
    open.push((end, of));
}

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
        // stretches that are not seen or are shown otherwise, by their ends
        let mut open: Vec<(usize, Open)> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            while open.last().is_some_and(|(end, _)| *end <= at) {
                self.end(&mut open);
            }
            let Some(region) = regions.peek().filter(|region| region.start < range.end) else {
                let end = open.last().map_or(range.end, |(end, _)| *end);
                let end = end.clamp(at, range.end);
                self.plain(inline, at..end);
                at = end;
                continue;
            };
            let border = open.last().map_or(region.start, |(end, _)| *end);
            if border.min(region.start) > at {
                let end = border.min(region.start);
                self.plain(inline, at..end);
                at = end;
                continue;
            }
            if region.start == at && region.end <= range.end {
                at = self.act(inline, region, &mut open, footnotes).max(at);
            }
            regions.next();
        }
        while !open.is_empty() {
            self.end(&mut open);
        }
    }

    /// Ends the stretch that began last.
    fn end(&mut self, open: &mut Vec<(usize, Open)>) {
        match open.pop() {
            Some((_, Open::Hidden(before))) if self.builder.hidden_by_syntax != before => {
                self.builder.hidden_by_syntax = before;
                self.builder.end_aside();
            }
            Some((_, Open::Styled(style))) => self.builder.styles.end(style),
            Some((_, Open::Link(number))) => self.builder.unlinked(number),
            Some((_, Open::Hidden(_))) | None => {}
        }
    }

    /// Does what a region asks for. Gives the byte to go on from.
    fn act(
        &mut self,
        inline: &Inline,
        region: &Region,
        open: &mut Vec<(usize, Open)>,
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
                begin(open, region.end, Open::Hidden(before));
                return region.start;
            }
            Act::Link(target, end) => {
                let number = self.builder.linked(span, target);
                begin(open, *end, Open::Link(number));
                return region.start;
            }
            Act::Styled(style) => {
                self.builder.styles.begin(*style);
                begin(open, region.end, Open::Styled(*style));
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
