//! `cue`: how long and when a text is on the screen, by the timings of subtitles (SRT, WebVTT). Other pages have none, and owe
//! nothing. The last cue ends the film, as far as subtitles tell.

use std::ops::RangeInclusive;

use crate::document::Cue;
use crate::finding::{Code, Finding};
use crate::keys::{Key, Shape, Table};
use crate::source::Span;

use super::anchor::Place;
use super::subject::{ANY, DISCLOSURE, Subject, validate as one};
use super::{Check, Compiler, Kind, Scope, UNLESS, UNLESS_SENTENCE, Verdict};

pub(super) const KIND: Kind = Kind {
    name: "cue",
    about: "The text must be on the screen, long enough and at the right time, in subtitles.",
    keys: &[
        DISCLOSURE,
        ANY,
        UNLESS,
        UNLESS_SENTENCE,
        Key::new(
            "min-seconds",
            Shape::Count(1, 3600),
            "So many seconds it must be on the screen at least.",
        ),
        Key::new(
            "words-per-10-seconds",
            Shape::Count(1, 100),
            "So many of its words may be on the screen for ten seconds at most: 20 is two words a second.",
        ),
        Key::new(
            "at",
            Shape::Choices(&["start", "end"]),
            "Where it must be on the screen: each of these.",
        ),
        Key::new(
            "within-seconds",
            Shape::Count(1, 3600),
            "How near to the start and to the end; 15 when left out.",
        ),
        Key::new(
            "longer-than",
            Shape::Count(1, 36_000),
            "`at` is owed in what takes more seconds than this; in all when left out.",
        ),
    ],
    validate,
    compile,
    judges_rest: false,
};

/// How near to an end of the film is at that end, in seconds.
const NEAR: u32 = 15;

fn validate(table: &Table) -> Vec<(Span, String)> {
    let mut wrong = one(table, table.span, &["disclosure", "any"]);
    let wanted = ["min-seconds", "words-per-10-seconds", "at"];
    if !wanted.iter().any(|key| table.has(key)) {
        let message = "demands nothing: give `min-seconds`, `words-per-10-seconds` or `at`";
        wrong.push((table.span, message.to_owned()));
    }
    for key in ["within-seconds", "longer-than"] {
        if table.has(key) && !table.has("at") {
            wrong.push((
                table.key_of(key),
                format!("has `{key}`, which says more of `at`, and no `at`"),
            ));
        }
    }
    wrong
}

fn compile(table: &Table, compiler: &mut Compiler<'_>) -> Box<dyn Check> {
    let at = table.texts("at");
    let milliseconds = |seconds: u32| u64::from(seconds) * 1000;
    Box::new(Shown {
        subject: Subject::of(table, compiler),
        least: table.count("min-seconds").map(milliseconds),
        words: table.count("words-per-10-seconds").map(u64::from),
        start: at.iter().any(|of| of == "start"),
        end: at.iter().any(|of| of == "end"),
        near: milliseconds(table.count("within-seconds").unwrap_or(NEAR)),
        longer: milliseconds(table.count("longer-than").unwrap_or(0)),
    })
}

/// What is wanted of a text; times in milliseconds.
#[derive(Debug)]
struct Shown {
    subject: Subject,
    least: Option<u64>,
    /// In ten seconds.
    words: Option<u64>,
    start: bool,
    end: bool,
    near: u64,
    longer: u64,
}

