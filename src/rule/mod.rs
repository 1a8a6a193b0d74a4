//! Rules as their authors wrote them: packs, what each rule demands and when, its law, its examples.

mod builtin;
mod load;

use std::sync::{Arc, LazyLock};

use jiff::civil::Date;

use crate::check::{Disclosure, Head, KINDS, Kind};
use crate::finding::Finding;
use crate::keys::{Key, Shape, Table};
use crate::source::{Location, Source, Span};

pub use crate::keys::Globs;
pub use builtin::PACKS;
pub use load::load;

/// What a page can be said to be, so that rules apply to it or not.
pub const FACETS: [&str; 5] = ["jurisdiction", "audience", "product", "channel", "language"];

/// A rule file.
#[derive(Debug)]
pub struct Pack {
    /// The first part of its rules' ids.
    pub name: String,
    /// What it is, in a few words.
    pub title: String,
    /// Where it was read from.
    pub source: Arc<Source>,
    /// Its rules, as the file lists them.
    pub rules: Vec<Arc<Rule>>,
    /// Its approved texts.
    pub disclosures: Vec<Disclosure>,
}

/// A rule as its author wrote it.
#[derive(Debug)]
pub struct Rule {
    /// What it says of itself.
    pub head: Head,
    /// The name of its pack.
    pub pack: String,
    /// Words to select it by.
    pub tags: Vec<String>,
    /// First day on which it applies.
    pub from: Option<Date>,
    /// First day on which it applies no more.
    pub until: Option<Date>,
    /// The law, whole.
    pub law: Vec<Law>,
    /// When it applies.
    pub when: When,
    /// What it demands.
    pub demands: Vec<(&'static Kind, Table)>,
    /// Texts that break it and texts that do not.
    pub examples: Vec<Example>,
    /// Where its id stands.
    pub location: Location,
    /// From its header to the next rule, in source bytes of the pack.
    pub whole: Span,
}

/// A law that a rule rests on.
#[derive(Debug, Clone)]
pub struct Law {
    /// Who made or applies it.
    pub regulator: String,
    /// Say "COBS 4.12A.11R".
    pub citation: String,
    /// Where it can be read.
    pub url: String,
    /// Its words.
    pub quote: String,
    /// When someone last looked.
    pub checked: Option<Date>,
    /// How well it is verified: `verified`, `second-hand`, `unverified`.
    pub status: String,
}

/// When a rule applies: every condition that is given must hold.
#[derive(Debug, Default)]
pub struct When {
    /// The table, for its phrases.
    pub table: Table,
    /// Facets of which the page must have one value each.
    pub facets: Vec<(&'static str, Vec<String>)>,
    /// Paths, from the project's root.
    pub path: Option<Globs>,
    /// Front matter keys and the values of which the page must have one.
    pub front_matter: Vec<(String, Vec<String>)>,
    /// Link targets that make it apply.
    pub links: Option<Globs>,
}

/// A text that a rule must find something in, or nothing.
#[derive(Debug, Clone)]
pub struct Example {
    /// The text, in Markdown unless `syntax` says otherwise.
    pub text: String,
    /// Whether the rule must find something.
    pub fails: bool,
    /// What it must find.
    pub code: Option<String>,
    /// The text under the primary span.
    pub at: Option<String>,
    /// The syntax it is written in.
    pub syntax: String,
    /// Where it stands.
    pub location: Location,
}

impl Rule {
    /// Whether a selector picks it: its id, `pack/*`, a tag, a pack's name.
    #[must_use]
    pub fn is(&self, selector: &str) -> bool {
        selector == self.head.id
            || selector == "*"
            || selector
                .strip_suffix("/*")
                .is_some_and(|pack| pack == self.pack)
            || self.tags.iter().any(|tag| tag == selector)
    }

