//! Sentences as people write them, each told apart: which clauses it states, and whether it makes a claim. Denials, reports, questions,
//! quotations and other meanings of the words stand among them. What this guards is that a change for one wording does not lose another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use caveat::lint::Outcome;
use caveat::{Facts, RuleSet, Source, lint, rule, syntax};

use crate::placement::{outcome, pack};
use crate::{read, root};

/// The clauses that are told apart, as the house pack has them.
const CLAUSES: [&str; 13] = [
    "no-investment-advice",
    "risk-warning",
    "past-performance",
    "capital-at-risk",
    "informational-purposes",
    "authors-views",
    "uk-retail-crypto-restriction",
    "cfd-loss-percentage",
    "dont-invest-warning",
    "affiliate-disclosure",
    "not-an-offer",
    "seek-independent-advice",
    "mica-not-reviewed",
];

/// The lines of a file of sentences, cut into so many columns.
fn rows<const N: usize>(file: &str) -> Vec<[String; N]> {
    read(&root().join("tests/sentences").join(file))
        .lines()
        .map(|line| {
            let columns: Vec<String> = line
                .splitn(N, " | ")
                .map(|of| of.replace("\\n", "\n"))
                .collect();
            columns
                .try_into()
                .unwrap_or_else(|_| panic!("{file}: {line}"))
        })
        .collect()
}

/// What a pack says of a text alone.
fn judged(set: &RuleSet, named: &str, text: &str) -> Outcome {
    let source = Arc::new(Source::new("page", text));
    let of = syntax::named(named).expect("a syntax");
    lint(&of.parse(&source), set, &Facts::default())
}

fn rules(name: &str) -> RuleSet {
    let (pack, mistakes) = rule::built_in(name).expect("it is built in");
    assert!(mistakes.is_empty());
    let pack = Arc::new(pack);
    RuleSet::compile(&pack.rules, &BTreeMap::new(), std::slice::from_ref(&pack))
}

#[test]
fn a_text_states_these_clauses_and_no_others() {
    let set = rules("house");
    let mut wrong = Vec::new();
    let rows: Vec<[String; 3]> = rows("clauses.txt");
    for [clauses, named, text] in &rows {
        let named = match named.as_str() {
            "md" | "md-table" => "markdown",
            "adoc" => "asciidoc",
            other => other,
        };
        let want: BTreeSet<&str> = clauses.split(',').filter(|of| *of != "-").collect();
        assert!(want.iter().all(|of| CLAUSES.contains(of)), "{clauses}");
        let outcome = judged(&set, named, text);
        let met = outcome
            .met
            .iter()
            .filter_map(|met| met.rule.strip_prefix("house/"));
        let got: BTreeSet<&str> = met.filter(|of| CLAUSES.contains(of)).collect();
        if got != want {
            wrong.push(format!("{text:?}: {got:?} in place of {want:?}"));
        }
    }
    assert!(rows.len() > 300 && wrong.is_empty(), "{}", wrong.join("\n"));
    for clause in CLAUSES {
        let states = |row: &&[String; 3]| row[0].split(',').any(|of| of == clause);
        assert!(rows.iter().filter(states).count() >= 4, "{clause}");
    }
}

#[test]
fn a_text_makes_a_claim_or_none() {
    let set = rules("core");
    let mut wrong = Vec::new();
    let rows: Vec<[String; 2]> = rows("claims.txt");
    for [kind, text] in &rows {
        let findings = judged(&set, "markdown", text).findings;
        let found = findings.iter().find(|of| of.code.name() == "prohibited");
        if found.is_some() != (kind == "claim") {
            let at = found.map(|of| (&of.rule, of.location.text()));
            wrong.push(format!("{text:?}: {at:?} and it is {kind}"));
        }
    }
    let claims = rows.iter().filter(|[kind, _]| kind == "claim").count();
    assert!(claims > 100 && rows.len() - claims > 150);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn stated(phrase: &str, page: &str) -> bool {
    let pack = pack("", &format!("[rule.required]\nany = [\"{phrase}\"]\n"));
    outcome(&pack, "markdown", page).findings.is_empty()
}

#[test]
fn a_word_that_denies_is_any_of_them() {
    let phrase = "{not} {..4} sold here";
    for page in [
        "Rope is not sold here.",
        "Rope isn’t sold here.",
        "Nothing of the kind is sold here.",
        "It shouldn't be sold here.",
        "Ropes ARENT sold here.",
    ] {
        assert!(stated(phrase, page), "{page}");
    }
    assert!(!stated(phrase, "Rope is always sold here."));
    assert!(!stated(phrase, "Without a licence it is sold here."));
}

#[test]
fn a_comma_behind_a_group_may_be_there() {
    for phrase in ["(rope|twine), [and] chain", "rope, [and] chain"] {
        for page in ["Rope, chain.", "Rope chain.", "Rope, and chain."] {
            assert!(stated(phrase, page), "{phrase}: {page}");
        }
    }
    assert!(!stated("(rope|twine) chain", "Rope, chain."));
}

#[test]
fn a_line_without_a_stop_leads_in_to_its_list() {
    let phrase = "{not} {..2} chain";
    for lead in ["We do not sell", "We do **not** sell:"] {
        assert!(stated(phrase, &format!("{lead}\n\n- rope\n- a chain\n")));
    }
    assert!(!stated(phrase, "We do not sell.\n\n- rope\n- a chain\n"));
}

#[test]
fn what_others_say_or_must_say_is_not_stated() {
    for page in [
        "The banner says that ropes may snap.",
        "Sellers must say that ropes may snap.",
        "The clerk failed to mention that ropes may snap.",
        "They told customers that ropes may snap.",
        "It is not true that ropes may snap.",
    ] {
        assert!(!stated("ropes may snap", page), "{page}");
    }
    for page in [
        "We tell you now that ropes may snap.",
        "The banner says little, but ropes may snap.",
        "Sellers must say so. Ropes may snap.",
    ] {
        assert!(stated("ropes may snap", page), "{page}");
    }
}
