//! What a page says about what is owed without saying it: turned round, softened, cut short.

use super::stand::Stand;
use super::usual::Usual;
use super::{Compiler, Page, Scope};
use crate::finding::{Code, Finding};
use crate::keys::{Key, Shape, Table};
use crate::source::Span;
use crate::text::{Excuse, Hit, WordingId};

pub(super) const ABOUT: Key = Key::new(
    "about",
    Shape::Phrases,
    "Phrases that only a text about it says, right or wrong. Where what is owed is not said, a sentence with one of them is `altered`; a page that offers something and has one owes it.",
);

/// The phrases by which a text about what is owed is known.
#[derive(Debug, Clone, Default)]
pub struct About(Vec<WordingId>);

impl About {
    pub(super) fn of(table: &Table, compiler: &mut Compiler<'_>) -> Self {
        Self(compiler.seen_wordings(table, "about", None))
    }

    pub(super) fn phrases(&self) -> &[WordingId] {
        &self.0
    }

    /// What the page itself says about it, be it to deny it.
    fn said(&self, page: &Page<'_>) -> Option<Hit> {
        let own = |hit: &Hit| {
            matches!(page.excuse(hit), None | Some(Excuse::Denied))
                && !page.said(hit.passage as usize).reported(hit.first, hit.end)
        };
        page.hits(&self.0)
            .into_iter()
            .find(|hit| !hit.from_lead && own(hit))
    }

    /// What a page that offers something says about it.
    pub(super) fn offered(&self, page: &Page<'_>) -> Option<Hit> {
        self.said(page).filter(|hit| page.sells(hit))
    }

    /// The finding for what is said about it where it is not said itself.
    pub(super) fn spoilt(&self, scope: &Scope<'_>) -> Option<Finding> {
        let page = scope.page;
        let hit = self.said(page)?;
        let detail = "this is about it, and does not say it";
        let mut finding = scope.finding(Code::Altered, sentence(page, &hit), Some(detail));
        let demand = scope.triggers.first();
        let demand = demand.map(|trigger| scope.related("demands it", trigger.span));
        finding.related.extend(demand);
        Some(finding)
    }
}

/// The source of the sentence of a hit.
fn sentence(page: &Page<'_>, hit: &Hit) -> Span {
    let tokens = page.tokens(hit.passage as usize);
    let start = tokens.sentence(hit.first as usize).start;
    let end = tokens.sentence(hit.end as usize - 1).end;
    page.document.text.tokens_span(&tokens.items()[start..end])
}

/// Tells of what is missing what is known of it: that a text about it is there, that a usual wording is there with other words, or how
/// one can be added.
pub(super) fn told(
    about: &About,
    usual: &Usual,
    scope: &Scope<'_>,
    stand: Option<&Stand>,
    findings: &mut Vec<Finding>,
) {
    let Some(at) = findings.iter().position(|of| of.code == Code::Missing) else {
        return;
    };
    let fix = || usual.added(scope, stand);
    let spoilt = || {
        let spoilt = about.spoilt(scope)?;
        Some(Finding {
            fix: fix(),
            ..spoilt
        })
    };
    match usual.changed(scope).or_else(spoilt) {
        Some(changed) => {
            findings.retain(|of| of.code != Code::Missing);
            findings.insert(at.min(findings.len()), changed);
        }
        None => findings[at].fix = fix(),
    }
}
