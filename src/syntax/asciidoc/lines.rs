//! What a line of AsciiDoc is by itself: a delimiter, a list marker, a title, an entry. It knows nothing of the lines round it.

use crate::source::{Source, Span};

/// A line that opens and closes a block: its sign and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Delimiter {
    pub(super) sign: u8,
    pub(super) length: usize,
}

/// What marks the items of one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    sign: u8,
    length: usize,
}

impl Marker {
    pub(super) fn is_term(self) -> bool {
        matches!(self.sign, b':' | b';')
    }
}

/// The lines of a source from a byte on, without white space at their ends.
pub(super) fn lines(source: &Source, from: usize) -> Vec<Span> {
    let text = source.text();
    let mut lines = Vec::new();
    let mut start = from;
    for (at, byte) in text.bytes().enumerate().skip(from) {
        if byte == b'\n' && at > from && text.as_bytes()[at - 1] == b'\r' {
            // the second half of a CRLF
            start = at + 1;
        } else if matches!(byte, b'\n' | b'\r') {
            lines.push(trimmed_end(text, start, at));
            start = at + 1;
        }
    }
    if start < text.len() {
        lines.push(trimmed_end(text, start, text.len()));
    }
    lines
}

fn trimmed_end(text: &str, start: usize, end: usize) -> Span {
    let raw = &text[start..end];
    let kept = raw.trim_end_matches(|c: char| c.is_ascii_whitespace());
    Span::new(start, start + kept.len())
}

