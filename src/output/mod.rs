//! The shelf of output formats: Report → bytes.

mod concise;
mod json;
mod jsonl;
#[cfg(feature = "cli")]
mod pretty;

use std::io::{self, Write};

use crate::report::Report;

/// One format.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// What it is for, in one sentence.
    pub about: &'static str,
    /// Writes a report.
    pub write: fn(&Report, Style, &mut dyn Write) -> io::Result<()>,
}

/// Every format.
pub const FORMATS: &[Format] = &[
    #[cfg(feature = "cli")]
    pretty::FORMAT,
    concise::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
];

/// How a terminal wants it.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether to colour.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether to write findings only, and nothing when there is none.
    pub quiet: bool,
}

/// The format of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Text from content or a pack, made safe for a terminal: control characters and those that turn the line about are escaped.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => safe.push(' '),
            _ if unsafe_to_show(c) => safe.extend(c.escape_unicode()),
            _ => safe.push(c),
        }
    }
    safe
}

/// A key path, made safe and short: in PO it may be a whole paragraph.
fn shown_key(key: &str) -> String {
    const LONGEST: usize = 60;
    let key = escaped(key);
    match key.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &key[..at]),
        None => key,
    }
}

fn unsafe_to_show(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
