//! Fixes: held to what they promise, and put together for the files that they change.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Checked, Error, Project};
use crate::finding::{Code, Finding, Fix, Safety, applied};
use crate::report::Report;
use crate::source::{Encoding, Source};

/// A file as fixes leave it.
#[derive(Debug)]
pub struct Fixed {
    /// Where it lies.
    pub path: PathBuf,
    /// As it was read.
    pub before: Arc<Source>,
    /// Its text with the fixes.
    pub after: String,
    /// How many findings they mend.
    pub fixes: usize,
}

/// So many fixes of a page are tried one by one; what is more is not offered.
const MOST_TRIED: usize = 16;

impl Project {
    /// Takes back the fixes of a page that do not mend their finding, or that bring another.
    pub(super) fn hold_fixes(&self, source: &Arc<Source>, path: &Path, checked: &mut Checked) {
        let own = |fix: &Fix| {
            fix.edits
                .iter()
                .all(|edit| Arc::ptr_eq(&edit.location.source, source))
        };
        let findings = &checked.suppressed.findings;
        let numbers: Vec<usize> = (0..findings.len())
            .filter(|at| findings[*at].fix.as_ref().is_some_and(own))
            .collect();
        let safe: Vec<usize> = numbers
            .iter()
            .copied()
            .filter(|at| is_safe(&findings[*at]))
            .collect();
        if numbers.is_empty() {
            return;
        }
        // bytes of UTF-16 are not those of the text
        if source.encoding() != Encoding::Utf8 {
            for at in numbers {
                checked.suppressed.findings[at].fix = None;
            }
            return;
        }
        // most often all are right, and one look says so
        let together = [&numbers, &safe]
            .into_iter()
            .find(|of| of.len() > 1 && self.heals(source, path, findings, of));
        let held = together.cloned().unwrap_or_default();
        let mut tried = 0;
        let mut wrong = Vec::new();
        for at in numbers {
            if held.contains(&at) {
                continue;
            }
            tried += 1;
            if tried > MOST_TRIED || !self.heals(source, path, findings, &[at]) {
                wrong.push(at);
            }
        }
        for at in wrong {
            checked.suppressed.findings[at].fix = None;
        }
    }

    /// Whether the fixes of these findings mend them all and bring no other.
    pub(super) fn heals(
        &self,
        source: &Arc<Source>,
        path: &Path,
        findings: &[Finding],
        numbers: &[usize],
    ) -> bool {
        let fixes: Vec<&Fix> = numbers
            .iter()
            .filter_map(|at| findings[*at].fix.as_ref())
            .collect();
        let (text, taken) = applied(source.text(), &fixes);
        if taken.len() != fixes.len() {
            return false;
        }
        let new = Arc::new(Source::new(source.path(), text));
        let Ok((document, facts)) = self.document(&new, path) else {
            return false;
        };
        let after = self.judged(source.path().to_owned(), &document, &facts);
        let mut left = counted(findings);
        for at in numbers {
            if let Some(count) = left.get_mut(&key(&findings[*at])) {
                *count -= 1;
            }
        }
        counted(&after.suppressed.findings)
            .into_iter()
            .all(|(key, count)| left.get(&key).is_some_and(|allowed| count <= *allowed))
    }

    /// The files in the repository that the fixes of a report change.
    #[must_use]
    pub fn fixed(&self, report: &Report, also_unsafe: bool) -> Vec<Fixed> {
        let mut files = self.fixed_texts(report, also_unsafe);
        files.retain(|file| self.within(&file.path));
        files
    }

    /// What the fixes of a report make of texts, in order of their names; of fixes that touch one another the first counts.
    #[must_use]
    pub fn fixed_texts(&self, report: &Report, also_unsafe: bool) -> Vec<Fixed> {
        let mut files: BTreeMap<&str, (&Arc<Source>, Vec<&Fix>)> = BTreeMap::new();
        for finding in &report.findings {
            let Some(fix) = &finding.fix else { continue };
            let Some(first) = fix.edits.first() else {
                continue;
            };
            let source = &first.location.source;
            let one = |fix: &Fix| {
                fix.edits
                    .iter()
                    .all(|edit| edit.location.source.path() == source.path())
            };
            let plain = source.encoding() == Encoding::Utf8;
            if plain && one(fix) && (also_unsafe || is_safe(finding)) {
                let (_, fixes) = files.entry(source.path()).or_insert((source, Vec::new()));
                fixes.push(fix);
            }
        }
        files
            .into_values()
            .filter_map(|(source, fixes)| {
                let (after, taken) = applied(source.text(), &fixes);
                let path = self.cwd.join(source.path());
                (after != source.text()).then(|| Fixed {
                    path,
                    before: Arc::clone(source),
                    after,
                    fixes: taken.len(),
                })
            })
            .collect()
    }

    /// Whether a file lies in the repository, once every link is followed.
    fn within(&self, path: &Path) -> bool {
        let file = path.canonicalize();
        let root = self.bringer.root();
        file.is_ok_and(|file| file.starts_with(root) || self.named_alone(&file))
    }

    /// A file outside of any repository is changed where it lies in the project's own folder.
    fn named_alone(&self, file: &Path) -> bool {
        self.root
            .canonicalize()
            .is_ok_and(|root| file.starts_with(root))
    }
}

impl Fixed {
    /// Writes the file, unless it has changed since it was read.
    ///
    /// # Errors
    /// When it has changed, or the disk says no; then it is left as it was.
    pub fn write(&self) -> Result<(), Error> {
        let fail = |source: std::io::Error| Error::Read {
            path: self.before.path().to_owned(),
            source,
        };
        let now = std::fs::read(&self.path).map_err(fail)?;
        if now != self.before.text().as_bytes() {
            return Err(Error::Changed {
                path: self.before.path().to_owned(),
            });
        }
        super::write_whole(&self.path, self.after.as_bytes()).map_err(|source| Error::Write {
            path: self.before.path().to_owned(),
            source,
        })
    }
}

fn is_safe(finding: &Finding) -> bool {
    let safety = finding.fix.as_ref().map(|fix| fix.safety);
    safety == Some(Safety::Safe)
}

fn key(finding: &Finding) -> (String, Code) {
    (finding.rule.clone(), finding.code)
}

fn counted(findings: &[Finding]) -> BTreeMap<(String, Code), usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(key(finding)).or_default() += 1;
    }
    counts
}
