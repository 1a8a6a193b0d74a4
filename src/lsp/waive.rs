//! The comment that waives a finding, in the form of the page's syntax. Each is tried first: it is offered where it waives the finding
//! and changes nothing that a reader sees.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::finding::{Code, Edit, Finding};
use crate::lint::NO_REASON;
use crate::project::{Page, Project};
use crate::source::{Location, Source, Span, Unit};
use crate::syntax::{self, Wraps};

/// The edits that waive a finding of a page, with a reason that someone must still give. None where no comment can.
pub(super) fn waiver(
    project: &Project,
    page: &Page,
    path: &Path,
    finding: &Finding,
) -> Option<Vec<Edit>> {
    let source = &finding.location.source;
    if finding.rule.starts_with("caveat/") || finding.location.span.is_empty() {
        return None;
    }
    let wraps = syntax::of_path(path)?.comment?;
    let forms = [
        next_line(source, finding, wraps),
        same_line(source, finding, wraps),
        around(project, source, path, finding, wraps),
    ];
    let tried = forms.into_iter().flatten().find(|edits| {
        let text = with(source, edits, "tried");
        waives(project, page, source, &text, path, finding)
    })?;
    let finished = |(at, text): (usize, String)| Edit {
        location: Location::new(source, Span::new(at, at)),
        text: text.replace(REASON, NO_REASON),
    };
    Some(tried.into_iter().map(finished).collect())
}

/// What stands for the reason while a form is put together.
const REASON: &str = "\0";

type Insert = (usize, String);

fn comment(wraps: Wraps, verb: &str, rule: &str, reason: bool) -> String {
    let reason = if reason {
        format!(": {REASON}")
    } else {
        String::new()
    };
    format!(
        "{}caveat-{verb} {rule}{reason}{}",
        wraps.before, wraps.after
    )
}

fn line_of(source: &Source, at: u32) -> u32 {
    source.position(at, Unit::Byte).line
}

/// What begins a line before its words: white space, the signs of quotations.
fn lead(line: &str) -> &str {
    let words = line
        .find(|c: char| !c.is_whitespace() && c != '>')
        .unwrap_or(0);
    &line[..words]
}

fn newline(source: &Source) -> &'static str {
    if source.text().contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    }
}

/// A line of its own before a line.
fn before(source: &Source, line: u32, comment: &str, wraps: Wraps) -> Insert {
    let at = source.line(line);
    let lead = lead(source.slice(at));
    let line = newline(source);
    let blank = if wraps.apart { line } else { "" };
    (at.start as usize, format!("{lead}{comment}{line}{blank}"))
}

/// On the line before the finding.
fn next_line(source: &Source, finding: &Finding, wraps: Wraps) -> Option<Vec<Insert>> {
    let line = line_of(source, finding.location.span.start);
    let comment = comment(wraps, "disable-next-line", &finding.rule, true);
    Some(vec![before(source, line, &comment, wraps)])
}

/// At the end of the line of the finding, where comments stand in text.
fn same_line(source: &Source, finding: &Finding, wraps: Wraps) -> Option<Vec<Insert>> {
    if wraps.after.is_empty() {
        return None;
    }
    let line = source.line(line_of(source, finding.location.span.start));
    let comment = comment(wraps, "disable-line", &finding.rule, true);
    Some(vec![(line.end as usize, format!(" {comment}"))])
}

/// Before the block that the finding stands in, and an end of the waiver after it.
fn around(
    project: &Project,
    source: &Arc<Source>,
    path: &Path,
    finding: &Finding,
    wraps: Wraps,
) -> Option<Vec<Insert>> {
    let (document, _) = project.document(source, path).ok()?;
    let at = finding.location.span;
    let block = document
        .blocks
        .iter()
        .find(|block| block.span.start <= at.start && at.start < block.span.end)?;
    let first = line_of(source, block.span.start);
    let last = source.line(line_of(source, block.span.end.saturating_sub(1)));
    let (open, close) = (
        comment(wraps, "disable", &finding.rule, true),
        comment(wraps, "enable", &finding.rule, false),
    );
    let lead = lead(source.slice(source.line(first)));
    let line = newline(source);
    let blank = if wraps.apart { line } else { "" };
    Some(vec![
        before(source, first, &open, wraps),
        (last.end as usize, format!("{line}{blank}{lead}{close}")),
    ])
}

fn with(source: &Source, inserts: &[Insert], reason: &str) -> String {
    let mut text = source.text().to_owned();
    let mut inserts: Vec<&Insert> = inserts.iter().collect();
    inserts.sort();
    for (at, new) in inserts.into_iter().rev() {
        text.insert_str(*at, &new.replace(REASON, reason));
    }
    text
}

/// Whether the finding is waived in this text and everything else is as it was.
fn waives(
    project: &Project,
    page: &Page,
    source: &Arc<Source>,
    text: &str,
    path: &Path,
    finding: &Finding,
) -> bool {
    let after = project.page(text, path);
    let (Ok(before), Ok(after)) = (&page.result, &after.result) else {
        return false;
    };
    let mut left = counted(&before.suppressed.findings);
    let key = (finding.rule.as_str(), finding.code);
    let Some(count) = left.get_mut(&key) else {
        return false;
    };
    *count -= 1;
    let now = counted(&after.suppressed.findings);
    let fewer = now
        .iter()
        .all(|(key, count)| left.get(key).is_some_and(|most| count <= most));
    let waived = after.suppressed.waived.len() > before.suppressed.waived.len();
    let new = Arc::new(Source::new(source.path(), text));
    fewer && waived && seen(project, source, path) == seen(project, &new, path)
}

fn counted(findings: &[Finding]) -> BTreeMap<(&str, Code), usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts
            .entry((finding.rule.as_str(), finding.code))
            .or_default() += 1;
    }
    counts
}

/// What a reader sees, block by block.
fn seen(project: &Project, source: &Arc<Source>, path: &Path) -> Option<Vec<String>> {
    let (document, _) = project.document(source, path).ok()?;
    let words = |block: &crate::document::Block| {
        format!(
            "{:?} {}",
            block.kind,
            document.text.words(block.passage).trim()
        )
    };
    Some(document.blocks.iter().map(words).collect())
}
