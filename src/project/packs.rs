//! Packs by name or path, with the mistakes in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::{Config, Error, Options, decode, path_name};
use crate::finding::Finding;
use crate::keys::{config_finding, suggestion};
use crate::lint::{Failure, run_examples};
use crate::rule::{self, PACKS, Pack, Rule};
use crate::source::Span;

pub(super) fn pack_name_span(pack: &Pack) -> Span {
    let text = pack.source.text();
    text.find("[pack]")
        .map_or_else(Span::default, |at| Span::new(at, at + "[pack]".len()))
}

pub(super) fn missing_values(rule: &Rule) -> Vec<(String, Span)> {
    let tables =
        std::iter::once(&rule.when.table).chain(rule.demands.iter().map(|(_, table)| table));
    tables
        .flat_map(|table| {
            [
                "any",
                "all",
                "unless",
                "unless-sentence",
                "mentions",
                "unless-mentions",
            ]
            .into_iter()
            .flat_map(|key| table.phrases(key))
        })
        .flat_map(|(_, phrase, span)| phrase.values.iter().map(|name| (name.clone(), *span)))
        .collect()
}

/// Ids of the rules of built-in packs that are not loaded.
pub(super) fn built_in_ids(loaded: &[Arc<Pack>]) -> BTreeSet<String> {
    PACKS
        .iter()
        .filter(|(name, _)| !loaded.iter().any(|pack| pack.name == *name))
        .filter_map(|(name, _)| rule::built_in(name))
        .flat_map(|(pack, _)| pack.rules.into_iter().map(|rule| rule.head.id.clone()))
        .collect()
}

/// A pack by the name of a built-in one or by the path of a file.
pub(super) fn load_pack(
    name: &str,
    base: &Path,
    options: &Options,
    config: &Config,
) -> Result<(Arc<Pack>, Vec<Finding>), Error> {
    if let Some((pack, findings)) = rule::built_in(name) {
        return Ok((Arc::new(pack), findings));
    }
    let looks = name.contains(['/', '\\']) || name.ends_with(".toml");
    if !looks {
        let known: Vec<&str> = PACKS.iter().map(|(name, _)| *name).collect();
        return Err(Error::NoPack {
            name: name.to_owned(),
            help: format!(
                "{}; a file is named with its `.toml`",
                suggestion(name, &known)
            ),
        });
    }
    let path = base.join(name);
    let shown = path_name(&path, &options.cwd);
    let text = options.view.read(&path).map_err(|source| Error::Read {
        path: shown.clone(),
        source,
    })?;
    let source = match decode(shown, text) {
        Ok(source) => source,
        Err(finding) => {
            let source = Arc::clone(&finding.location.source);
            let (pack, _) = rule::load(&source, &BTreeMap::new());
            return Ok((
                Arc::new(pack),
                vec![config_finding(
                    &source,
                    finding.location.span,
                    &finding.message,
                    None,
                )],
            ));
        }
    };
    let (pack, mut findings) = rule::load(&source, &config.words());
    // an example of a rule that could not be read would fail for that reason; the packs that are built in are tested when built
    let whole: Vec<Arc<Rule>> = pack
        .rules
        .iter()
        .filter(|rule| {
            !findings
                .iter()
                .any(|finding| within(finding.location.span, rule))
        })
        .map(Arc::clone)
        .collect();
    let pack = Arc::new(pack);
    findings.extend(
        run_examples(std::slice::from_ref(&pack), &whole)
            .1
            .iter()
            .map(Failure::finding),
    );
    findings.sort_by_key(|finding| finding.location.span);
    Ok((pack, findings))
}

/// Whether a mistake lies in a rule's table.
fn within(span: Span, rule: &Rule) -> bool {
    rule.whole.start <= span.start && span.start < rule.whole.end
}
