//! Whether words are said in the page's own voice: not denied, asked, quoted, attributed to others, warned about, defined.
//! The lists are English; other languages have their negations in `token`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::finder::{Finder, FinderBuilder, Hits};
use super::phrase::Phrase;
use super::token::{Between, is_negation};
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

/// Where words that excuse must stand, seen from the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Before it in its sentence.
    Before,
    /// Soon after it in its clause.
    After,
    /// Anywhere in its sentence.
    Sentence,
}

/// Negations that deny nothing that follows: "not only", "don't miss".
const AFFIRMING: &[&str] = &[
    "not (only|just|merely|simply|least|limited to|to mention|suitable|be suitable|appropriate|insured|fdic)",
    "no (doubt|matter|wonder|question|longer a secret|fees|fee|experience|cost|costs|additional|extra|hidden|commission|catch|minimum|limits|joke|secret)",
    "nothing (but|better|beats|less)",
    "without (doubt|limitation|lifting|leaving|effort|any effort|hassle|stress|worry|delay|doing)",
    "why not",
    "(cannot|can't) (stress|wait|go wrong)",
    "(don't|do not|never) (miss|forget|wait|worry|hesitate|delay|settle|overlook|miss out)",
    "no need to worry",
    "never (again|been easier)",
];

/// Phrases that excuse, by reason and place.
const EXCUSES: &[(Excuse, Reach, &[&str])] = &[
    (
        Excuse::Denied,
        Reach::After,
        &[
            "(do|does|did|is|are|was|were|can|will|would) not",
            "(don't|doesn't|didn't|isn't|aren't|wasn't|weren't|can't|won't|cannot)",
            "(is|are) (a|an) {..2} (myth|lie|red flag|scam|fantasy|illusion|fiction|fairy tale|warning sign|fraud|misnomer)",
            "(is|are|was|were) {..2} (impossible|illegal|prohibited|forbidden|banned|nonsense|fiction|false|fake|rare|scams|lies|myths|never|no|nowhere|unlikely)",
            "(never|rarely|seldom) (exist*|happen*|work*)",
            "(exist|exists) (only|nowhere)",
            "no such thing",
            "gibt es nicht",
        ],
    ),
    (
        Excuse::Denied,
        Reach::Before,
        &[
            "free (of|from)",
            "far from",
            "(refuse|refuses|decline|declines|fail|fails|failed|unable|impossible)",
            "(hardly|barely|rarely|seldom)",
            "lack* [of|any]",
            "anything but",
            "think twice",
        ],
    ),
    (
        Excuse::Warned,
        Reach::Sentence,
        &[
            "beware",
            "be aware of",
            "wary",
            "avoid",
            "avoiding",
            "red flag(s|)",
            "warning sign(s|)",
            "scam(s|my|)",
            "scammer*",
            "fraud*",
            "ponzi",
            "pyramid scheme*",
            "too good to be true",
            "swindl*",
            "con (artist*|man|men)",
            "conmen",
            "deceiv*",
            "deceptive*",
            "mislead*",
            "bogus",
            "fake",
            "phishing",
            "myth(s|)",
            "misconception*",
            "mistake*",
            "fallacy",
            "trap",
            "pitfall*",
            "steer clear",
            "watch out",
            "stay away",
            "run away",
            "suspicious*",
            "skeptic*",
            "sceptic*",
            "illegal*",
            "unlawful*",
            "prohibit*",
            "forbid*",
            "banned",
            "not allowed",
            "violat*",
            "hype",
            "snake oil",
            "false promise*",
            "empty promise*",
            "unrealistic",
            "lure*",
            "victim*",
            "fell for",
            "fall for",
            "tricked",
            "guise",
            "must not",
            "may not (claim|say|promise|state|use|imply)",
            "impersonat*",
        ],
    ),
    (
        Excuse::Defined,
        Reach::Before,
        &[
            "definition",
            "defined as",
            "is defined",
            "(refers|refer) to",
            "the term",
            "so called",
            "known as",
            "theoretical",
            "hypothetical*",
            "described as",
            "considered",
            "means that",
            "mentioned",
            "labelled",
            "labeled",
            "the phrase",
            "the word(s|)",
            "the claim(s|)",
            "example(s|) of",
            "such as",
            "the expression",
        ],
    ),
    (
        Excuse::Attributed,
        Reach::Before,
        &[
            "(anyone|someone|anybody|somebody|people|those|they|he|she|scammer(s|)|fraudsters|firm(s|)|company|companies|broker(s|)|site(s|)|website(s|)|platform(s|)|scheme(s|)|ad|ads|advert(s|)|advertisement(s|)|influencer(s|)|guru(s|)|promoter(s|)|operator(s|)|sponsor(s|)|salesman|salespeople|adviser(s|)|advisor(s|)|vendor(s|)|seller(s|)|bots|products|investors|traders|caller|email|message|some|many|others|which|who|that) {..4} (promis*|claim*|advertis*|offer(s|ed|ing|)|tout*|boast*|guarantee*|sell*|sold|say*|said|tell*|told|pitch*|market|markets|marketed|assure*|expect*|believe*|think*|thought|assume*|looking for|want*|seek*)",
            "(you're|you are) looking for",
            "according to",
            "supposed*",
            "alleged*",
            "purported*",
            "(sounds|looks|feels|seem(s|)) like",
            "(like|as if|as though|behave(s|)|treat*|mistak*) {..1} like",
            "treat* {..4} (like|as)",
            "(behave|act|work|look) like",
            "(assum*|believ*|thinking|expect*) {..3} that",
            "(claims|promises|promise|pitches|ads) (of|like|such as)",
            "(if|when|whenever) (you|someone|anyone|a|an|somebody) {..6} (promis*|claim*|guarante*|offer*|says)",
            "instead of",
            "rather than",
            "(don't|do not|never) (trust|believe|expect|assume|buy into)",
        ],
    ),
];

