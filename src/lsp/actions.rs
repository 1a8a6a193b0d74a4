//! What can be done about a finding.

use std::collections::BTreeSet;

use lsp_server::ErrorCode;
use lsp_types::{CodeActionParams, Diagnostic, ExecuteCommandParams, Range, TextEdit, Url};
use serde_json::{Map, Value, json};

use super::buffers::{Buffer, bytes};
use super::homes::Home;
use super::law::{self, Page};
use super::requests::Refused;
use super::{APPLY, FIX_ALL, OPEN_RULE, Session, hover, waive};
use crate::finding::{Edit, Finding, Fix, Safety, applied};
use crate::project::normal;

/// For so many findings of a range a waiver is offered, the first first.
const MOST_WAIVERS: usize = 8;

/// The actions for a range of a page.
pub(super) fn actions(session: &Session<'_>, params: &CodeActionParams) -> Value {
    let uri = &params.text_document.uri;
    let Some(buffer) = session.buffers.iter().find(|of| of.uri == *uri) else {
        return json!([]);
    };
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
        let here = |of: &&Finding| touches(session, home, buffer, of, params.range);
        for (number, finding) in findings.iter().filter(here).enumerate() {
            let told = &params.context.diagnostics;
            actions.extend(fix(session, home, finding, told));
            // each is tried, which takes as long as looking at the page some times over
            if number < MOST_WAIVERS {
                actions.extend(waive(session, home, buffer, finding, told));
            }
            actions.extend(open_rule(session, home, buffer, finding, told));
        }
    }
    if wanted(FIX_ALL) {
        actions.extend(fix_all(session, home, buffer, &findings));
    }
    let mut seen = BTreeSet::new();
    // one rule may find many things in one range
    actions.retain(|of| of["command"].is_null() || seen.insert(of["title"].to_string()));
    if !session.client.actions {
        actions = actions.into_iter().map(as_command).collect();
    }
    json!(actions)
}

/// An action for a client that takes commands alone.
fn as_command(action: Value) -> Value {
    match &action["command"] {
        Value::Null => {
            json!({ "title": action["title"], "command": APPLY, "arguments": [action["edit"]] })
        }
        command => command.clone(),
    }
}

/// Does what a command says.
pub(super) fn execute(
    session: &mut Session<'_>,
    params: &ExecuteCommandParams,
) -> Result<Value, Refused> {
    let argument = |at: usize| params.arguments.get(at).cloned().unwrap_or_default();
    match params.command.as_str() {
        APPLY => {
            let edit = json!({ "edit": argument(0) });
            session.ask("caveat/edit", "workspace/applyEdit", edit);
            Ok(Value::Null)
        }
        OPEN_RULE => show_rule(session, &argument(0), &argument(1)),
        other => Err((ErrorCode::InvalidParams, format!("`{other}` is no command"))),
    }
}

/// Shows a rule where it is written; the text of one that is written nowhere on the disk. Gives the text in either case.
fn show_rule(session: &Session<'_>, id: &Value, uri: &Value) -> Result<Value, Refused> {
    let uri = uri.as_str().and_then(|uri| Url::parse(uri).ok());
    let own = uri.and_then(|uri| session.buffer(&uri)).map(|of| of.home);
    let homes = session.homes.iter().enumerate();
    let mut homes: Vec<(usize, &Home)> = homes.collect();
    homes.sort_by_key(|(at, _)| Some(*at) != own);
    let id = id.as_str().unwrap_or_default();
    let found = homes
        .iter()
        .find_map(|(_, home)| Some((*home, hover::rule_of(id, home)?)));
    let Some((home, rule)) = found else {
        return Err((ErrorCode::InvalidParams, format!("there is no rule `{id}`")));
    };
    let at = &rule.location;
    match session.lens.uri_of(&at.source, &home.folder) {
        Some(uri) if session.client.shows => {
            let selection = session.lens.range_of(at, &home.folder);
            let show = json!({ "uri": uri, "takeFocus": true, "selection": selection });
            session.ask("caveat/show", "window/showDocument", show);
        }
        _ => {
            let mut plain = Page::new(false);
            law::whole(rule, &mut plain);
            session.tell(
                "window/showMessage",
                json!({ "type": 3, "message": plain.text() }),
            );
        }
    }
    let mut page = Page::new(true);
    law::whole(rule, &mut page);
    Ok(page.contents())
}

fn waive(
    session: &Session<'_>,
    home: &Home,
    buffer: &Buffer,
    finding: &Finding,
    told: &[Diagnostic],
) -> Option<Value> {
    let (project, page) = (home.project.as_ref()?, buffer.page.as_ref()?);
    let edits = waive::waiver(project, page, &buffer.path, finding)?;
    Some(json!({
        "title": format!("waive {} here: give a reason", finding.rule),
        "kind": "quickfix",
        "diagnostics": about(session, home, finding, told),
        "edit": workspace_edit(session, home, &edits.iter().collect::<Vec<_>>())?,
    }))
}

fn open_rule(
    session: &Session<'_>,
    home: &Home,
    buffer: &Buffer,
    finding: &Finding,
    told: &[Diagnostic],
) -> Option<Value> {
    let rule = hover::rule_of(&finding.rule, home)?;
    let title = format!("open the rule {}: {}", rule.head.id, rule.head.title);
    Some(json!({
        "title": title,
        "kind": "quickfix",
        "diagnostics": about(session, home, finding, told),
        "command": { "title": title, "command": OPEN_RULE, "arguments": [rule.head.id, buffer.uri] },
    }))
}

/// Whether a finding lies in a range or touches it.
fn touches(
    session: &Session<'_>,
    home: &Home,
    buffer: &Buffer,
    finding: &Finding,
    range: Range,
) -> bool {
    let at = session.lens.range_of(&finding.location, &home.folder);
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
        session.lens.range_of(&finding.location, &home.folder),
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
        let uri = session.lens.uri_of(&edit.location.source, &home.folder)?;
        let range = session.lens.range_of(&edit.location, &home.folder);
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
