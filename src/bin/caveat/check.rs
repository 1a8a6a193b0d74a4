//! `caveat check`.

use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anstream::ColorChoice;
use caveat::output::{self, Style};
use caveat::project::{Project, Walk, decode, path_name};
use caveat::report::{Report, of_mistakes};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::args::{CheckArgs, Color};
use crate::{Error, Outcome, baseline};

pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, Error> {
    if let Some(jobs) = args.jobs {
        rayon::ThreadPoolBuilder::new()
            .num_threads(jobs)
            .build_global()?;
    }
    let project = Project::load(&args.rules.options(&args.paths)?)?;
    if !project.mistakes.is_empty() {
        write(args, &of_mistakes(project.mistakes, project.as_of))?;
        return Ok(Outcome::Failed);
    }
    let known = baseline::read(args, &project)?;
    let (mut report, failed) = lint(args, &project)?;
    let refused = baseline::settle(args, &project, known, &mut report, failed)?;
    write(args, &report)?;
    Ok(if failed {
        Outcome::Failed
    } else if refused {
        Outcome::Findings
    } else if report.fails(args.fail_on.into()) && !args.exit_zero {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

/// The report, and whether something could not be read.
fn lint(args: &CheckArgs, project: &Project) -> Result<(Report, bool), Error> {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
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
    let files = project.files(&args.paths, &walk)?;
    if let Some(folder) = &args.site {
        return built(args, project, folder.as_ref(), &files);
    }
    let bar = (!args.quiet).then(|| progress(files.len()));
    // only a run over all of the project knows that a waiver waives nothing
    let (report, errors) = project.check(&files, whole(args, project) && args.rules.select.is_empty(), &|| {
        if let Some((bar, start)) = &bar {
            tick(bar, *start);
        }
    });
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
    Ok(project.check_read(decode(path_name(&path, &project.cwd), bytes), &path))
}

fn write(args: &CheckArgs, report: &Report) -> Result<(), Error> {
    let format = output::named(&args.format).expect("clap knows the formats");
    let columns = terminal_size::terminal_size()
        .map(|(width, _)| usize::from(width.0))
        .or_else(|| std::env::var("COLUMNS").ok()?.parse().ok())
        .unwrap_or(100);
    let mut style = Style {
        color: false,
        width: columns.clamp(40, 160),
        quiet: args.quiet,
    };
    if let Some(path) = &args.output {
        let mut bytes = Vec::new();
        (format.write)(report, style, &mut bytes)?;
        return Ok(caveat::project::write_whole(path, &bytes)?);
    }
    style.color = match args.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => anstream::AutoStream::choice(&io::stdout()) != ColorChoice::Never,
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    (format.write)(report, style, &mut out)?;
    Ok(out.flush()?)
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
