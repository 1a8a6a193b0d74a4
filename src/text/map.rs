//! Runs from folded bytes back to source spans. Private to `text`: no folded offset leaves this room.

use crate::source::Span;

/// A stretch of folded text and the source it came from.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// First folded byte.
    at: u32,
    source: Span,
    /// Byte for byte, so that offsets inside carry over; else any part stands for the whole span.
    verbatim: bool,
}

/// The runs of one folded text, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct SourceMap {
    runs: Vec<Run>,
}

impl SourceMap {
    /// Says that the folded bytes from `at` on come from `source`, byte for byte when `verbatim`.
    pub(super) fn push(&mut self, at: usize, source: Span, verbatim: bool) {
        let at = Span::new(at, at).start;
        if let Some(last) = self.runs.last_mut() {
            let grows = last.source.end == source.start
                && last.source.end - last.source.start == at - last.at;
            if verbatim && last.verbatim && grows {
                last.source.end = source.end;
                return;
            }
        }
        self.runs.push(Run {
            at,
            source,
            verbatim,
        });
    }

    /// Takes back what was said of the folded bytes from `at` on; gives the source of the first of them.
    pub(super) fn truncate(&mut self, at: usize) -> Option<Span> {
        let at = Span::new(at, at).start;
        let first = self
            .runs
            .partition_point(|run| run.at <= at)
            .checked_sub(1)?;
        let run = self.runs[first];
        let end = self
            .runs
            .last()
            .map_or(run.source.end, |last| last.source.end);
        self.runs.truncate(first + 1);
        if run.at == at {
            self.runs.truncate(first);
        }
        if run.at == at || !run.verbatim {
            // what stands before in the same run still stands for the whole of it
            return Some(Span {
                start: run.source.start,
                end,
            });
        }
        let start = run.source.start + (at - run.at);
        self.runs[first].source.end = start;
        Some(Span { start, end })
    }

    /// The source of a folded range.
    pub(super) fn span(&self, start: u32, end: u32) -> Span {
        if self.runs.is_empty() {
            return Span::default();
        }
        let from = self.at(start);
        let to = self.at(end.max(start + 1) - 1);
        let first = if from.verbatim {
            from.source.start + (start - from.at)
        } else {
            from.source.start
        };
        let last = if to.verbatim {
            (to.source.start + (end.max(start + 1) - to.at)).min(to.source.end)
        } else {
            to.source.end
        };
        Span {
            start: first,
            end: last.max(first),
        }
    }

    /// Whether a folded range is one verbatim run, so that replacing its source touches no markup.
    pub(super) fn verbatim(&self, start: u32, end: u32) -> bool {
        !self.runs.is_empty() && {
            let run = self.at(start);
            run.verbatim && end - run.at <= run.source.end - run.source.start
        }
    }

    fn at(&self, offset: u32) -> Run {
        self.runs[self.runs.partition_point(|run| run.at <= offset).max(1) - 1]
    }
}
