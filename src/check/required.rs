//! `required`: a text must be there, where a reader sees it. A disclosure is prescribed and taken word for word; phrases are
//! taken "to the effect of".

use crate::document::Hidden;
use crate::finding::{Code, Edit, Finding, Fix, Safety, Severity};
use crate::keys::{Key, Shape, Table};
use crate::source::{Location, Span};
use crate::text::{Change, Found, Near, Prescribed, Stream, WordingId};

use super::disclosure::{Disclosure, Version};
use super::{Check, Compiler, Kind, REGEX, Scope, UNLESS, UNLESS_SENTENCE, Verdict};

pub(super) const KIND: Kind = Kind {
    name: "required",
    about: "The text must be there, where a reader sees it.",
    keys: &[
        Key::new(
            "disclosure",
            Shape::Text,
            "The approved text that must stand there word for word.",
        ),
        Key::new("any", Shape::Phrases, "Phrases of which one must be there."),
        Key::new("all", Shape::Phrases, "Phrases that must all be there."),
        REGEX,
        UNLESS,
        UNLESS_SENTENCE,
        Key::new(
            "sense",
            Shape::Choice(&["statement", "mention"]),
            "`statement` (default): a question or a denial of the phrase does not count; `mention`: it does.",
        ),
    ],
    validate,
    compile,
    judges_rest: false,
};

fn validate(table: &Table) -> Vec<(Span, String)> {
    let texts = ["any", "all", "regex"]
        .into_iter()
        .any(|key| table.has(key));
    let mut wrong = Vec::new();
    if !texts && !table.has("disclosure") {
        wrong.push((
            table.span,
            "demands nothing: give `disclosure`, `any`, `all` or `regex`".to_owned(),
        ));
    }
    if texts && table.has("disclosure") {
        wrong.push((
            table.key_of("disclosure"),
            "is either prescribed or to the effect of: not `disclosure` beside phrases".to_owned(),
        ));
    }
    if table.has("regex") && table.has("all") && !table.has("any") {
        wrong.push((
            table.key_of("regex"),
            "stands beside `any`, not beside `all`".to_owned(),
        ));
    }
    wrong
}

fn compile(table: &Table, compiler: &mut Compiler<'_>) -> Box<dyn Check> {
    if let Some(id) = table.text("disclosure") {
        return Box::new(Disclosed {
            id: compiler.qualified(id),
        });
    }
    Box::new(Stated {
        any: compiler.wordings(table, "any", Some("regex")),
        all: table
            .phrases("all")
            .iter()
            .map(|(raw, phrase, _)| (raw.clone(), compiler.finder.phrase(phrase)))
            .collect(),
        unless: compiler.wordings(table, "unless", None),
        unless_sentence: compiler.wordings(table, "unless-sentence", None),
        mention: table.text("sense") == Some("mention"),
    })
}

/// Phrases: to the effect of.
#[derive(Debug)]
struct Stated {
    any: Vec<WordingId>,
    all: Vec<(String, WordingId)>,
    unless: Vec<WordingId>,
    unless_sentence: Vec<WordingId>,
    mention: bool,
}

impl Check for Stated {
    fn run(&self, scope: &Scope<'_>) -> Verdict {
        let mut verdict = Verdict::default();
        if !self.any.is_empty() {
            self.demand(&self.any, None, scope, &mut verdict);
        }
        for (raw, phrase) in &self.all {
            self.demand(&[*phrase], Some(raw), scope, &mut verdict);
        }
        verdict
    }
}

impl Stated {
    fn demand(
        &self,
        any: &[WordingId],
        element: Option<&str>,
        scope: &Scope<'_>,
        verdict: &mut Verdict,
    ) {
        let page = scope.page;
        let mut hits = page.counted(any, &self.unless, &self.unless_sentence);
        hits.retain(|hit| self.mention || page.stated(hit));
        if let Some(first) = hits.first() {
            verdict.met.push(page.span(first));
            hits.iter()
                .for_each(|hit| page.mask(hit.passage, hit.first, hit.end));
            return;
        }
        let detail = element.map(|element| format!("`{element}` is not said"));
        let hidden = page.hidden_hits(any);
        let Some(first) = hidden.first() else {
            verdict.findings.push(scope.missing(detail.as_deref()));
            return;
        };
        let why = page.document.hidden[first.passage as usize].why;
        let mut finding = scope.finding(
            Code::Hidden,
            page.hidden_span(first),
            Some(&format!("the text is there, but {}", why.place())),
        );
        finding.related.extend(
            scope
                .triggers
                .iter()
                .take(1)
                .map(|trigger| scope.related("demands it", trigger.span)),
        );
        verdict.findings.push(finding);
    }
}

