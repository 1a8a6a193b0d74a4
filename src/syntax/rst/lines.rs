//! The lines of a reStructuredText source with their columns, how far an indented block reaches, and what a line begins.

use crate::source::Span;

/// One line of a block: what of it is left when the markup before it and the white space round it are taken off.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The column of its first sign, with tab stops every eight columns.
    pub(super) col: usize,
}

impl Line {
    /// The signs between two bytes, without white space round them; `col` is the column of the first byte.
    pub(super) fn cut(text: &str, start: usize, end: usize, col: usize) -> Self {
        let raw = &text[start..end];
        let inner = raw.trim_start_matches([' ', '\t', '\u{b}', '\u{c}']);
        let lead = raw.len() - inner.len();
        let inner = inner.trim_end();
        Self {
            start: start + lead,
            end: start + lead + inner.len(),
            col: advance(col, &raw[..lead]),
        }
    }

    /// What is left of it after so many bytes.
    pub(super) fn skip(self, text: &str, bytes: usize) -> Self {
        let at = self.start + bytes;
        Self::cut(text, at, self.end, advance(self.col, &text[self.start..at]))
    }

    pub(super) fn blank(self) -> bool {
        self.start == self.end
    }

    pub(super) fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    pub(super) fn span(self) -> Span {
        Span::new(self.start, self.end)
    }
}

fn advance(col: usize, text: &str) -> usize {
    text.chars().fold(col, |col, c| match c {
        '\t' => (col / 8 + 1) * 8,
        _ => col + 1,
    })
}

/// The lines of a part of a text; they end at `\n`, `\r\n` or a lone `\r`.
pub(super) fn lines(text: &str, start: usize, end: usize) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut all = Vec::new();
    let mut from = start;
    for at in start..end {
        let ends = bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        if ends {
            all.push(Line::cut(text, from, at, 0));
            from = at + 1;
        }
    }
    all.push(Line::cut(text, from, end, 0));
    all
}

/// One past the last line from `from` on that stands at column `least` or further in.
pub(super) fn extent(lines: &[Line], from: usize, least: usize) -> usize {
    let mut end = from;
    for (at, line) in lines.iter().enumerate().skip(from) {
        if line.blank() {
            continue;
        }
        if line.col < least {
            break;
        }
        end = at + 1;
    }
    end
}

/// One past the lines from `from` on that no blank line parts.
pub(super) fn until_blank(lines: &[Line], from: usize, end: usize) -> usize {
    (from..end)
        .find(|at| lines[*at].blank())
        .unwrap_or(end)
        .max(from)
}

/// The column of the line that stands furthest out.
pub(super) fn least_col(lines: &[Line]) -> usize {
    lines
        .iter()
        .filter(|line| !line.blank())
        .map(|line| line.col)
        .min()
        .unwrap_or(0)
}

/// Brings the first line, whose markup was taken off, to the column of the lines under it.
pub(super) fn align(lines: &mut [Line]) {
    if let [first, rest @ ..] = lines
        && rest.iter().any(|line| !line.blank())
    {
        first.col = least_col(rest);
    }
}

/// From the first sign of some lines to the last.
pub(super) fn span_of(lines: &[Line]) -> Span {
    let mut filled = lines.iter().filter(|line| !line.blank());
    match filled.next() {
        Some(first) => filled
            .next_back()
            .map_or(first.span(), |last| first.span().to(last.span())),
        None => lines.first().map_or(Span::default(), |line| line.span()),
    }
}

/// What a line begins; with the bytes of the marker where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    Bullet(usize),
    Enumerated(usize),
    Field(usize),
    Option(usize),
    Doctest,
    LineBlock,
    GridTable,
    SimpleTable,
    Explicit,
    Anonymous,
    Adornment,
    Text,
}

/// What a line begins, in the order in which docutils tries.
pub(super) fn begins(text: &str, next: Option<&str>) -> Begins {
    if let Some(width) = bullet(text) {
        return Begins::Bullet(width);
    }
    if let Some(width) = enumerated(text, next) {
        return Begins::Enumerated(width);
    }
    if let Some((_, width)) = field(text) {
        return Begins::Field(width);
    }
    if let Some(width) = option(text) {
        return Begins::Option(width);
    }
    let word = text.split([' ', '\t']).next().unwrap_or_default();
    match word {
        ">>>" => Begins::Doctest,
        "|" => Begins::LineBlock,
        ".." => Begins::Explicit,
        "__" => Begins::Anonymous,
        _ if grid_border(text, b'-') => Begins::GridTable,
        _ if text.contains(' ') && text.bytes().all(|byte| matches!(byte, b'=' | b' ')) => {
            Begins::SimpleTable
        }
        _ if adornment(text).is_some() => Begins::Adornment,
        _ => Begins::Text,
    }
}

