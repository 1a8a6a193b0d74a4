//! A phrase compiled to a small automaton over tokens: time is tokens × states, whatever the author wrote.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::negation::{denies, is_negation};
use super::slot::value;
use super::token::{Between, Token, TokenKind};
use super::vocabulary::Vocabulary;
use super::{Text, Tokens};
use crate::source::Span;

/// A phrase compiled against a vocabulary.
#[derive(Debug, Clone)]
pub(super) struct Wording {
    pub(super) states: Vec<State>,
    pub(super) start: u32,
    /// Symbols that a match can begin with, sorted.
    pub(super) firsts: Vec<u32>,
    /// The marks of these.
    pub(super) first_marks: u64,
    /// What each match needs, the rarest first as far as the number of symbols tells.
    pub(super) needs: Vec<Need>,
}

#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) test: Test,
    pub(super) next: u32,
    /// Whether a comma and the like may stand before the token.
    pub(super) loose: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Test {
    /// A token with this symbol.
    Symbol(u32),
    /// A token with one of these symbols, sorted.
    Symbols(Box<[u32]>),
    /// A word that begins so, where a prefix is too short to have a symbol.
    Prefix(Box<str>),
    Number(Option<(f64, f64)>),
    /// Any word of a gap: it may deny nothing that the phrase has not denied itself.
    Gap,
    /// No token: goes on to all of these.
    Split(Vec<u32>),
    End,
}

/// States of which each match goes through one.
#[derive(Debug, Clone)]
pub(super) enum Need {
    One(u32),
    Any(Vec<u32>),
}

/// A run of the automaton that is still alive.
#[derive(Clone, Copy)]
struct Thread {
    state: u32,
    start: u32,
    /// Whether the phrase has matched a negation of its own.
    denied: bool,
}

/// The tokens of a passage with their symbols: what every phrase is matched on.
#[derive(Debug)]
pub(super) struct Symbols {
    all: Vec<u32>,
    /// Where the symbols of each token end in `all`.
    ends: Vec<u32>,
    /// Whether each token denies.
    denies: Vec<bool>,
    /// The marks of the symbols of each token.
    marks: Vec<u64>,
    /// The symbols that there are, a bit each.
    there: Vec<u64>,
}

/// The symbols of the words of a text that were met before: a page repeats its words.
#[derive(Debug, Default)]
pub(super) struct Met<'a> {
    /// Where in `all` the symbols of a word are, and whether it denies.
    words: HashMap<&'a str, (u32, u32, bool), RandomState>,
    all: Vec<u32>,
    /// How many symbols there were: with more, the words may have more of them.
    of: usize,
}

impl<'a> Met<'a> {
    fn symbols(&mut self, token: &Token, word: &'a str, vocabulary: &Vocabulary) -> (&[u32], bool) {
        let all = &mut self.all;
        let (start, end, denies) = *self.words.entry(word).or_insert_with(|| {
            let start = all.len();
            vocabulary.symbols(token, word, all);
            let here = Span::new(start, all.len());
            (here.start, here.end, is_negation(word))
        });
        (&self.all[start as usize..end as usize], denies)
    }
}

impl Symbols {
    pub(super) fn of<'a>(
        text: &'a Text,
        tokens: &Tokens,
        vocabulary: &Vocabulary,
        met: &mut Met<'a>,
    ) -> Self {
        if met.of != vocabulary.len() {
            *met = Met {
                of: vocabulary.len(),
                ..Met::default()
            };
        }
        let mut symbols = Self {
            all: Vec::with_capacity(tokens.len() * 2),
            ends: Vec::with_capacity(tokens.len()),
            denies: Vec::with_capacity(tokens.len()),
            marks: Vec::with_capacity(tokens.len()),
            there: vec![0; vocabulary.len().div_ceil(64)],
        };
        for (at, token) in tokens.items().iter().enumerate() {
            let word = text.token(token);
            // what a word is depends on the word alone
            let negation = if token.kind == TokenKind::Word {
                let (known, negation) = met.symbols(token, word, vocabulary);
                symbols.all.extend_from_slice(known);
                negation
            } else {
                vocabulary.symbols(token, word, &mut symbols.all);
                false
            };
            let before = symbols.ends.last().map_or(0, |end| *end as usize);
            let marks = symbols.all[before..].iter().map(|symbol| mark(*symbol));
            symbols.marks.push(marks.fold(0, |all, one| all | one));
            symbols
                .ends
                .push(u32::try_from(symbols.all.len()).expect("passages are small"));
            symbols
                .denies
                .push((negation || word == "pas") && denies(text, tokens.items(), at));
        }
        for symbol in &symbols.all {
            symbols.there[*symbol as usize / 64] |= 1 << (symbol % 64);
        }
        symbols
    }

    fn has(&self, symbol: u32) -> bool {
        self.there[symbol as usize / 64] & (1 << (symbol % 64)) != 0
    }

    fn at(&self, token: usize) -> &[u32] {
        let start = if token == 0 { 0 } else { self.ends[token - 1] };
        &self.all[start as usize..self.ends[token] as usize]
    }
}

impl Wording {
    fn begins(&self, symbols: &Symbols, at: usize) -> bool {
        let can = self.first_marks == u64::MAX || symbols.marks[at] & self.first_marks != 0;
        can && (symbols.at(at).iter()).any(|symbol| among(&self.firsts, *symbol))
    }

