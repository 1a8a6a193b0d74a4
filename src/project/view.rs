//! Where files are read from: the disk, or what git holds of them.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::LARGEST;
use super::git::Snapshot;

/// Files: those of the disk, or those that git holds.
#[derive(Debug, Clone, Default)]
pub struct View(Option<Arc<Snapshot>>);

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
        Self(Some(snapshot))
    }

    /// Whether these are the files of the disk.
    #[must_use]
    pub fn is_disk(&self) -> bool {
        self.0.is_none()
    }

    pub(super) fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        match &self.0 {
            None => path.canonicalize(),
            Some(held) => held.canonical(path),
        }
    }

    pub(super) fn kind(&self, path: &Path) -> Option<Kind> {
        match &self.0 {
            None => Kind::on_disk(path),
            Some(held) => held.kind(path),
        }
    }

    pub(super) fn is_file(&self, path: &Path) -> bool {
        self.kind(path) == Some(Kind::File)
    }

    /// Whether a link stands there; none when nothing does.
    pub(super) fn is_link(&self, path: &Path) -> Option<bool> {
        match &self.0 {
            None => Some(path.symlink_metadata().ok()?.is_symlink()),
            Some(held) if held.is_link(path) => Some(true),
            Some(held) => held.kind(path).map(|_| false),
        }
    }

    pub(super) fn load(&self, path: &Path) -> io::Result<Loaded> {
        match &self.0 {
            None => Loaded::from_disk(path),
            Some(held) => held.load(path),
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
        match &self.0 {
            None => on_disk(folder),
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
