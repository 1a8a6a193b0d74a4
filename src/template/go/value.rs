//! The values of a running template.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::pieces::Pieces;
use crate::source::Span;
use crate::template::{LONGEST, Mark, Value};

/// A value.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// Nothing here can tell; perhaps at least whether a condition takes it for true.
    Unknown(Option<bool>),
    Nil,
    Bool(bool),
    Number(f64),
    Words(Rc<Words>),
    List(Rc<Held<Vec<Self>>>),
    Map(Rc<Held<BTreeMap<String, Self>>>),
    /// The page.
    Page,
    /// The call of a shortcode.
    Call,
    /// The site.
    Site,
    /// `.Scratch`, `.Store`: what is in them is not followed.
    Store,
}

/// A list or a table, and how deep it nests, so that dropping it is no danger.
#[derive(Debug)]
pub(super) struct Held<T> {
    pub(super) of: T,
    deep: usize,
    /// The keys are in lower case, as Hugo has those of front matter, and asked for in any.
    pub(super) folded: bool,
}

/// Text and what stands in it that is no text.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    pub(super) text: Pieces,
    pub(super) marks: Vec<(usize, Mark)>,
    /// Put out as it is; else escaped.
    pub(super) html: bool,
}

/// How deep lists and tables may nest.
const NESTED: usize = 48;

impl Item {
    /// Text that is escaped when put out.
    pub(super) fn text(text: Pieces) -> Self {
        Self::words(text, false)
    }

    pub(super) fn words(text: Pieces, html: bool) -> Self {
        if text.text.len() > LONGEST {
            return Self::Unknown(Some(true));
        }
        Self::Words(Rc::new(Words {
            text,
            marks: Vec::new(),
            html,
        }))
    }

    /// What is put out as one mark.
    pub(super) fn mark(mark: Mark) -> Self {
        Self::Words(Rc::new(Words {
            marks: vec![(0, mark)],
            html: true,
            ..Words::default()
        }))
    }

    pub(super) fn list(of: Vec<Self>) -> Self {
        let deep = 1 + of.iter().map(Self::deep).max().unwrap_or(0);
        let folded = false;
        match deep > NESTED {
            true => Self::Unknown(Some(!of.is_empty())),
            false => Self::List(Rc::new(Held { of, deep, folded })),
        }
    }

    pub(super) fn map(of: BTreeMap<String, Self>, folded: bool) -> Self {
        let deep = 1 + of.values().map(Self::deep).max().unwrap_or(0);
        match deep > NESTED {
            true => Self::Unknown(Some(!of.is_empty())),
            false => Self::Map(Rc::new(Held { of, deep, folded })),
        }
    }

    fn deep(&self) -> usize {
        match self {
            Self::List(list) => list.deep,
            Self::Map(map) => map.deep,
            _ => 0,
        }
    }

    /// A value that the template is given; folded as front matter is.
    pub(super) fn of(value: &Value, folded: bool) -> Self {
        Self::given(value, folded, 0)
    }

    fn given(value: &Value, folded: bool, depth: usize) -> Self {
        let inner = |value| Self::given(value, folded, depth + 1);
        match value {
            Value::Unknown => Self::Unknown(None),
            Value::Nil => Self::Nil,
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Number(number) => Self::Number(*number),
            Value::Text(text) => Self::text(text.clone()),
            Value::List(_) | Value::Map(_) if depth > NESTED => Self::Unknown(None),
            Value::List(list) => Self::list(list.iter().map(inner).collect()),
            Value::Map(map) => {
                let key = |key: &String| match folded {
                    true => key.to_lowercase(),
                    false => key.clone(),
                };
                let entries = map.iter().map(|(name, value)| (key(name), inner(value)));
                Self::map(entries.collect(), folded)
            }
        }
    }

    /// The text, where nothing else stands in it.
    pub(super) fn known(&self) -> Option<&Pieces> {
        match self {
            Self::Words(words) if words.marks.is_empty() => Some(&words.text),
            _ => None,
        }
    }

    /// The text as a string.
    pub(super) fn str(&self) -> Option<&str> {
        self.known().map(|text| text.text.as_str())
    }

