//! The fix of a text that stands in the wrong place: a paragraph of its own is moved, byte for byte, when someone asks for it.

use crate::{TODAY, caveat, folder, list, put, read, report, text};

const TEXT: &str = "Your capital is at risk, and no scheme pays for what you lose.";

/// A pack that wants the text at this place.
fn pack(place: &str) -> String {
    format!(
        "[pack]\nname = \"case\"\n\n[[disclosure]]\nid = \"risk\"\n[[disclosure.version]]\ntext.en = \"{TEXT}\"\n\n\
         [[rule]]\nid = \"r\"\ntitle = \"R\"\nseverity = \"error\"\nmessage = \"the risk is not told\"\n\
         [rule.when]\nmentions = [\"staking\"]\n[rule.required]\ndisclosure = \"risk\"\n{place}\n"
    )
}

/// What `--fix --unsafe-fixes` makes of a page with one finding; without the second flag it stays as it is.
#[track_caller]
fn moved(place: &str, name: &str, before: &str, after: &str) {
    let project = folder(&[
        (".git/HEAD", ""),
        ("pack.toml", &pack(place)),
        ("caveat.toml", "packs = [\"pack.toml\"]\n"),
        (name, before),
    ]);
    let page = project.path().join(name);
    let found = report(project.path(), &[name]);
    let [finding] = list(&found, "findings") else {
        panic!("{found}");
    };
    let fix = &finding["fix"];
    assert_eq!(text(finding, "code"), "misplaced", "{found}");
    assert_eq!(
        (text(fix, "title"), &fix["safe"]),
        ("move the approved wording", &false.into()),
        "{found}"
    );
    assert_eq!(list(fix, "edits").len(), 2);
    caveat(project.path(), &["check", "--as-of", TODAY, "--fix", name]);
    assert_eq!(read(&page), before, "{before:?}");
    let ran = caveat(
        project.path(),
        &["check", "--as-of", TODAY, "--fix", "--unsafe-fixes", name],
    );
    assert_eq!(
        (ran.code, read(&page)),
        (0, after.to_owned()),
        "{before:?}: {}",
        ran.out
    );
}

/// A page whose fix, if it has one, is no move.
#[track_caller]
fn stays(place: &str, name: &str, before: &str) {
    let project = folder(&[
        (".git/HEAD", ""),
        ("pack.toml", &pack(place)),
        ("caveat.toml", "packs = [\"pack.toml\"]\n"),
    ]);
    put(project.path(), name, before.as_bytes());
    let found = report(project.path(), &[name]);
    let findings = list(&found, "findings");
    assert!(
        findings.iter().any(|of| text(of, "code") == "misplaced"),
        "{found}"
    );
    for finding in findings {
        assert!(
            finding["fix"]["title"] != "move the approved wording",
            "{before:?}: {found}"
        );
    }
}

const TOP: &str = "place = \"top\"";
const BOTTOM: &str = "place = \"bottom\"";

#[test]
fn a_paragraph_is_moved_to_the_top() {
    let page = |top: &str, end: &str| {
        format!("# Staking\n{top}\nOne.\n\nTwo.\n\nThree.\n\n## More\n\nFour.\n{end}")
    };
    let written = "**Your capital is at risk**, and no scheme\npays for what you [lose](/loss).";
    for text in [TEXT, written] {
        moved(
            TOP,
            "page.md",
            &page("", &format!("\n{text}\n")),
            &page(&format!("\n{text}\n"), ""),
        );
        // in the midst of the page, with what stands round it
        let middle = format!("# Staking\n\nOne.\n\nTwo.\n\nThree.\n\n## More\n\n{text}\n\nFour.\n");
        moved(TOP, "page.md", &middle, &page(&format!("\n{text}\n"), ""));
    }
    let windows = |text: &str| text.replace('\n', "\r\n");
    moved(
        TOP,
        "page.md",
        &windows(&page("", &format!("\n{TEXT}\n"))),
        &windows(&page(&format!("\n{TEXT}\n"), "")),
    );
    // the end of the file as it was
    let bare = page("", &format!("\n{TEXT}"));
    moved(
        TOP,
        "page.md",
        &bare,
        page(&format!("\n{TEXT}\n"), "").trim_end(),
    );
}

#[test]
fn a_paragraph_is_moved_to_the_end_and_before_a_link() {
    let lines = "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n";
    let before = format!("---\ntitle: Staking\n---\n\n{TEXT}\n\n# Staking\n\n{lines}");
    let after = format!("---\ntitle: Staking\n---\n\n# Staking\n\n{lines}\n{TEXT}\n");
    moved(BOTTOM, "page.md", &before, &after);
    let before = format!("# Staking\n\n[Start](/start) now.\n\n{TEXT}\n\nThe end.\n");
    let after = format!("# Staking\n\n{TEXT}\n\n[Start](/start) now.\n\nThe end.\n");
    moved("place = \"before-first-link\"", "page.md", &before, &after);
    moved("place = \"before-first-link\"", "page.mdx", &before, &after);
}

#[test]
fn a_paragraph_of_html_is_moved_with_its_tags() {
    let text = format!("<p class=\"risk\">{TEXT}</p>");
    let lines = "<p>One.</p>\n  <p>Two.</p>\n  <p>Three.</p>\n  <p>Four.</p>\n";
    let before = format!("<body>\n  <h1>Staking</h1>\n  {lines}  {text}\n</body>\n");
    let after = format!("<body>\n  <h1>Staking</h1>\n  {text}\n{lines}</body>\n");
    moved(TOP, "page.html", &before, &after);
}

#[test]
fn what_is_no_paragraph_of_its_own_stays() {
    let page =
        |text: &str| format!("# Staking\n\nOne.\n\nTwo.\n\nThree.\n\n## More\n\n{text}\n\nFour.\n");
    for text in [
        format!("It is said: {TEXT}"),
        format!("- {TEXT}"),
        format!("> {TEXT}"),
        format!("| a |\n| --- |\n| {TEXT} |"),
        format!("{TEXT}\n{{: .risk}}"),
        format!("<div>{TEXT}</div>"),
        format!("    Pad.\n\n1. {TEXT}"),
        // which of two is a person's to say
        format!("{TEXT}\n\nMore.\n\n{TEXT}"),
    ] {
        stays(TOP, "page.md", &page(&text));
    }
    stays(
        TOP,
        "page.html",
        &format!("<h1>Staking</h1><p>1</p><p>2</p><p>3</p><p>4</p><div>{TEXT}</div>"),
    );
    // a text in another file, which other pages have too
    let project = folder(&[
        (".git/HEAD", ""),
        ("pack.toml", &pack(TOP)),
        ("caveat.toml", "packs = [\"pack.toml\"]\n"),
        ("mkdocs.yml", ""),
        ("parts/risk.md", &format!("{TEXT}\n")),
        ("page.md", &page("--8<-- \"parts/risk.md\"")),
    ]);
    let found = report(project.path(), &["page.md"]);
    for finding in list(&found, "findings") {
        assert!(
            finding["fix"]["title"] != "move the approved wording",
            "{found}"
        );
    }
}
