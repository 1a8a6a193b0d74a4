//! What people do with rules that others wrote: build on their packs, change single rules, see what ran and what no example tries.

use crate::{caveat, folder, list, put, report, text};

const BASE: &str = r#"[pack]
name = "base"
title = "What the group demands"

[[disclosure]]
id = "notice"
[[disclosure.version]]
from = 2025-01-01
text.en = "Shares can fall in price and you may get back less than you paid."

[[rule]]
id = "notice"
title = "The notice on shares"
severity = "error"
message = "shares are offered without the notice"
[rule.when]
mentions = ["buy shares"]
[rule.required]
disclosure = "notice"
[[rule.example]]
fails = "Buy shares with us."
[[rule.example]]
passes = "We talk of bonds."

[[rule]]
id = "sure-thing"
title = "No sure thing"
severity = "error"
message = "a sure thing is promised"
[rule.forbidden]
any = ["sure thing"]
[[rule.example]]
fails = "It is a sure thing."
[[rule.example]]
passes = "It is a good thing."
"#;

const HOUSE: &str = r#"[pack]
name = "house-rules"
title = "What our desk demands"
extends = ["../group/base.toml"]

[rules."base/sure-thing"]
severity = "warning"
message = "our desk promises no sure things"
help = "say what may go wrong"
add.forbidden.any = ["safe bet"]
add.forbidden.unless = ["sure thing cocktail"]

[[rule]]
id = "own"
title = "The notice, here too"
severity = "error"
message = "options are offered without the notice on shares"
[rule.when]
mentions = ["buy options"]
[rule.required]
disclosure = "base/notice"
[[rule.example]]
fails = "Buy options with us."
code = "missing"
[[rule.example]]
passes = "Buy options. Shares can fall in price and you may get back less than you paid."
"#;

fn project(config: &str, house: &str, page: &str) -> tempfile::TempDir {
    folder(&[
        ("group/base.toml", BASE),
        ("desk/house.toml", house),
        ("caveat.toml", config),
        ("page.md", page),
    ])
}

/// The findings as `rule/code severity: text: message`.
fn told(report: &serde_json::Value) -> Vec<String> {
    let of = |finding: &serde_json::Value| {
        format!(
            "{}/{} {}: {}: {}",
            text(finding, "rule"),
            text(finding, "code"),
            text(finding, "severity"),
            text(finding, "text"),
            text(finding, "message")
        )
    };
    list(report, "findings").iter().map(of).collect()
}

#[test]
fn a_pack_builds_on_another_and_changes_its_rules() {
    let page = "# Desk\n\nA safe bet. A sure thing. Have a sure thing cocktail.\n\nBuy shares, buy options.\n";
    let project = project("packs = [\"desk/house.toml\"]\n", HOUSE, page);
    let report = report(project.path(), &["page.md"]);
    assert_eq!(
        told(&report),
        [
            "base/sure-thing/prohibited warning: safe bet: our desk promises no sure things",
            "base/sure-thing/prohibited warning: sure thing: our desk promises no sure things",
            "base/notice/missing error: Buy shares: shares are offered without the notice",
            "house-rules/own/missing error: buy options: options are offered without the notice on shares",
        ]
    );
    assert_eq!(
        text(&list(&report, "findings")[0], "help"),
        "say what may go wrong"
    );
    let changed = &list(&report, "changed")[0];
    assert_eq!(
        (
            text(changed, "rule"),
            text(&changed["severity"], "from"),
            text(&changed["severity"], "to")
        ),
        ("base/sure-thing", "error", "warning")
    );
    assert_eq!(list(changed, "at")[0], "desk/house.toml:6");
}

