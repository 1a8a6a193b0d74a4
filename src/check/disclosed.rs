//! A disclosure that is demanded word for word: met, or superseded, hidden, altered, another's, missing.

use crate::document::Hidden;
use crate::finding::{Code, Finding, Fix, Safety};
use crate::source::{Location, Span};
use crate::text::{Found, Prescribed, Stream};

use super::about::About;
use super::alteration::{altered, approved, approved_at, punctuated, shown};
use super::disclosure::Disclosure;
use super::moved::moved;
use super::stand::{Stand, added};
use super::translated::{Text, doubt, elsewhere, in_others, standing, texts, unsaid};
use super::versions::out_of_time;
use super::{Check, Scope, Spoken, Stretch, Verdict, values};

/// A disclosure: word for word.
#[derive(Debug)]
pub(super) struct Disclosed {
    pub(super) id: String,
    pub(super) about: About,
    pub(super) stand: Option<Stand>,
}

impl Check for Disclosed {
    fn run(&self, scope: &Scope<'_>) -> Verdict {
        let mut verdict = Verdict::default();
        let page = scope.page;
        let Some(disclosure) = page.library.get(&self.id) else {
            verdict.findings.push(scope.missing(Some(&format!(
                "no pack that is loaded has the disclosure `{}`",
                self.id
            ))));
            return verdict;
        };
        let stream = page.stream();
        if let Some(finding) = unsaid(disclosure, scope, &stream) {
            verdict.findings.push(finding);
            return verdict;
        }
        let current: Vec<_> = current(disclosure, scope);
        // of several versions the one that stands there sign for sign, else word for word, else with a wrong value
        let rank = |found: &Found| match found {
            Found::Exact { punctuation, .. } => usize::from(!punctuation.is_empty()),
            Found::Value { .. } | Found::Near(_) => 2,
        };
        let found = (current.iter())
            .filter_map(|(_, text, location)| Some((text.exact(&stream)?, text, location)))
            .min_by_key(|(found, ..)| rank(found));
        let found = found.filter(|(found, ..)| !goes_on(found, &current, &stream));
        match found {
            Some((
                Found::Exact {
                    words, punctuation, ..
                },
                ..,
            )) if punctuation.is_empty() => {
                self.placed(disclosure, scope, &stream, &current, &words, &mut verdict);
                verdict
                    .findings
                    .extend(values::judged(scope, &stream, &current));
            }
            Some((
                Found::Exact {
                    words,
                    punctuation,
                    repairs,
                    ..
                },
                _,
                location,
            )) => {
                let wrong = punctuated(scope, &stream, &words, &punctuation, &repairs, location);
                verdict.findings.push(wrong);
                self.placed(disclosure, scope, &stream, &current, &words, &mut verdict);
                verdict
                    .findings
                    .extend(values::judged(scope, &stream, &current));
            }
            Some((Found::Value { .. }, ..)) => {
                verdict
                    .findings
                    .extend(values::judged(scope, &stream, &current));
            }
            Some((Found::Near(_), ..)) | None => {
                let attested = page.document.attested.iter().find(|of| of.id == self.id);
                match attested {
                    Some(of) => match &self.stand {
                        None => verdict.met.push(of.span),
                        Some(stand) => {
                            let at = [page.call_place(of.span)];
                            stand.judge(scope, &at, &mut verdict);
                            for finding in &mut verdict.findings {
                                finding.location = page.document.locate(of.span);
                            }
                            verdict.met = vec![of.span];
                        }
                    },
                    None => verdict
                        .findings
                        .push(self.absent(scope, disclosure, &stream, &current)),
                }
            }
        }
        if verdict.findings.is_empty() {
            doubt(disclosure, scope, &mut verdict);
        }
        verdict
    }
}

