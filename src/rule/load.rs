//! TOML → pack. Every mistake comes back as a finding in the TOML; what is right is kept.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::builtin::built_in_words;
use super::demand::judged;
use super::{Example, FACETS, Globs, Law, PACK_KEYS, Pack, Rule, When, approved, changes};
use crate::check::{Disclosure, Head, KINDS, qualified};
use crate::finding::{Citation, Code, Finding, Severity};
use crate::keys::{Late, Reader, Table, suggestion};
use crate::source::{Location, Source, Span};
use crate::syntax;
use crate::text::{Lists, Names, language};

/// Reads a rule pack. `values` are the words that `{name}` in a phrase stands for; `{pack:name}` stands for a list of a built-in pack.
#[must_use]
pub fn load(source: &Arc<Source>, values: &BTreeMap<String, String>) -> (Pack, Vec<Finding>) {
    load_with(source, values, &built_in_words)
}

/// As [`load`], with the lists of other packs, by the pack's name.
#[must_use]
pub fn load_with(
    source: &Arc<Source>,
    values: &BTreeMap<String, String>,
    packs: &(dyn Fn(&str) -> Option<Arc<Lists>> + Sync),
) -> (Pack, Vec<Finding>) {
    let reader = Reader::new(source).with_values(values.clone());
    let mut reader = reader.with_packs(packs);
    let table = reader.read(&PACK_KEYS);
    read(source, values, reader, table)
}

/// Reads a pack that is embedded in the program and that its tests have read with [`load`]; `lists` are its own where something has
/// read them before, so that packs share them.
pub(super) fn load_packed(
    source: &Arc<Source>,
    bytes: &'static [u8],
    values: &BTreeMap<String, String>,
    lists: Option<Arc<Lists>>,
) -> (Pack, Vec<Finding>) {
    let names = Names {
        values: values.clone(),
        packs: &built_in_words,
        ..Names::default()
    };
    let (reader, table) = Reader::read_packed(source, bytes, names, lists, &PACK_KEYS);
    read(source, values, reader, table)
}

fn read(
    source: &Arc<Source>,
    values: &BTreeMap<String, String>,
    mut reader: Reader<'_>,
    mut table: Table,
) -> (Pack, Vec<Finding>) {
    let head = table.table("pack");
    let name = head
        .and_then(|head| head.text("name"))
        .unwrap_or("pack")
        .to_owned();
    if let Some(head) = head {
        identifier(&name, head, "name", &mut reader);
    }
    let title = head
        .and_then(|head| head.text("title"))
        .unwrap_or(&name)
        .to_owned();
    let extends = head
        .map(|head| head.placed("extends").to_vec())
        .unwrap_or_default();
    let disclosures: Vec<Arc<Disclosure>> = table
        .list("disclosure")
        .iter()
        .filter_map(|table| approved::disclosure(table, &name, source, values, &mut reader))
        .map(Arc::new)
        .collect();
    unique(table.list("disclosure"), "disclosure", &mut reader);
    unique(table.list("rule"), "rule", &mut reader);
    let known: Vec<&str> = disclosures
        .iter()
        .map(|disclosure| disclosure.id.as_str())
        .collect();
    let tables = table.take_list("rule");
    let mut nexts: Vec<u32> = tables.iter().skip(1).map(|of| of.span.start).collect();
    nexts.push(Span::new(source.text().len(), 0).start);
    let mut rules = Vec::new();
    for (table, end) in tables.into_iter().zip(nexts) {
        // the TOML span of a table ends where its first sub-table begins; a rule reaches to the next rule
        let whole = Span {
            start: table.span.start,
            end: end.max(table.span.end),
        };
        rules.extend(rule(table, whole, &name, source, &known, &mut reader).map(Arc::new));
    }
    let changes = table
        .table("rules")
        .map(|of| changes(of, Some(&name), source, &mut reader))
        .unwrap_or_default();
    let words = Arc::clone(reader.lists());
    let mut findings = reader.findings;
    findings.sort_by_key(|finding| finding.location.span);
    (
        Pack {
            extends,
            changes,
            name,
            title,
            source: Arc::clone(source),
            words,
            rules,
            disclosures,
        },
        findings,
    )
}

pub(super) fn identifier(id: &str, table: &Table, key: &str, reader: &mut Reader<'_>) {
    let plain = !id.is_empty()
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if !plain && table.has(key) {
        reader.wrong(
            table.span_of(key),
            format!(
                "`{}` is no id: letters, digits and hyphens only",
                id.escape_debug()
            ),
            None,
        );
    }
}

fn unique(tables: &[Table], what: &str, reader: &mut Reader<'_>) {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    for table in tables {
        let Some(id) = table.text("id") else { continue };
        if seen.insert(id, table.span.start).is_some() {
            reader.wrong(
                table.span_of("id"),
                format!("the {what} id `{id}` is taken: an id names one {what} of a pack"),
                None,
            );
        }
    }
}

