//! Includes that stand in text, each found by the convention of its generator: snippets, mdBook, Microsoft Learn, AsciiDoc, RST.

use std::ops::Range;

use super::tree::{folder_of, join};
use super::{Asking, cycles};
use crate::document::Document;
use crate::source::Source;
use crate::template::ask::{Answer, Call, Form};

/// What an include brings in.
pub(super) fn include(asking: &Asking<'_>, call: &Call, document: &mut Document) -> Answer {
    let from = document
        .brought_at(call.span.start)
        .and_then(|of| asking.tree.path_of(&of.source))
        .unwrap_or_else(|| asking.page.to_owned());
    let (name, part) = match call.form {
        Form::Snippet | Form::Book => split(&call.name),
        _ => (call.name.as_str(), None),
    };
    if name.contains("://") {
        return Answer::Unresolved(format!(
            "`{name}` is on another machine, and nothing is fetched"
        ));
    }
    let mut folders: Vec<String> = Vec::new();
    match call.form {
        Form::Snippet => {
            let named = asking.own.snippets.get_or_init(|| snippet_folders(asking));
            folders.extend(named.iter().cloned());
            folders.extend([asking.site.folder.clone(), asking.site.path("docs")]);
        }
        _ => folders.push(folder_of(&from).to_owned()),
    }
    // `~/` is the root of a DocFX site, a leading `/` that of Sphinx
    let rooted = name.strip_prefix("~/").or_else(|| {
        name.strip_prefix('/')
            .filter(|_| call.form == Form::Directive)
    });
    let name = rooted.unwrap_or(name);
    if rooted.is_some() {
        folders = vec![asking.site.folder.clone()];
    }
    let paths: Vec<Option<String>> = folders.iter().map(|folder| join(folder, name)).collect();
    let Some(path) = paths.iter().flatten().find(|path| asking.tree.has(path)) else {
        let message = match paths.iter().flatten().next() {
            None => format!("`{name}` leads out of the repository, and nothing there is read"),
            Some(path) => match asking.tree.read(path) {
                Err(message) => message,
                Ok(_) => format!("there is no `{}`", asking.tree.shown(path)),
            },
        };
        return Answer::Unresolved(message);
    };
    if cycles(document, call.span, path, asking.tree) {
        return Answer::Unresolved(format!("`{name}` brings in itself"));
    }
    match asking.open(path, call.span, document) {
        Err(message) => Answer::Unresolved(message),
        Ok(opened) => match range(&opened.source, part) {
            Some(range) => Answer::File(opened.source, opened.base, range),
            None => Answer::Unresolved(format!(
                "`{}` has no part `{}`",
                asking.tree.shown(path),
                part.unwrap_or_default()
            )),
        },
    }
}

/// The name of a file and the part of it that is meant: `file:2:5`, `file:name`.
fn split(name: &str) -> (&str, Option<&str>) {
    name.split_once(':')
        .filter(|(file, part)| file.contains('.') && !part.starts_with("//"))
        .map_or((name, None), |(file, part)| (file, Some(part)))
}

/// The bytes of a part of a file: its lines, or what stands between the marks of a section or an anchor.
fn range(source: &Source, part: Option<&str>) -> Option<Range<usize>> {
    let text = source.text();
    let whole = content(source)..text.len();
    let Some(part) = part else { return Some(whole) };
    let numbers = part.chars().all(|c| c.is_ascii_digit() || c == ':') && !part.is_empty();
    if numbers {
        let mut bounds = part.split(':').map(|number| number.parse::<u32>().ok());
        let first = bounds.next().flatten().unwrap_or(1).max(1);
        let last = match bounds.next() {
            None => first,
            Some(last) => last.unwrap_or_else(|| source.line_count()),
        };
        let start = source.line(first).start as usize;
        let end = source.line(last.max(first)).end as usize;
        return (first <= source.line_count()).then_some(start..end.max(start));
    }
    let marks = [
        (
            format!("--8<-- [start:{part}]"),
            format!("--8<-- [end:{part}]"),
        ),
        (format!("ANCHOR: {part}"), format!("ANCHOR_END: {part}")),
    ];
    marks.iter().find_map(|(opens, closes)| {
        let from = text.find(opens.as_str())?;
        let from = from + text[from..].find('\n')? + 1;
        let to = from + text[from..].find(closes.as_str())?;
        let to = text[..to].rfind('\n').map_or(from, |end| end.max(from));
        Some(from..to)
    })
}

/// Where the content of a file begins: after its front matter.
pub(super) fn content(source: &Source) -> usize {
    let base = source.bom();
    let text = &source.text()[base..];
    let Some(rest) = text
        .strip_prefix("---\n")
        .or_else(|| text.strip_prefix("---\r\n"))
    else {
        return base;
    };
    let head = text.len() - rest.len();
    let mut at = base + head;
    for line in rest.split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == "---" {
            return at;
        }
    }
    base
}

/// The folders that MkDocs takes snippets from: `base_path` of `pymdownx.snippets`, one or a list.
fn snippet_folders(asking: &Asking<'_>) -> Vec<String> {
    let config = ["mkdocs.yml", "mkdocs.yaml"]
        .iter()
        .find_map(|name| asking.tree.read(&asking.site.path(name)).ok());
    let Some(config) = config else {
        return Vec::new();
    };
    let mut lines = config.text().lines();
    let plain = |name: &str| name.trim_matches([' ', '"', '\'', ',']).to_owned();
    let mut names = Vec::new();
    while let Some(line) = lines.next() {
        let Some(value) = line
            .trim_start_matches([' ', '-'])
            .strip_prefix("base_path:")
        else {
            continue;
        };
        match value.trim() {
            "" => names.extend(
                lines
                    .by_ref()
                    .map_while(|line| line.trim().strip_prefix("- "))
                    .map(plain),
            ),
            list if list.starts_with('[') => {
                names.extend(list.trim_matches(['[', ']']).split(',').map(plain));
            }
            one => names.push(plain(one)),
        }
    }
    names
        .iter()
        .filter_map(|name| join(&asking.site.folder, name))
        .collect()
}
