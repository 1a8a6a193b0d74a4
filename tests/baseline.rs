//! The baseline: what is known is not told, what is new is, what is gone must go.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{Ran, TODAY, caveat, caveat_reading, folder, list, put, read, report, text};

const RULES: &str = r#"
[pack]
name = "case"
title = "A pack for baselines"

[[rule]]
id = "gift"
title = "No gift"
severity = "error"
message = "a gift is offered"
[rule.forbidden]
any = ["welcome gift"]
[[rule.example]]
fails = "A welcome gift."
code = "prohibited"
at = "welcome gift"
[[rule.example]]
passes = "Welcome."

[[rule]]
id = "bonus"
title = "No bonus"
severity = "error"
message = "a bonus is offered"
[rule.forbidden]
any = ["welcome bonus"]
[[rule.example]]
fails = "A welcome bonus."
code = "prohibited"
at = "welcome bonus"
[[rule.example]]
passes = "Welcome."
"#;

const FILE: &str = "caveat-baseline.json";

fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let mut all = vec![
        ("rules.toml", RULES),
        (
            "caveat.toml",
            "packs = [\"rules.toml\"]\nbaseline = \"caveat-baseline.json\"\n",
        ),
    ];
    all.extend(files);
    folder(&all)
}

fn check(folder: &Path, arguments: &[&str]) -> Ran {
    let fixed = ["check", "--format", "concise", "--as-of", TODAY];
    caveat(folder, &[&fixed, arguments].concat())
}

fn write(folder: &Path, arguments: &[&str]) -> Ran {
    check(folder, &[&["--write-baseline"], arguments].concat())
}

/// Path and words of each entry, with how many there are.
fn held(folder: &Path) -> Vec<(String, String, u64)> {
    let json: Value = serde_json::from_str(&read(&folder.join(FILE))).expect("JSON");
    list(&json, "findings")
        .iter()
        .map(|of| {
            (
                text(of, "path").to_owned(),
                text(of, "text").to_owned(),
                of["count"].as_u64().unwrap_or(1),
            )
        })
        .collect()
}

