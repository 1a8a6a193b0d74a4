//! Files of the repository that pages bring in: read once in a run, and nothing outside of the root, whatever a path says.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::asked::{Ask, Once, note, note_all, recording};
use crate::project::view::{Kind, Loaded, View};
use crate::project::{LARGEST, decode, path_name};
use crate::source::Source;

/// What a file of the repository holds, or why it is not read.
pub(super) type Read = Result<Arc<Source>, String>;

/// The repository, as far as pages may reach into it.
#[derive(Debug)]
pub(super) struct Tree {
    /// With every link resolved.
    root: PathBuf,
    /// The folder of caveat.toml, from the root.
    config: String,
    cwd: PathBuf,
    view: View,
    files: Mutex<HashMap<String, Read>>,
    /// Where files lie on the disk, or why they are none: the same names are asked for by page after page.
    found: Mutex<HashMap<String, Result<PathBuf, String>>>,
    /// What was found out for many pages at once.
    noted: Mutex<HashMap<String, Once<Option<String>>>>,
    /// Folders of pages by their paths on the disk: their paths from the root, none for one outside.
    folders: Mutex<HashMap<PathBuf, Option<String>>>,
    /// The paths of the files that were read, by the names that they are shown with.
    paths: Mutex<HashMap<String, String>>,
    lists: Mutex<HashMap<String, Arc<Vec<String>>>>,
    /// Data files whose values any page may show: what was added to their bytes, in order.
    shared: Mutex<Vec<(usize, Arc<Source>)>>,
    shared_bases: Mutex<HashMap<String, usize>>,
}

/// Places of shared files begin here: far from those of any page.
const SHARED: usize = 0xC000_0000;

impl Tree {
    /// The tree below a folder; names of its files are shown from the working directory.
    pub(super) fn new(root: &Path, config: &Path, cwd: &Path, view: View) -> Self {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let config = config.canonicalize().unwrap_or_default();
        Self {
            config: config.strip_prefix(&root).map(slashed).unwrap_or_default(),
            root,
            cwd: cwd.canonicalize().unwrap_or_else(|_| cwd.to_path_buf()),
            view,
            files: Mutex::default(),
            found: Mutex::default(),
            noted: Mutex::default(),
            folders: Mutex::default(),
            paths: Mutex::default(),
            lists: Mutex::default(),
            shared: Mutex::default(),
            shared_bases: Mutex::default(),
        }
    }

    /// The path of a file from the root, with `/`; none for what lies outside.
    pub(super) fn inside(&self, path: &Path) -> Option<String> {
        let name = path.file_name()?.to_str();
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        let link = self.view.is_link(path)?;
        // the folder of many pages is looked up once, unless the page itself may lie elsewhere
        let (Some(name), Some(parent), false) = (name, parent, link) else {
            return self.resolved(path);
        };
        let known = lock(&self.folders).get(parent).cloned();
        let folder = known.unwrap_or_else(|| {
            let folder = self.resolved(parent);
            lock(&self.folders).insert(parent.to_owned(), folder.clone());
            folder
        })?;
        Some(if folder.is_empty() {
            name.to_owned()
        } else {
            format!("{folder}/{name}")
        })
    }

    fn resolved(&self, path: &Path) -> Option<String> {
        let path = self.view.canonical(path).ok()?;
        Some(slashed(path.strip_prefix(&self.root).ok()?))
    }

    /// A path that config gives, from the root.
    pub(super) fn configured(&self, path: &str) -> String {
        join(&self.config, path).unwrap_or_else(|| path.to_owned())
    }

    /// Whether a file was asked for, be it there or not.
    pub(super) fn has_asked(&self, file: &Path) -> bool {
        lock(&self.found).iter().any(|(name, found)| match found {
            Ok(found) => found == file,
            Err(_) => self.root.join(name) == file,
        })
    }

    /// Reads from elsewhere what is not read yet.
    pub(super) fn look_at(&mut self, view: View) {
        self.view = view;
    }

    /// What a file holds, by its path from the root.
    pub(super) fn read(&self, path: &str) -> Read {
        self.asked(path);
        if let Some(read) = lock(&self.files).get(path) {
            return read.clone();
        }
        let read = self.read_now(path);
        if let Ok(source) = &read {
            lock(&self.paths).insert(source.path().to_owned(), path.to_owned());
        }
        lock(&self.files)
            .entry(path.to_owned())
            .or_insert(read)
            .clone()
    }

    /// A path as it is shown: from the working directory.
    pub(super) fn shown(&self, path: &str) -> String {
        path_name(&self.root.join(path), &self.cwd)
    }

    /// The folder that its names are from.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The path of a file that was read, from the root.
    pub(super) fn path_of(&self, source: &Source) -> Option<String> {
        lock(&self.paths).get(source.path()).cloned()
    }

    fn read_now(&self, path: &str) -> Read {
        let file = self.find(path)?;
        let shown = self.shown(path);
        let loaded = self
            .view
            .load(&file)
            .map_err(|error| format!("`{shown}` cannot be read: {error}"))?;
        let bytes = match loaded {
            Loaded::Bytes(bytes) => bytes,
            Loaded::TooLarge(size) => {
                return Err(format!(
                    "`{shown}` has {size} bytes and files of more than {LARGEST} are not read"
                ));
            }
        };
        decode(path_name(&file, &self.cwd), bytes).map_err(|finding| finding.message)
    }

