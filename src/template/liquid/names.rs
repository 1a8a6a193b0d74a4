//! What a name stands for: a variable, an argument, the page, the site.

use super::Run;
use crate::template::Value;

impl Run<'_> {
    /// What a name and the names after it lead to.
    pub(super) fn lookup(&self, name: &[String]) -> Value {
        let Some((first, rest)) = name.split_first() else {
            return Value::Unknown;
        };
        if name.iter().any(|part| part == "?") {
            return Value::Unknown;
        }
        if let Some(value) = self.variables.get(first) {
            return within(value, rest);
        }
        let arguments = self.arguments.last();
        match (first.as_str(), rest) {
            ("page", [key, ..]) => {
                let facts = self.context.facts.get(key);
                let made = [
                    "url",
                    "path",
                    "dir",
                    "id",
                    "date",
                    "collection",
                    "next",
                    "previous",
                    "excerpt",
                    "categories",
                    "tags",
                ];
                match within(self.context.page, &rest[..1]) {
                    Value::Nil if facts.is_some() => {
                        within(facts.unwrap_or(&Value::Nil), &rest[1..])
                    }
                    Value::Nil if made.contains(&key.as_str()) => Value::Unknown,
                    value => within(&value, &rest[1..]),
                }
            }
            ("page", []) => self.context.page.clone(),
            ("site", [key, ..]) => match within(self.context.site, rest) {
                Value::Nil
                    if matches!(
                        key.as_str(),
                        "data"
                            | "posts"
                            | "pages"
                            | "time"
                            | "categories"
                            | "tags"
                            | "collections"
                            | "static_files"
                            | "related_posts"
                    ) =>
                {
                    Value::Unknown
                }
                value => value,
            },
            ("include", []) => Value::Map(arguments.cloned().unwrap_or_default()),
            ("include", [key, rest @ ..]) => arguments
                .and_then(|arguments| arguments.get(key))
                .map_or(Value::Nil, |value| within(value, rest)),
            ("layout", rest) => within(
                self.context.facts.get("layout").unwrap_or(&Value::Unknown),
                rest,
            ),
            (
                "jekyll" | "paginator" | "forloop" | "loop" | "collections" | "site" | "content"
                | "eleventy",
                _,
            ) => Value::Unknown,
            (_, rest) => match arguments.and_then(|arguments| arguments.get(first)) {
                Some(value) => within(value, rest),
                // Eleventy knows the front matter without `page.`
                None => match self.context.page {
                    Value::Map(table) if table.contains_key(first) => {
                        within(self.context.page, name)
                    }
                    _ if self.context.facts.contains_key("bare") => Value::Unknown,
                    _ => Value::Nil,
                },
            },
        }
    }
}

/// What lies in a value under these names, one in another; only what is found is copied.
fn within(value: &Value, rest: &[String]) -> Value {
    let mut value = value;
    for (number, part) in rest.iter().enumerate() {
        let size = |size: usize| {
            let size = u32::try_from(size);
            let size = size.map_or(Value::Unknown, |size| Value::Number(f64::from(size)));
            within(&size, &rest[number + 1..])
        };
        let found = match value {
            Value::Map(table) => table.get(part.as_str()),
            Value::List(items) => match part.as_str() {
                "size" => return size(items.len()),
                "first" => items.first(),
                "last" => items.last(),
                part => match part.parse::<usize>() {
                    Ok(at) => items.get(at),
                    Err(_) => return Value::Unknown,
                },
            },
            Value::Text(text) if part == "size" => return size(text.text.chars().count()),
            Value::Nil => return Value::Nil,
            _ => return Value::Unknown,
        };
        let Some(found) = found else {
            return Value::Nil;
        };
        value = found;
    }
    value.clone()
}
