//! What git says of a project: what is staged, what changed since a commit. `git` itself is asked, never through a shell.

mod changed;
mod snapshot;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

pub use changed::{Changed, Changes};
pub(super) use snapshot::Snapshot;

use super::view::View;
use super::walk::normal;

/// A repository.
#[derive(Debug, Clone)]
pub struct Git {
    /// The top folder of its work tree, with every link resolved.
    top: PathBuf,
    /// Variables that a hook gets from git, made absolute.
    env: Vec<(&'static str, PathBuf)>,
}

/// Why git cannot say.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// There is no git.
    #[error("git cannot be run: {0}; `--staged` and `--since` need it")]
    NoGit(std::io::Error),
    /// No repository here.
    #[error("{folder} is in no git repository with a work tree: {message}")]
    NoRepository {
        /// Where it was looked for.
        folder: String,
        /// What git said.
        message: String,
    },
    /// What git said.
    #[error("{0}")]
    Said(String),
}

const VARIABLES: [&str; 5] = [
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
];

impl Git {
    /// The repository that a folder lies in; in a hook, the one that the hook runs for.
    ///
    /// # Errors
    /// Where there is no git or no repository.
    pub fn of(folder: &Path, cwd: &Path) -> Result<Self, GitError> {
        let folder = existing(&normal(folder));
        // paths from where the hook was started hold nowhere else
        let env: Vec<(&'static str, PathBuf)> = VARIABLES
            .iter()
            .filter_map(|name| Some((*name, cwd.join(std::env::var_os(name)?))))
            .collect();
        let hook = env.iter().any(|(name, _)| *name == "GIT_DIR");
        if let Some((_, index)) = env.iter().find(|(name, _)| *name == "GIT_INDEX_FILE")
            && !index.exists()
        {
            return Err(GitError::Said(format!(
                "GIT_INDEX_FILE names {}, which is not there: run caveat from the folder that the hook is started in",
                index.display()
            )));
        }
        let asking = Self {
            // with GIT_DIR alone git takes its working directory for the top of the work tree, and hooks begin there
            top: if hook {
                cwd.to_path_buf()
            } else {
                folder.clone()
            },
            env,
        };
        let asked = asking.run(["rev-parse", "--show-toplevel"], &[]);
        let top = match asked {
            Ok(out) => path_of(out.strip_suffix(b"\n").unwrap_or(&out)),
            Err(GitError::Said(message)) => {
                return Err(GitError::NoRepository {
                    folder: folder.display().to_string(),
                    message,
                });
            }
            Err(other) => return Err(other),
        };
        let top = top.canonicalize().unwrap_or(top);
        let found = Self { top, ..asking };
        if found.inside(&folder).is_none() {
            return Err(GitError::Said(format!(
                "the project {} does not lie in the work tree {}, which GIT_DIR and GIT_WORK_TREE name",
                folder.display(),
                found.top.display()
            )));
        }
        Ok(found)
    }

    /// What is staged, to be read instead of the disk, and what of it differs from the last commit.
    ///
    /// # Errors
    /// What git says; files that are not merged yet.
    pub fn staged(&self) -> Result<(View, Changes), GitError> {
        let index = Snapshot::index(self)?;
        let head = match self.run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], &[]) {
            Ok(out) => Some(text(&out)),
            // nothing was committed yet
            Err(GitError::Said(_)) => None,
            Err(other) => return Err(other),
        };
        let base = Snapshot::commit(self, head.as_deref())?;
        let raw = match &head {
            Some(head) => self.raw_difference(&["--cached"], head)?,
            None => Snapshot::everything(&index),
        };
        let view = View::held(Arc::new(index));
        let base = View::held(Arc::new(base));
        let changes = Changes::new(self.top.clone(), raw, base, view.clone());
        Ok((view, changes))
    }

    /// What differs between the work tree and where this commit and the last one part.
    ///
    /// # Errors
    /// A revision that is none, commits that never part, and what git says.
    pub fn since(&self, revision: &str) -> Result<Changes, GitError> {
        let of = |name: &str| {
            self.run(
                ["rev-parse", "--verify", "--quiet", "--end-of-options"],
                &[OsStr::new(&format!("{name}^{{commit}}"))],
            )
            .map(|out| text(&out))
        };
        let commit = of(revision).map_err(|wrong| match wrong {
            GitError::Said(_) => GitError::Said(format!(
                "`{revision}` names no commit here; in a shallow clone it may have to be fetched first"
            )),
            other => other,
        })?;
        let head = of("HEAD").map_err(|wrong| match wrong {
            GitError::Said(_) => GitError::Said("nothing was committed here yet".to_owned()),
            other => other,
        })?;
        let base = self
            .run(["merge-base", &commit, &head], &[])
            .map_err(|wrong| match wrong {
                GitError::Said(_) => GitError::Said(format!(
                    "`{revision}` and HEAD have no commit in common; in a shallow clone the history may have to be fetched first"
                )),
                other => other,
            })?;
        let base = text(&base);
        let mut raw = self.raw_difference(&[], &base)?;
        let others = self.run(["ls-files", "--others", "--exclude-standard", "-z"], &[])?;
        raw.extend(
            zero_ended(&others)
                // a repository inside of this one is listed as a folder
                .filter(|name| !name.ends_with(b"/"))
                .map(|name| (path_of(name), Changed::ADDED)),
        );
        let base = View::held(Arc::new(Snapshot::commit(self, Some(&base))?));
        Ok(Changes::new(self.top.clone(), raw, base, View::default()))
    }

    /// The paths that differ from a commit, from the top.
    fn raw_difference(
        &self,
        with: &[&str],
        commit: &str,
    ) -> Result<Vec<(PathBuf, Changed)>, GitError> {
        let mut arguments = vec![
            "diff",
            "--raw",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--no-color",
            "--no-relative",
            "--no-abbrev",
            "--ignore-submodules=none",
        ];
        arguments.extend(with);
        arguments.extend([commit, "--"]);
        let out = self.run(arguments, &[])?;
        let mut parts = zero_ended(&out);
        let mut all = Vec::new();
        while let Some(about) = parts.next() {
            let wrong = || GitError::Said("git diff said what cannot be read".to_owned());
            let path = parts.next().ok_or_else(wrong)?;
            let changed = Changed::of(about).ok_or_else(wrong)?;
            all.push((path_of(path), changed));
        }
        Ok(all)
    }

    /// Whether a path lies in the repository.
    #[must_use]
    pub fn holds(&self, path: &Path) -> bool {
        self.inside(path).is_some()
    }

    /// The path of a file from the top. None for what lies outside.
    fn inside(&self, path: &Path) -> Option<PathBuf> {
        inside(&self.top, path)
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(&self.top)
            // nothing is written, so that whoever holds the lock of the index is not in the way
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("LC_ALL", "C")
            .envs(self.env.iter().map(|(name, path)| (name, path)));
        for name in ["GIT_LITERAL_PATHSPECS", "GIT_EXTERNAL_DIFF", "GIT_PREFIX"] {
            command.env_remove(name);
        }
        command
    }

    fn run<'a>(
        &self,
        arguments: impl IntoIterator<Item = &'a str>,
        names: &[&OsStr],
    ) -> Result<Vec<u8>, GitError> {
        let done = self
            .command()
            .args(arguments)
            .args(names)
            .stdin(Stdio::null())
            .output()
            .map_err(GitError::NoGit)?;
        if done.status.success() {
            return Ok(done.stdout);
        }
        let said = String::from_utf8_lossy(&done.stderr);
        let said = said.trim().trim_start_matches("fatal: ");
        Err(GitError::Said(if said.is_empty() {
            format!("git ended with {}", done.status)
        } else {
            format!("git says: {said}")
        }))
    }
}

/// The path of a file from a top folder. None for what lies outside.
fn inside(top: &Path, path: &Path) -> Option<PathBuf> {
    let path = normal(path);
    if let Ok(rest) = path.strip_prefix(top) {
        return Some(rest.to_path_buf());
    }
    // a link may stand above the top
    path.ancestors().find_map(|above| {
        let real = above.canonicalize().ok()?;
        let whole = real.join(path.strip_prefix(above).ok()?);
        Some(whole.strip_prefix(top).ok()?.to_path_buf())
    })
}

/// The nearest folder that is there.
fn existing(path: &Path) -> PathBuf {
    let found = path.ancestors().find(|above| above.is_dir());
    found.unwrap_or(path).to_path_buf()
}

fn zero_ended(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes
        .split(|byte| *byte == 0)
        .filter(|part| !part.is_empty())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

/// A path as git writes it.
#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    PathBuf::from(OsString::from_vec(bytes.to_vec()))
}

/// A path as git writes it.
#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(OsString::from(String::from_utf8_lossy(bytes).into_owned()))
}
