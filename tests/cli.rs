//! The program as people and machines call it: exit codes, which files are checked, where output goes, what each subcommand says.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::{
    Ran, TODAY, caveat, caveat_reading, command, compare, finish, folder, list, put, report, root,
    text,
};

const RULES: &str = r#"
[pack]
name = "case"
title = "A pack for the command line"

[[rule]]
id = "gift"
title = "No gift"
severity = "error"
message = "a gift is offered"
help = "take it out"
tags = ["offers"]
[[rule.source]]
regulator = "Tarnbrook"
citation = "House book 7"
url = "https://tarnbrook.example/book/7"
quote = "No gifts."
checked = 2026-11-23
status = "second-hand"
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
severity = "warning"
message = "a bonus is offered"
tags = ["offers", "money"]
[rule.forbidden]
any = ["welcome bonus"]

[[rule]]
id = "hint"
title = "A hint"
severity = "note"
message = "a hint"
effective = { from = 2025-01-01, to = 2029-12-31 }
[rule.when]
jurisdiction = ["uk"]
mentions = ["welcome hint"]
[rule.required]
any = ["terms apply"]
"#;

const CONFIG: &str = "packs = [\"rules.toml\"]\n";
const GIFT: &str = "A welcome gift.\n";
const BONUS: &str = "A welcome bonus.\n";

fn project(pages: &[(&str, &str)]) -> tempfile::TempDir {
    folder(&[&[("caveat.toml", CONFIG), ("rules.toml", RULES)], pages].concat())
}

fn code(folder: &Path, arguments: &[&str]) -> i32 {
    caveat(folder, arguments).code
}

/// The files in which something is found.
fn found_in(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let report = report(folder, arguments);
    let mut paths: Vec<String> = list(&report, "findings")
        .iter()
        .map(|of| text(of, "path").to_owned())
        .collect();
    paths.dedup();
    paths
}

/// The rules of which something is found.
fn rules_found(ran: &Ran) -> Vec<String> {
    let mut rules: Vec<String> = ran
        .out
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap_or_else(|wrong| panic!("{wrong}: {line}"))
        })
        .map(|finding| text(&finding, "rule").to_owned())
        .collect();
    rules.sort();
    rules
}

// ---------------------------------------------------------------- exit codes