/// The border of a grid table, drawn with this sign.
pub(super) fn grid_border(text: &str, sign: u8) -> bool {
    text.len() >= 4
        && text.starts_with('+')
        && text.ends_with('+')
        && text.as_bytes()[1] == sign
        && text.bytes().all(|byte| byte == sign || byte == b'+')
}

/// The sign that a whole line repeats.
pub(super) fn adornment(text: &str) -> Option<char> {
    let sign = text.chars().next()?;
    (sign.is_ascii_punctuation() && text.chars().all(|c| c == sign)).then_some(sign)
}

/// The bytes of a bullet and the white space after it.
fn bullet(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(['-', '+', '*', '•', '‣', '⁃'])?;
    marker(text, rest)
}

/// The bytes of a marker and the white space after it, when white space or nothing follows.
fn marker(text: &str, rest: &str) -> Option<usize> {
    let inner = rest.trim_start_matches([' ', '\t']);
    (rest.is_empty() || inner.len() < rest.len()).then_some(text.len() - inner.len())
}

/// The bytes of an enumerator; the next line must be blank, further in or the next item.
fn enumerated(text: &str, next: Option<&str>) -> Option<usize> {
    let (form, width) = enumerator(text)?;
    let goes_on = next.is_none_or(|next| {
        next.is_empty() || enumerator(next).is_some_and(|(other, _)| form == other)
    });
    goes_on.then_some(width)
}

/// What stands round an enumerator, and its bytes with the white space after it.
fn enumerator(text: &str) -> Option<((bool, char), usize)> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let opened = inner.len() < text.len();
    let length = inner
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'))
        .unwrap_or(inner.len());
    let (name, rest) = inner.split_at(length);
    let closes = rest.chars().next()?;
    if !(closes == ')' || closes == '.' && !opened) || !counts(name) {
        return None;
    }
    Some(((opened, closes), marker(text, &rest[1..])?))
}

fn counts(name: &str) -> bool {
    let number = name.bytes().all(|byte| byte.is_ascii_digit());
    let letter = name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    let one_case = name.bytes().all(|byte| byte.is_ascii_lowercase())
        || name.bytes().all(|byte| byte.is_ascii_uppercase());
    !name.is_empty() && (name == "#" || number || letter || one_case && roman(name))
}

/// Whether a name is a Roman number, written as it must be.
fn roman(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let mut rest = name.as_str();
    for (sign, most) in [
        ("m", 4),
        ("cm", 1),
        ("cd", 1),
        ("d", 1),
        ("c", 3),
        ("xc", 1),
        ("xl", 1),
        ("l", 1),
        ("x", 3),
        ("ix", 1),
        ("iv", 1),
        ("v", 1),
        ("i", 3),
    ] {
        for _ in 0..most {
            rest = rest.strip_prefix(sign).unwrap_or(rest);
        }
    }
    rest.is_empty()
}

/// The bytes of a field's name, and of its marker with the white space after it.
pub(super) fn field(text: &str) -> Option<(usize, usize)> {
    let inner = text.strip_prefix(':')?;
    if inner.starts_with([':', ' ']) {
        return None;
    }
    let bytes = inner.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b':' => match bytes.get(at + 1) {
                None | Some(b' ' | b'\t') if at > 0 && bytes[at - 1] != b' ' => {
                    return Some((at, marker(text, &inner[at + 1..])?));
                }
                None | Some(b' ' | b'`' | b'\t') => return None,
                _ => {}
            },
            _ => {}
        }
        at += 1;
    }
    None
}

/// The bytes of a row of command line options and the white space that parts them from what is said of them.
fn option(text: &str) -> Option<usize> {
    let mut rest = text;
    loop {
        rest = one_option(rest)?;
        match rest.strip_prefix(", ") {
            Some(more) => rest = more,
            None => break,
        }
    }
    let said = rest.trim_start_matches(' ');
    let gap = rest.len() - said.len();
    (gap >= 2 || said.is_empty()).then_some(text.len() - said.len())
}

/// What follows one option and its argument.
fn one_option(text: &str) -> Option<&str> {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let long = text.strip_prefix("--").or_else(|| text.strip_prefix('/'));
    if let Some(long) = long {
        if !long.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        let rest = long.trim_start_matches(name);
        let value = rest.strip_prefix(['=', ' ']);
        return Some(value.and_then(option_argument).unwrap_or(rest));
    }
    let short = text.strip_prefix(['-', '+'])?;
    let rest = short.strip_prefix(|c: char| c.is_ascii_alphanumeric())?;
    let value = rest.strip_prefix(' ').unwrap_or(rest);
    Some(option_argument(value).unwrap_or(rest))
}

fn option_argument(text: &str) -> Option<&str> {
    if let Some(inner) = text.strip_prefix('<') {
        let end = inner.find(['<', '>']).filter(|end| *end > 0)?;
        return inner[end..].strip_prefix('>');
    }
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        .then(|| {
            text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        })
}
