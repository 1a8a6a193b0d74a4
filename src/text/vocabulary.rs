//! Numbers for the words that rules know, so that a word of a page is looked up once for all phrases.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::token::{Token, TokenKind};

/// A prefix and its symbol.
type Known = (Box<str>, u32);

/// Numbers for the words and prefixes that rules know, so that each word of a page is looked up once for all of them.
#[derive(Debug, Clone)]
pub(crate) struct Vocabulary {
    words: HashMap<Box<str>, u32, RandomState>,
    /// By their first two bytes.
    prefixes: HashMap<[u8; 2], Vec<Known>, RandomState>,
    /// Words with accents as those write them who lack these signs.
    plain: HashMap<Box<str>, Vec<u32>, RandomState>,
    plain_prefixes: HashMap<[u8; 2], Vec<Known>, RandomState>,
    /// How many bytes each symbol's word or prefix has, at most 255.
    lengths: Vec<u8>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            words: HashMap::default(),
            prefixes: HashMap::default(),
            plain: HashMap::default(),
            plain_prefixes: HashMap::default(),
            lengths: vec![1; Self::FIRST],
        }
    }
}

impl Vocabulary {
    /// Symbols of kinds of tokens; words begin after them.
    pub(crate) const NUMBER: u32 = 0;
    pub(crate) const PLACEHOLDER: u32 = 1;
    pub(crate) const CURRENCY: u32 = 2;
    pub(crate) const WORD: u32 = 3;
    const FIRST: usize = 4;

    /// How many symbols there are.
    pub(crate) fn len(&self) -> usize {
        self.lengths.len()
    }

    /// How many bytes the word or the prefix of a symbol has; long ones are rare.
    pub(crate) fn length(&self, symbol: u32) -> usize {
        usize::from(self.lengths[symbol as usize])
    }

    /// The next symbol.
    fn next(&mut self, text: &str) -> u32 {
        self.lengths
            .push(u8::try_from(text.len()).unwrap_or(u8::MAX));
        u32::try_from(self.lengths.len() - 1).expect("fewer words than 4 billion")
    }

    /// The symbol of a word, given now if it has none.
    pub(crate) fn word(&mut self, word: &str) -> u32 {
        if let Some(&known) = self.words.get(word) {
            return known;
        }
        let symbol = self.next(word);
        self.words.insert(word.into(), symbol);
        if let Some(plain) = unaccented(word) {
            self.plain.entry(plain.into()).or_default().push(symbol);
        }
        symbol
    }

    /// The symbol of every word that begins so, given now if it has none. Of a single byte the words are too many: none.
    pub(crate) fn prefix(&mut self, prefix: &str) -> Option<u32> {
        let key = prefix.as_bytes().first_chunk::<2>()?;
        let of = self.prefixes.entry(*key).or_default();
        if let Some((_, known)) = of.iter().find(|(known, _)| **known == *prefix) {
            return Some(*known);
        }
        let symbol = self.next(prefix);
        let of = self.prefixes.entry(*key).or_default();
        of.push((prefix.into(), symbol));
        let plain = unaccented(prefix);
        if let Some(key) = plain.as_deref().and_then(|of| of.as_bytes().first_chunk()) {
            let of = self.plain_prefixes.entry(*key).or_default();
            of.extend(plain.map(|of| (of.into(), symbol)));
        }
        Some(symbol)
    }

    /// Adds the symbols of a token: of its word, of every prefix it begins with, of its kind.
    pub(crate) fn symbols(&self, token: &Token, word: &str, into: &mut Vec<u32>) {
        into.extend(self.words.get(word));
        into.extend(self.plain.get(word).into_iter().flatten());
        if let Some(key) = word.as_bytes().first_chunk::<2>() {
            let known = [self.prefixes.get(key), self.plain_prefixes.get(key)];
            into.extend(
                (known.into_iter().flatten().flatten())
                    .filter(|(prefix, _)| word.starts_with(&**prefix))
                    .map(|(_, symbol)| *symbol),
            );
        }
        match token.kind {
            TokenKind::Number => into.extend([Self::NUMBER, Self::WORD]),
            TokenKind::Word => into.push(Self::WORD),
            TokenKind::Placeholder => into.push(Self::PLACEHOLDER),
            TokenKind::Sign if word != "%" && word != "‰" => into.push(Self::CURRENCY),
            TokenKind::Sign | TokenKind::Blank => {}
        }
    }
}

/// What words with accents must not be written as, because it is another word: `prestamos` (we lend) is no `préstamos` (loans). The list
/// is the language's and not that of the rules that run, so that no page is read by the phrases of another.
const OTHER_WORDS: &str = "\
    affiche agree agrees assure avance change contacte control declare denuncia diari gagne general genere historic immediate indique \
    invite media medic medico participe passe passes prestamos prime progresse publica rapporte realise recuper reflet rembourse \
    represent reserve risque signe";

static OTHERS: LazyLock<HashSet<&str>> = LazyLock::new(|| OTHER_WORDS.split_whitespace().collect());

/// A word as people write it who lack its signs on their keyboards: `koennen` for `können`, `inversion` for `inversión`. Short words
/// would become other ones, as `né` and `où` do.
pub(super) fn unaccented(word: &str) -> Option<String> {
    const SHORTEST: usize = 5;
    if word.is_ascii() {
        return None;
    }
    if word.contains(['ä', 'ö', 'ü']) {
        return Some(
            word.replace('ä', "ae")
                .replace('ö', "oe")
                .replace('ü', "ue"),
        );
    }
    let plain: String = word.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let is_it = plain.is_ascii() && plain.len() >= SHORTEST && !OTHERS.contains(&*plain);
    is_it.then_some(plain)
}
