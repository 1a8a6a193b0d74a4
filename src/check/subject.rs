//! What a demand speaks of: a disclosure, phrases, links, or an anchor; and where a page has it.

use crate::document::Hidden;
use crate::finding::Finding;
use crate::keys::{Globs, Key, Shape, Table};
use crate::source::Span;
use crate::text::{Found, WordingId};

use super::anchor::{Anchor, Place};
use super::disclosed::{current, every};
use super::disclosure::Disclosure;
use super::translated::{doubt, elsewhere, in_others, standing, unsaid};
use super::{Compiler, Scope, Stretch, UNLESS, UNLESS_SENTENCE, Verdict};

pub(super) const DISCLOSURE: Key = Key::new(
    "disclosure",
    Shape::Text,
    "An approved text, word for word.",
);
pub(super) const ANY: Key = Key::new("any", Shape::Phrases, "Phrases of which one is meant.");

/// What may stand on a side of an order.
pub(super) const SIDE: &[Key] = &[
    DISCLOSURE,
    ANY,
    UNLESS,
    UNLESS_SENTENCE,
    Key::new(
        "link",
        Shape::Texts,
        "Links whose target matches one of these globs, in which `*` crosses everything.",
    ),
    Key::new(
        "anchor",
        Shape::Choice(&Anchor::NAMES),
        "What is no text of the rule's own.",
    ),
];

/// What a demand speaks of.
#[derive(Debug)]
pub(super) enum Subject {
    Disclosure(String),
    Phrases {
        any: Vec<WordingId>,
        unless: Vec<WordingId>,
        unless_sentence: Vec<WordingId>,
    },
    Links(Globs),
    Anchor(Anchor),
}

/// What is wrong with a table that must name one subject, with its place.
pub(super) fn validate(table: &Table, at: Span, choices: &[&str]) -> Vec<(Span, String)> {
    let named: Vec<&str> = choices
        .iter()
        .copied()
        .filter(|key| table.has(key))
        .collect();
    let all = choices
        .iter()
        .map(|key| format!("`{key}`"))
        .collect::<Vec<_>>()
        .join(", ");
    match named[..] {
        [_] => Vec::new(),
        [] => vec![(at, format!("names nothing: give one of {all}"))],
        [_, second, ..] => vec![(
            table.key_of(second),
            format!("names two things: give one of {all}"),
        )],
    }
}

impl Subject {
    /// The subject that a table names; it was validated.
    pub(super) fn of(table: &Table, compiler: &mut Compiler<'_>) -> Self {
        if let Some(id) = table.text("disclosure") {
            return Self::Disclosure(compiler.qualified(id));
        }
        if table.has("link") {
            return Self::Links(Globs::links(table.texts("link")));
        }
        if let Some(anchor) = table.text("anchor").and_then(Anchor::named) {
            compiler.needs(anchor);
            return Self::Anchor(anchor);
        }
        Self::Phrases {
            any: compiler.wordings(table, "any", None),
            unless: compiler.seen_wordings(table, "unless", None),
            unless_sentence: compiler.seen_wordings(table, "unless-sentence", None),
        }
    }

    /// What it is, for people.
    pub(super) fn what(&self) -> String {
        match self {
            Self::Disclosure(id) => format!("the disclosure `{id}`"),
            Self::Phrases { .. } => "the text".to_owned(),
            Self::Links(globs) => format!("a link to {}", globs.raw.join(" or ")),
            Self::Anchor(anchor) => anchor.what().to_owned(),
        }
    }

