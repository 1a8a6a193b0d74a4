//! The fix of a claim: its sentence is taken out. Whether the rest still says what its author meant, a person must see.

use super::Page;
use crate::finding::{Edit, Fix, Safety};
use crate::source::Span;
use crate::text::Hit;

/// Signs that may be markup: a sentence with one is not cut out.
const MARKUP: &[char] = &[
    '*', '_', '[', ']', '<', '>', '`', '~', '{', '}', '|', '\\', '&',
];

/// What takes the sentence of a claim out of its block. None where it is all of the block, or where markup stands in it.
pub(super) fn removed(page: &Page<'_>, hit: &Hit) -> Option<Fix> {
    let document = page.document;
    let tokens = page.tokens(hit.passage as usize);
    let of = tokens.sentence(hit.first as usize);
    if document.keys.is_some() || (of.start == 0 && of.end == tokens.len()) {
        return None;
    }
    let place = |at: usize| document.text.tokens_span(&tokens.items()[at..=at]);
    let block = document.blocks.get(hit.passage as usize)?.span;
    let span = if of.end < tokens.len() {
        // the space after it goes with it
        Span {
            start: place(of.start).start,
            end: place(of.end).start,
        }
    } else {
        // its own full stop goes, and the one before stays
        let before = place(of.start - 1).end;
        let between = document.slice(Span {
            start: before,
            end: place(of.start).start,
        });
        let kept = between.trim_end().len();
        let after = document.slice(Span {
            start: place(of.end - 1).end,
            end: block.end,
        });
        if !after.chars().all(|c| matches!(c, '.' | '!' | '?')) {
            return None;
        }
        Span {
            start: before + u32::try_from(kept).ok()?,
            end: block.end,
        }
    };
    if span.start >= span.end || document.slice(span).contains(MARKUP) {
        return None;
    }
    Some(Fix {
        title: "take the sentence out".to_owned(),
        safety: Safety::Unsafe,
        edits: vec![Edit {
            location: document.locate(span),
            text: String::new(),
        }],
    })
}