    /// Whether a passage has what each match needs.
    fn can_match(&self, symbols: &Symbols) -> bool {
        let has = |state: &u32| match &self.states[*state as usize].test {
            Test::Symbol(symbol) => symbols.has(*symbol),
            Test::Symbols(any) => any.iter().any(|symbol| symbols.has(*symbol)),
            _ => true,
        };
        let met = |need: &Need| match need {
            Need::One(state) => has(state),
            Need::Any(states) => states.iter().any(has),
        };
        self.needs.iter().all(met)
    }

    /// Every match, as ranges of token numbers, none overlapping another; of those that end together the shortest.
    pub(super) fn find(
        &self,
        text: &Text,
        tokens: &Tokens,
        symbols: &Symbols,
        scratch: &mut Scratch,
    ) -> Vec<(u32, u32)> {
        if !self.can_match(symbols) {
            return Vec::new();
        }
        let Scratch {
            now,
            next,
            fresh,
            seen,
            stamp,
        } = scratch;
        seen.resize(seen.len().max(self.states.len() * 2), 0);
        now.clear();
        let mut found = Vec::new();
        for (at, token) in tokens.items().iter().enumerate() {
            if token.before.has(Between::STOP) {
                now.clear();
            }
            fresh.clear();
            if self.begins(symbols, at) {
                *stamp += 1;
                let start = Thread {
                    state: self.start,
                    start: u32::try_from(at).expect("passages are small"),
                    denied: false,
                };
                self.enter(start, fresh, seen, *stamp, &mut None);
            }
            if fresh.is_empty() && now.is_empty() {
                continue;
            }
            let of = symbols.at(at);
            *stamp += 1;
            next.clear();
            let mut best: Option<u32> = None;
            let denies = symbols.denies[at];
            // the newest start goes first, so that the shortest match wins a state
            for (thread, first) in fresh
                .iter()
                .map(|thread| (thread, true))
                .chain(now.iter().map(|thread| (thread, false)))
            {
                let state = &self.states[thread.state as usize];
                let near = first || state.loose || token.before.joins();
                if !near
                    || (matches!(state.test, Test::Gap) && denies && !thread.denied)
                    || !accepts(&state.test, text, token, of)
                {
                    continue;
                }
                let moved = Thread {
                    state: state.next,
                    start: thread.start,
                    denied: thread.denied || denies,
                };
                self.enter(moved, next, seen, *stamp, &mut best);
            }
            if let Some(start) = best {
                found.push((start, u32::try_from(at + 1).expect("passages are small")));
                next.clear();
            }
            std::mem::swap(now, next);
        }
        found
    }

    /// Follows the states that take no token.
    fn enter(
        &self,
        thread: Thread,
        into: &mut Vec<Thread>,
        seen: &mut [u32],
        stamp: u32,
        best: &mut Option<u32>,
    ) {
        let mark = &mut seen[thread.state as usize * 2 + usize::from(thread.denied)];
        if *mark == stamp {
            return;
        }
        *mark = stamp;
        match &self.states[thread.state as usize].test {
            Test::Split(to) => {
                for &state in to {
                    self.enter(Thread { state, ..thread }, into, seen, stamp, best);
                }
            }
            Test::End => *best = Some(best.map_or(thread.start, |start| start.max(thread.start))),
            _ => into.push(thread),
        }
    }
}

/// What a search needs besides the automaton, kept from one to the next.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    now: Vec<Thread>,
    next: Vec<Thread>,
    fresh: Vec<Thread>,
    seen: Vec<u32>,
    stamp: u32,
}

impl std::fmt::Debug for Thread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.state, self.start)
    }
}

/// One of 64 bits for a symbol, so that most tokens that have none of some symbols are told by one look. That of any word is on all
/// of them, so it is none of theirs; a phrase that can begin with it has every mark.
pub(super) fn mark(symbol: u32) -> u64 {
    if symbol == Vocabulary::WORD {
        return 0;
    }
    1 << (symbol.wrapping_mul(0x9E37_79B9) >> 26)
}

/// Whether a symbol is one of some, which are sorted.
fn among(sorted: &[u32], symbol: u32) -> bool {
    const FEW: usize = 8;
    if sorted.len() <= FEW {
        sorted.contains(&symbol)
    } else {
        sorted.binary_search(&symbol).is_ok()
    }
}

fn accepts(test: &Test, text: &Text, token: &Token, symbols: &[u32]) -> bool {
    match test {
        Test::Symbol(wanted) => symbols.contains(wanted),
        Test::Symbols(wanted) => symbols.iter().any(|symbol| among(wanted, *symbol)),
        Test::Prefix(prefix) => text.token(token).starts_with(&**prefix),
        Test::Number(range) => {
            token.kind == TokenKind::Number
                && range.is_none_or(|range| in_range(text.token(token), range))
        }
        Test::Gap => true,
        Test::Split(_) | Test::End => false,
    }
}

/// Whether a written number lies in a range, in one of the ways it can be read: `74.5`, `74,5`, `1,000`.
pub(super) fn in_range(written: &str, (low, high): (f64, f64)) -> bool {
    value(written, None).is_some_and(|value| low <= value && value <= high)
}
