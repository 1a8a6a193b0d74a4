//! What a rule pack may say.

use std::sync::LazyLock;

use crate::check::KINDS;
use crate::keys::{Key, Shape};

/// The keys of a rule pack.
pub static PACK_KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    vec![
        Key::required("pack", Shape::Table(HEAD), "What the pack is."),
        Key::new(
            "words",
            Shape::Words,
            "Lists of phrases that have a name: `{name}` in a phrase is one of them, `\"{name}\"` alone is each of them; `{pack:name}` in other packs.",
        ),
        Key::new(
            "disclosure",
            Shape::List(DISCLOSURE),
            "Approved texts, kept once.",
        ),
        Key::new("rule", Shape::List(&RULE_KEYS), "The rules."),
        Key::new(
            "rules",
            Shape::Map(&CHANGES),
            "Changes to single rules of the packs that this one extends, by id.",
        ),
    ]
});

/// Changes to one rule.
pub static CHANGES: LazyLock<Shape> = LazyLock::new(|| Shape::Table(&CHANGE_KEYS));

const HEAD: &[Key] = &[
    Key::required(
        "name",
        Shape::Text,
        "The first part of its rules' ids: letters, digits and hyphens.",
    ),
    Key::new("title", Shape::Text, "What the pack is, in a few words."),
    Key::new(
        "extends",
        Shape::Texts,
        "Packs that it builds on, which run with it: names of built-in ones, paths of files from this one's folder.",
    ),
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
    Key::new(
        "product",
        Shape::Texts,
        "It is the wording only where the page is about one of these.",
    ),
    Key::new(
        "channel",
        Shape::Texts,
        "It is the wording only where the page is published through one of these.",
    ),
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
        "offers",
        Shape::Phrases,
        "Or it must offer one of these to its reader: said in words that offer something, and not in news, law, help or a manual; the places are the triggers.",
    ),
    Key::new(
        "sense",
        Shape::Choice(&["mention", "claim"]),
        "`mention` (default): saying it is enough; `claim`: it must be said in the page's own voice.",
    ),
    Key::new(
        "unless",
        Shape::Phrases,
        "A place of `mentions` or `offers` that overlaps one of these is no trigger.",
    ),
    Key::new(
        "unless-sentence",
        Shape::Phrases,
        "A place of `mentions` or `offers` in a sentence that also has one of these is no trigger.",
    ),
    Key::new(
        "also-mentions",
        Shape::Phrases,
        "The page must say one of these too, anywhere; the places are no triggers.",
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
        "Front matter must have these keys, each with one of these values; `_` for `-` and other case do not matter.",
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

/// The keys of a change.
static CHANGE_KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    let mut keys = vec![
        Key::new(
            "severity",
            Shape::Choice(&["error", "warning", "note", "off"]),
            "How bad a finding of the rule is; `off` leaves the rule out.",
        ),
        Key::new("message", Shape::Text, "What a finding says instead."),
        Key::new("help", Shape::Text, "How to mend it, instead."),
        Key::new(
            "add",
            Shape::Table(Vec::leak(parts())),
            "Phrases, globs and values that are added to those of the rule.",
        ),
        Key::new(
            "example",
            Shape::List(EXAMPLE),
            "Texts that break the rule as it is now and texts that do not; they stand instead of the rule's own.",
        ),
    ];
    keys.extend(parts());
    keys
});

/// The tables of a rule, of which a change gives what it wants to change: no key must be there.
fn parts() -> Vec<Key> {
    let when = Key::new(
        "when",
        Shape::Table(WHEN),
        "Conditions that stand instead of those of the same name.",
    );
    let kinds = KINDS.iter().map(|kind| {
        let keys = kind.keys.iter().map(|key| Key {
            required: false,
            ..*key
        });
        let keys: &'static [Key] = Vec::leak(keys.collect());
        Key::new(kind.name, Shape::Table(keys), kind.about)
    });
    std::iter::once(when).chain(kinds).collect()
}
