//! A text put together from stretches of the source: what a reader parses when the source itself is not that text, as HTML lines in
//! a block quote, MDX without its tags, a string with escapes. Every byte of it knows its place.

use std::ops::Range;

use crate::source::Span;

/// A text and where each stretch of it stands in the source.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pieces {
    pub text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it begins, in bytes of the text.
    at: usize,
    source: Span,
    /// Byte for byte as in the source; else any part of it stands for the whole span.
    verbatim: bool,
}

impl Pieces {
    /// What stands in the source just so, from its byte `at` on.
    pub(crate) fn of(raw: &str, at: usize) -> Self {
        let mut pieces = Self::default();
        pieces.push(raw, at);
        pieces
    }

    /// Adds what stands in the source just so, from its byte `at` on.
    pub(crate) fn push(&mut self, raw: &str, at: usize) {
        if raw.is_empty() {
            return;
        }
        let source = Span::new(at, at + raw.len());
        match self.pieces.last_mut() {
            Some(last) if last.verbatim && last.source.end == source.start => {
                last.source.end = source.end;
            }
            _ => self.pieces.push(Piece {
                at: self.text.len(),
                source,
                verbatim: true,
            }),
        }
        self.text.push_str(raw);
    }

    /// Adds what the source writes otherwise.
    pub(crate) fn push_as(&mut self, shown: &str, source: Span) {
        if shown.is_empty() {
            return;
        }
        self.pieces.push(Piece {
            at: self.text.len(),
            source,
            verbatim: false,
        });
        self.text.push_str(shown);
    }

    /// Adds a range of another text, with the places it has there.
    pub(crate) fn add(&mut self, other: &Self, range: Range<usize>) {
        for (part, span) in other.parts(range) {
            let shown = &other.text[part];
            if shown.len() == span.range().len() {
                self.push(shown, span.start as usize);
            } else {
                self.push_as(shown, span);
            }
        }
    }

    /// Where the text ends in the source: an empty span.
    pub(crate) fn end(&self) -> Span {
        let end = self.pieces.last().map_or(0, |last| last.source.end);
        Span { start: end, end }
    }

    /// The source from the first byte of a range of the text to its last.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let first = self.place(start);
        let last = if end > start {
            self.place(end - 1)
        } else {
            return Span {
                start: first.start,
                end: first.start,
            };
        };
        Span {
            start: first.start,
            end: last.end.max(first.start),
        }
    }

    /// The byte of the source that a byte of the text stands for, or the stretch that it stands for together with others.
    fn place(&self, at: usize) -> Span {
        let number = self.pieces.partition_point(|piece| piece.at <= at);
        let Some(piece) = number.checked_sub(1).map(|number| self.pieces[number]) else {
            return Span::default();
        };
        if !piece.verbatim {
            return if at < self.end_of(number - 1) {
                piece.source
            } else {
                Span {
                    start: piece.source.end,
                    end: piece.source.end,
                }
            };
        }
        let start = (piece.source.start as usize + at - piece.at).min(piece.source.end as usize);
        Span::new(start, (start + 1).min(piece.source.end as usize))
    }

    fn end_of(&self, number: usize) -> usize {
        self.pieces
            .get(number + 1)
            .map_or(self.text.len(), |next| next.at)
    }

    /// The parts of a range of the text that lie in the source as one.
    pub(crate) fn parts(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Span)> {
        let first = self
            .pieces
            .partition_point(|piece| piece.at <= range.start)
            .saturating_sub(1);
        (first..self.pieces.len())
            .take_while({
                let end = range.end;
                move |number| self.pieces[*number].at < end
            })
            .filter_map(move |number| {
                let start = self.pieces[number].at.max(range.start);
                let end = self.end_of(number).min(range.end);
                (start < end).then(|| (start..end, self.span(start, end)))
            })
    }

    /// Says anew where each stretch stands.
    pub(crate) fn move_places(&mut self, mut to: impl FnMut(Span) -> Span) {
        for piece in &mut self.pieces {
            piece.source = to(piece.source);
        }
    }
}
