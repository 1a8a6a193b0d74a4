//! For people: each finding with its place in the source, drawn by miette.
//!
//! miette gets a small text made for the finding, not the file: it panics on lines past 65,535 columns, never shortens one,
//! and reads the file from its start for each diagnostic. The small text is where control characters are made harmless.

use std::collections::HashMap;
use std::fmt::{self, Display};
use std::io::{self, Write};
use std::sync::Arc;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use unicode_width::UnicodeWidthStr;

use super::window::{CONTEXT, Window};
use super::{Format, Style, escaped, judges, shown_key, summed_up};
use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::source::{Location, Unit};

pub(super) const FORMAT: Format = Format {
    name: "pretty",
    about: "for people: each finding with its place in the source",
    write,
};

/// Columns that line numbers, borders and miette's own marks take.
const FRAME: usize = 14;
/// Columns that miette's mark before a message takes, and that before a help, with its margin.
const MESSAGE: usize = 6;
const HELP: usize = 10;

fn write(report: &Report, style: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let theme = if style.color {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_wrap_lines(false)
        .with_links(false)
        .with_context_lines(CONTEXT as usize);
    let draw = |of: &Drawn<'_>| {
        let mut drawn = String::new();
        let done = handler.render_report(&mut drawn, of);
        done.map(|()| drawn).map_err(io::Error::other)
    };
    // a rule says the same on every page, and wrapping costs more than all else here
    let mut wrapped: HashMap<&str, String> = HashMap::new();
    let mut feet: HashMap<&str, String> = HashMap::new();
    let mut place: Option<Place<'_>> = None;
    for (at, finding) in report.findings.iter().enumerate() {
        let help = finding.help.as_deref().map(|help| {
            let wrap = || wrap(help, style.width, HELP);
            &**wrapped.entry(help).or_insert_with(wrap)
        });
        let place = match &mut place {
            Some(place) if place.is(&finding.location) => place,
            other => other.insert(Place::new(&finding.location, style)),
        };
        let shown = Shown::new(finding, &place.window, style);
        let next = report.findings.get(at + 1);
        let again = place.lines.is_some() || next.is_some_and(|next| place.is(&next.location));
        // what many rules say of one place shows the same lines
        if again && shown.labels.len() == 1 {
            let head = draw(&shown.drawn(None, None))?;
            out.write_all(head.trim_start_matches('\n').as_bytes())?;
            let code = finding.code.name();
            if place.lines.as_ref().is_none_or(|(of, _)| *of != code) {
                let whole = draw(&shown.drawn(Some(&place.window), None))?;
                place.lines = Some((code, whole[head.len()..].to_owned()));
            }
            out.write_all(place.lines.as_ref().map_or("", |(_, of)| of).as_bytes())?;
            if let (Some(said), Some(help)) = (finding.help.as_deref(), help) {
                if !feet.contains_key(said) {
                    let whole = draw(&shown.drawn(None, Some(help)))?;
                    feet.insert(said, whole[head.len()..].to_owned());
                }
                out.write_all(feet[said].as_bytes())?;
            }
        } else {
            let whole = draw(&shown.drawn(Some(&place.window), help))?;
            out.write_all(whole.trim_start_matches('\n').as_bytes())?;
        }
        for note in &shown.notes {
            writeln!(out, "   {note}")?;
        }
        writeln!(out)?;
    }
    if style.quiet {
        return Ok(());
    }
    writeln!(out, "{}", summed_up(report))?;
    judged_by(&judges(report), style, out)
}

/// What content was judged by, dim, in lines of the terminal.
fn judged_by(judges: &[String], style: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut lines: Vec<String> = Vec::new();
    for (number, judge) in judges.iter().enumerate() {
        let comma = if number + 1 < judges.len() { "," } else { "" };
        match lines.last_mut() {
            None => lines.push(format!("judged by {judge}{comma}")),
            Some(line) if line.width() + 2 + judge.width() <= style.width => {
                *line += &format!(" {judge}{comma}");
            }
            Some(_) => lines.push(format!("  {judge}{comma}")),
        }
    }
    let (dim, end) = if style.color {
        ("\u{1b}[2m", "\u{1b}[0m")
    } else {
        ("", "")
    };
    lines
        .iter()
        .try_for_each(|line| writeln!(out, "{dim}{line}{end}"))
}