    /// Whether a condition takes it for true; none where nothing tells.
    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::Unknown(truth) => *truth,
            Self::Nil => Some(false),
            Self::Bool(truth) => Some(*truth),
            Self::Number(number) => Some(*number != 0.0),
            Self::Words(words) => words.truth(),
            Self::List(list) => Some(!list.of.is_empty()),
            Self::Map(map) => Some(!map.of.is_empty()),
            Self::Page | Self::Call | Self::Site | Self::Store => Some(true),
        }
    }

    /// Whether two values are surely one.
    pub(super) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Unknown(one), Self::Unknown(two)) => one == two,
            (Self::Bool(one), Self::Bool(two)) => one == two,
            #[expect(clippy::float_cmp, reason = "the very same number")]
            (Self::Number(one), Self::Number(two)) => one == two,
            (Self::Words(one), Self::Words(two)) => {
                Rc::ptr_eq(one, two)
                    || one.marks.is_empty()
                        && two.marks.is_empty()
                        && one.html == two.html
                        && one.text.text == two.text.text
            }
            (Self::List(one), Self::List(two)) => Rc::ptr_eq(one, two),
            (Self::Map(one), Self::Map(two)) => Rc::ptr_eq(one, two),
            (Self::Nil, Self::Nil)
            | (Self::Page, Self::Page)
            | (Self::Call, Self::Call)
            | (Self::Site, Self::Site)
            | (Self::Store, Self::Store) => true,
            _ => false,
        }
    }

    /// Whether `eq` takes two values for one; none where nothing tells.
    pub(super) fn equals(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Unknown(_), _) | (_, Self::Unknown(_)) => None,
            (Self::Words(one), Self::Words(two)) => match (self.str(), other.str()) {
                (Some(one), Some(two)) => Some(one == two),
                // what is not empty is not ""
                (Some(""), None) => two.truth().and_then(|truth| truth.then_some(false)),
                (None, Some("")) => one.truth().and_then(|truth| truth.then_some(false)),
                _ => None,
            },
            (Self::List(_), Self::List(_)) | (Self::Map(_), Self::Map(_)) => {
                self.same(other).then_some(true)
            }
            _ => Some(self.same(other)),
        }
    }

    /// What it costs to go through it.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Words(words) => words.text.text.len() / 64 + words.marks.len(),
            Self::List(list) => list.of.len() / 8,
            Self::Map(map) => map.of.len() / 4,
            _ => 0,
        }
    }

    /// The entry of a table, or nil. A key in any case where Hugo takes any.
    pub(super) fn entry(map: &Held<BTreeMap<String, Self>>, key: &str) -> Self {
        let found = match map.folded {
            true => map.of.get(&key.to_lowercase()),
            false => map.of.get(key),
        };
        found.cloned().unwrap_or(Self::Nil)
    }
}

impl Words {
    fn truth(&self) -> Option<bool> {
        if self.marks.is_empty() {
            return Some(!self.text.text.is_empty());
        }
        let (mut depth, mut from) = (0usize, 0);
        let solid = |range: &str| !range.trim().is_empty();
        for (at, mark) in &self.marks {
            if depth == 0 && solid(&self.text.text[from..*at]) {
                return Some(true);
            }
            from = *at;
            match mark {
                Mark::Inner if depth == 0 => return Some(true),
                Mark::Undecided(_) => depth += 1,
                Mark::Decided => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        solid(&self.text.text[from..]).then_some(true)
    }

    /// Adds other words.
    pub(super) fn add(&mut self, other: &Self) {
        let from = self.text.text.len();
        self.text.add(&other.text, 0..other.text.text.len());
        let marks = other.marks.iter();
        self.marks
            .extend(marks.map(|(at, mark)| (from + at, mark.clone())));
    }

    /// What a value is in a text: nothing for nil, a mark for what is not known.
    pub(super) fn push(&mut self, item: &Item, at: Span) {
        match item {
            Item::Nil => {}
            Item::Bool(truth) => self.text.push_as(if *truth { "true" } else { "false" }, at),
            Item::Number(number) => self.text.push_as(&number.to_string(), at),
            Item::Words(words) => self.add(words),
            _ => self.marks.push((self.text.text.len(), Mark::Unknown(at))),
        }
    }
}

/// Text with what HTML means something by escaped, each with the place of what it stands for.
pub(super) fn escaped(words: &Words) -> Words {
    let text = &words.text;
    let mut shown = Words::default();
    let mut from = 0;
    let mut marks = words.marks.iter().peekable();
    let special = text.text.match_indices(['<', '>', '&', '"', '\'']);
    for (at, sign) in special
        .map(|(at, sign)| (at, Some(sign)))
        .chain([(text.text.len(), None)])
    {
        while let Some((place, mark)) = marks.next_if(|(place, _)| *place <= at) {
            shown.text.add(text, from..*place);
            from = *place;
            shown.marks.push((shown.text.text.len(), mark.clone()));
        }
        shown.text.add(text, from..at);
        from = at;
        let Some(sign) = sign else { continue };
        let written = match sign {
            "<" => "&lt;",
            ">" => "&gt;",
            "&" => "&amp;",
            "\"" => "&#34;",
            _ => "&#39;",
        };
        shown.text.push_as(written, text.span(at, at + 1));
        from = at + 1;
    }
    shown
}
