//! A promotion for each rule that demands an approved text: with the text, with it altered, hidden, superseded, in another language,
//! another's. The promotion is the rule's own example of what lacks the text.

use super::*;

/// A rule, the text it demands, and a page that owes it.
struct Owed {
    rule: Arc<Rule>,
    disclosure: Disclosure,
    page: String,
    set: RuleSet,
    facts: Facts,
    /// Whether the rule says where the text stands, or asks for more than the text.
    plain: bool,
}

/// A pack that has what the tests of this file try, whatever the packs that ship have.
const PACK: &str = r#"
[pack]
name = "fair"

[[disclosure]]
id = "stall"
[[disclosure.version]]
until = 2025-01-01
text.en = "Prizes from this stall are not toys and must not be given to children under three years."
[[disclosure.version]]
from = 2025-01-01
text.en = "Prizes from this stall are not toys. {percent:0..100}% of them hold small parts that can be swallowed."
text.de = "Gewinne von diesem Stand sind kein Spielzeug. {percent:0..100} % davon enthalten Kleinteile, die verschluckt werden können."

[[rule]]
id = "stall"
title = "Stalls"
severity = "error"
message = "a stall without its notice"
[rule.when]
mentions = ["our stall"]
[rule.required]
disclosure = "stall"
[[rule.example]]
fails = "Win a bear at our stall."
code = "missing"
"#;

fn owed() -> Vec<Owed> {
    let source = Arc::new(Source::new("fair.toml", PACK));
    let (own, mistakes) = caveat::rule::load(&source, &BTreeMap::new());
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let mut packs = packs();
    packs.push(Arc::new(own));
    let mut all = Vec::new();
    for rule in packs.iter().flat_map(|pack| &pack.rules) {
        let Some((_, table)) = rule
            .demands
            .iter()
            .find(|(kind, of)| kind.name == "required" && of.has("disclosure"))
        else {
            continue;
        };
        let wanted = table.text("disclosure").unwrap_or_default();
        let id = caveat::check::qualified(&rule.pack, wanted);
        let disclosure = packs
            .iter()
            .flat_map(|pack| &pack.disclosures)
            .find(|disclosure| disclosure.id == id)
            .unwrap_or_else(|| panic!("{}: no pack has `{id}`", rule.head.id));
        let page = rule.examples.iter().find(|of| {
            of.fails && of.code.as_deref() == Some("missing") && of.syntax == "markdown"
        });
        let Some(page) = page else {
            continue; // another test asks for it
        };
        all.push(Owed {
            set: RuleSet::compile(std::slice::from_ref(rule), &BTreeMap::new(), &packs),
            facts: where_it_applies(rule),
            plain: rule.demands.len() == 1
                && !table
                    .keys()
                    .any(|(key, _)| !["disclosure", "help"].contains(&key)),
            page: page.text.clone(),
            rule: Arc::clone(rule),
            disclosure: Disclosure::clone(disclosure),
        });
    }
    all
}

impl Owed {
    /// The texts that are the wording on the day of the rule, or were, with their language.
    fn texts(&self, superseded: bool) -> Vec<(String, String)> {
        let day = self.facts.as_of;
        let named = self
            .rule
            .when
            .facets
            .iter()
            .find(|(facet, _)| *facet == "language");
        self.disclosure
            .versions
            .iter()
            .filter(|of| {
                of.only.is_empty()
                    && if superseded {
                        of.superseded(day)
                    } else {
                        of.holds(day)
                    }
            })
            .flat_map(|of| &of.texts)
            .map(|(language, text, _)| (language.clone(), printed(text.raw())))
            .filter(|(language, _)| named.is_none_or(|(_, named)| named.contains(language)))
            .collect()
    }

    /// What the rule says of its promotion with a text before and after it.
    fn judge(&self, language: &str, before: &str, after: &str) -> Vec<(String, String)> {
        let mut facts = self.facts.clone();
        facts
            .facets
            .insert("language".to_owned(), vec![language.to_owned()]);
        let page = format!("{before}\n\n{}\n\n{after}\n", self.page);
        let findings = linted(&self.set, "markdown", &page, &facts).findings;
        let own = findings.iter().filter(|of| of.rule == self.rule.head.id);
        own.map(|of| (of.code.name().to_owned(), of.location.text().to_owned()))
            .collect()
    }
}