/// What a finding says, safe to show, in lines that leave room for the mark before them.
fn wrap(text: &str, width: usize, mark: usize) -> String {
    textwrap::fill(&escaped(text), width.saturating_sub(mark).max(1))
}

/// A place that findings are about.
struct Place<'a> {
    location: &'a Location,
    window: Window,
    /// Its lines with the name of a code beside them, once they were drawn.
    lines: Option<(&'static str, String)>,
}

impl<'a> Place<'a> {
    fn new(location: &'a Location, style: Style<'_>) -> Self {
        let width = style.width.saturating_sub(FRAME).max(24);
        Self {
            location,
            window: Window::new(&location.source, location.span, width),
            lines: None,
        }
    }

    fn is(&self, location: &Location) -> bool {
        Arc::ptr_eq(&self.location.source, &location.source) && self.location.span == location.span
    }
}

/// A finding and what is told of it.
#[derive(Debug)]
struct Shown<'a> {
    finding: &'a Finding,
    message: String,
    labels: Vec<LabeledSpan>,
    /// Related places that are not in the window, and the law.
    notes: Vec<String>,
}

impl<'a> Shown<'a> {
    fn new(finding: &'a Finding, window: &Window, style: Style<'_>) -> Self {
        let source = &finding.location.source;
        let mut labels = vec![window.label(
            finding.location.span,
            Some(finding.code.name().to_owned()),
            true,
        )];
        let key = finding.key.iter();
        let mut notes: Vec<String> = key.map(|key| format!("key: {}", shown_key(key))).collect();
        for related in &finding.related {
            let here = Arc::ptr_eq(&related.location.source, source);
            if here && related.location.span == finding.location.span {
                // the message says it, and the label stands there
                continue;
            }
            // labels that overlap are drawn beside their words
            let clear = labels.iter().all(|label| {
                let of = window.label(related.location.span, None, false);
                of.offset() >= label.offset() + label.len()
                    || label.offset() >= of.offset() + of.len()
            });
            if here && clear && window.holds(related.location.span) {
                labels.push(window.label(
                    related.location.span,
                    Some(escaped(&related.message)),
                    false,
                ));
            } else {
                let at = related
                    .location
                    .source
                    .position(related.location.span.start, Unit::Char);
                notes.push(format!(
                    "{}: {}:{}:{}",
                    escaped(&related.message),
                    escaped(related.location.source.path()),
                    at.line,
                    at.column
                ));
            }
        }
        // on lines of their own: a wrapped address cannot be followed
        if let Some(law) = finding.sources.first() {
            notes.push(format!("law: {}", escaped(&law.citation)));
            if !law.url.is_empty() {
                notes.push(format!("     {}", escaped(&law.url)));
            }
        }
        Self {
            finding,
            message: wrap(&finding.message, style.width, MESSAGE),
            labels,
            notes,
        }
    }

    fn drawn(&'a self, window: Option<&'a Window>, help: Option<&'a str>) -> Drawn<'a> {
        Drawn {
            of: self,
            window,
            help,
        }
    }
}

/// A finding as miette takes it, with what of it is to be drawn.
#[derive(Debug)]
struct Drawn<'a> {
    of: &'a Shown<'a>,
    window: Option<&'a Window>,
    help: Option<&'a str>,
}

impl Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.of.message)
    }
}

impl std::error::Error for Drawn<'_> {}

impl Diagnostic for Drawn<'_> {
    fn code(&self) -> Option<Box<dyn Display + '_>> {
        Some(Box::new(format!(
            "{}[{}/{}]",
            self.of.finding.severity.name(),
            escaped(&self.of.finding.rule),
            self.of.finding.code.name()
        )))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.of.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help(&self) -> Option<Box<dyn Display + '_>> {
        Some(Box::new(self.help?))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.window.map(|window| window as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.window?;
        Some(Box::new(self.of.labels.iter().cloned()))
    }
}