#[test]
fn a_disclosure_that_a_change_names_is_of_the_pack_that_changes_wherever_it_stands() {
    let base = r#"[pack]
name = "base"
title = "What our group demands"

[[disclosure]]
id = "notice"
[[disclosure.version]]
text.en = "We may earn a commission from links on this page."

[[rule]]
id = "paid"
title = "Paid links"
severity = "error"
message = "a paid link comes before the notice"
[rule.order]
first = { disclosure = "notice" }
then = { link = ["*shop.example*"] }

[[rule]]
id = "again"
title = "Notice in every section"
severity = "error"
message = "a section is without the notice"
[rule.when]
links = ["*shop.example*"]
[rule.repeat]
disclosure = "notice"
every = "section"
"#;
    let house = r#"[pack]
name = "house-rules"
title = "What our desk demands"
extends = ["../group/base.toml"]

[[disclosure]]
id = "notice"
[[disclosure.version]]
text.en = "Our desk is paid by the shops that it links to."

[rules."base/paid"]
order.first = { disclosure = "notice" }

[rules."base/again"]
repeat.disclosure = "notice"
"#;
    let (ours, theirs) = (
        "Our desk is paid by the shops that it links to.",
        "We may earn a commission from links on this page.",
    );
    let page = |words: &str| format!("# Shops\n\n{words}\n\n[A shop](https://shop.example/)\n");
    for (words, expected) in [(ours, &[][..]), (theirs, &["base/again", "base/paid"])] {
        let project = folder(&[
            ("group/base.toml", base),
            ("desk/house.toml", house),
            ("caveat.toml", "packs = [\"desk/house.toml\"]\n"),
            ("page.md", &page(words)),
        ]);
        let report = report(project.path(), &["page.md"]);
        let rules: Vec<&str> = list(&report, "findings")
            .iter()
            .map(|of| text(of, "rule"))
            .collect();
        assert_eq!(rules, expected, "{report:#}");
    }
    // caveat.toml has no texts of its own: a name there is one of the rule's pack, unless it says whose
    for (named, words) in [("notice", theirs), ("house-rules/notice", ours)] {
        let config = format!(
            "packs = [\"group/base.toml\", \"desk/house.toml\"]\n[rules.\"base/paid\"]\norder.first = {{ disclosure = \"{named}\" }}\n[rules.\"base/again\"]\nseverity = \"off\"\n"
        );
        let project = folder(&[
            ("group/base.toml", base),
            ("desk/house.toml", house),
            ("caveat.toml", &config),
            ("page.md", &page(words)),
        ]);
        let report = report(project.path(), &["page.md"]);
        assert_eq!(told(&report), [] as [&str; 0], "{named}");
    }
}

#[test]
fn caveat_toml_changes_rules_after_the_packs_and_one_rule_over_many() {
    let config = r#"packs = ["desk/house.toml"]

[values]
desk = "Example Desk"

[rules."base/sure-thing"]
severity = "note"
forbidden.any = ["{desk} cannot lose"]
[[rules."base/sure-thing".example]]
fails = "Example Desk cannot lose."
[[rules."base/sure-thing".example]]
passes = "A sure thing."

[rules."base/*"]
severity = "warning"

[rules."house-rules/own"]
severity = "off"
"#;
    let page = "A sure thing: Example Desk cannot lose. Buy shares, buy options.\n";
    let project = project(config, HOUSE, page);
    let report = report(project.path(), &["page.md"]);
    assert_eq!(
        told(&report),
        [
            "base/sure-thing/prohibited note: Example Desk cannot lose: our desk promises no sure things",
            "base/notice/missing warning: Buy shares: shares are offered without the notice",
        ]
    );
    let explained = caveat(project.path(), &["explain", "base/sure-thing"]).out;
    for says in [
        "says      our desk promises no sure things",
        "any: {desk} cannot lose",
        "severity note; its author wrote error",
        "in desk/house.toml:6",
        "in caveat.toml:6",
        "fails   Example Desk cannot lose.",
    ] {
        assert!(explained.contains(says), "no `{says}` in\n{explained}");
    }
    let tested = caveat(project.path(), &["test"]);
    assert!(
        tested.out.contains("4 examples of 2 rules: 4 behave"),
        "{}",
        tested.out
    );
}

