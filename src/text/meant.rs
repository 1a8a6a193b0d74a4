//! What the sentence of a claim makes of it besides denying it: a definition, an invitation, a value.

use super::hits::beginning;
use super::sense::{LONGEST_CLAUSE, Said};
use super::token::{Between, Token};

impl Said<'_> {
    /// Whether a colon after a claim gives it a value that denies it: "Profit guaranteed: no".
    pub(super) fn valued_false(&self, end: u32) -> bool {
        let next = self.tokens.items().get(end as usize);
        next.is_some_and(|next| {
            next.before.has(Between::COLON)
                && matches!(
                    self.text.token(next),
                    "no" | "false" | "none" | "never" | "nope"
                )
        })
    }

    /// Whether a question holds out to its reader what it asks about, and is not answered with a denial.
    pub(super) fn invites(&self, first: u32) -> bool {
        let sentence = self.tokens.sentence(first as usize);
        let start = u32::try_from(sentence.start).expect("passages are small");
        let answer = sentence.end..(sentence.end + LONGEST_CLAUSE).min(self.tokens.len());
        beginning(&self.voice.inviting, 0, start..start + 2)
            .iter()
            .any(|hit| hit.end <= first + 1)
            && !answer.into_iter().any(|at| self.denies(at))
    }

    /// Whether the sentence says what the words mean: "A guaranteed return is a payment that …", and nothing of us or you.
    pub(super) fn defines(&self, first: u32, end: u32) -> bool {
        let sentence = self.sentence(first, end);
        let begins = first <= sentence.start + 1;
        let voice = |token: &Token| {
            matches!(
                self.text.token(token),
                "we" | "our" | "us" | "you" | "your" | "i" | "my"
            )
        };
        let follows = !beginning(&self.voice.defining, 0, end..end + 1).is_empty();
        let words = sentence.start as usize..sentence.end as usize;
        begins && follows && !self.tokens.items()[words].iter().any(voice)
    }

    /// Whether a colon stands between two words: "what was thought impossible: guaranteed profit".
    pub(super) fn colon_between(&self, from: u32, to: u32) -> bool {
        let items = self.tokens.items();
        let between = items.get(from as usize..=to as usize).unwrap_or_default();
        between.iter().any(|of| of.before.has(Between::COLON))
    }
}
