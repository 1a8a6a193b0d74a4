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
    let placed_events = with_holes(html, shared).and_then(|(text, holes)| {
        let read = kept(&text);
        filled(html, &read, &holes)
    });
    let Some(filled) = placed_events else {
        return events(html, each);
    };
    for (start, event) in filled {
        each(start, event.moved(&|at| placed(html, at)));
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

/// The events with the holes filled. None where it takes the whole text to know what it holds.
fn filled(html: &Pieces, read: &Read, holes: &[Hole]) -> Option<Vec<(usize, Event)>> {
    let mut filled = Vec::with_capacity(read.len());
    let mut rest = holes.iter().peekable();
    // what holes before here add to a byte of the text that is kept
    let mut more: isize = 0;
    for (start, event) in read.iter() {
        let end = end_of(event);
        if rest.peek().is_some_and(|hole| hole.at < *start) {
            // in a doctype, or in what is no markup at all
            return None;
        }
        let move_by = |at: usize, by: isize| at.checked_add_signed(by);
        let from = move_by(*start, more)?;
        let before = more;
        let (mut inside, mut first) = (0, None);
        while let Some(hole) = rest.next_if(|hole| hole.at < end) {
            more += isize::try_from(hole.end - hole.start).ok()? - 1;
            inside += 1;
            first.get_or_insert(hole.start);
        }
        let to = move_by(end, more)?;
        let Some(first) = first else {
            let by = |at: Span| shifted(at, before);
            let event = match event {
                Event::Text(..) => Event::Text(from, to),
                other => other.clone().moved(&by),
            };
            filled.push((from, event));
            continue;
        };
        match event {
            // a sign before it may make markup of what fills it
            Event::Text(..) if html.text[from..first].contains('<') => return None,
            Event::Text(..) if inside > 1 && html.text[from..to].contains('<') => return None,
            Event::Text(..) if from == to => {}
            Event::Text(..) => filled.push((from, Event::Text(from, to))),
            Event::Open(_) => filled.push((from, one_tag(&html.text[from..to], from)?)),
            Event::Close(..) | Event::Comment(..) | Event::Unread(_) => return None,
        }
    }
    rest.next().is_none().then_some(filled)
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
