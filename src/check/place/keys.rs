//! What a rule may say of the place of a text.

use crate::keys::{Key, Shape, Table};
use crate::source::Span;

use super::shown::{EMPHASES, Emphasis, NOT_INS, NotIn};
use super::{Placement, Reach, Wanted};
use crate::check::Compiler;
use crate::check::anchor::Anchor;

pub(in crate::check) const PLACE: Key = Key::new(
    "place",
    Shape::Either(&[Shape::Choice(PLACES), Shape::Table(WITHIN)]),
    "Where it must stand: a word, or `{ within = 3, of = \"trigger\", unit = \"blocks\" }`, which holds for each place of that sort.",
);
pub(in crate::check) const NEAR: Key = Key::new(
    "near",
    Shape::Phrases,
    "It must stand in the block of each place that says one of these phrases, or in the next or the last one.",
);
pub(in crate::check) const NOT_IN: Key = Key::new(
    "not-in",
    Shape::Choices(NOT_INS),
    "What it may not stand in: a text there does not count.",
);
pub(in crate::check) const EMPHASIS: Key = Key::new(
    "emphasis",
    Shape::Choices(EMPHASES),
    "How it must be shown, one of these: all of it in bold type (a heading is bold), in a heading, or in a box that stands out (an admonition, an alert, an aside).",
);

const PLACES: &[&str] = &[
    "top",
    "bottom",
    "before-trigger",
    "same-section",
    "before-first-link",
    "before-first-cta",
    "before-first-affiliate-link",
    "every-section",
];

/// No page has more of anything that a reader would look through.
const MOST: u32 = 10_000;

const WITHIN: &[Key] = &[
    Key::required(
        "within",
        Shape::Count(0, MOST),
        "How far from it at most; 0 is in the same block or section.",
    ),
    Key::required(
        "of",
        Shape::Choice(&Anchor::NAMES),
        "What it is measured from: each of them on the page.",
    ),
    Key::new(
        "unit",
        Shape::Choice(&["blocks", "words", "sections"]),
        "What is counted; `blocks` when left out.",
    ),
];

/// Where a kind says that it is measured from triggers.
#[must_use]
pub fn needs_triggers(of: &Table) -> Vec<Span> {
    let place = of
        .all_texts("place")
        .into_iter()
        .filter(|(name, _)| matches!(*name, "before-trigger" | "same-section"));
    let anchors = ["of", "anchor"]
        .into_iter()
        .flat_map(|key| of.all_texts(key))
        .filter(|(name, _)| Anchor::named(name).is_some_and(Anchor::needs_triggers));
    place.chain(anchors).map(|(_, span)| span).collect()
}

impl Placement {
    /// What a table says of the place of its text; none when it says nothing.
    pub(in crate::check) fn of(table: &Table, compiler: &mut Compiler<'_>) -> Option<Self> {
        let mut wanted: Vec<Wanted> = Vec::new();
        wanted.extend(match table.text("place") {
            Some("top") => Some(Wanted::Top),
            Some("bottom") => Some(Wanted::Bottom),
            Some("before-trigger") => Some(Wanted::BeforeFirst(Anchor::Trigger)),
            Some("same-section") => Some(Wanted::Near(Anchor::Trigger, Reach::Section)),
            Some("every-section") => Some(Wanted::EverySection),
            Some(other) => other
                .strip_prefix("before-first-")
                .and_then(Anchor::named)
                .map(Wanted::BeforeFirst),
            None => None,
        });
        if let Some(within) = table.table("place") {
            let anchor = within.text("of").and_then(Anchor::named);
            let count = within.count("within").unwrap_or_default();
            let reach = match within.text("unit") {
                Some("words") => Reach::Words(count),
                Some("sections") => Reach::Sections(count),
                _ => Reach::Blocks(count),
            };
            wanted.extend(anchor.map(|anchor| Wanted::Near(anchor, reach)));
        }
        if table.has("near") {
            wanted.push(Wanted::Beside(compiler.wordings(table, "near", None)));
        }
        for wanted in &wanted {
            if let Wanted::BeforeFirst(anchor) | Wanted::Near(anchor, _) = wanted {
                compiler.needs(*anchor);
            }
        }
        let placement = Self {
            wanted,
            not_in: NotIn::of(&table.texts("not-in")),
            emphasis: Emphasis::of(&table.texts("emphasis")),
        };
        let empty = placement.wanted.is_empty()
            && placement.not_in.is_empty()
            && placement.emphasis.is_empty();
        (!empty).then_some(placement)
    }
}
