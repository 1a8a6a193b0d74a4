//! `caveat init`: what it finds in a repository it says, and what it writes is valid, keeps what was there and changes no finding.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use caveat::Source;
use caveat::project::Config;
use caveat::project::init::{HOOK, Hooked, hooked};

use crate::{Ran, TODAY, caveat, files_under, folder, list, put, read, report, root, text};

const PROMISE: &str = "Guaranteed returns of 12% a year.\n";
const RISK: &str = "Trading involves risk and you may lose money.\n";

fn init(folder: &Path, arguments: &[&str]) -> Ran {
    caveat(folder, &[&["init", "--as-of", TODAY], arguments].concat())
}

/// What `--dry-run` prints: what was found, and the file.
fn dry(folder: &Path) -> (String, String) {
    let ran = init(folder, &["--dry-run"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'));
    (ran.err, ran.out)
}

/// The mistakes in a caveat.toml.
fn mistakes(toml: &str) -> Vec<String> {
    let (_, mistakes) = Config::parse(&Arc::new(Source::new("caveat.toml", toml)));
    mistakes.into_iter().map(|of| of.message).collect()
}

/// The tables that stand in comments.
fn in_comments(toml: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut open = false;
    for line in toml.lines() {
        match line.strip_prefix("# ") {
            Some(line) if line.starts_with('[') => {
                open = true;
                blocks.push(format!("{line}\n"));
            }
            Some(line) if open && line.contains(" = ") => {
                if let Some(block) = blocks.last_mut() {
                    *block += &format!("{line}\n");
                }
            }
            _ => open = false,
        }
    }
    blocks
}

/// Says what is wrong with what would be written for a folder.
fn wrong(toml: &str) -> Vec<String> {
    let mut wrong = mistakes(toml);
    for block in in_comments(toml) {
        let of = mistakes(&block).into_iter();
        wrong.extend(of.map(|message| format!("{message} in\n{block}")));
    }
    wrong
}

fn lines<'a>(told: &'a str, section: &str) -> Vec<&'a str> {
    let after = told.lines().skip_while(|line| *line != section).skip(1);
    after
        .map_while(|line| line.strip_prefix("  "))
        .collect::<Vec<_>>()
}

#[test]
fn a_hugo_site_is_told_with_its_shortcodes_strings_and_languages() {
    let site = folder(&[
        (
            "hugo.toml",
            "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n",
        ),
        (
            "content/en/post.md",
            "# Gold\n\nTrade CFDs with us.\n\n{{< risk >}}\n",
        ),
        ("content/en/promise.md", PROMISE),
        ("content/de/post.md", "# Gold\n\n{{< gone >}}\n"),
        ("content/de/other.md", "# Silber\n\n{{< gone >}}\n"),
        ("layouts/shortcodes/risk.html", RISK),
        ("layouts/shortcodes/unused.html", RISK),
        (
            "i18n/en.yaml",
            "risk: Trading involves risk and you may lose money.\n",
        ),
    ]);
    let (told, toml) = dry(site.path());
    assert_eq!(lines(&told, "sites"), ["Hugo by hugo.toml, 4 pages"]);
    assert_eq!(
        lines(&told, "languages"),
        ["de: content/de/**, 2 pages", "en: content/en/**, 2 pages"]
    );
    let held = lines(&told, "shared files that hold a disclaimer").join("\n");
    assert!(held.contains("layouts/shortcodes/risk.html") && held.contains("; 1 page"));
    assert!(held.contains("layouts/shortcodes/unused.html") && held.contains("no page was seen"));
    assert_eq!(
        lines(&told, "strings that hold a disclaimer"),
        ["i18n/en.yaml: risk"]
    );
    let gone = lines(&told, "calls that nothing in the repository answers");
    assert!(
        gone[0].starts_with("{{< gone >}} in content/de/other.md and 1 more: "),
        "{gone:?}"
    );
    assert!(
        toml.contains("path = [\"content/de/**\"]\nlanguage = \"de\"\n"),
        "{toml}"
    );
    assert!(toml.contains("[site]\nfolder = \"public\"\n"));
    assert!(toml.contains("# shortcode = \"gone\"\n"));
    assert_eq!(wrong(&toml), [] as [&str; 0]);
}

