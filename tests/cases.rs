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
        ],
    ),
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
        &[("blog/offer.md", "missing", "Open an account")],
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
            let rules = read(&story.join("rules.toml"));
            let copy = crate::folder(&[("rules.toml", &rules), (path, &after)]);
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
