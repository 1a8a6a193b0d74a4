//! Lists of phrases that have a name: what `{name}` in a phrase stands for, in one pack and across packs, and what is refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use caveat::{Source, rule};

use crate::{caveat, folder, list, outcome, report, rules_of, text};

const HEAD: &str = "[pack]\nname = \"p\"\n";

/// A pack with these lists and one rule that forbids these phrases.
fn pack(words: &str, any: &str) -> String {
    format!(
        "{HEAD}[words]\n{words}\n[[rule]]\nid = \"r\"\ntitle = \"r\"\nseverity = \"error\"\nmessage = \"m\"\n[rule.forbidden]\nany = [{any}]\n"
    )
}

/// What is found, by its words.
fn found(toml: &str, page: &str) -> Vec<String> {
    let outcome = outcome(&rules_of(toml), page);
    let findings = outcome.findings.iter();
    findings.map(|of| of.location.text().to_owned()).collect()
}

#[test]
fn a_name_in_a_phrase_is_one_of_its_list() {
    let words = "coin = [\"bitcoin\", \"ether[eum]\", \"crypto*\", \"virtual asset(s|)\"]";
    let toml = pack(words, "\"buy {..2} {coin} today\"");
    for (page, whole) in [
        ("Buy some bitcoin today.", "Buy some bitcoin today"),
        ("Buy virtual assets today.", "Buy virtual assets today"),
        (
            "Buy your first cryptos today.",
            "Buy your first cryptos today",
        ),
    ] {
        assert_eq!(found(&toml, page), [whole]);
    }
    assert!(found(&toml, "Buy gold today.").is_empty());
}

#[test]
fn a_phrase_may_begin_with_any_word_or_value() {
    for (phrase, page) in [
        ("{word} value fund", "Lighthouse value fund"),
        ("{word} {word} value", "Old Lighthouse value"),
        ("(big|{word}) value fund", "Lighthouse value fund"),
        ("{number} value fund", "7 value fund"),
        ("{percent} value fund", "7 % value fund"),
        ("{money} value fund", "$7 value fund"),
        ("{desk} value fund", "Lighthouse value fund"),
        ("x* value fund", "Xylophone value fund"),
    ] {
        let toml = pack("", &format!("\"{phrase}\"")).replace("[words]\n", "");
        assert_eq!(found(&toml, &format!("{page}: up again.")), [page]);
    }
}

#[test]
fn a_name_alone_is_each_phrase_of_its_list() {
    // wherever the table stands
    let rule = pack("", "\"{all}\", \"sure thing\"").replace("[words]\n", "");
    let toml = format!(
        "{rule}[words]\nall = [\"no risk\", \"{{more}}\"]\nmore = [\"risk free gains\", \"safe bet\"]\n"
    );
    for page in [
        "No risk here.",
        "Risk free gains!",
        "A safe bet.",
        "A sure thing.",
    ] {
        assert_eq!(found(&toml, page).len(), 1, "{page}");
    }
    let (read, _) = rule::load(
        &Arc::new(Source::new("p.toml", toml.as_str())),
        &BTreeMap::new(),
    );
    let table = &read.rules[0].demands[0].1;
    let phrases: Vec<_> = table.phrases("any").iter().collect();
    let raw: Vec<&str> = phrases.iter().map(|(phrase, _)| phrase.raw()).collect();
    assert_eq!(
        raw,
        ["no risk", "risk free gains", "safe bet", "sure thing"]
    );
    assert_eq!(read.source.slice(phrases[2].1), "\"{all}\"");
}

#[test]
fn a_name_may_be_glued_to_letters_and_used_in_lists() {
    let words =
        "verb = [\"trad\", \"sell\"]\ndoing = [\"{verb}ing [of] {what}\"]\nwhat = \"shares\"";
    let toml = pack(words, "\"we do {doing}\", \"un{verb}able goods\"");
    assert_eq!(
        found(&toml, "We do trading of shares."),
        ["We do trading of shares"]
    );
    assert_eq!(
        found(&toml, "They are unsellable goods."),
        ["unsellable goods"]
    );
    assert!(found(&toml, "We do trade shares.").is_empty());
}

#[test]
fn of_phrases_that_must_all_be_there_a_name_is_one() {
    let toml = pack(
        "coin = [\"bitcoin\", \"ether\"]\nloss = [\"lose\", \"loss\"]",
        "\"x\"",
    )
    .replace(
        "[rule.forbidden]\nany = [\"x\"]",
        "[rule.required]\nall = [\"{coin}\", \"{loss}\"]",
    );
    assert!(found(&toml, "With ether you may lose money.").is_empty());
    assert_eq!(found(&toml, "With ether you win.").len(), 1);
}

