//! A file as it was read, byte spans into it, and line/column in three units.
//! Knows nothing of what the bytes mean.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A byte range in a [`Source`]. Never an offset into folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte, 0-based.
    pub start: u32,
    /// One past the last byte, 0-based.
    pub end: u32,
}

impl Span {
    /// The span of these byte offsets.
    ///
    /// # Panics
    /// When an offset does not fit 32 bits; [`Source::new`] refuses such files first.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |at: usize| u32::try_from(at).expect("sources are smaller than 4 GiB");
        Self {
            start: narrow(start),
            end: narrow(end.max(start)),
        }
    }

    /// As a range of `usize`, to slice a text with.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the first byte of the two spans to the last.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Spans in order, those that overlap or touch as one.
    #[must_use]
    pub fn joined(mut spans: Vec<Self>) -> Vec<Self> {
        spans.sort_unstable();
        let mut joined: Vec<Self> = Vec::new();
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.start <= last.end => *last = last.to(span),
                _ => joined.push(span),
            }
        }
        joined
    }

    /// Whether it is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A line and a column, both 1-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, 1-based.
    pub line: u32,
    /// Column in the unit that was asked for, 1-based.
    pub column: u32,
}

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// UTF-8 bytes.
    Byte,
    /// Unicode scalar values.
    Char,
    /// UTF-16 code units, as in the Language Server Protocol.
    Utf16,
}

/// How a file stores its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[default]
    Utf8,
    /// UTF-16, whose byte order its mark gives.
    Utf16,
}

/// One file as it was read, with the name that findings show.
#[derive(Debug, Default)]
pub struct Source {
    path: String,
    text: Cow<'static, str>,
    encoding: Encoding,
    lines: OnceLock<Vec<u32>>,
    /// UTF-16 code units before each line.
    units: OnceLock<Vec<u64>>,
}

impl Source {
    /// A source of this name and text. The name is relative to the working directory, with `/`.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: Cow::Owned(text.into()),
            encoding: Encoding::Utf8,
            lines: OnceLock::new(),
            units: OnceLock::new(),
        }
    }

    /// As [`Source::new`], of a text that is part of the program.
    #[must_use]
    pub fn embedded(path: impl Into<String>, text: &'static str) -> Self {
        Self {
            path: path.into(),
            text: Cow::Borrowed(text),
            ..Self::default()
        }
    }

    /// A source whose file stores its text in this encoding.
    #[must_use]
    pub fn stored_in(mut self, encoding: Encoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// How the file stores its text.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The byte of the file as it is stored that a byte of [`Source::text`] stands at, both 0-based. They differ only where the
    /// file is no UTF-8.
    #[must_use]
    pub fn stored(&self, offset: u32) -> u64 {
        if self.encoding == Encoding::Utf8 {
            return u64::from(offset);
        }
        let lines = self.lines();
        let units = self.units.get_or_init(|| {
            // the first line begins after the byte order mark, which is one unit
            let mut units = vec![u64::from(self.bom() > 0)];
            for pair in lines.windows(2) {
                let line = &self.text[pair[0] as usize..pair[1] as usize];
                units.push(units[units.len() - 1] + u64::from(width(line, Unit::Utf16)));
            }
            units
        });
        let line = lines.partition_point(|&start| start <= offset);
        let Some(line) = line.checked_sub(1) else {
            return 0;
        };
        let text = self.text.get(lines[line] as usize..offset as usize);
        2 * (units[line] + u64::from(width(text.unwrap_or_default(), Unit::Utf16)))
    }

    /// The name that findings show.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text, with its byte order mark and line ends as stored.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text under a span; empty when the span does not lie in this source on character borders.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Bytes of a leading byte order mark: 0 or 3.
    #[must_use]
    pub fn bom(&self) -> usize {
        if self.text.starts_with('\u{feff}') {
            3
        } else {
            0
        }
    }

    /// Line and column of a byte offset. Lines end at `\n`, `\r\n` or a lone `\r`; a byte order mark is not a column.
    /// An offset past the end or inside a character counts as the border before it.
    #[must_use]
    pub fn position(&self, offset: u32, unit: Unit) -> Position {
        let mut at = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let lines = self.lines();
        let line = lines.partition_point(|&start| start as usize <= at).max(1) - 1;
        let start = (lines[line] as usize).min(at);
        Position {
            line: number(line) + 1,
            column: width(&self.text[start..at], unit) + 1,
        }
    }

    /// The byte offset of a position; the inverse of [`Source::position`]. Past the end of a line: the line's end.
    #[must_use]
    pub fn offset(&self, position: Position, unit: Unit) -> u32 {
        let lines = self.lines();
        let line = position.line.max(1) as usize - 1;
        let Some(&start) = lines.get(line) else {
            return number(self.text.len());
        };
        let end = lines
            .get(line + 1)
            .map_or(self.text.len(), |&next| next as usize);
        let text = &self.text[start as usize..end];
        let mut left = position.column.max(1) - 1;
        for (at, c) in text.char_indices() {
            if left == 0 || matches!(c, '\n' | '\r') {
                return start + number(at);
            }
            left = left.saturating_sub(width(c.encode_utf8(&mut [0; 4]), unit));
        }
        number(end)
    }

    /// The byte range of a 1-based line without its line end; empty at the end of the text when there is no such line.
    #[must_use]
    pub fn line(&self, line: u32) -> Span {
        let lines = self.lines();
        let at = line.max(1) as usize - 1;
        let Some(&start) = lines.get(at) else {
            return Span::new(self.text.len(), self.text.len());
        };
        let end = lines
            .get(at + 1)
            .map_or(self.text.len(), |&next| next as usize);
        let text = self.text[start as usize..end].trim_end_matches(['\n', '\r']);
        Span::new(start as usize, start as usize + text.len())
    }

    /// How many lines there are: at least one.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        number(self.lines().len())
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut starts = vec![number(self.bom())];
            for (at, &byte) in bytes.iter().enumerate() {
                if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                    starts.push(number(at + 1));
                }
            }
            starts
        })
    }
}

/// A span and the source it lies in.
#[derive(Debug, Clone)]
pub struct Location {
    /// Where the span lies.
    pub source: Arc<Source>,
    /// Bytes of that source.
    pub span: Span,
}

impl Location {
    /// The location of a span in a source.
    #[must_use]
    pub fn new(source: &Arc<Source>, span: Span) -> Self {
        Self {
            source: Arc::clone(source),
            span,
        }
    }

    /// The exact text under the span.
    #[must_use]
    pub fn text(&self) -> &str {
        self.source.slice(self.span)
    }
}

fn width(text: &str, unit: Unit) -> u32 {
    number(match unit {
        Unit::Byte => text.len(),
        Unit::Char => text.chars().count(),
        Unit::Utf16 => text.chars().map(char::len_utf16).sum(),
    })
}

fn number(at: usize) -> u32 {
    u32::try_from(at).expect("sources are smaller than 4 GiB")
}
