//! The approved texts of a pack, read from their tables.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::load::identifier;
use crate::check::{Disclosure, Version, qualified};
use crate::keys::{Late, Reader, Table, inner_span};
use crate::source::{Location, Source};
use crate::text::{Prescribed, fold, language};

/// The facets that a version names, with the values that it holds for.
fn only(version: &Table) -> Vec<(&'static str, Vec<String>)> {
    let facets = ["product", "channel"].into_iter();
    let named = facets.filter(|facet| version.has(facet));
    named.map(|facet| (facet, version.texts(facet))).collect()
}

/// A text that a test has cut before: it is cut again when something looks for it.
fn later(raw: &str, language: &str, values: &BTreeMap<String, String>) -> Late<Prescribed> {
    let (raw, language, values) = (raw.to_owned(), language.to_owned(), values.clone());
    Late::new(move || {
        Prescribed::parse_in(&raw, Some(&language), &values).expect("a test has cut it")
    })
}

/// An approved text in all its versions; none without an id.
pub(super) fn disclosure(
    table: &Table,
    pack: &str,
    source: &Arc<Source>,
    values: &BTreeMap<String, String>,
    reader: &mut Reader<'_>,
) -> Option<Disclosure> {
    let id = table.text("id")?;
    identifier(id, table, "id", reader);
    if table.has("version") && table.list("version").is_empty() {
        reader.wrong(
            table.span_of("version"),
            "a disclosure needs a version",
            None,
        );
    }
    let mut versions = Vec::new();
    for of in table.list("version") {
        let (from, until) = (of.date("from"), of.date("until"));
        if from.zip(until).is_some_and(|(from, until)| until <= from) {
            reader.wrong(of.span_of("until"), "`until` is not after `from`", None);
        }
        let mut texts = Vec::new();
        if let Some(languages) = of.table("text") {
            for (language, key) in languages.keys() {
                if language::tag(language).as_deref() != Some(language) {
                    let wrong =
                        format!("`{language}` is no language: write its tag, `en` or `pt-br`");
                    reader.wrong(
                        key,
                        wrong,
                        language::tag(language).map(|tag| format!("did you mean `{tag}`?")),
                    );
                }
                let (raw, span) = (
                    languages.text(language).unwrap_or_default(),
                    languages.span_of(language),
                );
                let here = Location::new(source, span);
                if reader.is_known() {
                    let text = later(raw, language, values);
                    texts.push((language.to_owned(), text, here));
                    continue;
                }
                match Prescribed::parse_in(raw, Some(language), values) {
                    Ok(text) => texts.push((language.to_owned(), text.into(), here)),
                    Err((message, at)) => {
                        let at = inner_span(source, span, raw, at);
                        reader.wrong(at, message, None);
                    }
                }
            }
            if languages.keys().next().is_none() {
                reader.wrong(
                    of.span_of("text"),
                    "a version needs a text: `text.en = \"…\"`",
                    None,
                );
            }
        }
        let mut locked = BTreeSet::new();
        for (word, span) in of.placed("locked") {
            let folded = fold(word);
            let there = reader.is_known()
                || texts.is_empty()
                || texts
                    .iter()
                    .any(|(_, text, _): &(String, Late<Prescribed>, Location)| {
                        fold(text.raw()).contains(&folded)
                    });
            if !there {
                reader.wrong(*span, format!("`{word}` is not in the text it locks"), None);
            }
            locked.extend(folded.split_whitespace().map(str::to_owned));
        }
        versions.push(Version {
            from,
            until,
            only: only(of),
            locked,
            texts,
        });
    }
    Some(Disclosure {
        id: qualified(pack, id),
        title: table.text("title").unwrap_or(id).to_owned(),
        versions,
    })
}
