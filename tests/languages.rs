//! A disclosure is owed in the page's language: told by front matter, caveat.toml or `lang`, else read from the page's own words.

use serde_json::Value;

use crate::{folder, list, outcome, report, rules_of, text};

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
