//! The words of which a text must have one for a phrase to match: read off the phrase as it is written, because most phrases of a run
//! are never taken apart.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use foldhash::fast::RandomState;

use super::list::{List, Meaning, Named};
use super::node::{DENYING, Node, is_initials};
use super::parse::NOT;

/// Words of a gate.
#[derive(Debug, Clone)]
pub(super) enum Literal<'a> {
    Word(Cow<'a, str>),
    /// Those of a list that has a name; phrases share it.
    List(Arc<List>),
    /// Those that deny.
    Denying,
}

impl Literal<'_> {
    /// How many texts have one of them, as far as words tell.
    fn frequency(&self) -> usize {
        match self {
            Self::Word(word) => frequency(word),
            Self::List(list) => list.frequency(),
            Self::Denying => COMMON_FREQUENCY,
        }
    }

    /// The words.
    pub(super) fn each(&self, mut with: impl FnMut(&str)) {
        match self {
            Self::Word(word) => with(word),
            Self::List(list) => {
                let words = list.gate().unwrap_or_default();
                words.iter().for_each(|word| with(word));
            }
            Self::Denying => DENYING.iter().for_each(|word| with(word)),
        }
    }
}

/// Words that texts of every kind are full of, so that few phrases are kept out by them.
const COMMON: &str = "\
    about accept access account add also and any are available based can can't change code command content could create current data \
    default description display doesn't does each example examples first follow following format from get give has have help how \
    include includes information into know learn level link list look make making management may more must name need not note number \
    once one only open order other our output parameter parameters position provide provides provider public put reference report \
    required result results return returns run same see select service set should show shows sign site some start state stop string \
    such support take test text than that the their then there these they this time turn type update use used user users uses using \
    value values variable version view want was way what when where which who will with without work write yes you your";

static COMMON_WORDS: LazyLock<HashSet<&str, RandomState>> =
    LazyLock::new(|| COMMON.split_whitespace().collect());

const COMMON_FREQUENCY: usize = 40;

/// So many words make most gates.
const FEW: usize = 16;
/// So many bytes of a word are rare enough whatever ends it.
const LONG_HEAD: usize = 7;

/// How many texts have a word, as far as it tells: fewer than of a common one, and the fewer the longer it is.
pub(super) fn frequency(word: &str) -> usize {
    match word.len() {
        0..=2 => COMMON_FREQUENCY,
        _ if COMMON_WORDS.contains(word) => COMMON_FREQUENCY,
        3 => 12,
        4 => 4,
        5 => 2,
        _ => 1,
    }
}

/// The rarest gate of a sequence so far, which was pushed last.
#[derive(Default)]
struct Rarest {
    start: Option<usize>,
    /// Once it was compared.
    frequency: Option<usize>,
}

impl Rarest {
    /// So rare that no other is worth a look.
    const ENOUGH: usize = 2;

    /// Keeps the rarer one of it and of what was pushed from `next` on.
    fn choose(&mut self, all: &mut Vec<Literal<'_>>, next: usize) {
        if all.len() == next {
            return;
        }
        let Some(start) = self.start else {
            self.start = Some(next);
            return;
        };
        let frequency = |of: &[Literal<'_>]| of.iter().map(Literal::frequency).sum::<usize>();
        let before = self
            .frequency
            .unwrap_or_else(|| frequency(&all[start..next]));
        self.frequency = Some(before);
        if before > Self::ENOUGH {
            let new = frequency(&all[next..]);
            if new <= before {
                all.drain(start..next);
                self.frequency = Some(new);
                return;
            }
        }
        all.truncate(next);
    }
}

/// The gate of what a phrase is made of; none when no word must be there.
pub(super) fn of_node<'a>(node: &'a Node<'_>) -> Option<Vec<Literal<'a>>> {
    let mut all = Vec::new();
    add(node, &mut all);
    (!all.is_empty()).then_some(all)
}

/// Adds the gate of a node, or nothing.
fn add<'a>(node: &'a Node<'_>, all: &mut Vec<Literal<'a>>) {
    match node {
        Node::Word { text, .. } => all.push(Literal::Word(Cow::Borrowed(text))),
        Node::Not => all.push(Literal::Denying),
        Node::Sequence(items) => {
            let mut best = Rarest::default();
            for item in items {
                let next = all.len();
                add(item, all);
                best.choose(all, next);
            }
        }
        Node::Any(branches) => {
            let start = all.len();
            for branch in branches {
                let before = all.len();
                add(branch, all);
                if all.len() == before {
                    return all.truncate(start);
                }
            }
        }
        Node::List(list) => {
            let some = list.gate().is_some();
            all.extend(some.then(|| Literal::List(Arc::clone(list))));
        }
        Node::Comma | Node::Gap(_) | Node::Slot(_) | Node::Optional(_) => {}
    }
}

