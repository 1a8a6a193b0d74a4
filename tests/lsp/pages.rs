//! What a writer sees: findings at their places, in step with the text, and what can be done about them.

use serde_json::{Value, json};

use super::editor::{Editor, able, asking, edited};
use crate::{folder, root, text};

/// A pack of a house with one of each sort of finding.
pub(super) const HOUSE: &str = r#"[pack]
name = "our"

[[disclosure]]
id = "risk"
title = "Risk warning"
[[disclosure.version]]
text.en = "Capital at risk. You may lose all the money you invest."

[[rule]]
id = "risk-warning"
title = "Risk warning"
severity = "error"
message = "a promotion without the risk warning"
help = "put the warning on the page"

[[rule.source]]
regulator = "FCA"
citation = "COBS 4.12A.11R(1)(d)"
url = "https://www.handbook.fca.org.uk/handbook/COBS/4/12A.html"
quote = "A firm must give a risk warning."
checked = 2026-11-20
status = "verified"

[rule.when]
mentions = ["CFDs"]

[rule.required]
disclosure = "risk"

[[rule.example]]
fails = "Trade CFDs."
code = "missing"
at = "CFDs"

[[rule]]
id = "no-promise"
title = "No promise"
severity = "warning"
message = "a promise of profit"

[rule.forbidden]
any = ["sure profit[s]"]
"#;

pub(super) const CONFIG: &str = "packs = [\"our.toml\"]\n";

pub(super) fn site(pages: &[(&str, &str)]) -> tempfile::TempDir {
    folder(&[&[("caveat.toml", CONFIG), ("our.toml", HOUSE)], pages].concat())
}

/// Letters of one, two, three and four bytes before the words, an end of line of each sort.
const PAGE: &str = "# Über uns\r\n\r\nSchöne 🏦 Größe 𝒳: a **sure\r\nprofit** für 🚀 alle.\n\nTrade 🎲 CFDs with us.\r\rEnde\n";

fn codes(said: &[Value]) -> Vec<&str> {
    said.iter().map(|of| text(of, "code")).collect()
}

#[test]
fn findings_are_told_at_their_places_in_each_encoding() {
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let site = site(&[("page.md", "")]);
        let mut editor = Editor::new(site.path(), able(encoding));
        assert_eq!(editor.encoding, encoding);
        editor.open("page.md", PAGE);
        let said = editor.said("page.md");
        assert_eq!(
            codes(&said),
            ["our/no-promise/prohibited", "our/risk-warning/missing"]
        );
        assert_eq!(editor.slice(PAGE, &said[0]["range"]), "sure\r\nprofit");
        assert_eq!(editor.slice(PAGE, &said[1]["range"]), "CFDs");
        assert_eq!(said[1]["source"], "caveat");
        assert_eq!(
            (&said[0]["severity"], &said[1]["severity"]),
            (&json!(2), &json!(1))
        );
        assert_eq!(said[1]["message"], "a promotion without the risk warning");
        assert_eq!(
            said[1]["codeDescription"]["href"],
            "https://www.handbook.fca.org.uk/handbook/COBS/4/12A.html"
        );
        assert_eq!(editor.published["page.md"]["version"], 1);
        assert!(editor.end());
    }
}

#[test]
fn a_client_that_knows_no_encodings_counts_in_utf_16() {
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), json!({}));
    assert_eq!(editor.encoding, "utf-16");
    editor.open("page.md", PAGE);
    let said = editor.said("page.md");
    assert_eq!(editor.slice(PAGE, &said[1]["range"]), "CFDs");
}

#[test]
fn a_text_is_kept_in_step_with_each_change() {
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let site = site(&[]);
        let mut editor = Editor::new(site.path(), able(encoding));
        let mut now = PAGE.to_owned();
        editor.open("page.md", &now);
        // each change is of the text as the one before left it
        let said = editor.said("page.md");
        let promise = said[0]["range"].clone();
        let changes = json!([
            { "range": promise, "text": "🎈 hope" },
            { "range": { "start": promise["start"], "end": promise["start"] }, "text": "small " },
        ]);
        now = now.replace("sure\r\nprofit", "small 🎈 hope");
        editor.change("page.md", 2, changes);
        let said = editor.said("page.md");
        assert_eq!(codes(&said), ["our/risk-warning/missing"]);
        assert_eq!(editor.slice(&now, &said[0]["range"]), "CFDs");
        assert_eq!(editor.published["page.md"]["version"], 2);
        // the warning is typed at the end
        let end = json!({ "line": 900, "character": 900 });
        let typed = "\nCapital at risk. You may lose all the money you invest.\n";
        editor.change(
            "page.md",
            3,
            json!([{ "range": { "start": end, "end": end }, "text": typed }]),
        );
        assert_eq!(editor.said("page.md"), [] as [Value; 0]);
        editor.close("page.md");
        editor.settle();
        assert!(editor.end());
    }
}

