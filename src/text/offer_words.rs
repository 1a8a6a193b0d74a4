//! The words by which a page offers something to its reader, and those by which it tells of things instead: data only, `offer` reads
//! them. Each group counts once near the words that are judged.

/// What the words of a group tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tells {
    /// So much for an offer, wherever they stand near.
    For(i32),
    /// So much against one.
    Against(i32),
    /// No offer in the sentence that they stand in, and so much against one near.
    Never(i32),
}

/// Verbs that, first in a sentence, ask the reader to take what is offered.
pub(super) const URGING: &[&str] = &[
    "buy",
    "trade",
    "invest",
    "earn",
    "stake",
    "own",
    "grab",
    "lend",
    "borrow",
    "save",
    "bet",
    "win",
    "spin",
    "play",
    "deposit",
    "hold",
    "swap",
    "sell",
    "claim",
    "join",
    "open",
    "apply",
    "enjoy",
    "discover",
    "unlock",
    "try",
    "order",
    "shop",
    "switch",
    "put",
    "turn",
    "grow",
    "build",
    "make",
    "choose",
    "pick",
    "copy",
    "follow",
    "access",
    "stop",
    "lock",
    "spread",
    "back",
    "fund",
    "subscribe",
    "meet",
    "mint",
    "collect",
    "consolidate",
    "bundle",
];

/// Verbs that do so only where a button says them, in a sentence of few words: elsewhere they are those of any manual.
pub(super) const BUTTONS: &[&str] = &[
    "register",
    "sign",
    "get",
    "start",
    "request",
    "become",
    "reserve",
    "book",
    "talk",
    "speak",
    "browse",
    "mint",
    "transfer",
    "pledge",
    "go",
    "take",
    "fix",
    "compare",
    "find",
    "move",
    "donate",
    "enrol",
    "see",
    "reserveer",
    "bekijk",
    "vraag",
    "anmelden",
    "registrieren",
    "jetzt",
    "zeichnen",
    "beantragen",
    "souscrire",
    "investir",
    "commencer",
    "demander",
    "s'inscrire",
    "suscribirse",
    "invertir",
    "solicitar",
    "registrati",
    "investire",
    "richiedi",
    "aanvragen",
    "beleggen",
    "inschrijven",
    "investir",
    "solicitar",
];

/// So many of the first groups are the seller's own voice, and what the reader is asked to do.
pub(super) const ASKING_GROUPS: usize = 2;

