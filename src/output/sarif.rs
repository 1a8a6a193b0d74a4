//! SARIF 2.1.0, as GitHub's code scanning and the viewers of editors read it.
//!
//! Columns count Unicode scalar values, ends are exclusive, a byte order mark is no column. `primaryLocationLineHash` is left to
//! GitHub's upload action, which warns about one that it did not make; the fingerprint of the finding stands beside it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Format, Style, ends, escaped, percent_encoded, said, shortened, worst_first};
use crate::finding::{Citation, Code, Edit, Finding, Fix, Safety};
use crate::lint::Waived;
use crate::report::{Report, fingerprints};
use crate::rule::{PACKS, Rule};
use crate::source::{Location, Source, Unit};

pub(super) const FORMAT: Format = Format {
    name: "sarif",
    about: "SARIF 2.1.0, for code scanning",
    write,
};

/// What GitHub takes: more results and it refuses the file.
const MOST_RESULTS: usize = 25_000;
const MOST_TAGS: usize = 20;
const LONGEST_DESCRIPTION: usize = 1_000;
/// Characters of a finding's text that are put beside its place.
const LONGEST_SNIPPET: usize = 1_000;

/// The bases that paths are relative to.
const ROOT: &str = "%SRCROOT%";
const BUILT_IN: &str = "CAVEATPACKS";

fn write(report: &Report, style: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let prints = fingerprints(report.findings.iter());
    let waived: &[Waived] = if style.waived { &report.waived } else { &[] };
    let waived_prints = fingerprints(waived.iter().map(|of| &of.finding));
    let all = report.findings.len() + waived.len();
    // the worst are kept, in the order in which they are told
    let mut kept = worst_first(report);
    kept.truncate(MOST_RESULTS);
    kept.sort_unstable();
    let waived = &waived[..waived.len().min(MOST_RESULTS - kept.len())];
    let left_out = all - kept.len() - waived.len();

    let told = kept.iter().map(|at| &report.findings[*at]);
    let told = told.chain(waived.iter().map(|of| &of.finding));
    // the worst of each rule, which may be worse or milder than its author wrote
    let mut worst: BTreeMap<&str, &Finding> = BTreeMap::new();
    for finding in told {
        let known = worst.entry(&finding.rule).or_insert(finding);
        if finding.severity > known.severity {
            *known = finding;
        }
    }
    let known: BTreeMap<&str, &Rule> = report
        .rules
        .iter()
        .map(|rule| (rule.head.id.as_str(), &**rule))
        .collect();
    let rules: Vec<Value> = worst
        .values()
        .map(|finding| described(finding, known.get(finding.rule.as_str()).copied()))
        .collect();
    let index: BTreeMap<&str, usize> = worst.keys().copied().zip(0..).collect();

    let mut results: Vec<Value> = kept
        .iter()
        .map(|at| result(&report.findings[*at], &prints[*at], &index))
        .collect();
    for (waived, print) in waived.iter().zip(&waived_prints) {
        let mut result = result(&waived.finding, print, &index);
        result["suppressions"] = json!([suppression(waived)]);
        results.push(result);
    }
    let checked = !report.findings.iter().any(|of| of.code == Code::Config);
    let mut invocation = json!({ "executionSuccessful": checked });
    if left_out > 0 {
        let text = format!(
            "{left_out} of {all} results are left out, the mildest: a file of more than {MOST_RESULTS} is refused by GitHub."
        );
        invocation["toolExecutionNotifications"] =
            json!([{ "level": "warning", "message": { "text": text } }]);
    }
    let judges: Vec<Value> = report
        .judges()
        .map(|of| json!({ "name": escaped(&of.name), "path": of.path.as_deref().map(escaped), "hash": of.hash }))
        .collect();
    let root = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "caveat",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "automationDetails": { "id": "caveat/" },
            "invocations": [invocation],
            "originalUriBaseIds": {
                ROOT: { "description": { "text": "The folder that caveat ran in." } },
                BUILT_IN: { "description": { "text": "The rule packs that are built into caveat." } },
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": { "asOf": report.as_of.to_string(), "judgedBy": judges },
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &root)?;
    writeln!(out)
}

