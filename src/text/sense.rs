//! Whether words are said in the page's own voice: not denied, asked, quoted, attributed to others, warned about, defined.
//! The lists are English; other languages have their negations in `token`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::finder::{Finder, FinderBuilder, Hits, WordingId};
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
    /// After it in its sentence.
    After,
    /// Anywhere in its sentence.
    Sentence,
}

/// Negations that deny nothing: they stand in a promise.
const AFFIRMING: &[&str] = &[
    "not (only|just|merely|simply|least)", "(don't|do not|never) (miss|wait|worry|hesitate|forget|delay|settle|stop|let|lose out|overlook)", "no (matter|doubt|wonder|time|hidden|extra|minimum|fees|fee|commission|commissions|experience|catch|limits|limit)",
    "why not", "nothing (better|beats|less)", "(can't|cannot) (wait|go wrong|lose|miss)", "never (again|lose|been easier|been)", "without (lifting|leaving|doing|any effort|effort|hassle|stress|worry|worries|delay)", "not to mention",
    "(no|not a) (joke|secret|scam|kidding)",
];

/// Phrases that excuse, by reason and place.
const EXCUSES: &[(Excuse, Reach, &[&str])] = &[
    (Excuse::Warned, Reach::Sentence, &[
        "(beware|wary|careful|cautious|sceptical|skeptical|suspicious) (of|about)", "scam*", "fraud*", "ponzi", "pyramid scheme*", "red flag*", "warning sign*", "too good to be true", "con (artist|artists|men)",
        "illegal", "unrealistic", "misleading", "deceptive", "mis-sold", "false (claim*|promise*|hope*|advertis*)", "empty promise*", "prohibited", "forbidden", "banned", "not allowed", "must not", "may not (claim|say|promise|state|use|imply)",
        "(is|are|was|were) a (myth|lie|fantasy|trap|gimmick)", "(watch out|look out) for", "steer clear of", "stay away from", "run away", "fall for", "fell for", "trap", "phishing", "impersonat*",
    ]),
    (Excuse::Warned, Reach::Before, &[
        "avoid*", "ignore", "distrust", "reject", "beware", "(warn|warns|warned|warning) (about|of|against|that|investors|consumers)", "never (trust|believe|buy into)", "(don't|do not) (trust|believe|expect|assume|buy into)", "instead of", "rather than", "treat* {..4} (like|as)",
        "(like|as if|as though) (a|they|it|they're|it's|were|are)", "expect* {..6} to (behave|act|work) like", "assum* {..2} (that)", "mistake*", "the (myth|illusion|idea|notion|belief|assumption|promise|promises|lure|allure) (of|that)",
    ]),
    (Excuse::Attributed, Reach::Before, &[
        "(he|she|they|it|who|someone|anyone|anybody|some|many|most|others|people|promoter*|seller*|guru*|influencer*|competitor*|caller*|website|websites|site|sites|firms|companies|schemes|platforms|operator*|sponsor*|ads|adverts|investors|critics|advertis*) [that|who|which|often|always|falsely|also] (promise|promises|promised|promising|claim|claims|claimed|claiming|offer|offers|offered|offering|say|says|said|guarantee|guarantees|guaranteed|advertise|advertises|advertised|advertising|expect|expects|believe|believes|tout|touts|touted)",
        "(firms|companies|platforms|products|schemes|offers|sites|anyone|someone|person|people|websites|brokers|investment|investments|ads|adverts) that (promise|claim|offer|guarantee|advertise)*", "(promising|claiming|advertising|touting) (you|investors|clients|users|people|victims)", "according to", "claims of", "promises of", "so-called", "supposed*", "alleged*", "purported*", "(is|are|was|were) (considered|described|called|said|claimed|marketed|sold|advertised|presented|billed)",
        "(often|sometimes|commonly|frequently|usually) (called|considered|described|marketed|sold)", "if {..6} (promise|promises|offers|claims|guarantees)", "anyone (who|selling|offering|promising)", "(you're|you are) looking for",
    ]),
    (Excuse::Attributed, Reach::After, &["(he|she|they|the caller|the email|the ad|the advert|the website) (said|says|claimed|claims|promised|told)"]),
    (Excuse::Denied, Reach::After, &[
        "(do|does|did) not exist", "(don't|doesn't|didn't) exist", "(is|are|was|were) (impossible|not possible|never|not|no|nonsense|unlikely|a red flag|rare|nowhere)", "(isn't|aren't|wasn't|weren't|never|cannot|can't|won't)", "no such thing", "not guaranteed", "gibt es nicht",
    ]),
    (Excuse::Denied, Reach::Before, &["free (of|from)", "far from", "(refuse|refuses|decline|declines|fail|fails|failed|unable|impossible|stop|stops|stopped|forbid|forbids|prohibit*|ban|bans|banned) {..3}", "hardly", "barely", "rarely", "seldom", "no such thing as", "lack* [of|any]", "(is|are|was) (anything but|far from)", "think twice"]),
    (Excuse::Defined, Reach::Sentence, &[
        "(the) (term|phrase|word|words|expression|concept) [of]", "definition", "defined as", "(refers|refer) to", "stands for", "(is|are) known as", "theoretical*", "hypothetical*", "in theory", "for example, if", "stress test*",
    ]),
];

