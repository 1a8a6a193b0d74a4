//! What shapes and values are called, for people.

use super::Shape;
use super::view::What;

/// Whether a value is of the sort that a shape takes, right or wrong.
pub(super) fn holds(shape: Shape, value: &What<'_>) -> bool {
    match value {
        What::Text(_) => matches!(shape, Shape::Text | Shape::Choice(_) | Shape::Choices(_)),
        What::Table(_) => matches!(shape, Shape::Table(_) | Shape::Map(_) | Shape::Words),
        What::Integer(_) => matches!(shape, Shape::Count(..)),
        _ => false,
    }
}

/// A value as words; none of a list or a table.
pub(super) fn plain(value: &What<'_>) -> Option<String> {
    Some(match value {
        What::Text(of) | What::Integer(of) | What::Float(of) | What::Day(of) | What::Time(of) => {
            (*of).to_owned()
        }
        What::Bool(yes) => yes.to_string(),
        What::List(_) | What::Table(_) => return None,
    })
}

pub(super) fn kind(value: &What<'_>) -> &'static str {
    match value {
        What::Text(_) => "a string",
        What::Integer(_) | What::Float(_) => "a number",
        What::Bool(_) => "a boolean",
        What::Day(_) | What::Time(_) => "a date",
        What::List(_) => "a list",
        What::Table(_) => "a table",
    }
}

/// What a value of a shape is, for people: "a list of phrases".
#[must_use]
pub fn wanted(shape: Shape) -> String {
    match shape {
        Shape::Text => "a string".to_owned(),
        Shape::Choice(known) | Shape::Choices(known) => format!("one of {}", known.join(", ")),
        Shape::Count(least, most) => format!("a whole number from {least} to {most}"),
        Shape::Texts => "a string or a list of strings".to_owned(),
        Shape::Phrases | Shape::EachPhrase => "a list of phrases".to_owned(),
        Shape::Regexes => "a list of regular expressions".to_owned(),
        Shape::Globs => "a list of globs".to_owned(),
        Shape::Date => "a date".to_owned(),
        Shape::Days => "a number of days in a string".to_owned(),
        Shape::Scalars => "a string, a number, a boolean or a list of them".to_owned(),
        Shape::Bool => "true or false".to_owned(),
        Shape::Table(_) | Shape::Map(_) | Shape::Words => "a table".to_owned(),
        Shape::List(_) => "a list of tables".to_owned(),
        Shape::Either(shapes) => shapes
            .iter()
            .map(|shape| wanted(*shape))
            .collect::<Vec<_>>()
            .join(" or "),
    }
}
