//! A phrase compiled to a small automaton over tokens: time is tokens × states, whatever the author wrote.

use super::phrase::{Node, Phrase, Slot, SlotKind};
use super::token::{Between, Token, TokenKind, Vocabulary, is_negation};
use super::{Text, Tokens};

/// A phrase compiled against a vocabulary.
#[derive(Debug, Clone)]
pub(super) struct Wording {
    states: Vec<State>,
    start: u32,
    /// Symbols that a match can begin with, a bit each.
    firsts: Vec<u64>,
}

#[derive(Debug, Clone)]
struct State {
    test: Test,
    next: u32,
    /// Whether a comma and the like may stand before the token.
    loose: bool,
}

#[derive(Debug, Clone)]
enum Test {
    /// A token with one of these symbols, sorted.
    Symbols(Vec<u32>),
    /// A word that begins so, where a prefix is too short to have a symbol.
    Prefix(Box<str>),
    Number(Option<(f64, f64)>),
    /// Any word of a gap: it may deny nothing that the phrase has not denied itself.
    Gap,
    /// No token: goes on to all of these.
    Split(Vec<u32>),
    End,
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
}

impl Symbols {
    pub(super) fn of(text: &Text, tokens: &Tokens, vocabulary: &Vocabulary) -> Self {
        let mut symbols = Self {
            all: Vec::with_capacity(tokens.len() * 2),
            ends: Vec::with_capacity(tokens.len()),
            denies: Vec::with_capacity(tokens.len()),
        };
        for token in tokens.items() {
            let word = text.token(token);
            vocabulary.symbols(token, word, &mut symbols.all);
            symbols
                .ends
                .push(u32::try_from(symbols.all.len()).expect("passages are small"));
            symbols.denies.push(is_negation(word));
        }
        symbols
    }

    fn at(&self, token: usize) -> &[u32] {
        let start = if token == 0 { 0 } else { self.ends[token - 1] };
        &self.all[start as usize..self.ends[token] as usize]
    }
}

impl Wording {
    pub(super) fn compile(phrase: &Phrase, vocabulary: &mut Vocabulary) -> Self {
        let end = State {
            test: Test::End,
            next: 0,
            loose: true,
        };
        let mut wording = Self {
            states: vec![end],
            start: 0,
            firsts: Vec::new(),
        };
        wording.start = wording.node(&phrase.node, 0, true, vocabulary);
        let mut firsts = vec![0; vocabulary.len().div_ceil(64)];
        wording.add_firsts(wording.start, &mut firsts);
        wording.firsts = firsts;
        wording
    }

    fn add_firsts(&self, state: u32, firsts: &mut [u64]) {
        let mut add = |symbol: u32| firsts[symbol as usize / 64] |= 1 << (symbol % 64);
        match &self.states[state as usize].test {
            Test::Symbols(symbols) => symbols.iter().for_each(|symbol| add(*symbol)),
            Test::Number(_) => add(Vocabulary::NUMBER),
            Test::Prefix(_) | Test::Gap => add(Vocabulary::WORD),
            Test::Split(to) => to.iter().for_each(|state| self.add_firsts(*state, firsts)),
            Test::End => {}
        }
    }

    fn begins(&self, symbols: &[u32]) -> bool {
        symbols.iter().any(|symbol| {
            self.firsts
                .get(*symbol as usize / 64)
                .is_some_and(|bits| bits & (1 << (symbol % 64)) != 0)
        })
    }

    fn push(&mut self, test: Test, next: u32, loose: bool) -> u32 {
        self.states.push(State { test, next, loose });
        u32::try_from(self.states.len() - 1).expect("phrases are small")
    }

    /// Adds states for a node that go on to `next`; gives the one to enter by.
    fn node(&mut self, node: &Node, next: u32, loose: bool, vocabulary: &mut Vocabulary) -> u32 {
        match node {
            Node::Word { text, prefix: true } => {
                let test = vocabulary.prefix(text).map_or_else(
                    || Test::Prefix(text.as_str().into()),
                    |symbol| Test::Symbols(vec![symbol]),
                );
                self.push(test, next, loose)
            }
            Node::Word {
                text,
                prefix: false,
            } => {
                let word = vocabulary.word(text);
                self.push(Test::Symbols(vec![word]), next, loose)
            }
            Node::Comma => next,
            Node::Gap(most) => {
                let mut entry = next;
                for _ in 0..*most {
                    let word = self.push(Test::Gap, entry, true);
                    entry = self.push(Test::Split(vec![next, word]), 0, true);
                }
                entry
            }
            Node::Slot(slot) => self.slot(slot, next, loose, vocabulary),
            Node::Sequence(items) => {
                let mut after = Vec::with_capacity(items.len());
                let mut now = loose;
                for item in items {
                    after.push(now);
                    now = match item {
                        Node::Gap(_) | Node::Comma => true,
                        Node::Optional(_) => now,
                        _ => false,
                    };
                }
                items
                    .iter()
                    .zip(after)
                    .rev()
                    .fold(next, |next, (item, loose)| {
                        self.node(item, next, loose, vocabulary)
                    })
            }
            Node::Any(branches) => {
                let mut words = Vec::new();
                let mut entries = Vec::new();
                for branch in branches {
                    if let Some(symbol) = single(branch, vocabulary) {
                        words.push(symbol);
                    } else {
                        entries.push(self.node(branch, next, loose, vocabulary));
                    }
                }
                if !words.is_empty() {
                    words.sort_unstable();
                    entries.push(self.push(Test::Symbols(words), next, loose));
                }
                if entries.len() == 1 {
                    entries[0]
                } else {
                    self.push(Test::Split(entries), 0, loose)
                }
            }
            Node::Optional(inner) => {
                let entry = self.node(inner, next, loose, vocabulary);
                self.push(Test::Split(vec![entry, next]), 0, loose)
            }
        }
    }

