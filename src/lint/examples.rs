//! Runs rules on their own examples: a rule that does not behave as its examples say is not to be trusted.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Facts, RuleSet, lint};
use crate::check::qualified;
use crate::finding::Finding;
use crate::keys::config_finding;
use crate::rule::{Example, Pack, Rule};
use crate::source::{Location, Source, Unit};
use crate::syntax;

/// An example that does not behave as it says.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The rule.
    pub rule: String,
    /// Where the example stands.
    pub location: Location,
    /// What happened instead; lower case, no full stop.
    pub message: String,
}

impl Failure {
    /// As a finding of code `config`.
    #[must_use]
    pub fn finding(&self) -> Finding {
        config_finding(
            &self.location.source,
            self.location.span,
            format!("the example does not behave: {}", self.message),
            None,
        )
    }
}

/// Runs every example of these packs on its own rule alone. Gives how many ran, and those that do not behave.
#[must_use]
pub fn run_examples(packs: &[Arc<Pack>], rules: &[Arc<Rule>]) -> (usize, Vec<Failure>) {
    let mut failures = Vec::new();
    let mut ran = 0;
    for rule in rules {
        let set = RuleSet::compile(std::slice::from_ref(rule), &BTreeMap::new(), packs);
        for example in &rule.examples {
            ran += 1;
            if let Err(message) = run(&set, rule, packs, example) {
                failures.push(Failure {
                    rule: rule.head.id.clone(),
                    location: example.location.clone(),
                    message: message + &changed(rule),
                });
            }
        }
    }
    (ran, failures)
}

/// Where someone changed a rule, which may be why it behaves otherwise.
fn changed(rule: &Rule) -> String {
    rule.changed.last().map_or_else(String::new, |at| {
        let line = at.source.position(at.span.start, Unit::Char).line;
        let path = at.source.path();
        format!(", as the rule is changed in {path}:{line}; give it examples of its own there")
    })
}

fn run(set: &RuleSet, rule: &Rule, packs: &[Arc<Pack>], example: &Example) -> Result<(), String> {
    let syntax = syntax::named(&example.syntax)
        .ok_or_else(|| format!("`{}` is no syntax", example.syntax))?;
    let source = Arc::new(Source::new("example", example.text.as_str()));
    let document = syntax.parse(&source);
    // an example stands where its rule applies: on a day when it is in force, with the first value of each facet it names
    let facts = Facts {
        path: rule
            .when
            .path
            .as_ref()
            .and_then(|globs| globs.raw.first())
            .map(|glob| glob.replace("**", "x").replace('*', "x"))
            .unwrap_or_default(),
        facets: rule
            .when
            .facets
            .iter()
            .map(|(facet, values)| ((*facet).to_owned(), values.clone()))
            .collect(),
        as_of: day(rule, packs),
        built: false,
    };
    let findings: Vec<Finding> = lint(&document, set, &facts)
        .findings
        .into_iter()
        .filter(|finding| finding.rule == rule.head.id)
        .collect();
    let told = |finding: &Finding| {
        format!(
            "{} at \"{}\"",
            finding.code.name(),
            finding.location.text().lines().next().unwrap_or_default()
        )
    };
    if !example.fails {
        return findings.first().map_or(Ok(()), |finding| {
            Err(format!("it should pass, and gives {}", told(finding)))
        });
    }
    let Some(first) = findings.first() else {
        return Err("it should fail, and passes".to_owned());
    };
    let fits = |finding: &Finding| {
        example
            .code
            .as_ref()
            .is_none_or(|code| code == finding.code.name())
            && example
                .at
                .as_ref()
                .is_none_or(|at| at == finding.location.text())
    };
    if findings.iter().any(fits) {
        return Ok(());
    }
    let wanted = format!(
        "{} at \"{}\"",
        example.code.as_deref().unwrap_or("a finding"),
        example.at.as_deref().unwrap_or("…")
    );
    Err(format!(
        "it should give {wanted}, and gives {}",
        told(first)
    ))
}

/// The day that a rule's examples are judged by: the latest on which something of it begins or was checked, and on which it is in force.
fn day(rule: &Rule, packs: &[Arc<Pack>]) -> Date {
    let checked = rule.law.iter().filter_map(|law| law.checked);
    let demanded = |id: &str| {
        rule.demands.iter().any(|(_, table)| {
            let all = table.all_texts("disclosure");
            all.iter().any(|(of, _)| qualified(&rule.pack, of) == id)
        })
    };
    let versions = packs
        .iter()
        .flat_map(|pack| &pack.disclosures)
        .filter(|disclosure| demanded(&disclosure.id))
        .flat_map(|disclosure| &disclosure.versions)
        .filter_map(|version| version.from);
    let latest = checked.chain(versions).chain(rule.from).max();
    let day = latest.unwrap_or(jiff::civil::date(2026, 1, 1));
    let last = rule.until.and_then(|day| day.yesterday().ok());
    last.map_or(day, |last| day.min(last))
}
