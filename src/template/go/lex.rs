//! A template cut into its texts and actions, and an action into tokens (Go's `text/template/parse`).

use std::ops::Range;

use crate::pieces::Pieces;
use crate::source::Span;

/// A part of a template, in bytes of it.
#[derive(Debug)]
pub(super) enum Part {
    /// What is put out as it stands, already trimmed.
    Text(Range<usize>),
    /// What stands between `{{` and `}}`.
    Action(Action),
}

/// An action.
#[derive(Debug)]
pub(super) struct Action {
    /// With its braces.
    pub(super) range: Range<usize>,
    pub(super) tokens: Vec<Token>,
    /// Why the tokens end early.
    pub(super) bad: Option<&'static str>,
}

/// A token and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Whether white space stands before it: `.a .b` are two operands, `.a.b` is one.
    pub(super) spaced: bool,
}

/// What a token is.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// `.`
    Dot,
    /// `.Name`
    Field(String),
    /// `$` or `$name`, with the dollar.
    Variable(String),
    /// A function or a keyword.
    Name(String),
    /// A string, without quotes and escapes.
    Text(Pieces),
    Number(f64),
    Open,
    Close,
    Pipe,
    /// `:=`
    Declare,
    /// `=`
    Assign,
    Comma,
}

/// White space as Go trims it.
pub(super) const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// The parts of a template; `base` is added to its bytes for the places of its strings.
pub(super) fn parts(text: &str, base: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = 0;
    let mut trims = false;
    while at < text.len() {
        let open = text[at..].find("{{").map_or(text.len(), |found| at + found);
        let mut from = at;
        if trims {
            from = open - text[at..open].trim_start_matches(SPACE).len();
        }
        let inside = open + 2;
        let trimmed = text[open..].starts_with("{{-")
            && text[inside + 1..].starts_with(|c| SPACE.contains(&c));
        let to = match trimmed {
            true => from + text[from..open].trim_end_matches(SPACE).len(),
            false => open,
        };
        if from < to {
            parts.push(Part::Text(from..to));
        }
        if open == text.len() {
            break;
        }
        let body = inside + usize::from(trimmed);
        let (action, end, after) = action(text, body, base);
        trims = after;
        at = end;
        if let Some((tokens, bad)) = action {
            parts.push(Part::Action(Action {
                range: open..end,
                tokens,
                bad,
            }));
        }
    }
    parts
}

type Tokens = (Vec<Token>, Option<&'static str>);

/// The action whose content begins here (none for a comment), where it ends, and whether it trims the text after it.
fn action(text: &str, body: usize, base: usize) -> (Option<Tokens>, usize, bool) {
    let start = text.len() - text[body..].trim_start_matches(SPACE).len();
    if text[start..].starts_with("/*") {
        let Some(close) = text[start + 2..].find("*/") else {
            let bad = Some("a comment does not end");
            return (Some((Vec::new(), bad)), text.len(), false);
        };
        let close = start + 2 + close + 2;
        if let Some((end, trims)) = closing(text, close) {
            return (None, end, trims);
        }
        let (end, trims) = recover(text, close);
        let bad = Some("something follows a comment in its action");
        return (Some((Vec::new(), bad)), end, trims);
    }
    let mut tokens = Vec::new();
    let mut at = body;
    loop {
        if let Some((end, trims)) = closing(text, at) {
            return (Some((tokens, None)), end, trims);
        }
        let next = text.len() - text[at..].trim_start_matches(SPACE).len();
        let token = match text[next..].is_empty() {
            true => Err("an action does not end"),
            false => token(text, next, base),
        };
        match token {
            Ok((kind, end)) => {
                tokens.push(Token {
                    kind,
                    spaced: next > at,
                });
                at = end;
            }
            Err(bad) => {
                let (end, trims) = recover(text, next);
                return (Some((tokens, Some(bad))), end, trims);
            }
        }
    }
}

/// Where the action ends if nothing more stands in it, and whether it trims what follows.
fn closing(text: &str, at: usize) -> Option<(usize, bool)> {
    let rest = text[at..].trim_start_matches(SPACE);
    let start = text.len() - rest.len();
    if rest.starts_with("}}") {
        return Some((start + 2, false));
    }
    (start > at && rest.starts_with("-}}")).then_some((start + 3, true))
}

/// The end of an action that cannot be read.
fn recover(text: &str, at: usize) -> (usize, bool) {
    match text[at..].find("}}") {
        Some(found) => (at + found + 2, text[..at + found].ends_with(" -")),
        None => (text.len(), false),
    }
}

fn token(text: &str, at: usize, base: usize) -> Result<(Kind, usize), &'static str> {
    let rest = &text[at..];
    let word = |from: usize| {
        let length = rest[from..]
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len() - from);
        from + length
    };
    let first = rest.chars().next().ok_or("an action does not end")?;
    let digit = |from: usize| rest[from..].starts_with(|c: char| c.is_ascii_digit());
    let one = |kind| Ok((kind, at + 1));
    match first {
        '(' => one(Kind::Open),
        ')' => one(Kind::Close),
        '|' => one(Kind::Pipe),
        ',' => one(Kind::Comma),
        '=' => one(Kind::Assign),
        ':' if rest.starts_with(":=") => Ok((Kind::Declare, at + 2)),
        '"' | '\'' => {
            let (shown, length) = quoted(rest, base + at)?;
            Ok((shown, at + length))
        }
        '`' => {
            let close = rest[1..].find('`').ok_or("a raw string does not end")?;
            let shown = Pieces::of(&rest[1..1 + close], base + at + 1);
            Ok((Kind::Text(shown), at + close + 2))
        }
        '$' => {
            let end = word(1);
            Ok((Kind::Variable(rest[..end].to_owned()), at + end))
        }
        '.' if !digit(1) => match word(1) {
            1 => one(Kind::Dot),
            end => Ok((Kind::Field(rest[1..end].to_owned()), at + end)),
        },
        _ if first.is_ascii_digit()
            || (matches!(first, '+' | '-' | '.') && (digit(1) || rest[1..].starts_with('.'))) =>
        {
            let end = rest[1..]
                .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.'))
                .map_or(rest.len(), |found| 1 + found);
            let number = number(&rest[..end]).ok_or("this is no number")?;
            Ok((Kind::Number(number), at + end))
        }
        _ if first.is_alphabetic() || first == '_' => {
            let end = word(0);
            Ok((Kind::Name(rest[..end].to_owned()), at + end))
        }
        _ => Err("a character that no action has"),
    }
}

