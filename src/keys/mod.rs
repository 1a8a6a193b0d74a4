//! What a TOML file may say: one list of keys gives the reader, its messages with exact spans, and the JSON Schema.
//! Every mistake of a file is reported at once; a misspelt key is refused, because a rule that checks nothing is the worst rule.

mod globs;
mod later;
mod packed;
mod read;
mod schema;
mod strings;
mod table;
mod told;
mod view;
mod words;

use std::sync::Arc;

use jiff::civil::Date;

use crate::finding::{Code, Finding, Severity};
use crate::source::{Location, Source, Span};
use crate::text::{Expression, Phrase};

pub use globs::Globs;
pub use later::{Late, Later};
pub use read::Reader;
pub use schema::schema;
pub use strings::inner_span;
use table::Entry;
pub use table::Table;
pub use told::wanted;

/// A key that a table may have.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it may hold.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// One sentence for people, in the schema and in help.
    pub about: &'static str,
}

impl Key {
    /// A key that may be left out.
    #[must_use]
    pub const fn new(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self {
            name,
            shape,
            required: false,
            about,
        }
    }

    /// A key that must be there.
    #[must_use]
    pub const fn required(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self {
            name,
            shape,
            required: true,
            about,
        }
    }
}

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A string.
    Text,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// One of these strings, or a list of them.
    Choices(&'static [&'static str]),
    /// A whole number, from the first of these to the last.
    Count(u32, u32),
    /// A string or a list of strings.
    Texts,
    /// A list of phrases; one that is the name of a list alone stands for each of its phrases.
    Phrases,
    /// A list of phrases that each count by themselves; the name of a list is any of its phrases.
    EachPhrase,
    /// A table of lists of phrases, which other phrases of the file name.
    Words,
    /// A list of regular expressions for folded text.
    Regexes,
    /// A list of globs.
    Globs,
    /// A date, as TOML writes it or as a string.
    Date,
    /// A whole number of days: `"365 days"`.
    Days,
    /// A string, a number, a boolean or a list of them.
    Scalars,
    /// `true` or `false`.
    Bool,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A list of tables with these keys.
    List(&'static [Key]),
    /// A table with any keys, each of this shape.
    Map(&'static Shape),
    /// The first of these that fits; the last says what is wrong.
    Either(&'static [Shape]),
}

/// A value that fits its shape.
#[derive(Debug, Clone)]
pub enum Value {
    /// A string.
    Text(String),
    /// A string or a list of strings, each with its place.
    Texts(Vec<(String, Span)>),
    /// Phrases.
    Phrases(Vec<(Phrase, Span)>),
    /// Regular expressions.
    Regexes(Vec<(Expression, Span)>),
    /// A date.
    Date(Date),
    /// A number of days.
    Days(i64),
    /// A whole number.
    Count(u32),
    /// `true` or `false`.
    Bool(bool),
    /// A table.
    Table(Table),
    /// Tables.
    List(Vec<Table>),
    /// Something that does not fit, which was reported.
    Wrong,
    /// A value of a file that is embedded in the program, which nothing has asked for yet.
    Later(Box<Later>),
}

/// A finding of code `config` in a TOML file.
#[must_use]
pub fn config_finding(
    source: &Arc<Source>,
    span: Span,
    message: impl Into<String>,
    help: Option<String>,
) -> Finding {
    Finding {
        rule: "caveat/config".to_owned(),
        code: Code::Config,
        severity: Severity::Error,
        message: message.into(),
        help,
        location: Location::new(source, span),
        key: None,
        related: Vec::new(),
        sources: Vec::new(),
        fix: None,
    }
}

/// "did you mean" for a name, else what there is.
#[must_use]
pub fn suggestion(name: &str, known: &[&str]) -> String {
    let near = known
        .iter()
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .min_by_key(|(distance, _)| *distance);
    match near {
        Some((distance, known)) if distance <= 2.max(name.len() / 3) => {
            format!("did you mean `{known}`?")
        }
        _ if known.is_empty() => "there is none".to_owned(),
        _ => format!(
            "there is {}",
            known
                .iter()
                .map(|known| format!("`{known}`"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}
