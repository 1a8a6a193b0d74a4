//! Why each rule applies to a page or does not, and what came of it: the same functions that lint, asked to tell.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Condition, Facts, RuleSet, conditions, facets, languages, lint, said};
use crate::check::{Page, PageFacts};
use crate::document::Document;
use crate::source::Location;

/// A page explained.
#[derive(Debug)]
pub struct Explained {
    /// What the page is said to be.
    pub facets: BTreeMap<String, Vec<String>>,
    /// The language that it is in and what tells so, for people.
    pub language: String,
    /// Each rule of the run.
    pub rules: Vec<ExplainedRule>,
}

/// One rule on a page.
#[derive(Debug)]
pub struct ExplainedRule {
    /// `pack/id`.
    pub id: String,
    /// Whether it applies.
    pub applies: bool,
    /// What came of it, for people.
    pub verdict: String,
    /// Each condition and whether it holds.
    pub conditions: Vec<Condition>,
    /// The texts that meet it, or that are wrong.
    pub places: Vec<Location>,
}

/// Explains a page.
#[must_use]
pub fn explain(document: &Document, rules: &RuleSet, facts: &Facts) -> Explained {
    let facets = facets(document, facts);
    let page_facts = PageFacts {
        as_of: facts.as_of,
        facets: facets.clone(),
        languages: languages(&said(document, facts)),
        built: facts.built,
        demanded: Arc::clone(&rules.for_page(document, facts, &facets).demanded),
    };
    let together = rules.whole();
    let page = Page::new(
        document,
        &together.finder,
        &rules.library,
        &page_facts,
        &together.marked,
    );
    let outcome = lint(document, rules, facts);
    let rules = together.rules.iter().map(|rule| {
        let conditions = conditions(rule, &page, facts, &facets);
        let applies = conditions.iter().all(|condition| condition.held);
        let findings: Vec<_> = outcome
            .findings
            .iter()
            .filter(|finding| finding.rule == rule.head.id)
            .collect();
        let met: Vec<Location> = outcome
            .met
            .iter()
            .filter(|met| met.rule == rule.head.id)
            .map(|met| met.via.last().unwrap_or(&met.location).clone())
            .collect();
        let (verdict, places) = match findings.first() {
            Some(first) => (
                format!("{}: {}", first.code.name(), first.message),
                findings
                    .iter()
                    .map(|finding| finding.location.clone())
                    .collect(),
            ),
            None if met.is_empty() => ("applies: nothing found".to_owned(), Vec::new()),
            None => ("met".to_owned(), met),
        };
        ExplainedRule {
            id: rule.head.id.clone(),
            applies,
            verdict,
            conditions,
            places,
        }
    });
    let mut language = format!("the page is {}", page.language_said());
    if page.is_foreign() {
        language += "; no pack that is loaded has a wording or a rule in it";
    }
    Explained {
        language,
        rules: rules.collect(),
        facets,
    }
}
