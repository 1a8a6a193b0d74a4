//! Every folder of `sites/` is a small site, one for each way in which text comes onto a page. The name of a page says what must
//! be found there; by which calls the text came is in the site's `expected.out`.

use std::path::PathBuf;

use crate::{caveat, compare, list, report, root, text};

fn sites() -> Vec<PathBuf> {
    let mut sites: Vec<PathBuf> = std::fs::read_dir(root().join("tests/sites"))
        .expect("there are sites")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    sites.sort();
    assert!(sites.len() >= 9, "{sites:?}");
    sites
}

const RULES: [&str; 2] = ["--pack", "../rules.toml"];

#[test]
fn every_page_is_judged_by_what_it_shows() {
    let mut wrong = Vec::new();
    for site in sites() {
        let report = report(&site, &RULES);
        let mut pages = std::collections::BTreeMap::new();
        let mut lines = Vec::new();
        for met in list(&report, "met") {
            let steps: Vec<&str> = met["via"]
                .as_array()
                .map(|steps| steps.iter().map(|step| text(step, "at")).collect())
                .unwrap_or_default();
            pages.insert(text(met, "path").to_owned(), "met".to_owned());
            lines.push(format!("{}: met {}", text(met, "path"), steps.join(" → ")));
        }
        for finding in list(&report, "findings") {
            let path = text(finding, "path");
            pages.insert(path.to_owned(), text(finding, "code").to_owned());
            lines.push(format!(
                "{path}: {} {:?}: {}",
                text(finding, "code"),
                text(finding, "text"),
                text(finding, "message")
            ));
        }
        for (page, verdict) in &pages {
            let name = page.rsplit('/').next().unwrap_or_default();
            let name = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
            let said = ["met", "missing", "hidden", "unverifiable"]
                .iter()
                .find(|code| name.starts_with(&format!("{code}-")));
            if said.is_some_and(|said| said != verdict) {
                wrong.push(format!("{}: {page}: {verdict}", site.display()));
            }
        }
        lines.sort();
        let got = lines.join("\n") + "\n";
        wrong.extend(compare(&site.join("expected.out"), &got).err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_words_of_a_provider_lie_under_its_span() {
    for site in sites() {
        let report = report(&site, &RULES);
        for met in list(&report, "met") {
            let Some(last) = met["via"].as_array().and_then(|steps| steps.last()) else {
                continue;
            };
            let source = std::fs::read_to_string(site.join(text(last, "path"))).expect("a file");
            let at = |key: &str| {
                usize::try_from(last["span"][key].as_u64().expect("a number")).expect("small")
            };
            assert_eq!(&source[at("start")..at("end")], text(last, "text"));
            assert!(text(last, "text").contains("apital"), "{last}");
        }
    }
}

#[test]
fn a_page_can_be_seen_as_the_linter_sees_it() {
    let ran = caveat(
        &root().join("tests/sites/hugo"),
        &["explain", "--text", "content/posts/met-by-front-matter.md"],
    );
    let foot = "layouts/partials/foot.html:1 (brought in by content/posts/met-by-front-matter.md:1 → layouts/_default/baseof.html:2)";
    assert!(ran.out.contains(foot), "{}", ran.out);
    assert!(ran.out.contains("your capital is at risk."), "{}", ran.out);
}

#[test]
fn the_example_with_templates_finds_what_its_readme_says() {
    let report = report(&root().join("examples/fund-site"), &[]);
    let found: Vec<(&str, &str, &str)> = list(&report, "findings")
        .iter()
        .map(|of| (text(of, "path"), text(of, "rule"), text(of, "code")))
        .collect();
    assert_eq!(
        found,
        [
            (
                "content/funds/birch.md",
                "house/past-performance",
                "missing"
            ),
            ("content/funds/cedar.md", "house/capital-at-risk", "missing"),
        ]
    );
}

#[test]
fn wrong_words_of_a_shared_file_are_told_once_with_the_number_of_pages() {
    let report = report(&root().join("tests/sites/hugo"), &RULES);
    let promises: Vec<_> = list(&report, "findings")
        .iter()
        .filter(|of| text(of, "code") == "prohibited")
        .collect();
    assert_eq!(promises.len(), 1);
    assert_eq!(text(promises[0], "path"), "layouts/shortcodes/promise.html");
    let related = &list(promises[0], "related")[0];
    assert_eq!(
        text(related, "message"),
        "brought in here, and on 1 more pages"
    );
    assert_eq!(text(related, "text"), "{{< promise >}}");
}

#[test]
fn what_someone_vouches_for_is_met_and_says_so() {
    let site = crate::folder(&[
        (
            "caveat.toml",
            "packs = [\"rules.toml\"]\n[[provider]]\nshortcode = \"legal\"\nattests = \"site/notice\"\n",
        ),
        (
            "rules.toml",
            "[pack]\nname = \"site\"\ntitle = \"Site\"\n[[disclosure]]\nid = \"notice\"\n[[disclosure.version]]\nfrom = 2020-01-01\ntext.en = \"This page is no offer to anyone.\"\n[[rule]]\nid = \"notice\"\ntitle = \"Notice\"\nseverity = \"error\"\nmessage = \"no notice\"\n[rule.required]\ndisclosure = \"notice\"\n[[rule.example]]\nfails = \"A.\"\ncode = \"missing\"\nat = \"A.\"\n[[rule.example]]\npasses = \"This page is no offer to anyone.\"\n",
        ),
        ("page.md", "# Gold\n\n{{< legal >}}\n"),
    ]);
    let report = report(site.path(), &["page.md"]);
    assert!(list(&report, "findings").is_empty(), "{report}");
    let met = &list(&report, "met")[0];
    assert_eq!(met["attested"], true);
    assert_eq!(text(met, "text"), "{{< legal >}}");
}

#[test]
fn a_provider_of_config_that_names_nothing_is_a_mistake() {
    let site = crate::folder(&[
        (
            "caveat.toml",
            "[[provider]]\nshortcode = \"a\"\nfile = \"gone.html\"\n[[provider]]\nlayout = \"b\"\nattests = \"core/gone\"\n[[provider]]\nfile = \"page.md\"\n",
        ),
        ("page.md", "# Gold\n"),
    ]);
    let report = report(site.path(), &["page.md"]);
    let messages: Vec<&str> = list(&report, "findings")
        .iter()
        .map(|of| text(of, "message"))
        .collect();
    assert_eq!(
        messages,
        [
            "there is no file `gone.html` below the folder of caveat.toml",
            "there is no disclosure `core/gone` in the packs that are loaded",
            "says by nothing: give `shortcode`, `include`, `component`, `layout` or `front-matter`",
        ]
    );
}
