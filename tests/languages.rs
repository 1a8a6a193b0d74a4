//! A disclosure is owed in the page's language: told by front matter, caveat.toml or `lang`, else read from the page's own words.

use serde_json::Value;

use crate::{TODAY, caveat, folder, list, outcome, report, rules_of, text};

const EN: &str = "CFDs are complex instruments and come with a high risk of losing money rapidly due to leverage.";
const DE: &str = "CFDs sind komplexe Instrumente und gehen wegen der Hebelwirkung mit dem hohen Risiko einher, schnell Geld zu verlieren.";
const FR: &str = "Les CFD sont des instruments complexes et présentent un risque élevé de perte rapide en capital en raison de l’effet de levier.";

const GERMAN: &str = "# Handel an einem Ort\n\nBei uns handeln Sie auf Aktien, Indizes und Rohstoffe, und Sie sehen die Kurse, bevor Sie bestätigen. Ein Konto für CFDs eröffnen Sie in wenigen Minuten.\n";
const FRENCH: &str = "# Négocier au même endroit\n\nChez nous, vous négociez les actions, les indices et les matières premières, et vous voyez les cours avant de confirmer. Un compte de CFD s'ouvre en quelques minutes.\n";
const ENGLISH: &str = "# Trade in one place\n\nWith us you trade shares, indices and raw materials, and you see the prices before you confirm. A CFD account is opened in a few minutes.\n";

/// A pack whose one rule demands this of pages about CFDs.
fn pack(demand: &str) -> String {
    format!(
        r#"
[pack]
name = "case"
title = "A warning in three languages"

[[disclosure]]
id = "warning"
title = "Warning"
[[disclosure.version]]
text.en = "{EN}"
text.de = "{DE}"
text.fr = "{FR}"

[[rule]]
id = "warning"
title = "Warning"
severity = "error"
message = "no warning"
[rule.when]
mentions = ["cfd(s|)"]
{demand}
"#
    )
}

const REQUIRED: &str = "[rule.required]\ndisclosure = \"warning\"";
const LANGUAGE: &str = "[rule.language]\ndisclosure = \"warning\"";

/// What a page gives, with the pages's bytes.
fn judged(demand: &str, config: &str, name: &str, page: &str) -> Value {
    let config = format!("packs = [\"pack.toml\"]\n{config}");
    let project = folder(&[
        (".git/HEAD", ""),
        ("pack.toml", &pack(demand)),
        ("caveat.toml", &config),
        (name, page),
    ]);
    report(project.path(), &[name])
}

fn passes(demand: &str, config: &str, name: &str, page: &str) {
    let report = judged(demand, config, name, page);
    assert_eq!(report["findings"], Value::Array(Vec::new()), "{page}");
    let met: Vec<&str> = list(&report, "met")
        .iter()
        .map(|met| text(met, "text"))
        .collect();
    assert_eq!(met.len(), 1, "{page}");
}

/// The one finding of a page.
fn finding(demand: &str, config: &str, name: &str, page: &str) -> Value {
    let report = judged(demand, config, name, page);
    let findings = list(&report, "findings");
    assert_eq!(findings.len(), 1, "{page}\n{report:#}");
    findings[0].clone()
}

/// Asserts that a page misses the wording in its language, and that the one in another is shown.
fn misses(demand: &str, config: &str, name: &str, page: &str, other: &str) {
    let found = finding(demand, config, name, page);
    assert_eq!(text(&found, "code"), "missing", "{found:#}");
    assert!(
        text(&found, "message").contains("the wording stands only in"),
        "{found:#}"
    );
    let related: Vec<&str> = list(&found, "related")
        .iter()
        .filter(|of| text(of, "message").starts_with("the wording stands here in"))
        .map(|of| {
            let at = |key: &str| usize::try_from(of["span"][key].as_u64().unwrap()).unwrap();
            &page[at("start")..at("end")]
        })
        .collect();
    assert_eq!(related, [other.trim_end_matches('.')], "{found:#}");
}

