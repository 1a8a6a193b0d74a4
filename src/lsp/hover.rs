//! What stands behind a text: the rule, the law, what meets it or what to do.

use lsp_types::{HoverParams, Position, Range};
use serde_json::{Value, json};

use super::Session;
use super::homes::Home;
use super::law::{Page, rule_text};
use crate::finding::{Finding, Safety};
use crate::lint::Met;
use crate::project::normal;
use crate::rule::Rule;
use crate::source::{Location, Unit};

/// What there is to say of a position.
pub(super) fn hover(session: &Session<'_>, params: &HoverParams) -> Value {
    let at = &params.text_document_position_params;
    let Some(buffer) = session.buffer(&at.text_document.uri) else {
        return Value::Null;
    };
    let home = &session.homes[buffer.home];
    let mut page = Page::new(session.client.markdown);
    let mut shown: Option<Range> = None;
    for finding in session.findings_of(buffer) {
        let range = session.lens.range_of(&finding.location, &home.folder);
        if holds(range, at.position) {
            shown.get_or_insert(range);
            of_finding(&finding, home, &mut page);
        }
    }
    let checked = buffer
        .page
        .as_ref()
        .and_then(|page| page.result.as_ref().ok());
    for met in checked.into_iter().flat_map(|of| &of.outcome.met) {
        let own = normal(&home.folder.join(met.location.source.path())) == buffer.path;
        let range = session.lens.range_of(&met.location, &home.folder);
        if own && !met.location.span.is_empty() && holds(range, at.position) {
            shown.get_or_insert(range);
            of_met(met, home, &mut page);
        }
    }
    let Some(range) = shown else {
        return Value::Null;
    };
    json!({ "contents": page.contents(), "range": range })
}

fn holds(range: Range, at: Position) -> bool {
    range.start <= at && at <= range.end
}

/// The rule of an id, if it is of a pack that is loaded.
pub(super) fn rule_of<'a>(id: &str, home: &'a Home) -> Option<&'a Rule> {
    let packs = home.project.iter().flat_map(|project| &project.packs);
    let mut rules = packs.flat_map(|pack| &pack.rules);
    rules.find(|rule| rule.head.id == id).map(|rule| &**rule)
}

fn of_finding(finding: &Finding, home: &Home, page: &mut Page) {
    page.head(&finding.rule, finding.code.name());
    page.line(&finding.message);
    if let Some(help) = &finding.help {
        page.named("What to do", help);
    }
    if let Some(fix) = &finding.fix {
        let says = match fix.safety {
            Safety::Safe => "can be done for you",
            Safety::Unsafe => "can be done for you, and someone must look at what it makes",
        };
        page.named("Fix", &format!("{}: {says}", fix.title));
    }
    for related in &finding.related {
        page.item(&format!(
            "{}: {}",
            related.message,
            place(&related.location)
        ));
    }
    if let Some(rule) = rule_of(&finding.rule, home) {
        rule_text(rule, page);
    }
    page.rest();
}

fn of_met(met: &Met, home: &Home, page: &mut Page) {
    page.head(&met.rule, "met");
    let text = met.via.last().unwrap_or(&met.location);
    if met.attested {
        page.line("someone vouches for these words, which were not read");
    } else {
        page.quote(text.text());
    }
    if !met.via.is_empty() {
        let way: Vec<String> = met.via.iter().map(place).collect();
        page.named("Brought in", &way.join(" → "));
    }
    if let Some(rule) = rule_of(&met.rule, home) {
        rule_text(rule, page);
    }
    page.rest();
}

/// Where something stands, for people.
fn place(at: &Location) -> String {
    let line = at.source.position(at.span.start, Unit::Char).line;
    format!("{}:{line}", at.source.path())
}
