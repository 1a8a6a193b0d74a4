//! One project through every output format. Snapshots are in `formats/`; what must hold of numbers is computed here from the
//! bytes of the files.

use std::collections::BTreeSet;
use std::path::PathBuf;

use caveat::output::FORMATS;
use serde_json::Value;

use crate::{TODAY, caveat, command, compare, finish, folder, list, put, report, root, text};

fn project() -> PathBuf {
    root().join("tests/formats/project")
}

/// The program's output for the project in a format, at a width.
fn written(format: &str, width: usize) -> String {
    let arguments = [
        "check", "--format", format, "--as-of", TODAY, "--color", "never",
    ];
    let ran = finish(
        command(&project(), &arguments).env("COLUMNS", width.to_string()),
        None,
    );
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(ran.err, "");
    ran.out
}

fn snapshot(name: &str, got: &str) {
    let compared = compare(&root().join("tests/formats").join(name), got);
    assert!(compared.is_ok(), "{}", compared.unwrap_err());
}

#[test]
fn concise_is_one_line_a_finding() {
    let concise = written("concise", 100);
    snapshot("concise.out", &concise);
    let json = report(&project(), &["."]);
    let lines: Vec<&str> = concise.lines().collect();
    let findings = list(&json, "findings");
    assert_eq!(lines.len(), findings.len());
    for (line, finding) in lines.iter().zip(findings) {
        let span = &finding["span"];
        let head = format!(
            "{}:{}:{}: {}[{}/{}] {}",
            text(finding, "path"),
            span["start_line"],
            span["start_column"],
            text(finding, "severity"),
            text(finding, "rule"),
            text(finding, "code"),
            text(finding, "message")
        );
        assert_eq!(*line, head);
    }
}

#[test]
fn pretty_is_as_it_was_read() {
    snapshot("pretty-60.out", &written("pretty", 60));
    snapshot("pretty-100.out", &written("pretty", 100));
}

/// Columns of a terminal, near enough: emoji take two.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| if u32::from(c) >= 0x1f000 { 2 } else { 1 })
        .sum()
}

#[test]
fn pretty_stays_in_its_width() {
    for width in [60, 100] {
        for line in written("pretty", width).lines() {
            // an address or a place is not cut
            if !line.contains("https://") && !line.contains(".toml:") {
                assert!(
                    columns(line) <= width,
                    "{} columns of {width}: {line}",
                    columns(line)
                );
            }
        }
    }
}

#[test]
fn the_marks_of_pretty_stand_under_their_words() {
    for width in [60, 100] {
        let pretty = written("pretty", width);
        let lines: Vec<&str> = pretty.lines().collect();
        let mut looked = 0;
        for pair in lines.windows(2) {
            let (source, marks) = (pair[0], pair[1]);
            if !marks.trim_start().starts_with('·')
                || !marks.contains("──")
                || !source.contains('│')
            {
                continue;
            }
            for (words, code) in [
                ("guaranteed returns", "prohibited"),
                ("is covered by one", "altered"),
                ("views here are the author's", "hidden"),
            ] {
                let Some(at) = source.find(words).filter(|_| !source.contains("╭─▶")) else {
                    continue;
                };
                let row: Vec<char> = marks.chars().collect();
                let drawn: Vec<usize> = (0..row.len())
                    .filter(|at| "─┬▲".contains(row[*at]))
                    .collect();
                let first = columns(&source[..at]);
                let expected: Vec<usize> = (first..first + columns(words)).collect();
                assert_eq!(
                    drawn, expected,
                    "{code} at width {width}:\n{source}\n{marks}"
                );
                looked += 1;
            }
        }
        assert_eq!(looked, 3, "{pretty}");
    }
}

