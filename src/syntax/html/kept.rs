//! The tags of markup that many pages share, read once: a layout, an include, a component. What such markup says of each page (its
//! title, say) is a hole in it, and what stands round the holes is what is kept.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use foldhash::fast::RandomState;

use super::events::{Event, events, placed, tokens};
use crate::pieces::Pieces;
use crate::source::Span;

/// What stands in the text that is kept for a hole: nothing that a tokenizer sees something in.
const HOLE: char = '\u{1}';

/// How many bytes of markup are kept; then it is begun anew.
const MOST: usize = 4 << 20;

/// What was read of a text, in order: each event with the byte that it begins at.
type Read = Rc<[(usize, Event)]>;

#[derive(Default)]
struct Kept {
    read: HashMap<Box<str>, Read, RandomState>,
    bytes: usize,
}

thread_local! {
    // what is kept follows from its key alone, so no page can tell that it was
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// A hole: its byte in the text that is kept, and its bytes in the text of the page.
struct Hole {
    at: usize,
    start: usize,
    end: usize,
}

/// As [`events`], for markup that other pages have too. What has its place before byte `shared` is of this page alone.
pub(in crate::syntax) fn events_of_shared(
    html: &Pieces,
    shared: usize,
    mut each: impl FnMut(usize, Event),
) {
    let known = with_holes(html, shared).and_then(|(text, holes)| {
        let read = kept(&text);
        let filled = filled(html, &read, &holes)?;
        Some((read, filled))
    });
    let Some((read, filled)) = known else {
        return events(html, each);
    };
    let mut filled = filled.into_iter().peekable();
    let mut more = 0;
    for (number, (start, event)) in read.iter().enumerate() {
        if let Some(own) = filled.next_if(|own| own.number == number) {
            more = own.more;
            if let Some((start, event)) = own.event {
                each(start, event.moved(&|at| placed(html, at)));
            }
            continue;
        }
        let start = start.saturating_add_signed(more);
        match event {
            Event::Text(_, end) => each(start, Event::Text(start, end.saturating_add_signed(more))),
            other => each(
                start,
                other.clone().moved(&|at| placed(html, shifted(at, more))),
            ),
        }
    }
}

/// The text with holes for what is of this page alone. None where that may hold markup.
fn with_holes(html: &Pieces, shared: usize) -> Option<(String, Vec<Hole>)> {
    let mut text = String::with_capacity(html.text.len());
    let mut holes: Vec<Hole> = Vec::new();
    for (range, place) in html.parts(0..html.text.len()) {
        let shown = &html.text[range.clone()];
        if place.start as usize >= shared {
            if shown.contains(HOLE) {
                return None;
            }
            text.push_str(shown);
        } else if shown.contains(['<', '>', HOLE]) {
            return None;
        } else {
            holes.push(Hole {
                at: text.len(),
                start: range.start,
                end: range.end,
            });
            text.push(HOLE);
        }
    }
    Some((text, holes))
}

/// What is read of a text.
fn kept(text: &str) -> Read {
    KEPT.with_borrow_mut(|kept| {
        if let Some(read) = kept.read.get(text) {
            return Rc::clone(read);
        }
        let mut read = Vec::new();
        tokens(text, |start, event| read.push((start, event)));
        let read: Read = read.into();
        kept.bytes += text.len();
        if kept.bytes > MOST {
            kept.read.clear();
            kept.bytes = text.len();
        }
        kept.read.insert(text.into(), Rc::clone(&read));
        read
    })
}

/// An event with holes in it.
struct Filled {
    /// Which.
    number: usize,
    /// What it is once they are filled, in bytes of the text of the page.
    event: Option<(usize, Event)>,
    /// What to add to a byte of the text that is kept for what comes after it.
    more: isize,
}

/// The events with the holes filled. None where it takes the whole text to know what it holds.
fn filled(html: &Pieces, read: &Read, holes: &[Hole]) -> Option<Vec<Filled>> {
    let mut filled = Vec::with_capacity(holes.len());
    let mut rest = holes;
    let mut more: isize = 0;
    while let Some(hole) = rest.first() {
        // the last event that begins before it or at it
        let number = read
            .partition_point(|(start, _)| *start <= hole.at)
            .checked_sub(1)?;
        let (start, event) = &read[number];
        let end = end_of(event);
        if hole.at >= end {
            // in a doctype, or in what is no markup at all
            return None;
        }
        let from = start.checked_add_signed(more)?;
        let inside = rest.partition_point(|hole| hole.at < end);
        for hole in &rest[..inside] {
            more += isize::try_from(hole.end - hole.start).ok()? - 1;
        }
        rest = &rest[inside..];
        let to = end.checked_add_signed(more)?;
        let text = html.text.get(from..to)?;
        let event = match event {
            // a sign before a hole may make markup of what fills it
            Event::Text(..) if text.contains('<') => return None,
            Event::Text(..) if from == to => None,
            Event::Text(..) => Some((from, Event::Text(from, to))),
            Event::Open(_) => Some((from, one_tag(text, from)?)),
            Event::Close(..) | Event::Comment(..) | Event::Unread(_) => return None,
        };
        filled.push(Filled {
            number,
            event,
            more,
        });
    }
    Some(filled)
}

/// The one start tag that a text is, from its first byte to its last.
fn one_tag(text: &str, from: usize) -> Option<Event> {
    let (mut only, mut count) = (None, 0);
    tokens(text, |start, event| {
        count += 1;
        only = Some((start, event));
    });
    let (start, event) = only.filter(|_| count == 1)?;
    let whole =
        matches!(&event, Event::Open(tag) if start == 0 && tag.span.end as usize == text.len());
    whole.then(|| event.moved(&|at| shifted(at, isize::try_from(from).unwrap_or(0))))
}

fn end_of(event: &Event) -> usize {
    match event {
        Event::Open(tag) => tag.span.end as usize,
        Event::Close(_, at) | Event::Unread(at) | Event::Comment(at, _) => at.end as usize,
        Event::Text(_, end) => *end,
    }
}

fn shifted(at: Span, by: isize) -> Span {
    let moved = |at: u32| (at as usize).saturating_add_signed(by);
    Span::new(moved(at.start), moved(at.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the files begin that pages bring in.
    const SHARED: usize = 1000;

    /// A frame whose holes, written `@`, the page fills with a value.
    fn filled_with(frame: &str, value: &str) -> Pieces {
        let mut html = Pieces::default();
        let (mut at, mut first) = (SHARED, true);
        for part in frame.split('@') {
            if !first {
                html.push(value, 10);
            }
            first = false;
            html.push(part, at);
            at += part.len() + 1;
        }
        html
    }

    #[test]
    fn what_is_kept_reads_as_the_whole_text_does() {
        let frames = [
            "<h1>@</h1><p class=\"a\">b</p>",
            "<title>@ - Site</title><body class=\"x @\">@ and @<br></body>",
            "<!doctype @><p>words</p>",
            "<!-- @ --><p>words</p>",
            "<@>words</@>",
            "</@>words<p @>more</p>",
            "<div title='@' data-x=@ hidden>words &amp; @;</div>",
            "<script>if (a<b) { '@' }</script><style>@</style><p>words",
            "<textarea><b>@</textarea><a href=\"/@/\">go</a>",
            "a <@p>b</p>",
            "<p>a</p@>",
            "@<p>a</p>@",
            "<!@<p>a</p>",
            "<p>no hole at all</p>",
            "<p>a @@ b</p>",
            "<p title=\"unclosed @>words</p>",
        ];
        let values = [
            "",
            "plain words",
            "p",
            "/p",
            "!-- x",
            "--",
            "-",
            "\"",
            "' hidden x='",
            "a=b",
            "/",
            "<b>bold</b>",
            "a > b",
            "&lt;",
            "&",
            "script",
            "é – ü",
            "]]",
            "\u{1}",
            "=",
            " ",
            "\n",
        ];
        for frame in frames {
            for value in values {
                let html = filled_with(frame, value);
                let (mut whole, mut kept) = (Vec::new(), Vec::new());
                events(&html, |start, event| whole.push((start, event)));
                events_of_shared(&html, SHARED, |start, event| kept.push((start, event)));
                assert_eq!(
                    format!("{whole:#?}"),
                    format!("{kept:#?}"),
                    "{frame} filled with {value:?}"
                );
            }
        }
    }
}
