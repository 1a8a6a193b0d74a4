//! A project at work: files in parallel, one source at a time, one report.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::bring::Asked;
use super::packs::built_in_ids;
use super::{Error, Project, path_name, relative};
use crate::document::Document;
use crate::finding::{Finding, Severity};
use crate::lint::{
    Explained, Facts, Outcome, Suppressed, about_waiver, explain, lint, suppress, unverifiable,
};
use crate::report::{Judge, Report};
use crate::rule::{Pack, hash};
use crate::source::{Location, Source, Span};
use crate::syntax;

/// A file that was linted by itself.
#[derive(Debug)]
pub struct Page {
    /// Where it lies.
    pub path: PathBuf,
    /// What came of it.
    pub result: Result<Checked, Error>,
    /// What it asked of the repository, when that was recorded.
    pub(super) asked: Asked,
}

/// What of config pages used: waivers by number, globs of `[[data]]` by their places.
#[derive(Debug, Default)]
pub(super) struct Used {
    waivers: BTreeSet<usize>,
    globs: BTreeSet<Span>,
}

/// What came of one file.
#[derive(Debug, Clone)]
pub struct Checked {
    /// As findings show it.
    pub name: String,
    /// What rules said of it.
    pub outcome: Outcome,
    /// What of that stands and what is waived.
    pub suppressed: Suppressed,
    /// The globs of `[[data]]` that matched it or a string of it, by their places in caveat.toml.
    pub used_globs: Vec<Span>,
    /// Whether nothing in it was checked.
    pub unread: bool,
}

impl Checked {
    /// A file that could not be checked.
    pub(super) fn not(name: String, finding: Finding) -> Self {
        Self {
            name,
            outcome: Outcome {
                findings: vec![finding],
                ..Outcome::default()
            },
            suppressed: Suppressed::default(),
            used_globs: Vec::new(),
            unread: true,
        }
    }
}

impl Project {
    /// Lints files in parallel; `done` hears of each. `whole` says that these are all files of the project, so that waivers
    /// of config that waived nothing can be called unused.
    #[must_use]
    pub fn check(
        &self,
        files: &[PathBuf],
        whole: bool,
        done: &(dyn Fn() + Sync),
    ) -> (Report, Vec<Error>) {
        let (mut results, mut errors) = (Vec::new(), Vec::new());
        for page in self.pages(files, false, done) {
            match page.result {
                Ok(checked) => results.push(checked),
                Err(error) => errors.push(error),
            }
        }
        let (mut report, used) = self.gather(results);
        self.judge_config(&mut report, &used, whole);
        report.join_brought();
        self.offer_calls(&mut report, &[]);
        report.sort();
        (report, errors)
    }

    /// Lints files in parallel, each by itself; `done` hears of each. `recording` keeps what each asked of others.
    #[must_use]
    pub fn pages(&self, files: &[PathBuf], recording: bool, done: &(dyn Fn() + Sync)) -> Vec<Page> {
        let check = |path: &PathBuf| {
            self.read(path).map(|read| match read {
                Ok(source) => self.check_source(&source, path),
                Err(finding) => Checked::not(path_name(path, &self.cwd), *finding),
            })
        };
        files
            .par_iter()
            .map(|path| {
                let (result, asked) = if recording {
                    super::bring::recording(|| check(path))
                } else {
                    (check(path), Asked::new())
                };
                done();
                Page {
                    path: path.clone(),
                    result,
                    asked,
                }
            })
            .collect()
    }

    /// A report of nothing yet: what it is judged by.
    pub(super) fn empty_report(&self) -> Report {
        let judge = |pack: &Arc<Pack>| Judge {
            name: pack.name.clone(),
            path: (!pack.is_built_in()).then(|| pack.source.path().to_owned()),
            hash: pack.hash(),
        };
        Report {
            as_of: self.as_of,
            rules: self.rules.written(),
            packs: self.packs.iter().map(judge).collect(),
            config: self.config.source.as_ref().map(|source| Judge {
                name: "caveat.toml".to_owned(),
                path: Some(source.path().to_owned()),
                hash: hash(source),
            }),
            changed: self.changed.clone(),
            ..Report::default()
        }
    }

    /// Makes one report of pages, and says what of config they used.
    pub(super) fn gather(&self, pages: impl IntoIterator<Item = Checked>) -> (Report, Used) {
        let mut report = self.empty_report();
        let mut used = Used::default();
        for checked in pages {
            let suppressed = checked.suppressed;
            if checked.unread {
                report.unread.insert(checked.name.clone());
            }
            report.files.push(checked.name);
            report.findings.extend(checked.outcome.findings);
            report.findings.extend(suppressed.findings);
            report.waived.extend(suppressed.waived);
            report.met.extend(checked.outcome.met);
            used.waivers.extend(suppressed.used);
            used.globs.extend(checked.used_globs);
        }
        (report, used)
    }

