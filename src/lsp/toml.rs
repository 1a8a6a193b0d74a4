//! caveat.toml and packs: what can be written where, from the keys that read them.

use super::Session;
use super::buffers::Buffer;
use super::complete::Item;
use super::homes::Home;
use super::written::{Place, placed};
use crate::finding::Code;
use crate::keys::{Key, Shape};
use crate::project::CONFIG_KEYS;
use crate::rule::{FACETS, PACK_KEYS, PACKS};
use crate::syntax::SYNTAXES;

/// What can be written at a byte of a TOML file, in place of what was typed from another on.
pub(super) fn complete(
    session: &Session<'_>,
    buffer: &Buffer,
    home: &Home,
    cursor: usize,
) -> Option<(usize, Vec<Item>)> {
    let config = buffer
        .path
        .file_name()
        .is_some_and(|of| of == "caveat.toml");
    if !config && !super::is_pack(&buffer.text) && !home.is_made_of(buffer.real.as_slice()) {
        return None;
    }
    let keys: &'static [Key] = if config { &CONFIG_KEYS } else { &PACK_KEYS };
    let at = placed(&buffer.text, cursor)?;
    let items = match &at.place {
        Place::Header { double } => headers(keys, *double, home),
        Place::Key { seen } => {
            let inside = inside(keys, &at.path)?;
            names(inside, seen, &at.path, home)
        }
        Place::Value { quoted } => {
            let shape = shape(keys, &at.path)?;
            let values = values(session, shape, &at.path, config, home, &buffer.text);
            let written = |(value, about): (String, String)| Item {
                text: match (quoted, bare(shape)) {
                    (true, _) | (false, true) => value.clone(),
                    (false, false) => format!("\"{value}\""),
                },
                label: value,
                about,
                rank: 0,
            };
            values.into_iter().map(written).collect()
        }
    };
    let typed = &buffer.text[at.start..cursor];
    let fits = |item: &Item| item.text.contains(typed) || item.label.contains(typed);
    Some((at.start, items.into_iter().filter(fits).collect()))
}

/// Whether values stand without quotes.
fn bare(shape: Shape) -> bool {
    matches!(shape, Shape::Bool | Shape::Date)
}

/// The keys of a shape that is a table or a list of them.
fn table(shape: Shape) -> Option<&'static [Key]> {
    match shape {
        Shape::Table(keys) | Shape::List(keys) => Some(keys),
        Shape::Either(shapes) => shapes.iter().find_map(|shape| table(*shape)),
        _ => None,
    }
}

fn shape(keys: &'static [Key], path: &[String]) -> Option<Shape> {
    let (first, rest) = path.split_first()?;
    let shape = keys.iter().find(|key| key.name == first)?.shape;
    of_shape(shape, rest)
}

fn of_shape(shape: Shape, path: &[String]) -> Option<Shape> {
    let Some((_, rest)) = path.split_first() else {
        return Some(shape);
    };
    match shape {
        Shape::Map(inner) => of_shape(*inner, rest),
        other => self::shape(table(other)?, path),
    }
}

