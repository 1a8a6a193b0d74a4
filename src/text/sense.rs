//! Whether words are said in the page's own voice: not denied, asked, quoted, attributed to others, warned about, defined.
//! The lists are English in `voice`; those of other languages stand in `voice_abroad`.

use std::ops::Range;
use std::sync::LazyLock;

use super::finder::{Finder, FinderBuilder, Searched};
use super::hits::{Hit, beginning};
use super::negation::denies;
use super::token::Between;
use super::told::{DEMANDING, ORDERING, PROMPTING, REPORTING};
use super::voice::{
    AFFIRMING, AFFIRMING_CLAIMS, CLAUSE_BREAKS, CONTINUING, DEFINING, EXCUSES, FINITE, GOVERNING,
    INVITING, NEW_SUBJECTS, OWN, Reach, SUBJECTS,
};
use super::voice_abroad as abroad;
use super::{Passage, Text, Tokens};

/// Why words are not said in the page's own voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excuse {
    /// "not guaranteed".
    Denied,
    /// "are returns guaranteed?".
    Asked,
    /// In quotation marks.
    Quoted,
    /// "they promise guaranteed returns".
    Attributed,
    /// "beware of guaranteed returns".
    Warned,
    /// "the risk-free rate is defined as".
    Defined,
}

impl Excuse {
    /// To be read after "the claim is".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Asked => "asked about",
            Self::Quoted => "quoted",
            Self::Attributed => "attributed to others",
            Self::Warned => "warned about",
            Self::Defined => "explained",
        }
    }
}
/// How far a negation reaches at most, and how soon after a claim what takes it back must stand, in words.
pub(super) const LONGEST_CLAUSE: usize = 16;
const SOON: u32 = 4;
/// Of a sentence that never ends, how many words before and after a claim are looked at.
const LONGEST_SENTENCE: u32 = 200;
/// How far behind a claim the last member of a list that it belongs to may stand, in words.
const LIST_REACH: usize = 8;
/// How near its colon a lead-in must deny what it leads in to, in words.
const LEAD_REACH: usize = 5;

struct Lists {
    finder: Finder,
    affirming: Range<u32>,
    affirming_claims: Range<u32>,
    excuses: Vec<(Excuse, Reach, Range<u32>)>,
    governing: Range<u32>,
    defining: Range<u32>,
    reporting: Range<u32>,
    ordering: Range<u32>,
    prompting: Range<u32>,
    demanding: Range<u32>,
    inviting: Range<u32>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut builder = FinderBuilder::default();
    let mut add = |phrases: &[&str]| builder.own(phrases);
    let affirming = add(&[AFFIRMING, abroad::AFFIRMING].concat());
    let affirming_claims = add(&[AFFIRMING_CLAIMS, abroad::AFFIRMING_CLAIMS].concat());
    let excuses = EXCUSES
        .iter()
        .chain(abroad::EXCUSES)
        .map(|(excuse, reach, phrases)| (*excuse, *reach, add(phrases)))
        .collect();
    let governing = add(GOVERNING);
    let defining = add(DEFINING);
    let reporting = add(REPORTING);
    let ordering = add(ORDERING);
    let prompting = add(PROMPTING);
    let demanding = add(DEMANDING);
    let inviting = add(INVITING);
    Lists {
        finder: builder.build(),
        affirming,
        affirming_claims,
        excuses,
        governing,
        defining,
        reporting,
        ordering,
        prompting,
        demanding,
        inviting,
    }
});

/// Words in a passage, looked at for how they are meant.
pub struct Said<'a> {
    pub(super) text: &'a Text,
    pub(super) tokens: &'a Tokens,
    pub(super) voice: &'a Voice,
}

/// What in a passage tells how its words are meant, in reading order.
#[derive(Debug, Clone, Default)]
pub struct Voice {
    /// As [`EXCUSES`] lists them.
    excuses: Vec<Vec<Hit>>,
    affirming: Vec<Hit>,
    affirming_claims: Vec<Hit>,
    governing: Vec<Hit>,
    pub(super) defining: Vec<Hit>,
    pub(super) reporting: Vec<Hit>,
    pub(super) ordering: Vec<Hit>,
    pub(super) prompting: Vec<Hit>,
    pub(super) demanding: Vec<Hit>,
    pub(super) inviting: Vec<Hit>,
}

impl<'a> Said<'a> {
    /// What excuses in one passage: to be kept, and given to [`Said::new`] for each claim in it.
    #[must_use]
    pub fn look(text: &Text, passage: Passage, tokens: &Tokens) -> Voice {
        let hits = LISTS.finder.find(&Searched {
            text,
            passages: &[passage],
            tokens: &|_| tokens,
            leads: &|_| [None; 2],
            all: true,
            shared: &|_| false,
        });
        let excuses = LISTS
            .excuses
            .iter()
            .map(|(_, _, phrases)| hits.group(phrases));
        Voice {
            excuses: excuses.collect(),
            affirming: hits.group(&LISTS.affirming),
            affirming_claims: hits.group(&LISTS.affirming_claims),
            governing: hits.group(&LISTS.governing),
            defining: hits.group(&LISTS.defining),
            reporting: hits.group(&LISTS.reporting),
            ordering: hits.group(&LISTS.ordering),
            prompting: hits.group(&LISTS.prompting),
            demanding: hits.group(&LISTS.demanding),
            inviting: hits.group(&LISTS.inviting),
        }
    }

