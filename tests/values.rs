//! Numbers of approved texts: filled in, in range, those of the house, and not too old; and wordings in their time.

use serde_json::Value;

use crate::{caveat, folder, list, put, read, report, text};

/// A pack with this wording in English and in German.
fn pack(slot: &str) -> String {
    format!(
        r#"
[pack]
name = "case"
title = "A loss warning"

[[disclosure]]
id = "loss"
title = "Loss"
[[disclosure.version]]
text.en = "At Quillmoor {slot} of retail accounts lose money when they trade on margin, and that is no small risk."
text.de = "Bei Quillmoor verlieren {slot} der Kleinanleger Geld beim Handel auf Kredit, und das ist kein kleines Risiko."

[[rule]]
id = "loss"
title = "Loss"
severity = "error"
message = "no loss warning"
[rule.required]
disclosure = "loss"
"#
    )
}

fn english(value: &str) -> String {
    format!(
        "# Margin\n\nAt Quillmoor {value} of retail accounts lose money when they trade on margin, and that is no small risk.\n"
    )
}

fn german(value: &str) -> String {
    format!(
        "# Kredit\n\nBei Quillmoor verlieren {value} der Kleinanleger Geld beim Handel auf Kredit, und das ist kein kleines Risiko.\n"
    )
}

const FRESH: &str =
    "[values]\nloss-percentage = { value = 74.5, as-of = 2026-10-01, max-age = \"100 days\" }\n";

fn project(slot: &str, config: &str, name: &str, page: &str) -> tempfile::TempDir {
    let config = format!("packs = [\"pack.toml\"]\n{config}");
    folder(&[
        (".git/HEAD", ""),
        ("pack.toml", &pack(slot)),
        ("caveat.toml", &config),
        (name, page),
    ])
}

fn findings(slot: &str, config: &str, name: &str, page: &str) -> Vec<Value> {
    let project = project(slot, config, name, page);
    list(&report(project.path(), &[name]), "findings").to_vec()
}

/// Code, text under the span and message of the findings of a page.
fn told(slot: &str, config: &str, page: &str) -> Vec<(String, String, String)> {
    let of = |finding: &Value, key: &str| text(finding, key).to_owned();
    let all = findings(slot, config, "page.md", page);
    all.iter()
        .map(|finding| {
            (
                of(finding, "code"),
                of(finding, "text"),
                of(finding, "message"),
            )
        })
        .collect()
}

fn passes(slot: &str, config: &str, page: &str) {
    assert_eq!(told(slot, config, page), [], "{slot} {page}");
}

/// Asserts one finding of this code at these characters; gives its message.
fn one(slot: &str, config: &str, page: &str, code: &str, at: &str) -> String {
    let told = told(slot, config, page);
    let [(of, words, message)] = &told[..] else {
        panic!("{slot} {page}: {told:?}");
    };
    assert_eq!(
        (of.as_str(), words.as_str()),
        (code, at),
        "{page}: {message}"
    );
    message.clone()
}

#[test]
fn a_number_is_read_as_its_language_writes_it() {
    let slot = "{percent:0..100}";
    for value in [
        "74.5 %",
        "74%",
        "0%",
        "100%",
        "100.0%",
        "74.5 percent",
        "74.5 per cent",
        "74.5\u{a0}%",
        "74.5\u{202f}%",
    ] {
        passes(slot, "", &english(value));
    }
    for value in [
        "74,5 %",
        "74,500 %",
        "74\u{a0}%",
        "74,5\u{202f}%",
        "100,0 %",
        "74,5 Prozent",
    ] {
        passes(slot, "", &german(value));
    }
    for (value, at) in [
        ("100.1%", "100.1%"),
        ("101 %", "101 %"),
        ("1,000%", "1,000%"),
    ] {
        let said = one(slot, "", &english(value), "stale", at);
        assert!(said.contains("is out of range: 0 to 100"), "{said}");
    }
    one(slot, "", &english("-5%"), "stale", "5%");
    one(slot, "", &german("1.000 %"), "stale", "1.000 %");
    one("{percent:10..20}", "", &english("9.99%"), "stale", "9.99%");
    passes("{percent:10..20}", "", &english("10%"));
    passes("{percent:10..20}", "", &english("20.00%"));
}

#[test]
fn a_range_counts_where_the_pack_says_so() {
    for value in ["74-89%", "74–89 %", "74% to 89%", "74 to 89 %"] {
        let said = one("{percent:0..100}", "", &english(value), "altered", value);
        assert!(said.contains("not a range: 74 to 89"), "{said}");
        passes("{percent:0..100|range}", "", &english(value));
    }
    passes("{percent:0..100|range}", "", &german("74 bis 89 %"));
    passes("{percent:0..100|range}", "", &english("74%"));
    one(
        "{percent:0..100|range}",
        "",
        &english("74-189%"),
        "stale",
        "74-189%",
    );
    one(
        "{percent:0..100|range}",
        "",
        &english("89-74%"),
        "stale",
        "89-74%",
    );
}

