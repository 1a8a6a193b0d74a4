//! `--since REV` and `--changed-lines`: what a branch brings is told, what was there before is not.

use std::path::Path;

use serde_json::Value;

use crate::staged::{git, repository, told};
use crate::{Ran, TODAY, caveat, list, put, read, report, text};

const BAD: &str = "Guaranteed returns of 12 % a year for everyone.\n";
const SHOWN: &str = "Our fund returned 12 % in 2024.\n";
const PAST: &str = "Past performance is not a reliable indicator of future results.\n";

fn write(folder: &tempfile::TempDir, name: &str, text: &str) {
    put(folder.path(), name, text.as_bytes());
}

fn commit(folder: &tempfile::TempDir) {
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message=next"]);
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let fixed = ["check", "--format", "concise", "--as-of", TODAY];
    caveat(folder, &[&fixed, arguments].concat())
}

fn since(folder: &tempfile::TempDir, revision: &str) -> Vec<String> {
    told(folder.path(), &["--since", revision])
}

/// What is told on changed lines.
fn new(folder: &tempfile::TempDir) -> Vec<String> {
    told(folder.path(), &["--since", "HEAD", "--changed-lines"])
}

fn files(folder: &tempfile::TempDir, revision: &str) -> Value {
    report(folder.path(), &["--since", revision])["summary"]["files"].clone()
}

#[test]
fn what_a_branch_changed_is_checked_committed_or_not() {
    let repo = repository(&[
        ("old.md", BAD),
        ("edited.md", "Words.\n"),
        ("gone.md", BAD),
        ("renamed.md", BAD),
        (".gitignore", "built/\n"),
    ]);
    assert_eq!(since(&repo, "HEAD"), [""; 0]);
    git(repo.path(), &["checkout", "--quiet", "-b", "branch"]);
    write(&repo, "committed.md", BAD);
    git(repo.path(), &["rm", "--quiet", "gone.md"]);
    git(repo.path(), &["mv", "renamed.md", "new-name.md"]);
    commit(&repo);
    write(&repo, "staged.md", BAD);
    git(repo.path(), &["add", "staged.md"]);
    write(&repo, "edited.md", BAD);
    write(&repo, "untracked.md", BAD);
    write(&repo, "built/page.md", BAD);
    let all = [
        "committed.md:1 prohibited",
        "edited.md:1 prohibited",
        "new-name.md:1 prohibited",
        "staged.md:1 prohibited",
        "untracked.md:1 prohibited",
    ];
    assert_eq!(since(&repo, "main"), all);
    assert_eq!(files(&repo, "main"), 5);
    // what others did on main meanwhile is none of the branch's
    git(repo.path(), &["stash", "--quiet", "--include-untracked"]);
    git(repo.path(), &["checkout", "--quiet", "main"]);
    write(&repo, "theirs.md", BAD);
    commit(&repo);
    git(repo.path(), &["checkout", "--quiet", "branch"]);
    git(repo.path(), &["stash", "pop", "--quiet"]);
    assert_eq!(since(&repo, "main"), all);
    assert_eq!(run(repo.path(), &["--since", "main"]).code, 1);
    // a file that is not there any more cannot be named
    let gone = run(repo.path(), &["--since", "main", "gone.md"]);
    assert_eq!((gone.code, gone.out.as_str()), (2, ""), "{}", gone.err);
    // only what is named of what changed
    assert_eq!(
        told(repo.path(), &["--since", "main", "edited.md", "old.md"]),
        ["edited.md:1 prohibited"]
    );
}

