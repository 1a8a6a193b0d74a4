//! Approved texts: kept once, versioned, per language.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::{HouseValue, PageFacts};
use crate::keys::Late;
use crate::source::Location;
use crate::text::{Prescribed, language};

/// An approved text in all its versions.
#[derive(Debug, Clone)]
pub struct Disclosure {
    /// `pack/id`.
    pub id: String,
    /// What it is, in a few words.
    pub title: String,
    /// Its versions, as the pack lists them.
    pub versions: Vec<Version>,
}

/// One version of an approved text.
#[derive(Debug, Clone)]
pub struct Version {
    /// First day on which it is the wording.
    pub from: Option<Date>,
    /// First day on which it is no more.
    pub until: Option<Date>,
    /// The facets that a page must have for it to be the wording, each with one of these values.
    pub only: Vec<(&'static str, Vec<String>)>,
    /// Words that bind beyond negations, numbers, `%` and currency; folded.
    pub locked: BTreeSet<String>,
    /// For each language its text and where the pack has it.
    pub texts: Vec<(String, Late<Prescribed>, Location)>,
}

impl Disclosure {
    /// The tags of the languages that its texts are in.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        let texts = self.versions.iter().flat_map(|version| &version.texts);
        texts.map(|(language, ..)| language.as_str())
    }

    /// Whether it has texts in more than one language.
    #[must_use]
    pub fn is_translated(&self) -> bool {
        let first = self.languages().next();
        self.languages().any(|language| Some(language) != first)
    }
}

impl Version {
    /// Whether it is the wording on a day.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// Whether it is the wording of a page: on its day, and for its facets.
    #[must_use]
    pub fn serves(&self, page: &PageFacts) -> bool {
        self.holds(page.as_of) && self.fits(page)
    }

    /// Whether a page has the facets that it names.
    #[must_use]
    pub fn fits(&self, page: &PageFacts) -> bool {
        self.only.iter().all(|(facet, values)| {
            let have = page.facets.get(*facet);
            have.is_some_and(|have| have.iter().any(|of| values.contains(of)))
        })
    }

    /// Whether it was the wording once and is no more.
    #[must_use]
    pub fn superseded(&self, day: Date) -> bool {
        self.until.is_some_and(|until| until <= day)
    }
}

/// The approved texts of the loaded packs.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// In the order in which they were loaded.
    pub disclosures: Vec<Arc<Disclosure>>,
    /// The values of the house, by name.
    pub values: BTreeMap<String, HouseValue>,
    /// The tags of the languages that approved texts are in or that rules are for.
    pub languages: BTreeSet<String>,
}

impl Library {
    /// Whether an approved text is in a language, or a rule is for it.
    #[must_use]
    pub fn speaks(&self, tag: &str) -> bool {
        self.languages
            .iter()
            .any(|of| language::serves(tag, of).is_some())
    }

    /// The approved text of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Disclosure> {
        self.disclosures
            .iter()
            .find(|disclosure| disclosure.id == id)
            .map(|disclosure| &**disclosure)
    }
}
