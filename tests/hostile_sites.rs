//! Trees that mean harm: circles, floods, links that lead out, files that are none. Nothing hangs, and nothing outside is read.

use std::path::Path;

use crate::{caveat, folder, list, report, text};

/// The folder of a site, and one beside it that nothing may be read from.
fn trees(files: &[(&str, &str)]) -> (tempfile::TempDir, tempfile::TempDir) {
    let outside = folder(&[
        ("secret.html", "your capital is at risk"),
        ("secret.yaml", "risk: your capital is at risk\n"),
        ("[slug].astro", "'news' <Content/> your capital is at risk"),
    ]);
    let rules = include_str!("sites/rules.toml");
    let mut all = vec![(".git/HEAD", ""), (".rules.toml", rules)];
    all.extend(files);
    (folder(&all), outside)
}

/// The verdicts of the pages and what is said of them.
fn told(site: &Path) -> Vec<(String, String)> {
    let report = report(site, &["--pack", ".rules.toml"]);
    assert!(list(&report, "met").is_empty(), "{report}");
    list(&report, "findings")
        .iter()
        .map(|of| (text(of, "code").to_owned(), text(of, "message").to_owned()))
        .collect()
}

fn all_unverifiable(site: &Path) {
    let told = told(site);
    assert!(!told.is_empty());
    assert!(
        told.iter().all(|(code, _)| code == "unverifiable"),
        "{told:?}"
    );
}

/// A way of bringing in text: the files that its generator needs, the page, the name of a part, its call.
type Form = (
    &'static [(&'static str, &'static str)],
    &'static str,
    fn(usize) -> String,
    fn(usize) -> String,
);

const FORMS: &[Form] = &[
    (
        &[("_config.yml", "title: x\n")],
        "a.md",
        |n| format!("_includes/p{n}.html"),
        |n| format!("{{% include p{n}.html %}}"),
    ),
    (
        &[("mkdocs.yml", "")],
        "docs/a.md",
        |n| format!("docs/p{n}.md"),
        |n| format!("--8<-- \"p{n}.md\""),
    ),
    (
        &[("book.toml", "")],
        "a.md",
        |n| format!("p{n}.md"),
        |n| format!("{{{{#include p{n}.md}}}}"),
    ),
    (
        &[("docfx.json", "{}")],
        "a.md",
        |n| format!("includes/p{n}.md"),
        |n| format!("[!INCLUDE [t](~/includes/p{n}.md)]"),
    ),
    (
        &[],
        "a.adoc",
        |n| format!("p{n}.adoc"),
        |n| format!("include::p{n}.adoc[]"),
    ),
    (
        &[("conf.py", "")],
        "a.rst",
        |n| format!("p{n}.rst"),
        |n| format!(".. include:: p{n}.rst"),
    ),
];

#[test]
fn parts_that_bring_in_the_next_one_three_times_end() {
    for (site, page, part, call) in FORMS {
        for levels in [10, 40] {
            let body = format!("---\ntitle: T\n---\nTrade with us.\n\n{}\n", call(0));
            let mut files: Vec<(String, String)> = (0..levels)
                .map(|n| (part(n), format!("{}\n\n", call(n + 1)).repeat(3)))
                .collect();
            files.push((part(levels), "word\n".to_owned()));
            files.push(((*page).to_owned(), body));
            let files: Vec<(&str, &str)> = files
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str()))
                .chain(site.iter().copied())
                .collect();
            let (site, _) = trees(&files);
            let pack = ["--pack", ".rules.toml", page];
            let report = report(site.path(), &pack);
            let told = list(&report, "findings");
            assert!(
                told.iter().all(|of| text(of, "code") == "unverifiable"),
                "{page}: {told:?}"
            );
        }
    }
}

#[test]
fn names_reach_the_terminal_without_their_signs() {
    let page = "Trade {{< a\u{1b}[31m\u{7}b >}} {% include c\u{1b}[31m.html %}\n\n--8<-- \"d\u{1b}]0;t\u{7}.md\"\n";
    for mark in ["hugo.toml", "_config.yml", "mkdocs.yml"] {
        let page = format!("---\ntitle: T\n---\n{page}");
        let (site, _) = trees(&[(mark, ""), ("content/a.md", &page)]);
        let ran = caveat(site.path(), &["check", "--pack", ".rules.toml"]);
        let raw = |c: char| c.is_control() && c != '\n';
        assert!(!ran.out.contains(raw), "{:?}", ran.out);
        assert!(!ran.err.contains(raw), "{:?}", ran.err);
    }
}

