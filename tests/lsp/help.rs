//! What stands behind a finding or a text that meets a rule, what can be written, and the other things that can be done.

use serde_json::{Value, json};

use super::editor::{Editor, able, edited, offset};
use super::pages::{CONFIG, HOUSE, site};
use crate::{folder, text};

const WARNING: &str = "Capital at risk. You may lose all the money you invest.";

/// The position of a `|` in a text, and the text without it.
fn marked(text: &str) -> (String, Value) {
    let at = text.find('|').unwrap();
    let before = &text[..at];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    let rest = text.replacen('|', "", 1);
    (rest, json!({ "line": line, "character": column }))
}

fn ask_at(editor: &mut Editor, method: &str, name: &str, position: &Value) -> Value {
    let params = json!({ "textDocument": { "uri": editor.uri(name) }, "position": position });
    editor.ask(method, params)
}

fn hover(editor: &mut Editor, name: &str, position: &Value) -> String {
    let hover = ask_at(editor, "textDocument/hover", name, position);
    hover["contents"]["value"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn a_hover_over_a_finding_says_which_rule_which_law_and_what_to_do() {
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), able("utf-16"));
    let (page, at) = marked("Trade 🚀 C|FDs.\n");
    editor.open("page.md", &page);
    let said = hover(&mut editor, "page.md", &at);
    for part in [
        "**our/risk-warning**: missing",
        "*What to do:* put the warning on the page",
        "*Fix:* add the approved wording: can be done for you",
        "*Law:* [FCA COBS 4.12A.11R(1)(d)](https://www.handbook.fca.org.uk/handbook/COBS/4/12A.html)",
        "> A firm must give a risk warning.",
        "verified: read at its source, checked 2026-11-20",
    ] {
        assert!(said.contains(part), "{part}\n---\n{said}");
    }
    let nothing = ask_at(
        &mut editor,
        "textDocument/hover",
        "page.md",
        &json!({ "line": 1, "character": 0 }),
    );
    assert_eq!(nothing, Value::Null);
}

#[test]
fn a_hover_over_a_text_that_meets_a_rule_says_by_what() {
    let site = folder(&[
        ("caveat.toml", CONFIG),
        ("our.toml", HOUSE),
        ("hugo.toml", "title = 'x'\n"),
        (
            "layouts/shortcodes/risk.html",
            &format!("<p>{WARNING}</p>\n"),
        ),
    ]);
    let mut editor = Editor::new(site.path(), able("utf-16"));
    let (own, at) = marked(&format!(
        "Trade CFDs.\n\nCapital| at risk.{}\n",
        &WARNING[16..]
    ));
    editor.open("content/own.md", &own);
    let said = hover(&mut editor, "content/own.md", &at);
    assert!(said.contains("**our/risk-warning**: met"), "{said}");
    assert!(
        said.contains("> Capital at risk. You may lose all the money you invest"),
        "{said}"
    );
    let (page, at) = marked("Trade CFDs.\n\n{{< ri|sk >}}\n");
    editor.open("content/page.md", &page);
    let said = hover(&mut editor, "content/page.md", &at);
    assert!(said.contains("met"), "{said}");
    assert!(
        said.contains("content/page.md:3 → layouts/shortcodes/risk.html:1"),
        "{said}"
    );
}

#[test]
fn what_a_pack_says_is_no_markup_of_the_hover() {
    let pack = HOUSE.replace(
        "put the warning on the page",
        "[click](https://evil.example) <b>here</b> ![x](y) `z` *now*\\n# not a heading",
    );
    let site = folder(&[("caveat.toml", CONFIG), ("our.toml", &pack)]);
    let mut editor = Editor::new(site.path(), able("utf-16"));
    let (page, at) = marked("Trade C|FDs.\n");
    editor.open("page.md", &page);
    let said = hover(&mut editor, "page.md", &at);
    assert!(
        said.contains("\\[click\\](https://evil.example) \\<b\\>here"),
        "{said}"
    );
    assert!(said.contains("\\# not a heading"), "{said}");
    let mut plain = able("utf-16");
    plain["textDocument"]["hover"] = json!({});
    let mut editor = Editor::new(site.path(), plain);
    editor.open("page.md", &page);
    assert!(hover(&mut editor, "page.md", &at).contains("What to do: [click](https"));
}

// ---------------------------------------------------------------- waivers

fn titled<'a>(actions: &'a [Value], begin: &str) -> Option<&'a Value> {
    actions
        .iter()
        .find(|of| text(of, "title").starts_with(begin))
}

