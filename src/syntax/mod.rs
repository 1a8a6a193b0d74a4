//! The shelves of syntaxes, of prose and of data: each turns a source into a document, and none can fail.

mod asciidoc;
mod asciidoc_attributes;
mod asciidoc_blocks;
mod asciidoc_conditions;
mod asciidoc_delimited;
mod asciidoc_inline;
mod asciidoc_lines;
mod asciidoc_links;
mod asciidoc_macros;
mod asciidoc_passes;
mod asciidoc_table;
mod asciidoc_text;
mod builder;
mod containers;
mod data;
mod data_json;
mod data_po;
mod data_toml;
mod data_yaml;
mod elements;
mod escapes;
mod formatting;
mod front_matter;
mod hiding;
mod html;
mod html_events;
mod html_words;
mod indented;
mod jsx;
mod markdown;
mod markdown_unseen;
mod masked;
mod mdx;
mod meta;
mod pieces;
mod plain;
mod rst;
mod rst_conditions;
mod rst_directives;
mod rst_explicit;
mod rst_inline;
mod rst_lines;
mod rst_lists;
mod rst_parts;
mod rst_roles;
mod rst_rules;
mod rst_sections;
mod rst_tables;
mod rst_targets;
mod subtitles;
mod tags;

use std::path::Path;
use std::sync::Arc;

use crate::document::Document;
use crate::source::Source;
pub use data::{Data, Inner, Keys};

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
pub const SYNTAXES: &[Syntax] = &[
    markdown::SYNTAX,
    mdx::SYNTAX,
    html::SYNTAX,
    asciidoc::SYNTAX,
    rst::SYNTAX,
    plain::SYNTAX,
    subtitles::SYNTAX,
];

/// Every syntax of data. Its files are content only where config says which of their strings are.
pub const DATA: &[Data] = &[
    data_json::JSON,
    data_json::ARB,
    data_yaml::YAML,
    data_toml::TOML,
    data_po::PO,
];

/// The syntax of a file by its ending.
#[must_use]
pub fn of_path(path: &Path) -> Option<&'static Syntax> {
    let extension = extension(path)?;
    SYNTAXES
        .iter()
        .find(|syntax| syntax.extensions.contains(&extension.as_str()))
}

/// The syntax of a data file by its ending.
#[must_use]
pub fn data_of_path(path: &Path) -> Option<&'static Data> {
    let extension = extension(path)?;
    DATA.iter()
        .find(|data| data.extensions.contains(&extension.as_str()))
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// The syntax of this name or ending.
#[must_use]
pub fn named(name: &str) -> Option<&'static Syntax> {
    SYNTAXES
        .iter()
        .find(|syntax| syntax.name == name || syntax.extensions.contains(&name))
}
