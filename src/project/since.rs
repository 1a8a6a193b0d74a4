//! Runs over a part of the project: what changed, and what is new on lines that changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bring::{Ask, Asked, Bringer};
use super::git::Changes;
use super::view::{Kind, View};
use super::{Error, Page, Project, relative};
use crate::finding::{Code, Finding, Safety};
use crate::report::{Report, alike};

/// What of a report a change brought in.
#[derive(Debug, Default)]
pub struct New {
    /// What is on changed lines, by what tells findings apart.
    findings: BTreeMap<Key, usize>,
}

/// Path, place, rule, code, message.
type Key = (String, (u32, u32), String, Code, String);

fn key(finding: &Finding) -> Key {
    (
        finding.location.source.path().to_owned(),
        (finding.location.span.start, finding.location.span.end),
        finding.rule.clone(),
        finding.code,
        finding.message.clone(),
    )
}

impl New {
    /// Whether it is one of them.
    #[must_use]
    pub fn has(&self, finding: &Finding) -> bool {
        self.findings.contains_key(&key(finding))
    }
}

impl Project {
    /// Lints those of these files that changed, and those that ask for something that changed. A change of config or of a pack
    /// is one of every page.
    #[must_use]
    pub fn check_changed(
        &self,
        files: &[PathBuf],
        changes: &Changes,
        done: &(dyn Fn() + Sync),
    ) -> (Report, Vec<Error>) {
        let all = self.read_from.iter().any(|path| changes.has(path));
        let root = self.bringer.root();
        let (mut results, mut errors, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for page in self.pages(files, true, done) {
            if !all && !changes.has(&page.path) && !changes.touch(&page.asked, root) {
                // what other pages bring in mends those that lack it
                others.extend(page.result.into_iter().flat_map(|other| other.outcome.met));
                continue;
            }
            match page.result {
                Ok(checked) => results.push(checked),
                Err(error) => errors.push(error),
            }
        }
        let (mut report, used) = self.gather(results);
        if all {
            self.judge_config(&mut report, &used, false);
        }
        report.join_brought();
        self.offer_calls(&mut report, &others);
        report.sort();
        (report, errors)
    }

    /// What of the findings of a report a change brought in: those on changed lines, those whose owed place or other place is on
    /// one, and those that were not there before. What was there before is found by the rules of today in the files of then.
    #[must_use]
    pub fn new_findings(&mut self, report: &Report, changes: &Changes) -> New {
        let before = self.before(report, changes);
        let mut new = New::default();
        let mut left = before;
        let name = |finding: &Finding| {
            let path = self.cwd.join(finding.location.source.path());
            alike(finding, &relative(&path, &self.root))
        };
        let (on, off): (Vec<&Finding>, Vec<&Finding>) =
            report.findings.iter().partition(|finding| {
                // what could be put somewhere and need not be is owed nowhere
                let owed = (finding.fix.iter()).filter(|fix| fix.safety == Safety::Safe);
                let edits = owed.flat_map(|fix| &fix.edits);
                let places = std::iter::once(&finding.location)
                    .chain(finding.related.iter().map(|related| &related.location))
                    .chain(edits.map(|edit| &edit.location));
                places
                    .into_iter()
                    .any(|place| changes.on_changed_line(place, &self.cwd))
            });
        // as many of those alike as there were before are none that the change brought in
        for finding in off {
            match left.get_mut(&name(finding)).filter(|count| **count > 0) {
                Some(count) => *count -= 1,
                None => *new.findings.entry(key(finding)).or_default() += 1,
            }
        }
        for finding in on {
            *new.findings.entry(key(finding)).or_default() += 1;
        }
        new
    }

    /// How many findings there were of each that are alike, in the files that a report is about.
    fn before(&mut self, report: &Report, changes: &Changes) -> BTreeMap<String, usize> {
        let now = self.view.clone();
        self.see(changes.base.clone());
        let files: Vec<PathBuf> = report
            .files
            .iter()
            .map(|name| self.cwd.join(name))
            .filter(|path| self.view.kind(path) == Some(Kind::File))
            .collect();
        let results = self.pages(&files, false, &|| ());
        let (mut old, used) = self.gather(results.into_iter().filter_map(|page| page.result.ok()));
        self.judge_config(&mut old, &used, false);
        old.join_brought();
        self.see(now);
        let mut counts = BTreeMap::new();
        for finding in &old.findings {
            let path = self.cwd.join(finding.location.source.path());
            *counts
                .entry(alike(finding, &relative(&path, &self.root)))
                .or_default() += 1;
        }
        counts
    }

    /// Reads files from elsewhere from now on, and what was read of them anew.
    pub fn see(&mut self, view: View) {
        self.view = view.clone();
        self.bringer = Arc::new(Bringer::new(
            &self.repository,
            &self.root,
            &self.cwd,
            self.config.providers.clone(),
            view,
        ));
    }

    /// The folder that pages may bring in files from.
    #[must_use]
    pub fn repository(&self) -> &Path {
        &self.repository
    }

    /// Where files are read from.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Where it was read from: config, and the packs that are files.
    #[must_use]
    pub fn read_from(&self) -> &[PathBuf] {
        &self.read_from
    }

    /// Makes one report of pages that were linted by themselves.
    #[must_use]
    pub fn report<'a>(&self, pages: impl Iterator<Item = &'a Page>, whole: bool) -> Report {
        let checked = pages.filter_map(|page| page.result.as_ref().ok().cloned());
        let (mut report, used) = self.gather(checked);
        self.judge_config(&mut report, &used, whole);
        report.join_brought();
        self.offer_calls(&mut report, &[]);
        report.sort();
        report
    }

    /// Whether a page must be linted anew after these files changed on the disk.
    #[must_use]
    pub fn is_reached(&self, page: &Page, changed: &[PathBuf]) -> bool {
        let root = self.bringer.root();
        let reaches = |asked: &Asked| {
            asked.iter().any(|ask| match ask {
                Ask::File(name) => {
                    let path = root.join(&**name);
                    changed.iter().any(|changed| path.starts_with(changed))
                }
                Ask::Folder(name, is) => {
                    (self.view.kind(&root.join(&**name)) == Some(Kind::Folder)) != *is
                }
                Ask::List(name) => {
                    let folder = root.join(&**name);
                    changed
                        .iter()
                        .any(|changed| changed.starts_with(&folder) || folder.starts_with(changed))
                }
            })
        };
        let real = page.path.canonicalize();
        let real = real.as_ref().unwrap_or(&page.path);
        changed.iter().any(|changed| real.starts_with(changed)) || reaches(&page.asked)
    }
}
