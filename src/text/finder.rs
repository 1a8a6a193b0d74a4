//! All phrases of a run, looked for together: a sieve says which can match in which passage of a document, and only those run.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard};

use foldhash::fast::RandomState;

use super::expression::Expression;
use super::hits::{Hit, Hits, WordingId};
use super::kept::{Found, Kept};
use super::list::Names;
use super::phrase::Phrase;
use super::sieve::{Sieve, SieveBuilder};
use super::vocabulary::Vocabulary;
use super::wording::{Met, Scratch, Symbols, Wording};
use super::{Passage, Text, Tokens};

/// Takes phrases in, then compiles them together.
#[derive(Debug, Default)]
pub struct FinderBuilder {
    searches: Vec<Search>,
    sieve: SieveBuilder,
    /// Whether each is looked for in what a reader does not see too.
    everywhere: Vec<bool>,
    /// Whether what is added now is looked for in what a reader sees alone.
    seen_alone: bool,
    known: HashMap<Phrase, WordingId, RandomState>,
}

#[derive(Debug)]
enum Search {
    Phrase(Later),
    Regex(Box<Expression>),
}

/// A phrase that is compiled when one of its literals is met for the first time: most of a pack's are in no page of a run.
#[derive(Debug)]
struct Later {
    phrase: Phrase,
    wording: OnceLock<Wording>,
}

impl Later {
    /// What [`Finder::compiled`] has compiled.
    fn wording(&self) -> &Wording {
        self.wording.get().expect("compiled before its search")
    }
}

impl FinderBuilder {
    /// Adds a phrase.
    pub fn phrase(&mut self, phrase: &Phrase) -> WordingId {
        let id = self.add(Search::Phrase(Later {
            phrase: phrase.clone(),
            wording: OnceLock::new(),
        }));
        phrase.gate(|literal| self.sieve.phrase(literal, id.0));
        id
    }

    /// Adds a phrase, or gives the number that it has: packs share phrases.
    pub fn shared(&mut self, phrase: &Phrase) -> WordingId {
        if let Some(known) = self.known.get(phrase) {
            self.everywhere[known.0 as usize] |= !self.seen_alone;
            return *known;
        }
        let id = self.phrase(phrase);
        self.known.insert(phrase.clone(), id);
        id
    }

    /// Adds phrases of this program; their numbers.
    ///
    /// # Panics
    /// In debug builds, if one of them is none.
    pub(super) fn own(&mut self, phrases: &[&str]) -> Range<u32> {
        let (none, first) = (Names::default(), self.next());
        for phrase in phrases {
            debug_assert!(Phrase::parse(phrase, &none.values).is_ok(), "{phrase}");
            self.phrase(&Phrase::tested((*phrase).to_owned(), &none));
        }
        first..self.next()
    }

    /// Adds a regular expression that runs on folded text.
    pub fn regex(&mut self, expression: &Expression) -> WordingId {
        let id = self.add(Search::Regex(Box::new(expression.clone())));
        self.sieve.regex(expression.literals(), id.0);
        id
    }

    /// What `add` adds is looked for in what a reader sees alone, so that what nobody sees, as much code, is not searched for it.
    pub fn seen_alone<T>(&mut self, add: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.seen_alone, true);
        let added = add(self);
        self.seen_alone = before;
        added
    }

    /// The number that the next phrase gets.
    pub(super) fn next(&self) -> u32 {
        u32::try_from(self.searches.len()).expect("fewer phrases than 4 billion")
    }

    fn add(&mut self, search: Search) -> WordingId {
        self.searches.push(search);
        self.everywhere.push(!self.seen_alone);
        WordingId(u32::try_from(self.searches.len() - 1).expect("fewer phrases than 4 billion"))
    }

    /// Compiles what was added.
    ///
    /// # Panics
    /// Never: the automaton of literals is far below its limits.
    #[must_use]
    pub fn build(self) -> Finder {
        Finder {
            vocabulary: RwLock::default(),
            searches: self.searches,
            sieve: self.sieve.build(),
            everywhere: self.everywhere,
            kept: Kept::default(),
            kept_of_part: Kept::default(),
        }
    }
}

/// The phrases of a run, compiled.
#[derive(Debug)]
pub struct Finder {
    /// The words of the phrases that are compiled.
    vocabulary: RwLock<Vocabulary>,
    searches: Vec<Search>,
    sieve: Sieve,
    /// Whether each is looked for in what a reader does not see too.
    everywhere: Vec<bool>,
    /// What was found in passages that other documents have too, by their words.
    kept: Kept,
    /// The same of searches for a part of the phrases.
    kept_of_part: Kept,
}

/// Passages to search.
pub struct Searched<'a> {
    /// The text that they lie in.
    pub text: &'a Text,
    /// In the order of the text.
    pub passages: &'a [Passage],
    /// The tokens of a passage, by its number.
    pub tokens: &'a dyn Fn(usize) -> &'a Tokens,
    /// The numbers of the passages that lead in to a passage.
    pub leads: &'a dyn Fn(usize) -> [Option<usize>; 2],
    /// Whether all is looked for, and not only what is looked for in what nobody sees.
    pub all: bool,
    /// Whether other documents are likely to have a passage too, so that what is found in it is kept.
    pub shared: &'a dyn Fn(usize) -> bool,
}

