//! Words, numbers and signs of a passage, with what stands between them: the alphabet that phrases are matched on.

use super::cut::{address, begins_word, between, number, placeholder, word};
use super::quotation::{Marks, is_comment, is_string};
use super::{Passage, Text, is_currency};
use crate::source::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters and digits, with apostrophes inside.
    Word,
    /// Digits with separators inside: `74`, `74.5`, `1,000`.
    Number,
    /// `%`, `‰` or a currency sign.
    Sign,
    /// A value that is filled in when the page is shown: `{{ loss }}`, `${loss}`, `[loss]%`.
    Placeholder,
    /// A value that someone forgot to fill in: `[insert percentage]`.
    Blank,
}

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Between(u16);

impl Between {
    pub(crate) const SPACE: Self = Self(1);
    pub(crate) const COMMA: Self = Self(1 << 1);
    pub(crate) const SEMICOLON: Self = Self(1 << 2);
    pub(crate) const COLON: Self = Self(1 << 3);
    /// A dash with white space round it.
    pub(crate) const DASH: Self = Self(1 << 4);
    /// A sentence ended.
    pub(crate) const STOP: Self = Self(1 << 5);
    /// A double quotation mark.
    pub(crate) const QUOTE: Self = Self(1 << 6);
    pub(crate) const OPEN: Self = Self(1 << 7);
    pub(crate) const CLOSE: Self = Self(1 << 8);
    /// The sentence that ended was a question.
    pub(crate) const QUESTION: Self = Self(1 << 9);
    /// A full stop, exclamation or question mark that ends no sentence.
    pub(crate) const POINT: Self = Self(1 << 10);

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether words on both sides read as neighbours: nothing but white space, markup, hyphens, quotes, brackets, slashes.
    pub(crate) fn joins(self) -> bool {
        self.0
            & (Self::COMMA.0
                | Self::SEMICOLON.0
                | Self::COLON.0
                | Self::DASH.0
                | Self::STOP.0
                | Self::POINT.0)
            == 0
    }
}

/// One word, number or sign.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(crate) kind: TokenKind,
    pub(crate) before: Between,
    /// Which sentence of the passage, 0-based.
    pub(crate) sentence: u32,
}

/// The tokens of one passage.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    pub(super) items: Vec<Token>,
    /// For each sentence, whether it ends in a question mark.
    questions: Vec<bool>,
    /// What follows the last token.
    after: Between,
    /// Quotations, as ranges of token numbers, outer ones first.
    pub(super) quotations: Vec<(u32, u32)>,
    /// Whether the passage begins with a quotation mark that nothing closes.
    pub(super) opens_quoted: bool,
    /// Whether the passage is a text in a program.
    string: bool,
    comment: bool,
}

impl Tokens {
    /// Cuts a passage into tokens.
    #[must_use]
    pub fn of(text: &Text, passage: Passage) -> Self {
        let words = text.words(passage);
        let mut tokens = Self::default();
        let mut before = Between::default();
        let mut sentence = 0;
        let mut at = 0;
        let mut marks = Marks::default();
        while let Some(c) = words[at..].chars().next() {
            if c == ' ' {
                before.add(Between::SPACE);
                at += 1;
                continue;
            }
            let special = match c {
                'h' | 'w' => address(words, at).map(|end| (TokenKind::Word, end)),
                '$' | '%' | '{' | '[' => placeholder(words, at),
                _ => None,
            };
            let found = special
                .or_else(|| c.is_ascii_digit().then(|| number(words, at)))
                .or_else(|| begins_word(&words[at..]).then(|| (TokenKind::Word, word(words, at))))
                .or_else(|| {
                    (matches!(c, '%' | '‰') || is_currency(c))
                        .then(|| (TokenKind::Sign, at + c.len_utf8()))
                });
            let Some((kind, end)) = found else {
                let last = tokens.items.last().map_or("", |token| {
                    &text.normal[token.start as usize..token.end as usize]
                });
                between(words, at, last, &mut before);
                if matches!(c, '"' | '\'') {
                    marks.read(words, at, &mut tokens);
                }
                at += c.len_utf8();
                continue;
            };
            if before.has(Between::STOP) && !tokens.items.is_empty() {
                tokens.questions.push(before.has(Between::QUESTION));
                sentence += 1;
            }
            let start = passage.start + Span::new(at, at).start;
            tokens.items.push(Token {
                start,
                end: passage.start + Span::new(end, end).start,
                kind,
                before,
                sentence,
            });
            before = Between::default();
            at = end;
        }
        tokens.questions.push(before.has(Between::QUESTION));
        tokens.after = before;
        marks.finish(&mut tokens, text);
        tokens.string = is_string(words);
        tokens.comment = is_comment(words);
        tokens
    }

