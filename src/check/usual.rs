//! The usual wordings of what is owed to the effect of: they prescribe nothing, but what comes close to one of them and does not say
//! what is owed is that wording with other words, and one of them can be put where nothing of the kind stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Fix, Safety};
use crate::keys::{Key, Late, Shape, Table};
use crate::source::Span;
use crate::text::{Prescribed, language};

use super::alteration::{USUAL, altered};
use super::stand::{Stand, added};
use super::{Page, Scope, Spoken};

pub(super) const LIKE: Key = Key::new(
    "like",
    Shape::Texts,
    "Usual wordings of it, which nothing prescribes. Where none of the phrases is said, a text that comes close to one of these is `altered`, and one of them is offered as a fix.",
);

/// Shorter ones come close to too much.
const FEWEST_WORDS: usize = 5;

/// What is wrong with them, with its place.
pub(super) fn validate(table: &Table) -> Vec<(Span, String)> {
    let placed = table.placed("like").iter();
    placed
        .filter_map(|(raw, span)| match Prescribed::parse(raw) {
            Err((message, _)) => Some((*span, format!("has a usual wording that is none: {message}"))),
            Ok(text) if text.plain_words() < FEWEST_WORDS => {
                let message = format!("has a usual wording of fewer than {FEWEST_WORDS} words, which too much would come close to");
                Some((*span, message))
            }
            Ok(_) => None,
        })
        .collect()
}

/// The usual wordings of a demand, cut when something asks for them.
#[derive(Debug, Clone)]
pub struct Usual(Late<Vec<Prescribed>>);

impl Usual {
    /// Those of a table that was validated.
    pub(super) fn of(table: &Table) -> Self {
        let own = table.part("like");
        Self(Late::new(move || {
            let texts = own.placed("like").iter();
            let cut = |raw: &str| Prescribed::parse_in(raw, None, &BTreeMap::new());
            texts.filter_map(|(raw, _)| cut(raw).ok()).collect()
        }))
    }

    /// Each of them.
    pub(super) fn texts(&self) -> &[Prescribed] {
        &self.0
    }

    /// The finding for the text that comes closest to one of them, if one comes close; none where it stands word for word.
    pub(super) fn changed(&self, scope: &Scope<'_>) -> Option<Finding> {
        if self.0.is_empty() {
            return None;
        }
        let stream = scope.page.stream();
        let near = self
            .0
            .iter()
            .filter_map(|text| text.near(&stream, &BTreeSet::new()));
        let near = near.max_by(|a, b| a.score.total_cmp(&b.score))?;
        let mut finding = altered(scope, &stream, &near, USUAL);
        if let Some(fix) = &mut finding.fix {
            fix.title = "restore the usual wording".to_owned();
            // other words may do as well
            fix.safety = Safety::Unsafe;
        }
        Some(finding)
    }

    /// What puts the first of them that is in the page's language where the text is owed. Nothing prescribes it: a person must look.
    pub(super) fn added(&self, scope: &Scope<'_>, stand: Option<&Stand>) -> Option<Fix> {
        let serves =
            |text: &&Prescribed| !text.has_slots() && is_in_language(scope.page, text.raw());
        let text = self.0.iter().find(serves)?;
        Some(Fix {
            title: "add the usual wording".to_owned(),
            safety: Safety::Unsafe,
            edits: added(scope, stand, text.raw(), &[])?,
        })
    }
}

/// Whether nothing says that a text is in another language than the page.
fn is_in_language(page: &Page<'_>, text: &str) -> bool {
    let tags = match page.spoken() {
        Spoken::Foreign(tag) => vec![*tag],
        spoken => spoken.tags(),
    };
    let Some(read) = language::detected(text) else {
        return true;
    };
    tags.is_empty() || tags.iter().any(|tag| !language::contradicts(read, tag))
}
