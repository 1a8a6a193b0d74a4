//! What the shapes of reStructuredText cannot tell: places of substituted words, waivers in comments, what was not read, bounds.

use std::collections::BTreeMap;
use std::sync::Arc;

use caveat::document::Hidden;
use caveat::lint::suppress;
use caveat::{Document, Facts, Source, lint, syntax};

use crate::{TODAY, rules_of};

fn document(text: &str) -> Document {
    let source = Arc::new(Source::new("page.rst", text));
    syntax::named("rst").expect("a syntax").parse(&source)
}

fn shown(document: &Document) -> Vec<&str> {
    let words = |block: &caveat::document::Block| document.text.words(block.passage);
    document.blocks.iter().map(words).collect()
}

fn hidden(document: &Document) -> Vec<(&str, Hidden)> {
    let all = document.hidden.iter();
    all.map(|block| (document.hidden_text.words(block.passage), block.why))
        .collect()
}

fn problems(document: &Document) -> Vec<&str> {
    let all = document.problems.iter();
    all.map(|problem| problem.message.as_str()).collect()
}

#[test]
fn a_substitution_shows_its_value_at_the_reference() {
    let text = ".. |fee| replace:: **0.4** of each trade\n\nThe fee is |fee|.\n";
    let document = document(text);
    assert_eq!(shown(&document), ["the fee is 0.4 of each trade."]);
    let of = Hidden::Attribute("a substitution definition");
    assert_eq!(hidden(&document), [("**0.4** of each trade", of)]);
    let rules = rules_of(
        "[pack]\nname = \"t\"\ntitle = \"t\"\n[[rule]]\nid = \"each\"\ntitle = \"t\"\nseverity = \"error\"\nmessage = \"m\"\n\
         [rule.forbidden]\nany = [\"each trade\"]\n",
    );
    let outcome = lint(&document, &rules, &Facts::default());
    let places: Vec<&str> = outcome
        .findings
        .iter()
        .map(|of| of.location.text())
        .collect();
    assert_eq!(places, ["|fee|"]);
}

#[test]
fn substitutions_that_grow_without_end_are_cut_off_and_reported() {
    let rounds: String = ('b'..='m')
        .zip('a'..='l')
        .map(|(name, of)| format!(".. |{name}| replace:: {}\n", format!("|{of}| ").repeat(10)))
        .collect();
    let document = document(&format!(".. |a| replace:: ha\n{rounds}\n|m|\n"));
    assert!(document.blocks[0].span.end > 0);
    assert!(problems(&document)[0].ends_with("stands for too much to be read"));
    let circle = self::document(".. |a| replace:: |b|\n.. |b| replace:: |a|\n\nSo |a|.\n");
    assert!(problems(&circle)[0].ends_with("stands for too much to be read"));
}

#[test]
fn a_comment_waives_a_finding_on_the_next_line() {
    let rules = rules_of(
        "[pack]\nname = \"t\"\ntitle = \"t\"\n[[rule]]\nid = \"profit\"\ntitle = \"t\"\nseverity = \"error\"\nmessage = \"m\"\n\
         [rule.forbidden]\nany = [\"guaranteed profit\"]\n",
    );
    let facts = Facts {
        path: "page.rst".to_owned(),
        facets: BTreeMap::new(),
        as_of: TODAY.parse().expect("a date"),
        built: false,
    };
    for comment in [
        ".. caveat-disable-next-line t/profit: quoted from the ruling",
        "..\n   caveat-disable-next-line t/profit: quoted\n   from the ruling",
    ] {
        let document = document(&format!("{comment}\n\nA guaranteed profit.\n"));
        let findings = lint(&document, &rules, &facts).findings;
        let known = |rule: &str| rule == "t/profit";
        let left = suppress(
            findings,
            &document,
            &facts,
            &[],
            &known,
            &known,
            &["t/profit"],
        );
        assert_eq!(
            (left.findings.len(), left.waived.len()),
            (0, 1),
            "{comment}"
        );
    }
}

#[test]
fn what_was_not_read_or_decided_is_a_problem_and_not_seen() {
    for (text, problem) in [
        (
            ".. include:: risk.txt\n",
            "the text that `include` brings in was not read",
        ),
        (
            ".. automodule:: shop\n",
            "the text that `automodule` brings in was not read",
        ),
        (
            ".. csv-table:: Fees\n   :file: fees.csv\n",
            "the text that `csv-table` brings in was not read",
        ),
        (
            "See |risk| here.\n",
            "`|risk|` is not defined here, so its text was not read",
        ),
        ("===\n+--+\n", ""),
    ] {
        let document = document(text);
        assert_eq!(
            problems(&document).first().copied().unwrap_or_default(),
            problem,
            "{text}"
        );
    }
    for text in [
        ".. only:: draft\n\n   All is well.\n",
        ".. ifconfig:: draft\n\n   All is well.\n",
    ] {
        let document = document(text);
        assert_eq!(shown(&document), Vec::<&str>::new());
        let why = Hidden::Element("a condition that was not decided");
        assert!(hidden(&document).contains(&("all is well.", why)), "{text}");
        assert_eq!(problems(&document).len(), 1);
    }
}

#[test]
fn blocks_that_nest_too_deep_are_reported_and_not_seen() {
    let deep: String = (0..200)
        .map(|depth| format!("{}x\n\n", " ".repeat(depth)))
        .collect();
    let document = document(&deep);
    assert_eq!(document.problems.len(), 1);
    assert!(
        document
            .hidden
            .iter()
            .any(|of| of.why == Hidden::Element("blocks that nest too deep"))
    );
}

#[test]
fn sections_links_and_quotes_are_told() {
    let text = "Fees\n====\n\nSmall `print <https://a.example/x>`_.\n\nMore\n----\n\n   Quoted.\n\nEnd\n===\n\nhttps://b.example.\n";
    let document = document(text);
    let levels: Vec<u8> = document
        .sections
        .iter()
        .map(|section| section.level)
        .collect();
    assert_eq!(levels, [0, 1, 2, 1]);
    let targets: Vec<&str> = document
        .links
        .iter()
        .map(|link| link.target.as_str())
        .collect();
    assert_eq!(targets, ["https://a.example/x", "https://b.example"]);
    let quoted = document.blocks.iter().filter(|block| block.quote).count();
    assert_eq!(quoted, 1);
}

#[test]
fn fields_at_the_head_of_a_page_are_metadata_and_elsewhere_are_shown() {
    let of = Hidden::FrontMatter;
    for head in [":fee: one\n", ".. a note\n\n:fee: one\n"] {
        assert!(hidden(&document(head)).contains(&("one", of)), "{head}");
    }
    let page = "\u{feff}:product: crypto, cfd\n:note: sold to\n   all\n:draft: true\n:empty:\n\nTitle\n=====\n\n:product: fund\n";
    let meta = document(page).meta.expect("the fields");
    for (key, written, value) in [
        ("product", "crypto, cfd", vec!["crypto", "cfd"]),
        ("note", "sold to\n   all", vec!["sold to all"]),
        ("draft", "true", vec!["true"]),
        ("empty", "", vec![]),
    ] {
        let entry = meta.get(key).expect(key);
        assert_eq!(entry.value.texts(), value, "{key}");
        assert_eq!(
            &page[entry.span.start as usize..entry.span.end as usize],
            written
        );
    }
    assert_eq!(meta.entries.len(), 4);
    let page = document(".. image:: a.png\n\n:fee: one\n");
    assert!(page.meta.is_none());
    assert_eq!(shown(&page), ["fee", "one"]);
}
