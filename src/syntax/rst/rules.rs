//! By which characters inline markup of reStructuredText may begin and end, what a name is, what a backslash does.

use std::sync::LazyLock;

use regex::Regex;

/// What a text says without the backslashes of its escapes.
pub(super) fn unescaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => shown.extend(chars.next().filter(|next| !next.is_whitespace())),
            _ => shown.push(c),
        }
    }
    shown
}

/// One past the character that the backslash at a byte escapes.
pub(super) fn after_escape(text: &str, at: usize) -> usize {
    let next = text[at + 1..].chars().next().map_or(0, char::len_utf8);
    at + 1 + next
}

/// The name in `:name:` at the beginning of a text.
pub(super) fn role_name(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(':')?;
    let length = simple_name(inner)?;
    inner[length..].starts_with(':').then(|| &inner[..length])
}

/// The bytes of a name at the beginning of a text: letters and digits, with single `-._+:` inside.
pub(super) fn simple_name(text: &str) -> Option<usize> {
    let mut end = 0;
    let mut joined = true;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            end = at + c.len_utf8();
            joined = false;
        } else if matches!(c, '-' | '.' | '_' | '+' | ':') && !joined {
            joined = true;
        } else {
            break;
        }
    }
    (end > 0).then_some(end)
}

static PUNCTUATION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\p{P}").expect("a class of characters"));
static OPENING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\p{Ps}").expect("a class of characters"));
static CLOSING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\p{Pe}").expect("a class of characters"));

fn is(class: &Regex, c: char) -> bool {
    class.is_match(c.encode_utf8(&mut [0; 4]))
}

/// Whether markup may begin behind a character.
pub(super) fn opener(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, '"' | '\'' | '(' | '<' | '[' | '{' | '-' | '/' | ':');
    }
    is(&PUNCTUATION, c) && !is(&CLOSING, c)
}

/// Whether markup may end before a character.
pub(super) fn closer(c: char) -> bool {
    if c.is_ascii() {
        return "\"')>]}-/:\\.,;!?".contains(c);
    }
    is(&PUNCTUATION, c) && !is(&OPENING, c)
}

/// Whether two characters are the two ends of a quotation or a bracket.
pub(super) fn pair(before: char, after: char) -> bool {
    const PAIRS: [(char, &str); 14] = [
        ('"', "\""),
        ('\'', "'"),
        ('(', ")"),
        ('<', ">"),
        ('[', "]"),
        ('{', "}"),
        ('«', "»"),
        ('»', "«»"),
        ('‘', "’‚"),
        ('’', "’"),
        ('“', "”„"),
        ('”', "”"),
        ('„', "“”"),
        ('‹', "›"),
    ];
    PAIRS
        .iter()
        .any(|(opens, closes)| *opens == before && closes.contains(after))
}
