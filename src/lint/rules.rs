//! The rules of a run. They are compiled when a page is linted, and only those that can apply to it by what is known besides its
//! words: pages that are for the same readers share them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Facts, LANGUAGE, applies};
use crate::check::{Check, Compiler, Head, HouseValue, Library, Marked, Signs, Sought};
use crate::document::Document;
use crate::finding::Severity;
use crate::rule::{Pack, Rule};
use crate::text::{Finder, FinderBuilder, WordingId};

/// Of how many sorts of pages the rules are kept apart at most; those of other pages are compiled once with all others.
const MOST_SORTS: usize = 64;

/// The rules of a run.
#[derive(Debug)]
pub struct RuleSet {
    rules: Vec<Ruled>,
    pub(super) library: Library,
    signs: Arc<Signs>,
    /// By which of the rules can apply.
    together: Mutex<HashMap<Vec<bool>, Arc<Together>>>,
}

/// A rule of the run.
#[derive(Debug)]
pub struct Ruled {
    /// The rule as it was written.
    pub rule: Arc<Rule>,
    /// What it says of itself, with the severity that config gives it.
    pub head: Head,
}

/// Rules that are looked for together.
#[derive(Debug)]
pub(super) struct Together {
    pub(super) rules: Vec<Compiled>,
    pub(super) finder: Finder,
    pub(super) marked: Marked,
    /// The approved texts that they demand.
    pub(super) demanded: Arc<BTreeSet<String>>,
}

/// A rule of the run, compiled.
#[derive(Debug)]
pub struct Compiled {
    /// The rule as it was written.
    pub rule: Arc<Rule>,
    /// What it says of itself, with the severity that config gives it.
    pub head: Head,
    pub(super) mentions: Vec<WordingId>,
    pub(super) offers: Vec<WordingId>,
    pub(super) unless: Vec<WordingId>,
    /// The texts that it demands or that are usual, with rows of words of them; where its own words make it apply.
    pub(super) attempts: Vec<(Sought, Vec<WordingId>)>,
    pub(super) unless_sentence: Vec<WordingId>,
    pub(super) also_mentions: Vec<WordingId>,
    pub(super) unless_mentions: Vec<WordingId>,
    pub(super) checks: Vec<(bool, Box<dyn Check>)>,
}

impl RuleSet {
    /// The rules of a run, with the severities that config gives them by id, and the disclosures of all packs that are loaded.
    #[must_use]
    pub fn compile(
        rules: &[Arc<Rule>],
        severities: &BTreeMap<String, Severity>,
        packs: &[Arc<Pack>],
    ) -> Self {
        Self::compile_with(rules, severities, packs, &Arc::default())
    }

    /// As [`RuleSet::compile`], with what marks links as calls to action and as affiliate links.
    #[must_use]
    pub fn compile_with(
        rules: &[Arc<Rule>],
        severities: &BTreeMap<String, Severity>,
        packs: &[Arc<Pack>],
        signs: &Arc<Signs>,
    ) -> Self {
        let ruled = rules.iter().map(|rule| {
            let mut head = rule.head.clone();
            head.severity = severities.get(&head.id).copied().unwrap_or(head.severity);
            Ruled {
                rule: Arc::clone(rule),
                head,
            }
        });
        let texts = packs.iter().flat_map(|pack| &pack.disclosures);
        let texts = texts.flat_map(|of| of.languages().map(str::to_owned));
        let whole = packs.iter().flat_map(|pack| &pack.rules).chain(rules);
        let facets = whole.flat_map(|rule| &rule.when.facets);
        let wanted = facets.filter(|(facet, _)| *facet == LANGUAGE);
        let wanted = wanted.flat_map(|(_, tags)| tags.iter().cloned());
        let library = Library {
            languages: texts.chain(wanted).collect(),
            disclosures: packs
                .iter()
                .flat_map(|pack| pack.disclosures.iter().cloned())
                .collect(),
            ..Library::default()
        };
        Self {
            rules: ruled.collect(),
            library,
            signs: Arc::clone(signs),
            together: Mutex::default(),
        }
    }

