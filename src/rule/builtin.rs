//! The packs that are embedded in the program: one line each.

/// Name and text of each pack; `core` runs when nothing says otherwise.
pub const PACKS: &[(&str, &str)] = &[
    ("core", include_str!("../../rules/core.toml")),
    ("affiliate", include_str!("../../rules/affiliate.toml")),
    ("ai-content", include_str!("../../rules/ai-content.toml")),
    ("claims", include_str!("../../rules/claims.toml")),
    ("gambling", include_str!("../../rules/gambling.toml")),
    ("health", include_str!("../../rules/health.toml")),
    ("house", include_str!("../../rules/house.toml")),
    ("us", include_str!("../../rules/us.toml")),
];
