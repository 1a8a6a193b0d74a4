//! JUnit's XML: a suite is a file, a test case a finding; a file without findings is one case that passes.
//!
//! What could not be judged is an `error`, every other finding a `failure` whose `type` is its severity.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Format, Style, escaped, rule_and_code, said, shortened, xml};
use crate::finding::{Code, Finding};
use crate::lint::Waived;
use crate::report::Report;
use crate::source::Unit;

pub(super) const FORMAT: Format = Format {
    name: "junit",
    about: "JUnit's XML: files are suites, findings are tests that fail",
    write,
};

/// Characters of a finding's text that are told.
const LONGEST_TEXT: usize = 1_000;

/// What is told of a file.
#[derive(Default)]
struct Suite<'a> {
    findings: Vec<&'a Finding>,
    waived: Vec<&'a Waived>,
}

impl Suite<'_> {
    /// Tests, failures, errors, skipped.
    fn counts(&self) -> [usize; 4] {
        let errors = self.findings.iter().filter(|of| is_error(of)).count();
        [
            (self.findings.len() + self.waived.len()).max(1),
            self.findings.len() - errors,
            errors,
            self.waived.len(),
        ]
    }
}

fn is_error(finding: &Finding) -> bool {
    matches!(finding.code, Code::Unverifiable | Code::Config)
}

fn write(report: &Report, style: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut suites: BTreeMap<&str, Suite<'_>> = report
        .files
        .iter()
        .map(|path| (path.as_str(), Suite::default()))
        .collect();
    for finding in &report.findings {
        let path = finding.location.source.path();
        suites.entry(path).or_default().findings.push(finding);
    }
    for waived in report.waived.iter().filter(|_| style.waived) {
        let path = waived.finding.location.source.path();
        suites.entry(path).or_default().waived.push(waived);
    }
    let mut all = [0; 4];
    for suite in suites.values() {
        for (sum, count) in all.iter_mut().zip(suite.counts()) {
            *sum += count;
        }
    }
    xml::begin(report, out)?;
    writeln!(out, "<testsuites name=\"caveat\"{}>", counted(all))?;
    for (path, suite) in &suites {
        let path = xml::text(path);
        writeln!(
            out,
            "  <testsuite name=\"{path}\"{}>",
            counted(suite.counts())
        )?;
        for finding in &suite.findings {
            case(finding, None, out)?;
        }
        for waived in &suite.waived {
            case(&waived.finding, Some(waived), out)?;
        }
        if suite.findings.is_empty() && suite.waived.is_empty() {
            writeln!(
                out,
                "    <testcase name=\"nothing found\" classname=\"{path}\" file=\"{path}\"/>"
            )?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn counted([tests, failures, errors, skipped]: [usize; 4]) -> String {
    format!(" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\"")
}

fn case(finding: &Finding, waived: Option<&Waived>, out: &mut dyn Write) -> io::Result<()> {
    let source = &finding.location.source;
    let path = xml::text(source.path());
    let at = source.position(finding.location.span.start, Unit::Char);
    let (line, column) = (at.line, at.column);
    let name = xml::text(&rule_and_code(finding));
    writeln!(
        out,
        "    <testcase name=\"{name} at {line}:{column}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\">"
    )?;
    let said = xml::text(&said(finding));
    if let Some(waived) = waived {
        let reason = xml::text(&escaped(&waived.reason));
        writeln!(
            out,
            "      <skipped message=\"waived: {reason}\">{said}</skipped>"
        )?;
    } else {
        let element = if is_error(finding) {
            "error"
        } else {
            "failure"
        };
        let severity = finding.severity.name();
        write!(
            out,
            "      <{element} type=\"{severity}\" message=\"{said}\">"
        )?;
        writeln!(out, "{path}:{line}:{column}: {said}")?;
        for text in told(finding) {
            writeln!(out, "{}", xml::text(&text))?;
        }
        writeln!(out, "</{element}>")?;
    }
    writeln!(out, "    </testcase>")
}

/// What else a person needs, a line each.
fn told(finding: &Finding) -> Vec<String> {
    let mut told = Vec::new();
    let text = escaped(finding.location.text());
    if !text.is_empty() {
        told.push(format!("text: {}", shortened(&text, LONGEST_TEXT)));
    }
    if let Some(help) = &finding.help {
        told.push(format!("help: {}", escaped(help)));
    }
    for law in &finding.sources {
        told.push(
            format!("law: {} {}", escaped(&law.citation), escaped(&law.url))
                .trim_end()
                .to_owned(),
        );
    }
    told
}
