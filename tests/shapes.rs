//! One prescribed wording in every shape that a syntax can give it: seen, altered, hidden. `shapes/EXPECT.toml` says what each
//! page must give.

use std::collections::BTreeMap;

use caveat::{Code, Finding, Outcome, RuleSet, Severity};

use crate::{files_under, outcome, outcome_in, read, root, rules_of, words, words_seen_in};

const PRESCRIBED: &str = "Don't invest unless you're prepared to lose all the money you invest. This is a high-risk investment \
    and you should not expect to be protected if something goes wrong. Take 2 mins to learn more.";

fn rules() -> RuleSet {
    rules_of(&read(&root().join("tests/shapes/rules.toml")))
}

/// The syntaxes that the shapes are told in, and how many pages at least are seen, altered and hidden.
const TOLD_IN: &[(&str, [usize; 3])] = &[
    ("md", [131, 58, 70]),
    ("adoc", [60, 25, 35]),
    ("rst", [60, 25, 35]),
    ("html", [144, 69, 80]),
    ("mdx", [147, 62, 80]),
];

/// Lints every page of a folder in every syntax and shows all that `judge` finds wrong, by file name. `judge` gets the ending.
fn each(folder: &str, judge: impl Fn(&str, &str, &Outcome) -> Result<(), String>) {
    each_page(folder, |_, ending, source, outcome| {
        judge(ending, source, outcome)
    });
}