    fn slot(&mut self, slot: &Slot, next: u32, loose: bool, vocabulary: &mut Vocabulary) -> u32 {
        let words = |all: &[&str], vocabulary: &mut Vocabulary| {
            let mut numbers: Vec<_> = all.iter().map(|word| vocabulary.word(word)).collect();
            numbers.sort_unstable();
            Test::Symbols(numbers)
        };
        let mut entries = Vec::new();
        match slot.kind {
            SlotKind::Word => {
                entries.push(self.push(Test::Symbols(vec![Vocabulary::WORD]), next, loose))
            }
            SlotKind::Number => entries.push(self.push(Test::Number(slot.range), next, loose)),
            SlotKind::Percent => {
                let sign = words(&["%", "percent", "pct"], vocabulary);
                let sign = self.push(sign, next, false);
                let cent = words(&["cent"], vocabulary);
                let cent = self.push(cent, next, false);
                let per = words(&["per"], vocabulary);
                let per = self.push(per, cent, false);
                let either = self.push(Test::Split(vec![sign, per]), 0, false);
                entries.push(self.push(Test::Number(slot.range), either, loose));
                if slot.placeholder {
                    let unsigned = self.push(Test::Split(vec![either, next]), 0, false);
                    entries.push(self.push(
                        Test::Symbols(vec![Vocabulary::PLACEHOLDER]),
                        unsigned,
                        loose,
                    ));
                    let blank = words(&["x", "xx", "xxx", "nn", "n", "_"], vocabulary);
                    entries.push(self.push(blank, either, loose));
                }
            }
            SlotKind::Money => {
                let number = self.push(Test::Number(None), next, false);
                entries.push(self.push(Test::Symbols(vec![Vocabulary::CURRENCY]), number, loose));
                let after = self.push(Test::Symbols(vec![Vocabulary::CURRENCY]), next, false);
                let named = words(
                    &[
                        "usd", "eur", "gbp", "dollars", "dollar", "euros", "euro", "pounds",
                        "pound", "chf", "aud", "cad",
                    ],
                    vocabulary,
                );
                let named = self.push(named, next, false);
                let either = self.push(Test::Split(vec![after, named]), 0, false);
                entries.push(self.push(Test::Number(None), either, loose));
            }
            SlotKind::Date => {
                let months = [
                    "january",
                    "february",
                    "march",
                    "april",
                    "may",
                    "june",
                    "july",
                    "august",
                    "september",
                    "october",
                    "november",
                    "december",
                    "jan",
                    "feb",
                    "mar",
                    "apr",
                    "jun",
                    "jul",
                    "aug",
                    "sep",
                    "sept",
                    "oct",
                    "nov",
                    "dec",
                ];
                let year = self.push(Test::Number(Some((1900.0, 2200.0))), next, true);
                let end = self.push(Test::Split(vec![year, next]), 0, true);
                let month = words(&months, vocabulary);
                let month_after = self.push(month.clone(), end, true);
                entries.push(self.push(Test::Number(Some((1.0, 31.0))), month_after, loose));
                let day = self.push(Test::Number(Some((1.0, 31.0))), end, true);
                let either = self.push(Test::Split(vec![day, year]), 0, true);
                entries.push(self.push(month, either, loose));
                let third = self.push(Test::Number(None), next, true);
                let second = self.push(Test::Number(None), third, true);
                entries.push(self.push(Test::Number(None), second, loose));
            }
        }
        if slot.placeholder && slot.kind != SlotKind::Percent {
            entries.push(self.push(Test::Symbols(vec![Vocabulary::PLACEHOLDER]), next, loose));
        }
        if entries.len() == 1 {
            entries[0]
        } else {
            self.push(Test::Split(entries), 0, loose)
        }
    }

    /// Every match, as ranges of token numbers, none overlapping another; of those that end together the shortest.
    pub(super) fn find(
        &self,
        text: &Text,
        tokens: &Tokens,
        symbols: &Symbols,
        scratch: &mut Scratch,
    ) -> Vec<(u32, u32)> {
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
            let of = symbols.at(at);
            if token.before.has(Between::STOP) {
                now.clear();
            }
            fresh.clear();
            if self.begins(of) {
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

fn accepts(test: &Test, text: &Text, token: &Token, symbols: &[u32]) -> bool {
    match test {
        Test::Symbols(wanted) => symbols
            .iter()
            .any(|symbol| wanted.binary_search(symbol).is_ok()),
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
    value(written).is_some_and(|value| low <= value && value <= high)
}

/// The value of a written number. A single comma or point before one or two digits is a decimal sign, else separators group digits.
pub(super) fn value(written: &str) -> Option<f64> {
    let parts: Vec<&str> = written.split(['.', ',', '\'']).collect();
    let (last, rest) = parts.split_last()?;
    let decimal = written.rfind(['.', ',']).is_some()
        && !rest.is_empty()
        && (last.len() != 3 || (rest.len() == 1 && written.contains('.')));
    if decimal {
        format!("{}.{last}", rest.concat()).parse().ok()
    } else {
        parts.concat().parse().ok()
    }
}

/// The symbol of a branch that is one word or one prefix.
fn single(node: &Node, vocabulary: &mut Vocabulary) -> Option<u32> {
    match node {
        Node::Word {
            text,
            prefix: false,
        } => Some(vocabulary.word(text)),
        Node::Word { text, prefix: true } => vocabulary.prefix(text),
        Node::Sequence(items) if items.len() == 1 => single(&items[0], vocabulary),
        _ => None,
    }
}
