//! A phrase of a rule pack, and what is wrong with it. PRODUCT.md, "Phrases".

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::gate::{self, Literal};
use super::list::{self, List, Meaning, Named, Names};
use super::node::{Node, border_gap, empty};
use super::parse::nodes;

/// A phrase as its author wrote it. It is taken apart when something looks for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phrase {
    raw: Box<str>,
    named: Option<Box<Named>>,
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
    /// words and is listed by [`Phrase::missing`].
    ///
    /// # Errors
    /// The first mistake, with the bytes it stands on.
    pub fn parse(raw: &str, values: &BTreeMap<String, String>) -> Result<Self, PhraseError> {
        let values = values.clone();
        let phrase = Self::part(
            raw,
            &Names {
                values,
                ..Names::default()
            },
        )?;
        phrase.check()?;
        Ok(phrase)
    }

    /// As [`Phrase::parse`], of what may also be a part of a phrase; [`Phrase::check`] says whether it can stand alone.
    ///
    /// # Errors
    /// The first mistake, with the bytes it stands on.
    pub fn part(raw: &str, names: &Names<'_>) -> Result<Self, PhraseError> {
        let (node, named) = nodes(raw, &|inside| names.meaning(inside))?;
        if empty(&node) {
            return Err(error("matches the empty text", 0..raw.len()));
        }
        Ok(Self::of(raw, named))
    }

    /// Whether it can stand alone.
    ///
    /// # Errors
    /// The first mistake, with the bytes it stands on.
    pub fn check(&self) -> Result<(), PhraseError> {
        check(&self.node(), &self.raw)
    }

    /// A phrase that a test of this program has parsed before.
    #[must_use]
    pub fn tested(raw: String, names: &Names<'_>) -> Self {
        let mut named = Named::default();
        for (inside, _) in list::names(&raw) {
            named.add(inside, &names.meaning(inside).unwrap_or(Meaning::Nothing));
        }
        Self::of(raw, named)
    }

    fn of(raw: impl Into<Box<str>>, named: Named) -> Self {
        Self {
            raw: raw.into(),
            named: (!named.is_empty()).then(|| Box::new(named)),
        }
    }

    /// As it was written.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Names of `[values]` that it needs and that have no value.
    #[must_use]
    pub fn missing(&self) -> &[String] {
        self.named.as_ref().map_or(&[], |named| &named.missing)
    }

    /// The lists that it uses, each with what it names it by.
    #[must_use]
    pub fn lists(&self) -> &[(String, Arc<List>)] {
        self.named.as_ref().map_or(&[], |named| &named.lists)
    }

    /// What it is made of.
    pub(super) fn node(&self) -> Node<'_> {
        let named = self.named();
        nodes(&self.raw, &|inside| Ok(named.meaning(inside)))
            .expect("it was parsed before")
            .0
    }

    /// Gives `with` the words of which a text must have one for it to match; whether there are such words.
    pub(super) fn gate(&self, with: impl FnMut(&Literal<'_>)) -> bool {
        if let Some(gate) = gate::of_raw(&self.raw, self.named()) {
            gate.iter().for_each(with);
            return true;
        }
        let node = self.node();
        let gate = gate::of_node(&node);
        gate.iter().flatten().for_each(with);
        gate.is_some()
    }

    fn named(&self) -> &Named {
        const NONE: &Named = &Named {
            words: Vec::new(),
            lists: Vec::new(),
            missing: Vec::new(),
        };
        self.named.as_deref().unwrap_or(NONE)
    }
}

/// What is wrong with a phrase that can be parsed.
fn check(node: &Node<'_>, raw: &str) -> Result<(), PhraseError> {
    let whole = 0..raw.len();
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
    if gate::of_node(node).is_none() {
        return Err(error(
            "has no word that must be there, so it matches almost anywhere",
            whole,
        ));
    }
    Ok(())
}

pub(super) fn error(message: impl Into<String>, at: Range<usize>) -> PhraseError {
    PhraseError {
        message: message.into(),
        at,
    }
}
