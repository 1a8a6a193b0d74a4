//! What is wrong, as an editor shows it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    NumberOrString, Url,
};
use serde_json::json;

use super::Session;
use super::buffers::Buffer;
use super::homes::Home;
use super::places::Lens;
use crate::finding::{BROUGHT_IN, Code, Finding, Related, Severity};
use crate::keys::config_finding;
use crate::project::{Page, normal, path_name};
use crate::source::{Location, Source};

/// What there is to say of the files at these addresses.
pub(super) type Said = BTreeMap<Url, Vec<Diagnostic>>;

impl Session<'_> {
    /// What there is to say of everything that is open, and of the files that projects are made of.
    pub(super) fn said(&self) -> Said {
        let mut said = Said::new();
        for buffer in &self.buffers {
            said.entry(buffer.uri.clone()).or_default();
        }
        for home in &self.homes {
            for finding in home.of_toml() {
                if let Some(uri) = self.lens.uri_of(&finding.location.source, &home.folder) {
                    let diagnostic = self.lens.diagnostic(&finding, &home.folder);
                    said.entry(uri).or_default().push(diagnostic);
                }
            }
        }
        for buffer in &self.buffers {
            let home = &self.homes[buffer.home];
            let own: Vec<Diagnostic> = self
                .findings_of(buffer)
                .iter()
                .map(|finding| self.lens.diagnostic(finding, &home.folder))
                .collect();
            said.entry(buffer.uri.clone()).or_default().extend(own);
        }
        for diagnostics in said.values_mut() {
            diagnostics.sort_by_key(|of| {
                (
                    of.range.start,
                    of.range.end,
                    said_by(of),
                    of.message.clone(),
                )
            });
            diagnostics.dedup();
        }
        said
    }

    /// The findings that are shown in a buffer: those of its own page, those of what it brings in at its calls, and those that
    /// other pages have of it.
    pub(super) fn findings_of(&self, buffer: &Buffer) -> Vec<Finding> {
        let home = &self.homes[buffer.home];
        let here = |source: &Source| normal(&home.folder.join(source.path())) == buffer.path;
        let mut findings = Vec::new();
        findings.extend(unchecked(home, buffer));
        findings.extend(buffer.mistakes.iter().cloned());
        if let Some(page) = &buffer.page {
            for finding in of_page(page) {
                findings.push(if here(&finding.location.source) {
                    finding.clone()
                } else {
                    at_call(finding, page, &here)
                });
            }
        }
        let others = self
            .buffers
            .iter()
            .filter(|other| other.home == buffer.home && other.uri != buffer.uri);
        let of_others = others
            .filter_map(|other| other.page.as_ref())
            .flat_map(of_page);
        findings.extend(
            of_others
                .filter(|finding| here(&finding.location.source))
                .cloned(),
        );
        findings
    }
}

impl Lens {
    /// A finding whose names of files are from a folder.
    pub(super) fn diagnostic(&self, finding: &Finding, folder: &Path) -> Diagnostic {
        let law = finding.sources.iter().find(|law| !law.url.is_empty());
        let href = law.and_then(|law| Url::parse(&law.url).ok());
        let related = finding.related.iter().filter_map(|related| {
            Some(DiagnosticRelatedInformation {
                location: lsp_types::Location {
                    uri: self.uri_of(&related.location.source, folder)?,
                    range: self.range_of(&related.location, folder),
                },
                message: related.message.clone(),
            })
        });
        let of_no_use = finding.code == Code::Suppression && finding.severity != Severity::Error;
        Diagnostic {
            range: self.range_of(&finding.location, folder),
            severity: Some(match finding.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Note => DiagnosticSeverity::INFORMATION,
            }),
            code: Some(NumberOrString::String(code_of(finding))),
            code_description: href.map(|href| CodeDescription { href }),
            source: Some("caveat".to_owned()),
            message: finding.message.clone(),
            related_information: self.client.related.then(|| related.collect()),
            tags: (of_no_use && self.client.tags).then(|| vec![DiagnosticTag::UNNECESSARY]),
            data: Some(json!({ "rule": finding.rule, "code": finding.code.name() })),
        }
    }
}

fn said_by(diagnostic: &Diagnostic) -> String {
    match &diagnostic.code {
        Some(NumberOrString::String(code)) => code.clone(),
        _ => String::new(),
    }
}

/// `pack/rule/code`, as reports write it.
pub(super) fn code_of(finding: &Finding) -> String {
    format!("{}/{}", finding.rule, finding.code.name())
}

/// All findings of a page that stand.
pub(super) fn of_page(page: &Page) -> impl Iterator<Item = &Finding> {
    let checked = page.result.iter();
    checked.flat_map(|of| of.outcome.findings.iter().chain(&of.suppressed.findings))
}

/// A finding of what a page brings in, shown where the page brings it in.
fn at_call(finding: &Finding, page: &Page, here: &dyn Fn(&Source) -> bool) -> Finding {
    let mut shown = finding.clone();
    let call = finding.related.iter();
    let call = call
        .clone()
        .find(|of| of.message == BROUGHT_IN && here(&of.location.source));
    let other = || finding.related.iter().find(|of| here(&of.location.source));
    let at = call.or_else(other).map(|of| of.location.clone());
    shown.location = at.unwrap_or_else(|| first_line(page, finding));
    shown.related.insert(
        0,
        Related {
            message: "stands here".to_owned(),
            location: finding.location.clone(),
        },
    );
    shown
}

/// The first line of a page.
fn first_line(page: &Page, finding: &Finding) -> Location {
    let name = page.result.as_ref().map(|of| of.name.clone());
    let source = Arc::new(Source::new(
        name.unwrap_or_else(|_| finding.location.source.path().to_owned()),
        "",
    ));
    Location::new(&source, source.line(1))
}

/// That a page is judged by other rules than its config asks for, or by none.
fn unchecked(home: &Home, buffer: &Buffer) -> Option<Finding> {
    let first = home.mistakes.first().filter(|_| buffer.is_content)?;
    let name = path_name(&buffer.path, &home.folder);
    let source = Arc::new(Source::new(name, &*buffer.text));
    let file = first.location.source.path();
    let message = match home.project {
        None => format!("nothing here is checked: {file}: {}", first.message),
        Some(_) => format!(
            "checked by the rules as they were before a mistake was made: {file}: {}",
            first.message
        ),
    };
    let mut finding = config_finding(&source, source.line(1), message, None);
    if home.project.is_some() {
        finding.severity = Severity::Warning;
    }
    finding.related.push(Related {
        message: "the mistake".to_owned(),
        location: first.location.clone(),
    });
    Some(finding)
}
