//! Checkstyle's XML, which many CI servers and reviewdog read. Columns count characters, 1-based.

use std::io::{self, Write};

use super::{Format, Style, rule_and_code, said_with_help, xml};
use crate::finding::Severity;
use crate::report::Report;
use crate::source::Unit;

pub(super) const FORMAT: Format = Format {
    name: "checkstyle",
    about: "Checkstyle's XML, for CI servers that read it",
    write,
};

fn write(report: &Report, _: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    xml::begin(report, out)?;
    writeln!(out, "<checkstyle version=\"4.3\">")?;
    // findings are sorted by path
    for of_file in report
        .findings
        .chunk_by(|a, b| a.location.source.path() == b.location.source.path())
    {
        let path = of_file[0].location.source.path();
        writeln!(out, "  <file name=\"{}\">", xml::text(path))?;
        for finding in of_file {
            let at = &finding.location;
            let at = at.source.position(at.span.start, Unit::Char);
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"{}\"/>",
                at.line,
                at.column,
                match finding.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Note => "info",
                },
                xml::text(&said_with_help(finding)),
                xml::text(&rule_and_code(finding)),
            )?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}
