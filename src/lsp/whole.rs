//! The whole workspace, looked at beside the work on single pages: each page again only when a change reaches it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lsp_types::{Diagnostic, Url};
use serde_json::{Value, json};

use super::places::Lens;
use super::requests::result_id;
use crate::finding::Finding;
use crate::lint::Met;
use crate::project::{Open, Options, Page, Project, Walk};

/// The projects of the workspace with their pages.
#[derive(Debug, Clone, Default)]
pub(super) struct Whole(Arc<Mutex<BTreeMap<PathBuf, Work>>>);

/// One project at work.
#[derive(Debug)]
struct Work {
    project: Project,
    pages: BTreeMap<PathBuf, Page>,
    /// What is brought in by a call, page by page.
    met: Vec<(PathBuf, Met)>,
}

/// What a look at the workspace is told.
#[derive(Debug)]
pub(super) struct Look {
    /// One for each folder.
    pub(super) options: Vec<Options>,
    pub(super) open: Open,
    /// What changed since the last look.
    pub(super) changed: Vec<PathBuf>,
    /// What projects are made of changed.
    pub(super) anew: bool,
    pub(super) lens: Lens,
    /// What the client knows already: the names of lists by address.
    pub(super) known: BTreeMap<Url, String>,
}

impl Whole {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Work>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The texts that meet rules on the pages of a folder through a call. Nothing while they are looked at, or where nobody asked for
    /// the workspace.
    pub(super) fn met(&self, folder: &Path) -> Vec<(PathBuf, Met)> {
        let works = self.0.try_lock();
        works.map_or_else(
            |_| Vec::new(),
            |works| works.get(folder).map_or_else(Vec::new, |of| of.met.clone()),
        )
    }

    /// Looks at the workspace: the answer to `workspace/diagnostic`.
    pub(super) fn look(&self, look: &Look) -> Value {
        let mut works = self.lock();
        if look.anew {
            works.clear();
        }
        let mut said: BTreeMap<Url, Vec<Diagnostic>> = BTreeMap::new();
        for options in &look.options {
            let folder = &options.cwd;
            let findings = match works.remove(folder).map_or_else(|| load(options), Ok) {
                Ok(mut work) => {
                    let findings = work.again(look, &mut said);
                    works.insert(folder.clone(), work);
                    findings
                }
                Err(mistakes) => mistakes,
            };
            for finding in findings {
                if let Some(uri) = look.lens.uri_of(&finding.location.source, folder) {
                    let diagnostic = look.lens.diagnostic(&finding, folder);
                    said.entry(uri).or_default().push(diagnostic);
                }
            }
        }
        // what the client has of files that are gone is nothing by now
        for uri in look.known.keys() {
            said.entry(uri.clone()).or_default();
        }
        let item = |(uri, diagnostics): (Url, Vec<Diagnostic>)| {
            let id = result_id(&diagnostics);
            let version = look.lens.version(&uri);
            if look.known.get(&uri) == Some(&id) {
                return json!({ "kind": "unchanged", "uri": uri, "version": version, "resultId": id });
            }
            json!({ "kind": "full", "uri": uri, "version": version, "resultId": id, "items": diagnostics })
        };
        json!({ "items": said.into_iter().map(item).collect::<Vec<_>>() })
    }
}

fn load(options: &Options) -> Result<Work, Vec<Finding>> {
    match Project::load(options) {
        Ok(project) if project.mistakes.is_empty() => Ok(Work {
            project,
            pages: BTreeMap::new(),
            met: Vec::new(),
        }),
        Ok(project) => Err(project.mistakes),
        // told where pages are looked at
        Err(_) => Err(Vec::new()),
    }
}

impl Work {
    /// Looks at what a change reaches, and gives all findings.
    fn again(&mut self, look: &Look, said: &mut BTreeMap<Url, Vec<Diagnostic>>) -> Vec<Finding> {
        self.project.see_open(look.open.clone(), &look.changed);
        let folder = self.project.cwd.clone();
        let whole = self.project.root.starts_with(&folder);
        let files = self.project.files(&[folder], &Walk::default());
        let files = files.unwrap_or_default();
        let files: BTreeSet<PathBuf> = files.into_iter().collect();
        self.pages.retain(|path, _| files.contains(path));
        let due: Vec<PathBuf> = files
            .into_iter()
            .filter(|path| {
                let page = self.pages.get(path);
                page.is_none_or(|page| {
                    page.result.is_err() || self.project.is_reached(page, &look.changed)
                })
            })
            .collect();
        for page in self.project.pages(&due, true, &|| ()) {
            self.pages.insert(page.path.clone(), page);
        }
        for page in self.pages.values() {
            if let Ok(uri) = Url::from_file_path(&page.path) {
                said.entry(
                    look.lens
                        .open
                        .get(&page.path)
                        .map_or(uri, |of| of.0.clone()),
                )
                .or_default();
            }
        }
        self.met = self.pages.values().flat_map(met_of).collect();
        self.project.report(self.pages.values(), whole).findings
    }
}

/// What meets rules on a page through a call.
pub(super) fn met_of(page: &Page) -> Vec<(PathBuf, Met)> {
    let checked = page.result.iter();
    checked
        .flat_map(|of| &of.outcome.met)
        .filter(|met| !met.via.is_empty() || met.attested)
        .map(|met| (page.path.clone(), met.clone()))
        .collect()
}
