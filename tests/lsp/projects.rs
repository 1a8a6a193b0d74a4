//! Config, packs, what pages bring in: what changes in one of them is told of every page that it reaches.

use serde_json::{Value, json};

use super::editor::{Editor, able, asking};
use super::pages::{CONFIG, HOUSE, site};
use crate::{folder, put, text};

fn codes(said: &[Value]) -> Vec<&str> {
    said.iter().map(|of| text(of, "code")).collect()
}

const WARNING: &str = "Capital at risk. You may lose all the money you invest.";

fn hugo() -> tempfile::TempDir {
    folder(&[
        ("caveat.toml", CONFIG),
        ("our.toml", HOUSE),
        ("hugo.toml", "title = 'x'\n"),
        (
            "layouts/shortcodes/risk.html",
            &format!("<p>{WARNING}</p>\n"),
        ),
        ("content/page.md", "Trade CFDs.\n\n{{< risk >}}\n"),
    ])
}

#[test]
fn what_is_open_wins_over_the_disk_for_what_a_page_brings_in() {
    let site = hugo();
    let mut editor = Editor::new(site.path(), able("utf-16"));
    let page = "Trade CFDs.\n\n{{< risk >}}\n";
    editor.open("content/page.md", page);
    assert_eq!(editor.said("content/page.md"), [] as [Value; 0]);
    // nothing is saved
    let template = "<p>Capital at risk. You may lose most of the money you invest.</p>\n";
    editor.open("layouts/shortcodes/risk.html", template);
    let said = editor.said("content/page.md");
    assert_eq!(codes(&said), ["our/risk-warning/altered"]);
    assert_eq!(editor.slice(page, &said[0]["range"]), "{{< risk >}}");
    let stands = &said[0]["relatedInformation"][0]["location"];
    assert_eq!(
        stands["uri"],
        editor.uri("layouts/shortcodes/risk.html").as_str()
    );
    assert_eq!(editor.slice(template, &stands["range"]), "most of");
    // and it is told where it stands, with its fix
    let there = editor.said("layouts/shortcodes/risk.html");
    assert_eq!(codes(&there), ["our/risk-warning/altered"]);
    assert_eq!(editor.slice(template, &there[0]["range"]), "most of");
    let actions = editor.actions("layouts/shortcodes/risk.html", &there[0]["range"], &there);
    assert_eq!(actions[0]["isPreferred"], true, "{actions:?}");
    editor.close("layouts/shortcodes/risk.html");
    assert_eq!(editor.said("content/page.md"), [] as [Value; 0]);
}

#[test]
fn files_that_change_on_the_disk_reach_the_pages_that_bring_them_in() {
    let site = hugo();
    let mut able = able("utf-16");
    able["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let mut editor = Editor::new(site.path(), able);
    editor.open("content/page.md", "Trade CFDs.\n\n{{< risk >}}\n");
    assert_eq!(editor.said("content/page.md"), [] as [Value; 0]);
    let registered = editor
        .asked
        .iter()
        .find(|of| of.method == "client/registerCapability")
        .unwrap();
    let glob =
        &registered.params["registrations"][0]["registerOptions"]["watchers"][0]["globPattern"];
    assert!(glob.as_str().unwrap().contains("toml"), "{glob}");
    put(
        site.path(),
        "layouts/shortcodes/risk.html",
        b"<p>Nothing.</p>\n",
    );
    let changed =
        json!({ "changes": [{ "uri": editor.uri("layouts/shortcodes/risk.html"), "type": 2 }] });
    editor.tell("workspace/didChangeWatchedFiles", changed);
    assert_eq!(
        codes(&editor.said("content/page.md")),
        ["our/risk-warning/missing"]
    );
    put(
        site.path(),
        "our.toml",
        HOUSE
            .replace("severity = \"error\"", "severity = \"note\"")
            .as_bytes(),
    );
    let changed = json!({ "changes": [{ "uri": editor.uri("our.toml"), "type": 2 }] });
    editor.tell("workspace/didChangeWatchedFiles", changed);
    assert_eq!(editor.said("content/page.md")[0]["severity"], 3);
    put(
        site.path(),
        "caveat.toml",
        b"packs = [\"our.toml\"]\nignore = [\"our/risk-warning\"]\n",
    );
    let changed = json!({ "changes": [{ "uri": editor.uri("caveat.toml"), "type": 2 }] });
    editor.tell("workspace/didChangeWatchedFiles", changed);
    assert_eq!(editor.said("content/page.md"), [] as [Value; 0]);
}

#[test]
fn a_mistake_in_config_or_a_pack_is_told_where_it_is_made_while_it_is_made() {
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), able("utf-16"));
    editor.open("page.md", "Trade CFDs.\n");
    assert_eq!(codes(&editor.said("page.md")), ["our/risk-warning/missing"]);
    let config = "# Ä 🚀\npacks = [\"our.toml\"]\nselct = [\"our/*\"]\n";
    editor.open("caveat.toml", config);
    let said = editor.said("caveat.toml");
    assert_eq!(codes(&said), ["caveat/config/config"]);
    assert_eq!(editor.slice(config, &said[0]["range"]), "selct");
    // pages go on as before, and say so
    let page = editor.said("page.md");
    assert_eq!(
        codes(&page),
        ["caveat/config/config", "our/risk-warning/missing"]
    );
    assert!(text(&page[0], "message").starts_with("checked by the rules as they were"));
    editor.write("caveat.toml", 2, CONFIG);
    assert_eq!(editor.said("caveat.toml"), [] as [Value; 0]);
    assert_eq!(codes(&editor.said("page.md")), ["our/risk-warning/missing"]);
    let pack = HOUSE.replace("sure profit[s]", "sure (profit");
    editor.open("our.toml", &pack);
    let said = editor.said("our.toml");
    assert_eq!(codes(&said), ["caveat/config/config"]);
    let under = editor.slice(&pack, &said[0]["range"]);
    assert!(
        !under.is_empty() && "\"sure (profit\"".contains(under),
        "{under}"
    );
    // the pack as it is typed is the one that pages are judged by
    editor.write(
        "our.toml",
        2,
        &HOUSE
            .replace("CFDs\"]", "swaps\"]")
            .replace("Trade CFDs.", "Trade swaps.")
            .replace("at = \"CFDs\"", "at = \"swaps\""),
    );
    assert_eq!(editor.said("our.toml"), [] as [Value; 0]);
    assert_eq!(editor.said("page.md"), [] as [Value; 0]);
}

