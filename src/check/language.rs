//! `language`: where a disclosure stands, it stands in the page's language. Whether it must stand there at all, `required` says.

use crate::finding::Finding;
use crate::keys::{Key, Shape, Table};

use super::alteration::approved_at;
use super::disclosure::Disclosure;
use super::translated::{
    Standing, all, doubt, elsewhere, in_others, no_wording, standing, undecided,
};
use super::{Check, Compiler, Kind, Scope, Spoken, Verdict};
use crate::text::{Stream, language};

pub(super) const KIND: Kind = Kind {
    name: "language",
    about: "Where a disclosure stands, it stands in the page's language.",
    keys: &[Key::required(
        "disclosure",
        Shape::Text,
        "The disclosure whose texts in other languages do not count.",
    )],
    validate: |_| Vec::new(),
    compile,
    judges_rest: false,
};

/// A page with fewer words of its own than this, beside its disclosures, has no language of its own.
const FEWEST_WORDS: usize = 3;

fn compile(table: &Table, compiler: &mut Compiler<'_>) -> Box<dyn Check> {
    let id = compiler.qualified(table.text("disclosure").unwrap_or_default());
    Box::new(OwnLanguage { id })
}

#[derive(Debug)]
struct OwnLanguage {
    id: String,
}

impl Check for OwnLanguage {
    fn run(&self, scope: &Scope<'_>) -> Verdict {
        let mut verdict = Verdict::default();
        let page = scope.page;
        let Some(disclosure) = page.library.get(&self.id) else {
            let wrong = format!("no pack that is loaded has the disclosure `{}`", self.id);
            verdict.findings.push(scope.missing(Some(&wrong)));
            return verdict;
        };
        let stream = page.stream();
        let stands = standing(disclosure, scope, &stream);
        let Some(first) = stands.first() else {
            return verdict;
        };
        let serves = |of: &&Standing<'_>| {
            let tags = page.spoken().tags();
            tags.iter()
                .any(|tag| language::serves(tag, of.language).is_some())
        };
        let own = stands.iter().find(serves);
        let alone = || page.own_words().split_whitespace().count() < FEWEST_WORDS;
        match (own, page.spoken()) {
            (Some(own), _) => {
                verdict.met.push(stream.span(&own.words));
                doubt(disclosure, scope, &mut verdict);
            }
            (None, Spoken::Foreign(_)) => {
                let detail = no_wording(page, first);
                let finding = undecided(scope, &stream, first, &detail, None);
                verdict.findings.push(finding);
            }
            (None, Spoken::Unknown) if alone() => verdict.met.push(stream.span(&first.words)),
            (None, Spoken::Unknown) => {
                let detail = format!(
                    "the wording stands in {}, and nothing sets the page's language, nor is its text sure to be in one",
                    language::named(first.language)
                );
                verdict
                    .findings
                    .push(undecided(scope, &stream, first, &detail, None));
            }
            (None, _) => verdict
                .findings
                .push(foreign(scope, &stream, disclosure, &stands)),
        }
        verdict
    }
}

/// The finding for a wording that stands in other languages only.
fn foreign(
    scope: &Scope<'_>,
    stream: &Stream<'_>,
    disclosure: &Disclosure,
    stands: &[Standing<'_>],
) -> Finding {
    let page = scope.page;
    let mut finding = scope.missing(Some(&in_others(page, stands)));
    finding.related.extend(elsewhere(scope, stream, stands));
    let facts = page.facts;
    let tags = page.spoken().tags();
    let own = all(disclosure, |version| version.serves(facts))
        .into_iter()
        .find(|(of, _)| tags.iter().any(|tag| language::serves(tag, of).is_some()));
    let wording = match own {
        Some((_, (_, text, location))) => {
            finding.related.push(approved_at(location));
            format!("the wording: \"{}\"", text.raw())
        }
        None => format!(
            "`{}` has no text in that language: `text.{} = \"…\"` gives it one",
            disclosure.id, tags[0]
        ),
    };
    finding.help = Some(match finding.help.take() {
        Some(help) => format!("{help}; {wording}"),
        None => wording,
    });
    finding
}
