//! The one folding, used for wordings and documents alike: NFKC, case, white space, quotes, dashes, invisible characters.
//! Digits, `%`, currency and negations are never dropped or rewritten, so characters whose NFKC form would make one
//! (`½` → `1⁄2`, `²` → `2`, `№` → `No`) stay as they are.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

use super::map::SourceMap;
use crate::source::Span;

/// Folds a text by itself.
#[must_use]
pub fn fold(raw: &str) -> String {
    let mut folded = String::with_capacity(raw.len());
    fold_into(raw, 0, &mut folded, &mut SourceMap::default());
    folded.truncate(folded.trim_end_matches(' ').len());
    folded
}

/// Folds `raw`, which stands at byte `at` of the source, to the end of `out`, and says in `map` where each byte came from.
/// White space is dropped where `out` is empty or ends in white space.
pub(super) fn fold_into(raw: &str, at: usize, out: &mut String, map: &mut SourceMap) {
    let bytes = raw.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let start = i;
        let mut spaced = is_spaced(out);
        let mut stopped = ends_sentence(out);
        while let Some(&byte) = bytes.get(i).filter(|byte| byte.is_ascii()) {
            let plain = if byte == b' ' {
                !spaced
            } else {
                !is_space(byte) && byte != b'`'
            };
            if !plain || (stopped && byte.is_ascii_uppercase()) {
                break;
            }
            spaced = byte == b' ';
            stopped = matches!(byte, b'.' | b'!' | b'?') && ends_word(out, &bytes[start..i]);
            i += 1;
        }
        if i > start {
            let from = out.len();
            map.push(from, Span::new(at + start, at + i), true);
            out.push_str(&raw[start..i]);
            out[from..].make_ascii_lowercase();
        } else if bytes[i].is_ascii_uppercase() {
            // "capital loss.Past performance": a sentence ends here, whether or not someone typed the space.
            map.push(out.len(), Span::new(at + i, at + i), false);
            out.push(' ');
        } else if bytes[i].is_ascii() {
            if bytes[i] == b'`' || !spaced {
                map.push(out.len(), Span::new(at + i, at + i + 1), true);
                out.push(if bytes[i] == b'`' { '\'' } else { ' ' });
            }
            i += 1;
        } else {
            let c = raw[i..].chars().next().expect("a character starts here");
            fold_char(c, Span::new(at + i, at + i + c.len_utf8()), out, map);
            i += c.len_utf8();
        }
    }
}

/// Whether a text ends in a word of two letters or more and a full stop, as a sentence does and `U.S.` does not.
fn ends_sentence(text: &str) -> bool {
    match text.as_bytes().split_last() {
        Some((b'.' | b'!' | b'?', _)) => ends_word(&text[..text.len() - 1], &[]),
        _ => false,
    }
}

/// Whether what was folded and what follows it end in two letters, the last a small one.
fn ends_word(folded: &str, piece: &[u8]) -> bool {
    let mut back = piece.iter().rev().chain(folded.as_bytes().iter().rev());
    back.next().is_some_and(u8::is_ascii_lowercase)
        && back.next().is_some_and(u8::is_ascii_alphabetic)
}

fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0x0b
}

/// Whether a further space would be dropped.
pub(super) fn is_spaced(text: &str) -> bool {
    text.is_empty() || text.ends_with([' ', '\n'])
}

fn fold_char(c: char, source: Span, out: &mut String, map: &mut SourceMap) {
    if is_invisible(c) {
        return;
    }
    if c.is_whitespace() {
        if !is_spaced(out) {
            map.push(out.len(), source, false);
            out.push(' ');
        }
        return;
    }
    if is_mark(c) && !is_spaced(out) {
        combine(c, source, out, map);
        return;
    }
    map.push(out.len(), source, false);
    match family(c) {
        Some(sign) => out.push(sign),
        None if keeps(c) => out.push(c),
        None => push_canonical(&c.to_string(), out),
    }
}

/// The one sign that stands for a family of quotes or dashes.
fn family(c: char) -> Option<char> {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | '´' | 'ʼ' | 'ʹ' | '‹' | '›' | '＇' | '｀' | '`' => {
            Some('\'')
        }
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' | '＂' => Some('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '⁃' | '﹘' | '﹣' | '－' => {
            Some('-')
        }
        _ => None,
    }
}

/// Whether a character joins what stands before it. Some do so only once they are taken apart, as U+0F73 and U+FF9E.
fn is_mark(c: char) -> bool {
    let mut first = None;
    decompose_compatible(c, |part| {
        first.get_or_insert(part);
    });
    canonical_combining_class(first.unwrap_or(c)) != 0
}

/// Joins a combining mark to what it stands on, so that `e` + acute and `é` fold alike.
fn combine(mark: char, source: Span, out: &mut String, map: &mut SourceMap) {
    const LONGEST: usize = 32;
    let mut base = out.len();
    let mut letter = mark;
    for (at, c) in out.char_indices().rev() {
        if c == '\n' {
            // the passage begins here
            break;
        }
        (base, letter) = (at, c);
        if !is_mark(c) || out.len() - at > LONGEST {
            break;
        }
    }
    // a sign that folding leaves alone takes no mark, and no letter takes marks without end
    if keeps(letter) || out.len() - base > LONGEST {
        map.push(out.len(), source, false);
        out.push(mark);
        return;
    }
    let mut cluster: String = out.split_off(base);
    let whole = map.truncate(base).map_or(source, |first| first.to(source));
    cluster.push(mark);
    map.push(base, whole, false);
    push_canonical(&cluster, out);
}

/// NFKC and lower case, repeated until neither changes anything, so that folding is idempotent.
fn push_canonical(text: &str, out: &mut String) {
    let mut now = text.to_owned();
    for _ in 0..4 {
        let mut next = String::with_capacity(now.len());
        for c in now.nfkc() {
            let c = family(c).unwrap_or(c);
            match c {
                'ß' | 'ẞ' => next.push_str("ss"),
                'ς' => next.push('σ'),
                _ if c.is_whitespace() => next.push(' '),
                _ if is_invisible(c) => {}
                _ => next.extend(c.to_lowercase()),
            }
        }
        if next == now {
            break;
        }
        now = next;
    }
    for c in now.chars() {
        if c != ' ' || !is_spaced(out) {
            out.push(c);
        }
    }
}

/// Characters that a reader does not see and that stand for no space.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether NFKC would make a digit, a currency sign or a negation of `c` that is not there.
fn keeps(c: char) -> bool {
    if c == '№' || is_currency(c) {
        return c == '№' || std::iter::once(c).nfkc().count() > 1;
    }
    let decimal = matches!(c, '０'..='９' | '\u{1d7ce}'..='\u{1d7ff}' | '\u{1fbf0}'..='\u{1fbf9}');
    !decimal && std::iter::once(c).nfkc().any(|c| c.is_ascii_digit())
}

/// Whether a character is a currency sign (Unicode category Sc).
#[must_use]
pub fn is_currency(c: char) -> bool {
    matches!(c,
        '$' | '¢'..='¥' | '֏' | '؋' | '\u{7fe}' | '\u{7ff}' | '৲' | '৳' | '৻' | '૱' | '௹' | '฿' | '៛' | '\u{20a0}'..='\u{20cf}'
        | '꠸' | '﷼' | '﹩' | '＄' | '￠' | '￡' | '￥' | '￦')
}
