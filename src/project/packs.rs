//! Packs by name or path, with the mistakes in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::walk::normal;
use super::{Config, Error, Options, decode, path_name};
use crate::check::{Disclosure, qualified};
use crate::finding::Finding;
use crate::keys::{Table, config_finding, suggestion};
use crate::lint::{Failure, run_examples};
use crate::rule::{self, PACKS, Pack, Rule};
use crate::source::{Location, Source, Span};
use crate::text::{Phrase, registered};

/// Where packs are looked for.
struct Gathering<'a> {
    options: &'a Options,
    config: &'a Config,
    root: &'a Path,
    repository: &'a Path,
    /// Each once, those that a pack extends before it.
    packs: Vec<Arc<Pack>>,
    /// Files of packs that are read and whose bases are not yet.
    open: Vec<PathBuf>,
    mistakes: &'a mut Vec<Finding>,
}

/// The packs of a run: those that are named and those that they extend, each before the one that extends it.
///
/// # Errors
/// A pack that the command line names and that cannot be read.
pub(super) fn gather(
    options: &Options,
    config: &Config,
    root: &Path,
    repository: &Path,
    mistakes: &mut Vec<Finding>,
) -> Result<Vec<Arc<Pack>>, Error> {
    let named: Vec<(String, Option<Location>)> = match (options.packs.is_empty(), &config.packs) {
        (false, _) => {
            let packs = options.packs.iter();
            packs.map(|name| (name.clone(), None)).collect()
        }
        (true, Some(packs)) => packs.clone(),
        (true, None) => vec![("core".to_owned(), None)],
    };
    let mut gathering = Gathering {
        options,
        config,
        root,
        repository,
        packs: Vec::new(),
        open: Vec::new(),
        mistakes,
    };
    for (name, location) in named {
        let base = if location.is_some() {
            root
        } else {
            &options.cwd
        };
        if let Err(error) = gathering.add(&name, base) {
            let Some(at) = location else {
                return Err(error);
            };
            let finding = config_finding(&at.source, at.span, error.to_string(), None);
            gathering.mistakes.push(finding);
        }
    }
    let Gathering { packs, .. } = gathering;
    try_examples(&packs, mistakes);
    Ok(packs)
}

impl Gathering<'_> {
    /// Adds a pack and what it extends.
    fn add(&mut self, name: &str, base: &Path) -> Result<(), Error> {
        let path = normal(&base.join(name));
        let (mut pack, mut found) = self.load_pack(name, &path, None)?;
        if self.packs.iter().any(|of| same(of, &pack)) {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(base).to_path_buf();
        self.open.push(path.clone());
        for (name, span) in &pack.extends {
            if let Err(message) = self.extend(name, &folder, &pack) {
                let finding = config_finding(&pack.source, *span, message, None);
                self.mistakes.push(finding);
            }
        }
        self.open.pop();
        // its phrases may name lists of the packs that it extends, which are known by now
        if !pack.extends.is_empty() && !pack.is_built_in() {
            (pack, found) = self.load_pack(name, &path, Some(&pack))?;
        }
        self.mistakes.extend(found);
        let Some(taken) = self.packs.iter().find(|of| of.name == pack.name) else {
            self.packs.push(pack);
            return Ok(());
        };
        let taken = format!(
            "the pack name `{}` is taken by `{}`",
            pack.name,
            taken.source.path()
        );
        let span = pack_name_span(&pack);
        self.mistakes
            .push(config_finding(&pack.source, span, taken, None));
        Ok(())
    }

    /// Adds what a pack extends.
    fn extend(&mut self, name: &str, folder: &Path, by: &Pack) -> Result<(), String> {
        let path = normal(&folder.join(name));
        if is_file_name(name) {
            if self.open.contains(&path) {
                return Err(format!("`{}` extends itself by way of `{name}`", by.name));
            }
            let allowed = [self.repository, self.root, folder];
            if !allowed.iter().any(|of| path.starts_with(of)) {
                return Err(format!("`{name}` lies outside of the repository"));
            }
        }
        self.add(name, folder).map_err(|error| error.to_string())
    }
    /// A pack by the name of a built-in one or by the path of a file; `by` is itself as it was read before those that it extends.
    fn load_pack(
        &self,
        name: &str,
        path: &Path,
        by: Option<&Pack>,
    ) -> Result<(Arc<Pack>, Vec<Finding>), Error> {
        let (options, config) = (self.options, self.config);
        let lists = |of: &str| {
            let extended = by.iter().flat_map(|by| &by.extends);
            let packs = extended.filter_map(|(name, _)| pack_called(name, &self.packs, by?));
            let mut named = packs.filter(|pack| pack.name == of);
            let words = named.next().map(|pack| Arc::clone(&pack.words));
            words.or_else(|| rule::built_in_words(of))
        };
        if let Some((pack, findings)) = rule::built_in_with(name, &config.words()) {
            return Ok((Arc::new(pack), findings));
        }
        if !is_file_name(name) {
            let known: Vec<&str> = PACKS.iter().map(|(name, _)| *name).collect();
            return Err(Error::NoPack {
                name: name.to_owned(),
                help: format!(
                    "{}; a file is named with its `.toml`",
                    suggestion(name, &known)
                ),
            });
        }
        let shown = path_name(path, &options.cwd);
        let text = options.view.read(path).map_err(|source| Error::Read {
            path: shown.clone(),
            source,
        })?;
        let source = match decode(shown, text) {
            Ok(source) => source,
            Err(finding) => {
                let source = Arc::clone(&finding.location.source);
                let (pack, _) = rule::load(&source, &BTreeMap::new());
                let span = finding.location.span;
                let finding = config_finding(&source, span, &finding.message, None);
                return Ok((Arc::new(pack), vec![finding]));
            }
        };
        let (pack, findings) = rule::load_with(&source, &config.words(), &lists);
        Ok((Arc::new(pack), findings))
    }
}

