//! The shelf of output formats: Report → bytes.

mod checkstyle;
mod concise;
mod github;
mod gitlab;
mod json;
mod jsonl;
mod junit;
mod markdown;
#[cfg(feature = "cli")]
mod pretty;
mod rdjson;
mod sarif;
mod window;
mod xml;

use std::io::{self, Write};

use crate::finding::{Finding, Severity};
use crate::report::{Judge, Report};
use crate::source::{Location, Position, Unit};

/// One format.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// What it is for, in one sentence.
    pub about: &'static str,
    /// Writes a report.
    pub write: fn(&Report, Style<'_>, &mut dyn Write) -> io::Result<()>,
}

/// Every format.
pub const FORMATS: &[Format] = &[
    #[cfg(feature = "cli")]
    pretty::FORMAT,
    concise::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    sarif::FORMAT,
    github::FORMAT,
    gitlab::FORMAT,
    junit::FORMAT,
    checkstyle::FORMAT,
    rdjson::FORMAT,
    markdown::FORMAT,
];

/// How a report is wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style<'a> {
    /// Whether to colour.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether to write findings only, and nothing when there is none.
    pub quiet: bool,
    /// Whether to write what is waived too, where the format leaves it out otherwise and has a place for it.
    pub waived: bool,
    /// What links to files begin with: the address of the folder that paths are relative to, or nothing.
    pub link_base: &'a str,
}

/// The format of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Text from content or a pack, made safe for a terminal: control characters and those that turn the line about are escaped.
#[must_use]
pub fn escaped(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => safe.push(' '),
            _ if unsafe_to_show(c) => safe.extend(c.escape_unicode()),
            _ => safe.push(c),
        }
    }
    safe
}

/// A key path, made safe and short: in PO it may be a whole paragraph.
fn shown_key(key: &str) -> String {
    const LONGEST: usize = 60;
    shortened(&escaped(key), LONGEST)
}

/// What a finding says, with the key path that it lies in, safe to show.
fn said(finding: &Finding) -> String {
    let key = finding.key.as_deref();
    let key = key.map_or_else(String::new, |key| format!(" (in `{}`)", shown_key(key)));
    format!("{}{key}", escaped(&finding.message))
}

/// What a finding says and how to mend it, for formats with one text a finding.
fn said_with_help(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}: {}", said(finding), escaped(help)),
        None => said(finding),
    }
}

/// `rule/code`: what is broken and how.
fn rule_and_code(finding: &Finding) -> String {
    format!("{}/{}", escaped(&finding.rule), finding.code.name())
}

/// Where a place begins, and one past where it ends.
fn ends(of: &Location, unit: Unit) -> (Position, Position) {
    let at = |offset| of.source.position(offset, unit);
    (at(of.span.start), at(of.span.end))
}

/// The first and the last line that a place has a part of.
fn lines(of: &Location) -> (u32, u32) {
    let (start, end) = ends(of, Unit::Char);
    // a place that ends with a line's end has nothing on the next line
    let last = end.line - u32::from(end.column == 1 && end.line > start.line);
    (start.line, last)
}

/// At most so many characters of a text, with an ellipsis where it is cut.
fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}

/// A path as part of a URI: everything but letters, digits, `-._~` and `/` percent-encoded.
fn percent_encoded(path: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The numbers of the findings, the worst first; those that are as bad stay in their order.
fn worst_first(report: &Report) -> Vec<usize> {
    let mut order: Vec<usize> = (0..report.findings.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(report.findings[*at].severity));
    order
}

/// How many findings there are, in words.
fn counted(report: &Report) -> String {
    let counts = report.counts();
    let found: Vec<String> = [
        (counts.errors, Severity::Error),
        (counts.warnings, Severity::Warning),
        (counts.notes, Severity::Note),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, severity)| number_of(count, severity.name()))
    .collect();
    if found.is_empty() {
        "nothing found".to_owned()
    } else {
        found.join(", ")
    }
}

/// `1 file`, `2 files`.
fn number_of(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

/// What a run did, in one line.
fn summed_up(report: &Report) -> String {
    let known = report.baselined.as_ref().map_or(0, Vec::len);
    let besides: Vec<String> = [(report.waived.len(), "waived"), (known, "in the baseline")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let besides = match besides.is_empty() {
        true => String::new(),
        false => format!(" ({})", besides.join(", ")),
    };
    let files = number_of(report.files.len(), "file");
    format!("{files} checked: {}{besides}", counted(report))
}

/// Each pack and caveat.toml, with the first digits of its hash, so that two reports can be told apart by their rules.
fn judges(report: &Report) -> Vec<String> {
    /// Of the 32 digits: enough to tell the versions of a file apart.
    const DIGITS: usize = 12;
    let judge = |of: &Judge| {
        let name = of.path.as_deref().unwrap_or(&of.name);
        let hash = of.hash.get(..DIGITS).unwrap_or(&of.hash);
        format!("{} {hash}", escaped(name))
    };
    if report.files.is_empty() {
        return Vec::new();
    }
    report.judges().map(judge).collect()
}

/// What content was judged by, in one line: each pack and caveat.toml, with the first digits of its hash. None where nothing was
/// checked.
#[must_use]
pub fn judged_by(report: &Report) -> Option<String> {
    let judges = judges(report);
    (!judges.is_empty()).then(|| judges.join(", "))
}

fn unsafe_to_show(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
