//! A page with its words found.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::anchor::OwnLinks;
use super::spoken::Reading;
use super::{Library, Marked, Spoken, Stretch};
use crate::document::{BlockKind, Document};
use crate::source::Span;
use crate::text::{
    Address, Excuse, Finder, Hit, Hits, Passage, Row, Said, Searched, Stream, Tokens, Tone, Voice,
    WordingId, beginning,
};

/// What is known of a page besides its text.
#[derive(Debug, Clone, Default)]
pub struct PageFacts {
    /// The day that rules are judged by.
    pub as_of: Date,
    /// The tags of the page's language, where front matter or config says it.
    pub languages: Vec<String>,
    /// What config and front matter say of it: facet → values.
    pub facets: BTreeMap<String, Vec<String>>,
    /// Whether it is a page of a built site: nothing fills in anything any more.
    pub built: bool,
    /// The approved texts that rules demand which can apply to it.
    pub demanded: Arc<BTreeSet<String>>,
}

/// A document with the words of all rules found in it.
#[derive(Debug)]
pub struct Page<'a> {
    /// The content.
    pub document: &'a Document,
    /// What is known besides.
    pub facts: &'a PageFacts,
    /// The approved texts.
    pub library: &'a Library,
    finder: &'a Finder,
    passages: Vec<Passage>,
    tokens: Vec<OnceCell<Tokens>>,
    hits: OnceCell<Hits>,
    /// For each block, what in it tells how its words are meant.
    voices: Vec<OnceCell<Voice>>,
    /// For each block, what in it tells whether it offers something.
    pub(super) addresses: Vec<OnceCell<Address>>,
    /// How it speaks as a whole.
    pub(super) tone: OnceCell<Tone>,
    row: OnceCell<Row>,
    hidden_row: OnceCell<Row>,
    hidden: OnceCell<Hits>,
    all_hidden: OnceCell<Hits>,
    hidden_tokens: Vec<OnceCell<Tokens>>,
    /// Words that belong to a text which some rule demands: block, first token, one past the last.
    masked: RefCell<Vec<(u32, u32, u32)>>,
    library_masked: OnceCell<()>,
    /// Places of approved texts whose values were judged.
    settled: RefCell<Vec<Span>>,
    joined: OnceCell<(Vec<Span>, Vec<Span>)>,
    /// Where the texts of the library stand, or what comes close to them: block and token.
    pub(super) library_words: OnceCell<Vec<(u32, u32)>>,
    pub(super) reading: OnceCell<Option<Reading>>,
    pub(super) spoken: OnceCell<Spoken>,
    pub(super) marked: &'a Marked,
    pub(super) own_blocks: OnceCell<Vec<u32>>,
    pub(super) word_counts: OnceCell<Vec<u32>>,
    pub(super) all_links: OnceCell<Vec<(u32, Stretch)>>,
    pub(super) own_links: OnceCell<OwnLinks>,
}

impl<'a> Page<'a> {
    /// A page on which nothing has been looked for yet.
    #[must_use]
    pub fn new(
        document: &'a Document,
        finder: &'a Finder,
        library: &'a Library,
        facts: &'a PageFacts,
        marked: &'a Marked,
    ) -> Self {
        let passages: Vec<Passage> = document.blocks.iter().map(|block| block.passage).collect();
        let tokens = passages.iter().map(|_| OnceCell::new()).collect();
        let voices = passages.iter().map(|_| OnceCell::new()).collect();
        let addresses = passages.iter().map(|_| OnceCell::new()).collect();
        Self {
            document,
            facts,
            library,
            finder,
            passages,
            tokens,
            hits: OnceCell::new(),
            voices,
            addresses,
            row: OnceCell::new(),
            hidden_row: OnceCell::new(),
            hidden: OnceCell::new(),
            all_hidden: OnceCell::new(),
            hidden_tokens: document.hidden.iter().map(|_| OnceCell::new()).collect(),
            masked: RefCell::default(),
            library_masked: OnceCell::new(),
            settled: RefCell::default(),
            joined: OnceCell::new(),
            library_words: OnceCell::new(),
            reading: OnceCell::new(),
            spoken: OnceCell::new(),
            marked,
            own_blocks: OnceCell::new(),
            word_counts: OnceCell::new(),
            tone: OnceCell::new(),
            all_links: OnceCell::new(),
            own_links: OnceCell::new(),
        }
    }

    /// The tokens of a visible block.
    #[must_use]
    pub fn tokens(&self, block: usize) -> &Tokens {
        self.tokens[block].get_or_init(|| Tokens::of(&self.document.text, self.passages[block]))
    }

