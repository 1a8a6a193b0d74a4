//! `--staged`: what is judged is what a commit would hold, whatever lies on the disk.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::{Ran, TODAY, caveat, command, finish, folder, list, put, read, report, text};

const BAD: &str = "# Offer\n\nGuaranteed returns of 12 % a year for everyone.\n";
const GOOD: &str = "# Offer\n\nWe keep your money in a bank.\n";
const SHOWN: &str = "---\n---\n# Fund\n\nOur fund returned 12 % in 2024.\n";
const PAST: &str = "Past performance is not a reliable indicator of future results.\n";

/// Runs git as nobody's configuration changes it.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    git.current_dir(folder)
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@desk.example"])
        .args([
            "-c",
            "commit.gpgsign=false",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            git.env_remove(&name);
        }
    }
    let done = git
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git runs");
    let err = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "git {arguments:?}: {err}");
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// A repository with these files committed.
pub(crate) fn repository(files: &[(&str, &str)]) -> tempfile::TempDir {
    let made = folder(files);
    git(made.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(made.path(), &["add", "--all"]);
    git(
        made.path(),
        &["commit", "--quiet", "--allow-empty", "--message=first"],
    );
    made
}

fn write(folder: &tempfile::TempDir, name: &str, text: &str) {
    put(folder.path(), name, text.as_bytes());
}

fn stage(folder: &tempfile::TempDir, name: &str, text: &str) {
    write(folder, name, text);
    git(folder.path(), &["add", "--", name]);
}

/// `path:line code` of each finding.
pub(crate) fn told(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let report = report(folder, arguments);
    let line = |finding: &serde_json::Value| finding["span"]["start_line"].to_string();
    list(&report, "findings")
        .iter()
        .map(|of| format!("{}:{} {}", text(of, "path"), line(of), text(of, "code")))
        .collect()
}

fn staged(folder: &tempfile::TempDir) -> Vec<String> {
    told(folder.path(), &["--staged"])
}

/// The files that were looked at.
fn files(folder: &Path, arguments: &[&str]) -> u64 {
    let report = report(folder, arguments);
    report["summary"]["files"].as_u64().expect("a number")
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let fixed = ["check", "--format", "concise", "--as-of", TODAY];
    caveat(folder, &[&fixed, arguments].concat())
}

#[test]
fn the_staged_content_counts_and_not_that_of_the_disk() {
    let repo = repository(&[("kept.md", BAD), ("page.md", GOOD)]);
    assert_eq!(
        staged(&repo),
        [""; 0],
        "what is committed is not asked about"
    );
    stage(&repo, "page.md", BAD);
    write(&repo, "page.md", GOOD);
    write(&repo, "untracked.md", BAD);
    assert_eq!(staged(&repo), ["page.md:3 prohibited"]);
    assert_eq!(run(repo.path(), &["--staged"]).code, 1);
    // mended on the disk, and now in the index too
    git(repo.path(), &["add", "page.md"]);
    write(&repo, "page.md", BAD);
    assert_eq!(staged(&repo), [""; 0]);
    assert_eq!(run(repo.path(), &["--staged"]).code, 0);
    // without `--staged` the disk counts
    let all = [
        "kept.md:3 prohibited",
        "page.md:3 prohibited",
        "untracked.md:3 prohibited",
    ];
    assert_eq!(told(repo.path(), &[]), all);
}

#[test]
fn the_places_and_the_source_that_are_shown_are_those_of_what_is_staged() {
    let repo = repository(&[]);
    stage(&repo, "page.md", &format!("One.\n\nTwo.\n\n{BAD}"));
    write(&repo, "page.md", "Nothing.\n");
    let report = report(repo.path(), &["--staged"]);
    let [finding] = list(&report, "findings") else {
        panic!("{report}")
    };
    assert_eq!(finding["span"]["start_line"], 7);
    assert!(text(finding, "text").starts_with("Guaranteed returns"));
    let shown = caveat(repo.path(), &["check", "--staged", "--as-of", TODAY]);
    assert!(
        shown.out.contains("7 │ Guaranteed returns of 12 %"),
        "{}",
        shown.out
    );
}

const SITE: [(&str, &str); 3] = [
    ("_config.yml", "title: A\n"),
    (
        "_includes/risk.html",
        "<p>Past performance is not a reliable indicator of future results.</p>\n",
    ),
    ("other.md", GOOD),
];
const CALLS: &str =
    "---\n---\n# Fund\n\nOur fund returned 12 % in 2024.\n\n{% include risk.html %}\n";

#[test]
fn what_is_not_staged_is_brought_in_as_it_was_committed() {
    let repo = repository(&SITE);
    stage(&repo, "fund.md", CALLS);
    assert_eq!(
        staged(&repo),
        [""; 0],
        "the include is not staged, and seen"
    );
    // what is changed on the disk alone is not committed
    write(&repo, "_includes/risk.html", "<p>Ask us.</p>\n");
    assert_eq!(staged(&repo), [""; 0]);
    assert_eq!(told(repo.path(), &[]), ["fund.md:5 missing"]);
    // once that is staged too, it counts
    git(repo.path(), &["add", "--all"]);
    assert_eq!(staged(&repo), ["fund.md:5 missing"]);
    // and what is on the disk alone is no part of the commit
    git(
        repo.path(),
        &["rm", "--quiet", "--cached", "_includes/risk.html"],
    );
    let report = report(repo.path(), &["--staged"]);
    let findings = list(&report, "findings");
    let codes: Vec<&str> = findings.iter().map(|of| text(of, "code")).collect();
    assert_eq!(codes, ["unverifiable"], "{report}");
    let message = text(&findings[0], "message");
    assert!(message.contains("git add"), "{message}");
}

#[test]
fn a_page_whose_include_is_staged_is_judged_anew() {
    let files = [SITE.as_slice(), &[("fund.md", CALLS)]].concat();
    let repo = repository(&files);
    stage(&repo, "_includes/risk.html", "<p>Ask us.</p>\n");
    assert_eq!(staged(&repo), ["fund.md:5 missing"]);
    assert_eq!(
        files_of(&repo),
        1,
        "the other page asks for nothing that changed"
    );
    git(
        repo.path(),
        &["rm", "--quiet", "--force", "_includes/risk.html"],
    );
    assert_eq!(staged(&repo), ["fund.md:7 unverifiable"]);
    // moved away, as git sees it: one file less and one more
    git(repo.path(), &["reset", "--quiet", "--hard"]);
    git(
        repo.path(),
        &["mv", "_includes/risk.html", "_includes/warning.html"],
    );
    assert_eq!(staged(&repo), ["fund.md:7 unverifiable"]);
    stage(
        &repo,
        "fund.md",
        &CALLS.replace("risk.html", "warning.html"),
    );
    assert_eq!(staged(&repo), [""; 0]);
}

fn files_of(repo: &tempfile::TempDir) -> u64 {
    files(repo.path(), &["--staged"])
}

#[test]
fn pages_that_go_are_not_looked_at_and_renamed_ones_are() {
    let repo = repository(&[("a.md", BAD), ("b.md", BAD), ("c.md", GOOD)]);
    git(repo.path(), &["rm", "--quiet", "a.md"]);
    assert_eq!((staged(&repo), files_of(&repo)), (vec![], 0));
    // named as hooks do
    let gone = run(repo.path(), &["--staged", "a.md"]);
    assert_eq!(gone.code, 2, "{}{}", gone.out, gone.err);
    git(repo.path(), &["mv", "b.md", "moved.md"]);
    assert_eq!(staged(&repo), ["moved.md:3 prohibited"]);
    // gone from the index, still on the disk
    git(repo.path(), &["rm", "--quiet", "--cached", "c.md"]);
    assert_eq!(files_of(&repo), 1);
}

#[test]
fn the_first_commit_of_a_repository_is_checked() {
    let repo = folder(&[("page.md", BAD)]);
    git(repo.path(), &["init", "--quiet"]);
    assert_eq!(staged(&repo), [""; 0]);
    git(repo.path(), &["add", "page.md"]);
    assert_eq!(staged(&repo), ["page.md:3 prohibited"]);
    // a name without content, which no commit would hold
    write(&repo, "later.md", BAD);
    git(repo.path(), &["add", "--intent-to-add", "later.md"]);
    assert_eq!(staged(&repo), ["page.md:3 prohibited"]);
}

const RULES: &str = r#"
[pack]
name = "house"
title = "House"

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
"#;

#[test]
fn config_and_packs_are_the_staged_ones_and_a_change_of_them_is_one_of_every_page() {
    let config = "packs = [\"rules.toml\"]\n";
    let repo = repository(&[
        ("caveat.toml", config),
        ("rules.toml", RULES),
        ("page.md", "A welcome gift.\n"),
        ("other.md", "A welcome bonus.\n"),
    ]);
    assert_eq!(staged(&repo), [""; 0]);
    // on the disk alone: not of the commit
    write(
        &repo,
        "rules.toml",
        &RULES.replace("welcome gift", "welcome bonus"),
    );
    write(&repo, "caveat.toml", "packs = [\"nowhere.toml\"]\n");
    stage(&repo, "new.md", "A welcome gift and a welcome bonus.\n");
    assert_eq!(staged(&repo), ["new.md:1 prohibited"]);
    git(repo.path(), &["add", "rules.toml"]);
    assert_eq!(
        staged(&repo),
        ["new.md:1 prohibited", "other.md:1 prohibited"]
    );
    git(repo.path(), &["add", "caveat.toml"]);
    let broken = run(repo.path(), &["--staged"]);
    assert_eq!(broken.code, 2, "{}", broken.out);
    assert!(broken.out.contains("nowhere.toml"), "{}", broken.out);
}

#[test]
fn a_config_that_would_not_be_committed_is_told() {
    let repo = repository(&[("page.md", GOOD)]);
    write(&repo, "caveat.toml", "ignore = [\"core/*\"]\n");
    stage(&repo, "page.md", BAD);
    let ran = run(repo.path(), &["--staged"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.contains("caveat.toml") && ran.err.contains("git add"),
        "{}",
        ran.err
    );
    // someone may say so
    assert_eq!(
        run(repo.path(), &["--staged", "--config", "caveat.toml"]).code,
        0
    );
    assert_eq!(run(repo.path(), &["--staged", "--isolated"]).code, 1);
}

#[test]
fn where_there_is_no_repository_that_is_said() {
    let plain = folder(&[("page.md", BAD)]);
    for arguments in [&["--staged"][..], &["--since", "HEAD"]] {
        let ran = run(plain.path(), arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        let name = plain.path().canonicalize().expect("a folder");
        let expected = format!(
            "caveat: {} is in no git repository with a work tree",
            name.display()
        );
        assert!(ran.err.starts_with(&expected), "{}", ran.err);
    }
    let bare = folder(&[]);
    git(bare.path(), &["init", "--quiet", "--bare"]);
    let ran = run(bare.path(), &["--staged"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("in no git repository with a work tree"),
        "{}",
        ran.err
    );
    // two repositories at once have no one answer
    let (one, two) = (repository(&[]), repository(&[("page.md", GOOD)]));
    let other = two.path().join("page.md");
    let ran = run(
        one.path(),
        &["--staged", ".", other.to_str().expect("a name")],
    );
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("not lie in the same repository"),
        "{}",
        ran.err
    );
    // no git at all
    let without = finish(
        command(one.path(), &["check", "--staged"]).env("PATH", "/nowhere"),
        None,
    );
    assert_eq!(without.code, 2);
    assert!(without.err.contains("git cannot be run"), "{}", without.err);
}

#[test]
fn arguments_that_say_nothing_together_are_refused() {
    let repo = repository(&[("page.md", BAD)]);
    for (arguments, says) in [
        (&["--changed-lines"][..], "`--staged` or `--since REV`"),
        (&["--staged", "-"], "standard input has no history"),
        (&["--staged", "--since", "HEAD"], "cannot be used with"),
        (&["--staged", "--site", "public"], "cannot be used with"),
        (&["--staged", "--write-baseline"], "cannot be used with"),
        (&["--staged", "--watch"], "cannot be used with"),
        (&["--staged", "--fix"], "git add"),
    ] {
        let ran = run(repo.path(), arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains(says), "{arguments:?}: {}", ran.err);
    }
}

#[test]
#[cfg(unix)]
fn names_that_mean_harm_are_only_names() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let repo = repository(&[]);
    let names = [
        "-rf.md",
        "--staged.md",
        "a b.md",
        "a\tb.md",
        "a\nb.md",
        "\"quoted\".md",
        "$(touch pwned).md",
        "`touch pwned`.md",
        ":(top)magic.md",
        ":!not.md",
        "*.md",
        "back\\slash.md",
        "grün/世界.md",
        "\u{1b}[31mred.md",
    ];
    for name in names {
        write(&repo, name, BAD);
    }
    let bytes = repo.path().join(OsStr::from_bytes(b"caf\xe9.md"));
    std::fs::write(bytes, BAD).expect("written");
    git(repo.path(), &["add", "--all"]);
    assert_eq!(files_of(&repo), names.len() as u64 + 1);
    let mut paths: Vec<String> = told(repo.path(), &["--staged"]);
    let mut expected: Vec<String> = names
        .iter()
        .chain(&["caf\u{fffd}.md"])
        .map(|name| format!("{name}:3 prohibited"))
        .collect();
    paths.sort();
    expected.sort();
    assert_eq!(paths, expected);
    assert!(!repo.path().join("pwned").exists());
    // one of them, named
    let one = told(repo.path(), &["--staged", "--", "-rf.md"]);
    assert_eq!(one, ["-rf.md:3 prohibited"]);
    let shown = run(repo.path(), &["--staged"]);
    assert!(!shown.out.contains('\u{1b}') && !shown.err.contains('\u{1b}'));
    let since = told(repo.path(), &["--since", "HEAD"]);
    assert_eq!(since.len(), names.len() + 1);
}

#[test]
#[cfg(unix)]
fn links_and_files_without_text_are_what_git_holds() {
    use std::os::unix::fs::symlink;
    let repo = repository(&[
        ("_config.yml", "title: A\n"),
        ("texts/risk.html", PAST),
        ("outside-is-not-read.txt", "x"),
    ]);
    std::fs::create_dir(repo.path().join("_includes")).expect("made");
    symlink(
        "../texts/risk.html",
        repo.path().join("_includes/risk.html"),
    )
    .expect("linked");
    symlink("/etc/hostname", repo.path().join("_includes/host.html")).expect("linked");
    let host = SHOWN.to_owned() + "\n{% include host.html %}\n";
    stage(&repo, "fund.md", CALLS);
    stage(&repo, "host.md", &host);
    put(repo.path(), "bytes.md", b"\xff\xfenot \x00 text \xd8");
    git(repo.path(), &["add", "--all"]);
    // what the links lead to on the disk does not count
    write(&repo, "texts/risk.html", "Ask us.\n");
    let mut found = staged(&repo);
    found.retain(|of| !of.starts_with("bytes.md"));
    assert_eq!(found, ["host.md:7 unverifiable"]);
    let all = run(repo.path(), &["--staged", "bytes.md"]);
    assert!(
        all.out.contains("bytes.md") && all.out.contains("unverifiable"),
        "{}",
        all.out
    );
}

#[test]
fn a_merge_that_is_not_done_cannot_be_checked() {
    let repo = repository(&[("page.md", GOOD)]);
    git(repo.path(), &["checkout", "--quiet", "-b", "side"]);
    write(&repo, "page.md", BAD);
    git(
        repo.path(),
        &["commit", "--quiet", "--all", "--message=side"],
    );
    git(repo.path(), &["checkout", "--quiet", "main"]);
    write(&repo, "page.md", SHOWN);
    git(
        repo.path(),
        &["commit", "--quiet", "--all", "--message=main"],
    );
    let merged = Command::new("git")
        .current_dir(repo.path())
        .args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@b.example",
            "merge",
            "side",
        ])
        .output()
        .expect("git runs");
    assert!(!merged.status.success());
    let ran = run(repo.path(), &["--staged"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("page.md is not merged yet"), "{}", ran.err);
    // resolved and added, it is checked as it will be committed
    stage(&repo, "page.md", BAD);
    assert_eq!(staged(&repo), ["page.md:3 prohibited"]);
}

#[test]
fn paths_are_seen_from_where_one_stands_and_what_a_walk_leaves_out_stays_out() {
    let repo = repository(&[]);
    stage(&repo, "docs/page.md", BAD);
    stage(&repo, "top.md", BAD);
    stage(&repo, "docs/.hidden.md", BAD);
    stage(&repo, "docs/node_modules/a.md", BAD);
    stage(&repo, "docs/drafts/a.md", BAD);
    write(&repo, ".gitignore", "drafts/\n");
    let docs = repo.path().join("docs");
    assert_eq!(told(&docs, &["--staged"]), ["page.md:3 prohibited"]);
    assert_eq!(
        told(&docs, &["--staged", "../top.md"]),
        ["../top.md:3 prohibited"]
    );
    assert_eq!(
        told(repo.path(), &["--staged", "--exclude", "docs/**"]),
        ["top.md:3 prohibited"]
    );
    let named = [
        "--staged",
        "--force-exclude",
        "docs/drafts/a.md",
        "docs/page.md",
    ];
    assert_eq!(told(repo.path(), &named), ["docs/page.md:3 prohibited"]);
}

/// As git runs it: with its own variables, and for parts of a commit with an index of their own.
#[test]
#[cfg(unix)]
fn a_hook_of_git_itself_stops_a_bad_commit() {
    use std::os::unix::fs::PermissionsExt;
    let repo = repository(&[("page.md", GOOD), ("docs/other.md", GOOD)]);
    let program = env!("CARGO_BIN_EXE_caveat");
    let hook = put(
        repo.path(),
        ".git/hooks/pre-commit",
        format!("#!/bin/sh\nexec '{program}' check --staged --format concise --as-of {TODAY}\n")
            .as_bytes(),
    );
    std::fs::set_permissions(&hook, PermissionsExt::from_mode(0o755)).expect("set");
    let commit = |folder: &Path, arguments: &[&str]| {
        let mut commit = Command::new("git");
        commit
            .current_dir(folder)
            .args([
                "-c",
                "user.name=A",
                "-c",
                "user.email=a@b.example",
                "commit",
                "--quiet",
                "-mx",
            ])
            .args(arguments);
        let done = commit.output().expect("git runs");
        (
            done.status.success(),
            String::from_utf8_lossy(&done.stdout).into_owned()
                + &String::from_utf8_lossy(&done.stderr),
        )
    };
    stage(&repo, "page.md", BAD);
    write(&repo, "page.md", GOOD);
    let (passed, said) = commit(repo.path(), &[]);
    assert!(!passed && said.contains("page.md:3:1: error"), "{said}");
    // only this file is committed: git makes an index for it
    stage(&repo, "docs/other.md", "# Other\n\nWords.\n");
    let (passed, said) = commit(&repo.path().join("docs"), &["other.md"]);
    assert!(passed, "{said}");
    // all that is changed, from a folder below
    write(&repo, "page.md", BAD);
    let (passed, said) = commit(&repo.path().join("docs"), &["--all"]);
    assert!(!passed && said.contains("page.md:3:1: error"), "{said}");
    // a work tree of its own has its git elsewhere
    let tree = folder(&[]);
    let side = tree.path().join("side");
    git(
        repo.path(),
        &[
            "worktree",
            "add",
            "--quiet",
            side.to_str().expect("a name"),
            "-b",
            "side",
        ],
    );
    put(&side, "page.md", BAD.as_bytes());
    let (passed, said) = commit(&side, &["--all"]);
    assert!(!passed && said.contains("page.md:3:1: error"), "{said}");
    put(&side, "page.md", b"# Offer\n\nMended.\n");
    let (passed, said) = commit(&side, &["--all"]);
    assert!(passed, "{said}");
}

#[test]
fn a_diff_is_of_what_is_staged_and_reports_go_where_they_are_wanted() {
    let repo = repository(&[
        ("caveat.toml", "packs = [\"pack.toml\"]\n"),
        ("pack.toml", crate::fixes::PACK),
    ]);
    let wrong = "# Bitcoin\n\nDo invest unless you're prepared to lose all the money you invest. This is a high-risk investment.\n";
    stage(&repo, "page.md", wrong);
    write(&repo, "page.md", "Nothing.\n");
    let diff = run(repo.path(), &["--staged", "--diff"]);
    assert_eq!(diff.code, 1);
    assert!(
        diff.out.contains("\n-Do invest unless") && diff.out.contains("\n+Don't invest unless"),
        "{}",
        diff.out
    );
    assert_eq!(read(&repo.path().join("page.md")), "Nothing.\n");
    let ran = run(
        repo.path(),
        &[
            "--staged",
            "--quiet",
            "--output",
            "out.txt",
            "--also",
            "sarif=out.sarif",
        ],
    );
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (1, "", ""));
    assert!(read(&repo.path().join("out.txt")).starts_with("page.md:3:1: error"));
    assert!(read(&repo.path().join("out.sarif")).contains("\"page.md\""));
}