/// What a lead-in or a heading says that makes examples of what stands under it.
const GOVERNING: &[&str] = &[
    "beware",
    "avoid*",
    "red flag(s|)",
    "warning sign(s|)",
    "scam*",
    "fraud*",
    "myth(s|)",
    "misconception*",
    "mistake*",
    "prohibited",
    "forbidden",
    "banned",
    "not allowed",
    "(do not|don't|never) (say|use|write|claim|promise)",
    "misleading",
    "too good to be true",
    "false promise*",
    "unrealistic",
    "examples of {..4} (claims|promises|wording|language)",
    "(non-compliant|noncompliant)",
    "illegal",
    "watch out",
    "steer clear",
    "definition(s|)",
    "glossary",
];

/// Words that end the reach of a negation; `and` does before one of the second list.
const CLAUSE_BREAKS: &[&str] = &[
    "but",
    "because",
    "so",
    "although",
    "though",
    "while",
    "whereas",
    "since",
    "however",
    "therefore",
    "yet",
    "if",
    "unless",
    "when",
    "as",
    "instead",
];
const NEW_SUBJECTS: &[&str] = &[
    "you",
    "your",
    "we",
    "our",
    "they",
    "their",
    "it",
    "its",
    "i",
    "the",
    "this",
    "these",
    "all",
    "any",
    "past",
    "may",
    "can",
    "could",
    "is",
    "are",
    "carries",
    "carry",
    "involves",
    "involve",
    "should",
    "there",
    "trading",
    "investing",
    "earn",
    "get",
    "enjoy",
];
/// How far a negation reaches at most, and how soon after a claim what takes it back must stand, in words.
const LONGEST_CLAUSE: usize = 16;
const SOON: u32 = 4;
/// A quotation of fewer words is a name or a pair of scare quotes.
const QUOTED_WORDS: u32 = 3;
/// How near its colon a lead-in must deny what it leads in to, in words.
const LEAD_REACH: usize = 5;

struct Lists {
    finder: Finder,
    affirming: Range<u32>,
    excuses: Vec<(Excuse, Reach, Range<u32>)>,
    governing: Range<u32>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut builder = FinderBuilder::default();
    let mut add = |phrases: &[&str]| -> Range<u32> {
        let (none, first) = (BTreeMap::new(), builder.next());
        for phrase in phrases {
            builder.phrase(&Phrase::parse(phrase, &none).expect("built-in phrases are tested"));
        }
        first..builder.next()
    };
    let affirming = add(AFFIRMING);
    let excuses = EXCUSES
        .iter()
        .map(|(excuse, reach, phrases)| (*excuse, *reach, add(phrases)))
        .collect();
    let governing = add(GOVERNING);
    Lists {
        finder: builder.build(),
        affirming,
        excuses,
        governing,
    }
});

/// Words in a passage, looked at for how they are meant.
pub struct Said<'a> {
    text: &'a Text,
    tokens: &'a Tokens,
    hits: &'a Hits,
}

