//! What shapes and values are called, for people.

use toml::de::DeValue;

use super::Shape;

/// Whether a value is of the sort that a shape takes, right or wrong.
pub(super) fn holds(shape: Shape, value: &DeValue<'_>) -> bool {
    match value {
        DeValue::String(_) => matches!(shape, Shape::Text | Shape::Choice(_) | Shape::Choices(_)),
        DeValue::Table(_) => matches!(shape, Shape::Table(_) | Shape::Map(_) | Shape::Words),
        DeValue::Integer(_) => matches!(shape, Shape::Count(..)),
        _ => false,
    }
}

pub(super) fn plain(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(yes) => yes.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) | DeValue::Table(_) => String::new(),
    }
}

pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
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
