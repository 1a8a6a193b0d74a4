//! Properties of spans and of folding: formatting does not matter, every span lies in its source, folding is idempotent and
//! loses nothing that binds, parsing never fails, and line and column lead back to the offset.

use caveat::source::{Position, Span, Unit};
use caveat::text::{fold, is_currency, is_negation};
use caveat::{Outcome, RuleSet, Source};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::Config;

use crate::{outcome, rules_of, words, words_seen};

const PACK: &str = r#"
[pack]
name = "case"

[[disclosure]]
id = "notice"
[[disclosure.version]]
text.en = "Don't lend more than you can afford to lose. The lender isn't covered by any scheme, and 100% of the stake may go."

[[rule]]
id = "notice"
title = "Notice"
severity = "error"
message = "the notice is not there"
[rule.required]
disclosure = "notice"

[[rule]]
id = "clause"
title = "Clause"
severity = "error"
message = "the clause is not there"
[rule.required]
any = ["past results {..4} (aren't|not) {..4} (guide|promise)"]

[[rule]]
id = "claim"
title = "Claim"
severity = "error"
message = "a claim is made"
[rule.forbidden]
any = ["guaranteed {..2} returns", "risk-free"]
"#;

const NOTICE: &str = "Don't lend more than you can afford to lose. The lender isn't covered by any scheme, and 100% of the stake may go.";
const CLAUSE: &str = "Past results aren't a reliable guide.";
const CLAIM: &str = "Our desk pays guaranteed monthly returns.";

/// The rules, compiled once for each thread.
fn with_rules<T>(with: impl FnOnce(&RuleSet) -> T) -> T {
    thread_local!(static RULES: RuleSet = rules_of(PACK));
    RULES.with(with)
}

fn cases(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

// ---------------------------------------------------------------- formatting does not matter

/// What can be put between two words without a reader seeing other words.
const BETWEEN: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    "\n",
    "  \n",
    "  ",
    "\t",
    "&nbsp;",
    "\u{a0}",
    "\u{202f}",
    "\u{2009}",
    "&#32;",
    "&#x20;",
    "<br>",
    "<br/>\n",
    " <br> ",
    " <!-- for the editor --> ",
    "<!-- -->\n",
    " \u{200b}",
    " \u{feff}",
    "\\\n",
    "&ensp;",
    " <wbr>",
];

/// How a word can be dressed. `W` is the word; `w` its first character, `o` the rest.
const AROUND: &[&str] = &[
    "W",
    "W",
    "W",
    "W",
    "W",
    "**W**",
    "*W*",
    "***W***",
    "_W_",
    "__W__",
    "[W](https://example.com/a_b)",
    "[W](/a \"b\")",
    "<b>W</b>",
    "<span class=\"x\">W</span>",
    "<strong>W</strong>",
    "<i>W</i>",
    "**w**o",
    "<u>w</u>o",
    "w\u{ad}o",
    "w\u{200b}o",
    "w\u{2060}o",
    "w&shy;o",
    "w&#8203;o",
    "w<wbr>o",
    "w<!-- -->o",
    "<a href='/x'>W</a>",
    "w\u{200d}o",
    "[W][ref]",
    "~1~W",
];

fn dressed(word: &str, dress: &str) -> String {
    // a sign at the border of a word is left out of the dress, as a writer would
    let start = word.find(char::is_alphanumeric).unwrap_or(0);
    let end = word.rfind(char::is_alphanumeric).map_or(word.len(), |at| {
        at + word[at..].chars().next().map_or(0, char::len_utf8)
    });
    let (before, bare, after) = (&word[..start], &word[start..end], &word[end..]);
    let first = bare.chars().next().map_or(0, char::len_utf8);
    let plain = "~1~W" == dress || bare.is_empty();
    let dressed = if plain {
        bare.to_owned()
    } else {
        dress
            .replace('W', "\u{1}")
            .replace('w', "\u{2}")
            .replace(
                "o",
                if dress.contains('w') && !dress.contains("wbr") || dress.starts_with("w<wbr>") {
                    "\u{3}"
                } else {
                    "o"
                },
            )
            .replace("\u{2}br", "wbr")
            .replace('\u{1}', bare)
            .replace('\u{2}', &bare[..first])
            .replace('\u{3}', &bare[first..])
    };
    format!("{before}{dressed}{after}")
}
