//! JSON, version 1: a contract. PRODUCT.md describes it; nothing here is derived from the model.

use std::io::{self, Write};

use serde::Serialize;

use super::{Format, Style};
use crate::finding::{Finding, Related, Safety, Severity};
use crate::report::{Changed, Judge, Report, fingerprints};
use crate::source::{Location, Unit};

pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "the whole report: findings, what was waived, what was met and by which text",
    write,
};

#[derive(Serialize)]
struct Root<'a> {
    version: u32,
    tool: Tool,
    as_of: String,
    packs: Vec<JsonJudge<'a>>,
    /// The caveat.toml that was read, if there is one.
    config: Option<JsonJudge<'a>>,
    /// Rules that are not as their authors wrote them.
    changed: Vec<JsonChanged<'a>>,
    summary: Summary,
    findings: Vec<JsonFinding<'a>>,
    waived: Vec<JsonWaived<'a>>,
    met: Vec<JsonMet<'a>>,
    /// When a baseline was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    baselined: Option<Vec<JsonFinding<'a>>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// A file that content was judged by.
#[derive(Serialize)]
struct JsonJudge<'a> {
    name: &'a str,
    /// None for a pack that is built in.
    path: Option<&'a str>,
    hash: &'a str,
}

#[derive(Serialize)]
struct JsonChanged<'a> {
    rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<JsonSeverities>,
    /// Where, each as `path:line`.
    at: Vec<String>,
}

#[derive(Serialize)]
struct JsonSeverities {
    from: &'static str,
    to: &'static str,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    waived: usize,
    unverifiable: usize,
    /// When a baseline was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    baselined: Option<usize>,
}

#[derive(Serialize)]
pub(super) struct JsonFinding<'a> {
    rule: &'a str,
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    path: &'a str,
    /// The key path, in content data.
    key: Option<&'a str>,
    span: JsonSpan,
    text: &'a str,
    related: Vec<JsonRelated<'a>>,
    sources: Vec<JsonSource<'a>>,
    fix: Option<JsonFix<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct JsonSpan {
    start: u64,
    end: u64,
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    message: &'a str,
    path: &'a str,
    span: JsonSpan,
    text: &'a str,
}

#[derive(Serialize)]
struct JsonSource<'a> {
    citation: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<JsonEdit<'a>>,
}

#[derive(Serialize)]
struct JsonEdit<'a> {
    path: &'a str,
    start: u64,
    end: u64,
    text: &'a str,
}

#[derive(Serialize)]
struct JsonWaived<'a> {
    #[serde(flatten)]
    finding: JsonFinding<'a>,
    reason: &'a str,
    owner: Option<&'a str>,
    expires: Option<String>,
    by: JsonPlace<'a>,
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    path: &'a str,
    span: JsonSpan,
}

#[derive(Serialize)]
struct JsonMet<'a> {
    rule: &'a str,
    path: &'a str,
    key: Option<&'a str>,
    span: JsonSpan,
    text: &'a str,
    /// The provider chain, when the text came through one.
    via: Option<Vec<JsonStep<'a>>>,
    /// Whether someone vouches for the text, which was not read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    attested: bool,
}

/// A step of the way that a text came onto the page.
#[derive(Serialize)]
struct JsonStep<'a> {
    /// `path:line`.
    at: String,
    path: &'a str,
    span: JsonSpan,
    text: &'a str,
}

fn judge(of: &Judge) -> JsonJudge<'_> {
    JsonJudge {
        name: &of.name,
        path: of.path.as_deref(),
        hash: &of.hash,
    }
}

fn changed(of: &Changed) -> JsonChanged<'_> {
    JsonChanged {
        rule: &of.rule,
        severity: of.severity.map(|(from, to)| JsonSeverities {
            from: from.name(),
            to: to.map_or("off", Severity::name),
        }),
        at: of.places.iter().map(line).collect(),
    }
}

/// `path:line`.
fn line(of: &Location) -> String {
    let line = of.source.position(of.span.start, Unit::Char).line;
    format!("{}:{line}", of.source.path())
}

