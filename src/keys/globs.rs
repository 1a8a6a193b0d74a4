//! Globs over paths, links and names.

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

/// Globs, and how they were written.
#[derive(Debug, Clone, Default)]
pub struct Globs {
    /// As written.
    pub raw: Vec<String>,
    set: GlobSet,
}

impl Globs {
    /// Compiles globs for paths: `*` stays within a folder. Globs that are none were reported when the file was read.
    #[must_use]
    pub fn paths(raw: Vec<String>) -> Self {
        Self::build(raw, true)
    }

    /// Compiles globs for links: `*` crosses everything.
    #[must_use]
    pub fn links(raw: Vec<String>) -> Self {
        Self::build(raw, false)
    }

    fn build(raw: Vec<String>, separated: bool) -> Self {
        let mut builder = GlobSetBuilder::new();
        for glob in raw.iter().filter_map(|glob| {
            GlobBuilder::new(glob)
                .literal_separator(separated)
                .build()
                .ok()
        }) {
            let glob: Glob = glob;
            builder.add(glob);
        }
        Self {
            raw,
            set: builder.build().unwrap_or_default(),
        }
    }

    /// Whether one of them matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.set.is_match(text)
    }
}
