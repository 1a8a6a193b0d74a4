//! Placeholders that look like tags, so that a reader's program shows nothing in their place: `<loss percent>%`.

use crate::document::Document;
use crate::source::Span;
use crate::text::{Blank, Case, Sort, Tokens, tag_in_place};

use super::Page;
use super::page::number;

/// How many bytes a tag has at most that stands for a value.
const LONGEST_TAG: usize = 64;

/// Placeholders that are no text of the page, because a reader's program takes them for tags: `<loss percent>`. What a component
/// puts out, which is not known, is given as it stands: `<Loss />%`.
pub(super) fn tags(page: &Page<'_>, block: usize, tokens: &Tokens) -> Vec<Blank> {
    let document = page.document;
    let whole = with_tags_round(document, document.blocks[block].span);
    if !document.slice(whole).contains('<') {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut last = whole.start;
    for at in 0..=tokens.len() {
        let here = tokens.items().get(at..=at);
        let here = here.map(|of| {
            (
                document.text.tokens_span(of),
                document.text.token(&of[0]) == "%",
            )
        });
        let (next, percent) = here.unwrap_or((
            Span {
                start: whole.end,
                ..whole
            },
            false,
        ));
        if last < next.start {
            let gap = Span {
                start: last,
                end: next.start,
            };
            let unit = percent.then_some(next.end);
            let blanks = tags_between(document, gap, unit, number(at));
            found.extend(blanks);
        }
        last = last.max(next.end);
    }
    found
}

/// The tags between two words that are none; `unit` is where a percent sign ends that follows.
fn tags_between(document: &Document, gap: Span, unit: Option<u32>, next: u32) -> Vec<Blank> {
    let between = document.slice(gap);
    let place = |at: usize| gap.start + Span::new(at, at).start;
    let tags = between.match_indices('<').filter_map(|(from, _)| {
        let mut near = between.as_bytes()[from..].iter().take(LONGEST_TAG);
        let to = from + near.position(|byte| *byte == b'>')?;
        let unit = unit.filter(|_| between[to + 1..].trim().is_empty());
        let inside = &between[from + 1..to];
        let component = inside.ends_with('/') && inside.starts_with(char::is_uppercase);
        let (sort, wants) = match tag_in_place(inside) {
            Some(wants) => (Sort::Marked, wants),
            None if component && unit.is_some() => (Sort::Opaque, ""),
            None => return None,
        };
        Some(Blank {
            span: Span {
                start: place(from),
                end: unit.unwrap_or(place(to + 1)),
            },
            words: (next, next + u32::from(unit.is_some())),
            sort,
            wants,
            case: Case::Any,
        })
    });
    tags.collect()
}

/// The place of a block with the tags at its beginning and its end.
fn with_tags_round(document: &Document, block: Span) -> Span {
    let (source, base) = match document.brought_at(block.start) {
        None => (&document.source, 0),
        Some(brought) => (&brought.source, brought.base),
    };
    let (start, end) = (block.start - base, block.end.saturating_sub(base));
    let whole = source.text();
    // a block that ends in another file than it begins in has none after it
    let before = whole.get(..start as usize).unwrap_or_default();
    let after = whole.get(end as usize..).unwrap_or_default();
    let head = before.trim_end_matches(' ').as_bytes();
    let tail = after.trim_start_matches([' ', '.', ',', ';', ':', '!', '?']);
    let begins = head.ends_with(b">").then(|| {
        head.iter()
            .rev()
            .take(LONGEST_TAG)
            .position(|byte| *byte == b'<')
    });
    let ends = tail
        .starts_with('<')
        .then(|| tail.bytes().take(LONGEST_TAG).position(|byte| byte == b'>'));
    let number = |length: usize| Span::new(length, length).start;
    Span {
        start: begins
            .flatten()
            .map_or(start, |back| number(head.len() - back - 1))
            + base,
        end: ends
            .flatten()
            .map_or(end, |to| number(whole.len() - tail.len() + to + 1))
            + base,
    }
}
