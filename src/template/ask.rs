//! What a page asks for while it is read, and what it is answered: the door between a syntax, which knows calls, and the files that
//! answer them, which it does not know.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::Output;
use crate::document::Document;
use crate::source::{Source, Span};

/// What a page may ask for.
#[derive(Debug)]
pub(crate) enum Question<'a> {
    /// What stands round the page. Its front matter is in the document.
    Layout,
    /// What templates make of the text of the page itself: its bytes from here to there.
    Body(Range<usize>),
    /// What a call brings in.
    Call(&'a Call),
}

/// A call that stands in a page.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// In which form.
    pub form: Form,
    /// What it names: a shortcode, a file, a component.
    pub name: String,
    /// What it hands over, by name or by place (`"0"`, …): the value and where it stands.
    pub arguments: Vec<(String, String, Span)>,
    /// Where it stands, in bytes of the document.
    pub span: Span,
    /// Whether something stands between it and its end tag.
    pub paired: bool,
}

impl Call {
    /// A call that names a file and nothing else.
    pub(crate) fn of_file(form: Form, name: &str, span: Span) -> Self {
        Self {
            form,
            name: name.to_owned(),
            arguments: Vec::new(),
            span,
            paired: false,
        }
    }
}

/// The form of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// `{{< name >}}` and `{{% name %}}`.
    Shortcode,
    /// `--8<-- "file"`.
    Snippet,
    /// `{{#include file}}`.
    Book,
    /// `[!INCLUDE [title](file)]`.
    Learn,
    /// `<Component />`, and the path that it is imported from as the first argument, named `import`.
    Component,
    /// `include::file[]` and `.. include:: file`.
    Directive,
}

/// What comes back.
#[derive(Debug)]
pub(crate) enum Answer {
    /// What is put out, read as HTML (or, of a component, as JSX).
    Markup(Output),
    /// Text of the same syntax, which stands there in place of the call.
    Text(Output),
    /// A file of the same syntax: what to add to its bytes, and which of them.
    File(Arc<Source>, usize, Range<usize>),
    /// Words that stand in the call itself: its arguments of these names are seen.
    Shows(&'static [&'static str]),
    /// Known, and brings in no words.
    Nothing,
    /// No call that anything here knows: it stands as it is written.
    AsItStands,
    /// It should bring something in, and why it could not be found.
    Unresolved(String),
}

/// Answers the questions of one page.
pub(crate) type Ask = dyn Fn(&Question<'_>, &mut Document) -> Answer + Send + Sync;

/// What a page can ask, and in which forms its generator lets it.
#[derive(Clone)]
pub(crate) struct Providers {
    /// The forms of calls that are calls here.
    pub forms: Vec<Form>,
    /// Whether templates go over the text of a page before it is read.
    pub body: bool,
    /// Whether its generator evaluates expressions in braces that nothing here does.
    pub braces: bool,
    /// Answers.
    pub ask: Arc<Ask>,
}

impl fmt::Debug for Providers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Providers")
            .field("forms", &self.forms)
            .finish_non_exhaustive()
    }
}
