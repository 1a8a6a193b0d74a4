//! Rules as their authors wrote them: packs, what each rule demands and when, its law, its examples.

mod approved;
mod builtin;
mod change;
mod demand;
mod keys;
mod load;

use std::sync::Arc;

use jiff::civil::Date;

use crate::check::{Disclosure, Head, Kind};
use crate::keys::{Late, Table};
use crate::source::{Location, Source, Span};
use crate::text::{List, Lists};

pub use crate::keys::Globs;
pub use builtin::{PACKS, built_in, built_in_with, built_in_words};
pub use change::{Change, changes};
pub use keys::{CHANGES, PACK_KEYS};
pub use load::{load, load_with};

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
    /// Its lists of phrases that have a name.
    pub words: Arc<Lists>,
    /// Its rules, as the file lists them.
    pub rules: Vec<Arc<Rule>>,
    /// Its approved texts.
    pub disclosures: Vec<Arc<Disclosure>>,
    /// The packs that it builds on, by name or path, with their places.
    pub extends: Vec<(String, Span)>,
    /// What it changes in their rules.
    pub changes: Vec<Change>,
}

impl Pack {
    /// What its text is known by: two packs of one hash demand the same. 32 hexadecimal digits of BLAKE3.
    #[must_use]
    pub fn hash(&self) -> String {
        hash(&self.source)
    }

    /// Whether it is one of those that are embedded in the program.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        let text = self.source.text();
        let same = |of: &str| std::ptr::eq(of, text) || of == text;
        let mut packs = PACKS.iter();
        packs.any(|(name, of)| *name == self.name && same(of))
    }
}

/// What a file's text is known by: 32 hexadecimal digits of its BLAKE3.
#[must_use]
pub fn hash(source: &Source) -> String {
    if let Some(known) = builtin::known_hash(source.text()) {
        return known.to_owned();
    }
    blake3::hash(source.text().as_bytes()).to_hex()[..32].to_owned()
}

/// A rule as its author wrote it.
#[derive(Debug, Clone)]
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
    pub law: Late<Vec<Law>>,
    /// When it applies.
    pub when: When,
    /// What it demands.
    pub demands: Vec<(&'static Kind, Table)>,
    /// Texts that break it and texts that do not.
    pub examples: Late<Vec<Example>>,
    /// Where its id stands.
    pub location: Location,
    /// From its header to the next rule, in source bytes of the pack.
    pub whole: Span,
    /// Where others changed it, in the order in which they did.
    pub changed: Vec<Location>,
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
#[derive(Debug, Clone, Default)]
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

    /// The lists that its phrases name, and those that these name, by name.
    #[must_use]
    pub fn words(&self) -> Vec<(&str, &List)> {
        let tables = self.demands.iter().map(|(_, table)| table);
        let tables = std::iter::once(&self.when.table).chain(tables);
        let phrases = tables.flat_map(Table::all_phrases);
        let mut open: Vec<&[(String, Arc<List>)]> =
            phrases.map(|(_, phrase, _)| phrase.lists()).collect();
        let mut all: Vec<(&str, &List)> = Vec::new();
        while let Some(lists) = open.pop() {
            for (name, list) in lists {
                let known = |(of, known): &(&str, &List)| of == name && *known == &**list;
                if !all.iter().any(known) {
                    all.push((name, list));
                    open.extend(list.phrases().iter().map(|(phrase, _)| phrase.lists()));
                }
            }
        }
        all.sort_by_key(|(name, _)| *name);
        all
    }

    /// Whether it is in force on a day.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}
