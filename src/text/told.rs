//! Whether words tell of a statement instead of making it: rules, prompts, tests, checklists and reports that quote or demand it.
//! A reader of "The footer must say that capital is at risk" was not told so.

use super::hits::beginning;
use super::sense::Said;
use super::token::Between;

/// What says, before words, that others say or must say them, or that they are not so: of no use as a statement of the page's own.
pub(super) const REPORTING: &[&str] = &[
    "(must|shall|should|has to|have to|had to|required to|need to|needs to|obliged to|ought to|fail to|fails to|failed to|forget to|forgot to|omit* to|neglect* to|how to|remember to) [also|always|clearly|prominently|both|then|not] (say|state|tell|include|carry|display|disclose|append|mention|print|show|warn|add|write|explain|point out|make (it|this) clear|remind)",
    "(require(s|d|)|requiring|oblige(s|d|)|obliging|force(s|d|)|order(s|ed|)|instruct(s|ed|)|ask(s|ed|)) {..6} to (say|state|tell|include|carry|display|disclose|append|mention|print|show|warn|add|write|explain)",
    "(tells|told|telling|reminds|reminded|reminding|warns|warned|informs|informed) (users|readers|customers|clients|investors|visitors|people|consumers|the (reader|user|client|customer|public)) [clearly] (that|to|not to|about|of)",
    "(banner|notice|label|footer|disclaimer|sentence|statement|wording|slogan|clause|line|tagline|boilerplate|warning|sticker|pop-up|popup) {..2} (says|saying|said|reads|reading|states|stating|tells|such as|like|to the effect)",
    "(disclosure|disclaimer|notice|banner|footer|warning|label|text|popup|modal) {..8} (stating|saying|reading|tells|explains|says|reads)",
    "(phrase|clause|claim|idea|notion|slogan|assumption|argument) that",
    "without (saying|stating|mentioning|warning|telling|disclosing|adding)",
    "(never|not|didn't|doesn't|don't) (say|said|state|stated|mention|mentioned|disclose|disclosed|tell|told)",
    "(add|adds|adding|insert|append|put|write|use|paste) (a|an|the) {..2} (line|sentence|notice|banner|footer|label|statement|disclaimer|warning|note|phrase|tagline) {..2} (such as|like|that|saying|reading|about)",
    "(some|many|critics|they|experts|lawyers|analysts|regulators|opponents) (say|said|argue(s|d|)|claim(s|ed|)|complain*) [that]",
    "(false|untrue|wrong|nonsense|misconception) (that|to (say|think|claim|believe|assume))",
    "(not|isn't|never|hardly) (true|the case|correct|so) that",
    // what others warn of, find and are fined for
    "(warns|warned|admits|admitted|reveals|revealed|found|finds|estimates|estimated) that",
    "(fail|fails|failed|failing|failure) to (tell|inform|warn|disclose|state|mention|say|explain|show|display|include)",
    "(articles|pages|posts|documents|emails|ads|adverts|banners|disclaimers|footers|brokers|platforms|firms|providers) [must|should|all] (say|state|tell|carry|show|display|mention|disclose)",
    "(answer(s|ed|)|repl(y|ies|ied)|respond(s|ed|)|testified|insisted|complained|told {..3}) that",
    "(something|anything|words|wording|text|line|sentence|phrase|copy) (like|along the lines of)",
    "(need|needs|want|wants|lacks|carry|carries) (a|an|the) {..2} (legend|warning|disclaimer|notice|line|sentence|disclosure|statement)",
    "legend {..2} (saying|stating|that)",
    "(want|wants|expect|expects|would like|urge(s|d|)) {..4} to [clearly|also|always] (say|state|tell|include|carry|display|disclose|mention|show|warn|add|explain)",
    "(typo(s|)|mistake(s|)) in (the|a|our)",
    "the (disclaimer|phrase|sentence|warning|notice|slogan|disclosure) {..1} (reminds|warns|notes|informs|clarifies|explains|means|is)",
    "(disclaimer|notice|warning|disclosure|legend) (should|must|needs to|has to|could) be",
    "(he|she) {..1} (had|has|was|did|would|could|will|says|said|told|never)",
    // what has to be written
    "(must|shall|should|has to|have to|needs to|need to) [also|always|clearly|not|never] (carry|contain|bear|feature|appear|end with|start with|begin with|open with|close with|have|link to|use)",
    "(must|shall|should|has to|have to|needs to|need to) be {..2} (stated|said|shown|displayed|told|warned|informed|reminded|disclosed|included|worded|followed by|accompanied)",
    "(bot|assistant|model|agent|chatbot|ai|llm|reply|response|answer|output) (must|should|shall|has to|needs to)",
    "(requires|required|requirement|obligation|mandates|prescribes|prescribed|demands|asks for|calls for) {..3} (statement|sentence|wording|warning|disclaimer|disclosure|notice|text|phrase|line)",
    "(check|checks|checked|verify|verifies|ensure|ensures|make sure|confirm|confirms|test|tests) {..1} (that|the|if|whether) {..4} (footer|banner|page|disclaimer|text|label|warning|notice|copy|email|post|article|output|response|answer|reply|screen|modal|header) {..3} (say|says|state|states|read|reads|contain|contains|include|includes|show|shows|mention|mentions|has|carries|displays|renders)",
    "(footer|banner|disclaimer|text|label|warning|notice|copy|email|output|response|answer|reply|screen|modal|message|sentence) {..1} (contains|includes|mentions|reads|says|states) {..2} (that|the|this)",
    "(footer|banner|label|notice|copy|modal|answer|reply|response|output) {..1} (reads|says|states|mentions|suggests)",
    "(require(s|d|)|demand(s|ed|)|provide(s|d|)) that {..10} (disclose|state|say|tell|warn|include|display|inform)",
    "(must not|should not|mustn't|shouldn't|may not) [ever|be] (give|giving|provide|offer|make|output|contain|present|generate)",
    // what others must say, and said, in German, French, Spanish, Italian, Portuguese, Dutch
    "(müssen|muss|sollen|soll|sollten|sollte) {..8} (hinweisen|hinweist|warnen|angeben|aufklären|informieren|enthalten|stehen)",
    "(disclaimer|haftungsausschluss|warnhinweis|broker|regulierer|bafin|esma|fca|artikel|text) {..3} (weist|weisen|warnt|warnen|besagt|lautet|verlangt|fordert|erklärt)",
    "weist {..2} (disclaimer|haftungsausschluss|warnhinweis|broker) {..6} hin",
    "(hinweisen|warnen|angeben|aufklären|informieren) (müssen|muss|sollen|sollten)",
    "(doit|doivent|devra|devront) {..3} (avertir|informer|mentionner|afficher|préciser|indiquer|rappeler|comporter|contenir|inclure)",
    "(debe|deben|deberá|deberán) {..3} (advertir|informar|indicar|incluir|mostrar|contener|mencionar)",
    "(recordó|advirtió|señaló|explicó|afirmó) que",
    "(deve|devono|dovrà|dovranno|devem|deverá) {..3} (avvertire|informare|indicare|riportare|contenere|specificare|mostrare|includere|alertar|avisar|informar|incluir|mencionar|conter|exibir)",
    "(ha|hanno) {..1} (ricordato|avvertito|dichiarato|spiegato) che",
    "(moet|moeten|dient|dienen) {..8} (vermelden|waarschuwen|wijzen|bevatten|melden)",
    "(insufficient|clear|no|missing|prominent|explicit|lacks) {..1} (warning(s|)|explanation|disclosure|statement|notice|mention) (about|of|that)",
    // tests
    "assert*",
    "tocontain*",
    "tomatch*",
    "toequal",
    "tohavetext*",
    "tohavetextcontent",
    "getbytext",
    "querybytext",
    "findbytext",
    "should {..1} (contain|render|display|show)",
];

