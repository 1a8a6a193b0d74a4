//! `caveat check`.

use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use caveat::output;
use caveat::project::{Project, Walk, decode, path_name};
use caveat::report::{Report, of_mistakes};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::args::CheckArgs;
use crate::write::{write, written};
use crate::{Error, Outcome, baseline, fix};

pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, Error> {
    let written = written(args)?;
    if let Some(jobs) = args.jobs {
        rayon::ThreadPoolBuilder::new()
            .num_threads(jobs)
            .build_global()?;
    }
    if args.unsafe_fixes && !args.fix && !args.diff {
        return Err("`--unsafe-fixes` goes with `--fix` or `--diff`".into());
    }
    let project = Project::load(&args.rules.options(&args.paths)?)?;
    if !project.mistakes.is_empty() {
        write(args, &of_mistakes(project.mistakes, project.as_of))?;
        return Ok(Outcome::Failed);
    }
    let known = baseline::read(args, &project)?;
    let (mut report, mut failed) = lint(args, &project, &written)?;
    let refused = baseline::settle(args, &project, known, &mut report, failed)?;
    if args.diff {
        let fixed = if reads_input(args) {
            project.fixed_texts(&report, args.unsafe_fixes)
        } else {
            project.fixed(&report, args.unsafe_fixes)
        };
        return fix::diff(args, &fixed, failed);
    }
    if args.fix && !reads_input(args) {
        (report, failed) = fix::fix(args, project, &written, report, failed)?;
    }
    write(args, &report)?;
    Ok(if failed {
        Outcome::Failed
    } else if refused || report.fails(args.fail_on.into()) && !args.exit_zero {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

/// Whether the page comes on standard input.
pub(crate) fn reads_input(args: &CheckArgs) -> bool {
    args.paths.iter().any(|path| path.as_os_str() == "-")
}

/// The report, and whether something could not be read.
pub(crate) fn lint(
    args: &CheckArgs,
    project: &Project,
    written: &[PathBuf],
) -> Result<(Report, bool), Error> {
    if reads_input(args) {
        if args.paths.len() > 1 {
            return Err("`-` stands alone: standard input is one file".into());
        }
        return Ok((stdin(args, project)?, false));
    }
    let walk = Walk {
        no_ignore: args.no_ignore,
        exclude: args.exclude.clone(),
        force_exclude: args.force_exclude,
    };
    let mut files = project.files(&args.paths, &walk)?;
    files.retain(|path| !written.contains(path));
    if let Some(folder) = &args.site {
        return built(args, project, folder.as_ref(), &files);
    }
    let bar = (!args.quiet).then(|| progress(files.len()));
    // only a run over all of the project knows that a waiver waives nothing
    let (report, errors) = project.check(
        &files,
        whole(args, project) && args.rules.select.is_empty(),
        &|| {
            if let Some((bar, start)) = &bar {
                tick(bar, *start);
            }
        },
    );
    if let Some((bar, _)) = bar {
        bar.finish_and_clear();
    }
    if files.is_empty() && !args.quiet {
        writeln!(io::stderr(), "caveat: no files to check here")?;
    }
    for error in &errors {
        writeln!(
            io::stderr(),
            "caveat: {}",
            output::escaped(&error.to_string())
        )?;
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
        writeln!(
            io::stderr(),
            "caveat: {} {pages} without words only lead elsewhere",
            built.redirects
        )?;
    }
    for error in &built.errors {
        writeln!(
            io::stderr(),
            "caveat: {}",
            output::escaped(&error.to_string())
        )?;
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
