//! The files that git holds: those of the index, those of a commit.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

use super::{Changed, Git, GitError, path_of, text, zero_ended};
use crate::project::LARGEST;
use crate::project::view::{Kind, Loaded};

/// Files as git holds them.
#[derive(Debug)]
pub(in crate::project) struct Snapshot {
    git: Git,
    /// What it is called: `the index`.
    called: String,
    entries: BTreeMap<PathBuf, Held>,
    folders: BTreeSet<PathBuf>,
    /// `git cat-file`, once something is read.
    reader: Mutex<Option<Reader>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Held {
    File(String),
    Link(String),
    /// Another repository, whose files are those of the disk.
    Module,
}

/// Where a path leads.
enum Leads {
    /// To a file or a folder, from the top.
    Inside(PathBuf),
    /// To the disk: into another repository, or out of this one.
    Disk(PathBuf),
}

#[derive(Debug)]
struct Reader {
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Drop for Reader {
    fn drop(&mut self) {
        // it ends by itself when nobody asks any more; whether it has does not matter
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Snapshot {
    /// The files of the index.
    pub(super) fn index(git: &Git) -> Result<Self, GitError> {
        let out = git.run(["ls-files", "--stage", "-z", "--full-name"], &[])?;
        let mut entries = BTreeMap::new();
        for line in zero_ended(&out) {
            let (about, path) = parted(line)?;
            let about = text(about);
            let mut about = about.split(' ');
            let (mode, id, stage) = (about.next(), about.next(), about.next());
            if stage != Some("0") {
                return Err(GitError::Said(format!(
                    "{} is not merged yet, so that nothing can be committed: resolve it and `git add` it",
                    path_of(path).display()
                )));
            }
            entries.extend(held(mode, id).map(|held| (path_of(path), held)));
        }
        // `git add -N` holds a name and no content
        let named = git.run(
            [
                "diff-files",
                "--name-only",
                "-z",
                "--diff-filter=A",
                "--no-relative",
                "--ignore-submodules",
            ],
            &[],
        )?;
        for path in zero_ended(&named) {
            entries.remove(&path_of(path));
        }
        Ok(Self::new(git, "the index".to_owned(), entries))
    }

    /// The files of a commit; none for what came before the first one.
    pub(super) fn commit(git: &Git, commit: Option<&str>) -> Result<Self, GitError> {
        let mut entries = BTreeMap::new();
        if let Some(commit) = commit {
            let out = git.run(["ls-tree", "-r", "-z", "--full-tree", commit], &[])?;
            for line in zero_ended(&out) {
                let (about, path) = parted(line)?;
                let about = text(about);
                let mut about = about.split(' ');
                let (mode, id) = (about.next(), about.nth(1));
                entries.extend(held(mode, id).map(|held| (path_of(path), held)));
            }
        }
        let called = commit.map_or("an empty tree", |commit| commit);
        Ok(Self::new(git, called.to_owned(), entries))
    }

    fn new(git: &Git, called: String, entries: BTreeMap<PathBuf, Held>) -> Self {
        let mut folders = BTreeSet::from([PathBuf::new()]);
        for path in entries.keys() {
            for above in path.ancestors().skip(1) {
                if !folders.insert(above.to_path_buf()) {
                    break;
                }
            }
        }
        Self {
            git: git.clone(),
            called,
            entries,
            folders,
            reader: Mutex::default(),
        }
    }

    /// Every file, as one that was added.
    pub(super) fn everything(of: &Self) -> Vec<(PathBuf, Changed)> {
        let added = |path: &PathBuf| (path.clone(), Changed::ADDED);
        of.entries.keys().map(added).collect()
    }

    fn missing(&self, path: &Path) -> io::Error {
        let help = if path.exists() {
            ": it is on the disk alone, `git add` it"
        } else {
            ""
        };
        io::Error::new(
            io::ErrorKind::NotFound,
            format!("it is not in {}{help}", self.called),
        )
    }

    /// Where a path leads, once every link is followed.
    fn leads(&self, path: &Path) -> io::Result<Leads> {
        const MOST_LINKS: usize = 40;
        let Some(from_top) = super::inside(&self.git.top, path) else {
            return Ok(Leads::Disk(path.to_path_buf()));
        };
        let mut rest: Vec<PathBuf> = parts(&from_top);
        let (mut at, mut links) = (PathBuf::new(), 0);
        while let Some(part) = rest.pop() {
            if part == Path::new("..") {
                if !at.pop() {
                    rest.reverse();
                    let outside = self
                        .git
                        .top
                        .join("..")
                        .join(rest.iter().collect::<PathBuf>());
                    return Ok(Leads::Disk(outside));
                }
                continue;
            }
            let next = at.join(&part);
            match self.entries.get(&next) {
                Some(Held::File(_)) if rest.is_empty() => return Ok(Leads::Inside(next)),
                Some(Held::File(_)) => return Err(self.missing(path)),
                Some(Held::Module) => {
                    let within: PathBuf = rest.iter().rev().collect();
                    return Ok(Leads::Disk(self.git.top.join(next).join(within)));
                }
                Some(Held::Link(id)) => {
                    links += 1;
                    if links > MOST_LINKS {
                        return Err(io::Error::other("too many links"));
                    }
                    let Loaded::Bytes(target) = self.blob(id)? else {
                        return Err(self.missing(path));
                    };
                    let target = path_of(&target);
                    if target.is_absolute() {
                        let Some(from_top) = super::inside(&self.git.top, &target) else {
                            let within: PathBuf = rest.iter().rev().collect();
                            return Ok(Leads::Disk(target.join(within)));
                        };
                        at = PathBuf::new();
                        rest.extend(parts(&from_top));
                        continue;
                    }
                    rest.extend(parts(&target));
                }
                None if self.folders.contains(&next) => at = next,
                None => return Err(self.missing(path)),
            }
        }
        Ok(Leads::Inside(at))
    }

    /// Where a path leads on the disk, once every link is followed.
    pub(in crate::project) fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        match self.leads(path)? {
            Leads::Inside(path) if path.as_os_str().is_empty() => Ok(self.git.top.clone()),
            Leads::Inside(path) => Ok(self.git.top.join(path)),
            Leads::Disk(path) => path.canonicalize(),
        }
    }

    /// What stands there, links followed.
    pub(in crate::project) fn kind(&self, path: &Path) -> Option<Kind> {
        match self.leads(path).ok()? {
            Leads::Inside(path) => Some(match self.entries.get(&path) {
                Some(_) => Kind::File,
                None => Kind::Folder,
            }),
            Leads::Disk(path) => Kind::on_disk(&path),
        }
    }

    /// Whether a link stands there.
    pub(in crate::project) fn is_link(&self, path: &Path) -> bool {
        super::inside(&self.git.top, path)
            .and_then(|path| self.entries.get(&path))
            .is_some_and(|held| matches!(held, Held::Link(_)))
    }

    /// What a file holds.
    pub(in crate::project) fn load(&self, path: &Path) -> io::Result<Loaded> {
        match self.leads(path)? {
            Leads::Disk(path) => Loaded::from_disk(&path),
            Leads::Inside(inside) => match self.entries.get(&inside) {
                Some(Held::File(id)) => self.blob(id),
                _ => Err(io::Error::other("no file")),
            },
        }
    }

    /// The plain files below a folder, in order of their paths; of other repositories those that the disk has.
    pub(in crate::project) fn below(&self, folder: &Path) -> Vec<PathBuf> {
        let Ok(Leads::Inside(from)) = self.leads(folder) else {
            return Vec::new();
        };
        let within = self.entries.range(from.clone()..);
        let mut all = Vec::new();
        for (path, held) in within.take_while(|(path, _)| path.starts_with(&from)) {
            let Ok(rest) = path.strip_prefix(&from) else {
                continue;
            };
            if rest.iter().any(|part| part == "node_modules") {
                continue;
            }
            match held {
                Held::File(_) => all.push(folder.join(rest)),
                Held::Module => all.extend(crate::project::view::on_disk(&folder.join(rest))),
                Held::Link(_) => {}
            }
        }
        all
    }

    fn blob(&self, id: &str) -> io::Result<Loaded> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        if reader.is_none() {
            *reader = Some(Reader::start(&self.git)?);
        }
        let read = reader.as_mut().map(|reader| reader.blob(id));
        // after half an answer the next one cannot be told
        match read {
            Some(Ok(loaded)) => Ok(loaded),
            Some(Err(wrong)) => {
                *reader = None;
                Err(wrong)
            }
            None => Err(io::Error::other("git cat-file does not run")),
        }
    }
}

impl Reader {
    fn start(git: &Git) -> io::Result<Self> {
        let mut child = git
            .command()
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let none = || io::Error::other("git cat-file has no pipes");
        Ok(Self {
            asks: child.stdin.take().ok_or_else(none)?,
            answers: BufReader::new(child.stdout.take().ok_or_else(none)?),
            child,
        })
    }

