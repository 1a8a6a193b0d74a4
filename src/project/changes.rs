//! Rules as they run: with what packs that extend others and caveat.toml change in them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::finding::{Finding, Severity};
use crate::keys::{config_finding, suggestion};
use crate::report::Changed;
use crate::rule::{Change, Pack, Rule};

use super::packs::{pack_called, valueless};

/// The rules of packs, changed.
pub(super) struct Rules {
    /// All of them, in the order of the packs.
    pub(super) all: Vec<Arc<Rule>>,
    /// What stands instead of the severity that the author gave, by id.
    pub(super) severities: BTreeMap<String, Severity>,
    /// The ids of rules that are turned off.
    pub(super) off: BTreeSet<String>,
    /// What reports tell of it.
    pub(super) told: Vec<Changed>,
}

/// Changes rules: pack by pack in the order in which they extend one another, then as caveat.toml says. `strict`: a rule that
/// caveat.toml speaks of must be there.
pub(super) fn rules(
    packs: &[Arc<Pack>],
    config: &[Change],
    strict: bool,
    mistakes: &mut Vec<Finding>,
) -> Rules {
    let mut all: Vec<Arc<Rule>> = packs
        .iter()
        .flat_map(|pack| pack.rules.iter().map(Arc::clone))
        .collect();
    for pack in packs {
        mistakes.extend(
            pack.changes
                .iter()
                .filter_map(|of| foreign(of, pack, packs)),
        );
    }
    let lists = packs.iter().map(|pack| &pack.changes[..]).chain([config]);
    let mut severities: BTreeMap<String, Option<Severity>> = BTreeMap::new();
    for changes in lists {
        let mut changes: Vec<&Change> = changes.iter().collect();
        // what is said of one rule stands over what is said of many, wherever it stands
        changes.sort_by_key(|of| all.iter().any(|rule| rule.head.id == of.rule));
        for change in changes {
            if change.pack.is_none() && !strict && !all.iter().any(|rule| rule.is(&change.rule)) {
                continue;
            }
            apply(change, &mut all, &mut severities, mistakes);
        }
    }
    let told = all.iter().filter_map(|rule| {
        let severity = severities.get(&rule.head.id);
        (severity.is_some() || !rule.changed.is_empty()).then(|| Changed {
            rule: rule.head.id.clone(),
            severity: severity.map(|now| (rule.head.severity, *now)),
            places: rule.changed.clone(),
        })
    });
    Rules {
        told: told.collect(),
        off: severities
            .iter()
            .filter(|(_, severity)| severity.is_none())
            .map(|(id, _)| id.clone())
            .collect(),
        severities: severities
            .into_iter()
            .filter_map(|(id, severity)| Some((id, severity?)))
            .collect(),
        all,
    }
}

fn apply(
    change: &Change,
    all: &mut [Arc<Rule>],
    severities: &mut BTreeMap<String, Option<Severity>>,
    mistakes: &mut Vec<Finding>,
) {
    let at = &change.location;
    for (_, phrase, span) in change.phrases() {
        mistakes.extend(valueless(&at.source, phrase, span));
    }
    let mut some = false;
    for rule in all.iter_mut().filter(|rule| rule.is(&change.rule)) {
        some = true;
        if let Some(severity) = change.severity {
            severities.insert(rule.head.id.clone(), severity);
        }
        match change.apply(rule) {
            Ok(changed) => *rule = Arc::new(changed),
            Err(wrong) => mistakes.extend(wrong),
        }
    }
    if !some {
        let ids: Vec<&str> = all.iter().map(|rule| rule.head.id.as_str()).collect();
        mistakes.push(config_finding(
            &at.source,
            at.span,
            format!("there is no rule `{}`", change.rule),
            Some(suggestion(&change.rule, &ids)),
        ));
    }
}

/// What is wrong with a change by a pack in a rule of a pack that it does not extend.
fn foreign(change: &Change, pack: &Pack, packs: &[Arc<Pack>]) -> Option<Finding> {
    let of = change.rule.split('/').next().unwrap_or_default();
    let extended = pack
        .extends
        .iter()
        .any(|(name, _)| pack_called(name, packs, pack).is_some_and(|pack| pack.name == of));
    (!extended).then(|| {
        config_finding(
            &change.location.source,
            change.location.span,
            format!("`{}` is of no pack that `{}` extends", change.rule, pack.name),
            Some(format!(
                "name its pack: `extends = [\"{of}\"]` under [pack], or change the rule in caveat.toml"
            )),
        )
    })
}
