//! Waivers: comments in content and `[[waiver]]` in config. Each needs a reason; a waived finding is kept and counted.

use std::cell::Cell;
use std::sync::Arc;

use jiff::civil::Date;

use super::Facts;
use crate::document::Document;
use crate::finding::{Code, Finding, Severity};
use crate::keys::suggestion;
use crate::rule::Globs;
use crate::source::{Location, Unit};

/// The rule of findings about waivers.
const RULE: &str = "caveat/suppression";

/// What stands where a reason is still to be given: no reason.
pub const NO_REASON: &str = "TODO: why";

/// A waiver of config.
#[derive(Debug)]
pub struct Waiver {
    /// Which rule: an id, `pack/*`.
    pub rule: String,
    /// For which paths, from the project's root; none for all.
    pub path: Option<Globs>,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Last day on which it holds.
    pub expires: Option<Date>,
    /// Where it stands in caveat.toml.
    pub location: Location,
}

/// A finding that someone waived.
#[derive(Debug, Clone)]
pub struct Waived {
    /// The finding.
    pub finding: Finding,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Last day on which it is waived.
    pub expires: Option<Date>,
    /// Where the waiver stands.
    pub by: Location,
}

/// Findings, parted into those that stand and those that are waived.
#[derive(Debug, Clone, Default)]
pub struct Suppressed {
    /// Those that stand, and those about the waivers themselves.
    pub findings: Vec<Finding>,
    /// Those that are waived.
    pub waived: Vec<Waived>,
    /// Waivers of config that waived something, by number.
    pub used: Vec<usize>,
}

/// A comment that waives.
struct Directive {
    rules: Vec<String>,
    reason: String,
    until: Option<Date>,
    /// First and last line, 1-based, inclusive.
    lines: (u32, u32),
    /// The comment: in the page, or in a file that it brings in.
    place: Location,
    used: Cell<bool>,
}

/// Parts findings by the comments of a document and the waivers of config. `known` says whether a rule id is one,
/// `active` whether a rule runs, so that its waivers can be called unused.
#[must_use]
pub fn suppress(
    findings: Vec<Finding>,
    document: &Document,
    facts: &Facts,
    waivers: &[Waiver],
    known: &dyn Fn(&str) -> bool,
    active: &dyn Fn(&str) -> bool,
    ids: &[&str],
) -> Suppressed {
    let mut out = Suppressed::default();
    let directives = directives(document, facts, known, ids, &mut out.findings);
    for finding in findings {
        let of = &finding.location.source;
        let line = of.position(finding.location.span.start, Unit::Byte).line;
        let own = directives.iter().find(|directive| {
            Arc::ptr_eq(&directive.place.source, of)
                && directive.lines.0 <= line
                && line <= directive.lines.1
                && directive
                    .rules
                    .iter()
                    .any(|rule| picks(rule, &finding.rule))
        });
        if let Some(directive) = own {
            directive.used.set(true);
            out.waived.push(Waived {
                finding,
                reason: directive.reason.clone(),
                owner: None,
                expires: directive.until,
                by: directive.place.clone(),
            });
            continue;
        }
        let config = waivers.iter().position(|waiver| {
            picks(&waiver.rule, &finding.rule)
                && waiver.path.as_ref().is_none_or(|path| {
                    path.matches(&facts.path) || path.matches(finding.location.source.path())
                })
                && waiver.expires.is_none_or(|last| facts.as_of <= last)
                && !waiver.reason.trim().is_empty()
        });
        match config {
            Some(at) => {
                let waiver = &waivers[at];
                out.used.push(at);
                out.waived.push(Waived {
                    finding,
                    reason: waiver.reason.clone(),
                    owner: waiver.owner.clone(),
                    expires: waiver.expires,
                    by: waiver.location.clone(),
                });
            }
            None => out.findings.push(finding),
        }
    }
    for directive in directives.iter().filter(|directive| {
        !directive.used.get()
            && Arc::ptr_eq(&directive.place.source, &document.source)
            && directive.rules.iter().all(|rule| active(rule))
    }) {
        let message = format!(
            "nothing to waive: `{}` finds nothing here",
            directive.rules.join(", ")
        );
        out.findings.push(about(
            directive.place.clone(),
            Severity::Warning,
            message,
            Some("take the comment out".to_owned()),
        ));
    }
    super::sort(&mut out.findings);
    out
}

fn picks(selector: &str, rule: &str) -> bool {
    selector == rule
        || selector.strip_suffix("/*").is_some_and(|pack| {
            rule.split_once('/')
                .is_some_and(|(of, _)| of == pack && of != "caveat")
        })
}

/// A finding about a waiver.
#[must_use]
fn about(location: Location, severity: Severity, message: String, help: Option<String>) -> Finding {
    Finding {
        rule: RULE.to_owned(),
        code: Code::Suppression,
        severity,
        message,
        help,
        location,
        key: None,
        related: Vec::new(),
        sources: Vec::new(),
        fix: None,
    }
}

/// A finding about a waiver of config.
#[must_use]
pub fn about_waiver(waiver: &Waiver, severity: Severity, message: String) -> Finding {
    Finding {
        rule: RULE.to_owned(),
        code: Code::Suppression,
        severity,
        message,
        help: None,
        location: waiver.location.clone(),
        key: None,
        related: Vec::new(),
        sources: Vec::new(),
        fix: None,
    }
}