    /// Where a file lies, once every link is followed.
    fn find(&self, path: &str) -> Result<PathBuf, String> {
        if let Some(found) = lock(&self.found).get(path) {
            return found.clone();
        }
        let found = self.find_now(path);
        lock(&self.found)
            .entry(path.to_owned())
            .or_insert(found)
            .clone()
    }

    fn find_now(&self, path: &str) -> Result<PathBuf, String> {
        let leads_out =
            || format!("`{path}` leads out of the repository, and nothing there is read");
        let relative = Path::new(path);
        let plain = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
        if !relative.components().all(plain) {
            return Err(leads_out());
        }
        let file = self
            .view
            .canonical(&self.root.join(relative))
            .map_err(|_| self.there_is_no(path))?;
        if !file.starts_with(&self.root) {
            return Err(leads_out());
        }
        if !self.view.is_file(&file) {
            return Err(format!("`{}` is no file", self.shown(path)));
        }
        Ok(file)
    }

    fn there_is_no(&self, path: &str) -> String {
        format!("there is no `{}`", self.shown(path))
    }

    /// Where something is not found, what of it is on the disk alone is told; where git holds what is read.
    pub(super) fn telling<T>(&self, find: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
        if self.view.is_disk() {
            return find();
        }
        let (found, asked) = recording(find);
        note_all(&asked);
        found.map_err(|message| {
            let only_on_disk = |ask: &&Ask| {
                matches!(ask, Ask::File(name) if self.found_nothing(name) && self.root.join(&**name).is_file())
            };
            match asked.iter().find(only_on_disk) {
                Some(Ask::File(name)) if !message.contains("git add") => format!(
                    "{message}: `{}` is on the disk and not in the index, `git add` it",
                    self.shown(name)
                ),
                _ => message,
            }
        })
    }

    fn found_nothing(&self, path: &str) -> bool {
        matches!(lock(&self.found).get(path), Some(Err(_)))
    }

    /// Takes note that a page asks for a file: by the name that it gives and by the one that it leads to.
    fn asked(&self, path: &str) {
        note(|| Ask::File(path.into()));
        if let Some(Ok(file)) = lock(&self.found).get(path)
            && let Ok(inside) = file.strip_prefix(&self.root)
            && inside != Path::new(path)
        {
            note(|| Ask::File(slashed(inside).into()));
        }
    }

    /// What to add to the bytes of a data file for places that hold in every page, until [`Tree::shared`] leads back to it.
    pub(super) fn share(&self, source: &Arc<Source>) -> usize {
        let mut bases = lock(&self.shared_bases);
        if let Some(at) = bases.get(source.path()) {
            return *at;
        }
        let mut shared = lock(&self.shared);
        let at = shared
            .last()
            .map_or(SHARED, |(at, last)| at + last.text().len() + 1);
        // what does not fit has no place: the beginning of the first
        let at = if at + source.text().len() < u32::MAX as usize {
            at
        } else {
            SHARED
        };
        shared.push((at, Arc::clone(source)));
        bases.insert(source.path().to_owned(), at);
        at
    }

    /// The shared file of a place, and what was added to its bytes.
    pub(super) fn shared(&self, place: u32) -> Option<(usize, Arc<Source>)> {
        let place = place as usize;
        if place < SHARED {
            return None;
        }
        let shared = lock(&self.shared);
        let after = shared.partition_point(|(at, _)| *at <= place);
        shared.get(after.checked_sub(1)?).cloned()
    }

    /// Whether there is such a file.
    pub(super) fn has(&self, path: &str) -> bool {
        let known = lock(&self.found).get(path).map(Result::is_ok);
        let has = known.unwrap_or_else(|| self.find(path).is_ok());
        self.asked(path);
        has
    }

    /// Whether there is such a folder.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        let folder = self.view.canonical(&self.root.join(path));
        let has = folder.is_ok_and(|folder| {
            folder.starts_with(&self.root) && self.view.kind(&folder) == Some(Kind::Folder)
        });
        note(|| Ask::Folder(path.into(), has));
        has
    }

    /// What is the same for every page that asks for it under this name.
    pub(super) fn once(&self, name: &str, find: impl FnOnce() -> Option<String>) -> Option<String> {
        let known = lock(&self.noted).get(name).cloned();
        let (found, asked) = known.unwrap_or_else(|| {
            let (found, asked) = recording(find);
            lock(&self.noted)
                .entry(name.to_owned())
                .or_insert((found, Arc::new(asked)))
                .clone()
        });
        note_all(&asked);
        found
    }

    /// The files below a folder, by their paths from the root, in order.
    pub(super) fn list(&self, folder: &str) -> Arc<Vec<String>> {
        note(|| Ask::List(folder.into()));
        if let Some(list) = lock(&self.lists).get(folder) {
            return Arc::clone(list);
        }
        // a walk follows the link that it begins at, which must not lead out
        if !self.has_folder(folder) {
            return Arc::default();
        }
        let below = self.view.below(&self.root.join(folder));
        let files = below
            .iter()
            .filter_map(|path| Some(slashed(path.strip_prefix(&self.root).ok()?)))
            .collect();
        let list = Arc::new(files);
        Arc::clone(lock(&self.lists).entry(folder.to_owned()).or_insert(list))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn slashed(path: &Path) -> String {
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

/// A path that is written from a folder of the tree, from the root: `.` and `..` are taken out. None when it leads out of the root.
pub(super) fn join(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains('\\') || path.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The folder that a file lies in.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
