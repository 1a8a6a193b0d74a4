//! The formats that other programs read, on content and packs that mean harm: what is written is well-formed, its places are those of
//! the files, and nothing of a text becomes markup or a command.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use caveat::output::{self, Style};
use caveat::{Code, Finding, Location, Report, Severity, Source, Span};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use scraper::{Html, Selector};
use serde_json::Value;

use crate::{TODAY, caveat, compare, folder, list, put, report, root, text};

const RULES: &str = r#"
[pack]
name = "ev"
title = "Evil"

[[disclosure]]
id = "d"
[[disclosure.version]]
text.en = "The desk is not covered by any scheme, and your money may not come back to you."

[[rule]]
id = "gift"
title = "No | `gift` <img src=x> @all"
severity = "error"
message = "a gift, 100%: | ]]> \u001b[31m \u0001 <b>x</b> [a](1) `b` @all\n::error::x \u202e https://evil.example \ufffe"
help = "take | it, out\r\n::warning file=x::y"
tags = ["a|b"]
[[rule.source]]
regulator = "Tarnbrook"
citation = "Book | 7, 1%"
url = "https://tarnbrook.example/book?a=1,2&b=%20"
quote = "No <gifts> | ]]>."
[rule.forbidden]
any = ["welcome {..6} gift"]

[[rule]]
id = "cover"
title = "Cover"
severity = "warning"
message = "cover is told wrongly"
[rule.required]
disclosure = "d"
[rule.when]
mentions = ["scheme"]
"#;

/// A byte order mark, CRLF, tabs, wide characters, a finding over two lines, signs of every format.
const PAGE: &str = "\u{feff}a\twelcome gift\r\n\r\n世界 🦊 a welcome **a|b ]]>\r\n`%0A` <i>x</i>** gift, ﷽ a welcome gift\r\n\r\nשלום welcome\u{202e} gift \u{1}, `x` welcome % , : gift\r\n\r\n世界 The desk is covered by one scheme, and your money may not come back to you.\r\n";
const NAME: &str = "pa ges/a,b%20:#ü[x](y)`|.md";

fn project() -> tempfile::TempDir {
    let project = folder(&[
        ("caveat.toml", "packs = [\"rules.toml\"]\n"),
        ("rules.toml", RULES),
        ("clean.md", "Nothing.\n"),
        (
            "old.md",
            "<!-- caveat-disable-file ev/gift: it is | kept -->\n\nA welcome gift.\n",
        ),
    ]);
    put(project.path(), NAME, PAGE.as_bytes());
    project
}

fn written(folder: &Path, arguments: &[&str]) -> String {
    let fixed = ["check", "--as-of", TODAY, "--format"];
    let ran = caveat(folder, &[&fixed, arguments].concat());
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{}", ran.out);
    ran.out
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|wrong| panic!("no JSON: {wrong}\n{text}"))
}

/// The text between two places of the page, counted by hand: lines end at CRLF, the mark at the start is no column.
fn between(start: (usize, usize), end: (usize, usize), unit: fn(&str) -> usize) -> &'static str {
    let at = |(line, column): (usize, usize)| {
        let mut from = '\u{feff}'.len_utf8();
        for _ in 1..line {
            from += PAGE[from..].find("\r\n").expect("a line") + 2;
        }
        let ends = PAGE[from..].char_indices().map(|(at, _)| from + at);
        ends.chain([PAGE.len()])
            .find(|to| unit(&PAGE[from..*to]) + 1 == column)
            .unwrap_or_else(|| panic!("{line}:{column} is no border of a character"))
    };
    &PAGE[at(start)..at(end)]
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

fn number(of: &Value) -> usize {
    usize::try_from(of.as_u64().unwrap_or_else(|| panic!("no number: {of}"))).expect("small")
}

/// The texts of the findings of the page, from the JSON whose places other tests hold to the bytes.
fn texts(project: &Path) -> Vec<String> {
    let report = report(project, &["."]);
    let texts: Vec<String> = list(&report, "findings")
        .iter()
        .map(|of| text(of, "text").to_owned())
        .collect();
    assert!(texts.len() >= 5, "{texts:?}");
    assert!(
        texts.iter().any(|of| of.contains("\r\n")),
        "one is on two lines"
    );
    texts
}

