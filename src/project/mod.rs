//! Config, packs and files together: the only room with a door to the disk.

pub mod baseline;
mod bring;
mod built;
mod calls;
mod changes;
mod config;
mod data;
mod disk;
mod edited;
mod find;
mod fix;
pub mod git;
pub mod init;
mod links;
mod packs;
mod provider;
mod run;
mod since;
mod view;
mod walk;

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::finding::{Finding, Severity};
use crate::keys::{config_finding, suggestion};
use crate::lint::{RuleSet, about_waiver};
use crate::report::Changed;
use crate::rule::{Change, Pack, Rule};

use bring::{Bringer, repository};
pub use built::BuiltSite;
use changes::Rules;
pub use config::{CONFIG_KEYS, Config, Scope};
pub use data::DataScope;
pub use disk::{LARGEST, decode, path_name, write_whole};
pub use fix::Fixed;
use packs::{built_in_ids, missing_values};
pub use provider::{By, Gives, Provider};
pub use run::{Checked, Page};
pub use since::New;
pub use view::{Open, View, real};
pub use walk::{Walk, normal, relative};

/// What the command line says about a project.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The working directory.
    pub cwd: PathBuf,
    /// A config file instead of the one that is found.
    pub config: Option<PathBuf>,
    /// Files and folders that are named: where the working directory has no config, the nearest one of theirs is taken.
    pub near: Vec<PathBuf>,
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
    /// Where files are read from.
    pub view: View,
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
    bringer: Arc<Bringer>,
    view: View,
    /// The folder that pages may bring in files from.
    repository: PathBuf,
    /// The config and the packs; of one that is built in, a path that need not be there.
    read_from: Vec<PathBuf>,
    /// The rules that are not as their authors wrote them.
    changed: Vec<Changed>,
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
    /// A file that changed between its reading and its writing.
    #[error("{path} has changed since it was read: it was left as it is")]
    Changed {
        /// As it is shown.
        path: String,
    },
    /// A file that cannot be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// As it is shown.
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
    /// A baseline that cannot be read as one.
    #[error("{place}: {message}")]
    Baseline {
        /// The file, with the line where it is known.
        place: String,
        /// What is wrong, and what to do.
        message: String,
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
        let repository = repository(options, &root);
        let packs = packs::gather(options, &config, &root, &repository, &mut mistakes)?;
        Self::assemble(options, config, root, repository, packs, mistakes)
    }

    fn assemble(
        options: &Options,
        config: Config,
        root: PathBuf,
        repository: PathBuf,
        packs: Vec<Arc<Pack>>,
        mut mistakes: Vec<Finding>,
    ) -> Result<Self, Error> {
        // with other packs on the command line, the rules that config speaks of need not be there
        let of_config: &[Change] = &config.rules;
        let Rules {
            all,
            severities,
            off,
            told,
        } = changes::rules(&packs, of_config, options.packs.is_empty(), &mut mistakes);
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
            selected && !ignored && !off.contains(&rule.head.id)
        };
        let chosen: Vec<Arc<Rule>> = all
            .iter()
            .filter(|rule| picked(rule))
            .map(Arc::clone)
            .collect();
        mistakes.extend(missing_values(&chosen, &packs));
        let demanded = packs::demanded(&chosen);
        mistakes.extend(packs::nameless(&demanded, &packs, &config));
        mistakes.extend(packs::missing_disclosures(&demanded, &packs));
        let rules = RuleSet::compile_with(&chosen, &severities, &packs, &config.links)
            .with_values(config.house.clone());
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
        let wrong = config
            .providers
            .iter()
            .filter_map(|provider| provider.mistake(&root, &packs, &options.view));
        mistakes.extend(wrong);
        let bringer = Arc::new(Bringer::new(
            &repository,
            &root,
            &options.cwd,
            config.providers.clone(),
            options.view.clone(),
        ));
        let mut read_from: Vec<PathBuf> = packs
            .iter()
            .map(|pack| options.cwd.join(pack.source.path()))
            .collect();
        read_from.push(match &options.config {
            Some(path) => options.cwd.join(path),
            None => root.join("caveat.toml"),
        });
        Ok(Self {
            view: options.view.clone(),
            repository,
            read_from,
            root,
            cwd: options.cwd.clone(),
            config,
            packs,
            rules,
            mistakes,
            as_of: options.as_of,
            ids,
            active,
            bringer,
            changed: told,
        })
    }

    /// The rules that are not as their authors wrote them.
    #[must_use]
    pub fn changed(&self) -> &[Changed] {
        &self.changed
    }
}
