//! Where files are read from: the disk, or what git holds of them, or what is open in an editor over those of the disk.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::LARGEST;
use super::git::Snapshot;

/// Files: those of the disk, those that git holds, or those of the disk as they stand in an editor.
#[derive(Debug, Clone, Default)]
pub struct View {
    held: Option<Arc<Snapshot>>,
    open: Arc<Open>,
}

/// The texts that are open in an editor, by their paths as [`real`] gives them.
pub type Open = BTreeMap<PathBuf, Arc<str>>;

/// A path with every link followed; of a file that is not there yet, as far as there are folders.
#[must_use]
pub fn real(path: &Path) -> PathBuf {
    let there = path
        .ancestors()
        .find_map(|above| Some((above, above.canonicalize().ok()?)));
    match there {
        Some((above, real)) => match path.strip_prefix(above) {
            Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
            _ => real,
        },
        None => path.to_path_buf(),
    }
}

/// What stands at a path, links followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
}

/// What a file holds.
#[derive(Debug)]
pub(super) enum Loaded {
    Bytes(Vec<u8>),
    /// How many bytes it has that were not read.
    TooLarge(u64),
}

impl Kind {
    pub(super) fn on_disk(path: &Path) -> Option<Self> {
        let meta = std::fs::metadata(path).ok()?;
        Some(if meta.is_dir() {
            Self::Folder
        } else if meta.is_file() {
            Self::File
        } else {
            return None;
        })
    }
}

impl Loaded {
    pub(super) fn from_disk(path: &Path) -> io::Result<Self> {
        let size = std::fs::metadata(path)?.len();
        if size > LARGEST {
            return Ok(Self::TooLarge(size));
        }
        std::fs::read(path).map(Self::Bytes)
    }
}

impl View {
    pub(super) fn held(snapshot: Arc<Snapshot>) -> Self {
        Self {
            held: Some(snapshot),
            ..Self::default()
        }
    }

    /// The files of the disk, with what is open in an editor in place of what is stored.
    #[must_use]
    pub fn open(open: Open) -> Self {
        Self {
            held: None,
            open: Arc::new(open),
        }
    }

    /// Whether these are the files of the disk, saved or not.
    #[must_use]
    pub fn is_disk(&self) -> bool {
        self.held.is_none()
    }

    /// The text that is open of a file.
    fn open_at(&self, path: &Path) -> Option<&Arc<str>> {
        if self.open.is_empty() {
            return None;
        }
        self.open.get(path).or_else(|| self.open.get(&real(path)))
    }

    pub(super) fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        match &self.held {
            None => path.canonicalize().or_else(|wrong| {
                let path = real(path);
                // what was never saved lies where its folder lies, if that is there
                let mut open = self.open.keys();
                let some = open.any(|of| of.starts_with(&path));
                some.then_some(path).ok_or(wrong)
            }),
            Some(held) => held.canonical(path),
        }
    }

    pub(super) fn kind(&self, path: &Path) -> Option<Kind> {
        match &self.held {
            None => Kind::on_disk(path).or_else(|| self.open_at(path).map(|_| Kind::File)),
            Some(held) => held.kind(path),
        }
    }

    pub(super) fn is_file(&self, path: &Path) -> bool {
        self.kind(path) == Some(Kind::File)
    }

    /// Whether a link stands there; none when nothing does.
    pub(super) fn is_link(&self, path: &Path) -> Option<bool> {
        match &self.held {
            None => match path.symlink_metadata() {
                Ok(meta) => Some(meta.is_symlink()),
                Err(_) => self.open_at(path).map(|_| false),
            },
            Some(held) if held.is_link(path) => Some(true),
            Some(held) => held.kind(path).map(|_| false),
        }
    }

    pub(super) fn load(&self, path: &Path) -> io::Result<Loaded> {
        match (&self.held, self.open_at(path)) {
            (None, None) => Loaded::from_disk(path),
            (None, Some(text)) if text.len() as u64 > LARGEST => {
                Ok(Loaded::TooLarge(text.len() as u64))
            }
            (None, Some(text)) => Ok(Loaded::Bytes(text.as_bytes().to_vec())),
            (Some(held), _) => held.load(path),
        }
    }

    /// What a file holds, however large.
    pub(super) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.load(path)? {
            Loaded::Bytes(bytes) => Ok(bytes),
            Loaded::TooLarge(size) => Err(io::Error::other(format!(
                "it has {size} bytes and files of more than {LARGEST} are not read"
            ))),
        }
    }

    /// The plain files below a folder, in order; links are not followed, and what others installed is left out.
    pub(super) fn below(&self, folder: &Path) -> Vec<PathBuf> {
        match &self.held {
            None => {
                let mut files = on_disk(folder);
                // what was never saved stands beside what was
                let unsaved = self.open.keys();
                let unsaved = unsaved.filter(|path| path.starts_with(folder) && !path.exists());
                files.extend(unsaved.cloned());
                files
            }
            Some(held) => held.below(folder),
        }
    }
}

const MOST: usize = 20_000;

pub(super) fn on_disk(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.file_name() != "node_modules" && entry.file_name() != ".git")
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .take(MOST)
        .map(walkdir::DirEntry::into_path)
        .collect()
}
