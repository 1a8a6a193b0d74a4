//! What can be written here: approved wordings, the calls that bring them in, rules in the comments that waive them.

use std::path::Path;
use std::sync::Arc;

use lsp_types::{CompletionParams, Range, TextEdit};
use serde_json::{Value, json};

use super::buffers::{Buffer, byte};
use super::places::range;
use super::{Session, toml};
use crate::document::Document;
use crate::finding::Code;
use crate::lint::facets;
use crate::project::Project;
use crate::source::{Source, Span};

/// Something that can be written.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) label: String,
    /// What it is, on one line.
    pub(super) about: String,
    /// What is written in place of what was typed so far.
    pub(super) text: String,
    /// The wanted come first.
    pub(super) rank: u8,
}

/// What can be written at a position.
pub(super) fn complete(session: &Session<'_>, params: &CompletionParams) -> Value {
    let at = &params.text_document_position;
    let none = json!({ "isIncomplete": false, "items": [] });
    let Some(buffer) = session.buffer(&at.text_document.uri) else {
        return none;
    };
    let home = &session.homes[buffer.home];
    let cursor = byte(&buffer.text, at.position, session.client.unit);
    let toml = buffer.path.extension().is_some_and(|of| of == "toml");
    let found = if toml && !buffer.is_content {
        toml::complete(session, buffer, home, cursor)
    } else {
        home.project
            .as_ref()
            .filter(|_| buffer.is_content)
            .and_then(|project| {
                waivers(project, &buffer.text, cursor)
                    .or_else(|| wordings(session, project, buffer, cursor))
            })
    };
    let Some((start, items)) = found else {
        return none;
    };
    let source = Source::new("", &*buffer.text);
    let span = Span::new(start, cursor.max(start));
    let range = range(&source, span, session.client.unit, true);
    let typed = &buffer.text[start..cursor.max(start)];
    let items: Vec<Value> = items
        .into_iter()
        .map(|item| shown(item, typed, range))
        .collect();
    json!({ "isIncomplete": false, "items": items })
}

fn shown(item: Item, typed: &str, range: Range) -> Value {
    json!({
        "label": item.label,
        "kind": 15,
        "detail": item.about,
        "documentation": item.text,
        // what was typed is the beginning of what is written, not of its name
        "filterText": if typed.is_empty() { item.label.clone() } else { typed.to_owned() },
        "sortText": format!("{}{}", item.rank, item.label),
        "insertTextFormat": 1,
        "textEdit": TextEdit { range, new_text: item.text },
    })
}

const VERBS: [(&str, &str); 5] = [
    (
        "disable-next-line",
        "waive what a rule finds on the next line",
    ),
    ("disable-line", "waive what a rule finds on this line"),
    ("disable", "waive what a rule finds from here on"),
    ("enable", "end a waiver"),
    ("disable-file", "waive what a rule finds on the whole page"),
];

/// In a comment that waives: its verb, its rules. None elsewhere.
fn waivers(project: &Project, text: &str, cursor: usize) -> Option<(usize, Vec<Item>)> {
    let line = &text[text[..cursor].rfind(['\n', '\r']).map_or(0, |at| at + 1)..cursor];
    let begun = line.rfind("caveat-")? + "caveat-".len();
    let before = line[..begun - "caveat-".len()].trim_end();
    let opens = ["<!--", "{/*", "//", "..", "#"];
    if !opens.iter().any(|of| before.ends_with(of)) {
        return None;
    }
    let rest = &line[begun..];
    let Some((verb, names)) = rest.split_once(' ') else {
        let items = VERBS.map(|(verb, about)| Item {
            label: format!("caveat-{verb}"),
            about: about.to_owned(),
            text: verb.to_owned(),
            rank: 0,
        });
        return Some((cursor - rest.len(), items.into()));
    };
    if !VERBS.iter().any(|(known, _)| *known == verb) || names.contains(':') {
        return None;
    }
    let typed = names.rsplit([' ', ',']).next().unwrap_or_default();
    let mut items: Vec<Item> = Vec::new();
    for rule in project.rules.rules() {
        items.push(Item {
            label: rule.head.id.clone(),
            about: rule.head.title.clone(),
            text: rule.head.id.clone(),
            rank: 0,
        });
    }
    let fits = |item: &Item| item.label.contains(typed);
    Some((
        cursor - typed.len(),
        items.into_iter().filter(fits).collect(),
    ))
}

