//! `caveat check`.

use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use caveat::project::git::Changes;
use caveat::project::{Project, Walk, decode, path_name};
use caveat::report::{Report, of_mistakes};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::args::CheckArgs;
use crate::write::{told, write, written};
use crate::{Error, Outcome, baseline, changes, fix, watch};

pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, Error> {
    written(args)?;
    if let Some(jobs) = args.jobs {
        rayon::ThreadPoolBuilder::new()
            .num_threads(jobs)
            .build_global()?;
    }
    if args.unsafe_fixes && !args.fix && !args.diff {
        return Err("`--unsafe-fixes` goes with `--fix` or `--diff`".into());
    }
    if args.watch {
        return watch::run(args);
    }
    let mut checked = match check(args)? {
        Ok(checked) => checked,
        Err(mistakes) => {
            write(args, &mistakes)?;
            return Ok(Outcome::Failed);
        }
    };
    if args.diff {
        let Checked {
            project, report, ..
        } = &checked;
        let fixed = if reads_input(args) {
            project.fixed_texts(report, args.unsafe_fixes)
        } else {
            project.fixed(report, args.unsafe_fixes)
        };
        return fix::diff(args, &fixed, checked.failed);
    }
    if args.fix && !reads_input(args) {
        checked = fix::fix(args, checked)?;
    }
    let Checked {
        project,
        report,
        failed,
        refused,
    } = checked;
    write(args, &report)?;
    let outcome = if failed {
        Outcome::Failed
    } else if refused || report.fails(args.fail_on.into()) && !args.exit_zero {
        Outcome::Findings
    } else {
        Outcome::Clean
    };
    // the system takes back all memory at once: rules and reports have many small parts
    std::mem::forget((project, report));
    Ok(outcome)
}

/// What one look at the files comes to.
pub(crate) struct Checked {
    pub(crate) project: Project,
    pub(crate) report: Report,
    /// Something could not be read.
    pub(crate) failed: bool,
    /// The baseline does not take all that is new.
    pub(crate) refused: bool,
}

/// Looks at the files once; a report of mistakes where config or packs have some.
pub(crate) fn check(args: &CheckArgs) -> Result<Result<Checked, Report>, Error> {
    let mut options = args.rules.options(&args.paths)?;
    let changes = changes::of(args, &mut options)?;
    let mut project = Project::load(&options)?;
    if !project.mistakes.is_empty() {
        return Ok(Err(of_mistakes(project.mistakes, project.as_of)));
    }
    let known = baseline::read(args, &project)?;
    let (mut report, failed) = lint(args, &project, changes.as_ref())?;
    let new = changes
        .filter(|_| args.changed_lines)
        .map(|changes| project.new_findings(&report, &changes));
    let refused = baseline::settle(args, &project, known, &mut report, failed, new.as_ref())?;
    if let Some(new) = new {
        changes::keep(args, &mut report, &new);
    }
    Ok(Ok(Checked {
        project,
        report,
        failed,
        refused,
    }))
}

/// Whether the page comes on standard input.
pub(crate) fn reads_input(args: &CheckArgs) -> bool {
    args.paths.iter().any(|path| path.as_os_str() == "-")
}

/// The files to look at.
pub(crate) fn files(args: &CheckArgs, project: &Project) -> Result<Vec<PathBuf>, Error> {
    let written = written(args)?;
    let mut files = project.files(
        &args.paths,
        &Walk {
            no_ignore: args.no_ignore,
            exclude: args.exclude.clone(),
            force_exclude: args.force_exclude,
        },
    )?;
    files.retain(|path| !written.contains(path));
    Ok(files)
}

/// The report, and whether something could not be read.
fn lint(
    args: &CheckArgs,
    project: &Project,
    changes: Option<&Changes>,
) -> Result<(Report, bool), Error> {
    if reads_input(args) {
        if args.paths.len() > 1 {
            return Err("`-` stands alone: standard input is one file".into());
        }
        return Ok((stdin(args, project)?, false));
    }
    let files = files(args, project)?;
    if let Some(folder) = &args.site {
        return built(args, project, folder.as_ref(), &files);
    }
    let bar = (!args.quiet).then(|| progress(files.len()));
    let done = || {
        if let Some((bar, start)) = &bar {
            tick(bar, *start);
        }
    };
    let (report, errors) = match changes {
        Some(changes) => project.check_changed(&files, changes, &done),
        // only a run over all of the project knows that a waiver waives nothing
        None => project.check(
            &files,
            whole(args, project) && args.rules.select.is_empty(),
            &done,
        ),
    };
    if let Some((bar, _)) = bar {
        bar.finish_and_clear();
    }
    if files.is_empty() && !args.quiet {
        told("no files to check here");
    }
    for error in &errors {
        told(&error.to_string());
    }
    Ok((report, !errors.is_empty()))
}

/// Whether the run is over all of the project.
pub(crate) fn whole(args: &CheckArgs, project: &Project) -> bool {
    args.paths.iter().any(|path| {
        project.root.starts_with(project.cwd.join(path))
            || project.cwd.join(path) == project.root.join(".")
    })
}

/// The report of a built site.
fn built(
    args: &CheckArgs,
    project: &Project,
    folder: Option<&PathBuf>,
    content: &[PathBuf],
) -> Result<(Report, bool), Error> {
    let named = project.config.site.folder.as_ref();
    let folder = match (folder, named) {
        (Some(folder), _) => folder.clone(),
        (None, Some(folder)) => project.root.join(folder),
        (None, None) => {
            return Err("`--site` needs the folder of the built site: `--site public`, or `folder` under [site] in caveat.toml".into());
        }
    };
    let built = project.check_built(&folder, content)?;
    if built.redirects > 0 && !args.quiet {
        let pages = if built.redirects == 1 {
            "page"
        } else {
            "pages"
        };
        told(&format!(
            "{} {pages} without words only lead elsewhere",
            built.redirects
        ));
    }
    for error in &built.errors {
        told(&error.to_string());
    }
    Ok((built.report, !built.errors.is_empty()))
}

fn stdin(args: &CheckArgs, project: &Project) -> Result<Report, Error> {
    let name = args
        .stdin_filename
        .clone()
        .ok_or("standard input needs a name: give `--stdin-filename PATH`")?;
    let path: PathBuf = project.cwd.join(&name);
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(caveat::project::LARGEST + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > caveat::project::LARGEST {
        return Err(format!(
            "standard input is larger than {} bytes",
            caveat::project::LARGEST
        )
        .into());
    }
    let read = decode(path_name(&path, &project.cwd), bytes);
    let source = read.as_ref().ok().map(Arc::clone);
    let report = project.check_read(read, &path);
    match source {
        Some(source) if args.fix => fix::fix_read(args, project, &path, &source, report),
        _ => Ok(report),
    }
}

/// A bar that shows itself on a terminal when the work takes more than a second.
fn progress(files: usize) -> (ProgressBar, Instant) {
    let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files") {
        bar.set_style(style);
    }
    (bar, Instant::now())
}

fn tick(bar: &ProgressBar, start: Instant) {
    bar.inc(1);
    if bar.is_hidden() && start.elapsed() > Duration::from_secs(1) && io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::stderr());
    }
}
