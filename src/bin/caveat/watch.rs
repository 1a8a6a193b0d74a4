//! `caveat check --watch`: checks again what a change reaches, until someone stops it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use caveat::output;
use caveat::project::{Page, Project, View};
use caveat::report::of_mistakes;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::args::CheckArgs;
use crate::write::{is_broken_pipe, told, write};
use crate::{Error, Outcome, baseline, check};

/// How long nothing must happen until what happened is looked at.
const QUIET: Duration = Duration::from_millis(60);
/// How long that is waited for.
const LONGEST: Duration = Duration::from_secs(1);

type Events = Receiver<notify::Result<Event>>;

/// What happened on the disk.
enum Happened {
    /// These files and folders changed.
    Changed(Vec<PathBuf>),
    /// More than is known.
    Anything,
}

pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, Error> {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(
            "standard input cannot be watched: give files or folders with `--watch`".into(),
        );
    }
    let (send, events) = channel();
    let mut watching = Watching {
        watcher: notify::recommended_watcher(send)?,
        folders: BTreeSet::new(),
    };
    loop {
        // what a mistake in config keeps from running may be mended
        match Project::load(&args.rules.options(&args.paths)?) {
            Ok(project) => project_at_work(args, project, &mut watching, &events)?,
            Err(error) => {
                // what came before it was watched is read once more, so that no change is missed
                if watching.add(&std::env::current_dir()?)? {
                    continue;
                }
                told(&error.to_string());
                waiting(args);
                next(&events)?;
            }
        }
    }
}

struct Watching {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
}

impl Watching {
    /// Watches a folder; whether it was not watched until now.
    fn add(&mut self, folder: &Path) -> Result<bool, Error> {
        let folder = folder.canonicalize()?;
        if self.folders.iter().any(|of| folder.starts_with(of)) {
            return Ok(false);
        }
        self.watcher
            .watch(&folder, RecursiveMode::Recursive)
            .map_err(|error| format!("cannot watch {}: {error}", folder.display()))?;
        self.folders.insert(folder);
        Ok(true)
    }
}

/// Checks a project again and again until its config or a pack changes.
fn project_at_work(
    args: &CheckArgs,
    mut project: Project,
    watching: &mut Watching,
    events: &Events,
) -> Result<(), Error> {
    // before anything is read, so that no change is missed
    watching.add(project.repository())?;
    for path in &args.paths {
        let path = project.cwd.join(path);
        let folder = path.ancestors().find(|above| above.is_dir());
        watching.add(folder.unwrap_or(&project.cwd))?;
    }
    let mut decides: Vec<PathBuf> = project.read_from().to_vec();
    for path in &decides {
        let folder = path.parent().filter(|folder| folder.is_dir());
        folder.map_or(Ok(false), |folder| watching.add(folder))?;
    }
    let known = baseline::path(args, &project);
    if let Some(folder) = known.as_ref().and_then(|path| path.parent()) {
        watching.add(folder)?;
    }
    decides.extend(known);
    let decides: Vec<PathBuf> = decides.iter().map(|path| real(path)).collect();
    let mut pages: BTreeMap<PathBuf, Page> = BTreeMap::new();
    let mut changed: Vec<PathBuf> = Vec::new();
    let mut first = true;
    loop {
        if project.mistakes.is_empty() {
            if let Err(error) = again(args, &mut project, &mut pages, &changed, first) {
                if is_broken_pipe(&error) {
                    return Err(error);
                }
                told(&error.to_string());
                waiting(args);
            }
        } else {
            clear(args)?;
            let mistakes = std::mem::take(&mut project.mistakes);
            write(args, &of_mistakes(mistakes, project.as_of))?;
            waiting(args);
            // nothing but other files can mend it
            next(events)?;
            return Ok(());
        }
        first = false;
        changed = match next(events)? {
            Happened::Anything => return Ok(()),
            Happened::Changed(paths) => paths,
        };
        let reload = |path: &PathBuf| {
            path.file_name().is_some_and(|name| name == "caveat.toml")
                || decides.iter().any(|of| of.starts_with(path))
        };
        if changed.iter().any(reload) {
            return Ok(());
        }
    }
}