    /// Whether it is in force on a day.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// A pack that is embedded in the program, and the mistakes in it, of which the packs that ship have none.
#[must_use]
pub fn built_in(name: &str) -> Option<(Pack, Vec<Finding>)> {
    let (_, text) = PACKS.iter().find(|(known, _)| *known == name)?;
    let source = Arc::new(Source::new(format!("rules/{name}.toml"), *text));
    Some(load(&source, &std::collections::BTreeMap::new()))
}

/// The keys of a rule pack.
pub static PACK_KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    vec![
        Key::required("pack", Shape::Table(HEAD), "What the pack is."),
        Key::new(
            "disclosure",
            Shape::List(DISCLOSURE),
            "Approved texts, kept once.",
        ),
        Key::new("rule", Shape::List(&RULE_KEYS), "The rules."),
    ]
});

const HEAD: &[Key] = &[
    Key::required(
        "name",
        Shape::Text,
        "The first part of its rules' ids: letters, digits and hyphens.",
    ),
    Key::new("title", Shape::Text, "What the pack is, in a few words."),
];

const DISCLOSURE: &[Key] = &[
    Key::required("id", Shape::Text, "What rules refer to it by."),
    Key::new("title", Shape::Text, "What it is, in a few words."),
    Key::new("source", Shape::List(SOURCE), "The law that prescribes it."),
    Key::required("version", Shape::List(VERSION), "Its versions."),
];

const VERSION: &[Key] = &[
    Key::new("from", Shape::Date, "First day on which it is the wording."),
    Key::new("until", Shape::Date, "First day on which it is no more."),
    Key::required(
        "text",
        Shape::Map(&Shape::Text),
        "The text for each language: `text.en = \"…\"`; slots are written `{percent:0..100}`.",
    ),
    Key::new(
        "locked",
        Shape::Texts,
        "Words that bind beyond negations, numbers, % and currency.",
    ),
];

const SOURCE: &[Key] = &[
    Key::new("regulator", Shape::Text, "Who made or applies it."),
    Key::required("citation", Shape::Text, "Say \"COBS 4.12A.11R\"."),
    Key::new("url", Shape::Text, "Where it can be read."),
    Key::new("quote", Shape::Text, "The words of the law it rests on."),
    Key::new("checked", Shape::Date, "When someone last looked."),
    Key::new(
        "status",
        Shape::Choice(&["verified", "second-hand", "unverified"]),
        "How well it is verified.",
    ),
];

const WHEN: &[Key] = &[
    Key::new(
        "jurisdiction",
        Shape::Texts,
        "The page must be for one of these.",
    ),
    Key::new(
        "audience",
        Shape::Texts,
        "The page must be for one of these.",
    ),
    Key::new(
        "product",
        Shape::Texts,
        "The page must be about one of these.",
    ),
    Key::new(
        "channel",
        Shape::Texts,
        "The page must be published through one of these.",
    ),
    Key::new(
        "language",
        Shape::Texts,
        "The page must be in one of these.",
    ),
    Key::new(
        "mentions",
        Shape::Phrases,
        "The page must say one of these; the places are the triggers.",
    ),
    Key::new(
        "sense",
        Shape::Choice(&["mention", "claim"]),
        "`mention` (default): saying it is enough; `claim`: it must be said in the page's own voice.",
    ),
    Key::new(
        "unless-mentions",
        Shape::Phrases,
        "The page must say none of these.",
    ),
    Key::new(
        "links",
        Shape::Texts,
        "The page must have a link whose target matches one of these globs, in which `*` crosses everything; the links are the triggers.",
    ),
    Key::new(
        "path",
        Shape::Globs,
        "The page's path from the project's root must match one of these.",
    ),
    Key::new(
        "front-matter",
        Shape::Map(&Shape::Scalars),
        "Front matter must have these keys, each with one of these values.",
    ),
];

const EXAMPLE: &[Key] = &[
    Key::new(
        "fails",
        Shape::Text,
        "A text in which the rule must find something.",
    ),
    Key::new(
        "passes",
        Shape::Text,
        "A text in which the rule must find nothing.",
    ),
    Key::new("name", Shape::Text, "What it shows."),
    Key::new("code", Shape::Text, "The code of the finding."),
    Key::new("at", Shape::Text, "The text under the primary span."),
    Key::new(
        "syntax",
        Shape::Text,
        "The syntax the text is written in; Markdown when left out.",
    ),
];

static RULE_KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    let severities: &[&str] = const { &["error", "warning", "note"] };
    let mut keys = vec![
        Key::required(
            "id",
            Shape::Text,
            "The second part of the rule's id: letters, digits and hyphens.",
        ),
        Key::required("title", Shape::Text, "What the rule is, in a few words."),
        Key::required(
            "severity",
            Shape::Choice(severities),
            "How bad a finding is.",
        ),
        Key::required(
            "message",
            Shape::Text,
            "What a finding says: lower case, no full stop.",
        ),
        Key::new("help", Shape::Text, "How to mend it."),
        Key::new("tags", Shape::Texts, "Words to select the rule by."),
        Key::new(
            "effective",
            Shape::Table(EFFECTIVE),
            "When the rule is in force.",
        ),
        Key::new("source", Shape::List(SOURCE), "The law behind the rule."),
        Key::new(
            "when",
            Shape::Table(WHEN),
            "When the rule applies; all of it must hold.",
        ),
        Key::new(
            "example",
            Shape::List(EXAMPLE),
            "Texts that break the rule and texts that do not; they run as tests.",
        ),
    ];
    keys.extend(
        KINDS
            .iter()
            .map(|kind| Key::new(kind.name, Shape::Table(kind.keys), kind.about)),
    );
    keys
});

const EFFECTIVE: &[Key] = &[
    Key::new("from", Shape::Date, "First day on which the rule applies."),
    Key::new("to", Shape::Date, "Last day on which the rule applies."),
];
