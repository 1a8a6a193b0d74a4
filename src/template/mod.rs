//! What templates make of a page: a shortcode, an include, a layout or a component is evaluated to the text that it puts out, every
//! byte with its place. Pure: what is on disk comes through [`Context::open`].
//!
//! A template that this room does not understand in full is never guessed at: what it puts out there is [`Mark::Unknown`], and what
//! stands under a condition that nothing here decides stands between [`Mark::Undecided`] and [`Mark::Decided`].

pub(crate) mod ask;
pub(crate) mod component;
pub(crate) mod go;
pub(crate) mod liquid;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::pieces::Pieces;
use crate::source::{Source, Span};

/// What a template puts out.
#[derive(Debug, Default)]
pub(crate) struct Output {
    /// The text, in the syntax that the template is written for: HTML, Markdown, JSX.
    pub text: Pieces,
    /// What is no text, each at a byte of the text, in order.
    pub marks: Vec<(usize, Mark)>,
}

/// Something in what a template puts out that is no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Here stands what the template is put round: the content of a layout, the inner text of a shortcode, the children of a
    /// component.
    Inner,
    /// From here on stands what a condition lets through that nothing here decides; the span is the condition.
    Undecided(Span),
    /// The end of it. They nest.
    Decided,
    /// Something is put out here that cannot be told; the span is what would have to be evaluated.
    Unknown(Span),
    /// Something could not be brought in: a missing file, a cycle. What to tell of it, at the call.
    Problem(Span, String),
}

/// A value in a template.
#[derive(Debug, Clone, Default)]
pub(crate) enum Value {
    /// Nothing here can tell.
    #[default]
    Unknown,
    /// There is no such thing: false in a condition, nothing when put out.
    Nil,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// Text, which knows its place.
    Text(Pieces),
    /// The values of a list.
    List(Vec<Value>),
    /// A table.
    Map(BTreeMap<String, Value>),
}

/// What a template knows and may ask for.
pub(crate) struct Context<'a> {
    /// What the call gives it, by name or (`"0"`, `"1"`, …) by place.
    pub arguments: BTreeMap<String, Value>,
    /// Whether the call has an end tag, so that there is something inner.
    pub paired: bool,
    /// The front matter of the page. A key that is not there is [`Value::Nil`]; lists and tables are as the page has them.
    pub page: &'a Value,
    /// Facts of the page that the generator knows, by name (`"kind"`, `"section"`, `"type"`, `"layout"`, `"path"`, …); what is not
    /// there is unknown.
    pub facts: &'a BTreeMap<String, Value>,
    /// What the site's configuration says. A key that is not there is [`Value::Nil`].
    pub site: &'a Value,
    /// The strings of the site by key, for `T "key"` and the like.
    pub strings: &'a dyn Fn(&str) -> Value,
    /// Opens another template by the name that the call gives it: its text and the offset to add to its bytes for places. The span
    /// is the call. An error says why not, for people.
    pub open: &'a dyn Fn(Opens, &str, Span) -> Result<Opened, String>,
}

/// By which kind of call a template opens another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opens {
    /// Hugo's `partial`, Liquid's `include` and `render`.
    Partial,
    /// Liquid's `include_relative`: relative to the file that calls.
    Relative,
    /// A component by the path of its `import`, relative to the file that calls.
    Import,
}

/// A file that was opened for a template.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    /// What it holds.
    pub source: Arc<Source>,
    /// What to add to its bytes for their places in the document.
    pub base: usize,
}

/// How deep templates may call one another.
pub(crate) const DEEPEST: usize = 64;
/// How many bytes the templates of one call may put out.
pub(crate) const LONGEST: usize = 4 << 20;
