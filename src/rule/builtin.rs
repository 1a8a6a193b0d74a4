//! The packs that are embedded in the program: one line each.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::{Pack, load};
use crate::finding::Finding;
use crate::source::Source;
use crate::text::Lists;

/// What is embedded of each pack.
macro_rules! packs {
    ($($name:literal)*) => {
        /// Name and text of each pack; `core` runs when nothing says otherwise.
        pub const PACKS: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../rules/", $name, ".toml")))),*];

        /// The values and the hash of each, as `build.rs` has packed them, in the order of [`PACKS`].
        const PACKED: &[(&[u8], &str)] = &[$((
            include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".tree")),
            include_str!(concat!(env!("OUT_DIR"), "/", $name, ".hash")),
        )),*];
    };
}

packs! {
    "core"
    "ae"
    "affiliate"
    "ai-content"
    "au"
    "be"
    "br"
    "ca"
    "claims"
    "credit"
    "de"
    "es"
    "eu"
    "fr"
    "gambling"
    "health"
    "hk"
    "house"
    "ie"
    "in"
    "it"
    "nl"
    "sg"
    "uk"
    "us"
    "za"
}

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
    let path = format!("rules/{name}.toml");
    let source = Arc::new(Source::embedded(path, PACKS[at].1));
    let lists = WORDS[at].get().map(Arc::clone);
    let (pack, mistakes) = load::load_packed(&source, PACKED[at].0, values, lists);
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

/// The hash of a text, known beforehand when it is that of a pack that is embedded in the program.
pub(super) fn known_hash(text: &str) -> Option<&'static str> {
    let same = |(_, own): &(&str, &str)| std::ptr::eq(*own, text);
    PACKS.iter().position(same).map(|at| PACKED[at].1)
}
