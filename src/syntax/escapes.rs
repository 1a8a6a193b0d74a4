//! Where each part of a decoded string stands in what was written for it: escapes, folded line breaks, indentation.
//!
//! The written and the decoded string are walked in step. The parsers decode; this only finds the places again, so that a
//! string that does not align is coarse (all of it stands for the whole) and never wrong.

use crate::pieces::Pieces;
use crate::source::Span;

/// How a string is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// `\n` and the like.
    pub(super) backslash: bool,
    /// `''` is one quote.
    pub(super) doubled: bool,
    pub(super) breaks: Breaks,
}

/// What a line break in a string means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaks {
    /// Itself; after a backslash nothing, as in JSON5.
    Kept,
    /// Itself; after a backslash nothing, nor does the white space that follows, as in TOML.
    Trimmed,
    /// One is a space, each further one itself, as in YAML.
    Folded,
    /// With the indentation round it the white space that the parser made of it, as in blocks of YAML.
    Block,
}

/// What a string says, aligned with what was written for it, which begins at byte `at` of the source (without its quotes).
pub(super) fn align(raw: &str, at: usize, shown: &str, style: Style) -> Pieces {
    walk(raw, at, shown, style).unwrap_or_else(|| {
        let mut whole = Pieces::default();
        whole.push_as(shown, Span::new(at, at + raw.len()));
        whole
    })
}

fn walk(raw: &str, at: usize, shown: &str, style: Style) -> Option<Pieces> {
    let mut pieces = Pieces::default();
    let (mut read, mut told) = (0, 0);
    if style.breaks == Breaks::Block {
        // blank lines before the first, and its indentation; the parser may have left them out of what is written
        (read, told) = (blank(raw), blank(shown));
        pieces.push_as(&shown[..told], Span::new(at, at + read));
    }
    while told < shown.len() {
        if read == raw.len() && shown[told..].trim().is_empty() {
            // a block at the end of a file ends in a line break that is not there
            pieces.push_as(&shown[told..], Span::new(at + read, at + read));
            break;
        }
        let (length, text) = step(&raw[read..], &shown[told..], style)?;
        match text {
            None => pieces.push(&raw[read..read + length], at + read),
            Some(text) => pieces.push_as(
                &shown[told..told + text],
                Span::new(at + read, at + read + length),
            ),
        }
        read += length;
        told += text.unwrap_or(length);
    }
    Some(pieces)
}

/// The next bytes of what was written, and how many decoded bytes they stand for; none when they stand for themselves.
fn step(raw: &str, shown: &str, style: Style) -> Option<(usize, Option<usize>)> {
    let is = |text: &str| shown.starts_with(text).then_some(Some(text.len()));
    let first = raw.chars().next()?;
    match first {
        '\\' if style.backslash => {
            let (length, text) = escape(raw, style.breaks)?;
            let own = || raw[1..].chars().next().filter(|c| shown.starts_with(*c));
            match is(&text) {
                Some(told) => Some((length, told)),
                // `\a` is a bell in YAML and the letter in JSON5
                None => own().map(|c| (1 + c.len_utf8(), Some(c.len_utf8()))),
            }
        }
        '\'' if style.doubled => raw
            .starts_with("''")
            .then(|| is("'"))?
            .map(|told| (2, told)),
        ' ' | '\t' | '\n' | '\r' if matches!(style.breaks, Breaks::Folded | Breaks::Block) => {
            let length = blank(raw);
            match breaks(&raw[..length]) {
                0 => shown.starts_with(&raw[..length]).then_some((length, None)),
                _ if style.breaks == Breaks::Block => Some((length, Some(blank(shown)))),
                1 => Some((length, is(" ")?)),
                several => Some((length, is(&"\n".repeat(several - 1))?)),
            }
        }
        '\r' if raw.starts_with("\r\n") && shown.starts_with('\n') => Some((2, Some(1))),
        c => {
            // as far as nothing can be special, byte for byte
            let plain = raw
                .find(['\\', '\'', ' ', '\t', '\n', '\r'])
                .unwrap_or(raw.len())
                .max(c.len_utf8());
            if shown.starts_with(&raw[..plain]) {
                return Some((plain, None));
            }
            shown.starts_with(c).then_some((c.len_utf8(), None))
        }
    }
}

/// The length of an escape and what it stands for, by the letters that JSON, YAML, TOML and PO share.
pub(super) fn escape(raw: &str, breaks_of: Breaks) -> Option<(usize, String)> {
    let rest = raw.strip_prefix('\\')?;
    let c = rest.chars().next()?;
    let line = blank(rest);
    if breaks(&rest[..line]) > 0 && (breaks_of == Breaks::Trimmed || matches!(c, '\n' | '\r')) {
        return Some(continued(rest, line, breaks_of));
    }
    let hex = |from: usize, digits: usize| {
        let digits = rest.get(from..from + digits)?;
        u32::from_str_radix(digits, 16).ok()
    };
    let (length, code) = match c {
        'x' => (3, hex(1, 2)?),
        'u' => match hex(1, 4)? {
            high @ 0xd800..=0xdbff if rest.get(5..7) == Some("\\u") => {
                let low = hex(7, 4)?.checked_sub(0xdc00)?;
                (11, 0x10000 + ((high - 0xd800) << 10) + low)
            }
            code => (5, code),
        },
        'U' => (9, hex(1, 8)?),
        _ => (c.len_utf8(), letter(c)),
    };
    Some((1 + length, char::from_u32(code)?.to_string()))
}

/// A line break after a backslash, and the white space that goes with it.
fn continued(rest: &str, blank: usize, breaks_of: Breaks) -> (usize, String) {
    match breaks_of {
        Breaks::Kept if rest.starts_with("\r\n") => (3, String::new()),
        Breaks::Kept => (2, String::new()),
        Breaks::Folded => (1 + blank, "\n".repeat(breaks(&rest[..blank]) - 1)),
        Breaks::Trimmed | Breaks::Block => (1 + blank, String::new()),
    }
}

fn letter(c: char) -> u32 {
    match c {
        '0' => 0,
        'a' => 0x07,
        'b' => 0x08,
        't' => 0x09,
        'n' => 0x0a,
        'v' => 0x0b,
        'f' => 0x0c,
        'r' => 0x0d,
        'e' => 0x1b,
        'N' => 0x85,
        '_' => 0xa0,
        'L' => 0x2028,
        'P' => 0x2029,
        c => u32::from(c),
    }
}

/// Bytes of white space that a text begins with.
fn blank(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t', '\n', '\r']).len()
}

/// Line breaks in white space; `\r\n` is one.
fn breaks(blank: &str) -> usize {
    blank
        .bytes()
        .zip(blank.bytes().skip(1).chain([0]))
        .filter(|(byte, next)| *byte == b'\n' || (*byte == b'\r' && *next != b'\n'))
        .count()
}
