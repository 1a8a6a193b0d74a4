//! Pipelines: operands, their fields, and the functions that ask for more than their arguments.

use super::expression::{Base, Operand, Pipe};
use super::functions;
use super::run::Run;
use super::value::Item;

/// The packages of functions that Hugo has, written before a dot.
const PACKAGES: [&str; 29] = [
    "cast",
    "collections",
    "compare",
    "css",
    "crypto",
    "data",
    "debug",
    "diagrams",
    "encoding",
    "fmt",
    "hash",
    "images",
    "inflect",
    "js",
    "lang",
    "math",
    "openapi3",
    "os",
    "partials",
    "path",
    "reflect",
    "resources",
    "safe",
    "strings",
    "templates",
    "time",
    "transform",
    "urls",
    "hugo",
];

impl Run<'_> {
    /// The value of a pipeline.
    pub(super) fn pipe(&mut self, pipe: &Pipe, dot: &Item) -> Item {
        if !self.spend(pipe.commands.len()) || !self.down() {
            return Item::Unknown(None);
        }
        let mut value = None;
        for command in &pipe.commands {
            value = Some(self.command(command, value, dot));
        }
        self.up();
        value.unwrap_or(Item::Unknown(None))
    }

    fn command(&mut self, operands: &[Operand], piped: Option<Item>, dot: &Item) -> Item {
        let Some((first, rest)) = operands.split_first() else {
            return Item::Unknown(None);
        };
        self.spend(rest.len());
        let mut arguments = Vec::with_capacity(rest.len() + 1);
        for operand in rest {
            arguments.push(self.operand(operand, Vec::new(), dot));
        }
        arguments.extend(piped);
        self.operand(first, arguments, dot)
    }

    fn operand(&mut self, operand: &Operand, arguments: Vec<Item>, dot: &Item) -> Item {
        let value = match &operand.base {
            Base::Dot => dot.clone(),
            Base::Variable(name) => self.variable(name),
            Base::Literal(value) => value.clone(),
            Base::Group(pipe) => self.pipe(pipe, dot),
            Base::Name(name) => return self.named(name, &operand.fields, arguments),
        };
        self.fields(value, &operand.fields, arguments)
    }

    /// Fields one of the other; the last takes the arguments.
    fn fields(&mut self, mut value: Item, fields: &[String], arguments: Vec<Item>) -> Item {
        let Some((last, before)) = fields.split_last() else {
            return match arguments.is_empty() {
                true => value,
                false => Item::Unknown(None),
            };
        };
        self.spend(before.len());
        for name in before {
            value = self.field(&value, name, &[]);
        }
        self.field(&value, last, &arguments)
    }

    fn named(&mut self, name: &str, fields: &[String], arguments: Vec<Item>) -> Item {
        if let Some((function, fields)) = fields.split_first().filter(|_| PACKAGES.contains(&name))
        {
            let full = format!("{name}.{function}");
            return match fields.is_empty() {
                true => self.function(&full, arguments),
                false => {
                    let value = self.function(&full, Vec::new());
                    self.fields(value, fields, arguments)
                }
            };
        }
        if fields.is_empty() {
            return self.function(name, arguments);
        }
        let value = self.function(name, Vec::new());
        self.fields(value, fields, arguments)
    }

    fn function(&mut self, name: &str, mut arguments: Vec<Item>) -> Item {
        let cost = arguments.iter().map(Item::size).sum();
        if !self.spend(cost) {
            return Item::Unknown(None);
        }
        match name {
            "site" => Item::Site,
            "page" => Item::Page,
            "partial" | "partialCached" | "partials.Include" | "partials.IncludeCached" => {
                let Some(name) = arguments.first().and_then(Item::str).map(str::to_owned) else {
                    return Item::Unknown(None);
                };
                let value = match arguments.len() {
                    1 => Item::Nil,
                    _ => arguments.swap_remove(1),
                };
                self.partial(&name, value)
            }
            "T" | "i18n" | "lang.Translate" => {
                let Some(key) = arguments.first().and_then(Item::str) else {
                    return Item::Unknown(None);
                };
                let value = Item::of(&(self.context.strings)(key), false);
                match value.str().is_some_and(|text| text.contains("{{")) {
                    // a string with a template of its own
                    true => Item::Unknown(Some(true)),
                    false => value,
                }
            }
            _ => {
                let value = functions::call(name, &arguments, self.at);
                self.spend(value.size());
                value
            }
        }
    }
}
