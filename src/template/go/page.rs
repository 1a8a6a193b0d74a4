//! What pages, sites and calls of shortcodes answer.

use super::Stands;
use super::run::Run;
use super::value::Item;
use crate::pieces::Pieces;
use crate::template::{Context, Mark};

/// The arguments of a call as Hugo has them: a list, or a table by name.
pub(super) fn arguments(context: &Context<'_>) -> Item {
    let given = &context.arguments;
    let by_place = (0..given.len()).map(|place| given.get(&place.to_string()));
    match by_place.collect::<Option<Vec<_>>>() {
        Some(_) if given.is_empty() => Item::Nil,
        Some(list) => Item::list(
            list.into_iter()
                .map(|value| Item::of(value, false))
                .collect(),
        ),
        None => {
            let named = given
                .iter()
                .map(|(name, value)| (name.clone(), Item::of(value, false)));
            Item::map(named.collect(), false)
        }
    }
}

fn nothing() -> Item {
    Item::text(Pieces::default())
}

impl Run<'_> {
    /// A field or method of a value.
    pub(super) fn field(&mut self, of: &Item, name: &str, arguments: &[Item]) -> Item {
        match (of, name) {
            (Item::Page | Item::Call | Item::Unknown(_), "Scratch" | "Store") => Item::Store,
            (Item::Page | Item::Unknown(_), "RenderString") => match arguments.last() {
                Some(Item::Words(words)) => {
                    let mut words = (**words).clone();
                    words.html = true;
                    Item::Words(words.into())
                }
                Some(Item::Nil) => nothing(),
                _ => Item::Unknown(None),
            },
            (Item::Page, _) => self.of_page(name, arguments),
            (Item::Call, _) => self.of_call(name, arguments),
            (Item::Site, _) => self.of_site(name, arguments),
            (Item::Map(map), _) if arguments.is_empty() => Item::entry(map, name),
            // what is kept there is no text that a reader sees
            (Item::Store, "Set" | "Add" | "SetInMap" | "Delete" | "DeleteInMap") => nothing(),
            (Item::Nil, _) => Item::Nil,
            (Item::Words(words), "IsZero") => words
                .marks
                .is_empty()
                .then_some(&words.text)
                .map_or(Item::Unknown(None), |date| Item::Bool(date.text.is_empty())),
            _ => Item::Unknown(None),
        }
    }

    fn of_call(&mut self, name: &str, arguments: &[Item]) -> Item {
        match name {
            "Get" => match (&self.arguments, arguments.first()) {
                (Item::Nil, _) => Item::Nil,
                (Item::List(list), Some(Item::Number(place))) => {
                    let found = super::lists::place(*place).and_then(|place| list.of.get(place));
                    found.cloned().unwrap_or_else(nothing)
                }
                (Item::Map(map), Some(name)) if name.str().is_some() => {
                    let found = name.str().and_then(|name| map.of.get(name));
                    found.cloned().unwrap_or_else(nothing)
                }
                (Item::List(_), Some(name)) if name.str().is_some() => nothing(),
                (Item::Map(_), Some(Item::Number(_))) => nothing(),
                _ => Item::Unknown(None),
            },
            "Params" => self.arguments.clone(),
            "IsNamedParams" => Item::Bool(matches!(self.arguments, Item::Map(_))),
            "Inner" | "InnerDeindent" if self.context.paired => Item::mark(Mark::Inner),
            "Inner" | "InnerDeindent" => nothing(),
            "Page" => Item::Page,
            "Site" => Item::Site,
            _ => Item::Unknown(None),
        }
    }

    fn of_page(&mut self, name: &str, arguments: &[Item]) -> Item {
        match name {
            "Params" => self.page.clone(),
            "Page" => Item::Page,
            "Site" => Item::Site,
            "Param" => self.param(arguments),
            "Content" if self.stands == Stands::Layout => Item::mark(Mark::Inner),
            "IsPage" => self.kind(|kind| kind == "page"),
            "IsHome" => self.kind(|kind| kind == "home"),
            "IsSection" => self.kind(|kind| kind == "section"),
            "IsNode" => self.kind(|kind| kind != "page"),
            "Kind" | "Section" | "Lang" => self.fact(name),
            "Type" | "Layout" => match self.fact(name) {
                Item::Unknown(_) => self.own(name, Item::Unknown(None)),
                known => known,
            },
            "Title" | "LinkTitle" => {
                // only regular pages without a title have none
                let regular = self.kind(|kind| kind == "page").truth() == Some(true);
                let title = match regular {
                    true => nothing(),
                    false => Item::Unknown(None),
                };
                match name {
                    "Title" => self.own("title", title),
                    _ => self.own("linktitle", self.own("title", title)),
                }
            }
            "Description" => self.own(name, nothing()),
            "Draft" => self.own(name, Item::Bool(false)),
            "Weight" => self.own(name, Item::Number(0.0)),
            "Keywords" | "Aliases" => self.own(name, Item::Nil),
            // else told by its neighbours, the name of the file or the history
            "Date" | "Lastmod" | "PublishDate" | "ExpiryDate" | "Slug" | "Summary" => {
                self.own(name, Item::Unknown(None))
            }
            _ if arguments.is_empty() => self.fact(name),
            _ => Item::Unknown(None),
        }
    }

    fn of_site(&mut self, name: &str, arguments: &[Item]) -> Item {
        let Item::Map(site) = &self.site else {
            return match (&self.site, name) {
                (Item::Nil, "Params") => Item::Nil,
                _ => Item::Unknown(None),
            };
        };
        match name {
            "Params" | "Title" | "Copyright" => Item::entry(site, name),
            "Param" => self.param(arguments),
            "BaseURL" | "LanguageCode" => match Item::entry(site, name) {
                Item::Nil => Item::Unknown(None),
                known => known,
            },
            _ => Item::Unknown(None),
        }
    }

    /// What the front matter says under a key, or else this.
    fn own(&self, key: &str, other: Item) -> Item {
        match &self.page {
            Item::Map(page) => match Item::entry(page, key) {
                Item::Nil => other,
                known => known,
            },
            Item::Nil => other,
            _ => Item::Unknown(None),
        }
    }

    fn fact(&self, name: &str) -> Item {
        let fact = self.context.facts.get(&name.to_lowercase());
        fact.map_or(Item::Unknown(None), |value| Item::of(value, false))
    }

    fn kind(&self, is: impl FnOnce(&str) -> bool) -> Item {
        self.fact("kind")
            .str()
            .map_or(Item::Unknown(None), |kind| Item::Bool(is(kind)))
    }

    /// `.Param "a.b"`: of the page, or else of the site.
    fn param(&mut self, arguments: &[Item]) -> Item {
        let Some(keys) = arguments.first().and_then(Item::str) else {
            return Item::Unknown(None);
        };
        self.spend(keys.len());
        let of_site = self.of_site("Params", &[]);
        let walk = |from: &Item| {
            keys.split('.')
                .fold(from.clone(), |value, key| match &value {
                    Item::Map(map) => Item::entry(map, key),
                    Item::Unknown(_) => Item::Unknown(None),
                    _ => Item::Nil,
                })
        };
        match walk(&self.page) {
            Item::Nil => walk(&of_site),
            known => known,
        }
    }
}
