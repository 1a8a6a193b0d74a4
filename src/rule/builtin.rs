//! The packs that are embedded in the program: one line each.

/// Name and text of each pack; `core` runs when nothing says otherwise.
pub const PACKS: &[(&str, &str)] = &[
    ("core", include_str!("../../rules/core.toml")),
    ("eu", include_str!("../../rules/eu.toml")),
    ("house", include_str!("../../rules/house.toml")),
    ("uk", include_str!("../../rules/uk.toml")),
    ("us", include_str!("../../rules/us.toml")),
];
