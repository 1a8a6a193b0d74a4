//! What the file of a baseline holds: entries that people read and a machine sorts.

use serde::{Deserialize, Serialize};

/// What is alike: findings of one rule and code on the same words of one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// From the project's root, with `/`.
    pub(super) path: String,
    pub(super) rule: String,
    pub(super) code: String,
    /// The beginning of the words, for people.
    pub(super) text: String,
    /// In content data, the beginning of the key path, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) key: Option<String>,
    pub(super) fingerprint: String,
    /// How many there are.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub(super) count: usize,
}

fn one() -> usize {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_one(count: &usize) -> bool {
    *count == 1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub(super) version: u32,
    pub(super) findings: Vec<Entry>,
}
