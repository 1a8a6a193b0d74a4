//! Where words, numbers and run-time values begin and end in folded text, and what stands between them.

use super::OPAQUE;
use super::token::{Between, TokenKind};

/// Whether a word begins here: `#` and `@` only do before a letter or digit.
pub(super) fn begins_word(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(|c| {
        is_word(c)
            && (!matches!(c, '#' | '@' | '_') || chars.next().is_some_and(char::is_alphanumeric))
    })
}

/// The end of a web address that begins at byte `at`: one word, whatever it is made of.
pub(super) fn address(words: &str, at: usize) -> Option<usize> {
    let rest = &words[at..];
    let starts = ["http://", "https://", "www."]
        .into_iter()
        .any(|start| rest.starts_with(start));
    let inside = words[..at]
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    let end = rest
        .find([' ', '"', '<', '>', ')', '(', ']', '|'])
        .unwrap_or(rest.len());
    let length = rest[..end]
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '\''])
        .len();
    (starts && !inside && length > 4).then_some(at + length)
}

pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || matches!(c, '_' | '#' | '@');
    }
    (c.is_alphanumeric() && !is_superscript(c))
        || c == OPAQUE
        || unicode_normalization::char::canonical_combining_class(c) != 0
}

pub(super) fn number(words: &str, at: usize) -> (TokenKind, usize) {
    let bytes = words.as_bytes();
    let mut end = at;
    while let Some(&byte) = bytes.get(end) {
        let inside = matches!(byte, b'.' | b',' | b'\'')
            && end > at
            && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !byte.is_ascii_digit() && !inside {
            break;
        }
        end += 1;
    }
    match words[end..].chars().next() {
        Some(c) if is_word(c) && c != OPAQUE => (TokenKind::Word, word(words, end)),
        _ => (TokenKind::Number, end),
    }
}

pub(super) fn word(words: &str, at: usize) -> usize {
    let bytes = words.as_bytes();
    let mut end = at;
    // most words are letters that every keyboard has
    while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        end += 1;
    }
    let done = end - at;
    if done > 0 && matches!(bytes.get(end), None | Some(b' ' | b'.' | b',')) {
        return end;
    }
    let mut chars = words[end..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let offset = offset + done;
        // not before a number: "dell'87 %"
        let inside =
            c == '\'' && offset > 0 && chars.peek().is_some_and(|&(_, next)| next.is_alphabetic());
        if offset > 0 && ((!is_word(c) && !inside) || matches!(c, OPAQUE | '#' | '@')) {
            break;
        }
        end = at + offset + c.len_utf8();
        if c == OPAQUE {
            break;
        }
    }
    end
}

/// Footnote marks that folding leaves alone: they end a word and stand for none.
pub(super) fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '₀'..='₉')
}

/// A value that stands for another and begins at byte `at`, with its end: one that a program fills in, or that someone forgot to.
pub(super) fn placeholder(words: &str, at: usize) -> Option<(TokenKind, usize)> {
    const LONGEST: usize = 48;
    const MARKS: [(&str, &str); 7] = [
        ("${", "}"),
        ("%{", "}"),
        ("{{", "}}"),
        ("{%", "%}"),
        ("{", "}"),
        ("[[", "]]"),
        ("[", "]"),
    ];
    const UNFILLED: [&str; 6] = ["insert", "enter", "your", "percentage", "xx", "x"];
    let rest = &words[at..];
    let (open, close) = MARKS.into_iter().find(|(open, _)| rest.starts_with(open))?;
    let mut reach = rest.len().min(LONGEST);
    while !rest.is_char_boundary(reach) {
        reach -= 1;
    }
    let length = open.len() + rest.get(open.len()..reach)?.find(close)?;
    let inside = &rest[open.len()..length];
    let signs = [' ', '.', '_', '-', '$', '|', '(', ')', '<', '>', '%'];
    let plain = inside
        .chars()
        .all(|c| c.is_alphanumeric() || signs.contains(&c));
    if !plain || inside.trim().is_empty() {
        return None;
    }
    let end = at + length + close.len();
    let unfilled = inside
        .split([' ', '_', '-'])
        .any(|word| UNFILLED.contains(&word));
    let before_percent = words[end..].trim_start().starts_with('%');
    match (open.starts_with('['), unfilled) {
        (true, true) => Some((TokenKind::Blank, end)),
        (true, false) if !before_percent => None,
        _ => Some((TokenKind::Placeholder, end)),
    }
}

/// Adds what the character at byte `at` says of the border between two tokens.
pub(super) fn between(words: &str, at: usize, last: &str, before: &mut Between) {
    let bytes = words.as_bytes();
    let spaced = |at: Option<&u8>| at.is_none_or(|&byte| byte == b' ');
    let c = words[at..].chars().next().expect("a character starts here");
    let sign = match c {
        ' ' => Between::SPACE,
        ',' | '،' | '、' => Between::COMMA,
        ';' => Between::SEMICOLON,
        ':' => Between::COLON,
        '"' => Between::QUOTE,
        '(' | '[' | '{' => Between::OPEN,
        ')' | ']' | '}' => Between::CLOSE,
        '-' if at.checked_sub(1).is_none_or(|before| bytes[before] == b' ')
            && spaced(bytes.get(at + 1)) =>
        {
            Between::DASH
        }
        '。' => Between::STOP,
        // of several the first has spoken for all
        '.' | '!' | '?' if at > 0 && matches!(bytes[at - 1], b'.' | b'!' | b'?') => return,
        '.' | '!' | '?' => {
            let signs = ['.', '!', '?', '"', '\'', ')', ']'];
            let rest = words[at + 1..].trim_start_matches(signs);
            let asks = words[at..words.len() - rest.len()].contains('?');
            let ends = rest.is_empty()
                || rest.starts_with(' ')
                || (c != '.' && !rest.starts_with(|c: char| c.is_alphanumeric()));
            // the points of `U.K.` stand inside a word
            if c == '.'
                && last.chars().count() == 1
                && !ends
                && rest.starts_with(char::is_alphabetic)
            {
                return;
            }
            if ends && !(c == '.' && is_abbreviation(last, rest)) {
                if asks {
                    before.add(Between::QUESTION);
                }
                Between::STOP
            } else {
                Between::POINT
            }
        }
        '•' | '·' | '|' => Between::SEMICOLON,
        _ => return,
    };
    before.add(sign);
}

/// Whether a full stop after `last` belongs to the word.
pub(super) fn is_abbreviation(last: &str, rest: &str) -> bool {
    let numbered = rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    match last {
        "i" => false,
        "no" | "art" | "sec" | "fig" | "nr" | "vol" | "p" | "pp" | "para" => numbered,
        "e.g" | "eg" | "ie" | "etc" | "vs" | "mr" | "mrs" | "ms" | "dr" | "prof" | "inc"
        | "ltd" | "llc" | "plc" | "corp" | "co" | "st" | "approx" | "est" | "cf" | "jan"
        | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov"
        | "dec" | "bzw" | "ca" | "sr" | "jr" => !rest.is_empty(),
        _ => last.chars().count() == 1 && last.chars().all(char::is_alphabetic),
    }
}
