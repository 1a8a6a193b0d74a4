//! The phrase language of rule packs: parsed, and its mistakes pointed at. PRODUCT.md, "Phrases".

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::node::{Node, append, border_gap, empty, literals, spellings, words};
use super::slot::{Slot, SlotKind, is_name};

/// What a phrase may hold at most: keeps a hostile pack from eating the machine.
pub(super) const MOST_VARIANTS: usize = 256;
const DEEPEST: usize = 12;
const WIDEST_GAP: u8 = 50;
const MOST_WORDS_OF_A_NAME: usize = 5;
/// The slot of any word that denies.
const NOT: &str = "not";

/// A phrase as its author wrote it, understood.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// Empty where it has been understood from the start.
    raw: Box<str>,
    understood: OnceLock<Understood>,
}

#[derive(Debug, Clone)]
struct Understood {
    node: Node,
    /// Names of `[values]` that it needs.
    values: Vec<String>,
}

/// What is wrong with a phrase, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PhraseError {
    /// Lower case, no full stop.
    pub message: String,
    /// Bytes of the phrase, 0-based.
    pub at: Range<usize>,
}

impl Phrase {
    /// Parses a phrase. `values` are the words that `{name}` stands for; a name that is not among them stands for one to five
    /// words and is listed in [`Phrase::values`].
    ///
    /// # Errors
    /// The first mistake, with the bytes it stands on.
    pub fn parse(raw: &str, values: &BTreeMap<String, String>) -> Result<Self, PhraseError> {
        let understood = Understood::of(raw, values)?;
        understood.check(raw)?;
        Ok(Self {
            raw: "".into(),
            understood: OnceLock::from(understood),
        })
    }

    /// A phrase that a test of this program has parsed before: it is parsed again when something looks for it, or now if it names a
    /// value.
    #[must_use]
    pub fn tested(raw: &str, values: &BTreeMap<String, String>) -> Self {
        let named = raw.split('{').skip(1).any(|rest| {
            let inside = rest.split('}').next().unwrap_or_default();
            let known = inside.starts_with("..") || inside.trim() == NOT;
            !known && !matches!(Slot::parse(inside), Ok(Some(_)))
        });
        Self {
            raw: raw.into(),
            understood: Some(named)
                .filter(|named| *named)
                .and_then(|_| Understood::of(raw, values).ok())
                .map_or_else(OnceLock::new, OnceLock::from),
        }
    }

    pub(super) fn node(&self) -> &Node {
        let parse = || Understood::of(&self.raw, &BTreeMap::new());
        let understood = self
            .understood
            .get_or_init(|| parse().expect("a test has parsed it"));
        &understood.node
    }

    /// Names of `[values]` that it needs.
    #[must_use]
    pub fn values(&self) -> &[String] {
        // what is not understood yet names none
        self.understood.get().map_or(&[], |of| &of.values)
    }

    /// Words of which one must stand in the text where the phrase matches.
    pub(super) fn literals(&self) -> Vec<&str> {
        literals(self.node()).unwrap_or_default()
    }
}

impl Understood {
    fn of(raw: &str, values: &BTreeMap<String, String>) -> Result<Self, PhraseError> {
        let mut parser = Parser {
            raw,
            at: 0,
            values,
            missing: Vec::new(),
        };
        let node = parser.alternatives(None, 0)?;
        Ok(Self {
            node,
            values: parser.missing,
        })
    }

    /// What is wrong with a phrase that can be parsed.
    fn check(&self, raw: &str) -> Result<(), PhraseError> {
        let node = &self.node;
        let whole = 0..raw.len();
        if empty(node) {
            return Err(error("matches the empty text", whole));
        }
        if let Node::Sequence(items) = node
            && (matches!(items.first(), Some(Node::Gap(_)))
                || matches!(items.last(), Some(Node::Gap(_))))
        {
            let first = matches!(items.first(), Some(Node::Gap(_)));
            let at = if first { raw.find('{') } else { raw.rfind('{') }.unwrap_or(0);
            let end = raw[at..]
                .find('}')
                .map_or(raw.len(), |length| at + length + 1);
            return Err(error(
                "begins or ends with a gap, which matches nothing more than the words beside it",
                at..end,
            ));
        }
        if border_gap(node) {
            return Err(error(
                "begins or ends with a gap, which matches nothing more than the words beside it",
                whole,
            ));
        }
        if literals(node).is_none() {
            return Err(error(
                "has no word that must be there, so it matches almost anywhere",
                whole,
            ));
        }
        Ok(())
    }
}

struct Parser<'a> {
    raw: &'a str,
    at: usize,
    values: &'a BTreeMap<String, String>,
    missing: Vec<String>,
}

impl Parser<'_> {
    /// `a b|c d` up to the closing bracket `close`, or to the end.
    fn alternatives(&mut self, close: Option<char>, depth: usize) -> Result<Node, PhraseError> {
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
                Some(_) => append(&mut items, self.atom(depth)?),
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

    /// What stands between two spaces: words, groups and slots, glued.
    fn atom(&mut self, depth: usize) -> Result<Node, PhraseError> {
        let start = self.at;
        let mut pieces: Vec<(Range<usize>, Option<Node>)> = Vec::new();
        while let Some(c) = self
            .peek()
            .filter(|c| !c.is_whitespace() && !matches!(c, '|' | ')' | ']' | '}'))
        {
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
            pieces.push((from..self.at, node));
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
        pieces: Vec<(Range<usize>, Option<Node>)>,
        start: usize,
    ) -> Result<Node, PhraseError> {
        let slots = pieces
            .iter()
            .any(|(_, node)| matches!(node, Some(Node::Slot(_) | Node::Gap(_))));
        if pieces.len() == 1 || slots {
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
            .iter()
            .map(|word| words(word, start).map_err(|wrong| error(wrong.message, start..self.at)))
            .collect();
        Ok(Node::Any(branches?))
    }

    fn slot(&mut self) -> Result<Node, PhraseError> {
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
        if let Some(slot) = Slot::parse(inside).map_err(|message| error(message, at.clone()))? {
            if slot.span || slot.value.is_some() {
                let wrong = "takes neither `|range` nor `= name`: those are for approved texts";
                return Err(error(wrong, at));
            }
            return Ok(Node::Slot(slot));
        }
        let name = inside.trim();
        if !is_name(name) {
            return Err(error(
                "is no slot: write `{..6}`, `{percent}`, `{number}`, `{money}`, `{date}`, `{word}`, `{not}` or a name of [values]",
                at,
            ));
        }
        if let Some(value) = self.values.get(name) {
            return words(value, start).map_err(|wrong| error(wrong.message, at));
        }
        self.missing.push(name.to_owned());
        let word = Node::Slot(Slot {
            kind: SlotKind::Word,
            range: None,
            placeholder: true,
            span: false,
            value: None,
            comma: None,
        });
        let more = (1..MOST_WORDS_OF_A_NAME).fold(word.clone(), |more, _| {
            Node::Sequence(vec![word.clone(), Node::Optional(Box::new(more))])
        });
        Ok(more)
    }

    fn peek(&self) -> Option<char> {
        self.raw[self.at..].chars().next()
    }
}

/// The items as one node; a single one is itself.
fn sequence(mut items: Vec<Node>) -> Node {
    if items.len() == 1 {
        items.remove(0)
    } else {
        Node::Sequence(items)
    }
}

pub(super) fn error(message: impl Into<String>, at: Range<usize>) -> PhraseError {
    PhraseError {
        message: message.into(),
        at,
    }
}