fn same(one: &Pack, other: &Pack) -> bool {
    one.name == other.name && one.source.path() == other.source.path()
}

/// The pack that another one extends under this name.
pub(super) fn pack_called<'a>(
    name: &str,
    packs: &'a [Arc<Pack>],
    by: &Pack,
) -> Option<&'a Arc<Pack>> {
    if !is_file_name(name) {
        return packs.iter().find(|pack| pack.name == name);
    }
    let folder = Path::new(by.source.path()).parent()?;
    let path = normal(&folder.join(name));
    let at = |pack: &&Arc<Pack>| normal(Path::new(pack.source.path())) == path;
    packs.iter().find(at)
}

/// Whether a name is that of a file, and not of a pack that is built in.
fn is_file_name(name: &str) -> bool {
    name.contains(['/', '\\']) || name.ends_with(".toml")
}

/// Runs the examples of packs that are files; those that are built in are tested when caveat is built.
fn try_examples(packs: &[Arc<Pack>], mistakes: &mut Vec<Finding>) {
    for pack in packs.iter().filter(|pack| !pack.is_built_in()) {
        // an example of a rule that could not be read would fail for that reason
        let whole: Vec<Arc<Rule>> = pack
            .rules
            .iter()
            .filter(|rule| !mistakes.iter().any(|finding| within(finding, rule)))
            .map(Arc::clone)
            .collect();
        let failures = run_examples(packs, &whole).1;
        mistakes.extend(failures.iter().map(Failure::finding));
    }
    mistakes.sort_by(|a, b| {
        let place = |of: &Finding| (of.location.source.path().to_owned(), of.location.span);
        place(a).cmp(&place(b))
    });
}

/// Whether a mistake lies in a rule's table.
fn within(finding: &Finding, rule: &Rule) -> bool {
    let at = &finding.location;
    Arc::ptr_eq(&at.source, &rule.location.source)
        && rule.whole.start <= at.span.start
        && at.span.start < rule.whole.end
}

/// The disclosures that rules demand, each as `pack/id` with a rule that does.
pub(super) fn demanded(rules: &[Arc<Rule>]) -> Vec<(&Rule, String)> {
    let of = |rule: &Arc<Rule>| {
        let tables = rule.demands.iter().map(|(_, table)| table);
        let ids = tables.flat_map(|table| table.all_texts("disclosure"));
        let full = ids.map(|(id, _)| qualified(&rule.pack, id));
        full.collect::<Vec<_>>()
    };
    let each = rules.iter().flat_map(|rule| {
        let ids = of(rule).into_iter();
        ids.map(|id| (&**rule, id))
    });
    each.collect()
}