    /// The words of a passage, with what [`Said::look`] found there.
    #[must_use]
    pub fn new(text: &'a Text, tokens: &'a Tokens, voice: &'a Voice) -> Self {
        Self {
            text,
            tokens,
            voice,
        }
    }

    /// Whether a heading or a lead-in makes examples of what stands under it.
    #[must_use]
    pub fn governs(&self) -> bool {
        !self.voice.governing.is_empty()
    }

    /// Why the words `first..end` are no claim of the page's own; none when they are.
    #[must_use]
    pub fn excuse(&self, first: u32, end: u32) -> Option<Excuse> {
        if self.tokens.asks(first as usize) && !self.invites(first) {
            return Some(Excuse::Asked);
        }
        if self
            .tokens
            .quotations()
            .iter()
            .any(|(from, to)| *from < end && first < *to)
        {
            return Some(Excuse::Quoted);
        }
        if self.denied(first, end) {
            return Some(Excuse::Denied);
        }
        if self.valued_false(end) {
            return Some(Excuse::Denied);
        }
        if self.defines(first, end) {
            return Some(Excuse::Defined);
        }
        let sentence = self.sentence(first, end);
        let own = self.own(sentence.start as usize..end as usize);
        for ((excuse, reach, _), hits) in LISTS.excuses.iter().zip(&self.voice.excuses) {
            if own && *excuse == Excuse::Attributed {
                continue;
            }
            let excused = beginning(hits, 0, sentence.clone())
                .iter()
                .filter(|hit| *excuse != Excuse::Warned || self.warns(hit, first))
                .any(|hit| match reach {
                    // "when someone promises", where the claim is "promises you a profit"
                    Reach::Before => {
                        let parted =
                            *excuse == Excuse::Denied && self.colon_between(hit.end, first);
                        hit.first < first && hit.end <= first + 1 && !parted
                    }
                    Reach::Touching => hit.end == first,
                    Reach::Within => first <= hit.first && hit.end <= end,
                    Reach::After => {
                        let soon = hit.first >= end && hit.first < end + SOON;
                        soon && self.same_clause(end, hit.first) && !self.urges(hit.first)
                    }
                    Reach::Sentence => hit.end <= first || hit.first >= end,
                });
            if excused {
                return Some(*excuse);
            }
        }
        None
    }

    pub(super) fn word(&self, at: u32) -> &str {
        self.text.token(&self.tokens.items()[at as usize])
    }

    /// The sentence round a claim, as token numbers; of a sentence without end what is near.
    pub(super) fn sentence(&self, first: u32, end: u32) -> Range<u32> {
        let whole = self.tokens.sentence(first as usize);
        let number = |at: usize| u32::try_from(at).expect("passages are small");
        let start = number(whole.start).max(first.saturating_sub(LONGEST_SENTENCE));
        start..number(whole.end).min(end + LONGEST_SENTENCE).max(end)
    }

    /// Whether a warning is one: not denied itself ("no hype"), and not of others while the claim is the page's own.
    fn warns(&self, hit: &Hit, first: u32) -> bool {
        let word = |at: usize| self.text.token(&self.tokens.items()[at]);
        let (start, claim) = (hit.first as usize, first as usize);
        let denied =
            (start.saturating_sub(2)..start).any(|at| self.denies(at) || word(at) == "zero");
        let own = self.own(claim.saturating_sub(2)..claim + 1);
        let avoids = word(start).starts_with("avoid")
            && hit.end <= first
            && (hit.end as usize..claim).any(|at| word(at) == "and");
        !denied && !own && !avoids
    }

    /// Whether the page speaks of itself in these words.
    fn own(&self, words: Range<usize>) -> bool {
        self.tokens.items()[words].iter().any(|token| {
            let word = self.text.token(token);
            OWN.contains(&word) || abroad::OWN.contains(&word)
        })
    }

    /// Whether words before these deny a claim: a negation in the same clause that is not part of a promise.
    #[must_use]
    pub fn denied(&self, first: u32, end: u32) -> bool {
        let lists = [&self.voice.affirming[..], &self.voice.affirming_claims];
        self.negated(first, end, &lists)
    }

    /// Whether words before these take back a statement: as [`Said::denied`], and "not only" does.
    #[must_use]
    pub fn taken_back(&self, first: u32, end: u32) -> bool {
        self.negated(first, end, &[&self.voice.affirming])
    }