// ---------------------------------------------------------------- SARIF

#[test]
fn the_places_of_sarif_are_those_of_the_file() {
    let project = project();
    let sarif = json(&written(project.path(), &["sarif"]));
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = list(&run["tool"]["driver"], "rules");
    let mut seen = Vec::new();
    let place = |physical: &Value| -> &str {
        assert_eq!(
            physical["artifactLocation"]["uri"],
            "pa%20ges/a%2Cb%2520%3A%23%C3%BC%5Bx%5D%28y%29%60%7C.md"
        );
        slice(&physical["region"])
    };
    fn slice(region: &Value) -> &'static str {
        let of = |key: &str| number(&region[key]);
        let start = (of("startLine"), of("startColumn"));
        between(start, (of("endLine"), of("endColumn")), chars)
    }
    for result in list(run, "results") {
        let rule = &rules[number(&result["ruleIndex"])];
        assert_eq!(rule["id"], result["ruleId"]);
        let physical = &list(result, "locations")[0]["physicalLocation"];
        let shown = place(physical);
        assert_eq!(physical["region"]["snippet"]["text"], shown);
        seen.push(shown.to_owned());
        let said = text(&result["message"], "text");
        assert!(
            !said.contains("](") && !said.contains(['\u{1b}', '\u{202e}', '\n']),
            "{said}"
        );
        for fix in result["fixes"].as_array().into_iter().flatten() {
            for change in list(fix, "artifactChanges") {
                for of in list(change, "replacements") {
                    // what the fix takes out is words of the page, not half of a character
                    assert!(PAGE.contains(slice(&of["deletedRegion"])));
                }
            }
        }
    }
    assert_eq!(seen, texts(project.path()));
    for rule in rules {
        for key in ["shortDescription", "fullDescription", "help"] {
            let text = text(&rule[key], "text");
            assert!(
                !text.is_empty() && text.chars().count() <= 1024 || key == "help",
                "{rule}"
            );
        }
    }
    let gift = rules
        .iter()
        .find(|rule| rule["id"] == "ev/gift")
        .expect("the rule");
    assert_eq!(
        gift["helpUri"],
        "https://tarnbrook.example/book?a=1,2&b=%20"
    );
    assert_no_markup(
        text(&gift["help"], "markdown"),
        "https://tarnbrook.example/",
    );
    assert!(list(run, "results").iter().any(|of| of["fixes"].is_array()));
}

#[test]
fn sarif_has_what_is_waived_when_it_is_asked_for() {
    let project = project();
    let suppressed = |arguments: &[&str]| -> Vec<Value> {
        let sarif = json(&written(project.path(), arguments));
        let results = list(&sarif["runs"][0], "results").to_vec();
        results
            .into_iter()
            .filter(|of| !of["suppressions"].is_null())
            .collect()
    };
    assert!(suppressed(&["sarif"]).is_empty());
    let shown = suppressed(&["sarif", "--show-waived"]);
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0]["suppressions"][0]["kind"], "inSource");
    assert_eq!(shown[0]["suppressions"][0]["justification"], "it is | kept");
    let config = json(
        &caveat(
            &root().join("tests/formats/project"),
            &[
                "check",
                "--as-of",
                TODAY,
                "--format",
                "sarif",
                "--show-waived",
            ],
        )
        .out,
    );
    let results = list(&config["runs"][0], "results");
    let last = results.last().expect("results");
    assert_eq!(last["suppressions"][0]["kind"], "external");
    assert_eq!(
        last["suppressions"][0]["properties"]["expires"],
        "2027-03-31"
    );
}

/// A report of so many notes, with an error as the last.
fn many(count: usize) -> Report {
    let source = Arc::new(Source::new("big.md", "word\n"));
    let mut report = Report::default();
    for number in 0..count {
        let last = number + 1 == count;
        report.findings.push(Finding {
            rule: "big/rule".to_owned(),
            code: Code::Prohibited,
            severity: if last {
                Severity::Error
            } else {
                Severity::Note
            },
            message: format!("message number {number} of a long report"),
            help: None,
            location: Location::new(&source, Span::new(0, 4)),
            key: None,
            related: Vec::new(),
            sources: Vec::new(),
            fix: None,
        });
    }
    report
}

