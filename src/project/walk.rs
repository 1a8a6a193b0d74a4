//! Arguments → files. `walkdir` walks; what git ignores is left out with the `ignore` crate's own rules.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use walkdir::WalkDir;

use super::view::Kind;
use super::{Error, Project};
use crate::rule::Globs;
use crate::syntax;

/// How to look for files.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    /// Whether ignore files, hidden files and `node_modules` are walked too.
    pub no_ignore: bool,
    /// Further globs to leave out, from the project's root.
    pub exclude: Vec<String>,
    /// Whether files that are named are left out where a walk would not take them: excluded, ignored, hidden, not included,
    /// templates, files of no known syntax and data that no `[[data]]` names.
    pub force_exclude: bool,
}

const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];

impl Project {
    /// The files of these arguments, each once, in order of their paths. A file that is named is always one of them.
    ///
    /// # Errors
    /// An argument that is not there.
    pub fn files(&self, arguments: &[PathBuf], walk: &Walk) -> Result<Vec<PathBuf>, Error> {
        for glob in &walk.exclude {
            globset::Glob::new(glob).map_err(|wrong| Error::Glob {
                glob: glob.clone(),
                message: wrong.kind().to_string(),
            })?;
        }
        let exclude = (!walk.exclude.is_empty()).then(|| Globs::paths(walk.exclude.clone()));
        let excluded = |path: &Path| {
            let name = relative(path, &self.root);
            [&exclude, &self.config.exclude]
                .into_iter()
                .flatten()
                .any(|globs| globs.matches(&name))
        };
        let mut files = Vec::new();
        for argument in arguments {
            let path = normal(&self.cwd.join(argument));
            if !self.view.is_disk() && self.held(&path, walk, &excluded, &mut files) {
                continue;
            }
            let meta = std::fs::metadata(&path).map_err(|source| Error::Read {
                path: argument.display().to_string(),
                source,
            })?;
            if meta.is_file() {
                if self.takes(&path, walk, &excluded) {
                    files.push(path);
                }
                continue;
            }
            self.folder(&path, walk, &excluded, &mut files)?;
        }
        files.sort();
        files.dedup();
        Ok(files)
    }

    /// Whether a file that is named is checked. What a hook names is what it found, not what someone asks for: of that, what a walk
    /// would find.
    fn takes(&self, path: &Path, walk: &Walk, excluded: &dyn Fn(&Path) -> bool) -> bool {
        let found = || self.wanted(path) && !excluded(path);
        let passed_over = || !walk.no_ignore && self.passed_over(path);
        !walk.force_exclude || (found() && !passed_over())
    }

    /// The files that git holds of a path. Whether there are any, or the path is on the disk alone, where nothing of it is held.
    fn held(
        &self,
        path: &Path,
        walk: &Walk,
        excluded: &dyn Fn(&Path) -> bool,
        files: &mut Vec<PathBuf>,
    ) -> bool {
        match self.view.kind(path) {
            Some(Kind::File) => {
                if self.takes(path, walk, excluded) {
                    files.push(path.to_path_buf());
                }
            }
            Some(Kind::Folder) => {
                let mut ignores = Ignores::above(path, walk);
                files.extend(self.view.below(path).into_iter().filter(|file| {
                    !ignores.leave_out(path, file)
                        && self.wanted(file)
                        && !file
                            .ancestors()
                            .take_while(|above| *above != path)
                            .any(excluded)
                }));
            }
            None => return path.exists(),
        }
        true
    }

    fn folder(
        &self,
        folder: &Path,
        walk: &Walk,
        excluded: &dyn Fn(&Path) -> bool,
        files: &mut Vec<PathBuf>,
    ) -> Result<(), Error> {
        let mut stack: Vec<(usize, Gitignore)> = if walk.no_ignore {
            Vec::new()
        } else {
            above(folder).into_iter().map(|of| (0, of)).collect()
        };
        let mut entries = WalkDir::new(folder).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            let entry = entry.map_err(|wrong| Error::Read {
                path: wrong
                    .path()
                    .map_or_else(String::new, |path| relative(path, &self.cwd)),
                source: wrong
                    .into_io_error()
                    .unwrap_or_else(|| std::io::Error::other("a loop of links")),
            })?;
            let (path, depth, is_folder) =
                (entry.path(), entry.depth(), entry.file_type().is_dir());
            stack.retain(|(of, _)| *of <= depth);
            let name = entry.file_name().to_string_lossy();
            let leave = || {
                let ignores = stack.iter().map(|(_, of)| of);
                special(&name, is_folder) || ignored(ignores, path, is_folder)
            };
            if depth > 0 && !walk.no_ignore && leave() {
                if is_folder {
                    entries.skip_current_dir();
                }
                continue;
            }
            if is_folder {
                if depth > 0 && excluded(path) {
                    entries.skip_current_dir();
                } else if !walk.no_ignore {
                    stack.extend(of_folder(path).map(|of| (depth + 1, of)));
                }
                continue;
            }
            if entry.file_type().is_file() && self.wanted(path) && !excluded(path) {
                files.push(path.to_path_buf());
            }
        }
        Ok(())
    }

    /// Whether a walk from the root would pass over a file: it or a folder that it lies in is ignored, hidden or of other people.
    pub(super) fn passed_over(&self, path: &Path) -> bool {
        let Ok(inside) = path.strip_prefix(&self.root) else {
            return false;
        };
        let mut folder = self.root.clone();
        let mut ignores = above(&folder);
        for part in inside.components() {
            let name = part.as_os_str().to_string_lossy();
            ignores.extend(of_folder(&folder));
            let here = folder.join(part);
            let is_folder = here != path;
            if special(&name, is_folder) || ignored(ignores.iter(), &here, is_folder) {
                return true;
            }
            folder = here;
        }
        false
    }

    /// Whether a file that is not named is content: prose that config includes, data that it names.
    pub(super) fn wanted(&self, path: &Path) -> bool {
        let inside = relative(path, &self.root);
        if syntax::of_path(path).is_none() {
            return self.config.data_of(path, &inside).is_some();
        }
        match &self.config.include {
            Some(globs) => globs.matches(&inside),
            None => !self.bringer.is_template(path),
        }
    }
}