/// The span of a part of a line.
pub(super) fn part(line: Span, start: usize, end: usize) -> Span {
    let from = line.start as usize;
    Span::new(from + start, from + end)
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn run(line: &str, sign: u8) -> usize {
    line.bytes().take_while(|byte| *byte == sign).count()
}

pub(super) fn delimiter(line: &str) -> Option<Delimiter> {
    let sign = *line.as_bytes().first()?;
    let whole = |sign, length| Some(Delimiter { sign, length });
    match sign {
        b'`' if line.starts_with("```") && !line[3..].contains('`') => whole(sign, 3),
        b'|' | b',' | b':' | b'!' => {
            let length = run(&line[1..], b'=');
            (length >= 3 && length + 1 == line.len()).then_some(Delimiter { sign, length })
        }
        b'-' if line == "--" => whole(sign, 2),
        b'/' | b'=' | b'-' | b'.' | b'*' | b'_' | b'+' => {
            let length = run(line, sign);
            (length >= 4 && length == line.len()).then_some(Delimiter { sign, length })
        }
        _ => None,
    }
}

/// A list marker, and where the item's own text begins and, for a term, ends.
pub(super) fn item(line: &str) -> Option<(Marker, usize, usize)> {
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let body = &line[indent..];
    let sign = *body.as_bytes().first()?;
    let (sign, length, bytes) = match sign {
        b'-' => (sign, 1, 1),
        b'*' | b'.' => (sign, run(body, sign), run(body, sign)),
        b'<' if indent == 0 => {
            let end = body.find('>')?;
            let number = &body[1..end];
            let counts = number == "."
                || (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
            if !counts {
                return term(line, indent);
            }
            (sign, 1, end + 1)
        }
        _ if body.starts_with('•') => (b'o', 1, '•'.len_utf8()),
        _ => match numbered(body) {
            Some((sign, bytes)) => (sign, 1, bytes),
            None => return term(line, indent),
        },
    };
    let rest = &body[bytes..];
    let text = rest.trim_start_matches([' ', '\t']);
    if text.is_empty() || text.len() == rest.len() {
        return term(line, indent);
    }
    Some((Marker { sign, length }, line.len() - text.len(), line.len()))
}

/// `1.`, `a.`, `iv)`: the sort and how many bytes.
fn numbered(body: &str) -> Option<(u8, usize)> {
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return body[digits..]
            .starts_with('.')
            .then_some((b'1', digits + 1));
    }
    let first = *body.as_bytes().first()?;
    if first.is_ascii_alphabetic() && body[1..].starts_with('.') {
        return Some((
            if first.is_ascii_lowercase() {
                b'a'
            } else {
                b'A'
            },
            2,
        ));
    }
    let roman = body
        .bytes()
        .take_while(|byte| b"IVXivx".contains(byte))
        .count();
    (roman > 0 && body[roman..].starts_with(')')).then_some((b'i', roman + 1))
}

/// A term of a description list: the marker, and where the term stands.
fn term(line: &str, indent: usize) -> Option<(Marker, usize, usize)> {
    if line.starts_with("//") && !line.starts_with("///") {
        return None;
    }
    let bytes = line.as_bytes();
    let mut at = indent + 1;
    while at + 1 < bytes.len() {
        let sign = bytes[at];
        if !matches!(sign, b':' | b';') || bytes[at + 1] != sign {
            at += 1;
            continue;
        }
        let length = run(&line[at..], sign);
        let most = if sign == b':' { 4 } else { 2 };
        let marks = length.min(most);
        let end = at + length;
        if (end == bytes.len() || matches!(bytes[end], b' ' | b'\t')) && end - marks > indent {
            let marker = Marker {
                sign,
                length: marks,
            };
            return Some((marker, indent, end - marks));
        }
        at = end;
    }
    None
}

/// The definition that stands on the line of its term: from which byte.
pub(super) fn definition(line: &str, marker: Marker, term_end: usize) -> Option<usize> {
    let rest = &line[term_end + marker.length..];
    let text = rest.trim_start_matches([' ', '\t']);
    (!text.is_empty()).then_some(line.len() - text.len())
}

/// A section title: its level from 0 and where its text stands.
pub(super) fn title(line: &str) -> Option<(u8, usize, usize)> {
    let sign = *line.as_bytes().first()?;
    if !matches!(sign, b'=' | b'#') {
        return None;
    }
    let length = run(line, sign);
    let text = line[length..].trim_start_matches([' ', '\t']);
    let start = line.len() - text.len();
    if length > 6 || text.is_empty() || start == length {
        return None;
    }
    let shut = text.len() - text.bytes().rev().take_while(|byte| *byte == sign).count();
    let end = if text.len() - shut == length && text[..shut].ends_with([' ', '\t']) {
        start + text[..shut].trim_end().len()
    } else {
        line.len()
    };
    let level = u8::try_from(length - 1).expect("at most six signs");
    (end > start).then_some((level, start, end))
}

/// The level of a title that is underlined.
pub(super) fn underlined(line: &str, next: &str) -> Option<u8> {
    let level = match next.as_bytes().first()? {
        b'=' => 0,
        b'-' => 1,
        b'~' => 2,
        b'^' => 3,
        b'+' => 4,
        _ => return None,
    };
    let length = next.len();
    let width = line.chars().take(length + 2).count();
    let shaped = run(next, next.as_bytes()[0]) == length
        && width.abs_diff(length) < 2
        && !line.starts_with(['.', ' ', '\t'])
        && line.contains(char::is_alphanumeric);
    shaped.then_some(level)
}

/// A thematic or page break.
pub(super) fn is_break(line: &str) -> bool {
    let Some(sign) = line.bytes().next() else {
        return false;
    };
    match sign {
        b'\'' | b'<' => line.len() >= 3 && run(line, sign) == line.len(),
        b'-' | b'*' | b'_' => {
            let spaced = [sign, b' ', sign, b' ', sign];
            line.as_bytes() == [sign; 3] || line.as_bytes() == spaced
        }
        _ => false,
    }
}

/// An attribute entry: its name as written, and where its value begins.
pub(super) fn entry(line: &str) -> Option<(&str, usize)> {
    let rest = line.strip_prefix(':')?;
    let end = rest.find(':')?;
    let name = &rest[..end];
    let after = &rest[end + 1..];
    if !name.trim_start_matches('!').starts_with(is_word)
        || name.starts_with("!!")
        || !(after.is_empty() || after.starts_with([' ', '\t']))
    {
        return None;
    }
    let value = after.trim_start_matches([' ', '\t']);
    Some((name, line.len() - value.len()))
}

/// A line of block attributes: where they stand; empty for an anchor.
pub(super) fn attributes(line: &str) -> Option<(usize, usize)> {
    let inner = line.strip_prefix('[')?.strip_suffix(']')?;
    if let Some(anchor) = inner.strip_prefix('[') {
        let id = anchor.strip_suffix(']')?;
        let fits = id.is_empty() || id.starts_with(|c: char| c.is_alphabetic() || "_:".contains(c));
        return (fits && !id.contains(['[', ']'])).then_some((1, 1));
    }
    let fits =
        inner.is_empty() || inner.starts_with(|c: char| is_word(c) || ".#%{,\"'".contains(c));
    fits.then_some((1, line.len() - 1))
}

pub(super) fn is_block_title(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('.') else {
        return false;
    };
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    !rest.is_empty() && !rest.starts_with([' ', '\t', '.'])
}

pub(super) fn is_comment(line: &str) -> bool {
    line.starts_with("//") && !line.starts_with("///")
}

/// A macro on a line of its own: its name, its target, where its brackets stand.
pub(super) fn block_macro(line: &str) -> Option<(&str, &str, usize, usize)> {
    let colons = line.find("::")?;
    let name = &line[..colons];
    let shaped = name.starts_with(is_word) && name.chars().all(|c| is_word(c) || c == '-');
    if !shaped || !line.ends_with(']') {
        return None;
    }
    let bracket = colons + 2 + line[colons + 2..].find('[')?;
    let target = &line[colons + 2..bracket];
    (target.trim().len() == target.len()).then_some((name, target, bracket + 1, line.len() - 1))
}