#[test]
fn a_baseline_that_config_names_is_the_staged_one() {
    let repo = repository(&[
        ("page.md", BAD),
        ("caveat.toml", "baseline = \"caveat-baseline.json\"\n"),
    ]);
    assert_eq!(run(repo.path(), &["--write-baseline"]).code, 0);
    git(repo.path(), &["add", "--all"]);
    git(repo.path(), &["commit", "--quiet", "--message=known"]);
    stage(&repo, "page.md", &format!("Words above.\n\n{BAD}"));
    assert_eq!(staged(&repo), [""; 0], "known, wherever it moves");
    stage(
        &repo,
        "page.md",
        &format!("{BAD}\nWe promise guaranteed profits too.\n"),
    );
    assert_eq!(staged(&repo), ["page.md:5 prohibited"]);
    // emptied on the disk alone
    write(
        &repo,
        "caveat-baseline.json",
        "{\"version\": 1, \"findings\": []}\n",
    );
    assert_eq!(staged(&repo), ["page.md:5 prohibited"]);
}

#[test]
fn what_readme_says_of_commits_runs_in_a_repository() {
    let readme = read(&crate::root().join("README.md"));
    let section = readme
        .split("\n## Before each commit")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .expect("README has the section");
    let lines: Vec<&str> = section
        .lines()
        .filter(|line| line.starts_with("caveat check "))
        .map(|line| line.split(" #").next().unwrap_or_default().trim())
        // it ends when someone ends it; other tests do
        .filter(|line| !line.contains("--watch"))
        .collect();
    assert!(lines.len() >= 6, "{lines:?}");
    let room = folder(&[]);
    let site = room.path().join("site");
    put(&site, "old.md", BAD.as_bytes());
    git(&site, &["init", "--quiet", "--initial-branch=main"]);
    git(&site, &["add", "--all"]);
    git(&site, &["commit", "--quiet", "--message=first"]);
    put(&site, "new.md", SHOWN.as_bytes());
    git(&site, &["add", "--all"]);
    for line in lines {
        let arguments: Vec<&str> = line.split_whitespace().skip(1).collect();
        let ran = caveat(&site, &arguments);
        assert!(
            ran.code < 2 && !ran.err.contains("cannot"),
            "{line}: {}",
            ran.err
        );
        if ["--staged", "--since"]
            .iter()
            .any(|flag| line.contains(flag))
        {
            assert_eq!(ran.code, 1, "{line}");
            assert!(
                ran.out.contains("new.md") && !ran.out.contains("old.md"),
                "{line}: {}",
                ran.out
            );
        }
        if line.contains("--baseline") {
            assert_eq!(ran.code, 0, "{line}: {}", ran.out);
        }
    }
}