#[test]
fn a_page_owes_the_wording_in_the_language_that_its_text_reads_as() {
    for demand in [REQUIRED, LANGUAGE] {
        passes(demand, "", "page.md", &format!("{FRENCH}\n{FR}\n"));
        passes(demand, "", "page.md", &format!("{GERMAN}\n{DE}\n"));
        passes(demand, "", "page.md", &format!("{ENGLISH}\n{EN}\n"));
        misses(demand, "", "page.md", &format!("{GERMAN}\n{EN}\n"), EN);
        misses(demand, "", "page.md", &format!("{ENGLISH}\n{FR}\n"), FR);
        // both are more than is owed
        passes(demand, "", "page.md", &format!("{GERMAN}\n{EN}\n\n{DE}\n"));
    }
}

#[test]
fn a_page_owes_the_wording_in_the_language_that_is_set() {
    let short = "CFDs.";
    let front = |language: &str| format!("---\n{language}\n---\n{short}\n\n");
    let scope = "[[scope]]\npath = [\"de/**\"]\nlanguage = \"de\"\n";
    let default = "[defaults]\nlanguage = \"de\"\n";
    for demand in [REQUIRED, LANGUAGE] {
        for set in [
            "lang: de",
            "language: de-AT",
            "lang: de_CH",
            "language: German",
        ] {
            misses(demand, "", "page.md", &format!("{}{EN}\n", front(set)), EN);
            passes(demand, "", "page.md", &format!("{}{DE}\n", front(set)));
        }
        passes(
            demand,
            "",
            "page.md",
            &format!("{}{FR}\n", front("lang: fr")),
        );
        misses(
            demand,
            scope,
            "de/page.md",
            &format!("{short}\n\n{EN}\n"),
            EN,
        );
        passes(demand, scope, "de/page.md", &format!("{short}\n\n{DE}\n"));
        misses(
            demand,
            default,
            "page.md",
            &format!("{short}\n\n{EN}\n"),
            EN,
        );
        // front matter wins over config, and what is set over what is read
        passes(
            demand,
            default,
            "page.md",
            &format!("{}{FR}\n", front("lang: fr")),
        );
        passes(demand, default, "page.md", &format!("{ENGLISH}\n{DE}\n"));
        // a language of programs is none of a page
        passes(
            demand,
            "",
            "page.md",
            &format!("---\nlanguage: python\n---\n{FRENCH}\n{FR}\n"),
        );
    }
}

#[test]
fn an_html_page_says_its_language() {
    let page = |lang: &str, words: &str| {
        format!(
            "<!doctype html>\n<html {lang}>\n<body><p>CFDs.</p>\n<p>{words}</p></body></html>\n"
        )
    };
    for demand in [REQUIRED, LANGUAGE] {
        passes(demand, "", "page.html", &page("lang=\"de-AT\"", DE));
        passes(demand, "", "page.html", &page("lang=fr", FR));
        misses(demand, "", "page.html", &page("lang=\"de\"", EN), EN);
    }
    let config = "[defaults]\nlanguage = \"fr\"\n";
    passes(REQUIRED, config, "page.html", &page("lang=\"de\"", FR));
}

#[test]
fn what_tells_no_language_is_not_guessed() {
    // the text alone, or too few words: any of the wordings is taken where a text is owed
    for words in [EN, DE, FR] {
        passes(REQUIRED, "", "page.md", &format!("{words}\n"));
        passes(LANGUAGE, "", "page.md", &format!("{words}\n"));
        passes(
            REQUIRED,
            "",
            "page.md",
            &format!("# CFDs, mini, maxi\n\n{words}\n"),
        );
    }
    // a rule about the language says that it cannot tell
    let page = format!("# CFDs, mini, maxi\n\n{EN}\n");
    let found = finding(LANGUAGE, "", "page.md", &page);
    assert_eq!(text(&found, "code"), "unverifiable");
    assert_eq!(text(&found, "severity"), "warning");
    assert_eq!(text(&found, "text"), EN.trim_end_matches('.'));
}