#[test]
fn a_waiver_is_put_in_as_each_syntax_writes_it_and_waives_once_a_reason_is_given() {
    let pages = [
        (
            "a.md",
            "Über uns.\n\nA sure profit.\n",
            "<!-- caveat-disable-next-line our/no-promise: TODO: why -->\nA sure profit.",
        ),
        (
            "b.md",
            "> Quoted by nobody.\n>\n> - A sure profit.\n",
            "> <!-- caveat-disable-next-line our/no-promise: TODO: why -->\n> - A sure profit.",
        ),
        // a comment of its own line would tear the paragraph apart
        (
            "c.md",
            "One line\nand a sure profit\nand one more.\n",
            "and a sure profit <!-- caveat-disable-line our/no-promise: TODO: why -->\nand one more.",
        ),
        (
            "d.html",
            "<p>\nA sure profit.\n</p>\n",
            "<!-- caveat-disable-next-line our/no-promise: TODO: why -->\nA sure profit.",
        ),
        (
            "e.mdx",
            "A sure profit.\n",
            "{/* caveat-disable-next-line our/no-promise: TODO: why */}\nA sure profit.",
        ),
        (
            "f.adoc",
            "Words.\n\nA sure profit.\n",
            "// caveat-disable-next-line our/no-promise: TODO: why\nA sure profit.",
        ),
        (
            "g.rst",
            "Words.\n\nA sure profit.\n",
            ".. caveat-disable-next-line our/no-promise: TODO: why\n\nA sure profit.",
        ),
        (
            "h.adoc",
            "One line\nand a sure profit\nand more.\n",
            "One line\n// caveat-disable-next-line our/no-promise: TODO: why\nand a sure profit\nand more.\n",
        ),
        // where a comment in a paragraph would be words of it, the paragraph is waived
        (
            "i.rst",
            "One line\nand a sure profit\nand more.\n\nThe end.\n",
            ".. caveat-disable our/no-promise: TODO: why\n\nOne line\nand a sure profit\nand more.\n\n.. caveat-enable our/no-promise\n",
        ),
    ];
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), able("utf-8"));
    for (name, page, wanted) in pages {
        editor.open(name, page);
        let said = editor.said(name);
        assert_eq!(said.len(), 1, "{name}: {said:?}");
        let actions = editor.actions(name, &said[0]["range"], &said);
        let waive = titled(&actions, "waive our/no-promise")
            .unwrap_or_else(|| panic!("{name}: {actions:?}"));
        assert_eq!(waive["kind"], "quickfix");
        let edits = waive["edit"]["documentChanges"][0]["edits"]
            .as_array()
            .unwrap();
        let waived = edited(page, edits, "utf-8");
        assert!(waived.contains(wanted), "{name}:\n{waived}");
        // a reason that nobody gave waives nothing
        editor.write(name, 2, &waived);
        let codes: Vec<String> = editor
            .said(name)
            .iter()
            .map(|of| text(of, "code").to_owned())
            .collect();
        assert!(
            codes.contains(&"caveat/suppression/suppression".to_owned()),
            "{name}: {codes:?}"
        );
        assert!(
            codes.contains(&"our/no-promise/prohibited".to_owned()),
            "{name}: {codes:?}"
        );
        editor.write(name, 3, &waived.replace("TODO: why", "the name of a book"));
        assert_eq!(editor.said(name), [] as [Value; 0], "{name}");
    }
}

#[test]
fn where_no_comment_can_be_no_waiver_is_offered() {
    let config = format!("{CONFIG}[[data]]\npath = [\"i18n/*.json\"]\n");
    let site = folder(&[("caveat.toml", &config), ("our.toml", HOUSE)]);
    let mut editor = Editor::new(site.path(), able("utf-8"));
    for (name, page) in [
        ("a.txt", "A sure profit.\n"),
        ("i18n/en.json", "{ \"a\": \"A sure profit.\" }\n"),
        (
            "b.srt",
            "1\n00:00:01,000 --> 00:00:02,000\nA sure profit.\n",
        ),
    ] {
        editor.open(name, page);
        let said = editor.said(name);
        assert_eq!(said.len(), 1, "{name}: {said:?}");
        let actions = editor.actions(name, &said[0]["range"], &said);
        assert!(titled(&actions, "waive").is_none(), "{name}: {actions:?}");
        assert!(
            titled(&actions, "open the rule our/no-promise").is_some(),
            "{name}"
        );
    }
}

// ---------------------------------------------------------------- rules