#[test]
fn without_rules_that_can_run_a_page_says_that_nothing_is_checked() {
    let site = folder(&[("caveat.toml", "packs = [\"none.toml\"]\n")]);
    let mut editor = Editor::new(site.path(), able("utf-16"));
    editor.open("page.md", "Trade CFDs.\n");
    let said = editor.said("page.md");
    assert_eq!(codes(&said), ["caveat/config/config"]);
    assert!(
        text(&said[0], "message").starts_with("nothing here is checked"),
        "{said:?}"
    );
    let config = editor.said("caveat.toml");
    assert_eq!(codes(&config), ["caveat/config/config"]);
    put(site.path(), "none.toml", HOUSE.as_bytes());
    editor.tell(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": editor.uri("caveat.toml"), "type": 2 }] }),
    );
    assert_eq!(codes(&editor.said("page.md")), ["our/risk-warning/missing"]);
}

#[test]
fn a_pack_that_no_project_is_made_of_is_read_too() {
    let site = folder(&[("caveat.toml", "packs = [\"core\"]\n")]);
    let mut editor = Editor::new(site.path(), able("utf-16"));
    let pack = HOUSE.replace("severity = \"warning\"", "severity = \"waring\"");
    editor.open("drafts/our.toml", &pack);
    let said = editor.said("drafts/our.toml");
    assert_eq!(codes(&said), ["caveat/config/config"]);
    assert_eq!(editor.slice(&pack, &said[0]["range"]), "\"waring\"");
    editor.open("Cargo.toml", "[package]\nname = 7\n");
    assert_eq!(editor.said("Cargo.toml"), [] as [Value; 0]);
}

#[test]
fn each_folder_of_a_workspace_has_its_own_rules() {
    let (one, two) = (
        site(&[]),
        folder(&[("caveat.toml", "packs = [\"core\"]\n")]),
    );
    let mut editor = Editor::silent(one.path());
    let uri = |of: &tempfile::TempDir| lsp_types::Url::from_file_path(of.path()).unwrap();
    let params = json!({ "capabilities": {}, "workspaceFolders": [
        { "uri": uri(&one), "name": "one" }, { "uri": uri(&two), "name": "two" }] });
    editor.ask("initialize", params);
    editor.open("page.md", "A sure profit.\n");
    let other = lsp_types::Url::from_file_path(two.path().join("page.md")).unwrap();
    editor.open(other.as_str(), "A sure profit.\n");
    assert_eq!(
        codes(&editor.said("page.md")),
        ["our/no-promise/prohibited"]
    );
    let none = editor.said(other.as_str());
    assert!(
        !codes(&none).contains(&"our/no-promise/prohibited"),
        "{none:?}"
    );
}

