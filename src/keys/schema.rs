//! The JSON Schema of what a TOML file may say, from the same list of keys that reads it.

use serde_json::{Value as Json, json};

use super::{Key, Shape};

/// The JSON Schema (draft 2020-12) of a table with these keys.
#[must_use]
pub fn schema(keys: &[Key]) -> Json {
    let properties: serde_json::Map<String, Json> = keys
        .iter()
        .map(|key| {
            let mut of = shape_schema(key.shape);
            of["description"] = json!(key.about);
            (key.name.to_owned(), of)
        })
        .collect();
    let required: Vec<&str> = keys
        .iter()
        .filter(|key| key.required)
        .map(|key| key.name)
        .collect();
    let mut table =
        json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !required.is_empty() {
        table["required"] = json!(required);
    }
    table
}

fn shape_schema(shape: Shape) -> Json {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Choice(known) => json!({ "enum": known }),
        Shape::Choices(known) => {
            json!({ "oneOf": [{ "enum": known }, { "type": "array", "minItems": 1, "items": { "enum": known } }] })
        }
        Shape::Count(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Shape::Texts | Shape::Phrases | Shape::EachPhrase | Shape::Regexes | Shape::Globs => {
            json!({ "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
        }
        Shape::Date => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Shape::Days => json!({ "type": "string", "pattern": "^[0-9]+ *days?$" }),
        Shape::Scalars => {
            let scalar = json!({ "type": ["string", "number", "boolean"] });
            json!({ "anyOf": [scalar, { "type": "array", "items": scalar }] })
        }
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Table(keys) => schema(keys),
        Shape::List(keys) => json!({ "type": "array", "items": schema(keys) }),
        Shape::Map(inner) => {
            json!({ "type": "object", "additionalProperties": shape_schema(*inner) })
        }
        Shape::Words => shape_schema(Shape::Map(&Shape::Phrases)),
        Shape::Either(shapes) => {
            json!({ "anyOf": shapes.iter().map(|shape| shape_schema(*shape)).collect::<Vec<_>>() })
        }
    }
}