/// What tells for an offer or against one.
pub(super) const GROUPS: &[(Tells, &[&str])] = &[
    // the seller speaks
    (
        Tells::For(2),
        &[
            "our {..3} (app|apps|website|branch|branches|office|offices|analysts|platform|exchange|wallet|card|cards|account|accounts|fund|funds|portfolio|portfolios|etf|etfs|plan|plans|loan|loans|mortgage|mortgages|broker|brokers|traders|trading|advisers|advisors|marketplace|desk|product|products|offer|offers|offering|raise|round|bond|bonds|notes|note|token|tokens|stablecoin|stablecoins|trust|strategy|strategies|savings|isa|sipp|pension|managers|members|range|deals|rates|casino|sportsbook|games|supplement|supplements|formula|gummies|capsules|drops|course|newsletter|signals|scheme|robo-adviser|experts|store|shop|crypto|shares|tipsters|lenders|vault|vaults|staking|presale|pre-sale|coaches|clients|investors|borrowers|listings|partners|launch|crowdfunding|picks|bonus|option|options|program|programs|programme|markets|models|team|specialists|algorithm|bot|bots|robot|tables|club|odds|dealers|dealership|showroom|loan officers|officers|tournaments|jackpots|cards|customers)",
            "with us",
            "(we|we'll|we've|we're|we are|we have|we will) {..1} (offer|offering|pay|paying|give|let you|help you|charge|built|make it|match|invest|lend|bring you|launched|opened|opening|raising|take care|do the|pool|pick|look after|aim to|hand-pick|handpick|buy|beat|deliver|return|returned|run|manage|handle|source|select|back|fund|search|find you|cover|won't charge|never charge|don't charge|keep it|spread)",
            "(lets|helps|gives|allows|brings|pays|offers|gets|puts|makes) you",
            "makes it (easy|simple|effortless|quick) (to|for you)",
        ],
    ),
    // what the reader is to do
    (
        Tells::For(2),
        &[
            "(sign up|sign-up|signing up)",
            "(open|opening|create|get) (a|an|your|my) {..2} account",
            "(apply|join|register|enrol|enroll|invest|trade|buy|order|deposit|subscribe|switch|bet|play|donate|enquire|shop|start) (now|today|online|here|for free|in minutes)",
            "join (us|now|today|thousands|the (waitlist|club|community|movement|round|queue)|over|more than|{number})",
            "get started",
            "get (your|yours|a quote|my quote|the app|in early|in now|in on|approved|funded)",
            "(download|get|install) (the|our) {..1} app",
            "claim (your|yours|my|a|the)",
            "(start|begin) (buying|trading|investing|earning|saving|staking|lending|copying|playing|spinning|winning|building|growing|with|from|your|small|today|now)",
            "try {..3} (free|today|now|risk)",
            "(book|schedule|request|arrange) (a|your|an) {..2} (call|demo|consultation|chat|meeting|appointment|viewing|brochure)",
            "(talk|speak|chat) (to|with) (one of our|our|an adviser|an advisor|a specialist|us|the team)",
            "(ask|call|visit|contact|see|(talk|speak) (to|with)) (your|our|one of our) {..2} (adviser|advisers|advisor|advisors|bank|broker|brokers|distributor|planner|planners|branch|relationship manager|financial planner|dealer)",
            "(ask|whatsapp|message|contact) us",
            "(buy|subscribe|invest|units|shares|available) {..2} (through|from|at|via|on) {..1} (your|our|all|any|us)",
            "(subscribe|invest|save|start|join) (from|for|with)",
            "(open (to|for) {..2} (subscription|investors|applications|everyone)|launch offer|now trading|now listed)",
            "(request|download|get) (the|our|a|your) {..1} (factsheet|brochure|report)",
            "(call|ring|text|email|message) us",
            "(come|stop|drop|swing) (by|along|in|over|and)",
            "(use|enter|with) {..1} (code|promo code)",
            "(limited time|while stocks last|offer ends|ends (soon|midnight|sunday|monday|friday|tonight)|last chance|don't miss|hurry|act now|act fast|spots left|places left|spaces left|closing soon|closes (on|in|at)|now (open|live|available)|is live|has arrived|selling fast|going fast|before it's gone|first come|early (buyers|supporters|backers|birds|access))",
            "(see|check|view|find|get) (your|our) (rate|rates|quote|price|eligibility|offer|limit)",
            "(see|check|find out) if you (qualify|are eligible|could)",
            "(learn|find out|read|discover) (more|how)",
            "(introducing|say hello to|meet (the|our|your))",
            "your first (trade|investment|deposit|bet|order|purchase|month|loan|box|bottle|{money})",
            "(tap|click|hit) {..1} (invest|buy|join|button|link|below)",
            "(minimum|min.) {..1} (investment|deposit|stake|subscription|entry|{money})",
        ],
    ),
    // the reader's gain
    (
        Tells::For(1),
        &[
            "you (can|could|get|earn|pay|keep|own|choose|pick|decide|receive|only|just|don't need|don't have to|won't|deserve|want)",
            "you'll",
            "your {..1} (money|savings|portfolio|future|goals|retirement|wealth|cash|nest egg|capital|income|crypto|bitcoin|pension|dream*|family|wallet|phone|pocket)",
            "(for you|in your (pocket|hands)|at your fingertips)",
        ],
    ),
    // terms
    (
        Tells::For(1),
        &[
            "(from|only|just|as little as|starting at|up to|as low as|as much as) {..2} ({money}|{percent})",
            "{percent} {..2} (apr|apy|aer|p.a.|per year|a year|per annum|return*|yield|interest|off|cashback|bonus|annual*|fixed|target)",
            "(no|zero|low|lower|free of|without) {..1} (fee|fees|commission|commissions|cost|costs|hidden|minimum|catch|paperwork|hassle|jargon|credit check)",
            "{money} (a|per|an|to) (month|week|year|order|trade|day|start)",
            "(one|two|three|a few|{number}) (tap|taps|click|clicks|swipes)",
            "{money} (each|(a|per) (month|week|year|share|unit|point|token))",
            "(commission free|fee-free|risk free|bonus|free {..2} (bet|bets|spins|trial|shares|share|gift|shipping|delivery|credit|month))",
        ],
    ),
    // haste and ease
    (
        Tells::For(1),
        &[
            "(in|under|within|takes) (minutes|seconds|{number} (minutes|seconds|hours)|a few (minutes|taps|clicks)|(two|three|five|ten|a couple of) (minutes|taps|clicks))",
            "(instant|instantly|today|tonight|this (week|month|weekend|summer|winter|autumn|spring|christmas)|24/7|anytime|round the clock)",
            "(easy|easily|easier|easiest|simple|simply|simpler|effortless*|seamless*|made simple|made easy|without the|no fuss|no faff|hassle-free|in one (place|app)|all in one)",
        ],
    ),
    // praise
    (
        Tells::For(1),
        &[
            "(award-winning|award winning|trusted by|world class|world's (first|leading|best|largest)|leading|exclusive|exclusively|premium|unbeatable|market-leading|proven|powerful|smart|smarter|smartest|trusted|safest|fastest|cheapest|unique|first-class|hand-picked|handpicked|curated|expert|ultimate|perfect|brilliant|rewarding|attractive|opportunity|opportunities)",
            "(loved by|designed for|built for|made for|tailored|passion*|experienced) ",
        ],
    ),
    // news
    (
        Tells::Never(2),
        &[
            "(said|told|reported|announced|according to|reportedly|alleged*|spokesman|spokeswoman|spokesperson|(analysts|economists|researchers) (say|warn|believe|estimate)|a (survey|poll|study) (of|by|found|finds)|journalist*)",
            "(last (week|month)|yesterday|on (monday|tuesday|wednesday|thursday))",
        ],
    ),
    // law and its keepers
    (
        Tells::Never(2),
        &[
            "(regulation|regulations|directive|article {number}|annex|paragraph {number}|section {number}|guidance|consultation|rulebook|handbook|legislation|statutory|supervis*|enforcement|compliance|member state(s|)|rulemaking|statute|pursuant|hereinafter|thereof)",
            "(firms|issuers|lenders|advertisers|operators|providers|brokers|promoters|influencers|marketers|intermediaries|issuer|advertiser|companies|platforms|dealers|advisers|creditors|creditor) {..1} (must|shall|should|may not|are required|is required|have to|had to|need to|cannot|were told|are expected)",
            "(regulator(s|)|watchdog|court|tribunal|judge|minister|parliament|congress|lawmakers|prosecutor(s|)|police|ombudsman|ruling|fined|banned|penalty)",
        ],
    ),
    // fraud and harm
    (
        Tells::Never(2),
        &[
            "(scam*|fraud*|victim(s|)|beware|warn|warns|warned|ponzi|stolen|hacked|complaint(s|)|arrested|convicted|lawsuit|sued|addict*|harm(s|)|pressured|debt advice)",
        ],
    ),
    // explanation
    (
        Tells::Never(1),
        &[
            "(refers to|is called|are called|is known as|are known as|defined as|definition|glossary|terminology|in economics|in finance)",
            "(is|are) (a|an) (type|kind|form|sort|way|method|contract|measure|term|rate|document|tool|process) (of|that|in|by|for|to|which)",
        ],
    ),
    // software
    (
        Tells::Never(2),
        &[
            "(api|apis|sdk|endpoint(s|)|parameter(s|)|json|schema|webhook(s|)|repository|repo|config|configuration|configure|command line|cli|testnet|devnet|mainnet|sandbox|localhost|npm|docker|python|javascript|github|pull request|open source|boolean|payload|http|https|database|deprecated|changelog|runtime|backtesting|smart contract(s|)|full node(s|)|validator(s|)|source code|the (function|method|class|string|array|module|library|script)|(function|method) (call(s|)|return(s|)))",
        ],
    ),
    // help with what the reader has
    (
        Tells::Against(2),
        &[
            "(how do i|how can i|why (is|was|did|can't) my|what happens (if|when)|go to settings|contact support|support ticket|log in|logged in|password|two-factor|error|reset|refund(s|)|closed account|my account|if you can't|if you cannot)",
        ],
    ),
];
