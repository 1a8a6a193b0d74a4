//! `[[data]]` of config: which files of data are content and which of their strings; and what of it matches nothing.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::Config;
use crate::document::Document;
use crate::finding::{Finding, Severity};
use crate::keys::{Table, config_finding};
use crate::rule::Globs;
use crate::source::{Location, Source, Span};
use crate::syntax::{Data, Inner, Keys, data_of_path};

/// One `[[data]]`.
#[derive(Debug)]
pub struct DataScope {
    /// The files, each glob with its place.
    paths: Vec<(Globs, Location)>,
    /// The places of the globs of `keys`, in order.
    places: Vec<Location>,
    keys: Keys,
}

impl DataScope {
    /// Reads a table of config.
    pub(super) fn of(table: &Table, source: &Arc<Source>) -> Self {
        let place = |span: &Span| Location::new(source, *span);
        let inner = table.text("syntax").and_then(Inner::named);
        Self {
            paths: table
                .placed("path")
                .iter()
                .map(|(glob, span)| (Globs::paths(vec![glob.clone()]), place(span)))
                .collect(),
            places: table
                .placed("keys")
                .iter()
                .map(|(_, at)| place(at))
                .collect(),
            keys: Keys::new(
                &table.texts("keys"),
                &table.texts("not-keys"),
                inner.unwrap_or_default(),
            ),
        }
    }

    fn names(&self, path: &str) -> bool {
        self.paths.iter().any(|(globs, _)| globs.matches(path))
    }
}

impl Config {
    /// The syntax of a data file, by its path and its path from the root, and which of its strings are content. None when no
    /// `[[data]]` names it: what a repository holds of data is rarely content.
    #[must_use]
    pub fn data_of(&self, path: &Path, inside: &str) -> Option<(&'static Data, Vec<&Keys>)> {
        let scopes = self.data.iter().filter(|scope| scope.names(inside));
        let keys: Vec<&Keys> = scopes.map(|scope| &scope.keys).collect();
        data_of_path(path)
            .filter(|_| !keys.is_empty())
            .map(|data| (data, keys))
    }

    /// The places of the globs that match this file or a string of it.
    pub(super) fn used_globs(&self, inside: &str, document: &Document) -> Vec<Span> {
        let mut used = BTreeSet::new();
        for scope in self.data.iter().filter(|scope| scope.names(inside)) {
            let paths = scope
                .paths
                .iter()
                .filter(|(globs, _)| globs.matches(inside));
            used.extend(paths.map(|(_, place)| place.span));
            for (_, key) in document.keys.iter().flatten() {
                used.extend(scope.keys.matching(key).map(|at| scope.places[at].span));
            }
        }
        used.into_iter().collect()
    }

    /// Warnings of globs that matched nothing in a run over all of the project: a misspelt key checks nothing.
    pub(super) fn unused_globs(&self, used: &BTreeSet<Span>) -> Vec<Finding> {
        let warning = |place: &Location, message: &str, help: String| Finding {
            severity: Severity::Warning,
            ..config_finding(&place.source, place.span, message, Some(help))
        };
        let mut findings = Vec::new();
        for scope in &self.data {
            let unused = |place: &&Location| !used.contains(&place.span);
            let paths: Vec<&Location> = scope.paths.iter().map(|(_, place)| place).collect();
            for place in paths.iter().copied().filter(unused) {
                let endings: Vec<&str> = crate::syntax::DATA
                    .iter()
                    .flat_map(|data| data.extensions)
                    .copied()
                    .collect();
                let help = format!("known endings of data are {}", endings.join(", "));
                findings.push(warning(place, "no data file matches", help));
            }
            // without a file the keys cannot match, which says nothing of them
            let read = paths.iter().any(|place| !unused(place));
            for place in scope.places.iter().filter(|_| read).filter(unused) {
                let help = "`.` stands between keys, `*` is one key, `**` any: `footer.**`";
                findings.push(warning(place, "no string has such a key", help.to_owned()));
            }
        }
        findings
    }
}