    /// Where these phrases were found in what a reader sees, in reading order.
    #[must_use]
    pub fn hits(&self, wordings: &[WordingId]) -> Vec<Hit> {
        self.hits
            .get_or_init(|| {
                self.finder.find(&Searched {
                    text: &self.document.text,
                    passages: &self.passages,
                    tokens: &|block| self.tokens(block),
                    leads: &|block| self.led(block),
                    all: true,
                    shared: &|block| {
                        let block = &self.document.blocks[block];
                        // a built page has what its neighbours have in its own file
                        block.frame || self.document.is_brought(block.span)
                    },
                })
            })
            .of_all(wordings)
    }

    /// Where these phrases were found in what a reader does not see; nowhere if they were added as seen alone.
    #[must_use]
    pub fn hidden_hits(&self, wordings: &[WordingId]) -> Vec<Hit> {
        debug_assert!(self.finder.looks_everywhere(wordings));
        self.hidden_words().of_all(wordings)
    }

    /// As [`Page::hidden_hits`], of phrases that were added as seen alone too.
    #[must_use]
    pub fn all_hidden_hits(&self, wordings: &[WordingId]) -> Vec<Hit> {
        let all = self.all_hidden.get_or_init(|| self.find_hidden(true));
        all.of_all(wordings)
    }

    /// The source of a hit in what a reader sees.
    #[must_use]
    pub fn span(&self, hit: &Hit) -> Span {
        self.document.text.tokens_span(
            &self.tokens(hit.passage as usize).items()[hit.first as usize..hit.end as usize],
        )
    }

    /// The source of a hit in what a reader does not see.
    #[must_use]
    pub fn hidden_span(&self, hit: &Hit) -> Span {
        self.document.hidden_text.tokens_span(
            &self.hidden_tokens(hit.passage as usize).items()[hit.first as usize..hit.end as usize],
        )
    }

