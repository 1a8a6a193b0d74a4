//! Fixes put approved wording in place, touch nothing else, and leave nothing for a second run.

use std::path::Path;

use crate::{Ran, TODAY, caveat, caveat_reading, folder, list, put, read, report, text};

const WORDING: &str = "Don't invest unless you're prepared to lose all the money you invest. This is a high-risk investment.";

pub(crate) const PACK: &str = r#"
[pack]
name = "case"
title = "A pack for fixes"

[[disclosure]]
id = "warning"
title = "Warning"
[[disclosure.version]]
until = 2024-01-01
text.en = "Do not invest unless you are prepared to lose all the money you invest. It is a risky investment."
[[disclosure.version]]
from = 2024-01-01
text.en = "Don't invest unless you're prepared to lose all the money you invest. This is a high-risk investment."

[[disclosure]]
id = "loss"
title = "Loss"
[[disclosure.version]]
text.en = "In our house {percent} of accounts lose money when they trade with us on margin."

[[rule]]
id = "warning"
title = "Warning"
severity = "error"
message = "no warning"
[rule.when]
mentions = ["bitcoin"]
[rule.required]
disclosure = "warning"

[[rule]]
id = "loss"
title = "Loss"
severity = "error"
message = "no loss"
[rule.when]
mentions = ["margin account"]
[rule.required]
disclosure = "loss"
"#;

fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let fixed = [
        (".git/HEAD", ""),
        ("pack.toml", PACK),
        ("caveat.toml", "packs = [\"pack.toml\"]\n"),
    ];
    folder(&[&fixed, files].concat())
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    caveat(folder, &[&["check", "--as-of", TODAY], arguments].concat())
}

/// What `--fix` makes of a page, which a second run leaves as it is.
fn fixed(name: &str, before: &str) -> String {
    let project = project(&[(name, before)]);
    let ran = run(project.path(), &["--fix"]);
    assert_eq!(ran.code, 0, "{name}: {}{}", ran.out, ran.err);
    let after = read(&project.path().join(name));
    let again = run(project.path(), &["--fix"]);
    assert_eq!((again.code, again.err.as_str()), (0, ""), "{name}");
    assert_eq!(read(&project.path().join(name)), after, "{name}");
    let diff = run(project.path(), &["--diff"]);
    assert_eq!((diff.code, diff.out.as_str()), (0, ""), "{name}");
    after
}

/// The page as it is, with nothing to fix.
fn unfixed(name: &str, before: &str) {
    let project = project(&[(name, before)]);
    let ran = run(project.path(), &["--fix", "--unsafe-fixes"]);
    assert_eq!(ran.code, 1, "{name}: {}{}", ran.out, ran.err);
    assert_eq!(read(&project.path().join(name)), before, "{name}");
    for finding in list(&report(project.path(), &[]), "findings") {
        assert!(finding["fix"].is_null(), "{finding}");
    }
}

#[test]
fn only_changed_words_of_an_altered_wording_are_replaced() {
    let wrong = |written: &str| format!("# Bitcoin\n\nBefore it.\n\n{written}\n\n- after it\n");
    for (written, mended) in [
        (
            "Do invest unless you're prepared to lose all the money you invest. This is a high-risk investment.",
            WORDING,
        ),
        (
            "**Don't** invest unless *you are* prepared to lose\nall the [money](/m) you invest. This is a high risk thing.",
            "**Don't** invest unless *you're* prepared to lose\nall the [money](/m) you invest. This is a high-risk investment.",
        ),
        (
            "Don&#39;t invest unless you’re ready to lose all the money you invest. This is a high-risk investment.",
            "Don&#39;t invest unless you’re prepared to lose all the money you invest. This is a high-risk investment.",
        ),
        (
            "Don't invest unless you're prepared to lose all the money you invest. This is really a high-risk investment.",
            WORDING,
        ),
        (
            "Don't invest unless you're prepared to lose all the money you invest! This is a high-risk investment.",
            WORDING,
        ),
    ] {
        assert_eq!(fixed("page.md", &wrong(written)), wrong(mended));
        let html = |words: &str| format!("<h1>Bitcoin</h1>\n<p>{words}</p>\n");
        if !written.contains(['*', '[']) {
            assert_eq!(fixed("page.html", &html(written)), html(mended));
        }
    }
}

