//! Whom the rules of a pack are for.

use std::collections::BTreeMap;

use crate::project::Project;

/// What a page would be if it were for the readers that the rules of a project name: nobody has said yet whom the pages are for.
pub(super) fn readers(project: &Project) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let rules = project.rules.rules().iter();
    for (facet, values) in rules.flat_map(|rule| &rule.rule.when.facets) {
        // a product and a channel are what a page is, not whom it is for
        if ["jurisdiction", "audience"].contains(facet) {
            let known = all.entry((*facet).to_owned()).or_default();
            known.extend(values.iter().cloned());
        }
    }
    all
}
