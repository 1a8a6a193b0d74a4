//! Files that a page brings in: room for their bytes in its places, and the way back.

use std::sync::Arc;

use super::{Brought, Document};
use crate::source::{Location, Source, Span};

/// How many bytes of other files a page may bring in, and how many files, each time counted.
const MOST_BROUGHT: usize = 8 << 20;
const MOST_FILES: usize = 1 << 13;

impl Document {
    /// Brings in a file: what to add to its bytes for their places. None when the page holds too much by now.
    pub(crate) fn bring(&mut self, source: &Arc<Source>, call: Span) -> Option<usize> {
        let own = self.source.text().len();
        let end = self
            .brought
            .last()
            .map_or(own, |last| last.base as usize + last.source.text().len());
        // one byte between, so that no two stretches of different files touch
        let base = end + 1;
        let too_long = base + source.text().len() > own + MOST_BROUGHT;
        self.full |= too_long || self.brought.len() >= MOST_FILES;
        (!self.full).then_some(())?;
        self.brought.push(Brought {
            base: u32::try_from(base).ok()?,
            source: Arc::clone(source),
            call,
        });
        Some(base)
    }

    /// The file that a byte of the document lies in, if it is no byte of the page itself.
    #[must_use]
    pub fn brought_at(&self, offset: u32) -> Option<&Brought> {
        let after = self.brought.partition_point(|of| of.base <= offset);
        self.brought.get(after.checked_sub(1)?)
    }

    /// Whether a span begins in a file that is brought in.
    #[must_use]
    pub fn is_brought(&self, span: Span) -> bool {
        span.start as usize > self.source.text().len()
    }

    /// Where a span lies: in the file that its first byte lies in.
    #[must_use]
    pub fn locate(&self, span: Span) -> Location {
        match self.brought_at(span.start) {
            None => {
                let end = u32::try_from(self.source.text().len()).unwrap_or(u32::MAX);
                Location::new(
                    &self.source,
                    Span {
                        start: span.start,
                        end: span.end.min(end.max(span.start)),
                    },
                )
            }
            Some(brought) => {
                let end = Span::new(brought.source.text().len(), 0).start;
                let within = |at: u32| at.saturating_sub(brought.base).min(end);
                Location::new(
                    &brought.source,
                    Span {
                        start: within(span.start),
                        end: within(span.end),
                    },
                )
            }
        }
    }

    /// The text under a span, in whichever file it lies.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        match self.brought_at(span.start) {
            None => self.source.slice(span),
            Some(brought) => span.end.checked_sub(brought.base).map_or("", |end| {
                brought.source.slice(Span {
                    start: span.start - brought.base,
                    end,
                })
            }),
        }
    }

    /// How what stands at a span came onto the page: each call from the page on, then the place itself. Empty for what the page
    /// says itself.
    #[must_use]
    pub fn via(&self, span: Span) -> Vec<Location> {
        let mut chain = Vec::new();
        let mut at = span;
        while let Some(brought) = self.brought_at(at.start) {
            chain.push(self.locate(at));
            at = brought.call;
        }
        if !chain.is_empty() {
            chain.push(self.locate(at));
        }
        chain.reverse();
        chain
    }

    /// The place on the page itself: the span, or what brings it in.
    #[must_use]
    pub fn on_page(&self, span: Span) -> Span {
        let mut at = span;
        while let Some(brought) = self.brought_at(at.start) {
            at = brought.call;
        }
        at
    }
}