#[test]
fn a_jekyll_site_is_told_with_its_includes_and_affiliate_links() {
    let site = folder(&[
        ("_config.yml", "title: A blog\n"),
        (
            "_posts/2026-01-01-a.md",
            "---\nlayout: post\n---\nTrade CFDs with us. [Buy](https://amzn.to/x) [it](https://shop.example/?ref=me)\n",
        ),
        ("_posts/2026-01-02-b.md", "[One](https://amzn.to/y)\n"),
        (
            "_layouts/post.html",
            "<main>{{ content }}</main>{% include risk.html %}\n",
        ),
        ("_includes/risk.html", &format!("<p>{RISK}</p>")),
    ]);
    let (told, toml) = dry(site.path());
    assert_eq!(lines(&told, "sites"), ["Jekyll by _config.yml, 2 pages"]);
    let held = lines(&told, "shared files that hold a disclaimer").join("\n");
    assert!(held.contains("_includes/risk.html"), "{told}");
    assert_eq!(
        lines(&told, "links that look like affiliate links"),
        [
            "*://amzn.to/*: 2 links on 2 pages",
            "*[?&]ref=*: 1 link on 1 page"
        ]
    );
    assert!(toml.contains("folder = \"_site\""));
    assert!(toml.contains("# Links that look like affiliate links: 3."));
    assert_eq!(wrong(&toml), [] as [&str; 0]);
    // the globs that are offered work in a rule
    let links = toml
        .lines()
        .find_map(|line| line.strip_prefix("#   links = "))
        .expect("globs");
    let pack = format!(
        "[pack]\nname = \"own\"\ntitle = \"Own\"\n[[rule]]\nid = \"paid\"\ntitle = \"t\"\nseverity = \"error\"\nmessage = \"m\"\n[rule.when]\nlinks = {links}\n[rule.required]\nany = [\"commission\"]\n[[rule.example]]\nfails = \"[a](https://amzn.to/1)\"\n[[rule.example]]\npasses = \"a\"\n[[rule.example]]\npasses = \"[a](https://amzn.to/1) for a commission\"\n"
    );
    put(site.path(), "own.toml", pack.as_bytes());
    let found = report(site.path(), &["--pack", "own.toml"]);
    assert_eq!(found["summary"]["errors"], 2, "{found}");
}

#[test]
fn a_docusaurus_site_is_told_with_its_components() {
    let site = folder(&[
        ("docusaurus.config.js", "module.exports = {};\n"),
        (
            "docs/a.mdx",
            "import Risk from '../src/Risk';\n\nTrade CFDs with us.\n\n<Risk />\n\n<Banner />\n",
        ),
        (
            "src/Risk.jsx",
            "export default function Risk() {\n  return <p>Trading involves risk and you may lose money.</p>;\n}\n",
        ),
        ("i18n/fr/docs/a.mdx", "# Or\n"),
        ("i18n/pt-BR/docs/a.mdx", "# Ouro\n"),
    ]);
    let (told, toml) = dry(site.path());
    assert_eq!(
        lines(&told, "sites"),
        ["Docusaurus by docusaurus.config.js, 3 pages"]
    );
    assert_eq!(
        lines(&told, "languages"),
        ["fr: i18n/fr/**, 1 page", "pt: i18n/pt-BR/**, 1 page"]
    );
    let held = lines(&told, "shared files that hold a disclaimer").join("\n");
    assert!(held.contains("src/Risk.jsx"), "{told}");
    assert!(toml.contains("folder = \"build\""));
    assert_eq!(wrong(&toml), [] as [&str; 0]);
}