#[test]
fn pretty_tells_all_that_a_person_needs() {
    let pretty = written("pretty", 100);
    for part in [
        "error[desk/notice/altered]",
        "[posts/rates.md:6:57]",
        "missing here: \"not\"",
        "approved: \"any\"",
        "the approved wording: rules.toml:11:11",
        "print the notice word for word",
        "House book 4.1",
        "https://tarnbrook.example/book/4-1",
        "5 files checked: 2 errors, 3 warnings, 1 note (1 waived)",
    ] {
        assert!(pretty.contains(part), "`{part}` is not in\n{pretty}");
    }
}

#[test]
fn quiet_pretty_leaves_the_summary_out_and_says_nothing_of_nothing() {
    let quiet = caveat(&project(), &["check", "--quiet", "--as-of", TODAY]);
    assert!(
        quiet.out.contains("desk/claim") && !quiet.out.contains("files checked"),
        "{}",
        quiet.out
    );
    let clean = folder(&[("page.md", "Nothing to see.\n")]);
    assert_eq!(caveat(clean.path(), &["check", "--quiet"]).out, "");
    let told = caveat(clean.path(), &["check"]).out;
    assert!(
        told.starts_with("1 file checked: nothing found\njudged by core "),
        "{told}"
    );
}

// ---------------------------------------------------------------- JSON: a contract

fn keys(of: &Value) -> BTreeSet<&str> {
    of.as_object()
        .unwrap_or_else(|| panic!("no object: {of}"))
        .keys()
        .map(String::as_str)
        .collect()
}

fn number(of: &Value, key: &str) -> usize {
    usize::try_from(
        of[key]
            .as_u64()
            .unwrap_or_else(|| panic!("no number `{key}` in {of}")),
    )
    .expect("small")
}

/// Line and column of a byte, 1-based, counted by hand from the bytes of the file.
fn place(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = &bytes[..at];
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let shown = String::from_utf8_lossy(&bytes[line_start..at]);
    (
        line,
        shown.trim_start_matches('\u{feff}').chars().count() + 1,
    )
}

/// Checks a span and the text under it against the file.
fn lies(of: &Value, path: &str) {
    let span = &of["span"];
    assert_eq!(
        keys(span),
        BTreeSet::from([
            "start",
            "end",
            "start_line",
            "start_column",
            "end_line",
            "end_column"
        ])
    );
    let bytes =
        std::fs::read(project().join(path)).unwrap_or_else(|wrong| panic!("{path}: {wrong}"));
    let (start, end) = (number(span, "start"), number(span, "end"));
    assert!(start <= end && end <= bytes.len(), "{of}");
    if let Some(text) = of["text"].as_str() {
        assert_eq!(
            std::str::from_utf8(&bytes[start..end]).expect("on characters"),
            text,
            "{of}"
        );
    }
    assert_eq!(
        (number(span, "start_line"), number(span, "start_column")),
        place(&bytes, start),
        "{of}"
    );
    assert_eq!(
        (number(span, "end_line"), number(span, "end_column")),
        place(&bytes, end),
        "{of}"
    );
}

fn is_a_finding(finding: &Value) {
    for key in [
        "rule",
        "code",
        "severity",
        "message",
        "path",
        "text",
        "fingerprint",
    ] {
        text(finding, key);
    }
    assert!(text(finding, "rule").contains('/'));
    assert!(["error", "warning", "note"].contains(&text(finding, "severity")));
    assert!(
        caveat::Code::ALL
            .iter()
            .any(|code| code.name() == text(finding, "code")),
        "{finding}"
    );
    assert!(finding["help"].is_null() || finding["help"].is_string());
    lies(finding, text(finding, "path"));
    for related in list(finding, "related") {
        text(related, "message");
        lies(related, text(related, "path"));
    }
    for source in list(finding, "sources") {
        assert_eq!(keys(source), BTreeSet::from(["citation", "url"]));
    }
    if !finding["fix"].is_null() {
        assert_eq!(
            keys(&finding["fix"]),
            BTreeSet::from(["title", "safe", "edits"])
        );
        assert!(finding["fix"]["safe"].is_boolean() && finding["fix"]["title"].is_string());
        for edit in list(&finding["fix"], "edits") {
            assert_eq!(keys(edit), BTreeSet::from(["path", "start", "end", "text"]));
            let bytes = std::fs::read_to_string(project().join(text(edit, "path"))).expect("read");
            assert!(
                bytes
                    .get(number(edit, "start")..number(edit, "end"))
                    .is_some(),
                "{edit}"
            );
        }
    }
}

