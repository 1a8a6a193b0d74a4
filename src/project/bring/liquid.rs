//! Jekyll and Eleventy: what Liquid makes of a page, its layouts, its includes.

use std::ops::Range;

use super::Asking;
use crate::document::Document;
use crate::template::ask::Answer;

/// What templates make of the text of a page.
pub(super) fn body(_: &Asking<'_>, _: Range<usize>, _: &mut Document) -> Answer {
    Answer::AsItStands
}

/// What stands round a page.
pub(super) fn layout(_: &Asking<'_>, _: &mut Document) -> Answer {
    Answer::Nothing
}
