//! What changed between two states of a repository: which files, which lines of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::project::bring::{Ask, Asked};
use crate::project::decode;
use crate::project::view::{Kind, View};
use crate::source::{Location, Unit};

/// How a file changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// Whether it was not there before.
    added: bool,
    /// Whether it is not there any more.
    deleted: bool,
    /// Whether it is a repository of its own, or was.
    module: bool,
}

/// What changed.
#[derive(Debug)]
pub struct Changes {
    top: PathBuf,
    paths: BTreeMap<PathBuf, Changed>,
    /// The files as they were.
    pub(in crate::project) base: View,
    /// The files as they are.
    now: View,
    lines: Mutex<BTreeMap<PathBuf, Lines>>,
}

/// Lines of a file, 1-based: first and last of each run; none for all of them.
type Lines = Option<Vec<(u32, u32)>>;

impl Changed {
    pub(super) const ADDED: Self = Self {
        added: true,
        deleted: false,
        module: false,
    };

    /// From what `git diff --raw` says before the path: `:mode mode id id status`.
    pub(super) fn of(raw: &[u8]) -> Option<Self> {
        let raw = std::str::from_utf8(raw).ok()?.strip_prefix(':')?;
        let mut parts = raw.split(' ');
        let (old, new) = (parts.next()?, parts.next()?);
        let status = parts.nth(2)?;
        Some(Self {
            added: status.starts_with('A'),
            deleted: status.starts_with('D'),
            module: old == "160000" || new == "160000",
        })
    }
}

impl Changes {
    pub(super) fn new(top: PathBuf, paths: Vec<(PathBuf, Changed)>, base: View, now: View) -> Self {
        Self {
            top,
            paths: paths.into_iter().collect(),
            base,
            now,
            lines: Mutex::default(),
        }
    }

    /// Whether a file changed, or what it lies in.
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        super::inside(&self.top, path).is_some_and(|path| self.within(&path))
    }

    fn within(&self, path: &Path) -> bool {
        // a module, a link or a file may have been there before, or may be there now
        path.ancestors()
            .any(|above| !above.as_os_str().is_empty() && self.paths.contains_key(above))
    }

    /// Whether the answer to something that a page asked may have changed; names are from this root.
    pub(in crate::project) fn touch(&self, asked: &Asked, root: &Path) -> bool {
        asked.iter().any(|ask| match ask {
            Ask::File(name) => self.has(&root.join(&**name)),
            Ask::Folder(name, is) => {
                let path = root.join(&**name);
                self.has(&path) || (self.base.kind(&path) == Some(Kind::Folder)) != *is
            }
            Ask::List(name) => {
                let Some(folder) = super::inside(&self.top, &root.join(&**name)) else {
                    return false;
                };
                self.within(&folder)
                    || self
                        .paths
                        .range(folder.clone()..)
                        .take_while(|(path, _)| path.starts_with(&folder))
                        .any(|(_, how)| how.added || how.deleted || how.module)
            }
        })
    }

    /// Whether a place lies on lines that changed, or ends or begins on one.
    pub(in crate::project) fn on_changed_line(&self, location: &Location, cwd: &Path) -> bool {
        let path = cwd.join(location.source.path());
        let Some(inside) = super::inside(&self.top, &path).filter(|path| self.within(path)) else {
            return false;
        };
        let mut known = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = known
            .entry(inside.clone())
            .or_insert_with(|| self.lines_of(&inside));
        let Some(lines) = lines else {
            return true;
        };
        let line = |at: u32| location.source.position(at, Unit::Byte).line;
        let span = location.span;
        let (first, last) = (
            line(span.start),
            line(span.end.saturating_sub(1).max(span.start)),
        );
        lines.iter().any(|(from, to)| *from <= last && first <= *to)
    }

    /// The lines of a file that are not as they were.
    fn lines_of(&self, inside: &Path) -> Lines {
        let path = self.top.join(inside);
        let text = |view: &View| {
            let bytes = view.read(&path).ok()?;
            decode(String::new(), bytes).ok()
        };
        let (old, new) = (text(&self.base)?, text(&self.now)?);
        // git may store other ends of lines than the disk has
        let lines = |text: &str| {
            text.split('\n')
                .map(|line| line.strip_suffix('\r').unwrap_or(line).to_owned())
                .collect::<Vec<_>>()
        };
        let (old, new) = (lines(old.text()), lines(new.text()));
        let runs = capture_diff_slices(Algorithm::Myers, &old, &new);
        let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        let changed = runs.iter().filter(|run| {
            matches!(run.tag(), DiffTag::Insert | DiffTag::Replace) && !run.new_range().is_empty()
        });
        let range = |run: &similar::DiffOp| {
            let range = run.new_range();
            (number(range.start) + 1, number(range.end))
        };
        Some(changed.map(range).collect())
    }
}
