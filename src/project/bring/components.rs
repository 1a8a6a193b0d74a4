//! Components of pages: imported ones, and the templates that Astro shows the pages of a collection in.

use std::collections::BTreeMap;

use super::tree::{folder_of, join};
use super::{Asking, Setting, fact};
use crate::document::Document;
use crate::pieces::Pieces;
use crate::source::Span;
use crate::template::ask::{Answer, Call};
use crate::template::component::{SPREAD, evaluate};
use crate::template::{Opened, Opens, Output, Value};

const ENDINGS: &[&str] = &[
    "",
    ".tsx",
    ".jsx",
    ".ts",
    ".js",
    ".mdx",
    ".md",
    ".astro",
    ".vue",
    ".svelte",
    "/index.tsx",
    "/index.jsx",
    "/index.ts",
    "/index.js",
    "/index.astro",
];

/// What a component puts out that a page calls.
pub(super) fn component(asking: &Asking<'_>, call: &Call, document: &mut Document) -> Answer {
    let brought = document
        .brought_at(call.span.start)
        .map(|of| of.source.clone());
    let (source, from) = match &brought {
        None => (&document.source, asking.page.to_owned()),
        Some(source) => (source, asking.tree.path_of(source).unwrap_or_default()),
    };
    let head = call.name.split('.').next().unwrap_or_default();
    let imports = asking.imports(source);
    let Some(import) = imports.iter().find(|import| import.local == head) else {
        return Answer::AsItStands;
    };
    if !own(&import.path) {
        return Answer::AsItStands;
    }
    let path = match resolve(asking, &from, &import.path) {
        Ok(path) => path,
        Err(message) => return Answer::Unresolved(message),
    };
    if super::cycles(document, call.span, &path, asking.tree) {
        return Answer::Unresolved(format!("`{}` brings in itself", call.name));
    }
    let opened = match asking.open(&path, call.span, document) {
        Ok(opened) => opened,
        Err(message) => return Answer::Unresolved(message),
    };
    if matches!(super::ending(&opened.source), "md" | "mdx") {
        let range = super::texts::content(&opened.source)..opened.source.text().len();
        return Answer::File(opened.source, opened.base, range);
    }
    let arguments = props(document.slice(call.span), call.span);
    let exported = import.exported.as_deref();
    Answer::Markup(run(
        asking,
        &opened,
        exported,
        arguments,
        call.paired,
        document,
    ))
}

/// What stands round a page: the layout that its front matter names by path, or the template of its collection.
pub(super) fn layout(asking: &Asking<'_>, document: &mut Document) -> Answer {
    let named = document
        .meta
        .as_ref()
        .and_then(|meta| meta.get("layout"))
        .map(|entry| (entry.value.texts().join(""), entry.span));
    let (path, call) = match named {
        Some((path, span)) if own(&path) => match resolve(asking, asking.page, &path) {
            Ok(path) => (path, span),
            Err(message) => return Answer::Unresolved(message),
        },
        _ => match template_of(asking) {
            Some(path) => (path, Span::default()),
            None => return Answer::Nothing,
        },
    };
    let opened = match asking.open(&path, call, document) {
        Ok(opened) => opened,
        Err(message) => return Answer::Unresolved(message),
    };
    // `const { post } = Astro.props` is the entry of the collection, `frontmatter` what a layout gets
    let page = asking.meta(document).clone();
    let entry = Value::Map(BTreeMap::from([
        ("data".to_owned(), page.clone()),
        ("id".to_owned(), Value::Unknown),
        ("slug".to_owned(), Value::Unknown),
        ("body".to_owned(), Value::Unknown),
    ]));
    let mut arguments = BTreeMap::from([
        ("frontmatter".to_owned(), page.clone()),
        ("content".to_owned(), page),
        (SPREAD.to_owned(), Value::Unknown),
    ]);
    for name in names_of_props(opened.source.text()) {
        arguments.entry(name).or_insert_with(|| entry.clone());
    }
    Answer::Markup(run(asking, &opened, None, arguments, true, document))
}

/// What the component of a file puts out that config names.
pub(super) fn of_file(asking: &Asking<'_>, opened: &Opened, document: &mut Document) -> Answer {
    let arguments = BTreeMap::from([(SPREAD.to_owned(), Value::Unknown)]);
    Answer::Markup(run(asking, opened, None, arguments, false, document))
}

fn run(
    asking: &Asking<'_>,
    opened: &Opened,
    exported: Option<&str>,
    arguments: BTreeMap<String, Value>,
    paired: bool,
    document: &mut Document,
) -> Output {
    let facts = BTreeMap::from([("path".to_owned(), fact(asking.page))]);
    let find = |from: &str, _: Opens, name: &str| resolve(asking, from, name);
    let strings = |_: &str| Value::Unknown;
    let setting = Setting {
        arguments,
        paired,
        facts: &facts,
        defaults: BTreeMap::new(),
        find: &find,
        strings: &strings,
    };
    asking.evaluate(&setting, document, &|context| {
        evaluate(opened, exported, context)
    })
}

