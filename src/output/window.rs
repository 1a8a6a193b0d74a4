//! The lines round a finding, as miette takes them.

use std::borrow::Cow;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::UnicodeWidthStr;

use super::{escaped, unsafe_to_show};
use crate::source::{Source, Span, Unit};

/// Lines shown before and after, and lines of a finding that are shown at most.
pub(super) const CONTEXT: u32 = 1;
const MOST_LINES: u32 = 6;

/// The lines round a finding, shortened to the terminal, with control characters made harmless.
#[derive(Debug)]
pub(super) struct Window {
    name: String,
    text: String,
    /// (byte of the source, byte of `text`), one for each character shown, in order.
    map: Vec<(u32, usize)>,
    /// What of the source is shown.
    span: Span,
    /// First line, 0-based.
    first: usize,
    /// Line and column of the finding, 0-based.
    at: (usize, usize),
}

impl Window {
    pub(super) fn new(source: &Source, span: Span, width: usize) -> Self {
        let at = source.position(span.start, Unit::Char);
        let last = source
            .position(span.end.max(span.start + 1) - 1, Unit::Char)
            .line
            .max(at.line);
        let from = at.line.saturating_sub(CONTEXT).max(1);
        let to = (last.min(at.line + MOST_LINES) + CONTEXT).min(source.line_count());
        let mut window = Self {
            name: escaped(source.path()),
            text: String::new(),
            map: Vec::new(),
            span: Span {
                start: source.line(from).start,
                end: source.line(to).end,
            },
            first: from as usize - 1,
            at: (at.line as usize - 1, at.column as usize - 1),
        };
        for line in from..=to {
            let whole = source.line(line);
            let focus = if whole.start <= span.start && span.start <= whole.end {
                Some(span)
            } else {
                None
            };
            window.line(source, whole, focus, width);
        }
        window
    }

    /// Adds a line, shortened round what it is about. `width` counts columns of the terminal.
    fn line(&mut self, source: &Source, line: Span, focus: Option<Span>, width: usize) {
        let part = near(source, line, focus, width);
        let signs: Vec<Sign<'_>> = signs(source.slice(part), part.start);
        let columns = |of: &[Sign<'_>]| of.iter().map(|sign| sign.columns).sum::<usize>();
        let (mut first, mut last) = (0, signs.len());
        if columns(&signs) > width {
            let number = |at: u32| signs.partition_point(|sign| sign.at < at);
            let begin = focus.map_or(0, |span| number(span.start));
            let end = focus.map_or(0, |span| number(span.end.min(line.end)));
            // what it is about stands in the middle, or fills the line
            let room = width.saturating_sub(columns(&signs[begin..end.max(begin)])) / 2;
            let mut left = room.max(8);
            first = begin;
            while first > 0 && signs[first - 1].columns <= left {
                first -= 1;
                left -= signs[first].columns;
            }
            let mut left = width;
            last = first;
            while last < signs.len() && signs[last].columns <= left {
                left -= signs[last].columns;
                last += 1;
            }
        }
        if first > 0 || part.start > line.start {
            self.text.push('…');
        }
        for sign in &signs[first..last] {
            self.map.push((sign.at, self.text.len()));
            self.text.push_str(&sign.shown);
        }
        // beyond what is shown nothing has a place of its own
        let end = signs.get(last).map_or(part.end, |sign| sign.at);
        self.map.push((end, self.text.len()));
        if last < signs.len() || part.end < line.end {
            self.text.push('…');
        }
        self.text.push('\n');
    }

    /// Whether a span begins in what is shown.
    pub(super) fn holds(&self, span: Span) -> bool {
        let nearest = self.map.partition_point(|(at, _)| *at < span.start);
        self.span.start <= span.start
            && span.start <= self.span.end
            && self
                .map
                .get(nearest)
                .is_some_and(|(at, _)| *at == span.start)
    }

    fn shown(&self, at: u32) -> usize {
        let nearest = self.map.partition_point(|(of, _)| *of < at);
        self.map
            .get(nearest)
            .or(self.map.last())
            .map_or(0, |(_, shown)| *shown)
    }

    pub(super) fn label(&self, span: Span, label: Option<String>, primary: bool) -> LabeledSpan {
        let start = self.shown(span.start);
        // a label over more lines than are shown ends with the last of them
        let end = self.shown(span.end.min(self.span.end)).max(start);
        let of = SourceSpan::from((start, end - start));
        if primary {
            LabeledSpan::new_primary_with_span(label, of)
        } else {
            LabeledSpan::new_with_span(label, of)
        }
    }
}

impl SourceCode for Window {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let name = self.name.clone();
        if before == 0 && after == 0 {
            // asked for the place in the head line, which is the place in the file
            let data = self
                .text
                .as_bytes()
                .get(span.offset()..span.offset() + span.len())
                .unwrap_or_default();
            return Ok(Box::new(MietteSpanContents::new_named(
                name, data, *span, self.at.0, self.at.1, 1,
            )));
        }
        let whole = SourceSpan::from((0, self.text.len()));
        Ok(Box::new(MietteSpanContents::new_named(
            name,
            self.text.as_bytes(),
            whole,
            self.first,
            0,
            self.text.lines().count(),
        )))
    }
}

/// Of a very long line the part that can be shown at all.
fn near(source: &Source, line: Span, focus: Option<Span>, width: usize) -> Span {
    let reach = u32::try_from(width * 8).unwrap_or(u32::MAX);
    let from = focus.map_or(line.start, |span| span.start);
    let mut part = Span {
        start: from.saturating_sub(reach).max(line.start),
        end: from.saturating_add(reach).min(line.end),
    };
    while !source.text().is_char_boundary(part.start as usize) {
        part.start += 1;
    }
    while !source.text().is_char_boundary(part.end as usize) {
        part.end -= 1;
    }
    part
}

/// One character of a source as a terminal shows it.
struct Sign<'a> {
    /// Its byte in the source.
    at: u32,
    shown: Cow<'a, str>,
    columns: usize,
}

fn signs(text: &str, start: u32) -> Vec<Sign<'_>> {
    let sign = |(at, c): (usize, char)| {
        let shown = match c {
            '\t' => "    ".into(),
            '\u{feff}' => "".into(),
            _ if unsafe_to_show(c) => c.escape_unicode().to_string().into(),
            _ => Cow::Borrowed(&text[at..at + c.len_utf8()]),
        };
        Sign {
            at: start + Span::new(at, at).start,
            columns: shown.width(),
            shown,
        }
    };
    text.char_indices().map(sign).collect()
}
