//! Content data: in whatever style a string is written, its words are read and each has its own place; what is hostile or broken
//! is told; config says which files and which keys.

use std::ops::Range;
use std::sync::Arc;

use caveat::document::Document;
use caveat::lint::{Facts, lint};
use caveat::syntax::{DATA, Inner, Keys};
use caveat::{RuleSet, Source};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::spans::cases;
use crate::{TODAY, caveat, folder, list, report, rules_of, text, words};

const ANIMALS: &[&str] = &[
    "quoll", "wombat", "numbat", "bilby", "potoroo", "dingo", "koala", "echidna",
];

/// A rule for each word, so that each has a finding with its place.
fn with_rules<T>(with: impl FnOnce(&RuleSet) -> T) -> T {
    thread_local!(static RULES: RuleSet = {
        let any: Vec<String> = ANIMALS.iter().map(|word| format!("{word:?}")).collect();
        rules_of(&format!(
            "[pack]\nname = \"case\"\n[[rule]]\nid = \"word\"\ntitle = \"Word\"\nseverity = \"note\"\nmessage = \"a word\"\n\
             [rule.forbidden]\nany = [{}]\n",
            any.join(", ")
        ))
    });
    RULES.with(with)
}

fn parse(ending: &str, text: &str, keys: &Keys) -> Document {
    let data = DATA.iter().find(|data| data.extensions.contains(&ending));
    (data.expect("a known ending").read)(&Arc::new(Source::new("data", text)), &[keys])
}

fn shown(document: &Document) -> Vec<String> {
    let blocks = document.blocks.iter();
    blocks
        .flat_map(|block| words(document.text.words(block.passage)))
        .collect()
}

/// Key and words of each string.
fn strings(ending: &str, text: &str) -> Vec<(String, String)> {
    let document = parse(ending, text, &Keys::default());
    let blocks = document.blocks.iter();
    blocks
        .map(|block| {
            let key = document.key(block.span).expect("every block has a key");
            (
                key.to_owned(),
                document.text.words(block.passage).to_owned(),
            )
        })
        .collect()
}

// ---------------------------------------------------------------- styles

/// How a string is written: what stands round it, what can stand between words, how a letter is escaped.
#[derive(Debug, Clone)]
struct Style {
    ending: &'static str,
    round: [&'static str; 2],
    between: &'static [&'static str],
    escape: Option<fn(char) -> String>,
}