#[test]
fn files_that_check_leaves_out_are_left_out() {
    let config = format!("{CONFIG}[files]\nexclude = [\"drafts/**\"]\n");
    let site = folder(&[
        ("caveat.toml", &config),
        ("our.toml", HOUSE),
        (".gitignore", "tmp/\n"),
        (".git/HEAD", ""),
    ]);
    let mut editor = Editor::new(site.path(), able("utf-16"));
    for name in [
        "drafts/a.md",
        "tmp/b.md",
        "node_modules/x/c.md",
        "code.rs",
        "data.json",
    ] {
        editor.open(name, "A sure profit.\n");
        assert_eq!(editor.said(name), [] as [Value; 0], "{name}");
    }
    editor.open("new/page.md", "A sure profit.\n");
    assert_eq!(editor.said("new/page.md").len(), 1);
}

#[test]
fn the_whole_workspace_is_looked_at_when_someone_asks() {
    let site = site(&[("a.md", "Trade CFDs.\n"), ("b.md", "Nothing.\n")]);
    let mut editor = Editor::new(site.path(), asking("utf-16"));
    let ask = |editor: &mut Editor, known: &Value| {
        let params = json!({ "previousResultIds": known });
        let report = editor.ask("workspace/diagnostic", params);
        report["items"].as_array().unwrap().clone()
    };
    let first = ask(&mut editor, &json!([]));
    let of = |items: &[Value], name: &str, editor: &Editor| {
        let uri = editor.uri(name);
        items
            .iter()
            .find(|of| of["uri"] == uri.as_str())
            .cloned()
            .unwrap_or_default()
    };
    assert_eq!(
        codes(of(&first, "a.md", &editor)["items"].as_array().unwrap()),
        ["our/risk-warning/missing"]
    );
    assert_eq!(of(&first, "b.md", &editor)["items"], json!([]));
    let known: Vec<Value> = first
        .iter()
        .map(|of| json!({ "uri": of["uri"], "value": of["resultId"] }))
        .collect();
    let second = ask(&mut editor, &json!(known));
    assert!(
        second.iter().all(|of| of["kind"] == "unchanged"),
        "{second:?}"
    );
    // what is open wins, and only what changed is told
    editor.open("b.md", "A sure profit.\n");
    let third = ask(&mut editor, &json!(known));
    assert_eq!(of(&third, "a.md", &editor)["kind"], "unchanged");
    let changed = of(&third, "b.md", &editor);
    assert_eq!(
        codes(changed["items"].as_array().unwrap()),
        ["our/no-promise/prohibited"]
    );
    assert_eq!(changed["version"], 1);
    std::fs::remove_file(site.path().join("a.md")).unwrap();
    editor.tell(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": editor.uri("a.md"), "type": 3 }] }),
    );
    let gone = ask(&mut editor, &json!(known));
    assert_eq!(of(&gone, "a.md", &editor)["items"], json!([]));
}

#[test]
fn a_client_that_asks_is_told_to_ask_again_when_rules_change() {
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), asking("utf-16"));
    editor.open("page.md", "Trade CFDs.\n");
    assert_eq!(editor.pull("page.md").len(), 1);
    put(site.path(), "caveat.toml", b"packs = [\"core\"]\n");
    editor.tell(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": editor.uri("caveat.toml"), "type": 2 }] }),
    );
    editor.settle();
    assert!(
        editor
            .asked
            .iter()
            .any(|of| of.method == "workspace/diagnostic/refresh"),
        "{:?}",
        editor.asked
    );
    assert_eq!(editor.pull("page.md"), [] as [Value; 0]);
}

#[test]
fn settings_of_the_client_are_taken() {
    let site = folder(&[("other.toml", CONFIG), ("our.toml", HOUSE)]);
    let mut able = able("utf-16");
    able["workspace"]["configuration"] = json!(true);
    let mut editor = Editor::new(site.path(), able);
    editor.open("page.md", "A sure profit.\n");
    editor.settle();
    let asked = editor
        .asked
        .iter()
        .find(|of| of.method == "workspace/configuration")
        .unwrap();
    assert_eq!(asked.params["items"][0]["section"], "caveat");
    let answer =
        lsp_server::Response::new_ok(asked.id.clone(), json!([{ "config": "other.toml" }]));
    editor.send(answer);
    assert_eq!(
        codes(&editor.said("page.md")),
        ["our/no-promise/prohibited"]
    );
}