#[test]
fn a_superseded_wording_becomes_the_one_that_holds() {
    let old = "Do not invest unless you are prepared to lose all the money you invest. It is a risky investment.";
    let page = |words: &str| format!("Bitcoin for all.\n\n> {words}\n");
    assert_eq!(fixed("page.md", &page(old)), page(WORDING));
}

#[test]
fn a_missing_wording_is_added_where_the_page_ends() {
    let cases = [
        (
            "list.md",
            "---\ntitle: A\n---\n# Bitcoin\n\n- one\n- two\n",
            format!("---\ntitle: A\n---\n# Bitcoin\n\n- one\n- two\n\n{WORDING}\n"),
        ),
        (
            "crlf.md",
            "# Bitcoin\r\n\r\nNow.\r\n\r\n[l]: /link\r\n",
            format!("# Bitcoin\r\n\r\nNow.\r\n\r\n[l]: /link\r\n\r\n{WORDING}\r\n"),
        ),
        (
            "mark.md",
            "\u{feff}Bitcoin, and no line end",
            format!("\u{feff}Bitcoin, and no line end\n\n{WORDING}\n"),
        ),
        (
            "page.mdx",
            "export const a = 1\n\n# Bitcoin\n",
            format!("export const a = 1\n\n# Bitcoin\n\n{WORDING}\n"),
        ),
        (
            "page.html",
            "<body>\n<main>\n<p>Bitcoin</p>\n</main>\n<footer>us</footer>\n</body>\n",
            format!(
                "<body>\n<main>\n<p>Bitcoin</p>\n<p>{WORDING}</p>\n</main>\n<footer>us</footer>\n</body>\n"
            ),
        ),
        (
            "part.html",
            "<p>Bitcoin</p>\n<!-- </main> -->\n",
            format!("<p>Bitcoin</p>\n<!-- </main> -->\n<p>{WORDING}</p>\n"),
        ),
        (
            "page.rst",
            "Bitcoin\n=======\n\n* one\n",
            format!("Bitcoin\n=======\n\n* one\n\n{WORDING}\n"),
        ),
        (
            "page.adoc",
            "= Bitcoin\n\n* one\n",
            format!("= Bitcoin\n\n* one\n\n{WORDING}\n"),
        ),
        (
            "page.txt",
            "Bitcoin for all.\n",
            format!("Bitcoin for all.\n\n{WORDING}\n"),
        ),
    ];
    for (name, before, after) in cases {
        assert_eq!(fixed(name, before), after, "{name}");
    }
}

#[test]
fn what_would_not_mend_is_not_offered() {
    // the end of the page is code, a comment, an element that hides
    unfixed("fence.md", "# Bitcoin\n\n```sh\nrun\n");
    unfixed("comment.md", "# Bitcoin\n\n<!-- to do\n");
    unfixed("hidden.md", "# Bitcoin\n\n<div hidden>\n\nwords\n");
    // a value that someone must know
    unfixed("slot.md", "Open a margin account.\n");
    // words of a link alone: it would be left with none
    unfixed(
        "link.adoc",
        "= Bitcoin\n\nDon't invest unless you're prepared to lose all the money you invest. link:/join[Join] This is a high-risk investment.\n",
    );
    // there in a comment: what is to become of it, a person says
    unfixed("seen.md", &format!("# Bitcoin\n\n<!-- {WORDING} -->\n"));
}