/// Whether the path of an import leads to a file of the site and not to a package.
fn own(path: &str) -> bool {
    ["./", "../", "/", "@/", "~/", "src/", "@site/"]
        .iter()
        .any(|begins| path.starts_with(begins))
}

/// The file that an import leads to.
fn resolve(asking: &Asking<'_>, from: &str, path: &str) -> Result<String, String> {
    let (folders, rest): (Vec<String>, &str) = if let Some(rest) = path.strip_prefix("@site/") {
        (vec![asking.site.folder.clone()], rest)
    } else if let Some(rest) = path.strip_prefix("@/").or_else(|| path.strip_prefix("~/")) {
        (
            vec![asking.site.path("src"), asking.site.folder.clone()],
            rest,
        )
    } else if path.starts_with('.') {
        (vec![folder_of(from).to_owned()], path)
    } else if let Some(rest) = path.strip_prefix('/') {
        (
            vec![asking.site.folder.clone(), asking.site.path("src")],
            rest,
        )
    } else if path.starts_with("src/") {
        (vec![asking.site.folder.clone()], path)
    } else {
        return Err(format!("`{path}` is a package, which is not looked into"));
    };
    let mut inside = false;
    for folder in &folders {
        let Some(joined) = join(folder, rest) else {
            continue;
        };
        inside = true;
        let found = ENDINGS
            .iter()
            .map(|ending| format!("{joined}{ending}"))
            .find(|path| asking.tree.has(path));
        if let Some(found) = found {
            return Ok(found);
        }
    }
    Err(if inside {
        format!(
            "there is no `{path}`, as `{}` writes it",
            asking.tree.shown(from)
        )
    } else {
        format!("`{path}` leads out of the repository, and nothing there is read")
    })
}

/// The template in `src/pages` that shows the collection which the page belongs to.
fn template_of(asking: &Asking<'_>) -> Option<String> {
    let content = asking.site.path("src/content");
    let inside = asking.page.strip_prefix(&content)?.strip_prefix('/')?;
    let (collection, _) = inside.split_once('/')?;
    let name = format!("{content}/{collection}");
    asking.tree.once(&name, || template_for(asking, collection))
}

fn template_for(asking: &Asking<'_>, collection: &str) -> Option<String> {
    let quoted = [format!("'{collection}'"), format!("\"{collection}\"")];
    let files = asking.tree.list(&asking.site.path("src/pages"));
    let shows = |path: &&String| {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.ends_with(".astro")
            && name.starts_with('[')
            && asking.tree.read(path).is_ok_and(|source| {
                let text = source.text();
                text.contains("<Content") && quoted.iter().any(|name| text.contains(name.as_str()))
            })
    };
    files.iter().find(shows).cloned()
}

/// The names that a template takes its entry by: `const { post, other } = Astro.props`.
fn names_of_props(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices("Astro.props") {
        let before = text[..at].trim_end().trim_end_matches('=').trim_end();
        let Some(inner) = before.strip_suffix('}') else {
            continue;
        };
        let Some(open) = inner.rfind('{') else {
            continue;
        };
        let plain = |name: &str| {
            name.split([':', '='])
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        names.extend(
            inner[open + 1..]
                .split(',')
                .map(plain)
                .filter(|name| !name.is_empty()),
        );
    }
    names
}

/// The arguments of a tag, as it is written: texts, numbers, `true` and `false`; what only a program can tell is unknown.
fn props(tag: &str, span: Span) -> BTreeMap<String, Value> {
    let mut given = BTreeMap::new();
    let start = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
    let mut at = start;
    while at < tag.len() {
        let rest = &tag[at..];
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        if trimmed.starts_with("{") {
            given.insert(SPREAD.to_owned(), Value::Unknown);
            at += braces(trimmed);
            continue;
        }
        let length = trimmed
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.')))
            .unwrap_or(trimmed.len());
        if length == 0 {
            break;
        }
        let name = trimmed[..length].to_owned();
        at += length;
        let Some(value) = trimmed[length..].strip_prefix('=') else {
            given.insert(name, Value::Bool(true));
            continue;
        };
        at += 1;
        let place = |from: usize| span.start as usize + from;
        let (value, length) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let length = value[1..].find(quote).unwrap_or(value.len() - 1);
                (
                    Value::Text(Pieces::of(&value[1..=length], place(at + 1))),
                    length + 2,
                )
            }
            Some('{') => {
                let length = braces(value);
                let code = value[1..length.max(2) - 1].trim();
                let quoted = code.len() >= 2
                    && ['"', '\'', '`']
                        .iter()
                        .any(|quote| code.starts_with(*quote) && code.ends_with(*quote));
                let from = at + value.find(code).unwrap_or_default();
                let value = match code {
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    "null" | "undefined" => Value::Nil,
                    _ if quoted && !code.contains("${") && !code.contains('\\') => {
                        Value::Text(Pieces::of(&code[1..code.len() - 1], place(from + 1)))
                    }
                    _ => code.parse().map_or(Value::Unknown, Value::Number),
                };
                (value, length)
            }
            _ => (Value::Unknown, 1),
        };
        given.insert(name, value);
        at += length;
    }
    given
}

/// The length of what stands in braces, with them.
fn braces(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}
