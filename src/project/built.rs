//! A built site: its HTML pages as a reader gets them. What is wrong in words that many pages share is told once, and each finding
//! names the file of the project that its page was made from, where that can be told.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Checked, Error, Project, relative};
use crate::document::{Document, MetaValue};
use crate::finding::{Code, Finding, Related};
use crate::keys::Table;
use crate::lint::Facts;
use crate::report::Report;
use crate::rule::Globs;
use crate::source::{Location, Source, Span};
use crate::syntax;

/// What caveat.toml says of the built site.
#[derive(Debug, Default)]
pub struct BuiltSite {
    /// Where it is built to, from the folder of caveat.toml.
    pub folder: Option<String>,
    /// What the pages of some paths are: later ones win.
    scopes: Vec<(Globs, BTreeMap<String, Vec<String>>)>,
}

impl BuiltSite {
    /// Reads the table of config.
    pub(super) fn of(table: &Table, facets: fn(&Table) -> BTreeMap<String, Vec<String>>) -> Self {
        Self {
            folder: table.text("folder").map(str::to_owned),
            scopes: table
                .list("scope")
                .iter()
                .map(|of| (Globs::paths(of.texts("path")), facets(of)))
                .collect(),
        }
    }
}

/// What came of a built site.
#[derive(Debug)]
pub struct Built {
    /// The report.
    pub report: Report,
    /// What could not be read.
    pub errors: Vec<Error>,
    /// How many pages hold no words and only lead elsewhere: they are not checked.
    pub redirects: usize,
}

impl Project {
    /// Lints the pages of a built site. `content` are the files of the project that they may be made from.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn check_built(&self, folder: &Path, content: &[PathBuf]) -> Result<Built, Error> {
        let folder = self.cwd.join(folder);
        let mut pages = Vec::new();
        for entry in walkdir::WalkDir::new(&folder).sort_by_file_name() {
            let entry = entry.map_err(|wrong| Error::Read {
                path: relative(wrong.path().unwrap_or(&folder), &self.cwd),
                source: wrong
                    .into_io_error()
                    .unwrap_or_else(|| std::io::Error::other("a loop of links")),
            })?;
            let html = entry
                .path()
                .extension()
                .is_some_and(|of| of == "html" || of == "htm");
            if html && entry.file_type().is_file() {
                pages.push(entry.into_path());
            }
        }
        // what is built is not what it is built from
        let content: Vec<PathBuf> = content
            .iter()
            .filter(|path| !path.starts_with(&folder))
            .cloned()
            .collect();
        let sources = Sources::of(self, &content);
        let results: Vec<_> = pages
            .par_iter()
            .map(|path| self.built_page(path, &folder, &sources))
            .collect();
        let mut built = Built {
            report: self.empty_report(),
            errors: Vec::new(),
            redirects: 0,
        };
        let mut shared = Vec::new();
        for result in results {
            match result {
                Err(error) => built.errors.push(error),
                Ok(None) => built.redirects += 1,
                Ok(Some((checked, blocks))) => {
                    if checked.unread {
                        built.report.unread.insert(checked.name.clone());
                    }
                    built.report.files.push(checked.name);
                    built.report.met.extend(checked.outcome.met);
                    built.report.waived.extend(checked.suppressed.waived);
                    let findings = checked
                        .outcome
                        .findings
                        .into_iter()
                        .chain(checked.suppressed.findings);
                    shared.extend(findings.zip(blocks.into_iter().chain(std::iter::repeat(None))));
                }
            }
        }
        built.report.findings = once(shared);
        built.report.sort();
        Ok(built)
    }

    /// A page checked, and for each of its findings the block that its words stand in. None for a page that only leads elsewhere.
    #[allow(clippy::type_complexity, reason = "two lists that belong together")]
    fn built_page(
        &self,
        path: &Path,
        folder: &Path,
        sources: &Sources,
    ) -> Result<Option<(Checked, Vec<Option<String>>)>, Error> {
        let source = match self.read(path)? {
            Ok(source) => source,
            Err(finding) => {
                return Ok(Some((
                    Checked::not(super::path_name(path, &self.cwd), *finding),
                    Vec::new(),
                )));
            }
        };
        let document = syntax::of_path(path)
            .map(|syntax| syntax.parse(&source))
            .unwrap_or_default();
        if document.blocks.is_empty() && refreshes(source.text()) {
            return Ok(None);
        }
        let inside = relative(path, folder);
        let mut facets = self.config.facets("");
        for (globs, own) in &self.config.site.scopes {
            if globs.matches(&inside) {
                facets.extend(own.clone());
            }
        }
        let facts = Facts {
            path: inside.clone(),
            facets,
            as_of: self.as_of,
            built: true,
        };
        let mut checked = self.judged(source.path().to_owned(), &document, &facts);
        let comes_from = sources.find(&inside, &document);
        let findings = checked
            .outcome
            .findings
            .iter_mut()
            .chain(&mut checked.suppressed.findings);
        let blocks = findings
            .map(|finding| {
                finding
                    .related
                    .extend(comes_from.clone().map(|location| Related {
                        message: "the page is made from this file".to_owned(),
                        location,
                    }));
                block_of(&document, finding)
            })
            .collect();
        Ok(Some((checked, blocks)))
    }
}

/// The words of the block that a finding is about, where its words are what is wrong.
fn block_of(document: &Document, finding: &Finding) -> Option<String> {
    let at = finding.location.span;
    matches!(finding.code, Code::Altered | Code::Prohibited | Code::Stale)
        .then(|| document.blocks.iter().find(|block| block.span.overlaps(at)))
        .flatten()
        .map(|block| document.text.words(block.passage).to_owned())
}

