//! How long the single words of a program are: names, strings, regular expressions, signs.

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Whether an element has no content and no end tag.
pub(super) fn void(name: &str) -> bool {
    VOID.contains(&name)
}

/// The length of a name of a tag.
pub(super) fn name(rest: &str) -> usize {
    if !rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$')) {
        return 0;
    }
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.' | ':');
    rest.find(|c: char| !goes_on(c)).unwrap_or(rest.len())
}

/// The length of a string on one line; a quotation mark that none answers stands alone.
pub(super) fn string(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut here = 1;
    while here < bytes.len() {
        match bytes[here] {
            b'\n' => break,
            b'\\' => here += 1,
            byte if byte == bytes[0] => return here + 1,
            _ => {}
        }
        here += 1;
    }
    1
}

/// The length of a regular expression that begins here.
pub(super) fn regex(rest: &str) -> Option<usize> {
    let mut class = false;
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The length of a sign.
pub(super) fn sign(rest: &str) -> usize {
    const LONG: [&str; 20] = [
        "===", "!==", "...", "??=", "||=", "&&=", "=>", "==", "!=", "&&", "||", "??", "?.", "++",
        "--", "+=", "-=", "<=", ">=", "**",
    ];
    LONG.iter()
        .find(|sign| rest.starts_with(**sign))
        .map_or_else(
            || rest.chars().next().map_or(1, char::len_utf8),
            |sign| sign.len(),
        )
}