#[test]
fn a_rule_is_opened_where_it_is_written() {
    let mut able = able("utf-16");
    able["window"] = json!({ "showDocument": { "support": true } });
    let config = "packs = [\"our.toml\", \"core\"]\n";
    let site = folder(&[("caveat.toml", config), ("our.toml", HOUSE)]);
    let mut editor = Editor::new(site.path(), able);
    editor.open("page.md", "A sure profit.\n");
    let said = editor.said("page.md");
    let actions = editor.actions("page.md", &said[0]["range"], &said);
    let command = &titled(&actions, "open the rule our/").unwrap()["command"];
    let params = json!({ "command": command["command"], "arguments": command["arguments"] });
    let text_of = editor.ask("workspace/executeCommand", params);
    assert!(text(&text_of, "value").contains("No promise"), "{text_of}");
    let shown = editor
        .asked
        .iter()
        .find(|of| of.method == "window/showDocument")
        .unwrap();
    assert_eq!(shown.params["uri"], editor.uri("our.toml").as_str());
    assert_eq!(
        editor.slice(HOUSE, &shown.params["selection"]),
        "\"no-promise\""
    );
    // one that is built in is written nowhere
    let params = json!({ "command": "caveat.openRule", "arguments": ["core/past-performance"] });
    let text_of = editor.ask("workspace/executeCommand", params);
    assert!(text(&text_of, "value").contains("core/past"), "{text_of}");
    assert!(
        editor
            .told
            .iter()
            .any(|of| of.method == "window/showMessage")
    );
    let unknown = editor.ask_for(
        "workspace/executeCommand",
        json!({ "command": "caveat.openRule", "arguments": ["x/y"] }),
    );
    assert_eq!(unknown.response_result.unwrap_err().code, -32602);
}

#[test]
fn a_client_that_takes_commands_alone_gets_commands() {
    let mut able = able("utf-16");
    able["textDocument"]["codeAction"] = json!({});
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), able);
    editor.open("page.md", "Trade CFDs.\n");
    let said = editor.said("page.md");
    let commands = editor.actions("page.md", &said[0]["range"], &said);
    let fix = titled(&commands, "add the approved wording").unwrap();
    assert_eq!(fix["command"], "caveat.applyEdit");
    editor.ask(
        "workspace/executeCommand",
        json!({ "command": fix["command"], "arguments": fix["arguments"] }),
    );
    let apply = editor
        .asked
        .iter()
        .find(|of| of.method == "workspace/applyEdit")
        .unwrap();
    let edits = apply.params["edit"]["documentChanges"][0]["edits"]
        .as_array()
        .unwrap();
    assert!(edited("Trade CFDs.\n", edits, "utf-16").contains(WARNING));
}

// ---------------------------------------------------------------- completion

/// What is offered at the `|`: the label, and the text once it is taken.
fn offered(editor: &mut Editor, name: &str, marked_text: &str) -> Vec<(String, String)> {
    let (page, at) = marked(marked_text);
    editor.open(name, &page);
    let list = ask_at(editor, "textDocument/completion", name, &at);
    let items = list["items"].as_array().unwrap();
    let taken = |item: &Value| {
        let edit = &item["textEdit"];
        let place = |end: &str| offset(&page, &edit["range"][end], "utf-16");
        let mut out = page.clone();
        out.replace_range(place("start")..place("end"), text(edit, "newText"));
        (text(item, "label").to_owned(), out)
    };
    items.iter().map(taken).collect()
}

fn labels(offered: &[(String, String)]) -> Vec<&str> {
    offered.iter().map(|(label, _)| label.as_str()).collect()
}

#[test]
fn approved_wordings_are_offered_where_a_paragraph_can_begin() {
    let pack = HOUSE.replace(
        "text.en = ",
        "text.de = \"Kapital in Gefahr *alles*.\"\ntext.en = ",
    );
    let site = folder(&[("caveat.toml", CONFIG), ("our.toml", &pack)]);
    let mut editor = Editor::new(site.path(), able("utf-16"));
    let all = offered(&mut editor, "a.md", "Trade 🚀 CFDs.\n\n|\n");
    assert_eq!(labels(&all), ["Risk warning (de)", "Risk warning (en)"]);
    assert_eq!(
        all[0].1,
        "Trade 🚀 CFDs.\n\nKapital in Gefahr \\*alles\\*.\n"
    );
    let german = offered(&mut editor, "b.md", "---\nlang: de\n---\n\n|\n");
    assert_eq!(labels(&german), ["Risk warning (de)"]);
    let typed = offered(&mut editor, "c.md", "Trade CFDs.\n\ncapi|\n");
    assert_eq!(labels(&typed), ["Risk warning (en)"]);
    assert_eq!(typed[0].1, format!("Trade CFDs.\n\n{WARNING}\n"));
    for page in [
        "Trade CFDs| and more.\n",
        "---\ntitle: |\n---\n",
        "Something else|\n",
    ] {
        assert_eq!(
            labels(&offered(&mut editor, "d.md", page)),
            [] as [&str; 0],
            "{page}"
        );
    }
}