/// Gathers what is wrong over every rule, every text of it and its language.
fn each_text(superseded: bool, judge: impl Fn(&Owed, &str, &str) -> Option<String>) {
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for owed in owed() {
        for (language, text) in owed.texts(superseded) {
            seen += 1;
            wrong.extend(
                judge(&owed, &language, &text)
                    .map(|what| format!("{} ({language}): {what}", owed.rule.head.id)),
            );
        }
    }
    assert!(seen > 0 && wrong.is_empty(), "{}", wrong.join("\n"));
}

fn has(findings: &[(String, String)], code: &str) -> bool {
    findings.iter().any(|(of, _)| of == code)
}

#[test]
fn a_promotion_with_its_text_is_met() {
    each_text(false, |owed, language, text| {
        let mut findings = owed.judge(language, text, "");
        if !owed.plain {
            let below = owed.judge(language, "", text);
            findings.retain(|of| {
                ["missing", "altered", "stale", "hidden", "unverifiable"].contains(&&*of.0)
                    && below.contains(of)
            });
        }
        (!findings.is_empty()).then(|| format!("{findings:?}"))
    });
}

#[test]
fn a_promotion_with_its_text_in_a_comment_shows_it_hidden() {
    each_text(false, |owed, language, text| {
        let findings = owed.judge(language, &format!("<!-- {text} -->"), "");
        (!has(&findings, "hidden")).then(|| format!("{findings:?}"))
    });
}

/// The negation goes, or a word in the middle; a text of a few words may be too short to be known again.
#[test]
fn a_promotion_with_its_text_altered_is_told_the_words() {
    const KNOWN_AGAIN: usize = 8;
    each_text(false, |owed, language, text| {
        let words: Vec<&str> = text.split(' ').collect();
        let gone = words
            .iter()
            .position(|word| {
                [
                    "not", "no", "nicht", "keine", "no", "non", "pas", "niet", "geen", "não",
                ]
                .contains(word)
            })
            .unwrap_or(words.len() / 2);
        let altered: Vec<&str> = words
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != gone)
            .map(|(_, word)| *word)
            .collect();
        let findings = owed.judge(language, &altered.join(" "), "");
        let right = if words.len() < KNOWN_AGAIN {
            !findings.is_empty()
        } else {
            has(&findings, "altered") || has(&findings, "stale")
        };
        (!right).then(|| format!("without `{}`: {findings:?}", words[gone]))
    });
}

#[test]
fn a_promotion_with_a_superseded_text_is_stale() {
    each_text(true, |owed, language, text| {
        let findings = owed.judge(language, text, "");
        (!has(&findings, "stale")).then(|| format!("{findings:?}"))
    });
}

#[test]
fn a_promotion_with_its_text_in_another_language_is_not_met() {
    each_text(false, |owed, language, text| {
        let other = owed
            .texts(false)
            .into_iter()
            .find(|(of, _)| of != language)?;
        let findings = owed.judge(&other.0, text, "");
        findings
            .is_empty()
            .then(|| format!("met on a page in `{}`", other.0))
    });
}

/// Where the law wants the text before something, a text at the end comes too late.
#[test]
fn a_promotion_with_its_text_at_the_end_is_misplaced() {
    each_text(false, |owed, language, text| {
        let (_, table) = owed
            .rule
            .demands
            .iter()
            .find(|(kind, _)| kind.name == "required")?;
        let before = table
            .text("place")
            .is_some_and(|of| of.starts_with("before") || of == "top");
        let filler = "More about the day.\n\n".repeat(6);
        let findings = owed.judge(language, "", &format!("{filler}{text}"));
        (before && !has(&findings, "misplaced")).then(|| format!("{findings:?}"))
    });
}
