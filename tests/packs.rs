//! The packs that ship: every rule has its law, examples that behave, and words that fit the house.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::Arc;

use caveat::lint::run_examples;
use caveat::rule::{PACKS, built_in};
use caveat::{Pack, Rule, Severity};

use crate::{TODAY, caveat, list, report, root};

fn packs() -> Vec<Arc<Pack>> {
    PACKS
        .iter()
        .map(|(name, _)| {
            let (pack, mistakes) = built_in(name).expect("it is built in");
            let told: Vec<_> = mistakes
                .iter()
                .map(|of| (&of.message, of.location.text()))
                .collect();
            assert!(told.is_empty(), "{name}: {told:?}");
            Arc::new(pack)
        })
        .collect()
}

/// Asks each rule of each pack and shows all that is wrong.
fn each(judge: impl Fn(&Rule) -> Vec<String>) {
    let mut wrong = Vec::new();
    for pack in packs() {
        for rule in &pack.rules {
            wrong.extend(
                judge(rule)
                    .into_iter()
                    .map(|what| format!("{}: {what}", rule.head.id)),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_in_rules_is_built_in_under_its_name() {
    let files: BTreeSet<String> = crate::files_under(&root().join("rules"))
        .iter()
        .map(|path| {
            path.file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let built: BTreeSet<String> = PACKS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files, built);
    for pack in packs() {
        assert!(built.contains(&pack.name), "{}", pack.name);
        assert!(!pack.rules.is_empty() && !pack.title.is_empty());
        assert_eq!(pack.source.path(), format!("rules/{}.toml", pack.name));
        assert_eq!(
            pack.source.text(),
            crate::read(&root().join(pack.source.path()))
        );
    }
}

#[test]
fn every_rule_has_one_example_that_fails_and_two_that_pass() {
    each(|rule| {
        let fails = rule.examples.iter().filter(|example| example.fails).count();
        let passes = rule.examples.len() - fails;
        if fails >= 1 && passes >= 2 {
            vec![]
        } else {
            vec![format!("{fails} fail, {passes} pass")]
        }
    });
}

#[test]
fn every_example_that_fails_says_with_which_code_and_where() {
    each(|rule| {
        let failing = rule.examples.iter().filter(|example| example.fails);
        failing
            .filter(|example| {
                let at = example.at.as_ref();
                example.code.is_none()
                    || !at.is_some_and(|at| !at.is_empty() && example.text.contains(at))
            })
            .map(|example| format!("says not enough of {:?}", example.text))
            .collect()
    });
}

#[test]
fn every_example_behaves() {
    let packs = packs();
    let rules: Vec<Arc<Rule>> = packs.iter().flat_map(|pack| pack.rules.clone()).collect();
    let (ran, failures) = run_examples(&packs, &rules);
    let told: Vec<_> = failures
        .iter()
        .map(|of| format!("{}: {} at {:?}", of.rule, of.message, of.location.text()))
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(ran >= 3 * rules.len());
}

/// A rule whose examples still behave when its findings are turned round would prove nothing.
#[test]
fn an_example_can_fail() {
    let text = PACKS[0].1.replacen("passes = \"", "fails = \"", 1);
    let source = Arc::new(caveat::Source::new("turned.toml", text));
    let (pack, _) = caveat::rule::load(&source, &std::collections::BTreeMap::new());
    let pack = Arc::new(pack);
    let (_, failures) = run_examples(std::slice::from_ref(&pack), &pack.rules);
    assert_eq!(failures.len(), 1, "{failures:?}");
}

#[test]
fn every_rule_names_its_law_whole() {
    let today: jiff::civil::Date = TODAY.parse().expect("a date");
    each(|rule| {
        let mut wrong = Vec::new();
        if rule.law.is_empty() {
            wrong.push("no law".to_owned());
        }
        for law in &rule.law {
            for (what, value) in [
                ("regulator", &law.regulator),
                ("citation", &law.citation),
                ("url", &law.url),
                ("quote", &law.quote),
            ] {
                if value.trim().is_empty() {
                    wrong.push(format!("{}: no {what}", law.citation));
                }
            }
            if !(law.url.starts_with("https://") || law.url.starts_with("http://"))
                || law.url.contains(char::is_whitespace)
            {
                wrong.push(format!("`{}` is no address", law.url));
            }
            match law.checked {
                None => wrong.push(format!("{}: nobody checked it", law.citation)),
                Some(day) if day > today => {
                    wrong.push(format!("{}: checked on {day}", law.citation))
                }
                Some(_) => {}
            }
            if !["verified", "second-hand", "unverified"].contains(&law.status.as_str()) {
                wrong.push(format!("{}: `{}`", law.citation, law.status));
            }
        }
        wrong
    });
}

#[test]
fn only_a_verified_law_makes_an_error() {
    each(|rule| {
        let verified = rule.law.iter().any(|law| law.status == "verified");
        if rule.head.severity == Severity::Error && !verified {
            vec!["an error that rests on no verified law".to_owned()]
        } else {
            Vec::new()
        }
    });
}

#[test]
fn every_id_is_one_rule_of_its_own_pack() {
    let mut seen = BTreeSet::new();
    each(|rule| {
        let (pack, id) = rule.head.id.split_once('/').expect("pack/id");
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if pack == rule.pack && !id.is_empty() && id.chars().all(plain) {
            Vec::new()
        } else {
            vec![format!("of pack {}", rule.pack)]
        }
    });
    for pack in packs() {
        for rule in &pack.rules {
            assert!(seen.insert(rule.head.id.clone()), "{} twice", rule.head.id);
        }
    }
}

#[test]
fn every_message_is_in_the_style_of_the_house() {
    each(|rule| {
        let mut wrong = Vec::new();
        let message = rule.head.message.as_str();
        let help = rule.head.help.as_deref().unwrap_or_default();
        let first = message.chars().next().unwrap_or(' ');
        if !(first.is_lowercase() || first == '"') {
            wrong.push(format!("begins with `{first}`: {message}"));
        }
        if message.ends_with(['.', '!', ' ']) || message.contains(". ") {
            wrong.push(format!("is one line without a full stop: {message}"));
        }
        if message.contains('\n') || message.chars().count() > 100 {
            wrong.push(format!("is too long: {message}"));
        }
        if help.is_empty() || help.ends_with('.') || !help.starts_with(char::is_lowercase) {
            wrong.push(format!("help is lower case without a full stop: {help:?}"));
        }
        if rule.head.title.is_empty()
            || rule.head.title.ends_with('.')
            || !rule.head.title.starts_with(char::is_uppercase)
        {
            wrong.push(format!("title: {:?}", rule.head.title));
        }
        if message.to_lowercase().contains("compliant") {
            wrong.push("nobody is told to be compliant".to_owned());
        }
        wrong
    });
}

#[test]
fn every_rule_can_be_selected_by_a_tag() {
    each(|rule| {
        if rule.tags.is_empty() {
            vec!["no tag".to_owned()]
        } else {
            Vec::new()
        }
    });
}

/// TOML 1.1 allows what 1.0 does not; editors and other tools read 1.0.
#[test]
fn every_pack_is_toml_1_0() {
    let script = "import sys, tomllib\nfor f in sys.argv[1:]: tomllib.load(open(f, 'rb'))";
    let can = Command::new("python3")
        .args(["-c", "import tomllib"])
        .output();
    if !can.is_ok_and(|can| can.status.success()) {
        println!("skipped: no python3 with tomllib here");
        return;
    }
    let files = crate::files_under(&root().join("rules"));
    let ran = Command::new("python3")
        .args(["-c", script])
        .args(&files)
        .output()
        .expect("python3 runs");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

#[test]
fn ordinary_pages_get_no_finding_from_core() {
    let folder = root().join("tests/cases/ordinary");
    let report = report(&folder, &["--isolated", "."]);
    assert!(report["summary"]["files"].as_u64() >= Some(5));
    assert_eq!(list(&report, "findings"), &[] as &[serde_json::Value]);
    // met would say that a rule applied where nothing gives cause
    assert_eq!(list(&report, "met"), &[] as &[serde_json::Value]);
    // as source code of this repository
    let ran = caveat(
        root(),
        &[
            "check",
            "--isolated",
            "--format",
            "concise",
            "--fail-on",
            "note",
            "README.md",
        ],
    );
    assert_eq!((ran.out.as_str(), ran.code), ("", 0));
}

#[test]
fn the_program_runs_the_examples_of_every_pack() {
    let ran = caveat(root(), &["test", "--isolated"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let rules: usize = packs().iter().map(|pack| pack.rules.len()).sum();
    assert!(
        ran.out.contains(&format!("of {rules} rules")),
        "{}",
        ran.out
    );
}
