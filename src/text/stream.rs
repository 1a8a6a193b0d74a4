//! The words of many passages as one row.

use std::cell::OnceCell;
use std::ops::Range;

use super::prescribed::{SHORT_GRAM, hash};
use super::token::Token;
use super::{Text, Tokens};
use crate::source::Span;

/// The words of many passages as one row, so that a text split over paragraphs or items is one.
#[derive(Debug, Clone, Copy)]
pub struct Stream<'a> {
    pub(super) text: &'a Text,
    pub(super) items: &'a [Item],
    grams: &'a Grams,
}

/// The words of many passages, to be kept with their text.
#[derive(Debug)]
pub struct Row {
    items: Vec<Item>,
    grams: Grams,
}

/// For rows of two and of three words: their hashes, sorted, and where they begin; reckoned when a text is first compared.
type Grams = [OnceCell<Vec<(u64, u32)>>; 2];

#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) passage: u32,
    /// Number in its passage.
    at: u32,
    pub(super) token: Token,
}

impl Row {
    /// The words of these passages, in order.
    pub fn new<'t>(passages: impl Iterator<Item = (u32, &'t Tokens)>) -> Self {
        let mut items = Vec::new();
        for (passage, tokens) in passages {
            items.extend(tokens.items().iter().enumerate().map(|(at, token)| Item {
                passage,
                at: Span::new(at, at).start,
                token: *token,
            }));
        }
        Self {
            items,
            grams: Grams::default(),
        }
    }

    /// The words with the text that they are of.
    #[must_use]
    pub fn of<'a>(&'a self, text: &'a Text) -> Stream<'a> {
        Stream {
            text,
            items: &self.items,
            grams: &self.grams,
        }
    }
}

impl<'a> Stream<'a> {
    /// A word as it is folded.
    pub(super) fn word(&self, item: &Item) -> &'a str {
        self.text.token(&item.token)
    }

    /// Where the row of so many words begins whose hash this is, in order.
    pub(super) fn rows(&self, length: usize, of: u64) -> impl Iterator<Item = usize> {
        let all = self.grams[length - SHORT_GRAM].get_or_init(|| {
            let windows = self.items.windows(length).enumerate();
            let hashed = windows.map(|(at, window)| {
                let row = hash(window.iter().map(|item| self.word(item)));
                (row, Span::new(at, at).start)
            });
            let mut all: Vec<(u64, u32)> = hashed.collect();
            all.sort_unstable();
            all
        });
        let from = all.partition_point(|(row, _)| *row < of);
        let same = all[from..].iter().take_while(move |(row, _)| *row == of);
        same.map(|(_, at)| *at as usize)
    }

    /// The source of some of its words; they may lie in several passages.
    #[must_use]
    pub fn span(&self, words: &Range<usize>) -> Span {
        match (
            self.items.get(words.start),
            self.items.get(words.end.max(words.start + 1) - 1),
        ) {
            (Some(first), Some(last)) => self
                .text
                .tokens_span(&[first.token])
                .to(self.text.tokens_span(&[last.token])),
            _ => Span::default(),
        }
    }

    /// The passage and the token number of a word.
    #[must_use]
    pub fn place(&self, word: usize) -> Option<(u32, u32)> {
        self.items.get(word).map(|item| (item.passage, item.at))
    }

    /// The folded text between two words of one passage.
    pub(super) fn between(&self, left: usize, right: usize) -> Option<&str> {
        let (left, right) = (self.items.get(left)?, self.items.get(right)?);
        (left.passage == right.passage).then(|| self.text.between(&left.token, &right.token))
    }
}
