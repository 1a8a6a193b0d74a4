//! A stretch of HTML as tags, texts and comments with their places in the source, by a conforming tokenizer.

use std::cell::Cell;
use std::convert::Infallible;
use std::ops::Range;
use std::rc::Rc;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Readable, Reader, Span as Bytes, StringReader, Tokenizer};

use crate::pieces::Pieces;
use crate::source::Span;

/// One tag, with its attributes decoded.
#[derive(Debug, Clone)]
pub(in crate::syntax) struct Tag {
    pub(in crate::syntax) name: Rc<str>,
    pub(in crate::syntax) span: Span,
    pub(in crate::syntax) attributes: Vec<(Rc<str>, Rc<str>, Span)>,
    pub(in crate::syntax) closed: bool,
}

#[derive(Debug, Clone)]
pub(in crate::syntax) enum Event {
    Open(Tag),
    Close(Rc<str>, Span),
    /// Bytes of the text that was read.
    Text(usize, usize),
    /// With its delimiters, and without.
    Comment(Span, Span),
    /// What is left when a tag has too many attributes.
    Unread(Span),
}

impl Event {
    /// As it is elsewhere: `to` says where each range of bytes is.
    pub(super) fn moved(mut self, to: &dyn Fn(Span) -> Span) -> Self {
        match &mut self {
            Self::Open(tag) => {
                tag.span = to(tag.span);
                for (_, _, at) in &mut tag.attributes {
                    *at = to(*at);
                }
            }
            Self::Close(_, at) | Self::Unread(at) => *at = to(*at),
            Self::Comment(whole, body) => {
                (*whole, *body) = (to(*whole), to(*body));
                // what stands for a whole line may reach beyond a comment that ends within it
                body.start = body.start.clamp(whole.start, whole.end);
                body.end = body.end.clamp(body.start, whole.end);
            }
            Self::Text(..) => {}
        }
        self
    }
}

/// The tokenizer goes one call deeper with each attribute in double quotes: some thousands of them would end the program.
pub(in crate::syntax) const MOST_VALUES: usize = 256;

/// A text that ends where a tag has too many attributes.
struct Guarded<'a> {
    text: StringReader<'a>,
    /// How many values in double quotes the tag has so far.
    values: usize,
    over: &'a Cell<bool>,
}

impl Reader for Guarded<'_> {
    type Error = Infallible;

    fn read_byte(&mut self) -> Result<Option<u8>, Infallible> {
        if self.over.get() {
            return Ok(None);
        }
        self.text.read_byte()
    }

    fn try_read_string(&mut self, s: &[u8], case_sensitive: bool) -> Result<bool, Infallible> {
        Ok(!self.over.get() && self.text.try_read_string(s, case_sensitive)?)
    }

    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        char_buf: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Infallible> {
        // what the tokenizer looks for tells where it is: after a tag, or in a value
        let names = needle.contains(&b'=');
        if needle.contains(&b'<') && !names {
            self.values = 0;
        }
        let read = self.text.read_until(needle, char_buf)?;
        if needle.contains(&b'"') && !names && read == Some(b"\"") {
            self.values += 1;
            self.over.set(self.values > MOST_VALUES);
        }
        Ok(read.filter(|_| !self.over.get()))
    }
}

/// Hands on the tags, texts and comments of a stretch of HTML, in order, each with the byte of the text that it begins at.
pub(in crate::syntax) fn events(html: &Pieces, mut each: impl FnMut(usize, Event)) {
    tokens(&html.text, |start, event| {
        each(start, event.moved(&|at| placed(html, at)));
    });
}

/// The place in the source of a range of bytes of the text.
pub(super) fn placed(html: &Pieces, at: Span) -> Span {
    html.span(at.start as usize, at.end as usize)
}

/// As [`events`], with places that are bytes of the text.
pub(in crate::syntax) fn tokens(html: &str, mut each: impl FnMut(usize, Event)) {
    let mut tag: Option<Tag> = None;
    let last_tag = Cell::new(0);
    let own = |bytes: &[u8]| -> Rc<str> { String::from_utf8_lossy(bytes).into() };
    let name_of =
        |bytes: &[u8]| -> Rc<str> { String::from_utf8_lossy(bytes).to_ascii_lowercase().into() };
    let callback = |event: CallbackEvent<'_>, span: Bytes<usize>| -> Option<()> {
        let (start, end) = (span.start.min(html.len()), span.end.min(html.len()));
        match event {
            CallbackEvent::OpenStartTag { name } => {
                last_tag.set(start);
                tag = Some(Tag {
                    name: name_of(name),
                    span: Span::new(start, end),
                    attributes: Vec::new(),
                    closed: false,
                });
            }
            CallbackEvent::AttributeName { name } => {
                if let Some(tag) = &mut tag {
                    let here = Span::new(start, end);
                    tag.attributes.push((name_of(name), "".into(), here));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, text, at)) = tag.as_mut().and_then(|tag| tag.attributes.last_mut())
                {
                    *text = own(value);
                    *at = Span::new(start, end);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(mut tag) = tag.take() {
                    tag.closed = self_closing;
                    tag.span.end = Span::new(start, end).end.max(tag.span.end);
                    each(last_tag.get(), Event::Open(tag));
                }
            }
            CallbackEvent::EndTag { name } => {
                tag = None;
                each(start, Event::Close(name_of(name), Span::new(start, end)));
            }
            CallbackEvent::String { .. }
                if html.get(start..end).is_some_and(|text| !text.is_empty()) =>
            {
                each(start, Event::Text(start, end));
            }
            CallbackEvent::Comment { .. } => {
                if let Some(raw) = html.get(start..end) {
                    let body = comment_body(raw);
                    let body = Span::new(start + body.start, start + body.end);
                    each(start, Event::Comment(Span::new(start, end), body));
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
    let over = Cell::new(false);
    let reader = Guarded {
        text: html.to_reader(),
        values: 0,
        over: &over,
    };
    for _ in Tokenizer::new_with_emitter(reader, emitter).flatten() {}
    if over.get() {
        let from = last_tag.get();
        each(from, Event::Unread(Span::new(from, html.len())));
    }
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
