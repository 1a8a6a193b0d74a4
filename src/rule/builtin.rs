//! The packs that are embedded in the program: one line each.

/// Name and text of each pack; `core` runs when nothing says otherwise.
pub const PACKS: &[(&str, &str)] = &[
    ("core", include_str!("../../rules/core.toml")),
    ("ae", include_str!("../../rules/ae.toml")),
    ("au", include_str!("../../rules/au.toml")),
    ("be", include_str!("../../rules/be.toml")),
    ("br", include_str!("../../rules/br.toml")),
    ("ca", include_str!("../../rules/ca.toml")),
    ("credit", include_str!("../../rules/credit.toml")),
    ("de", include_str!("../../rules/de.toml")),
    ("es", include_str!("../../rules/es.toml")),
    ("eu", include_str!("../../rules/eu.toml")),
    ("fr", include_str!("../../rules/fr.toml")),
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
