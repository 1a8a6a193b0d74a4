//! Words, numbers and signs of a passage, with what stands between them: the alphabet that phrases are matched on.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{OPAQUE, Passage, Text, is_currency};
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
    /// A value that is filled in later: `{{ loss }}`, `${loss}`, `[insert percentage]`.
    Placeholder,
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

    fn add(&mut self, other: Self) {
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
    start: u32,
    end: u32,
    pub(crate) kind: TokenKind,
    pub(crate) before: Between,
    /// Which sentence of the passage, 0-based.
    pub(crate) sentence: u32,
}

/// The tokens of one passage.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    items: Vec<Token>,
    /// For each sentence, whether it ends in a question mark.
    questions: Vec<bool>,
    /// What follows the last token.
    after: Between,
    /// Quotations, as ranges of token numbers, outer ones first.
    quotations: Vec<(u32, u32)>,
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
            let special = match c {
                'h' | 'w' => address(words, at).map(|end| (TokenKind::Word, end)),
                '$' | '%' | '{' | '[' => {
                    placeholder(words, at).map(|end| (TokenKind::Placeholder, end))
                }
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
                marks.read(words, at, &mut tokens);
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
        tokens
    }

    /// The last sentence of a lead-in and the item that it leads in to, as one sentence; and how many tokens the lead-in gives.
    pub(super) fn joined(lead: &Self, item: &Self) -> (Self, usize) {
        let from = lead.sentence(lead.len().saturating_sub(1)).start;
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
            },
            given,
        )
    }

    /// Whether a passage ends in a colon and so leads in to what follows.
    pub(crate) fn leads_in(&self) -> bool {
        self.after.has(Between::COLON)
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

/// Quotation marks on the way through a passage.
#[derive(Default)]
struct Marks {
    double: Option<(u32, bool)>,
    single: Option<u32>,
}

/// Words after which a string is shown to a reader, not quoted: `title: "…"`, `Text('…')`.
const SHOWN: &[&str] = &[
    "title",
    "subtitle",
    "heading",
    "headline",
    "tagline",
    "caption",
    "text",
    "translate",
    "gettext",
    "tr",
    "t",
];

impl Marks {
    fn read(&mut self, words: &str, at: usize, tokens: &mut Tokens) {
        let next = Span::new(tokens.items.len(), 0).start;
        let before = words[..at].chars().next_back();
        let after = words[at + words[at..].chars().next().map_or(1, char::len_utf8)..]
            .chars()
            .next();
        match words.as_bytes()[at] {
            b'"' => match self.double.take() {
                Some((from, _)) => tokens.quotations.push((from, next)),
                None => self.double = Some((next, at == 0)),
            },
            b'\'' => {
                let opens = before.is_none_or(|c| c == ' ' || "([{\"".contains(c))
                    && after.is_some_and(|c| c.is_alphanumeric() || is_currency(c));
                let closes =
                    before.is_some_and(|c| c != ' ') && after.is_none_or(|c| !c.is_alphanumeric());
                match self.single {
                    Some(from) if closes => {
                        tokens.quotations.push((from, next));
                        self.single = None;
                    }
                    None if opens => self.single = Some(next),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn finish(self, tokens: &mut Tokens, text: &Text) {
        // a mark that nothing closes quotes to the end, unless the passage begins with it
        let end = Span::new(tokens.items.len(), 0).start;
        tokens.quotations.extend(
            self.double
                .filter(|(_, first)| !first)
                .map(|(from, _)| (from, end)),
        );
        let items = &tokens.items;
        tokens.quotations.retain(|(from, to)| {
            let shown = from
                .checked_sub(1)
                .is_some_and(|at| SHOWN.contains(&text.token(&items[at as usize])));
            let direct = items.get(*from as usize).is_some_and(|token| {
                token.before.has(Between::COLON) || token.before.has(Between::OPEN)
            });
            from < to && !(shown && direct)
        });
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

    /// Whether the tokens stand in the source as one run without markup between.
    pub(crate) fn tokens_verbatim(&self, tokens: &[Token]) -> bool {
        matches!((tokens.first(), tokens.last()), (Some(first), Some(last)) if self.map.verbatim(first.start, last.end))
    }

    pub(crate) fn token(&self, token: &Token) -> &str {
        &self.normal[token.start as usize..token.end as usize]
    }

    /// The signs between two tokens, white space left out, for the comparison that keeps punctuation.
    pub(crate) fn punctuation(&self, left: &Token, right: &Token) -> String {
        self.normal
            .get(left.end as usize..right.start as usize)
            .unwrap_or_default()
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect()
    }
}

/// Whether a folded word denies: the words that a gap may not skip and that a prescribed text may not lose.
#[must_use]
pub fn is_negation(word: &str) -> bool {
    matches!(
        word,
        "not"
            | "no"
            | "never"
            | "cannot"
            | "cant"
            | "nor"
            | "neither"
            | "without"
            | "none"
            | "nothing"
            | "nobody"
            | "nowhere"
            | "non"
            | "dont"
            | "wont"
            | "isnt"
            | "arent"
            | "doesnt"
            | "nicht"
            | "kein"
            | "keine"
            | "keinen"
            | "keiner"
            | "keinem"
            | "keines"
            | "keinerlei"
            | "niet"
            | "geen"
            | "nooit"
            | "jamais"
            | "aucun"
            | "aucune"
            | "nunca"
            | "ningún"
            | "ninguna"
            | "não"
            | "nessun"
            | "nessuna"
    ) || word.ends_with("n't")
}

/// Whether a word begins here: `#` and `@` only do before a letter or digit.
fn begins_word(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(|c| {
        is_word(c)
            && (!matches!(c, '#' | '@' | '_') || chars.next().is_some_and(char::is_alphanumeric))
    })
}

/// The end of a web address that begins at byte `at`: one word, whatever it is made of.
fn address(words: &str, at: usize) -> Option<usize> {
    let rest = &words[at..];
    let starts = ["http://", "https://", "www."]
        .into_iter()
        .any(|start| rest.starts_with(start));
    let inside = words[..at]
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    let end = rest
        .find([' ', '"', '<', '>', ')', '(', ']', '|'])
        .unwrap_or(rest.len());
    let length = rest[..end]
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '\''])
        .len();
    (starts && !inside && length > 4).then_some(at + length)
}

fn is_word(c: char) -> bool {
    (c.is_alphanumeric() && !is_superscript(c))
        || matches!(c, OPAQUE | '_' | '#' | '@')
        || unicode_normalization::char::canonical_combining_class(c) != 0
}

fn number(words: &str, at: usize) -> (TokenKind, usize) {
    let bytes = words.as_bytes();
    let mut end = at;
    while let Some(&byte) = bytes.get(end) {
        let inside = matches!(byte, b'.' | b',' | b'\'')
            && end > at
            && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !byte.is_ascii_digit() && !inside {
            break;
        }
        end += 1;
    }
    match words[end..].chars().next() {
        Some(c) if is_word(c) && c != OPAQUE => (TokenKind::Word, word(words, end)),
        _ => (TokenKind::Number, end),
    }
}

fn word(words: &str, at: usize) -> usize {
    let mut end = at;
    let mut chars = words[at..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let inside = c == '\''
            && offset > 0
            && chars
                .peek()
                .is_some_and(|&(_, next)| next.is_alphanumeric());
        if offset > 0 && ((!is_word(c) && !inside) || matches!(c, OPAQUE | '#' | '@')) {
            break;
        }
        end = at + offset + c.len_utf8();
        if c == OPAQUE {
            break;
        }
    }
    end
}

/// Footnote marks that folding leaves alone: they end a word and stand for none.
fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '₀'..='₉')
}

/// The end of a run-time value that begins at byte `at`, if one does.
fn placeholder(words: &str, at: usize) -> Option<usize> {
    const LONGEST: usize = 48;
    let rest = &words[at..];
    let (open, close) = [
        ("${", "}"),
        ("%{", "}"),
        ("{{", "}}"),
        ("{%", "%}"),
        ("{", "}"),
        ("[[", "]]"),
        ("[", "]"),
    ]
    .into_iter()
    .find(|(open, _)| rest.starts_with(open))?;
    let length = rest.find(close)?;
    let inside = rest.get(open.len()..length)?;
    let plain = length <= LONGEST
        && !inside.trim().is_empty()
        && inside.chars().all(|c| {
            c.is_alphanumeric()
                || matches!(
                    c,
                    ' ' | '.' | '_' | '-' | '$' | '|' | '(' | ')' | '<' | '>' | '%'
                )
        });
    let end = at + length + close.len();
    let filled = ["insert", "percent", "loss", "xx", "amount", "number", "x"];
    let bracket = open.starts_with('[');
    let blank = inside.split_whitespace().any(|word| filled.contains(&word))
        || words[end..].trim_start().starts_with('%');
    (plain && (!bracket || blank)).then_some(end)
}

/// Adds what the character at byte `at` says of the border between two tokens.
fn between(words: &str, at: usize, last: &str, before: &mut Between) {
    let bytes = words.as_bytes();
    let spaced = |at: Option<&u8>| at.is_none_or(|&byte| byte == b' ');
    let c = words[at..].chars().next().expect("a character starts here");
    let sign = match c {
        ' ' => Between::SPACE,
        ',' | '،' | '、' => Between::COMMA,
        ';' => Between::SEMICOLON,
        ':' => Between::COLON,
        '"' => Between::QUOTE,
        '(' | '[' | '{' => Between::OPEN,
        ')' | ']' | '}' => Between::CLOSE,
        '-' if at.checked_sub(1).is_none_or(|before| bytes[before] == b' ')
            && spaced(bytes.get(at + 1)) =>
        {
            Between::DASH
        }
        '。' => Between::STOP,
        '.' | '!' | '?' => {
            let rest = words[at + 1..].trim_start_matches(['.', '!', '?', '"', '\'', ')', ']']);
            let ends = rest.is_empty()
                || rest.starts_with(' ')
                || (c != '.' && !rest.starts_with(|c: char| c.is_alphanumeric()));
            // the points of `U.K.` stand inside a word
            if c == '.'
                && last.chars().count() == 1
                && !ends
                && rest.starts_with(char::is_alphabetic)
            {
                return;
            }
            if ends && !(c == '.' && is_abbreviation(last, rest)) {
                if c == '?' {
                    before.add(Between::QUESTION);
                }
                Between::STOP
            } else {
                Between::POINT
            }
        }
        '•' | '·' | '|' => Between::SEMICOLON,
        _ => return,
    };
    before.add(sign);
}

/// Whether a full stop after `last` belongs to the word.
fn is_abbreviation(last: &str, rest: &str) -> bool {
    let numbered = rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    match last {
        "i" => false,
        "no" | "art" | "sec" | "fig" | "nr" | "vol" | "p" | "pp" | "para" => numbered,
        "e.g" | "eg" | "ie" | "etc" | "vs" | "mr" | "mrs" | "ms" | "dr" | "prof" | "inc"
        | "ltd" | "llc" | "plc" | "corp" | "co" | "st" | "approx" | "est" | "cf" | "jan"
        | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov"
        | "dec" | "bzw" | "ca" | "sr" | "jr" => !rest.is_empty(),
        _ => last.chars().count() == 1 && last.chars().all(char::is_alphabetic),
    }
}

/// Numbers for the words and prefixes that rules know, so that each word of a page is looked up once for all of them.
#[derive(Debug, Clone)]
pub(crate) struct Vocabulary {
    words: HashMap<Box<str>, u32, RandomState>,
    /// By their first two bytes.
    prefixes: HashMap<[u8; 2], Vec<(Box<str>, u32)>, RandomState>,
    next: u32,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            words: HashMap::default(),
            prefixes: HashMap::default(),
            next: Self::FIRST,
        }
    }
}