/// The keys that may stand in a table.
fn inside(keys: &'static [Key], path: &[String]) -> Option<&'static [Key]> {
    if path.is_empty() {
        return Some(keys);
    }
    match shape(keys, path)? {
        // any key may: which ones are known is told elsewhere
        Shape::Map(_) => Some(&[]),
        other => table(other),
    }
}

fn names(keys: &'static [Key], seen: &[String], path: &[String], home: &Home) -> Vec<Item> {
    let mut items: Vec<Item> = keys
        .iter()
        .filter(|key| !seen.iter().any(|of| of == key.name))
        .filter(|key| !matches!(key.shape, Shape::Table(_) | Shape::List(_)) || !path.is_empty())
        .map(|key| Item {
            label: key.name.to_owned(),
            about: key.about.to_owned(),
            text: format!("{} = ", key.name),
            rank: u8::from(!key.required),
        })
        .collect();
    if path.len() == 1 && path[0] == "rules" {
        items.extend(rules(home).into_iter().map(|(id, about)| Item {
            text: format!("\"{id}\" = "),
            label: id,
            about,
            rank: 0,
        }));
    }
    items
}

/// Every table that can be begun.
fn headers(keys: &'static [Key], double: bool, home: &Home) -> Vec<Item> {
    let mut items = Vec::new();
    below(keys, "", double, &mut items);
    if !double && keys.iter().any(|key| key.name == "rules") {
        items.extend(rules(home).into_iter().map(|(id, about)| Item {
            label: format!("rules.\"{id}\""),
            text: format!("rules.\"{id}\""),
            about,
            rank: 1,
        }));
    }
    items
}

fn below(keys: &'static [Key], prefix: &str, double: bool, items: &mut Vec<Item>) {
    const DEEPEST: usize = 3;
    for key in keys {
        let name = if prefix.is_empty() {
            key.name.to_owned()
        } else {
            format!("{prefix}.{}", key.name)
        };
        let begins = match key.shape {
            Shape::List(_) => double,
            Shape::Table(_) | Shape::Map(_) => !double,
            _ => continue,
        };
        if begins {
            items.push(Item {
                label: name.clone(),
                about: key.about.to_owned(),
                text: name.clone(),
                rank: 0,
            });
        }
        if let Some(keys) = table(key.shape).filter(|_| name.split('.').count() < DEEPEST) {
            below(keys, &name, double, items);
        }
    }
}

/// The rules that are known, with their titles.
fn rules(home: &Home) -> Vec<(String, String)> {
    let packs = home.project.iter().flat_map(|project| &project.packs);
    packs
        .flat_map(|pack| &pack.rules)
        .map(|rule| (rule.head.id.clone(), rule.head.title.clone()))
        .collect()
}

fn disclosures(home: &Home) -> Vec<(String, String)> {
    let packs = home.project.iter().flat_map(|project| &project.packs);
    packs
        .flat_map(|pack| &pack.disclosures)
        .map(|of| (of.id.clone(), of.title.clone()))
        .collect()
}

fn values(
    session: &Session<'_>,
    shape: Shape,
    path: &[String],
    config: bool,
    home: &Home,
    text: &str,
) -> Vec<(String, String)> {
    let plain = |names: &[&str]| {
        names
            .iter()
            .map(|name| ((*name).to_owned(), String::new()))
            .collect()
    };
    match shape {
        Shape::Choice(names) => return plain(names),
        Shape::Bool => return plain(&["true", "false"]),
        Shape::Date => return vec![(session.base.as_of.to_string(), "today".to_owned())],
        _ => {}
    }
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let last = path.last().copied().unwrap_or_default();
    match (config, &path[..]) {
        (true, ["packs"]) => PACKS
            .iter()
            .map(|(name, _)| ((*name).to_owned(), "a pack that is built in".to_owned()))
            .collect(),
        (true, ["select" | "ignore"]) => selectors(home),
        (true, ["waiver", "rule"]) => rules(home),
        (true, ["provider", "attests"]) => disclosures(home),
        (false, ["rule", _, "disclosure"]) => own_disclosures(text)
            .into_iter()
            .chain(disclosures(home))
            .collect(),
        (false, ["rule", "example", "code"]) => plain(&Code::ALL.map(Code::name)),
        (false, ["rule", "example", "syntax"]) => SYNTAXES
            .iter()
            .map(|of| (of.name.to_owned(), String::new()))
            .collect(),
        _ if FACETS.contains(&last) => facet(last, home),
        _ => Vec::new(),
    }
}

fn selectors(home: &Home) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for pack in home.project.iter().flat_map(|project| &project.packs) {
        all.push((format!("{}/*", pack.name), pack.title.clone()));
        for tag in pack.rules.iter().flat_map(|rule| &rule.tags) {
            all.push((tag.clone(), "a tag".to_owned()));
        }
    }
    all.sort();
    all.dedup();
    all.extend(rules(home));
    all
}

/// The disclosures of a pack as it is written by now, which may have mistakes.
fn own_disclosures(text: &str) -> Vec<(String, String)> {
    let source = std::sync::Arc::new(crate::source::Source::new("pack", text));
    let (pack, _) = crate::rule::load(&source, &std::collections::BTreeMap::new());
    let own = |id: &str| id.split_once('/').map_or(id, |(_, id)| id).to_owned();
    pack.disclosures
        .iter()
        .map(|of| (own(&of.id), of.title.clone()))
        .collect()
}

/// The values of a facet that rules ask for.
fn facet(name: &str, home: &Home) -> Vec<(String, String)> {
    let packs = home.project.iter().flat_map(|project| &project.packs);
    let facets = packs
        .flat_map(|pack| &pack.rules)
        .flat_map(|rule| &rule.when.facets);
    let mut values: Vec<(String, String)> = facets
        .filter(|(facet, _)| *facet == name)
        .flat_map(|(_, values)| {
            values
                .iter()
                .map(|value| (value.clone(), "rules ask for it".to_owned()))
        })
        .collect();
    values.sort();
    values.dedup();
    values
}
