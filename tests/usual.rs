//! Usual wordings of what is owed to the effect of: a near miss of one is `altered`, and where nothing is said one is offered.

use crate::{caveat, folder, outcome, read, rules_of};

const PACK: &str = r#"
[pack]
name = "p"
title = "Performance"
[[rule]]
id = "r"
title = "Performance"
severity = "error"
message = "no warning"
[rule.when]
mentions = ["returned {percent}"]
[rule.required]
"#;
const ANY: &str = r#"
any = ["past performance {..2} not {..6} (indicat*|reliable|guide)"]
like = ["Past performance is not a reliable indicator of future results and should not be relied upon."]
"#;
const ALL: &str = r#"
all = ["past performance {..2} not", "(value|worth) {..8} fall", "get back less"]
like = ["Past performance is not a guide to the future, the value of investments may fall as well as rise, and you may get back less than you invested."]
"#;
const PAGE: &str = "# Our fund\n\nIt returned 12% last year.\n";

/// What is found on a page: code, words, message, and the title of the fix.
fn found(demand: &str, page: &str) -> Vec<(String, String, String, String)> {
    let outcome = outcome(&rules_of(&format!("{PACK}{demand}")), page);
    let told = outcome.findings.iter().map(|of| {
        (
            of.code.name().to_owned(),
            of.location.text().to_owned(),
            of.message.clone(),
            of.fix
                .as_ref()
                .map(|fix| fix.title.clone())
                .unwrap_or_default(),
        )
    });
    told.collect()
}

#[test]
fn a_near_miss_of_the_usual_wording_is_altered() {
    let page = format!(
        "{PAGE}\nPast performance is a reliable indicator of future results and should not be relied upon.\n"
    );
    let found = found(ANY, &page);
    let [(code, words, message, fix)] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!((code.as_str(), words.as_str()), ("altered", "is a"));
    assert_eq!(
        message,
        "no warning: the usual wording is there with other words: performance is [-not-] a reliable (a word that binds has changed)"
    );
    assert_eq!(fix, "restore the usual wording");
}

#[test]
fn one_finding_tells_of_an_altered_wording_that_lacks_several_things() {
    let page = format!(
        "{PAGE}\nPast performance is not a guide to the future, the value of investments may rise and you may get back more than you invested.\n"
    );
    let found = found(ALL, &page);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "altered");
    assert_eq!(found[0].1, "may rise and you may get back more");
}

#[test]
fn what_satisfies_the_rule_is_no_near_miss_in_whatever_words() {
    for said in [
        "Past performance is not a reliable indicator of future results.",
        "Past performance can not serve as a guide.",
    ] {
        assert_eq!(found(ANY, &format!("{PAGE}\n{said}\n")), []);
    }
}

#[test]
fn what_is_not_said_at_all_is_missing_and_the_usual_wording_can_be_added() {
    for other in [
        "",
        "\nThe results of the past year are in the annual report.\n",
    ] {
        let found = found(ANY, &format!("{PAGE}{other}"));
        assert_eq!(found.len(), 1, "{found:?}");
        let (code, words, _, fix) = &found[0];
        assert_eq!((code.as_str(), words.as_str()), ("missing", "returned 12%"));
        assert_eq!(fix, "add the usual wording");
    }
}

#[test]
fn the_usual_wording_is_added_only_when_unsafe_fixes_are_asked_for() {
    let project = folder(&[
        (".git/HEAD", ""),
        ("pack.toml", &format!("{PACK}{ANY}")),
        ("caveat.toml", "packs = [\"pack.toml\"]\n"),
        ("page.md", PAGE),
    ]);
    let page = project.path().join("page.md");
    assert_eq!(caveat(project.path(), &["check", "--fix"]).code, 1);
    assert_eq!(read(&page), PAGE);
    let ran = caveat(project.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert_eq!(
        read(&page),
        format!(
            "{PAGE}\nPast performance is not a reliable indicator of future results and should not be relied upon.\n"
        )
    );
}

#[test]
fn a_usual_wording_in_another_language_than_the_page_is_not_offered() {
    let german = r#"
any = ["(wertentwicklung|performance) {..12} (keine|kein)"]
like = ["Past performance is not a reliable indicator of future results and should not be relied upon."]
"#;
    let page = "# Unser Fonds\n\nDer Fonds hat im letzten Jahr seinen Anlegern viel Freude gemacht: er returned 12% und blieb damit vor allen anderen Fonds seiner Klasse.\n";
    let found = found(german, page);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].3.as_str()), ("missing", ""));
}

