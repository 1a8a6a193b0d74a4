//! Everything a run found: what every output format is written from.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::finding::{BROUGHT_IN, Code, Finding, Severity};
use crate::lint::{Met, Waived, sort};
use crate::rule::Rule;
use crate::source::{Location, Span};
use crate::text::fold;

/// Everything a run found.
#[derive(Debug, Default)]
pub struct Report {
    /// The day that rules were judged by.
    pub as_of: Date,
    /// What is wrong, in the order it is told.
    pub findings: Vec<Finding>,
    /// What is wrong and someone waived.
    pub waived: Vec<Waived>,
    /// The rules that applied and were met.
    pub met: Vec<Met>,
    /// Every file that was checked, sorted.
    pub files: Vec<String>,
    /// The rules that ran: what formats tell of a rule beside its findings.
    pub rules: Vec<Arc<Rule>>,
    /// Those of the files in which nothing was checked, for no text could be read.
    pub unread: BTreeSet<String>,
    /// The packs that ran.
    pub packs: Vec<Judge>,
    /// The caveat.toml that was read, if there is one.
    pub config: Option<Judge>,
    /// The rules that are not as their authors wrote them.
    pub changed: Vec<Changed>,
    /// What is wrong and known from a baseline; none when no baseline was read.
    pub baselined: Option<Vec<Finding>>,
}

/// A file that content was judged by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judge {
    /// Of a pack its name, else `caveat.toml`.
    pub name: String,
    /// Where it was read; none for a pack that is built in.
    pub path: Option<String>,
    /// What its text is known by: 32 hexadecimal digits of BLAKE3.
    pub hash: String,
}

/// A rule that is not as its author wrote it.
#[derive(Debug, Clone)]
pub struct Changed {
    /// `pack/id`.
    pub rule: String,
    /// The author's severity, and what stands instead: none for `off`.
    pub severity: Option<(Severity, Option<Severity>)>,
    /// Where it was changed, in the order in which that was done.
    pub places: Vec<Location>,
}

/// How many findings there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Of severity error.
    pub errors: usize,
    /// Of severity warning.
    pub warnings: usize,
    /// Of severity note.
    pub notes: usize,
    /// Waived.
    pub waived: usize,
    /// Of code `unverifiable`, whatever their severity.
    pub unverifiable: usize,
}

impl Report {
    /// Puts everything into the order in which it is told, which no thread decides.
    pub fn sort(&mut self) {
        sort(&mut self.findings);
        let place = |finding: &Finding| {
            (
                finding.location.source.path().to_owned(),
                finding.location.span,
                finding.rule.clone(),
                finding.message.clone(),
            )
        };
        self.waived
            .sort_by_cached_key(|waived| place(&waived.finding));
        self.met.sort_by_cached_key(|met| {
            (
                met.location.source.path().to_owned(),
                met.rule.clone(),
                met.location.span,
            )
        });
        self.files.sort();
        self.files.dedup();
    }

    /// Makes one finding of those that many pages have of one file that they bring in: the words are wrong once.
    pub fn join_brought(&mut self) {
        self.findings = joined(std::mem::take(&mut self.findings), |finding| finding);
        self.waived = joined(std::mem::take(&mut self.waived), |waived| {
            &mut waived.finding
        });
    }

    /// How many findings there are.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let of = |severity| {
            self.findings
                .iter()
                .filter(|finding| finding.severity == severity)
                .count()
        };
        Counts {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            notes: of(Severity::Note),
            waived: self.waived.len(),
            unverifiable: self
                .findings
                .iter()
                .filter(|finding| finding.code == Code::Unverifiable)
                .count(),
        }
    }

    /// What content was judged by: packs, then caveat.toml.
    pub fn judges(&self) -> impl Iterator<Item = &Judge> {
        self.packs.iter().chain(&self.config)
    }

    /// The rule of this id, when it ran.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        let rule = self.rules.iter().find(|rule| rule.head.id == id)?;
        Some(rule)
    }

    /// Whether a finding is as bad as `severity` or worse.
    #[must_use]
    pub fn fails(&self, severity: Severity) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity >= severity)
    }
}

fn joined<T>(all: Vec<T>, of: impl Fn(&mut T) -> &mut Finding) -> Vec<T> {
    let mut first: HashMap<(String, Code, String, Span, String), usize> = HashMap::new();
    let mut pages: HashMap<usize, BTreeSet<String>> = HashMap::new();
    let mut kept: Vec<T> = Vec::new();
    for mut item in all {
        let finding = of(&mut item);
        let call = finding
            .related
            .iter()
            .find(|related| related.message == BROUGHT_IN)
            .map(|related| related.location.source.path().to_owned());
        let Some(page) = call else {
            kept.push(item);
            continue;
        };
        let key = (
            finding.rule.clone(),
            finding.code,
            finding.location.source.path().to_owned(),
            finding.location.span,
            finding.message.clone(),
        );
        let next = kept.len();
        let number = *first.entry(key).or_insert(next);
        pages.entry(number).or_default().insert(page);
        if number == next {
            kept.push(item);
        } else {
            // the first page by name is told, whichever was read first
            let place = |finding: &Finding| {
                let related = finding.related.iter().find(|of| of.message == BROUGHT_IN);
                related.map(|of| (of.location.source.path().to_owned(), of.location.span))
            };
            if place(of(&mut item)) < place(of(&mut kept[number])) {
                kept[number] = item;
            }
        }
    }
    // in whichever order: each changes a finding of its own
    let mut pages: Vec<_> = pages.into_iter().collect();
    pages.sort_unstable_by_key(|(number, _)| *number);
    for (number, pages) in pages {
        if pages.len() > 1 {
            let finding = of(&mut kept[number]);
            for related in &mut finding.related {
                if related.message == BROUGHT_IN {
                    related.message =
                        format!("brought in here, and on {} more pages", pages.len() - 1);
                }
            }
        }
    }
    kept
}

/// What names each finding across edits elsewhere in its file: rule, code, path, folded text and key path, and which of those alike it is.
#[must_use]
pub fn fingerprints<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<String> {
    let mut alike: HashMap<String, usize> = HashMap::new();
    findings
        .map(|finding| {
            let key = alike_key(finding, finding.location.source.path());
            let number = alike.entry(key.clone()).or_default();
            *number += 1;
            hashed(&format!("{key}\u{1f}{number}"))
        })
        .collect()
}

/// What all findings alike in one file have in common: as [`fingerprints`], but whichever of those alike it is, and with this path.
#[must_use]
pub fn alike(finding: &Finding, path: &str) -> String {
    hashed(&alike_key(finding, path))
}

fn alike_key(finding: &Finding, path: &str) -> String {
    let text = fold(finding.location.text());
    let key = [finding.rule.as_str(), finding.code.name(), path, &text].join("\u{1f}");
    match &finding.key {
        Some(of) => format!("{key}\u{1f}{of}"),
        None => key,
    }
}

fn hashed(key: &str) -> String {
    blake3::hash(key.as_bytes()).to_hex()[..32].to_owned()
}

/// A report of mistakes in TOML alone: nothing was checked.
#[must_use]
pub fn of_mistakes(findings: Vec<Finding>, as_of: Date) -> Report {
    let mut report = Report {
        as_of,
        findings,
        ..Report::default()
    };
    report.findings.dedup_by(|a, b| {
        Arc::ptr_eq(&a.location.source, &b.location.source)
            && a.location.span == b.location.span
            && a.message == b.message
    });
    report.sort();
    report
}