#[test]
fn money_numbers_and_dates_are_taken_as_people_write_them() {
    for value in ["$10", "10 €", "EUR-free £1,000", "10 000 zł", "12.50 USD"] {
        let page = english(value);
        let expected = if value.starts_with("EUR") { 1 } else { 0 };
        assert_eq!(told("{money}", "", &page).len(), expected, "{value}");
    }
    for value in [
        "30 June 2026",
        "June 30, 2026",
        "2026-06-30",
        "30/06/2026",
        "30.06.2026",
        "June 2026",
        "30th of June 2026",
    ] {
        passes("{date}", "", &english(value));
    }
    for value in ["30. Juni 2026", "1. März 2026", "30.06.2026"] {
        passes("{date}", "", &german(value));
    }
    one(
        "{date}",
        "",
        &english("[insert date]"),
        "altered",
        "[insert date]",
    );
    for value in ["1000", "1,000", "10 000"] {
        passes("{number:1..10000}", "", &english(value));
    }
    one(
        "{number:1..9999}",
        "",
        &english("10 000"),
        "stale",
        "10 000",
    );
}

#[test]
fn what_someone_forgot_to_fill_in_is_found() {
    let slot = "{percent:0..100}";
    for (value, at) in [
        ("[insert percentage]", "[insert percentage]"),
        (
            "[insert percentage per provider]%",
            "[insert percentage per provider]%",
        ),
        ("{{loss_percent}}", "{{loss_percent}}"),
        ("{loss_percent}%", "{loss_percent}%"),
        ("XX%", "XX%"),
        ("__%", "__%"),
        ("\\_\\_%", "\\_\\_%"),
        ("[●]%", "[●]%"),
        ("<percentage>%", "<percentage>%"),
        ("&lt;percentage&gt;%", "&lt;percentage&gt;%"),
        ("TBC%", "TBC%"),
        ("[loss percentage] %", "[loss percentage] %"),
        ("%", "%"),
    ] {
        let said = one(slot, FRESH, &english(value), "altered", at);
        assert!(said.contains("the value is not filled in"), "{said}");
        one(
            "{percent:0..100 = loss-percentage}",
            FRESH,
            &english(value),
            "altered",
            at,
        );
    }
}

#[test]
fn what_a_program_fills_in_is_not_judged() {
    let page = english("{lossPercent}%");
    let all = findings("{percent}", "", "page.mdx", &page);
    assert_eq!(all.len(), 1, "{all:#?}");
    assert_eq!(
        (text(&all[0], "code"), text(&all[0], "text")),
        ("unverifiable", "{lossPercent}%")
    );
    let wording = english("{loss}%").replace("# Margin\n\n", "");
    let strings = format!("{{\"footer\": \"{}\"}}\n", wording.trim());
    let config = "[[data]]\npath = [\"*.json\"]\n";
    let all = findings("{percent}", config, "en.json", &strings);
    assert_eq!(all.len(), 1, "{all:#?}");
    assert_eq!(
        (text(&all[0], "code"), text(&all[0], "text")),
        ("unverifiable", "{loss}%")
    );
}

#[test]
fn a_number_is_held_against_the_value_of_the_house() {
    for slot in [
        "{percent:0..100 = loss-percentage}",
        "{loss-percentage} %",
        "{loss-percentage}%",
    ] {
        for value in ["74.5%", "74.50 %", "74.5 percent"] {
            passes(slot, FRESH, &english(value));
        }
        passes(slot, FRESH, &german("74,5 %"));
        let said = one(slot, FRESH, &english("71%"), "stale", "71");
        assert!(
            said.contains("the page says 71, and `loss-percentage` is 74.5 (of 2026-10-01)"),
            "{said}"
        );
        one(slot, FRESH, &german("71,2 %"), "stale", "71,2");
    }
    // where the house has no value, any in range will do
    passes("{percent:0..100 = loss-percentage}", "", &english("71%"));
    // each place is judged
    let both = format!("{}\n{}", english("74.5%"), english("71%"));
    one("{percent = loss-percentage}", FRESH, &both, "stale", "71");
    // a range holds a value that lies in it
    passes(
        "{percent|range = loss-percentage}",
        FRESH,
        &english("70-75%"),
    );
    one(
        "{percent|range = loss-percentage}",
        FRESH,
        &english("75-80%"),
        "stale",
        "75-80",
    );
}

#[test]
fn the_fix_puts_in_the_number_alone() {
    for (before, after) in [
        (english("**71** %"), english("**74.5** %")),
        (german("71,2\u{a0}%"), german("74,5\u{a0}%")),
        (german("71 %"), german("74,5 %")),
    ] {
        let project = project("{loss-percentage}%", FRESH, "page.md", &before);
        let ran = caveat(
            project.path(),
            &["check", "--fix", "--as-of", "2026-11-23", "page.md"],
        );
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        assert_eq!(read(&project.path().join("page.md")), after);
    }
    let related =
        findings("{loss-percentage}%", FRESH, "page.md", &english("71%"))[0]["related"].clone();
    let home = related
        .as_array()
        .unwrap()
        .iter()
        .find(|of| text(of, "message") == "`loss-percentage` is set here");
    assert_eq!(
        text(home.expect("the place in caveat.toml"), "path"),
        "caveat.toml"
    );
}