#[test]
fn a_client_that_asks_is_told_when_it_asks() {
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), asking("utf-16"));
    editor.open("page.md", PAGE);
    let params = json!({ "textDocument": { "uri": editor.uri("page.md") } });
    let pulled = editor.pull("page.md");
    let first = editor.ask("textDocument/diagnostic", params.clone());
    assert_eq!(first["items"], json!(pulled));
    let items = first["items"].as_array().unwrap().clone();
    assert_eq!(editor.slice(PAGE, &items[1]["range"]), "CFDs");
    let mut again = params;
    again["previousResultId"] = first["resultId"].clone();
    let second = editor.ask("textDocument/diagnostic", again.clone());
    assert_eq!(
        second,
        json!({ "kind": "unchanged", "resultId": first["resultId"] })
    );
    editor.write("page.md", 2, "Trade CFDs.\n");
    let third = editor.ask("textDocument/diagnostic", again);
    assert_eq!(third["items"].as_array().unwrap().len(), 1);
    assert!(editor.published.is_empty(), "{:?}", editor.published);
}

#[test]
fn a_fix_is_one_key_away_and_is_of_the_version_it_was_made_for() {
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let site = site(&[]);
        let mut editor = Editor::new(site.path(), able(encoding));
        let page =
            "🚀 Trade CFDs.\n\nÄ: Capital at risk. You may lose most of the money you invest.\n";
        editor.open("page.md", page);
        let said = editor.said("page.md");
        assert_eq!(codes(&said), ["our/risk-warning/altered"], "{said:?}");
        let actions = editor.actions("page.md", &said[0]["range"], &said);
        let fix = &actions[0];
        assert_eq!(fix["kind"], "quickfix");
        assert_eq!(fix["isPreferred"], true);
        assert_eq!(fix["diagnostics"][0], said[0]);
        let change = &fix["edit"]["documentChanges"][0];
        assert_eq!(
            change["textDocument"],
            json!({ "uri": editor.uri("page.md"), "version": 1 })
        );
        let mended = edited(page, change["edits"].as_array().unwrap(), encoding);
        assert!(
            mended.ends_with("Ä: Capital at risk. You may lose all the money you invest.\n"),
            "{mended}"
        );
        editor.write("page.md", 2, &mended);
        assert_eq!(editor.said("page.md"), [] as [Value; 0]);
    }
}

#[test]
fn every_safe_fix_can_be_had_at_once() {
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), able("utf-8"));
    let page = "Trade CFDs.\n\nCapital at risk. You may lose most of the money you invest.\n";
    editor.open("page.md", page);
    editor.settle();
    let params = json!({
        "textDocument": { "uri": editor.uri("page.md") },
        "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } },
        "context": { "diagnostics": [], "only": ["source.fixAll"] },
    });
    let actions = editor.ask("textDocument/codeAction", params);
    let actions = actions.as_array().unwrap();
    assert_eq!(actions.len(), 1);
    assert_eq!(actions[0]["kind"], "source.fixAll.caveat");
    let edits = actions[0]["edit"]["documentChanges"][0]["edits"]
        .as_array()
        .unwrap();
    let mended = edited(page, edits, "utf-8");
    assert_eq!(mended, page.replace("most of", "all"));
}

#[test]
fn the_example_site_says_in_the_editor_what_check_says() {
    let site = root().join("examples/broker-blog");
    let report = crate::report(&site, &[]);
    let mut editor = Editor::new(&site, able("utf-32"));
    let mut pages = std::collections::BTreeSet::new();
    let mut wanted = Vec::new();
    for finding in crate::list(&report, "findings") {
        pages.insert(text(finding, "path").to_owned());
        let span = &finding["span"];
        let at = |line: &str, column: &str| {
            let of = |key: &str| span[key].as_u64().unwrap() - 1;
            (of(line), of(column))
        };
        wanted.push((
            text(finding, "path").to_owned(),
            at("start_line", "start_column"),
            at("end_line", "end_column"),
            format!("{}/{}", text(finding, "rule"), text(finding, "code")),
        ));
    }
    let mut got = Vec::new();
    for page in &pages {
        editor.open(page, &crate::read(&site.join(page)));
        for of in editor.said(page) {
            let at = |end: &str| {
                let at = &of["range"][end];
                (
                    at["line"].as_u64().unwrap(),
                    at["character"].as_u64().unwrap(),
                )
            };
            got.push((
                page.clone(),
                at("start"),
                at("end"),
                text(&of, "code").to_owned(),
            ));
        }
    }
    wanted.sort();
    got.sort();
    assert_eq!(got, wanted);
}
