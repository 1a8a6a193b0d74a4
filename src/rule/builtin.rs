//! The packs that are embedded in the program: one line each.

/// Name and text of each pack; `core` runs when nothing says otherwise.
pub const PACKS: &[(&str, &str)] = &[
    ("core", include_str!("../../rules/core.toml")),
    ("house", include_str!("../../rules/house.toml")),
    ("ae", include_str!("../../rules/ae.toml")),
    ("au", include_str!("../../rules/au.toml")),
    ("br", include_str!("../../rules/br.toml")),
    ("ca", include_str!("../../rules/ca.toml")),
    ("credit", include_str!("../../rules/credit.toml")),
    ("hk", include_str!("../../rules/hk.toml")),
    ("in", include_str!("../../rules/in.toml")),
    ("sg", include_str!("../../rules/sg.toml")),
    ("us", include_str!("../../rules/us.toml")),
    ("za", include_str!("../../rules/za.toml")),
];
