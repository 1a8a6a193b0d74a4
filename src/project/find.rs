//! Where caveat.toml is found.

use std::path::{Path, PathBuf};

use super::view::View;
use super::walk::normal;
use super::{Config, Error, Options, decode, path_name};
use crate::finding::Finding;
use crate::keys::config_finding;

impl Config {
    /// Where caveat.toml is found: from the working directory up to the repository's root, else near what is named.
    #[must_use]
    pub fn path(options: &Options) -> Option<PathBuf> {
        match &options.config {
            _ if options.isolated => None,
            Some(path) => Some(options.cwd.join(path)),
            None => look(options, &options.view),
        }
    }

    /// Finds and reads caveat.toml: from the working directory up to the repository's root.
    pub(super) fn find(options: &Options) -> Result<(Self, PathBuf, Vec<Finding>), Error> {
        let look = |view: &View| look(options, view);
        let path = Self::path(options);
        if path.is_none()
            && !options.isolated
            && !options.view.is_disk()
            && let Some(found) = look(&View::default())
        {
            return Err(Error::Read {
                path: path_name(&found, &options.cwd),
                source: std::io::Error::other(
                    "it is on the disk and not in the index: `git add` it, or name it with `--config`",
                ),
            });
        }
        let Some(path) = path else {
            return Ok((Self::default(), options.cwd.clone(), Vec::new()));
        };
        let shown = path_name(&path, &options.cwd);
        let named = options.config.is_some() && !options.view.is_file(&path);
        let read = if named {
            // what someone names may be of the disk alone
            View::default().read(&path)
        } else {
            options.view.read(&path)
        };
        let bytes = read.map_err(|source| Error::Read {
            path: shown.clone(),
            source,
        })?;
        let root = path.parent().unwrap_or(&options.cwd).to_path_buf();
        let source = match decode(shown, bytes) {
            Ok(source) => source,
            Err(finding) => {
                return Ok((
                    Self::default(),
                    root,
                    vec![config_finding(
                        &finding.location.source,
                        finding.location.span,
                        &finding.message,
                        None,
                    )],
                ));
            }
        };
        let (config, findings) = Self::parse(&source);
        Ok((config, root, findings))
    }
}

fn look(options: &Options, view: &View) -> Option<PathBuf> {
    nearest(&options.cwd, view).or_else(|| nearest(&common(options)?, view))
}

/// The folder that everything which is named lies in.
fn common(options: &Options) -> Option<PathBuf> {
    let mut paths = options
        .near
        .iter()
        .map(|path| normal(&options.cwd.join(path)));
    let first = paths.next()?;
    let folder = if first.is_dir() {
        first
    } else {
        first.parent()?.to_path_buf()
    };
    paths.try_fold(folder, |folder, path| {
        folder
            .ancestors()
            .find(|above| path.starts_with(above))
            .map(Path::to_path_buf)
    })
}

/// The nearest caveat.toml from a folder up to the root of its repository; outside of one, only in the folder itself and above.
fn nearest(cwd: &Path, view: &View) -> Option<PathBuf> {
    for folder in cwd.ancestors() {
        let path = folder.join("caveat.toml");
        if view.is_file(&path) {
            return Some(path);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}