// ---------------------------------------------------------------- rules

/// A rule of which something was found, and the worst of that. What no pack's rule finds has a title of its own.
fn described(finding: &Finding, rule: Option<&Rule>) -> Value {
    let id = escaped(&finding.rule);
    let title = match (rule, finding.code) {
        (Some(rule), _) if !rule.head.title.is_empty() => escaped(&rule.head.title),
        (None, Code::Unverifiable) => "What could not be read or resolved".to_owned(),
        (None, Code::Suppression) => "Waivers that do not hold".to_owned(),
        (None, Code::Config) => "Mistakes in caveat.toml or in a rule pack".to_owned(),
        _ => id.clone(),
    };
    let full = match rule {
        Some(rule) if !rule.head.message.is_empty() => {
            format!("{title}: {}.", escaped(&rule.head.message))
        }
        _ => format!("{title}."),
    };
    let (text, markdown) = help(&title, finding, rule);
    let mut of = json!({
        "id": finding.rule,
        "shortDescription": { "text": shortened(&format!("{title}."), LONGEST_DESCRIPTION) },
        "fullDescription": { "text": shortened(&full, LONGEST_DESCRIPTION) },
        "help": { "text": text, "markdown": markdown },
    });
    let laws: &[Citation] = rule.map_or(&finding.sources, |rule| &rule.head.sources);
    if let Some(uri) = laws.iter().find_map(|law| web_address(&law.url)) {
        of["helpUri"] = json!(uri);
    }
    let severity = finding.severity;
    of["defaultConfiguration"] = json!({ "level": severity.name() });
    let tags: Vec<&str> = std::iter::once("compliance")
        .chain(
            rule.iter()
                .flat_map(|rule| rule.tags.iter().map(String::as_str)),
        )
        .filter(|tag| !tag.is_empty())
        .take(MOST_TAGS)
        .collect();
    of["properties"] = json!({
        "tags": tags,
        "problem.severity": match severity.name() {
            "note" => "recommendation",
            name => name,
        },
    });
    of
}

/// How to mend it and the law, as plain text and as Markdown.
fn help(title: &str, finding: &Finding, rule: Option<&Rule>) -> (String, String) {
    let help = match rule {
        Some(rule) => rule.head.help.as_deref(),
        None => finding.help.as_deref(),
    };
    let mut text = format!("{title}.");
    let mut markdown = format!("**{}**", marked(title));
    if let Some(help) = help {
        text += &format!("\n\nHow to mend it: {}.", escaped(help));
        markdown += &format!("\n\nHow to mend it: {}.", marked(&escaped(help)));
    }
    for law in rule.iter().flat_map(|rule| &rule.law) {
        let name = [&law.regulator, &law.citation].map(|of| escaped(of));
        let name = name.join(" ").trim().to_owned();
        text += format!("\n\nLaw: {name} {}", escaped(&law.url)).trim_end();
        let shown = web_address(&law.url).map_or_else(
            || marked(format!("{name} {}", escaped(&law.url)).trim_end()),
            |uri| format!("[{}]({uri})", marked(&name)),
        );
        markdown += &format!("\n\nLaw: {shown}");
        if !law.quote.is_empty() {
            text += &format!("\n\"{}\"", escaped(&law.quote));
            markdown += &format!("\n\n> {}", marked(&escaped(&law.quote)));
        }
    }
    let explain = format!("caveat explain {}", escaped(&finding.rule));
    if rule.is_some() {
        text += &format!("\n\nRun \"{explain}\" for its examples.");
        markdown += &format!(
            "\n\nRun {} for its examples.",
            super::markdown::code(&explain)
        );
    }
    (text, markdown)
}

fn marked(text: &str) -> String {
    super::markdown::plain(text)
}

/// An address that a URI may hold as it is and that leads to the web, nowhere else.
fn web_address(url: &str) -> Option<&str> {
    let web = url.starts_with("https://") || url.starts_with("http://");
    let clean = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'*+,;=%".contains(&byte);
    (web && url.bytes().all(clean)).then_some(url)
}