impl Check for Shown {
    fn run(&self, scope: &Scope<'_>) -> Verdict {
        let mut verdict = Verdict::default();
        let cues = &scope.page.document.cues;
        if cues.is_empty() {
            return verdict;
        }
        if let Some(finding) = self.subject.unsaid(scope) {
            verdict.findings.push(finding);
            return verdict;
        }
        let found = self.subject.places(scope);
        if found.is_empty() {
            verdict.findings.push(self.subject.absent(scope, None));
            return verdict;
        }
        let shown: Vec<(&Place, RangeInclusive<u64>)> = found
            .iter()
            .filter_map(|place| Some((place, times(cues, place)?)))
            .collect();
        if shown.is_empty() {
            let detail = "when it is on the screen cannot be told";
            let finding = scope.finding(Code::Unverifiable, found[0].span, Some(detail));
            verdict.findings.push(finding);
            return verdict;
        }
        let long = |(place, time): &&(&Place, RangeInclusive<u64>)| {
            self.too_short(scope, place, time).is_none()
        };
        let right: Vec<_> = shown.iter().filter(long).collect();
        let wrong = match right.first() {
            None => {
                let (place, time) = &shown[0];
                self.too_short(scope, place, time)
            }
            Some((first, _)) => self.not_at(scope, first, &right, cues),
        };
        match wrong {
            Some(finding) => verdict.findings.push(finding),
            None => verdict.met.push(right[0].0.span),
        }
        self.subject.doubt(scope, &mut verdict);
        verdict
    }
}

/// From when to when a text is on the screen, if cues tell.
fn times(cues: &[Cue], place: &Place) -> Option<RangeInclusive<u64>> {
    let cue = |block: u32| {
        let at = cues.binary_search_by_key(&block, |cue| cue.block).ok()?;
        Some(&cues[at])
    };
    Some(cue(place.at.first.block)?.from..=cue(place.at.end.block)?.to)
}

impl Shown {
    /// The finding for a text that is gone before it can be read.
    fn too_short(
        &self,
        scope: &Scope<'_>,
        place: &Place,
        time: &RangeInclusive<u64>,
    ) -> Option<Finding> {
        let lasts = time.end().saturating_sub(*time.start());
        let words = u64::from(scope.page.words_of(&place.at));
        let needs = self.words.map(|most| (words * 10_000).div_ceil(most));
        let detail = if let Some(least) = self.least.filter(|least| lasts < *least) {
            format!(
                "it is on the screen for {}, and must be for {}",
                seconds(lasts),
                seconds(least)
            )
        } else {
            let needs = needs.filter(|needs| lasts < *needs)?;
            format!(
                "its {words} words are on the screen for {}, and take {} to read",
                seconds(lasts),
                seconds(needs)
            )
        };
        let mut finding = scope.finding(Code::Misplaced, place.span, Some(&detail));
        let cues = &scope.page.document.cues;
        let at = cues.partition_point(|cue| cue.block < place.at.first.block);
        let timings = cues.get(at).map(|cue| scope.related("its time", cue.span));
        finding.related.extend(timings);
        Some(finding)
    }

    /// The finding for a text that is not on the screen at the start or the end.
    fn not_at(
        &self,
        scope: &Scope<'_>,
        first: &Place,
        right: &[&(&Place, RangeInclusive<u64>)],
        cues: &[Cue],
    ) -> Option<Finding> {
        let whole = cues.iter().map(|cue| cue.to).max().unwrap_or_default();
        if whole <= self.longer {
            return None;
        }
        let late = whole.saturating_sub(self.near);
        let starts = right.iter().any(|(_, time)| *time.start() <= self.near);
        let ends = right.iter().any(|(_, time)| *time.end() >= late);
        let (name, cue) = match (self.start && !starts, self.end && !ends) {
            (true, _) => ("start", cues.first()?),
            (_, true) => ("end", cues.last()?),
            _ => return None,
        };
        let near = seconds(self.near);
        let detail = format!("it is not on the screen within {near} of the {name}");
        let mut finding = scope.finding(Code::Misplaced, first.span, Some(&detail));
        finding
            .related
            .push(scope.related("owed by this time", cue.span));
        Some(finding)
    }
}

/// Milliseconds as seconds for people: `1.5 seconds`.
fn seconds(milliseconds: u64) -> String {
    let (whole, rest) = (milliseconds / 1000, milliseconds % 1000);
    if rest == 0 {
        let plural = if whole == 1 { "" } else { "s" };
        return format!("{whole} second{plural}");
    }
    let rest = format!("{rest:03}");
    format!("{whole}.{} seconds", rest.trim_end_matches('0'))
}
