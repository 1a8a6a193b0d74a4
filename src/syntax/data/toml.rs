//! TOML: its strings in the order in which they stand, which is not that of its tables.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::{Data, KeyPath, Keys, Strings};
use crate::document::Document;
use crate::pieces::Pieces;
use crate::source::{Source, Span};
use crate::syntax::escapes::{Breaks, Style, align};

pub(in crate::syntax) const TOML: Data = Data {
    name: "toml",
    extensions: &["toml"],
    read,
};

struct Reader<'a> {
    base: usize,
    text: &'a str,
    strings: Strings<'a>,
    path: KeyPath,
    /// Every string, chosen or not: a `#` in it begins no comment.
    spans: Vec<Span>,
}

fn read(source: &Arc<Source>, keys: &[&Keys]) -> Document {
    let base = source.bom();
    let text = &source.text()[base..];
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        base,
        text,
        strings: Strings::new(source, keys),
        path: KeyPath::default(),
        spans: Vec::new(),
    };
    reader.table(root.get_ref());
    reader.comments();
    // the first is the mistake, the others often follow from it
    if let Some(wrong) = errors.first() {
        let bytes = wrong.span().unwrap_or(0..0);
        let message = wrong.message().trim().replace('\n', ", ");
        let span = Span::new(base + bytes.start, base + bytes.end);
        let message = format!("the file is no TOML: {message}");
        reader.strings.problem(span, message);
    }
    reader.strings.finish()
}

impl Reader<'_> {
    /// The parser nests no deeper than 80.
    fn table(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            self.path.push(key.get_ref());
            self.value(value.get_ref(), value.span());
            self.path.pop();
        }
    }

    fn value(&mut self, value: &DeValue<'_>, bytes: std::ops::Range<usize>) {
        match value {
            DeValue::String(shown) => {
                let span = Span::new(self.base + bytes.start, self.base + bytes.end);
                let raw = &self.text[bytes];
                self.spans.push(span);
                let pieces = || pieces(raw, span.start as usize, shown);
                self.strings.string(&self.path.text, span, pieces);
            }
            DeValue::Table(table) => self.table(table),
            DeValue::Array(items) => {
                for (number, item) in items.iter().enumerate() {
                    self.path.push(&number.to_string());
                    self.value(item.get_ref(), item.span());
                    self.path.pop();
                }
            }
            _ => {}
        }
    }

    /// Comments that have a line of their own.
    fn comments(&mut self) {
        self.spans.sort();
        let mut at = self.base;
        for line in self.text.split_inclusive('\n') {
            let text = line.trim_start();
            let start = at + line.len() - text.len();
            at += line.len();
            let span = Span::new(start, start + text.trim_end().len());
            let before = self.spans.partition_point(|of| of.start <= span.start);
            let inside = before > 0 && span.start < self.spans[before - 1].end;
            if text.starts_with('#') && !inside {
                let body = Span::new(start + 1, span.end as usize);
                self.strings.comment(span, body);
            }
        }
    }
}

/// A string with its quotes, of one line or of several.
fn pieces(raw: &str, at: usize, shown: &str) -> Pieces {
    let several = ["\"\"\"", "'''"]
        .iter()
        .any(|quotes| raw.starts_with(quotes));
    let quotes = match raw.chars().next() {
        _ if several => 3,
        Some('"' | '\'') => 1,
        // what the parser takes for a string after a mistake
        _ => 0,
    };
    let inner = raw.get(quotes..raw.len().max(2 * quotes) - quotes);
    let (mut inner, mut at) = (inner.unwrap_or_default(), at + quotes);
    for line in ["\r\n", "\n"] {
        // a line break right after the quotes is not part of the string
        if let Some(rest) = inner.strip_prefix(line).filter(|_| several) {
            (inner, at) = (rest, at + line.len());
            break;
        }
    }
    let style = Style {
        backslash: raw.starts_with('"'),
        doubled: false,
        breaks: Breaks::Trimmed,
    };
    align(inner, at, shown, style)
}
