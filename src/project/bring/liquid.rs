//! Jekyll, Eleventy and GitBook: what Liquid makes of a page, its layouts, its includes.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::site::Generator;
use super::tree::{folder_of, join};
use super::{Asking, Setting, fact, values};
use crate::document::{Document, MetaValue};
use crate::source::{Source, Span};
use crate::template::ask::Answer;
use crate::template::liquid::{evaluate, evaluate_range};
use crate::template::{Mark, Opened, Opens, Output, Value};

/// What templates make of the text of a page.
pub(super) fn body(asking: &Asking<'_>, range: Range<usize>, document: &mut Document) -> Answer {
    // Jekyll copies a file without front matter as it is
    if document.meta.is_none() && asking.site.generator == Generator::Jekyll {
        return Answer::AsItStands;
    }
    let root = Opened {
        source: Arc::clone(&document.source),
        base: 0,
    };
    Answer::Text(run(asking, document, &BTreeMap::new(), &|context| {
        evaluate_range(&root, range.clone(), context)
    }))
}

/// What stands round a page: its layout, that layout's own, and so on.
pub(super) fn layout(asking: &Asking<'_>, document: &mut Document) -> Answer {
    const DEEPEST: usize = 8;
    let Some(meta) = &document.meta else {
        return Answer::Nothing;
    };
    let named = meta
        .get("layout")
        .map(|entry| (entry.value.clone(), entry.span));
    let (mut name, mut call) = match named {
        Some((MetaValue::Text(name), span)) => (name, span),
        Some(_) => return Answer::Nothing,
        None => match defaults(asking).get("layout") {
            Some(name) => (name.clone(), Span::default()),
            None => return Answer::Nothing,
        },
    };
    let mut whole: Option<Output> = None;
    let mut said = BTreeMap::new();
    for _ in 0..DEEPEST {
        if matches!(name.as_str(), "none" | "null" | "false" | "nil") {
            break;
        }
        let endings = ["", ".html", ".liquid", ".njk", ".md"];
        let folders = [
            "_layouts",
            "_includes",
            "_includes/layouts",
            "src/_layouts",
            "src/_includes",
            "src/_includes/layouts",
        ];
        let path = folders
            .iter()
            .flat_map(|folder| endings.iter().map(move |ending| (folder, ending)))
            .filter_map(|(folder, ending)| {
                join(&asking.site.path(folder), &format!("{name}{ending}"))
            })
            .find(|path| asking.tree.has(path));
        let Some(path) = path else {
            return missing(&name, whole, document);
        };
        let opened = match asking.open(&path, call, document) {
            Ok(opened) => opened,
            Err(message) => return Answer::Unresolved(message),
        };
        // what the inner layouts say of themselves wins
        if let Some(meta) = crate::syntax::front_matter_of(&opened.source)
            && let Value::Map(own) = values::of_meta(&meta, &opened.source, opened.base)
        {
            for (key, value) in own {
                said.entry(key).or_insert(value);
            }
        }
        let output = run(asking, document, &said, &|context| {
            evaluate(&opened, context)
        });
        whole = Some(match whole {
            None => output,
            Some(inner) => wrapped(output, inner),
        });
        let Some((next, at)) = layout_of(&opened.source) else {
            break;
        };
        name = next;
        call = Span::new(opened.base + at.start, opened.base + at.end);
    }
    whole.map_or(Answer::Nothing, Answer::Markup)
}

/// What there is of a chain whose next layout is not in the repository.
fn missing(name: &str, whole: Option<Output>, document: &mut Document) -> Answer {
    let message = format!("the layout `{name}` is not in the repository");
    match whole {
        None => Answer::Unresolved(message),
        Some(output) => {
            let span = Span::default();
            document
                .unresolved
                .push(crate::document::Problem { span, message });
            Answer::Markup(output)
        }
    }
}

/// A text with another in the place of what it stands round.
pub(super) fn wrapped(outer: Output, inner: Output) -> Output {
    let Some(at) = outer
        .marks
        .iter()
        .position(|(_, mark)| *mark == Mark::Inner)
    else {
        return Output {
            marks: inner.marks,
            text: inner.text,
        };
    };
    let place = outer.marks[at].0;
    let mut whole = Output::default();
    whole.text.add(&outer.text, 0..place);
    whole.text.add(&inner.text, 0..inner.text.text.len());
    whole.text.add(&outer.text, place..outer.text.text.len());
    let length = inner.text.text.len();
    for (number, (here, mark)) in outer.marks.into_iter().enumerate() {
        match number.cmp(&at) {
            std::cmp::Ordering::Less => whole.marks.push((here, mark)),
            std::cmp::Ordering::Equal => {
                whole.marks.extend(
                    inner
                        .marks
                        .iter()
                        .map(|(at, mark)| (place + at, mark.clone())),
                );
            }
            std::cmp::Ordering::Greater if mark == Mark::Inner => {}
            std::cmp::Ordering::Greater => whole.marks.push((here + length, mark)),
        }
    }
    whole
}