fn each_page(folder: &str, judge: impl Fn(&str, &str, &str, &Outcome) -> Result<(), String>) {
    let rules = rules();
    let mut wrong = Vec::new();
    let mut pages = 0;
    for (ending, least) in TOLD_IN {
        let place = ["seen", "altered", "hidden"]
            .iter()
            .position(|of| *of == folder)
            .expect("a folder of shapes");
        let files = files_under(&root().join("tests/shapes").join(ending).join(folder));
        assert!(
            files.len() >= least[place],
            "only {} pages in {ending}/{folder}/",
            files.len()
        );
        pages += files.len();
        for path in &files {
            let name = path.file_stem().expect("a name").to_string_lossy();
            let source = read(path);
            let outcome = outcome_in(ending, &rules, &source);
            if let Err(of) = judge(&name, ending, &source, &outcome) {
                wrong.push(format!("{ending}/{folder}/{name}: {of}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {pages} pages\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn told(findings: &[Finding]) -> String {
    let all: Vec<String> = findings
        .iter()
        .map(|finding| {
            format!(
                "{} {} at {:?}: {}",
                finding.severity.name(),
                finding.code.name(),
                finding.location.text(),
                finding.message
            )
        })
        .collect();
    all.join("; ")
}

/// The exceptions of EXPECT.toml: folder/page → code and severity.
fn exceptions() -> BTreeMap<String, (String, Severity)> {
    let table: toml::Table = read(&root().join("tests/shapes/EXPECT.toml"))
        .parse()
        .expect("EXPECT.toml is TOML");
    let text = |of: &toml::Value, key: &str| {
        of[key]
            .as_str()
            .unwrap_or_else(|| panic!("no `{key}`: {of:?}"))
            .to_owned()
    };
    table["exception"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|of| {
            let severity = Severity::named(&text(of, "severity")).expect("a severity");
            (text(of, "page"), (text(of, "code"), severity))
        })
        .collect()
}

#[test]
fn every_exception_is_about_a_page() {
    for page in exceptions().keys() {
        let path = root().join("tests/shapes/md").join(format!("{page}.md"));
        assert!(path.is_file(), "{page}");
    }
}

#[test]
fn a_wording_that_a_reader_sees_is_met_under_its_own_words() {
    let prescribed = words(PRESCRIBED);
    each("seen", |ending, source, outcome| {
        if !outcome.findings.is_empty() {
            return Err(told(&outcome.findings));
        }
        let [met] = &outcome.met[..] else {
            return Err(format!("met {} times", outcome.met.len()));
        };
        let slice = source
            .get(met.location.span.range())
            .ok_or("the span is off the characters")?;
        // what lies between the first and the last word may be markup that the slice cuts through
        let seen = words_seen_in(ending, slice);
        if seen.first() != prescribed.first() || seen.last() != prescribed.last() {
            return Err(format!("the span lies on {slice:?}"));
        }
        let mut rest = seen.iter();
        match prescribed
            .iter()
            .find(|word| !rest.any(|seen| seen == *word))
        {
            Some(word) => Err(format!("`{word}` is not under the span: {slice:?}")),
            None => Ok(()),
        }
    });
}

fn wrong_wording(folder: &str, code: Code) {
    let exceptions = exceptions();
    each_page(folder, |name, _, source, outcome| {
        if !outcome.met.is_empty() {
            return Err(format!("met by {:?}", outcome.met[0].location.text()));
        }
        let expected = exceptions
            .get(&format!("{folder}/{name}"))
            .map_or((code.name(), Severity::Error), |(code, severity)| {
                (code, *severity)
            });
        let [finding] = &outcome.findings[..] else {
            return Err(format!("not one finding but {:?}", told(&outcome.findings)));
        };
        if (finding.code.name(), finding.severity) != expected {
            return Err(told(&outcome.findings));
        }
        let slice = source
            .get(finding.location.span.range())
            .ok_or("the span is off the characters")?;
        if slice.is_empty() {
            Err("the span is empty".to_owned())
        } else {
            Ok(())
        }
    });
}

#[test]
fn a_changed_wording_is_altered_and_never_met_or_plainly_missing() {
    wrong_wording("altered", Code::Altered);
}

#[test]
fn a_wording_that_a_reader_does_not_see_is_hidden_and_never_met() {
    wrong_wording("hidden", Code::Hidden);
}

#[test]
fn what_is_called_hidden_lies_under_the_span() {
    let prescribed = words(PRESCRIBED);
    each("hidden", |_, source, outcome| {
        let [finding] = &outcome.findings[..] else {
            return Err(told(&outcome.findings));
        };
        let slice = &source[finding.location.span.range()];
        // hidden text may be written otherwise than read (a link target, folded YAML): its first and last words stand there
        let shown = words(slice);
        let has = |word: &str| shown.iter().any(|shown| shown.contains(word));
        if has(&prescribed[1]) && has(&prescribed[prescribed.len() - 1]) {
            Ok(())
        } else {
            Err(format!("the span lies on {slice:?}"))
        }
    });
}

/// Applies a fix to the page it is for.
fn mended(source: &str, finding: &Finding) -> String {
    let mut mended = source.to_owned();
    let mut edits: Vec<_> = finding.fix.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.location.span));
    for edit in edits {
        mended.replace_range(edit.location.span.range(), &edit.text);
    }
    mended
}

#[test]
fn a_safe_fix_makes_an_altered_wording_met() {
    use caveat::finding::Safety;
    let rules = rules();
    each("altered", |ending, source, first| {
        for finding in &first.findings {
            let Some(fix) = finding
                .fix
                .as_ref()
                .filter(|fix| fix.safety == Safety::Safe)
            else {
                continue;
            };
            let mut spans: Vec<_> = fix.edits.iter().map(|edit| edit.location.span).collect();
            spans.sort_unstable();
            if spans.windows(2).any(|pair| pair[0].end > pair[1].start) {
                return Err("two edits overlap".to_owned());
            }
            let mended = mended(source, finding);
            let second = outcome_in(ending, &rules, &mended);
            if !second.findings.is_empty() || second.met.len() != 1 {
                return Err(format!(
                    "mended, and still {}: {mended:?}",
                    told(&second.findings)
                ));
            }
        }
        Ok(())
    });
}

/// Deleting, doubling, changing or swapping any one word, and putting any binding word in, is told at the words it touches.
#[test]
fn no_word_can_be_left_out_added_changed_or_moved() {
    let rules = rules();
    let words: Vec<&str> = PRESCRIBED.split(' ').collect();
    let with = |at: usize, new: &[&str]| [&words[..at], new, &words[at + 1..]].concat().join(" ");
    let mut texts = Vec::new();
    for (at, word) in words.iter().enumerate() {
        texts.push((format!("`{word}` ({at}) left out"), with(at, &[])));
        // beside the text, a word more is a word of the page
        if at > 0 && at + 1 < words.len() {
            texts.push((format!("`{word}` ({at}) doubled"), with(at, &[word, word])));
        }
        texts.push((format!("`{word}` ({at}) changed"), with(at, &["perhaps"])));
        if at > 0 {
            for new in ["not", "never", "50%", "rarely"] {
                texts.push((
                    format!("`{new}` before `{word}` ({at})"),
                    with(at, &[new, word]),
                ));
            }
            let mut swapped = words.clone();
            swapped.swap(at - 1, at);
            texts.push((format!("`{word}` ({at}) moved"), swapped.join(" ")));
        }
    }
    let mut wrong = Vec::new();
    for (what, text) in &texts {
        let page = format!("# A page\n\nBefore it.\n\n{text}\n\nAfter it.\n");
        let outcome = outcome(&rules, &page);
        let [finding] = &outcome.findings[..] else {
            wrong.push(format!("{what}: {}", told(&outcome.findings)));
            continue;
        };
        let first = page.find(text.as_str()).expect("there");
        let inside = first..first + text.len();
        let span = finding.location.span.range();
        if finding.code != Code::Altered || !outcome.met.is_empty() {
            wrong.push(format!("{what}: {}", told(&outcome.findings)));
        } else if span.is_empty() || span.start < inside.start || inside.end < span.end {
            wrong.push(format!("{what}: the span lies on {:?}", &page[span]));
        } else if finding.severity != Severity::Error {
            wrong.push(format!("{what}: {}", told(&outcome.findings)));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        texts.len(),
        wrong.join("\n")
    );
}