/// Findings, those of the same words in the same block of many pages as one.
fn once(findings: Vec<(Finding, Option<String>)>) -> Vec<Finding> {
    let mut first: HashMap<(String, Code, String, String), usize> = HashMap::new();
    let mut kept: Vec<(Finding, usize)> = Vec::new();
    for (finding, block) in findings {
        let next = kept.len();
        let number = block.map_or(next, |block| {
            let key = (
                finding.rule.clone(),
                finding.code,
                finding.message.clone(),
                block,
            );
            *first.entry(key).or_insert(next)
        });
        if number == next {
            kept.push((finding, 0));
        } else {
            kept[number].1 += 1;
        }
    }
    kept.into_iter()
        .map(|(mut finding, more)| {
            if more > 0 {
                let pages = if more == 1 { "page" } else { "pages" };
                finding
                    .message
                    .push_str(&format!(" (the same words stand on {more} more {pages})"));
            }
            finding
        })
        .collect()
}

/// Whether a page leads elsewhere by itself.
fn refreshes(text: &str) -> bool {
    text.to_ascii_lowercase().contains("http-equiv=\"refresh\"")
        || text.to_ascii_lowercase().contains("http-equiv=refresh")
}

/// The files that pages may be made from, by what leads to them.
struct Sources {
    files: Vec<(String, Arc<Source>)>,
    /// By the last part of the address.
    names: HashMap<String, Vec<usize>>,
    /// By the hash of a run of words.
    runs: HashMap<u64, Option<usize>>,
}

/// How many words make a run, by which texts are compared.
const RUN: usize = 8;

impl Sources {
    fn of(project: &Project, content: &[PathBuf]) -> Self {
        let read = |path: &PathBuf| {
            let source = project.read(path).ok()?.ok()?;
            let document = syntax::of_path(path)?.parse(&source);
            Some((relative(path, &project.root), source, document))
        };
        let all: Vec<_> = content.par_iter().filter_map(read).collect();
        let mut found = Self {
            files: Vec::new(),
            names: HashMap::new(),
            runs: HashMap::new(),
        };
        for (path, source, document) in all {
            let number = found.files.len();
            for name in addresses(&path, &document) {
                found.names.entry(name).or_default().push(number);
            }
            let own: BTreeSet<u64> = runs(&document).collect();
            for run in own {
                // words that many files say lead to none of them
                found
                    .runs
                    .entry(run)
                    .and_modify(|of| *of = None)
                    .or_insert(Some(number));
            }
            found.files.push((path, source));
        }
        found
    }

    /// The first line of the file that a page was made from: by its address, else by the words that they share.
    fn find(&self, page: &str, document: &Document) -> Option<Location> {
        let parts: Vec<String> = parts(page);
        let named = parts
            .last()
            .and_then(|name| self.names.get(name))
            .and_then(|files| {
                let shared = |number: &usize| {
                    let own = self::parts(&self.files[*number].0);
                    own.iter()
                        .rev()
                        .skip(1)
                        .zip(parts.iter().rev().skip(1))
                        .take_while(|(a, b)| a == b)
                        .count()
                };
                files
                    .iter()
                    .copied()
                    .max_by_key(|number| (shared(number), std::cmp::Reverse(*number)))
            });
        let number = named.or_else(|| {
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            for run in runs(document) {
                if let Some(Some(number)) = self.runs.get(&run) {
                    *counts.entry(*number).or_default() += 1;
                }
            }
            counts
                .into_iter()
                .max_by_key(|(number, count)| (*count, std::cmp::Reverse(*number)))
                .map(|(number, _)| number)
        })?;
        let source = &self.files[number].1;
        let first = source.line(1);
        Some(Location::new(
            source,
            Span {
                end: first.end,
                ..first
            },
        ))
    }
}

/// The parts of the address of a file: without its ending, without `index`, without the date that Jekyll puts first.
fn parts(path: &str) -> Vec<String> {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let mut parts: Vec<String> = stem.split('/').map(str::to_lowercase).collect();
    if parts
        .last()
        .is_some_and(|last| matches!(last.as_str(), "index" | "_index" | "readme"))
    {
        parts.pop();
    }
    if let Some(last) = parts.last_mut() {
        let dated = last.len() > 11
            && last.as_bytes()[..11]
                .iter()
                .enumerate()
                .all(|(at, byte)| match at {
                    4 | 7 | 10 => *byte == b'-',
                    _ => byte.is_ascii_digit(),
                });
        if dated {
            *last = last[11..].to_owned();
        }
    }
    parts
}

/// The last parts of the addresses that a file may be published at.
fn addresses(path: &str, document: &Document) -> Vec<String> {
    let mut found: Vec<String> = parts(path).pop().into_iter().collect();
    for key in ["slug", "permalink", "url"] {
        let value = document.meta.as_ref().and_then(|meta| meta.get(key));
        if let Some(MetaValue::Text(text)) = value.map(|entry| &entry.value) {
            let plain = text.trim_matches('/').to_lowercase();
            let plain = plain.strip_suffix(".html").unwrap_or(&plain);
            found.extend(plain.rsplit('/').next().map(str::to_owned));
        }
    }
    found
}

/// The hashes of the runs of words of a document.
fn runs(document: &Document) -> impl Iterator<Item = u64> {
    let words: Vec<&str> = document
        .blocks
        .iter()
        .filter(|block| !block.frame)
        .flat_map(|block| document.text.words(block.passage).split_whitespace())
        .collect();
    let hashes: Vec<u64> = words
        .windows(RUN)
        .map(|run| {
            let hash = blake3::hash(run.join(" ").as_bytes());
            u64::from_le_bytes(hash.as_bytes()[..8].try_into().expect("eight bytes"))
        })
        .collect();
    hashes.into_iter()
}