/// Headings and lead-ins under which claims are examples, not promises.
const GOVERNING: &[&str] = &[
    "scam*", "fraud*", "red flag*", "warning sign*", "beware", "avoid", "myth*", "misconception*", "mistake*", "prohibited", "forbidden", "banned", "not allowed", "do not (say|use|write|claim)", "don't (say|use|write|claim)", "never (say|use|write|claim|promise)",
    "(cannot|can't|do not|don't|not) (guarantee|promise|offer)", "examples of {..4} (claims|promises|wording|language)", "misleading", "too good to be true", "glossary", "definition*", "terminology", "(non-compliant|noncompliant) [claims|wording|language]",
];

/// Words that end the reach of a negation.
const CLAUSE_BREAKS: &[&str] = &["but", "however", "yet", "although", "though", "whereas", "while", "because", "so", "instead"];
/// How many words a negation reaches over, and a determiner (`no`, `without`) over.
const VERB_REACH: usize = 12;
const NOUN_REACH: usize = 5;

struct Lists {
    finder: Finder,
    affirming: Vec<WordingId>,
    excuses: Vec<(Excuse, Reach, Vec<WordingId>)>,
    governing: Vec<WordingId>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut builder = FinderBuilder::default();
    let mut add = |phrases: &[&str]| -> Vec<WordingId> {
        let none = BTreeMap::new();
        phrases.iter().map(|phrase| builder.phrase(&Phrase::parse(&trimmed(phrase), &none).expect("built-in phrases are tested"))).collect()
    };
    let affirming = add(AFFIRMING);
    let excuses = EXCUSES.iter().map(|(excuse, reach, phrases)| (*excuse, *reach, add(phrases))).collect();
    let governing = add(GOVERNING);
    Lists { finder: builder.build(), affirming, excuses, governing }
});

/// A list may say "these, then some words" with a gap at the end, which a phrase of a pack may not.
fn trimmed(phrase: &str) -> String {
    let phrase = phrase.trim();
    match phrase.rfind("{..") {
        Some(at) if phrase.ends_with('}') => phrase[..at].trim_end().to_owned(),
        _ => phrase.to_owned(),
    }
}

/// Words in a passage, looked at for how they are meant.
pub struct Said<'a> {
    text: &'a Text,
    tokens: &'a Tokens,
    hits: Hits,
}

impl<'a> Said<'a> {
    /// Looks for what excuses in one passage.
    #[must_use]
    pub fn new(text: &'a Text, passage: Passage, tokens: &'a Tokens) -> Self {
        let hits = LISTS.finder.find(text, &[passage], &|_| tokens);
        Self { text, tokens, hits }
    }

    /// Whether a heading or a lead-in makes examples of what stands under it.
    #[must_use]
    pub fn governs(&self) -> bool {
        !self.hits.of_all(&LISTS.governing).is_empty()
    }

    /// Why the words `first..end` are no claim of the page's own; none when they are.
    #[must_use]
    pub fn excuse(&self, first: u32, end: u32) -> Option<Excuse> {
        if self.tokens.asks(first as usize) {
            return Some(Excuse::Asked);
        }
        if self.denied(first, end) {
            return Some(Excuse::Denied);
        }
        if self.quoted(first as usize, end as usize) {
            return Some(Excuse::Quoted);
        }
        let sentence = self.tokens.sentence(first as usize);
        for (excuse, reach, phrases) in &LISTS.excuses {
            let excused = self.hits.of_all(phrases).into_iter().any(|hit| {
                let (from, to) = (hit.first as usize, hit.end as usize);
                let same = sentence.contains(&from);
                same && match reach {
                    Reach::Before => to <= first as usize,
                    Reach::After => from >= end as usize,
                    Reach::Sentence => to <= first as usize || from >= end as usize,
                }
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
        let affirming = self.hits.of_all(&LISTS.affirming);
        let items = self.tokens.items();
        let mut commas = false;
        for (distance, at) in (0..first as usize).rev().enumerate() {
            let between = items[at + 1].before;
            if between.has(Between::STOP) || between.has(Between::SEMICOLON) || between.has(Between::DASH) || distance >= VERB_REACH {
                break;
            }
            commas |= between.has(Between::COMMA) || between.has(Between::COLON);
            let word = self.text.token(&items[at]);
            if CLAUSE_BREAKS.contains(&word) {
                break;
            }
            if !is_negation(word) {
                continue;
            }
            let number = u32::try_from(at).expect("passages are small");
            if affirming.iter().any(|hit| (hit.first..hit.end).contains(&number) && hit.end <= end) {
                continue;
            }
            let noun = matches!(word, "no" | "without" | "non" | "none" | "nothing");
            let listed = noun && distance < VERB_REACH && self.lists(at, first as usize);
            if !noun || (distance < NOUN_REACH && !commas) || listed {
                return true;
            }
        }
        false
    }

    /// Whether the words between a negation and a claim are a list that ends in `or` or `nor`.
    fn lists(&self, from: usize, to: usize) -> bool {
        self.tokens.items()[from..to].iter().any(|token| matches!(self.text.token(token), "or" | "nor"))
    }

    /// Whether the words stand between double quotation marks.
    fn quoted(&self, first: usize, end: usize) -> bool {
        let items = self.tokens.items();
        let marks = |range: std::ops::Range<usize>| items.get(range).unwrap_or_default().iter().filter(|token| token.before.has(Between::QUOTE)).count();
        let before = marks(0..first + 1);
        let after = marks(end..items.len()) + usize::from(self.tokens.after().has(Between::QUOTE));
        before % 2 == 1 && after > 0
    }
}

impl std::fmt::Debug for Said<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Said").field("hits", &self.hits).finish_non_exhaustive()
    }
}
