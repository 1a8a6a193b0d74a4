//! reviewdog's diagnostic format. Columns count bytes of UTF-8, 1-based; ends are exclusive.
//!
//! It has no room for further keys. What content was judged by stands in `original_output`, which reviewdog shows on demand, below
//! the finding as people read it.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Format, Style, concise, ends, judged_by, rule_and_code, said_with_help};
use crate::finding::{Finding, Fix, Severity};
use crate::report::Report;
use crate::source::{Location, Position, Span, Unit};

pub(super) const FORMAT: Format = Format {
    name: "rdjson",
    about: "reviewdog's diagnostic format, with repairs as suggestions",
    write,
};

fn write(report: &Report, _: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let judged_by = judged_by(report);
    let findings = report.findings.iter();
    let diagnostics: Vec<_> = findings
        .map(|finding| diagnostic(finding, judged_by.as_deref()))
        .collect();
    let root = json!({ "source": { "name": "caveat" }, "diagnostics": diagnostics });
    serde_json::to_writer_pretty(&mut *out, &root)?;
    writeln!(out)
}

fn diagnostic(finding: &Finding, judged_by: Option<&str>) -> Value {
    let mut code = json!({ "value": rule_and_code(finding) });
    if let Some(law) = finding.sources.iter().find(|law| !law.url.is_empty()) {
        code["url"] = json!(law.url);
    }
    let mut of = json!({
        "message": said_with_help(finding),
        "location": { "path": finding.location.source.path(), "range": range(&finding.location) },
        "severity": match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Note => "INFO",
        },
        "code": code,
        "original_output": match judged_by {
            Some(judged_by) => format!("{}\njudged by {judged_by}", concise::line(finding)),
            None => concise::line(finding),
        },
    });
    let suggestion = finding
        .fix
        .as_ref()
        .and_then(|fix| suggestion(finding, fix));
    if let Some(suggestion) = suggestion {
        of["suggestions"] = json!([suggestion]);
    }
    of
}

/// A fix as one suggestion: several are alternatives to each other, so the edits become one, from the first to the last, with the
/// text between them kept. None when an edit lies in another file, which a suggestion cannot say.
fn suggestion(finding: &Finding, fix: &Fix) -> Option<Value> {
    let source = &finding.location.source;
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| edit.location.span);
    let here = |location: &Location| location.source.path() == source.path();
    if edits.is_empty() || !edits.iter().all(|edit| here(&edit.location)) {
        return None;
    }
    let first = edits[0].location.span;
    let (mut text, mut at) = (String::new(), first.start);
    for edit in edits {
        let span = edit.location.span;
        let between = Span {
            start: at,
            end: span.start,
        };
        text += source.slice(between);
        text += &edit.text;
        at = span.end;
    }
    let whole = Location::new(
        source,
        Span {
            start: first.start,
            end: at,
        },
    );
    Some(json!({ "range": range(&whole), "text": text }))
}

fn range(of: &Location) -> Value {
    let (start, end) = ends(of, Unit::Byte);
    let at = |of: Position| json!({ "line": of.line, "column": of.column });
    json!({ "start": at(start), "end": at(end) })
}
