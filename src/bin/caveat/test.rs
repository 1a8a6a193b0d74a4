//! `caveat test`.

use std::collections::BTreeSet;
use std::io::{self, Write};

use caveat::lint::{Untried, run_examples, untried};
use caveat::output::{self, Style, escaped};
use caveat::project::Project;
use caveat::report::of_mistakes;
use caveat::rule::PACKS;
use caveat::source::{Location, Unit};

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
        writeln!(
            out,
            "{}: {}: {}",
            place(&failure.location),
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
    for rule in &rules {
        let fails = rule.examples.iter().filter(|example| example.fails).count();
        let without = match (fails, rule.examples.len() - fails) {
            (0, 0) => "no example",
            (0, _) => "no example that fails",
            (_, 0) => "no example that passes",
            _ => continue,
        };
        let at = place(&rule.location);
        writeln!(out, "{at}: {} has {without}", escaped(&rule.head.id))?;
    }
    tell_untried(args, &project, &mut out)?;
    out.flush()?;
    Ok(if failures.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}

/// Tells what of the rules no example says.
fn tell_untried(args: &TestArgs, project: &Project, out: &mut dyn Write) -> io::Result<()> {
    let ids: BTreeSet<&str> = project
        .rules
        .rules()
        .iter()
        .map(|rule| rule.head.id.as_str())
        .collect();
    // as their authors wrote them: their examples are of that
    let rules = project.packs.iter().flat_map(|pack| &pack.rules);
    let all: Vec<Untried> = rules
        .filter(|rule| ids.contains(rule.head.id.as_str()))
        .flat_map(|rule| untried(rule))
        .collect();
    for of in &all {
        let (rule, key) = (escaped(&of.rule), &of.key);
        if args.untried {
            for at in &of.places {
                let phrase = escaped(at.text());
                writeln!(
                    out,
                    "{}: {rule}: no example says {key}: {phrase}",
                    place(at)
                )?;
            }
        } else if of.whole() {
            let at = place(&of.places[0]);
            writeln!(out, "{at}: {rule}: no example says anything of {key}")?;
        }
    }
    let count: usize = all.iter().map(|of| of.places.len()).sum();
    if count > 0 && !args.untried {
        writeln!(
            out,
            "{count} phrases are in no example of their rule: `caveat test --untried` lists them"
        )?;
    }
    Ok(())
}

/// `path:line:column`.
fn place(at: &Location) -> String {
    let position = at.source.position(at.span.start, Unit::Char);
    format!(
        "{}:{}:{}",
        escaped(at.source.path()),
        position.line,
        position.column
    )
}
