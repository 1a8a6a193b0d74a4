//! `caveat rules`.

use std::io::{self, Write};

use caveat::output::escaped;
use caveat::project::{Options, Project};
use serde_json::json;

use crate::args::{ListFormat, RulesArgs};
use crate::{Error, Outcome};

pub(crate) fn run(args: &RulesArgs) -> Result<Outcome, Error> {
    let project = loaded(&args.rules.options(&[])?)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let rules = project.rules.rules();
    if args.format == ListFormat::Json {
        let list: Vec<_> = rules
            .iter()
            .map(|rule| {
                json!({
                    "id": rule.head.id, "severity": rule.head.severity.name(), "title": rule.head.title, "pack": rule.rule.pack, "tags": rule.rule.tags,
                    "sources": rule.rule.law.iter().map(|law| json!({ "regulator": law.regulator, "citation": law.citation, "url": law.url, "status": law.status, "checked": law.checked.map(|day| day.to_string()) })).collect::<Vec<_>>(),
                })
            })
            .collect();
        serde_json::to_writer_pretty(&mut out, &list)?;
        writeln!(out)?;
    } else {
        let width = rules
            .iter()
            .map(|rule| rule.head.id.chars().count())
            .max()
            .unwrap_or(0);
        for rule in rules {
            writeln!(
                out,
                "{:width$}  {:7}  {}",
                escaped(&rule.head.id),
                rule.head.severity.name(),
                escaped(&rule.head.title)
            )?;
        }
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

/// The project, which must have no mistake in its config and packs.
pub(crate) fn loaded(options: &Options) -> Result<Project, Error> {
    let project = Project::load(options)?;
    let some = match project.mistakes.len() {
        0 => return Ok(project),
        1 => "a mistake".to_owned(),
        count => format!("{count} mistakes"),
    };
    Err(format!("{some} in caveat.toml or a pack: `caveat check` shows what").into())
}
