//! Every key that a pack or caveat.toml may have, wrong in its type, its range, its word: a finding of code `config` under the wrong
//! characters. The keys are read from the lists that the program reads them by, so a new one is tried as soon as it is there.

use std::collections::BTreeMap;
use std::sync::Arc;

use caveat::finding::{Code, Finding};
use caveat::keys::{Key, Shape};
use caveat::project::{CONFIG_KEYS, Config};
use caveat::rule::{self, PACK_KEYS};
use caveat::{Source, keys};

/// A value that does not fit, and the part of it that must be told.
type Wrong = (String, String);

fn whole(value: &str) -> Wrong {
    (value.to_owned(), value.to_owned())
}

/// Values that do not fit a shape: of another type, out of its range, no word of it.
fn wrong(shape: Shape) -> Vec<Wrong> {
    let inner = |value: &str, part: &str| (value.to_owned(), part.to_owned());
    let word = "\"no-such-word\"";
    match shape {
        Shape::Text => vec![whole("7"), whole("[\"a\"]"), whole("true")],
        Shape::Choice(_) => vec![whole("7"), whole(word), whole("true")],
        Shape::Choices(_) => vec![
            whole("7"),
            whole(word),
            inner(&format!("[{word}]"), word),
            whole("[]"),
        ],
        Shape::Count(least, most) => vec![
            whole("\"7\""),
            whole("1.5"),
            whole(&(i64::from(least) - 1).to_string()),
            whole(&(i64::from(most) + 1).to_string()),
        ],
        Shape::Texts => vec![whole("7"), inner("[\"a\", 7]", "7"), whole("true")],
        Shape::Globs => vec![whole("7"), inner("[\"a\", 7]", "7"), whole("true")],
        Shape::Words => vec![whole("7"), whole("[1]"), inner("{ a = 7 }", "7")],
        Shape::Phrases | Shape::EachPhrase => vec![
            whole("7"),
            inner("[\"a\", 7]", "7"),
            inner("[\"very (good\"]", "("),
        ],
        Shape::Regexes => vec![whole("7"), inner("[\"a\", 7]", "7"), whole("true")],
        Shape::Date => vec![whole("7"), whole("\"2026-02-30\""), whole("\"soon\"")],
        Shape::Days => vec![whole("7"), whole("\"a year\""), whole("true")],
        Shape::Scalars => vec![whole("{}"), inner("[\"a\", [1]]", "[1]")],
        Shape::Bool => vec![whole("\"yes\""), whole("1"), whole("[]")],
        Shape::Table(_) => vec![
            whole("7"),
            whole("[1]"),
            inner("{ no-such-key = 1 }", "no-such-key"),
        ],
        Shape::List(_) => vec![
            whole("7"),
            whole("\"a\""),
            inner("[{ no-such-key = 1 }]", "no-such-key"),
        ],
        Shape::Map(_) => vec![whole("7"), whole("\"a\""), whole("true")],
        Shape::Either(of) if of.iter().any(|of| matches!(of, Shape::Scalars)) => Vec::new(),
        Shape::Either(_) => vec![whole("1979-05-27T07:32:00Z")],
    }
}

/// Every key below these, with what stands round a value of it: `rule = [{ required = { ` and ` } }]`.
fn each(keys: &'static [Key], before: &str, after: &str, all: &mut Vec<(String, String, Key)>) {
    for key in keys {
        let (before, after) = (format!("{before}{} = ", key.name), after.to_owned());
        all.push((before.clone(), after.clone(), *key));
        below(key.shape, &before, &after, all);
    }
}

fn below(shape: Shape, before: &str, after: &str, all: &mut Vec<(String, String, Key)>) {
    match shape {
        Shape::Table(keys) => each(keys, &format!("{before}{{ "), &format!(" }}{after}"), all),
        Shape::List(keys) => each(keys, &format!("{before}[{{ "), &format!(" }}]{after}"), all),
        Shape::Map(of) => {
            let name = if before.ends_with("rules = ") {
                "\"case/a\""
            } else {
                "en"
            };
            let (before, after) = (format!("{before}{{ {name} = "), format!(" }}{after}"));
            let key = Key::new("en", *of, "");
            all.push((before.clone(), after.clone(), key));
            below(*of, &before, &after, all);
        }
        Shape::Either(shapes) => shapes.iter().for_each(|of| below(*of, before, after, all)),
        _ => {}
    }
}

