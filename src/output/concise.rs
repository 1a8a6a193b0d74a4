//! One line a finding: `path:line:column: severity[rule/code] message`. Editors and scripts take each line for a finding, so what
//! content was judged by is for whoever runs the program to say, elsewhere.

use std::io::{self, Write};

use super::{Format, Style, escaped, rule_and_code, said};
use crate::finding::Finding;
use crate::report::Report;
use crate::source::Unit;

pub(super) const FORMAT: Format = Format {
    name: "concise",
    about: "one line a finding: path:line:column: severity[rule/code] message",
    write,
};

fn write(report: &Report, _: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        writeln!(out, "{}", line(finding))?;
    }
    Ok(())
}

/// A finding in one line.
pub(super) fn line(finding: &Finding) -> String {
    let source = &finding.location.source;
    let at = source.position(finding.location.span.start, Unit::Char);
    format!(
        "{}:{}:{}: {}[{}] {}",
        escaped(source.path()),
        at.line,
        at.column,
        finding.severity.name(),
        rule_and_code(finding),
        said(finding)
    )
}
