//! A built site is checked as a reader gets it: frames, shared words, where its pages come from, what each is.

use crate::{caveat, folder, list, report, text};

const RULES: &str = "[pack]\nname = \"site\"\ntitle = \"Site\"\n[[rule]]\nid = \"risk\"\ntitle = \"Risk\"\nseverity = \"error\"\nmessage = \"no warning\"\n[rule.when]\nmentions = [\"gold\"]\n[rule.required]\nany = [\"capital is at risk\"]\n[[rule.example]]\nfails = \"Trade gold.\"\ncode = \"missing\"\nat = \"gold\"\n[[rule.example]]\npasses = \"Trade gold. Your capital is at risk.\"\n[[rule.example]]\npasses = \"Trade silver.\"\n[[rule]]\nid = \"promise\"\ntitle = \"Promise\"\nseverity = \"error\"\nmessage = \"a promise\"\n[rule.forbidden]\nany = [\"guaranteed profits\"]\n[[rule.example]]\nfails = \"Guaranteed profits!\"\ncode = \"prohibited\"\nat = \"Guaranteed profits\"\n[[rule.example]]\npasses = \"No guaranteed profits.\"\n[[rule.example]]\npasses = \"Profits.\"\n[[rule]]\nid = \"german\"\ntitle = \"German\"\nseverity = \"error\"\nmessage = \"kein Hinweis\"\n[rule.when]\nlanguage = [\"de\"]\n[rule.required]\nany = [\"risiko\"]\n[[rule.example]]\nfails = \"Gold.\"\ncode = \"missing\"\nat = \"Gold.\"\n[[rule.example]]\npasses = \"Ein Risiko.\"\n[[rule.example]]\npasses = \"Das Risiko.\"\n";

fn page(content: &str, foot: &str) -> String {
    format!(
        "<!doctype html><html><head><title>Site</title></head><body><nav><a href=/gold>Gold</a></nav><main>{content}</main><footer>{foot}</footer></body></html>"
    )
}

fn site() -> tempfile::TempDir {
    let promise = "<p>Guaranteed profits for all.</p>";
    let files = [
        ("caveat.toml", "packs = [\"rules.toml\"]\n[site]\nfolder = \"public\"\n[[site.scope]]\npath = [\"de/**\"]\nlanguage = \"de\"\n".to_owned()),
        ("rules.toml", RULES.to_owned()),
        ("content/posts/2026-01-02-gold.md", "---\ntitle: Gold\n---\n\nTrade gold with us.\n".to_owned()),
        ("content/other.md", "---\nslug: elsewhere\n---\n\nTrade gold with us, and with us alone, since the house was founded.\n".to_owned()),
        ("content/moved.md", "Silver has been money for as long as there has been any money at all.\n".to_owned()),
        ("public/posts/gold/index.html", page("<p>Trade gold with us.</p>", promise)),
        ("public/elsewhere.html", page("<p>Trade gold with us, and with us alone.</p>", "Your capital is at risk.")),
        ("public/silver/x1.html", page("<p>Silver has been money for as long as there has been any money at all.</p>", promise)),
        ("public/de/kein.html", page("<p>Handel.</p>", "")),
        ("public/old.html", "<meta http-equiv=\"refresh\" content=\"0; url=/posts/gold/\">".to_owned()),
        ("public/asset.txt", "Guaranteed profits".to_owned()),
    ];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    folder(&files)
}

#[test]
fn the_pages_of_a_built_site_are_checked() {
    let site = site();
    let report = report(site.path(), &["--site"]);
    let found: Vec<(&str, &str, &str, &str)> = list(&report, "findings")
        .iter()
        .map(|of| {
            let from = of["related"].as_array().and_then(|of| of.first());
            (
                text(of, "path"),
                text(of, "code"),
                text(of, "text"),
                from.map_or("", |of| text(of, "path")),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            // the folder says what language it is in
            ("public/de/kein.html", "missing", "Handel.", ""),
            // a word in the navigation makes no page owe anything, one in the content does; the file by its name
            (
                "public/posts/gold/index.html",
                "missing",
                "gold",
                "content/posts/2026-01-02-gold.md"
            ),
            // words of a footer are wrong once
            (
                "public/posts/gold/index.html",
                "prohibited",
                "Guaranteed profits",
                "content/posts/2026-01-02-gold.md"
            ),
        ]
    );
    let promise = &list(&report, "findings")[2];
    assert_eq!(
        text(promise, "message"),
        "a promise (the same words stand on 1 more page)"
    );
    // the footer meets what the page owes
    let met: Vec<&str> = list(&report, "met")
        .iter()
        .map(|of| text(of, "path"))
        .collect();
    assert_eq!(met, ["public/elsewhere.html"]);
}

#[test]
fn a_page_that_only_leads_elsewhere_is_counted() {
    let site = site();
    let ran = caveat(
        site.path(),
        &["check", "--site", "public", "--format", "concise"],
    );
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.err,
        "caveat: 1 page without words only lead elsewhere\n"
    );
}

#[test]
fn a_page_of_another_name_is_known_by_its_words() {
    let site = site();
    std::fs::remove_file(site.path().join("public/posts/gold/index.html")).expect("it is there");
    let report = report(site.path(), &["--site"]);
    let promise = list(&report, "findings")
        .iter()
        .find(|of| text(of, "code") == "prohibited")
        .expect("it stands on the other page");
    assert_eq!(text(promise, "path"), "public/silver/x1.html");
    assert_eq!(
        text(&list(promise, "related")[0], "path"),
        "content/moved.md"
    );
}

#[test]
fn a_built_site_needs_its_folder() {
    let site = folder(&[("page.md", "A.")]);
    let ran = caveat(site.path(), &["check", "--site"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`--site` needs the folder"), "{}", ran.err);
    let ran = caveat(site.path(), &["check", "--site", "gone"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
}