fn tried(
    keys: &'static [Key],
    read: &dyn Fn(&Arc<Source>) -> Vec<Finding>,
) -> (usize, Vec<String>) {
    let mut all = Vec::new();
    each(keys, "", "", &mut all);
    let (mut tries, mut silent) = (0, Vec::new());
    for (before, after, key) in &all {
        for (value, part) in wrong(key.shape) {
            tries += 1;
            let toml = format!("{before}{value}{after}\n");
            let at = before.len() + value.find(&part).expect("it is part of the value");
            let source = Arc::new(Source::new("a.toml", toml.as_str()));
            let found = read(&source);
            let told = found.iter().any(|of| {
                let span = of.location.span;
                of.code == Code::Config
                    && (span.start as usize, of.location.text()) == (at, part.as_str())
            });
            if !told {
                let told: Vec<_> = found
                    .iter()
                    .map(|of| (of.location.text(), of.message.as_str()))
                    .collect();
                silent.push(format!("{toml}  nothing under `{part}`: {told:?}"));
            }
        }
    }
    (tries, silent)
}

#[test]
fn every_key_of_a_pack_that_is_wrong_is_told_under_its_own_characters() {
    let read = |source: &Arc<Source>| rule::load(source, &BTreeMap::new()).1;
    let (tries, silent) = tried(&PACK_KEYS, &read);
    assert!(silent.is_empty(), "{}", silent.join("\n"));
    assert!(tries > 500, "{tries}");
}

#[test]
fn every_key_of_caveat_toml_that_is_wrong_is_told_under_its_own_characters() {
    let read = |source: &Arc<Source>| Config::parse(source).1;
    let (tries, silent) = tried(&CONFIG_KEYS, &read);
    assert!(silent.is_empty(), "{}", silent.join("\n"));
    assert!(tries > 500, "{tries}");
}

#[test]
fn a_disclosure_that_is_not_there_is_told_wherever_a_demand_names_it() {
    for demand in [
        "required = { disclosure = \"rsik\" }",
        "order = { first = { disclosure = \"rsik\" }, then = { anchor = \"cta\" } }",
        "order = { first = { any = [\"a\"] }, then = { disclosure = \"rsik\" } }",
        "repeat = { disclosure = \"rsik\", every = \"page\" }",
        "cue = { disclosure = \"rsik\", min-seconds = 4 }",
        "language = { disclosure = \"rsik\" }",
    ] {
        let toml = format!(
            "[pack]\nname = \"case\"\n[[disclosure]]\nid = \"risk\"\n[[disclosure.version]]\ntext.en = \"It can fall.\"\n[[rule]]\nid = \"r\"\ntitle = \"R\"\nseverity = \"error\"\nmessage = \"m\"\n{demand}\n"
        );
        let found = rule::load(&Arc::new(Source::new("a.toml", toml)), &BTreeMap::new()).1;
        let told: Vec<_> = found.iter().map(|of| of.location.text()).collect();
        assert_eq!(told, ["\"rsik\""], "{demand}");
        let help = found[0].help.as_deref().unwrap_or_default();
        assert!(help.contains("did you mean `risk`"), "{demand}: {help}");
    }
}

#[test]
fn the_schema_has_every_key_with_its_words_and_its_range() {
    for (what, list) in [("pack", &PACK_KEYS[..]), ("config", &CONFIG_KEYS[..])] {
        let schema = crate::caveat(crate::root(), &["schema", what]).out;
        let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
        let schema = schema.to_string();
        fn all(keys: &[Key], seen: &mut dyn FnMut(&Key)) {
            for key in keys {
                seen(key);
                inner(key.shape, seen);
            }
        }
        fn inner(shape: Shape, seen: &mut dyn FnMut(&Key)) {
            match shape {
                Shape::Table(keys) | Shape::List(keys) => all(keys, seen),
                Shape::Map(of) => inner(*of, seen),
                Shape::Either(shapes) => shapes.iter().for_each(|of| inner(*of, seen)),
                _ => {}
            }
        }
        all(list, &mut |key| {
            let quoted = |text: &str| serde_json::Value::from(text).to_string();
            for part in [key.name, key.about] {
                assert!(schema.contains(&quoted(part)), "{what}: {part}");
            }
            match key.shape {
                Shape::Choice(words) | Shape::Choices(words) => {
                    for word in words {
                        assert!(schema.contains(&quoted(word)), "{what}: {word}");
                    }
                }
                Shape::Count(least, most) => {
                    let range = [
                        format!("\"minimum\":{least}"),
                        format!("\"maximum\":{most}"),
                    ];
                    assert!(
                        range.iter().all(|of| schema.contains(of)),
                        "{}: {range:?}",
                        key.name
                    );
                }
                _ => {}
            }
            assert!(!keys::wanted(key.shape).is_empty());
        });
    }
}

