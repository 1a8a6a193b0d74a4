//! `caveat check --fix` and `--diff`.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use caveat::output;
use caveat::project::{Fixed, Project};
use caveat::report::Report;
use caveat::source::Source;
use similar::TextDiff;

use crate::args::CheckArgs;
use crate::check::{Checked, check};
use crate::write::told;
use crate::{Error, Outcome};

/// A fix may make room for another: a text that is put at the end of a page for the one that goes there too.
const PASSES: usize = 10;

/// Applies fixes until there are none: what is left.
pub(crate) fn fix(args: &CheckArgs, checked: Checked) -> Result<Checked, Error> {
    let mut checked = checked;
    let (mut fixes, mut files) = (0, std::collections::BTreeSet::new());
    for _ in 0..PASSES {
        let fixed = checked.project.fixed(&checked.report, args.unsafe_fixes);
        let mut written = 0;
        let mut left = false;
        for file in &fixed {
            match file.write() {
                Ok(()) => {
                    written += 1;
                    fixes += file.fixes;
                    files.insert(file.path.clone());
                }
                Err(error) => {
                    left = true;
                    told(&error.to_string());
                }
            }
        }
        let failed = checked.failed || left;
        if written > 0 {
            // what was read before stands no more
            checked = match check(args)? {
                Ok(checked) => checked,
                Err(_) => return Err("a fix made a mistake in a rule pack or in config".into()),
            };
        }
        checked.failed |= failed;
        if written == 0 || left {
            break;
        }
    }
    if !args.quiet && fixes > 0 {
        told(&format!(
            "fixed {} in {}",
            many(fixes, "finding"),
            many(files.len(), "file")
        ));
    }
    Ok(checked)
}

/// Fixes what came on standard input and writes it to standard output, whether it changed or not: what is left.
pub(crate) fn fix_read(
    args: &CheckArgs,
    project: &Project,
    path: &Path,
    source: &Arc<Source>,
    report: Report,
) -> Result<Report, Error> {
    let (mut report, mut source) = (report, Arc::clone(source));
    for _ in 0..PASSES {
        let fixed = project.fixed_texts(&report, args.unsafe_fixes);
        let own = fixed
            .into_iter()
            .find(|file| file.before.path() == source.path());
        let Some(own) = own else { break };
        source = Arc::new(Source::new(source.path(), own.after));
        report = project.check_read(Ok(Arc::clone(&source)), path);
    }
    io::stdout().write_all(source.text().as_bytes())?;
    Ok(report)
}

/// Shows what fixes would change.
pub(crate) fn diff(args: &CheckArgs, fixed: &[Fixed], failed: bool) -> Result<Outcome, Error> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let shown = io::stdout().is_terminal();
    for file in fixed {
        let name = file.before.path();
        let diff = TextDiff::from_lines(file.before.text(), file.after.as_str())
            .unified_diff()
            .header(&format!("a/{name}"), &format!("b/{name}"))
            .to_string();
        if shown {
            // a patch must be the file's own bytes; a terminal must not obey them
            for line in diff.lines() {
                writeln!(out, "{}", output::escaped(line))?;
            }
        } else {
            out.write_all(diff.as_bytes())?;
        }
    }
    out.flush()?;
    if !args.quiet {
        let fixes: usize = fixed.iter().map(|file| file.fixes).sum();
        let says = if fixes == 0 {
            "there is nothing to fix".to_owned()
        } else {
            format!(
                "would fix {} in {}",
                many(fixes, "finding"),
                many(fixed.len(), "file")
            )
        };
        told(&says);
    }
    Ok(match (failed, fixed.is_empty()) {
        (true, _) => Outcome::Failed,
        (false, false) => Outcome::Findings,
        (false, true) => Outcome::Clean,
    })
}

/// "1 file", "2 files".
pub(crate) fn many(count: usize, of: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {of}{s}")
}
