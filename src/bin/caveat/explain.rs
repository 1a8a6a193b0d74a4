//! `caveat explain RULE` and `caveat explain FILE`.

use std::io::{self, Write};
use std::path::Path;

use caveat::document::{BlockKind, Document};
use caveat::finding::Severity;
use caveat::keys::Table;
use caveat::output::escaped;
use caveat::project::Project;
use caveat::rule::{PACKS, Rule};
use caveat::source::{Location, Source, Span, Unit};

use crate::args::ExplainArgs;
use crate::list::loaded;
use crate::{Error, Outcome};

pub(crate) fn run(args: &ExplainArgs) -> Result<Outcome, Error> {
    let mut options = args.rules.options(&[args.what.clone().into()])?;
    let path = options.cwd.join(&args.what);
    let mut project = loaded(&options)?;
    let pack = args.what.split('/').next().unwrap_or_default();
    let known = project.packs.iter().any(|of| of.name == pack);
    let built_in = PACKS.iter().any(|(name, _)| *name == pack);
    if !path.exists() && !known && built_in && args.what.contains('/') {
        // a rule can be explained whether or not its pack runs here
        options.packs = vec![pack.to_owned()];
        project = loaded(&options)?;
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    if path.is_file() {
        file(&project, &path, args.text, &mut out)?;
    } else {
        let of_packs = project.packs.iter().flat_map(|pack| &pack.rules);
        let found = (project.rules.rules().iter())
            .map(|rule| &rule.rule)
            .chain(of_packs)
            .find(|rule| rule.head.id == args.what);
        match found {
            Some(rule) => {
                self::rule(rule, &mut out)?;
                changes(&project, &args.what, &mut out)?;
            }
            None => {
                let ids: Vec<&str> = project
                    .packs
                    .iter()
                    .flat_map(|pack| &pack.rules)
                    .map(|rule| rule.head.id.as_str())
                    .collect();
                return Err(format!(
                    "`{}` is neither a file nor a rule: {}",
                    args.what,
                    caveat::keys::suggestion(&args.what, &ids)
                )
                .into());
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

fn rule(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{}: {}",
        escaped(&rule.head.id),
        escaped(&rule.head.title)
    )?;
    writeln!(out, "  severity  {}", rule.head.severity.name())?;
    writeln!(out, "  says      {}", escaped(&rule.head.message))?;
    if let Some(help) = &rule.head.help {
        writeln!(out, "  help      {}", escaped(help))?;
    }
    if !rule.tags.is_empty() {
        writeln!(out, "  tags      {}", escaped(&rule.tags.join(", ")))?;
    }
    if rule.from.is_some() || rule.until.is_some() {
        let last = rule.until.and_then(|day| day.yesterday().ok());
        writeln!(
            out,
            "  in force  {} to {}",
            rule.from.map_or("always".into(), |day| day.to_string()),
            last.map_or("today and on".into(), |day| day.to_string())
        )?;
    }
    writeln!(out, "  demands")?;
    for (kind, table) in &rule.demands {
        writeln!(out, "    {}: {}", kind.name, kind.about)?;
        demanded(table, "", out)?;
    }
    let when = &rule.when;
    if when.table.keys().next().is_some() {
        writeln!(out, "  applies when")?;
        for (facet, values) in &when.facets {
            writeln!(out, "    {facet} = {}", escaped(&values.join(" or ")))?;
        }
        for globs in [&when.path, &when.links].into_iter().flatten() {
            writeln!(out, "    matches {}", escaped(&globs.raw.join(" or ")))?;
        }
        for (key, values) in &when.front_matter {
            writeln!(
                out,
                "    front matter {} = {}",
                escaped(key),
                escaped(&values.join(" or "))
            )?;
        }
        for key in [
            "mentions",
            "offers",
            "unless",
            "unless-sentence",
            "also-mentions",
            "unless-mentions",
        ] {
            for (phrase, _) in when.table.phrases(key) {
                writeln!(out, "    {key}: {}", escaped(phrase.raw()))?;
            }
        }
    }
    let words = rule.words();
    if !words.is_empty() {
        writeln!(out, "  words")?;
    }
    for (name, list) in words {
        let phrases = list.phrases().iter();
        let phrases: Vec<&str> = phrases.map(|(phrase, _)| phrase.raw()).collect();
        writeln!(out, "    {name}: {}", escaped(&phrases.join(", ")))?;
    }
    writeln!(out, "  law")?;
    for law in &rule.law {
        writeln!(
            out,
            "    {} {}",
            escaped(&law.regulator),
            escaped(&law.citation)
        )?;
        if !law.url.is_empty() {
            writeln!(out, "      {}", escaped(&law.url))?;
        }
        if !law.quote.is_empty() {
            writeln!(out, "      \"{}\"", escaped(&law.quote))?;
        }
        let checked = law
            .checked
            .map(|day| format!(", checked {day}"))
            .unwrap_or_default();
        writeln!(out, "      {}{checked}", status(&law.status))?;
    }
    if rule.law.is_empty() {
        writeln!(out, "    none is given")?;
    }
    writeln!(out, "  examples")?;
    for example in &rule.examples {
        let verb = if example.fails { "fails " } else { "passes" };
        writeln!(out, "    {verb}  {}", escaped(example.text.trim()))?;
    }
    Ok(())
}

/// What a table demands, a line for each value: the key, after those of the tables that it lies in.
fn demanded(of: &Table, path: &str, out: &mut dyn Write) -> io::Result<()> {
    for (name, _) in of.keys() {
        let full = format!("{path}{name}");
        if let Some(inner) = of.table(name) {
            demanded(inner, &format!("{full}."), out)?;
        }
        for value in values(of, name) {
            writeln!(out, "      {}: {}", escaped(&full), escaped(&value))?;
        }
    }
    Ok(())
}

/// What a key holds, for people: each phrase by itself, numbers with what they count.
fn values(of: &Table, name: &str) -> Vec<String> {
    let phrases = of
        .phrases(name)
        .iter()
        .map(|(phrase, _)| phrase.raw().to_owned());
    let regexes = of.regexes(name).iter();
    let regexes = regexes.map(|(of, _)| of.raw().to_owned());
    let texts = of.texts(name);
    let texts = match texts.is_empty() {
        true => of.text(name).map(str::to_owned),
        false => Some(texts.join(", ")),
    };
    let count = of
        .count(name)
        .map(|count| count.to_string() + unit(of, name));
    let days = of.days(name).map(|days| format!("{days} days"));
    let date = of.date(name).map(|day| day.to_string());
    let yes = of.yes(name).then(|| "true".to_owned());
    let one = texts.or(count).or(days).or(date).or(yes);
    phrases.chain(regexes).chain(one).collect()
}

/// What a number of a demand counts.
fn unit(of: &Table, name: &str) -> &'static str {
    match (name, of.text("unit")) {
        ("every" | "words-per-10-seconds", _) | ("within", Some("words")) => " words",
        ("within", Some("sections")) => " sections",
        ("within", _) => " blocks",
        ("min-seconds" | "within-seconds" | "longer-than", _) => " seconds",
        _ => "",
    }
}

/// What others changed in a rule.
fn changes(project: &Project, id: &str, out: &mut dyn Write) -> io::Result<()> {
    let Some(changed) = project.changed().iter().find(|of| of.rule == id) else {
        return Ok(());
    };
    writeln!(out, "  changed")?;
    if let Some((from, to)) = changed.severity {
        let to = to.map_or("off", Severity::name);
        writeln!(out, "    severity {to}; its author wrote {}", from.name())?;
    }
    for at in &changed.places {
        let line = at.source.position(at.span.start, Unit::Char).line;
        writeln!(out, "    in {}:{line}", escaped(at.source.path()))?;
    }
    Ok(())
}

fn status(status: &str) -> &'static str {
    match status {
        "verified" => "verified: read at its source",
        "second-hand" => "second-hand: quoted by others, not read at its source",
        _ => "unverified",
    }
}

fn file(project: &Project, path: &Path, text: bool, out: &mut dyn Write) -> Result<(), Error> {
    let source = match project.read(path)? {
        Ok(source) => source,
        Err(finding) => {
            return Err(format!("{}: {}", finding.location.source.path(), finding.message).into());
        }
    };
    let (document, facts) = project
        .document(&source, path)
        .map_err(|finding| finding.message)?;
    if text {
        return Ok(page(&document, out)?);
    }
    let explained = project.explain(&document, &facts);
    writeln!(out, "{}", escaped(source.path()))?;
    for (facet, values) in &explained.facets {
        writeln!(
            out,
            "  {} = {}",
            escaped(facet),
            escaped(&values.join(", "))
        )?;
    }
    writeln!(out, "  {}", escaped(&explained.language))?;
    for rule in &explained.rules {
        writeln!(
            out,
            "{}: {}",
            escaped(&rule.id),
            if rule.applies {
                escaped(&rule.verdict)
            } else {
                "does not apply".to_owned()
            }
        )?;
        for condition in &rule.conditions {
            writeln!(
                out,
                "  {} {}",
                if condition.held { "yes" } else { "no " },
                escaped(&condition.what)
            )?;
            for place in condition.places.iter().take(3) {
                writeln!(out, "        {}", located(&document, *place))?;
            }
        }
        if rule.conditions.is_empty() {
            writeln!(out, "  yes it applies to every page")?;
        }
        for place in rule.places.iter().take(3) {
            let other = if place.source.path() == source.path() {
                String::new()
            } else {
                format!("{}:", escaped(place.source.path()))
            };
            writeln!(out, "    → {other}{}", quoted(&place.source, place.span))?;
        }
    }
    Ok(())
}

/// The page as the linter sees it: what a reader sees, in order, and what not, with where it comes from.
fn page(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    for block in &document.blocks {
        let kind = match block.kind {
            BlockKind::Heading(level) => format!("heading {level}"),
            BlockKind::Paragraph => "paragraph".to_owned(),
            BlockKind::Item => "item".to_owned(),
            BlockKind::Cell => "cell".to_owned(),
        };
        let words = escaped(document.text.words(block.passage));
        writeln!(out, "{kind:<10} {}\n    {words}", way(document, block.span))?;
    }
    if !document.hidden.is_empty() {
        writeln!(out, "\nnot seen by a reader")?;
    }
    for block in &document.hidden {
        let words = escaped(document.hidden_text.words(block.passage));
        let why = block.why.place();
        writeln!(out, "{why}  {}\n    {words}", way(document, block.span))?;
    }
    for (what, problems) in [
        ("not resolved", &document.unresolved),
        ("not read", &document.problems),
    ] {
        for problem in problems {
            let message = escaped(&problem.message);
            writeln!(
                out,
                "\n{what}  {}\n    {message}",
                way(document, problem.span)
            )?;
        }
    }
    Ok(())
}

/// Where something stands, and by which calls it came onto the page.
fn way(document: &Document, span: Span) -> String {
    let at = |place: &Location| {
        let line = place.source.position(place.span.start, Unit::Char).line;
        format!("{}:{line}", escaped(place.source.path()))
    };
    let mut via = document.via(span);
    let Some(last) = via.pop() else {
        return at(&document.locate(span));
    };
    let calls: Vec<String> = via.iter().map(at).collect();
    format!("{} (brought in by {})", at(&last), calls.join(" → "))
}

fn located(document: &Document, span: Span) -> String {
    let place = document.locate(span);
    let quoted = quoted(&place.source, place.span);
    if document.brought_at(span.start).is_some() {
        format!("{}:{quoted}", escaped(place.source.path()))
    } else {
        quoted
    }
}

fn quoted(source: &Source, span: Span) -> String {
    let at = source.position(span.start, Unit::Char);
    let text: String = escaped(source.slice(span)).chars().take(80).collect();
    format!("{}:{}: \"{text}\"", at.line, at.column)
}
