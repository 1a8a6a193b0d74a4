//! Hugo: shortcodes, the layout of a page, partials, strings; in the site before its themes.

use std::collections::BTreeMap;

use super::tree::{folder_of, join};
use super::{Asking, Setting, fact, values};
use crate::document::{Document, MetaValue};
use crate::source::Span;
use crate::template::ask::{Answer, Call};
use crate::template::go::{Stands, evaluate_with};
use crate::template::{Opened, Opens, Value};

/// Shortcodes that come with Hugo, and which of their arguments a reader sees as words.
const BUILT_IN: &[(&str, &[&str])] = &[
    ("comment", &[]),
    ("figure", &["title", "caption", "attr"]),
    ("gist", &[]),
    ("highlight", &[]),
    ("instagram", &[]),
    ("param", &[]),
    ("qr", &[]),
    ("ref", &[]),
    ("relref", &[]),
    ("tweet", &[]),
    ("twitter", &[]),
    ("vimeo", &[]),
    ("x", &[]),
    ("youtube", &[]),
];

/// What a shortcode puts out.
pub(super) fn shortcode(asking: &Asking<'_>, call: &Call, document: &mut Document) -> Answer {
    let names = [
        format!("shortcodes/{}.html", call.name),
        format!("_shortcodes/{}.html", call.name),
        format!("shortcodes/{}.md", call.name),
    ];
    let Some(path) = template(asking, &names) else {
        if let Some((_, shown)) = BUILT_IN.iter().find(|(name, _)| *name == call.name) {
            return if shown.is_empty() {
                Answer::Nothing
            } else {
                Answer::Shows(shown)
            };
        }
        let message = format!(
            "the shortcode `{}` has no template `{}`",
            call.name,
            asking
                .tree
                .shown(&asking.site.path(&format!("layouts/{}", names[0])))
        );
        return Answer::Unresolved(message);
    };
    let root = match asking.open(&path, call.span, document) {
        Ok(root) => root,
        Err(message) => return Answer::Unresolved(message),
    };
    let arguments = Asking::arguments(call, document);
    let output = run(
        asking,
        &About::of(asking, document),
        &[root],
        Stands::Shortcode,
        arguments,
        call.paired,
        document,
    );
    Answer::Markup(output)
}

/// What stands round a page.
pub(super) fn layout(asking: &Asking<'_>, document: &mut Document) -> Answer {
    let about = About::of(asking, document);
    if !about.content {
        return Answer::Nothing;
    }
    let Some(path) = about.template(asking, "single") else {
        return match &asking.site.theme_away {
            Some(_) => {
                Answer::Unresolved("the layout of the page is not in the repository".to_owned())
            }
            None => Answer::Nothing,
        };
    };
    let here = Span::default();
    let template_ = match asking.open(&path, here, document) {
        Ok(opened) => opened,
        Err(message) => return Answer::Unresolved(message),
    };
    // a template that only defines blocks fills those of the base
    let text = template_.source.text();
    let fills = text.contains("define");
    let base = fills.then(|| about.template(asking, "baseof")).flatten();
    let output = match base.map(|base| asking.open(&base, here, document)) {
        Some(Ok(base)) => run(
            asking,
            &about,
            &[base, template_],
            Stands::Layout,
            BTreeMap::new(),
            true,
            document,
        ),
        _ => run(
            asking,
            &about,
            &[template_],
            Stands::Layout,
            BTreeMap::new(),
            true,
            document,
        ),
    };
    Answer::Markup(output)
}

/// Evaluates the first of these templates, with what the others define.
fn run(
    asking: &Asking<'_>,
    about: &About,
    files: &[Opened],
    stands: Stands,
    arguments: BTreeMap<String, Value>,
    paired: bool,
    document: &mut Document,
) -> crate::template::Output {
    let facts = about.facts();
    let find = |_: &str, _: Opens, name: &str| {
        let note = format!("hugo partial {}\n{name}", asking.site.mark);
        let found = asking.tree.once(&note, || {
            let plain = name.trim_start_matches('/');
            let names = [
                format!("partials/{plain}"),
                format!("partials/{plain}.html"),
                format!("_partials/{plain}"),
                format!("_partials/{plain}.html"),
                plain.to_owned(),
            ];
            template(asking, &names)
        });
        found.ok_or_else(|| format!("there is no partial `{name}`"))
    };
    let strings = |key: &str| {
        let of = |language: &str| asking.site.strings.get(language)?.get(key).cloned();
        of(&about.language)
            .or_else(|| of(&about.default_language))
            .unwrap_or(Value::Unknown)
    };
    let setting = Setting {
        arguments,
        paired,
        facts: &facts,
        defaults: cascade(asking),
        find: &find,
        strings: &strings,
    };
    asking.evaluate(&setting, document, &|context| {
        evaluate_with(&files[0], &files[1..], stands, context)
    })
}