#[test]
fn a_language_that_the_pack_does_not_have_is_said() {
    let page = format!("---\nlang: sv\n---\nCFDs.\n\n{EN}\n");
    let found = finding(REQUIRED, "", "page.md", &page);
    assert_eq!(text(&found, "code"), "unverifiable", "{found:#}");
    assert_eq!(text(&found, "text"), EN.trim_end_matches('.'));
    assert!(
        text(&found, "message").contains("Swedish (sv)"),
        "{found:#}"
    );
    let found = finding(LANGUAGE, "", "page.md", &page);
    assert_eq!(text(&found, "code"), "missing");
    assert!(text(&found, "help").contains("text.sv"), "{found:#}");
    let found = finding(REQUIRED, "", "page.md", "---\nlang: sv\n---\nCFDs.\n");
    assert_eq!(text(&found, "code"), "missing");
}

const DUTCH: &str = "# Handelen op één plek\n\nBij ons handelt u in aandelen, indices en grondstoffen, en u ziet de koersen voordat u bevestigt. Een rekening voor CFDs opent u binnen enkele minuten.\n";

/// More of each page: so many words that what they read as is held against what is said of the page.
const MORE_GERMAN: &str = "\nUnsere Gebühren stehen im Preisverzeichnis, und wir ändern sie nur mit einer Frist von zwei Monaten. Wer Fragen hat, erreicht unsere Mitarbeiter an jedem Werktag von acht bis zwanzig Uhr, und die Antworten auf die häufigsten Fragen stehen auf der Seite für Kunden. Ein Musterkonto ist kostenlos und endet nach dreißig Tagen von selbst.\n";
const MORE_DUTCH: &str = "\nOnze kosten staan in de prijslijst, en wij wijzigen die alleen met een termijn van twee maanden. Wie vragen heeft, bereikt onze medewerkers op elke werkdag van acht tot twintig uur, en de antwoorden op de meest gestelde vragen staan op de pagina voor klanten. Een proefrekening is gratis en eindigt na dertig dagen vanzelf.\n";

#[test]
fn a_page_in_a_language_that_no_pack_has_is_neither_german_nor_met() {
    for demand in [REQUIRED, LANGUAGE] {
        for words in [EN, DE] {
            let page = format!("{DUTCH}\n{words}\n");
            let found = finding(demand, "", "page.md", &page);
            assert_eq!(text(&found, "code"), "unverifiable", "{found:#}");
            assert_eq!(text(&found, "severity"), "warning");
            assert_eq!(text(&found, "text"), words.trim_end_matches('.'));
            let message = text(&found, "message");
            assert!(
                message.contains("in Dutch (nl), as its text reads"),
                "{message}"
            );
        }
    }
    let found = finding(REQUIRED, "", "page.md", DUTCH);
    assert_eq!(text(&found, "code"), "missing");
    // three words tell nothing: any approved wording stands
    let page = format!("CFDs voor iedereen.\n\n{EN}\n");
    passes(REQUIRED, "", "page.md", &page);
    // a rule for Dutch pages makes Dutch a language of the packs
    let demand = format!(
        "{REQUIRED}\n[[rule]]\nid = \"nl\"\ntitle = \"N\"\nseverity = \"error\"\nmessage = \"no words\"\n[rule.when]\nlanguage = [\"nl\"]\n[rule.required]\nany = [\"geld verliezen\"]"
    );
    let report = judged(&demand, "", "page.md", DUTCH);
    let rules: Vec<&str> = list(&report, "findings")
        .iter()
        .map(|of| text(of, "rule"))
        .collect();
    assert_eq!(rules, ["case/nl", "case/warning"]);
}

