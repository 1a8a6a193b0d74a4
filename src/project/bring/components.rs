//! Components of pages: imported ones, those of the project, and the templates that pages of a collection are shown in.

use super::Asking;
use crate::document::Document;
use crate::template::Opened;
use crate::template::ask::{Answer, Call};

/// What a component puts out.
pub(super) fn component(_: &Asking<'_>, _: &Call, _: &mut Document) -> Answer {
    Answer::AsItStands
}

/// What stands round a page.
pub(super) fn layout(_: &Asking<'_>, _: &mut Document) -> Answer {
    Answer::Nothing
}

/// What the component of a file puts out.
pub(super) fn of_file(_: &Asking<'_>, _: &Opened, _: &mut Document) -> Answer {
    Answer::AsItStands
}