#[test]
fn wrong_words_of_a_shared_file_are_mended_in_it() {
    let project = project(&[
        ("hugo.toml", "title = \"A\"\n"),
        ("content/a.md", "# Bitcoin\n\n{{< risk >}}\n"),
        ("content/b.md", "# Bitcoin again\n\n{{< risk >}}\n"),
        (
            "layouts/shortcodes/risk.html",
            "<p class=\"r\">Do invest unless you're prepared to lose <b>all the money</b> you invest. This is a high-risk investment.</p>\n",
        ),
    ]);
    let ran = run(project.path(), &["--fix"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (0, "caveat: fixed 1 finding in 1 file\n"),
        "{}",
        ran.out
    );
    assert_eq!(
        read(&project.path().join("layouts/shortcodes/risk.html")),
        "<p class=\"r\">Don't invest unless you're prepared to lose <b>all the money</b> you invest. This is a high-risk investment.</p>\n"
    );
    assert_eq!(
        read(&project.path().join("content/a.md")),
        "# Bitcoin\n\n{{< risk >}}\n"
    );
}

#[test]
fn a_diff_shows_what_a_fix_writes_and_writes_nothing() {
    let before = "# Bitcoin\n\nNow.\n";
    let project = project(&[("page.md", before)]);
    let ran = run(project.path(), &["--diff"]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.out,
        format!(
            "--- a/page.md\n+++ b/page.md\n@@ -1,3 +1,5 @@\n # Bitcoin\n \n Now.\n+\n+{WORDING}\n"
        )
    );
    assert_eq!(ran.err, "caveat: would fix 1 finding in 1 file\n");
    assert_eq!(read(&project.path().join("page.md")), before);
}

#[test]
fn a_page_on_standard_input_comes_out_fixed() {
    let project = project(&[]);
    let arguments = [
        "check",
        "--as-of",
        TODAY,
        "--fix",
        "-",
        "--stdin-filename",
        "page.md",
    ];
    let ran = caveat_reading(project.path(), &arguments, b"# Bitcoin\n");
    assert_eq!(ran.code, 0);
    assert_eq!(ran.out, format!("# Bitcoin\n\n{WORDING}\n"));
    assert!(
        ran.err
            .starts_with("1 file checked: nothing found\njudged by "),
        "{}",
        ran.err
    );
    let ran = caveat_reading(project.path(), &arguments, b"# Bitcoin\n\n```\n");
    assert_eq!((ran.code, ran.out.as_str()), (1, "# Bitcoin\n\n```\n"));
    assert!(ran.err.contains("no warning"));
}

#[test]
fn unsafe_fixes_are_asked_for() {
    let project = project(&[("page.md", "# Bitcoin\n")]);
    let ran = run(project.path(), &["--unsafe-fixes"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.err,
        "caveat: `--unsafe-fixes` goes with `--fix` or `--diff`\n"
    );
}

#[test]
fn fixes_in_json_give_the_text_that_a_fix_writes() {
    let before = "# Bitcoin\n\nDo invest unless you're prepared to lose all the money you invest. This is a high-risk thing.\n";
    let project = project(&[("page.md", before)]);
    let report = report(project.path(), &[]);
    let [finding] = list(&report, "findings") else {
        panic!("{report}")
    };
    let fix = &finding["fix"];
    assert_eq!(
        (text(fix, "title"), &fix["safe"]),
        ("restore the approved wording", &true.into())
    );
    let mut after = before.to_owned();
    for edit in list(fix, "edits").iter().rev() {
        let at = |key: &str| usize::try_from(edit[key].as_u64().expect("a byte")).expect("small");
        after.replace_range(at("start")..at("end"), text(edit, "text"));
    }
    assert_eq!(after, format!("# Bitcoin\n\n{WORDING}\n"));
    assert_eq!(run(project.path(), &["--fix"]).code, 0);
    assert_eq!(read(&project.path().join("page.md")), after);
}

#[cfg(unix)]
#[test]
fn what_a_file_is_stays_and_nothing_outside_is_written() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let outside = folder(&[("page.md", "# Bitcoin\n")]);
    let project = project(&[("page.md", "# Bitcoin\n"), ("other.md", "# Bitcoin\n")]);
    let path = |name: &str| project.path().join(name);
    std::fs::set_permissions(path("page.md"), std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink(outside.path().join("page.md"), path("out.md")).unwrap();
    symlink("other.md", path("link.md")).unwrap();
    put(
        project.path(),
        "wide.md",
        &[
            &[0xff, 0xfe][..],
            &"# Bitcoin\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<_>>(),
        ]
        .concat(),
    );
    let ran = run(
        project.path(),
        &["--fix", "page.md", "link.md", "out.md", "wide.md"],
    );
    assert_eq!(ran.code, 1, "{}", ran.err);
    let mode = std::fs::metadata(path("page.md")).unwrap().permissions();
    assert_eq!(mode.mode() & 0o777, 0o640);
    let mended = format!("# Bitcoin\n\n{WORDING}\n");
    assert_eq!(read(&path("page.md")), mended);
    assert_eq!(read(&path("other.md")), mended);
    assert!(path("link.md").symlink_metadata().unwrap().is_symlink());
    assert_eq!(read(&outside.path().join("page.md")), "# Bitcoin\n");
    assert!(ran.out.contains("out.md") && ran.out.contains("wide.md"));
    assert_eq!(std::fs::read(path("wide.md")).unwrap().len(), 2 + 20);
}

#[test]
fn a_file_that_changed_meanwhile_is_not_written() {
    let folder = project(&[("page.md", "# Bitcoin\n")]);
    let options = caveat::project::Options {
        cwd: folder.path().to_owned(),
        as_of: TODAY.parse().expect("a date"),
        ..Default::default()
    };
    let project = caveat::project::Project::load(&options).expect("it loads");
    let page = folder.path().join("page.md");
    let (report, errors) = project.check(std::slice::from_ref(&page), false, &|| ());
    assert!(errors.is_empty());
    let fixed = project.fixed(&report, false);
    assert_eq!(fixed.len(), 1);
    put(folder.path(), "page.md", b"# Bitcoin and more\n");
    let error = fixed[0].write().expect_err("it has changed");
    assert_eq!(
        error.to_string(),
        "page.md has changed since it was read: it was left as it is"
    );
    assert_eq!(read(&page), "# Bitcoin and more\n");
    put(folder.path(), "page.md", b"# Bitcoin\n");
    fixed[0].write().expect("it is as it was");
    assert_eq!(read(&page), format!("# Bitcoin\n\n{WORDING}\n"));
}

#[test]
fn the_call_that_other_pages_have_is_added_where_one_lacks_it() {
    let project = project(&[
        ("hugo.toml", "title = \"A\"\n"),
        ("content/a.md", "# Bitcoin\n\n{{< risk >}}\n"),
        ("content/b.md", "# Bitcoin\n\n{{< risk kind=\"long\" >}}\n"),
        ("content/c.md", "# Bitcoin\n\n{{< risk >}}\n"),
        ("content/d.md", "# Bitcoin again\n\n- one\n"),
        ("content/e.html", "<p>Bitcoin</p>\n"),
        (
            "layouts/shortcodes/risk.html",
            &format!("<p>{WORDING}</p>\n"),
        ),
    ]);
    let ran = run(project.path(), &["--fix"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (0, "caveat: fixed 2 findings in 2 files\n"),
        "{}",
        ran.out
    );
    let page = |name: &str| read(&project.path().join(name));
    assert_eq!(
        page("content/d.md"),
        "# Bitcoin again\n\n- one\n\n{{< risk >}}\n"
    );
    // no other page of HTML says how it is brought in there
    assert_eq!(
        page("content/e.html"),
        format!("<p>Bitcoin</p>\n<p>{WORDING}</p>\n")
    );
}

#[test]
fn a_component_comes_with_its_import() {
    let with = "---\ntitle: A\n---\n\nimport Risk from './Risk.jsx'\n\n# Bitcoin\n\n<Risk />\n";
    let project = project(&[
        ("docusaurus.config.js", ""),
        ("docs/a.mdx", with),
        ("docs/b.mdx", "---\ntitle: B\n---\n\n# Bitcoin\n"),
        ("docs/c.mdx", "# Bitcoin\n"),
        ("docs/far/d.mdx", "# Bitcoin\n"),
        (
            "docs/Risk.jsx",
            &format!("export default function Risk() {{ return <p>{{\"{WORDING}\"}}</p> }}\n"),
        ),
    ]);
    let ran = run(project.path(), &["--fix"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let page = |name: &str| read(&project.path().join(name));
    assert_eq!(
        page("docs/b.mdx"),
        "---\ntitle: B\n---\n\nimport Risk from './Risk.jsx'\n\n# Bitcoin\n\n<Risk />\n"
    );
    assert_eq!(
        page("docs/c.mdx"),
        "import Risk from './Risk.jsx'\n\n# Bitcoin\n\n<Risk />\n"
    );
    // the path of the import leads nowhere from here
    assert_eq!(page("docs/far/d.mdx"), format!("# Bitcoin\n\n{WORDING}\n"));
}

#[test]
fn phrases_are_met_by_the_include_that_the_site_has() {
    let pack = "[pack]\nname = \"p\"\ntitle = \"P\"\n[[rule]]\nid = \"risk\"\ntitle = \"R\"\nseverity = \"error\"\nmessage = \"no risk\"\n[rule.when]\nmentions = [\"bitcoin\"]\n[rule.required]\nany = [\"capital {..2} at risk\"]\n";
    let project = folder(&[
        (".git/HEAD", ""),
        ("pack.toml", pack),
        ("caveat.toml", "packs = [\"pack.toml\"]\n"),
        ("_config.yml", "title: A\n"),
        ("_includes/risk.html", "<p>Your capital is at risk.</p>\n"),
        (
            "a.md",
            "---\ntitle: A\n---\n# Bitcoin\n\n{% include risk.html %}\n",
        ),
        ("b.md", "---\ntitle: B\n---\n# Bitcoin\n"),
        ("c.txt", "Bitcoin\n"),
    ]);
    let ran = run(project.path(), &["--fix"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(
        read(&project.path().join("b.md")),
        "---\ntitle: B\n---\n# Bitcoin\n\n{% include risk.html %}\n"
    );
    // phrases say what must be said, not how
    assert_eq!(read(&project.path().join("c.txt")), "Bitcoin\n");
}

#[test]
fn a_claim_is_taken_out_with_its_sentence_only_when_asked() {
    let pack = "[pack]\nname = \"p\"\ntitle = \"P\"\n[[rule]]\nid = \"gift\"\ntitle = \"G\"\nseverity = \"error\"\nmessage = \"a gift\"\n[rule.forbidden]\nany = [\"free gift\"]\n";
    let cases = [
        (
            "We open at nine. You get a free gift. Come in.",
            Some("We open at nine. Come in."),
        ),
        (
            "We open at nine. You get a free gift.",
            Some("We open at nine."),
        ),
        ("You get a free gift! Come in.", Some("Come in.")),
        (
            "A free gift. A free gift for all. We open at nine.",
            Some("We open at nine."),
        ),
        // all of its block, and words with markup among them
        ("You get a free gift.", None),
        ("We open at nine. You get a **free gift**.", None),
        ("We open at nine. You get a [free gift](/g). Come in.", None),
    ];
    for (before, after) in cases {
        let page = |words: &str| format!("# Shop\n\n{words}\n\nBye.\n");
        let project = folder(&[
            (".git/HEAD", ""),
            ("pack.toml", pack),
            ("caveat.toml", "packs = [\"pack.toml\"]\n"),
            ("page.md", &page(before)),
        ]);
        let file = project.path().join("page.md");
        assert_eq!(run(project.path(), &["--fix"]).code, 1);
        assert_eq!(read(&file), page(before), "only when asked");
        let ran = run(project.path(), &["--fix", "--unsafe-fixes"]);
        assert_eq!(
            ran.code,
            i32::from(after.is_none()),
            "{before}: {}",
            ran.out
        );
        assert_eq!(read(&file), page(after.unwrap_or(before)));
    }
}