// ---------------------------------------------------------------- results

fn result(finding: &Finding, print: &str, index: &BTreeMap<&str, usize>) -> Value {
    let mut place = physical(&finding.location);
    let text = finding.location.text();
    if !text.is_empty() && text.chars().nth(LONGEST_SNIPPET).is_none() {
        place["region"]["snippet"] = json!({ "text": text });
    }
    let mut location = json!({ "physicalLocation": place });
    if let Some(key) = &finding.key {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": key, "kind": "member" }]);
    }
    let mut of = json!({
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule.as_str()],
        "level": finding.severity.name(),
        "message": message(&said(finding)),
        "locations": [location],
        "partialFingerprints": { "caveatFingerprint/v1": print },
        "properties": { "code": finding.code.name() },
    });
    if let Some(help) = &finding.help {
        of["properties"]["help"] = json!(help);
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().zip(1..).map(|(related, id)| {
            json!({
                "id": id,
                "message": message(&escaped(&related.message)),
                "physicalLocation": physical(&related.location),
            })
        });
        of["relatedLocations"] = related.collect();
    }
    if let Some(fix) = finding.fix.as_ref().filter(|fix| !fix.edits.is_empty()) {
        of["fixes"] = json!([repair(fix)]);
    }
    of
}

/// A sentence. `[words](1)` in it would be a link to a related place.
fn message(said: &str) -> Value {
    let end = if said.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    json!({ "text": format!("{}{end}", said.replace("](", "] (")) })
}

fn physical(of: &Location) -> Value {
    json!({ "artifactLocation": artifact(&of.source), "region": region(of) })
}

fn region(of: &Location) -> Value {
    let (start, end) = ends(of, Unit::Char);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A path is relative to the folder that the run was in, or, on another disk, whole.
fn artifact(source: &Source) -> Value {
    let path = source.path();
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes().get(2) == Some(&b'/');
    if drive {
        let (drive, rest) = path.split_at(2);
        return json!({ "uri": format!("file:///{drive}{}", percent_encoded(rest)) });
    }
    if path.starts_with('/') {
        return json!({ "uri": format!("file://{}", percent_encoded(path)) });
    }
    let base = if built_in(source) { BUILT_IN } else { ROOT };
    json!({ "uri": percent_encoded(path), "uriBaseId": base })
}

/// Whether a source is a pack that is built in, and no file of the project.
fn built_in(source: &Source) -> bool {
    PACKS
        .iter()
        .any(|(name, text)| source.path() == format!("rules/{name}.toml") && source.text() == *text)
}

fn repair(fix: &Fix) -> Value {
    let mut files: Vec<Vec<&Edit>> = Vec::new();
    for edit in &fix.edits {
        let path = |of: &Edit| of.location.source.path().to_owned();
        match files.iter_mut().find(|of| path(of[0]) == path(edit)) {
            Some(file) => file.push(edit),
            None => files.push(vec![edit]),
        }
    }
    let changes: Vec<Value> = files
        .iter()
        .map(|edits| {
            let replacements = edits.iter().map(|edit| {
                json!({ "deletedRegion": region(&edit.location), "insertedContent": { "text": edit.text } })
            });
            json!({
                "artifactLocation": artifact(&edits[0].location.source),
                "replacements": replacements.collect::<Value>(),
            })
        })
        .collect();
    json!({
        "description": { "text": format!("{}.", escaped(&fix.title)) },
        "artifactChanges": changes,
        "properties": { "safe": fix.safety == Safety::Safe },
    })
}

/// Who waived it and why: in the page itself, or in caveat.toml.
fn suppression(waived: &Waived) -> Value {
    let inside = waived.by.source.path() == waived.finding.location.source.path();
    let mut of = json!({
        "kind": if inside { "inSource" } else { "external" },
        "status": "accepted",
        "justification": waived.reason,
        "location": { "physicalLocation": physical(&waived.by) },
    });
    if let Some(owner) = &waived.owner {
        of["properties"]["owner"] = json!(owner);
    }
    if let Some(expires) = waived.expires {
        of["properties"]["expires"] = json!(expires.to_string());
    }
    of
}
