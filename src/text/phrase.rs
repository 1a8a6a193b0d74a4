//! The phrase language of rule packs: parsed, and its mistakes pointed at. PRODUCT.md, "Phrases".

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Text, Tokens};

/// What a phrase may hold at most: keeps a hostile pack from eating the machine.
const MOST_VARIANTS: usize = 256;
const DEEPEST: usize = 12;
const WIDEST_GAP: u8 = 50;

/// A phrase as its author wrote it, understood.
#[derive(Debug, Clone)]
pub struct Phrase {
    pub(super) node: Node,
    /// Names of `[values]` that it needs.
    pub values: Vec<String>,
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

#[derive(Debug, Clone)]
pub(super) enum Node {
    Word { text: String, prefix: bool },
    Comma,
    Gap(u8),
    Slot(Slot),
    Sequence(Vec<Node>),
    Any(Vec<Node>),
    Optional(Box<Node>),
}

/// A typed value in a phrase or an approved text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slot {
    pub(crate) kind: SlotKind,
    /// Smallest and largest value, inclusive.
    pub(crate) range: Option<(f64, f64)>,
    /// Whether a value that is filled in later counts.
    pub(crate) placeholder: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlotKind {
    Percent,
    Number,
    Money,
    Date,
    Word,
}

impl Phrase {
    /// Parses a phrase. `values` are the words that `{name}` stands for; a name that is not among them stands for one to five
    /// words and is listed in [`Phrase::values`].
    ///
    /// # Errors
    /// The first mistake, with the bytes it stands on.
    pub fn parse(raw: &str, values: &BTreeMap<String, String>) -> Result<Self, PhraseError> {
        let mut parser = Parser {
            raw,
            at: 0,
            values,
            missing: Vec::new(),
        };
        let node = parser.alternatives(None, 0)?;
        let whole = 0..raw.len();
        if empty(&node) {
            return Err(error("matches the empty text", whole));
        }
        if let Node::Sequence(items) = &node
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
        if border_gap(&node) {
            return Err(error(
                "begins or ends with a gap, which matches nothing more than the words beside it",
                whole,
            ));
        }
        if literals(&node).is_none() {
            return Err(error(
                "has no word that must be there, so it matches almost anywhere",
                whole,
            ));
        }
        Ok(Self {
            node,
            values: parser.missing,
        })
    }

    /// Words of which one must stand in the text where the phrase matches.
    pub(super) fn literals(&self) -> Vec<String> {
        literals(&self.node).unwrap_or_default()
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
                    branches.push(Node::Sequence(std::mem::take(&mut items)));
                }
                Some(c) if c.is_whitespace() => self.at += c.len_utf8(),
                Some(_) => items.push(self.atom(depth)?),
            }
        }
        if close.is_some() {
            self.at += 1;
        }
        let last = Node::Sequence(flatten(items));
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
        let slots = pieces
            .iter()
            .any(|(_, node)| matches!(node, Some(Node::Slot(_) | Node::Gap(_))));
        if pieces.len() == 1 || slots {
            let mut items = Vec::new();
            for (at, node) in pieces {
                items.push(match node {
                    Some(node) => node,
                    None => words(&self.raw[at.clone()], at.start)?,
                });
            }
            return Ok(Node::Sequence(flatten(items)));
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
        if let Some(slot) = Slot::parse(inside).map_err(|message| error(message, at.clone()))? {
            return Ok(Node::Slot(slot));
        }
        let name = inside.trim();
        if name.is_empty()
            || !name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        {
            return Err(error(
                "is no slot: write `{..6}`, `{percent}`, `{number}`, `{money}`, `{date}`, `{word}` or a name of [values]",
                at,
            ));
        }
        if let Some(value) = self.values.get(name) {
            return words(value, start).map_err(|wrong| error(wrong.message, at));
        }
        self.missing.push(name.to_owned());
        let word = Slot {
            kind: SlotKind::Word,
            range: None,
            placeholder: true,
        };
        Ok(Node::Sequence(vec![Node::Slot(word), Node::Gap(4)]))
    }

    fn peek(&self) -> Option<char> {
        self.raw[self.at..].chars().next()
    }
}

impl Slot {
    /// `percent`, `percent:0..100`, `percent|placeholder`; `Ok(None)` when it is no typed slot.
    pub(crate) fn parse(inside: &str) -> Result<Option<Self>, String> {
        let (rest, placeholder) = match inside.split_once('|') {
            Some((rest, "placeholder")) => (rest, true),
            Some((_, other)) => {
                return Err(format!(
                    "`|{other}` is not known in a slot; only `|placeholder` is"
                ));
            }
            None => (inside, false),
        };
        let (name, range) = match rest.split_once(':') {
            Some((name, range)) => (name, Some(range)),
            None => (rest, None),
        };
        let kind = match name.trim() {
            "percent" => SlotKind::Percent,
            "number" => SlotKind::Number,
            "money" => SlotKind::Money,
            "date" => SlotKind::Date,
            "word" => SlotKind::Word,
            other if range.is_some() || placeholder => {
                return Err(format!(
                    "`{other}` is no typed slot: percent, number, money, date or word"
                ));
            }
            _ => return Ok(None),
        };
        let range = match range {
            None => None,
            Some(range) if matches!(kind, SlotKind::Percent | SlotKind::Number) => {
                let ends = range.split_once("..").and_then(|(low, high)| {
                    Some((
                        low.trim().parse::<f64>().ok()?,
                        high.trim().parse::<f64>().ok()?,
                    ))
                });
                Some(
                    ends.filter(|(low, high)| low <= high)
                        .ok_or_else(|| format!("`{range}` is no range: write `0..100`"))?,
                )
            }
            Some(_) => return Err("only {percent} and {number} take a range".to_owned()),
        };
        Ok(Some(Self {
            kind,
            range,
            placeholder,
        }))
    }
}

