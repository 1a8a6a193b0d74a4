//! The shelf of rule kinds: what a rule can demand of a document.

mod about;
mod alteration;
mod anchor;
mod attempt;
mod cue;
mod disclosed;
mod disclosure;
mod false_tags;
mod forbidden;
mod language;
mod link;
mod metadata;
mod moved;
mod offered;
mod order;
mod page;
mod place;
mod placeholder;
mod removal;
mod repeat;
mod required;
mod scope;
mod signs;
mod spoken;
mod stand;
mod stated;
mod stretch;
mod subject;
mod translated;
mod usual;
mod values;
mod versions;

use std::fmt::Debug;

use crate::finding::{Citation, Finding, Severity};
use crate::keys::{Key, Late, Shape, Table};
use crate::source::Span;
use crate::text::{FinderBuilder, Phrase, WordingId};

pub use about::About;
pub use anchor::{Anchor, Place};
pub use attempt::Sought;
pub use disclosure::{Disclosure, Library, Version};
pub use page::{Page, PageFacts};
pub use place::needs_triggers;
pub use scope::{Origin, Scope, Trigger};
pub use signs::{AFFILIATE, CALLS, Marked, Sign, Signs};
pub use spoken::Spoken;
pub use stretch::{Spot, Stretch, Stretches};
pub use usual::Usual;
pub use values::HouseValue;

/// A demand of a rule, compiled. The only trait of the house.
pub trait Check: Debug + Send + Sync {
    /// Looks whether a document meets the demand.
    fn run(&self, scope: &Scope<'_>) -> Verdict;
}

/// What a check has to say.
#[derive(Debug, Default)]
pub struct Verdict {
    /// What is wrong; empty when the demand is met.
    pub findings: Vec<Finding>,
    /// The texts that meet it.
    pub met: Vec<Span>,
}

/// A kind of demand.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its key in a rule.
    pub name: &'static str,
    /// What it demands, in one sentence.
    pub about: &'static str,
    /// What its table may hold.
    pub keys: &'static [Key],
    /// What is wrong with a table whose keys are right, with its place.
    pub validate: fn(&Table) -> Vec<(Span, String)>,
    /// Makes the check.
    pub compile: fn(&Table, &mut Compiler<'_>) -> Box<dyn Check>,
    /// Whether it judges what is left when the texts that others demand are taken out.
    pub judges_rest: bool,
}

/// Every kind.
pub const KINDS: &[Kind] = &[
    required::KIND,
    forbidden::KIND,
    metadata::KIND,
    language::KIND,
    link::KIND,
    order::KIND,
    repeat::KIND,
    cue::KIND,
    placeholder::KIND,
];

/// What a rule says of itself.
#[derive(Debug, Clone)]
pub struct Head {
    /// `pack/id`.
    pub id: String,
    /// What it is, in a few words.
    pub title: String,
    /// How bad a finding is.
    pub severity: Severity,
    /// What a finding says.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// The law behind it.
    pub sources: Late<Vec<Citation>>,
}

/// What a kind compiles with: phrases of all rules go into one automaton, disclosures into one library.
#[derive(Debug)]
pub struct Compiler<'a> {
    /// The phrases of the run.
    pub finder: &'a mut FinderBuilder,
    /// The name of the pack, for references without one.
    pub pack: &'a str,
    /// Whether something is measured from links of a sort, so that their phrases are looked for.
    pub marks: &'a mut bool,
}

impl Compiler<'_> {
    /// The phrases and regular expressions of these keys.
    pub fn wordings(
        &mut self,
        table: &Table,
        phrases: &str,
        regexes: Option<&str>,
    ) -> Vec<WordingId> {
        wordings(self.finder, table, phrases, regexes)
    }

    /// As [`Compiler::wordings`], of what is looked for in what a reader sees alone.
    pub fn seen_wordings(
        &mut self,
        table: &Table,
        phrases: &str,
        regexes: Option<&str>,
    ) -> Vec<WordingId> {
        self.finder
            .seen_alone(|finder| wordings(finder, table, phrases, regexes))
    }

    /// What the page may try to carry of what a table demands, each with the words by which it is looked for.
    pub fn sought(&mut self, table: &Table, library: &Library) -> Vec<(Sought, Vec<WordingId>)> {
        let about = About::of(table, self);
        let about = (!about.phrases().is_empty()).then(|| {
            let phrases = about.phrases().to_vec();
            (Sought::About(about), phrases)
        });
        let text = if let Some(id) = table.text("disclosure") {
            library.get(&self.qualified(id)).map(|of| {
                let texts = of.versions.iter().flat_map(|of| &of.texts);
                let rows = attempt::rows(texts.map(|(_, text, _)| &**text), attempt::ROWS);
                (Sought::Approved(of.id.clone()), rows)
            })
        } else {
            table.has("like").then(|| {
                let usual = Usual::of(table);
                let rows = attempt::rows(usual.texts().iter(), attempt::ROWS_USUAL);
                (Sought::Usual(usual), rows)
            })
        };
        let none = std::collections::BTreeMap::new();
        let text = text.map(|(sought, rows)| {
            let rows = rows.iter().filter_map(|row| Phrase::parse(row, &none).ok());
            let shared = |finder: &mut FinderBuilder| rows.map(|row| finder.shared(&row)).collect();
            (sought, self.finder.seen_alone(shared))
        });
        text.into_iter().chain(about).collect()
    }

    /// Says that something is measured from an anchor.
    pub fn needs(&mut self, anchor: Anchor) {
        *self.marks |= matches!(anchor, Anchor::Cta | Anchor::Affiliate);
    }

    /// `pack/id` of a reference that may leave the pack out.
    #[must_use]
    pub fn qualified(&self, id: &str) -> String {
        qualified(self.pack, id)
    }
}

/// `pack/id` of a reference that may leave the pack out.
#[must_use]
pub fn qualified(pack: &str, id: &str) -> String {
    if id.contains('/') {
        id.to_owned()
    } else {
        format!("{pack}/{id}")
    }
}

fn wordings(
    finder: &mut FinderBuilder,
    table: &Table,
    phrases: &str,
    regexes: Option<&str>,
) -> Vec<WordingId> {
    let phrases = table.phrases(phrases).iter();
    let mut ids: Vec<WordingId> = phrases.map(|(phrase, _)| finder.shared(phrase)).collect();
    let regexes = regexes.map_or(&[][..], |key| table.regexes(key)).iter();
    ids.extend(regexes.map(|(regex, _)| finder.regex(regex)));
    ids
}

/// Keys of the phrases that take a hit back, shared by the kinds that look for words.
const UNLESS: Key = Key::new(
    "unless",
    Shape::Phrases,
    "A hit that overlaps a hit of one of these does not count.",
);
const UNLESS_SENTENCE: Key = Key::new(
    "unless-sentence",
    Shape::Phrases,
    "A hit in a sentence that also has one of these does not count.",
);
const REGEX: Key = Key::new(
    "regex",
    Shape::Regexes,
    "Regular expressions beside `any`, for what phrases cannot say; they run on folded text, block by block.",
);