impl Vocabulary {
    /// Symbols of kinds of tokens; words begin after them.
    pub(crate) const NUMBER: u32 = 0;
    pub(crate) const PLACEHOLDER: u32 = 1;
    pub(crate) const CURRENCY: u32 = 2;
    pub(crate) const WORD: u32 = 3;
    const FIRST: u32 = 4;

    /// How many symbols there are.
    pub(crate) fn len(&self) -> usize {
        self.next as usize
    }

    /// The symbol of a word, given now if it has none.
    pub(crate) fn word(&mut self, word: &str) -> u32 {
        if let Some(&known) = self.words.get(word) {
            return known;
        }
        self.words.insert(word.into(), self.next);
        self.next += 1;
        self.next - 1
    }

    /// The symbol of every word that begins so, given now if it has none. Of a single byte the words are too many: none.
    pub(crate) fn prefix(&mut self, prefix: &str) -> Option<u32> {
        let key = prefix.as_bytes().first_chunk::<2>()?;
        let of = self.prefixes.entry(*key).or_default();
        if let Some((_, known)) = of.iter().find(|(known, _)| **known == *prefix) {
            return Some(*known);
        }
        of.push((prefix.into(), self.next));
        self.next += 1;
        Some(self.next - 1)
    }

    /// Adds the symbols of a token: of its word, of every prefix it begins with, of its kind.
    pub(crate) fn symbols(&self, token: &Token, word: &str, into: &mut Vec<u32>) {
        into.extend(self.words.get(word));
        if let Some(of) = word
            .as_bytes()
            .first_chunk::<2>()
            .and_then(|key| self.prefixes.get(key))
        {
            into.extend(
                of.iter()
                    .filter(|(prefix, _)| word.starts_with(&**prefix))
                    .map(|(_, symbol)| *symbol),
            );
        }
        match token.kind {
            TokenKind::Number => into.extend([Self::NUMBER, Self::WORD]),
            TokenKind::Word => into.push(Self::WORD),
            TokenKind::Placeholder => into.push(Self::PLACEHOLDER),
            TokenKind::Sign if word != "%" && word != "‰" => into.push(Self::CURRENCY),
            TokenKind::Sign => {}
        }
    }
}