    /// Every place where a reader sees it, in reading order.
    pub(super) fn places(&self, scope: &Scope<'_>) -> Vec<Place> {
        let page = scope.page;
        let of = |at: Stretch| Place {
            at,
            span: page.span_of(&at),
            link: None,
        };
        match self {
            Self::Disclosure(id) => {
                let Some(disclosure) = page.library.get(id) else {
                    return Vec::new();
                };
                let stream = page.stream();
                let found = every(&current(disclosure, scope), &stream);
                found.into_iter().map(of).collect()
            }
            Self::Phrases {
                any,
                unless,
                unless_sentence,
            } => {
                let mut hits = page.counted(any, unless, unless_sentence);
                hits.retain(|hit| page.stated(hit));
                for hit in &hits {
                    page.mask(hit.passage, hit.first, hit.end);
                }
                hits.iter().map(|hit| of(Stretch::of(hit))).collect()
            }
            Self::Links(globs) => {
                let mut links = scope.anchors(Anchor::Link);
                links.retain(|place| {
                    let link = place.link.map(|at| &page.document.links[at as usize]);
                    link.is_some_and(|link| globs.matches(&link.target))
                });
                links
            }
            Self::Anchor(anchor) => scope.anchors(*anchor),
        }
    }

    /// The finding for a disclosure that stands on a page in whose language no pack has it.
    pub(super) fn unsaid(&self, scope: &Scope<'_>) -> Option<Finding> {
        let disclosure = self.disclosure(scope)?;
        unsaid(disclosure, scope, &scope.page.stream())
    }

    /// Takes back that a demand is met where nobody knows whether the disclosure is in the page's language.
    pub(super) fn doubt(&self, scope: &Scope<'_>, verdict: &mut Verdict) {
        let disclosure = self.disclosure(scope);
        if let Some(disclosure) = disclosure.filter(|_| verdict.findings.is_empty()) {
            doubt(disclosure, scope, verdict);
        }
    }

    /// The finding where it stands nowhere that counts: where a reader does not see it, in another language than the page's, or nowhere.
    pub(super) fn absent(&self, scope: &Scope<'_>, detail: Option<&str>) -> Finding {
        if let Some(unseen) = self.unseen(scope) {
            return unseen;
        }
        let translated = self.disclosure(scope).filter(|of| of.is_translated());
        let Some(disclosure) = translated else {
            return scope.missing(detail);
        };
        let stream = scope.page.stream();
        let stands = standing(disclosure, scope, &stream);
        if stands.is_empty() {
            return scope.missing(detail);
        }
        let others = in_others(scope.page, &stands);
        let detail = detail.map_or(others.clone(), |detail| format!("{detail}: {others}"));
        let mut finding = scope.missing(Some(&detail));
        finding.related.extend(elsewhere(scope, &stream, &stands));
        finding
    }

    fn disclosure<'a>(&self, scope: &Scope<'a>) -> Option<&'a Disclosure> {
        match self {
            Self::Disclosure(id) => scope.page.library.get(id),
            _ => None,
        }
    }

    /// The finding for a text that stands there and that a reader does not see, if it does.
    fn unseen(&self, scope: &Scope<'_>) -> Option<Finding> {
        let page = scope.page;
        match self {
            Self::Disclosure(id) => {
                let disclosure = page.library.get(id)?;
                let stream = page.hidden_stream();
                let texts = current(disclosure, scope);
                let words = texts
                    .iter()
                    .find_map(|(_, text, _)| match text.exact(&stream)? {
                        Found::Exact { words, .. } | Found::Value { words, .. } => Some(words),
                        Found::Near(_) => None,
                    })?;
                let block = stream.place(words.start).map_or(0, |(block, _)| block);
                let hidden = page.document.hidden.get(block as usize);
                let why = hidden.map_or(Hidden::Comment, |block| block.why);
                Some(scope.unseen(stream.span(&words), why, "the wording"))
            }
            Self::Phrases { any, .. } => {
                let hits = page.hidden_hits(any);
                let first = hits.first()?;
                let why = page.document.hidden[first.passage as usize].why;
                Some(scope.unseen(page.hidden_span(first), why, "the text"))
            }
            Self::Links(_) | Self::Anchor(_) => None,
        }
    }
}
