//! How an altered wording is told: a word diff on the author's own words, each change as a related place, a fix.

use crate::finding::{Code, Edit, Finding, Fix, Safety, Severity};
use crate::source::{Location, Span};
use crate::text::{Change, Near, Repair, Stream, fold};

use super::Scope;

/// The wording that a text differs from.
#[derive(Clone, Copy)]
pub(super) struct Than<'a> {
    name: &'static str,
    /// What is told of the text before its differences.
    said: &'static str,
    /// Where a pack has the wording.
    location: Option<&'a Location>,
}

/// One that is usual, and that nothing prescribes.
pub(super) const USUAL: Than<'static> = Than {
    name: "usual",
    said: "the usual wording is there with other words: ",
    location: None,
};

/// One that is approved.
pub(super) fn approved(location: &Location) -> Than<'_> {
    Than {
        name: "approved",
        said: "",
        location: Some(location),
    }
}

pub(super) fn altered(
    scope: &Scope<'_>,
    stream: &Stream<'_>,
    near: &Near,
    than: Than<'_>,
) -> Finding {
    let detail = format!(
        "{}{}{}",
        than.said,
        if near.reordered {
            "the words stand in another order: "
        } else {
            ""
        },
        shown(scope, stream, near)
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
            .push(scope.related(&than.of(change), place(change)));
    }
    finding.related.extend(than.location.map(approved_at));
    finding.fix = near
        .repairs
        .as_deref()
        .and_then(|repairs| fix(scope, repairs));
    finding
}

pub(super) fn punctuated(
    scope: &Scope<'_>,
    stream: &Stream<'_>,
    words: &std::ops::Range<usize>,
    changes: &[Change],
    repairs: &[Repair],
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
    finding.fix = fix(scope, repairs);
    finding
}

/// The repair of an altered wording. None where what is to go is not the words alone, as where markup stands between them: better no
/// fix than a broken page.
pub(super) fn fix(scope: &Scope<'_>, repairs: &[Repair]) -> Option<Fix> {
    let document = scope.page.document;
    let plain = |repair: &Repair| {
        repair.verbatim && fold(document.slice(repair.span)) == repair.replaces.trim()
    };
    if repairs.is_empty() || !repairs.iter().all(plain) || empties(scope, repairs) {
        return None;
    }
    // characters that could read as markup are for a person to look at
    let safe = |text: &str| !text.contains(['*', '_', '<', '[', '`', '\\', '&', '|', '\n']);
    let safe = repairs.iter().all(|repair| safe(&repair.text));
    let edits = repairs.iter().map(|repair| Edit {
        location: document.locate(repair.span),
        text: repair.text.clone(),
    });
    Some(Fix {
        title: "restore the approved wording".to_owned(),
        safety: if safe { Safety::Safe } else { Safety::Unsafe },
        edits: edits.collect(),
    })
}

/// Whether markup stands right before what repairs take away and right after it, and would be left with nothing in it.
fn empties(scope: &Scope<'_>, repairs: &[Repair]) -> bool {
    let taken = repairs.iter().filter(|repair| repair.text.is_empty());
    let mut spans: Vec<Span> = Vec::new();
    for repair in taken {
        match spans.last_mut() {
            Some(last) if last.end == repair.span.start => last.end = repair.span.end,
            _ => spans.push(repair.span),
        }
    }
    spans.into_iter().any(|span| {
        let place = scope.page.document.locate(span);
        let text = place.source.text();
        let before = text[..place.span.start as usize]
            .trim_end()
            .chars()
            .next_back();
        let after = text[place.span.end as usize..].trim_start().chars().next();
        before.is_some_and(|c| "*_~`[>{(|".contains(c))
            && after.is_some_and(|c| "*_~`]<})|".contains(c))
    })
}

/// A word diff on the author's own words: `[-what is missing-] {+what is there instead+}`.
pub(super) fn shown(scope: &Scope<'_>, stream: &Stream<'_>, near: &Near) -> String {
    const LONGEST: usize = 60;
    const CONTEXT: usize = 2;
    let source = scope.page.document;
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
    if bound {
        format!("{out} (a word that binds has changed)")
    } else {
        out
    }
}

impl Than<'_> {
    fn of(&self, change: &Change) -> String {
        match (change.approved.is_empty(), change.words.is_empty()) {
            (true, _) => format!("not in the {} wording", self.name),
            (false, true) => format!("missing here: \"{}\"", change.approved),
            (false, false) => format!("{}: \"{}\"", self.name, change.approved),
        }
    }
}

pub(super) fn approved_at(location: &Location) -> crate::finding::Related {
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
