//! Packs on each other's texts: what one demands is no claim and no promotion to another.

use super::*;

/// Every approved text of a pack, as it is printed, with its language.
fn texts(pack: &Pack) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for disclosure in &pack.disclosures {
        for (language, text, _) in disclosure.versions.iter().flat_map(|of| &of.texts) {
            all.push((disclosure.id.clone(), language.clone(), printed(text.raw())));
        }
    }
    all
}

fn facts(language: &str) -> Facts {
    let mut facets = everywhere();
    facets.insert("language".to_owned(), vec![language.to_owned()]);
    Facts {
        facets,
        as_of: TODAY.parse().expect("a date"),
        ..Facts::default()
    }
}

#[test]
fn slots_are_printed() {
    assert_eq!(
        printed("{percent:40..60}% of {number} lose {money}; {percent} by {date}."),
        "50% of 55 lose £120; 55% by 1 March 2026."
    );
}

/// Whoever loads one pack has pages with the texts that other laws prescribe.
#[test]
fn an_approved_text_of_one_pack_is_no_claim_to_another() {
    let packs = packs();
    let mut wrong = Vec::new();
    for judge in &packs {
        let set = RuleSet::compile(&judge.rules, &BTreeMap::new(), std::slice::from_ref(judge));
        for author in packs.iter().filter(|author| author.name != judge.name) {
            for (id, language, text) in texts(author) {
                let outcome = linted(&set, "markdown", &text, &facts(&language));
                let claims = told(&outcome).into_iter();
                wrong.extend(
                    claims
                        .filter(|of| of.contains(" prohibited "))
                        .map(|of| format!("{id} ({language}): {of}")),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A page that has nothing but a warning promotes nothing. A rule tagged `beside-text` asks for what stands beside an approved text, which
/// is its cause.
#[test]
fn an_approved_text_gives_no_rule_cause() {
    let packs = packs();
    let rules: Vec<Arc<Rule>> = packs
        .iter()
        .flat_map(|pack| pack.rules.clone())
        .filter(|rule| has_cause(rule) && !rule.tags.iter().any(|tag| tag == "beside-text"))
        .collect();
    let set = RuleSet::compile(&rules, &BTreeMap::new(), &packs);
    let mut wrong = Vec::new();
    for (id, language, text) in packs.iter().flat_map(|pack| texts(pack)) {
        let outcome = linted(&set, "markdown", &text, &facts(&language));
        // a text that a law has repealed is told so wherever it stands
        wrong.extend(
            told(&outcome)
                .into_iter()
                .filter(|of| !of.contains(" stale at "))
                .map(|of| format!("{id} ({language}): {of}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A text that is right for one pack makes no claim that another forbids, where it is published.
#[test]
fn an_example_that_passes_is_no_claim_to_another_pack() {
    let packs = packs();
    let mut wrong = Vec::new();
    for author in &packs {
        let rules: Vec<Arc<Rule>> = packs
            .iter()
            .filter(|judge| judge.name != author.name)
            .flat_map(|judge| judge.rules.clone())
            .collect();
        let set = RuleSet::compile(&rules, &BTreeMap::new(), &packs);
        for rule in &author.rules {
            for example in rule.examples.iter().filter(|example| !example.fails) {
                let facts = where_it_applies(rule);
                let outcome = linted(&set, &example.syntax, &example.text, &facts);
                let claims = told(&outcome).into_iter();
                wrong.extend(
                    claims
                        .filter(|of| of.contains(" prohibited "))
                        .map(|of| format!("{}: {of}", rule.head.id)),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
