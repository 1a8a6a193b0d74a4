//! A stretch of HTML as tags, texts and comments with their places in the source, by a conforming tokenizer.

use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as Bytes, Tokenizer};

use super::pieces::Pieces;
use crate::source::Span;

/// One tag, with its attributes decoded.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) name: Box<str>,
    pub(super) span: Span,
    pub(super) attributes: Vec<(Box<str>, String, Span)>,
    pub(super) closed: bool,
}

pub(super) enum Event {
    Open(Tag),
    Close(Box<str>, Span),
    /// Bytes of the text that was read.
    Text(usize, usize),
    /// With its delimiters, and without.
    Comment(Span, Span),
}

/// Hands on the tags, texts and comments of a stretch of HTML, in order.
pub(super) fn events(html: &Pieces, mut each: impl FnMut(Event)) {
    let mut tag: Option<Tag> = None;
    let own = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let name_of = |bytes: &[u8]| -> Box<str> { own(bytes).to_ascii_lowercase().into() };
    let callback = |event: CallbackEvent<'_>, span: Bytes<usize>| -> Option<()> {
        let (start, end) = (
            span.start.min(html.text.len()),
            span.end.min(html.text.len()),
        );
        match event {
            CallbackEvent::OpenStartTag { name } => {
                tag = Some(Tag {
                    name: name_of(name),
                    span: html.span(start, end),
                    attributes: Vec::new(),
                    closed: false,
                });
            }
            CallbackEvent::AttributeName { name } => {
                if let Some(tag) = &mut tag {
                    tag.attributes
                        .push((name_of(name), String::new(), Span::default()));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, text, at)) = tag.as_mut().and_then(|tag| tag.attributes.last_mut())
                {
                    *text = own(value);
                    *at = html.span(start, end);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(mut tag) = tag.take() {
                    tag.closed = self_closing;
                    tag.span.end = html.span(start, end).end.max(tag.span.end);
                    each(Event::Open(tag));
                }
            }
            CallbackEvent::EndTag { name } => {
                tag = None;
                each(Event::Close(name_of(name), html.span(start, end)));
            }
            CallbackEvent::String { .. }
                if html
                    .text
                    .get(start..end)
                    .is_some_and(|text| !text.is_empty()) =>
            {
                each(Event::Text(start, end));
            }
            CallbackEvent::Comment { .. } => {
                if let Some(raw) = html.text.get(start..end) {
                    let body = comment_body(raw);
                    each(Event::Comment(
                        html.span(start, end),
                        html.span(start + body.start, start + body.end),
                    ));
                }
            }
            CallbackEvent::String { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
        None
    };
    let mut emitter = CallbackEmitter::new(callback);
    emitter.naively_switch_states(true);
    for _ in Tokenizer::new_with_emitter(&html.text, emitter).flatten() {}
}

/// What stands between the delimiters of a comment, `<?…>` and `<!…>` among them.
fn comment_body(raw: &str) -> Range<usize> {
    let pairs: [(&str, &[&str]); 2] = [("<!--", &["-->", "--!>"]), ("<", &[">"])];
    for (opens, closes) in pairs {
        if let Some(inner) = raw.strip_prefix(opens) {
            let inner = closes
                .iter()
                .find_map(|close| inner.strip_suffix(close))
                .unwrap_or(inner);
            return opens.len()..opens.len() + inner.len();
        }
    }
    0..raw.len()
}