#[test]
fn a_page_asks_for_its_front_matter_without_end() {
    let keys: String = (0..20_000).map(|n| format!("k{n}: v\n")).collect();
    let page = format!(
        "---\n{keys}---\nTrade.\n{}",
        "{{ page.k1 }}\n".repeat(50_000)
    );
    let (site, _) = trees(&[("_config.yml", "title: x\n"), ("a.md", &page)]);
    assert_eq!(told(site.path())[0].0, "missing");
}

#[test]
fn blocks_that_nest_without_end_end() {
    let blocks = [
        ("{% if site.data.x %}", "{% endif %}"),
        ("{% capture a %}", "{% endcapture %}"),
        ("{% highlight a %}", "{% endhighlight %}"),
        ("{% for a in site.data.x %}", "{% endfor %}"),
    ];
    for (opens, closes) in blocks {
        // several pages, so that they are read by threads with a small stack
        let deep = format!("{}Trade.{}", opens.repeat(5000), closes.repeat(5000));
        let page = format!("---\ntitle: T\n---\n{deep}");
        let (site, _) = trees(&[
            ("_config.yml", "title: x\n"),
            ("a.md", &page),
            ("b.md", &page),
            ("c.md", &page),
        ]);
        assert!(!told(site.path()).is_empty());
    }
    for (opens, closes) in [
        ("{{ if true }}", "{{ end }}"),
        ("<b>{{ with .x }}", "{{ end }}"),
    ] {
        let deep = format!(
            "{}{{{{ .Content }}}}{}",
            opens.repeat(5000),
            closes.repeat(5000)
        );
        let page = "---\ntitle: T\nx: y\n---\nTrade.\n";
        let (site, _) = trees(&[
            ("hugo.toml", "title = \"x\"\n"),
            ("layouts/_default/single.html", &deep),
            ("content/a.md", page),
            ("content/b.md", page),
        ]);
        assert!(!told(site.path()).is_empty());
    }
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::{all_unverifiable, told, trees};

    #[test]
    fn folders_that_lead_out_are_not_read() {
        let page = "---\nlayout: secret\n---\nTrade. {% include secret.html %} {{< secret >}}\n";
        for mark in ["hugo.toml", "_config.yml"] {
            let (site, outside) = trees(&[(mark, "title = \"x\"\n"), ("content/a.md", page)]);
            std::fs::create_dir(site.path().join("layouts")).unwrap();
            for name in [
                "_includes",
                "_layouts",
                "i18n",
                "layouts/shortcodes",
                "layouts/_default",
                "content/out",
            ] {
                symlink(outside.path(), site.path().join(name)).unwrap();
            }
            all_unverifiable(site.path());
        }
    }

    #[test]
    fn files_that_lead_out_are_not_read() {
        let page = "Trade. {{< s >}} {{< secret >}}\n";
        let (site, outside) = trees(&[
            ("hugo.toml", "title = \"x\"\n"),
            ("content/a.md", page),
            ("layouts/shortcodes/s.html", "{{ T \"risk\" }}"),
            ("i18n/de.yaml", "x: y\n"),
        ]);
        let secret = outside.path().join("secret.html");
        symlink(&secret, site.path().join("layouts/shortcodes/secret.html")).unwrap();
        symlink(&secret, site.path().join("content/b.html")).unwrap();
        symlink("c.md", site.path().join("content/c.md")).unwrap();
        symlink(".", site.path().join("content/loop")).unwrap();
        let strings = outside.path().join("secret.yaml");
        symlink(strings, site.path().join("i18n/en.yaml")).unwrap();
        all_unverifiable(site.path());
    }

    #[test]
    fn a_folder_of_pages_that_leads_out_is_not_listed() {
        let page = "---\ntitle: T\n---\nTrade.\n";
        let (site, outside) = trees(&[("astro.config.mjs", ""), ("src/content/news/a.md", page)]);
        symlink(outside.path(), site.path().join("src/pages")).unwrap();
        assert_eq!(told(site.path())[0].0, "missing");
    }

    #[test]
    fn a_file_that_never_ends_is_none() {
        let page = "---\ntitle: T\n---\nTrade. {% include pipe.html %} {% include zero.html %}\n";
        let (site, _) = trees(&[
            ("_config.yml", "title: x\n"),
            ("a.md", page),
            ("_includes/x", ""),
        ]);
        let made = Command::new("mkfifo")
            .args(["_includes/pipe.html", "hugo.toml", "b.md"])
            .current_dir(site.path())
            .status();
        assert!(made.is_ok_and(|done| done.success()));
        symlink("/dev/zero", site.path().join("_includes/zero.html")).unwrap();
        all_unverifiable(site.path());
    }
}
