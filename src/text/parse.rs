//! The phrase language of rule packs: parsed, and its mistakes pointed at. PRODUCT.md, "Phrases".

use std::borrow::Cow;
use std::ops::Range;

use super::list::{Meaning, Named};
use super::node::{Node, append, is_plain, spellings, spelt, word, words};
use super::phrase::{PhraseError, error};
use super::slot::{Slot, SlotKind, is_name};

/// What a phrase may hold at most: keeps a hostile pack from eating the machine.
pub(super) const MOST_VARIANTS: usize = 256;
const DEEPEST: usize = 12;
const WIDEST_GAP: u8 = 50;
const MOST_WORDS_OF_A_NAME: usize = 5;
const MOST_WORDS: usize = 2000;
/// The slot of any word that denies.
pub(super) const NOT: &str = "not";

/// What the names of a phrase stand for.
pub(super) type Meanings<'a> = dyn Fn(&str) -> Result<Meaning<'a>, String> + 'a;

/// What a phrase is made of, and the names in it.
pub(super) fn nodes<'a>(
    raw: &'a str,
    names: &Meanings<'a>,
) -> Result<(Node<'a>, Named), PhraseError> {
    let mut parser = Parser {
        raw,
        at: 0,
        names,
        named: Named::default(),
        size: 0,
    };
    let node = parser.alternatives(None, 0)?;
    Ok((node, parser.named))
}

struct Parser<'a, 'n> {
    raw: &'a str,
    at: usize,
    names: &'n Meanings<'a>,
    named: Named,
    /// How many words the lists are made of that it uses.
    size: usize,
}

