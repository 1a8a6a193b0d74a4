//! All phrases of a run, looked for together: one pass of an Aho-Corasick automaton over a document's text says which
//! phrases can match in which passage, and only those run.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};
use regex::Regex;

use super::phrase::Phrase;
use super::vocabulary::Vocabulary;
use super::wording::{Scratch, Symbols, Wording};
use super::{Passage, Text, Tokens};

/// The number of a phrase in a [`Finder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordingId(u32);

/// Where a phrase was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Which phrase.
    pub wording: WordingId,
    /// Which passage, by its number in the list that was searched.
    pub passage: u32,
    /// First token, by its number in the passage.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// Whether the match begins in the lead-in of the passage, which `first` then leaves out.
    pub from_lead: bool,
}

impl Hit {
    /// Whether the two share a word.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.passage == other.passage && self.first < other.end && other.first < self.end
    }
}

/// Of hits in reading order, those that begin in these words of a passage.
#[must_use]
pub fn beginning(hits: &[Hit], passage: u32, words: std::ops::Range<u32>) -> &[Hit] {
    let start = hits.partition_point(|hit| (hit.passage, hit.first) < (passage, words.start));
    let end = hits.partition_point(|hit| (hit.passage, hit.first) < (passage, words.end));
    &hits[start..end.max(start)]
}

/// Everything that was found in one document, by phrase.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    sorted: Vec<Hit>,
}

impl Hits {
    /// The hits of one phrase, in reading order.
    #[must_use]
    pub fn of(&self, wording: WordingId) -> &[Hit] {
        let start = self.sorted.partition_point(|hit| hit.wording < wording);
        let end = self.sorted.partition_point(|hit| hit.wording <= wording);
        &self.sorted[start..end]
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// The hits of phrases that were added one after another.
    fn between(&self, wordings: &std::ops::Range<u32>) -> &[Hit] {
        let start = self
            .sorted
            .partition_point(|hit| hit.wording.0 < wordings.start);
        let end = self
            .sorted
            .partition_point(|hit| hit.wording.0 < wordings.end);
        &self.sorted[start..end]
    }

    /// The hits of phrases that were added one after another, in reading order.
    pub(super) fn group(&self, wordings: &std::ops::Range<u32>) -> Vec<Hit> {
        let mut group = self.between(wordings).to_vec();
        group.sort_by_key(|hit| (hit.passage, hit.first, hit.end));
        group
    }

    /// The hits of several phrases, in reading order.
    #[must_use]
    pub fn of_all(&self, wordings: &[WordingId]) -> Vec<Hit> {
        if self.sorted.is_empty() {
            return Vec::new();
        }
        let mut all: Vec<Hit> = wordings
            .iter()
            .flat_map(|&wording| self.of(wording).iter().copied())
            .collect();
        all.sort_by_key(|hit| (hit.passage, hit.first, hit.end));
        all
    }
}

/// Takes phrases in, then compiles them together.
#[derive(Debug, Default)]
pub struct FinderBuilder {
    vocabulary: Vocabulary,
    searches: Vec<Search>,
    /// (literal, search)
    literals: Vec<(String, u32)>,
    ungated: Vec<u32>,
}

#[derive(Debug)]
enum Search {
    Phrase(Wording),
    Regex(Box<Regex>),
}

impl FinderBuilder {
    /// Adds a phrase.
    pub fn phrase(&mut self, phrase: &Phrase) -> WordingId {
        let wording = Wording::compile(phrase, &mut self.vocabulary);
        let id = self.add(Search::Phrase(wording));
        self.literals
            .extend(phrase.literals().into_iter().map(|literal| (literal, id.0)));
        id
    }

    /// Adds a regular expression that runs on folded text.
    pub fn regex(&mut self, regex: &Regex) -> WordingId {
        let id = self.add(Search::Regex(Box::new(regex.clone())));
        match regex_syntax::parse(regex.as_str())
            .ok()
            .and_then(|hir| necessary(&hir))
        {
            Some(words) => self
                .literals
                .extend(words.into_iter().map(|word| (word, id.0))),
            None => self.ungated.push(id.0),
        }
        id
    }

    /// The number that the next phrase gets.
    pub(super) fn next(&self) -> u32 {
        u32::try_from(self.searches.len()).expect("fewer phrases than 4 billion")
    }

    fn add(&mut self, search: Search) -> WordingId {
        self.searches.push(search);
        WordingId(u32::try_from(self.searches.len() - 1).expect("fewer phrases than 4 billion"))
    }

    /// Compiles what was added.
    ///
    /// # Panics
    /// Never: the automaton of literals is far below its limits.
    #[must_use]
    pub fn build(mut self) -> Finder {
        self.literals.sort();
        let mut patterns: Vec<String> = Vec::new();
        let mut owners: Vec<Vec<u32>> = Vec::new();
        for (literal, search) in self.literals {
            if patterns.last() != Some(&literal) {
                patterns.push(literal);
                owners.push(Vec::new());
            }
            owners.last_mut().expect("just pushed").push(search);
        }
        // the automatic choice costs more than the Markdown parse from a hundred patterns on
        let literals = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&patterns)
            .expect("literals of phrases are few and short");
        Finder {
            vocabulary: self.vocabulary,
            searches: self.searches,
            literals,
            owners,
            ungated: self.ungated,
        }
    }
}

/// The phrases of a run, compiled.
#[derive(Debug)]
pub struct Finder {
    vocabulary: Vocabulary,
    searches: Vec<Search>,
    literals: AhoCorasick,
    owners: Vec<Vec<u32>>,
    ungated: Vec<u32>,
}

