//! Lists of phrases that have a name, so that a pack writes them once; and what names in a phrase stand for.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

use super::gate;
use super::node::Node;
use super::parse::NOT;
use super::phrase::Phrase;
use super::slot::{SlotKind, is_name};
use crate::source::Span;

/// How deep lists may use lists: keeps a hostile pack from eating the machine.
pub const DEEPEST: usize = 12;

/// As how deep those count that are embedded in the program; tests read them as files, where none lies too deep.
const EMBEDDED: usize = 4;

/// Lists by their names.
pub type Lists = BTreeMap<String, Arc<List>>;

/// A list of phrases that has a name.
pub struct List {
    phrases: LazyLock<Vec<(Phrase, Span)>, Read>,
    /// How deep lists lie in it, itself being one.
    depth: usize,
    /// Names of `[values]` that its phrases need and that have no value.
    missing: Vec<String>,
    /// What it is made of, and how many words that is.
    node: OnceLock<(Node<'static>, usize)>,
    /// Words of which each of its phrases needs one.
    gate: OnceLock<Option<Gate>>,
}

/// Reads the phrases of a list.
type Read = Box<dyn FnOnce() -> Vec<(Phrase, Span)> + Send + Sync>;

/// Words of which each phrase of a list needs one.
struct Gate {
    words: Vec<Box<str>>,
    /// How many texts have one, as far as words tell.
    frequency: usize,
}

impl List {
    /// A list of these phrases, each with its place.
    #[must_use]
    pub fn new(phrases: Vec<(Phrase, Span)>) -> Self {
        let inner = phrases.iter().flat_map(|(phrase, _)| phrase.lists());
        Self {
            depth: 1 + inner.map(|(_, list)| list.depth).max().unwrap_or(0),
            missing: (phrases.iter())
                .flat_map(|(phrase, _)| phrase.missing().to_vec())
                .collect(),
            ..Self::later(Box::new(|| phrases))
        }
    }

    /// A list whose phrases a test has read before: they are read again when something asks for them. How deep
    /// lists lie in it is not looked up.
    #[must_use]
    pub fn later(read: Read) -> Self {
        Self {
            phrases: LazyLock::new(read),
            depth: EMBEDDED,
            missing: Vec::new(),
            node: OnceLock::new(),
            gate: OnceLock::new(),
        }
    }

    /// Its phrases, each with its place.
    #[must_use]
    pub fn phrases(&self) -> &[(Phrase, Span)] {
        &self.phrases
    }

    /// Any of its phrases: parsed once for all phrases that use it.
    pub(super) fn node(&self) -> &Node<'static> {
        &self.parsed().0
    }

    /// How many words it is made of.
    pub(super) fn size(&self) -> usize {
        self.parsed().1
    }

    /// Words of which a text must have one for it to match; none when there are no such words.
    pub(super) fn gate(&self) -> Option<&[Box<str>]> {
        self.gated().map(|gate| &*gate.words)
    }

    /// How many texts have one of these words, as far as words tell.
    pub(super) fn frequency(&self) -> usize {
        self.gated().map_or(0, |gate| gate.frequency)
    }

    fn gated(&self) -> Option<&Gate> {
        let gate = self.gate.get_or_init(|| {
            let mut words: Vec<Box<str>> = Vec::new();
            let all = self.phrases.iter().all(|(phrase, _)| {
                phrase.gate(|literal| literal.each(|word| words.push(word.into())))
            });
            let frequency = words.iter().map(|word| gate::frequency(word)).sum();
            all.then_some(Gate { words, frequency })
        });
        gate.as_ref()
    }

    fn parsed(&self) -> &(Node<'static>, usize) {
        self.node.get_or_init(|| {
            let phrases = self.phrases.iter();
            let node = Node::Any(phrases.map(|(phrase, _)| phrase.node().owned()).collect());
            let size = node.size();
            (node, size)
        })
    }

    /// Whether lists lie too deep in it.
    #[must_use]
    pub fn too_deep(&self) -> bool {
        self.depth > DEEPEST
    }
}

impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // whether something read them before tells nothing of it
        self.phrases().fmt(f)
    }
}

impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        let phrases = |of: &Self| of.phrases().len();
        std::ptr::eq(self, other)
            || phrases(self) == phrases(other)
                && (self.phrases().iter().zip(other.phrases())).all(|((a, _), (b, _))| a == b)
    }
}

