//! What AsciiDoc pages give where no shape can show it: values of attributes, footnotes, waivers, problems, hostile pages.

use std::sync::Arc;

use caveat::document::Hidden;
use caveat::{Document, Source, syntax};

use crate::{folder, list, report};

fn parsed(page: &str) -> (Arc<Source>, Document) {
    let source = Arc::new(Source::new("page.adoc", page));
    let document = syntax::named("adoc").expect("known").parse(&source);
    (source, document)
}

/// The words of each block that is seen, and its source.
fn blocks(page: &str) -> Vec<(String, String)> {
    let (source, document) = parsed(page);
    let shown = |block: &caveat::document::Block| {
        let words = document.text.words(block.passage).to_owned();
        (words, source.slice(block.span).to_owned())
    };
    document.blocks.iter().map(shown).collect()
}

fn words(page: &str) -> Vec<String> {
    blocks(page).into_iter().map(|(words, _)| words).collect()
}

#[test]
fn a_reference_is_seen_as_its_value_and_stands_where_it_is_written() {
    let page = ":rate: 5 \\\n  percent\n\n{rate}\n";
    assert_eq!(
        blocks(page),
        [("5 percent".to_owned(), "{rate}".to_owned())]
    );
    assert_eq!(words("We pay {rate}."), ["we pay {rate}."]);
    assert_eq!(words("We write \\{rate}."), ["we write {rate}."]);
    assert_eq!(words(":a: *x*\n\n{a}"), ["*x*"]);
    assert_eq!(words(":a: pass:q[*x*]\n\n{a}"), ["x"]);
}

#[test]
fn a_footnote_is_a_block_of_its_own_and_breaks_no_sentence() {
    assert_eq!(
        words("One footnote:[a https://x.example[b] c]two."),
        ["one two.", "a b c"]
    );
}

#[test]
fn marks_break_no_word() {
    let pages = [
        ("**b**old", "bold"),
        ("H~2~O and x^2^", "h2o and x2"),
        ("a `b` c", "a  \u{fffc} c"),
        ("\\*a* and \\_b_", "*a* and _b_"),
        ("snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4"),
        ("<<id,shown>> and link:a_b_c[shown]", "shown and shown"),
        ("+*a*+ and pass:[<b>b</b>]", "*a* and b"),
        ("((shown))(((not shown)))", "shown"),
        ("a +\nb", "a b"),
    ];
    for (page, shown) in pages {
        assert_eq!(words(page), [shown], "{page}");
    }
}

#[test]
fn a_plus_sign_in_monospace_pairs_with_none_outside() {
    let page = "Signs `+`, then words, then `+=` and more `-+`.";
    assert_eq!(
        words(page),
        ["signs  \u{fffc} , then words, then  \u{fffc} and more  \u{fffc} ."]
    );
    assert_eq!(words("a `+*b*+` c +*d*+"), ["a  \u{fffc} c *d*"]);
}

#[test]
fn macros_in_the_value_of_an_attribute_are_read() {
    let page = ":note: footnote:[b https://x.example[c].]\n\nOne{note} two.";
    assert_eq!(words(page), ["one two.", "b c."]);
}

#[test]
fn a_value_without_a_sign_parts_the_marks_round_it() {
    assert_eq!(
        words("`A`{empty}s and `B`{empty}s."),
        [" \u{fffc} s and  \u{fffc} s."]
    );
    assert_eq!(words("{empty}https://x.example[a]{blank}b"), ["ab"]);
}

#[test]
fn the_target_of_a_reference_goes_up_to_its_bracket() {
    assert_eq!(words("See xref::a/b.adoc#c[shown]."), ["see shown."]);
    let page = "See xref:a.adoc.\nNot seen, see xref:b.adoc[shown].";
    assert_eq!(words(page), ["see shown."]);
    assert_eq!(words("See xref: a [b]."), ["see xref: a [b]."]);
    assert_eq!(words("See link::a[b]."), ["see link::a[b]."]);
}

#[test]
fn the_label_of_an_admonition_stands_above_its_title() {
    let shown = ["note", "title", "words"];
    assert_eq!(words("[NOTE]\n.Title\n====\nWords\n===="), shown);
    assert_eq!(words("[NOTE]\n.Title\nWords"), shown);
    assert_eq!(words(".Title\nNOTE: Words"), shown);
}

#[test]
fn who_is_quoted_stands_below_the_quote() {
    let shown = ["words", "somebody", "a book", "more"];
    assert_eq!(
        words("[quote,Somebody,A book]\n____\nWords\n____\nMore"),
        shown
    );
    assert_eq!(words("[quote,Somebody,A book]\nWords\n\nMore"), shown);
    assert_eq!(
        words("[verse,Somebody,A book]\n____\nWords\n____\nMore"),
        shown
    );
    assert_eq!(words("[quote,Somebody,A book]\n____\nWords"), shown[..3]);
}

#[test]
fn cells_stand_in_rows() {
    // a row that is not full is left out
    assert_eq!(
        words("|===\n|a |b\n\n|c |d\n|e\n|==="),
        ["a", "b", "c", "d"]
    );
    assert_eq!(words("[cols=2]\n|===\n|a\n|b\n|c\n|==="), ["a", "b"]);
    assert_eq!(
        words("[cols=\"2*\"]\n|===\n.2+|a |b |c 2+|d 2*|e\n|==="),
        ["a", "b", "c", "d", "e"]
    );
    // the style of a column is that of the cell's place in its row, and none in the header
    let page = "[%header,cols=\"1,1m\"]\n|===\n|a\n|b\n\n|c\n|d\n|===";
    assert_eq!(words(page), ["a", "b", "c"]);
}