    /// With the values of the house, which numbers in approved texts are held against.
    #[must_use]
    pub fn with_values(mut self, values: BTreeMap<String, HouseValue>) -> Self {
        self.library.values = values;
        self
    }

    /// The rules, in the order they were given.
    #[must_use]
    pub fn rules(&self) -> &[Ruled] {
        &self.rules
    }

    /// The rules as they were written.
    #[must_use]
    pub fn written(&self) -> Vec<Arc<Rule>> {
        let rules = self.rules.iter();
        rules.map(|of| Arc::clone(&of.rule)).collect()
    }

    /// The rules that can apply to a page.
    pub(super) fn for_page(
        &self,
        document: &Document,
        facts: &Facts,
        facets: &BTreeMap<String, Vec<String>>,
    ) -> Arc<Together> {
        let can = |of: &Ruled| applies::can_apply(&of.rule, document, facts, facets);
        self.those(self.rules.iter().map(can).collect())
    }

    /// All rules, whether they can apply or not.
    pub(super) fn whole(&self) -> Arc<Together> {
        self.those(vec![true; self.rules.len()])
    }

    fn those(&self, mut which: Vec<bool>) -> Arc<Together> {
        let mut known = self.together.lock().unwrap_or_else(PoisonError::into_inner);
        // pages say of themselves for whom they are: there may be as many sorts as pages
        if known.len() >= MOST_SORTS && !known.contains_key(&which) {
            which.fill(true);
        }
        if let Some(together) = known.get(&which) {
            return Arc::clone(together);
        }
        let rules = self.rules.iter().zip(&which);
        let rules = rules.filter(|(_, can)| **can).map(|(rule, _)| rule);
        let together = Arc::new(Together::compile(rules, &self.signs, &self.library));
        known.insert(which, Arc::clone(&together));
        together
    }
}

impl Together {
    fn compile<'a>(
        rules: impl Iterator<Item = &'a Ruled>,
        signs: &Arc<Signs>,
        library: &Library,
    ) -> Self {
        let mut builder = FinderBuilder::default();
        let mut marks = false;
        let rules: Vec<Compiled> = rules
            .map(|of| Compiled::of(of, &mut builder, &mut marks, library))
            .collect();
        let demanded = (rules.iter())
            .flat_map(|rule| &rule.attempts)
            .filter_map(|(sought, _)| match sought {
                Sought::Approved(id) => Some(id.clone()),
                Sought::Usual(_) | Sought::About(_) => None,
            })
            .collect();
        let marked = if marks {
            Marked::compile(signs, &mut builder)
        } else {
            Marked::default()
        };
        Self {
            rules,
            finder: builder.build(),
            marked,
            demanded: Arc::new(demanded),
        }
    }
}

impl Compiled {
    fn of(of: &Ruled, finder: &mut FinderBuilder, marks: &mut bool, library: &Library) -> Self {
        let rule = &of.rule;
        let mut compiler = Compiler {
            finder,
            pack: &rule.pack,
            marks,
        };
        let mut phrases = |key| compiler.seen_wordings(&rule.when.table, key, None);
        let mentions = phrases("mentions");
        let offers = phrases("offers");
        let unless = phrases("unless");
        let unless_sentence = phrases("unless-sentence");
        let also_mentions = phrases("also-mentions");
        let unless_mentions = phrases("unless-mentions");
        // a rule that hangs on links alone is none of a page without one, whatever it says
        let by_words = !(mentions.is_empty() && offers.is_empty());
        let wanted = rule.demands.iter().filter(|_| by_words);
        let attempts = wanted
            .flat_map(|(_, table)| compiler.sought(table, library))
            .collect();
        let checks = (rule.demands.iter())
            .map(|(kind, table)| (kind.judges_rest, (kind.compile)(table, &mut compiler)))
            .collect();
        Self {
            rule: Arc::clone(rule),
            head: of.head.clone(),
            mentions,
            offers,
            unless,
            attempts,
            unless_sentence,
            also_mentions,
            unless_mentions,
            checks,
        }
    }
}