    fn negated(&self, first: u32, end: u32, affirming: &[&[Hit]]) -> bool {
        (0..first as usize)
            .rev()
            .take(LONGEST_CLAUSE)
            .take_while(|at| !self.breaks(*at, first as usize))
            .any(|at| self.denies(at) && !self.affirms(at, end, affirming))
    }

    /// Whether the word at `at` denies.
    pub(super) fn denies(&self, at: usize) -> bool {
        denies(self.text, self.tokens.items(), at)
    }

    /// Whether the clause of the word at `first` begins after the word at `at`.
    fn breaks(&self, at: usize, first: usize) -> bool {
        let items = self.tokens.items();
        let word = |at: usize| items.get(at).map_or("", |token| self.text.token(token));
        let after = items[at + 1].before;
        let ends = [Between::STOP, Between::SEMICOLON, Between::DASH];
        // "Is not: live trading" denies what it lists
        let colon = after.has(Between::COLON) && !self.denies(at);
        // a comma ends the clause unless it parts the members of a list: "promise, suggest or imply"
        let comma = after.has(Between::COMMA)
            && !CONTINUING.contains(&word(at + 1))
            && word(at) != "however"
            && !abroad::CONTINUING.contains(&word(at + 1))
            && !self.lists(at + 1, first);
        let clause = match word(at) {
            "and" => {
                NEW_SUBJECTS.contains(&word(at + 1))
                    || (at + 1..(at + 4).min(first)).any(|at| FINITE.contains(&word(at)))
            }
            // "il n'exécute aucun ordre et ne constitue pas un conseil": each denies for itself
            "et" | "e" | "y" | "und" | "en" => abroad::DENYING_ANEW.contains(&word(at + 1)),
            "as" => SUBJECTS.contains(&word(at + 1)),
            "however" => at == 0 || !self.denies(at - 1),
            other => CLAUSE_BREAKS.contains(&other) || abroad::CLAUSE_BREAKS.contains(&other),
        };
        ends.into_iter().any(|end| after.has(end)) || colon || comma || clause
    }

    /// Whether the passage denies what it leads in to: "We do not promise:".
    #[must_use]
    pub fn ends_denying(&self) -> bool {
        let items = self.tokens.items();
        let last = items.len().saturating_sub(1);
        let from = last.max(LEAD_REACH - 1) + 1 - LEAD_REACH;
        let from = from.max(self.tokens.sentence(last).start);
        (from..items.len())
            .any(|at| self.denies(at) && !self.affirms(at, u32::MAX, &[&self.voice.affirming]))
    }

    /// Whether a negation is one that denies nothing that follows.
    fn affirms(&self, at: usize, end: u32, affirming: &[&[Hit]]) -> bool {
        let at = u32::try_from(at).expect("passages are small");
        affirming.iter().any(|hits| {
            beginning(hits, 0, at.saturating_sub(SOON)..at + 1)
                .iter()
                .any(|hit| at < hit.end && hit.end <= end)
        })
    }

    /// Whether words are the later members of a list, with `or` before the last and no subject of their own.
    fn lists(&self, from: usize, to: usize) -> bool {
        let words = || {
            self.tokens.items()[from..to]
                .iter()
                .map(|token| self.text.token(token))
        };
        // "no live trading, guaranteed income, or settlement"
        let goes_on = || {
            let items = self.tokens.items();
            let after = (to..items.len().min(to + LIST_REACH)).map(|at| &items[at]);
            let mut ends = after.take_while(|token| !token.before.has(Between::STOP));
            let mut comma = false;
            ends.any(|of| {
                comma |= of.before.has(Between::COMMA);
                comma && matches!(self.text.token(of), "or" | "nor")
            })
        };
        (words().any(|word| matches!(word, "or" | "nor")) || goes_on())
            && !words()
                .any(|word| matches!(word, "you" | "we" | "they" | "it" | "i" | "our" | "your"))
    }

    /// Whether a negation that begins here denies nothing and urges the reader on: "guaranteed returns, don't miss them".
    fn urges(&self, at: u32) -> bool {
        !beginning(&self.voice.affirming, 0, at..at + 1).is_empty()
    }

    /// Whether nothing ends the clause between a claim and what follows; a comma right after the claim may stand there.
    fn same_clause(&self, end: u32, to: u32) -> bool {
        // "a term of 16 years, because a bridge does not pay for itself in five" denies nothing of the term
        let next = self.text.token(&self.tokens.items()[end as usize]);
        !CLAUSE_BREAKS.contains(&next)
            && self.tokens.items()[end as usize..=to as usize]
                .iter()
                .enumerate()
                .all(|(at, token)| {
                    let before = token.before;
                    !before.has(Between::SEMICOLON)
                        && !before.has(Between::DASH)
                        && !before.has(Between::COLON)
                        && (at == 0 || !before.has(Between::COMMA))
                })
    }
}

impl std::fmt::Debug for Said<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Said")
            .field("voice", &self.voice)
            .finish_non_exhaustive()
    }
}
