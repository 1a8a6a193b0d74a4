//! The language of a page: what says so, else what its own text reads as.

use std::collections::HashSet;

use super::Page;
use crate::text::{Found, language};

/// The language of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spoken {
    /// Something says so: front matter, caveat.toml, the page's `lang`.
    Told(Vec<String>),
    /// Its text reads so.
    Read(&'static str),
    /// Nothing says, and the text does not tell.
    Unknown,
}

impl Spoken {
    /// Its tags; none when it is not known.
    #[must_use]
    pub fn tags(&self) -> Vec<&str> {
        match self {
            Self::Told(tags) => tags.iter().map(String::as_str).collect(),
            Self::Read(tag) => vec![tag],
            Self::Unknown => Vec::new(),
        }
    }

    /// To be read after "the page is": `in German (de), as its text reads`.
    #[must_use]
    pub fn said(&self) -> String {
        let names = |tags: Vec<&str>| {
            let names: Vec<String> = tags.into_iter().map(language::named).collect();
            format!("in {}", names.join(" and "))
        };
        match self {
            Self::Told(_) => names(self.tags()),
            Self::Read(_) => format!("{}, as its text reads", names(self.tags())),
            Self::Unknown => "in a language that nothing tells".to_owned(),
        }
    }
}

/// How many bytes of a page tell its language: more make it no surer.
const SAMPLE: usize = 3000;

impl Page<'_> {
    /// The language of the page: as facets say, else as its own words read. The words of approved texts do not count, so that a
    /// warning in another language tells nothing of the page.
    #[must_use]
    pub fn spoken(&self) -> &Spoken {
        self.spoken.get_or_init(|| {
            if !self.facts.languages.is_empty() {
                return Spoken::Told(self.facts.languages.clone());
            }
            language::detected(&self.own_words()).map_or(Spoken::Unknown, Spoken::Read)
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
            let none = HashSet::new();
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
