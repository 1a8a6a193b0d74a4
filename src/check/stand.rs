//! How a required text stands on a page: where, how it is shown, and with what link beside it.

use crate::finding::Edit;
use crate::keys::Table;
use crate::source::{Location, Span};

use super::place::Placement;
use super::{Compiler, Scope, Stretch, Verdict, link};

/// What is wanted of a text that is there.
#[derive(Debug)]
pub(super) struct Stand {
    placement: Option<Placement>,
    link: Option<link::Wanted>,
}

/// The edits that put a text where it is owed, else at the end of the page. `found` are the places where it stands already.
pub(super) fn added(
    scope: &Scope<'_>,
    stand: Option<&Stand>,
    text: &str,
    found: &[Stretch],
) -> Option<Vec<Edit>> {
    let document = scope.page.document;
    if document.keys.is_some() {
        return None;
    }
    let places = match stand {
        Some(stand) => stand.owed(scope, found)?,
        None => vec![None],
    };
    let edits = places.into_iter().map(|before| {
        let (at, text) = (document.add?)(document, text, false, before)?;
        let location = Location::new(&document.source, Span { start: at, end: at });
        Some(Edit { location, text })
    });
    edits.collect()
}

impl Stand {
    /// What a table says of how its text stands; none when it says nothing.
    pub(super) fn of(table: &Table, compiler: &mut Compiler<'_>) -> Option<Self> {
        let of = Self {
            placement: Placement::of(table, compiler),
            link: table
                .table("link")
                .map(|link| link::Wanted::of(link, compiler)),
        };
        (of.placement.is_some() || of.link.is_some()).then_some(of)
    }

    /// The blocks to put the text before, none for the end of the page. `found` are the places where it stands already.
    pub(super) fn owed(&self, scope: &Scope<'_>, found: &[Stretch]) -> Option<Vec<Option<u32>>> {
        match &self.placement {
            Some(placement) => placement.owed(scope, found),
            None => Some(vec![None]),
        }
    }

    /// Judges a text by all the places where a reader sees it, of which there is one at least.
    pub(super) fn judge(&self, scope: &Scope<'_>, found: &[Stretch], verdict: &mut Verdict) {
        let looked = self.link.as_ref().map(|link| link.look(scope));
        let links: Vec<Stretch> = looked
            .iter()
            .flat_map(|looked| &looked.good)
            .map(|(words, _)| *words)
            .collect();
        let placed = self
            .placement
            .as_ref()
            .map(|placement| placement.judge(scope, found, &links));
        match placed {
            Some(Ok(right)) => verdict.met.push(scope.page.span_of(&right)),
            Some(Err(finding)) => verdict.findings.push(*finding),
            None => verdict
                .met
                .extend(found.first().map(|of| scope.page.span_of(of))),
        }
        if let (Some(link), Some(looked)) = (&self.link, looked) {
            verdict.findings.extend(link.beside(scope, looked, found));
        }
    }
}