#[test]
fn revisions_that_name_nothing_are_told() {
    let repo = repository(&[("page.md", BAD)]);
    for revision in ["nowhere", "--output=x", "HEAD:page.md", "", "HEAD~5", "-1"] {
        let ran = run(repo.path(), &[&format!("--since={revision}")]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{revision}");
        assert!(
            ran.err.contains("names no commit here"),
            "{revision}: {}",
            ran.err
        );
    }
    assert!(!repo.path().join("x").exists());
    git(repo.path(), &["checkout", "--quiet", "--orphan", "apart"]);
    git(repo.path(), &["commit", "--quiet", "--message=apart"]);
    let ran = run(repo.path(), &["--since", "main"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no commit in common"), "{}", ran.err);
    let empty = crate::folder(&[]);
    git(empty.path(), &["init", "--quiet"]);
    assert_eq!(run(empty.path(), &["--since", "HEAD"]).code, 2);
}

const CALLS: &str =
    "---\n---\n# Fund\n\nOur fund returned 12 % in 2024.\n\n{% include risk.html %}\n";

#[test]
fn a_page_whose_include_or_layout_changed_counts_as_changed() {
    let layout = "---\n---\n{{ content }}\n<footer>{% include foot.html %}</footer>\n";
    let page = "---\nlayout: page\n---\n# Fund\n\nOur fund returned 12 % in 2024.\n";
    let repo = repository(&[
        ("_config.yml", "title: A\n"),
        ("_includes/risk.html", PAST),
        ("_includes/foot.html", PAST),
        ("_layouts/page.html", layout),
        ("calls.md", CALLS),
        ("laid.md", page),
        ("other.md", "# Other\n"),
    ]);
    assert_eq!(since(&repo, "HEAD"), [""; 0]);
    write(&repo, "_includes/risk.html", "Ask us.\n");
    assert_eq!(since(&repo, "HEAD"), ["calls.md:5 missing"]);
    // no line of the page itself changed, and the finding is new all the same
    assert_eq!(new(&repo), ["calls.md:5 missing"]);
    write(&repo, "_includes/foot.html", "Ask us.\n");
    let both = ["calls.md:5 missing", "laid.md:6 missing"];
    assert_eq!(
        (since(&repo, "HEAD"), new(&repo)),
        (
            both.map(str::to_owned).into(),
            both.map(str::to_owned).into()
        )
    );
    std::fs::remove_file(repo.path().join("_includes/risk.html")).expect("removed");
    assert_eq!(new(&repo), ["calls.md:7 unverifiable", "laid.md:6 missing"]);
    // where nothing stood before, something stands now
    git(repo.path(), &["checkout", "--quiet", "."]);
    write(&repo, "calls.md", &CALLS.replace("risk", "later"));
    commit(&repo);
    assert_eq!(since(&repo, "HEAD"), [""; 0]);
    write(&repo, "_includes/later.html", "Ask us.\n");
    assert_eq!(since(&repo, "HEAD"), ["calls.md:5 missing"]);
    write(&repo, "_includes/later.html", PAST);
    assert_eq!(
        (since(&repo, "HEAD"), files(&repo, "HEAD")),
        (vec![], 1.into())
    );
}

#[test]
fn only_findings_on_changed_lines_and_new_ones_are_told() {
    let repo = repository(&[("page.md", &format!("# Page\n\n{BAD}\nWords.\n"))]);
    // the page changed, and what is wrong in it stood there before
    write(
        &repo,
        "page.md",
        &format!("# Page\n\n{BAD}\nOther words.\n"),
    );
    assert_eq!(since(&repo, "HEAD"), ["page.md:3 prohibited"]);
    assert_eq!(new(&repo), [""; 0]);
    let ran = run(repo.path(), &["--since", "HEAD", "--changed-lines"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert_eq!(
        ran.err,
        "caveat: 1 finding on unchanged lines of these files\n"
    );
    let quiet = run(
        repo.path(),
        &["--since", "HEAD", "--changed-lines", "--quiet"],
    );
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""));
    // moved down, by lines above it
    write(
        &repo,
        "page.md",
        &format!("# Page\n\nNew.\n\nNew.\n\n{BAD}\nWords.\n"),
    );
    assert_eq!(
        (since(&repo, "HEAD"), new(&repo)),
        (vec!["page.md:7 prohibited".to_owned()], vec![])
    );
    // once more, elsewhere
    write(
        &repo,
        "page.md",
        &format!("# Page\n\n{BAD}\nWords.\n\n{BAD}"),
    );
    assert_eq!(new(&repo), ["page.md:7 prohibited"]);
    // its own line is touched
    write(&repo, "page.md", &format!("# Page\n\nSo: {BAD}\nWords.\n"));
    assert_eq!(new(&repo), ["page.md:3 prohibited"]);
    // and one over two lines is, when either is
    let two = |second: &str| format!("# Page\n\nWe promise you guaranteed\n{second} for ever.\n");
    write(&repo, "page.md", &two("returns"));
    commit(&repo);
    write(&repo, "page.md", &two("*returns*"));
    assert_eq!(new(&repo), ["page.md:3 prohibited"]);
}

#[test]
fn what_a_deletion_takes_away_is_missed_on_lines_that_stayed() {
    let repo = repository(&[("page.md", &format!("{SHOWN}\n{PAST}\nWords.\n"))]);
    write(&repo, "page.md", &format!("{SHOWN}\nWords.\n"));
    assert_eq!(new(&repo), ["page.md:1 missing"]);
    // it was missing before
    commit(&repo);
    write(&repo, "page.md", &format!("{SHOWN}\nOther words.\n"));
    assert_eq!(new(&repo), [""; 0]);
    // wholly new pages are new everywhere
    write(&repo, "new.md", SHOWN);
    assert_eq!(new(&repo), ["new.md:1 missing"]);
    write(
        &repo,
        "caveat.toml",
        "[rules.\"core/past-performance\"]\nseverity = \"warning\"\n",
    );
    assert_eq!(
        since(&repo, "HEAD"),
        ["new.md:1 missing", "page.md:1 missing"]
    );
}

const PLACED: &str = r#"
[pack]
name = "house"
title = "House"

[[rule]]
id = "order"
title = "Warning before the first link"
severity = "error"
message = "no warning before the first link"
[rule.when]
mentions = ["bitcoin"]
[rule.required]
any = ["you may lose money"]
place = "before-first-link"
[[rule.example]]
fails = "Bitcoin. [Buy](https://desk.example). You may lose money."
code = "misplaced"
at = "You may lose money"
[[rule.example]]
passes = "Bitcoin. You may lose money. [Buy](https://desk.example)"
[[rule.example]]
passes = "Gold."
"#;

#[test]
fn a_finding_is_new_where_the_place_that_is_owed_changed() {
    let page = |link: &str| format!("# Bitcoin\n\n{link}\n\nWords.\n\nYou may lose money.\n");
    let repo = repository(&[
        ("caveat.toml", "packs = [\"rules.toml\"]\n"),
        ("rules.toml", PLACED),
        ("page.md", &page("[Buy](https://desk.example).")),
    ]);
    write(
        &repo,
        "page.md",
        &page("[Buy](https://desk.example).").replace("Words", "Other words"),
    );
    assert_eq!(
        (since(&repo, "HEAD"), new(&repo)),
        (vec!["page.md:7 misplaced".to_owned()], vec![])
    );
    // the link that it must stand before is another
    write(&repo, "page.md", &page("[Buy now](https://desk.example)."));
    assert_eq!(new(&repo), ["page.md:7 misplaced"]);
}

#[test]
fn lines_are_the_same_whatever_ends_them() {
    let repo = repository(&[("page.md", &format!("# Page\n\n{BAD}\nWords.\n"))]);
    git(repo.path(), &["config", "core.autocrlf", "true"]);
    let crlf = format!("# Page\n\n{BAD}\nOther.\n").replace('\n', "\r\n");
    write(&repo, "page.md", &crlf);
    assert_eq!(
        (since(&repo, "HEAD"), new(&repo)),
        (vec!["page.md:3 prohibited".to_owned()], vec![])
    );
}

#[test]
fn staged_lines_are_told_apart_too() {
    let repo = repository(&[("page.md", &format!("# Page\n\n{BAD}\nWords.\n"))]);
    write(&repo, "page.md", &format!("# Page\n\n{BAD}\nOther.\n"));
    git(repo.path(), &["add", "page.md"]);
    // on the disk another line is bad, and that is not staged
    write(
        &repo,
        "page.md",
        &format!("# Page\n\n{BAD}\nOther. {BAD}\n"),
    );
    assert_eq!(told(repo.path(), &["--staged"]), ["page.md:3 prohibited"]);
    assert_eq!(told(repo.path(), &["--staged", "--changed-lines"]), [""; 0]);
    git(repo.path(), &["add", "page.md"]);
    assert_eq!(
        told(repo.path(), &["--staged", "--changed-lines"]),
        ["page.md:5 prohibited"]
    );
}

#[test]
fn fixes_and_baselines_hold_to_what_changed() {
    let wrong = "# Bitcoin\n\nDo invest unless you're prepared to lose all the money you invest. This is a high-risk investment.\n";
    let right = wrong.replace("Do invest", "Don't invest");
    let repo = repository(&[
        ("caveat.toml", "packs = [\"pack.toml\"]\n"),
        ("pack.toml", crate::fixes::PACK),
        ("old.md", wrong),
    ]);
    write(&repo, "new.md", wrong);
    let diff = run(repo.path(), &["--since", "HEAD", "--diff"]);
    assert_eq!(diff.code, 1);
    assert!(
        diff.out.contains("a/new.md") && !diff.out.contains("old.md"),
        "{}",
        diff.out
    );
    let ran = run(repo.path(), &["--since", "HEAD", "--fix"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(ran.err, "caveat: fixed 1 finding in 1 file\n");
    assert_eq!(read(&repo.path().join("new.md")), right);
    assert_eq!(read(&repo.path().join("old.md")), wrong);
    // known findings are known here too, and none of them is called gone for not being looked at
    assert_eq!(run(repo.path(), &["--write-baseline"]).code, 0);
    write(&repo, "old.md", &format!("{wrong}\nMore.\n"));
    let arguments = ["--since", "HEAD", "--baseline", "caveat-baseline.json"];
    assert_eq!(told(repo.path(), &arguments), [""; 0]);
    let known = run(repo.path(), &arguments);
    assert_eq!((known.code, known.err.as_str()), (0, ""), "{}", known.out);
}

#[test]
fn the_call_that_other_pages_have_is_offered_though_they_did_not_change() {
    let repo = repository(&[
        ("_config.yml", "title: A\n"),
        ("_includes/risk.html", PAST),
        ("calls.md", CALLS),
    ]);
    write(
        &repo,
        "new.md",
        "---\n---\n# Fund\n\nOur fund returned 12 % in 2024.\n",
    );
    let only = report(repo.path(), &["--since", "HEAD"]);
    let whole = report(repo.path(), &["."]);
    assert_eq!(only["findings"], whole["findings"]);
    let [finding] = list(&only, "findings") else {
        panic!("{only}")
    };
    let edits = list(&finding["fix"], "edits");
    assert!(
        text(&edits[0], "text").contains("{% include risk.html %}"),
        "{finding}"
    );
}
