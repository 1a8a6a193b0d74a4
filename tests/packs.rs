//! The packs that ship: every rule has its law, examples that behave, and words that fit the house. What packs do to each other's
//! texts, to ordinary pages and to promotions stands in `packs/`.

mod abroad;
mod apart;
mod ordinary;
mod pages;
mod promotions;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::{Arc, LazyLock};

use caveat::check::Disclosure;
use caveat::lint::{Outcome, run_examples};
use caveat::rule::{Example, FACETS, PACKS, built_in};
use caveat::{Facts, Pack, Rule, RuleSet, Severity, Source, lint, syntax};

use crate::{TODAY, caveat, list, report, root};

/// The last day on which someone looked a law up.
const LAST_CHECKED: &str = "2026-11-28";

/// Every pack, without a mistake; read once.
fn packs() -> Vec<Arc<Pack>> {
    static READ: LazyLock<Vec<Arc<Pack>>> = LazyLock::new(read_packs);
    READ.clone()
}

fn read_packs() -> Vec<Arc<Pack>> {
    PACKS
        .iter()
        .map(|(name, _)| {
            let (pack, _) = built_in(name).expect("it is built in");
            // as a file: the phrases of what is built in are parsed only when something looks for them
            let (read, mistakes) = caveat::rule::load(&pack.source, &BTreeMap::new());
            // a span is told by where it stands, and a text by what it is: the whole of both packs
            let (packed, plain) = (format!("{pack:?}"), format!("{read:?}"));
            let mut both = packed.char_indices().zip(plain.chars());
            if let Some(((at, _), _)) = both.find(|((_, a), b)| a != b) {
                let from = at.saturating_sub(80);
                let near = |of: &str| of[from..].chars().take(160).collect::<String>();
                panic!(
                    "{name}: what was packed is not what its text says:\n{}\n{}",
                    near(&packed),
                    near(&plain)
                );
            }
            assert_eq!(packed.len(), plain.len(), "{name}");
            let told: Vec<_> = mistakes
                .iter()
                .map(|of| (&of.message, of.location.text()))
                .collect();
            assert!(told.is_empty(), "{name}: {told:?}");
            Arc::new(pack)
        })
        .collect()
}

/// Every value of every facet that some rule names, so that each rule has its facets on one page.
fn everywhere() -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = FACETS
        .iter()
        .filter(|facet| **facet != "language")
        .map(|facet| ((*facet).to_owned(), BTreeSet::new()))
        .collect();
    all.entry("audience".to_owned())
        .or_default()
        .insert("retail".to_owned());
    for rule in packs().iter().flat_map(|pack| &pack.rules) {
        for (facet, values) in &rule.when.facets {
            if let Some(known) = all.get_mut(*facet) {
                known.extend(values.iter().cloned());
            }
        }
    }
    all.into_iter()
        .map(|(facet, values)| (facet, values.into_iter().collect()))
        .collect()
}

/// Where a rule applies: the first value of each facet that it names, on the day of the tests or one when it is in force.
fn where_it_applies(rule: &Rule) -> Facts {
    let today: jiff::civil::Date = TODAY.parse().expect("a date");
    let path = rule.when.path.as_ref().and_then(|path| path.raw.first());
    Facts {
        path: path
            .map(|glob| glob.replace("**", "x").replace('*', "x"))
            .unwrap_or_default(),
        facets: rule
            .when
            .facets
            .iter()
            .map(|(facet, values)| ((*facet).to_owned(), values[..1].to_vec()))
            .collect(),
        as_of: if rule.in_force(today) {
            today
        } else {
            rule.from
                .or(rule.until.and_then(|day| day.yesterday().ok()))
                .unwrap_or(today)
        },
        built: false,
    }
}

/// Whether a rule applies only where the text gives cause; the others apply to every page that has their facets.
fn has_cause(rule: &Rule) -> bool {
    let forbids = rule
        .demands
        .iter()
        .any(|(kind, _)| matches!(kind.name, "forbidden" | "placeholder"));
    forbids || rule.when.links.is_some() || rule.when.table.has("mentions")
}

/// Lints a page in this syntax.
fn linted(rules: &RuleSet, syntax: &str, text: &str, facts: &Facts) -> Outcome {
    let source = Arc::new(Source::new("page", text));
    let syntax = syntax::named(syntax).expect("a known syntax");
    lint(&syntax.parse(&source), rules, facts)
}

/// What an outcome says is wrong, a line each.
fn told(outcome: &Outcome) -> Vec<String> {
    let findings = outcome.findings.iter();
    findings
        .map(|of| format!("{} {} at {:?}", of.rule, of.code.name(), of.location.text()))
        .collect()
}

