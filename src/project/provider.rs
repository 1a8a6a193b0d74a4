//! `[[provider]]` of config: what brings in what, where no convention says so.

use std::path::Path;
use std::sync::Arc;

use super::view::View;
use crate::finding::Finding;
use crate::keys::{Key, Shape, Table, config_finding};
use crate::rule::Pack;
use crate::source::{Location, Source};

/// The keys of a `[[provider]]`.
pub(super) const PROVIDER: &[Key] = &[
    Key::new(
        "shortcode",
        Shape::Text,
        "The shortcode that brings it in, by name.",
    ),
    Key::new(
        "include",
        Shape::Text,
        "The include that brings it in, by the name that it gives.",
    ),
    Key::new(
        "component",
        Shape::Text,
        "The component that brings it in, by name.",
    ),
    Key::new(
        "layout",
        Shape::Text,
        "The layout that brings it in, by the name in front matter; `*` for every page.",
    ),
    Key::new(
        "front-matter",
        Shape::Text,
        "The front-matter key that brings it in, unless its value is `false`.",
    ),
    Key::new(
        "file",
        Shape::Text,
        "The file that is brought in, from the folder of caveat.toml.",
    ),
    Key::new(
        "data",
        Shape::Text,
        "The data file that holds the text, from the folder of caveat.toml.",
    ),
    Key::new(
        "key",
        Shape::Text,
        "The key path of the text in `data`: `footer.risk`.",
    ),
    Key::new(
        "attests",
        Shape::Text,
        "The disclosure that someone vouches for: its words are not read, and JSON says `attested`.",
    ),
];

/// By what something is brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A shortcode.
    Shortcode,
    /// An include.
    Include,
    /// A component.
    Component,
    /// A layout.
    Layout,
    /// A key of front matter.
    FrontMatter,
}

/// What is brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gives {
    /// What a file holds, by its path from the folder of caveat.toml.
    File(String),
    /// The text of a key in a data file.
    Key(String, String),
    /// Nothing that is read: a disclosure that someone vouches for, by `pack/id`.
    Attests(String),
}

/// One `[[provider]]`.
#[derive(Debug, Clone)]
pub struct Provider {
    /// By what.
    pub by: By,
    /// The name of the shortcode, include, component, layout or key.
    pub name: String,
    /// What.
    pub gives: Gives,
    /// Where config says so.
    pub location: Location,
}

const BY: &[(&str, By)] = &[
    ("shortcode", By::Shortcode),
    ("include", By::Include),
    ("component", By::Component),
    ("layout", By::Layout),
    ("front-matter", By::FrontMatter),
];

impl Provider {
    /// Reads a table of config.
    pub(super) fn of(
        table: &Table,
        source: &Arc<Source>,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let mut wrong = |message: &str| {
            findings.push(config_finding(source, table.span, message, None));
            None
        };
        let mut by = BY
            .iter()
            .filter_map(|(key, by)| Some((*by, table.text(key)?)));
        let Some((by, name)) = by.next() else {
            return wrong(
                "says by nothing: give `shortcode`, `include`, `component`, `layout` or `front-matter`",
            );
        };
        if BY.iter().filter(|(key, _)| table.has(key)).count() > 1 {
            return wrong(
                "is by one of `shortcode`, `include`, `component`, `layout`, `front-matter`, not by several",
            );
        }
        let gives = match (
            table.text("file"),
            table.text("data"),
            table.text("attests"),
        ) {
            (Some(file), None, None) => Gives::File(file.to_owned()),
            (None, Some(data), None) => match table.text("key") {
                Some(key) => Gives::Key(data.to_owned(), key.to_owned()),
                None => return wrong("has `data` and no `key` in it"),
            },
            (None, None, Some(id)) => Gives::Attests(id.to_owned()),
            (None, None, None) => {
                return wrong("brings in nothing: give `file`, `data` with `key`, or `attests`");
            }
            _ => return wrong("brings in one of `file`, `data`, `attests`, not several"),
        };
        let at = ["file", "data", "attests"]
            .iter()
            .find(|key| table.has(key))
            .map_or(table.span, |key| table.span_of(key));
        Some(Self {
            by,
            name: name.to_owned(),
            gives,
            location: Location::new(source, at),
        })
    }

    /// What is wrong with it, once packs and files are known.
    pub(super) fn mistake(&self, root: &Path, packs: &[Arc<Pack>], view: &View) -> Option<Finding> {
        let message = match &self.gives {
            Gives::File(path) | Gives::Key(path, _) if !view.is_file(&root.join(path)) => {
                format!("there is no file `{path}` below the folder of caveat.toml")
            }
            Gives::Attests(id)
                if !packs
                    .iter()
                    .any(|pack| pack.disclosures.iter().any(|of| of.id == *id)) =>
            {
                format!("there is no disclosure `{id}` in the packs that are loaded")
            }
            _ => return None,
        };
        Some(config_finding(
            &self.location.source,
            self.location.span,
            message,
            None,
        ))
    }
}
