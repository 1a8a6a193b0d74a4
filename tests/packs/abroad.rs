//! Pages of firms outside of the UK and the EU, as their marketing would write them, under a config that such firms would have: one page
//! for each rule, without what the rule asks for and with it; and pages that only speak of the subject, under the same config.
//!
//! Where the two differ, a page says `⟦as it breaks the rule|as it keeps it⟧`.

use super::*;
use crate::{files_under, list, put, read, report};

/// Packs whose rules are for pages in these countries.
const ABROAD: [&str; 15] = [
    "us",
    "ca",
    "au",
    "sg",
    "hk",
    "in",
    "br",
    "za",
    "ae",
    "claims",
    "affiliate",
    "credit",
    "health",
    "gambling",
    "ai-content",
];

/// Rules of these packs that are for the UK and Ireland, as are those of the packs on a subject that end in the Union or the UK.
const ELSEWHERE: [&str; 3] = [
    "affiliate/ad-label",
    "affiliate/vague-label",
    "gambling/warning-ie",
];

fn is_for_elsewhere(rule: &str) -> bool {
    ELSEWHERE.contains(&rule) || rule.ends_with("-uk") || rule.ends_with("-eu")
}

/// How many words a page has at least, and of how many words an approved text must be to be known again when it is altered.
const LEAST_WORDS: usize = 150;
const KNOWN_AGAIN: usize = 8;

/// A promotion and the rule that it is for.
struct Promotion {
    rule: String,
    page: String,
}

fn folder() -> std::path::PathBuf {
    root().join("tests/packs/abroad")
}

fn promotions() -> Vec<Promotion> {
    let pages = folder().join("pages");
    files_under(&pages)
        .iter()
        .map(|path| {
            let name = path.strip_prefix(&pages).expect("below").with_extension("");
            Promotion {
                rule: name.to_string_lossy().replace('\\', "/"),
                page: read(path),
            }
        })
        .collect()
}

/// A part of a page: what stands there in any case, and what stands there as the rule is broken and as it is kept.
fn parts(page: &str) -> Vec<(&str, &str, &str)> {
    let mut parts = Vec::new();
    for part in page.split('⟧') {
        let (same, either) = part.split_once('⟦').unwrap_or((part, "|"));
        let (broken, kept) = either.split_once('|').expect("a page says both");
        parts.push((same, broken, kept));
    }
    parts
}

impl Promotion {
    fn broken(&self) -> String {
        let parts = parts(&self.page).into_iter();
        parts
            .map(|(same, broken, _)| [same, broken].concat())
            .collect()
    }

    /// The page with what the rule asks for, changed by this.
    fn kept(&self, change: impl Fn(&str) -> String) -> String {
        let parts = parts(&self.page).into_iter();
        parts
            .map(|(same, _, kept)| {
                let kept = if kept.is_empty() {
                    String::new()
                } else {
                    change(kept)
                };
                same.to_owned() + &kept
            })
            .collect()
    }

    fn rule(&self) -> Arc<Rule> {
        let all = packs();
        let mut rules = all.iter().flat_map(|pack| &pack.rules);
        let found = rules.find(|rule| rule.head.id == self.rule);
        Arc::clone(found.unwrap_or_else(|| panic!("{}: no such rule", self.rule)))
    }

    /// The approved text that its rule demands.
    fn disclosure(&self) -> Option<Arc<Disclosure>> {
        let rule = self.rule();
        let (_, table) = rule
            .demands
            .iter()
            .find(|(kind, of)| kind.name == "required" && of.has("disclosure"))?;
        let wanted = table.text("disclosure").unwrap_or_default();
        let id = caveat::check::qualified(&rule.pack, wanted);
        let all = packs();
        all.iter()
            .flat_map(|pack| &pack.disclosures)
            .find(|disclosure| disclosure.id == id)
            .cloned()
    }
}

/// What the program finds on pages in a folder with the config: `rule code`, by page.
fn found(pages: &[(String, String)]) -> BTreeMap<String, Vec<String>> {
    let config = read(&folder().join("caveat.toml"));
    let site = crate::folder(&[("caveat.toml", &config)]);
    for (name, text) in pages {
        put(site.path(), &format!("{name}.md"), text.as_bytes());
    }
    let report = report(site.path(), &["--exit-zero", "."]);
    assert_eq!(
        report["summary"]["files"].as_u64(),
        Some(pages.len() as u64)
    );
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in list(&report, "findings") {
        let path = crate::text(finding, "path").trim_end_matches(".md");
        let told = format!(
            "{} {}",
            crate::text(finding, "rule"),
            crate::text(finding, "code")
        );
        found.entry(path.to_owned()).or_default().push(told);
    }
    found
}

/// Judges each promotion that gives a page: the codes of its own rule, or of all.
fn each(
    make: impl Fn(&Promotion) -> Option<String>,
    judge: impl Fn(&Promotion, &[String]) -> Option<String>,
) {
    let promotions: Vec<(Promotion, String)> = promotions()
        .into_iter()
        .filter_map(|of| make(&of).map(|page| (of, page)))
        .collect();
    let pages: Vec<(String, String)> = promotions
        .iter()
        .map(|(of, page)| (of.rule.clone(), page.clone()))
        .collect();
    let found = found(&pages);
    let wrong: Vec<String> = promotions
        .iter()
        .filter_map(|(of, _)| {
            let told = found.get(&of.rule).map_or(&[][..], Vec::as_slice);
            judge(of, told).map(|what| format!("{}: {what}", of.rule))
        })
        .collect();
    assert!(
        !promotions.is_empty() && wrong.is_empty(),
        "{}",
        wrong.join("\n")
    );
}