/// Disclosures that rules demand and no pack holds, as findings at the rules.
pub(super) fn missing_disclosures(
    demanded: &[(&Rule, String)],
    packs: &[Arc<Pack>],
) -> Vec<Finding> {
    let known = |id: &str| {
        let all = packs.iter().flat_map(|pack| &pack.disclosures);
        all.into_iter().any(|of| of.id == id)
    };
    let mut missing = Vec::new();
    for (rule, id) in demanded {
        let (pack, _) = id.split_once('/').unwrap_or_default();
        // a reference within the pack was judged when the pack was read
        if pack == rule.pack && rule.changed.is_empty() || known(id) {
            continue;
        }
        let at = rule.changed.last().unwrap_or(&rule.location);
        missing.push(config_finding(
            &at.source,
            at.span,
            format!(
                "`{}` demands the disclosure `{id}`, which no pack that is loaded has",
                rule.head.id
            ),
            Some(format!(
                "load its pack: `extends = [\"{pack}\"]` under [pack]"
            )),
        ));
    }
    missing
}

fn pack_name_span(pack: &Pack) -> Span {
    let text = pack.source.text();
    text.find("[pack]")
        .map_or_else(Span::default, |at| Span::new(at, at + "[pack]".len()))
}

/// Phrases of rules that need values which nothing gives, as findings at them. Those of packs that are built in need none, as tests
/// hold them to.
pub(super) fn missing_values(rules: &[Arc<Rule>], packs: &[Arc<Pack>]) -> Vec<Finding> {
    let built_in = packs.iter().filter(|pack| pack.is_built_in());
    let built_in: Vec<&str> = built_in.map(|pack| &*pack.name).collect();
    let may =
        |rule: &&Arc<Rule>| !rule.changed.is_empty() || !built_in.contains(&rule.pack.as_str());
    let mut missing = Vec::new();
    for rule in rules.iter().filter(may) {
        let demands = rule.demands.iter().map(|(_, table)| table);
        let tables = std::iter::once(&rule.when.table).chain(demands);
        for (_, phrase, span) in tables.flat_map(Table::all_phrases) {
            missing.extend(valueless(&rule.location.source, phrase, span));
        }
    }
    missing
}

/// What a phrase needs and has no value for.
pub(super) fn valueless(source: &Arc<Source>, phrase: &Phrase, span: Span) -> Vec<Finding> {
    let names = phrase.missing().iter();
    names.map(|name| no_value(source, span, name)).collect()
}

/// Approved texts that chosen rules demand and that name values which nothing gives, or which are no numbers and should be.
pub(super) fn nameless(
    demanded: &[(&Rule, String)],
    packs: &[Arc<Pack>],
    config: &Config,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pack in packs {
        let built_in = pack.is_built_in();
        // of a pack that is built in, what nobody asks for may go without, and what names nothing need not be cut
        let asked =
            |of: &&Arc<Disclosure>| !built_in || demanded.iter().any(|(_, id)| *id == of.id);
        let versions = pack.disclosures.iter().filter(asked);
        let texts = versions.flat_map(|of| of.versions.iter().flat_map(|of| &of.texts));
        for (_, text, at) in texts.filter(|(_, _, at)| !built_in || at.text().contains('{')) {
            findings.extend(text.missing.iter().map(|name| unnamed(at, name)));
            let no_numbers = text.names().into_iter().filter_map(|name| {
                let value = config.house.get(name)?;
                registered(&value.text).is_none().then(|| {
                    let wrong =
                        format!("`{name}` is no number, and stands for one in an approved text");
                    config_finding(&value.location.source, value.location.span, wrong, None)
                })
            });
            findings.extend(no_numbers);
        }
    }
    let key = |of: &Finding| (of.location.span, of.message.clone());
    findings.sort_by_key(key);
    findings.dedup_by_key(|of| key(of));
    findings
}

/// A `{name}` of an approved text that nothing gives a value, or that is no slot.
fn unnamed(at: &Location, name: &str) -> Finding {
    let written = format!("{{{name}}}");
    let offset = at.text().find(&written);
    let span = offset.map_or(at.span, |offset| {
        let start = at.span.start as usize + offset;
        Span::new(start, start + written.len())
    });
    let mut finding = no_value(&at.source, span, name);
    let slots = "; slots are {percent}, {number}, {money}, {date} and {word}";
    finding.help = finding.help.map(|help| format!("{help}{slots}"));
    finding
}

fn no_value(source: &Arc<Source>, span: Span, name: &str) -> Finding {
    config_finding(
        source,
        span,
        format!("`{{{name}}}` has no value"),
        Some(format!(
            "give it one in caveat.toml under [values]: {name} = \"…\"; or a list under [words] of the pack"
        )),
    )
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
