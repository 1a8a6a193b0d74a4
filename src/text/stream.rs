//! The words of many passages as one row.

use std::ops::Range;

use super::token::Token;
use super::{Text, Tokens};
use crate::source::Span;

/// The words of many passages as one row, so that a text split over paragraphs or items is one.
#[derive(Debug)]
pub struct Stream<'a> {
    pub(super) text: &'a Text,
    pub(super) items: Vec<Item<'a>>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) passage: u32,
    /// Number in its passage.
    at: u32,
    pub(super) token: Token,
    pub(super) word: &'a str,
}

impl<'a> Stream<'a> {
    /// The words of these passages, in order.
    pub fn new(text: &'a Text, passages: impl Iterator<Item = (u32, &'a Tokens)>) -> Self {
        let mut items = Vec::new();
        for (passage, tokens) in passages {
            items.extend(tokens.items().iter().enumerate().map(|(at, token)| Item {
                passage,
                at: Span::new(at, at).start,
                token: *token,
                word: text.token(token),
            }));
        }
        Self { text, items }
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
