//! `[links]` of caveat.toml: what marks a link as a call to action and as an affiliate link, beside what is built in.

use std::sync::Arc;

use crate::check::{Sign, Signs};
use crate::keys::{Globs, Key, Shape, Table};

pub(super) const LINKS: &[Key] = &[
    Key::new(
        "cta",
        Shape::Table(SIGN),
        "What marks a call to action: a link, a component or a shortcode.",
    ),
    Key::new(
        "affiliate",
        Shape::Table(SIGN),
        "What marks an affiliate link, beside `rel=\"sponsored\"`.",
    ),
];

const SIGN: &[Key] = &[
    Key::new(
        "text",
        Shape::Phrases,
        "Phrases that its words begin with: `buy now`, `sign up`.",
    ),
    Key::new(
        "target",
        Shape::Texts,
        "Globs of its target, in which `*` crosses everything: `*/signup*`, `*?tag=*`.",
    ),
    Key::new("class", Shape::Texts, "Its classes: `btn-buy`."),
    Key::new(
        "component",
        Shape::Texts,
        "Globs of the name of the component, shortcode or include that makes it, whatever its case: `BuyButton`, `*-cta`.",
    ),
    Key::new(
        "built-in",
        Shape::Bool,
        "Whether what is built in marks it too; true when left out.",
    ),
];

/// What marks links, by the table `[links]`.
pub(super) fn signs(table: &Table) -> Arc<Signs> {
    let mut signs = Signs::default();
    for (name, sign) in [("cta", &mut signs.cta), ("affiliate", &mut signs.affiliate)] {
        if let Some(of) = table.table(name) {
            widen(sign, of);
        }
    }
    Arc::new(signs)
}

fn widen(sign: &mut Sign, of: &Table) {
    let alone = of.has("built-in") && !of.yes("built-in");
    if alone {
        *sign = Sign::default();
    }
    let phrases = of.phrases("text").iter();
    sign.text.extend(phrases.map(|(phrase, _)| phrase.clone()));
    let more = |globs: &Globs, more: Vec<String>| Globs::links([globs.raw.clone(), more].concat());
    let lower = |names: Vec<String>| names.iter().map(|name| name.to_lowercase()).collect();
    sign.target = more(&sign.target, of.texts("target"));
    sign.component = more(&sign.component, lower(of.texts("component")));
    let classes: Vec<String> = lower(of.texts("class"));
    sign.class.extend(classes);
}