#[test]
fn what_is_known_is_not_told_and_what_is_new_is() {
    let project = project(&[
        ("b.md", "A welcome gift.\n"),
        ("a.md", "A welcome\ngift. A welcome bonus.\n"),
    ]);
    let at = project.path();
    let ran = write(at, &[]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert!(ran.err.contains("holds 3 findings: 3 added"), "{}", ran.err);
    // one entry a line, sorted, without places
    let file = read(&at.join(FILE));
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(lines.len(), 8, "{file}");
    assert!(
        lines[3].starts_with(
            r#"    {"path":"a.md","rule":"case/bonus","code":"prohibited","text":"welcome bonus","fingerprint":""#
        ),
        "{file}"
    );
    assert!(!file.contains("line") && !file.contains("span"), "{file}");
    let ran = check(at, &[]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    // edits above and other breaks of the line change nothing
    put(
        at,
        "a.md",
        b"# New\n\nMuch more.\n\nA welcome gift. A welcome bonus.\n",
    );
    let ran = check(at, &[]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    // the same words in another file, and more of them in this one, are new
    put(at, "c.md", b"A welcome gift.\n");
    put(at, "b.md", b"A welcome gift. A welcome gift.\n");
    let ran = check(at, &[]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.out,
        "b.md:1:19: error[case/gift/prohibited] a gift is offered\nc.md:1:3: error[case/gift/prohibited] a gift is offered\n"
    );
    // the report says what is known
    let json = report(at, &[]);
    assert_eq!(json["summary"]["baselined"], 3);
    assert_eq!(list(&json, "baselined").len(), 3);
    let pretty = caveat(at, &["check", "--as-of", TODAY]);
    assert!(pretty.out.contains("(3 in the baseline)"), "{}", pretty.out);
    // without a baseline the report does not speak of one
    fs::write(at.join("caveat.toml"), "packs = [\"rules.toml\"]\n").expect("written");
    let json = report(at, &[]);
    assert!(json.get("baselined").is_none() && json["summary"].get("baselined").is_none());
    let json = report(at, &["--baseline", FILE]);
    assert_eq!(json["summary"]["baselined"], 3);
}

#[test]
fn a_baseline_is_the_same_from_every_folder() {
    let project = project(&[("sub/a.md", "A welcome gift.\n")]);
    assert_eq!(write(project.path(), &[]).code, 0);
    let before = read(&project.path().join(FILE));
    let sub = project.path().join("sub");
    let ran = check(&sub, &[]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(write(&sub, &[]).code, 0);
    assert_eq!(read(&project.path().join(FILE)), before);
}

#[test]
fn one_of_three_alike_may_be_mended() {
    let three = "A welcome gift.\n\nA welcome gift here.\n\nA welcome gift there.\n";
    let project = project(&[("a.md", three)]);
    let at = project.path();
    write(at, &[]);
    assert_eq!(held(at), [("a.md".into(), "welcome gift".into(), 3)]);
    put(
        at,
        "a.md",
        b"A gift.\n\nA welcome gift here.\n\nA welcome gift there.\n",
    );
    let ran = check(at, &[]);
    assert_eq!(ran.code, 0, "a warning does not fail: {}", ran.out);
    assert_eq!(
        ran.out,
        "caveat-baseline.json:4:1: warning[caveat/suppression/suppression] the baseline holds more than there is: 1 of 3 of `case/gift` (prohibited) in a.md are gone\n"
    );
    let ran = write(at, &[]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(held(at), [("a.md".into(), "welcome gift".into(), 2)]);
    // it has shrunk, so the third is new again
    put(at, "a.md", three.as_bytes());
    assert_eq!(check(at, &[]).code, 1);
}

#[test]
fn a_baseline_shrinks_and_grows_only_when_asked() {
    let project = project(&[
        ("a.md", "A welcome gift.\n"),
        ("gone.md", "A welcome gift.\n"),
    ]);
    let at = project.path();
    write(at, &[]);
    fs::remove_file(at.join("gone.md")).expect("removed");
    put(at, "new.md", b"A welcome bonus.\n");
    let ran = check(at, &[]);
    assert!(
        ran.out
            .contains("the baseline holds what is gone: `case/gift` (prohibited) in gone.md"),
        "{}",
        ran.out
    );
    let ran = write(at, &["--exit-zero"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (
            1,
            "new.md:1:3: error[case/bonus/prohibited] a bonus is offered\n"
        )
    );
    assert!(ran.err.contains("--accept-new"), "{}", ran.err);
    assert_eq!(held(at), [("a.md".into(), "welcome gift".into(), 1)]);
    let ran = write(at, &["--accept-new"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(
        held(at),
        [
            ("a.md".into(), "welcome gift".into(), 1),
            ("new.md".into(), "welcome bonus".into(), 1)
        ]
    );
    // the same again changes nothing, and says so by bytes
    let before = read(&at.join(FILE));
    assert_eq!(write(at, &["--accept-new"]).code, 0);
    assert_eq!(read(&at.join(FILE)), before);
    assert_eq!(caveat(at, &["check", "--accept-new"]).code, 2);
}

#[test]
fn a_run_over_a_part_says_nothing_of_the_rest() {
    let project = project(&[
        ("a.md", "A welcome gift.\n"),
        ("b.md", "A welcome gift. A welcome bonus.\n"),
    ]);
    let at = project.path();
    write(at, &[]);
    let all = held(at);
    put(at, "b.md", b"Nothing.\n");
    for arguments in [&["a.md"] as &[&str], &["--exclude", "b.md"]] {
        let ran = check(at, arguments);
        assert!(!ran.out.contains("b.md"), "{arguments:?}: {}", ran.out);
    }
    // of the rules that ran it does
    let ran = check(at, &["--select", "case/bonus"]);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    assert!(ran.out.contains("`case/bonus`"), "{}", ran.out);
    assert_eq!(write(at, &["a.md"]).code, 0);
    assert_eq!(held(at), all);
    assert_eq!(write(at, &["b.md"]).code, 0);
    assert_eq!(held(at), all[..1]);
}

#[test]
fn mistakes_are_never_known() {
    let project = project(&[
        (
            "a.md",
            "<!-- caveat-disable-next-line case/gift -->\nA welcome gift.\n",
        ),
        ("b.md", "A welcome gift.\n"),
    ]);
    let at = project.path();
    fs::write(at.join("c.md"), b"A welcome gift. \xff\n").expect("written");
    let ran = write(at, &[]);
    // the words are known, the waiver without a reason and the file that is no text are not
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    assert_eq!(
        held(at).iter().map(|of| &*of.0).collect::<Vec<_>>(),
        ["a.md", "b.md"]
    );
    assert_eq!(
        check(at, &[]).out.lines().count(),
        2,
        "{}",
        check(at, &[]).out
    );
    // what is known of a file that cannot be read is not gone
    fs::write(at.join("b.md"), b"\xff\n").expect("written");
    let ran = check(at, &[]);
    assert!(!ran.out.contains("gone"), "{}", ran.out);
    // nothing is written where config is wrong
    let before = read(&at.join(FILE));
    fs::write(at.join("caveat.toml"), "pack = 1\n").expect("written");
    assert_eq!(write(at, &["--accept-new"]).code, 2);
    assert_eq!(read(&at.join(FILE)), before);
}

#[test]
fn what_is_no_baseline_is_told_with_its_place() {
    let project = project(&[("a.md", "A welcome gift.\n")]);
    let at = project.path();
    let ran = check(at, &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--write-baseline"), "{}", ran.err);
    write(at, &[]);
    let good = read(&at.join(FILE));
    let line = good.lines().nth(3).expect("an entry").to_owned();
    let twice = good.replace(&line, &format!("{line},\n{line}"));
    for (bad, says) in [
        ("{\n", "caveat-baseline.json:2: the baseline cannot be read"),
        ("<<<<<<< ours\n", "caveat-baseline.json:1: "),
        ("{\"version\": 2, \"findings\": []}", "version 2"),
        (
            twice.as_str(),
            "caveat-baseline.json:4: the entry stands there twice",
        ),
        (
            &good.replace("\"rule\"", "\"rul\\u001b[31me\""),
            "unknown field",
        ),
        (&"[".repeat(100_000), "the baseline cannot be read"),
    ] {
        fs::write(at.join(FILE), bad).expect("written");
        for arguments in [&[] as &[&str], &["--write-baseline", "--accept-new"]] {
            let ran = check(at, arguments);
            assert_eq!(ran.code, 2, "{says}: {}{}", ran.out, ran.err);
            assert!(ran.err.contains(says), "{says}: {}", ran.err);
            assert!(!ran.err.contains('\u{1b}'), "{:?}", ran.err);
            assert_eq!(read(&at.join(FILE)), bad, "it is left as it was");
        }
    }
    // an entry whose words were changed is none of this finding
    fs::write(at.join(FILE), good.replace("welcome gift", "kind words")).expect("written");
    let ran = check(at, &[]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    fs::File::create(at.join(FILE))
        .and_then(|file| file.set_len(33 << 20))
        .expect("a large file");
    let ran = check(at, &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("files of more than"), "{}", ran.err);
}

#[test]
fn standard_input_knows_the_baseline() {
    let project = project(&[("a.md", "A welcome gift.\n"), ("b.md", "A welcome gift.\n")]);
    let at = project.path();
    write(at, &[]);
    let arguments = [
        "check",
        "-",
        "--stdin-filename",
        "a.md",
        "--format",
        "concise",
    ];
    let ran = caveat_reading(at, &arguments, b"More. A welcome gift.\n");
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let ran = caveat_reading(at, &arguments, b"A welcome bonus.\n");
    assert_eq!(ran.code, 1);
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
}
