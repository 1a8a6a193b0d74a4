//! The packs that are embedded in the program: one line each.

/// Name and text of each pack; `core` runs when nothing says otherwise.
pub const PACKS: &[(&str, &str)] = &[
    ("core", include_str!("../../rules/core.toml")),
    ("be", include_str!("../../rules/be.toml")),
    ("de", include_str!("../../rules/de.toml")),
    ("es", include_str!("../../rules/es.toml")),
    ("eu", include_str!("../../rules/eu.toml")),
    ("fr", include_str!("../../rules/fr.toml")),
    ("house", include_str!("../../rules/house.toml")),
    ("ie", include_str!("../../rules/ie.toml")),
    ("it", include_str!("../../rules/it.toml")),
    ("nl", include_str!("../../rules/nl.toml")),
    ("uk", include_str!("../../rules/uk.toml")),
    ("us", include_str!("../../rules/us.toml")),
];