/// Checks what a change reaches, and tells everything.
fn again(
    args: &CheckArgs,
    project: &mut Project,
    pages: &mut BTreeMap<PathBuf, Page>,
    changed: &[PathBuf],
    first: bool,
) -> Result<(), Error> {
    project.see(View::default());
    let files: BTreeSet<PathBuf> = check::files(args, project)?.into_iter().collect();
    let before = pages.len();
    pages.retain(|path, _| files.contains(path));
    let gone = before - pages.len();
    let due: Vec<PathBuf> = files
        .into_iter()
        .filter(|path| {
            pages
                .get(path)
                .is_none_or(|page| page.result.is_err() || project.is_reached(page, changed))
        })
        .collect();
    if due.is_empty() && gone == 0 && !first {
        return Ok(());
    }
    for page in project.pages(&due, true, &|| ()) {
        pages.insert(page.path.clone(), page);
    }
    let whole = check::whole(args, project) && args.rules.select.is_empty();
    let mut report = project.report(pages.values(), whole);
    let errors: Vec<_> = pages
        .values()
        .filter_map(|page| page.result.as_ref().err())
        .collect();
    let known = baseline::read(args, project)?;
    baseline::settle(args, project, known, &mut report, !errors.is_empty(), None)?;
    clear(args)?;
    write(args, &report)?;
    for error in errors {
        told(&error.to_string());
    }
    if !first && !args.quiet {
        let count = due.len();
        told(&format!(
            "checked {count} file{} again{}",
            if count == 1 { "" } else { "s" },
            if gone > 0 {
                format!(", {gone} gone")
            } else {
                String::new()
            }
        ));
    }
    waiting(args);
    Ok(())
}

/// A clean screen where one looks at it, a line between reports where they are kept.
fn clear(args: &CheckArgs) -> io::Result<()> {
    if args.output.is_some() {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    if out.is_terminal() {
        // what was scrolled away stays
        out.write_all(b"\x1b[2J\x1b[H")?;
    } else if output::named(&args.format).is_some_and(|format| format.name == "pretty") {
        writeln!(out, "{}", "-".repeat(40))?;
    }
    out.flush()
}

fn waiting(args: &CheckArgs) {
    if !args.quiet {
        told("waiting for changes; Ctrl-C ends it");
    }
}

/// Waits until something happened, and until nothing more does.
fn next(events: &Events) -> Result<Happened, Error> {
    let mut paths = BTreeSet::new();
    let mut anything = false;
    let mut since: Option<Instant> = None;
    loop {
        let event = match since {
            None => events
                .recv()
                .map_err(|_| "the disk is not watched any more")?,
            Some(since) if since.elapsed() > LONGEST => break,
            Some(_) => match events.recv_timeout(QUIET) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => {
                    return Err("the disk is not watched any more".into());
                }
            },
        };
        match event {
            Ok(event) if event.need_rescan() => anything = true,
            Ok(event) if tells(&event) => {
                let outside = |path: &PathBuf| !path.iter().any(|part| part == ".git");
                paths.extend(event.paths.into_iter().filter(outside));
            }
            Ok(_) => continue,
            // what was lost is not known
            Err(_) => anything = true,
        }
        if anything || !paths.is_empty() {
            since.get_or_insert_with(Instant::now);
        }
    }
    Ok(if anything {
        Happened::Anything
    } else {
        Happened::Changed(paths.into_iter().collect())
    })
}

/// Whether an event may be one of a change: reading is none.
fn tells(event: &Event) -> bool {
    use notify::event::{AccessKind, AccessMode};
    !matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write))
}

/// A path with the links of its folder resolved.
fn real(path: &Path) -> PathBuf {
    let name = path.file_name();
    let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, name) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path.to_path_buf(),
    }
}
