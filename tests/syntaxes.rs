//! What each syntax shows of a page, told as the blocks that a reader sees and what of it they do not, each with the source under
//! its span.

use std::sync::Arc;

use caveat::{Source, syntax};

use crate::{caveat, folder, list, put, report, text};

/// The blocks of a page: their words, and the source under their spans.
fn seen(ending: &str, page: &str) -> Vec<(String, String)> {
    let source = Arc::new(Source::new(format!("page.{ending}"), page));
    let document = syntax::named(ending)
        .expect("a known ending")
        .parse(&source);
    let show = |words: &str, span| (words.trim().to_owned(), source.slice(span).to_owned());
    document
        .blocks
        .iter()
        .map(|block| show(document.text.words(block.passage), block.span))
        .collect()
}

/// What a reader does not see: the words and where they stand.
fn unseen(ending: &str, page: &str) -> Vec<(String, String)> {
    let source = Arc::new(Source::new(format!("page.{ending}"), page));
    let document = syntax::named(ending)
        .expect("a known ending")
        .parse(&source);
    document
        .hidden
        .iter()
        .map(|hidden| {
            let words = document.hidden_text.words(hidden.passage);
            (words.trim().to_owned(), hidden.why.place())
        })
        .collect()
}

fn words(blocks: &[(String, String)]) -> Vec<&str> {
    blocks.iter().map(|(words, _)| words.as_str()).collect()
}

const SRT: &str = "\u{feff}1\r\n00:00:01,000 --> 00:00:04,000\r\n{\\an8}Welcome. Our <i>gold</i>\r\nfund &amp; you.\r\n\r\n\
    2\r\n00:00:05,000 --> 00:00:09,000\r\nPrices can fall.\r\n";

#[test]
fn a_cue_of_subtitles_is_a_block() {
    let blocks = seen("srt", SRT);
    assert_eq!(
        words(&blocks),
        ["welcome. our gold fund & you.", "prices can fall."]
    );
    assert_eq!(blocks[0].1, "Welcome. Our <i>gold</i>\r\nfund &amp; you.");
    assert_eq!(blocks[1].1, "Prices can fall.");
}

#[test]
fn webvtt_shows_its_cues_and_neither_notes_nor_styles() {
    let page = "WEBVTT - Fund talk, part two\n\nNOTE\nask Ann about the second line\n\nSTYLE\n::cue(b) { color: red }\n\n\
        opening\n00:01.000 --> 00:04.000 line:0 position:20%\n<v Ann Lee>Prices <c.loud>can</c>\n<00:02.000>fall.\n\n\
        00:05.000 --> 00:06.000\n<b>So</b> ask &lt;first&gt;.\n";
    let blocks = seen("vtt", page);
    assert_eq!(words(&blocks), ["prices can fall.", "so ask <first>."]);
    assert_eq!(blocks[0].1, "Prices <c.loud>can</c>\n<00:02.000>fall.");
    let hidden = unseen("vtt", page);
    assert!(
        hidden.contains(&(
            "ask ann about the second line".to_owned(),
            "in a comment".to_owned()
        )),
        "{hidden:?}"
    );
    assert!(
        hidden.iter().any(|(words, _)| words.contains("fund talk")),
        "{hidden:?}"
    );
}

#[test]
fn a_note_of_webvtt_waives_a_rule() {
    let cue = "00:01.000 --> 00:04.000\nWe guarantee returns of 10% a year.\n";
    let waived = format!(
        "WEBVTT\n\nNOTE caveat-disable-file core/promised-returns: quoted in a training film\n\n{cue}"
    );
    let project = folder(&[
        ("plain.vtt", &format!("WEBVTT\n\n{cue}")),
        ("waived.vtt", &waived),
    ]);
    let found = |name: &str| report(project.path(), &[name]);
    assert_eq!(list(&found("plain.vtt"), "findings").len(), 1);
    assert_eq!(list(&found("waived.vtt"), "findings").len(), 0);
    assert_eq!(list(&found("waived.vtt"), "waived").len(), 1);
}

