//! What hooks of pre-commit rely on: they hand over every file that caveat knows, and caveat leaves out of those what a walk would
//! not find.

use caveat::syntax;

use crate::{caveat, folder, put, read, report, root, text};

const BAD: &str = "# Offer\n\nGuaranteed returns of 12 % a year with no risk.\n";

#[test]
fn hooks_name_every_ending_that_caveat_knows() {
    let hooks = read(&root().join(".pre-commit-hooks.yaml"));
    let mut known: Vec<&str> = syntax::SYNTAXES
        .iter()
        .flat_map(|syntax| syntax.extensions)
        .chain(syntax::DATA.iter().flat_map(|data| data.extensions))
        .copied()
        .collect();
    known.sort_unstable();
    let expected = format!(r"  files: '(?i)\.({})$'", known.join("|"));
    let said: Vec<&str> = hooks
        .lines()
        .filter(|line| line.trim_start().starts_with("files:"))
        .collect();
    assert_eq!(said, vec![expected; 3]);
    for line in ["\n  require_serial: true", "\n  language: "] {
        assert_eq!(hooks.matches(line).count(), 4, "each hook says `{line}`");
    }
    let named = hooks.matches("--force-exclude\n").count();
    assert_eq!(named, hooks.matches("types_or: [text, binary]").count());
    assert_eq!(hooks.matches("language: python").count(), 3);
}

#[test]
fn the_wheel_carries_the_program_and_its_lock_file_counts() {
    let project = read(&root().join("pyproject.toml"));
    for part in ["bindings = \"bin\"", "locked = true", "name = \"caveat\""] {
        assert!(project.contains(part), "pyproject.toml has no {part}");
    }
}

/// What a hook names: each file of a repository that git follows.
#[test]
fn named_files_that_a_walk_would_not_find_are_left_out() {
    let project = folder(&[
        (".git/HEAD", ""),
        (".gitignore", "generated/\n*.tmp.md\n"),
        ("page.md", BAD),
        ("docs/page.md", BAD),
        ("docs/.gitignore", "!kept.tmp.md\n"),
        ("docs/kept.tmp.md", BAD),
        (".github/PULL_REQUEST_TEMPLATE.md", BAD),
        ("generated/page.md", BAD),
        ("old.tmp.md", BAD),
        ("node_modules/dependency/README.md", BAD),
        ("src/main.rs", "// guaranteed returns of 12 %"),
        ("data/strings.json", "{\"a\": \"guaranteed returns\"}"),
    ]);
    let names = [
        "page.md",
        "docs/page.md",
        "docs/kept.tmp.md",
        ".github/PULL_REQUEST_TEMPLATE.md",
        "generated/page.md",
        "old.tmp.md",
        "node_modules/dependency/README.md",
        "src/main.rs",
        "data/strings.json",
    ];
    let paths = |arguments: &[&str]| {
        let report = report(project.path(), arguments);
        let mut paths: Vec<String> = crate::list(&report, "findings")
            .iter()
            .map(|finding| text(finding, "path").to_owned())
            .collect();
        paths.dedup();
        paths
    };
    let walked = paths(&["."]);
    assert_eq!(walked, ["docs/kept.tmp.md", "docs/page.md", "page.md"]);
    assert_eq!(
        paths(&[&["--force-exclude"], &names[..]].concat()),
        walked,
        "a hook and a walk find the same"
    );
    // in batches, as hooks run where they are not serial
    let mut batches: Vec<String> = names
        .chunks(2)
        .flat_map(|batch| paths(&[&["--force-exclude"], batch].concat()))
        .collect();
    batches.sort();
    assert_eq!(batches, walked);
    // what someone names is read, whatever ignores it
    assert_eq!(paths(&["generated/page.md"]), ["generated/page.md"]);
    assert_eq!(
        paths(&["--force-exclude", "--no-ignore", "generated/page.md"]),
        ["generated/page.md"]
    );
}

#[test]
fn hooks_that_name_nothing_to_check_pass() {
    let project = folder(&[("src/main.rs", "fn main() {}")]);
    put(project.path(), "page.md", b"# Words\n");
    let ran = caveat(project.path(), &["check", "--force-exclude", "src/main.rs"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "0 files checked: nothing found\n")
    );
    assert_eq!(ran.err, "caveat: no files to check here\n");
}
