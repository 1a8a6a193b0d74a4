//! The projects that open pages belong to: loaded once, and again when what they are made of changes.

use std::path::{Path, PathBuf};

use crate::finding::Finding;
use crate::keys::config_finding;
use crate::project::{Config, Open, Options, Project, View, real};
use crate::source::{Location, Source};

/// A project of the workspace.
#[derive(Debug)]
pub(super) struct Home {
    /// The folder that the client works in, which names of files are from.
    pub(super) folder: PathBuf,
    /// Its caveat.toml, if it has one.
    config: Option<PathBuf>,
    /// As it was when it last had no mistakes.
    pub(super) project: Option<Project>,
    /// What is wrong with config and packs by now.
    pub(super) mistakes: Vec<Finding>,
    /// What they are read from, with every link followed.
    made_of: Vec<PathBuf>,
}

impl Home {
    /// Loads the project of a page.
    pub(super) fn load(options: &Options) -> Self {
        let mut home = Self {
            folder: options.cwd.clone(),
            config: Config::path(options),
            project: None,
            mistakes: Vec::new(),
            made_of: Vec::new(),
        };
        home.load_again(options);
        home
    }

    /// Loads it again. What worked last goes on working while there are mistakes.
    pub(super) fn load_again(&mut self, options: &Options) {
        let of_config = || self.config.iter().map(|path| real(path)).collect();
        match Project::load(options) {
            Ok(mut project) => {
                self.made_of = project.read_from().iter().map(|path| real(path)).collect();
                self.mistakes = std::mem::take(&mut project.mistakes);
                if self.mistakes.is_empty() {
                    self.project = Some(project);
                }
            }
            Err(error) => {
                self.made_of = of_config();
                let name = self.config.as_ref().map_or_else(
                    || "caveat.toml".to_owned(),
                    |path| crate::project::relative(path, &options.cwd),
                );
                let source = std::sync::Arc::new(Source::new(name, ""));
                let nowhere = Location::new(&source, source.line(1));
                self.mistakes = vec![config_finding(
                    &source,
                    nowhere.span,
                    error.to_string(),
                    None,
                )];
            }
        }
        self.mistakes.dedup_by(|a, b| {
            a.location.source.path() == b.location.source.path()
                && a.location.span == b.location.span
                && a.message == b.message
        });
    }

    /// Whether a page with these options lives here.
    pub(super) fn is_of(&self, options: &Options) -> bool {
        self.folder == options.cwd && self.config == Config::path(options)
    }

    /// Whether it is made of one of these files.
    pub(super) fn is_made_of(&self, changed: &[PathBuf]) -> bool {
        changed.iter().any(|path| {
            self.made_of.contains(path) || path.file_name().is_some_and(|of| of == "caveat.toml")
        })
    }

    /// Whether it is made of this very file.
    pub(super) fn is_made_of_file(&self, path: Option<&PathBuf>) -> bool {
        path.is_some_and(|path| self.made_of.contains(path))
    }

    /// Tells the project what is open.
    pub(super) fn see(&mut self, open: &Open, changed: &[PathBuf]) {
        if let Some(project) = &mut self.project {
            project.see_open(open.clone(), changed);
        }
    }

    /// What is wrong with a file that the project is made of: mistakes, and waivers that ran out.
    pub(super) fn of_toml(&self) -> Vec<Finding> {
        let mut findings = self.mistakes.clone();
        if findings.is_empty()
            && let Some(project) = &self.project
        {
            findings = project.report(std::iter::empty(), false).findings;
        }
        findings
    }
}

/// What a project is loaded with for a page.
pub(super) fn options(base: &Options, folders: &[PathBuf], path: &Path, view: View) -> Options {
    let within = |folder: &&PathBuf| path.starts_with(folder);
    let folder = folders
        .iter()
        .filter(within)
        .max_by_key(|folder| folder.as_os_str().len());
    Options {
        cwd: folder.cloned().unwrap_or_else(|| around(path)),
        near: vec![path.to_path_buf()],
        view,
        ..base.clone()
    }
}

/// Where a page belongs that lies in none of the folders: its repository, else its folder.
fn around(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(path);
    let repository = folder.ancestors().find(|of| of.join(".git").exists());
    repository.unwrap_or(folder).to_path_buf()
}
