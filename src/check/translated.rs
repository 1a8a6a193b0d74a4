//! Which of a disclosure's texts a page owes: those in its own language, where it is known and the disclosure has several.

use std::ops::Range;

use super::alteration::approved_at;
use super::disclosure::{Disclosure, Version};
use super::{Page, Scope, Spoken, Verdict};
use crate::finding::{Code, Finding, Related, Severity};
use crate::source::Location;
use crate::text::{Found, Prescribed, Stream, language};

/// A text of a version, and where the pack has it.
pub(super) type Text<'a> = (&'a Version, &'a Prescribed, &'a Location);

/// A text in a language, and where a page has it.
pub(super) struct Standing<'a> {
    pub(super) language: &'a str,
    pub(super) words: Range<usize>,
}

/// The texts of the versions that `wanted` picks, each with its language.
pub(super) fn all(
    disclosure: &Disclosure,
    wanted: impl Fn(&Version) -> bool,
) -> Vec<(&str, Text<'_>)> {
    let versions = disclosure.versions.iter();
    versions
        .filter(|version| wanted(version))
        .flat_map(|version| {
            let texts = version.texts.iter();
            texts.map(move |(language, text, at)| (language.as_str(), (version, &**text, at)))
        })
        .collect()
}

/// The texts of the versions that `wanted` picks and that serve the page: those in its language; all where that is not known, or
/// where the disclosure has one language alone.
pub(super) fn texts<'a>(
    disclosure: &'a Disclosure,
    page: &Page<'_>,
    wanted: impl Fn(&Version) -> bool,
) -> Vec<Text<'a>> {
    let all = all(disclosure, wanted);
    let picked = if disclosure.is_translated() {
        let languages: Vec<&str> = all.iter().map(|(language, _)| *language).collect();
        served(page, &languages)
    } else {
        Vec::new()
    };
    let own = all.iter().filter(|(language, _)| picked.contains(language));
    let own: Vec<Text<'_>> = own.map(|(_, text)| *text).collect();
    if own.is_empty() {
        return all.into_iter().map(|(_, text)| text).collect();
    }
    own
}

/// Those of some languages that serve a page best.
fn served<'a>(page: &Page<'_>, languages: &[&'a str]) -> Vec<&'a str> {
    let mut picked = Vec::new();
    for tag in page.spoken().tags() {
        let ranks = || languages.iter().map(|of| language::serves(tag, of));
        let best = ranks().flatten().min();
        let of = languages.iter().zip(ranks());
        picked.extend(
            of.filter(|(_, rank)| rank.is_some() && *rank == best)
                .map(|(of, _)| *of),
        );
    }
    picked
}

/// Whether a disclosure has several languages, and the page's is known and none of them.
fn lacks(disclosure: &Disclosure, page: &Page<'_>) -> bool {
    let of = |tag: &str| {
        disclosure
            .languages()
            .any(|of| language::serves(tag, of).is_some())
    };
    let known = *page.spoken() != Spoken::Unknown;
    disclosure.is_translated() && known && !page.spoken().tags().into_iter().any(of)
}

/// The finding for a wording that stands on a page in whose language the disclosure has none.
pub(super) fn unsaid(
    disclosure: &Disclosure,
    scope: &Scope<'_>,
    stream: &Stream<'_>,
) -> Option<Finding> {
    if !lacks(disclosure, scope.page) {
        return None;
    }
    let stands = standing(disclosure, scope, stream);
    let first = stands.first()?;
    let detail = no_wording(scope.page, first);
    let at = disclosure.versions[0].texts.first().map(|(.., at)| at);
    Some(undecided(scope, stream, first, &detail, at))
}

/// What is told of a wording on a page in whose language no pack has it.
pub(super) fn no_wording(page: &Page<'_>, standing: &Standing<'_>) -> String {
    format!(
        "the page is {}, and the wording stands in {}: what it is in the page's language, no pack says",
        page.language_said(),
        language::named(standing.language)
    )
}

/// Takes back that a demand is met where the wording stands in the language that somebody says the page is in, and the page's own
/// words surely read as another, in which it does not stand.
pub(super) fn doubt(disclosure: &Disclosure, scope: &Scope<'_>, verdict: &mut Verdict) {
    let page = scope.page;
    let told = matches!(page.spoken(), Spoken::Told(_));
    if verdict.met.is_empty() || !told || !disclosure.is_translated() {
        return;
    }
    let Some(read) = page.contradicted() else {
        return;
    };
    let stream = page.stream();
    let stands = standing(disclosure, scope, &stream);
    let served = stands
        .iter()
        .any(|of| language::serves(read, of.language).is_some());
    let Some(first) = stands.first().filter(|_| !served) else {
        return;
    };
    let detail = format!(
        "the page is {}, and the wording stands in {} alone",
        page.language_said(),
        language::named(first.language)
    );
    verdict.met.clear();
    let finding = undecided(scope, &stream, first, &detail, None);
    verdict.findings.push(finding);
}

/// The wordings of a disclosure that a page has in any language, as they hold on the day of the check.
pub(super) fn standing<'a>(
    disclosure: &'a Disclosure,
    scope: &Scope<'_>,
    stream: &Stream<'_>,
) -> Vec<Standing<'a>> {
    let facts = scope.page.facts;
    let texts = all(disclosure, move |version| version.serves(facts));
    texts
        .into_iter()
        .filter_map(|(language, (_, text, _))| match text.exact(stream)? {
            Found::Exact { words, .. } | Found::Value { words, .. } => {
                Some(Standing { language, words })
            }
            Found::Near(_) => None,
        })
        .collect()
}

/// Places where a wording stands in another language than the page's.
pub(super) fn elsewhere(
    scope: &Scope<'_>,
    stream: &Stream<'_>,
    standing: &[Standing<'_>],
) -> Vec<Related> {
    let place = |of: &Standing<'_>| {
        let says = format!(
            "the wording stands here in {}",
            language::named(of.language)
        );
        scope.related(&says, stream.span(&of.words))
    };
    standing.iter().map(place).collect()
}

/// What is told of a page that has a wording, though not in its own language: a detail of what is missing.
pub(super) fn in_others(page: &Page<'_>, standing: &[Standing<'_>]) -> String {
    let mut names: Vec<String> = standing
        .iter()
        .map(|of| language::named(of.language))
        .collect();
    names.dedup();
    format!(
        "the page is {}, and the wording stands only in {}",
        page.language_said(),
        names.join(" and ")
    )
}

/// The finding where a wording stands and nothing tells whether it is in the page's language, or what the wording is in that.
pub(super) fn undecided(
    scope: &Scope<'_>,
    stream: &Stream<'_>,
    standing: &Standing<'_>,
    detail: &str,
    approved: Option<&Location>,
) -> Finding {
    let mut finding = scope.finding(
        Code::Unverifiable,
        stream.span(&standing.words),
        Some(detail),
    );
    finding.severity = finding.severity.min(Severity::Warning);
    finding.related.extend(approved.map(approved_at));
    finding
}
