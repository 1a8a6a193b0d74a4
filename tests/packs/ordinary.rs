//! Ordinary pages that speak of money, law, health and play and promote nothing: no pack finds anything, whatever is said of the page.

use super::*;

/// The languages that packs have rules and texts for, each with how many pages at least speak of it here.
const LANGUAGES: [(&str, usize); 7] = [
    ("en", 12),
    ("de", 4),
    ("fr", 4),
    ("es", 4),
    ("it", 4),
    ("nl", 4),
    ("pt", 4),
];

/// Each page with its language, which its name begins with.
fn pages() -> Vec<(String, String, String)> {
    crate::files_under(&root().join("tests/ordinary"))
        .iter()
        .map(|path| {
            let name = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let language = name.split('-').next().expect("a language").to_owned();
            (name, language, crate::read(path))
        })
        .collect()
}

/// The rules that apply where a text gives cause, of all packs.
fn rules() -> RuleSet {
    let packs = packs();
    let rules: Vec<Arc<Rule>> = packs
        .iter()
        .flat_map(|pack| pack.rules.clone())
        .filter(|rule| has_cause(rule))
        .collect();
    RuleSet::compile(&rules, &BTreeMap::new(), &packs)
}

fn facts(language: Option<&str>) -> Facts {
    let mut facets = everywhere();
    facets.extend(language.map(|of| ("language".to_owned(), vec![of.to_owned()])));
    Facts {
        facets,
        as_of: TODAY.parse().expect("a date"),
        ..Facts::default()
    }
}

#[test]
fn there_are_ordinary_pages_in_every_language_of_the_packs() {
    let pages = pages();
    for (language, least) in LANGUAGES {
        let own = pages.iter().filter(|(_, of, _)| of == language);
        let words: usize = own
            .clone()
            .map(|(_, _, text)| crate::words(text).len())
            .sum();
        assert!(
            own.count() >= least && words >= least * 150,
            "{language}: {words} words"
        );
    }
    let known = |language: &str| LANGUAGES.iter().any(|(of, _)| *of == language);
    for pack in packs() {
        let texts = pack
            .disclosures
            .iter()
            .flat_map(|of| &of.versions)
            .flat_map(|of| &of.texts);
        for (language, ..) in texts {
            assert!(
                known(language),
                "{}: no ordinary page is in `{language}`",
                pack.name
            );
        }
    }
}

#[test]
fn ordinary_pages_get_no_finding_from_any_pack() {
    let rules = rules();
    let mut wrong = Vec::new();
    for (name, language, text) in pages() {
        for language in [Some(&*language), None] {
            let outcome = linted(&rules, "markdown", &text, &facts(language));
            wrong.extend(told(&outcome).into_iter().map(|of| format!("{name}: {of}")));
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// That nothing is found on them says something only if something can be: the same pages with a promotion on them have findings.
#[test]
fn an_ordinary_page_that_promotes_is_found_out() {
    let rules = rules();
    for (name, language, text) in pages() {
        let promoting =
            format!("{text}\n\n## Our offer\n\nEarn guaranteed weekly returns with our vault.\n");
        let outcome = linted(&rules, "markdown", &promoting, &facts(Some(&language)));
        let found = told(&outcome);
        assert!(
            found
                .iter()
                .any(|of| of.starts_with("core/promised-returns prohibited")),
            "{name}: {found:?}"
        );
    }
}