    /// Tells what of config has expired and, after a `whole` run, what of it was of no use.
    pub(super) fn judge_config(&self, report: &mut Report, used: &Used, whole: bool) {
        for (at, waiver) in self.config.waivers.iter().enumerate() {
            if waiver.expires.is_some_and(|last| last < self.as_of) {
                let last = waiver
                    .expires
                    .map(|day| day.to_string())
                    .unwrap_or_default();
                report.findings.push(about_waiver(
                    waiver,
                    Severity::Error,
                    format!("the waiver of `{}` expired on {last}", waiver.rule),
                ));
            } else if whole
                && !used.waivers.contains(&at)
                && (self.active.contains(&waiver.rule) || waiver.rule.ends_with("/*"))
            {
                report.findings.push(about_waiver(
                    waiver,
                    Severity::Warning,
                    format!("nothing to waive: `{}` finds nothing there", waiver.rule),
                ));
            }
        }
        if whole {
            report
                .findings
                .extend(self.config.unused_globs(&used.globs));
        }
    }

    /// Lints what was read from elsewhere as the file at `path`.
    #[must_use]
    pub fn check_read(&self, read: Result<Arc<Source>, Box<Finding>>, path: &Path) -> Report {
        let mut report = Report {
            files: vec![path_name(path, &self.cwd)],
            ..self.empty_report()
        };
        match read {
            Ok(source) => {
                let checked = self.check_source(&source, path);
                if checked.unread {
                    report.unread.insert(checked.name);
                }
                report.findings = checked.outcome.findings;
                report.findings.extend(checked.suppressed.findings);
                report.waived = checked.suppressed.waived;
                report.met = checked.outcome.met;
            }
            Err(finding) => {
                report.unread.extend(report.files.iter().cloned());
                report.findings.push(*finding);
            }
        }
        report.join_brought();
        report.sort();
        report
    }

    /// Why each rule applies to a document or does not, and what came of it.
    #[must_use]
    pub fn explain(&self, document: &Document, facts: &Facts) -> Explained {
        explain(document, &self.rules, facts)
    }

    /// Lints one source as the file at `path`.
    #[must_use]
    pub fn check_source(&self, source: &Arc<Source>, path: &Path) -> Checked {
        let name = source.path().to_owned();
        let checked = catch_unwind(AssertUnwindSafe(|| {
            let (document, facts) = self.document(source, path)?;
            let mut checked = self.judged(name.clone(), &document, &facts);
            checked.used_globs = self.config.used_globs(&facts.path, &document);
            self.hold_fixes(source, path, &mut checked);
            Ok::<_, Box<Finding>>(checked)
        }));
        match checked {
            Ok(Ok(checked)) => checked,
            Ok(Err(finding)) => Checked::not(name, *finding),
            Err(_) => Checked::not(
                name,
                unverifiable(
                    Location::new(source, source.line(1)),
                    "the linter failed on this file: nothing in it was checked; please report it"
                        .to_owned(),
                ),
            ),
        }
    }

    /// What the rules say of a document, and what of that is waived.
    pub(super) fn judged(&self, name: String, document: &Document, facts: &Facts) -> Checked {
        let mut outcome = lint(document, &self.rules, facts);
        let findings = std::mem::take(&mut outcome.findings);
        let known = |id: &str| self.is_rule(id);
        let active = |id: &str| {
            self.active.contains(id)
                || id.strip_suffix("/*").is_some_and(|pack| {
                    self.active
                        .iter()
                        .any(|of| of.starts_with(&format!("{pack}/")))
                })
        };
        let ids: Vec<&str> = self.ids.iter().map(String::as_str).collect();
        let suppressed = suppress(
            findings,
            document,
            facts,
            &self.config.waivers,
            &known,
            &active,
            &ids,
        );
        Checked {
            name,
            outcome,
            suppressed,
            used_globs: Vec::new(),
            unread: false,
        }
    }

    /// The document of a source and what is known of it besides.
    ///
    /// # Errors
    /// A finding when no syntax is known for the path.
    pub fn document(
        &self,
        source: &Arc<Source>,
        path: &Path,
    ) -> Result<(Document, Facts), Box<Finding>> {
        let inside = relative(path, &self.root);
        let document = if let Some(syntax) = syntax::of_path(path) {
            match self.bringer.providers(path) {
                Some(providers) => syntax.parse_with(source, providers),
                None => syntax.parse(source),
            }
        } else if let Some((data, keys)) = self.config.data_of(path, &inside) {
            (data.read)(source, &keys)
        } else {
            return Err(Box::new(unread(source, path)));
        };
        let facts = Facts {
            facets: self.config.facets(&inside),
            path: inside,
            as_of: self.as_of,
            built: false,
        };
        Ok((document, facts))
    }

    /// Whether a rule of this id, or of this `pack/*`, is known to any pack.
    fn is_rule(&self, id: &str) -> bool {
        let known = |ids: &BTreeSet<String>| {
            ids.contains(id)
                || id
                    .strip_suffix("/*")
                    .is_some_and(|pack| ids.iter().any(|of| of.starts_with(&format!("{pack}/"))))
        };
        known(&self.ids) || known(&built_in_ids(&self.packs))
    }
}

/// A finding for a file that nothing says how to read.
fn unread(source: &Arc<Source>, path: &Path) -> Finding {
    let message = if let Some(data) = syntax::data_of_path(path) {
        format!(
            "no `[[data]]` of caveat.toml names this {} file: nothing in it was checked",
            data.name
        )
    } else {
        let known: Vec<&str> = syntax::SYNTAXES
            .iter()
            .flat_map(|syntax| syntax.extensions)
            .copied()
            .collect();
        format!(
            "no syntax is known for this file: nothing in it was checked; known endings are {}",
            known.join(", ")
        )
    };
    unverifiable(Location::new(source, source.line(1)), message)
}