const STYLES: &[Style] = &[
    Style {
        ending: "json",
        round: ["{\"é\": [\"", "\", 7]}"],
        between: &[
            " ",
            "  ",
            r"\n",
            r"\t",
            ", ",
            r#" \"\" "#,
            r" \ud83d\ude00 ",
            r" \/ ",
            " é ",
            r"\r\n",
            " 😀 ",
        ],
        escape: Some(|c| format!("\\u{:04x}", u32::from(c))),
    },
    Style {
        ending: "json5",
        round: ["// é\n{é: '", "',}"],
        between: &[" ", r" \' ", " \"\" ", " \\\n", r" \x21 ", r" \v "],
        escape: Some(|c| format!("\\x{:02x}", u32::from(c))),
    },
    Style {
        ending: "yaml",
        round: ["é: 1\nk: ", "\nl: 2\n"],
        between: &[
            " ",
            "  ",
            "\n  ",
            "\n\n \n   ",
            " ü\n  ",
            " ' ",
            " +#+ ",
            " \"\" ",
            " \\n ",
            "\n \t",
        ],
        escape: None,
    },
    Style {
        ending: "yml",
        round: ["- - 'é ", "'\n  - 2\n"],
        between: &[
            " ",
            "  ",
            "\n   ",
            "\n\n\n    ",
            " '' ",
            " ''\n    ",
            " \\ ",
            " # ",
            ": ",
        ],
        escape: None,
    },
    Style {
        ending: "yaml",
        round: ["{é: \"\n  ", "\n \", b: c}"],
        between: &[
            " ",
            "\n  ",
            "\n\n   ",
            " \\\n   ",
            " \\\n\n   ",
            r"\n",
            r#" \"\" "#,
            r"\_",
            r"\L",
            r"\N",
            r" \x21 ",
            r"\  ",
            r" \U0001F600 ",
            "\\t\n  ",
            " ü \n  \\n",
            "\n \\ ",
        ],
        escape: Some(|c| format!("\\x{:02x}", u32::from(c))),
    },
    Style {
        ending: "yaml",
        round: ["é: |  # c\n\n    ", "\n\nb: c\n"],
        between: BLOCK,
        escape: None,
    },
    Style {
        ending: "yaml",
        round: ["é: >-\n    ", "\n  \n\n"],
        between: BLOCK,
        escape: None,
    },
    Style {
        ending: "yaml",
        round: ["a:\n  - &x !!str |2+\n      ", "\n\n"],
        between: BLOCK,
        escape: None,
    },
    Style {
        ending: "yaml",
        round: ["a:\n  - >1\n    ", ""],
        between: BLOCK,
        escape: None,
    },
    Style {
        ending: "toml",
        round: ["[a]\nb = [\"", "\"]\n"],
        between: &[" ", r"\n", r"\t", r#" \"\" "#, r" \u00fc ", " ' ", " # "],
        escape: Some(|c| format!("\\u{:04x}", u32::from(c))),
    },
    Style {
        ending: "toml",
        round: ["\"é\" = '", "'\n"],
        between: &[" ", " \\ ", " \"\" ", "\t", " # "],
        escape: None,
    },
    Style {
        ending: "toml",
        round: ["a.b = \"\"\"\n", "\"\"\"\n"],
        between: &[
            " ",
            "\n",
            "\n  \n",
            " \\\n   ",
            " \\  \n\n  ",
            " \"\" ",
            " \"\" ",
            r"\n ",
            " \\\n \\n ",
        ],
        escape: Some(|c| format!("\\U{:08x}", u32::from(c))),
    },
    Style {
        ending: "toml",
        round: ["[[a]]\nb = '''\n", "'''\n"],
        between: &[" ", "\n", "\n\n  ", " \\\n", " '' "],
        escape: None,
    },
    Style {
        ending: "po",
        round: ["msgid \"k\"\nmsgstr \"\"\n\"", "\"\n"],
        between: &[" ", "\"\n\" ", r"\n", " \\\"\\\"\"\n \"", " é ", r" \t "],
        escape: Some(|c| format!("\\{:03o}", u32::from(c))),
    },
    Style {
        ending: "arb",
        round: ["{\"@@locale\": \"dingo\", \"é\": \"", "\"}"],
        between: &[" ", r"\n"],
        escape: None,
    },
];

const BLOCK: &[&str] = &[
    " ",
    "  ",
    "\n    ",
    "\n\n    ",
    "\n \n    ",
    "\n      ",
    "  \n    ",
    " ü\n    ",
    " ' \"\" \\n # ",
    "\n\n\n     - ",
];

/// A file with one string, the words of it and where each is written.
#[derive(Debug)]
struct Written {
    ending: &'static str,
    text: String,
    words: Vec<(&'static str, Range<usize>)>,
}

fn written() -> impl Strategy<Value = Written> {
    let word = (
        select(ANIMALS),
        any::<usize>(),
        prop::option::weighted(0.2, 0..5_usize),
    );
    (
        select(STYLES),
        prop::collection::vec(word, 1..7),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(style, drawn, crlf, bom): (Style, Vec<_>, bool, bool)| {
            write(&style, &drawn, crlf, bom)
        })
}

fn write(
    style: &Style,
    drawn: &[(&'static str, usize, Option<usize>)],
    crlf: bool,
    bom: bool,
) -> Written {
    let line = |text: &str| {
        if crlf {
            text.replace('\n', "\r\n")
        } else {
            text.to_owned()
        }
    };
    let mut out = if bom {
        "\u{feff}".to_owned()
    } else {
        String::new()
    };
    out += &line(style.round[0]);
    let mut words = Vec::new();
    for (number, (word, between, escaped)) in drawn.iter().enumerate() {
        if number > 0 {
            out += &line(style.between[between % style.between.len()]);
        }
        let start = out.len();
        for (at, c) in word.chars().enumerate() {
            match style.escape.filter(|_| *escaped == Some(at)) {
                Some(escape) => out += &escape(c),
                None => out.push(c),
            }
        }
        words.push((*word, start..out.len()));
    }
    out += &line(style.round[1]);
    Written {
        ending: style.ending,
        text: out,
        words,
    }
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn a_word_has_its_own_place_however_its_string_is_written(written in written(), html in any::<bool>()) {
        let inner = if html { Inner::Html } else { Inner::Text };
        let document = parse(written.ending, &written.text, &Keys::new(&[], &[], inner));
        prop_assert!(document.problems.is_empty(), "{:?}", document.problems);
        let expected: Vec<_> = written.words.iter().map(|(word, _)| (*word).to_owned()).collect();
        let got: Vec<_> = shown(&document).into_iter().filter(|word| ANIMALS.contains(&word.as_str())).collect();
        prop_assert_eq!(got, expected);
        let facts = Facts { as_of: TODAY.parse().expect("a date"), ..Facts::default() };
        let outcome = with_rules(|rules| lint(&document, rules, &facts));
        let places: Vec<_> = outcome.findings.iter().map(|of| of.location.span.range()).collect();
        let expected: Vec<_> = written.words.iter().map(|(_, place)| place.clone()).collect();
        prop_assert_eq!(places, expected);
        prop_assert!(outcome.findings.iter().all(|of| of.key.is_some()));
    }

    /// What one style says any other can say: the words of a JSON string are those of the text that serde wrote into it.
    #[test]
    fn any_text_is_read_out_of_json_and_yaml_as_it_was_written_in(said in "\\PC{0,30}|[ \\n\\t\"\\\\a-c😀é]{0,30}") {
        let json = serde_json::to_string(&said).expect("a string");
        let keys = Keys::new(&[], &[], Inner::Text);
        for ending in ["json", "yaml"] {
            let document = parse(ending, &json, &keys);
            prop_assert!(document.problems.is_empty(), "{:?}", document.problems);
            prop_assert_eq!(shown(&document), words(&said));
        }
    }
}

// ---------------------------------------------------------------- what is content

fn pairs(of: &[(String, String)]) -> Vec<(&str, &str)> {
    of.iter()
        .map(|(key, text)| (key.as_str(), text.as_str()))
        .collect()
}

#[test]
fn a_key_path_names_each_string() {
    let json = r#"{"a": {"b": ["x", {"c.d": "y"}, ["z"]], "a": 7}, "": {"e/f": "w"}, "a": "v"} "#;
    let expected = [
        ("a.b.0", "x"),
        ("a.b.1.c.d", "y"),
        ("a.b.2.0", "z"),
        (".e/f", "w"),
        ("a", "v"),
    ];
    assert_eq!(pairs(&strings("json", json)), expected);
    assert_eq!(pairs(&strings("yaml", json)), expected);
    let toml = "z.y = 'x'\n[[a]]\nb = ['v', 'w']\n[[a]]\nc = { d = 'u' }\n";
    let expected = [
        ("z.y", "x"),
        ("a.0.b.0", "v"),
        ("a.0.b.1", "w"),
        ("a.1.c.d", "u"),
    ];
    assert_eq!(pairs(&strings("toml", toml)), expected);
}

#[test]
fn in_yaml_only_strings_are_read_and_an_anchor_once() {
    let yaml = "---\na: &x anchored\nb: *x\nc: [no, ~, 7, true, 2026-01-31, 'true']\nd: !!binary aGVsbG8=\n---\na: again\n";
    assert_eq!(
        pairs(&strings("yaml", yaml)),
        [
            ("a", "anchored"),
            ("c.0", "no"),
            ("c.4", "2026-01-31"),
            ("c.5", "true"),
            ("a", "again")
        ]
    );
    // under a key that is content an alias says what stands under a key that is none
    let keys = Keys::new(&["footer".to_owned()], &[], Inner::Html);
    let document = parse(
        "yaml",
        "common: &x at your risk\nfooter: *x\nother: *x\n",
        &keys,
    );
    assert_eq!(shown(&document), ["at", "your", "risk"]);
    assert_eq!(document.key(document.blocks[0].span), Some("footer"));
}

#[test]
fn of_a_catalogue_is_read_what_gettext_shows() {
    let po = concat!(
        "# caveat\nmsgid \"\"\nmsgstr \"\"\n\"Language: de\\n\"\n\n",
        "#. for the menu\nmsgctxt \"menu\"\nmsgid \"open\"\nmsgstr \"öffnen\"\n\n",
        "#, c-format, fuzzy\n#| msgid \"clsoe\"\nmsgid \"close\"\nmsgstr \"schleißen\"\n",
        "msgid \"untranslated \"\n\"words\"\nmsgstr \"\"\n\n",
        "msgid \"a day\"\nmsgid_plural \"many days\"\nmsgstr[0] \"ein Tag\"\nmsgstr[1] \"\"\nmsgstr[2] \"\"\n\n",
        "#~ msgid \"gone\"\n#~ msgstr \"weg\"\n",
    );
    assert_eq!(
        pairs(&strings("po", po)),
        [
            ("menu.open", "öffnen"),
            ("close", "close"),
            ("untranslated words", "untranslated words"),
            ("a day.1", "many days"),
            ("a day.0", "ein tag"),
        ]
    );
    let document = parse("po", po, &Keys::default());
    let hidden: Vec<_> = document
        .hidden
        .iter()
        .map(|of| document.hidden_text.words(of.passage))
        .collect();
    assert_eq!(hidden, ["caveat", ". for the menu", "schleissen"]);
    assert!(document.problems.is_empty(), "{:?}", document.problems);
}

#[test]
fn what_describes_the_strings_of_arb_is_none() {
    let arb =
        r#"{"@@locale": "en", "risk": "At risk.", "@risk": {"description": "Below the form"}}"#;
    assert_eq!(pairs(&strings("arb", arb)), [("risk", "at risk.")]);
}

#[test]
fn html_in_a_string_is_seen_as_a_page_shows_it_and_text_as_it_is_written() {
    let json = r#"{"a": "At <b>y</b>our&nbsp;risk<br>now<!-- no --> <span hidden>not seen</span> <0>or</0><1/> 1 < 2 & 3"}"#;
    assert_eq!(
        shown(&parse("json", json, &Keys::default())),
        ["at", "your", "risk", "now", "or", "1", "2", "3"]
    );
    let text = Keys::new(&[], &[], Inner::Text);
    let said = shown(&parse("json", r#"{"a": "a <b>\n\nc &lt;"}"#, &text));
    assert_eq!(said, ["a", "b", "c", "lt"]);
    // a heading in one string is none over the next
    let json = r#"{"a": "<h2>Gold</h2><p>One", "b": "Two"}"#;
    let document = parse("json", json, &Keys::default());
    let sections: Vec<_> = document.blocks.iter().map(|of| of.section).collect();
    assert_eq!(document.sections[sections[2] as usize].level, 0);
    assert!(sections[1] != sections[2], "{sections:?}");
}

#[test]
fn globs_choose_by_key() {
    let chosen = |keys: &[&str], not: &[&str], key: &str| {
        let own = |of: &[&str]| of.iter().map(|of| (*of).to_owned()).collect::<Vec<_>>();
        Keys::new(&own(keys), &own(not), Inner::Html).choose(key)
    };
    assert!(chosen(&[], &[], "a.b"));
    assert!(chosen(&["footer.**"], &[], "footer.a.0.b"));
    assert!(!chosen(&["footer.**"], &[], "header.a"));
    assert!(chosen(&["*.disclaimer"], &[], "a.disclaimer"));
    assert!(!chosen(&["*.disclaimer"], &[], "a.b.disclaimer"));
    assert!(chosen(&["**.disclaimer"], &[], "a.b.disclaimer"));
    assert!(chosen(&["**.disclaimer"], &[], "disclaimer"));
    assert!(chosen(&["items.*.{text,title}"], &[], "items.10.text"));
    assert!(chosen(&["*_disclaimer"], &[], "cfd_disclaimer"));
    assert!(!chosen(&["**"], &["meta.**"], "meta.a"));
    assert!(chosen(&["*"], &[], "and/or"));
}

// ---------------------------------------------------------------- hostile and broken

#[test]
fn what_cannot_be_read_is_told_and_the_strings_before_it_are_kept() {
    for (ending, broken, kept, told, at) in [
        (
            "json",
            r#"{"a": "quoll", "b": nul}"#,
            "quoll",
            "no JSON",
            "nul",
        ),
        (
            "json",
            r#"{"a": "quoll" "b": "x"}"#,
            "quoll",
            "no JSON",
            "\"b\"",
        ),
        (
            "json",
            r#"{"a": "quoll", "b": "\ud83d"}"#,
            "quoll",
            "no JSON",
            "\\ud83d\"",
        ),
        ("json", r#"{"a": "quoll""#, "quoll", "ends too soon", ""),
        ("json", r#"["quoll"]]"#, "quoll", "no JSON", "]"),
        ("json", "", "", "ends too soon", ""),
        ("yaml", "a: quoll\nb: 'x\n", "quoll", "no YAML", "'"),
        ("yaml", "a: quoll\n b: c\n", "quoll", "no YAML", ":"),
        (
            "toml",
            "a = 'quoll'\na = 'x'\n",
            "quoll",
            "no TOML: duplicate key",
            "a",
        ),
        (
            "po",
            "msgid \"k\"\nmsgstr \"quoll\"\nwhat \"x\"\n",
            "quoll",
            "`what` is no keyword",
            "what \"x\"",
        ),
        (
            "po",
            "msgid \"k\"\nmsgstr \"quoll\"\n\"x\n",
            "quoll",
            "does not end",
            "\"x",
        ),
        ("po", "\"x\"\n", "", "belongs to no entry", "\"x\""),
    ] {
        let document = parse(ending, broken, &Keys::default());
        let [problem] = &document.problems[..] else {
            panic!("{broken}: {:?}", document.problems);
        };
        let slice = document.source.slice(problem.span);
        assert_eq!(slice, at, "{broken}: {}", problem.message);
        assert!(
            problem.message.contains(told),
            "{broken}: {}",
            problem.message
        );
        assert!(
            shown(&document).join(" ").starts_with(kept),
            "{broken}: {:?}",
            shown(&document)
        );
    }
}

#[test]
fn a_file_that_nests_without_end_is_told_not_followed() {
    let deep =
        |open: &str, close: &str| format!("{}\"x\"{}", open.repeat(10_000), close.repeat(10_000));
    for (ending, text) in [
        ("json", deep("[", "]")),
        ("json", deep("{\"a\":", "}")),
        ("yaml", deep("[", "]")),
        ("yaml", format!("{}x", "- ".repeat(10_000))),
        ("toml", format!("a = {}", deep("[", "]"))),
        ("toml", format!("a{} = 'x'", ".a".repeat(10_000))),
    ] {
        let document = parse(ending, &text, &Keys::default());
        assert_eq!(document.problems.len(), 1, "{ending}");
    }
}

#[test]
fn aliases_of_aliases_are_not_expanded() {
    let mut yaml = "a: &a [quoll]\n".to_owned();
    for (now, before) in ('b'..='z').zip('a'..='y') {
        yaml += &format!(
            "{now}: &{now} [{}]\n",
            vec![format!("*{before}"); 9].join(", ")
        );
    }
    let document = parse("yaml", &yaml, &Keys::default());
    assert_eq!(shown(&document), ["quoll"]);
    assert!(document.problems.is_empty(), "{:?}", document.problems);
}

// ---------------------------------------------------------------- config

const RULES: &str = "[pack]\nname = \"case\"\n[[rule]]\nid = \"claim\"\ntitle = \"Claim\"\nseverity = \"error\"\nmessage = \"a claim is made\"\n\
    [rule.forbidden]\nany = [\"guaranteed returns\"]\n";

/// (path, message, text) of each finding.
fn told(report: &Value) -> Vec<(&str, &str, &str)> {
    let findings = list(report, "findings").iter();
    findings
        .map(|of| (text(of, "path"), text(of, "message"), text(of, "text")))
        .collect()
}

fn project(data: &str) -> tempfile::TempDir {
    let json = "{\"a\": {\"x\": \"guaranteed returns\"}, \"b\": \"guaranteed returns\"}\n";
    folder(&[
        (
            "caveat.toml",
            &format!("packs = [\"rules.toml\"]\n[files]\ninclude = [\"pages/**\"]\n{data}"),
        ),
        ("rules.toml", RULES),
        ("package.json", json),
        ("i18n/en.json", json),
        ("pages/page.md", "# A page\n"),
    ])
}

#[test]
fn data_is_read_only_where_config_names_it() {
    let without = project("");
    assert_eq!(told(&report(without.path(), &["."])), []);
    let with = project("[[data]]\npath = \"i18n/*.json\"\nkeys = [\"a.**\"]\n");
    let all = report(with.path(), &["."]);
    assert_eq!(
        told(&all),
        [("i18n/en.json", "a claim is made", "guaranteed returns")]
    );
    assert_eq!(all["findings"][0]["key"], "a.x");
    assert_eq!(all["summary"]["files"], 2);
    // a file that is named and that no config names
    let one = report(with.path(), &["package.json"]);
    let [(path, message, _)] = told(&one)[..] else {
        panic!("{one}");
    };
    assert_eq!(path, "package.json");
    assert!(
        message.contains("no `[[data]]`") && message.contains("nothing in it was checked"),
        "{message}"
    );
    assert_eq!(one["findings"][0]["code"], "unverifiable");
    assert_eq!(caveat(with.path(), &["check", "package.json"]).code, 1);
}

#[test]
fn of_several_that_choose_a_string_the_last_says_what_it_is_written_in() {
    let of = |last: &str| {
        let data = format!(
            "[[data]]\npath = \"i18n/*\"\n[[data]]\npath = \"i18n/*\"\nkeys = \"b\"\nsyntax = \"{last}\"\n"
        );
        let project = project(&data);
        crate::put(
            project.path(),
            "i18n/en.json",
            b"{\"a\": \"<i hidden>guaranteed</i> returns\", \"b\": \"guaranteed <i>returns</i>\"}",
        );
        list(&report(project.path(), &["."]), "findings").len()
    };
    assert_eq!((of("html"), of("text")), (1, 0));
}

#[test]
fn a_glob_that_matches_nothing_is_told_in_a_run_over_the_whole_project() {
    let misspelt = project(
        "[[data]]\npath = [\"i18n/*.json\", \"locale/*.po\"]\nkeys = [\"a.**\", \"foter.**\"]\n[[data]]\npath = \"cms/*\"\nkeys = \"x\"\n",
    );
    let all = report(misspelt.path(), &["."]);
    assert_eq!(
        told(&all)[..3],
        [
            ("caveat.toml", "no data file matches", "\"locale/*.po\""),
            ("caveat.toml", "no string has such a key", "\"foter.**\""),
            ("caveat.toml", "no data file matches", "\"cms/*\""),
        ]
    );
    assert_eq!(all["findings"][0]["severity"], "warning");
    assert_eq!(told(&report(misspelt.path(), &["i18n"])).len(), 1);
}

#[test]
fn people_are_shown_the_key() {
    let project = project("[[data]]\npath = \"i18n/*.json\"\nkeys = [\"b\"]\n");
    let concise = caveat(project.path(), &["check", "--format", "concise", "."]);
    assert!(
        concise.out.trim_end().ends_with("a claim is made (in `b`)"),
        "{}",
        concise.out
    );
    let pretty = caveat(project.path(), &["check", "."]);
    assert!(pretty.out.contains("key: b\n"), "{}", pretty.out);
}

#[test]
fn a_comment_waives_in_data_too() {
    let project = project("[[data]]\npath = \"i18n/*\"\n");
    for (name, before) in [("a.yaml", "# "), ("b.toml", "# "), ("c.jsonc", "// ")] {
        let (open, close) = if name == "c.jsonc" {
            ("{\"k\": ", "}")
        } else if name == "b.toml" {
            ("k = ", "")
        } else {
            ("k: ", "")
        };
        let page = format!(
            "{before}caveat-disable-next-line case/claim: quoted\n{open}\"guaranteed returns\"{close}\n"
        );
        crate::put(project.path(), &format!("i18n/{name}"), page.as_bytes());
        let report = report(project.path(), &[&format!("i18n/{name}")]);
        assert_eq!(
            (
                list(&report, "findings").len(),
                list(&report, "waived").len()
            ),
            (0, 1),
            "{name}: {report}"
        );
    }
}

#[test]
fn a_fix_that_could_break_a_string_is_not_safe() {
    let rules = "[pack]\nname = \"case\"\n[[disclosure]]\nid = \"notice\"\n[[disclosure.version]]\ntext.en = \"WORDS lose money rapidly due to leverage.\"\n\
        [[rule]]\nid = \"notice\"\ntitle = \"N\"\nseverity = \"error\"\nmessage = \"m\"\n[rule.required]\ndisclosure = \"notice\"\n";
    let safe = |words: &str| {
        let set = rules_of(&rules.replace("WORDS", &words.replace('"', "\\\"")));
        let document = parse(
            "json",
            "{\"a\": \"Investors of all kinds here lose money slowly due to leverage.\"}",
            &Keys::default(),
        );
        let outcome = lint(&document, &set, &Facts::default());
        let fix = outcome.findings.first().and_then(|of| of.fix.clone());
        fix.map(|fix| (fix.safety == caveat::finding::Safety::Safe, fix.edits.len()))
    };
    let plain = safe("Investors of all kinds here");
    let quoted = safe("Investors of \"all\" kinds here");
    assert_eq!(plain.map(|(safe, _)| safe), Some(true));
    assert!(quoted.is_none_or(|(safe, _)| !safe), "{quoted:?}");
}