    /// The last sentence of a lead-in and the item that it leads in to, as one sentence; and how many tokens the lead-in gives.
    pub(super) fn joined(lead: &Self, item: &Self) -> (Self, usize) {
        /// No phrase reaches further back in words that its gaps can bridge.
        const LONGEST: usize = 64;
        let from = lead.sentence(lead.len().saturating_sub(1)).start;
        let from = from.max(lead.len().saturating_sub(LONGEST));
        let mut items: Vec<Token> = lead.items[from..]
            .iter()
            .map(|token| Token {
                sentence: 0,
                ..*token
            })
            .collect();
        let given = items.len();
        items.extend(item.items.iter().enumerate().map(|(at, token)| Token {
            before: if at == 0 {
                Between::SPACE
            } else {
                token.before
            },
            ..*token
        }));
        (
            Self {
                items,
                questions: item.questions.clone(),
                after: item.after,
                quotations: Vec::new(),
                opens_quoted: false,
                string: false,
                comment: false,
            },
            given,
        )
    }

    /// The tokens that a byte range of the passage touches, as token numbers; where it touches none, the next one, which it does
    /// not touch.
    pub(super) fn touched(&self, passage: Passage, bytes: std::ops::Range<usize>) -> (u32, u32) {
        let start = passage.start as usize + bytes.start;
        self.covering(passage, bytes).unwrap_or_else(|| {
            let next = (self.items).partition_point(|token| (token.start as usize) < start);
            (Span::new(next, next).start, Span::new(next, next).start)
        })
    }

    /// Whether a passage ends in a colon, or in no sign that ends a sentence, and so leads in to what follows.
    pub(crate) fn leads_in(&self) -> bool {
        self.after.has(Between::COLON)
            || !(self.after.has(Between::STOP) || self.after.has(Between::POINT))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(crate) fn items(&self) -> &[Token] {
        &self.items
    }

    /// The tokens that begin in a part of the passage, as token numbers.
    #[must_use]
    pub fn within(&self, part: Passage) -> std::ops::Range<u32> {
        let before = |at: u32| self.items.partition_point(|token| token.start < at);
        let found = Span::new(before(part.start), before(part.end));
        found.start..found.end
    }

    /// The tokens that a byte range of the passage touches, as token numbers.
    pub(super) fn covering(
        &self,
        passage: Passage,
        bytes: std::ops::Range<usize>,
    ) -> Option<(u32, u32)> {
        let (start, end) = (
            passage.start as usize + bytes.start,
            passage.start as usize + bytes.end,
        );
        let first = self
            .items
            .partition_point(|token| token.end as usize <= start);
        let last = self
            .items
            .partition_point(|token| (token.start as usize) < end);
        (first < last).then(|| (Span::new(first, last).start, Span::new(first, last).end))
    }

    /// Whether a colon follows the last word.
    pub(crate) fn ends_in_colon(&self) -> bool {
        self.after.has(Between::COLON)
    }

    /// Whether the passage begins with a quotation mark that nothing closes.
    pub(crate) fn opens_quoted(&self) -> bool {
        self.opens_quoted
    }

    /// Whether the passage is a comment of a program that stands in plain text.
    pub(crate) fn is_comment(&self) -> bool {
        self.comment
    }

    /// Whether the passage is a text in a program, whose quotation marks quote nobody.
    pub(crate) fn is_string(&self) -> bool {
        self.string
    }

    /// Quotations, as ranges of token numbers.
    pub(crate) fn quotations(&self) -> &[(u32, u32)] {
        &self.quotations
    }

    /// Whether the sentence that a token belongs to is a question.
    pub(crate) fn asks(&self, token: usize) -> bool {
        self.items
            .get(token)
            .and_then(|token| self.questions.get(token.sentence as usize))
            .is_some_and(|&asks| asks)
    }

    /// The tokens of the sentence that token `at` belongs to, as a range of token numbers.
    pub(crate) fn sentence(&self, at: usize) -> std::ops::Range<usize> {
        let Some(of) = self.items.get(at).map(|token| token.sentence) else {
            return at..at;
        };
        let start = self.items.partition_point(|token| token.sentence < of);
        start..self.items.partition_point(|token| token.sentence <= of)
    }
}

impl Text {
    /// The source of the tokens `first..end` of a passage of this text.
    pub(crate) fn tokens_span(&self, tokens: &[Token]) -> Span {
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => self.map.span(first.start, last.end),
            _ => Span::default(),
        }
    }

    /// Whether a token stands in the source as one run that may be edited.
    pub(super) fn verbatim(&self, token: &Token) -> bool {
        self.map.verbatim(token.start, token.end)
    }

    pub(crate) fn token(&self, token: &Token) -> &str {
        &self.normal[token.start as usize..token.end as usize]
    }

    /// The sign right after a token, if a sentence can end in it.
    pub(crate) fn sign_after(&self, token: &Token) -> Option<char> {
        let next = self.normal.get(token.end as usize..)?.chars().next()?;
        matches!(next, '.' | '!' | '?' | ';').then_some(next)
    }

    /// The folded text from the first of a token to the last of another.
    pub(super) fn over(&self, first: &Token, last: &Token) -> &str {
        self.normal
            .get(first.start as usize..last.end as usize)
            .unwrap_or_default()
    }

    /// The folded text between two tokens.
    pub(super) fn between(&self, left: &Token, right: &Token) -> &str {
        self.normal
            .get(left.end as usize..right.start as usize)
            .unwrap_or_default()
    }

    /// The signs between two tokens, white space left out, for the comparison that keeps punctuation.
    pub(crate) fn punctuation(&self, left: &Token, right: &Token) -> String {
        self.between(left, right)
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect()
    }
}