/// Every key of a demand, as `explain` says it.
#[test]
fn explain_says_what_a_rule_demands_with_its_units() {
    let head = |id: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\ntitle = \"T\"\nseverity = \"error\"\nmessage = \"m\"\n[rule.when]\nmentions = [\"x\"]\n"
        )
    };
    let rules: &[(&str, &str, &[&str])] = &[
        (
            "required",
            "disclosure = \"d\"\nplace = { within = 3, of = \"trigger\" }\nnear = [\"our fund\"]\nnot-in = [\"footnote\", \"table\"]\nemphasis = \"bold\"\nlink = { text = [\"read more\"], target = \"/risk*\" }",
            &[
                "disclosure: d",
                "place.within: 3 blocks",
                "place.of: trigger",
                "near: our fund",
                "not-in: footnote, table",
                "emphasis: bold",
                "link.text: read more",
                "link.target: /risk*",
            ],
        ),
        (
            "required",
            "any = [\"may fall\"]\nregex = ['fall[s]?']\nsense = \"mention\"\nplace = { within = 20, of = \"link\", unit = \"words\" }",
            &[
                "any: may fall",
                "regex: fall[s]?",
                "sense: mention",
                "place.within: 20 words",
            ],
        ),
        (
            "order",
            "first = { disclosure = \"d\" }\nthen = { link = [\"*shop*\", \"*tag=*\"] }",
            &["first.disclosure: d", "then.link: *shop*, *tag=*"],
        ),
        (
            "order",
            "first = { any = [\"fees\"] }\nthen = { anchor = \"cta\" }",
            &["then.anchor: cta"],
        ),
        (
            "repeat",
            "disclosure = \"d\"\nevery = 200",
            &["every: 200 words"],
        ),
        (
            "repeat",
            "any = [\"fees\"]\nevery = \"slide\"",
            &["every: slide"],
        ),
        (
            "cue",
            "any = [\"fees\"]\nmin-seconds = 4\nwords-per-10-seconds = 20\nat = [\"start\", \"end\"]\nwithin-seconds = 9\nlonger-than = 60",
            &[
                "min-seconds: 4 seconds",
                "words-per-10-seconds: 20 words",
                "at: start, end",
                "within-seconds: 9 seconds",
                "longer-than: 60 seconds",
            ],
        ),
        ("language", "disclosure = \"d\"", &["disclosure: d"]),
        (
            "link",
            "target = \"/risk*\"\nplace = \"top\"",
            &["target: /risk*", "place: top"],
        ),
        (
            "forbidden",
            "any = [\"sure\"]\nunless-sentence = [\"never\"]",
            &["any: sure", "unless-sentence: never"],
        ),
        (
            "metadata",
            "keys.reviewed = { type = \"date\", max-age = \"365 days\" }",
            &[
                "keys.reviewed.type: date",
                "keys.reviewed.max-age: 365 days",
            ],
        ),
    ];
    let mut pack = "[pack]\nname = \"case\"\n[[disclosure]]\nid = \"d\"\n[[disclosure.version]]\ntext.en = \"Your capital is at risk.\"\n".to_owned();
    for (number, (kind, lines, _)) in rules.iter().enumerate() {
        pack += &format!("{}[rule.{kind}]\n{lines}\n", head(&format!("r{number}")));
    }
    let project = crate::folder(&[
        ("pack.toml", &pack),
        ("caveat.toml", "packs = [\"pack.toml\"]\n"),
    ]);
    for (number, (kind, _, says)) in rules.iter().enumerate() {
        let ran = crate::caveat(project.path(), &["explain", &format!("case/r{number}")]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        for line in *says {
            assert!(
                ran.out.contains(&format!("      {line}\n")),
                "{kind}: {line}\n{}",
                ran.out
            );
        }
    }
}
