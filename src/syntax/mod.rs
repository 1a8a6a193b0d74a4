//! The shelves of syntaxes, of prose and of data: each turns a source into a document, and none can fail.

mod add;
mod asciidoc;
mod brought;
mod builder;
mod calls;
mod containers;
mod data;
mod escapes;
mod front_matter;
mod grid;
mod html;
mod indented;
mod jsx;
mod link_attributes;
mod markdown;
mod markdown_unseen;
mod masked;
mod mdx;
mod meta;
mod plain;
mod rst;
mod shortcodes;
mod slides;
mod snippets;
mod subtitles;

use std::path::Path;
use std::sync::Arc;

use crate::document::{Add, Document, Meta};
use crate::source::{Source, Span};
use crate::template::ask::Providers;
use builder::Builder;
pub use data::{Data, Inner, Keys};

/// One syntax that content is written in.
#[derive(Debug, Clone, Copy)]
pub struct Syntax {
    /// Its name.
    pub name: &'static str,
    /// Endings of its files, without the dot, in lower case.
    pub extensions: &'static [&'static str],
    read: fn(Builder) -> Document,
    /// How a paragraph is added. None where no words can be added at the end.
    add: Option<Add>,
    /// What a comment is written in. None where there are none.
    pub comment: Option<Wraps>,
}

/// What stands round the words of a comment.
#[derive(Debug, Clone, Copy)]
pub struct Wraps {
    /// Before them.
    pub before: &'static str,
    /// After them; nothing where the line ends the comment.
    pub after: &'static str,
    /// Whether a blank line must stand between the comment and what follows.
    pub apart: bool,
}

/// As HTML has it.
const TAGGED: Wraps = Wraps {
    before: "<!-- ",
    after: " -->",
    apart: false,
};

impl Syntax {
    /// Reads a source. Never fails: what cannot be read is in [`Document::problems`].
    #[must_use]
    pub fn parse(&self, source: &Arc<Source>) -> Document {
        self.taught((self.read)(Builder::new(source)))
    }

    /// Reads a source with what it brings in.
    pub(crate) fn parse_with(&self, source: &Arc<Source>, providers: Providers) -> Document {
        self.taught((self.read)(Builder::new(source).with(providers)))
    }

    fn taught(&self, mut document: Document) -> Document {
        document.add = self.add;
        document
    }
}

/// As JSX has it.
const BRACED: Wraps = Wraps {
    before: "{/* ",
    after: " */}",
    apart: false,
};

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
    data::json::JSON,
    data::json::ARB,
    data::yaml::YAML,
    data::toml::TOML,
    data::po::PO,
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

/// The front matter of a file, in whichever syntax.
pub(crate) fn front_matter_of(source: &Arc<Source>) -> Option<Meta> {
    let mut builder = Builder::new(source);
    front_matter::read(&mut builder);
    builder.finish().meta
}

/// The values of a YAML, TOML or JSON file, by its ending. None when it is none or cannot be read.
pub(crate) fn entries(source: &Source) -> Option<Meta> {
    let dialect = match extension(Path::new(source.path()))?.as_str() {
        "yaml" | "yml" => meta::Dialect::Yaml,
        "toml" => meta::Dialect::Toml,
        "json" => meta::Dialect::Json,
        _ => return None,
    };
    let at = source.bom();
    let span = Span::new(at, source.text().len());
    let (meta, problem) = meta::parse(dialect, &source.text()[at..], at, span);
    problem.is_none().then_some(meta)
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
