//! `--staged`, `--since` and `--changed-lines`: what git says is to be checked.

use caveat::project::git::{Changes, Git};
use caveat::project::{New, Options, path_name};
use caveat::report::Report;

use crate::Error;
use crate::args::CheckArgs;
use crate::write::told;

/// What changed, when only that is to be checked; files are read from the index where that is what is checked.
pub(crate) fn of(args: &CheckArgs, options: &mut Options) -> Result<Option<Changes>, Error> {
    if !args.staged && args.since.is_none() {
        return if args.changed_lines {
            Err("`--changed-lines` needs `--staged` or `--since REV`".into())
        } else {
            Ok(None)
        };
    }
    if args.staged && args.fix {
        return Err(
            "`--fix` mends files on the disk, not what is staged: `--staged --diff` shows what it would change; or run `--fix` without `--staged`, then `git add`"
                .into(),
        );
    }
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(
            "standard input has no history: `-` stands with neither `--staged` nor `--since`"
                .into(),
        );
    }
    let first = args.paths.first().ok_or("no path is named")?;
    let git = Git::of(&options.cwd.join(first), &options.cwd)?;
    for path in &args.paths {
        let path = options.cwd.join(path);
        if !git.holds(&path) {
            return Err(format!(
                "{} does not lie in the same repository as {}",
                path_name(&path, &options.cwd),
                first.display()
            )
            .into());
        }
    }
    Ok(Some(match &args.since {
        Some(revision) => git.since(revision)?,
        None => {
            let (view, changes) = git.staged()?;
            options.view = view;
            changes
        }
    }))
}

/// Keeps what is new, and says how much is not.
pub(crate) fn keep(args: &CheckArgs, report: &mut Report, new: &New) {
    let before = report.findings.len();
    report.findings.retain(|finding| new.has(finding));
    let other = before - report.findings.len();
    if other > 0 && !args.quiet {
        let findings = if other == 1 { "finding" } else { "findings" };
        told(&format!(
            "{other} {findings} on unchanged lines of these files"
        ));
    }
}