impl Eq for List {}

/// What names in the phrases of a file stand for.
#[derive(Clone)]
pub struct Names<'a> {
    /// The words of `[values]`.
    pub values: BTreeMap<String, String>,
    /// The lists of the file.
    pub lists: Arc<Lists>,
    /// The lists of other packs, by the pack's name.
    pub packs: &'a (dyn Fn(&str) -> Option<Arc<Lists>> + Sync),
}

impl Default for Names<'_> {
    fn default() -> Self {
        Self {
            values: BTreeMap::new(),
            lists: Arc::default(),
            packs: &|_| None,
        }
    }
}

impl Names<'_> {
    /// What a name in braces stands for.
    pub(super) fn meaning(&self, inside: &str) -> Result<Meaning<'_>, String> {
        if let Some((pack, name)) = inside.split_once(':')
            && SlotKind::named(pack).is_none()
            && is_name(pack)
            && is_name(name)
        {
            let Some(lists) = (self.packs)(pack) else {
                return Err(format!(
                    "names the pack `{pack}`, which is neither built in nor extended here"
                ));
            };
            let list = lists.get(name).cloned().map(Meaning::List);
            return list.ok_or_else(|| {
                let all: Vec<String> = lists.keys().map(|name| format!("`{name}`")).collect();
                let there = if all.is_empty() {
                    "none".to_owned()
                } else {
                    all.join(", ")
                };
                format!("names `{inside}`, and under [words] of `{pack}` there is {there}")
            });
        }
        Ok(match (self.lists.get(inside), self.values.get(inside)) {
            (Some(list), _) => Meaning::List(Arc::clone(list)),
            (None, Some(value)) => Meaning::Words(value),
            (None, None) => Meaning::Nothing,
        })
    }

    /// The list that a phrase consists of, which then stands for each of its phrases.
    #[must_use]
    pub fn alone(&self, raw: &str) -> Option<Arc<List>> {
        let inside = raw.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
        match self.meaning(inside) {
            Ok(Meaning::List(list)) => Some(list),
            _ => None,
        }
    }
}

/// What a name stands for.
pub(super) enum Meaning<'a> {
    Words(&'a str),
    List(Arc<List>),
    Nothing,
}

/// The names in a phrase, with what they stand for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Named {
    pub(super) words: Vec<(String, String)>,
    pub(super) lists: Vec<(String, Arc<List>)>,
    /// Those that stand for nothing yet.
    pub(super) missing: Vec<String>,
}

impl Hash for Named {
    /// Lists are told apart by comparing them.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.words.hash(state);
    }
}

impl Named {
    pub(super) fn add(&mut self, name: &str, meaning: &Meaning<'_>) {
        match meaning {
            Meaning::Words(words) => self.words.push((name.to_owned(), (*words).to_owned())),
            Meaning::List(list) => {
                self.missing.extend_from_slice(&list.missing);
                self.lists.push((name.to_owned(), Arc::clone(list)));
            }
            Meaning::Nothing => self.missing.push(name.to_owned()),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.lists.is_empty() && self.missing.is_empty()
    }

    pub(super) fn meaning(&self, name: &str) -> Meaning<'_> {
        if let Some((_, list)) = self.lists.iter().find(|(of, _)| of == name) {
            return Meaning::List(Arc::clone(list));
        }
        let words = self.words.iter().find(|(of, _)| of == name);
        words.map_or(Meaning::Nothing, |(_, words)| Meaning::Words(words))
    }
}

/// The names in braces in a phrase, each with its bytes; neither gaps nor slots.
pub fn names(raw: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    raw.match_indices('{').filter_map(|(start, _)| {
        let length = raw[start..].find('}')?;
        let inside = raw[start + 1..start + length].trim();
        let kind = inside.split([':', '|', '=']).next().unwrap_or_default();
        let name = !inside.starts_with("..") && !is_slot(kind.trim());
        name.then_some((inside, start..start + length + 1))
    })
}

/// Whether a name in braces has a meaning of its own, so that no list can have it.
#[must_use]
pub fn is_slot(name: &str) -> bool {
    name == NOT || SlotKind::named(name).is_some()
}

/// Whether a text can be the name of a list.
#[must_use]
pub fn is_list_name(name: &str) -> bool {
    is_name(name) && !is_slot(name)
}
