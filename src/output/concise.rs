//! One line a finding: `path:line:column: severity[rule/code] message`.

use std::io::{self, Write};

use super::{Format, Style, escaped, shown_key};
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
        let key = finding.key.as_deref();
        let key = key.map_or_else(String::new, |key| format!(" (in `{}`)", shown_key(key)));
        let (severity, code) = (finding.severity.name(), finding.code.name());
        writeln!(
            out,
            "{}:{}:{}: {severity}[{}/{code}] {}{key}",
            escaped(source.path()),
            at.line,
            at.column,
            escaped(&finding.rule),
            escaped(&finding.message)
        )?;
    }
    Ok(())
}