#[test]
fn an_example_that_a_change_breaks_is_told_with_the_change() {
    let config = "packs = [\"desk/house.toml\"]\n[rules.\"base/notice\"]\nwhen.mentions = [\"sell bonds\"]\n";
    let project = project(config, HOUSE, "Buy shares.\n");
    assert!(told(&report(project.path(), &["page.md"])).is_empty());
    let tested = caveat(project.path(), &["test"]);
    assert_eq!(tested.code, 1);
    let says = "group/base.toml:21:9: base/notice: it should fail, and passes, as the rule is changed in caveat.toml:2; give it examples of its own there";
    assert!(tested.out.contains(says), "{}", tested.out);
}

/// What a change or an `extends` can get wrong: the file, what is put for what, the text under the finding, words of it.
const MISTAKES: &[(&str, &str, &str, &str, &str)] = &[
    (
        "desk/house.toml",
        "\"base/sure-thing\"",
        "\"base/sure-thong\"",
        "\"base/sure-thong\"",
        "there is no rule `base/sure-thong`",
    ),
    (
        "desk/house.toml",
        "\"base/sure-thing\"",
        "\"core/promised-returns\"",
        "\"core/promised-returns\"",
        "of no pack that `house-rules` extends",
    ),
    (
        "desk/house.toml",
        "add.forbidden.unless",
        "add.required.any",
        "required",
        "has no `required` to change",
    ),
    (
        "desk/house.toml",
        "add.forbidden.unless = [\"sure thing cocktail\"]",
        "add.forbidden.sense = \"mention\"",
        "sense",
        "is no list",
    ),
    (
        "desk/house.toml",
        "add.forbidden.any = [\"safe bet\"]",
        "forbidden.anny = [\"safe bet\"]",
        "anny",
        "unknown key `anny`",
    ),
    (
        "desk/house.toml",
        "message = \"our desk promises no sure things\"",
        "message = 7",
        "7",
        "`message` is a string",
    ),
    (
        "desk/house.toml",
        "add.forbidden.any = [\"safe bet\"]",
        "add.forbidden.any = [\"{nothing} bet\"]",
        "\"{nothing} bet\"",
        "`{nothing}` has no value",
    ),
    (
        "desk/house.toml",
        "\"../group/base.toml\"",
        "\"../../elsewhere.toml\"",
        "\"../../elsewhere.toml\"",
        "lies outside of the repository",
    ),
    (
        "desk/house.toml",
        "\"../group/base.toml\"",
        "\"../group/bass.toml\"",
        "\"../group/bass.toml\"",
        "cannot read group/bass.toml",
    ),
    (
        "desk/house.toml",
        "\"../group/base.toml\"",
        "\"coar\"",
        "\"coar\"",
        "there is no pack `coar`: did you mean `core`?",
    ),
    (
        "desk/house.toml",
        "base/notice",
        "base/notices",
        "\"own\"",
        "demands the disclosure `base/notices`",
    ),
    (
        "group/base.toml",
        "[pack]",
        "[pack]\nextends = [\"../desk/house.toml\"]",
        "\"../desk/house.toml\"",
        "`base` extends itself by way of",
    ),
    (
        "caveat.toml",
        "[\"desk/house.toml\"]",
        "[\"desk/house.toml\"]\n[rules.\"base/*\"]\nmessage = \"m\"",
        "\"base/*\"",
        "names no single rule",
    ),
    (
        "caveat.toml",
        "[\"desk/house.toml\"]",
        "[\"desk/house.toml\"]\n[rules.\"base/notice\"]",
        "\"base/notice\"",
        "nothing of `base/notice` is changed",
    ),
    (
        "caveat.toml",
        "[\"desk/house.toml\"]",
        "[\"desk/house.toml\"]\n[rules.\"base/notice\"]\nrequired.any = [\"x y\"]",
        "required",
        "not `disclosure` beside phrases",
    ),
];