/// What tells a writer, a program or a model what to write, where it opens a clause: "Always state that …", "Never give financial advice".
pub(super) const ORDERING: &[&str] = &[
    // "That 70% of them lose is the only figure we have"
    "that {percent}",
    "why (most|many|so many|traders|investors|people|some|retail)",
    "caution that",
    // what a list of features says of a page: "Explains that …"
    "[clearly] (explains|displays|warns|reminds|discloses|informs|emphasi(s|z)es|clarifies) {..3} (that|of|risk(s|)|loss(es|)|user(s|)|the)",
    "(emphasi(s|z)e|highlight|stress|underline) the {..1} (need|importance|risk(s|)|fact)",
    "so (that|the) {..1} (users|user|customers|customer|readers|clients|visitors) (understand|understands|know|knows|see|sees|can)",
    "[please|always|also|then|and|clearly|explicitly|briefly|must] (state|say|mention|clarify|stress|emphasi(s|z)e|make clear|indicate|disclose|remind|warn|tell|inform|explain) {..2} (that|the (user|reader|client|customer)|users|readers|clients|customers|them)",
    "[please|always|also|then|and] (add|include|insert|append|display|put|write|use|print|render|provide|give|attach|prepend|generate|create|draft) {..6} (disclaimer(s|)|warning(s|)|notice|line|sentence|statement|disclosure|banner|note|caveat|wording|reminder|text|phrase|footer)",
    "(tell|remind|warn|advise|urge) (people|users|readers|clients|customers|them) to",
    "[please|always|also|then] (end|finish|close|conclude|start|begin|open) {..4} (with|by)",
    "(change|replace|rename|reword|rewrite|translate|shorten|remove|delete|move|fix|update|rephrase|drop) (the|all|every|any|our|this) {..3} (disclaimer(s|)|warning(s|)|notice|line|sentence|statement|disclosure|banner|wording|text|phrase|footer|copy)",
    "(never|do not|don't|avoid|must not|should not|mustn't) [ever] (give|giving|provide|providing|offer|offering|make|making|present|recommend|generate|render|output) {..6} (advice|recommendation(s|)|suggestion(s|)|offer(s|)|promise(s|))",
    "(never|do not|don't|avoid) (say|saying|write|writing|use|using|claim|claiming|promise|state|tell|telling|imply) {..2} (that|the|a|any|an)",
    // what rules in other languages tell a writer: French, German, Dutch, Spanish, Italian
    "(mentionne|rappelle|indique|précise|ajoute|inclus|termine|mentionner|rappeler|indiquer|préciser|ajouter|inclure) {..2} (que|qu'*|les|le|la|un|une|par)",
    "(erwähne|weise|füge|schreibe|nenne|ergänze) {..3} (dass|hin|auf|den|das|die|einen|hinzu)",
    "(gib|geef|geven) [nooit|niemals|nie] (keine|keinerlei|geen)",
    "(vermeld|noem|schrijf|voeg) {..2} (dat|de|het|een|toe)",
    "(menciona|indica|añade|incluye|menzionare|menziona|aggiungi|includi|mencione|inclua|adicione) {..2} (que|che|el|la|un|una|uma|il|siempre)",
    "(no des|no ofrezcas|non dare|non fornire|não dê|ne donne|ne donne pas|ne fournis)",
];