    fn blob(&mut self, id: &str) -> io::Result<Loaded> {
        self.asks.write_all(format!("{id}\n").as_bytes())?;
        self.asks.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let size = match head.split_whitespace().collect::<Vec<_>>()[..] {
            [_, "blob", size] => size.parse::<u64>().ok(),
            _ => None,
        };
        let size = size.ok_or_else(|| {
            io::Error::other(format!(
                "git does not hold the content {id}: {}",
                head.trim()
            ))
        })?;
        if size > LARGEST {
            io::copy(&mut (&mut self.answers).take(size + 1), &mut io::sink())?;
            return Ok(Loaded::TooLarge(size));
        }
        let mut bytes = vec![0; usize::try_from(size).unwrap_or_default()];
        self.answers.read_exact(&mut bytes)?;
        self.answers.read_exact(&mut [0])?;
        Ok(Loaded::Bytes(bytes))
    }
}

/// The parts of a path, the last first.
fn parts(path: &Path) -> Vec<PathBuf> {
    path.components()
        .filter(|part| !matches!(part, Component::CurDir))
        .map(|part| PathBuf::from(part.as_os_str()))
        .rev()
        .collect()
}

/// What stands before and after the first tab.
fn parted(line: &[u8]) -> Result<(&[u8], &[u8]), GitError> {
    let at = line.iter().position(|byte| *byte == b'\t');
    at.map(|at| (&line[..at], &line[at + 1..]))
        .ok_or_else(|| GitError::Said("git lists what cannot be read".to_owned()))
}

fn held(mode: Option<&str>, id: Option<&str>) -> Option<Held> {
    let id = id?.to_owned();
    Some(match mode? {
        "120000" => Held::Link(id),
        "160000" => Held::Module,
        _ => Held::File(id),
    })
}