fn of_library(format: &str, report: &Report) -> String {
    let mut out = Vec::new();
    let format = output::named(format).expect("a format");
    (format.write)(report, Style::default(), &mut out).expect("memory takes it");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn what_sarif_leaves_out_it_tells_and_keeps_the_worst() {
    let sarif = json(&of_library("sarif", &many(25_003)));
    let run = &sarif["runs"][0];
    let results = list(run, "results");
    assert_eq!(results.len(), 25_000);
    assert_eq!(results[24_999]["level"], "error");
    let told = &run["invocations"][0]["toolExecutionNotifications"][0]["message"];
    assert!(
        text(told, "text").starts_with("3 of 25003 results"),
        "{told}"
    );
    let whole = json(&of_library("sarif", &many(3)));
    assert!(whole["runs"][0]["invocations"][0]["toolExecutionNotifications"].is_null());
}

// ---------------------------------------------------------------- XML

/// Whether a text could be XML 1.0: no character that it forbids, no bare sign.
fn assert_clean_xml(xml: &str) {
    let bad = xml
        .chars()
        .find(|c| (*c < ' ' && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}'));
    assert_eq!(bad, None, "{xml}");
    for (at, _) in xml.match_indices('&') {
        let name: String = xml[at + 1..].chars().take_while(|c| *c != ';').collect();
        assert!(
            ["amp", "lt", "gt", "quot", "#9", "#10", "#13"].contains(&&*name),
            "&{name}"
        );
    }
    assert!(!xml.contains("]]>"), "{xml}");
}

/// What gives an attribute of an element.
type Attribute<'a> = Box<dyn Fn(&str) -> String + 'a>;

fn attributes<'a>(page: &'a Html, element: &str) -> Vec<Attribute<'a>> {
    let selector = Selector::parse(element).expect("a selector");
    let elements: Vec<_> = page.select(&selector).collect();
    let of = |element: scraper::ElementRef<'a>| -> Attribute<'a> {
        Box::new(move |key| {
            let value = element.attr(key);
            value.unwrap_or_else(|| panic!("no {key}")).to_owned()
        })
    };
    elements.into_iter().map(of).collect()
}

#[test]
fn checkstyle_and_junit_hold_every_finding_in_clean_xml() {
    let project = project();
    let findings = report(project.path(), &["."]);
    let findings = list(&findings, "findings");
    let at = |of: &Value| {
        (
            number(&of["span"]["start_line"]),
            number(&of["span"]["start_column"]),
        )
    };

    let xml = written(project.path(), &["checkstyle"]);
    assert_clean_xml(&xml);
    let page = Html::parse_document(&xml);
    let errors = attributes(&page, "error");
    assert_eq!(errors.len(), findings.len());
    for (error, finding) in errors.iter().zip(findings) {
        let place = |key: &str| error(key).parse::<usize>().expect("a number");
        assert_eq!((place("line"), place("column")), at(finding));
        assert_eq!(error("severity"), text(finding, "severity"));
        assert!(error("source").starts_with(text(finding, "rule")));
    }
    assert_eq!(attributes(&page, "file")[0]("name"), NAME);

    let xml = written(project.path(), &["junit", "--show-waived"]);
    assert_clean_xml(&xml);
    let page = Html::parse_document(&xml);
    let root = &attributes(&page, "testsuites")[0];
    let count = |key: &str| root(key).parse::<usize>().expect("a number");
    // each finding, the waived one, and the clean file
    assert_eq!(count("tests"), findings.len() + 2);
    assert_eq!(count("failures") + count("errors"), findings.len());
    assert_eq!(count("skipped"), 1);
    assert_eq!(attributes(&page, "testcase").len(), count("tests"));
    assert_eq!(attributes(&page, "failure").len(), count("failures"));
    assert_eq!(
        attributes(&page, "skipped")[0]("message"),
        "waived: it is | kept"
    );
    let suites: BTreeSet<String> = attributes(&page, "testsuite")
        .iter()
        .map(|of| of("name"))
        .collect();
    assert_eq!(
        suites,
        BTreeSet::from(["clean.md", "old.md", NAME].map(str::to_owned))
    );
}