/// The gate of a phrase as it is written, if it is made of plain words, groups and names alone: what taking it apart would give. The
/// phrase must be one that can be taken apart.
pub(super) fn of_raw<'a>(raw: &'a str, named: &Named) -> Option<Vec<Literal<'a>>> {
    let mut scan = Scan {
        raw,
        at: 0,
        named,
        all: Vec::with_capacity(FEW),
    };
    scan.group(None)?;
    (!scan.all.is_empty()).then_some(scan.all)
}

/// Whether a word is written as it is and in no other way.
fn is_alone(word: &str) -> bool {
    let address = word.starts_with("http") || word.starts_with("www");
    word.starts_with(is_letter) && !address && !is_initials(word)
}

/// Whether folding and cutting leave a letter or digit as it is, and in its word.
fn is_letter(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, 'à'..='ö' | 'ø'..='ÿ')
}

struct Scan<'a, 'n> {
    raw: &'a str,
    at: usize,
    named: &'n Named,
    all: Vec<Literal<'a>>,
}

impl<'a> Scan<'a, '_> {
    fn peek(&self) -> Option<u8> {
        self.raw.as_bytes().get(self.at).copied()
    }

    /// Adds the gate of what stands up to the bracket that closes it, or to the end; none when it must be taken apart.
    fn group(&mut self, close: Option<u8>) -> Option<()> {
        let start = self.all.len();
        let mut best = Rarest::default();
        // a branch without a gate lets everything in
        let mut open = false;
        loop {
            let next = self.all.len();
            let ends = self.peek() == close;
            if ends || self.peek() == Some(b'|') {
                open |= std::mem::take(&mut best).start.is_none();
                self.at += 1;
                if ends {
                    break;
                }
                continue;
            }
            match self.peek()? {
                b' ' | b'\n' => {
                    self.at += 1;
                    continue;
                }
                b'(' => {
                    self.at += 1;
                    self.group(Some(b')'))?;
                }
                b'[' => {
                    self.at += 1;
                    self.group(Some(b']'))?;
                    self.all.truncate(next);
                }
                b'{' => self.name()?,
                // of two bytes the letters that Latin-1 has beyond ASCII
                b'a'..=b'z' | b'0'..=b'9' | 0xc3 => self.word()?,
                _ => return None,
            }
            if self.peek() == Some(b',') {
                self.at += 1;
            }
            let ended = matches!(self.peek(), None | Some(b' ' | b'\n' | b'|' | b')' | b']'));
            if !ended {
                return None;
            }
            best.choose(&mut self.all, next);
        }
        if open {
            self.all.truncate(start);
        }
        Some(())
    }

    /// A word, or two with a hyphen between them; its beginning, or it with a group that is glued to it.
    fn word(&mut self) -> Option<()> {
        let mut best = Rarest::default();
        loop {
            let raw: &'a str = self.raw;
            let rest = &raw[self.at..];
            let ends = rest.find(|c: char| !is_letter(c) && c != '\'');
            let letters = &rest[..ends.unwrap_or(rest.len())];
            self.at += letters.len();
            if letters.is_empty() || letters.ends_with('\'') || !is_alone(letters) {
                return None;
            }
            let next = self.all.len();
            match self.peek() {
                Some(b'*') => {
                    self.at += 1;
                    self.all.push(Literal::Word(Cow::Borrowed(letters)));
                }
                Some(b'(') => self.glued(letters)?,
                _ => self.all.push(Literal::Word(Cow::Borrowed(letters))),
            }
            best.choose(&mut self.all, next);
            match self.peek() {
                Some(b'-' | b'/') => self.at += 1,
                Some(b'%') => {
                    self.at += 1;
                    return Some(());
                }
                _ => return Some(()),
            }
        }
    }

    /// A group of endings behind `head`.
    fn glued(&mut self, head: &'a str) -> Option<()> {
        let rest = &self.raw[self.at + 1..];
        let length = rest.find(|c: char| !is_letter(c) && !"|*".contains(c))?;
        let (endings, closed) = (&rest[..length], rest[length..].starts_with(')'));
        self.at += length + 2;
        if !closed {
            return None;
        }
        // a word lets in each that begins with it
        let plain = |ending: &str| !ending.trim_end_matches('*').contains('*');
        if !endings.split('|').all(plain) {
            return None;
        }
        let covered = head.len() >= LONG_HEAD || endings.split('|').any(str::is_empty);
        if covered {
            self.all.push(Literal::Word(Cow::Borrowed(head)));
            return Some(());
        }
        for ending in endings.split('|') {
            let word = format!("{head}{}", ending.strip_suffix('*').unwrap_or(ending));
            if !is_alone(&word) {
                return None;
            }
            self.all.push(Literal::Word(Cow::Owned(word)));
        }
        Some(())
    }

    /// A gap, a slot, or a name.
    fn name(&mut self) -> Option<()> {
        let length = self.raw[self.at..].find('}')?;
        let inside = self.raw[self.at + 1..self.at + length].trim();
        self.at += length + 1;
        if inside == NOT {
            self.all.push(Literal::Denying);
        } else if !inside.starts_with("..") {
            match self.named.meaning(inside) {
                Meaning::Words(_) => return None,
                Meaning::List(list) if list.gate().is_some() => {
                    self.all.push(Literal::List(list));
                }
                Meaning::List(_) | Meaning::Nothing => {}
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {

    use super::super::phrase::Phrase;
    use super::super::told::{DEMANDING, ORDERING, PROMPTING, REPORTING};
    use super::super::voice::{AFFIRMING, DEFINING, EXCUSES, GOVERNING};
    use super::*;

    /// A text that a node matches; `choice` gives the branches.
    fn sample(node: &Node<'_>, choice: &mut usize, out: &mut Vec<String>) {
        *choice = choice.wrapping_mul(31).wrapping_add(7);
        match node {
            Node::Word { text, prefix } => {
                out.push(format!("{text}{}", if *prefix { "xy" } else { "" }));
            }
            Node::Not => out.push(DENYING[*choice % DENYING.len()].clone()),
            Node::Sequence(items) => items.iter().for_each(|item| sample(item, choice, out)),
            Node::Any(branches) => sample(&branches[*choice % branches.len()], choice, out),
            Node::Optional(inner) if choice.is_multiple_of(2) => sample(inner, choice, out),
            Node::List(list) => sample(list.node(), choice, out),
            Node::Slot(_) => out.push("7".to_owned()),
            Node::Optional(_) | Node::Gap(_) | Node::Comma => {}
        }
    }

    #[test]
    fn what_a_phrase_matches_passes_its_gate() {
        let each = [
            "capital at risk",
            "invest(ing|or|ment*) in (uk|the us) shares",
            "(risk-free|can't lose|trad(e|es|)) {..3} profit*",
            "[your] (money|capital), {..2} {not} {..2} (safe|un(safe|sure))",
            "(a|b|) {number} day's (gain(s|)|well-being)",
            "(100%|24/7|10x|9-5) für (erträge|l'épargne)",
            "versprech(en|ung) à (könn(en|te)|é*)",
        ];
        let lists = [
            AFFIRMING, GOVERNING, DEFINING, REPORTING, ORDERING, PROMPTING, DEMANDING,
        ];
        let excuses = EXCUSES.iter().flat_map(|(_, _, phrases)| phrases.iter());
        let all = each.iter().chain(lists.into_iter().flatten());
        let mut read = 0;
        for raw in all.chain(excuses) {
            let phrase = Phrase::part(raw, &super::super::Names::default()).expect("a phrase");
            let mut gate = Vec::new();
            assert!(phrase.gate(|literal| literal.each(|word| gate.push(word.to_owned()))));
            read += usize::from(of_raw(raw, &Named::default()).is_some());
            for seed in 0..40 {
                let (mut words, mut choice) = (Vec::new(), seed);
                sample(&phrase.node(), &mut choice, &mut words);
                let passes = |word: &String| gate.iter().any(|of| word.starts_with(&**of));
                // what was cut at a sign is one word in a text
                let joined = words.join(" ").replace(" ' ", "'");
                assert!(
                    words.iter().any(passes),
                    "{raw}: `{joined}` does not pass {gate:?}"
                );
            }
        }
        assert!(read > 100, "{read} were read without being taken apart");
    }
}