/// An HTML page that is marked with a language.
fn marked(lang: &str, words: &str) -> String {
    let blocks: String = words
        .split("\n\n")
        .map(|block| format!("<p>{}</p>\n", block.trim_start_matches("# ").trim()))
        .collect();
    format!("<!doctype html>\n<html lang=\"{lang}\">\n<body>\n{blocks}</body></html>\n")
}

#[test]
fn a_long_text_is_believed_more_than_the_lang_of_a_template() {
    let german = |words: &str| marked("en", &format!("{GERMAN}{MORE_GERMAN}\n\n{words}"));
    let dutch = |words: &str| marked("en", &format!("{DUTCH}{MORE_DUTCH}\n\n{words}"));
    for demand in [REQUIRED, LANGUAGE] {
        passes(demand, "", "page.html", &german(DE));
        misses(demand, "", "page.html", &german(EN), EN);
        let found = finding(demand, "", "page.html", &german(EN));
        let says = "the page is in German (de), as its text reads, though its `lang` says English (en), and";
        assert!(text(&found, "message").contains(says), "{found:#}");
        // no pack has it in Dutch
        let found = finding(demand, "", "page.html", &dutch(EN));
        assert_eq!(text(&found, "code"), "unverifiable", "{found:#}");
        // a short text is not held against it, nor one in a region of the language
        passes(
            demand,
            "",
            "page.html",
            &marked("en", &format!("{GERMAN}\n\n{EN}")),
        );
        let page = german(DE).replace("lang=\"en\"", "lang=\"de-AT\"");
        passes(demand, "", "page.html", &page);
    }
}

#[test]
fn a_long_text_in_another_language_than_somebody_says_is_doubted() {
    let page = |words: &str| format!("{GERMAN}{MORE_GERMAN}\n{words}\n");
    let config = "[defaults]\nlanguage = \"en\"\n";
    for demand in [REQUIRED, LANGUAGE] {
        let front = format!("---\nlang: en\n---\n{}", page(EN));
        for (config, page) in [(config, page(EN)), ("", front)] {
            let found = finding(demand, config, "page.md", &page);
            assert_eq!(text(&found, "code"), "unverifiable", "{found:#}");
            assert_eq!(text(&found, "text"), EN.trim_end_matches('.'));
            let says = "in English (en), as something says, though its text reads as German (de)";
            assert!(text(&found, "message").contains(says), "{found:#}");
        }
        misses(demand, config, "page.md", &page(DE), DE);
        // with both nothing is in doubt
        passes(demand, config, "page.md", &page(&format!("{EN}\n\n{DE}")));
    }
}

#[test]
fn explain_says_the_language_and_what_tells_it() {
    let of = |config: &str, name: &str, page: &str| {
        let config = format!("packs = [\"pack.toml\"]\n{config}");
        let project = folder(&[
            ("pack.toml", &pack(REQUIRED)),
            ("caveat.toml", &config),
            (name, page),
        ]);
        caveat(project.path(), &["explain", name, "--as-of", TODAY]).out
    };
    let long = format!("{GERMAN}{MORE_GERMAN}");
    let nobody = "; no pack that is loaded has a wording or a rule in it";
    for (config, name, page, says) in [
        (
            "",
            "page.md",
            GERMAN.to_owned(),
            "in German (de), as its text reads".to_owned(),
        ),
        (
            "",
            "page.md",
            DUTCH.to_owned(),
            format!("in Dutch (nl), as its text reads{nobody}"),
        ),
        (
            "",
            "page.md",
            "---\nlang: sv\n---\nCFDs.\n".to_owned(),
            format!("in Swedish (sv){nobody}"),
        ),
        (
            "",
            "page.md",
            "CFDs.\n".to_owned(),
            "in a language that nothing tells".to_owned(),
        ),
        (
            "[defaults]\nlanguage = \"en\"\n",
            "page.md",
            long.clone(),
            "in English (en), as something says, though its text reads as German (de)".to_owned(),
        ),
        (
            "",
            "page.html",
            marked("en", &long),
            "in German (de), as its text reads, though its `lang` says English (en)".to_owned(),
        ),
    ] {
        let out = of(config, name, &page);
        assert!(
            out.contains(&format!("  the page is {says}\n")),
            "{says}:\n{out}"
        );
    }
}

