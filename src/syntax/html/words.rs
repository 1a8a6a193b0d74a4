//! The words of HTML: in texts, where entities stand for what they name, and in attributes, where no reader sees them.

use std::ops::Range;

use super::elements::{WORDY, known};
use super::events::Tag;
use super::tags::{Markup, Tags};
use super::template_comments::comments;
use crate::document::Hidden;
use crate::pieces::Pieces;
use crate::syntax::builder::Builder;

/// Words in attributes.
pub(in crate::syntax) fn attributes(tag: &Tag, markup: Markup, builder: &mut Builder) {
    if &*tag.name == "html" {
        language(tag, builder);
    }
    let component = markup == Markup::Jsx && !known(&tag.name);
    for (name, value, span) in &tag.attributes {
        let wordy = WORDY
            .iter()
            .find(|(key, _)| **key == **name)
            .map(|(_, place)| *place)
            .or_else(|| name.starts_with("data-").then_some("a `data-` attribute"))
            .or_else(|| component.then_some("an attribute of a component"));
        if let Some(place) = wordy.filter(|_| value.trim().contains(' ')) {
            builder.aside(Hidden::Attribute(place), *span, value, false);
        }
    }
}

/// The language that a page says it is in.
fn language(tag: &Tag, builder: &mut Builder) {
    let mut all = tag.attributes.iter();
    let Some((_, tag, span)) = all.find(|(name, ..)| matches!(&**name, "lang" | "xml:lang")) else {
        return;
    };
    let document = builder.document();
    if document.language.is_none() {
        document.language = Some((tag.to_string(), *span));
    }
}

/// Visible words of HTML: entities stand for themselves, each part of a decoded one for the whole entity.
pub(in crate::syntax) fn text(html: &Pieces, range: Range<usize>, builder: &mut Builder) {
    const LONGEST: usize = 40;
    let (mut at, end) = (range.start, range.end);
    while at < end {
        let rest = &html.text[at..end];
        let plain = rest.find('&').unwrap_or(rest.len());
        if plain > 0 {
            builder.tell(html, at..at + plain);
            at += plain;
            continue;
        }
        let reach = rest[1..]
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'))
            .map_or(rest.len(), |length| 1 + length);
        let closed = reach + usize::from(rest[reach..].starts_with(';'));
        let entity = &rest[..closed.min(LONGEST)];
        let decoded = htmlize::unescape(entity);
        builder.text_as(&decoded, html.span(at, at + entity.len()));
        at += entity.len();
    }
}

impl Tags {
    /// A text without the comments of templates in it.
    pub(super) fn uncommented(
        &mut self,
        html: &Pieces,
        range: Range<usize>,
        builder: &mut Builder,
    ) {
        let mut at = range.start;
        // Markdown has its own ways with braces
        if self.markup == Markup::Html {
            for (whole, body) in comments(&html.text, range.clone()) {
                if at < whole.start {
                    self.text(html, at..whole.start, builder);
                }
                builder.comment(
                    html.span(whole.start, whole.end),
                    html.span(body.start, body.end),
                );
                at = whole.end;
            }
        }
        if at < range.end {
            self.text(html, at..range.end, builder);
        }
    }

    /// Whether a text is the mark of a footnote, as in `<sup><a href="#n1">[1]</a></sup>`: no word of the sentence it stands in.
    pub(super) fn footnote_mark(&self, shown: &str, builder: &mut Builder) -> bool {
        const NEAR: usize = 4;
        let mark = shown.trim_matches(['[', ']', '(', ')']);
        let number = mark.len() <= 3 && mark.chars().all(|c| c.is_ascii_digit());
        let near = || self.open.iter().rev().take(NEAR);
        (number || matches!(mark, "*" | "†" | "‡" | "§"))
            && near().any(|of| &*of.name == "sup")
            && near()
                .find_map(|of| of.link)
                .is_some_and(|number| builder.document().links[number].target.starts_with('#'))
    }
}
