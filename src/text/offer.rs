//! Whether words stand in an offer to the reader: weighed by what is said near them. An app that lets you buy bitcoin today offers
//! it; a news item, a rule book, a glossary and a manual speak of it.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::finder::{Finder, FinderBuilder, Searched};
use super::offer_words::{ASKING_GROUPS, BUTTONS, GROUPS, Tells, URGING};
use super::offer_words_abroad as abroad;
use super::tone::{Manner, Tone};
use super::{Passage, Text, Tokens};

/// A point of what is said near the words is worth so many of the page's tone; and so much must speak for an offer in all.
const NEAR: i64 = 5;
const ENOUGH: i64 = 18;
/// At so little, the words tell of things and offer none.
const TOLD: i32 = -2;
/// What an urging verb at the beginning of a sentence is worth, near the words and in their own sentence.
const URGED_NEAR: i32 = 1;
const URGED_HERE: i32 = 2;
/// A sentence of so few words that begins with such a verb is what a button or a link of an offer says, and is worth as much more.
const BUTTON_LENGTH: usize = 5;
const BUTTON_NEAR: i32 = 1;

static LISTS: LazyLock<(Finder, Vec<Range<u32>>)> = LazyLock::new(|| {
    let mut builder = FinderBuilder::default();
    let groups = (GROUPS.iter().zip(abroad::GROUPS))
        .map(|((_, phrases), (_, abroad))| builder.own(&[*phrases, *abroad].concat()))
        .collect();
    (builder.build(), groups)
});

static BUTTON_VERBS: LazyLock<HashSet<&str>> = LazyLock::new(|| BUTTONS.iter().copied().collect());
static VERBS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let abroad = abroad::URGING.split_whitespace();
    URGING.iter().copied().chain(abroad).collect()
});

/// What in a passage tells whether it offers something.
#[derive(Debug, Clone, Default)]
pub struct Address {
    /// Group, first token.
    signs: Vec<(u8, u32)>,
    /// First words of sentences that urge, and of those the ones that a button would say.
    urges: Vec<u32>,
    buttons: Vec<u32>,
    /// How it speaks, whatever of.
    manner: Manner,
}

impl Address {
    /// Looks at one passage.
    #[must_use]
    pub fn look(text: &Text, passage: Passage, tokens: &Tokens) -> Self {
        let (finder, groups) = &*LISTS;
        let hits = finder.find(&Searched {
            text,
            passages: &[passage],
            tokens: &|_| tokens,
            leads: &|_| [None; 2],
            all: true,
            shared: &|_| false,
        });
        let signs = (0u8..).zip(groups).flat_map(|(number, group)| {
            let hits = hits.group(group);
            hits.into_iter().map(move |hit| (number, hit.first))
        });
        // phrases of two languages may find the same words
        let signs: BTreeSet<(u8, u32)> = signs.collect();
        let mut last = None;
        let mut urges = Vec::new();
        let mut buttons = Vec::new();
        let mut manner = Manner::default();
        for (token, at) in tokens.items().iter().zip(0..) {
            manner.count(text.token(token));
            if last.replace(token.sentence) == Some(token.sentence) {
                continue;
            }
            let word = text.token(token);
            let urging = VERBS.contains(word);
            if urging {
                urges.push(at);
            }
            if (urging || BUTTON_VERBS.contains(word))
                && tokens.sentence(at as usize).len() <= BUTTON_LENGTH
            {
                buttons.push(at);
            }
        }
        Self {
            signs: signs.into_iter().collect(),
            urges,
            buttons,
            manner,
        }
    }
}

impl Tone {
    /// Takes in a block of so many words. What a word of an approved text tells does not count.
    pub fn hear(&mut self, address: &Address, words: usize, approved: impl Fn(u32) -> bool) {
        self.words += words as u64;
        for (group, at) in &address.signs {
            let group = *group as usize;
            if matches!(GROUPS[group].0, Tells::For(_)) {
                self.offering += 1;
                self.asking += u64::from(group < ASKING_GROUPS);
            } else {
                self.telling += u64::from(!approved(*at));
            }
        }
        self.add(address.manner);
    }
}

/// Weighs what is said near some words.
#[derive(Debug, Default)]
pub struct Weighed {
    /// Groups that count, as bits; of those against an offer, the ones that were seen in another block once.
    near: u32,
    once: u32,
    never: bool,
    urged_near: bool,
    urged_here: bool,
    button_near: bool,
}

impl Weighed {
    /// Takes in the part of a passage that is near; `here` is the sentence of the words, where it lies in this passage. What a word of
    /// an approved text tells does not count: a prescribed warning makes no news of an offer.
    pub fn add(
        &mut self,
        address: &Address,
        part: &Range<u32>,
        here: Option<&Range<u32>>,
        approved: impl Fn(u32) -> bool,
    ) {
        for (group, at) in address.signs.iter().filter(|(_, at)| part.contains(at)) {
            let tells = GROUPS[*group as usize].0;
            if !matches!(tells, Tells::For(_)) && approved(*at) {
                continue;
            }
            // one word of law in the next block may be the firm's own small print
            let bit = 1 << group;
            if matches!(tells, Tells::For(_)) || here.is_some() || self.once & bit != 0 {
                self.near |= bit;
            }
            self.once |= bit;
            let never = matches!(tells, Tells::Never(_));
            self.never |= never && here.is_some_and(|here| here.contains(at));
        }
        for at in &address.urges {
            self.urged_near |= part.contains(at);
            self.urged_here |= here.is_some_and(|here| here.contains(at));
        }
        self.button_near |= address.buttons.iter().any(|at| part.contains(at));
    }

    /// Whether it is an offer.
    #[must_use]
    pub fn offers(&self, tone: &Tone) -> bool {
        !self.never && NEAR * i64::from(self.balance()) + tone.points() >= ENOUGH
    }

    /// Whether it is news, law, help, a manual.
    #[must_use]
    pub fn tells(&self) -> bool {
        self.balance() <= TOLD || (self.never && self.balance() <= 0)
    }

    fn balance(&self) -> i32 {
        let groups = GROUPS
            .iter()
            .zip(0..)
            .filter(|(_, number)| self.near >> number & 1 == 1);
        let told: i32 = groups
            .map(|((tells, _), _)| match tells {
                Tells::For(much) => *much,
                Tells::Against(much) | Tells::Never(much) => -much,
            })
            .sum();
        let urged = i32::from(self.urged_near || self.button_near) * URGED_NEAR
            + i32::from(self.urged_here) * URGED_HERE;
        told + urged + i32::from(self.button_near) * BUTTON_NEAR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_abroad_are_in_the_same_groups() {
        let tells = |groups: &[(Tells, &[&str])]| {
            groups.iter().map(|(tells, _)| *tells).collect::<Vec<_>>()
        };
        assert_eq!(tells(GROUPS), tells(abroad::GROUPS));
    }
}