/// An approved text as a page prints it: with values in its slots.
fn printed(raw: &str) -> String {
    let mut text = String::new();
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('{') {
        let (slot, after) = after.split_once('}').expect("a slot is closed");
        let (name, range) = slot.split_once(':').unwrap_or((slot, "20..90"));
        let (low, high) = range.split_once("..").unwrap_or(("20", "90"));
        let number = |text: &str, other: f64| text.trim().parse::<f64>().unwrap_or(other);
        let middle = ((number(low, 20.0) + number(high, 90.0)) / 2.0).round();
        text.push_str(before);
        text.push_str(&match name.split('|').next().unwrap_or_default().trim() {
            "percent" if after.trim_start().starts_with('%') => middle.to_string(),
            "percent" => format!("{middle}%"),
            "number" => middle.to_string(),
            "money" => "£120".to_owned(),
            "date" => "1 March 2026".to_owned(),
            _ => "Pellam".to_owned(),
        });
        rest = after;
    }
    text + rest
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

/// The codes that a rule must show in an example that fails, by what it demands.
fn codes_owed(rule: &Rule) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for (kind, table) in &rule.demands {
        match kind.name {
            "required" => codes.push("missing"),
            "forbidden" | "placeholder" => codes.push("prohibited"),
            "metadata" => codes.push("metadata"),
            _ => {}
        }
        let placed = ["place", "not-in"].iter().any(|key| table.has(key));
        codes.extend(placed.then_some("misplaced"));
    }
    codes
}

#[test]
fn every_demand_of_a_rule_is_shown_broken() {
    each(|rule| {
        let shown = |code: &str| {
            rule.examples
                .iter()
                .any(|of| of.fails && of.code.as_deref() == Some(code))
        };
        codes_owed(rule)
            .into_iter()
            .filter(|code| !shown(code))
            .map(|code| format!("no example fails with `{code}`"))
            .collect()
    });
}

fn applies(rule: &Arc<Rule>, example: &Example) -> bool {
    let set = RuleSet::compile(std::slice::from_ref(rule), &BTreeMap::new(), &packs());
    let outcome = linted(
        &set,
        &example.syntax,
        &example.text,
        &where_it_applies(rule),
    );
    !outcome.findings.is_empty() || !outcome.met.is_empty()
}

/// A text that speaks of the same thing and gives no cause: news, a warning, another meaning of the word.
#[test]
fn every_rule_has_a_hard_negative() {
    let mut wrong = Vec::new();
    for rule in packs().iter().flat_map(|pack| &pack.rules) {
        let words = |text: &str| -> BTreeSet<String> {
            let words = crate::words(text).into_iter();
            words.filter(|word| word.chars().count() > 3).collect()
        };
        let failing: BTreeSet<String> = rule
            .examples
            .iter()
            .filter(|example| example.fails)
            .flat_map(|example| words(&example.text))
            .collect();
        let hard = |example: &&Example| {
            !example.fails
                && words(&example.text)
                    .iter()
                    .any(|word| failing.contains(word))
                && !applies(rule, example)
        };
        if has_cause(rule) && !rule.examples.iter().any(|of| hard(&of)) {
            wrong.push(format!(
                "{}: no example passes that speaks of the same and gives no cause",
                rule.head.id
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_approved_text_is_demanded_by_a_rule() {
    for pack in packs() {
        for disclosure in &pack.disclosures {
            let (_, id) = disclosure.id.split_once('/').expect("pack/id");
            let asked = packs().iter().any(|other| {
                let text = other.source.text();
                let own =
                    other.name == pack.name && text.contains(&format!("disclosure = \"{id}\""));
                own || text.contains(&format!("disclosure = \"{}\"", disclosure.id))
            });
            assert!(asked, "{}: no rule demands it", disclosure.id);
            let mut last = None;
            for version in &disclosure.versions {
                assert!(
                    version
                        .from
                        .is_none_or(|from| last.is_none_or(|last| last <= from)),
                    "{}: its versions overlap, or stand in no order",
                    disclosure.id
                );
                last = version.until;
            }
        }
    }
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
    let today: jiff::civil::Date = LAST_CHECKED.parse().expect("a date");
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

/// After a gap a comma or a full stop may stand, in whichever alternative the gap is.
#[test]
fn a_gap_reaches_over_a_comma_in_every_alternative() {
    for phrase in [
        "(best {..1} 1|leading) adviser",
        "(leading|best {..1} 1) adviser",
    ] {
        let rules = crate::rules_of(&format!(
            "[pack]\nname = \"p\"\n[[rule]]\nid = \"r\"\ntitle = \"R\"\nseverity = \"error\"\nmessage = \"m\"\n\
             [rule.forbidden]\nany = [\"{phrase}\"]\n"
        ));
        let found = crate::outcome(&rules, "The best, 1 adviser of all.").findings;
        assert_eq!(found.len(), 1, "{phrase}");
    }
}
