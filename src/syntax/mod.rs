//! The shelf of syntaxes: each turns a source into a document, and none can fail.

mod builder;
mod containers;
mod elements;
mod front_matter;
mod hiding;
mod html;
mod html_events;
mod indented;
mod jsx;
mod markdown;
mod markdown_unseen;
mod masked;
mod mdx;
mod meta;
mod pieces;
mod plain;
mod tags;

use std::path::Path;
use std::sync::Arc;

use crate::document::Document;
use crate::source::Source;

/// One syntax that content is written in.
#[derive(Debug, Clone, Copy)]
pub struct Syntax {
    /// Its name.
    pub name: &'static str,
    /// Endings of its files, without the dot, in lower case.
    pub extensions: &'static [&'static str],
    /// Reads a source. Never fails: what cannot be read is in [`Document::problems`].
    pub parse: fn(&Arc<Source>) -> Document,
}

/// Every syntax.
pub const SYNTAXES: &[Syntax] = &[markdown::SYNTAX, mdx::SYNTAX, html::SYNTAX, plain::SYNTAX];

/// The syntax of a file by its ending.
#[must_use]
pub fn of_path(path: &Path) -> Option<&'static Syntax> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    SYNTAXES
        .iter()
        .find(|syntax| syntax.extensions.contains(&extension.as_str()))
}

/// The syntax of this name or ending.
#[must_use]
pub fn named(name: &str) -> Option<&'static Syntax> {
    SYNTAXES
        .iter()
        .find(|syntax| syntax.name == name || syntax.extensions.contains(&name))
}
