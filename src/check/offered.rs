//! Whether a page offers to its reader what it speaks of.

use std::ops::Range;

use super::Page;
use super::page::number;
use crate::text::{Address, Hit, Tone, Weighed};

/// So many words before and after belong to an offer.
const NEAR: usize = 60;

impl Page<'_> {
    /// Whether words are said in an offer of the page's own: in its own voice, and with words near that offer something.
    #[must_use]
    pub fn offered(&self, hit: &Hit) -> bool {
        self.excuse(hit).is_none() && self.weighed(hit).offers(self.tone())
    }

    /// Whether words stand in an offer, whoever says them and however.
    pub(super) fn sells(&self, hit: &Hit) -> bool {
        self.weighed(hit).offers(self.tone())
    }

    /// Whether words are said in the page's own voice, and not in news, law, help or a manual.
    #[must_use]
    pub fn claimed(&self, hit: &Hit) -> bool {
        self.excuse(hit).is_none() && !self.weighed(hit).tells()
    }

    /// What is said near some words, to tell an offer from talk: in the blocks of the page's own around them.
    pub(super) fn weighed(&self, hit: &Hit) -> Weighed {
        let block = hit.passage as usize;
        let len = self.tokens(block).len();
        let (first, end) = (hit.first as usize, hit.end as usize);
        let here = self.tokens(block).sentence(first);
        let here = number(here.start)..number(here.end);
        let near = number(first.saturating_sub(NEAR))..number((end + NEAR).min(len));
        let mut weighed = Weighed::default();
        let mut add = |block: u32, part: Range<u32>, here: Option<&Range<u32>>| {
            let approved = |at: u32| self.library_words().binary_search(&(block, at)).is_ok();
            weighed.add(self.address(block as usize), &part, here, approved);
        };
        add(hit.passage, near, Some(&here));
        let own = self.own_blocks();
        let before = &own[..own.partition_point(|own| *own < hit.passage)];
        let after = &own[own.partition_point(|own| *own <= hit.passage)..];
        for (block, len, left) in self.reached(before.iter().rev(), NEAR.saturating_sub(first)) {
            add(block, number(len.saturating_sub(left))..number(len), None);
        }
        for (block, len, left) in self.reached(after.iter(), NEAR.saturating_sub(len - end)) {
            add(block, 0..number(len.min(left)), None);
        }
        weighed
    }

    /// How the page speaks as a whole, in the blocks of its own.
    fn tone(&self) -> &Tone {
        self.tone.get_or_init(|| {
            let mut tone = Tone::default();
            for block in self.own_blocks() {
                let approved = |at: u32| self.library_words().binary_search(&(*block, at)).is_ok();
                let words = self.tokens(*block as usize).len();
                tone.hear(self.address(*block as usize), words, approved);
            }
            tone
        })
    }

    /// Of blocks one after another those that so many words reach: number, length, words left when it is reached.
    fn reached<'b>(
        &self,
        blocks: impl Iterator<Item = &'b u32>,
        words: usize,
    ) -> impl Iterator<Item = (u32, usize, usize)> {
        let mut left = words;
        blocks.map_while(move |block| {
            let reached = (left > 0).then_some((*block, self.tokens(*block as usize).len(), left));
            left = left.saturating_sub(reached?.1);
            reached
        })
    }

    fn address(&self, block: usize) -> &Address {
        self.addresses[block].get_or_init(|| {
            Address::look(
                &self.document.text,
                self.document.blocks[block].passage,
                self.tokens(block),
            )
        })
    }
}
