//! The words by which a page denies, attributes or warns, in German, French, Spanish, Italian, Dutch, Portuguese and Polish: as
//! [`super::voice`] has them for English. No word here is one of English prose, so that nothing changes for an English page.

use super::Excuse;
use super::voice::Reach;

/// Negations that deny nothing that follows.
pub(super) const AFFIRMING: &[&str] = &[
    "ohne (zweifel|weiteres|aufwand|gebühren|wartezeit|mindesteinlage)",
    "keine (gebühren|kosten|wartezeit|mindesteinlage)",
    "(verpassen|zögern|vergessen) sie nicht",
    "sans (doute|frais|attendre|effort|commission|engagement)",
    "aucun (doute|frais)",
    "senza (dubbio|costi|commissioni|sforzo)",
    "zonder (twijfel|kosten|moeite)",
    "geen (twijfel|kosten)",
    "bez (opłat|prowizji|wątpienia)",
];

/// Negations that deny nothing of a claim: "not only".
pub(super) const AFFIRMING_CLAIMS: &[&str] = &[
    "nicht (nur|bloss|allein|zuletzt)",
    "pas (seulement|uniquement)",
    "no (solo|sólo|solamente|únicamente)",
    "non (solo|soltanto|solamente)",
    "niet (alleen|enkel|slechts)",
    "não (só|apenas|somente)",
    "nie tylko",
];

/// Phrases that excuse, by reason and place.
pub(super) const EXCUSES: &[(Excuse, Reach, &[&str])] = &[
    (
        Excuse::Denied,
        Reach::After,
        &[
            "(ist|sind|war|waren|wird|werden|kann|können) (nicht|nie|niemals|unmöglich|verboten|unzulässig)",
            "(ne|n'est|n'existe|n'existent) {..2} (pas|jamais)",
            "(est|sont) (impossible|impossibles|interdit|interdits|interdite|interdites)",
            "no (existe|existen|es|son|está|están|puede|pueden)",
            "non (esiste|esistono|è|sono|può|possono)",
            "(bestaat|bestaan|zijn|worden) niet",
            "não (existe|existem|é|são|pode|podem)",
            "nie (istnieje|istnieją|jest|są|może|mogą)",
        ],
    ),
    (
        Excuse::Warned,
        Reach::Sentence,
        &[
            "(warnen|warnt|warnung|warnungen) {..2} vor",
            "vorsicht",
            "hüten sie sich",
            "betrug*",
            "betrüger*",
            "unseriös*",
            "abzocke*",
            "verboten*",
            "untersagt*",
            "irreführend*",
            "méfiez*",
            "(mise|mettons|met) en garde",
            "attention aux",
            "arnaque*",
            "(escroc|escrocs|escroquerie*)",
            "trompeu*",
            "mensong*",
            "(interdit|interdite|interdits|interdites)",
            "cuidado (con|com)",
            "desconf*",
            "estafa*",
            "engaños*",
            "prohibid*",
            "diffidat*",
            "(truffa|truffe|truffatore|truffatori)",
            "ingannevol*",
            "(vietato|vietata|vietati|vietate)",
            "pas op",
            "(oplichter|oplichters|oplichting)",
            "misleidend*",
            "waarschuw*",
            "burlas",
            "enganos*",
            "proibid*",
            "oszust*",
            "uważaj*",
            "ostrzega*",
            "zakazan*",
        ],
    ),
    (
        Excuse::Attributed,
        Reach::After,
        &[
            "(versprochen|zugesagt|vorgegaukelt) (wird|werden|wurde|wurden)",
            "(beloofd|toegezegd) (wordt|worden|werd|werden)",
        ],
    ),
    (
        Excuse::Attributed,
        Reach::Before,
        &[
            "(angeblich*|vermeintlich*|sogenannt*)",
            // others promise: "ils promettent", "les dicen y prometen"
            "(promettent|promettono|prometen|prometem|prometer|promettre|promettere|beloven|versprechen|vorgaukeln)",
            "(wenn|falls) (jemand|ihnen|dir|man) {..5} (verspr*|garantier*)",
            "wer (ihnen|dir|euch|dauerhaft|immer)",
            "(soi-disant|prétendu*)",
            "si (quelqu'un|on) {..2} (promet|garantit)",
            "(supuest*|presunt*)",
            "si alguien {..2} (promete|garantiza)",
            "(sedicent*|cosiddett*)",
            "se (qualcuno|alguém) {..2} (promette|garantisce|promete|garante)",
            "(zogenaamd*|vermeend*)",
            "als iemand {..2} (belooft|garandeert)",
            "(rzekom*|tak zwan*)",
        ],
    ),
];

/// Words that end the reach of a negation.
pub(super) const CLAUSE_BREAKS: &[&str] = &[
    "aber",
    "sondern",
    "weil",
    "obwohl",
    "jedoch",
    "mais",
    "pourtant",
    "puisque",
    "sino",
    "porque",
    "aunque",
    "però",
    "perché",
    "maar",
    "omdat",
    "echter",
    "porém",
    "jednak",
    "ponieważ",
    "lecz",
];

/// After "and" these begin a denial of its own.
pub(super) const DENYING_ANEW: &[&str] = &[
    "ne", "n'est", "n'a", "non", "no", "não", "nicht", "keine", "kein", "keinen", "geen", "niet",
];

/// Words after a comma that go on with what was begun: "wir versprechen nicht, dass".
pub(super) const CONTINUING: &[&str] = &["dass", "że", "oder", "sowie"];

/// Words by which a page speaks of itself.
pub(super) const OWN: &[&str] = &[
    "wir", "unser", "unsere", "unserer", "unserem", "unseren", "unseres", "nous", "notre",
    "nuestro", "nuestra", "nuestros", "nuestras", "nostro", "nostra", "nostri", "nostre", "onze",
    "nosso", "nossa", "nossos", "nossas", "nasz", "nasza", "nasze",
];

/// Words that deny.
pub(super) const NEGATIONS: &[&str] = &[
    // German
    "nicht",
    "nichts",
    "nie",
    "niemals",
    "niemand",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "keinem",
    "keines",
    "keinerlei",
    "keinesfalls",
    "keineswegs",
    "ohne",
    "weder",
    // French; `pas` with what is before it, in `sense`
    "jamais",
    "aucun",
    "aucune",
    "rien",
    "nullement",
    "sans",
    // Spanish
    "nunca",
    "ningún",
    "ninguno",
    "ninguna",
    "jamás",
    "tampoco",
    // Italian
    "nessun",
    "nessuno",
    "nessuna",
    "senza",
    "niente",
    "neppure",
    "neanche",
    // Dutch
    "niet",
    "niets",
    "geen",
    "nooit",
    "zonder",
    "geenszins",
    // Portuguese
    "não",
    "nenhum",
    "nenhuma",
    // Polish
    "żaden",
    "żadna",
    "żadne",
    "żadnego",
    "żadnej",
    "nigdy",
    "bez",
];

/// Further words that bind in an approved text, and deny nothing for themselves or in every language.
pub(super) const BINDING: &[&str] = &["ne", "pas", "sin", "sem", "ni", "né", "mai", "nem", "brak"];
