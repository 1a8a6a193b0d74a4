//! Wordings that were approved once, or will be: told with what differs from the wording of the day.

use super::Scope;
use super::alteration::{approved_at, fix, shown};
use super::disclosure::{Disclosure, Version};
use super::translated::{Text, texts};
use crate::finding::{Code, Finding};
use crate::text::{Found, Stream};

/// The finding for a wording that holds no more on the day of the check, or not yet.
pub(super) fn out_of_time(
    scope: &Scope<'_>,
    disclosure: &Disclosure,
    stream: &Stream<'_>,
    current: &[Text<'_>],
) -> Option<Finding> {
    let day = scope.page.facts.as_of;
    let superseded = |version: &Version| version.superseded(day);
    let to_come = |version: &Version| version.from.is_some_and(|from| day < from);
    let past = texts(disclosure, scope.page, superseded);
    let future = texts(disclosure, scope.page, to_come);
    past.iter()
        .chain(&future)
        .find_map(|(version, text, location)| {
            let (Found::Exact { words, .. } | Found::Value { words, .. }) = text.exact(stream)?
            else {
                return None;
            };
            let (code, mut said) = match (version.superseded(day), version.until, version.from) {
                (true, Some(until), _) => (
                    Code::Stale,
                    format!("this wording has been superseded since {until}"),
                ),
                (_, _, from) => {
                    let from = from
                        .map(|from| format!(" from {from} on"))
                        .unwrap_or_default();
                    (
                        Code::Altered,
                        format!("this wording is approved only{from}"),
                    )
                }
            };
            let now = current.first();
            let near =
                now.and_then(|(of, now, _)| now.compared(stream, words.clone(), 1.0, &of.locked));
            if let Some(near) = &near {
                said.push_str(&format!(": {}", shown(scope, stream, near)));
            }
            let mut finding = scope.finding(code, stream.span(&words), Some(&said));
            let at = now.map_or(*location, |(_, _, location)| *location);
            finding.related.push(approved_at(at));
            if let Some((_, now, _)) = now {
                finding.help = Some(format!("the wording now: \"{}\"", now.raw()));
            }
            finding.fix = near
                .and_then(|near| near.repairs)
                .and_then(|repairs| fix(scope, &repairs));
            Some(finding)
        })
}
