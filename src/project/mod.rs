//! Config, packs and files together: the only room with a door to the disk.

mod config;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::document::Document;
use crate::finding::{Finding, Severity};
use crate::keys::{config_finding, suggestion};
use crate::lint::{
    Explained, Facts, Failure, Outcome, RuleSet, Suppressed, about_waiver, explain, lint,
    run_examples, suppress, unverifiable,
};
use crate::report::Report;
use crate::rule::{self, PACKS, Pack, Rule};
use crate::source::{Location, Source, Span};
use crate::syntax;

pub use config::{CONFIG_KEYS, Config};
pub use walk::{Walk, relative};

/// Larger files are not read: parsing takes five times their size in memory.
pub const LARGEST: u64 = 32 << 20;

/// What the command line says about a project.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The working directory.
    pub cwd: PathBuf,
    /// A config file instead of the one that is found.
    pub config: Option<PathBuf>,
    /// No config at all.
    pub isolated: bool,
    /// Packs instead of those of the config.
    pub packs: Vec<String>,
    /// Selectors instead of those of the config.
    pub select: Vec<String>,
    /// Selectors beside those of the config.
    pub ignore: Vec<String>,
    /// The day that rules are judged by.
    pub as_of: Date,
}

/// A project: its config, its packs, the rules that run.
#[derive(Debug)]
pub struct Project {
    /// The folder that paths in config are relative to.
    pub root: PathBuf,
    /// The working directory, which paths in reports are relative to.
    pub cwd: PathBuf,
    /// What caveat.toml says.
    pub config: Config,
    /// The packs that are loaded.
    pub packs: Vec<Arc<Pack>>,
    /// The rules that run, compiled.
    pub rules: RuleSet,
    /// Mistakes in caveat.toml and in packs; when there are any, nothing should be checked.
    pub mistakes: Vec<Finding>,
    /// The day that rules are judged by.
    pub as_of: Date,
    ids: BTreeSet<String>,
    active: BTreeSet<String>,
}

/// What stops a run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A path that is not there or cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// As it was given.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A pack that is neither built in nor a file.
    #[error("there is no pack `{name}`: {help}")]
    NoPack {
        /// As it was given.
        name: String,
        /// What there is.
        help: String,
    },
    /// A selector on the command line that picks nothing.
    #[error("`{selector}` selects no rule: {help}")]
    NoRule {
        /// As it was given.
        selector: String,
        /// What there is.
        help: String,
    },
    /// A glob on the command line that is none.
    #[error("`{glob}` is no glob: {message}")]
    Glob {
        /// As it was given.
        glob: String,
        /// Why.
        message: String,
    },
}

impl Project {
    /// Loads config and packs.
    ///
    /// # Errors
    /// What the command line names and is not there. Mistakes inside TOML files are in [`Project::mistakes`].
    pub fn load(options: &Options) -> Result<Self, Error> {
        let (config, root, mut mistakes) = Config::find(options)?;
        let mut packs: Vec<Arc<Pack>> = Vec::new();
        let named: Vec<(String, Option<Location>)> = match (options.packs.is_empty(), &config.packs)
        {
            (false, _) => options
                .packs
                .iter()
                .map(|name| (name.clone(), None))
                .collect(),
            (true, Some(packs)) => packs.clone(),
            (true, None) => vec![("core".to_owned(), None)],
        };
        for (name, location) in named {
            let base = if location.is_some() {
                &root
            } else {
                &options.cwd
            };
            match load_pack(&name, base, options, &config) {
                Ok((pack, found)) => {
                    mistakes.extend(found);
                    if packs.iter().any(|other| {
                        other.name == pack.name && other.source.path() != pack.source.path()
                    }) {
                        let message = format!(
                            "the pack name `{}` is taken by `{}`",
                            pack.name,
                            pack.source.path()
                        );
                        mistakes.push(config_finding(
                            &pack.source,
                            pack_name_span(&pack),
                            message,
                            None,
                        ));
                    } else if !packs.iter().any(|other| other.name == pack.name) {
                        packs.push(pack);
                    }
                }
                Err(error) => match location {
                    Some(at) => {
                        mistakes.push(config_finding(&at.source, at.span, error.to_string(), None))
                    }
                    None => return Err(error),
                },
            }
        }
        Self::assemble(options, config, root, packs, mistakes)
    }

