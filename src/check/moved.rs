//! The fix of a text that stands in the wrong place: its paragraph is taken out there and put in where it is owed, as it is written.
//! Whether what stood round it still reads well, a person must see.

use crate::document::{BlockKind, Document};
use crate::finding::{Edit, Fix, Safety};
use crate::source::{Location, Span};

use super::{Scope, Stretch};

/// Emphasis and quotation marks that may stand round the words of a paragraph on its own line.
const AROUND: &str = "*_\"'“”‘’().!";

/// What moves a text that stands once and is all of a paragraph of the page's own to before this block, or to the end of the page.
/// None where it is no such paragraph, or is owed where it stands.
pub(super) fn moved(scope: &Scope<'_>, found: &[Stretch], owed: &[Option<u32>]) -> Option<Fix> {
    let document = scope.page.document;
    let ([stands], [before]) = (found, owed) else {
        return None;
    };
    let (block, words) = (
        stands.first.block,
        scope.page.tokens(stands.first.block as usize).len(),
    );
    let whole =
        stands.first.word == 0 && stands.end.block == block && stands.end.word as usize == words;
    let of = document.blocks.get(block as usize)?;
    let own = !of.quote && !of.footnote && !document.is_brought(of.span) && document.keys.is_none();
    if !whole || !own || of.kind != BlockKind::Paragraph || of.lead.is_some() {
        return None;
    }
    let lines = lines(document, of.span)?;
    let written = document.slice(lines).to_owned();
    let out = with_space(document.source.text(), lines);
    let (at, text) = (document.add?)(document, &written, true, *before)?;
    if out.start <= at && at <= out.end {
        return None;
    }
    let edit = |span, text| Edit {
        location: Location::new(&document.source, span),
        text,
    };
    Some(Fix {
        title: "move the approved wording".to_owned(),
        safety: Safety::Unsafe,
        edits: vec![
            edit(out, String::new()),
            edit(Span { start: at, end: at }, text),
        ],
    })
}

/// The whole lines of a paragraph, without the end of the last one; none where something else stands on them, or right before or
/// after them.
fn lines(document: &Document, block: Span) -> Option<Span> {
    let text = document.source.text();
    let (start, end) = (block.start as usize, block.end as usize);
    let line = text
        .get(..start)?
        .rfind('\n')
        .map_or(document.source.bom(), |at| at + 1);
    let last = text
        .get(end..)?
        .find('\n')
        .map_or(text.len(), |at| end + at);
    let last = line + text[line..last].trim_end_matches('\r').len();
    let (head, tail) = (
        text[line..start].trim_start_matches(' '),
        text[end..last.max(end)].trim_end_matches(' '),
    );
    let plain = |signs: &str| signs.chars().all(|c| AROUND.contains(c));
    let element = opens_paragraph(head) && tail.strip_suffix("</p>").is_some_and(plain);
    let alone = plain(head) && plain(tail) && apart(document, line, last);
    if !element && !alone {
        return None;
    }
    // white space before an element is no part of it
    let from = start - head.len();
    Some(Span::new(if element { from } else { line }, last))
}

/// Whether this is the start tag of a paragraph and no more.
fn opens_paragraph(head: &str) -> bool {
    let inside = head
        .strip_prefix("<p")
        .and_then(|rest| rest.strip_suffix('>'));
    inside.is_some_and(|rest| {
        (rest.is_empty() || rest.starts_with(' ')) && !rest.contains(['<', '>'])
    })
}

/// Whether lines that begin and end at these bytes have blank lines round them, or the ends of the text.
fn apart(document: &Document, line: usize, last: usize) -> bool {
    let text = document.source.text();
    let meta = document
        .meta
        .as_ref()
        .map_or(0, |meta| meta.span.end as usize);
    let above = text[..line].trim_end().len();
    let below = text.len() - text[last..].trim_start().len();
    let blank = |space: &str| space.matches('\n').count() > 1;
    let begins = above <= meta.max(document.source.bom());
    (begins || blank(&text[above..line])) && (below == text.len() || blank(&text[last..below]))
}

/// What of the text goes with a paragraph: the space up to the next line that says something, or from the last one that does.
fn with_space(text: &str, written: Span) -> Span {
    let (start, end) = (written.start as usize, written.end as usize);
    let space = text[end..].len() - text[end..].trim_start().len();
    if end + space == text.len() {
        return Span::new(text[..start].trim_end().len(), end);
    }
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let from = if text[line..start].trim().is_empty() {
        line
    } else {
        start
    };
    let next = text[end..end + space]
        .rfind('\n')
        .map_or(space, |at| at + 1);
    Span::new(from, end + next)
}
