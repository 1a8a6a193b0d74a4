//! What names stand for.

use super::*;

impl Run<'_> {
    pub(super) fn lookup(&self, name: &[String]) -> Value {
        let within = |value: &Value, rest: &[String]| {
            let mut value = value.clone();
            for part in rest {
                value = match value {
                    Value::Map(mut table) => table.remove(part.as_str()).unwrap_or(Value::Nil),
                    Value::List(items) => match part.as_str() {
                        "size" => u32::try_from(items.len())
                            .map_or(Value::Unknown, |size| Value::Number(f64::from(size))),
                        "first" => items.into_iter().next().unwrap_or(Value::Nil),
                        "last" => items.into_iter().next_back().unwrap_or(Value::Nil),
                        part => part.parse::<usize>().map_or(Value::Unknown, |at| {
                            items.get(at).cloned().unwrap_or(Value::Nil)
                        }),
                    },
                    Value::Text(text) if part == "size" => u32::try_from(text.text.chars().count())
                        .map_or(Value::Unknown, |size| Value::Number(f64::from(size))),
                    Value::Nil => Value::Nil,
                    _ => Value::Unknown,
                };
            }
            value
        };
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
            ("include", rest) => within(&Value::Map(arguments.cloned().unwrap_or_default()), rest),
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
