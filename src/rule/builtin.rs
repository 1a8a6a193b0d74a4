//! The packs that are embedded in the program: one line each.

/// Name and text of each pack; `core` runs when nothing says otherwise.
pub const PACKS: &[(&str, &str)] = &[
    ("core", include_str!("../../rules/core.toml")),
    ("house", include_str!("../../rules/house.toml")),
    ("credit", include_str!("../../rules/credit.toml")),
    ("in", include_str!("../../rules/in.toml")),
    ("us", include_str!("../../rules/us.toml")),
];