impl Finder {
    /// Finds every phrase in these passages of a text, which are in its order. `tokens` gives the tokens of a passage by its
    /// number, `lead` the number of the passage that leads in to it.
    pub fn find<'a>(
        &self,
        text: &Text,
        passages: &[Passage],
        tokens: &dyn Fn(usize) -> &'a Tokens,
        lead: &dyn Fn(usize) -> Option<usize>,
    ) -> Hits {
        let mut candidates: Vec<(u32, u32)> = Vec::new();
        let number = |at: usize| u32::try_from(at).expect("fewer passages than 4 billion");
        let mut passage = 0;
        let (Some(first), Some(last)) = (passages.first(), passages.last()) else {
            return Hits::default();
        };
        let searched = Input::new(&text.normal).range(first.start as usize..last.end as usize);
        let mut last_of = vec![u32::MAX; self.owners.len()];
        for found in self.literals.find_overlapping_iter(searched) {
            while passages
                .get(passage)
                .is_some_and(|p| (p.end as usize) < found.end())
            {
                passage += 1;
            }
            if passages
                .get(passage)
                .is_none_or(|p| found.start() < p.start as usize)
            {
                continue;
            }
            let literal = found.pattern().as_usize();
            if std::mem::replace(&mut last_of[literal], number(passage)) != number(passage) {
                candidates.extend(
                    self.owners[literal]
                        .iter()
                        .map(|&search| (number(passage), search)),
                );
            }
        }
        for &search in &self.ungated {
            candidates.extend((0..passages.len()).map(|at| (number(at), search)));
        }
        candidates.sort_unstable();
        candidates.dedup();

        let mut hits = Vec::new();
        let mut scratch = Scratch::default();
        let groups: Vec<&[(u32, u32)]> = candidates.chunk_by(|a, b| a.0 == b.0).collect();
        for group in &groups {
            let passage = group[0].0 as usize;
            let cut = tokens(passage);
            let symbols = Symbols::of(text, cut, &self.vocabulary);
            for (_, search) in *group {
                let found = match &self.searches[*search as usize] {
                    Search::Phrase(wording) => wording.find(text, cut, &symbols, &mut scratch),
                    Search::Regex(regex) => regex
                        .find_iter(text.words(passages[passage]))
                        .filter_map(|m| cut.covering(passages[passage], m.range()))
                        .collect(),
                };
                hits.extend(found.into_iter().map(|(first, end)| Hit {
                    wording: WordingId(*search),
                    passage: group[0].0,
                    first,
                    end,
                    from_lead: false,
                }));
            }
        }
        self.find_led(text, passages.len(), tokens, lead, &groups, &mut hits);
        hits.sort();
        Hits { sorted: hits }
    }

    /// Finds phrases that begin in a lead-in ("It is not:") and end in an item of its list.
    fn find_led<'a>(
        &self,
        text: &Text,
        passages: usize,
        tokens: &dyn Fn(usize) -> &'a Tokens,
        lead: &dyn Fn(usize) -> Option<usize>,
        groups: &[&[(u32, u32)]],
        hits: &mut Vec<Hit>,
    ) {
        let of = |passage: usize| {
            groups
                .binary_search_by_key(&passage, |group| group[0].0 as usize)
                .map_or(&[][..], |at| groups[at])
        };
        let mut scratch = Scratch::default();
        for passage in 0..passages {
            let Some(above) = lead(passage) else { continue };
            let mut searches: Vec<u32> = of(passage)
                .iter()
                .chain(of(above))
                .map(|(_, search)| *search)
                .collect();
            if searches.is_empty() || !tokens(above).leads_in() {
                continue;
            }
            searches.sort_unstable();
            searches.dedup();
            let (joined, given) = Tokens::joined(tokens(above), tokens(passage));
            let symbols = Symbols::of(text, &joined, &self.vocabulary);
            for search in searches {
                let Search::Phrase(wording) = &self.searches[search as usize] else {
                    continue;
                };
                for (first, end) in wording.find(text, &joined, &symbols, &mut scratch) {
                    if (first as usize) < given && (end as usize) > given {
                        let end = end - u32::try_from(given).expect("passages are small");
                        hits.push(Hit {
                            wording: WordingId(search),
                            passage: u32::try_from(passage).expect("fewer passages than 4 billion"),
                            first: 0,
                            end,
                            from_lead: true,
                        });
                    }
                }
            }
        }
    }
}

/// Words of which one stands in everything that a regular expression matches; none when nothing is sure.
fn necessary(hir: &regex_syntax::hir::Hir) -> Option<Vec<String>> {
    use regex_syntax::hir::HirKind;
    match hir.kind() {
        HirKind::Literal(literal) => {
            let word = std::str::from_utf8(&literal.0).ok()?;
            (word.len() > 1).then(|| vec![word.to_owned()])
        }
        HirKind::Capture(capture) => necessary(&capture.sub),
        HirKind::Repetition(repeat) if repeat.min > 0 => necessary(&repeat.sub),
        HirKind::Concat(parts) => parts
            .iter()
            .filter_map(necessary)
            .max_by_key(|words| words.iter().map(String::len).min()),
        HirKind::Alternation(branches) => branches
            .iter()
            .map(necessary)
            .collect::<Option<Vec<_>>>()
            .map(|all| all.concat()),
        HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) | HirKind::Repetition(_) => None,
    }
}