/// The wording in another language is told alike by every kind that takes a disclosure.
#[test]
fn every_kind_tells_of_the_wording_in_another_language() {
    let link = "\n[Buy](https://shop.example/?tag=x)\n";
    let order = "[rule.order]\nfirst = { disclosure = \"warning\" }\nthen = { link = [\"*shop.example*\"] }";
    let repeat = "[rule.repeat]\ndisclosure = \"warning\"\nevery = \"page\"";
    let cue = "[rule.cue]\ndisclosure = \"warning\"\nmin-seconds = 1";
    let subtitles = |page: &str| {
        let blocks = page
            .split("\n\n")
            .filter(|of| !of.trim().is_empty())
            .enumerate();
        blocks
            .map(|(at, of)| {
                let of = of.trim();
                format!(
                    "{}\n00:00:{:02},000 --> 00:00:{:02},000\n{of}\n\n",
                    at + 1,
                    at * 9,
                    at * 9 + 9
                )
            })
            .collect::<String>()
    };
    for (demand, name) in [(order, "page.md"), (repeat, "page.md"), (cue, "page.srt")] {
        let page = |own: &str, words: &str| match name {
            "page.srt" => subtitles(&format!("{}\n\n{words}", own.trim_start_matches("# "))),
            _ => format!("{own}\n{words}\n{link}"),
        };
        passes(demand, "", name, &page(GERMAN, DE));
        misses(demand, "", name, &page(GERMAN, EN), EN);
        misses(
            demand,
            "[defaults]\nlanguage = \"fr\"\n",
            name,
            &page("CFDs.\n", EN),
            EN,
        );
        // no pack says it in Dutch, nor in Swedish
        for (config, own) in [("", DUTCH), ("[defaults]\nlanguage = \"sv\"\n", "CFDs.\n")] {
            let found = finding(demand, config, name, &page(own, EN));
            assert_eq!(text(&found, "code"), "unverifiable", "{found:#}");
            assert_eq!(text(&found, "text"), EN.trim_end_matches('.'));
        }
        // somebody says English, and the words are German
        let long = format!("{GERMAN}{MORE_GERMAN}");
        let found = finding(
            demand,
            "[defaults]\nlanguage = \"en\"\n",
            name,
            &page(&long, EN),
        );
        assert_eq!(text(&found, "code"), "unverifiable", "{found:#}");
    }
}

#[test]
fn the_fix_adds_the_wording_of_the_language_and_asks_where_it_was_read() {
    let found = finding(REQUIRED, "", "page.md", "---\nlang: de\n---\nCFDs.\n");
    assert_eq!(found["fix"]["safe"], Value::Bool(true));
    assert!(
        found["fix"]["edits"][0]["text"]
            .as_str()
            .unwrap()
            .contains(DE)
    );
    let found = finding(REQUIRED, "", "page.md", GERMAN);
    assert_eq!(found["fix"]["safe"], Value::Bool(false));
    assert!(
        found["fix"]["edits"][0]["text"]
            .as_str()
            .unwrap()
            .contains(DE)
    );
}

#[test]
fn a_rule_for_a_language_applies_to_pages_in_it() {
    let demand = "language = [\"de\"]\n[rule.required]\nany = [\"verlieren\"]";
    for (config, page, applies) in [
        ("", GERMAN.to_owned(), true),
        ("", FRENCH.to_owned(), false),
        ("", "CFDs.\n".to_owned(), false),
        ("", "---\nlang: de-at\n---\nCFDs.\n".to_owned(), true),
        (
            "[defaults]\nlanguage = \"de\"\n",
            "CFDs.\n".to_owned(),
            true,
        ),
        ("[defaults]\nlanguage = \"en\"\n", GERMAN.to_owned(), false),
    ] {
        let report = judged(demand, config, "page.md", &page);
        assert_eq!(
            list(&report, "findings").len(),
            usize::from(applies),
            "{config}{page}"
        );
    }
}

