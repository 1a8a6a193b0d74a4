//! caveat.toml: what it may say, and what it says.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::DataScope;
use super::built::BuiltSite;
use super::links::{LINKS, signs};
use super::provider::{PROVIDER, Provider};
use crate::check::{HouseValue, Signs};
use crate::finding::Finding;
use crate::keys::{Key, Reader, Shape, Table};
use crate::lint::Waiver;
use crate::rule::{CHANGES, Change, FACETS, Globs, built_in_words, changes};
use crate::source::{Location, Source};
use crate::syntax::Inner;

/// What caveat.toml says.
#[derive(Debug, Default)]
pub struct Config {
    /// Packs, each with its place; none when the file does not say.
    pub packs: Option<Vec<(String, Option<Location>)>>,
    /// Selectors of rules to run; none when the file does not say.
    pub select: Option<Vec<(String, Location)>>,
    /// Selectors of rules to leave out.
    pub ignore: Vec<(String, Location)>,
    /// Files to check; none when the file does not say.
    pub include: Option<Globs>,
    /// Files to leave out.
    pub exclude: Option<Globs>,
    /// What every page is, and what the pages of some paths are: later ones win.
    pub scopes: Vec<Scope>,
    /// Which strings of which data files are content.
    pub data: Vec<DataScope>,
    /// Words and numbers of the house.
    pub values: BTreeMap<String, String>,
    /// The same with their days and places.
    pub house: BTreeMap<String, HouseValue>,
    /// Changes to single rules.
    pub rules: Vec<Change>,
    /// What marks links as what.
    pub links: Arc<Signs>,
    /// What caveat.toml says of the built site.
    pub site: BuiltSite,
    /// What brings in what, where no convention says so.
    pub providers: Vec<Provider>,
    /// Waivers.
    pub waivers: Vec<Waiver>,
    /// The baseline: its file, from the folder of caveat.toml.
    pub baseline: Option<String>,
    /// The file; none where there is none.
    pub source: Option<Arc<Source>>,
}

/// What the pages of some paths are; no paths for every page.
pub type Scope = (Option<Globs>, BTreeMap<String, Vec<String>>);

const FACET: Shape = Shape::Texts;
const FILES: &[Key] = &[
    Key::new(
        "include",
        Shape::Globs,
        "Files to check, from the folder of caveat.toml; every file of a known syntax when left out.",
    ),
    Key::new(
        "exclude",
        Shape::Globs,
        "Files to leave out; .gitignore is honoured besides.",
    ),
];
const DEFAULTS: &[Key] = &[
    Key::new("jurisdiction", FACET, "Where the content is for."),
    Key::new("audience", FACET, "Whom it is for."),
    Key::new("product", FACET, "What it is about."),
    Key::new("channel", FACET, "Through what it is published."),
    Key::new("language", FACET, "What language it is in."),
];
const SCOPE: &[Key] = &[
    Key::required(
        "path",
        Shape::Globs,
        "The files it is about, from the folder of caveat.toml.",
    ),
    DEFAULTS[0],
    DEFAULTS[1],
    DEFAULTS[2],
    DEFAULTS[3],
    DEFAULTS[4],
];
const SITE: &[Key] = &[
    Key::new(
        "folder",
        Shape::Text,
        "Where the site is built to, from the folder of caveat.toml: `public`.",
    ),
    Key::new(
        "scope",
        Shape::List(SCOPE),
        "What the pages of some paths are, by their paths in the built site; the last that matches wins.",
    ),
];
const DATA: &[Key] = &[
    Key::required(
        "path",
        Shape::Globs,
        "The data files it is about, from the folder of caveat.toml; other data files are not read.",
    ),
    Key::new(
        "keys",
        Shape::Globs,
        "The strings that are content, by key path: `footer.**`, `*.disclaimer`, `items.0.text`; all when left out.",
    ),
    Key::new("not-keys", Shape::Globs, "Strings to leave out."),
    Key::new(
        "syntax",
        Shape::Choice(Inner::NAMES),
        "What the strings are written in: `html` when left out, `text`.",
    ),
];
const VALUE: &[Key] = &[
    Key::required("value", Shape::Scalars, "The value."),
    Key::new("as-of", Shape::Date, "The day it is of."),
    Key::new("max-age", Shape::Days, "How old it may be: `\"100 days\"`."),
];
const WAIVER: &[Key] = &[
    Key::required(
        "rule",
        Shape::Text,
        "The rule that is waived: its id, or `pack/*`.",
    ),
    Key::new(
        "path",
        Shape::Globs,
        "The files it is waived for; all when left out.",
    ),
    Key::required("reason", Shape::Text, "Why."),
    Key::new("owner", Shape::Text, "Who answers for it."),
    Key::new("expires", Shape::Date, "Last day on which it holds."),
];

