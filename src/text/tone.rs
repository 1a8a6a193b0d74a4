//! How a page speaks as a whole. Who sells says "our" and "your", and asks; a report, a rule book and a manual say "they were", "which"
//! and "such", and speak of law, of news and of software all along.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What words of one kind are worth for each that stands among a hundred, and the words, in seven languages. Fitted on pages that offer
/// and pages that tell; no word of a subject is among them, so that they say the same of any trade.
const MANNERS: [(i64, &str); 5] = [
    // the seller
    (
        4,
        "our ours we we've we're we'll we'd us wir unser unsere unserem unseren unserer uns notre nos nous nuestro nuestra nuestros nuestras \
         nostro nostra nostri nostre noi ons onze wij nosso nossa nossos nossas nós",
    ),
    // the reader
    (
        3,
        "you your yours you'll you're you've sie ihr ihre ihren ihrem ihrer ihnen dein deine du vous votre vos usted sus tu tus tuo tua \
         tuoi tue vostro voi u uw je jouw jij você seu sua seus suas",
    ),
    // who writes in his own name
    (
        4,
        "i my i've i'm mine ich mein meine mon ma mes mi mio mia ik mijn eu meu minha",
    ),
    // what was
    (
        -2,
        "was were had said told asked did wurde wurden waren hatte sagte était étaient avait fue fueron era dijo erano aveva werd werden foi \
         foram disse",
    ),
    // what is explained
    (
        -6,
        "that which such if whether how why dass welche wenn ob dont si quale quali dat als",
    ),
];
/// More of a kind among a hundred words says no more.
const MOST: u64 = 5;

/// What each sign of an offer and each that asks for something is worth among a hundred words, and how many count.
const OFFERING: i64 = 4;
const ASKING: i64 = 4;
const MOST_SIGNS: u64 = 2;
/// What it is worth when all signs tell of things.
const TELLING: i64 = -30;
/// A page of fewer words is weighed as one of so many.
const LEAST: u64 = 120;

static KINDS: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
    let kinds = MANNERS.iter().enumerate();
    kinds
        .flat_map(|(kind, (_, words))| words.split_whitespace().map(move |word| (word, kind)))
        .collect()
});

/// How many words of each kind stand somewhere.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Manner([u32; MANNERS.len()]);

impl Manner {
    /// Counts a word.
    pub(super) fn count(&mut self, word: &str) {
        if let Some(kind) = KINDS.get(word) {
            self.0[*kind] += 1;
        }
    }
}

/// How a page speaks: counted block by block.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tone {
    pub(super) words: u64,
    /// Signs of an offer, those of them by which the seller speaks or asks, and signs that tell of things.
    pub(super) offering: u64,
    pub(super) asking: u64,
    pub(super) telling: u64,
    manner: [u64; MANNERS.len()],
}

impl Tone {
    /// Takes in how a block speaks.
    pub(super) fn add(&mut self, manner: Manner) {
        for (sum, more) in self.manner.iter_mut().zip(manner.0) {
            *sum += u64::from(more);
        }
    }

    /// What speaks for an offer, less what speaks against one; about -50 to 60.
    pub(super) fn points(&self) -> i64 {
        let words = self.words.max(LEAST);
        let among = |count: u64, most: u64, worth: i64| {
            worth * signed((100 * count).min(most * words)) / signed(words)
        };
        let manners: i64 = MANNERS
            .iter()
            .zip(self.manner)
            .map(|((worth, _), count)| among(count, MOST, *worth))
            .sum();
        let telling = TELLING * signed(self.telling) / signed(self.telling + self.offering + 1);
        manners
            + among(self.offering, MOST_SIGNS, OFFERING)
            + among(self.asking, MOST_SIGNS, ASKING)
            + telling
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