#[test]
fn json_keeps_its_contract() {
    let report = report(&project(), &["."]);
    for key in ["version", "tool", "as_of", "summary", "findings", "met"] {
        assert!(keys(&report).contains(key), "{key}");
    }
    assert_eq!(report["version"], 1);
    assert_eq!(report["as_of"], TODAY);
    assert_eq!(report["tool"]["name"], "caveat");
    assert_eq!(report["tool"]["version"], env!("CARGO_PKG_VERSION"));
    let findings = list(&report, "findings");
    for finding in findings {
        let wanted = [
            "rule",
            "code",
            "severity",
            "message",
            "help",
            "path",
            "key",
            "span",
            "text",
            "related",
            "sources",
            "fix",
            "fingerprint",
        ];
        assert_eq!(keys(finding), BTreeSet::from(wanted));
        is_a_finding(finding);
    }
    let count = |severity: &str| {
        findings
            .iter()
            .filter(|of| of["severity"] == severity)
            .count()
    };
    let unverifiable = findings
        .iter()
        .filter(|of| of["code"] == "unverifiable")
        .count();
    let summary = &report["summary"];
    assert_eq!(
        keys(summary),
        BTreeSet::from([
            "files",
            "errors",
            "warnings",
            "notes",
            "waived",
            "unverifiable"
        ])
    );
    assert_eq!(
        (
            number(summary, "errors"),
            number(summary, "warnings"),
            number(summary, "notes")
        ),
        (count("error"), count("warning"), count("note"))
    );
    assert_eq!(
        (
            number(summary, "files"),
            number(summary, "waived"),
            number(summary, "unverifiable")
        ),
        (5, 1, unverifiable)
    );
    // the fixture shows something of everything
    assert_eq!(
        (
            count("error"),
            count("warning"),
            count("note"),
            unverifiable
        ),
        (2, 3, 1, 1)
    );
    for met in list(&report, "met") {
        assert_eq!(
            keys(met),
            BTreeSet::from(["rule", "path", "key", "span", "text", "via"])
        );
        lies(met, text(met, "path"));
    }
    let met: Vec<_> = list(&report, "met")
        .iter()
        .map(|of| (text(of, "rule"), text(of, "path")))
        .collect();
    assert_eq!(
        met,
        [
            ("desk/notice", "brief.md"),
            ("desk/clause", "posts/plain.txt")
        ]
    );
    for waived in list(&report, "waived") {
        is_a_finding(waived);
        assert_eq!(text(waived, "reason"), "kept for the record");
        lies(&waived["by"], text(&waived["by"], "path"));
    }
}

#[test]
fn json_counts_columns_in_characters_and_offsets_in_bytes() {
    let report = report(&project(), &["posts/rates.md"]);
    let claims: Vec<_> = list(&report, "findings")
        .iter()
        .filter(|of| of["rule"] == "desk/claim")
        .collect();
    assert_eq!(claims.len(), 2);
    // `The 🦊 desk pays `: 16 characters, 19 bytes
    assert_eq!(text(claims[0], "text"), "guaranteed **monthly\nreturns");
    assert_eq!(
        (
            number(&claims[0]["span"], "start_line"),
            number(&claims[0]["span"], "start_column")
        ),
        (3, 17)
    );
    assert_eq!(
        (
            number(&claims[0]["span"], "end_line"),
            number(&claims[0]["span"], "end_column")
        ),
        (4, 8)
    );
    assert_eq!(text(claims[1], "text"), "guaranteed yearly returns");
    let before = "returns**, and so does the desk next door. Our sister desk offers 👩‍👩‍👧 families ";
    assert_eq!(
        number(&claims[1]["span"], "start_column"),
        before.chars().count() + 1
    );
    assert_ne!(before.chars().count(), before.len());
}