/// The words of a literal piece, folded and cut as documents are.
fn words(raw: &str, at: usize) -> Result<Node, PhraseError> {
    let whole = at..at + raw.len();
    let prefix = raw.ends_with('*');
    let literal = raw.strip_suffix('*').unwrap_or(raw);
    if literal.contains('*') {
        return Err(error("`*` stands only at the end of a word", whole));
    }
    let (text, passage) = Text::of(literal);
    let tokens = Tokens::of(&text, passage);
    let word = |text: &str| Node::Word {
        text: text.to_owned(),
        prefix: false,
    };
    let mut items: Vec<Node> = tokens
        .items()
        .iter()
        .map(|token| match text.token(token) {
            // `UK` is `U.K.` too, which is two words
            initials @ ("uk" | "us" | "eu" | "uae" | "usa") => Node::Any(vec![
                word(initials),
                Node::Sequence(initials.chars().map(|c| word(&c.to_string())).collect()),
            ]),
            other => word(other),
        })
        .collect();
    match items.last_mut() {
        Some(Node::Word { prefix: last, .. }) => *last = prefix,
        _ if prefix => {
            return Err(error(
                "`*` alone matches every word: put letters before it",
                whole,
            ));
        }
        _ => {}
    }
    if literal.ends_with(',') {
        items.push(Node::Comma);
    }
    Ok(Node::Sequence(items))
}

/// Every way to write a group that is glued to a word; none when it holds more than words.
fn spellings(node: &Node) -> Option<Vec<String>> {
    Some(match node {
        Node::Word { text, prefix } => vec![format!("{text}{}", if *prefix { "*" } else { "" })],
        Node::Sequence(items) => {
            let mut all = vec![String::new()];
            for item in items {
                let next = spellings(item)?;
                all = all
                    .iter()
                    .flat_map(|head| {
                        next.iter().map(move |tail| {
                            if head.is_empty() {
                                tail.clone()
                            } else {
                                format!("{head} {tail}")
                            }
                        })
                    })
                    .collect();
                if all.len() > MOST_VARIANTS {
                    return None;
                }
            }
            all
        }
        Node::Any(branches) => branches
            .iter()
            .map(spellings)
            .collect::<Option<Vec<_>>>()?
            .concat(),
        Node::Optional(inner) => [vec![String::new()], spellings(inner)?].concat(),
        Node::Comma | Node::Gap(_) | Node::Slot(_) => return None,
    })
}

fn flatten(items: Vec<Node>) -> Vec<Node> {
    items
        .into_iter()
        .flat_map(|item| {
            if let Node::Sequence(inner) = item {
                flatten(inner)
            } else {
                vec![item]
            }
        })
        .collect()
}

fn empty(node: &Node) -> bool {
    match node {
        Node::Word { .. } | Node::Slot(_) => false,
        Node::Comma | Node::Gap(_) | Node::Optional(_) => true,
        Node::Sequence(items) => items.iter().all(empty),
        Node::Any(branches) => branches.iter().any(empty),
    }
}

/// Whether a match can begin or end inside a gap.
fn border_gap(node: &Node) -> bool {
    fn first<'a>(items: impl Iterator<Item = &'a Node>, inner: fn(&Node) -> bool) -> bool {
        for item in items {
            if inner(item) {
                return true;
            }
            if !empty(item) || matches!(item, Node::Gap(_)) {
                return false;
            }
        }
        false
    }
    fn begins(node: &Node) -> bool {
        match node {
            Node::Gap(_) => true,
            Node::Sequence(items) => first(items.iter(), begins),
            Node::Any(branches) => branches.iter().any(begins),
            Node::Optional(inner) => begins(inner),
            Node::Word { .. } | Node::Comma | Node::Slot(_) => false,
        }
    }
    begins(node)
}

/// The best choice of words of which one must be there: long ones, few of them.
fn literals(node: &Node) -> Option<Vec<String>> {
    match node {
        Node::Word { text, .. } => Some(vec![text.clone()]),
        Node::Sequence(items) => items.iter().filter_map(literals).max_by_key(|words| {
            let shortest = words.iter().map(String::len).min().unwrap_or(0);
            (shortest.min(6) * 8).saturating_sub(words.len())
        }),
        Node::Any(branches) => branches
            .iter()
            .map(literals)
            .collect::<Option<Vec<_>>>()
            .map(|all| all.concat()),
        Node::Comma | Node::Gap(_) | Node::Slot(_) | Node::Optional(_) => None,
    }
}

fn error(message: impl Into<String>, at: Range<usize>) -> PhraseError {
    PhraseError {
        message: message.into(),
        at,
    }
}
