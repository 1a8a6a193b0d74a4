//! A stretch of HTML as tags, texts and comments with their places in the source, by a conforming tokenizer.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as Bytes, Tokenizer};

use crate::source::Span;

/// One tag, with its attributes decoded.
pub(super) struct Tag {
    pub(super) name: Box<str>,
    pub(super) span: Span,
    pub(super) attributes: Vec<(Box<str>, String, Span)>,
    pub(super) closed: bool,
}

pub(super) enum Event {
    Open(Tag),
    Close(Box<str>),
    Text(usize, usize),
    Comment(usize, usize),
}

/// A stretch of HTML that may lie in the source in several pieces, as in a block quote.
#[derive(Debug, Default)]
pub(super) struct Html {
    pub(super) text: String,
    /// (byte of `text`, byte of the source)
    pieces: Vec<(usize, usize)>,
}

impl Html {
    pub(super) fn push(&mut self, raw: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(raw);
    }

    fn source(&self, at: usize) -> usize {
        let piece = self
            .pieces
            .partition_point(|(start, _)| *start <= at)
            .max(1)
            - 1;
        self.pieces
            .get(piece)
            .map_or(at, |(start, source)| source + (at - start))
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let last = if end > start {
            self.source(end - 1) + 1
        } else {
            self.source(end)
        };
        Span::new(self.source(start), last)
    }

    /// The parts of a range that lie in the source as one.
    pub(super) fn parts(&self, start: usize, end: usize) -> Vec<(usize, usize)> {
        let first = self.pieces.partition_point(|(at, _)| *at <= start);
        let last = self.pieces.partition_point(|(at, _)| *at < end);
        let mut cuts = vec![start];
        cuts.extend(
            self.pieces[first..last.max(first)]
                .iter()
                .map(|(at, _)| *at),
        );
        cuts.push(end);
        cuts.windows(2).map(|pair| (pair[0], pair[1])).collect()
    }
}

/// The tags, texts and comments of a stretch of HTML, in order.
pub(super) fn events(html: &Html) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut tag: Option<Tag> = None;
    let take = |events: &mut Vec<Event>,
                event: CallbackEvent<'_>,
                span: Bytes<usize>,
                tag: &mut Option<Tag>| {
        let own = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (start, end) = (
            span.start.min(html.text.len()),
            span.end.min(html.text.len()),
        );
        match event {
            CallbackEvent::OpenStartTag { name } => {
                *tag = Some(Tag {
                    name: own(name).to_ascii_lowercase().into(),
                    span: html.span(start, end.max(start)),
                    attributes: Vec::new(),
                    closed: false,
                })
            }
            CallbackEvent::AttributeName { name } => {
                if let Some(tag) = tag {
                    tag.attributes.push((
                        own(name).to_ascii_lowercase().into(),
                        String::new(),
                        Span::default(),
                    ));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, text, at)) = tag.as_mut().and_then(|tag| tag.attributes.last_mut())
                {
                    *text = own(value);
                    *at = html.span(start, end.max(start));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(mut tag) = tag.take() {
                    tag.closed = self_closing;
                    tag.span.end = html.span(start, end.max(start)).end.max(tag.span.end);
                    events.push(Event::Open(tag));
                }
            }
            CallbackEvent::EndTag { name } => {
                *tag = None;
                events.push(Event::Close(own(name).to_ascii_lowercase().into()));
            }
            CallbackEvent::String { .. }
                if end > start
                    && html.text.is_char_boundary(start)
                    && html.text.is_char_boundary(end) =>
            {
                events.push(Event::Text(start, end))
            }
            CallbackEvent::Comment { value } => {
                // the span takes in the delimiters; the body is found again inside them
                let body = String::from_utf8_lossy(value);
                let found = html
                    .text
                    .get(start..)
                    .and_then(|rest| rest.find(&*body))
                    .map_or(start, |offset| start + offset);
                let until = (found + body.len()).min(html.text.len());
                if html.text.is_char_boundary(found) && html.text.is_char_boundary(until) {
                    events.push(Event::Comment(found, until));
                }
            }
            CallbackEvent::String { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
    };
    let callback = |event: CallbackEvent<'_>, span: Bytes<usize>| -> Option<()> {
        take(&mut events, event, span, &mut tag);
        None
    };
    let mut emitter = CallbackEmitter::new(callback);
    emitter.naively_switch_states(true);
    for _ in Tokenizer::new_with_emitter(&html.text, emitter).flatten() {}
    events
}