fn rule(
    mut table: Table,
    whole: Span,
    pack: &str,
    source: &Arc<Source>,
    disclosures: &[&str],
    reader: &mut Reader<'_>,
) -> Option<Rule> {
    let id = table.text("id")?.to_owned();
    let id = id.as_str();
    identifier(id, &table, "id", reader);
    if let Some(when) = table.table("when") {
        reader.languages(when, "language");
    }
    let mut kinds = Vec::new();
    for kind in KINDS {
        let Some(of) = table.table(kind.name) else {
            continue;
        };
        if !reader.is_known() {
            judged(kind, of, &table, pack, disclosures, reader);
        }
        kinds.push(kind);
    }
    let tried = reader.is_known() || KINDS.iter().any(|kind| table.has(kind.name));
    if !tried && !unknown_demand(whole, source) {
        let names = KINDS
            .iter()
            .map(|kind| format!("[rule.{}]", kind.name))
            .collect::<Vec<_>>()
            .join(", ");
        reader.wrong(
            table.span_of("id"),
            format!("the rule `{id}` demands nothing"),
            Some(format!("give it one of {names}")),
        );
    }
    let effective = table.table("effective");
    let from = effective.and_then(|effective| effective.date("from"));
    let last = effective.and_then(|effective| effective.date("to"));
    if let Some(effective) = effective
        && from.zip(last).is_some_and(|(from, to)| to < from)
    {
        reader.wrong(
            effective.span_of("to"),
            "`to` is before `from`, so the rule never applies",
            None,
        );
    }
    let severity = table
        .text("severity")
        .and_then(Severity::named)
        .unwrap_or(Severity::Error);
    let conditions = table.take("when").map(when).unwrap_or_default();
    let demands = (kinds.into_iter())
        .filter_map(|kind| Some((kind, table.take(kind.name)?)))
        .collect();
    let table = Arc::new(table);
    let law = Late::new({
        let table = Arc::clone(&table);
        move || {
            table
                .list("source")
                .iter()
                .map(law_of)
                .collect::<Vec<Law>>()
        }
    });
    let told = if reader.is_known() {
        let (table, source) = (Arc::clone(&table), Arc::clone(source));
        Late::new(move || {
            let mut reader = Reader::new(&source);
            examples(&table, &source, &mut reader)
        })
    } else {
        examples(&table, source, reader).into()
    };
    Some(Rule {
        head: Head {
            id: qualified(pack, id),
            title: table.text("title").unwrap_or(id).to_owned(),
            severity,
            message: table.text("message").unwrap_or_default().to_owned(),
            help: table.text("help").map(str::to_owned),
            sources: Late::new({
                let law = law.clone();
                move || citations(&law)
            }),
        },
        pack: pack.to_owned(),
        tags: table.texts("tags"),
        from,
        until: last.and_then(|day| day.tomorrow().ok()),
        law,
        when: conditions,
        demands,
        examples: told,
        location: Location::new(source, table.span_of("id")),
        whole,
        changed: Vec::new(),
    })
}

/// Whether a rule tried to demand something under a name that is not known, which is reported already.
fn unknown_demand(whole: Span, source: &Source) -> bool {
    let text = source.slice(whole);
    text.lines().any(|line| {
        line.trim_start().starts_with("[rule.")
            && !["[rule.when", "[rule.effective"]
                .iter()
                .any(|known| line.trim_start().starts_with(known))
    })
}

fn citations(law: &[Law]) -> Vec<Citation> {
    let law = law.iter();
    law.map(|law| Citation {
        citation: law.citation.clone(),
        url: law.url.clone(),
    })
    .collect()
}

fn law_of(table: &Table) -> Law {
    let text = |key: &str| table.text(key).unwrap_or_default().to_owned();
    Law {
        regulator: text("regulator"),
        citation: text("citation"),
        url: text("url"),
        quote: text("quote"),
        checked: table.date("checked"),
        status: table.text("status").unwrap_or("unverified").to_owned(),
    }
}

/// When a rule applies.
pub(super) fn when(table: Table) -> When {
    let tags = |values: Vec<String>| {
        values
            .iter()
            .filter_map(|value| language::tag(value))
            .collect()
    };
    let facets = FACETS
        .iter()
        .filter(|facet| table.has(facet))
        .map(|facet| {
            let values = table.texts(facet);
            let language = *facet == "language";
            (*facet, if language { tags(values) } else { values })
        })
        .collect();
    let front_matter = table
        .table("front-matter")
        .into_iter()
        .flat_map(|of| {
            of.keys()
                .map(|(key, _)| (key.to_owned(), of.texts(key)))
                .collect::<Vec<_>>()
        })
        .collect();
    When {
        facets,
        path: table.has("path").then(|| Globs::paths(table.texts("path"))),
        front_matter,
        links: table
            .has("links")
            .then(|| Globs::links(table.texts("links"))),
        table,
    }
}

/// The examples of a table.
pub(super) fn examples(
    table: &Table,
    source: &Arc<Source>,
    reader: &mut Reader<'_>,
) -> Vec<Example> {
    let examples = table.list("example").iter();
    examples
        .filter_map(|of| example(of, source, reader))
        .collect()
}

fn example(table: &Table, source: &Arc<Source>, reader: &mut Reader<'_>) -> Option<Example> {
    let (fails, passes) = (table.text("fails"), table.text("passes"));
    let text = match (fails, passes) {
        (Some(text), None) | (None, Some(text)) => text,
        _ => {
            reader.wrong(
                table.span,
                "an example has either `fails` or `passes`",
                None,
            );
            return None;
        }
    };
    if let Some(code) = table.text("code") {
        let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        if !names.contains(&code) {
            reader.wrong(
                table.span_of("code"),
                format!("`{code}` is no code"),
                Some(suggestion(code, &names)),
            );
        }
    }
    let wanted = table.text("syntax").unwrap_or("markdown");
    if syntax::named(wanted).is_none() {
        let names: Vec<&str> = syntax::SYNTAXES.iter().map(|syntax| syntax.name).collect();
        reader.wrong(
            table.span_of("syntax"),
            format!("`{wanted}` is no syntax"),
            Some(suggestion(wanted, &names)),
        );
    }
    let key = if fails.is_some() { "fails" } else { "passes" };
    Some(Example {
        text: text.to_owned(),
        fails: fails.is_some(),
        code: table.text("code").map(str::to_owned),
        at: table.text("at").map(str::to_owned),
        syntax: wanted.to_owned(),
        location: Location::new(source, table.span_of(key)),
    })
}
