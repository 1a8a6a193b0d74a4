//! All phrases of a run, looked for together: one pass of an Aho-Corasick automaton over a document's text says which
//! phrases can match in which passage, and only those run.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard};

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};
use foldhash::fast::RandomState;

use super::expression::Expression;
use super::gate::Literal;
use super::hits::{Hit, Hits, WordingId};
use super::kept::{Found, Kept};
use super::list::List;
use super::phrase::Phrase;
use super::vocabulary::{Vocabulary, unaccented};
use super::wording::{Met, Scratch, Symbols, Wording};
use super::{Passage, Text, Tokens};

/// Takes phrases in, then compiles them together.
#[derive(Debug, Default)]
pub struct FinderBuilder {
    searches: Vec<Search>,
    gates: Gates,
    ungated: Vec<u32>,
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

/// What a literal lets in.
#[derive(Debug, Clone, Copy)]
enum Owner {
    /// A phrase, of which this is the beginning of a word.
    Phrase(u32),
    Regex(u32),
    /// All that the literals of this list let in.
    List(u32),
}

/// The literals of the searches.
#[derive(Debug, Default)]
struct Gates {
    patterns: Vec<Box<str>>,
    owners: Vec<Vec<Owner>>,
    numbers: HashMap<Box<str>, u32, RandomState>,
    /// Those that searches share, by the list they belong to; none for the words that deny.
    lists: Vec<(Option<Arc<List>>, Vec<u32>)>,
}

impl Gates {
    /// Adds what lets in a search.
    fn add(&mut self, literal: &Literal<'_>, search: u32) {
        let list = match literal {
            Literal::Word(word) => return self.word(word, Owner::Phrase(search)),
            Literal::List(list) => Some(list),
            Literal::Denying => None,
        };
        let address = |of: Option<&Arc<List>>| of.map(Arc::as_ptr);
        let same = |(of, _): &(Option<Arc<List>>, _)| address(of.as_ref()) == address(list);
        if let Some(at) = self.lists.iter().position(same) {
            return self.lists[at].1.push(search);
        }
        let owner = Owner::List(number(self.lists.len()));
        self.lists.push((list.cloned(), vec![search]));
        literal.each(|word| self.word(word, owner));
    }

    fn word(&mut self, word: &str, owner: Owner) {
        if let Some(plain) = unaccented(word) {
            self.pattern(&plain, owner);
        }
        self.pattern(word, owner);
    }

    fn pattern(&mut self, word: &str, owner: Owner) {
        if let Some(at) = self.numbers.get(word) {
            return self.owners[*at as usize].push(owner);
        }
        self.numbers
            .insert(word.into(), number(self.patterns.len()));
        self.patterns.push(word.into());
        self.owners.push(vec![owner]);
    }
}

impl FinderBuilder {
    /// Adds a phrase.
    pub fn phrase(&mut self, phrase: &Phrase) -> WordingId {
        let id = self.add(Search::Phrase(Later {
            phrase: phrase.clone(),
            wording: OnceLock::new(),
        }));
        phrase.gate(|literal| self.gates.add(literal, id.0));
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

    /// Adds a regular expression that runs on folded text.
    pub fn regex(&mut self, expression: &Expression) -> WordingId {
        let id = self.add(Search::Regex(Box::new(expression.clone())));
        match expression.literals() {
            Some(words) => {
                (words.iter()).for_each(|word| self.gates.word(word, Owner::Regex(id.0)))
            }
            None => self.ungated.push(id.0),
        }
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
        let Gates {
            patterns,
            owners,
            lists,
            ..
        } = self.gates;
        // the automatic choice costs more than the Markdown parse from a hundred patterns on
        let literals = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(patterns.iter().map(|word| word.as_bytes()))
            .expect("literals of phrases are few and short");
        Finder {
            vocabulary: RwLock::default(),
            searches: self.searches,
            literals,
            owners,
            lists: lists.into_iter().map(|(_, searches)| searches).collect(),
            ungated: self.ungated,
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
    literals: AhoCorasick,
    /// What each literal lets in.
    owners: Vec<Vec<Owner>>,
    /// What the literals of a list let in.
    lists: Vec<Vec<u32>>,
    ungated: Vec<u32>,
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
    /// The number of the passage that leads in to a passage.
    pub lead: &'a dyn Fn(usize) -> Option<usize>,
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
        let candidates = self.candidates(searched, &known);
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

    /// Which phrases can match in which passages, in order of the passages.
    fn candidates(&self, searched: &Searched<'_>, known: &[Option<Arc<Found>>]) -> Vec<(u32, u32)> {
        let passages = searched.passages;
        let mut candidates: Vec<(u32, u32)> = Vec::new();
        // the last passage in which a literal was met, and a search given
        let mut met = vec![u32::MAX; self.owners.len()];
        let mut met_of = vec![u32::MAX; self.lists.len()];
        let mut given = vec![u32::MAX; self.searches.len()];
        let mut next = 0;
        while next < passages.len() {
            if let Some(found) = &known[next] {
                candidates.extend(found.searches.iter().map(|&search| (number(next), search)));
                next += 1;
                continue;
            }
            let first = next;
            next += known[first..].iter().take_while(|of| of.is_none()).count();
            let range = passages[first].start as usize..passages[next - 1].end as usize;
            let input = Input::new(&searched.text.normal).range(range);
            let mut passage = first;
            for found in self.literals.find_overlapping_iter(input) {
                while passage < next && (passages[passage].end as usize) < found.end() {
                    passage += 1;
                }
                if passage == next || found.start() < passages[passage].start as usize {
                    continue;
                }
                let literal = found.pattern().as_usize();
                let begins = begins_word(&searched.text.normal, found.start());
                let here = number(passage);
                if met[literal] == here {
                    continue;
                }
                if begins {
                    met[literal] = here;
                }
                for owner in &self.owners[literal] {
                    let searches = match owner {
                        Owner::Regex(search) => std::slice::from_ref(search),
                        _ if !begins => continue,
                        Owner::Phrase(search) => std::slice::from_ref(search),
                        Owner::List(list) => {
                            let list = *list as usize;
                            let before = std::mem::replace(&mut met_of[list], here) == here;
                            if before { &[] } else { &*self.lists[list] }
                        }
                    };
                    for &search in searches {
                        let new = std::mem::replace(&mut given[search as usize], here) != here;
                        if new && (searched.all || self.everywhere[search as usize]) {
                            candidates.push((here, search));
                        }
                    }
                }
            }
            for at in first..next {
                candidates.extend(self.ungated.iter().map(|&search| (number(at), search)));
            }
        }
        candidates.sort_by_key(|(passage, _)| *passage);
        candidates
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
        for passage in 0..searched.passages.len() {
            let Some(above) = (searched.lead)(passage) else {
                continue;
            };
            let mut searches: Vec<u32> = of(passage)
                .iter()
                .chain(of(above))
                .map(|(_, search)| *search)
                .collect();
            if searches.is_empty() || !tokens(above).leads_in() {
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

/// Whether a word can begin here: letters side by side are one.
fn begins_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
    !(at > 0 && letter(at - 1) && letter(at))
}

fn number(at: usize) -> u32 {
    u32::try_from(at).expect("fewer passages than 4 billion")
}
