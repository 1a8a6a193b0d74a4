//! Globs over paths, links and names.

use std::fmt;
use std::sync::OnceLock;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Globs, and how they were written. They are compiled when something is held against them.
#[derive(Clone, Default)]
pub struct Globs {
    /// As written.
    pub raw: Vec<String>,
    separated: bool,
    set: OnceLock<GlobSet>,
}

impl Globs {
    /// Globs for paths: `*` stays within a folder. Globs that are none were reported when the file was read.
    #[must_use]
    pub fn paths(raw: Vec<String>) -> Self {
        Self {
            raw,
            separated: true,
            set: OnceLock::new(),
        }
    }

    /// Globs for links: `*` crosses everything.
    #[must_use]
    pub fn links(raw: Vec<String>) -> Self {
        Self {
            raw,
            separated: false,
            set: OnceLock::new(),
        }
    }

    fn build(&self) -> GlobSet {
        let mut builder = GlobSetBuilder::new();
        let globs = self.raw.iter().filter_map(|glob| {
            let mut glob = GlobBuilder::new(glob);
            glob.literal_separator(self.separated).build().ok()
        });
        for glob in globs {
            builder.add(glob);
        }
        builder.build().unwrap_or_default()
    }

    /// Whether one of them matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        !self.raw.is_empty() && self.set.get_or_init(|| self.build()).is_match(text)
    }
}

impl fmt::Debug for Globs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.raw.fmt(f)
    }
}
