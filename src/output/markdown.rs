//! Markdown for a reviewer: counts, findings by rule, then by file with links to their lines. The step summary of a CI run, a
//! comment on a pull request.
//!
//! Text from content and packs never becomes markup: it is escaped, or quoted in a code span.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::{
    Format, Style, counted, escaped, lines, number_of, percent_encoded, said, shortened,
    worst_first,
};
use crate::finding::{Finding, Severity};
use crate::lint::Waived;
use crate::report::{Judge, Report};

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    about: "a summary for reviewers: findings by rule and by file, with links to lines",
    write,
};

/// GitHub takes a step summary of 1 MiB; some room is left for the words about what is cut.
const MOST_BYTES: usize = 1_000_000;
/// What tables of rules and of waivers may take of that.
const MOST_OF_A_TABLE: usize = 200_000;
/// Packs that are named.
const MOST_JUDGES: usize = 100;
/// Characters of a finding's text, and of what is said of it.
const LONGEST_TEXT: usize = 120;
const LONGEST_CELL: usize = 1_000;

fn write(report: &Report, style: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut page = format!("## caveat: {}\n\n", counted(report));
    page += &format!(
        "{} checked, judged by {}.",
        number_of(report.files.len(), "file"),
        report.as_of
    );
    match report.waived.len() {
        0 => {}
        1 => page += " 1 finding is waived.",
        waived => page += &format!(" {waived} findings are waived."),
    }
    page.push('\n');
    if !report.findings.is_empty() {
        by_rule(report, &mut page);
    }
    let judged_by = judged_by(report);
    let mut waivers = String::new();
    if style.waived && !report.waived.is_empty() {
        waived(&report.waived, style, &mut waivers);
    }
    if !report.findings.is_empty() {
        let room = MOST_BYTES - page.len() - waivers.len() - judged_by.len();
        by_file(report, style, room, &mut page);
    }
    page += &waivers;
    page += &judged_by;
    out.write_all(page.as_bytes())
}

/// What content was judged by, so that two summaries can be told apart by their rules.
fn judged_by(report: &Report) -> String {
    let judge = |of: &Judge| {
        let name = of.path.as_deref().unwrap_or(&of.name);
        format!(
            "{} {}",
            code(&shortened(name, LONGEST_TEXT)),
            code(&of.hash)
        )
    };
    let judges: Vec<String> = report.judges().take(MOST_JUDGES).map(judge).collect();
    if judges.is_empty() {
        return String::new();
    }
    format!("\nJudged by {}.\n", judges.join(", "))
}

fn by_rule(report: &Report, page: &mut String) {
    let mut rules: BTreeMap<(std::cmp::Reverse<Severity>, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        let key = (std::cmp::Reverse(finding.severity), finding.rule.as_str());
        rules.entry(key).or_default().push(finding);
    }
    let titles: BTreeMap<&str, &str> = report
        .rules
        .iter()
        .map(|rule| (rule.head.id.as_str(), rule.head.title.as_str()))
        .collect();
    *page += "\n| severity | rule | findings | files | law |\n| --- | --- | ---: | ---: | --- |\n";
    let mut rows = Rows::new(MOST_OF_A_TABLE);
    for ((severity, rule), findings) in &rules {
        let paths = findings.iter().map(|of| of.location.source.path());
        let title = match titles.get(rule) {
            Some(title) if !title.is_empty() => format!("<br>{}", cell(title)),
            _ => String::new(),
        };
        let law = findings[0].sources.first();
        rows.add(&format!(
            "| {} | {}{title} | {} | {} | {} |\n",
            severity.0.name(),
            code(rule),
            findings.len(),
            paths.collect::<BTreeSet<_>>().len(),
            law.map_or_else(String::new, |law| cell(&law.citation)),
        ));
    }
    *page += &rows.text;
    if rows.left_out > 0 {
        *page += &format!("\n**{} more rules are not shown.**\n", rows.left_out);
    }
}