#[test]
fn a_usual_wording_that_is_none_is_told() {
    for (demand, said) in [
        (
            "any = [\"a b\"]\nlike = [\"too few words\"]",
            "`required` has a usual wording of fewer than 5 words",
        ),
        (
            "any = [\"a b\"]\nlike = [\"one two three four five {percent\"]",
            "`required` has a usual wording that is none: `{` is never closed",
        ),
        (
            "disclosure = \"x\"\nlike = [\"one two three four five\"]",
            "`required` stands beside `any`, `all` or `regex`",
        ),
    ] {
        let project = folder(&[
            (".git/HEAD", ""),
            ("pack.toml", &format!("{PACK}{demand}\n")),
            ("caveat.toml", "packs = [\"pack.toml\"]\n"),
            ("page.md", PAGE),
        ]);
        let ran = caveat(project.path(), &["check", "--format", "concise"]);
        assert!(
            format!("{}{}", ran.out, ran.err).contains(said),
            "{}{}",
            ran.out,
            ran.err
        );
        assert_eq!(ran.code, 2);
    }
}

const ABOUT: &str = r#"
any = ["past performance {..2} not {..6} (indicat*|reliable|guide)"]
like = ["Past performance is not a reliable indicator of future results and should not be relied upon."]
about = ["past performance {..1} (is|was|has been|shows|tells|proves)"]
"#;

#[test]
fn what_is_about_it_and_does_not_say_it_is_altered() {
    for said in [
        "Past performance is the best guide you can have.",
        "Remember: past performance tells you what our team can do.",
        "We do not believe that past performance shows anything.",
    ] {
        let page = format!("{PAGE}\nWords before. {said} Words after.\n");
        let found = found(ABOUT, &page);
        let [(code, words, message, fix)] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!(
            (code.as_str(), format!("{words}.").as_str()),
            ("altered", said)
        );
        assert_eq!(message, "no warning: this is about it, and does not say it");
        assert_eq!(fix, "add the usual wording");
    }
}

#[test]
fn what_others_say_about_it_is_no_try() {
    for said in [
        "Is past performance worth anything?",
        "Some brokers claim that past performance is a guide.",
        "\"Past performance is everything,\" reads their leaflet.",
        "Never say that past performance shows anything.",
    ] {
        assert_eq!(
            found(ABOUT, &format!("{PAGE}\n{said}\n"))[0].0,
            "missing",
            "{said}"
        );
    }
    let good = "Past performance is not a guide to anything.";
    assert_eq!(found(ABOUT, &format!("{PAGE}\n{good}\n")), []);
}

#[test]
fn an_offer_that_speaks_about_it_owes_it() {
    let said = "Past performance is the best guide there is.";
    let offer = format!(
        "# Invest with us\n\nOpen your account today and earn with our funds.\n\n{said}\n\n[Sign up](/join)\n"
    );
    assert_eq!(found(ABOUT, &offer)[0].0, "altered");
    let report = format!(
        "# The regulator on returns\n\nIn court the firm said that it had erred. {said} So the judge did not put it.\n"
    );
    assert_eq!(found(ABOUT, &report), []);
}

#[test]
fn a_rule_that_hangs_on_links_is_none_of_a_page_without_one() {
    let rules = PACK.replace(
        "mentions = [\"returned {percent}\"]",
        "links = [\"*/join*\"]",
    );
    let rules = rules_of(&format!("{rules}{ABOUT}"));
    let said = "# Invest with us\n\nOpen your account today and earn with our funds.\n\nPast performance is the best guide there is.\n";
    assert_eq!(outcome(&rules, said).findings.len(), 0);
    let linked = format!("{said}\n[Sign up](https://x.example/join)\n");
    assert_eq!(outcome(&rules, &linked).findings[0].code.name(), "altered");
}