impl<'a> Parser<'a, '_> {
    /// `a b|c d` up to the closing bracket `close`, or to the end.
    fn alternatives(&mut self, close: Option<char>, depth: usize) -> Result<Node<'a>, PhraseError> {
        let opened = self.at.saturating_sub(1);
        if depth > DEEPEST {
            return Err(error("nests more than 12 groups deep", opened..self.at));
        }
        let mut branches = Vec::new();
        let mut items = Vec::new();
        loop {
            match self.peek() {
                None if close.is_none() => break,
                None => {
                    return Err(error(
                        format!("`{}` is never closed", &self.raw[opened..=opened]),
                        opened..opened + 1,
                    ));
                }
                Some(c) if Some(c) == close => break,
                Some(c @ (')' | ']' | '}')) => {
                    return Err(error(format!("`{c}` closes nothing"), self.at..self.at + 1));
                }
                Some('|') if close.is_none() => {
                    return Err(error(
                        "`|` stands outside a group: write `(a|b)`",
                        self.at..self.at + 1,
                    ));
                }
                Some('|') => {
                    self.at += 1;
                    branches.push(sequence(std::mem::take(&mut items)));
                }
                Some(c) if c.is_whitespace() => self.at += c.len_utf8(),
                Some(_) => match self.plain() {
                    Some(word) => items.push(word),
                    None => append(&mut items, self.atom(depth)?),
                },
            }
        }
        if close.is_some() {
            self.at += 1;
        }
        let last = sequence(items);
        if branches.is_empty() {
            return Ok(last);
        }
        branches.push(last);
        Ok(Node::Any(branches))
    }

    /// A word of small letters that nothing is glued to: what most phrases are made of.
    fn plain(&mut self) -> Option<Node<'a>> {
        let raw: &'a str = self.raw;
        let rest = &raw.as_bytes()[self.at..];
        let length = rest.iter().take_while(|byte| byte.is_ascii_lowercase());
        let end = self.at + length.count();
        let ends = matches!(
            raw.as_bytes().get(end),
            None | Some(b' ' | b'|' | b')' | b']')
        );
        let letters = &raw[self.at..end];
        (ends && is_plain(letters)).then(|| {
            self.at = end;
            word(Cow::Borrowed(letters))
        })
    }

    /// What stands between two spaces: words, groups and slots, glued.
    fn atom(&mut self, depth: usize) -> Result<Node<'a>, PhraseError> {
        let start = self.at;
        let mut pieces: Vec<(Range<usize>, Option<Node<'a>>)> = Vec::new();
        while let Some(c) = self.peek().filter(|c| !ends_atom(*c)) {
            let from = self.at;
            let node = match c {
                '(' | '[' => {
                    self.at += 1;
                    let inner =
                        self.alternatives(Some(if c == '(' { ')' } else { ']' }), depth + 1)?;
                    Some(if c == '[' {
                        Node::Optional(Box::new(inner))
                    } else {
                        inner
                    })
                }
                '{' => Some(self.slot()?),
                _ => {
                    while let Some(c) = self.peek().filter(|c| {
                        !c.is_whitespace() && !matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '|')
                    }) {
                        self.at += c.len_utf8();
                    }
                    None
                }
            };
            let alone = pieces.is_empty() && self.peek().is_none_or(ends_atom);
            match node {
                Some(node) if alone => return Ok(node),
                None if alone => return words(&self.raw[from..self.at], from),
                node => pieces.push((from..self.at, node)),
            }
        }
        // `(a|b),`: the comma stands behind whichever it is
        if pieces.len() > 1
            && let Some((at, None)) = pieces.last()
            && &self.raw[at.clone()] == ","
        {
            pieces.pop();
            let mut items = Vec::new();
            append(&mut items, self.glued(pieces, start)?);
            items.push(Node::Comma);
            return Ok(sequence(items));
        }
        self.glued(pieces, start)
    }

    /// Words, groups and slots without a space between them, as one.
    fn glued(
        &self,
        pieces: Vec<(Range<usize>, Option<Node<'a>>)>,
        start: usize,
    ) -> Result<Node<'a>, PhraseError> {
        let slots = pieces
            .iter()
            .any(|(_, node)| matches!(node, Some(Node::Slot(_) | Node::Gap(_))));
        if slots {
            let mut items = Vec::new();
            for (at, node) in pieces {
                let node = match node {
                    Some(node) => node,
                    None => words(&self.raw[at.clone()], at.start)?,
                };
                append(&mut items, node);
            }
            return Ok(sequence(items));
        }
        let mut variants = vec![String::new()];
        for (at, node) in &pieces {
            let endings = match node {
                None => vec![self.raw[at.clone()].to_owned()],
                Some(node) => spellings(node).ok_or_else(|| {
                    error("a group glued to a word may hold only words", at.clone())
                })?,
            };
            variants = variants
                .iter()
                .flat_map(|head| endings.iter().map(move |tail| format!("{head}{tail}")))
                .collect();
            if variants.len() > MOST_VARIANTS {
                return Err(error("stands for more than 256 words", start..self.at));
            }
        }
        let branches: Result<Vec<_>, _> = variants
            .into_iter()
            .map(|word| spelt(word).map_err(|wrong| error(wrong.message, start..self.at)))
            .collect();
        Ok(Node::Any(branches?))
    }

    fn slot(&mut self) -> Result<Node<'a>, PhraseError> {
        let start = self.at;
        let length = self.raw[start..]
            .find('}')
            .ok_or_else(|| error("`{` is never closed", start..start + 1))?;
        self.at = start + length + 1;
        let at = start..self.at;
        let inside = &self.raw[start + 1..start + length];
        if let Some(most) = inside.strip_prefix("..") {
            let most: u8 = most
                .trim()
                .parse()
                .ok()
                .filter(|most| (1..=WIDEST_GAP).contains(most))
                .ok_or_else(|| error("a gap is written `{..6}`, with 1 to 50 words", at))?;
            return Ok(Node::Gap(most));
        }
        if inside.trim() == NOT {
            return Ok(Node::Not);
        }
        let name = inside.trim();
        let meaning = (self.names)(name).map_err(|message| error(message, at.clone()))?;
        if !matches!(meaning, Meaning::Nothing) {
            self.named.add(name, &meaning);
        }
        match meaning {
            Meaning::Words(value) => {
                return words(value, start).map_err(|wrong| error(wrong.message, at));
            }
            Meaning::List(list) => {
                self.size += list.size();
                if self.size > MOST_WORDS {
                    let wrong = format!("uses lists of more than {MOST_WORDS} words");
                    return Err(error(wrong, at));
                }
                return Ok(Node::List(list));
            }
            Meaning::Nothing => {}
        }
        if let Some(slot) = Slot::parse(inside).map_err(|message| error(message, at.clone()))? {
            if slot.span || slot.value.is_some() {
                let wrong = "takes neither `|range` nor `= name`: those are for approved texts";
                return Err(error(wrong, at));
            }
            return Ok(Node::Slot(Box::new(slot)));
        }
        if !is_name(name) {
            return Err(error(
                "is no slot: write `{..6}`, `{percent}`, `{number}`, `{money}`, `{date}`, `{word}`, `{not}` or a name of [words] or [values]",
                at,
            ));
        }
        self.named.missing.push(name.to_owned());
        let word = Node::Slot(Box::new(Slot {
            kind: SlotKind::Word,
            range: None,
            placeholder: true,
            span: false,
            value: None,
            comma: None,
        }));
        let more = (1..MOST_WORDS_OF_A_NAME).fold(word.clone(), |more, _| {
            Node::Sequence(vec![word.clone(), Node::Optional(Box::new(more))])
        });
        Ok(more)
    }

    fn peek(&self) -> Option<char> {
        self.raw[self.at..].chars().next()
    }
}

/// Whether what stands between two spaces ends at this sign.
fn ends_atom(c: char) -> bool {
    c.is_whitespace() || matches!(c, '|' | ')' | ']' | '}')
}

/// The items as one node; a single one is itself.
fn sequence(mut items: Vec<Node<'_>>) -> Node<'_> {
    if items.len() == 1 {
        items.remove(0)
    } else {
        Node::Sequence(items)
    }
}
