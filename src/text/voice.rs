//! The words by which a page denies, attributes, warns of or explains what it says. English, and data only: `sense` reads them.

use super::Excuse;

/// Where words that excuse must stand, seen from the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Before it in its sentence.
    Before,
    /// Soon after it in its clause.
    After,
    /// Right before it.
    Touching,
    /// Between its own words.
    Within,
    /// Anywhere in its sentence.
    Sentence,
}

/// Negations that deny nothing that follows: "not only", "don't miss".
pub(super) const AFFIRMING: &[&str] = &[
    "not (limited to|to mention|suitable|be suitable|appropriate|insured|fdic|forget)",
    "no (doubt|matter|wonder|question|longer a secret|fees|fee|experience|cost|costs|additional|extra|hidden|commission|catch|minimum|limits|joke|secret)",
    "without (doubt|limitation|lifting|leaving|effort|any effort|hassle|stress|worry|delay|doing)",
    "why not",
    "(whether|if) or not",
    "(cannot|can't) (stress|wait|go wrong)",
    "(don't|do not|never) (miss|forget|wait|worry|hesitate|delay|settle|overlook|miss out)",
    "no need to worry",
    "never (again|been easier)",
];

/// Negations that deny nothing of a claim; of a statement that is owed they take back a half.
pub(super) const AFFIRMING_CLAIMS: &[&str] = &[
    "not (only|just|merely|simply|least)",
    "nothing (but|better|beats|less)",
];

/// Questions that hold out to their reader what they ask about: "Want to earn guaranteed profits?"
pub(super) const INVITING: &[&str] = &[
    "(want|wanna|would you like|do you want|how would you like|are you ready|ready|wouldn't you like|don't you want|who wants|who doesn't want|fancy) [to] (earn|earning|make|making|receive|receiving|get|getting|have|enjoy|double|doubling|triple|multiply|grow|become|a|an|your|guaranteed|some|more)",
    "(möchten sie|möchtest du|wollen sie|willst du|lust auf)",
    "(voulez-vous|vous voulez|envie de|souhaitez-vous)",
    "(quieres|quiere usted|te gustaría|le gustaría)",
    "(vuoi|vuole|ti piacerebbe|vi piacerebbe)",
    "(wil je|wilt u|zou je|zou u)",
    "(quer|você quer|gostaria de)",
];