impl<'a> Said<'a> {
    /// What excuses in one passage: to be kept, and given to [`Said::new`] for each claim in it.
    #[must_use]
    pub fn look(text: &Text, passage: Passage, tokens: &Tokens) -> Hits {
        LISTS.finder.find(text, &[passage], &|_| tokens, &|_| None)
    }

    /// The words of a passage, with what [`Said::look`] found there.
    #[must_use]
    pub fn new(text: &'a Text, tokens: &'a Tokens, hits: &'a Hits) -> Self {
        Self { text, tokens, hits }
    }

    /// Whether a heading or a lead-in makes examples of what stands under it.
    #[must_use]
    pub fn governs(&self) -> bool {
        !self.hits.between(&LISTS.governing).is_empty()
    }

    /// Why the words `first..end` are no claim of the page's own; none when they are.
    #[must_use]
    pub fn excuse(&self, first: u32, end: u32) -> Option<Excuse> {
        if self.tokens.asks(first as usize) {
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
        let sentence = self.tokens.sentence(first as usize);
        let own = self.tokens.items()[first as usize..end as usize]
            .iter()
            .any(|token| matches!(self.text.token(token), "we" | "our" | "i"));
        for (excuse, reach, phrases) in &LISTS.excuses {
            let excused = !(own && *excuse == Excuse::Attributed)
                && self
                    .hits
                    .between(phrases)
                    .iter()
                    .filter(|hit| sentence.contains(&(hit.first as usize)))
                    .any(|hit| match reach {
                        Reach::Before => hit.end <= first,
                        Reach::After => {
                            hit.first >= end
                                && hit.first < end + SOON
                                && self.same_clause(end, hit.first)
                        }
                        Reach::Sentence => hit.end <= first || hit.first >= end,
                    });
            if excused {
                return Some(*excuse);
            }
        }
        None
    }

    /// Whether words before these deny them: a negation in the same clause that is not part of a promise.
    #[must_use]
    pub fn denied(&self, first: u32, end: u32) -> bool {
        let items = self.tokens.items();
        for at in (0..first as usize).rev().take(LONGEST_CLAUSE) {
            let after = items[at + 1].before;
            if after.has(Between::STOP)
                || after.has(Between::SEMICOLON)
                || after.has(Between::DASH)
                || after.has(Between::COLON)
            {
                return false;
            }
            // a comma ends the clause unless it parts the members of a list: "promise, suggest or imply"
            if after.has(Between::COMMA) && !self.lists(at + 1, first as usize) {
                return false;
            }
            let word = self.text.token(&items[at]);
            let begins = word == "and" && NEW_SUBJECTS.contains(&self.text.token(&items[at + 1]));
            if begins || CLAUSE_BREAKS.contains(&word) {
                return false;
            }
            if is_negation(word) && !self.affirms(at, end) {
                return true;
            }
        }
        false
    }

    /// Whether the passage denies what it leads in to: "We do not promise:".
    #[must_use]
    pub fn ends_denying(&self) -> bool {
        let items = self.tokens.items();
        let from = items.len().saturating_sub(LEAD_REACH);
        (from..items.len())
            .any(|at| is_negation(self.text.token(&items[at])) && !self.affirms(at, u32::MAX))
    }

    /// Whether the words lie in a quotation of several words as a whole.
    #[must_use]
    pub fn quoted_whole(&self, first: u32, end: u32) -> bool {
        self.tokens
            .quotations()
            .iter()
            .any(|(from, to)| *from <= first && end <= *to && to - from >= QUOTED_WORDS)
    }

    /// Whether a negation is one that denies nothing that follows.
    fn affirms(&self, at: usize, end: u32) -> bool {
        let at = u32::try_from(at).expect("passages are small");
        self.hits
            .between(&LISTS.affirming)
            .iter()
            .any(|hit| (hit.first..hit.end).contains(&at) && hit.end <= end)
    }

    /// Whether words are the later members of a list, with `or` before the last and no subject of their own.
    fn lists(&self, from: usize, to: usize) -> bool {
        let words = || {
            self.tokens.items()[from..to]
                .iter()
                .map(|token| self.text.token(token))
        };
        words().any(|word| matches!(word, "or" | "nor"))
            && !words()
                .any(|word| matches!(word, "you" | "we" | "they" | "it" | "i" | "our" | "your"))
    }

    /// Whether nothing ends the clause between a claim and what follows; a comma right after the claim may stand there.
    fn same_clause(&self, end: u32, to: u32) -> bool {
        self.tokens.items()[end as usize..=to as usize]
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
            .field("hits", &self.hits)
            .finish_non_exhaustive()
    }
}