fn number(written: &str) -> Option<f64> {
    let plain = written.replace('_', "");
    match plain.strip_prefix("0x").or(plain.strip_prefix("0X")) {
        #[expect(clippy::cast_precision_loss, reason = "as numbers of templates go")]
        Some(digits) => u64::from_str_radix(digits, 16).ok().map(|n| n as f64),
        None => plain.parse().ok(),
    }
}

/// A string in quotes, or a character, and its length; `at` is the place of the quote.
fn quoted(rest: &str, at: usize) -> Result<(Kind, usize), &'static str> {
    let quote = rest.as_bytes()[0];
    let mut shown = Pieces::default();
    let mut from = 1;
    loop {
        let special = |c: char| c == char::from(quote) || c == '\\' || c == '\n';
        let end = rest[from..].find(special).ok_or("a string does not end")? + from;
        shown.push(&rest[from..end], at + from);
        match rest.as_bytes()[end] {
            b'\n' => return Err("a string does not end on its line"),
            b'\\' => {
                let (c, length) = escape(&rest[end + 1..]).ok_or("an escape that no string has")?;
                let span = Span::new(at + end, at + end + 1 + length);
                shown.push_as(c.encode_utf8(&mut [0; 4]), span);
                from = end + 1 + length;
            }
            _ if quote == b'"' => return Ok((Kind::Text(shown), end + 1)),
            _ => {
                let mut chars = shown.text.chars();
                return match (chars.next(), chars.next()) {
                    (Some(c), None) => Ok((Kind::Number(f64::from(u32::from(c))), end + 1)),
                    _ => Err("a character constant holds one character"),
                };
            }
        }
    }
}

/// What an escape stands for, and its length after the backslash.
fn escape(rest: &str) -> Option<(char, usize)> {
    let coded = |from: usize, to: usize, radix: u32| {
        let digits = rest.get(from..to)?;
        let c = char::from_u32(u32::from_str_radix(digits, radix).ok()?)?;
        Some((c, to))
    };
    match rest.chars().next()? {
        'n' => Some(('\n', 1)),
        't' => Some(('\t', 1)),
        'r' => Some(('\r', 1)),
        'a' | 'b' | 'f' | 'v' => Some((' ', 1)),
        c @ ('\\' | '"' | '\'') => Some((c, 1)),
        'x' => coded(1, 3, 16),
        'u' => coded(1, 5, 16),
        'U' => coded(1, 9, 16),
        '0'..='7' => coded(0, 3, 8),
        _ => None,
    }
}
