//! `forbidden`: a claim must not be made. Denial, quotation, question and warning do not make it, nor does a text that a rule demands.

use std::collections::BTreeSet;

use crate::finding::Code;
use crate::keys::{Key, Shape, Table};
use crate::source::Span;
use crate::text::WordingId;

use super::removal::removed;
use super::{Check, Compiler, Kind, REGEX, Scope, UNLESS, UNLESS_SENTENCE, Verdict};

pub(super) const KIND: Kind = Kind {
    name: "forbidden",
    about: "The claim must not be made.",
    keys: &[
        Key::new("any", Shape::Phrases, "Phrases of which none may be said."),
        REGEX,
        UNLESS,
        UNLESS_SENTENCE,
        Key::new(
            "unless-block",
            Shape::Phrases,
            "Phrases that take back each claim of the paragraph that they stand in: what it is about may lawfully be promised.",
        ),
        Key::new(
            "sense",
            Shape::Choice(&["claim", "mention"]),
            "`claim` (default): denial, quotation, question, attribution and warning do not count; `mention`: they do.",
        ),
    ],
    validate,
    compile,
    judges_rest: true,
};

fn validate(table: &Table) -> Vec<(Span, String)> {
    let some = table.has("any") || table.has("regex");
    if some {
        Vec::new()
    } else {
        vec![(
            table.span,
            "forbids nothing: give `any` or `regex`".to_owned(),
        )]
    }
}

fn compile(table: &Table, compiler: &mut Compiler<'_>) -> Box<dyn Check> {
    Box::new(Forbidden {
        any: compiler.seen_wordings(table, "any", Some("regex")),
        unless: compiler.seen_wordings(table, "unless", None),
        unless_sentence: compiler.seen_wordings(table, "unless-sentence", None),
        unless_block: compiler.seen_wordings(table, "unless-block", None),
        mention: table.text("sense") == Some("mention"),
    })
}

#[derive(Debug)]
struct Forbidden {
    any: Vec<WordingId>,
    unless: Vec<WordingId>,
    unless_sentence: Vec<WordingId>,
    unless_block: Vec<WordingId>,
    mention: bool,
}

impl Check for Forbidden {
    fn run(&self, scope: &Scope<'_>) -> Verdict {
        let page = scope.page;
        let mut verdict = Verdict::default();
        let mut end = (0, 0);
        let lawful = page.hits(&self.unless_block);
        let lawful: BTreeSet<u32> = lawful.iter().map(|hit| hit.passage).collect();
        for hit in page.counted(&self.any, &self.unless, &self.unless_sentence) {
            // two phrases that find the same claim make one finding
            let again = hit.passage == end.0 && hit.first < end.1;
            if again
                || hit.from_lead
                || (!lawful.is_empty() && page.subjects(hit.passage).any(|of| lawful.contains(&of)))
                || (!self.mention && page.excuse(&hit).is_some())
                || page.is_masked(&hit)
            {
                continue;
            }
            end = (hit.passage, hit.end);
            let mut finding = scope.finding(Code::Prohibited, page.span(&hit), None);
            finding.fix = removed(page, &hit);
            verdict.findings.push(finding);
        }
        verdict
    }
}
