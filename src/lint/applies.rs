//! Whether a rule applies to a page, and by which condition not.

use std::collections::BTreeMap;

use super::{Compiled, Facts, LANGUAGE};
use crate::check::{Origin, Page, Spoken, Trigger};
use crate::document::{BlockKind, Document};
use crate::rule::Rule;
use crate::source::Span;
use crate::text::{Hit, WordingId, language};

/// One condition of a rule and whether it holds on a page.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What must hold, for people.
    pub what: String,
    /// Whether it does.
    pub held: bool,
    /// The words that decide it.
    pub places: Vec<Span>,
}

/// Whether nothing but the page's own words can keep a rule from applying to it.
pub(super) fn can_apply(
    rule: &Rule,
    document: &Document,
    facts: &Facts,
    facets: &BTreeMap<String, Vec<String>>,
) -> bool {
    let meta = |key: &str| {
        let meta = document.meta.as_ref()?;
        meta.get_spelled(key).map(|entry| entry.value.texts())
    };
    let when = &rule.when;
    rule.in_force(facts.as_of)
        && when.path.as_ref().is_none_or(|of| of.matches(&facts.path))
        && (when.facets.iter())
            .all(|(facet, wanted)| *facet == LANGUAGE || has_one(facets.get(*facet), wanted))
        && (when.front_matter.iter()).all(|(key, wanted)| has_one(meta(key).as_ref(), wanted))
}

/// Whether there is one of the wanted values.
fn has_one(have: Option<&Vec<String>>, wanted: &[String]) -> bool {
    have.is_some_and(|have| have.iter().any(|value| wanted.contains(value)))
}

/// What makes the rule apply to the page; none when it does not apply.
pub(super) fn triggers(
    rule: &Compiled,
    page: &Page<'_>,
    facts: &Facts,
    facets: &BTreeMap<String, Vec<String>>,
) -> Option<Vec<Trigger>> {
    let mut places: Vec<Trigger> = Vec::new();
    for condition in each(rule, page, facts, facets) {
        let (held, mut found) = condition.1();
        if !held {
            return None;
        }
        if condition.2 {
            places.append(&mut found);
        }
    }
    places.sort_by_key(|of| of.span);
    Some(places)
}

/// Every condition of a rule, whether or not another failed.
#[must_use]
pub fn conditions(
    rule: &Compiled,
    page: &Page<'_>,
    facts: &Facts,
    facets: &BTreeMap<String, Vec<String>>,
) -> Vec<Condition> {
    each(rule, page, facts, facets)
        .into_iter()
        .map(|(what, holds, _)| {
            let (held, places) = holds();
            Condition {
                what: what(),
                held,
                places: places.into_iter().map(|of| of.span).collect(),
            }
        })
        .collect()
}

type Holds<'a> = Box<dyn Fn() -> (bool, Vec<Trigger>) + 'a>;
type What<'a> = Box<dyn Fn() -> String + 'a>;

/// The conditions that a rule has, the cheap ones first: what it says, whether it holds where, and whether the places are triggers.
fn each<'a>(
    rule: &'a Compiled,
    page: &'a Page<'a>,
    facts: &'a Facts,
    facets: &'a BTreeMap<String, Vec<String>>,
) -> Vec<(What<'a>, Holds<'a>, bool)> {
    let mut all: Vec<(What<'a>, Holds<'a>, bool)> = Vec::new();
    let of = &rule.rule;
    if of.from.is_some() || of.until.is_some() {
        let window = || {
            let from = of
                .from
                .map(|day| format!(" from {day}"))
                .unwrap_or_default();
            let until = of
                .until
                .and_then(|day| day.yesterday().ok())
                .map(|day| format!(" to {day}"))
                .unwrap_or_default();
            format!("in force{from}{until}")
        };
        all.push((
            Box::new(window),
            Box::new(|| (of.in_force(facts.as_of), Vec::new())),
            false,
        ));
    }
    let facets_but_language = of
        .when
        .facets
        .iter()
        .filter(|(facet, _)| *facet != LANGUAGE);
    for (facet, wanted) in facets_but_language {
        let have = facets.get(*facet);
        let what = move || match have {
            None => format!(
                "needs facet `{facet}` = {}, and nothing sets it",
                wanted.join(" or ")
            ),
            Some(have) => format!(
                "`{facet}` = {} (the page: {})",
                wanted.join(" or "),
                have.join(", ")
            ),
        };
        all.push((
            Box::new(what),
            Box::new(move || (has_one(have, wanted), Vec::new())),
            false,
        ));
    }
    if let Some(path) = &of.when.path {
        all.push((
            Box::new(|| format!("the path matches {}", path.raw.join(" or "))),
            Box::new(|| (path.matches(&facts.path), Vec::new())),
            false,
        ));
    }
    for (key, wanted) in &of.when.front_matter {
        let entry = page
            .document
            .meta
            .as_ref()
            .and_then(|meta| meta.get_spelled(key));
        let holds = move || {
            let held = has_one(entry.map(|entry| entry.value.texts()).as_ref(), wanted);
            let place = entry.map(|entry| Trigger {
                span: entry.span,
                from: Origin::Elsewhere,
            });
            (held, place.into_iter().collect())
        };
        all.push((
            Box::new(move || format!("front matter `{key}` = {}", wanted.join(" or "))),
            Box::new(holds),
            false,
        ));
    }
    if let Some(links) = &of.when.links {
        let places = move || {
            let all = page.document.links.iter().zip(0..);
            all.filter(|(link, _)| {
                link.leads() && links.matches(&link.target) && !page.of_layout(link.span)
            })
            .map(|(link, number)| Trigger {
                span: link.span,
                from: Origin::Link(number),
            })
            .collect::<Vec<_>>()
        };
        let alone = rule.mentions.is_empty() && rule.offers.is_empty();
        all.push((
            Box::new(move || {
                if alone {
                    format!("links to {}", links.raw.join(" or "))
                } else {
                    "links, or says or offers what it names".to_owned()
                }
            }),
            Box::new(move || {
                let mut found = places();
                found.extend(mentions(rule, page, facts));
                (!found.is_empty(), found)
            }),
            true,
        ));
    } else if !rule.mentions.is_empty() || !rule.offers.is_empty() {
        let what = match (rule.mentions.is_empty(), rule.offers.is_empty()) {
            (false, true) => "says one of its phrases",
            (true, _) => "offers what it names",
            (false, false) => "says one of its phrases, or offers what it names",
        };
        let tried = match rule.attempts.is_empty() {
            true => "",
            false => ", or comes close to its text",
        };
        all.push((
            Box::new(move || format!("{what}{tried}")),
            Box::new(|| {
                let found = mentions(rule, page, facts);
                (!found.is_empty(), found)
            }),
            true,
        ));
    }
    if !rule.also_mentions.is_empty() {
        all.push(also(rule, page));
    }
    if !rule.unless_mentions.is_empty() {
        let holds = || {
            let found: Vec<Trigger> = page
                .hits(&rule.unless_mentions)
                .iter()
                .map(|hit| trigger(page, hit))
                .collect();
            (found.is_empty(), found)
        };
        all.push((
            Box::new(|| "says nothing that excepts it".to_owned()),
            Box::new(holds),
            false,
        ));
    }
    let languages = of
        .when
        .facets
        .iter()
        .filter(|(facet, _)| *facet == LANGUAGE);
    all.extend(languages.map(|(_, wanted)| spoken(page, wanted)));
    all
}