/// At the beginning of a line: approved wordings in the language of the page, those that the page owes first, and what the site
/// brings them in with.
fn wordings(
    session: &Session<'_>,
    project: &Project,
    buffer: &Buffer,
    cursor: usize,
) -> Option<(usize, Vec<Item>)> {
    let text = &*buffer.text;
    let begins = text[..cursor].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line = &text[begins..cursor];
    let typed = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    // after the cursor nothing stands that would be torn apart
    if !text[cursor..]
        .trim_start_matches([' ', '\t'])
        .starts_with(['\n', '\r'])
        && !text[cursor..].trim().is_empty()
    {
        return None;
    }
    let name = crate::project::path_name(&buffer.path, &project.cwd);
    let source = Arc::new(Source::new(name, text));
    let (document, facts) = project.document(&source, &buffer.path).ok()?;
    if document.keys.is_some() || in_front_matter(&document, cursor) {
        return None;
    }
    let languages = facets(&document, &facts)
        .get("language")
        .cloned()
        .unwrap_or_default();
    let owed = owed(buffer, project);
    let mut items = calls(session, buffer);
    for disclosure in project.packs.iter().flat_map(|pack| &pack.disclosures) {
        let version = disclosure
            .versions
            .iter()
            .find(|of| of.holds(project.as_of) && of.only.is_empty());
        for (language, wording, _) in version.into_iter().flat_map(|of| &of.texts) {
            let spoken = languages.is_empty() || languages.iter().any(|of| speaks(of, language));
            let written = document
                .add
                .and_then(|add| add(&document, wording.raw(), false, None));
            let Some((_, written)) = written.filter(|_| spoken) else {
                continue;
            };
            items.push(Item {
                label: format!("{} ({language})", disclosure.title),
                about: disclosure.id.clone(),
                text: written.trim().to_owned(),
                rank: if owed.contains(&disclosure.id) { 1 } else { 2 },
            });
        }
    }
    let low = typed.to_lowercase();
    items.retain(|item| {
        let of = |text: &str| text.to_lowercase().starts_with(&low);
        of(&item.text)
            || of(&item.label)
            || of(&item.about)
            || of(item.about.rsplit('/').next().unwrap_or_default())
    });
    Some((cursor - typed.len(), items))
}

fn in_front_matter(document: &Document, cursor: usize) -> bool {
    let meta = document.meta.as_ref();
    meta.is_some_and(|meta| (cursor as u64) < u64::from(meta.span.end))
}

/// Whether a page in a language is served by a text in another: `en-gb` by `en`.
fn speaks(page: &str, text: &str) -> bool {
    let text = text.to_lowercase();
    page == text
        || page
            .strip_prefix(&text)
            .is_some_and(|rest| rest.starts_with('-'))
}

/// The disclosures that the page lacks.
fn owed(buffer: &Buffer, project: &Project) -> Vec<String> {
    let findings = buffer.page.iter().flat_map(super::diagnose::of_page);
    let missing = findings.filter(|of| of.code == Code::Missing);
    let rules: Vec<&str> = missing.map(|of| of.rule.as_str()).collect();
    let all = project.rules.rules().iter().map(|of| &of.rule);
    all.filter(|rule| rules.contains(&rule.head.id.as_str()))
        .flat_map(|rule| rule.demands.iter().map(move |(_, table)| (rule, table)))
        .filter_map(|(rule, table)| {
            Some(crate::check::qualified(
                &rule.pack,
                table.text("disclosure")?,
            ))
        })
        .collect()
}

/// The calls by which other pages meet the rules that this one breaks.
fn calls(session: &Session<'_>, buffer: &Buffer) -> Vec<Item> {
    let ending = |path: &Path| path.extension().map(|of| of.to_owned());
    let missing: Vec<&str> = buffer
        .page
        .iter()
        .flat_map(super::diagnose::of_page)
        .filter(|of| of.code == Code::Missing)
        .map(|of| of.rule.as_str())
        .collect();
    let mut items: Vec<Item> = Vec::new();
    for (page, met) in session.met_elsewhere(buffer) {
        let call = met.via.first().unwrap_or(&met.location).text();
        let through = !met.via.is_empty() || met.attested;
        let short = !call.is_empty() && call.len() <= 200 && !call.contains('\n');
        if !through
            || !short
            || !missing.contains(&met.rule.as_str())
            || ending(&page) != ending(&buffer.path)
        {
            continue;
        }
        if !items.iter().any(|item| item.text == call) {
            items.push(Item {
                label: call.to_owned(),
                about: format!("other pages meet {} with it", met.rule),
                text: call.to_owned(),
                rank: 0,
            });
        }
    }
    items
}

impl Session<'_> {
    fn met_elsewhere(&self, buffer: &Buffer) -> Vec<(std::path::PathBuf, crate::lint::Met)> {
        let others = self
            .buffers
            .iter()
            .filter(|of| of.home == buffer.home && of.uri != buffer.uri);
        let pages = others.filter_map(|of| of.page.as_ref());
        let mut met: Vec<_> = pages.flat_map(super::whole::met_of).collect();
        met.extend(self.whole.met(&self.homes[buffer.home].folder));
        met
    }
}