fn step(of: &Location) -> JsonStep<'_> {
    JsonStep {
        at: line(of),
        path: of.source.path(),
        span: span(of),
        text: of.text(),
    }
}

fn write(report: &Report, _: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let counts = report.counts();
    let waived = fingerprints(report.waived.iter().map(|waived| &waived.finding));
    let root = Root {
        version: 1,
        tool: Tool {
            name: "caveat",
            version: env!("CARGO_PKG_VERSION"),
        },
        as_of: report.as_of.to_string(),
        packs: report.packs.iter().map(judge).collect(),
        config: report.config.as_ref().map(judge),
        changed: report.changed.iter().map(changed).collect(),
        summary: Summary {
            files: report.files.len(),
            errors: counts.errors,
            warnings: counts.warnings,
            notes: counts.notes,
            waived: counts.waived,
            unverifiable: counts.unverifiable,
            baselined: report.baselined.as_ref().map(Vec::len),
        },
        findings: all(&report.findings),
        waived: report
            .waived
            .iter()
            .zip(waived)
            .map(|(waived, fingerprint)| JsonWaived {
                finding: finding(&waived.finding, fingerprint),
                reason: &waived.reason,
                owner: waived.owner.as_deref(),
                expires: waived.expires.map(|day| day.to_string()),
                by: JsonPlace {
                    path: waived.by.source.path(),
                    span: span(&waived.by),
                },
            })
            .collect(),
        met: report
            .met
            .iter()
            .map(|met| JsonMet {
                rule: &met.rule,
                path: met.location.source.path(),
                key: met.key.as_deref(),
                span: span(&met.location),
                text: met.location.text(),
                via: (!met.via.is_empty()).then(|| met.via.iter().map(step).collect()),
                attested: met.attested,
            })
            .collect(),
        baselined: report.baselined.as_deref().map(all),
    };
    serde_json::to_writer_pretty(&mut *out, &root)?;
    writeln!(out)
}

/// Every finding, as the contract has it.
pub(super) fn findings(report: &Report) -> Vec<JsonFinding<'_>> {
    all(&report.findings)
}

fn all(findings: &[Finding]) -> Vec<JsonFinding<'_>> {
    findings
        .iter()
        .zip(fingerprints(findings.iter()))
        .map(|(of, fingerprint)| finding(of, fingerprint))
        .collect()
}

fn finding(of: &Finding, fingerprint: String) -> JsonFinding<'_> {
    JsonFinding {
        rule: &of.rule,
        code: of.code.name(),
        severity: of.severity.name(),
        message: &of.message,
        help: of.help.as_deref(),
        path: of.location.source.path(),
        key: of.key.as_deref(),
        span: span(&of.location),
        text: of.location.text(),
        related: of.related.iter().map(related).collect(),
        sources: of
            .sources
            .iter()
            .map(|source| JsonSource {
                citation: &source.citation,
                url: &source.url,
            })
            .collect(),
        fix: of.fix.as_ref().map(|fix| JsonFix {
            title: &fix.title,
            safe: fix.safety == Safety::Safe,
            edits: fix
                .edits
                .iter()
                .map(|edit| JsonEdit {
                    path: edit.location.source.path(),
                    start: edit.location.source.stored(edit.location.span.start),
                    end: edit.location.source.stored(edit.location.span.end),
                    text: &edit.text,
                })
                .collect(),
        }),
        fingerprint,
    }
}

fn related(of: &Related) -> JsonRelated<'_> {
    JsonRelated {
        message: &of.message,
        path: of.location.source.path(),
        span: span(&of.location),
        text: of.location.text(),
    }
}

fn span(of: &Location) -> JsonSpan {
    let (start, end) = (
        of.source.position(of.span.start, Unit::Char),
        of.source.position(of.span.end, Unit::Char),
    );
    JsonSpan {
        start: of.source.stored(of.span.start),
        end: of.source.stored(of.span.end),
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}