/// The keys of caveat.toml.
pub static CONFIG_KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    vec![
        Key::new(
            "packs",
            Shape::Texts,
            "Rule packs: names of built-in ones, paths of files; `core` when left out.",
        ),
        Key::new(
            "select",
            Shape::Texts,
            "Rules to run: ids, `pack/*`, tags; all of the packs when left out.",
        ),
        Key::new(
            "ignore",
            Shape::Texts,
            "Rules to leave out: ids, `pack/*`, tags.",
        ),
        Key::new(
            "baseline",
            Shape::Text,
            "The file of findings that are known and not told again, from the folder of caveat.toml; `check --write-baseline` writes it.",
        ),
        Key::new("files", Shape::Table(FILES), "Which files are checked."),
        Key::new(
            "defaults",
            Shape::Table(DEFAULTS),
            "What every page is; front matter and scopes win.",
        ),
        Key::new(
            "scope",
            Shape::List(SCOPE),
            "What the pages of some paths are; the last that matches wins.",
        ),
        Key::new(
            "data",
            Shape::List(DATA),
            "Which strings of which JSON, YAML, TOML, PO and ARB files are content; the last that chooses a string wins.",
        ),
        Key::new(
            "values",
            Shape::Map(&Shape::Either(&[Shape::Scalars, Shape::Table(VALUE)])),
            "Words and numbers of the house, for `{name}` in phrases.",
        ),
        Key::new(
            "links",
            Shape::Table(LINKS),
            "What marks links as calls to action and as affiliate links, for placement.",
        ),
        Key::new(
            "rules",
            Shape::Map(&CHANGES),
            "Changes to single rules, by id; of several, by `pack/*` or a tag, only the severity.",
        ),
        Key::new(
            "site",
            Shape::Table(SITE),
            "The built site, for `check --site`.",
        ),
        Key::new(
            "provider",
            Shape::List(PROVIDER),
            "What brings in what, where no convention of a generator says so.",
        ),
        Key::new(
            "waiver",
            Shape::List(WAIVER),
            "Findings that someone answers for.",
        ),
    ]
});