/// Claims in seven languages, each with what denies it, warns of it, or speaks of more than it.
const CLAIMS: &[(&str, &[&str], &[&str])] = &[
    (
        "garantierte[n] rendite*",
        &[
            "Wir bieten garantierte Renditen für jeden Anleger.",
            "Bei uns gibt es nicht nur garantierte Renditen, sondern auch Boni.",
        ],
        &[
            "Wir bieten keine garantierten Renditen.",
            "Garantierte Renditen gibt es nicht.",
            "Wir versprechen niemals garantierte Renditen.",
            "Die BaFin warnt vor garantierten Renditen.",
            "Vorsicht bei garantierten Renditen im Netz.",
            "Angeblich garantierte Renditen locken Anleger.",
            "Niemand kann garantierte Renditen zusagen.",
        ],
    ),
    (
        "rendement(s|) garanti(s|)",
        &[
            "Nous offrons un rendement garanti à chaque client.",
            "Ce n'est pas seulement un rendement garanti.",
        ],
        &[
            "Nous n'offrons pas de rendement garanti.",
            "Nous ne proposons aucun rendement garanti.",
            "Un rendement garanti n'existe pas.",
            "Méfiez-vous d'un rendement garanti.",
            "Nous ne promettons jamais un rendement garanti.",
        ],
    ),
    (
        "rentabilidad garantizada",
        &["Ofrecemos una rentabilidad garantizada."],
        &[
            "No ofrecemos una rentabilidad garantizada.",
            "La rentabilidad garantizada no existe.",
            "Desconfíe de la rentabilidad garantizada.",
            "Nunca prometemos una rentabilidad garantizada.",
        ],
    ),
    (
        "rendiment(o|i) garantit(o|i)",
        &["Offriamo un rendimento garantito."],
        &[
            "Non offriamo un rendimento garantito.",
            "Rendimenti garantiti non esistono.",
            "Diffidate dei rendimenti garantiti.",
            "Nessun rendimento garantito.",
        ],
    ),
    (
        "gegarandeerd rendement",
        &["Wij bieden een gegarandeerd rendement."],
        &[
            "Wij bieden geen gegarandeerd rendement.",
            "Gegarandeerd rendement bestaat niet.",
            "Pas op voor een gegarandeerd rendement.",
        ],
    ),
    (
        "rendimento garantido",
        &["Oferecemos um rendimento garantido."],
        &[
            "Não oferecemos um rendimento garantido.",
            "Cuidado com um rendimento garantido.",
        ],
    ),
    (
        "gwarantowan(y|e|ego) zysk*",
        &["Oferujemy gwarantowane zyski."],
        &[
            "Nie oferujemy gwarantowanego zysku.",
            "Uważaj na gwarantowane zyski.",
            "Oszustwo: gwarantowane zyski.",
        ],
    ),
];

#[test]
fn a_claim_is_made_denied_or_warned_of_in_seven_languages() {
    for (phrase, made, excused) in CLAIMS {
        let rules = rules_of(&format!(
            "[pack]\nname = \"case\"\n[[rule]]\nid = \"a\"\ntitle = \"A\"\nseverity = \"error\"\nmessage = \"a\"\n[rule.forbidden]\nany = [\"{phrase}\"]\n"
        ));
        for text in *made {
            assert_eq!(outcome(&rules, text).findings.len(), 1, "made: {text}");
        }
        for text in *excused {
            let told = outcome(&rules, text).findings;
            assert_eq!(told.len(), 0, "excused: {text}");
        }
    }
}

