//! The packs that are embedded in the program: one line each.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::{Pack, load};
use crate::finding::Finding;
use crate::source::Source;
use crate::text::Lists;

/// Name and text of each pack; `core` runs when nothing says otherwise.
pub const PACKS: &[(&str, &str)] = &[
    ("core", include_str!("../../rules/core.toml")),
    ("ae", include_str!("../../rules/ae.toml")),
    ("affiliate", include_str!("../../rules/affiliate.toml")),
    ("ai-content", include_str!("../../rules/ai-content.toml")),
    ("au", include_str!("../../rules/au.toml")),
    ("be", include_str!("../../rules/be.toml")),
    ("br", include_str!("../../rules/br.toml")),
    ("ca", include_str!("../../rules/ca.toml")),
    ("claims", include_str!("../../rules/claims.toml")),
    ("credit", include_str!("../../rules/credit.toml")),
    ("de", include_str!("../../rules/de.toml")),
    ("es", include_str!("../../rules/es.toml")),
    ("eu", include_str!("../../rules/eu.toml")),
    ("fr", include_str!("../../rules/fr.toml")),
    ("gambling", include_str!("../../rules/gambling.toml")),
    ("health", include_str!("../../rules/health.toml")),
    ("hk", include_str!("../../rules/hk.toml")),
    ("house", include_str!("../../rules/house.toml")),
    ("ie", include_str!("../../rules/ie.toml")),
    ("in", include_str!("../../rules/in.toml")),
    ("it", include_str!("../../rules/it.toml")),
    ("nl", include_str!("../../rules/nl.toml")),
    ("sg", include_str!("../../rules/sg.toml")),
    ("uk", include_str!("../../rules/uk.toml")),
    ("us", include_str!("../../rules/us.toml")),
    ("za", include_str!("../../rules/za.toml")),
];

/// The lists of each pack that something has read, as [`PACKS`] stand.
static WORDS: [OnceLock<Arc<Lists>>; PACKS.len()] = [const { OnceLock::new() }; PACKS.len()];

/// A pack that is embedded in the program, and the mistakes in it, of which the packs that ship have none: tests hold them to it, so
/// that their phrases need not be parsed before something looks for them.
#[must_use]
pub fn built_in(name: &str) -> Option<(Pack, Vec<Finding>)> {
    built_in_with(name, &BTreeMap::new())
}

/// As [`built_in`], with the words that `{name}` stands for.
#[must_use]
pub fn built_in_with(
    name: &str,
    values: &BTreeMap<String, String>,
) -> Option<(Pack, Vec<Finding>)> {
    let at = PACKS.iter().position(|(known, _)| *known == name)?;
    let source = Arc::new(Source::new(format!("rules/{name}.toml"), PACKS[at].1));
    let lists = WORDS[at].get().map(Arc::clone);
    let (pack, mistakes) = load::load_tested(&source, values, lists);
    // they need no values: tests hold them to it
    let _ = WORDS[at].set(Arc::clone(&pack.words));
    Some((pack, mistakes))
}

/// The lists of a pack that is embedded in the program.
#[must_use]
pub fn built_in_words(name: &str) -> Option<Arc<Lists>> {
    let at = PACKS.iter().position(|(known, _)| *known == name)?;
    if WORDS[at].get().is_none() {
        built_in(name)?;
    }
    WORDS[at].get().map(Arc::clone)
}
