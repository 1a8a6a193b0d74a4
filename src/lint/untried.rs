//! What of a rule no example of it says: words that nobody has seen at work.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::{Library, Marked, Page, PageFacts};
use crate::rule::Rule;
use crate::source::{Location, Source};
use crate::syntax;
use crate::text::FinderBuilder;

/// Phrases under one key of a rule, and those of them that none of its examples says.
#[derive(Debug, Clone)]
pub struct Untried {
    /// The rule.
    pub rule: String,
    /// The key: `when.mentions`, `required.any`.
    pub key: String,
    /// How many phrases it holds.
    pub phrases: usize,
    /// Where each that no example says stands in the pack.
    pub places: Vec<Location>,
}

impl Untried {
    /// Whether no example says any of them.
    #[must_use]
    pub fn whole(&self) -> bool {
        self.places.len() == self.phrases
    }
}

/// The phrases of a rule that none of its examples says, by key; the rule as its author wrote it.
#[must_use]
pub fn untried(rule: &Rule) -> Vec<Untried> {
    let mut builder = FinderBuilder::default();
    let tables = std::iter::once(("when", &rule.when.table));
    let tables = tables.chain(rule.demands.iter().map(|(kind, table)| (kind.name, table)));
    let mut phrases: Vec<(String, Vec<_>, _)> = Vec::new();
    for (name, table) in tables {
        for (key, phrase, span) in table.all_phrases() {
            let id = builder.phrase(phrase);
            // the phrases of a list that is named there are tried as one
            match phrases.last_mut() {
                Some((_, ids, at)) if *at == span => ids.push(id),
                _ => phrases.push((format!("{name}.{key}"), vec![id], span)),
            }
        }
    }
    let finder = builder.build();
    let (library, facts) = (Library::default(), PageFacts::default());
    let marked = Marked::default();
    let mut tried = vec![false; phrases.len()];
    for example in &rule.examples {
        let Some(syntax) = syntax::named(&example.syntax) else {
            continue;
        };
        let document = syntax.parse(&Arc::new(Source::new("example", example.text.as_str())));
        let page = Page::new(&document, &finder, &library, &facts, &marked);
        for (tried, (_, ids, _)) in tried.iter_mut().zip(&phrases) {
            *tried |= !page.hits(ids).is_empty() || !page.hidden_hits(ids).is_empty();
        }
    }
    let mut by_key: BTreeMap<&str, Untried> = BTreeMap::new();
    for (tried, (key, _, span)) in tried.into_iter().zip(&phrases) {
        let of = by_key.entry(key).or_insert_with(|| Untried {
            rule: rule.head.id.clone(),
            key: key.clone(),
            phrases: 0,
            places: Vec::new(),
        });
        of.phrases += 1;
        if !tried {
            of.places.push(Location::new(&rule.location.source, *span));
        }
    }
    by_key
        .into_values()
        .filter(|of| !of.places.is_empty())
        .collect()
}