#[test]
fn lists_of_a_pack_that_is_extended_or_built_in_are_named_with_it() {
    let base = pack(
        "coin = [\"bitcoin\", \"{metal} of the web\"]\nmetal = \"gold\"",
        "\"a {coin} scam\"",
    )
    .replace("\"p\"", "\"base\"");
    let mine = pack("", "\"{base:coin} today\"")
        .replace("[pack]\n", "[pack]\nextends = [\"base.toml\"]\n");
    let site = folder(&[
        ("caveat.toml", "packs = [\"packs/p.toml\"]\n"),
        ("packs/base.toml", &base),
        ("packs/p.toml", &mine),
        ("a.md", "The gold of the web today.\n"),
    ]);
    // without an example the pack would be told so elsewhere
    let report = report(site.path(), &["a.md"]);
    let found: Vec<&str> = list(&report, "findings")
        .iter()
        .map(|of| text(of, "text"))
        .collect();
    assert_eq!(found, ["gold of the web today"], "{report}");
    let explained = caveat(site.path(), &["explain", "base/r"]);
    assert!(
        explained
            .out
            .contains("  words\n    coin: bitcoin, {metal} of the web\n    metal: gold\n"),
        "{}{}",
        explained.out,
        explained.err
    );
}

#[test]
fn what_is_wrong_with_lists_is_told_under_it() {
    let plain = |words: &str| pack(words, "\"some {a}\"");
    let long: String = (0..60).map(|at| format!("\"w{at} x y\", ")).collect();
    let deep: String = (0..14)
        .map(|at| format!("d{at} = \"{{d{}}} x\"\n", at + 1))
        .collect();
    for (toml, at, says) in [
        (
            plain("a = \"{b} x\"\nb = [\"y\", \"z {a}\"]"),
            "{a}",
            "the list `a` uses itself: `a` uses `b`",
        ),
        (
            plain("a = [\"x\", \"{a} y\"]"),
            "{a}",
            "the list `a` uses itself: `a`",
        ),
        (plain("a = []"), "[]", "`a` is empty"),
        (
            plain("a = 7"),
            "7",
            "`a` is a list of phrases, and this is a number",
        ),
        (plain("a = [\"x\", 7]"), "7", "`a` holds strings"),
        (plain("a = [\"(x\"]"), "(", "the phrase `(` is never closed"),
        (
            plain("a = [\"[x]\"]"),
            "[x]",
            "the phrase matches the empty text",
        ),
        (
            plain("a = \"x\"\npercent = \"y\""),
            "percent",
            "`percent` is no name for a list",
        ),
        (
            plain("a = \"x\"\n\"a b\" = \"y\""),
            "\"a b\"",
            "`a b` is no name for a list",
        ),
        (
            plain("a = \"x\"\nfirm = \"y\""),
            "firm",
            "`firm` is a name of [values] in caveat.toml too",
        ),
        (
            pack("a = [\"x\", \"{..3} y\"]", "\"{a}\""),
            "\"{a}\"",
            "`{..3} y` of `{a}` cannot stand alone",
        ),
        (
            pack("a = \"x\"", "\"some {core:nothing}\""),
            "{core:nothing}",
            "under [words] of `core` there is",
        ),
        (
            pack("a = \"x\"", "\"some {cor:a}\""),
            "{cor:a}",
            "neither built in nor extended",
        ),
        (
            pack(
                &format!("a = [{long}]\nb = [{}]", "\"{a} {a}\", ".repeat(8)),
                "\"some {b}\"",
            ),
            "{b}",
            "uses lists of more than 2000 words",
        ),
        (
            pack(&format!("{deep}d14 = \"x\""), "\"some {d0}\""),
            "d12",
            "more than 12 deep",
        ),
    ] {
        let values = BTreeMap::from([("firm".to_owned(), "Acme".to_owned())]);
        let source = Arc::new(Source::new("p.toml", toml.as_str()));
        let (_, mistakes) = rule::load(&source, &values);
        let told: Vec<_> = (mistakes.iter())
            .map(|of| (of.location.text(), of.message.as_str()))
            .collect();
        let here = |(place, message): &(&str, &str)| *place == at && message.contains(says);
        assert!(told.iter().any(here), "{says} at {at}: {told:#?}\n{toml}");
    }
}

#[test]
fn a_name_that_stands_for_nothing_is_told_where_it_is_used() {
    let site = folder(&[
        ("caveat.toml", "packs = [\"p.toml\"]\n"),
        ("p.toml", &pack("a = [\"x {b}\"]", "\"some {a} thing\"")),
        ("a.md", "Text.\n"),
    ]);
    let report = report(site.path(), &["a.md"]);
    let found = list(&report, "findings");
    assert_eq!(found.len(), 1, "{report}");
    assert_eq!(text(&found[0], "text"), "\"some {a} thing\"");
    assert!(
        text(&found[0], "message").contains("`{b}` has no value"),
        "{report}"
    );
}

#[test]
fn lists_of_packs_that_are_built_in_need_no_values() {
    for (name, _) in rule::PACKS {
        let lists = rule::built_in_words(name).expect("it is built in");
        for (list, of) in &*lists {
            let missing = of.phrases().iter().flat_map(|(phrase, _)| phrase.missing());
            assert_eq!(missing.count(), 0, "{name}: {list}");
        }
    }
}
