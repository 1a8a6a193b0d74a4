//! Which phrases can match in which passages: one pass of an Aho-Corasick automaton over the words that they need.

use std::collections::HashMap;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};
use foldhash::fast::RandomState;

use super::finder::number;
use super::gate::Literal;
use super::list::List;
use super::vocabulary::unaccented;
use super::{Passage, Text};

/// What a literal lets in.
#[derive(Debug, Clone, Copy)]
enum Owner {
    /// A phrase, of which this is the beginning of a word.
    Phrase(u32),
    Regex(u32),
    /// All that the literals of this list let in.
    List(u32),
}

/// Takes in what lets in each search.
#[derive(Debug, Default)]
pub(super) struct SieveBuilder {
    patterns: Vec<Box<str>>,
    owners: Vec<Vec<Owner>>,
    numbers: HashMap<Box<str>, u32, RandomState>,
    /// Those that searches share, by the list they belong to; none for the words that deny.
    lists: Vec<(Option<Arc<List>>, Vec<u32>)>,
    ungated: Vec<u32>,
    /// How many searches there are.
    count: usize,
}

impl SieveBuilder {
    /// Adds what lets in a phrase.
    pub(super) fn phrase(&mut self, literal: &Literal<'_>, search: u32) {
        self.count = self.count.max(search as usize + 1);
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

    /// Adds what lets in a regular expression; all texts do where nothing must be there.
    pub(super) fn regex(&mut self, literals: Option<Vec<String>>, search: u32) {
        self.count = self.count.max(search as usize + 1);
        match literals {
            Some(words) => (words.iter()).for_each(|word| self.word(word, Owner::Regex(search))),
            None => self.ungated.push(search),
        }
    }

    /// Compiles what was added.
    ///
    /// # Panics
    /// Never: the automaton of literals is far below its limits.
    pub(super) fn build(self) -> Sieve {
        // the automatic choice costs more than the Markdown parse from a hundred patterns on
        let literals = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(self.patterns.iter().map(|word| word.as_bytes()))
            .expect("literals of phrases are few and short");
        let lists = self.lists.into_iter();
        Sieve {
            literals,
            owners: self.owners,
            lists: lists.map(|(_, searches)| searches).collect(),
            ungated: self.ungated,
            count: self.count,
        }
    }
}

/// The literals of the searches of a run.
#[derive(Debug)]
pub(super) struct Sieve {
    literals: AhoCorasick,
    /// What each literal lets in.
    owners: Vec<Vec<Owner>>,
    /// What the literals of a list let in.
    lists: Vec<Vec<u32>>,
    ungated: Vec<u32>,
    /// How many searches there are.
    count: usize,
}

impl Sieve {
    /// Which of the searches that are wanted can match in which passages, as (passage, search) in order of the passages. Of some
    /// passages it is `known`.
    pub(super) fn sift<'a>(
        &self,
        text: &Text,
        passages: &[Passage],
        known: &dyn Fn(usize) -> Option<&'a [u32]>,
        wanted: &dyn Fn(u32) -> bool,
    ) -> Vec<(u32, u32)> {
        let mut candidates: Vec<(u32, u32)> = Vec::new();
        // the last passage in which a literal was met, and a search given
        let mut met = vec![u32::MAX; self.owners.len()];
        let mut met_of = vec![u32::MAX; self.lists.len()];
        let mut given = vec![u32::MAX; self.count];
        let mut next = 0;
        while next < passages.len() {
            if let Some(searches) = known(next) {
                candidates.extend(searches.iter().map(|&search| (number(next), search)));
                next += 1;
                continue;
            }
            let first = next;
            while next < passages.len() && known(next).is_none() {
                next += 1;
            }
            let range = passages[first].start as usize..passages[next - 1].end as usize;
            let input = Input::new(&text.normal).range(range);
            let mut passage = first;
            for found in self.literals.find_overlapping_iter(input) {
                while passage < next && (passages[passage].end as usize) < found.end() {
                    passage += 1;
                }
                if passage == next || found.start() < passages[passage].start as usize {
                    continue;
                }
                let literal = found.pattern().as_usize();
                let begins = begins_word(&text.normal, found.start());
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
                        if new && wanted(search) {
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
}

/// Whether a word can begin here: letters side by side are one.
fn begins_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
    !(at > 0 && letter(at - 1) && letter(at))
}