/// Phrases that excuse, by reason and place.
pub(super) const EXCUSES: &[(Excuse, Reach, &[&str])] = &[
    (
        Excuse::Denied,
        Reach::After,
        &[
            "(do|does|did|is|are|was|were|can|will|would) not",
            "(don't|doesn't|didn't|isn't|aren't|wasn't|weren't|can't|won't|cannot)",
            "(is|are|was|were) {..3} (trick|con|ruse|bait|hoax|giveaway|warning|alarm)",
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
    (Excuse::Denied, Reach::Touching, &["zero", "any"]),
    (
        Excuse::Attributed,
        Reach::After,
        &["claims", "(or|and) {..2} claims"],
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
            "(risk|fraud|scam|ponzi|warning) (indicator|sign|signal|marker|hallmark)(s|)",
            "mlm",
            "scam(s|my|)",
            "scammer*",
            "fraud*",
            "ponzi",
            "pyramid scheme*",
            "too good to be true",
            "(nothing short of|simply|frankly) (laughable|absurd|ridiculous)",
            "(is not|isn't) (what you're looking for|what you are looking for|for you)",
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
            "untrue",
            "(wrong|false) to",
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
            "(phrase(s|)|word(s|)|term(s|)|claim(s|)|keyword(s|)|slogan(s|)|wording|expression(s|)|language) (like|including)",
            "such as",
            "the expression",
        ],
    ),
    (
        Excuse::Attributed,
        Reach::Before,
        &[
            // persons and plurals: what they say is theirs
            "(anyone|someone|anybody|somebody|people|those|they|he|she|scammer(s|)|fraudster(s|)|firms|companies|brokers|sites|websites|platforms|schemes|bots|apps|groups|channels|ads|adverts|advertisements|influencers|gurus|promoters|operators|sponsors|salesmen|salespeople|advisers|advisors|vendors|sellers|investors|traders) {..4} (promis*|claim*|advertis*|offer(s|ed|ing|)|tout*|boast*|guarantee(s|ing|)|sell*|sold|say*|said|tell*|told|pitch*|market(s|ed|)|assure*|expect*|believe*|assume*)",
            // one of many: "any platform that offers", not "our platform offers"
            "(any|some|every|another|other|such|fake|these|many|most|this type of) {..2} (firm|company|broker|site|website|platform|scheme|ad|advert|advertisement|influencer|guru|promoter|operator|sponsor|salesman|adviser|advisor|vendor|seller|caller|email|message|person|investment) {..3} (promis*|claim*|advertis*|offer(s|ed|ing|)|tout*|boast*|guarantee*|sell*|sold|say*|said|tell*|told|pitch*|assure*)",
            "(some|many|most|such|certain|other) {..1} (schemes|plans|funds|products|policies|contracts) {..1} (provide|offer|give|pay|promise)",
            "(a|an|the) {..2} (firm|company|broker|site|website|scheme|sponsor|promoter|salesman|caller|seller|scammer|operator|stranger|person|man|woman) {..2} (promis*|claim*|tout*|boast*|pitch*|say|says|said|tell*|told)",
            "(that|which) (claim|claims|promise|promises|boast*|pretend*|advertise|advertises)",
            "who (tell*|told|say|says|said|claim*|promis*|assure*|swear*)",
            "(had|has|was|were|which|allegedly|reportedly|once) {..1} (advertis*|promis*|claim*|tout*|boast*|pitch*)",
            "(claimed|alleged|allegedly|promised|promising|purported*|touted|falsely|boasted|accus*|charged|fined|sued|convict*|sentenced|indict*|prosecut*|supposed*)",
            "according to",
            "(friend|stranger|caller|colleague|cousin|neighbor|neighbour|coworker|acquaintance|scheme|scam|ad) {..3} (tell(s|)|offer(s|)|promis*|claim(s|ing)|text(s|)|message(s|)|pitch(es|)|invite(s|)|ask(s|)|say(s|)|told|approach*)",
            "you must (provide|say|tell|promise|offer|claim|give)",
            "(profile|persona|target (audience|user|users|customer|customers|investor|investors))",
            "(sounds|looks|feels|seem(s|)) like",
            "(like|as if|as though|behave(s|)|treat*|mistak*) {..1} like",
            "treat* {..4} (like|as)",
            "(behave|act|work|look) like",
            "(assum*|believ*|thinking|expect*) {..3} that",
            "(claims|promises|promise|offers|pitches|ads) (of|like|such as)",
            "(any|either|each) {..1} of (these|the following)",
            "promise(s|) (guaranteed|assured|fixed|high|huge|daily|you|returns|profits)",
            "(if|when|whenever) (someone|anyone|a|an|somebody|they) {..6} (promis*|claim*|guarante*|offer*|says)",
            "(if|when|whenever) (an|a|the|any|your) {..1} (investor|user|client|customer|reader|lead) {..2} (ask*|want*|demand*|request*|expect*)",
            "(you're|you are) looking for",
            "(instead of|rather than)",
            "(don't|do not|never) (trust|believe|expect|assume|buy into)",
        ],
    ),
    (
        // "groups that claim a 100% win rate"
        Excuse::Attributed,
        Reach::Within,
        &[
            "(that|which|who) (claim*|promis*|quote(s|)|brag*|boast*|pretend*|advertis*|say|says|said|tell|tells|told)",
            "(falsely|allegedly|supposedly|so called)",
        ],
    ),
    (
        // the verb is of the claim itself: "anyone who guarantees profits"
        Excuse::Attributed,
        Reach::Touching,
        &[
            "(anyone|anybody|someone|somebody|those|people|he|she|scammer(s|)|fraudster(s|)|promoters|influencers|gurus|schemes|ads|adverts) (who|that|which)",
            "(who|that|which) (falsely|routinely|often|always|also)",
            "only (people|person|ones|party|parties|one)",
            "(he|she|they|whoever|scammer(s|)|fraudster(s|)|promoters|influencers|gurus|schemes)",
            "(any|some|every|no|another|a) {..1} (firm|company|broker|site|website|platform|scheme|advert|influencer|guru|promoter|adviser|advisor|seller|person|investment|strategy|bot) (who|that|which)",
        ],
    ),
    (
        Excuse::Attributed,
        Reach::Before,
        &["(imagine|picture) (a|the) {..2} (world|market|place) (where|in which|that)"],
    ),
    (
        Excuse::Attributed,
        Reach::Sentence,
        &[
            "arbitrageur(s|)",
            "for (themselves|himself|herself)",
            "(regulators|regulator|police|officials|prosecutors|he|she|they|sec|fca|court|authorities|watchdog|victims) (said|say|says|warned|warns|alleged|told)",
        ],
    ),
];

/// What a lead-in or a heading says that makes examples of what stands under it.
pub(super) const GOVERNING: &[&str] = &[
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
    "(do not|don't|never|must not) (say|use|write|claim|promise|include|contain|mention)",
    "(should not|shouldn't|do not|don't) expect",
    "(must_not|must-not|do_not|forbidden|banned|blocked|prohibited|disallowed|blacklist|denylist)*",
    "misleading",
    "too good to be true",
    "false promise*",
    "unrealistic",
    "examples of {..4} (claims|promises|wording|language)",
    "(non-compliant|noncompliant)",
    "should (block|fail|flag|reject)",
    "illegal",
    "watch out",
    "steer clear",
    "definition(s|)",
    "glossary",
];

/// What follows a term that a sentence explains.
pub(super) const DEFINING: &[&str] = &[
    "(is|are|means|denotes) (a|an|any|the|one) {..4} (that|which|where|when|whose)",
    "(is|are|means) (when|where)",
    "(refers|refer) to",
];

/// Words that end the reach of a negation; `and` does before one of the second list.
pub(super) const CLAUSE_BREAKS: &[&str] = &[
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
    "instead",
];

pub(super) const NEW_SUBJECTS: &[&str] = &[
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

/// Words after `as` that begin a clause of their own.
pub(super) const SUBJECTS: &[&str] = &["you", "we", "they", "it", "i"];

/// Words after a comma that go on with what was begun.
pub(super) const CONTINUING: &[&str] = &[
    "including",
    "such",
    "or",
    "nor",
    "especially",
    "even",
    "however",
];

/// Words that make a clause of what follows `and`.
pub(super) const FINITE: &[&str] = &[
    "is", "are", "was", "were", "should", "must", "may", "might", "can", "could", "will", "would",
    "has", "have",
];

/// Words by which a page speaks of itself.
pub(super) const OWN: &[&str] = &["we", "our", "us", "my", "i", "we're", "i'm", "we've"];