impl Config {
    /// Reads a caveat.toml; what is wrong comes back as findings in it.
    #[must_use]
    pub fn parse(source: &Arc<Source>) -> (Self, Vec<Finding>) {
        let mut reader = Reader::new(source).with_packs(&built_in_words);
        let mut table = reader.read(&CONFIG_KEYS);
        let values = table.table("values").map(values).unwrap_or_default();
        if !values.is_empty() && table.table("rules").is_some() {
            // phrases of the file itself may need values of the file
            reader = Reader::new(source)
                .with_values(values.clone())
                .with_packs(&built_in_words);
            table = reader.read(&CONFIG_KEYS);
        }
        let placed = |key: &str| {
            table
                .placed(key)
                .iter()
                .map(|(text, span)| (text.clone(), Location::new(source, *span)))
                .collect::<Vec<_>>()
        };
        let mut config = Self {
            packs: table.has("packs").then(|| {
                placed("packs")
                    .into_iter()
                    .map(|(name, at)| (name, Some(at)))
                    .collect()
            }),
            select: table.has("select").then(|| placed("select")),
            ignore: placed("ignore"),
            baseline: table.text("baseline").map(str::to_owned),
            source: Some(Arc::clone(source)),
            ..Self::default()
        };
        if let Some(files) = table.table("files") {
            config.include = files
                .has("include")
                .then(|| Globs::paths(files.texts("include")));
            config.exclude = files
                .has("exclude")
                .then(|| Globs::paths(files.texts("exclude")));
        }
        for of in table
            .table("defaults")
            .into_iter()
            .chain(table.list("scope"))
        {
            reader.languages(of, "language");
        }
        let site = table.table("site").into_iter();
        for of in site.flat_map(|site| site.list("scope")) {
            reader.languages(of, "language");
        }
        config
            .scopes
            .extend(table.table("defaults").map(|of| (None, facets(of))));
        config.scopes.extend(
            table
                .list("scope")
                .iter()
                .map(|of| (Some(Globs::paths(of.texts("path"))), facets(of))),
        );
        if let Some(links) = table.table("links") {
            config.links = signs(links);
        }
        if let Some(site) = table.table("site") {
            config.site = BuiltSite::of(site, facets);
        }
        let mut wrong = Vec::new();
        let providers = table.list("provider").iter();
        config.providers = providers
            .filter_map(|of| Provider::of(of, source, &mut wrong))
            .collect();
        reader.findings.append(&mut wrong);
        let data = table.list("data").iter();
        config.data = data.map(|of| DataScope::of(of, source)).collect();
        config.values = values;
        if let Some(of) = table.table("values") {
            config.house = house(of, &config.values, source);
        }
        config.rules = table
            .table("rules")
            .map(|of| changes(of, None, source, &mut reader))
            .unwrap_or_default();
        for of in table.list("waiver") {
            let (Some(rule), Some(reason)) = (of.text("rule"), of.text("reason")) else {
                continue;
            };
            if reason.trim().is_empty() {
                reader.wrong(of.span_of("reason"), "a waiver needs a reason", None);
            }
            config.waivers.push(Waiver {
                rule: rule.to_owned(),
                path: of.has("path").then(|| Globs::paths(of.texts("path"))),
                reason: reason.to_owned(),
                owner: of.text("owner").map(str::to_owned),
                expires: of.date("expires"),
                location: Location::new(source, of.span_of("rule")),
            });
        }
        (config, reader.findings)
    }

    /// What config says of a page, by its path from the root.
    #[must_use]
    pub fn facets(&self, path: &str) -> BTreeMap<String, Vec<String>> {
        let mut all = BTreeMap::new();
        for (globs, facets) in &self.scopes {
            if globs.as_ref().is_none_or(|globs| globs.matches(path)) {
                all.extend(facets.clone());
            }
        }
        all
    }

    /// The words that `{name}` in a phrase stands for.
    pub(super) fn words(&self) -> BTreeMap<String, String> {
        self.values.clone()
    }
}

/// Words and numbers of the house, by name.
fn values(table: &Table) -> BTreeMap<String, String> {
    let value = |name: &str| {
        let inner = table.table(name).and_then(|of| of.text("value"));
        inner.or_else(|| table.text(name)).map(str::to_owned)
    };
    let all = table.keys();
    all.filter_map(|(name, _)| Some((name.to_owned(), value(name)?)))
        .collect()
}

/// The values of the house with their days and places.
fn house(
    table: &Table,
    values: &BTreeMap<String, String>,
    source: &Arc<Source>,
) -> BTreeMap<String, HouseValue> {
    let of = |name: &str, text: &str| {
        let inner = table.table(name);
        let span = inner.map_or_else(|| table.span_of(name), |of| of.span_of("value"));
        HouseValue {
            text: text.to_owned(),
            as_of: inner.and_then(|of| of.date("as-of")),
            max_age: inner.and_then(|of| of.days("max-age")),
            location: Location::new(source, span),
        }
    };
    let all = values.iter();
    all.map(|(name, text)| (name.clone(), of(name, text)))
        .collect()
}

fn facets(table: &Table) -> BTreeMap<String, Vec<String>> {
    FACETS
        .iter()
        .filter(|facet| table.has(facet))
        .map(|facet| {
            (
                (*facet).to_owned(),
                table
                    .texts(facet)
                    .iter()
                    .map(|value| value.to_lowercase())
                    .collect(),
            )
        })
        .collect()
}