#[test]
fn names_of_files_are_told_as_they_are_and_never_drive_the_terminal() {
    let names = [
        "a b:c.md",
        "quote\"and'apostrophe.md",
        "%20 percent.html",
        #[cfg(unix)]
        "line\nfeed.mdx",
        #[cfg(unix)]
        "escape\u{1b}[31m.txt",
    ];
    let project = folder(&[]);
    for name in names {
        put(
            project.path(),
            name,
            b"<p>We guarantee returns of 10% a year.</p>\n",
        );
    }
    let report = report(project.path(), &["."]);
    let mut paths: Vec<&str> = list(&report, "findings")
        .iter()
        .map(|of| text(of, "path"))
        .collect();
    paths.sort_unstable();
    let mut expected = names.to_vec();
    expected.sort_unstable();
    assert_eq!(paths, expected);
    for format in ["pretty", "concise"] {
        let shown = caveat(project.path(), &["check", ".", "--format", format]);
        assert!(!shown.out.contains('\u{1b}'), "{}", shown.out);
        if format == "concise" {
            assert_eq!(shown.out.lines().count(), names.len(), "{}", shown.out);
        }
    }
}

#[test]
fn a_file_of_a_hundred_megabytes_is_told_and_not_read() {
    let project = folder(&[]);
    let path = put(project.path(), "big.html", b"");
    let file = std::fs::File::options()
        .write(true)
        .open(path)
        .expect("opened");
    file.set_len(100_000_000).expect("a sparse file");
    let report = report(project.path(), &["."]);
    let [finding] = list(&report, "findings") else {
        panic!("{report}");
    };
    assert_eq!(text(finding, "code"), "unverifiable");
    assert!(
        text(finding, "message").contains("100000000 bytes"),
        "{finding}"
    );
}

#[test]
fn containers_of_site_generators_are_prose_and_their_marks_are_not() {
    let page = "Before it.\n:::warning[Mind the risk]\nPrices can *fall*.\n:::\n\n::: details Small print\nNobody opens this.\n:::\n\n\
        !!! danger \"Take care\"\n    The first paragraph.\n\n    The second one.\n\n??? note \"Click here\"\n    Folded away.\n\n\
        After it.\n\n```\n:::note\n```\n";
    for ending in ["md", "mdx"] {
        let blocks = seen(ending, page);
        let shown = words(&blocks);
        assert_eq!(
            &shown[..4],
            [
                "before it.",
                "mind the risk",
                "prices can fall.",
                "small print"
            ],
            "{ending}"
        );
        let hidden = unseen(ending, page);
        assert!(
            hidden.contains(&(
                "nobody opens this.".to_owned(),
                "in a collapsed `<details>`".to_owned()
            )),
            "{ending}: {hidden:?}"
        );
    }
    // MkDocs knows no MDX
    let blocks = seen("md", page);
    assert_eq!(
        &words(&blocks)[4..],
        [
            "take care",
            "the first paragraph.",
            "the second one.",
            "click here",
            "after it."
        ]
    );
    assert_eq!(blocks[6].1, "The second one.");
}

#[test]
fn what_a_program_decides_in_mdx_is_no_prose() {
    let page = "import Card from './card'\n\nexport const risk = {\n  text: 'Prices can fall.',\n\n  loud: true,\n}\n\n\
        # Funds {#funds}\n\n<Tabs>\n    <Tab title=\"First of two\">\n        Prices {'can'} fall <b>so</b>on.\n\n\
        \x20       ```js\n        const x = { a: 1 }\n        ```\n    </Tab>\n</Tabs>\n\n{risk.loud && <p>Prices can fall.</p>}\n\n\
        {/* a note */}\n\nIt is {74}% of {name} accounts.\n";
    let blocks = seen("mdx", page);
    assert_eq!(words(&blocks)[..2], ["funds", "prices can fall soon."]);
    assert_eq!(blocks[1].1, "Prices {'can'} fall <b>so</b>on.");
    assert!(words(&blocks)[2].starts_with("it is 74% of"), "{blocks:?}");
    assert_eq!(blocks.len(), 3, "{blocks:?}");
    let hidden = unseen("mdx", page);
    let places: Vec<&str> = hidden
        .iter()
        .filter(|(words, _)| words.contains("prices can fall"))
        .map(|(_, place)| place.as_str())
        .collect();
    assert_eq!(places, ["in code", "in code"]);
}

