//! What `[[provider]]` of config brings in.

use super::{Asking, components, values};
use crate::document::{Attested, Document, MetaValue};
use crate::pieces::Pieces;
use crate::project::provider::{By, Gives, Provider};
use crate::source::Span;
use crate::template::ask::{Answer, Call, Form};
use crate::template::{Mark, Output, Value};

/// What config says of a call, if it says anything.
pub(super) fn call(asking: &Asking<'_>, call: &Call, document: &mut Document) -> Option<Answer> {
    let by = match call.form {
        Form::Shortcode => By::Shortcode,
        Form::Component => By::Component,
        Form::Snippet | Form::Book | Form::Learn | Form::Directive => By::Include,
    };
    let provider = named(asking, by, &call.name)?;
    Some(give(asking, provider, call.span, document))
}

/// The provider of config that goes by a name.
pub(super) fn named<'a>(asking: &Asking<'a>, by: By, name: &str) -> Option<&'a Provider> {
    asking
        .providers
        .iter()
        .find(|provider| provider.by == by && provider.name == name)
}

/// What a provider brings in.
pub(super) fn give(
    asking: &Asking<'_>,
    provider: &Provider,
    call: Span,
    document: &mut Document,
) -> Answer {
    match &provider.gives {
        Gives::Attests(id) => {
            document.attested.push(Attested {
                id: id.clone(),
                span: call,
            });
            Answer::Nothing
        }
        Gives::File(path) => match asking.open(&asking.tree.configured(path), call, document) {
            Err(message) => Answer::Unresolved(message),
            Ok(opened) => match super::ending(&opened.source) {
                "html" | "htm" => Answer::Markup(Output {
                    text: Pieces::of(opened.source.text(), opened.base),
                    marks: Vec::new(),
                }),
                "jsx" | "tsx" | "js" | "ts" | "astro" | "vue" | "svelte" => {
                    components::of_file(asking, &opened, document)
                }
                _ => {
                    let range = super::texts::content(&opened.source)..opened.source.text().len();
                    Answer::File(opened.source, opened.base, range)
                }
            },
        },
        Gives::Key(path, key) => match asking.open(&asking.tree.configured(path), call, document) {
            Err(message) => Answer::Unresolved(message),
            Ok(opened) => {
                let mut value = values::of_file(&opened.source, opened.base);
                for part in key.split('.') {
                    value = match value {
                        Value::Map(mut table) => table.remove(part).unwrap_or_default(),
                        _ => Value::Unknown,
                    };
                }
                match value {
                    Value::Text(text) => Answer::Markup(Output {
                        text,
                        marks: Vec::new(),
                    }),
                    _ => Answer::Unresolved(format!("`{path}` has no text `{key}`")),
                }
            }
        },
    }
}

/// Puts what the layout and the front matter of the page bring in, by config, round what stands round it anyway.
pub(super) fn round(asking: &Asking<'_>, found: Answer, document: &mut Document) -> Answer {
    let text = |key: &str, document: &Document| {
        let entry = document.meta.as_ref()?.get(key)?;
        Some((
            entry.value.texts().join(" "),
            entry.value.clone(),
            entry.span,
        ))
    };
    let mut output = match found {
        Answer::Markup(output) => Some(output),
        other if asking.providers.is_empty() => return other,
        Answer::Unresolved(message) => {
            document.unresolved.push(crate::document::Problem {
                span: Span::default(),
                message,
            });
            None
        }
        _ => None,
    };
    for provider in asking.providers {
        let call = match provider.by {
            By::Layout => match text("layout", document) {
                Some((name, _, span)) if name == provider.name => span,
                _ if provider.name == "*" => Span::default(),
                _ => continue,
            },
            By::FrontMatter => match text(&provider.name, document) {
                Some((_, MetaValue::Bool(false) | MetaValue::Null, _)) | None => continue,
                Some((_, _, span)) => span,
            },
            _ => continue,
        };
        let after = match give(asking, provider, call, document) {
            Answer::Markup(after) => after,
            Answer::File(source, base, range) => Output {
                text: Pieces::of(&source.text()[range.clone()], base + range.start),
                marks: Vec::new(),
            },
            Answer::Unresolved(message) => {
                document.unresolved.push(crate::document::Problem {
                    span: call,
                    message,
                });
                continue;
            }
            _ => continue,
        };
        let whole = output.get_or_insert_with(|| Output {
            text: Pieces::default(),
            marks: vec![(0, Mark::Inner)],
        });
        let shift = whole.text.text.len();
        whole.text.add(&after.text, 0..after.text.text.len());
        whole
            .marks
            .extend(after.marks.into_iter().map(|(at, mark)| (at + shift, mark)));
    }
    output.map_or(Answer::Nothing, Answer::Markup)
}