/// A disclosure: word for word.
#[derive(Debug)]
struct Disclosed {
    id: String,
}

impl Check for Disclosed {
    fn run(&self, scope: &Scope<'_>) -> Verdict {
        let mut verdict = Verdict::default();
        let page = scope.page;
        let Some(disclosure) = page.library.get(&self.id) else {
            verdict.findings.push(scope.missing(Some(&format!(
                "no pack that is loaded has the disclosure `{}`",
                self.id
            ))));
            return verdict;
        };
        let day = page.facts.as_of;
        let stream = page.stream();
        let current: Vec<_> = texts(disclosure, scope, |version| version.holds(day));
        let found = current
            .iter()
            .find_map(|(_, text, location)| match text.exact(&stream) {
                Some(found @ Found::Exact { .. }) => Some((found, text, location)),
                _ => None,
            });
        let found = found.or_else(|| {
            current.iter().find_map(|(_, text, location)| {
                text.exact(&stream).map(|found| (found, text, location))
            })
        });
        match found {
            Some((Found::Exact { words, punctuation }, ..)) if punctuation.is_empty() => {
                verdict.met.push(stream.span(&words))
            }
            Some((Found::Exact { words, punctuation }, _, location)) => verdict
                .findings
                .push(punctuated(scope, &stream, &words, &punctuation, location)),
            Some((
                Found::Value {
                    words,
                    value,
                    message,
                    filled,
                },
                _,
                location,
            )) => {
                let code = if filled { Code::Stale } else { Code::Altered };
                let mut finding = scope.finding(code, stream.span(&value), Some(&message));
                finding
                    .related
                    .push(scope.related("in this text", stream.span(&words)));
                finding.related.push(approved_at(location));
                verdict.findings.push(finding);
            }
            Some((Found::Near(_), ..)) | None => verdict
                .findings
                .push(self.absent(scope, disclosure, &stream, &current)),
        }
        verdict
    }
}

type Text<'a> = (&'a Version, &'a Prescribed, &'a Location);

/// The texts of the versions that `wanted` picks, in the page's language where something sets it.
fn texts<'a>(
    disclosure: &'a Disclosure,
    scope: &Scope<'_>,
    wanted: impl Fn(&Version) -> bool,
) -> Vec<Text<'a>> {
    let all = || {
        disclosure
            .versions
            .iter()
            .filter(|version| wanted(version))
            .flat_map(|version| {
                version
                    .texts
                    .iter()
                    .map(move |(language, text, location)| (language, (version, text, location)))
            })
    };
    let languages = &scope.page.facts.languages;
    let own: Vec<_> = all()
        .filter(|(language, _)| {
            languages
                .iter()
                .any(|of| of == *language || of.split('-').next() == Some(language))
        })
        .map(|(_, text)| text)
        .collect();
    if own.is_empty() {
        all().map(|(_, text)| text).collect()
    } else {
        own
    }
}

