//! `when.offers`: a rule applies where a page offers something to its reader, and not where it tells of it; and where a page tries to
//! carry the text that is demanded, whatever else it says.

use serde_json::Value;

use crate::{folder, list, report, text};

const PACK: &str = r#"
[pack]
name = "case"

[[disclosure]]
id = "risk"
[[disclosure.version]]
until = 2024-01-01
text.en = "Coins may fall in price, and whoever buys them with us must be ready to lose every pound that was paid for them."
[[disclosure.version]]
from = 2024-01-01
text.en = "Coins may fall in price at any time, and whoever buys them must be ready to lose all that was paid for them."

[[rule]]
id = "coins"
title = "Coins"
severity = "error"
message = "coins are offered without the warning"
[rule.when]
offers = ["(bitcoin|coin(s|))"]
[rule.required]
disclosure = "risk"
"#;

fn found(page: &str) -> Value {
    let project = folder(&[
        (".git/HEAD", ""),
        ("pack.toml", PACK),
        ("caveat.toml", "packs = [\"pack.toml\"]\n"),
        ("page.md", page),
    ]);
    report(project.path(), &["page.md"])
}

/// The one finding has this code, and the words under its span begin so.
#[track_caller]
fn finds(code: &str, words: &str, page: &str) {
    let found = found(page);
    let [finding] = list(&found, "findings") else {
        panic!("{page:?}: {found}");
    };
    assert_eq!(text(finding, "code"), code, "{page:?}: {found}");
    let span = &finding["span"];
    let at = |end: &str| usize::try_from(span[end].as_u64().unwrap()).unwrap();
    let under = &page[at("start")..at("end")];
    assert!(under.starts_with(words), "{page:?}: {under:?}");
}

#[track_caller]
fn finds_nothing(page: &str) {
    let found = found(page);
    assert!(list(&found, "findings").is_empty(), "{page:?}: {found}");
}

#[test]
fn what_is_offered_makes_a_rule_apply() {
    for page in [
        "Bitcoin, minus the faff. Download our app and buy your first slice from £5.",
        "# Meet the Halden wallet\n\nBitcoin sits next to your savings, and our team answers day and night.\n\n[Open an account](/join)",
        "Trade Bitcoin with zero fees, today.",
        "- Bitcoin in under two minutes\n- No fees on your first trade\n\nSign up and see.",
        "<p>Bitcoin for everyone.</p><p>We let you start small: from £1 a week.</p>",
    ] {
        finds("missing", "Bitcoin", page);
    }
}

#[test]
fn what_a_button_says_counts() {
    let page = "# Bitcoin with Halden\n\nThe month's coins are bought on the first of it, for one flat fee.\n\n";
    finds_nothing(page);
    finds(
        "missing",
        "Bitcoin",
        &format!("{page}[Start from £5](/start)\n"),
    );
    finds_nothing(&format!(
        "{page}Register the device with the command that the manual names on its first page.\n"
    ));
}

#[test]
fn talk_makes_no_rule_apply() {
    for page in [
        "Bitcoin fell by 4% on Tuesday, the exchange said, and analysts told reporters that more may follow.",
        "The regulator fined a firm that let customers buy Bitcoin from £5 in its app without a warning.",
        "Bitcoin is a kind of money that no state issues. The term refers to the network as well.",
        "Beware of messages that offer Bitcoin from £5: victims were told to sign up with our app today.",
        "To buy Bitcoin through the API, call the endpoint with your key; the parameter `amount` takes a string.",
        "Firms must not offer Bitcoin to retail clients without the warning. Guidance on your first trade follows in section 4.",
        "He bought Bitcoin in 2013 and sold it again.",
        "Why is my Bitcoin late? Contact support, log in and reset your password.",
    ] {
        finds_nothing(page);
    }
}

#[test]
fn a_text_that_is_tried_and_missed_makes_its_rule_apply() {
    finds(
        "altered",
        "",
        "Our shop sells tea.\n\nCoins may fall in price at any time, and whoever buys them must be ready to lose some of what was paid for them.",
    );
    finds(
        "stale",
        "Coins may fall",
        "Our shop sells tea.\n\nCoins may fall in price, and whoever buys them with us must be ready to lose every pound that was paid for them.",
    );
    for page in [
        // as it holds
        "Our shop sells tea.\n\nCoins may fall in price at any time, and whoever buys them must be ready to lose all that was paid for them.",
        // quoted
        "The old leaflet had \"Coins may fall in price, and whoever buys them with us must be ready to lose every pound that was paid for them\" on its back.",
        // told of
        "The regulator said on Monday that the firm's page read: coins may fall in price, and whoever buys them with us must be ready to lose every penny.",
        // a sentence of its own that shares some words
        "Prices may fall at any time, and whoever buys tea must be ready to lose.",
    ] {
        finds_nothing(page);
    }
}

/// A sentence of common use comes close to a short text: it is one that was tried where it is all that its paragraph says.
#[test]
fn a_short_text_is_tried_where_a_paragraph_says_nothing_else() {
    let pack = PACK
        .replace("until = 2024-01-01", "until = 2020-01-01")
        .replace(
            "Coins may fall in price at any time, and whoever buys them must be ready to lose all that was paid for them.",
            "Whoever buys coins may lose the whole price.",
        );
    let findings = |page: &str| {
        let project = folder(&[
            (".git/HEAD", ""),
            ("pack.toml", &pack),
            ("caveat.toml", "packs = [\"pack.toml\"]\n"),
            ("page.md", page),
        ]);
        let report = report(project.path(), &["page.md"]);
        let found = list(&report, "findings").iter();
        found
            .map(|of| text(of, "code").to_owned())
            .collect::<Vec<_>>()
    };
    let shop = "Our shop sells tea.\n\n";
    assert_eq!(
        findings(&format!("{shop}Whoever buys coins may lose the price.")),
        ["altered"]
    );
    for rest in [
        "Whoever buys coins may lose the whole price.",
        "Whoever buys coins may lose the price, which is why the till is counted twice before the door is locked at night.",
    ] {
        assert!(findings(&format!("{shop}{rest}")).is_empty(), "{rest}");
    }
}

/// Phrases are compiled when a page has their words: what is found on a page must not hang on the pages before it.
#[test]
fn a_page_is_read_the_same_whatever_was_read_before() {
    let pack = r#"
[pack]
name = "case"

[[rule]]
id = "words"
title = "Words"
severity = "error"
message = "said"
[rule.forbidden]
any = ["inversión segura", "inversion {..1} barata"]
"#;
    let found = |files: &[(&str, &str)]| {
        let mut all = vec![
            (".git/HEAD", ""),
            ("pack.toml", pack),
            ("caveat.toml", "packs = [\"pack.toml\"]\n"),
        ];
        all.extend(files);
        let project = folder(&all);
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        let report = report(project.path(), &names);
        list(&report, "findings")
            .iter()
            .filter(|of| text(of, "path") == "z.md")
            .count()
    };
    let page = ("z.md", "La inversion segura es la nuestra.\n");
    let before = ("a.md", "Una inversion muy barata.\n");
    assert_eq!(found(&[page]), 1);
    assert_eq!(found(&[before, page]), 1);
}
