//! GitLab's code quality report. GitLab shows only the first of findings with equal fingerprints: those of a report all differ.
//!
//! It is a list of findings and nothing besides, so each says what it was judged by: GitLab's schema lets a finding have further keys.

use std::io::{self, Write};

use serde_json::json;

use super::{Format, Style, ends, judged_by, rule_and_code, said_with_help};
use crate::finding::Severity;
use crate::report::{Report, fingerprints};
use crate::source::{Position, Unit};

pub(super) const FORMAT: Format = Format {
    name: "gitlab",
    about: "a code quality report of GitLab",
    write,
};

fn write(report: &Report, _: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let judged_by = judged_by(report);
    let issues: Vec<_> = report
        .findings
        .iter()
        .zip(fingerprints(report.findings.iter()))
        .map(|(finding, fingerprint)| {
            let (start, end) = ends(&finding.location, Unit::Char);
            let at = |of: Position| json!({ "line": of.line, "column": of.column });
            json!({
                // GitLab asks for neither, others that read Code Climate's format do
                "type": "issue",
                "categories": ["Bug Risk"],
                "description": said_with_help(finding),
                "check_name": rule_and_code(finding),
                "fingerprint": fingerprint,
                "severity": match finding.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Note => "info",
                },
                "location": {
                    "path": finding.location.source.path(),
                    "positions": { "begin": at(start), "end": at(end) },
                },
                "judged_by": judged_by,
            })
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}