    /// The words that a reader sees, as one row.
    #[must_use]
    pub fn stream(&self) -> Stream<'_> {
        let row = self.row.get_or_init(|| {
            let blocks = 0..self.passages.len();
            Row::new(blocks.map(|block| (number(block), self.tokens(block))))
        });
        row.of(&self.document.text)
    }

    /// The words that a reader does not see, as one row.
    #[must_use]
    pub fn hidden_stream(&self) -> Stream<'_> {
        let row = self.hidden_row.get_or_init(|| {
            let blocks = 0..self.hidden_tokens.len();
            Row::new(blocks.map(|at| (number(at), self.hidden_tokens(at))))
        });
        row.of(&self.document.hidden_text)
    }

    /// The tokens of a block that a reader does not see.
    fn hidden_tokens(&self, block: usize) -> &Tokens {
        let passage = self.document.hidden[block].passage;
        self.hidden_tokens[block].get_or_init(|| Tokens::of(&self.document.hidden_text, passage))
    }

    fn hidden_words(&self) -> &Hits {
        self.hidden.get_or_init(|| self.find_hidden(false))
    }

    fn find_hidden(&self, all: bool) -> Hits {
        let hidden = &self.document.hidden;
        let passages: Vec<Passage> = hidden.iter().map(|block| block.passage).collect();
        self.finder.find(&Searched {
            text: &self.document.hidden_text,
            passages: &passages,
            tokens: &|at| self.hidden_tokens(at),
            leads: &|_| [None; 2],
            all,
            shared: &|at| self.document.is_brought(hidden[at].span),
        })
    }

    /// Hits of `any` that no `unless` takes back.
    #[must_use]
    pub fn counted(
        &self,
        any: &[WordingId],
        unless: &[WordingId],
        unless_sentence: &[WordingId],
    ) -> Vec<Hit> {
        // no phrase reaches further back than this: gaps are of 50 words at most
        const LONGEST: u32 = 400;
        let mut hits = self.hits(any);
        if hits.is_empty() {
            return hits;
        }
        let (unless, sentences) = (self.hits(unless), self.hits(unless_sentence));
        let number = |at: usize| u32::try_from(at).expect("passages are small");
        hits.retain(|hit| {
            let tokens = self.tokens(hit.passage as usize);
            let start = tokens.sentence(hit.first as usize).start;
            let end = tokens.sentence(hit.end as usize - 1).end;
            let near = hit.first.saturating_sub(LONGEST)..hit.end;
            let taken_back = beginning(&unless, hit.passage, near)
                .iter()
                .any(|other| other.overlaps(hit));
            let touched = number(start)..number(end);
            !taken_back && beginning(&sentences, hit.passage, touched).is_empty()
        });
        hits
    }

    /// Why a hit is no claim of the page's own; none when it is one.
    #[must_use]
    pub fn excuse(&self, hit: &Hit) -> Option<Excuse> {
        let block = hit.passage as usize;
        let tokens = self.tokens(block);
        let text = &self.document.text;
        if text.crosses_out(self.passages[block], tokens, hit.first) {
            return Some(Excuse::Denied);
        }
        if tokens.is_comment() {
            return Some(Excuse::Defined);
        }
        if text.searches_for(self.passages[block], tokens, hit.first..hit.end) {
            return Some(Excuse::Quoted);
        }
        if let Some(excuse) = self.said(block).excuse(hit.first, hit.end) {
            return Some(excuse);
        }
        if self.denied_above(block) {
            return Some(Excuse::Denied);
        }
        let of = &self.document.blocks[block];
        let heading = self.document.sections[of.section as usize]
            .heading
            .map(|heading| heading as usize)
            .filter(|heading| *heading != block);
        // "Warning signs:", and under it a paragraph that begins each line with a bullet of its own
        let before = block
            .checked_sub(1)
            .filter(|above| self.tokens(*above).ends_in_colon());
        let above = self.lead(block).into_iter().chain(heading).chain(before);
        let governed = above.into_iter().any(|above| {
            let tokens = self.tokens(above);
            !tokens.is_empty() && !tokens.asks(tokens.len() - 1) && self.said(above).governs()
        });
        governed.then_some(Excuse::Warned)
    }

    /// The blocks that tell what a block is about: itself, its heading, what leads in to it, the items beside it in a list.
    pub(super) fn subjects(&self, block: u32) -> impl Iterator<Item = u32> {
        let blocks = &self.document.blocks;
        let of = &blocks[block as usize];
        let heading = self.document.sections[of.section as usize].heading;
        let item = |at: &u32| {
            let there = blocks.get(*at as usize);
            there.is_some_and(|there| there.kind == BlockKind::Item)
        };
        let beside = [block.checked_sub(1), Some(block + 1)]
            .into_iter()
            .flatten();
        let beside: Vec<u32> = beside.filter(|at| item(&block) && item(at)).collect();
        [Some(block), heading, of.lead]
            .into_iter()
            .flatten()
            .chain(beside)
    }

    /// The block that leads in to a list item.
    pub(super) fn lead(&self, block: usize) -> Option<usize> {
        self.document.blocks[block].lead.map(|lead| lead as usize)
    }

    /// Whether the lead-in of a list item denies it: "We do not:".
    pub(super) fn denied_above(&self, block: usize) -> bool {
        self.lead(block).is_some_and(|lead| {
            // "We do not promise…"
            let words = self.document.text.words(self.passages[lead]);
            let trails = words.trim_end_matches(['*', '_']).ends_with("...");
            (trails || self.tokens(lead).leads_in()) && self.said(lead).ends_denying()
        })
    }

    pub(super) fn said(&self, block: usize) -> Said<'_> {
        let tokens = self.tokens(block);
        let voice = self.voices[block]
            .get_or_init(|| Said::look(&self.document.text, self.passages[block], tokens));
        Said::new(&self.document.text, tokens, voice)
    }

    /// Says that words belong to a text that a rule demands.
    pub fn mask(&self, block: u32, first: u32, end: u32) {
        self.masked.borrow_mut().push((block, first, end));
    }

    /// Whether a hit lies in a text that a rule demands, or in a known disclosure or a near miss of one.
    #[must_use]
    pub fn is_masked(&self, hit: &Hit) -> bool {
        // what rules demand is known by now: masks change no more
        self.library_masked.get_or_init(|| {
            self.mask_library();
            self.join_masks();
        });
        let masked = self.masked.borrow();
        let after = masked
            .partition_point(|(block, first, _)| (*block, *first) <= (hit.passage, hit.first));
        let before = after.checked_sub(1).map(|at| masked[at]);
        before.is_some_and(|(block, _, end)| block == hit.passage && hit.end <= end)
    }

    /// Says that the values in an approved text were judged.
    pub(super) fn settle(&self, text: Span) {
        self.settled.borrow_mut().push(text);
    }

    /// Whether a place was judged already: it lies in an approved text whose values were, or in what could not be brought in. What
    /// rules demand is known by now.
    pub(super) fn is_settled(&self, span: Span) -> bool {
        let (texts, calls) = self.joined.get_or_init(|| {
            let calls = self.document.unresolved.iter().map(|of| of.span);
            (
                Span::joined(self.settled.take()),
                Span::joined(calls.collect()),
            )
        });
        [texts, calls].into_iter().any(|all| {
            let before = all.partition_point(|of| of.start < span.end);
            before > 0 && all[before - 1].overlaps(span)
        })
    }

    fn mask_library(&self) {
        for &(block, word) in self.library_words() {
            self.mask(block, word, word + 1);
        }
    }

    /// Masked words side by side become one stretch, so that a hit over several of them lies in it.
    fn join_masks(&self) {
        let mut masked = self.masked.borrow_mut();
        masked.sort_unstable();
        let mut joined: Vec<(u32, u32, u32)> = Vec::new();
        for (block, first, end) in masked.drain(..) {
            match joined.last_mut() {
                Some(last) if last.0 == block && first <= last.2 => last.2 = last.2.max(end),
                _ => joined.push((block, first, end)),
            }
        }
        *masked = joined;
    }
}

pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).expect("fewer blocks than 4 billion")
}