#[test]
fn every_path_is_seen_from_the_working_directory() {
    let of = |ran: crate::Ran| -> Vec<String> {
        let report: Value = serde_json::from_str(&ran.out).expect("JSON");
        list(&report, "findings")
            .iter()
            .map(|of| text(of, "path").to_owned())
            .collect()
    };
    let arguments = ["check", "--format", "json", "--as-of", TODAY];
    let inside = of(caveat(
        &project().join("posts"),
        &[&arguments[..], &["."]].concat(),
    ));
    assert!(
        inside.iter().all(|path| path == "rates.md") && !inside.is_empty(),
        "{inside:?}"
    );
    let outside = of(caveat(
        &project().join("posts"),
        &[&arguments[..], &["../brief.md"]].concat(),
    ));
    assert_eq!(outside, ["../brief.md"]);
}

#[test]
fn a_fingerprint_names_one_finding_and_survives_edits_elsewhere() {
    let page =
        "# Rates\n\nThe desk pays guaranteed returns.\n\nThe vault pays guaranteed returns.\n";
    let rules = crate::read(&project().join("rules.toml"));
    let prints = |page: &str| -> Vec<String> {
        let project = folder(&[
            ("caveat.toml", "packs = [\"rules.toml\"]"),
            ("rules.toml", &rules),
            ("page.md", page),
        ]);
        let report = report(project.path(), &["."]);
        list(&report, "findings")
            .iter()
            .map(|of| text(of, "fingerprint").to_owned())
            .collect()
    };
    let before = prints(page);
    assert_eq!(before.len(), 2);
    assert_ne!(
        before[0], before[1],
        "two findings of the same words are two"
    );
    let moved = prints(&page.replace("# Rates\n", "# Rates of 2026\n\nA new first paragraph.\n"));
    assert_eq!(before, moved);
    let changed = prints(&page.replace("guaranteed returns", "guaranteed yearly returns"));
    assert!(before.iter().all(|print| !changed.contains(print)));
}

#[test]
fn jsonl_has_the_findings_of_json_one_a_line() {
    let json = report(&project(), &["."]);
    let mut lines: Vec<Value> = written("jsonl", 100)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    for line in &mut lines {
        let line = line.as_object_mut().expect("an object");
        assert!(line.remove("judged_by").is_some_and(|by| by.is_string()));
    }
    assert_eq!(lines, list(&json, "findings"));
}

// ---------------------------------------------------------------- every format

