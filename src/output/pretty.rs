//! For people: each finding with its place in the source, drawn by miette.
//!
//! miette gets a small text made for the finding, not the file: it panics on lines past 65,535 columns, never shortens one,
//! and reads the file from its start for each diagnostic. The small text is where control characters are made harmless.

use std::collections::HashMap;
use std::fmt::{self, Display};
use std::io::{self, Write};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};

use unicode_width::UnicodeWidthStr;

use super::{Format, Style, escaped, judges, shown_key, summed_up, unsafe_to_show};
use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::source::{Source, Span, Unit};

pub(super) const FORMAT: Format = Format {
    name: "pretty",
    about: "for people: each finding with its place in the source",
    write,
};

/// Lines shown before and after, and lines of a finding that are shown at most.
const CONTEXT: u32 = 1;
const MOST_LINES: u32 = 6;
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

/// The lines round a finding, shortened to the terminal, with control characters made harmless.
#[derive(Debug)]
struct Window {
    name: String,
    text: String,
    /// (byte of the source, byte of `text`), one for each character shown, in order.
    map: Vec<(u32, usize)>,
    /// What of the source is shown.
    span: Span,
    /// First line, 0-based.
    first: usize,
    /// Line and column of the finding, 0-based.
    at: (usize, usize),
}

impl Window {
    fn new(source: &Source, span: Span, width: usize) -> Self {
        let at = source.position(span.start, Unit::Char);
        let last = source
            .position(span.end.max(span.start + 1) - 1, Unit::Char)
            .line
            .max(at.line);
        let from = at.line.saturating_sub(CONTEXT).max(1);
        let to = (last.min(at.line + MOST_LINES) + CONTEXT).min(source.line_count());
        let mut window = Self {
            name: escaped(source.path()),
            text: String::new(),
            map: Vec::new(),
            span: Span {
                start: source.line(from).start,
                end: source.line(to).end,
            },
            first: from as usize - 1,
            at: (at.line as usize - 1, at.column as usize - 1),
        };
        for line in from..=to {
            let whole = source.line(line);
            let focus = if whole.start <= span.start && span.start <= whole.end {
                Some(span)
            } else {
                None
            };
            window.line(source, whole, focus, width);
        }
        window
    }

    /// Adds a line, shortened round what it is about. `width` counts columns of the terminal.
    fn line(&mut self, source: &Source, line: Span, focus: Option<Span>, width: usize) {
        let part = near(source, line, focus, width);
        let signs: Vec<Sign> = signs(source.slice(part), part.start);
        let columns = |of: &[Sign]| of.iter().map(|sign| sign.columns).sum::<usize>();
        let (mut first, mut last) = (0, signs.len());
        if columns(&signs) > width {
            let number = |at: u32| signs.partition_point(|sign| sign.at < at);
            let begin = focus.map_or(0, |span| number(span.start));
            let end = focus.map_or(0, |span| number(span.end.min(line.end)));
            // what it is about stands in the middle, or fills the line
            let room = width.saturating_sub(columns(&signs[begin..end.max(begin)])) / 2;
            let mut left = room.max(8);
            first = begin;
            while first > 0 && signs[first - 1].columns <= left {
                first -= 1;
                left -= signs[first].columns;
            }
            let mut left = width;
            last = first;
            while last < signs.len() && signs[last].columns <= left {
                left -= signs[last].columns;
                last += 1;
            }
        }
        if first > 0 || part.start > line.start {
            self.text.push('…');
        }
        for sign in &signs[first..last] {
            self.map.push((sign.at, self.text.len()));
            self.text.push_str(&sign.shown);
        }
        // beyond what is shown nothing has a place of its own
        let end = signs.get(last).map_or(part.end, |sign| sign.at);
        self.map.push((end, self.text.len()));
        if last < signs.len() || part.end < line.end {
            self.text.push('…');
        }
        self.text.push('\n');
    }

    /// Whether a span begins in what is shown.
    fn holds(&self, span: Span) -> bool {
        let nearest = self.map.partition_point(|(at, _)| *at < span.start);
        self.span.start <= span.start
            && span.start <= self.span.end
            && self
                .map
                .get(nearest)
                .is_some_and(|(at, _)| *at == span.start)
    }

    fn shown(&self, at: u32) -> usize {
        let nearest = self.map.partition_point(|(of, _)| *of < at);
        self.map
            .get(nearest)
            .or(self.map.last())
            .map_or(0, |(_, shown)| *shown)
    }

    fn label(&self, span: Span, label: Option<String>, primary: bool) -> LabeledSpan {
        let start = self.shown(span.start);
        // a label over more lines than are shown ends with the last of them
        let end = self.shown(span.end.min(self.span.end)).max(start);
        let of = SourceSpan::from((start, end - start));
        if primary {
            LabeledSpan::new_primary_with_span(label, of)
        } else {
            LabeledSpan::new_with_span(label, of)
        }
    }
}

impl SourceCode for Window {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let name = self.name.clone();
        if before == 0 && after == 0 {
            // asked for the place in the head line, which is the place in the file
            let data = self
                .text
                .as_bytes()
                .get(span.offset()..span.offset() + span.len())
                .unwrap_or_default();
            return Ok(Box::new(MietteSpanContents::new_named(
                name, data, *span, self.at.0, self.at.1, 1,
            )));
        }
        let whole = SourceSpan::from((0, self.text.len()));
        Ok(Box::new(MietteSpanContents::new_named(
            name,
            self.text.as_bytes(),
            whole,
            self.first,
            0,
            self.text.lines().count(),
        )))
    }
}

/// Of a very long line the part that can be shown at all.
fn near(source: &Source, line: Span, focus: Option<Span>, width: usize) -> Span {
    let reach = u32::try_from(width * 8).unwrap_or(u32::MAX);
    let from = focus.map_or(line.start, |span| span.start);
    let mut part = Span {
        start: from.saturating_sub(reach).max(line.start),
        end: from.saturating_add(reach).min(line.end),
    };
    while !source.text().is_char_boundary(part.start as usize) {
        part.start += 1;
    }
    while !source.text().is_char_boundary(part.end as usize) {
        part.end -= 1;
    }
    part
}

/// One character of a source as a terminal shows it.
struct Sign {
    /// Its byte in the source.
    at: u32,
    shown: String,
    columns: usize,
}

fn signs(text: &str, start: u32) -> Vec<Sign> {
    let sign = |(at, c): (usize, char)| {
        let shown = match c {
            '\t' => "    ".to_owned(),
            '\u{feff}' => String::new(),
            _ if unsafe_to_show(c) => c.escape_unicode().to_string(),
            _ => c.to_string(),
        };
        Sign {
            at: start + Span::new(at, at).start,
            columns: shown.width(),
            shown,
        }
    };
    text.char_indices().map(sign).collect()
}