impl Finder {
    /// Finds every phrase in the passages.
    pub fn find(&self, searched: &Searched<'_>) -> Hits {
        let Searched { text, passages, .. } = searched;
        let kept = if searched.all {
            &self.kept
        } else {
            &self.kept_of_part
        };
        let known: Vec<Option<Arc<Found>>> = (0..passages.len())
            .map(|at| {
                let shared = (searched.shared)(at);
                shared.then(|| kept.get(text.words(passages[at])))?
            })
            .collect();
        let kept_searches = |at: usize| known[at].as_ref().map(|found| &*found.searches);
        let wanted = |search: u32| searched.all || self.everywhere[search as usize];
        let candidates = self.sieve.sift(text, passages, &kept_searches, &wanted);
        let mut hits = Vec::new();
        let mut scratch = Scratch::default();
        let mut words = Met::default();
        let groups: Vec<&[(u32, u32)]> = candidates.chunk_by(|a, b| a.0 == b.0).collect();
        for group in &groups {
            let passage = group[0].0 as usize;
            let here = |hit: &Hit| Hit {
                passage: group[0].0,
                ..*hit
            };
            if let Some(found) = &known[passage] {
                hits.extend(found.hits.iter().map(here));
                continue;
            }
            let before = hits.len();
            self.find_in(searched, group, (&mut scratch, &mut words), &mut hits);
            if (searched.shared)(passage) {
                let found = Found {
                    searches: group.iter().map(|(_, search)| *search).collect(),
                    hits: hits[before..].to_vec(),
                };
                kept.put(text.words(passages[passage]), found);
            }
        }
        for (at, passage) in passages.iter().enumerate() {
            let nothing = || {
                let here = |group: &&[(u32, u32)]| group[0].0;
                groups.binary_search_by_key(&number(at), here).is_err()
            };
            if known[at].is_none() && (searched.shared)(at) && nothing() {
                kept.put(text.words(*passage), Found::default());
            }
        }
        self.find_led(searched, &groups, (&mut scratch, &mut words), &mut hits);
        hits.sort();
        Hits { sorted: hits }
    }

    /// Whether these are looked for in what a reader does not see too.
    #[must_use]
    pub fn looks_everywhere(&self, wordings: &[WordingId]) -> bool {
        wordings.iter().all(|of| self.everywhere[of.0 as usize])
    }

    /// The words of all phrases that are compiled, once these are.
    fn compiled(&self, searches: impl Iterator<Item = u32>) -> RwLockReadGuard<'_, Vocabulary> {
        for search in searches {
            if let Search::Phrase(later) = &self.searches[search as usize]
                && later.wording.get().is_none()
            {
                let vocabulary = self.vocabulary.write();
                let mut vocabulary = vocabulary.unwrap_or_else(PoisonError::into_inner);
                let compile = || Wording::compile(&later.phrase.node(), &mut vocabulary);
                later.wording.get_or_init(compile);
            }
        }
        self.vocabulary
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Finds phrases in one passage.
    fn find_in<'a>(
        &self,
        searched: &Searched<'a>,
        group: &[(u32, u32)],
        (scratch, words): (&mut Scratch, &mut Met<'a>),
        hits: &mut Vec<Hit>,
    ) {
        let (text, passage) = (searched.text, group[0].0);
        let within = searched.passages[passage as usize];
        let cut = (searched.tokens)(passage as usize);
        let vocabulary = self.compiled(group.iter().map(|(_, search)| *search));
        let symbols = Symbols::of(text, cut, &vocabulary, words);
        drop(vocabulary);
        for (_, search) in group {
            let found = match &self.searches[*search as usize] {
                Search::Phrase(later) => later.wording().find(text, cut, &symbols, scratch),
                Search::Regex(expression) => expression
                    .regex()
                    .find_iter(text.words(within))
                    .filter_map(|m| cut.covering(within, m.range()))
                    .collect(),
            };
            hits.extend(found.into_iter().map(|(first, end)| Hit {
                wording: WordingId(*search),
                passage,
                first,
                end,
                from_lead: false,
            }));
        }
    }

    /// Finds phrases that begin in a lead-in ("It is not:") and end in an item of its list.
    fn find_led<'a>(
        &self,
        searched: &Searched<'a>,
        groups: &[&[(u32, u32)]],
        (scratch, words): (&mut Scratch, &mut Met<'a>),
        hits: &mut Vec<Hit>,
    ) {
        let Searched { text, tokens, .. } = searched;
        let of = |passage: usize| {
            groups
                .binary_search_by_key(&passage, |group| group[0].0 as usize)
                .map_or(&[][..], |at| groups[at])
        };
        let led = (0..searched.passages.len()).flat_map(|passage| {
            let leads = (searched.leads)(passage).into_iter().flatten();
            leads.map(move |above| (passage, above))
        });
        for (passage, above) in led {
            let mut searches: Vec<u32> = of(passage)
                .iter()
                .chain(of(above))
                .map(|(_, search)| *search)
                .collect();
            if searches.is_empty() {
                continue;
            }
            searches.sort_unstable();
            searches.dedup();
            let (joined, given) = Tokens::joined(tokens(above), tokens(passage));
            let vocabulary = self.compiled(searches.iter().copied());
            let symbols = Symbols::of(text, &joined, &vocabulary, words);
            drop(vocabulary);
            for search in searches {
                let Search::Phrase(later) = &self.searches[search as usize] else {
                    continue;
                };
                for (first, end) in later.wording().find(text, &joined, &symbols, scratch) {
                    if (first as usize) < given && (end as usize) > given {
                        let end = end - u32::try_from(given).expect("passages are small");
                        hits.push(Hit {
                            wording: WordingId(search),
                            passage: number(passage),
                            first: 0,
                            end,
                            from_lead: true,
                        });
                    }
                }
            }
        }
    }
}

pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).expect("fewer passages than 4 billion")
}