#[test]
fn every_format_writes_a_report_of_something_and_of_nothing() {
    let clean = folder(&[("page.md", "Nothing to see.\n")]);
    for format in FORMATS {
        assert!(!written(format.name, 100).is_empty(), "{}", format.name);
        let ran = caveat(clean.path(), &["check", "--format", format.name]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", format.name);
        let alias = caveat(clean.path(), &["check", "--output-format", format.name]);
        assert_eq!(alias.out, ran.out, "{}", format.name);
        assert!(!format.about.is_empty());
    }
}

/// The hashes that a text holds, by the names of what they are of, as far as a format has room for digits.
fn hashes(of: &str, judges: &[&Value]) -> Vec<bool> {
    let holds = |judge: &&Value| of.contains(&text(judge, "hash")[..12]);
    judges.iter().map(holds).collect()
}

#[test]
fn every_report_says_by_which_packs_content_was_judged() {
    let rules = crate::read(&project().join("rules.toml"));
    let of = |rules: &str, page: &str, quiet: bool| {
        let folder = folder(&[
            ("caveat.toml", "packs = [\"rules.toml\", \"core\"]"),
            ("rules.toml", rules),
            ("page.md", page),
        ]);
        let json = report(folder.path(), &["."]);
        let reports: Vec<String> = FORMATS
            .iter()
            .map(|format| {
                let mut arguments = vec!["check", "--format", format.name, "--as-of", TODAY];
                arguments.extend(quiet.then_some("--quiet"));
                let ran = caveat(folder.path(), &arguments);
                assert!(
                    ran.judged.is_empty() || format.name == "concise",
                    "{}",
                    ran.judged
                );
                ran.out + &ran.judged
            })
            .collect();
        (json, reports)
    };
    let judges = |json: &Value| {
        let mut judges: Vec<Value> = list(json, "packs").to_vec();
        judges.push(json["config"].clone());
        assert_eq!(judges.len(), 3);
        judges
    };
    let (claims, nothing) = ("Our guaranteed returns.\n", "Nothing to see.\n");
    // lists of findings have no place for it where there is none
    let lists = ["jsonl", "gitlab", "rdjson"];
    let lines = ["pretty", "concise", "github"];
    for (page, quiet, without) in [
        (claims, false, &[][..]),
        (claims, true, &lines[..]),
        (nothing, false, &lists[..]),
        (nothing, true, &[lists, lines].concat()),
    ] {
        let (json, reports) = of(&rules, page, quiet);
        let judges = judges(&json);
        for (format, report) in FORMATS.iter().zip(&reports) {
            let says = hashes(report, &judges.iter().collect::<Vec<_>>());
            let expected = !without.contains(&format.name);
            assert_eq!(
                says, [expected; 3],
                "{} of {page:?}, quiet {quiet}:\n{report}",
                format.name
            );
        }
    }
    // another text of a pack is another pack
    let (before, _) = of(&rules, claims, false);
    let (after, reports) = of(&format!("{rules}\n# a comment\n"), claims, false);
    assert_ne!(judges(&before)[0]["hash"], judges(&after)[0]["hash"]);
    for (format, report) in FORMATS.iter().zip(&reports) {
        let old = hashes(report, &[&judges(&before)[0], &judges(&before)[1]]);
        assert_eq!(old, [false, true], "{}:\n{report}", format.name);
    }
}

#[test]
fn what_content_was_judged_by_is_dim_and_stays_in_the_width_of_a_terminal() {
    let names = caveat::rule::PACKS.iter().map(|(name, _)| *name);
    // every rule of house applies to every page
    let packs: Vec<&str> = names.filter(|name| *name != "house").collect();
    let folder = folder(&[
        ("caveat.toml", &format!("packs = {packs:?}")),
        ("page.md", "Nothing to see.\n"),
    ]);
    let arguments = ["check", "--color", "always", "--as-of", TODAY];
    let ran = finish(
        command(folder.path(), &arguments).env("COLUMNS", "60"),
        None,
    );
    let (summary, judged) = ran.out.split_once('\n').expect("a summary");
    assert_eq!(summary, "1 file checked: nothing found");
    let mut said = String::new();
    for line in judged.lines() {
        let line = line
            .strip_prefix("\u{1b}[2m")
            .and_then(|line| line.strip_suffix("\u{1b}[0m"));
        let line = line.unwrap_or_else(|| panic!("not dim: {judged}"));
        assert!(line.chars().count() <= 60, "{line}");
        said += line;
        said.push('\n');
    }
    for pack in packs {
        assert!(said.contains(&format!("{pack} ")), "{pack}: {said}");
    }
}

#[test]
fn the_same_bytes_come_out_whatever_the_number_of_threads() {
    let rules = crate::read(&project().join("rules.toml"));
    let many = folder(&[
        (
            "caveat.toml",
            "packs = [\"rules.toml\", \"core\", \"house\"]",
        ),
        ("rules.toml", &rules),
    ]);
    for number in 0..40 {
        let claim = if number % 3 == 0 {
            "guaranteed returns"
        } else {
            "risk-free profits from lending"
        };
        put(
            many.path(),
            &format!("posts/{number}.md"),
            format!("# Page {number}\n\nWe offer {claim}. Buy bitcoin today.\n").as_bytes(),
        );
    }
    for format in FORMATS {
        let of = |jobs: &str| {
            let ran = caveat(
                many.path(),
                &[
                    "check",
                    "--format",
                    format.name,
                    "--as-of",
                    TODAY,
                    "--jobs",
                    jobs,
                ],
            );
            assert_eq!(ran.code, 1, "{}", ran.err);
            ran.out
        };
        let one = of("1");
        assert!(one.len() > 1000, "{}", format.name);
        for jobs in ["4", "4", "2"] {
            assert!(one == of(jobs), "{} differs with {jobs} jobs", format.name);
        }
    }
}

#[test]
fn a_very_long_line_gives_a_short_report() {
    let rules = crate::read(&project().join("rules.toml"));
    let word = "lorem ";
    let long = word.repeat(700_000 / word.len());
    let notice = "Don't lend more than you can afford to lose. The desk is covered by any scheme, and your money may not come back.";
    for (name, line) in [
        (
            "a claim in the middle",
            format!("{long}guaranteed returns {long}"),
        ),
        ("a notice in the middle", format!("{long}. {notice} {long}")),
        ("nothing but words", format!("{long} lending {long}")),
        ("one word", "a".repeat(700_000) + " guaranteed returns"),
        (
            "a claim with a tail of tabs",
            format!("guaranteed returns{}", "\t".repeat(700_000)),
        ),
    ] {
        let project = folder(&[
            ("caveat.toml", "packs = [\"rules.toml\"]"),
            ("rules.toml", &rules),
            ("posts/page.md", &line),
        ]);
        for format in ["pretty", "concise"] {
            let ran = caveat(
                project.path(),
                &["check", "--format", format, "--as-of", TODAY],
            );
            assert!(ran.code <= 1, "{name}, {format}: {}", ran.err);
            assert!(!ran.out.is_empty(), "{name}, {format}");
            assert!(
                ran.out.len() < 8000,
                "{name}, {format}: {} bytes",
                ran.out.len()
            );
        }
        let found = report(project.path(), &["."]);
        assert!(
            list(&found, "findings")
                .iter()
                .all(|of| text(of, "message").len() < 1000),
            "{name}"
        );
        assert!(
            list(&found, "findings")
                .iter()
                .all(|of| of["code"] != "unverifiable"),
            "{name}"
        );
    }
}

/// What a terminal would obey, or what turns the line about.
fn raw(text: &str) -> Option<char> {
    text.chars().find(|c| {
        (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}' | '\u{2029}')
    })
}

const EVIL: &str =
    "\u{1b}[31m\u{7}\u{8}\u{9b}2J\u{202e}\u{2066}\u{1b}]0;x\u{7}\u{7f}\u{85}\u{2028}";

#[test]
fn nothing_that_a_terminal_obeys_comes_through() {
    let toml = "\\u001b[31m\\u0007\\u202e\\u009b2J";
    let rules = format!(
        "[pack]\nname = \"case\"\ntitle = \"{toml}\"\n\n[[disclosure]]\nid = \"d\"\ntitle = \"{toml}\"\n[[disclosure.version]]\ntext.en = \"Some words {toml} that nobody else would say like this.\"\n\n\
         [[rule]]\nid = \"a\"\ntitle = \"{toml}\"\nseverity = \"error\"\nmessage = \"message {toml}\"\nhelp = \"help {toml}\"\n\
         [[rule.source]]\nregulator = \"{toml}\"\ncitation = \"{toml}\"\nurl = \"{toml}\"\nquote = \"{toml}\"\n\
         [rule.forbidden]\nany = [\"welcome gift\"]\n\n\
         [[rule]]\nid = \"b\"\ntitle = \"B\"\nseverity = \"error\"\nmessage = \"b\"\n[rule.required]\ndisclosure = \"d\"\n\n\
         [[rule]]\nid = \"c\"\ntitle = \"C\"\nseverity = \"error\"\nmessage = \"c\"\n[rule.metadata]\nkeys.approved = {{ one-of = [\"x{toml}\"] }}\n"
    );
    let page = format!(
        "---\napproved: \"a{EVIL}b\"\n---\n{EVIL}before\n\na welcome{EVIL} gift and {EVIL} a **welcome gift** {EVIL}\n\nSome words that {EVIL} nobody would say like this.\n\n<!-- caveat-disable case/{EVIL}: {EVIL} -->\n"
    );
    let project = folder(&[
        ("caveat.toml", "packs = [\"rules.toml\"]"),
        ("rules.toml", &rules),
    ]);
    let name = format!("pa{}ge.md", EVIL.replace('/', ""));
    put(project.path(), &name, page.as_bytes());
    for format in ["pretty", "concise"] {
        let ran = caveat(
            project.path(),
            &["check", "--format", format, "--color", "never"],
        );
        assert_eq!(ran.code, 1, "{}", ran.err);
        for part in ["case/a", "case/b", "case/c", "suppression"] {
            assert!(
                ran.out.contains(part),
                "{format}: no {part} in {}",
                ran.out.escape_debug()
            );
        }
        assert_eq!(raw(&ran.out), None, "{format}: {}", ran.out.escape_debug());
    }
    for arguments in [
        &["rules"][..],
        &["explain", "case/a"],
        &["explain", &name],
        &["test"],
        &["check", "no\u{1b}[31m such file"],
        &["explain", "no\u{1b}[31m/rule"],
        &["check", "--select", "x\u{1b}[31m"],
    ] {
        let ran = caveat(project.path(), arguments);
        assert_eq!(
            raw(&ran.out),
            None,
            "{arguments:?}: {}",
            ran.out.escape_debug()
        );
        assert_eq!(
            raw(&ran.err),
            None,
            "{arguments:?}: {}",
            ran.err.escape_debug()
        );
        assert!(!(ran.out + &ran.err).is_empty(), "{arguments:?}");
    }
}

#[test]
fn mistakes_in_toml_are_shown_without_what_a_terminal_obeys() {
    let toml = format!(
        "packs = [\"x{}\"]\n'k{}' = 1\n[files]\nexclude = ['[{}']\n",
        "\\u001b[31m", "\t", "\t"
    );
    let project = folder(&[("caveat.toml", &toml), ("page.md", "x\n")]);
    for format in ["pretty", "concise"] {
        let ran = caveat(
            project.path(),
            &["check", "--format", format, "--color", "never"],
        );
        assert_eq!(ran.code, 2);
        assert_eq!(
            (raw(&ran.out), raw(&ran.err)),
            (None, None),
            "{}{}",
            ran.out.escape_debug(),
            ran.err.escape_debug()
        );
    }
}

#[test]
fn colour_comes_when_it_is_asked_for_and_not_into_a_pipe() {
    let of = |arguments: &[&str]| {
        caveat(
            &project(),
            &[&["check", "--as-of", TODAY], arguments].concat(),
        )
        .out
    };
    let (auto, never, always) = (
        of(&[]),
        of(&["--color", "never"]),
        of(&["--color", "always"]),
    );
    assert_eq!(auto, never);
    assert!(always.contains("\u{1b}["));
    let mut plain = String::new();
    let mut inside = false;
    for c in always.chars() {
        match c {
            '\u{1b}' => inside = true,
            'm' if inside => inside = false,
            _ if !inside => plain.push(c),
            _ => {}
        }
    }
    assert_eq!(plain, never);
}
