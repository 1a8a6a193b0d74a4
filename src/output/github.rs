//! Annotations of GitHub Actions: workflow commands on standard output.
//!
//! GitHub shows ten of each severity a step, so the worst come first and the last line counts. It takes columns only of places
//! on one line.

use std::io::{self, Write};

use super::{
    Format, Style, ends, escaped, judged_by, lines, rule_and_code, said_with_help, summed_up,
    worst_first,
};
use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::source::Unit;

pub(super) const FORMAT: Format = Format {
    name: "github",
    about: "annotations on the changed files of a GitHub pull request",
    write,
};

/// How many annotations of a severity GitHub shows of one step.
const SHOWN: usize = 10;

fn write(report: &Report, style: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    for at in worst_first(report) {
        annotation(&report.findings[at], out)?;
    }
    if style.quiet {
        return Ok(());
    }
    writeln!(out, "{}", summed_up(report))?;
    if let Some(judged_by) = judged_by(report) {
        // a line of the log, which annotates nothing
        writeln!(out, "judged by {judged_by}")?;
    }
    let counts = report.counts();
    if [counts.errors, counts.warnings, counts.notes]
        .iter()
        .any(|count| *count > SHOWN)
    {
        writeln!(
            out,
            "GitHub shows {SHOWN} annotations of each severity here; the lines above are all of them"
        )?;
    }
    Ok(())
}

fn annotation(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let (line, last) = lines(&finding.location);
    let (start, end) = ends(&finding.location, Unit::Char);
    let mut place = format!("line={line},endLine={last}");
    if start.line == end.line {
        place += &format!(",col={},endColumn={}", start.column, end.column);
    }
    let mut message = said_with_help(finding);
    if let Some(law) = finding.sources.first() {
        message += &format!("\n{}", escaped(&law.citation));
        if !law.url.is_empty() {
            message += &format!(" {}", escaped(&law.url));
        }
    }
    writeln!(
        out,
        "::{command} file={},{place},title={}::{}",
        property(finding.location.source.path()),
        property(&rule_and_code(finding)),
        data(&message)
    )
}

/// The text of a command. Nothing in it can begin another one: those begin a line.
fn data(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            _ if c.is_control() => out.extend(c.escape_unicode()),
            _ => out.push(c),
        }
    }
    out
}

/// A property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