#[test]
fn a_bracket_that_nothing_closes_is_told() {
    let source = Arc::new(Source::new("page.mdx", "Prices {can fall.\n\nAnd rise.\n"));
    let document = syntax::named("mdx").expect("known").parse(&source);
    let [problem] = &document.problems[..] else {
        panic!("{:?}", document.problems);
    };
    assert_eq!(source.slice(problem.span), "{");
    assert_eq!(document.blocks.len(), 2);
}

#[test]
fn broken_html_is_read_as_browsers_read_it() {
    let cases = [
        // formatting goes on in the next paragraph until its own end tag
        (
            "<p>One <s>two<p>three</s> four",
            vec!["one", "four"],
            "two three",
        ),
        // a stray end tag closes nothing
        (
            "<p hidden>One</span></div> two</p>three",
            vec!["three"],
            "one two",
        ),
        // formatting that ends inside a block takes the block along no more
        (
            "<b><div hidden>one</b> two</div> three",
            vec!["three"],
            "one two",
        ),
        // a cell ends where the next begins
        (
            "<table><tr><td hidden>one<td>two<tr><td>three</table>",
            vec!["two", "three"],
            "one",
        ),
        // formatting that goes on in a heading keeps the next one inside it
        (
            "<p>one <b>two<h2 hidden>three<h1>four</h1></h2>five",
            vec!["one two", "five"],
            "three four",
        ),
        // formatting round a row is none in its cells
        (
            "<table><s><tr><td>one</td></tr></table>two",
            vec!["one"],
            "two",
        ),
        // the head ends where its page begins
        (
            "<html><head><title>One two</title><p>three</p>",
            vec!["three"],
            "one two",
        ),
        // a slash closes nothing but what is drawn
        (
            "<div hidden/>one</div><svg><path d=''/></svg>two",
            vec!["two"],
            "one",
        ),
    ];
    for (page, shown, hidden) in cases {
        assert_eq!(words(&seen("html", page)), shown, "{page}");
        let unseen: Vec<String> = unseen("html", page)
            .into_iter()
            .map(|(words, _)| words)
            .collect();
        assert_eq!(unseen.join(" "), hidden, "{page}");
    }
}

#[test]
fn a_comment_before_one_that_is_never_closed_ends_where_it_does() {
    let page = "<?[ref]: /x 'y'\n><!--";
    let hidden = unseen("mdx", page);
    assert_eq!(
        hidden,
        [("?[ref]: /x 'y'".to_owned(), "in a comment".to_owned())]
    );
    let source = Arc::new(Source::new("page.mdx", page));
    let document = syntax::named("mdx").expect("known").parse(&source);
    let bodies: Vec<&str> = (document.comments.iter())
        .map(|comment| source.slice(comment.body))
        .collect();
    assert!(bodies.contains(&"?[ref]: /x 'y'\n"), "{bodies:?}");
}

/// A template that nothing has evaluated: what its language has for comments, no reader sees.
#[test]
fn comments_of_templates_in_html_are_not_seen() {
    let page = "<p>One {{- /* first */ -}}two {# second #} three {{!-- third --}} four {% comment %}fourth{% endcomment %} \
                five {{/* fifth */}} six {{-- sixth --}} seven {# not closed</p>\n<script>{# not text #}</script>";
    assert_eq!(
        words(&seen("html", page)),
        ["one two three four five six seven {# not closed"]
    );
    let comments: Vec<String> = unseen("html", page)
        .into_iter()
        .map(|(words, _)| words)
        .collect();
    assert_eq!(
        comments[..6],
        ["first", "second", "third", "fourth", "fifth", "sixth"]
    );
    let waived = "{# caveat-disable-line core/promised-returns: agreed with the desk #}";
    let source = Arc::new(Source::new("page.html", format!("<p>{waived}</p>")));
    let document = syntax::named("html").expect("known").parse(&source);
    assert_eq!(source.slice(document.comments[0].span), waived);
    // 400 KB that nothing closes
    let open = format!("<p>{}</p>", "{# ".repeat(130_000));
    assert_eq!(seen("html", &open).len(), 1);
}