    fn assemble(
        options: &Options,
        config: Config,
        root: PathBuf,
        packs: Vec<Arc<Pack>>,
        mut mistakes: Vec<Finding>,
    ) -> Result<Self, Error> {
        let all: Vec<Arc<Rule>> = packs
            .iter()
            .flat_map(|pack| pack.rules.iter().map(Arc::clone))
            .collect();
        let mut ids: BTreeSet<String> = all.iter().map(|rule| rule.head.id.clone()).collect();
        let unmatched = |selector: &str| !all.iter().any(|rule| rule.is(selector));
        let help = |selector: &str| {
            suggestion(
                selector,
                &ids.iter().map(String::as_str).collect::<Vec<_>>(),
            )
        };
        for selector in options.select.iter().chain(&options.ignore) {
            if unmatched(selector) {
                return Err(Error::NoRule {
                    selector: selector.clone(),
                    help: help(selector),
                });
            }
        }
        // with other packs on the command line, what config selects from its own is not to be found
        if options.packs.is_empty() {
            for (selector, location) in config.select.iter().flatten().chain(&config.ignore) {
                if unmatched(selector) {
                    mistakes.push(config_finding(
                        &location.source,
                        location.span,
                        format!("`{selector}` selects no rule"),
                        Some(help(selector)),
                    ));
                }
            }
            for (id, location) in config.rules.iter().map(|(id, _, location)| (id, location)) {
                if unmatched(id) {
                    mistakes.push(config_finding(
                        &location.source,
                        location.span,
                        format!("there is no rule `{id}`"),
                        Some(help(id)),
                    ));
                }
            }
        }
        let picked = |rule: &Rule| {
            let selected = match (&config.select, options.select.is_empty()) {
                (_, false) => options.select.iter().any(|selector| rule.is(selector)),
                (Some(select), true) if options.packs.is_empty() => {
                    select.iter().any(|(selector, _)| rule.is(selector))
                }
                _ => true,
            };
            let ignored = options.ignore.iter().any(|selector| rule.is(selector))
                || config.ignore.iter().any(|(selector, _)| rule.is(selector));
            let off = config
                .rules
                .iter()
                .any(|(id, severity, _)| severity.is_none() && rule.is(id));
            selected && !ignored && !off
        };
        let chosen: Vec<Arc<Rule>> = all
            .iter()
            .filter(|rule| picked(rule))
            .map(Arc::clone)
            .collect();
        for (rule, missing) in chosen.iter().flat_map(|rule| {
            missing_values(rule)
                .into_iter()
                .map(move |missing| (rule, missing))
        }) {
            let (name, span) = missing;
            mistakes.push(config_finding(
                &rule.location.source,
                span,
                format!("`{{{name}}}` has no value"),
                Some(format!(
                    "give it one in caveat.toml under [values]: {name} = \"…\""
                )),
            ));
        }
        let severities: BTreeMap<String, Severity> = config
            .rules
            .iter()
            .filter_map(|(id, severity, _)| severity.map(|severity| (id.clone(), severity)))
            .collect();
        let rules = RuleSet::compile(&chosen, &severities, &packs);
        let active = chosen.iter().map(|rule| rule.head.id.clone()).collect();
        // a waiver may name a rule of a pack that is built in and not loaded here
        if !config.waivers.is_empty() {
            ids.extend(built_in_ids(&packs));
            for waiver in &config.waivers {
                let pack = waiver.rule.strip_suffix("/*");
                if !ids.contains(&waiver.rule)
                    && !pack.is_some_and(|pack| {
                        ids.iter().any(|id| id.starts_with(&format!("{pack}/")))
                    })
                {
                    let help = suggestion(
                        &waiver.rule,
                        &ids.iter().map(String::as_str).collect::<Vec<_>>(),
                    );
                    let mut finding = about_waiver(
                        waiver,
                        Severity::Error,
                        format!("there is no rule `{}`", waiver.rule),
                    );
                    finding.help = Some(help);
                    mistakes.push(finding);
                }
            }
        }
        Ok(Self {
            root,
            cwd: options.cwd.clone(),
            config,
            packs,
            rules,
            mistakes,
            as_of: options.as_of,
            ids,
            active,
        })
    }

