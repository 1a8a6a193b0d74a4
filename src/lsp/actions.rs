//! What can be done about a finding.

use lsp_types::{CodeActionParams, Diagnostic, Range, TextEdit, Url};
use serde_json::{Map, Value, json};

use super::buffers::{Buffer, bytes};
use super::homes::Home;
use super::{FIX_ALL, Session};
use crate::finding::{Edit, Finding, Fix, Safety, applied};
use crate::project::normal;

/// The actions for a range of a page.
pub(super) fn actions(session: &Session<'_>, params: &CodeActionParams) -> Value {
    let uri = &params.text_document.uri;
    let Some(buffer) = session.buffers.iter().find(|of| of.uri == *uri) else {
        return json!([]);
    };
    if !session.client.actions {
        return json!([]);
    }
    let home = &session.homes[buffer.home];
    let findings = session.findings_of(buffer);
    let wanted = |kind: &str| {
        let only = params.context.only.as_ref();
        only.is_none_or(|only| {
            only.iter().any(|of| {
                let of = of.as_str();
                kind == of
                    || kind
                        .strip_prefix(of)
                        .is_some_and(|rest| of.is_empty() || rest.starts_with('.'))
            })
        })
    };
    let mut actions = Vec::new();
    if wanted("quickfix") {
        for finding in &findings {
            if touches(session, home, buffer, finding, params.range) {
                actions.extend(fix(session, home, finding, &params.context.diagnostics));
            }
        }
    }
    if wanted(FIX_ALL) {
        actions.extend(fix_all(session, home, buffer, &findings));
    }
    json!(actions)
}

/// Whether a finding lies in a range or touches it.
fn touches(
    session: &Session<'_>,
    home: &Home,
    buffer: &Buffer,
    finding: &Finding,
    range: Range,
) -> bool {
    let at = session.range_of(&finding.location, home);
    let own = normal(&home.folder.join(finding.location.source.path())) == buffer.path;
    own && at.start <= range.end && range.start <= at.end
}

fn fix(
    session: &Session<'_>,
    home: &Home,
    finding: &Finding,
    told: &[Diagnostic],
) -> Option<Value> {
    let fix = finding.fix.as_ref()?;
    let safe = fix.safety == Safety::Safe;
    let title = if safe {
        fix.title.clone()
    } else {
        format!("{} (unsafe: look at what it makes)", fix.title)
    };
    let mut action = json!({
        "title": title,
        "kind": "quickfix",
        "diagnostics": about(session, home, finding, told),
        "edit": workspace_edit(session, home, &fix.edits.iter().collect::<Vec<_>>())?,
    });
    if safe {
        action["isPreferred"] = json!(true);
    }
    Some(action)
}

/// The diagnostics of a client that a finding is.
fn about<'a>(
    session: &Session<'_>,
    home: &Home,
    finding: &Finding,
    told: &'a [Diagnostic],
) -> Vec<&'a Diagnostic> {
    let (range, code) = (
        session.range_of(&finding.location, home),
        super::diagnose::code_of(finding),
    );
    let same = |of: &&Diagnostic| {
        of.range == range
            && of
                .code
                .as_ref()
                .is_some_and(|own| *own == lsp_types::NumberOrString::String(code.clone()))
    };
    told.iter().filter(same).collect()
}

/// Every safe fix of a page that touches no other.
fn fix_all(
    session: &Session<'_>,
    home: &Home,
    buffer: &Buffer,
    findings: &[Finding],
) -> Option<Value> {
    let own = |fix: &&Fix| {
        fix.edits
            .iter()
            .all(|edit| normal(&home.folder.join(edit.location.source.path())) == buffer.path)
    };
    let safe = findings
        .iter()
        .filter_map(|of| of.fix.as_ref())
        .filter(|of| of.safety == Safety::Safe);
    let fixes: Vec<&Fix> = safe.filter(own).collect();
    let (_, taken) = applied(&buffer.text, &fixes);
    let edits: Vec<&Edit> = taken.iter().flat_map(|at| &fixes[*at].edits).collect();
    if edits.is_empty() {
        return None;
    }
    Some(json!({
        "title": "put approved wording in place: every safe fix of caveat",
        "kind": FIX_ALL,
        "edit": workspace_edit(session, home, &edits)?,
    }))
}

/// Edits as a client takes them: of a version where it knows versions. None where one is of no file, or of a text that is no more.
pub(super) fn workspace_edit(session: &Session<'_>, home: &Home, edits: &[&Edit]) -> Option<Value> {
    let mut files: Vec<(Url, Vec<TextEdit>)> = Vec::new();
    for edit in edits {
        let uri = session.uri_of(&edit.location.source, home)?;
        let range = session.range_of(&edit.location, home);
        if let Some(buffer) = session.buffers.iter().find(|of| of.uri == uri) {
            let now = &buffer.text[bytes(&buffer.text, range, session.client.unit)];
            (now == edit.location.text()).then_some(())?;
        }
        let new = TextEdit {
            range,
            new_text: edit.text.clone(),
        };
        match files.iter_mut().find(|(of, _)| *of == uri) {
            Some((_, edits)) => edits.push(new),
            None => files.push((uri, vec![new])),
        }
    }
    Some(edit_of(session, &files))
}

/// The edit of these files.
pub(super) fn edit_of(session: &Session<'_>, files: &[(Url, Vec<TextEdit>)]) -> Value {
    if session.client.versions {
        let version = |uri: &Url| {
            session
                .buffers
                .iter()
                .find(|of| of.uri == *uri)
                .map(|of| of.version)
        };
        let files = files.iter().map(|(uri, edits)| {
            json!({ "textDocument": { "uri": uri, "version": version(uri) }, "edits": edits })
        });
        return json!({ "documentChanges": files.collect::<Vec<_>>() });
    }
    let changes: Map<String, Value> = files
        .iter()
        .map(|(uri, edits)| (uri.to_string(), json!(edits)))
        .collect();
    json!({ "changes": changes })
}