impl Disclosed {
    /// The finding for a disclosure that is not there word for word: superseded, hidden, altered, another's, or missing.
    fn absent(
        &self,
        scope: &Scope<'_>,
        disclosure: &Disclosure,
        stream: &Stream<'_>,
        current: &[Text<'_>],
    ) -> Finding {
        let page = scope.page;
        let day = page.facts.as_of;
        for (version, text, location) in texts(disclosure, scope, |version| version.superseded(day))
        {
            if let Some(Found::Exact { words, .. } | Found::Value { words, .. }) =
                text.exact(stream)
            {
                let since = version
                    .until
                    .map(|until| format!(" since {until}"))
                    .unwrap_or_default();
                let mut finding = scope.finding(
                    Code::Stale,
                    stream.span(&words),
                    Some(&format!("this wording has been superseded{since}")),
                );
                finding.related.push(approved_at(
                    current
                        .first()
                        .map_or(location, |(_, _, location)| location),
                ));
                if let Some((_, now, _)) = current.first() {
                    finding.help = Some(format!("the wording now: \"{}\"", now.raw()));
                }
                return finding;
            }
        }
        let near = current
            .iter()
            .filter_map(|(version, text, location)| {
                text.near(stream, &version.locked)
                    .map(|near| (near, *text, *location))
            })
            .max_by(|a, b| a.0.score.total_cmp(&b.0.score));
        let hidden_stream = page.hidden_stream();
        let hidden = current.iter().find_map(|(_, text, _)| {
            text.exact(&hidden_stream).and_then(|found| match found {
                Found::Exact { words, .. } | Found::Value { words, .. } => Some(words),
                Found::Near(_) => None,
            })
        });
        if let (Some(words), None) = (&hidden, &near) {
            return self.hidden(scope, &hidden_stream, words);
        }
        let Some((near, text, location)) = near else {
            let mut finding = scope.missing(None);
            let variant = other_text(scope, disclosure, stream);
            if let Some((other, words)) = variant {
                return another(
                    scope,
                    &other,
                    stream.span(&words),
                    current.first().map(|(_, _, location)| *location),
                );
            }
            if let Some((_, text, location)) = current.first() {
                finding.related.push(approved_at(location));
                finding.help = Some(finding.help.map_or_else(
                    || format!("the wording: \"{}\"", text.raw()),
                    |help| format!("{help}; the wording: \"{}\"", text.raw()),
                ));
            }
            return finding;
        };
        if let Some((other, words)) = other_text(scope, disclosure, stream)
            && words.start < near.words.end
            && near.words.start < words.end
        {
            let mut finding = altered(scope, stream, &near, text, location);
            finding.message = format!(
                "{}: this is the wording of {other}: {}",
                scope.rule.message,
                shown(scope, stream, &near, text)
            );
            return finding;
        }
        let mut finding = altered(scope, stream, &near, text, location);
        if let Some(words) = hidden {
            finding.related.push(scope.related(
                "the exact wording is here, where a reader does not see it",
                hidden_stream.span(&words),
            ));
        }
        finding
    }

    fn hidden(
        &self,
        scope: &Scope<'_>,
        stream: &Stream<'_>,
        words: &std::ops::Range<usize>,
    ) -> Finding {
        let block = stream.place(words.start).map_or(0, |(block, _)| block);
        let why = scope
            .page
            .document
            .hidden
            .get(block as usize)
            .map_or(Hidden::Comment, |block| block.why);
        let mut finding = scope.finding(
            Code::Hidden,
            stream.span(words),
            Some(&format!("the wording is there, but {}", why.place())),
        );
        finding.related.extend(
            scope
                .triggers
                .iter()
                .take(1)
                .map(|trigger| scope.related("demands it", trigger.span)),
        );
        finding
    }
}

/// Another disclosure that stands on the page word for word, and not as part of this one.
fn other_text(
    scope: &Scope<'_>,
    disclosure: &Disclosure,
    stream: &Stream<'_>,
) -> Option<(String, std::ops::Range<usize>)> {
    let library = scope.page.library;
    library
        .disclosures
        .iter()
        .filter(|other| other.id != disclosure.id)
        .find_map(|other| {
            other
                .versions
                .iter()
                .flat_map(|version| &version.texts)
                .find_map(|(_, text, _)| match text.exact(stream) {
                    Some(Found::Exact { words, .. } | Found::Value { words, .. })
                        if shares(text, disclosure) =>
                    {
                        Some((format!("`{}` ({})", other.id, other.title), words))
                    }
                    _ => None,
                })
        })
}

/// Whether two texts are variants of one: they share half of their words.
fn shares(text: &Prescribed, disclosure: &Disclosure) -> bool {
    let words = |raw: &str| {
        raw.split_whitespace()
            .map(str::to_lowercase)
            .collect::<std::collections::BTreeSet<_>>()
    };
    let own = words(text.raw());
    disclosure
        .versions
        .iter()
        .flat_map(|version| &version.texts)
        .any(|(_, other, _)| {
            let other = words(other.raw());
            own.intersection(&other).count() * 2 >= own.len().min(other.len())
        })
}

fn another(scope: &Scope<'_>, other: &str, span: Span, location: Option<&Location>) -> Finding {
    let mut finding = scope.finding(
        Code::Altered,
        span,
        Some(&format!("this is the wording of {other}")),
    );
    finding.related.extend(location.map(approved_at));
    finding
}

fn altered(
    scope: &Scope<'_>,
    stream: &Stream<'_>,
    near: &Near,
    text: &Prescribed,
    location: &Location,
) -> Finding {
    let detail = format!(
        "{}{}",
        if near.reordered {
            "the words stand in another order: "
        } else {
            ""
        },
        shown(scope, stream, near, text)
    );
    let first = &near.changes[0];
    let last = &near.changes[near.changes.len() - 1];
    // a word that is missing has no place of its own: the words beside it stand for it
    let place = |change: &Change| {
        if change.words.is_empty() {
            stream.span(
                &(change.words.start.saturating_sub(1).max(near.words.start)
                    ..(change.words.end + 1).min(near.words.end)),
            )
        } else {
            stream.span(&change.words)
        }
    };
    let mut finding = scope.finding(Code::Altered, place(first).to(place(last)), Some(&detail));
    for change in &near.changes {
        finding
            .related
            .push(scope.related(&said(change), place(change)));
    }
    finding.related.push(approved_at(location));
    finding.fix = Some(fix(scope, &near.changes));
    finding
}

fn punctuated(
    scope: &Scope<'_>,
    stream: &Stream<'_>,
    words: &std::ops::Range<usize>,
    changes: &[Change],
    location: &Location,
) -> Finding {
    let first = &changes[0];
    let detail = format!(
        "only the punctuation differs: approved is \"{}\"",
        first.approved
    );
    let mut finding = scope.finding(Code::Altered, stream.span(&first.words), Some(&detail));
    finding.severity = finding.severity.min(Severity::Warning);
    finding.related.extend(changes.iter().skip(1).map(|change| {
        scope.related(
            &format!("approved: \"{}\"", change.approved),
            stream.span(&change.words),
        )
    }));
    finding
        .related
        .push(scope.related("in this text", stream.span(words)));
    finding.related.push(approved_at(location));
    finding.fix = Some(fix(scope, changes));
    finding
}

fn fix(scope: &Scope<'_>, changes: &[Change]) -> Fix {
    // characters that could read as markup are for a person to look at
    let plain = |text: &str| !text.contains(['*', '_', '<', '[', '`', '\\', '&', '|', '\n']);
    let safe = changes
        .iter()
        .all(|change| change.verbatim && plain(&change.replacement));
    let edits = changes
        .iter()
        .map(|change| Edit {
            location: Location::new(&scope.page.document.source, change.edit),
            text: change.replacement.clone(),
        })
        .collect();
    Fix {
        title: "restore the approved wording".to_owned(),
        safety: if safe { Safety::Safe } else { Safety::Unsafe },
        edits,
    }
}

/// A word diff on the author's own words: `[-what is missing-] {+what is there instead+}`.
fn shown(scope: &Scope<'_>, stream: &Stream<'_>, near: &Near, text: &Prescribed) -> String {
    const LONGEST: usize = 60;
    const CONTEXT: usize = 2;
    let source = &scope.page.document.source;
    let words = |range: std::ops::Range<usize>| -> String {
        if range.is_empty() {
            String::new()
        } else {
            source
                .slice(stream.span(&range))
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        }
    };
    let mut out = String::new();
    let mut from = near.changes[0]
        .words
        .start
        .saturating_sub(CONTEXT)
        .max(near.words.start);
    let push = |out: &mut String, piece: &str| {
        if !out.is_empty() && !piece.is_empty() {
            out.push(' ');
        }
        out.push_str(piece);
    };
    for change in &near.changes {
        let between = words(from.min(change.words.start)..change.words.start);
        push(&mut out, &short(&between, LONGEST));
        if !change.approved.is_empty() {
            push(
                &mut out,
                &format!("[-{}-]", short(&change.approved, LONGEST * 2)),
            );
        }
        if !change.words.is_empty() {
            push(
                &mut out,
                &format!("{{+{}+}}", short(&words(change.words.clone()), LONGEST * 2)),
            );
        }
        from = change.words.end;
    }
    push(&mut out, &words(from..(from + CONTEXT).min(near.words.end)));
    let bound = near.changes.iter().any(|change| change.locked);
    let _ = text;
    if bound {
        format!("{out} (a word that binds has changed)")
    } else {
        out
    }
}

fn said(change: &Change) -> String {
    match (change.approved.is_empty(), change.words.is_empty()) {
        (true, _) => "not in the approved wording".to_owned(),
        (false, true) => format!("missing here: \"{}\"", change.approved),
        (false, false) => format!("approved: \"{}\"", change.approved),
    }
}

fn approved_at(location: &Location) -> crate::finding::Related {
    crate::finding::Related {
        message: "the approved wording".to_owned(),
        location: location.clone(),
    }
}

/// A text with its middle left out when it is long.
fn short(text: &str, longest: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= longest {
        return text.to_owned();
    }
    let half = longest / 2;
    format!(
        "{} … {}",
        chars[..half].iter().collect::<String>().trim_end(),
        chars[chars.len() - half..]
            .iter()
            .collect::<String>()
            .trim_start()
    )
}