#[test]
fn what_was_not_read_is_a_problem() {
    let problems = |page: &str| parsed(page).1.problems.len();
    assert_eq!(problems("include::notice.adoc[]"), 1);
    assert_eq!(problems("a\ninclude::notice.adoc[]\nb"), 1);
    assert_eq!(problems("|===\ninclude::cells.csv[]\n|==="), 1);
    assert_eq!(problems("----\ninclude::code.rs[]\n----"), 0);
    // marks that mean something else are told
    assert_eq!(problems("= T\n:compat-mode:\n\nsee +this+"), 1);
    assert_eq!(problems("= T\n:!compat-mode:\n\nsee +this+"), 0);
    // what a build decides is told where a rule depends on it
    let undecided = |page: &str| {
        let document = parsed(page).1;
        let hidden = document.hidden.iter();
        hidden.filter(|of| of.why == Hidden::Undecided).count()
    };
    assert_eq!(undecided("ifdef::retail[]\na\nendif::[]"), 1);
    assert_eq!(undecided(":retail:\n\nifdef::retail[]\na\nendif::[]"), 0);
    assert_eq!(words("ifdef::retail[]\na\nendif::[]\nb"), ["b"]);
    let cond = "ifdef::x[]\n:retail:\nendif::[]\nifdef::retail[]\na\nendif::[]";
    assert_eq!(undecided(cond), 2);
}

#[test]
fn line_ends_of_every_sort_end_lines() {
    for end in ["\n", "\r\n", "\r"] {
        let page = ["= T", "", "* a", "* b", "", "----", "c", "----", "d"].join(end);
        assert_eq!(words(&page), ["t", "a", "b", "d"], "{end:?}");
    }
}

#[test]
fn attributes_cannot_grow_a_page_without_end() {
    let mut page = format!(":a0: {}\n", "x ".repeat(1000));
    for at in 1..40 {
        page += &format!(":a{at}: {{a{0}}}{{a{0}}}\n", at - 1);
    }
    page += &format!("\n{}\n", "{a0} ".repeat(9000));
    let (_, document) = parsed(&page);
    assert!(!document.problems.is_empty());
    assert!(document.text.words(document.blocks[0].passage).len() < 8 << 20);
}

#[test]
fn unclosed_and_nested_marks_are_read_to_the_end() {
    for mark in [
        "*",
        "[",
        "{",
        "+",
        "<",
        "((",
        "link:",
        "footnote:[",
        "image:a[",
    ] {
        let page = mark.repeat(20_000);
        parsed(&page);
        parsed(&page.replace(mark, &format!("{mark}\n\n")));
    }
    let nested: Vec<String> = (4..400).map(|length| "=".repeat(length)).collect();
    parsed(&nested.join("\n"));
}

#[test]
fn a_comment_waives() {
    let pack = r#"
[pack]
name = "case"
title = "A case"
[[rule]]
id = "gift"
title = "A gift"
severity = "error"
message = "promises a gift"
[[rule.source]]
regulator = "House"
citation = "Style sheet"
url = "https://example.com/style"
checked = 2026-11-23
status = "second-hand"
[rule.forbidden]
any = ["welcome gift"]
[[rule.example]]
fails = "A welcome gift."
code = "prohibited"
at = "welcome gift"
[[rule.example]]
passes = "No gift."
"#;
    let line = "// caveat-disable-next-line case/gift: quoted from the rule book\n";
    let block = "////\ncaveat-disable case/gift: quoted\nfrom the rule book\n////\n";
    for comment in [line, block] {
        let page = format!("= A page\n\n{comment}The *welcome* gift is gone.\n");
        let files = [
            ("caveat.toml", "packs = [\"rules.toml\"]\n"),
            ("rules.toml", pack),
            ("page.adoc", &page),
        ];
        let report = report(folder(&files).path(), &[]);
        assert_eq!(list(&report, "findings").len(), 0, "{report}");
        assert_eq!(list(&report, "waived").len(), 1, "{report}");
    }
}

#[test]
fn attributes_at_the_head_of_a_page_are_its_front_matter() {
    let page = "---\nlang: en\n---\n:jurisdiction: uk\n= Title\nA. Writer\n:page-product: crypto,cfd\n:note: one \\\ntwo\n\nWords.\n\n:audience: retail\n";
    let meta = parsed(page).1.meta.expect("the attributes");
    for (key, written, value) in [
        ("lang", "en", vec!["en"]),
        ("jurisdiction", "uk", vec!["uk"]),
        ("product", "crypto,cfd", vec!["crypto", "cfd"]),
        ("note", "one \\\ntwo", vec!["one two"]),
    ] {
        let entry = meta.get(key).expect(key);
        assert_eq!(entry.value.texts(), value, "{key}");
        let span = entry.span.start as usize..entry.span.end as usize;
        assert_eq!(&page[span], written);
    }
    assert!(meta.get("audience").is_none());
}