#[test]
fn what_other_pages_bring_the_wording_in_with_comes_first() {
    let site = folder(&[
        ("caveat.toml", CONFIG),
        ("our.toml", HOUSE),
        ("hugo.toml", "title = 'x'\n"),
        (
            "layouts/shortcodes/risk.html",
            &format!("<p>{WARNING}</p>\n"),
        ),
        ("content/other.md", "Trade CFDs.\n\n{{< risk >}}\n"),
    ]);
    let mut editor = Editor::new(site.path(), able("utf-16"));
    editor.open("content/other.md", "Trade CFDs.\n\n{{< risk >}}\n");
    let all = offered(&mut editor, "content/page.md", "Trade CFDs.\n\n|\n");
    assert_eq!(labels(&all), ["{{< risk >}}", "Risk warning (en)"]);
    assert_eq!(all[0].1, "Trade CFDs.\n\n{{< risk >}}\n");
}

#[test]
fn rules_are_offered_in_the_comments_that_waive_them() {
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), able("utf-16"));
    let verbs = offered(&mut editor, "a.md", "<!-- caveat-dis|\n");
    assert!(
        labels(&verbs).contains(&"caveat-disable-next-line"),
        "{verbs:?}"
    );
    let rules = offered(&mut editor, "b.md", "<!-- caveat-disable-next-line |\n");
    assert_eq!(labels(&rules), ["our/risk-warning", "our/no-promise"]);
    let one = offered(
        &mut editor,
        "c.adoc",
        "// caveat-disable our/risk-warning, our/no|\n",
    );
    assert_eq!(
        one,
        [(
            "our/no-promise".to_owned(),
            "// caveat-disable our/risk-warning, our/no-promise\n".to_owned()
        )]
    );
    for page in [
        "<!-- caveat-disable our/no-promise: because |\n",
        "We write caveat-disable |\n",
    ] {
        let found = offered(&mut editor, "d.md", page);
        assert!(
            !labels(&found).contains(&"our/no-promise"),
            "{page}: {found:?}"
        );
    }
}

#[test]
fn keys_and_values_of_config_and_packs_are_offered() {
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), able("utf-16"));
    let config = |editor: &mut Editor, page: &str| offered(editor, "caveat.toml", page);
    let keys = config(&mut editor, "pa|");
    assert_eq!(keys, [("packs".to_owned(), "packs = ".to_owned())]);
    let severities = config(
        &mut editor,
        "packs = [\"our.toml\"]\n[rules.\"our/no-promise\"]\nseverity = \"|\"\n",
    );
    assert_eq!(labels(&severities), ["error", "warning", "note", "off"]);
    assert!(
        severities[1].1.ends_with("severity = \"warning\"\n"),
        "{severities:?}"
    );
    let packs = config(&mut editor, "packs = [\"our.toml\", co|");
    let core = (
        "core".to_owned(),
        "packs = [\"our.toml\", \"core\"".to_owned(),
    );
    assert!(packs.contains(&core), "{packs:?}");
    // what config asks for by now is what was right last
    editor.write("caveat.toml", 2, CONFIG);
    let waived = config(
        &mut editor,
        "packs = [\"our.toml\"]\n[[waiver]]\nrule = \"our/|\"\n",
    );
    assert_eq!(labels(&waived), ["our/risk-warning", "our/no-promise"]);
    let headers = config(&mut editor, "packs = [\"our.toml\"]\n[fi|");
    assert!(labels(&headers).contains(&"files"), "{headers:?}");
    assert!(
        headers.iter().any(|(_, of)| of.ends_with("\n[files")),
        "{headers:?}"
    );
    let pack = |editor: &mut Editor, page: &str| offered(editor, "our.toml", page);
    let demanded = pack(
        &mut editor,
        &format!("{HOUSE}\n[[rule]]\nid = \"x\"\n[rule.required]\ndisclosure = \"|\"\n"),
    );
    assert!(labels(&demanded).contains(&"risk"), "{demanded:?}");
    let kinds = pack(
        &mut editor,
        &format!("{HOUSE}\n[[rule]]\nid = \"x\"\n[rule.requ|\n"),
    );
    assert!(labels(&kinds).contains(&"rule.required"), "{kinds:?}");
    let codes = pack(
        &mut editor,
        &format!("{HOUSE}\n[[rule.example]]\ncode = \"mis|\"\n"),
    );
    assert_eq!(labels(&codes), ["missing", "misplaced"]);
    let when = pack(
        &mut editor,
        &format!("{HOUSE}\n[[rule]]\nid = \"x\"\n[rule.when]\nsense = \"mention\"\n|"),
    );
    assert!(
        labels(&when).contains(&"mentions") && !labels(&when).contains(&"sense"),
        "{when:?}"
    );
}
