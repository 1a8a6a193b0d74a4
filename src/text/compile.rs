//! A phrase made into states: from its end to its beginning, each node knowing the state that follows.

use super::node::{DENYING, Node};
use super::slot::{Slot, SlotKind};
use super::vocabulary::Vocabulary;
use super::wording::{Need, State, Test, Wording, mark};

impl Wording {
    pub(super) fn compile(node: &Node<'_>, vocabulary: &mut Vocabulary) -> Self {
        let end = State {
            test: Test::End,
            next: 0,
            loose: true,
        };
        let mut wording = Self {
            states: vec![end],
            start: 0,
            firsts: Vec::new(),
            first_marks: 0,
            needs: Vec::new(),
        };
        let mut needs = Vec::new();
        wording.start = wording.node(node, 0, true, vocabulary, &mut needs);
        needs.sort_by_key(|need| wording.frequency(need, vocabulary));
        wording.needs = needs;
        let mut firsts = Vec::new();
        wording.add_firsts(wording.start, &mut firsts);
        firsts.sort_unstable();
        firsts.dedup();
        wording.first_marks = if firsts.contains(&Vocabulary::WORD) {
            u64::MAX
        } else {
            firsts.iter().fold(0, |all, symbol| all | mark(*symbol))
        };
        wording.firsts = firsts;
        wording
    }

    fn add_firsts(&self, state: u32, firsts: &mut Vec<u32>) {
        match &self.states[state as usize].test {
            Test::Symbol(symbol) => firsts.push(*symbol),
            Test::Symbols(symbols) => firsts.extend_from_slice(symbols),
            Test::Number(_) => firsts.push(Vocabulary::NUMBER),
            Test::Prefix(_) | Test::Gap => firsts.push(Vocabulary::WORD),
            Test::Split(to) => to.iter().for_each(|state| self.add_firsts(*state, firsts)),
            Test::End => {}
        }
    }

    fn push(&mut self, test: Test, next: u32, loose: bool) -> u32 {
        self.states.push(State { test, next, loose });
        u32::try_from(self.states.len() - 1).expect("phrases are small")
    }

    /// How often texts have what a need asks for, as far as the number and the length of its words tell; less is rarer.
    fn frequency(&self, need: &Need, vocabulary: &Vocabulary) -> usize {
        const LONG: usize = 6;
        let states = match need {
            Need::One(state) => std::slice::from_ref(state),
            Need::Any(states) => states,
        };
        let (mut count, mut shortest) = (0, LONG);
        let mut add = |symbol: &u32| {
            count += 1;
            shortest = shortest.min(vocabulary.length(*symbol));
        };
        for state in states {
            match &self.states[*state as usize].test {
                Test::Symbol(symbol) => add(symbol),
                Test::Symbols(symbols) => symbols.iter().for_each(&mut add),
                _ => {}
            }
        }
        (LONG - shortest) * 8 + count
    }