#[test]
fn mistakes_in_changes_are_told_under_their_characters() {
    for (file, what, by, at, says) in MISTAKES {
        let project = project("packs = [\"desk/house.toml\"]\n", HOUSE, "Nothing.\n");
        let path = project.path().join(file);
        let before = crate::read(&path);
        assert!(before.contains(what), "{what}");
        let toml = before.replacen(what, by, 1);
        put(project.path(), file, toml.as_bytes());
        let report = report(project.path(), &["page.md"]);
        let found = list(&report, "findings").iter().any(|finding| {
            text(finding, "code") == "config"
                && text(finding, "path") == *file
                && finding["text"]
                    .as_str()
                    .is_some_and(|text| text.contains(at))
                && format!(
                    "{}: {}",
                    text(finding, "message"),
                    finding["help"].as_str().unwrap_or_default()
                )
                .contains(says)
        });
        assert!(found, "{by}: no `{says}` at `{at}` in {:#?}", told(&report));
    }
}

#[test]
fn reports_say_which_packs_they_rest_on() {
    let project = project(
        "packs = [\"desk/house.toml\", \"core\"]\n",
        HOUSE,
        "Nothing.\n",
    );
    let judges = |report: &serde_json::Value| -> Vec<(String, String)> {
        let of = |judge: &serde_json::Value| {
            (
                text(judge, "name").to_owned(),
                text(judge, "hash").to_owned(),
            )
        };
        list(report, "packs")
            .iter()
            .chain([&report["config"]])
            .map(of)
            .collect()
    };
    let before = judges(&report(project.path(), &["page.md"]));
    let names: Vec<&str> = before.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["base", "house-rules", "core", "caveat.toml"]);
    assert!(
        before.iter().all(|(_, hash)| hash.len() == 32),
        "{before:?}"
    );
    // one word of one pack more, and its hash alone is another
    put(
        project.path(),
        "group/base.toml",
        BASE.replace("\"sure thing\"", "\"surest thing\", \"sure thing\"")
            .as_bytes(),
    );
    let after = judges(&report(project.path(), &["page.md"]));
    let other: Vec<&str> = before
        .iter()
        .zip(&after)
        .filter(|(a, b)| a != b)
        .map(|(a, _)| a.0.as_str())
        .collect();
    assert_eq!(other, ["base"]);
    for format in ["sarif", "junit", "checkstyle", "markdown"] {
        let ran = caveat(project.path(), &["check", "--format", format, "page.md"]);
        for (_, hash) in &after {
            assert!(
                ran.out.contains(hash),
                "no hash {hash} in {format}:\n{}",
                ran.out
            );
        }
    }
}

#[test]
fn test_tells_what_no_example_tries() {
    let pack = BASE
        .replace(
            "mentions = [\"buy shares\"]",
            "mentions = [\"buy shares\", \"get shares\"]",
        )
        .replace(
            "any = [\"sure thing\"]",
            "any = [\"sure thing\"]\nunless = [\"not quite a {..2} thing\"]",
        )
        .replace("[[rule.example]]\npasses = \"It is a good thing.\"\n", "");
    let project = folder(&[("base.toml", &pack)]);
    let tested = caveat(project.path(), &["test", "base.toml"]);
    assert_eq!(tested.code, 0, "{}", tested.out);
    for says in [
        "3 examples of 2 rules: 3 behave",
        "base/sure-thing has no example that passes",
        "base/sure-thing: no example says anything of forbidden.unless",
        "2 phrases are in no example",
    ] {
        assert!(tested.out.contains(says), "no `{says}` in\n{}", tested.out);
    }
    assert!(
        !tested.out.contains("anything of when.mentions"),
        "{}",
        tested.out
    );
    let all = caveat(project.path(), &["test", "base.toml", "--untried"]).out;
    let line = all
        .lines()
        .find(|line| line.contains("get shares"))
        .expect("it is listed");
    let column = pack
        .lines()
        .find(|line| line.contains("get shares"))
        .and_then(|line| line.find("\"get"))
        .expect("there")
        + 1;
    assert!(
        line.starts_with(&format!(
            "base.toml:17:{column}: base/notice: no example says when.mentions: "
        )),
        "{line}"
    );
}
