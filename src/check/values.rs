//! The values in approved texts: filled in, in range, and those that `[values]` of caveat.toml gives, the same and not too old.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;

use super::Scope;
use super::alteration::{approved_at, fix};
use super::translated::Text;
use crate::finding::{Code, Finding, Fix, Related, Safety, Severity};
use crate::source::{Location, Span};
use crate::text::{Filled, Found, Lack, Stream, registered};

/// A value of `[values]` in caveat.toml.
#[derive(Debug, Clone)]
pub struct HouseValue {
    /// As it is written.
    pub text: String,
    /// The day it is of.
    pub as_of: Option<Date>,
    /// How many days old it may be.
    pub max_age: Option<i64>,
    /// Where it stands.
    pub location: Location,
}

impl HouseValue {
    /// What is wrong with its age on a day: how a sentence about it goes on, and whether it is of a day to come.
    fn age(&self, day: Date) -> Option<(String, bool)> {
        let as_of = self.as_of?;
        let age = day
            .since(as_of)
            .map_or(i64::MAX, |age| i64::from(age.get_days()));
        if age < 0 {
            return Some((
                format!("is of {as_of}: what it was on {day} is not known"),
                true,
            ));
        }
        let most = self.max_age.filter(|most| age > *most)?;
        Some((
            format!("is of {as_of}, {age} days old, and may be {most}"),
            false,
        ))
    }
}

/// What is wrong with the values of the texts that stand word for word, wherever they stand. A value of the house that is too old is
/// told once on each page that shows it: the number there is what a reader is told.
pub(super) fn judged(scope: &Scope<'_>, stream: &Stream<'_>, texts: &[Text<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut told = BTreeSet::new();
    for (_, text, location) in texts.iter().filter(|(_, text, _)| text.has_slots()) {
        for found in text.all(stream) {
            match found {
                Found::Exact { words, values, .. } => {
                    scope.page.settle(stream.span(&words));
                    let wrong = values
                        .iter()
                        .filter_map(|of| against(scope, stream, of, &mut told));
                    findings.extend(
                        wrong.map(|finding| placed(scope, stream, finding, &words, location)),
                    );
                }
                Found::Value {
                    words,
                    value,
                    message,
                    lack,
                } => {
                    scope.page.settle(stream.span(&words));
                    let finding = lacking(scope, stream, &value, &message, lack);
                    findings.push(placed(scope, stream, finding, &words, location));
                }
                Found::Near(_) => {}
            }
        }
    }
    findings
}

fn placed(
    scope: &Scope<'_>,
    stream: &Stream<'_>,
    mut finding: Finding,
    words: &Range<usize>,
    location: &Location,
) -> Finding {
    finding
        .related
        .push(scope.related("in this text", stream.span(words)));
    finding.related.push(approved_at(location));
    finding
}

/// The finding for a value that is not there, or out of its range.
fn lacking(
    scope: &Scope<'_>,
    stream: &Stream<'_>,
    value: &Range<usize>,
    message: &str,
    lack: Lack,
) -> Finding {
    let span = match lack {
        Lack::Unfilled => with_signs(scope, stream, value),
        _ => stream.span(value),
    };
    let document = scope.page.document;
    let written = document.slice(span);
    // strings of an app are filled in when it runs
    let at_run_time = document.keys.is_some() && written.starts_with(['{', '$', '%']);
    let unresolved = document.unresolved.iter().any(|of| of.span.overlaps(span));
    match lack {
        Lack::Outside => scope.finding(Code::Stale, span, Some(message)),
        Lack::Several => scope.finding(Code::Altered, span, Some(message)),
        Lack::Unfilled if !at_run_time && !unresolved => {
            scope.finding(Code::Altered, span, Some(message))
        }
        Lack::Unfilled | Lack::Undecided => {
            let message = "what a program puts in the place of the value is not known";
            scope.finding(Code::Unverifiable, span, Some(message))
        }
    }
}

/// The place of a value, with the signs before it that are no words: `[●]%`, `__%`, `<percentage>%`.
fn with_signs(scope: &Scope<'_>, stream: &Stream<'_>, value: &Range<usize>) -> Span {
    const LONGEST: usize = 60;
    let span = stream.span(value);
    let Some(before) = value.start.checked_sub(1) else {
        return span;
    };
    let left = stream.span(&(before..value.start));
    let same = stream.place(before).map(|(block, _)| block)
        == stream.place(value.start).map(|(block, _)| block);
    if !same || left.end > span.start || (span.start - left.end) as usize > LONGEST {
        return span;
    }
    let between = scope.page.document.slice(Span {
        start: left.end,
        end: span.start,
    });
    let signs = between.trim_start_matches(|c: char| c.is_whitespace() || ".,;:*\"'()".contains(c));
    if signs.trim().is_empty() {
        return span;
    }
    let length = u32::try_from(signs.len()).unwrap_or_default();
    Span {
        start: span.start - length,
        end: span.end,
    }
}

/// What is wrong with a value that must be one of the house.
fn against(
    scope: &Scope<'_>,
    stream: &Stream<'_>,
    filled: &Filled,
    told: &mut BTreeSet<String>,
) -> Option<Finding> {
    let name = filled.name.as_ref()?;
    let house = scope.page.library.values.get(name)?;
    let want = registered(&house.text)?;
    let age = house.age(scope.page.facts.as_of);
    let (low, high) = filled.numbers;
    let holds = (low, high) == want || (low < high && low <= want.0 && want.1 <= high);
    let span = stream.span(&filled.digits);
    let at_home = Related {
        message: format!("`{name}` is set here"),
        location: house.location.clone(),
    };
    if holds {
        let (said, to_come) = age.filter(|_| told.insert(name.clone()))?;
        let code = if to_come {
            Code::Unverifiable
        } else {
            Code::Stale
        };
        let mut finding = scope.finding(code, span, Some(&format!("`{name}` {said}")));
        if to_come {
            finding.severity = finding.severity.min(Severity::Warning);
        }
        finding.related.push(at_home);
        return Some(finding);
    }
    let written = scope.page.document.slice(span);
    let of = house
        .as_of
        .map(|day| format!(" (of {day})"))
        .unwrap_or_default();
    let mut said = format!(
        "the page says {written}, and `{name}` is {}{of}",
        house.text
    );
    if let Some((age, _)) = &age {
        said.push_str(&format!("; `{name}` itself {age}"));
    }
    let mut finding = scope.finding(Code::Stale, span, Some(&said));
    finding.related.push(at_home);
    // a number that is itself too old mends nothing
    if age.is_none() {
        finding.fix = replaced(scope, stream, filled, &house.text);
    }
    Some(finding)
}

/// The number of the house in the place of another, in the page's own way of writing numbers: unasked, since the house stands by
/// it, but where the page has a range.
fn replaced(scope: &Scope<'_>, stream: &Stream<'_>, filled: &Filled, house: &str) -> Option<Fix> {
    let written = scope.page.document.slice(stream.span(&filled.digits));
    let comma = match (written.contains(','), written.contains('.')) {
        (true, false) => true,
        (false, true) => false,
        _ => filled.comma == Some(true),
    };
    let plain = house.trim().trim_end_matches('%').trim();
    let number = if comma {
        plain.replace('.', ",")
    } else {
        plain.replace(',', ".")
    };
    let made = fix(scope, &[stream.repair(filled.digits.clone(), &number)])?;
    Some(Fix {
        title: "put in the value of caveat.toml".to_owned(),
        safety: if filled.numbers.0 == filled.numbers.1 {
            made.safety
        } else {
            Safety::Unsafe
        },
        ..made
    })
}