    /// Lints files in parallel; `done` hears of each. `whole` says that these are all files of the project, so that waivers
    /// of config that waived nothing can be called unused.
    #[must_use]
    pub fn check(
        &self,
        files: &[PathBuf],
        whole: bool,
        done: &(dyn Fn() + Sync),
    ) -> (Report, Vec<Error>) {
        let results: Vec<_> = files
            .par_iter()
            .map(|path| {
                let result = self.read(path).map(|read| match read {
                    Ok(source) => self.check_source(&source, path),
                    Err(finding) => (
                        path_name(path, &self.cwd),
                        Outcome {
                            findings: vec![*finding],
                            ..Outcome::default()
                        },
                        Suppressed::default(),
                    ),
                });
                done();
                result
            })
            .collect();
        let mut report = Report {
            as_of: self.as_of,
            ..Report::default()
        };
        let (mut errors, mut used) = (Vec::new(), BTreeSet::new());
        for result in results {
            match result {
                Ok((name, outcome, suppressed)) => {
                    report.files.push(name);
                    report.findings.extend(outcome.findings);
                    report.findings.extend(suppressed.findings);
                    report.waived.extend(suppressed.waived);
                    report.met.extend(outcome.met);
                    used.extend(suppressed.used);
                }
                Err(error) => errors.push(error),
            }
        }
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
                && !used.contains(&at)
                && (self.active.contains(&waiver.rule) || waiver.rule.ends_with("/*"))
            {
                report.findings.push(about_waiver(
                    waiver,
                    Severity::Warning,
                    format!("nothing to waive: `{}` finds nothing there", waiver.rule),
                ));
            }
        }
        report.sort();
        (report, errors)
    }

    /// Lints what was read from elsewhere as the file at `path`.
    #[must_use]
    pub fn check_read(&self, read: Result<Arc<Source>, Box<Finding>>, path: &Path) -> Report {
        let mut report = Report {
            as_of: self.as_of,
            files: vec![path_name(path, &self.cwd)],
            ..Report::default()
        };
        match read {
            Ok(source) => {
                let (_, outcome, suppressed) = self.check_source(&source, path);
                report.findings = outcome.findings;
                report.findings.extend(suppressed.findings);
                report.waived = suppressed.waived;
                report.met = outcome.met;
            }
            Err(finding) => report.findings.push(*finding),
        }
        report.sort();
        report
    }

    /// Why each rule applies to a source or does not, and what came of it.
    ///
    /// # Errors
    /// A finding when no syntax is known for the path.
    pub fn explain(&self, source: &Arc<Source>, path: &Path) -> Result<Explained, Finding> {
        let (document, facts) = self.document(source, path)?;
        Ok(explain(&document, &self.rules, &facts))
    }

    /// Lints one source as the file at `path`.
    #[must_use]
    pub fn check_source(&self, source: &Arc<Source>, path: &Path) -> (String, Outcome, Suppressed) {
        let name = source.path().to_owned();
        let checked = catch_unwind(AssertUnwindSafe(|| {
            let (document, facts) = self.document(source, path)?;
            let mut outcome = lint(&document, &self.rules, &facts);
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
                &document,
                &facts,
                &self.config.waivers,
                &known,
                &active,
                &ids,
            );
            Ok((outcome, suppressed))
        }));
        match checked {
            Ok(Ok((outcome, suppressed))) => (name, outcome, suppressed),
            Ok(Err(finding)) => (
                name,
                Outcome {
                    findings: vec![finding],
                    ..Outcome::default()
                },
                Suppressed::default(),
            ),
            Err(_) => {
                let finding = unverifiable(
                    Location::new(source, source.line(1)),
                    "the linter failed on this file: nothing in it was checked; please report it"
                        .to_owned(),
                );
                (
                    name,
                    Outcome {
                        findings: vec![finding],
                        ..Outcome::default()
                    },
                    Suppressed::default(),
                )
            }
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
    ) -> Result<(Document, Facts), Finding> {
        let Some(syntax) = syntax::of_path(path) else {
            let known: Vec<&str> = syntax::SYNTAXES
                .iter()
                .flat_map(|syntax| syntax.extensions)
                .copied()
                .collect();
            return Err(unverifiable(
                Location::new(source, source.line(1)),
                format!(
                    "no syntax is known for this file: nothing in it was checked; known endings are {}",
                    known.join(", ")
                ),
            ));
        };
        let inside = relative(path, &self.root);
        let facts = Facts {
            facets: self.config.facets(&inside),
            path: inside,
            as_of: self.as_of,
        };
        Ok(((syntax.parse)(source), facts))
    }

    /// Reads a file. A file that is no UTF-8 or too large gives a finding.
    ///
    /// # Errors
    /// When the disk says no.
    pub fn read(&self, path: &Path) -> Result<Result<Arc<Source>, Box<Finding>>, Error> {
        let name = path_name(path, &self.cwd);
        let fail = |source: io::Error| Error::Read {
            path: name.clone(),
            source,
        };
        let size = std::fs::metadata(path).map_err(fail)?.len();
        if size > LARGEST {
            let source = Arc::new(Source::new(name, ""));
            let message = format!(
                "the file has {size} bytes and files of more than {LARGEST} are not read: nothing in it was checked"
            );
            return Ok(Err(Box::new(unverifiable(
                Location::new(&source, Span::default()),
                message,
            ))));
        }
        let bytes = std::fs::read(path).map_err(fail)?;
        Ok(decode(name.clone(), bytes))
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

/// Text of a file's bytes; a finding when it is no UTF-8, at the byte where it stops being.
pub fn decode(name: String, bytes: Vec<u8>) -> Result<Arc<Source>, Box<Finding>> {
    String::from_utf8(bytes)
        .map(|text| Arc::new(Source::new(name.clone(), text)))
        .map_err(|wrong| {
            let at = wrong.utf8_error().valid_up_to();
            let prefix = String::from_utf8_lossy(&wrong.as_bytes()[..at]).into_owned();
            let source = Arc::new(Source::new(name, prefix));
            let message =
                format!("the file is no UTF-8 from byte {at} on: nothing in it was checked");
            Box::new(unverifiable(
                Location::new(&source, Span::new(at, at)),
                message,
            ))
        })
}

fn pack_name_span(pack: &Pack) -> Span {
    let text = pack.source.text();
    text.find("[pack]")
        .map_or_else(Span::default, |at| Span::new(at, at + "[pack]".len()))
}

fn missing_values(rule: &Rule) -> Vec<(String, Span)> {
    let tables =
        std::iter::once(&rule.when.table).chain(rule.demands.iter().map(|(_, table)| table));
    tables
        .flat_map(|table| {
            [
                "any",
                "all",
                "unless",
                "unless-sentence",
                "mentions",
                "unless-mentions",
            ]
            .into_iter()
            .flat_map(|key| table.phrases(key))
        })
        .flat_map(|(_, phrase, span)| phrase.values.iter().map(|name| (name.clone(), *span)))
        .collect()
}

/// Ids of the rules of built-in packs that are not loaded.
fn built_in_ids(loaded: &[Arc<Pack>]) -> BTreeSet<String> {
    PACKS
        .iter()
        .filter(|(name, _)| !loaded.iter().any(|pack| pack.name == *name))
        .filter_map(|(name, _)| rule::built_in(name))
        .flat_map(|(pack, _)| pack.rules.into_iter().map(|rule| rule.head.id.clone()))
        .collect()
}

/// A pack by the name of a built-in one or by the path of a file.
fn load_pack(
    name: &str,
    base: &Path,
    options: &Options,
    config: &Config,
) -> Result<(Arc<Pack>, Vec<Finding>), Error> {
    if let Some((pack, findings)) = rule::built_in(name) {
        return Ok((Arc::new(pack), findings));
    }
    let looks = name.contains(['/', '\\']) || name.ends_with(".toml");
    if !looks {
        let known: Vec<&str> = PACKS.iter().map(|(name, _)| *name).collect();
        return Err(Error::NoPack {
            name: name.to_owned(),
            help: format!(
                "{}; a file is named with its `.toml`",
                suggestion(name, &known)
            ),
        });
    }
    let path = base.join(name);
    let shown = path_name(&path, &options.cwd);
    let text = std::fs::read(&path).map_err(|source| Error::Read {
        path: shown.clone(),
        source,
    })?;
    let source = match decode(shown, text) {
        Ok(source) => source,
        Err(finding) => {
            let source = Arc::clone(&finding.location.source);
            let (pack, _) = rule::load(&source, &BTreeMap::new());
            return Ok((
                Arc::new(pack),
                vec![config_finding(
                    &source,
                    finding.location.span,
                    "the pack is no UTF-8 from here on",
                    None,
                )],
            ));
        }
    };
    let (pack, mut findings) = rule::load(&source, &config.words());
    // an example of a rule that could not be read would fail for that reason; the packs that are built in are tested when built
    let whole: Vec<Arc<Rule>> = pack
        .rules
        .iter()
        .filter(|rule| {
            !findings
                .iter()
                .any(|finding| within(finding.location.span, rule))
        })
        .map(Arc::clone)
        .collect();
    let pack = Arc::new(pack);
    findings.extend(
        run_examples(std::slice::from_ref(&pack), &whole)
            .1
            .iter()
            .map(Failure::finding),
    );
    findings.sort_by_key(|finding| finding.location.span);
    Ok((pack, findings))
}

/// Whether a mistake lies in a rule's table.
fn within(span: Span, rule: &Rule) -> bool {
    rule.whole.start <= span.start && span.start < rule.whole.end
}

/// How a path is shown: from the working directory, with `/`.
#[must_use]
pub fn path_name(path: &Path, cwd: &Path) -> String {
    relative(path, cwd)
}

/// Writes a file whole or not at all.
///
/// # Errors
/// When the disk says no; then what was there is still there.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write;
    // what a link points at is replaced, not the link
    let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    if path.exists() && !path.is_file() {
        // a pipe or a device has no whole
        return std::fs::OpenOptions::new()
            .write(true)
            .open(&path)?
            .write_all(bytes);
    }
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    if let Ok(meta) = std::fs::metadata(&path) {
        file.as_file().set_permissions(meta.permissions())?;
    }
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}
