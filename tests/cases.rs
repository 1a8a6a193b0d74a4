//! Every folder of `cases/` tells a story: its pages say in prose what must be found. What the program says of each is in its
//! `expected.out` (not `.txt`, which the program would check too); what lies under each span stands here, because a snapshot
//! freezes a bug as gladly as a truth.

use std::path::PathBuf;

use crate::{TODAY, caveat, compare, list, read, report, root, text};

fn stories() -> Vec<PathBuf> {
    let mut stories: Vec<PathBuf> = std::fs::read_dir(root().join("tests/cases"))
        .expect("there are cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    stories.sort();
    assert!(stories.len() >= 13, "{stories:?}");
    stories
}

#[test]
fn every_story_gives_what_its_snapshot_says() {
    let wrong: Vec<String> = stories()
        .iter()
        .filter_map(|story| {
            let ran = caveat(
                story,
                &["check", "--format", "concise", "--as-of", TODAY, "."],
            );
            let got = format!("{}exit {}\n{}", ran.out, ran.code, ran.err);
            compare(&story.join("expected.out"), &got).err()
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// (page, code, the text under the primary span) of each finding of a story, in the order in which they are told.
type Found = (&'static str, &'static str, &'static str);

const PLAN: &str = "guaranteed returns";

const STORIES: &[(&str, &[Found])] = &[
    (
        "claim-made-or-denied",
        &[
            ("page.md", "prohibited", "guaranteed returns"),
            ("page.md", "prohibited", "profits are fully **guaranteed"),
            ("page.md", "prohibited", "Guaranteed monthly profits"),
            ("page.md", "prohibited", "guaranteed returns"),
        ],
    ),
    ("trigger-excepted", &[("shop.md", "missing", "buy bitcoin")]),
    (
        "suppression",
        &[
            (
                "page.md",
                "suppression",
                "<!-- caveat-disable-next-line case/guaranteed-returns -->",
            ),
            ("page.md", "prohibited", PLAN),
            (
                "page.md",
                "suppression",
                "<!-- caveat-disable case/guaranteed-returns: waits for the new wording until 2026-06-30 -->",
            ),
            ("page.md", "prohibited", PLAN),
            (
                "page.md",
                "suppression",
                "<!-- caveat-disable-next-line case/guaranted-returns: the name is misspelt -->",
            ),
            ("page.md", "prohibited", PLAN),
            (
                "page.md",
                "suppression",
                "<!-- caveat-disable-next-line case/guaranteed-returns: was needed for an older sentence -->",
            ),
            ("page.md", "prohibited", PLAN),
        ],
    ),
    (
        "waiver",
        &[
            ("campaigns/summer-flyer.md", "prohibited", PLAN),
            ("caveat.toml", "suppression", "\"case/guaranteed-returns\""),
            ("caveat.toml", "suppression", "\"case/guaranteed-returns\""),
            ("page.md", "prohibited", PLAN),
        ],
    ),
    (
        "placement",
        &[
            ("affiliate-broken.md", "misplaced", "We earn a commission"),
            (
                "affiliate-in-a-footnote.md",
                "misplaced",
                "We earn a commission",
            ),
            (
                "claim-not-bold.html",
                "misplaced",
                "Your capital is <b>at risk",
            ),
            ("claim-too-far.md", "misplaced", "Your capital is at risk"),
            ("cta-broken.html", "misplaced", "Your capital is at risk"),
            ("cta-broken.md", "misplaced", "Your capital is at risk"),
            ("link-dead.md", "unlinked", "Take 2 mins to learn more"),
            (
                "link-elsewhere.html",
                "unlinked",
                "Take 2 mins to learn more",
            ),
            ("order-broken.md", "misplaced", "This is an advertisement"),
            ("repeat-broken.md", "missing", "Two"),
            ("top-broken.adoc", "misplaced", "include::parts/risk.adoc[]"),
            ("top-broken.md", "misplaced", "{{< risk >}}"),
        ],
    ),
    (
        "metadata",
        &[
            ("empty-value.md", "metadata", "\"\""),
            ("no-front-matter.md", "metadata", "No front matter"),
            ("no-front-matter.md", "metadata", "No front matter"),
            ("one-key-missing.md", "metadata", "---"),
            ("too-old.md", "stale", "2024-05-02"),
            ("wrong-type.md", "metadata", "[Ines Calder, Jonas Hale]"),
            ("wrong-type.md", "metadata", "last autumn"),
        ],
    ),
    (
        "effective-window",
        &[("page.md", "prohibited", "welcome gift")],
    ),
    (
        "path-and-front-matter",
        &[
            ("blog/offer.md", "missing", "Open an account"),
            ("blog/other-spelling.md", "missing", "The autumn offer"),
        ],
    ),
    (
        "facets",
        &[
            ("british-reader.md", "missing", "Staking"),
            ("uk/staking.md", "missing", "Staking"),
        ],
    ),
    (
        "slots",
        &[
            (
                "changed-words.md",
                "altered",
                "may lose money when trading CFDs with this broker",
            ),
            ("no-percent-sign.md", "altered", "74"),
            ("out-of-range.md", "stale", "174 %"),
            (
                "unfilled-placeholder.md",
                "altered",
                "{{ loss_percentage }} %",
            ),
            (
                "unfilled.md",
                "altered",
                "[insert percentage per provider] %",
            ),
        ],
    ),
    (
        "hidden-text",
        &[
            ("code.md", "hidden", "capital is at risk"),
            ("collapsed.md", "hidden", "capital is at risk"),
            ("front-matter.md", "hidden", "capital is at risk"),
            ("only-part-of-it-seen.md", "hidden", "capital is at risk"),
            ("page.md", "hidden", "capital is at risk"),
            ("picture.md", "hidden", "capital is at risk"),
        ],
    ),
    (
        "one-passage",
        &[
            ("half.md", "altered", "yours"),
            (
                "interrupted.md",
                "altered",
                "Our vault has won prizes in three countries, and the guided tour is free of charge on Sundays",
            ),
            ("swapped.md", "altered", "If"),
        ],
    ),
    (
        "superseded-wording",
        &[
            (
                "old-and-altered.md",
                "altered",
                "month and keeps a twentieth",
            ),
            (
                "old.md",
                "stale",
                "Quillmoor pays the rewards of the pool once a month and keeps a tenth of them as its fee. \
                 Rewards may be lower than shown, and there may be none",
            ),
        ],
    ),
    (
        "concept-clause",
        &[
            (
                "not-only.md",
                "missing",
                "A clause that takes back what it says",
            ),
            ("other-sentence.md", "missing", "Two halves of no clause"),
            ("question.md", "missing", "A clause as a question"),
            ("reversed.md", "missing", "A clause turned round"),
            ("wrong-advice.md", "missing", "Other advice"),
        ],
    ),
    (
        "bad-pack",
        &[
            ("rules.toml", "config", "effectve"),
            ("rules.toml", "config", "7"),
            ("rules.toml", "config", "require"),
            ("rules.toml", "config", "\"told-twice\""),
            ("rules.toml", "config", "\"staking-notice\""),
            ("rules.toml", "config", "[fully] [guaranteed]"),
            ("rules.toml", "config", "{..4}"),
            ("rules.toml", "config", "\"2026-06-31\""),
            ("rules.toml", "config", "\"fatal\""),
            (
                "rules.toml",
                "config",
                "\"Bring a friend to the open day.\"",
            ),
        ],
    ),
    (
        "content-data",
        &[
            (
                "cms/plans.yaml",
                "prohibited",
                "guaranteed\n      quarterly returns",
            ),
            (
                "cms/plans.yaml",
                "prohibited",
                "guaranteed\\x20\\\n      returns",
            ),
            ("i18n/app_en.arb", "missing", "Welcome, {name}"),
            ("i18n/en.json", "prohibited", "guaranteed\\u00a0returns"),
            (
                "i18n/en.json",
                "prohibited",
                "guaranteed <b>monthly</b> returns",
            ),
            ("locale/en_GB.po", "hidden", "capital is at risk"),
            ("locale/en_GB.po", "prohibited", "guaranteed \"\n\"returns"),
            (
                "locale/en_GB.po",
                "prohibited",
                "guaranteed\\n\"\n\"returns",
            ),
            ("site.toml", "prohibited", "guaranteed\nreturns"),
        ],
    ),
    ("ordinary", &[]),
];

#[test]
fn every_finding_of_a_story_lies_under_its_words() {
    let mut wrong = Vec::new();
    for (story, expected) in STORIES {
        let folder = root().join("tests/cases").join(story);
        let report = report(&folder, &["."]);
        let mut got = Vec::new();
        for finding in list(&report, "findings") {
            let source = read(&folder.join(text(finding, "path")));
            let at = |key: &str| {
                usize::try_from(finding["span"][key].as_u64().expect("an offset")).expect("small")
            };
            let slice = source
                .get(at("start")..at("end"))
                .expect("on characters")
                .to_owned();
            got.push((
                text(finding, "path").to_owned(),
                text(finding, "code").to_owned(),
                slice,
            ));
        }
        let expected: Vec<_> = expected
            .iter()
            .map(|(path, code, text)| ((*path).to_owned(), (*code).to_owned(), (*text).to_owned()))
            .collect();
        if got != expected {
            let too_many: Vec<_> = got.iter().filter(|of| !expected.contains(of)).collect();
            let too_few: Vec<_> = expected.iter().filter(|of| !got.contains(of)).collect();
            wrong.push(format!("{story}: {} findings, {} expected\n  not expected: {too_many:?}\n  not found: {too_few:?}", got.len(), expected.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_story_is_told_here() {
    let untold: Vec<_> = stories()
        .into_iter()
        .filter(|story| !STORIES.iter().any(|(name, _)| story.ends_with(name)))
        .collect();
    assert!(untold.is_empty(), "say what they must give: {untold:?}");
}

#[test]
fn what_is_waived_is_kept_with_its_reason() {
    let folder = |name: &str| root().join("tests/cases").join(name);
    let suppression = report(&folder("suppression"), &["."]);
    let waived: Vec<_> = list(&suppression, "waived")
        .iter()
        .map(|of| {
            (
                text(of, "path"),
                text(of, "text"),
                text(of, "reason"),
                of["expires"].as_str(),
            )
        })
        .collect();
    let (training, rival, board) = (
        "sample sentence for the training of the sales team",
        "text of a rival, printed with leave",
        "minutes of the board of 4 May 2026, printed as spoken",
    );
    assert_eq!(
        waived,
        [
            ("page.md", "guaranteed returns", training, None),
            ("page.md", "guaranteed profits", rival, Some("2027-01-31")),
            ("page.md", "guaranteed returns", rival, Some("2027-01-31")),
            ("whole-file.md", "guaranteed returns", board, None),
            ("whole-file.md", "guaranteed profits", board, None),
        ]
    );
    assert_eq!(suppression["summary"]["waived"], 5);

    let waiver = report(&folder("waiver"), &["."]);
    let waived: Vec<_> = list(&waiver, "waived")
        .iter()
        .map(|of| {
            (
                text(of, "path"),
                text(of, "owner"),
                text(of, "expires"),
                text(&of["by"], "path"),
            )
        })
        .collect();
    let owner = "compliance@pellam.example";
    assert_eq!(
        waived,
        [(
            "archive/spring-letter.md",
            owner,
            "2027-03-31",
            "caveat.toml"
        )]
    );
}

#[test]
fn a_story_is_judged_by_the_day_that_is_given() {
    let folder = root().join("tests/cases/effective-window");
    for (day, claims) in [
        ("2019-12-31", &[][..]),
        ("2020-01-01", &["welcome bonus"]),
        ("2024-12-31", &["welcome bonus"]),
        ("2025-01-01", &["welcome gift"]),
        ("2029-12-31", &["welcome gift"]),
        ("2030-01-01", &["welcome gift", "welcome reward"]),
    ] {
        let ran = caveat(
            &folder,
            &["check", "--format", "jsonl", "--as-of", day, "."],
        );
        let said: Vec<String> = ran
            .out
            .lines()
            .map(|line| {
                let finding: serde_json::Value = serde_json::from_str(line).expect("JSON");
                text(&finding, "text").to_owned()
            })
            .collect();
        assert_eq!(said, claims, "on {day}");
    }
}

#[test]
fn a_bad_pack_names_what_was_meant() {
    let report = report(&root().join("tests/cases/bad-pack"), &["."]);
    let help: Vec<Option<&str>> = list(&report, "findings")
        .iter()
        .map(|of| of["help"].as_str())
        .collect();
    assert_eq!(help[0], Some("did you mean `effective`?"));
    assert_eq!(help[2], Some("did you mean `required`?"));
    assert!(
        help[4].is_some_and(|help| help.contains("`custody`")),
        "{help:?}"
    );
    assert!(
        help[8].is_some_and(|help| help.contains("`warning`")),
        "{help:?}"
    );
}

#[test]
fn no_fix_writes_the_notation_of_a_slot() {
    let report = report(&root().join("tests/cases/slots"), &["."]);
    for finding in list(&report, "findings")
        .iter()
        .filter(|of| !of["fix"].is_null())
    {
        for edit in list(&finding["fix"], "edits") {
            let written = text(edit, "text");
            assert!(
                !written.contains('{'),
                "{}: {written}",
                text(finding, "path")
            );
        }
    }
}

#[test]
fn a_safe_fix_leaves_a_page_that_meets_the_rule() {
    let mut wrong = Vec::new();
    let mut fixes = 0;
    for story in stories() {
        let found = report(&story, &["."]);
        for finding in list(&found, "findings")
            .iter()
            .filter(|of| of["fix"]["safe"] == true)
        {
            fixes += 1;
            let (path, rule) = (text(finding, "path"), text(finding, "rule"));
            let before = read(&story.join(path));
            let mut after = before.clone();
            let at = |edit: &serde_json::Value, key: &str| {
                usize::try_from(edit[key].as_u64().expect("an offset")).expect("small")
            };
            let mut edits: Vec<_> = list(&finding["fix"], "edits").iter().collect();
            edits.sort_by_key(|edit| std::cmp::Reverse(at(edit, "start")));
            for edit in edits {
                assert_eq!(text(edit, "path"), path, "an edit in another file");
                after.replace_range(at(edit, "start")..at(edit, "end"), text(edit, "text"));
            }
            let others: Vec<(String, String)> = crate::files_under(&story)
                .iter()
                .filter_map(|file| {
                    let name = file
                        .strip_prefix(&story)
                        .ok()?
                        .to_string_lossy()
                        .replace('\\', "/");
                    (name != path).then(|| (name, read(file)))
                })
                .collect();
            let files = others
                .iter()
                .map(|(name, text)| (name.as_str(), text.as_str()));
            let files: Vec<_> = files.chain([(path, after.as_str())]).collect();
            let copy = crate::folder(&files);
            let again = report(copy.path(), &["--pack", "rules.toml", path]);
            let left: Vec<_> = list(&again, "findings")
                .iter()
                .filter(|of| of["rule"] == rule)
                .collect();
            let marks = |text: &str, twice: &str| text.matches(twice).count();
            let doubled = ["..", "  ", ",,", " ."]
                .iter()
                .find(|twice| marks(&after, twice) > marks(&before, twice));
            if !left.is_empty() || doubled.is_some() {
                let story = story.file_name().expect("a name").to_string_lossy();
                let left: Vec<_> = left.iter().map(|of| text(of, "message")).collect();
                wrong.push(format!(
                    "{story}/{path}: left {left:?}, doubled {doubled:?}: {after}"
                ));
            }
        }
    }
    assert!(fixes > 0, "no safe fix anywhere");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

// ---------------------------------------------------------------- waivers, up to their borders

const TWO_CLAIMS: &str = r#"
[pack]
name = "case"
[[rule]]
id = "gift"
title = "No gift"
severity = "error"
message = "a gift is offered"
[rule.forbidden]
any = ["welcome gift"]
[[rule]]
id = "bonus"
title = "No bonus"
severity = "error"
message = "a bonus is offered"
[rule.forbidden]
any = ["welcome bonus"]
"#;

/// What stands and what is waived on a page: rule, line.
fn stands_and_is_waived(page: &str, day: &str) -> (Vec<String>, Vec<String>) {
    let project = crate::folder(&[
        ("caveat.toml", "packs = [\"rules.toml\"]\n"),
        ("rules.toml", TWO_CLAIMS),
        ("page.md", page),
    ]);
    let ran = caveat(
        project.path(),
        &["check", "--format", "json", "--as-of", day],
    );
    let report: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let of = |key: &str| {
        list(&report, key)
            .iter()
            .map(|of| format!("{}:{}", text(of, "rule"), of["span"]["start_line"]))
            .collect()
    };
    (of("findings"), of("waived"))
}

fn assert_stands(page: &str, stands: &[&str], waived: &[&str]) {
    let (got, got_waived) = stands_and_is_waived(page, TODAY);
    assert_eq!(got, stands, "stands on\n{page}");
    assert_eq!(got_waived, waived, "is waived on\n{page}");
}

#[test]
fn a_comment_waives_what_it_names_and_where_it_says() {
    let (gift, bonus) = ("A welcome gift.\n\n", "A welcome bonus.\n\n");
    // the next line that is not empty, and only the rule that is named
    let next = "<!-- caveat-disable-next-line case/gift: why -->\n";
    assert_stands(
        &format!("{next}\n\n{gift}{gift}"),
        &["case/gift:6"],
        &["case/gift:4"],
    );
    assert_stands(
        &format!("{next}A welcome gift and a welcome bonus.\n"),
        &["case/bonus:2"],
        &["case/gift:2"],
    );
    // two rules, a whole pack, a reason with colons
    for names in ["case/gift, case/bonus", "case/gift case/bonus", "case/*"] {
        let comment = format!("<!-- caveat-disable-next-line {names}: why: because: so -->\n");
        assert_stands(
            &format!("{comment}A welcome gift and a welcome bonus.\n"),
            &[],
            &["case/gift:2", "case/bonus:2"],
        );
    }
    // from here to the end, or to where it is enabled
    let disable = "<!-- caveat-disable case/gift: why -->\n\n";
    assert_stands(
        &format!("{gift}{disable}{gift}{bonus}{gift}"),
        &["case/gift:1", "case/bonus:7"],
        &["case/gift:5", "case/gift:9"],
    );
    for enable in ["<!-- caveat-enable case/gift -->", "<!-- caveat-enable -->"] {
        assert_stands(
            &format!("{disable}{gift}{enable}\n\n{gift}"),
            &["case/gift:7"],
            &["case/gift:3"],
        );
    }
    // the whole file, wherever it stands
    assert_stands(
        &format!("{gift}{gift}<!-- caveat-disable-file case/gift: why -->\n"),
        &[],
        &["case/gift:1", "case/gift:3"],
    );
    // over several lines, in the midst of a list and of a quote
    assert_stands(
        "- one\n  <!-- caveat-disable-next-line\n       case/gift: why -->\n  a welcome gift\n",
        &[],
        &["case/gift:4"],
    );
    assert_stands(
        "> <!-- caveat-disable-next-line case/gift: why -->\n> A welcome gift.\n",
        &[],
        &["case/gift:2"],
    );
}

#[test]
fn what_only_looks_like_a_waiver_waives_nothing() {
    let gift = "\n\nA welcome gift.\n";
    for (page, found) in [
        // shown to the reader, not said to the program
        (
            "```html\n<!-- caveat-disable-file case/gift: why -->\n```".to_owned(),
            1,
        ),
        (
            "`<!-- caveat-disable-file case/gift: why -->`".to_owned(),
            1,
        ),
        ("caveat-disable-file case/gift: why".to_owned(), 1),
        (
            "<!-- please do not use caveat-disable-file case/gift: why -->".to_owned(),
            1,
        ),
        // a mistake, which is told beside what stands
        ("<!-- caveat-disable-file: why -->".to_owned(), 2),
        ("<!-- caveat-disable-file case/gift -->".to_owned(), 2),
        ("<!-- caveat-disable-file case/gift: -->".to_owned(), 2),
        ("<!-- caveat-disable-file gift: why -->".to_owned(), 2),
        ("<!-- caveat-disable-fil case/gift: why -->".to_owned(), 2),
        (
            "<!-- caveat-disable-file case/gift: why until 2026-13-01 -->".to_owned(),
            2,
        ),
    ] {
        let (stands, waived) = stands_and_is_waived(&(page.clone() + gift), TODAY);
        assert_eq!(
            (stands.len(), waived.len()),
            (found, 0),
            "{page}: {stands:?} {waived:?}"
        );
        assert!(
            stands.iter().any(|of| of.starts_with("case/gift")),
            "{page}"
        );
    }
}

#[test]
fn a_waiver_holds_on_its_last_day_and_no_longer() {
    let page =
        "<!-- caveat-disable-next-line case/gift: why until 2026-11-23 -->\nA welcome gift.\n";
    for (day, waived) in [("2026-11-22", 1), ("2026-11-23", 1), ("2026-11-24", 0)] {
        assert_eq!(stands_and_is_waived(page, day).1.len(), waived, "{day}");
    }
    let config = "packs = [\"rules.toml\"]\n[[waiver]]\nrule = \"case/*\"\nreason = \"why\"\nexpires = 2026-11-23\n";
    let project = crate::folder(&[
        ("caveat.toml", config),
        ("rules.toml", TWO_CLAIMS),
        ("page.md", "A welcome gift.\n"),
    ]);
    for (day, code) in [("2026-11-22", 0), ("2026-11-23", 0), ("2026-11-24", 1)] {
        let ran = caveat(project.path(), &["check", "--as-of", day]);
        assert_eq!(ran.code, code, "{day}: {}", ran.out);
    }
}