/// What says, where it opens a sentence, that a whole paragraph speaks to a model or to those who build the page.
pub(super) const PROMPTING: &[&str] = &[
    "you are (a|an|the) {..3} (assistant|chatbot|bot|agent|model|copywriter|ai)",
    "[the] (system|developer|user) prompt(s|)",
    "prompt(s|)",
    "you are {..2} (a|an) {..3} (assistant|chatbot|copywriter|language model)",
    "(if|when|whenever) (the|a) (user|customer|reader)(s|) (ask|asks|asked|wants|requests)",
    "(todo|fixme|feat|fix|chore)",
    "[your] role act as",
    "act as (a|an)",
    "your (role|task|job) (is|as)",
    "(req|fr|nfr|ac|tc) {number}",
    "(acceptance criteri(on|a)|test case(s|)|user story|definition of done)",
    "(tu es|du bist|je bent|eres|sei|você é) (un|une|ein|eine|een|um|uma) {..4} (assistant|assistente|asistente|agent|chatbot|assistent|bot)",
    "as (a|an|the) {..2} (user|officer|writer|editor|developer|visitor|investor|trader|client|customer|platform|owner) i (want|need|see|expect|can)",
];

/// What a heading, a lead-in or the head of a table says that demands what stands under it, or gives it as an example.
pub(super) const DEMANDING: &[&str] = &[
    "(required|mandatory|prescribed|sample|example|suggested|proposed|recommended|template|approved|canonical|boilerplate|placeholder|verbatim|exact|expected|forbidden|banned) [risk|legal|footer|page|standard] (disclaimer(s|)|disclosure(s|)|wording(s|)|text(s|)|language|footer(s|)|banner(s|)|notice(s|)|label(s|)|statement(s|)|warning(s|)|copy|sentence(s|)|phrase(s|)|clause(s|)|string(s|)|line(s|))",
    "(old|new|current) [risk|legal|footer|page|standard] (disclaimer(s|)|disclosure(s|)|wording(s|)|text(s|)|language|footer(s|)|banner(s|)|notice(s|)|label(s|)|statement(s|)|warning(s|)|copy|sentence(s|)|phrase(s|)|clause(s|)|string(s|))",
    "(disclaimer|disclosure|warning|content|copy|writing|editorial|style|tone|brand|voice|prompt|compliance|legal|wording) (rule(s|)|requirement(s|)|checklist|guideline(s|)|guide|check(s|)|spec*|test(s|)|template(s|))",
    "(acceptance criteria|definition of done|(review|launch|pre-launch|release|seo|qa|audit|content) checklist|test (cases|plan|scenarios)|user stories)",
    "[the] (system|developer|user) prompt(s|)",
    "(what|how) to (say|write|include|word|disclose|phrase)",
    "(do's and don'ts|dos and don'ts|things to say|phrases to (use|avoid))",
    "(must|shall|should|has to|have to|needs to|need to) {..3} (say|state|include|carry|display|disclose|contain|show|mention|read|have|use|appear|cover)",
    "(say|says|state|states|write|use|uses|include|includes|add|append|mention|mentions|cover|display|displays) {..3} (following|one of|these|this|verbatim|exactly|least)",
    "(is|are) (required|mandatory|demanded|compulsory)",
    "(add|adds|added|adding|inserts|inserted|includes|included) {..6} (disclaimer|warning|notice|disclosure)",
    "(requires|require|required|demands|prescribes) [that|the|a|this] (disclaimer(s|)|statement(s|)|following|wording|warning(s|)|text)",
    "(rule(s|)|regex|pattern(s|)|phrase(s|)|keyword(s|)|string(s|)) {..3} (match|matches|matched|detect*|flag(s|ged)|look(s|) for|search* for|check(s|ed|) for)",
    "(footer|banner|label|notice|disclaimer|modal|page|pop-up|popup) (reads|says|states|shows|must)",
    "(text|wording|copy|disclaimer|footer) (suggestion(s|)|proposal(s|)|draft(s|)|deck)",
    "(wireframe(s|)|mockup(s|)|mock-up(s|)|microcopy|(ui|ux|screen) (copy|text(s|)))",
    "(to be|be) (reviewed|confirmed|approved|signed off) (by|with)",
    "wörtlich (aufzunehmen|zu übernehmen)",
];

