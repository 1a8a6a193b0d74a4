//! For people: each finding with its place in the source, drawn by miette.
//!
//! miette gets a small text made for the finding, not the file: it panics on lines past 65,535 columns, never shortens one,
//! and reads the file from its start for each diagnostic. The small text is where control characters are made harmless.

use std::collections::HashMap;
use std::fmt::{self, Display};
use std::io::{self, Write};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use unicode_width::UnicodeWidthStr;

use super::window::{CONTEXT, Window};
use super::{Format, Style, escaped, judges, shown_key, summed_up};
use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::source::Unit;

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
    // a rule says the same on every page, and wrapping costs more than all else here
    let mut wrapped: HashMap<&str, String> = HashMap::new();
    for finding in &report.findings {
        let mut drawn = String::new();
        let help = finding.help.as_deref().map(|help| {
            let wrap = || wrap(help, style.width, HELP);
            &**wrapped.entry(help).or_insert_with(wrap)
        });
        let shown = Shown::new(finding, help, style);
        handler
            .render_report(&mut drawn, &shown)
            .map_err(io::Error::other)?;
        out.write_all(drawn.trim_start_matches('\n').as_bytes())?;
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

/// A finding as miette takes it.
#[derive(Debug)]
struct Shown<'a> {
    finding: &'a Finding,
    message: String,
    help: Option<&'a str>,
    window: Window,
    labels: Vec<LabeledSpan>,
    /// Related places that are not in the window, and the law.
    notes: Vec<String>,
}

impl<'a> Shown<'a> {
    fn new(finding: &'a Finding, help: Option<&'a str>, style: Style<'_>) -> Self {
        let source = &finding.location.source;
        let window = Window::new(
            source,
            finding.location.span,
            style.width.saturating_sub(FRAME).max(24),
        );
        let mut labels = vec![window.label(
            finding.location.span,
            Some(finding.code.name().to_owned()),
            true,
        )];
        let key = finding.key.iter();
        let mut notes: Vec<String> = key.map(|key| format!("key: {}", shown_key(key))).collect();
        for related in &finding.related {
            let here = std::sync::Arc::ptr_eq(&related.location.source, source);
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
            help,
            window,
            labels,
            notes,
        }
    }
}

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code(&self) -> Option<Box<dyn Display + '_>> {
        Some(Box::new(format!(
            "{}[{}/{}]",
            self.finding.severity.name(),
            escaped(&self.finding.rule),
            self.finding.code.name()
        )))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help(&self) -> Option<Box<dyn Display + '_>> {
        Some(Box::new(self.help?))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.window)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
