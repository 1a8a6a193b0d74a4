//! The baseline: findings that are known, by what they are and not by where they stand, in a file that people review.

mod entry;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::view::{Loaded, View};
use super::{Error, LARGEST, Project, path_name, relative};
use crate::finding::{Code, Finding, Severity};
use crate::report::{Report, alike};
use crate::source::{Location, Source, Span, Unit};
use entry::{Entry, Written};

/// The name of the file where nothing else is said.
pub const FILE: &str = "caveat-baseline.json";

/// Findings that are known, how many of each.
#[derive(Debug)]
pub struct Baseline {
    source: Arc<Source>,
    known: BTreeMap<Entry, usize>,
}

/// What a run looked at, so that what it did not find is gone.
#[derive(Debug, Clone, Copy)]
pub struct Looked {
    /// At every file of the project.
    pub whole: bool,
    /// With the rules of config alone, none chosen or left out for this run.
    pub all_rules: bool,
}

/// What came of writing a baseline.
#[derive(Debug)]
pub struct Update {
    /// What the file is to hold.
    pub text: String,
    /// How many findings it holds.
    pub held: usize,
    /// How many of those that it held are gone.
    pub gone: usize,
    /// How many were added.
    pub added: usize,
}

impl Baseline {
    /// A baseline that holds nothing, to be written to a file of this name.
    #[must_use]
    pub fn empty(name: String) -> Self {
        Self {
            source: Arc::new(Source::new(name, "")),
            known: BTreeMap::new(),
        }
    }

    /// Reads a baseline. None when there is no such file.
    ///
    /// # Errors
    /// A file that cannot be read, is too large, or holds anything but a baseline.
    pub fn read(path: &Path, cwd: &Path, view: &View) -> Result<Option<Self>, Error> {
        let name = path_name(path, cwd);
        let fail = |source: std::io::Error| Error::Read {
            path: name.clone(),
            source,
        };
        let bytes = match view.load(path) {
            Ok(Loaded::Bytes(bytes)) => bytes,
            Ok(Loaded::TooLarge(size)) => {
                return Err(Error::Baseline {
                    place: name,
                    message: format!(
                        "the baseline has {size} bytes and files of more than {LARGEST} are not read"
                    ),
                });
            }
            Err(wrong) if wrong.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(wrong) => return Err(fail(wrong)),
        };
        Self::parse(name, &bytes).map(Some)
    }

    /// Reads a baseline from its bytes.
    ///
    /// # Errors
    /// What is no baseline, with its place.
    pub fn parse(name: String, bytes: &[u8]) -> Result<Self, Error> {
        let wrong = |line: Option<u32>, message: String| Error::Baseline {
            place: line.map_or_else(|| name.clone(), |line| format!("{name}:{line}")),
            message,
        };
        let text = std::str::from_utf8(bytes).map_err(|utf8| {
            let at = utf8.valid_up_to();
            wrong(
                None,
                format!("the baseline is no UTF-8 from byte {at} on; restore it or write it anew"),
            )
        })?;
        let written: Written = serde_json::from_str(text).map_err(|json| {
            let line = u32::try_from(json.line()).ok();
            wrong(
                line,
                format!("the baseline cannot be read: {json}; restore it or write it anew"),
            )
        })?;
        if written.version != 1 {
            let version = written.version;
            return Err(wrong(
                None,
                format!("the baseline is of version {version} and this caveat reads version 1"),
            ));
        }
        let source = Arc::new(Source::new(name.clone(), text));
        let mut known = BTreeMap::new();
        for mut entry in written.findings {
            let count = std::mem::replace(&mut entry.count, 1);
            let line = || {
                source
                    .position(line_of(&source, &entry).start, Unit::Byte)
                    .line
            };
            if count == 0 || entry.fingerprint.len() != 32 {
                return Err(wrong(
                    Some(line()),
                    "the entry is none: `count` is at least 1, `fingerprint` has 32 digits"
                        .to_owned(),
                ));
            }
            if known.contains_key(&entry) {
                return Err(wrong(
                    Some(line()),
                    "the entry stands there twice: keep one, with `count` for how many there are"
                        .to_owned(),
                ));
            }
            known.insert(entry, count);
        }
        Ok(Self { source, known })
    }

    /// Parts the findings of a report into those that are told and those that are known. Of more alike than are known, those that
    /// are `fresh` are told first. Gives what is known and was not found, how many of each.
    fn part(
        &self,
        report: &mut Report,
        project: &Project,
        fresh: &dyn Fn(&Finding) -> bool,
    ) -> BTreeMap<Entry, usize> {
        let mut left = self.known.clone();
        let mut known = vec![false; report.findings.len()];
        for turn in [false, true] {
            for (at, finding) in report.findings.iter().enumerate() {
                let Some(entry) = entry(finding, report, project) else {
                    continue;
                };
                if !known[at]
                    && fresh(finding) == turn
                    && let Some(count) = left.get_mut(&entry).filter(|count| **count > 0)
                {
                    *count -= 1;
                    known[at] = true;
                }
            }
        }
        let (mut told, mut baselined) = (Vec::new(), Vec::new());
        for (finding, known) in std::mem::take(&mut report.findings).into_iter().zip(known) {
            if known {
                baselined.push(finding);
            } else {
                told.push(finding);
            }
        }
        report.findings = told;
        report.baselined = Some(baselined);
        left.retain(|_, count| *count > 0);
        left
    }

