//! Fixes that add the call by which other pages of the site bring in what a page lacks.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::Project;
use crate::finding::{Code, Edit, Finding, Fix, Safety};
use crate::lint::Met;
use crate::report::Report;
use crate::source::{Location, Source, Span};

/// A call that is tried has at most so many bytes: longer ones say something of their own page.
const LONGEST: usize = 200;

/// So many calls are tried for a finding, the most used first.
const MOST: usize = 3;

/// A call is the site's way when of so many pages that lack the text at least one has it. To try a call, a page is judged again.
const SHARE: usize = 100;

/// Calls that meet a rule on other pages, by the rule and the ending of the pages: how often, and the import that one needs.
type Calls<'a> = BTreeMap<(&'a str, &'a str), BTreeMap<&'a str, (usize, Option<&'a str>)>>;

impl Project {
    /// Gives what is missing the call that other pages have for it. It comes before the bare words: they are kept in one place.
    /// `others` is what pages meet that the report is not about.
    pub(super) fn offer_calls(&self, report: &mut Report, others: &[Met]) {
        let offers = {
            let calls = calls(report.met.iter().chain(others));
            if calls.is_empty() {
                return;
            }
            let mut pages: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
            for finding in &report.findings {
                let page = finding.location.source.path();
                pages.entry(page).or_default().push(finding);
            }
            let mut lacking: BTreeMap<(&str, &str), usize> = BTreeMap::new();
            let missing = |of: &&Finding| of.code == Code::Missing && of.key.is_none();
            for finding in report.findings.iter().filter(missing) {
                let key = (finding.rule.as_str(), ending(&finding.location.source));
                *lacking.entry(key).or_default() += 1;
            }
            let mut offers = Vec::new();
            for (number, finding) in report.findings.iter().enumerate() {
                let source = &finding.location.source;
                let key = (finding.rule.as_str(), ending(source));
                if !missing(&finding) {
                    continue;
                }
                let Some(calls) = calls.get(&key) else {
                    continue;
                };
                let usual = |(_, (times, _)): &(_, &(usize, _))| times * SHARE >= lacking[&key];
                let mut calls: Vec<_> = calls.iter().filter(usual).collect();
                calls.sort_by_key(|(call, (times, _))| (std::cmp::Reverse(*times), **call));
                let others = &pages[source.path()];
                let path = self.cwd.join(source.path());
                let fix = calls
                    .into_iter()
                    .take(MOST)
                    .flat_map(|(call, (_, import))| [(call, None), (call, *import)])
                    .find_map(|(call, import)| {
                        let fix = self.with_call(source, &path, call, import)?;
                        self.heals_with(source, &path, others, finding, &fix)
                            .then_some(fix)
                    });
                offers.extend(fix.map(|fix| (number, fix)));
            }
            offers
        };
        for (number, fix) in offers {
            report.findings[number].fix = Some(fix);
        }
    }

    /// The fix that adds a call at the end of a page, with the import that it needs.
    fn with_call(
        &self,
        source: &Arc<Source>,
        path: &Path,
        call: &str,
        import: Option<&str>,
    ) -> Option<Fix> {
        let (document, _) = self.document(source, path).ok()?;
        let (at, text) = (document.add?)(&document, call, true, None)?;
        let edit = |at: u32, text: String| Edit {
            location: Location::new(source, Span { start: at, end: at }),
            text,
        };
        let mut edits = Vec::new();
        if let Some(import) = import {
            let begin = document.meta.as_ref().map_or_else(
                || Span::new(source.bom(), source.bom()).start,
                |meta| meta.span.end,
            );
            let line = if source.text().contains("\r\n") {
                "\r\n"
            } else {
                "\n"
            };
            // a blank line on both sides, where there is none
            let (above, below) = source.text().split_at(begin as usize);
            let lines = |count: usize| line.repeat(count);
            let before = match above.trim_start_matches('\u{feff}') {
                "" => 0,
                above => 2 - usize::from(above.ends_with('\n')),
            };
            let after = 2 - usize::from(below.starts_with(['\n', '\r']));
            let text = format!("{}{import}{}", lines(before), lines(after));
            edits.push(edit(begin, text));
        }
        edits.push(edit(at, text));
        Some(Fix {
            title: "add what other pages bring the wording in with".to_owned(),
            safety: Safety::Safe,
            edits,
        })
    }

    fn heals_with(
        &self,
        source: &Arc<Source>,
        path: &Path,
        others: &[&Finding],
        finding: &Finding,
        fix: &Fix,
    ) -> bool {
        let mut findings: Vec<Finding> = others.iter().map(|of| (*of).clone()).collect();
        let Some(at) = others.iter().position(|of| std::ptr::eq(*of, finding)) else {
            return false;
        };
        findings[at].fix = Some(fix.clone());
        self.heals(source, path, &findings, &[at])
    }
}

fn calls<'a>(met: impl Iterator<Item = &'a Met>) -> Calls<'a> {
    let mut calls = Calls::new();
    for met in met {
        let own = match met.via.first() {
            Some(first) => first,
            None if met.attested => &met.location,
            None => continue,
        };
        let call = own.text();
        if call.is_empty()
            || call.len() > LONGEST
            || own.source.path() != met.location.source.path()
        {
            continue;
        }
        let of = calls
            .entry((met.rule.as_str(), ending(&own.source)))
            .or_default()
            .entry(call)
            .or_default();
        of.0 += 1;
        if of.1.is_none() {
            of.1 = import_of(call, &own.source);
        }
    }
    calls
}

/// The line that imports the component which a call names.
fn import_of<'a>(call: &str, page: &'a Source) -> Option<&'a str> {
    let name = call.strip_prefix('<')?;
    let length = name
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(name.len());
    let name = &name[..length];
    page.text().lines().find(|line| {
        let words = || line.split(|c: char| !c.is_alphanumeric());
        line.starts_with("import ") && words().any(|word| word == name)
    })
}

fn ending(source: &Source) -> &str {
    let name = source.path().rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}