#[test]
fn a_plain_folder_needs_no_config_and_init_changes_no_finding() {
    let plain = folder(&[
        ("a.md", PROMISE),
        ("b.txt", RISK),
        ("soup.md", "# Soup\n\nBoil the water.\n"),
    ]);
    let before = report(plain.path(), &[]);
    assert_eq!(before["summary"]["errors"], 1, "{before}");
    let ran = init(plain.path(), &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert_eq!(lines(&ran.out, "pages"), ["2 markdown, 1 text"]);
    assert_eq!(lines(&ran.out, "sites"), [] as [&str; 0]);
    assert!(
        ran.out
            .contains("core/promised-returns: 1 finding on 1 page"),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .ends_with("wrote caveat.toml\n`caveat check` shows the findings\n"),
        "{}",
        ran.out
    );
    let after = report(plain.path(), &[]);
    for of in ["packs", "changed", "summary", "findings", "waived", "met"] {
        assert_eq!(before[of], after[of], "{of}");
    }
    // nothing else was written
    let names: Vec<_> = files_under(plain.path())
        .iter()
        .map(|path| path.file_name().expect("a name").to_owned())
        .collect();
    assert_eq!(names, ["a.md", "b.txt", "caveat.toml", "soup.md"]);
}

#[test]
fn nothing_to_check_is_told() {
    let empty = folder(&[("main.rs", "fn main() {}\n")]);
    let (told, toml) = dry(empty.path());
    assert!(told.starts_with("pages\n  none: "), "{told}");
    assert_eq!(wrong(&toml), [] as [&str; 0]);
}

/// The sites of the tests and the examples.
fn trees() -> Vec<PathBuf> {
    let below = |of: &str| {
        let entries = std::fs::read_dir(root().join(of)).expect("a folder");
        entries.map(|entry| entry.expect("an entry").path())
    };
    let mut trees: Vec<PathBuf> = below("tests/sites").chain(below("examples")).collect();
    trees.retain(|path| path.is_dir());
    trees.sort();
    assert!(trees.len() > 12, "{trees:?}");
    trees
}

#[test]
fn what_is_written_is_valid_and_what_is_told_is_what_check_finds() {
    let schema = caveat(root(), &["schema", "config"]).out;
    let mut written = Vec::new();
    for tree in trees() {
        let (told, toml) = dry(&tree);
        assert_eq!(wrong(&toml), [] as [&str; 0], "{}", tree.display());
        let found = report(&tree, &["--isolated", "--pack", "core"]);
        let rules: std::collections::BTreeSet<&str> = list(&found, "findings")
            .iter()
            .map(|of| text(of, "rule"))
            .filter(|rule| rule.starts_with("core/"))
            .collect();
        for rule in rules {
            let count = list(&found, "findings")
                .iter()
                .filter(|of| text(of, "rule") == rule)
                .count();
            let s = if count == 1 { "" } else { "s" };
            assert!(
                told.contains(&format!("  {rule}: {count} finding{s} on ")),
                "{}: {rule} {count}\n{told}",
                tree.display()
            );
        }
        // with it the program runs, and nothing in it is wrong or unused
        let config = folder(&[("caveat.toml", &toml)]);
        let config = config.path().join("caveat.toml");
        let found = report(&tree, &["--config", &config.to_string_lossy()]);
        let of_config: Vec<_> = list(&found, "findings")
            .iter()
            .filter(|of| of["code"] == "config")
            .collect();
        assert!(of_config.is_empty(), "{of_config:?}");
        written.push(toml);
    }
    let kept = folder(&[]);
    let files: Vec<String> = written
        .iter()
        .enumerate()
        .map(|(number, toml)| {
            let path = put(kept.path(), &format!("{number}.toml"), toml.as_bytes());
            path.to_string_lossy().into_owned()
        })
        .collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    if let Some(valid) = crate::cli::valid(&schema, &files) {
        assert!(
            valid.len() == files.len() && valid.iter().all(|of| *of),
            "{valid:?}"
        );
    }
}

#[test]
fn countries_are_not_taken_for_languages() {
    let site = folder(&[
        ("content/uk/a.md", "a"),
        ("content/de/a.md", "a"),
        ("docs/it/security.md", "a"),
        ("docs/no/a.md", "a"),
        ("help/a.fr.md", "a"),
        ("help/a.nl.md", "a"),
        ("one/id/a.md", "a"),
        ("zh-Hans/a.md", "a"),
    ]);
    let (told, toml) = dry(site.path());
    let languages = lines(&told, "languages").join("\n");
    assert!(!languages.contains("content/"), "{languages}");
    assert!(!languages.contains("one/id"), "{languages}");
    assert!(languages.contains("zh: zh-Hans/**") && languages.contains("fr: **/*.fr.*"));
    let places = lines(&told, "folders named after places");
    assert_eq!(places.len(), 2, "{places:?}");
    assert!(
        toml.contains("# [[scope]]\n# path = [\"content/uk/**\"]\n# jurisdiction = [\"uk\"]\n")
    );
    assert_eq!(wrong(&toml), [] as [&str; 0]);
}

#[cfg(unix)]
#[test]
fn hostile_names_stay_names() {
    let site = folder(&[
        ("hugo.toml", ""),
        ("we\u{1b}[31mird\"[x]\n[evil]\\/de/a.md", "{{< ri\"sk >}}\n"),
        (
            "we\u{1b}[31mird\"[x]\n[evil]\\/fr/a.md",
            "{{< \u{202e}sk >}}\n<B\u{7} />\n",
        ),
        (
            "i18n/e\"n.yaml",
            "\"k\\ney\": Trading involves risk and you may lose money.\n",
        ),
    ]);
    let (told, toml) = dry(site.path());
    assert!(!told.contains('\u{202e}') && !toml.contains(['\u{202e}', '\u{7}']));
    assert_eq!(wrong(&toml), [] as [&str; 0], "{toml}");
    let ran = init(site.path(), &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let found = report(site.path(), &[]);
    assert!(
        list(&found, "findings")
            .iter()
            .all(|of| of["code"] != "config"),
        "{found}"
    );
    // the globs mean these folders and no others
    let (config, _) = Config::parse(&Arc::new(Source::new("caveat.toml", toml.as_str())));
    let facets = config.facets("we\u{1b}[31mird\"[x]\n[evil]\\/de/a.md");
    assert_eq!(facets.get("language"), Some(&vec!["de".to_owned()]));
    assert!(config.facets("wex/de/a.md").is_empty());
}

#[test]
fn what_is_there_is_not_written_over() {
    let own = "packs = [\"house\"]\n";
    let project = folder(&[("caveat.toml", own), ("a.md", "a")]);
    let path = project.path().join("caveat.toml");
    let ran = init(project.path(), &[]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.contains("caveat.toml is there: `--force`"),
        "{}",
        ran.err
    );
    assert_eq!(read(&path), own);
    let (_, toml) = dry(project.path());
    assert_eq!(read(&path), own);
    let ran = init(project.path(), &["--force"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(read(&path), toml);
    let gone = init(project.path(), &["nowhere"]);
    assert_eq!(
        (gone.code, gone.err.as_str()),
        (2, "caveat: nowhere is no folder\n")
    );
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let outside = folder(&[("theirs.toml", "theirs\n"), ("hooks.yaml", "repos: []\n")]);
    let project = folder(&[("a.md", "a"), (".git/HEAD", "")]);
    let link = |name: &str, to: &str| {
        std::os::unix::fs::symlink(outside.path().join(to), project.path().join(name))
            .expect("linked");
    };
    link("caveat.toml", "theirs.toml");
    link(".pre-commit-config.yaml", "hooks.yaml");
    let ran = init(project.path(), &["--force", "--pre-commit"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("caveat.toml is a link"), "{}", ran.err);
    std::fs::remove_file(project.path().join("caveat.toml")).expect("removed");
    let ran = init(project.path(), &["--pre-commit"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out
            .contains("it is no plain file. Add under `repos:`:\n\n- repo: local")
    );
    assert_eq!(read(&outside.path().join("theirs.toml")), "theirs\n");
    assert_eq!(read(&outside.path().join("hooks.yaml")), "repos: []\n");
}

#[test]
fn the_hook_of_pre_commit_is_written_once() {
    let project = folder(&[("a.md", "a"), (".git/HEAD", "")]);
    let hooks = project.path().join(".pre-commit-config.yaml");
    let ran = init(project.path(), &["--pre-commit"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out
            .contains("added caveat to .pre-commit-config.yaml\n")
    );
    let first = read(&hooks);
    assert!(first.starts_with("repos:\n  - repo: local\n    hooks:\n      - id: caveat\n"));
    let ran = init(project.path(), &["--pre-commit", "--force"]);
    assert!(ran.out.contains("has caveat already"), "{}", ran.out);
    assert_eq!(read(&hooks), first);
    // pre-commit reads the root of the repository alone
    let inner = put(project.path(), "docs/b.md", b"b");
    let ran = init(inner.parent().expect("a folder"), &["--pre-commit"]);
    assert!(ran.out.contains("belongs in the root"), "{}", ran.out);
    assert!(!inner.with_file_name(".pre-commit-config.yaml").exists());
}

#[test]
fn the_hook_is_added_to_what_is_there_or_not_at_all() {
    let with = |text: &str| match hooked(text) {
        Hooked::With(with) => with,
        other => panic!("{other:?} for {text}"),
    };
    let ours = |indent: &str| -> String {
        HOOK.lines()
            .map(|line| format!("{indent}{line}\n"))
            .collect()
    };
    let theirs =
        "# ours\nrepos:\n- repo: https://example.com/a\n  rev: v1 # pinned\n  hooks:\n  - id: a\n";
    assert_eq!(with(theirs), format!("{theirs}{}", ours("")));
    let indented = "default_stages: [pre-commit]\nrepos:\n    # first\n    - repo: local\n      hooks:\n        - id: a\n          name: |\n            two\n            lines";
    assert_eq!(with(indented), format!("{indented}\n{}", ours("    ")));
    // before what follows, and with the line ends that are there
    let followed =
        "repos:\r\n  - repo: local\r\n    hooks: []\r\n\r\n# bots\r\nci:\r\n  skip: [a]\r\n";
    let at = followed.find("\r\n\r\n").expect("there") + 2;
    assert_eq!(
        with(followed),
        format!(
            "{}{}{}",
            &followed[..at],
            ours("  ").replace('\n', "\r\n"),
            &followed[at..]
        )
    );
    for no in [
        "repos: []\n",
        "repos: [{repo: local, hooks: []}]\n",
        "repos: *there\n",
        "repos:\n  -\trepo: x\n   bad\n",
        "fail_fast: true\n",
        "repos:\n  - repo: local\n    hooks: [\n  {id: a},\n  ]\n  - [\n",
        "repos:\n  {a: b}\n",
        "--- \nrepos:\n",
    ] {
        assert!(
            matches!(hooked(no), Hooked::No(_)),
            "{no}: {:?}",
            hooked(no)
        );
    }
    assert_eq!(hooked(&with(theirs)), Hooked::Already);
    assert_eq!(
        hooked(
            "repos:\n- repo: https://example.com/caveat\n  rev: v1\n  hooks:\n  - id: caveat-src\n"
        ),
        Hooked::Already
    );
}

#[test]
fn a_baseline_holds_what_is_found_today_when_it_is_asked_for() {
    let site = folder(&[("page.md", PROMISE), ("other.md", "Words.\n")]);
    let ran = init(site.path(), &["--baseline"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out
            .contains("wrote caveat-baseline.json: it holds 1 finding\n"),
        "{}",
        ran.out
    );
    let check = |arguments: &[&str]| {
        let fixed = ["check", "--format", "concise", "--as-of", TODAY];
        caveat(site.path(), &[&fixed, arguments].concat())
    };
    let known = check(&[]);
    assert_eq!(
        (known.code, known.out.as_str(), known.err.as_str()),
        (0, "", "")
    );
    put(site.path(), "other.md", PROMISE.as_bytes());
    let new = check(&[]);
    assert_eq!(new.code, 1);
    assert!(new.out.starts_with("other.md:1:1: error"), "{}", new.out);
    // neither file is written over unasked
    std::fs::remove_file(site.path().join("caveat.toml")).expect("removed");
    let again = init(site.path(), &["--baseline"]);
    assert_eq!((again.code, again.out.as_str()), (2, ""));
    assert!(
        again.err.contains("caveat-baseline.json is there"),
        "{}",
        again.err
    );
    assert!(!site.path().join("caveat.toml").exists());
    let forced = init(site.path(), &["--baseline", "--force"]);
    assert!(
        forced.out.contains("it holds 2 findings\n"),
        "{}",
        forced.out
    );
}