/// What ends a report: what follows is the page's own again.
pub(super) const OWN_AGAIN: &[&str] = &["but", "however", "yet", "so", "therefore"];

/// A quotation of fewer words is a name or a pair of scare quotes.
const QUOTED_WORDS: u32 = 3;

impl Said<'_> {
    /// Whether the words begin in a quotation of several words or reach so far into one, other than a text in a program.
    #[must_use]
    pub fn quoted_whole(&self, first: u32, end: u32) -> bool {
        let quoted = |&(from, to): &(u32, u32)| {
            let shared = end.min(to).saturating_sub(first.max(from));
            let begins = from <= first && first < to && to - from >= QUOTED_WORDS;
            begins || shared >= QUOTED_WORDS
        };
        !self.tokens.is_string()
            && (self.tokens.opens_quoted() || self.tokens.quotations().iter().any(quoted))
    }

    /// Whether words before these say that others say them, or must: "the banner says that capital is at risk".
    #[must_use]
    pub fn reported(&self, first: u32, end: u32) -> bool {
        let sentence = self.sentence(first, end);
        let again = |from: u32| (from..first).any(|at| OWN_AGAIN.contains(&self.word(at)));
        let reports = beginning(&self.voice.reporting, 0, sentence.start..first);
        let orders = beginning(&self.voice.ordering, 0, sentence.start..first + 1);
        let opens = |at: u32| at == sentence.start || self.parted(at);
        let prompts = beginning(&self.voice.prompting, 0, 0..first);
        reports
            .iter()
            .any(|hit| hit.end <= first && !again(hit.end))
            || orders
                .iter()
                .any(|hit| opens(hit.first) && !again(hit.end.min(first)))
            || prompts.iter().any(|hit| self.opens_sentence(hit.first))
    }

    /// Whether the passage demands or exemplifies what stands under it.
    #[must_use]
    pub fn demands(&self) -> bool {
        !self.voice.demanding.is_empty()
    }

    /// Whether the passage ends in telling what others say or must: "The banner reads:".
    #[must_use]
    pub fn ends_telling(&self) -> bool {
        let count = self.tokens.items().len();
        let last = u32::try_from(self.tokens.sentence(count.saturating_sub(1)).start).unwrap_or(0);
        [&self.voice.demanding, &self.voice.reporting]
            .into_iter()
            .any(|hits| hits.iter().any(|hit| hit.first >= last))
            || (self.voice.ordering.iter()).any(|hit| hit.first >= last && self.parted(hit.first))
    }

    /// Whether a clause begins with the word at `at`.
    fn parted(&self, at: u32) -> bool {
        let before = self.tokens.items()[at as usize].before;
        let ends = [
            Between::STOP,
            Between::SEMICOLON,
            Between::DASH,
            Between::COLON,
            Between::COMMA,
            Between::OPEN,
        ];
        at == 0
            || ends.into_iter().any(|end| before.has(end))
            || matches!(
                self.word(at - 1),
                "and" | "or" | "then" | "always" | "please"
            )
    }

    fn opens_sentence(&self, at: u32) -> bool {
        self.tokens.sentence(at as usize).start == at as usize
    }
}