/// The condition on what a page must say besides: in its own words, not those of its layout.
fn also<'a>(rule: &'a Compiled, page: &'a Page<'a>) -> (What<'a>, Holds<'a>, bool) {
    let holds = || {
        let found: Vec<Trigger> = page
            .hits(&rule.also_mentions)
            .iter()
            .map(|hit| trigger(page, hit))
            .filter(|of| !page.of_layout(of.span))
            .collect();
        (!found.is_empty(), found)
    };
    (
        Box::new(|| "says what else it must say".to_owned()),
        Box::new(holds),
        false,
    )
}

/// The condition on the page's language. It stands last: where nothing sets the language, the text is read to tell it.
fn spoken<'a>(page: &'a Page<'a>, wanted: &'a [String]) -> (What<'a>, Holds<'a>, bool) {
    let named = || {
        let names: Vec<String> = wanted.iter().map(|tag| language::named(tag)).collect();
        names.join(" or ")
    };
    let what = move || match page.spoken() {
        Spoken::Unknown => format!(
            "needs facet `language` = {}, and nothing sets it, nor is the text sure to be in one language",
            named()
        ),
        _ => format!("in {} (the page is {})", named(), page.language_said()),
    };
    let holds = move || {
        let tags = page.spoken().tags();
        let of = |tag: &str| wanted.iter().any(|wanted| language::is_of(tag, wanted));
        (tags.into_iter().any(of), Vec::new())
    };
    (Box::new(what), Box::new(holds), false)
}

/// Where the page says what the rule names, or offers it.
fn mentions(rule: &Compiled, page: &Page<'_>, facts: &Facts) -> Vec<Trigger> {
    let claim = rule.rule.when.table.text("sense") == Some("claim");
    let places = |phrases: &[WordingId], counts: &dyn Fn(&Hit) -> bool| -> Vec<Trigger> {
        page.counted(phrases, &rule.unless, &rule.unless_sentence)
            .iter()
            .filter(|hit| !(facts.built && page.document.blocks[hit.passage as usize].frame))
            .filter(|hit| {
                let cell = page.document.blocks[hit.passage as usize].kind == BlockKind::Cell;
                (!hit.from_lead || cell) && counts(hit)
            })
            .map(|hit| trigger(page, hit))
            // what the layout says may meet what a page owes, but it makes no page owe anything
            .filter(|of| !page.of_layout(of.span))
            .collect()
    };
    let mut found = places(&rule.mentions, &|hit| !claim || page.claimed(hit));
    found.extend(places(&rule.offers, &|hit| page.offered(hit)));
    if found.is_empty() {
        let tried = rule.attempts.iter().filter_map(|(sought, rows)| {
            let marker = page.hits(rows).first()?.wording;
            page.attempted(sought, marker)
        });
        found.extend(tried.map(|hit| trigger(page, &hit)));
        found.retain(|of| !page.of_layout(of.span));
    }
    found
}

fn trigger(page: &Page<'_>, hit: &Hit) -> Trigger {
    Trigger {
        span: page.span(hit),
        from: Origin::Words(*hit),
    }
}
