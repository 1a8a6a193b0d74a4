//! Documents × rules → findings. Pure: what it knows of the world is in its arguments.

mod applies;
mod examples;
mod explain;
mod rules;
mod suppress;
mod untried;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::check::{Page, PageFacts, Scope, Trigger};
use crate::document::Document;
use crate::finding::{BROUGHT_IN, Code, Finding, Related, Safety, Severity};
use crate::rule::FACETS;
use crate::source::Location;
use crate::text::language;

pub use applies::{Condition, conditions};
pub use examples::{Failure, run_examples};
pub use explain::{Explained, ExplainedRule, explain};
pub use rules::{Compiled, RuleSet, Ruled};
pub use suppress::{NO_REASON, Suppressed, Waived, Waiver, about_waiver, suppress};
pub use untried::{Untried, untried};

/// The rule that findings have which no pack's rule makes.
pub const UNVERIFIABLE: &str = "caveat/unverifiable";

/// What is known of a page besides its text.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Its path from the project's root, with `/`.
    pub path: String,
    /// What config says of it: facet → values.
    pub facets: BTreeMap<String, Vec<String>>,
    /// The day that rules are judged by.
    pub as_of: Date,
    /// Whether the page is one of a built site, whose frame is that of every page.
    pub built: bool,
}

/// What a document gave.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// The rules that applied and were met, each with the texts that meet it.
    pub met: Vec<Met>,
}

/// A rule that applied and was met.
#[derive(Debug, Clone)]
pub struct Met {
    /// `pack/id`.
    pub rule: String,
    /// The text that meets it, or what brings it onto the page.
    pub location: Location,
    /// How the text came onto the page: each call from the page on, then the text itself. Empty for the page's own words.
    pub via: Vec<Location>,
    /// Whether someone vouches for the text, which was not read.
    pub attested: bool,
    /// In content data, the key path of the string that it begins in.
    pub key: Option<String>,
}

/// Lints one document: findings sorted by place, before any suppression.
#[must_use]
pub fn lint(document: &Document, rules: &RuleSet, facts: &Facts) -> Outcome {
    let mut outcome = Outcome::default();
    let facets = facets(document, facts);
    let together = rules.for_page(document, facts, &facets);
    let page_facts = PageFacts {
        as_of: facts.as_of,
        facets: facets.clone(),
        languages: languages(&said(document, facts)),
        built: facts.built,
        demanded: Arc::clone(&together.demanded),
    };
    let page = Page::new(
        document,
        &together.finder,
        &rules.library,
        &page_facts,
        &together.marked,
    );
    let applying: Vec<(&Compiled, Vec<Trigger>)> = together
        .rules
        .iter()
        .filter_map(|rule| {
            applies::triggers(rule, &page, facts, &facets).map(|triggers| (rule, triggers))
        })
        .collect();
    // what rules demand is known before claims are judged, so that a demanded text is no claim
    let mut verdicts: Vec<(&Compiled, crate::check::Verdict)> = Vec::new();
    for rest in [false, true] {
        for (rule, triggers) in &applying {
            let scope = Scope {
                page: &page,
                rule: &rule.head,
                triggers,
            };
            verdicts.extend(
                rule.checks
                    .iter()
                    .filter(|(judges_rest, _)| *judges_rest == rest)
                    .map(|(_, check)| (*rule, check.run(&scope))),
            );
        }
    }
    for (rule, _) in &applying {
        let of = || {
            verdicts
                .iter()
                .filter(|(other, _)| std::ptr::eq(*other, *rule))
                .map(|(_, verdict)| verdict)
        };
        if of().all(|verdict| verdict.findings.is_empty()) {
            outcome
                .met
                .extend(of().flat_map(|verdict| &verdict.met).map(|span| Met {
                    rule: rule.head.id.clone(),
                    location: document.locate(document.on_page(*span)),
                    via: document.via(*span),
                    attested: document.attested.iter().any(|of| of.span == *span),
                    key: document.key(*span).map(str::to_owned),
                }));
        }
    }
    outcome.findings = verdicts
        .into_iter()
        .flat_map(|(_, verdict)| verdict.findings)
        .collect();
    // of a page only what its front matter says is unknown; of data a part of the content itself was not read
    let severity = match document.keys {
        None => Severity::Warning,
        Some(_) => Severity::Error,
    };
    let problems = document.problems.iter().map(|problem| Finding {
        severity,
        ..unverifiable(document.locate(problem.span), problem.message.clone())
    });
    outcome.findings.extend(problems);
    unresolved(document, &mut outcome.findings);
    if document.keys.is_some() {
        of_data(document, &mut outcome.findings);
    }
    sort(&mut outcome.findings);
    outcome
}