#[test]
fn a_negation_that_is_gone_is_never_a_pass() {
    for (language, approved, word) in [
        (
            "de",
            "Frühere Wertentwicklungen sind nicht ein Hinweis auf künftige Ergebnisse dieses Fonds.",
            "nicht ",
        ),
        (
            "fr",
            "Les performances passées ne sont pas une garantie des résultats futurs de ce fonds.",
            "pas ",
        ),
        (
            "fr",
            "Les performances passées ne sont pas une garantie des résultats futurs de ce fonds.",
            "ne ",
        ),
        (
            "es",
            "Las rentabilidades pasadas no son una garantía de los resultados futuros de este fondo.",
            "no ",
        ),
        (
            "it",
            "I rendimenti passati non sono una garanzia dei risultati futuri di questo fondo.",
            "non ",
        ),
        (
            "nl",
            "Resultaten uit het verleden zijn niet een garantie voor de toekomst van dit fonds.",
            "niet ",
        ),
        (
            "pt",
            "Os resultados passados não são uma garantia dos resultados futuros deste fundo.",
            "não ",
        ),
        (
            "pl",
            "Wyniki osiągnięte w przeszłości nie są gwarancją przyszłych wyników tego funduszu.",
            "nie ",
        ),
    ] {
        let rules = rules_of(&format!(
            "[pack]\nname = \"case\"\n[[disclosure]]\nid = \"d\"\n[[disclosure.version]]\ntext.{language} = \"{approved}\"\n[[rule]]\nid = \"a\"\ntitle = \"A\"\nseverity = \"error\"\nmessage = \"a\"\n[rule.required]\ndisclosure = \"d\"\n"
        ));
        assert!(outcome(&rules, approved).findings.is_empty(), "{approved}");
        let without = approved.replacen(word, "", 1);
        assert_ne!(without, approved);
        let told = outcome(&rules, &without).findings;
        let [finding] = &told[..] else {
            panic!("{without}: {told:?}")
        };
        assert_eq!(finding.code.name(), "altered", "{without}");
        let shown = format!("[-{}-]", word.trim());
        assert!(finding.message.contains(&shown), "{}", finding.message);
        assert!(
            finding.message.contains("a word that binds has changed"),
            "{}",
            finding.message
        );
    }
}

/// A demand by phrases in two languages.
const EFFECT: &str =
    "[rule.required]\nany = [\"risk of losing\", \"risiko einher\"]\nlanguages = [\"en\", \"de\"]";

#[test]
fn what_is_said_to_the_effect_of_is_owed_in_the_page_s_language_too() {
    passes(EFFECT, "", "page.md", &format!("{GERMAN}\n{DE}\n"));
    passes(EFFECT, "", "page.md", &format!("{ENGLISH}\n{EN}\n"));
    for (page, said, other) in [(GERMAN, EN, "English (en)"), (ENGLISH, DE, "German (de)")] {
        let page = format!("{page}\n{said}\n");
        let found = finding(EFFECT, "", "page.md", &page);
        assert_eq!(text(&found, "code"), "missing", "{found:#}");
        let message = format!("the text stands only in {other}");
        assert!(text(&found, "message").ends_with(&message), "{found:#}");
        let at = |key: &str| {
            let here = &list(&found, "related")[0]["span"][key];
            usize::try_from(here.as_u64().unwrap()).unwrap()
        };
        assert!(said.contains(&page[at("start")..at("end")]), "{found:#}");
    }
    // the phrases are in none of the page's languages: what stands there is all that there can be
    passes(EFFECT, "", "page.md", &format!("{FRENCH}\n{EN}\n"));
    // a few words read as no language
    let short = "[rule.required]\nany = [\"high risk\"]\nlanguages = [\"de\"]";
    passes(
        short,
        "",
        "page.md",
        &format!("{GERMAN}\nCFDs: high risk.\n"),
    );
}
