//! One line a finding: `path:line:column: severity[rule/code] message`.

use std::io::{self, Write};

use super::{Format, Style, escaped};
use crate::report::Report;
use crate::source::Unit;

pub(super) const FORMAT: Format = Format {
    name: "concise",
    about: "one line a finding: path:line:column: severity[rule/code] message",
    write,
};

fn write(report: &Report, _: Style, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let source = &finding.location.source;
        let at = source.position(finding.location.span.start, Unit::Char);
        let (severity, code) = (finding.severity.name(), finding.code.name());
        writeln!(
            out,
            "{}:{}:{}: {severity}[{}/{code}] {}",
            escaped(source.path()),
            at.line,
            at.column,
            escaped(&finding.rule),
            escaped(&finding.message)
        )?;
    }
    Ok(())
}
