//! Changes to rules that others wrote: under `[rules."pack/id"]` in caveat.toml, and in a pack that extends theirs.

use std::sync::Arc;

use super::Rule;
use super::load::{examples, when};
use crate::check::{KINDS, qualified};
use crate::finding::{Finding, Severity};
use crate::keys::{Late, Reader, Table, config_finding, suggestion};
use crate::source::{Location, Source, Span};

/// What someone changes in a rule that another wrote.
#[derive(Debug, Clone)]
pub struct Change {
    /// The rule's id; where nothing but its severity is changed also `pack/*` or a tag.
    pub rule: String,
    /// How bad a finding is from now on, none for `off`; left out, it stays as it was.
    pub severity: Option<Option<Severity>>,
    /// Where the rule is named.
    pub location: Location,
    /// The pack that changes it; none for caveat.toml.
    pub pack: Option<String>,
    table: Table,
    examples: Late<Vec<super::Example>>,
}

/// What a table of changes says, by rule; `pack` is the one that says it.
pub fn changes(
    table: &Table,
    pack: Option<&str>,
    source: &Arc<Source>,
    reader: &mut Reader<'_>,
) -> Vec<Change> {
    let mut all = Vec::new();
    for (id, key) in table.keys() {
        let Some(of) = table.table(id) else { continue };
        if of.keys().next().is_none() {
            reader.wrong(key, format!("nothing of `{id}` is changed"), None);
        }
        let only_severity = of.keys().all(|(name, _)| name == "severity");
        if !only_severity && (!id.contains('/') || id.ends_with("/*")) {
            reader.wrong(
                key,
                format!(
                    "`{id}` names no single rule: of several nothing but `severity` can be changed"
                ),
                None,
            );
        }
        all.push(Change {
            rule: id.to_owned(),
            severity: of.text("severity").map(Severity::named),
            location: Location::new(source, key),
            pack: pack.map(str::to_owned),
            examples: examples(of, source, reader).into(),
            table: of.clone(),
        });
    }
    all
}

impl Change {
    /// The names of `[values]` that its phrases need, with their places.
    pub fn phrases(&self) -> impl Iterator<Item = (&str, &crate::text::Phrase, Span)> {
        self.table.all_phrases()
    }

    /// A table in which disclosures that a pack names are its own, unless it says whose.
    fn of_pack(&self, over: &Table) -> Table {
        let mut over = over.clone();
        if let Some(pack) = &self.pack {
            over.map_texts("disclosure", &|id| qualified(pack, id));
        }
        over
    }

    /// The rule as it is with the change. Mistakes, of which the place is in the file that changes it.
    ///
    /// # Errors
    /// What of the change does not fit the rule.
    pub fn apply(&self, rule: &Rule) -> Result<Rule, Vec<Finding>> {
        let source = &self.location.source;
        let mut wrong: Vec<(Span, String, Option<String>)> = Vec::new();
        let mut changed = rule.clone();
        let add = self.table.table("add");
        if let Some(message) = self.table.text("message") {
            message.clone_into(&mut changed.head.message);
        }
        if let Some(help) = self.table.text("help") {
            changed.head.help = Some(help.to_owned());
        }
        let added = |name: &str| add.and_then(|add| add.table(name));
        let mut conditions = changed.when.table.clone();
        merge(
            &mut conditions,
            self.table.table("when"),
            added("when"),
            &mut wrong,
        );
        changed.when = when(conditions);
        let names: Vec<&str> = rule.demands.iter().map(|(kind, _)| kind.name).collect();
        for kind in KINDS {
            let (over, more) = (self.table.table(kind.name), added(kind.name));
            let Some(some) = over.or(more) else { continue };
            let Some((_, demand)) = changed
                .demands
                .iter_mut()
                .find(|(of, _)| of.name == kind.name)
            else {
                let message = format!("`{}` has no `{}` to change", rule.head.id, kind.name);
                wrong.push((some.span, message, Some(suggestion(kind.name, &names))));
                continue;
            };
            let before = wrong.len();
            let over = over.map(|over| self.of_pack(over));
            merge(demand, over.as_ref(), more, &mut wrong);
            if wrong.len() == before {
                // what is wrong is told where it was changed: a span of the rule lies in another file
                let found = (kind.validate)(demand);
                wrong.extend(
                    found.into_iter().map(|(_, message)| {
                        (some.span, format!("`{}` {message}", kind.name), None)
                    }),
                );
            }
        }
        if !self.examples.is_empty() {
            changed.examples = self.examples.clone();
        }
        changed.changed.push(self.location.clone());
        if wrong.is_empty() {
            return Ok(changed);
        }
        let finding = |(span, message, help): (Span, String, Option<String>)| {
            config_finding(source, span, message, help)
        };
        Err(wrong.into_iter().map(finding).collect())
    }
}

/// Puts entries of one table over those of another, and adds to its lists.
fn merge(
    table: &mut Table,
    over: Option<&Table>,
    more: Option<&Table>,
    wrong: &mut Vec<(Span, String, Option<String>)>,
) {
    if let Some(over) = over {
        table.put_over(over);
    }
    for name in more
        .map(|more| table.extend_lists(more))
        .unwrap_or_default()
    {
        let span = more.map_or_else(Span::default, |more| more.key_of(&name));
        wrong.push((
            span,
            format!("`{name}` is no list that something can be added to"),
            Some("give it outside of `add`: it then stands instead of the rule's own".to_owned()),
        ));
    }
}
