//! `caveat test`.

use std::io::{self, Write};

use caveat::lint::run_examples;
use caveat::output::{self, Style, escaped};
use caveat::project::Project;
use caveat::report::of_mistakes;
use caveat::rule::PACKS;
use caveat::source::Unit;

use crate::args::TestArgs;
use crate::{Error, Outcome};

pub(crate) fn run(args: &TestArgs) -> Result<Outcome, Error> {
    let mut options = args.rules.options(&[])?;
    if !args.tested.is_empty() {
        options.packs.clone_from(&args.tested);
    }
    let mut project = Project::load(&options)?;
    if options.packs.is_empty() && project.config.packs.is_none() {
        options.packs = PACKS.iter().map(|(name, _)| (*name).to_owned()).collect();
        project = Project::load(&options)?;
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    if !project.mistakes.is_empty() {
        let format = output::named("concise").expect("it is one of the formats");
        (format.write)(
            &of_mistakes(project.mistakes, project.as_of),
            Style {
                color: false,
                width: 100,
                quiet: false,
                ..Style::default()
            },
            &mut out,
        )?;
        out.flush()?;
        return Ok(Outcome::Failed);
    }
    let rules: Vec<_> = project
        .rules
        .rules()
        .iter()
        .map(|rule| std::sync::Arc::clone(&rule.rule))
        .collect();
    let (ran, failures) = run_examples(&project.packs, &rules);
    for failure in &failures {
        let at = failure
            .location
            .source
            .position(failure.location.span.start, Unit::Char);
        writeln!(
            out,
            "{}:{}:{}: {}: {}",
            escaped(failure.location.source.path()),
            at.line,
            at.column,
            escaped(&failure.rule),
            escaped(&failure.message)
        )?;
    }
    writeln!(
        out,
        "{ran} examples of {} rules: {} behave, {} do not",
        rules.len(),
        ran - failures.len(),
        failures.len()
    )?;
    for rule in rules.iter().filter(|rule| rule.examples.is_empty()) {
        writeln!(out, "{} has no example", escaped(&rule.head.id))?;
    }
    out.flush()?;
    Ok(if failures.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}