/// Whether a text that is there word for word is no more than the beginning of a longer one, which goes on in other words.
fn goes_on(found: &Found, current: &[Text<'_>], stream: &Stream<'_>) -> bool {
    const A_FEW_WORDS: usize = 3;
    let Found::Exact { words, .. } = found else {
        return false;
    };
    current.iter().any(|(version, text, _)| {
        text.near(stream, &version.locked).is_some_and(|near| {
            near.words.contains(&words.start) && near.words.end >= words.end + A_FEW_WORDS
        })
    })
}

/// Every place where one of these texts stands word for word, in reading order.
pub(super) fn every(texts: &[Text<'_>], stream: &Stream<'_>) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = texts
        .iter()
        .flat_map(|(_, text, _)| text.every(stream))
        .map(|words| Stretch::of_stream(stream, &words))
        .collect();
    found.sort_unstable();
    found
}

/// The texts that hold on the day, in the page's language where something tells it.
pub(super) fn current<'a>(disclosure: &'a Disclosure, scope: &Scope<'_>) -> Vec<Text<'a>> {
    let facts = scope.page.facts;
    texts(disclosure, scope.page, move |version| version.serves(facts))
}

impl Disclosed {
    /// Looks whether one of the texts that are there word for word stands where it should.
    fn placed(
        &self,
        disclosure: &Disclosure,
        scope: &Scope<'_>,
        stream: &Stream<'_>,
        current: &[Text<'_>],
        words: &std::ops::Range<usize>,
        verdict: &mut Verdict,
    ) {
        match &self.stand {
            None => verdict.met.push(stream.span(words)),
            Some(stand) => {
                let found = every(current, stream);
                stand.judge(scope, &found, verdict);
                let misplaced = |of: &&mut Finding| of.code == Code::Misplaced;
                for finding in verdict.findings.iter_mut().filter(misplaced) {
                    let owed = stand.owed(scope, &found);
                    finding.fix = owed
                        .and_then(|owed| moved(scope, &found, &owed))
                        .or_else(|| self.added(disclosure, scope, current, &found));
                }
            }
        }
    }

    /// The finding for a disclosure that is not there word for word: superseded, hidden, altered, another's, or missing.
    fn absent(
        &self,
        scope: &Scope<'_>,
        disclosure: &Disclosure,
        stream: &Stream<'_>,
        current: &[Text<'_>],
    ) -> Finding {
        let page = scope.page;
        if let Some(finding) = out_of_time(scope, disclosure, stream, current) {
            return finding;
        }
        let near = current
            .iter()
            .filter_map(|(version, text, location)| {
                text.near(stream, &version.locked)
                    .map(|near| (near, *text, *location))
            })
            .max_by(|a, b| a.0.score.total_cmp(&b.0.score));
        let hidden_stream = page.hidden_stream();
        let hidden = current.iter().find_map(|(_, text, _)| {
            text.exact(&hidden_stream).and_then(|found| match found {
                Found::Exact { words, .. } | Found::Value { words, .. } => Some(words),
                Found::Near(_) => None,
            })
        });
        if let (Some(words), None) = (&hidden, &near) {
            return self.hidden(scope, &hidden_stream, words);
        }
        let Some((near, _, location)) = near else {
            let others = if disclosure.is_translated() {
                standing(disclosure, scope, stream)
            } else {
                Vec::new()
            };
            let detail = (!others.is_empty()).then(|| in_others(page, &others));
            let mut finding = scope.missing(detail.as_deref());
            finding.related.extend(elsewhere(scope, stream, &others));
            let variant = other_text(scope, disclosure, stream);
            if let Some((other, words)) = variant {
                return another(
                    scope,
                    &other,
                    stream.span(&words),
                    current.first().map(|(_, _, location)| *location),
                );
            }
            if others.is_empty()
                && finding.code == Code::Missing
                && let Some(spoilt) = self.about.spoilt(scope)
            {
                finding = spoilt;
            }
            finding.fix = self
                .added(disclosure, scope, current, &[])
                .filter(|_| matches!(finding.code, Code::Missing | Code::Altered));
            if let Some((_, text, location)) = current.first() {
                finding.related.push(approved_at(location));
                finding.help = Some(finding.help.map_or_else(
                    || format!("the wording: \"{}\"", text.raw()),
                    |help| format!("{help}; the wording: \"{}\"", text.raw()),
                ));
            }
            return finding;
        };
        if let Some((other, words)) = other_text(scope, disclosure, stream)
            && words.start < near.words.end
            && near.words.start < words.end
        {
            let mut finding = altered(scope, stream, &near, approved(location));
            // which of the two the page owes is for a person to say
            finding.fix = None;
            finding.message = format!(
                "{}: this is the wording of {other}: {}",
                scope.rule.message,
                shown(scope, stream, &near)
            );
            return finding;
        }
        let mut finding = altered(scope, stream, &near, approved(location));
        if let Some(words) = hidden {
            finding.related.push(scope.related(
                "the exact wording is here, where a reader does not see it",
                hidden_stream.span(&words),
            ));
        }
        finding
    }

    /// What puts the approved wording onto the page. Where nothing sets the page's language and the wording has several, a person
    /// must say which the page is in.
    fn added(
        &self,
        of: &Disclosure,
        scope: &Scope<'_>,
        current: &[Text<'_>],
        found: &[Stretch],
    ) -> Option<Fix> {
        let several = of.is_translated() && !matches!(scope.page.spoken(), Spoken::Told(_));
        let (_, text, _) = current.first()?;
        if text.has_slots() {
            return None;
        }
        Some(Fix {
            title: "add the approved wording".to_owned(),
            // where it stands elsewhere, a person must take that out
            safety: if several || !found.is_empty() {
                Safety::Unsafe
            } else {
                Safety::Safe
            },
            edits: added(scope, self.stand.as_ref(), text.raw(), found)?,
        })
    }

    fn hidden(
        &self,
        scope: &Scope<'_>,
        stream: &Stream<'_>,
        words: &std::ops::Range<usize>,
    ) -> Finding {
        let block = stream.place(words.start).map_or(0, |(block, _)| block);
        let why = scope
            .page
            .document
            .hidden
            .get(block as usize)
            .map_or(Hidden::Comment, |block| block.why);
        scope.unseen(stream.span(words), why, "the wording")
    }
}

/// Another disclosure that stands on the page word for word, and not as part of this one.
fn other_text(
    scope: &Scope<'_>,
    disclosure: &Disclosure,
    stream: &Stream<'_>,
) -> Option<(String, std::ops::Range<usize>)> {
    let library = scope.page.library;
    library
        .disclosures
        .iter()
        .filter(|other| other.id != disclosure.id)
        .find_map(|other| {
            other
                .versions
                .iter()
                // a short one of its own may be no more than the beginning of this one
                .filter(|version| version.only.is_empty())
                .flat_map(|version| &version.texts)
                .find_map(|(_, text, _)| match text.exact(stream) {
                    Some(Found::Exact { words, .. } | Found::Value { words, .. })
                        if shares(text, disclosure) =>
                    {
                        Some((format!("`{}` ({})", other.id, other.title), words))
                    }
                    _ => None,
                })
        })
}

/// Whether two texts are variants of one: they share half of their words.
fn shares(text: &Prescribed, disclosure: &Disclosure) -> bool {
    let words = |raw: &str| {
        raw.split_whitespace()
            .map(str::to_lowercase)
            .collect::<std::collections::BTreeSet<_>>()
    };
    let own = words(text.raw());
    disclosure
        .versions
        .iter()
        .flat_map(|version| &version.texts)
        .any(|(_, other, _)| {
            let other = words(other.raw());
            own.intersection(&other).count() * 2 >= own.len().min(other.len())
        })
}

fn another(scope: &Scope<'_>, other: &str, span: Span, location: Option<&Location>) -> Finding {
    let mut finding = scope.finding(
        Code::Altered,
        span,
        Some(&format!("this is the wording of {other}")),
    );
    finding.related.extend(location.map(approved_at));
    finding
}
