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
    blocks.flat_map(|block| words(document.text.words(block.passage))).collect()
}

/// Key and words of each string.
fn strings(ending: &str, text: &str) -> Vec<(String, String)> {
    let document = parse(ending, text, &Keys::default());
    let blocks = document.blocks.iter();
    blocks
        .map(|block| {
            let key = document.key(block.span).expect("every block has a key");
            (key.to_owned(), document.text.words(block.passage).to_owned())
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
        between: &[" ", "  ", r"\n", r"\t", ", ", r#" \"\" "#, r" \ud83d\ude00 ", r" \/ ", " é ", r"\r\n", " 😀 "],
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
        between: &[" ", "  ", "\n  ", "\n\n \n   ", " ü\n  ", " ' ", " +#+ ", " \"\" ", " \\n ", "\n \t"],
        escape: None,
    },
    Style {
        ending: "yml",
        round: ["- - 'é ", "'\n  - 2\n"],
        between: &[" ", "  ", "\n   ", "\n\n\n    ", " '' ", " ''\n    ", " \\ ", " # ", ": "],
        escape: None,
    },
    Style {
        ending: "yaml",
        round: ["{é: \"\n  ", "\n \", b: c}"],
        between: &[
            " ", "\n  ", "\n\n   ", " \\\n   ", " \\\n\n   ", r"\n", r#" \"\" "#, r"\_", r"\L", r"\N", r" \x21 ", r"\  ", r" \U0001F600 ",
            "\\t\n  ", " ü \n  \\n", "\n \\ ",
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
        between: &[" ", "\n", "\n  \n", " \\\n   ", " \\  \n\n  ", " \"\" ", " \"\" ", r"\n ", " \\\n \\n "],
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
    let word = (select(ANIMALS), any::<usize>(), prop::option::weighted(0.2, 0..5_usize));
    (select(STYLES), prop::collection::vec(word, 1..7), any::<bool>(), any::<bool>())
        .prop_map(|(style, drawn, crlf, bom): (Style, Vec<_>, bool, bool)| write(&style, &drawn, crlf, bom))
}

fn write(style: &Style, drawn: &[(&'static str, usize, Option<usize>)], crlf: bool, bom: bool) -> Written {
    let line = |text: &str| if crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
    let mut out = if bom { "\u{feff}".to_owned() } else { String::new() };
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
    Written { ending: style.ending, text: out, words }
}

proptest! {
    #![proptest_config(cases(4000))]

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
