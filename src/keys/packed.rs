//! A TOML file as bytes that are read without taking its text apart again. `build.rs` packs the rule packs that are embedded in the
//! program with this same file, so it knows nothing of the rest of the house.
//!
//! A value is its sort (a byte), where it begins and how many bytes it has in the text, then what it holds. Words that stand in the
//! text just so are told by their place there. Lists and tables say how many bytes they take, so that a reader can pass over them.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// Words of the text: from which byte after the value's first one on, how many.
pub(crate) const WORDS: u8 = 0;
/// A string that the text writes otherwise: its bytes.
pub(crate) const OTHER_WORDS: u8 = 1;
pub(crate) const INTEGER: u8 = 2;
pub(crate) const FLOAT: u8 = 3;
pub(crate) const FALSE: u8 = 4;
pub(crate) const TRUE: u8 = 5;
/// A day.
pub(crate) const DAY: u8 = 6;
/// A day with a time, or a time.
pub(crate) const TIME: u8 = 7;
pub(crate) const LIST: u8 = 8;
pub(crate) const TABLE: u8 = 9;

/// Packs a file that was parsed.
pub(crate) fn pack(text: &str, root: &DeTable<'_>) -> Vec<u8> {
    let mut out = vec![TABLE];
    number(0, &mut out);
    number(text.trim_end().len(), &mut out);
    table(text, root, &mut out);
    out
}

/// A number in as few bytes as it needs: seven bits each, the lowest first.
fn number(mut of: usize, out: &mut Vec<u8>) {
    while of > 0x7f {
        out.push((of & 0x7f) as u8 | 0x80);
        of >>= 7;
    }
    out.push(of as u8);
}

fn bytes(of: &str, out: &mut Vec<u8>) {
    number(of.len(), out);
    out.extend_from_slice(of.as_bytes());
}

fn body(count: usize, inner: &[u8], out: &mut Vec<u8>) {
    number(inner.len(), out);
    number(count, out);
    out.extend_from_slice(inner);
}

fn table(text: &str, of: &DeTable<'_>, out: &mut Vec<u8>) {
    let mut entries: Vec<(&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)> = of.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let mut inner = Vec::new();
    for (key, of) in &entries {
        let (at, name) = (key.span(), key.get_ref());
        number(at.start, &mut inner);
        number(at.len(), &mut inner);
        // none for a name that is written just so
        let plain = text.get(at) == Some(&**name);
        bytes(if plain { "" } else { name }, &mut inner);
        value(text, of, &mut inner);
    }
    body(entries.len(), &inner, out);
}

fn value(text: &str, of: &Spanned<DeValue<'_>>, out: &mut Vec<u8>) {
    let at = of.span();
    let written = text.get(at.clone()).unwrap_or_default();
    let sort = match of.get_ref() {
        DeValue::String(words) if within(written, words).is_some() => WORDS,
        DeValue::String(_) => OTHER_WORDS,
        DeValue::Integer(_) => INTEGER,
        DeValue::Float(_) => FLOAT,
        DeValue::Boolean(false) => FALSE,
        DeValue::Boolean(true) => TRUE,
        DeValue::Datetime(of) if of.date.is_some() && of.time.is_none() => DAY,
        DeValue::Datetime(_) => TIME,
        DeValue::Array(_) => LIST,
        DeValue::Table(_) => TABLE,
    };
    out.push(sort);
    number(at.start, out);
    number(at.len(), out);
    match of.get_ref() {
        DeValue::String(words) => match within(written, words) {
            Some(offset) => {
                number(offset, out);
                number(words.len(), out);
            }
            None => bytes(words, out),
        },
        DeValue::Integer(of) => bytes(of.as_str(), out),
        DeValue::Float(of) => bytes(of.as_str(), out),
        DeValue::Boolean(_) => {}
        DeValue::Datetime(of) => bytes(&of.to_string(), out),
        DeValue::Array(items) => {
            let mut inner = Vec::new();
            items.iter().for_each(|item| value(text, item, &mut inner));
            body(items.len(), &inner, out);
        }
        DeValue::Table(of) => table(text, of, out),
    }
}

/// Where in a string as it is written its words stand, when they are written just so: behind one quotation mark, or behind three and
/// a line's end.
fn within(written: &str, words: &str) -> Option<usize> {
    let starts = [1, 3, 4, 5].into_iter();
    let mut fits = starts.filter(|at| written.get(*at..).is_some_and(|of| of.starts_with(words)));
    fits.next()
}