    /// Adds states for a node that go on to `next`; gives the one to enter by. Adds to `needs` sets of states of which each match
    /// goes through one.
    fn node(
        &mut self,
        node: &Node<'_>,
        next: u32,
        loose: bool,
        vocabulary: &mut Vocabulary,
        needs: &mut Vec<Need>,
    ) -> u32 {
        match node {
            Node::Word { text, prefix: true } => {
                let test = vocabulary
                    .prefix(text)
                    .map_or_else(|| Test::Prefix((&**text).into()), Test::Symbol);
                let has_symbol = matches!(test, Test::Symbol(_));
                let entry = self.push(test, next, loose);
                needs.extend(has_symbol.then_some(Need::One(entry)));
                entry
            }
            Node::Word {
                text,
                prefix: false,
            } => {
                let word = vocabulary.word(text);
                let entry = self.push(Test::Symbol(word), next, loose);
                needs.push(Need::One(entry));
                entry
            }
            Node::Not => {
                let mut words: Vec<_> = DENYING.iter().map(|word| vocabulary.word(word)).collect();
                words.sort_unstable();
                let entry = self.push(Test::Symbols(words.into()), next, loose);
                needs.push(Need::One(entry));
                entry
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
                        self.node(item, next, loose, vocabulary, needs)
                    })
            }
            Node::Any(branches) => {
                let mut words = Vec::new();
                let mut entries = Vec::new();
                // of each branch what the fewest texts have
                let mut any = Some(Vec::new());
                for branch in branches {
                    if let Some(symbol) = single(branch, vocabulary) {
                        words.push(symbol);
                    } else {
                        let mut own = Vec::new();
                        entries.push(self.node(branch, next, loose, vocabulary, &mut own));
                        let fewest = own
                            .into_iter()
                            .min_by_key(|need| self.frequency(need, vocabulary));
                        any = any.zip(fewest).map(|(mut any, fewest)| {
                            match fewest {
                                Need::One(state) => any.push(state),
                                Need::Any(states) => any.extend(states),
                            }
                            any
                        });
                    }
                }
                if !words.is_empty() {
                    words.sort_unstable();
                    let entry = self.push(Test::Symbols(words.into()), next, loose);
                    entries.push(entry);
                    any.iter_mut().for_each(|any| any.push(entry));
                }
                needs.extend(any.map(Need::Any));
                if entries.len() == 1 {
                    entries[0]
                } else {
                    self.push(Test::Split(entries), 0, loose)
                }
            }
            Node::List(list) => self.node(list.node(), next, loose, vocabulary, needs),
            Node::Optional(inner) => {
                let entry = self.node(inner, next, loose, vocabulary, &mut Vec::new());
                self.push(Test::Split(vec![entry, next]), 0, loose)
            }
        }
    }

    fn slot(&mut self, slot: &Slot, next: u32, loose: bool, vocabulary: &mut Vocabulary) -> u32 {
        let words = |all: &[&str], vocabulary: &mut Vocabulary| {
            let mut numbers: Vec<_> = all.iter().map(|word| vocabulary.word(word)).collect();
            numbers.sort_unstable();
            Test::Symbols(numbers.into())
        };
        let mut entries = Vec::new();
        match slot.kind {
            SlotKind::Word => entries.push(self.push(Test::Symbol(Vocabulary::WORD), next, loose)),
            SlotKind::Number => entries.push(self.push(Test::Number(slot.range), next, loose)),
            SlotKind::Percent => {
                let sign = ["%", "percent", "pct", "prozent", "procent"];
                let sign = words(&sign, vocabulary);
                let sign = self.push(sign, next, false);
                let cent = words(&["cent", "cento", "ciento"], vocabulary);
                let cent = self.push(cent, next, false);
                let per = words(&["per", "pour", "por"], vocabulary);
                let per = self.push(per, cent, false);
                let either = self.push(Test::Split(vec![sign, per]), 0, false);
                entries.push(self.push(Test::Number(slot.range), either, loose));
                if slot.placeholder {
                    let unsigned = self.push(Test::Split(vec![either, next]), 0, false);
                    entries.push(self.push(Test::Symbol(Vocabulary::PLACEHOLDER), unsigned, loose));
                    let blank = words(&["x", "xx", "xxx", "nn", "n", "_"], vocabulary);
                    entries.push(self.push(blank, either, loose));
                }
            }
            SlotKind::Money => {
                let number = self.push(Test::Number(None), next, false);
                entries.push(self.push(Test::Symbol(Vocabulary::CURRENCY), number, loose));
                let after = self.push(Test::Symbol(Vocabulary::CURRENCY), next, false);
                let named = words(
                    &[
                        "usd", "eur", "gbp", "dollars", "dollar", "euros", "euro", "pounds",
                        "pound", "chf", "aud", "cad", "franken", "francs", "reais",
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
            entries.push(self.push(Test::Symbol(Vocabulary::PLACEHOLDER), next, loose));
        }
        if entries.len() == 1 {
            entries[0]
        } else {
            self.push(Test::Split(entries), 0, loose)
        }
    }
}

/// The symbol of a branch that is one word or one prefix.
fn single(node: &Node<'_>, vocabulary: &mut Vocabulary) -> Option<u32> {
    match node {
        Node::Word {
            text,
            prefix: false,
        } => Some(vocabulary.word(text)),
        Node::Word { text, prefix: true } => vocabulary.prefix(text),
        Node::List(list) => single(list.node(), vocabulary),
        Node::Sequence(items) if items.len() == 1 => single(&items[0], vocabulary),
        _ => None,
    }
}