#[test]
fn zero_is_clean_one_is_findings() {
    let clean = project(&[("page.md", "Welcome.\n")]);
    assert_eq!(code(clean.path(), &["check"]), 0);
    let wrong = project(&[("page.md", GIFT)]);
    let ran = caveat(wrong.path(), &["check"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert_eq!(code(wrong.path(), &["check", "--exit-zero"]), 0);
    let empty = project(&[]);
    assert_eq!(code(empty.path(), &["check", "--exit-zero", "."]), 0);
}

#[test]
fn two_is_could_not_run_and_says_why_on_standard_error() {
    let project = project(&[("page.md", GIFT)]);
    for (arguments, says) in [
        (&["chek"][..], "check"),
        (&["check", "--frmat", "json"], "--format"),
        (&["check", "--format", "yaml"], "concise"),
        (&["check", "--as-of", "yesterday"], "yesterday"),
        (&["check", "--as-of", "2026-02-30"], "2026-02-30"),
        (&["check", "--fail-on", "fatal"], "warning"),
        (&["check", "--jobs", "many"], "many"),
        (&["check", "no-such-page.md"], "no-such-page.md"),
        (&["check", "page.md", "no-such-folder/"], "no-such-folder"),
        (&["check", "--pack", "cor"], "core"),
        (
            &["check", "--pack", "no-such-pack.toml"],
            "no-such-pack.toml",
        ),
        (&["check", "--config", "no-such.toml"], "no-such.toml"),
        (
            &["check", "--config", "caveat.toml", "--isolated"],
            "--isolated",
        ),
        (&["check", "--select", "case/gft"], "case/gift"),
        (&["check", "--rule", "gfit"], "gfit"),
        (&["check", "--ignore", "case/nothing"], "case/nothing"),
        (&["check", "--exclude", "a/[b"], "a/[b"),
        (&["check", "-"], "--stdin-filename"),
        (&["check", "-", "page.md", "--stdin-filename", "x.md"], "-"),
        (
            &["check", "--output", "no-such-folder/report.json"],
            "no-such-folder",
        ),
        (&["explain", "case/gft"], "case/gift"),
        (&["explain", "no-such-page.md"], "no-such-page.md"),
        (&["explain"], "RULE|FILE"),
        (&["test", "no-such-pack.toml"], "no-such-pack.toml"),
        (&["schema", "packs"], "pack"),
        (&["rules", "--format", "xml"], "json"),
        (&[], "check"),
    ] {
        let ran = caveat(project.path(), arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}{}", ran.out, ran.err);
        assert!(
            ran.err.contains(says),
            "{arguments:?}: `{says}` is not in {}",
            ran.err
        );
        assert_eq!(ran.out, "", "{arguments:?}");
        assert!(!ran.err.contains("panicked"), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn a_mistake_in_toml_is_two_whatever_is_asked_for() {
    let bad_config = folder(&[("caveat.toml", "pack = []\n"), ("page.md", "x\n")]);
    let bad_pack = folder(&[
        ("caveat.toml", CONFIG),
        (
            "rules.toml",
            "[pack]\nname = \"case\"\n[[rule]]\nid = \"a\"\n",
        ),
        ("page.md", "x\n"),
    ]);
    for project in [&bad_config, &bad_pack] {
        for arguments in [
            &["check"][..],
            &["check", "--exit-zero"],
            &["check", "--fail-on", "note", "page.md"],
            &["check", "--format", "json"],
            &["test"],
        ] {
            let ran = caveat(project.path(), arguments);
            assert_eq!(ran.code, 2, "{arguments:?}: {}{}", ran.out, ran.err);
            assert!(ran.out.contains("config"), "{arguments:?}: {}", ran.out);
        }
        for arguments in [
            &["rules"][..],
            &["explain", "case/a"],
            &["explain", "page.md"],
        ] {
            let ran = caveat(project.path(), arguments);
            assert_eq!(ran.code, 2, "{arguments:?}: {}{}", ran.out, ran.err);
            assert!(
                ran.err.contains("caveat check"),
                "{arguments:?} does not say what to do: {}",
                ran.err
            );
        }
    }
    assert_eq!(code(bad_config.path(), &["check", "--isolated"]), 0);
}

#[test]
fn fail_on_names_the_mildest_that_fails() {
    for (page, fails) in [
        (GIFT, [true, true, true]),
        (BONUS, [false, true, true]),
        (
            "---\njurisdiction: uk\n---\nA welcome hint.\n",
            [false, false, true],
        ),
        ("Welcome.\n", [false, false, false]),
    ] {
        let project = project(&[("page.md", page)]);
        for (severity, fails) in ["error", "warning", "note"].into_iter().zip(fails) {
            let ran = caveat(
                project.path(),
                &["check", "--fail-on", severity, "--as-of", TODAY],
            );
            assert_eq!(
                ran.code,
                i32::from(fails),
                "{page:?} on {severity}: {}",
                ran.out
            );
        }
        assert_eq!(
            code(project.path(), &["check", "--as-of", TODAY]),
            i32::from(fails[0]),
            "error is the default"
        );
    }
}

// ---------------------------------------------------------------- standard input and output

#[test]
fn standard_input_is_checked_under_the_name_that_is_given() {
    let project = project(&[]);
    let arguments = [
        "check",
        "-",
        "--stdin-filename",
        "drafts/new.md",
        "--format",
        "concise",
    ];
    let ran = caveat_reading(
        project.path(),
        &arguments,
        b"# New\n\nA **welcome**\ngift.\n",
    );
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (
            1,
            "drafts/new.md:3:5: error[case/gift/prohibited] a gift is offered\n"
        )
    );
    let ran = caveat_reading(project.path(), &arguments, b"");
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    let text = [
        "check",
        "-",
        "--stdin-filename",
        "new.txt",
        "--format",
        "concise",
    ];
    let ran = caveat_reading(project.path(), &text, b"A **welcome gift**.\n");
    assert_eq!(
        ran.out,
        "new.txt:1:5: error[case/gift/prohibited] a gift is offered\n"
    );
    let strange = caveat_reading(
        project.path(),
        &[
            "check",
            "-",
            "--stdin-filename",
            "new.docx",
            "--format",
            "concise",
        ],
        b"A welcome gift.\n",
    );
    assert!(
        strange.code == 1 && strange.out.contains("unverifiable"),
        "{}",
        strange.out
    );
    let binary = caveat_reading(project.path(), &arguments, b"A welcome gift \xff.\n");
    assert!(
        binary.code == 1 && binary.out.contains("byte 15"),
        "{}",
        binary.out
    );
}

#[test]
fn output_goes_to_a_file_whole_or_not_at_all() {
    let project = project(&[("page.md", GIFT)]);
    put(project.path(), "report.json", b"what was there");
    let ran = caveat(
        project.path(),
        &["check", "--format", "json", "--output", "report.json"],
    );
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (1, "", ""));
    let written: Value =
        serde_json::from_str(&crate::read(&project.path().join("report.json"))).expect("JSON");
    assert_eq!(list(&written, "findings").len(), 1);
    let ran = caveat(
        project.path(),
        &["check", "--color", "always", "-o", "report.out"],
    );
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    let pretty = crate::read(&project.path().join("report.out"));
    assert!(
        pretty.contains("case/gift") && !pretty.contains('\u{1b}'),
        "{pretty:?}"
    );
    let left: Vec<_> = crate::files_under(project.path())
        .iter()
        .filter(|path| path.to_string_lossy().contains("tmp"))
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'))
        })
        .cloned()
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let project = project(&[]);
    let many = "A welcome gift.\n\n".repeat(8000);
    put(project.path(), "page.md", many.as_bytes());
    for format in ["concise", "json", "jsonl"] {
        let mut child = command(project.path(), &["check", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut first = [0; 64];
        let mut out = child.stdout.take().expect("a pipe");
        out.read_exact(&mut first).expect("something is written");
        drop(out);
        let done = child.wait_with_output().expect("the program ends");
        assert!(
            matches!(done.status.code(), Some(0 | 1)),
            "{format}: {}",
            done.status
        );
        let told = String::from_utf8_lossy(&done.stderr);
        let expected = told.is_empty() || told.starts_with("caveat: judged by ");
        assert!(expected && told.lines().count() < 2, "{format}: {told}");
    }
}

#[test]
fn nothing_but_the_report_goes_to_standard_output() {
    let project = project(&[]);
    let ran = caveat(
        project.path(),
        &["check", "--format", "jsonl", "rules.toml", "caveat.toml"],
    );
    for line in ran.out.lines() {
        serde_json::from_str::<Value>(line).expect("only JSON");
    }
    std::fs::create_dir(project.path().join("empty")).expect("made");
    let ran = caveat(project.path(), &["check", "--format", "jsonl", "empty"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(ran.err.contains("no files"), "{}", ran.err);
    assert_eq!(
        caveat(
            project.path(),
            &["check", "--quiet", "--format", "jsonl", "empty"]
        )
        .err,
        ""
    );
}

// ---------------------------------------------------------------- which files

#[test]
fn what_git_ignores_is_left_out() {
    let project = project(&[
        (".gitignore", "build/\n*.tmp.md\n/top.md\n!kept.tmp.md\n"),
        ("page.md", GIFT),
        ("top.md", GIFT),
        ("sub/top.md", GIFT),
        ("build/page.md", GIFT),
        ("sub/build/page.md", GIFT),
        ("x.tmp.md", GIFT),
        ("kept.tmp.md", GIFT),
        ("sub/.gitignore", "local.md\n!x.tmp.md\n"),
        ("sub/local.md", GIFT),
        ("sub/x.tmp.md", GIFT),
        ("local.md", GIFT),
        (".ignore", "aside/\n"),
        ("aside/page.md", GIFT),
        (".hidden.md", GIFT),
        (".cache/page.md", GIFT),
        ("node_modules/thing/README.md", GIFT),
        ("sub/node_modules/README.md", GIFT),
    ]);
    let expected = [
        "kept.tmp.md",
        "local.md",
        "page.md",
        "sub/top.md",
        "sub/x.tmp.md",
    ];
    assert_eq!(found_in(project.path(), &["."]), expected);
    // outside of a repository only what stands in the folder and below holds
    assert_eq!(
        found_in(&project.path().join("sub"), &["."]),
        ["build/page.md", "top.md", "x.tmp.md"]
    );
    // in a repository, what stands above the folder holds too
    std::fs::create_dir(project.path().join(".git")).expect("made");
    put(project.path(), ".git/info/exclude", b"page.md\n");
    assert_eq!(
        found_in(project.path(), &["."]),
        ["kept.tmp.md", "local.md", "sub/top.md", "sub/x.tmp.md"]
    );
    assert_eq!(
        found_in(&project.path().join("sub"), &["."]),
        ["top.md", "x.tmp.md"]
    );
    assert_eq!(
        found_in(project.path(), &["sub"]),
        ["sub/top.md", "sub/x.tmp.md"]
    );
}

#[test]
fn no_ignore_walks_everything() {
    let project = project(&[
        (".gitignore", "build/\n"),
        ("build/page.md", GIFT),
        (".hidden.md", GIFT),
        ("node_modules/thing/README.md", GIFT),
    ]);
    assert_eq!(found_in(project.path(), &["."]), [] as [&str; 0]);
    assert_eq!(
        found_in(project.path(), &["--no-ignore", "."]),
        [
            ".hidden.md",
            "build/page.md",
            "node_modules/thing/README.md"
        ]
    );
}

#[test]
fn a_file_that_is_named_is_checked_whatever_ignores_it() {
    let project = project(&[
        (".gitignore", "*.md\n"),
        ("page.md", GIFT),
        ("node_modules/README.md", GIFT),
        (".hidden.md", GIFT),
    ]);
    assert_eq!(found_in(project.path(), &["."]), [] as [&str; 0]);
    let named = ["page.md", "node_modules/README.md", ".hidden.md"];
    let mut found = found_in(project.path(), &named);
    found.sort();
    assert_eq!(found, [".hidden.md", "node_modules/README.md", "page.md"]);
    // once, however often it is named
    let report = report(
        project.path(),
        &["page.md", "./page.md", "node_modules/../page.md", "page.md"],
    );
    assert_eq!(
        (list(&report, "findings").len(), &report["summary"]["files"]),
        (1, &Value::from(1))
    );
}

#[test]
fn excludes_leave_files_out() {
    let with = |lines: &str| {
        let config = format!("{CONFIG}[files]\n{lines}\n");
        folder(&[
            ("caveat.toml", config.as_str()),
            ("rules.toml", RULES),
            ("content/a.md", GIFT),
            ("content/drafts/b.md", GIFT),
            ("notes/c.md", GIFT),
        ])
    };
    let all = ["content/a.md", "content/drafts/b.md", "notes/c.md"];
    assert_eq!(found_in(with("").path(), &["."]), all);
    assert_eq!(
        found_in(with("include = [\"content/**\"]").path(), &["."]),
        all[..2]
    );
    assert_eq!(
        found_in(with("exclude = [\"content/drafts/**\"]").path(), &["."]),
        ["content/a.md", "notes/c.md"]
    );
    assert_eq!(
        found_in(with("exclude = [\"content/drafts\"]").path(), &["."]),
        ["content/a.md", "notes/c.md"]
    );
    assert_eq!(
        found_in(
            with("").path(),
            &["--exclude", "notes/**", "--exclude", "**/b.md", "."]
        ),
        ["content/a.md"]
    );
    // globs are from the project's root, wherever one stands
    assert_eq!(
        found_in(
            &with("exclude = [\"content/drafts/**\"]")
                .path()
                .join("content"),
            &["."]
        ),
        ["a.md"]
    );
    assert_eq!(
        found_in(
            &with("").path().join("content"),
            &["--exclude", "content/a.md", "."]
        ),
        ["drafts/b.md"]
    );
    // a file that is named is checked, unless it is said otherwise
    let excluded = with("exclude = [\"content/drafts/**\"]");
    assert_eq!(
        found_in(excluded.path(), &["content/drafts/b.md"]),
        ["content/drafts/b.md"]
    );
    assert_eq!(
        found_in(
            excluded.path(),
            &["--force-exclude", "content/drafts/b.md", "notes/c.md"]
        ),
        ["notes/c.md"]
    );
    assert_eq!(
        found_in(
            excluded.path(),
            &["--force-exclude", "--exclude", "notes/**", "notes/c.md"]
        ),
        [] as [&str; 0]
    );
}

#[test]
fn only_files_of_a_known_syntax_are_walked() {
    let project = project(&[
        ("page.md", GIFT),
        ("page.MD", GIFT),
        ("page.markdown", GIFT),
        ("page.txt", GIFT),
        ("page.docx", GIFT),
        ("Makefile", GIFT),
        ("page.md.bak", GIFT),
    ]);
    let mut found = found_in(project.path(), &["."]);
    found.sort();
    assert_eq!(found, ["page.MD", "page.markdown", "page.md", "page.txt"]);
}

#[test]
fn what_cannot_be_read_is_unverifiable_and_never_a_pass() {
    let project = project(&[("page.docx", "A welcome gift.\n"), ("LICENSE", "x")]);
    put(
        project.path(),
        "latin.md",
        b"# Caf\xc3\xa9\n\nCaf\xe9: a welcome gift.\n",
    );
    put(
        project.path(),
        "no-mark.md",
        b"A\x00 \x00g\x00i\x00f\x00t\x00",
    );
    // half a pair, and half a unit
    put(project.path(), "half.md", b"\xff\xfeA\x00\x3d\xd8B\x00");
    put(project.path(), "odd.md", b"\xfe\xff\x00A\x00B\x00");
    for (name, start) in [
        ("page.docx", 0),
        ("LICENSE", 0),
        ("latin.md", 12),
        ("no-mark.md", 1),
        ("half.md", 4),
        ("odd.md", 6),
    ] {
        let report = report(project.path(), &[name]);
        let findings = list(&report, "findings");
        assert_eq!(findings.len(), 1, "{report}");
        assert_eq!(text(&findings[0], "code"), "unverifiable", "{name}");
        assert_eq!(text(&findings[0], "severity"), "error", "{name}");
        assert_eq!(findings[0]["span"]["start"], start, "{name}");
        assert_eq!(list(&report, "met").len(), 0);
        assert_eq!(code(project.path(), &["check", name]), 1, "{name}");
    }
    let latin = report(project.path(), &["latin.md"]);
    assert!(
        text(&list(&latin, "findings")[0], "message").contains("byte 12"),
        "{latin}"
    );
    assert_eq!(list(&latin, "findings")[0]["span"]["start_column"], 4);
}

#[test]
fn utf16_is_read_and_its_bytes_are_told_as_they_are_stored() {
    let project = project(&[]);
    let page = "# A page \u{1f381}\r\n\r\nFor you: a \u{1f381} welcome gift.\n";
    for (name, little) in [("little.md", true), ("big.md", false)] {
        let stored: Vec<u8> = std::iter::once(0xfeff)
            .chain(page.encode_utf16())
            .flat_map(|unit: u16| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect();
        put(project.path(), name, &stored);
        let report = report(project.path(), &[name]);
        let [finding] = list(&report, "findings") else {
            panic!("{report}");
        };
        let at = |key: &str| {
            usize::try_from(finding["span"][key].as_u64().expect("a number")).expect("small")
        };
        let units: Vec<u16> = stored[at("start")..at("end")]
            .chunks(2)
            .map(|pair| {
                let pair = [pair[0], pair[1]];
                if little {
                    u16::from_le_bytes(pair)
                } else {
                    u16::from_be_bytes(pair)
                }
            })
            .collect();
        assert_eq!(String::from_utf16_lossy(&units), text(finding, "text"));
        assert!(text(finding, "text").contains("welcome gift"), "{finding}");
        assert_eq!(finding["span"]["start_line"], 3);
    }
}

#[test]
fn front_matter_that_is_none_is_unverifiable() {
    let project = project(&[
        ("yaml.md", "---\ntitle: [a\n---\n\nA welcome gift.\n"),
        ("toml.md", "+++\ntitle = \n+++\n\nA welcome gift.\n"),
    ]);
    for name in ["yaml.md", "toml.md"] {
        let report = report(project.path(), &[name]);
        let codes: Vec<_> = list(&report, "findings")
            .iter()
            .map(|of| text(of, "code"))
            .collect();
        assert!(
            codes.contains(&"unverifiable") && codes.contains(&"prohibited"),
            "{name}: {codes:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_when_they_are_named_and_never_round_in_circles() {
    use std::os::unix::fs::symlink;
    let project = project(&[("real/page.md", GIFT)]);
    let at = |name: &str| project.path().join(name);
    symlink("real/page.md", at("link.md")).expect("a link");
    symlink("..", at("real/loop")).expect("a link");
    symlink("nowhere.md", at("broken.md")).expect("a link");
    let found = found_in(project.path(), &["."]);
    assert_eq!(
        found,
        ["real/page.md"],
        "what a link leads to is checked where it is"
    );
    assert_eq!(found_in(project.path(), &["link.md"]), ["link.md"]);
    assert_eq!(code(project.path(), &["check", "broken.md"]), 2);
    symlink("real", at("folder")).expect("a link");
    assert_eq!(found_in(project.path(), &["folder"]), ["folder/page.md"]);
    // the file a link points at is written, the link stays
    put(project.path(), "kept.json", b"");
    symlink("kept.json", at("report.json")).expect("a link");
    assert_eq!(
        code(
            project.path(),
            &["check", "real", "--format", "json", "-o", "report.json"]
        ),
        1
    );
    assert!(
        std::fs::symlink_metadata(at("report.json"))
            .expect("there")
            .is_symlink()
    );
    assert!(crate::read(&at("kept.json")).contains("case/gift"));
}

#[cfg(unix)]
#[test]
fn any_name_of_a_file_will_do() {
    let names = [
        "a b.md",
        "a:12:3.md",
        "a'b\"c.md",
        "a\nb.md",
        "a\tb.md",
        "-dash.md",
        "ä€😀.md",
        "a\\b.md",
        "{a,b}[c]*.md",
        "#hash%20.md",
    ];
    let pages: Vec<(&str, &str)> = names.iter().map(|name| (*name, GIFT)).collect();
    let project = project(&pages);
    let mut expected: Vec<&str> = names.to_vec();
    expected.sort_unstable();
    let mut found = found_in(project.path(), &["."]);
    found.sort();
    assert_eq!(found, expected);
    let concise = caveat(project.path(), &["check", "--format", "concise"]);
    assert_eq!(
        concise.out.lines().count(),
        names.len(),
        "one line a finding: {}",
        concise.out
    );
    let dash = caveat(
        project.path(),
        &["check", "--format", "concise", "--", "-dash.md"],
    );
    assert_eq!(
        dash.out,
        "-dash.md:1:3: error[case/gift/prohibited] a gift is offered\n"
    );
    for name in names.iter().filter(|name| !name.starts_with('-')) {
        assert_eq!(found_in(project.path(), &[name]), [*name], "{name:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_utf8_will_do() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let project = project(&[]);
    std::fs::write(project.path().join(OsStr::from_bytes(b"caf\xe9.md")), GIFT).expect("written");
    let ran = caveat(project.path(), &["check", "--format", "concise"]);
    assert_eq!(
        (ran.code, ran.out.lines().count()),
        (1, 1),
        "{}{}",
        ran.out,
        ran.err
    );
}

// ---------------------------------------------------------------- config and rules

#[test]
fn the_nearest_config_is_found_from_below_and_not_above_the_repository() {
    let project = project(&[("a/b/page.md", GIFT)]);
    assert_eq!(found_in(&project.path().join("a/b"), &["."]), ["page.md"]);
    // a config nearer by wins
    put(project.path(), "a/caveat.toml", b"packs = [\"core\"]\n");
    assert_eq!(
        found_in(&project.path().join("a/b"), &["."]),
        [] as [&str; 0]
    );
    std::fs::remove_file(project.path().join("a/caveat.toml")).expect("removed");
    // a repository ends the search
    std::fs::create_dir(project.path().join("a/.git")).expect("made");
    assert_eq!(
        found_in(&project.path().join("a/b"), &["."]),
        [] as [&str; 0]
    );
}

#[test]
fn a_config_can_be_named_or_left_out() {
    let project = project(&[
        ("page.md", GIFT),
        (
            "other/caveat.toml",
            "packs = [\"rules.toml\"]\nignore = [\"case/gift\"]\n",
        ),
        ("other/rules.toml", RULES),
    ]);
    assert_eq!(found_in(project.path(), &["page.md"]), ["page.md"]);
    assert_eq!(
        found_in(project.path(), &["--isolated", "page.md"]),
        [] as [&str; 0]
    );
    assert_eq!(
        found_in(
            project.path(),
            &["--config", "other/caveat.toml", "page.md"]
        ),
        [] as [&str; 0]
    );
    assert_eq!(
        found_in(
            project.path(),
            &["--isolated", "--pack", "rules.toml", "page.md"]
        ),
        ["page.md"]
    );
    let named = finish(
        command(project.path(), &["check", "page.md"]).env("CAVEAT_CONFIG", "other/caveat.toml"),
        None,
    );
    assert_eq!(named.code, 0, "{}", named.out);
}

#[test]
fn the_environment_can_give_defaults_that_arguments_replace() {
    let project = project(&[("page.md", "---\njurisdiction: uk\n---\nA welcome hint.\n")]);
    let of = |variables: &[(&str, &str)], arguments: &[&str]| {
        finish(
            command(project.path(), arguments).envs(variables.iter().copied()),
            None,
        )
    };
    let check = ["check", "--fail-on", "note", "page.md"];
    assert_eq!(of(&[("CAVEAT_AS_OF", "2024-12-31")], &check).code, 0);
    assert_eq!(of(&[("CAVEAT_AS_OF", "2025-01-01")], &check).code, 1);
    assert_eq!(
        of(
            &[("CAVEAT_AS_OF", "2024-12-31")],
            &[&check[..], &["--as-of", "2026-01-01"]].concat()
        )
        .code,
        1
    );
    assert!(
        of(&[("CAVEAT_FORMAT", "concise")], &check)
            .out
            .starts_with("page.md:4:3: note")
    );
    assert_eq!(of(&[("CAVEAT_FORMAT", "yaml")], &check).code, 2);
}

#[test]
fn a_scope_holds_for_its_paths_from_the_folder_of_the_config() {
    let config = format!("{CONFIG}[[scope]]\npath = [\"content/uk/**\"]\njurisdiction = \"uk\"\n");
    let hint = "A welcome hint.\n";
    let project = folder(&[
        ("caveat.toml", &config),
        ("rules.toml", RULES),
        ("content/uk/a.md", hint),
        ("content/de/a.md", hint),
    ]);
    assert_eq!(found_in(project.path(), &["."]), ["content/uk/a.md"]);
    assert_eq!(
        found_in(&project.path().join("content/uk"), &["."]),
        ["a.md"]
    );
    let ran = caveat_reading(
        project.path(),
        &[
            "check",
            "-",
            "--stdin-filename",
            "content/uk/new.md",
            "--format",
            "concise",
            "--as-of",
            TODAY,
        ],
        hint.as_bytes(),
    );
    assert!(
        ran.out.starts_with("content/uk/new.md:1:3: note"),
        "{}",
        ran.out
    );
}

#[test]
fn rules_are_selected_by_id_pack_and_tag() {
    let project = project(&[("page.md", &(GIFT.to_owned() + BONUS))]);
    let of = |arguments: &[&str]| {
        rules_found(&caveat(
            project.path(),
            &[&["check", "--format", "jsonl"], arguments].concat(),
        ))
    };
    let (gift, bonus) = ("case/gift", "case/bonus");
    let both = [bonus, gift];
    assert_eq!(of(&[]), both);
    assert_eq!(of(&["--select", "case/gift"]), [gift]);
    assert_eq!(of(&["--rule", "case/gift"]), [gift]);
    assert_eq!(of(&["--select", "case/*"]), both);
    assert_eq!(of(&["--select", "offers"]), both);
    assert_eq!(of(&["--select", "money"]), [bonus]);
    assert_eq!(of(&["--select", "case/gift,case/bonus"]), both);
    assert_eq!(of(&["--select", "case/gift", "--select", "money"]), both);
    assert_eq!(of(&["--ignore", "money"]), [gift]);
    assert_eq!(
        of(&["--select", "offers", "--ignore", "case/gift"]),
        [bonus]
    );
    put(project.path(), "caveat.toml", b"packs = [\"rules.toml\"]\nselect = [\"money\"]\n[rules.\"case/bonus\"]\nseverity = \"note\"\n");
    assert_eq!(of(&[]), [bonus]);
    assert_eq!(
        of(&["--select", "case/gift"]),
        [gift],
        "the command line wins over the config"
    );
    assert_eq!(
        code(project.path(), &["check", "--fail-on", "warning"]),
        0,
        "the config made it a note"
    );
    put(
        project.path(),
        "caveat.toml",
        b"packs = [\"rules.toml\"]\n[rules.\"case/bonus\"]\nseverity = \"off\"\n",
    );
    assert_eq!(of(&[]), [gift]);
}

#[test]
fn without_a_config_core_runs() {
    let folder = folder(&[(
        "page.md",
        "Our plan pays guaranteed returns of 9 % a year.\n",
    )]);
    let rules = rules_found(&caveat(folder.path(), &["check", "--format", "jsonl"]));
    assert!(
        !rules.is_empty() && rules.iter().all(|rule| rule.starts_with("core/")),
        "{rules:?}"
    );
}

#[test]
fn a_waiver_is_called_unused_only_by_a_run_over_everything() {
    let config =
        format!("{CONFIG}[[waiver]]\nrule = \"case/gift\"\npath = [\"a/**\"]\nreason = \"r\"\n");
    let project = folder(&[
        ("caveat.toml", &config),
        ("rules.toml", RULES),
        ("a/page.md", "Welcome.\n"),
        ("b/page.md", "Welcome.\n"),
    ]);
    assert_eq!(found_in(project.path(), &["."]), ["caveat.toml"]);
    assert_eq!(found_in(project.path(), &["b/page.md"]), [] as [&str; 0]);
    assert_eq!(
        found_in(project.path(), &["--select", "case/bonus", "."]),
        [] as [&str; 0]
    );
    let quiet = caveat_reading(
        project.path(),
        &[
            "check",
            "-",
            "--stdin-filename",
            "a/page.md",
            "--format",
            "concise",
        ],
        b"Welcome.\n",
    );
    assert_eq!(quiet.out, "");
}

// ---------------------------------------------------------------- the other subcommands

#[test]
fn rules_lists_every_rule_with_its_law() {
    let project = project(&[]);
    let ran = caveat(project.path(), &["rules", "--format", "json"]);
    let rules: Value = serde_json::from_str(&ran.out).expect("JSON");
    let rules = rules.as_array().expect("a list");
    let ids: Vec<_> = rules.iter().map(|rule| text(rule, "id")).collect();
    assert_eq!(ids, ["case/gift", "case/bonus", "case/hint"]);
    assert_eq!(
        (
            text(&rules[0], "severity"),
            text(&rules[0], "title"),
            text(&rules[0], "pack")
        ),
        ("error", "No gift", "case")
    );
    assert_eq!(list(&rules[1], "tags"), ["offers", "money"]);
    let law = &list(&rules[0], "sources")[0];
    assert_eq!(
        (
            text(law, "citation"),
            text(law, "url"),
            text(law, "status"),
            text(law, "checked")
        ),
        (
            "House book 7",
            "https://tarnbrook.example/book/7",
            "second-hand",
            "2026-11-23"
        )
    );
    let plain = caveat(project.path(), &["rules"]);
    assert_eq!((plain.code, plain.out.lines().count()), (0, 3));
    assert!(plain.out.starts_with("case/gift"), "{}", plain.out);
    let picked = caveat(project.path(), &["rules", "--select", "money"]);
    assert_eq!(picked.out.lines().count(), 1, "{}", picked.out);
    let core = caveat(
        project.path(),
        &[
            "rules", "--pack", "core", "--pack", "house", "--format", "json",
        ],
    );
    let core: Value = serde_json::from_str(&core.out).expect("JSON");
    let all: usize = caveat::rule::PACKS
        .iter()
        .filter(|(name, _)| ["core", "house"].contains(name))
        .map(|(name, _)| {
            caveat::rule::built_in(name)
                .expect("built in")
                .0
                .rules
                .len()
        })
        .sum();
    assert_eq!(core.as_array().expect("a list").len(), all);
}

#[test]
fn explain_shows_a_rule_with_its_law_and_examples() {
    let project = project(&[]);
    let ran = caveat(project.path(), &["explain", "case/gift"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for part in [
        "case/gift: No gift",
        "error",
        "a gift is offered",
        "take it out",
        "offers",
        "welcome gift",
        "Tarnbrook",
        "House book 7",
        "https://tarnbrook.example/book/7",
        "No gifts.",
        "2026-11-23",
        "second-hand",
        "A welcome gift.",
        "Welcome.",
    ] {
        assert!(ran.out.contains(part), "`{part}` is not in {}", ran.out);
    }
    let hint = caveat(project.path(), &["explain", "case/hint"]);
    for part in [
        "jurisdiction",
        "uk",
        "welcome hint",
        "terms apply",
        "2025-01-01",
        "2029-12-31",
    ] {
        assert!(hint.out.contains(part), "`{part}` is not in {}", hint.out);
    }
    // a rule of a pack that does not run here can be explained too
    assert_eq!(
        code(project.path(), &["explain", "core/past-performance"]),
        0
    );
    for rule in caveat::rule::built_in("house").expect("built in").0.rules {
        assert_eq!(
            code(root(), &["explain", &rule.head.id]),
            0,
            "{}",
            rule.head.id
        );
    }
}

#[test]
fn explain_says_why_a_rule_applies_to_a_file_or_not() {
    let project = project(&[
        ("uk.md", "---\njurisdiction: uk\n---\nA welcome hint.\n"),
        ("eu.md", "---\njurisdiction: eu\n---\nA welcome hint.\n"),
        ("none.md", "A welcome hint.\n"),
        (
            "met.md",
            "---\njurisdiction: uk\n---\nA welcome hint, terms apply.\n",
        ),
    ]);
    let of = |name: &str, day: &str| {
        let ran = caveat(project.path(), &["explain", name, "--as-of", day]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        let at = ran
            .out
            .find("case/hint")
            .unwrap_or_else(|| panic!("no case/hint in {}", ran.out));
        ran.out[at..].to_owned()
    };
    let uk = of("uk.md", TODAY);
    assert!(
        uk.contains("case/hint: missing") && uk.contains("\"welcome hint\"") && uk.contains("4:3"),
        "{uk}"
    );
    let eu = of("eu.md", TODAY);
    assert!(
        eu.contains("case/hint: does not apply")
            && eu.contains("no  `jurisdiction` = uk (the page: eu)"),
        "{eu}"
    );
    let none = of("none.md", TODAY);
    assert!(
        none.contains("case/hint: does not apply") && none.contains("nothing sets it"),
        "{none}"
    );
    let early = of("uk.md", "2024-12-31");
    assert!(
        early.contains("case/hint: does not apply") && early.contains("2025-01-01"),
        "{early}"
    );
    let met = of("met.md", TODAY);
    assert!(
        met.contains("case/hint: met") && met.contains("\"terms apply\""),
        "{met}"
    );
}

#[test]
fn test_runs_the_examples_and_tells_what_does_not_behave() {
    let project = project(&[]);
    let ran = caveat(project.path(), &["test"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("2 examples of 3 rules"), "{}", ran.out);
    for rule in ["case/bonus", "case/hint"] {
        assert!(
            ran.out.contains(&format!("{rule} has no example")),
            "{}",
            ran.out
        );
    }
    assert_eq!(code(project.path(), &["test", "core"]), 0);
    assert_eq!(code(project.path(), &["test", "rules.toml"]), 0);
    let wrong = RULES.replace(
        "passes = \"Welcome.\"",
        "passes = \"A welcome gift, again.\"",
    );
    put(project.path(), "rules.toml", wrong.as_bytes());
    let ran = caveat(project.path(), &["test"]);
    assert!(
        ran.code != 0 && ran.out.contains("it should pass, and gives prohibited"),
        "{}{}",
        ran.out,
        ran.err
    );
    let line = wrong
        .lines()
        .position(|line| line.contains("again"))
        .expect("there")
        + 1;
    assert!(
        ran.out.contains(&format!("rules.toml:{line}:10: ")),
        "{}",
        ran.out
    );
}

/// Validates TOML files against a schema with Python's `jsonschema`; says so and gives none where that is not installed.
pub(crate) fn valid(schema: &str, files: &[&str]) -> Option<Vec<bool>> {
    let script = r"
import sys, json, tomllib, jsonschema
schema = json.load(open(sys.argv[1], encoding='utf-8'))
jsonschema.Draft202012Validator.check_schema(schema)
for name in sys.argv[2:]:
    data = json.loads(json.dumps(tomllib.load(open(name, 'rb')), default=str))
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(data))
    print('yes' if not errors else 'no ' + errors[0].message[:200].replace('\n', ' '))
";
    let can = Command::new("python3")
        .args(["-c", "import jsonschema, tomllib"])
        .output();
    if !can.is_ok_and(|can| can.status.success()) {
        println!("skipped: no python3 with jsonschema and tomllib here");
        return None;
    }
    // an argument has fewer bytes than a schema may have
    let folder = folder(&[("schema.json", schema)]);
    let ran = Command::new("python3")
        .args(["-c", script])
        .arg(folder.path().join("schema.json"))
        .args(files)
        .output()
        .expect("python3 runs");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let out = String::from_utf8_lossy(&ran.stdout).into_owned();
    print!("{out}");
    Some(out.lines().map(|line| line == "yes").collect())
}

#[test]
fn the_schemas_take_what_the_program_takes_and_no_more() {
    let of = |what: &[&str]| {
        let ran = caveat(root(), &[&["schema"], what].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        let schema: Value = serde_json::from_str(&ran.out).expect("JSON");
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        ran.out
    };
    let (config, pack) = (of(&[]), of(&["pack"]));
    assert_eq!(config, of(&["config"]));
    let root_file = |name: &str| root().join(name).to_string_lossy().into_owned();
    let packs: Vec<String> = caveat::rule::PACKS
        .iter()
        .map(|(name, _)| root_file(&format!("rules/{name}.toml")))
        .chain([
            root_file("tests/shapes/rules.toml"),
            root_file("tests/cases/metadata/rules.toml"),
            root_file("tests/cases/superseded-wording/rules.toml"),
            root_file("tests/cases/path-and-front-matter/rules.toml"),
        ])
        .collect();
    let names: Vec<&str> = packs.iter().map(String::as_str).collect();
    if let Some(valid) = valid(&pack, &names) {
        assert_eq!(valid, vec![true; names.len()], "{names:?}");
    }
    let configs = [
        root_file("examples/broker-blog/caveat.toml"),
        root_file("tests/cases/waiver/caveat.toml"),
        root_file("tests/cases/facets/caveat.toml"),
    ];
    let names: Vec<&str> = configs.iter().map(String::as_str).collect();
    if let Some(valid) = valid(&config, &names) {
        assert_eq!(valid, [true; 3], "{names:?}");
    }
    let wrong = folder(&[
        ("a.toml", "pack = [\"core\"]\n"),
        ("b.toml", "[[waiver]]\nrule = \"core/a\"\n"),
        ("c.toml", "[rules.\"core/a\"]\nseverity = \"warn\"\n"),
        ("d.toml", "packs = 3\n"),
        ("e.toml", "[[scope]]\naudience = \"retail\"\n"),
    ]);
    let names: Vec<String> = ["a", "b", "c", "d", "e"]
        .iter()
        .map(|name| {
            wrong
                .path()
                .join(format!("{name}.toml"))
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    if let Some(valid) = valid(
        &config,
        &names.iter().map(String::as_str).collect::<Vec<_>>(),
    ) {
        assert_eq!(valid, [false; 5]);
    }
    if let Some(valid) = valid(&pack, &[&root_file("tests/cases/bad-pack/rules.toml")]) {
        assert_eq!(valid, [false]);
    }
}

/// The subcommands, as the program's own help lists them.
fn subcommands() -> Vec<String> {
    let help = caveat(root(), &["--help"]).out;
    let commands = help
        .split("Commands:\n")
        .nth(1)
        .expect("commands")
        .split("\n\n")
        .next()
        .expect("a list");
    commands
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_help_of_each_subcommand_is_as_it_was_read() {
    let mut wrong = Vec::new();
    let commands = subcommands();
    assert!(
        ["check", "explain", "rules", "test", "init", "schema", "man"]
            .iter()
            .all(|name| commands.iter().any(|of| of == name)),
        "{commands:?}"
    );
    std::fs::create_dir_all(root().join("tests/help")).expect("made");
    for name in [String::new()].into_iter().chain(commands.clone()) {
        let arguments: Vec<&str> = [name.as_str(), "--help"]
            .into_iter()
            .filter(|of| !of.is_empty())
            .collect();
        let ran = caveat(root(), &arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{name}");
        let short = caveat(
            root(),
            &arguments
                .iter()
                .map(|of| if *of == "--help" { "-h" } else { of })
                .collect::<Vec<_>>(),
        );
        assert_eq!(short.code, 0);
        let file = if name.is_empty() { "caveat" } else { &name };
        wrong.extend(compare(&root().join(format!("tests/help/{file}.out")), &ran.out).err());
    }
    let stale: Vec<_> = crate::files_under(&root().join("tests/help"))
        .into_iter()
        .filter(|path| {
            let stem = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            stem != "caveat" && !commands.contains(&stem)
        })
        .collect();
    assert!(stale.is_empty(), "{stale:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_version_is_that_of_the_package() {
    let ran = caveat(root(), &["--version"]);
    assert_eq!(
        (ran.code, ran.out),
        (0, format!("caveat {}\n", env!("CARGO_PKG_VERSION")))
    );
}
