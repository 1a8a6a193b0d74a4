//! The baseline of `caveat check`: which file, when it is read and when it is written.

use std::io::{self, Write};
use std::path::PathBuf;

use caveat::project::baseline::{Baseline, FILE, Looked};
use caveat::project::{New, Project, View, path_name, write_whole};
use caveat::report::Report;

use crate::Error;
use crate::args::CheckArgs;

/// The baseline of a run, and where it lies.
pub(crate) struct Known {
    path: PathBuf,
    /// None for a file that is to be written for the first time.
    held: Option<Baseline>,
}

/// The file of the baseline: the one that the command line or config names. None when neither does.
pub(crate) fn path(args: &CheckArgs, project: &Project) -> Option<PathBuf> {
    let configured = || Some(project.root.join(project.config.baseline.as_ref()?));
    let default = || args.write_baseline.then(|| project.root.join(FILE));
    let named = args.baseline.as_ref().map(|path| project.cwd.join(path));
    named.or_else(configured).or_else(default)
}

/// Reads the baseline. None when nothing names one.
pub(crate) fn read(args: &CheckArgs, project: &Project) -> Result<Option<Known>, Error> {
    let Some(path) = path(args, project) else {
        return Ok(None);
    };
    // what someone names may be of the disk alone, what config names is committed with it
    let disk = View::default();
    let view = if args.baseline.is_some() {
        &disk
    } else {
        project.view()
    };
    let held = Baseline::read(&path, &project.cwd, view)?;
    if held.is_none() && !args.write_baseline {
        return Err(format!(
            "there is no baseline {}: write it with `caveat check --write-baseline`",
            path_name(&path, &project.cwd)
        )
        .into());
    }
    Ok(Some(Known { path, held }))
}

/// Takes what is known out of the report, or writes what is to be known. Whether new findings were refused.
pub(crate) fn settle(
    args: &CheckArgs,
    project: &Project,
    known: Option<Known>,
    report: &mut Report,
    failed: bool,
    new: Option<&New>,
) -> Result<bool, Error> {
    let Some(Known { path, held }) = known else {
        return Ok(false);
    };
    let rules = &args.rules;
    let looked = Looked {
        whole: crate::check::whole(args, project)
            && args.exclude.is_empty()
            && args.site.is_none()
            && !args.staged
            && args.since.is_none(),
        all_rules: [&rules.select, &rules.ignore, &rules.packs]
            .iter()
            .all(|of| of.is_empty()),
    };
    if !args.write_baseline {
        if let Some(held) = held {
            held.apply(report, project, looked, &|finding| {
                new.is_none_or(|new| new.has(finding))
            });
        }
        return Ok(false);
    }
    let name = path_name(&path, &project.cwd);
    let mut err = io::stderr();
    if failed {
        writeln!(
            err,
            "caveat: {name} is not written, for not every file could be read"
        )?;
        return Ok(false);
    }
    let first = held.is_none();
    let held = held.unwrap_or_else(|| Baseline::empty(name.clone()));
    let update = held.update(report, project, looked, first || args.accept_new);
    if first || update.gone + update.added > 0 {
        write_whole(&path, update.text.as_bytes())
            .map_err(|error| format!("cannot write {name}: {error}"))?;
    }
    let refused = Baseline::could_hold(report, project);
    if !args.quiet {
        writeln!(
            err,
            "caveat: {name} holds {}: {} added, {} gone",
            findings(update.held),
            update.added,
            update.gone
        )?;
        if first && args.baseline.is_none() && project.config.baseline.is_none() {
            writeln!(
                err,
                "caveat: name it in caveat.toml with `baseline = \"{FILE}\"`, or in a run with `--baseline {name}`"
            )?;
        }
    }
    if refused > 0 {
        writeln!(
            err,
            "caveat: {} not in the baseline and not added: mend them, or add them with `--accept-new`",
            if refused == 1 {
                "1 finding is".to_owned()
            } else {
                format!("{refused} findings are")
            }
        )?;
    }
    Ok(refused > 0)
}

fn findings(count: usize) -> String {
    format!("{count} finding{}", if count == 1 { "" } else { "s" })
}