fn run(
    asking: &Asking<'_>,
    document: &mut Document,
    layout: &BTreeMap<String, Value>,
    evaluate: &dyn Fn(&crate::template::Context<'_>) -> Output,
) -> Output {
    let find = |from: &str, how: Opens, name: &str| {
        let mut folders = Vec::new();
        match how {
            Opens::Relative => folders.push(folder_of(from).to_owned()),
            _ => {
                folders
                    .extend(["_includes", "src/_includes"].map(|folder| asking.site.path(folder)));
                if asking.site.generator == Generator::GitBook {
                    folders.extend([asking.site.folder.clone(), folder_of(from).to_owned()]);
                }
            }
        }
        let endings = ["", ".html", ".liquid", ".njk", ".md"];
        let mut out = true;
        for folder in &folders {
            for ending in endings {
                let Some(path) = join(folder, &format!("{name}{ending}")) else {
                    continue;
                };
                out = false;
                if asking.tree.has(&path) {
                    return Ok(path);
                }
            }
        }
        Err(if out {
            format!("`{name}` leads out of the repository, and nothing there is read")
        } else {
            format!(
                "there is no include `{name}` in `{}`",
                folders.first().map_or("", String::as_str)
            )
        })
    };
    let mut facts = BTreeMap::new();
    facts.insert("path".to_owned(), fact(asking.page));
    // what configuration says of pages that do not say it themselves
    let own = document.meta.as_ref();
    for (key, value) in defaults(asking) {
        if own.is_none_or(|meta| meta.get(key).is_none()) {
            let value = match value.as_str() {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => fact(value),
            };
            facts.insert(key.clone(), value);
        }
    }
    facts.insert("layout".to_owned(), Value::Map(layout.clone()));
    if asking.site.generator == Generator::Eleventy {
        // data of other files may give a value to any name
        facts.insert("bare".to_owned(), Value::Bool(true));
    }
    let strings = |_: &str| Value::Unknown;
    let setting = Setting {
        arguments: BTreeMap::new(),
        paired: true,
        facts: &facts,
        defaults: BTreeMap::new(),
        find: &find,
        strings: &strings,
    };
    asking.evaluate(&setting, document, evaluate)
}

/// The layout that a layout names itself, and where.
fn layout_of(source: &Source) -> Option<(String, Range<usize>)> {
    let end = super::texts::content(source);
    let head = &source.text()[..end];
    let mut at = 0;
    for line in head.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix("layout:") {
            let plain = name.trim().trim_matches(['"', '\'']);
            return (!plain.is_empty()).then(|| (plain.to_owned(), at..at + line.trim_end().len()));
        }
        at += line.len();
    }
    None
}

/// What `defaults` of `_config.yml` say of the page: each entry has a scope of `path` and `type`, and values; later ones win.
fn defaults<'a>(asking: &Asking<'a>) -> &'a BTreeMap<String, String> {
    asking.own.defaults.get_or_init(|| defaults_of(asking))
}

fn defaults_of(asking: &Asking<'_>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let names = ["_config.yml", "_config.yaml"];
    let Some(config) = names
        .iter()
        .find_map(|name| asking.tree.read(&asking.site.path(name)).ok())
    else {
        return found;
    };
    let page = asking
        .page
        .strip_prefix(asking.site.folder.as_str())
        .unwrap_or(asking.page);
    let page = page.trim_start_matches('/');
    let of_type = page
        .split('/')
        .find_map(|part| part.strip_prefix('_'))
        .unwrap_or("pages");
    let mut lines = config
        .text()
        .lines()
        .skip_while(|line| !line.starts_with("defaults:"))
        .skip(1);
    let plain = |value: &str| {
        value
            .split(" #")
            .next()
            .unwrap_or_default()
            .trim()
            .trim_matches(['"', '\''])
            .to_owned()
    };
    let mut applies = true;
    let mut values = false;
    for line in lines.by_ref() {
        if !line.is_empty() && !line.starts_with([' ', '-', '#', '\t']) {
            break;
        }
        let words = line.trim().trim_start_matches("- ").trim();
        if line.trim_start().starts_with("- ") {
            applies = true;
            values = false;
        }
        match words.split_once(':') {
            Some(("values", _)) => values = true,
            Some(("scope", _)) => values = false,
            Some(("path", path)) if !values => {
                let path = plain(path);
                let start = path.split('*').next().unwrap_or_default();
                applies &= page.starts_with(start.trim_start_matches('/'));
            }
            Some(("type", name)) if !values => applies &= plain(name) == of_type,
            Some((key, value)) if values && applies && !value.trim().is_empty() => {
                found.insert(key.trim().to_owned(), plain(value));
            }
            _ => {}
        }
    }
    found
}
