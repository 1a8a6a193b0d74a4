//! What a site tells of itself to someone who has never seen it: for `caveat init`.

use super::site::{Generator, Site};
use super::tree::Tree;
use crate::template::Value;

/// A site, told to people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    /// The folder of the site, as it is shown; `.` for the working directory.
    pub(crate) folder: String,
    /// The name of its generator.
    pub(crate) generator: &'static str,
    /// The file that tells it, as it is shown.
    pub(crate) mark: String,
    /// Where it is built to when its configuration does not say otherwise, as it is shown.
    pub(crate) built: Option<String>,
    /// The languages that its configuration names.
    pub(crate) languages: Vec<String>,
    /// What of it is not in the repository.
    pub(crate) away: Option<String>,
}

/// For each generator: what its mark holds where several share one, its name, where it builds to.
const NAMES: &[(Generator, &str, &str, Option<&str>)] = &[
    (Generator::Hugo, "", "Hugo", Some("public")),
    (Generator::Jekyll, "", "Jekyll", Some("_site")),
    (Generator::Eleventy, "", "Eleventy", Some("_site")),
    (Generator::MkDocs, "", "MkDocs", Some("site")),
    (Generator::MdBook, "", "mdBook", Some("book")),
    (Generator::Sphinx, "", "Sphinx", Some("_build/html")),
    (Generator::DocFx, "", "DocFX", Some("_site")),
    (Generator::GitBook, "", "GitBook", None),
    (
        Generator::Components,
        "docusaurus",
        "Docusaurus",
        Some("build"),
    ),
    (Generator::Components, "astro", "Astro", Some("dist")),
    (Generator::Components, "next", "Next.js", Some("out")),
    (Generator::Components, "gatsby", "Gatsby", Some("public")),
    (
        Generator::Components,
        "nuxt",
        "Nuxt",
        Some(".output/public"),
    ),
    (
        Generator::Components,
        ".vitepress",
        "VitePress",
        Some(".vitepress/dist"),
    ),
];

/// Tells a site; none where no generator is known.
pub(super) fn told(site: &Site, tree: &Tree) -> Option<Told> {
    let inside = site.mark.strip_prefix(site.folder.as_str());
    let mark = inside.unwrap_or(&site.mark).trim_start_matches('/');
    let (.., name, built) = NAMES
        .iter()
        .find(|(of, begins, ..)| *of == site.generator && mark.starts_with(begins))?;
    Some(Told {
        folder: tree.shown(&site.folder),
        generator: name,
        mark: tree.shown(&site.mark),
        built: built.map(|folder| tree.shown(&site.path(folder))),
        languages: languages(&site.config),
        away: site.theme_away.clone(),
    })
}

/// The languages of a configuration: the keys of a table (Hugo) or the values of a list (Jekyll's plugins).
fn languages(config: &Value) -> Vec<String> {
    let Value::Map(config) = config else {
        return Vec::new();
    };
    match config.get("languages") {
        Some(Value::Map(table)) => table.keys().map(|key| key.to_lowercase()).collect(),
        Some(Value::List(list)) => list
            .iter()
            .filter_map(|of| match of {
                Value::Text(text) => Some(text.text.to_lowercase()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