    /// Takes what is known out of a report, and tells what is known and gone. Of more alike than are known, those that are `fresh`
    /// are told first.
    pub fn apply(
        &self,
        report: &mut Report,
        project: &Project,
        looked: Looked,
        fresh: &dyn Fn(&Finding) -> bool,
    ) {
        let left = self.part(report, project, fresh);
        let checked = Checked::of(report, project, looked);
        let gone: Vec<Finding> = left
            .iter()
            .filter(|(entry, _)| checked.judges(entry))
            .map(|(entry, count)| self.gone(entry, *count))
            .collect();
        report.findings.extend(gone);
        report.sort();
    }

    /// What the baseline is to hold after a run: without what is gone, and with what is new only when `accept_new` says so. What
    /// it does not hold stays among the findings of the report.
    pub fn update(
        &self,
        report: &mut Report,
        project: &Project,
        looked: Looked,
        accept_new: bool,
    ) -> Update {
        let left = self.part(report, project, &|_| false);
        let checked = Checked::of(report, project, looked);
        let mut holds = self.known.clone();
        let mut gone = 0;
        for (entry, count) in left.iter().filter(|(entry, _)| checked.judges(entry)) {
            gone += count;
            if let Some(held) = holds.get_mut(entry) {
                *held -= count;
            }
        }
        holds.retain(|_, count| *count > 0);
        let mut added = 0;
        if accept_new {
            let (mut told, mut new) = (Vec::new(), Vec::new());
            for finding in std::mem::take(&mut report.findings) {
                if let Some(entry) = entry(&finding, report, project) {
                    *holds.entry(entry).or_default() += 1;
                    new.push(finding);
                } else {
                    told.push(finding);
                }
            }
            added = new.len();
            report.findings = told;
            report.baselined.get_or_insert_default().extend(new);
            crate::lint::sort(report.baselined.get_or_insert_default());
        }
        Update {
            held: holds.values().sum(),
            text: written(&holds),
            gone,
            added,
        }
    }

    /// A finding for what is known and was not found.
    fn gone(&self, entry: &Entry, count: usize) -> Finding {
        let known = self.known.get(entry).copied().unwrap_or_default();
        let what = format!("`{}` ({}) in {}", entry.rule, entry.code, entry.path);
        let message = if known == count {
            format!("the baseline holds what is gone: {what}")
        } else {
            format!("the baseline holds more than there is: {count} of {known} of {what} are gone")
        };
        Finding {
            rule: "caveat/suppression".to_owned(),
            code: Code::Suppression,
            severity: Severity::Warning,
            message,
            help: Some("take it out with `caveat check --write-baseline`".to_owned()),
            location: Location::new(&self.source, line_of(&self.source, entry)),
            key: None,
            related: Vec::new(),
            sources: Vec::new(),
            fix: None,
        }
    }

    /// Whether a report has findings that a baseline could hold.
    #[must_use]
    pub fn could_hold(report: &Report, project: &Project) -> usize {
        let of = |finding: &&Finding| entry(finding, report, project).is_some();
        report.findings.iter().filter(of).count()
    }
}

/// What a run says of entries.
struct Checked {
    files: BTreeSet<String>,
    unread: BTreeSet<String>,
    rules: BTreeSet<String>,
    looked: Looked,
}

impl Checked {
    fn of(report: &Report, project: &Project, looked: Looked) -> Self {
        let inside = |names: &mut dyn Iterator<Item = &String>| {
            names.map(|name| from_root(name, project)).collect()
        };
        Self {
            files: inside(&mut report.files.iter()),
            unread: inside(&mut report.unread.iter()),
            rules: project.active.clone(),
            looked,
        }
    }

    /// Whether the run would have found what an entry holds.
    fn judges(&self, entry: &Entry) -> bool {
        (self.looked.whole || self.files.contains(&entry.path))
            && !self.unread.contains(&entry.path)
            && (self.looked.all_rules || self.rules.contains(&entry.rule))
    }
}

/// What a baseline holds of a finding. None for what it never holds: mistakes of config and of waivers, and files of which nothing
/// was checked.
fn entry(finding: &Finding, report: &Report, project: &Project) -> Option<Entry> {
    let name = finding.location.source.path();
    if matches!(finding.code, Code::Config | Code::Suppression) || report.unread.contains(name) {
        return None;
    }
    let path = from_root(name, project);
    Some(Entry {
        rule: finding.rule.clone(),
        code: finding.code.name().to_owned(),
        text: excerpt(finding.location.text()),
        key: finding.key.as_deref().map(excerpt),
        fingerprint: alike(finding, &path),
        path,
        count: 1,
    })
}

/// A path as reports show it, from the project's root.
fn from_root(name: &str, project: &Project) -> String {
    relative(&project.cwd.join(name), &project.root)
}

/// The beginning of a text, on one line.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 80;
    let words: Vec<&str> = text.split_whitespace().take(LONGEST).collect();
    let words = words.join(" ");
    match words.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words,
    }
}

/// One entry a line, so that a difference shows what came and what went.
fn written(known: &BTreeMap<Entry, usize>) -> String {
    let lines: Vec<String> = known
        .iter()
        .map(|(entry, count)| {
            let entry = Entry {
                count: *count,
                ..entry.clone()
            };
            let json = serde_json::to_string(&entry).expect("texts and a number are JSON");
            format!("\n    {json}")
        })
        .collect();
    let end = if lines.is_empty() { "" } else { "\n  " };
    format!(
        "{{\n  \"version\": 1,\n  \"findings\": [{}{end}]\n}}\n",
        lines.join(",")
    )
}

/// The line that an entry stands on.
fn line_of(source: &Source, entry: &Entry) -> Span {
    let at = source.text().find(&format!("\"{}\"", entry.fingerprint));
    let at = at.map_or(0, |at| Span::new(at, at).start);
    source.line(source.position(at, Unit::Byte).line)
}