/// What a walk would leave out of files that are listed and not walked to.
struct Ignores {
    none: bool,
    above: Vec<Gitignore>,
    folders: HashMap<PathBuf, Option<Gitignore>>,
}

impl Ignores {
    fn above(folder: &Path, walk: &Walk) -> Self {
        Self {
            none: walk.no_ignore,
            above: above(folder),
            folders: HashMap::new(),
        }
    }

    fn leave_out(&mut self, folder: &Path, file: &Path) -> bool {
        let Ok(rest) = file.strip_prefix(folder) else {
            return true;
        };
        if self.none {
            return false;
        }
        let (mut at, mut passed) = (folder.to_path_buf(), Vec::new());
        let last = rest.components().count();
        for (number, part) in rest.components().enumerate() {
            passed.push(at.clone());
            self.folders
                .entry(at.clone())
                .or_insert_with_key(|folder| of_folder(folder));
            at.push(part);
            let is_folder = number + 1 < last;
            let name = part.as_os_str().to_string_lossy();
            if name.starts_with('.') || (is_folder && name == "node_modules") {
                return true;
            }
            let own = passed
                .iter()
                .rev()
                .filter_map(|of| self.folders[of].as_ref());
            let decided = own
                .chain(self.above.iter().rev())
                .map(|of| of.matched(&at, is_folder))
                .find(|matched| !matched.is_none());
            if decided.is_some_and(|matched| matched.is_ignore()) {
                return true;
            }
        }
        false
    }
}

/// Hidden, or a folder of other people's files.
fn special(name: &str, is_folder: bool) -> bool {
    name.starts_with('.') || (is_folder && name == "node_modules")
}

/// Whether the ignore files say so: the innermost that has an opinion decides.
fn ignored<'a>(
    stack: impl DoubleEndedIterator<Item = &'a Gitignore>,
    path: &Path,
    is_folder: bool,
) -> bool {
    for of in stack.rev() {
        let matched = of.matched(path, is_folder);
        if !matched.is_none() {
            return matched.is_ignore();
        }
    }
    false
}

/// The ignore files of a folder, as one.
fn of_folder(folder: &Path) -> Option<Gitignore> {
    let mut builder = GitignoreBuilder::new(folder);
    let mut some = false;
    for name in IGNORE_FILES {
        let path = folder.join(name);
        if path.is_file() {
            // a line that is no glob is left out, as git does
            let _ = builder.add(path);
            some = true;
        }
    }
    let exclude = folder.join(".git/info/exclude");
    if exclude.is_file() {
        let _ = builder.add(exclude);
        some = true;
    }
    some.then(|| builder.build().ok()).flatten()
}

/// The ignore files of the folders above, from the repository's root down; outside of a repository none.
fn above(folder: &Path) -> Vec<Gitignore> {
    let Some(root) = folder.ancestors().find(|of| of.join(".git").exists()) else {
        return Vec::new();
    };
    let mut between: Vec<&Path> = folder
        .ancestors()
        .skip(1)
        .take_while(|of| of.starts_with(root))
        .collect();
    between.reverse();
    if folder == root {
        Vec::new()
    } else {
        between.into_iter().filter_map(of_folder).collect()
    }
}

/// A path from a folder, with `/`; with `..` where it lies outside.
#[must_use]
pub fn relative(path: &Path, from: &Path) -> String {
    let (path, from) = (normal(path), normal(from));
    let common = path
        .components()
        .zip(from.components())
        .take_while(|(a, b)| a == b)
        .count();
    if common == 0 {
        return slashed(&path);
    }
    let mut out = PathBuf::new();
    from.components().skip(common).for_each(|_| out.push(".."));
    path.components()
        .skip(common)
        .for_each(|part| out.push(part));
    if out.as_os_str().is_empty() {
        ".".to_owned()
    } else {
        slashed(&out)
    }
}

fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// A path without `.` and with `..` taken up, without asking the disk.
#[must_use]
pub fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(out.components().next_back(), Some(Component::Normal(_))) =>
            {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}