// ---------------------------------------------------------------- GitHub, GitLab, reviewdog

#[test]
fn annotations_are_one_line_each_the_worst_first() {
    let project = project();
    let out = written(project.path(), &["github"]);
    let findings = report(project.path(), &["."]);
    let findings = list(&findings, "findings");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), findings.len() + 2, "{out}");
    assert!(
        lines[findings.len()].starts_with("3 files checked: "),
        "{out}"
    );
    assert!(lines[findings.len() + 1].starts_with("judged by "), "{out}");
    let severities: Vec<&str> = lines[..findings.len()]
        .iter()
        .map(|line| line[2..].split(' ').next().expect("a command"))
        .collect();
    let mut sorted = severities.clone();
    sorted.sort_unstable();
    assert_eq!(severities, sorted, "error before warning");
    for line in &lines[..findings.len()] {
        let (properties, message) = line[2..].split_once("::").expect("a message");
        let properties = properties.split_once(' ').expect("properties").1;
        let properties: Vec<(&str, &str)> = properties
            .split(',')
            .map(|of| of.split_once('=').expect("a property"))
            .collect();
        let of = |key: &str| properties.iter().find(|of| of.0 == key).map(|of| of.1);
        let decoded = of("file")
            .expect("a file")
            .replace("%2C", ",")
            .replace("%3A", ":")
            .replace("%25", "%");
        assert_eq!(decoded, NAME);
        assert!(!message.contains(['\u{1b}', '\u{1}', '\u{202e}']), "{line}");
        let one_line = of("line") == of("endLine");
        assert_eq!(of("col").is_some() && of("endColumn").is_some(), one_line);
        if one_line {
            let at = |key: &str| of(key).expect("given").parse::<usize>().expect("a number");
            let shown = between(
                (at("line"), at("col")),
                (at("line"), at("endColumn")),
                chars,
            );
            assert!(findings.iter().any(|of| of["text"] == shown), "{shown}");
        }
    }
    let quiet = written(project.path(), &["github", "--quiet"]);
    assert_eq!(quiet.lines().count(), findings.len());
    let long = of_library("github", &many(12));
    assert!(
        long.starts_with("::error ") && long.contains("GitHub shows 10 annotations"),
        "{long}"
    );
}

#[test]
fn the_issues_of_gitlab_have_places_and_differ() {
    let project = project();
    let out = json(&written(project.path(), &["gitlab"]));
    let issues = out.as_array().expect("a list");
    let mut prints = BTreeSet::new();
    let mut seen = Vec::new();
    for issue in issues {
        prints.insert(text(issue, "fingerprint"));
        assert_eq!(issue["location"]["path"], NAME);
        assert!(["info", "minor", "major"].contains(&text(issue, "severity")));
        let at = |of: &Value| (number(&of["line"]), number(&of["column"]));
        let positions = &issue["location"]["positions"];
        seen.push(between(
            at(&positions["begin"]),
            at(&positions["end"]),
            chars,
        ));
    }
    assert_eq!(prints.len(), issues.len());
    assert_eq!(seen, texts(project.path()));
}

#[test]
fn rdjson_counts_bytes_and_its_suggestion_mends_the_page() {
    let project = project();
    let out = json(&written(project.path(), &["rdjson"]));
    let at = |of: &Value| (number(&of["line"]), number(&of["column"]));
    let slice = |range: &Value| between(at(&range["start"]), at(&range["end"]), str::len);
    let diagnostics = list(&out, "diagnostics");
    let seen: Vec<&str> = diagnostics
        .iter()
        .map(|of| slice(&of["location"]["range"]))
        .collect();
    assert_eq!(seen, texts(project.path()));
    let mended: Vec<String> = diagnostics
        .iter()
        .filter_map(|of| of["suggestions"].as_array())
        .map(|all| {
            assert_eq!(all.len(), 1, "several would be alternatives");
            PAGE.replacen(slice(&all[0]["range"]), text(&all[0], "text"), 1)
        })
        .collect();
    assert_eq!(mended.len(), 1);
    assert!(
        mended[0].contains("The desk is not covered by any scheme, and your money"),
        "{}",
        mended[0]
    );
}

