//! The language of a page: what says so, else what its own words read as.
//!
//! Front matter and caveat.toml are somebody's word on this page and stand. The `lang` of HTML is often that of a template: a long text
//! that surely reads as another language is believed more. What a text reads as is the page's language only where a pack that is loaded
//! has a wording or a rule in it; what another one demands of such a page nobody can tell.

use std::collections::BTreeSet;

use super::Page;
use crate::text::{Found, language};

/// The language of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spoken {
    /// Something says so: front matter, caveat.toml, the page's `lang`.
    Told(Vec<String>),
    /// Its text reads so.
    Read(&'static str),
    /// Its text reads so, and no pack that is loaded has a wording or a rule in this language.
    Foreign(&'static str),
    /// Nothing says, and the text does not tell.
    Unknown,
}

impl Spoken {
    /// Its tags; none when it is not known, or no pack has anything in it.
    #[must_use]
    pub fn tags(&self) -> Vec<&str> {
        match self {
            Self::Told(tags) => tags.iter().map(String::as_str).collect(),
            Self::Read(tag) => vec![tag],
            Self::Foreign(_) | Self::Unknown => Vec::new(),
        }
    }
}

/// What the page's own words read as.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    tag: &'static str,
    /// Whether they are enough to hold against what is said of the page.
    long: bool,
}

/// How many bytes of a page tell its language: more make it no surer.
const SAMPLE: usize = 3000;

/// So many words of its own and what they read as can be held against what is said of a page.
const LONG: usize = 60;

impl Page<'_> {
    /// The language of the page: as facets say, else as its own words read or its `lang` says. The words of approved texts do not
    /// count, so that a warning in another language tells nothing of the page.
    #[must_use]
    pub fn spoken(&self) -> &Spoken {
        self.spoken.get_or_init(|| {
            let of = |tag| match self.library.speaks(tag) {
                true => Spoken::Read(tag),
                false => Spoken::Foreign(tag),
            };
            if !self.facts.languages.is_empty() {
                return Spoken::Told(self.facts.languages.clone());
            }
            match (self.marked(), self.contradicted()) {
                (Some(_), Some(read)) => of(read),
                (Some(tag), None) => Spoken::Told(vec![tag]),
                (None, _) => self
                    .reading()
                    .map_or(Spoken::Unknown, |reading| of(reading.tag)),
            }
        })
    }

    /// The language that the page's own words surely read as, where they are many and it is none of those that it is said to be in.
    #[must_use]
    pub fn contradicted(&self) -> Option<&'static str> {
        let mut said = self.facts.languages.clone();
        if said.is_empty() {
            said.extend(self.marked());
        }
        if said.is_empty() {
            return None;
        }
        let reading = self.reading().filter(|reading| reading.long)?;
        let against = |said: &String| language::contradicts(reading.tag, said);
        said.iter().all(against).then_some(reading.tag)
    }

    /// The language of the page, to be read after "the page is": `in German (de), as its text reads`.
    #[must_use]
    pub fn language_said(&self) -> String {
        let named = |tags: Vec<&str>| {
            let names: Vec<String> = tags.into_iter().map(language::named).collect();
            format!("in {}", names.join(" and "))
        };
        let other = self.contradicted().map(language::named);
        match (self.spoken(), other) {
            (Spoken::Told(_), None) => named(self.spoken().tags()),
            (Spoken::Told(_), Some(other)) => {
                let said = named(self.spoken().tags());
                format!("{said}, as something says, though its text reads as {other}")
            }
            (Spoken::Read(tag) | Spoken::Foreign(tag), other) => {
                let said = format!("{}, as its text reads", named(vec![tag]));
                match self.marked().filter(|_| other.is_some()) {
                    Some(marked) => {
                        format!(
                            "{said}, though its `lang` says {}",
                            language::named(&marked)
                        )
                    }
                    None => said,
                }
            }
            (Spoken::Unknown, _) => "in a language that nothing tells".to_owned(),
        }
    }

    /// Whether the page's language is known, and no pack that is loaded has a wording or a rule in it.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        match self.spoken() {
            Spoken::Told(tags) => !tags.iter().any(|tag| self.library.speaks(tag)),
            Spoken::Foreign(_) => true,
            Spoken::Read(_) | Spoken::Unknown => false,
        }
    }

    /// The tag that the page itself is marked with.
    fn marked(&self) -> Option<String> {
        let (tag, _) = self.document.language.as_ref()?;
        language::tag(tag)
    }

    fn reading(&self) -> Option<Reading> {
        *self.reading.get_or_init(|| {
            let words = self.own_words();
            Some(Reading {
                tag: language::detected(&words)?,
                long: words.split_whitespace().count() >= LONG,
            })
        })
    }

    /// What the page says itself, as far as it takes to know its language: no frame, and no approved text.
    #[must_use]
    pub(super) fn own_words(&self) -> String {
        let mut words = String::new();
        let of_library = self.library_words();
        for (at, block) in self.document.blocks.iter().enumerate() {
            let number = super::page::number(at);
            let from = of_library.partition_point(|(of, _)| *of < number);
            let to = of_library.partition_point(|(of, _)| *of <= number);
            if block.frame || words.len() > SAMPLE {
                continue;
            }
            if from == to {
                words.push_str(self.document.text.words(block.passage));
            } else {
                let tokens = self.tokens(at).items().iter().enumerate();
                let own = tokens.filter(|(token, _)| {
                    let word = (number, super::page::number(*token));
                    of_library[from..to].binary_search(&word).is_err()
                });
                for (_, token) in own {
                    words.push_str(self.document.text.token(token));
                    words.push(' ');
                }
            }
            words.push('\n');
        }
        words
    }

    /// The words of approved texts of the library and of what comes close to them, as block and token, sorted.
    pub(super) fn library_words(&self) -> &[(u32, u32)] {
        self.library_words.get_or_init(|| {
            if self.library.disclosures.is_empty() {
                return Vec::new();
            }
            let stream = self.stream();
            let none = BTreeSet::new();
            let versions = self.library.disclosures.iter().flat_map(|of| &of.versions);
            let mut words: Vec<(u32, u32)> = versions
                .flat_map(|version| &version.texts)
                .filter_map(|(_, text, _)| match text.exact(&stream) {
                    Some(Found::Exact { words, .. } | Found::Value { words, .. }) => Some(words),
                    Some(Found::Near(near)) => Some(near.words),
                    None => text.near(&stream, &none).map(|near| near.words),
                })
                .flatten()
                .filter_map(|word| stream.place(word))
                .collect();
            words.sort_unstable();
            words.dedup();
            words
        })
    }
}