/// Tells what could not be brought in, where no rule told it already; not where it may lie in what is not in the repository.
fn unresolved(document: &Document, findings: &mut Vec<Finding>) {
    let place = |at: &Location| (Arc::as_ptr(&at.source), at.span);
    let mut told: HashSet<_> = findings
        .iter()
        .filter(|of| of.code == Code::Unverifiable)
        .map(|of| place(&of.location))
        .collect();
    for problem in &document.unresolved {
        let at = document.locate(problem.span);
        if document.elsewhere.is_some() || problem.span.is_empty() || !told.insert(place(&at)) {
            continue;
        }
        let mut finding = Finding {
            severity: Severity::Warning,
            ..unverifiable(at, problem.message.clone())
        };
        if document.brought_at(problem.span.start).is_some() {
            finding.related.push(Related {
                message: BROUGHT_IN.to_owned(),
                location: document.locate(document.on_page(problem.span)),
            });
        }
        findings.push(finding);
    }
}

/// Names the strings that findings lie in. What is put into a string may be a sign of its syntax, so that someone must look.
fn of_data(document: &Document, findings: &mut [Finding]) {
    let special =
        |text: &str| text.contains(|c: char| c.is_control() || "\"'\\#:{}[]&*!|>%@`".contains(c));
    for finding in findings {
        finding.key = document.key(finding.location.span).map(str::to_owned);
        if let Some(fix) = &mut finding.fix
            && fix.edits.iter().any(|edit| special(&edit.text))
        {
            fix.safety = Safety::Unsafe;
        }
    }
}

/// A finding for what could not be read or parsed.
#[must_use]
pub fn unverifiable(location: Location, message: String) -> Finding {
    Finding {
        rule: UNVERIFIABLE.to_owned(),
        code: Code::Unverifiable,
        severity: Severity::Error,
        message,
        help: None,
        location,
        key: None,
        related: Vec::new(),
        sources: Vec::new(),
        fix: None,
    }
}

/// The order in which findings are told: path, place, rule, code, message.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.location.span, finding.code);
        a.location
            .source
            .path()
            .cmp(b.location.source.path())
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| a.rule.cmp(&b.rule))
            .then_with(|| a.message.cmp(&b.message))
    });
}

/// What the page is said to be: front matter wins over config, and config over the `lang` of an HTML page.
#[must_use]
pub fn facets(document: &Document, facts: &Facts) -> BTreeMap<String, Vec<String>> {
    let mut facets = said(document, facts);
    if let Some((tag, _)) = &document.language
        && let Some(tag) = language::tag(tag)
    {
        facets
            .entry(LANGUAGE.to_owned())
            .or_insert_with(|| vec![tag]);
    }
    facets
}

/// What front matter and config say of the page.
fn said(document: &Document, facts: &Facts) -> BTreeMap<String, Vec<String>> {
    let mut facets = facts.facets.clone();
    for facet in FACETS {
        let entry = document.meta.as_ref().and_then(|meta| {
            let other = (facet == LANGUAGE).then(|| meta.get("lang")).flatten();
            meta.get(facet).or(other)
        });
        let mut values: Vec<String> = entry
            .map(|entry| entry.value.texts())
            .unwrap_or_default()
            .iter()
            .map(|value| value.to_lowercase())
            .collect();
        if facet == LANGUAGE {
            values = tags(&values);
        }
        if !values.is_empty() {
            facets.insert(facet.to_owned(), values);
        }
    }
    facets
}

const LANGUAGE: &str = "language";

/// Those of some values that are languages: front matter has `language: rust` too.
fn tags(values: &[String]) -> Vec<String> {
    values
        .iter()
        .filter_map(|value| language::tag(value))
        .collect()
}

/// The languages that facets name.
fn languages(facets: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    tags(facets.get(LANGUAGE).map_or(&[], Vec::as_slice))
}