#[test]
fn a_value_of_the_house_grows_old() {
    let slot = "{percent:0..100 = loss-percentage}";
    let page = format!("{}\n{}", english("74.5%"), english("74.5%"));
    let project = project(slot, FRESH, "page.md", &page);
    let on = |day: &str| {
        let ran = caveat(
            project.path(),
            &["check", "--format", "json", "--as-of", day, "page.md"],
        );
        let report: Value = serde_json::from_str(&ran.out).expect("JSON");
        list(&report, "findings").to_vec()
    };
    assert_eq!(on("2026-10-01").len(), 0);
    assert_eq!(on("2027-01-09").len(), 0);
    // once for the page, though it says it twice
    let old = on("2027-01-10");
    assert_eq!(old.len(), 1, "{old:#?}");
    assert_eq!(
        (text(&old[0], "code"), text(&old[0], "text")),
        ("stale", "74.5")
    );
    assert!(
        text(&old[0], "message").contains("101 days old, and may be 100"),
        "{old:#?}"
    );
    assert!(old[0]["fix"].is_null());
    // on a day before it, what it was is not known
    let before = on("2026-09-30");
    assert_eq!(
        (before.len(), text(&before[0], "code")),
        (1, "unverifiable")
    );
    // another number, and the house's is too old to be put in
    put(project.path(), "page.md", english("71%").as_bytes());
    let both = on("2027-01-10");
    assert_eq!(
        (both.len(), text(&both[0], "code")),
        (1, "stale"),
        "{both:#?}"
    );
    assert!(both[0]["fix"].is_null(), "{both:#?}");
}

#[test]
fn words_of_the_house_stand_in_an_approved_text() {
    let config = "[values]\nfirm = \"Quillmoor & Sons\"\n";
    passes("{firm}", config, &english("Quillmoor & Sons"));
    let said = one(
        "{firm}",
        config,
        &english("Quillmoor Ltd"),
        "altered",
        "Ltd",
    );
    assert!(
        said.contains("[-& Sons-]") || said.contains("[-Sons-]"),
        "{said}"
    );
}

#[test]
fn a_wording_is_judged_by_its_time() {
    let pack = r#"
[pack]
name = "case"
title = "Wordings one after another"
[[disclosure]]
id = "pool"
[[disclosure.version]]
until = 2026-04-01
text.en = "Quillmoor pays the rewards of the pool once a month and keeps a tenth of them as its fee."
[[disclosure.version]]
from = 2026-04-01
until = 2027-04-01
text.en = "Quillmoor pays the rewards of the pool once a week and keeps a tenth of them as its fee."
[[disclosure.version]]
from = 2027-04-01
text.en = "Quillmoor pays the rewards of the pool once a day and keeps a tenth of them as its fee."
[[rule]]
id = "pool"
title = "Pool"
severity = "error"
message = "no terms"
[rule.required]
disclosure = "pool"
"#;
    let project = folder(&[
        (".git/HEAD", ""),
        ("pack.toml", pack),
        ("caveat.toml", "packs = [\"pack.toml\"]\n"),
    ]);
    let on = |day: &str, word: &str| {
        let page = format!(
            "Quillmoor pays the rewards of the pool once a {word} and keeps a tenth of them as its fee.\n"
        );
        put(project.path(), "page.md", page.as_bytes());
        let ran = caveat(
            project.path(),
            &["check", "--format", "json", "--as-of", day, "page.md"],
        );
        let report: Value = serde_json::from_str(&ran.out).expect("JSON");
        let all = list(&report, "findings").to_vec();
        assert!(all.len() < 2, "{all:#?}");
        all.first().map(|of| {
            (
                text(of, "code").to_owned(),
                text(of, "message").to_owned(),
                of["fix"]["safe"].clone(),
            )
        })
    };
    assert_eq!(on("2026-03-31", "month"), None);
    assert_eq!(on("2026-04-01", "week"), None);
    assert_eq!(on("2027-03-31", "week"), None);
    assert_eq!(on("2027-04-01", "day"), None);
    let (code, said, safe) = on("2026-04-01", "month").expect("superseded");
    assert_eq!((code.as_str(), safe), ("stale", Value::Bool(true)));
    assert!(
        said.contains("superseded since 2026-04-01: once a [-week-] {+month+} and keeps"),
        "{said}"
    );
    let (code, said, _) = on("2026-03-31", "week").expect("not yet");
    assert_eq!(code, "altered");
    assert!(
        said.contains("approved only from 2026-04-01 on: once a [-month-] {+week+}"),
        "{said}"
    );
}