fn own(of: &Promotion, told: &[String], codes: &[&str]) -> bool {
    codes
        .iter()
        .any(|code| told.contains(&format!("{} {code}", of.rule)))
}

#[test]
fn every_rule_of_the_packs_abroad_has_its_promotion() {
    let written: BTreeSet<String> = promotions().into_iter().map(|of| of.rule).collect();
    let rules: BTreeSet<String> = packs()
        .iter()
        .filter(|pack| ABROAD.contains(&&*pack.name))
        .flat_map(|pack| &pack.rules)
        .map(|rule| rule.head.id.clone())
        .filter(|id| !is_for_elsewhere(id))
        .collect();
    assert_eq!(written, rules);
    for of in promotions() {
        let words = crate::words(&of.broken()).len();
        let unspaced = of.page.chars().filter(|c| *c > '\u{3000}').count();
        assert!(words + unspaced >= LEAST_WORDS, "{}: {words}", of.rule);
    }
}

#[test]
fn a_promotion_without_what_its_rule_asks_for_is_found() {
    each(
        |of| Some(of.broken()),
        |of, told| {
            (!own(of, told, &["missing", "prohibited"])).then(|| format!("not found: {told:?}"))
        },
    );
}

/// Nor does any other rule of these packs find anything: the firm has done what it must.
#[test]
fn a_promotion_with_what_its_rule_asks_for_has_no_finding() {
    each(
        |of| Some(of.kept(str::to_owned)),
        |_, told| (!told.is_empty()).then(|| format!("{told:?}")),
    );
}

/// The denial goes, or a word in the middle.
fn one_word_less(text: &str) -> String {
    const DENIALS: [&str; 5] = ["not", "no", "não", "cannot", "don't"];
    let words: Vec<&str> = text.split(' ').collect();
    let denial = words
        .iter()
        .position(|word| DENIALS.contains(&&*word.to_lowercase()));
    let gone = denial.unwrap_or(words.len() / 2);
    let left = words.iter().enumerate().filter(|(at, _)| *at != gone);
    left.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_promotion_with_its_text_altered_is_told_so() {
    each(
        |of| {
            of.disclosure()?;
            let page = of.kept(one_word_less);
            let long = parts(&of.page)
                .iter()
                .any(|(_, _, kept)| kept.split(' ').count() >= KNOWN_AGAIN);
            long.then_some(page)
        },
        |of, told| (!own(of, told, &["altered"])).then(|| format!("{told:?}")),
    );
}

#[test]
fn a_promotion_with_its_text_in_a_comment_shows_it_hidden() {
    each(
        |of| {
            of.disclosure()?;
            Some(of.kept(|text| format!("<!-- {} -->", text.replace("- ", ""))))
        },
        |of, told| (!own(of, told, &["hidden"])).then(|| format!("{told:?}")),
    );
}

#[test]
fn a_promotion_with_a_superseded_text_is_stale() {
    let day = TODAY.parse().expect("a date");
    each(
        |of| {
            let disclosure = of.disclosure()?;
            let old = disclosure.versions.iter().find(|of| of.superseded(day))?;
            let (_, text, _) = old.texts.first()?;
            Some(of.kept(|_| printed(text.raw())))
        },
        |of, told| (!own(of, told, &["stale"])).then(|| format!("{told:?}")),
    );
}

/// A translation of one's own is not the text that the law gives.
#[test]
fn a_promotion_with_its_text_in_another_language_lacks_it() {
    const GERMAN: &str =
        "Diese Anzeige ist nicht von der Aufsicht geprüft, und der Wert der Anlage kann fallen.";
    each(
        |of| {
            of.disclosure()?;
            Some(of.kept(|_| GERMAN.to_owned()))
        },
        |of, told| (!own(of, told, &["missing"])).then(|| format!("{told:?}")),
    );
}

/// Where the law says where, the end of a long page or a footnote is not there.
#[test]
fn a_promotion_with_its_text_out_of_place_is_misplaced() {
    const REST: &str = "\n\n## About the firm\n\nThe house was founded by two sisters.\n\nIt has three offices.\n\nThe \
                        first is in the old mill.\n\nThe second is by the river.\n\nThe third is new.\n\n## Small print\n\n";
    each(
        |of| {
            let rule = of.rule();
            let (_, table) = rule
                .demands
                .iter()
                .find(|(kind, _)| kind.name == "required")?;
            let (place, not_in) = (table.has("place"), table.has("not-in"));
            (place || not_in).then(|| {
                let text: String = parts(&of.page).iter().map(|(_, _, kept)| *kept).collect();
                let page = of.kept(|_| String::new());
                if place {
                    format!("{page}{REST}{text}\n")
                } else {
                    format!("{}[^1]\n\n[^1]: {text}\n", page.trim_end())
                }
            })
        },
        |of, told| (!own(of, told, &["misplaced"])).then(|| format!("{told:?}")),
    );
}

/// News, warnings, glossaries, texts of regulators, leaflets, histories: none promotes, whatever its facets say.
#[test]
fn pages_that_speak_of_a_subject_have_no_finding() {
    let talk = folder().join("talk");
    let pages: Vec<(String, String)> = files_under(&talk)
        .iter()
        .map(|path| {
            let name = path.strip_prefix(&talk).expect("below").with_extension("");
            (format!("talk/{}", name.display()), read(path))
        })
        .collect();
    for pack in ABROAD {
        let own = format!("talk/{pack}/");
        let number = pages.iter().filter(|(name, _)| name.starts_with(&own));
        assert!(number.count() >= 2, "{pack}");
    }
    let found = found(&pages);
    assert!(found.is_empty(), "{found:#?}");
}
