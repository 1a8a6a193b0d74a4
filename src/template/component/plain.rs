//! Markup that says the same whatever a call gives: stretches of a file that are put out as they stand in it.

use std::ops::Range;

use super::file::{File, Flavour};
use super::markup::{FILLED, LINKS};
use super::scan::Kind;
use super::signs::void;

/// For each token, one past the tokens from it on that are put out as they stand; the token itself where it is not.
pub(super) fn stretches(file: &File) -> Vec<usize> {
    let mut past: Vec<usize> = (0..file.tokens.len()).collect();
    if !matches!(file.flavour, Flavour::Astro | Flavour::Jsx) {
        return past;
    }
    let mut ends = vec![false; file.tokens.len()];
    for at in 0..file.tokens.len() {
        let next = match file.tokens[at].kind {
            // JSX takes white space at the ends of lines out
            Kind::Text if file.flavour == Flavour::Astro => at + 1,
            Kind::Tag => match plain_tag(file, at) {
                Some(head) => {
                    // the tag that answers it
                    if let Some(end) = ends
                        .get_mut(file.tokens[head].end)
                        .filter(|_| file.tokens[head].end > head)
                    {
                        *end = true;
                    }
                    head + 1
                }
                None => at,
            },
            Kind::EndTag if ends[at] => at + 1,
            _ => at,
        };
        past[at] = next;
    }
    // from the last on, each goes on where what follows it does
    for at in (0..past.len()).rev() {
        let next = past[at];
        if next > at && next < past.len() && touches(file, next) {
            past[at] = past[next].max(next);
        }
    }
    past
}

/// Whether a token begins where the one before it ends.
fn touches(file: &File, at: usize) -> bool {
    file.tokens[at - 1].at.end == file.tokens[at].at.start
}

/// The token that ends a start tag in which nothing is an expression; none where something is.
fn plain_tag(file: &File, at: usize) -> Option<usize> {
    let head = file.tokens[at].end;
    let name = file.word(at).get(1..)?;
    let element = name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.contains(['.', ':'])
        && !matches!(name, "slot" | "template")
        && !LINKS.contains(&name);
    let closed = match file.word(head) {
        ">" => true,
        "/>" => void(name),
        _ => false,
    };
    let plain = head > at && element && closed && attributes(file, at + 1..head);
    plain.then_some(head)
}

fn attributes(file: &File, range: Range<usize>) -> bool {
    range.into_iter().all(|at| match file.kind(at) {
        Some(Kind::Attribute) => {
            let name = file.word(at);
            let internal = name.contains(':')
                || name.starts_with(['@', '#'])
                || name.starts_with("v-")
                || FILLED.contains(&name)
                || matches!(name, "key" | "ref");
            !internal
        }
        Some(Kind::Str) => true,
        Some(Kind::Sign) => file.word(at) == "=",
        _ => false,
    })
}