// ---------------------------------------------------------------- Markdown

/// Holds that a page has no HTML but what caveat writes, and no link but to addresses that begin so.
fn assert_no_markup(markdown: &str, links: &str) {
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_GFM) {
        match event {
            Event::Html(of) => panic!("HTML {of} in {markdown}"),
            Event::InlineHtml(of) => assert!(
                ["<br>", "<code>", "</code>"].contains(&&*of),
                "{of} in {markdown}"
            ),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(
                    dest_url.starts_with(links),
                    "a link to {dest_url} in {markdown}"
                );
            }
            Event::Start(Tag::Image { .. }) => panic!("an image in {markdown}"),
            _ => {}
        }
    }
}

/// The tables of a page: the cells of each row as text, and how many each has.
fn tables(markdown: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut cell: Option<String> = None;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Vec::new()),
            Event::Start(Tag::TableRow) => tables.last_mut().expect("a table").push(Vec::new()),
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => {
                let text = cell.take().expect("a cell");
                if let Some(row) = tables.last_mut().and_then(|table| table.last_mut()) {
                    row.push(text);
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(cell) = &mut cell {
                    *cell += &text;
                }
            }
            _ => {}
        }
    }
    tables
}

#[test]
fn a_summary_is_tables_whose_cells_hold_what_was_said() {
    let project = project();
    let base = "https://forge.example/r/blob/1/";
    let page = written(
        project.path(),
        &["markdown", "--show-waived", "--link-base", base],
    );
    assert_no_markup(&page, base);
    let findings = report(project.path(), &["."]);
    let findings = list(&findings, "findings");
    let tables = tables(&page);
    assert_eq!(tables.len(), 3, "rules, one file, waivers: {page}");
    assert_eq!(tables[0].len(), 2, "{page}");
    assert!(
        tables[0][0][1].contains("No | `gift` <img src=x> @all"),
        "{page}"
    );
    assert_eq!(tables[1].len(), findings.len());
    for (row, finding) in tables[1].iter().zip(findings) {
        assert_eq!(row.len(), 3, "{row:?}");
        assert_eq!(row[0], finding["span"]["start_line"].to_string());
        assert!(row[2].contains(text(finding, "rule")), "{row:?}");
        let shown = output::escaped(text(finding, "text")).replace("\r\n", " ");
        assert!(row[2].contains(&shown), "{shown} is not in {row:?}");
        assert!(
            row[2].contains(&output::escaped(text(finding, "message"))),
            "{row:?}"
        );
    }
    assert_eq!(tables[2][0][2], "it is | kept");
    assert!(page.contains("#L3-L4)"), "{page}");
    let relative = written(project.path(), &["markdown"]);
    assert!(
        relative.contains("](pa%20ges/a%2Cb%2520%3A%23%C3%BC%5Bx%5D%28y%29%60%7C.md#L1)"),
        "{relative}"
    );
    assert_eq!(tables_of_waived(&relative), 0);
}

fn tables_of_waived(page: &str) -> usize {
    page.matches("### Waived").count()
}

#[test]
fn a_long_summary_stays_under_its_limit_and_tells_what_it_leaves_out() {
    let page = of_library("markdown", &many(60_000));
    assert!(page.len() < 1 << 20, "{} bytes", page.len());
    assert!(page.len() > 800_000, "{} bytes", page.len());
    let rows = page.matches("message number").count();
    let told = format!("**{} of 60000 findings are not shown", 60_000 - rows);
    assert!(page.contains(&told), "{rows} rows: {}", &page[..600]);
    assert!(page.contains("message number 59999 "), "the worst is kept");
}

// ---------------------------------------------------------------- several at once

#[test]
fn one_run_writes_as_many_reports_as_are_wanted() {
    let project = project();
    let arguments = [
        "github",
        "--also",
        "sarif=a.sarif",
        "--also=markdown=b c.txt",
        "--also",
        "json=d.json",
    ];
    let (github, sarif) = (
        written(project.path(), &["github"]),
        written(project.path(), &["sarif"]),
    );
    let all = report(project.path(), &["."]);
    // the summary quotes claims and is named as content is: the second run does not check it
    for _ in 0..2 {
        assert_eq!(written(project.path(), &arguments), github);
    }
    let file = |name: &str| crate::read(&project.path().join(name));
    assert_eq!(file("a.sarif"), sarif);
    assert_eq!(json(&file("d.json")), all);
    assert!(file("b c.txt").starts_with("## caveat: "));
}