/// What the sections round a page hand down to its front matter: `cascade` of their `_index.md`, the nearest first.
fn cascade(asking: &Asking<'_>) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    let mut folder = asking.page;
    while folder.contains('/') {
        folder = folder_of(folder);
        let path = format!("{folder}/_index.md");
        if path == asking.page || !asking.tree.has(&path) {
            continue;
        }
        let Ok(source) = asking.tree.read(&path) else {
            continue;
        };
        if !source.text().contains("cascade") {
            continue;
        }
        let Some(meta) = crate::syntax::front_matter_of(&source) else {
            continue;
        };
        let Value::Map(mut table) = values::of_meta(&meta, &source, asking.tree.share(&source))
        else {
            continue;
        };
        if let Some(Value::Map(mut handed)) = table.remove("cascade") {
            if let Some(Value::Map(own)) = handed.remove("params") {
                handed.extend(own);
            }
            for (key, value) in handed {
                found.entry(key).or_insert(value);
            }
        }
    }
    found
}

/// The first of these templates that there is: in the site, then in its themes.
fn template(asking: &Asking<'_>, names: &[String]) -> Option<String> {
    let folders = std::iter::once(asking.site.path("layouts")).chain(
        asking
            .site
            .themes
            .iter()
            .map(|theme| format!("{theme}/layouts")),
    );
    folders
        .flat_map(|folder| names.iter().filter_map(move |name| join(&folder, name)))
        .find(|path| asking.tree.has(path))
}

/// What Hugo knows of a page by its place and its front matter.
struct About {
    /// Whether it is a page of the site at all.
    content: bool,
    kind: &'static str,
    section: String,
    of_type: String,
    layout: Option<String>,
    language: String,
    default_language: String,
}

impl About {
    fn of(asking: &Asking<'_>, document: &Document) -> Self {
        let setting = |name: &str| match &asking.site.config {
            Value::Map(table) => match table.get(name) {
                Some(Value::Text(text)) => Some(text.text.clone()),
                _ => None,
            },
            _ => None,
        };
        let folder = asking
            .site
            .path(&setting("contentDir").unwrap_or_else(|| "content".to_owned()));
        let inside = asking
            .page
            .strip_prefix(&folder)
            .and_then(|rest| rest.strip_prefix('/'));
        let default_language = setting("defaultContentLanguage")
            .unwrap_or_else(|| "en".to_owned())
            .to_lowercase();
        let stem = asking.page.rsplit('/').next().unwrap_or_default();
        let mut parts = stem.split('.').rev().skip(1);
        let language = parts
            .next()
            .filter(|part| {
                asking.site.strings.contains_key(&part.to_lowercase())
                    && stem.matches('.').count() > 1
            })
            .map_or_else(|| default_language.clone(), str::to_lowercase);
        let rest = inside.unwrap_or_default();
        let section = rest
            .split_once('/')
            .map_or("", |(first, _)| first)
            .to_owned();
        let index = stem.starts_with("_index.");
        let text = |key: &str| {
            document
                .meta
                .as_ref()?
                .get(key)
                .and_then(|entry| match &entry.value {
                    MetaValue::Text(text) if !text.is_empty() => Some(text.clone()),
                    _ => None,
                })
        };
        let of_type = text("type").unwrap_or_else(|| {
            if section.is_empty() {
                "page".to_owned()
            } else {
                section.clone()
            }
        });
        Self {
            content: inside.is_some(),
            kind: match (index, section.is_empty()) {
                (true, true) => "home",
                (true, false) => "section",
                _ => "page",
            },
            section,
            of_type,
            layout: text("layout"),
            language,
            default_language,
        }
    }

    fn facts(&self) -> BTreeMap<String, Value> {
        let mut facts: BTreeMap<String, Value> = [
            ("kind", self.kind),
            ("section", &self.section),
            ("type", &self.of_type),
            ("lang", &self.language),
        ]
        .into_iter()
        .map(|(name, text)| (name.to_owned(), fact(text)))
        .collect();
        let layout = self.layout.as_deref().map_or(Value::Nil, fact);
        facts.insert("layout".to_owned(), layout);
        facts
    }

    /// The template for it, found once for all pages alike.
    fn template(&self, asking: &Asking<'_>, base: &str) -> Option<String> {
        let note = [
            "hugo layout",
            &asking.site.mark,
            base,
            self.kind,
            &self.section,
            &self.of_type,
            self.layout.as_deref().unwrap_or_default(),
        ]
        .join("\n");
        asking
            .tree
            .once(&note, || template(asking, &self.templates(base)))
    }

    /// The names of the templates for it, the most special first: <https://gohugo.io/templates/lookup-order/>.
    fn templates(&self, base: &str) -> Vec<String> {
        let single: &[&str] = match self.kind {
            "page" => &["single", "page", "all"],
            "section" => &["section", "list", "all"],
            _ => &["index", "home", "list", "all"],
        };
        let names: Vec<String> = if base == "baseof" {
            single
                .iter()
                .map(|name| format!("{name}-baseof"))
                .chain(["baseof".to_owned()])
                .collect()
        } else {
            self.layout
                .iter()
                .cloned()
                .chain(single.iter().map(|name| (*name).to_owned()))
                .collect()
        };
        let mut folders = vec![self.of_type.clone()];
        if self.section != self.of_type {
            folders.push(self.section.clone());
        }
        folders.extend(["_default".to_owned(), String::new()]);
        // a layout that the page names itself counts before a more special folder
        let mut found = Vec::new();
        for name in &names {
            for folder in &folders {
                let path = if folder.is_empty() {
                    format!("{name}.html")
                } else {
                    format!("{folder}/{name}.html")
                };
                found.push(path);
            }
        }
        found
    }
}
