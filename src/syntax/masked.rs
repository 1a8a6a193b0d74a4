//! Markdown that something was taken out of before it is parsed, because it is no Markdown: tags, expressions, directives. Each
//! comes back at its place when the parser gets there.

use std::ops::Range;
use std::rc::Rc;

use super::builder::Builder;
use super::html::events::Tag;
use super::html::tags::{Markup, Tags};
use crate::document::Hidden;
use crate::pieces::Pieces;
use crate::source::Span;
use crate::template::ask::Call;
use crate::template::{Mark, Output};

/// A text and what was taken out of it.
#[derive(Debug, Default)]
pub(super) struct Masked {
    pub(super) text: Pieces,
    /// In order; the bytes of the text that stand for each: a [`FILLER`], or none.
    pub(super) insets: Vec<(Range<usize>, Inset)>,
}

/// Something that was taken out.
#[derive(Debug)]
pub(super) enum Inset {
    Open(Tag),
    Close(Rc<str>, Span),
    /// Words that a reader sees.
    Words(Pieces),
    /// With its delimiters, and without.
    Comment(Span, Span),
    /// What a call puts out, and whose rules its tags follow.
    Markup(Output, Markup),
    /// What a call puts out round what follows, up to [`Inset::EndRound`].
    Round(Output, Markup),
    EndRound,
    /// A call that nothing answers.
    Called(Call),
    /// Something in what a template puts out that is no text.
    Mark(Mark),
    /// What only a program can tell; `true` where a reader sees that something is there.
    Code(Span, bool),
}

/// What stands for an inset among words, so that emphasis beside it reads as it does beside the tag itself: a sign that is
/// punctuation and means nothing in Markdown.
const FILLER: &str = "%";

impl Masked {
    /// A text with nothing taken out.
    pub(super) fn of(raw: &str, at: usize) -> Self {
        Self {
            text: Pieces::of(raw, at),
            insets: Vec::new(),
        }
    }

    /// Puts an inset at the end of what there is so far; `among` words, or on a line of its own.
    pub(super) fn inset(&mut self, inset: Inset, among: bool) {
        let starts = self.text.text.len();
        if among {
            let at = self.text.end();
            self.text.push_as(FILLER, at);
        }
        self.insets.push((starts..self.text.text.len(), inset));
    }
}

impl Inset {
    /// Hands it to the document.
    pub(super) fn tell(self, tags: &mut Tags, builder: &mut Builder) {
        match self {
            Self::Open(tag) => {
                if !builder.component(&tag) {
                    tags.open(tag, builder);
                }
            }
            Self::Close(name, span) => {
                if !builder.end_component(&name) {
                    tags.close(&name, span, builder);
                }
            }
            Self::Words(words) => builder.tell(&words, 0..words.text.len()),
            Self::Comment(span, body) => builder.comment(span, body),
            Self::Markup(output, markup) => builder.markup(output, markup),
            Self::Round(output, markup) => builder.begin_round(output, markup),
            Self::EndRound => builder.end_round(),
            Self::Mark(mark) => builder.mark_of(&mark),
            Self::Called(call) => {
                let address = |name: &str| matches!(name, "href" | "url" | "link" | "to");
                let mut addresses = call.arguments.iter().filter(|(name, ..)| address(name));
                let target = addresses.next().map_or("", |(_, value, _)| &**value);
                if let Some(number) = builder.link(call.span, target) {
                    builder.document().links[number].component = Some((&*call.name).into());
                }
                builder.mark(call.span);
            }
            Self::Code(span, seen) => {
                let shown = builder.slice(span).to_owned();
                builder.aside(Hidden::Code, span, &shown, seen);
            }
        }
    }
}