/// The findings of each file. Where there is no room for all, the worst are told, each where it belongs.
fn by_file(report: &Report, style: Style<'_>, room: usize, page: &mut String) {
    let mut kept: BTreeMap<usize, String> = BTreeMap::new();
    let mut heads: BTreeSet<&str> = BTreeSet::new();
    let (mut size, mut left_out) = (500, 0);
    for at in worst_first(report) {
        let finding = &report.findings[at];
        let row = row(finding, style);
        let path = finding.location.source.path();
        size += row.len();
        if !heads.contains(path) {
            size += head(path, style).len();
        }
        if size > room {
            left_out = report.findings.len() - kept.len();
            break;
        }
        heads.insert(path);
        kept.insert(at, row);
    }
    if left_out > 0 {
        *page += &format!(
            "\n**{left_out} of {} findings are not shown here, the mildest: a summary holds 1 MiB. The counts above are of all.**\n",
            report.findings.len()
        );
    }
    let mut last = None;
    for (at, row) in kept {
        let path = report.findings[at].location.source.path();
        if last != Some(path) {
            *page += &head(path, style);
            last = Some(path);
        }
        *page += &row;
    }
}

fn head(path: &str, style: Style<'_>) -> String {
    format!(
        "\n### [{}]({}{})\n\n| line | severity | finding |\n| ---: | --- | --- |\n",
        cell(path),
        style.link_base,
        percent_encoded(path)
    )
}

fn row(finding: &Finding, style: Style<'_>) -> String {
    let mut says = format!("{} {}", code(&finding.rule), cell(&said(finding)));
    let text = finding.location.text();
    if !text.trim().is_empty() {
        says += &format!("<br>{}", code(&shortened(&escaped(text), LONGEST_TEXT)));
    }
    if let Some(help) = &finding.help {
        says += &format!("<br>{}", cell(help));
    }
    format!(
        "| {} | {} | {says} |\n",
        link(finding, style),
        finding.severity.name()
    )
}

fn link(finding: &Finding, style: Style<'_>) -> String {
    let path = percent_encoded(finding.location.source.path());
    let (line, last) = lines(&finding.location);
    let to = if last > line {
        format!("#L{line}-L{last}")
    } else {
        format!("#L{line}")
    };
    format!("[{line}]({}{path}{to})", style.link_base)
}

fn waived(all: &[Waived], style: Style<'_>, page: &mut String) {
    *page += "\n### Waived\n\n| place | rule | reason | owner | until |\n| --- | --- | --- | --- | --- |\n";
    let mut rows = Rows::new(MOST_OF_A_TABLE);
    for waived in all {
        rows.add(&format!(
            "| {} {} | {} | {} | {} | {} |\n",
            cell(waived.finding.location.source.path()),
            link(&waived.finding, style),
            code(&waived.finding.rule),
            cell(&waived.reason),
            waived.owner.as_deref().map(cell).unwrap_or_default(),
            waived
                .expires
                .map(|day| day.to_string())
                .unwrap_or_default(),
        ));
    }
    *page += &rows.text;
    if rows.left_out > 0 {
        *page += &format!("\n**{} more are not shown.**\n", rows.left_out);
    }
}

/// Rows of a table as long as there is room.
struct Rows {
    text: String,
    room: usize,
    left_out: usize,
}

impl Rows {
    fn new(room: usize) -> Self {
        Self {
            text: String::new(),
            room,
            left_out: 0,
        }
    }

    fn add(&mut self, row: &str) {
        if self.left_out > 0 || self.text.len() + row.len() > self.room {
            self.left_out += 1;
        } else {
            self.text += row;
        }
    }
}

/// A text for a cell of a table.
fn cell(text: &str) -> String {
    plain(&shortened(&escaped(text), LONGEST_CELL))
}

/// A text that no Markdown makes anything of: its signs are escaped. A person, an issue or an address that it names is not linked.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let between_words = matches!(
            c,
            '-' | '.' | ',' | '\'' | '"' | '(' | ')' | '/' | '?' | '%' | ';' | '=' | '$'
        );
        // these mean something only where a line begins
        let begins = at == 0 && matches!(c, '-' | '=');
        if c.is_ascii_punctuation() && (!between_words || begins) {
            out.push('\\');
        }
        out.push(c);
    }
    // an address without its scheme is linked as well
    out.replace("www.", "www\\.")
}

/// A text as code, for a line or a cell: nothing in it is markup, and it ends where it should.
pub(super) fn code(text: &str) -> String {
    let text = escaped(text);
    if text.contains('|') {
        // a cell ends at a bar in a code span, and what escapes the bar there is shown
        return format!("<code>{}</code>", plain(&text));
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}