/// What is wrong with a comment, and how to mend it.
type Mistake = (String, Option<String>);

/// The comments of a document that waive rightly; those that do not are reported.
fn directives(
    document: &Document,
    facts: &Facts,
    known: &dyn Fn(&str) -> bool,
    ids: &[&str],
    findings: &mut Vec<Finding>,
) -> Vec<Directive> {
    let mut all: Vec<Directive> = Vec::new();
    // what is disabled and may be enabled again: the rules, and the directive if it was right
    let mut open: Vec<(Vec<String>, Option<usize>)> = Vec::new();
    for comment in &document.comments {
        let body = document.slice(comment.body).trim();
        let Some(rest) = body.strip_prefix("caveat-") else {
            continue;
        };
        let (verb, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let (names, reason) = rest.split_once(':').unwrap_or((rest, ""));
        let rules: Vec<String> = names
            .split([',', ' ', '\n', '\t', '\r'])
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        let place = document.locate(comment.span);
        let read = if verb == "enable" {
            enable(&rules, &place, &mut open, &mut all)
        } else {
            reach(verb, &place).and_then(|lines| {
                if verb == "disable" {
                    open.push((rules.clone(), None));
                }
                let (reason, until) = waived(&rules, reason, facts, known, ids)?;
                if let Some((_, directive)) = open.last_mut().filter(|_| verb == "disable") {
                    *directive = Some(all.len());
                }
                all.push(Directive {
                    rules,
                    reason,
                    until,
                    lines,
                    place: place.clone(),
                    used: Cell::new(false),
                });
                Ok(())
            })
        };
        if let Err((message, help)) = read {
            findings.push(about(place, Severity::Error, message, help));
        }
    }
    all
}

/// Ends what these rules were disabled by; all of it when none is named.
fn enable(
    rules: &[String],
    place: &Location,
    open: &mut Vec<(Vec<String>, Option<usize>)>,
    all: &mut [Directive],
) -> Result<(), Mistake> {
    let last = lines_of(place).1;
    let before = open.len();
    open.retain(|(disabled, directive)| {
        let ends = rules.is_empty() || disabled.iter().any(|rule| rules.contains(rule));
        if let Some(at) = directive.filter(|_| ends) {
            all[at].lines.1 = last;
        }
        !ends
    });
    if open.len() < before {
        return Ok(());
    }
    Err((
        "nothing is disabled here that could be enabled".to_owned(),
        None,
    ))
}

/// The first and the last line that a verb reaches over, 1-based.
fn reach(verb: &str, place: &Location) -> Result<(u32, u32), Mistake> {
    let source = &place.source;
    let (first, last) = lines_of(place);
    match verb {
        "disable-next-line" => {
            let filled = |line: &u32| !source.slice(source.line(*line)).trim().is_empty();
            let next = (last + 1..=source.line_count())
                .find(filled)
                .unwrap_or(last + 1);
            Ok((next, next))
        }
        "disable-line" => Ok((first, last)),
        "disable" => Ok((first, u32::MAX)),
        "disable-file" => Ok((1, u32::MAX)),
        _ => {
            let verbs = [
                "disable-next-line",
                "disable-line",
                "disable",
                "disable-file",
                "enable",
            ];
            Err((
                format!("`caveat-{verb}` is not known"),
                Some(suggestion(verb, &verbs)),
            ))
        }
    }
}

/// The reason of a waiver and its last day.
fn waived(
    rules: &[String],
    reason: &str,
    facts: &Facts,
    known: &dyn Fn(&str) -> bool,
    ids: &[&str],
) -> Result<(String, Option<Date>), Mistake> {
    let names = rules.join(", ");
    if rules.is_empty() {
        return Err((
            "no rule is named: write `caveat-disable-next-line RULE: reason`".to_owned(),
            None,
        ));
    }
    if let Some(rule) = rules.iter().find(|rule| !known(rule)) {
        return Err((
            format!("there is no rule `{rule}`"),
            Some(suggestion(rule, ids)),
        ));
    }
    let (reason, until) = match reason.rsplit_once(" until ") {
        Some((reason, day)) => match day.trim().parse::<Date>() {
            Ok(day) => (reason, Some(day)),
            Err(_) if day.trim().starts_with(|c: char| c.is_ascii_digit()) => {
                let message = format!("`{}` is no date: write `until 2027-01-31`", day.trim());
                return Err((message, None));
            }
            Err(_) => (reason, None),
        },
        None => (reason, None),
    };
    // what an editor put there is for someone to replace
    if reason.trim().is_empty() || reason.trim() == NO_REASON {
        return Err((
            format!("`{names}` is waived without a reason, so it is not waived"),
            Some("write why after a colon: `caveat-disable RULE: reason`".to_owned()),
        ));
    }
    if let Some(day) = until.filter(|day| *day < facts.as_of) {
        return Err((format!("the waiver of `{names}` expired on {day}"), None));
    }
    Ok((reason.trim().to_owned(), until))
}

/// The first and the last line of a place, 1-based.
fn lines_of(place: &Location) -> (u32, u32) {
    let line = |at: u32| place.source.position(at, Unit::Byte).line;
    let span = place.span;
    (
        line(span.start),
        line(span.end.saturating_sub(1).max(span.start)),
    )
}