#[test]
fn reports_that_cannot_be_written_are_said_and_exit_with_two() {
    let project = project();
    for (arguments, says) in [
        (&["--also", "sarif"][..], "FORMAT=FILE"),
        (&["--also", "sarif="], "the file is missing"),
        (
            &["--also", "srif=x"],
            "there is no format `srif`; there are",
        ),
        (&["--also", "sarif=x", "--also", "json=./x"], "one file"),
        (&["--also", "sarif=x", "--output", "x"], "one file"),
        (&["--also", "sarif=none/x"], "none/x"),
    ] {
        let ran = caveat(project.path(), &[&["check"], arguments].concat());
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains(says), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{arguments:?}");
        assert!(!project.path().join("x").exists());
    }
}

#[test]
fn a_mistake_in_config_is_in_every_report() {
    let project = folder(&[("caveat.toml", "pakcs = []\n"), ("page.md", "x\n")]);
    let ran = caveat(
        project.path(),
        &["check", "--also", "sarif=x", "--also", "junit=y"],
    );
    assert_eq!(ran.code, 2);
    let sarif = json(&crate::read(&project.path().join("x")));
    let run = &sarif["runs"][0];
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    assert_eq!(run["results"][0]["ruleId"], "caveat/config");
    assert!(crate::read(&project.path().join("y")).contains("<error type=\"error\""));
}

// ---------------------------------------------------------------- snapshots, the action, shells, the manual

#[test]
fn each_format_is_as_it_was_read() {
    let folder = root().join("tests/formats");
    for format in [
        "sarif",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
        "markdown",
    ] {
        let got = written(&folder.join("project"), &[format, "--show-waived"]);
        let compared = compare(&folder.join(format!("{format}.out")), &got);
        assert!(compared.is_ok(), "{}", compared.unwrap_err());
    }
}

#[test]
fn no_input_of_the_action_becomes_text_of_a_script() {
    let action = crate::read(&root().join("action.yml"));
    let mut scripts = 0;
    let mut inside: Option<usize> = None;
    for line in action.lines() {
        let indent = line.len() - line.trim_start().len();
        if inside.is_some_and(|of| indent <= of && !line.trim().is_empty()) {
            inside = None;
        }
        if line.trim() == "run: |" {
            inside = Some(indent);
            scripts += 1;
        }
        assert!(inside.is_none() || !line.contains("${{"), "{line}");
        assert!(
            !line.trim().starts_with("run: ") || line.trim() == "run: |",
            "{line}"
        );
    }
    assert_eq!(scripts, 3);
}

#[test]
fn completions_and_the_manual_know_every_subcommand_and_flag() {
    let project = folder(&[]);
    let help = caveat(project.path(), &["check", "--help"]).out;
    let flags: BTreeSet<&str> = help
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '-'))
        .filter(|word| {
            word.starts_with("--") && word.len() > 2 && !word.contains("=") && !word.contains('[')
        })
        .collect();
    assert!(flags.contains("--also") && flags.len() > 15, "{flags:?}");
    let man = caveat(project.path(), &["man"]);
    assert_eq!((man.code, man.err.as_str()), (0, ""));
    let plain = man.out.replace("\\-", "-");
    // an alias has no entry of its own there
    for flag in flags.iter().filter(|flag| **flag != "--rule") {
        assert!(plain.contains(flag), "the manual has no {flag}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = caveat(project.path(), &["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{shell}");
        for word in ["explain", "show-waived", "link-base"] {
            assert!(ran.out.contains(word), "{shell}: no {word}");
        }
    }
    assert_eq!(caveat(project.path(), &["completions", "tcsh"]).code, 2);
    let ran = caveat(project.path(), &["man", "--out", "pages"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    for name in ["caveat", "caveat-check", "caveat-man"] {
        let page = crate::read(&project.path().join(format!("pages/{name}.1")));
        assert!(page.contains(".TH "), "{name}");
    }
}
