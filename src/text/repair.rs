//! What makes a passage the approved text: only the words that differ are replaced, so that the markup between words, the lines
//! and the words that agree stay as their author wrote them.

use std::ops::Range;

use super::fill::{Taken, fill};
use super::prescribed::{Prescribed, Unit};
use super::stream::Stream;
use crate::source::Span;

/// A change of the source that brings it nearer to an approved text.
#[derive(Debug, Clone)]
pub struct Repair {
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// What to put there, as a reader reads it.
    pub text: String,
    /// The folded words that the source has there. Where it says them otherwise (an entity, markup between), the bytes are not
    /// these words alone.
    pub replaces: String,
    /// Whether the words there and beside it stand in the source as they are read, where it may be edited.
    pub verbatim: bool,
}

impl Prescribed {
    /// What makes a passage the approved text, by the pairs of a unit and a word of the stream that agree. None where a value is
    /// to be filled in by someone who knows it.
    pub(super) fn repairs(
        &self,
        stream: &Stream<'_>,
        words: &Range<usize>,
        pairs: &[(usize, usize)],
        reordered: bool,
    ) -> Option<Vec<Repair>> {
        let slots = |units: Range<usize>| self.units[units].iter().any(|unit| unit.slot.is_some());
        let (first, last) = (pairs.first()?, pairs.last()?);
        if reordered {
            let whole = stream.repair(words.clone(), &self.raw);
            return (!slots(0..self.units.len())).then_some(vec![whole]);
        }
        let mut repairs = Vec::new();
        if first.0 > 0 {
            if slots(0..first.0) {
                return None;
            }
            repairs.extend(self.beginning(stream, first.0, words.start..first.1));
        }
        for pair in pairs.windows(2) {
            let ((left, at), (right, to)) = (pair[0], pair[1]);
            if right == left + 1 && to == at + 1 {
                let punctuation = self.punctuation(stream, right, to);
                repairs.extend(punctuation.into_iter().flat_map(|(_, repairs)| repairs));
                continue;
            }
            if slots(left + 1..right) {
                if fills(&self.units[left + 1..right], stream, at + 1..to) {
                    continue;
                }
                return None;
            }
            repairs.extend(self.between(stream, left..right, at..to));
        }
        if last.0 + 1 < self.units.len() {
            if slots(last.0 + 1..self.units.len()) {
                return None;
            }
            repairs.extend(self.ending(stream, last.0, last.1..words.end));
        }
        Some(repairs)
    }

    /// What stands between two words of the approved text (`units.start` and `units.end`), put between two words of the source
    /// (`words.start` and `words.end`).
    pub(super) fn between(
        &self,
        stream: &Stream<'_>,
        units: Range<usize>,
        words: Range<usize>,
    ) -> Vec<Repair> {
        let (left, right) = (self.raw_of(units.start), self.raw_of(units.end));
        let theirs = words.start + 1..words.end;
        // signs that stand before the first and after the last of the words between: as they are, and as they should be
        let written = |word: usize| stream.signs(word - 1, word);
        let (begins, ends) = (written(words.start + 1), written(words.end));
        let wanted = |unit: usize| self.units[unit].before.as_str();
        let (wants, wants_last) = (wanted(units.start + 1), wanted(units.end));
        let none_of_ours = units.end == units.start + 1;
        if theirs.is_empty() {
            let gap = &self.raw[left.end..right.start];
            if none_of_ours {
                // a sign is missing, or another stands there
                return if begins.is_empty() && gap.ends_with(char::is_whitespace) {
                    vec![stream.insert_after(words.start, gap.trim_end())]
                } else {
                    vec![stream.gap(&words, gap)]
                };
            }
            let after_last = self.raw_of(units.end - 1).end;
            return if begins == wants_last {
                vec![stream.insert_after(words.start, &self.raw[left.end..after_last])]
            } else if begins == wants {
                let from = self.raw_of(units.start + 1).start;
                vec![stream.insert_before(words.end, &self.raw[from..right.start])]
            } else {
                vec![stream.gap(&words, gap)]
            };
        }
        if none_of_ours {
            return if ends == wants_last {
                stream.without(theirs.clone(), words.start)
            } else if begins == wants_last {
                stream.without_before(theirs.clone())
            } else {
                vec![stream.gap(&words, &self.raw[left.end..right.start])]
            };
        }
        if begins == wants && ends == wants_last {
            let (from, to) = (self.raw_of(units.start + 1), self.raw_of(units.end - 1));
            return stream.replace(theirs, &self.raw[from.start..to.end]);
        }
        vec![stream.gap(&words, &self.raw[left.end..right.start])]
    }

    /// The beginning of the approved text up to a unit, put before the word that agrees with it.
    fn beginning(&self, stream: &Stream<'_>, unit: usize, theirs: Range<usize>) -> Vec<Repair> {
        let at = self.raw_of(unit).start;
        let fits = || stream.signs(theirs.end - 1, theirs.end) == self.units[unit].before;
        if theirs.is_empty() {
            vec![stream.insert_before(theirs.end, &self.raw[..at])]
        } else if fits() {
            stream.replace(theirs, &self.raw[..self.raw_of(unit - 1).end])
        } else {
            let span = stream.span(&theirs);
            let next = stream.span(&(theirs.end..theirs.end + 1)).start;
            let repair = Repair {
                span: Span {
                    start: span.start,
                    end: next.max(span.end),
                },
                text: self.raw[..at].to_owned(),
                replaces: stream.folded_to(theirs.start, theirs.end),
                verbatim: stream.verbatim(theirs.start..theirs.end + 1),
            };
            vec![repair]
        }
    }

    /// The ending of the approved text after a unit, put in the place of the words after the one that agrees with it.
    fn ending(&self, stream: &Stream<'_>, unit: usize, words: Range<usize>) -> Vec<Repair> {
        let from = self.raw_of(unit).end;
        let last = words.end - 1;
        let ending = &self.raw[from..];
        // a sign that stands after the source's last word already
        let there = stream.items.get(last);
        let there = there.and_then(|item| stream.text.sign_after(&item.token));
        let ending = there.map_or(ending, |sign| ending.strip_suffix(sign).unwrap_or(ending));
        let theirs = words.start + 1..words.end;
        if theirs.is_empty() {
            return vec![stream.insert_after(words.start, ending)];
        }
        let next = &self.units[unit + 1];
        if stream.signs(words.start, words.start + 1) == next.before {
            let begin = next.raw.start as usize - from;
            return stream.replace(theirs, &ending[begin.min(ending.len())..]);
        }
        let start = stream.span(&(words.start..words.start + 1)).end;
        let repair = Repair {
            span: Span {
                start,
                end: stream.span(&theirs).end.max(start),
            },
            text: ending.to_owned(),
            replaces: stream.folded_from(words.start, last),
            verbatim: stream.verbatim(words.clone()),
        };
        vec![repair]
    }

    fn raw_of(&self, unit: usize) -> Range<usize> {
        self.units[unit].raw.range()
    }
}

impl Stream<'_> {
    /// Puts a text in place of words, one edit for all of them.
    #[must_use]
    pub fn repair(&self, words: Range<usize>, text: &str) -> Repair {
        Repair {
            span: self.span(&words),
            text: text.to_owned(),
            replaces: self.folded(&words),
            verbatim: self.verbatim(words),
        }
    }

    /// Puts a text in place of words. Where they lie in several pieces of the source, the first makes room for it and the others go.
    fn replace(&self, words: Range<usize>, text: &str) -> Vec<Repair> {
        if self.as_one(&words) {
            return vec![self.repair(words, text)];
        }
        words
            .clone()
            .map(|word| {
                let text = if word == words.start { text } else { "" };
                self.repair(word..word + 1, text)
            })
            .collect()
    }

    /// Takes words away, with what parts them from the word before.
    fn without(&self, words: Range<usize>, before: usize) -> Vec<Repair> {
        if !self.as_one(&(before..words.end)) {
            return self.apart(words);
        }
        let start = self.span(&(before..before + 1)).end;
        let repair = Repair {
            span: Span {
                start,
                end: self.span(&words).end.max(start),
            },
            text: String::new(),
            replaces: self.folded_from(before, words.end - 1),
            verbatim: self.verbatim(before..words.end),
        };
        vec![repair]
    }

    /// Takes words away, with what parts them from the word after.
    fn without_before(&self, words: Range<usize>) -> Vec<Repair> {
        if !self.as_one(&(words.start..words.end + 1)) {
            return self.apart(words);
        }
        let start = self.span(&words).start;
        let repair = Repair {
            span: Span {
                start,
                end: self.span(&(words.end..words.end + 1)).start.max(start),
            },
            text: String::new(),
            replaces: self.folded_to(words.start, words.end),
            verbatim: self.verbatim(words.start..words.end + 1),
        };
        vec![repair]
    }

    /// Takes words away one by one, and the spaces between them that the source has as such.
    fn apart(&self, words: Range<usize>) -> Vec<Repair> {
        words
            .map(|word| match self.as_one(&(word..word + 2)) {
                true => Repair {
                    span: Span {
                        start: self.span(&(word..word + 1)).start,
                        end: self.span(&(word + 1..word + 2)).start,
                    },
                    text: String::new(),
                    replaces: self.folded_to(word, word + 1),
                    verbatim: self.verbatim(word..word + 2),
                },
                false => self.repair(word..word + 1, ""),
            })
            .collect()
    }

    /// Puts a text in place of all that stands between two words.
    fn gap(&self, words: &Range<usize>, text: &str) -> Repair {
        let start = self.span(&(words.start..words.start + 1)).end;
        let end = self.span(&(words.end..words.end + 1)).start;
        Repair {
            span: Span {
                start,
                end: end.max(start),
            },
            text: text.to_owned(),
            replaces: self.folded_between(words.start, words.end),
            verbatim: self.verbatim(words.start..words.end + 1),
        }
    }

    fn insert_after(&self, word: usize, text: &str) -> Repair {
        let end = self.span(&(word..word + 1)).end;
        self.insert(end, text, word)
    }

    fn insert_before(&self, word: usize, text: &str) -> Repair {
        let start = self.span(&(word..word + 1)).start;
        self.insert(start, text, word)
    }

    fn insert(&self, at: u32, text: &str, word: usize) -> Repair {
        Repair {
            span: Span { start: at, end: at },
            text: text.to_owned(),
            replaces: String::new(),
            verbatim: self.verbatim(word..word + 1),
        }
    }

    /// Whether each of these words stands in the source as one run.
    fn verbatim(&self, words: Range<usize>) -> bool {
        let items = self.items.get(words).unwrap_or_default();
        !items.is_empty() && items.iter().all(|item| self.text.verbatim(&item.token))
    }

    /// The signs between two words, white space left out. A border between blocks stands for any.
    fn signs(&self, left: usize, right: usize) -> String {
        match (self.items.get(left), self.items.get(right)) {
            (Some(left), Some(right)) if left.passage == right.passage => {
                self.text.punctuation(&left.token, &right.token)
            }
            _ => String::new(),
        }
    }

    /// Whether the source has words side by side: the way from each to the next is as long as the folded text says, give or take
    /// what folding makes of characters outside of ASCII.
    fn as_one(&self, words: &Range<usize>) -> bool {
        let Some(items) = self.items.get(words.clone()) else {
            return false;
        };
        items.windows(2).all(|pair| {
            let gap = |left: u32, right: u32| right.checked_sub(left);
            let (left, right) = (
                self.text.tokens_span(&[pair[0].token]),
                self.text.tokens_span(&[pair[1].token]),
            );
            let folded = self.text.between(&pair[0].token, &pair[1].token);
            pair[0].passage == pair[1].passage
                && folded.is_ascii()
                && gap(left.end, right.start).map(|gap| gap as usize) == Some(folded.len())
        })
    }

    fn folded(&self, words: &Range<usize>) -> String {
        match (self.items.get(words.start), self.items.get(words.end - 1)) {
            (Some(first), Some(last)) => self.text.over(&first.token, &last.token).to_owned(),
            _ => String::new(),
        }
    }

    /// The folded text from the end of a word to the end of another.
    fn folded_from(&self, before: usize, last: usize) -> String {
        let whole = self.folded(&(before..last + 1));
        whole[self.folded(&(before..before + 1)).len()..].to_owned()
    }

    /// The folded text from the start of a word to the start of another.
    fn folded_to(&self, first: usize, after: usize) -> String {
        let whole = self.folded(&(first..after + 1));
        whole[..whole.len() - self.folded(&(after..after + 1)).len()].to_owned()
    }

    fn folded_between(&self, left: usize, right: usize) -> String {
        let from = self.folded_from(left, right);
        from[..from.len() - self.folded(&(right..right + 1)).len()].to_owned()
    }
}

/// Whether words are what a single slot asks for, and nothing else.
fn fills(units: &[Unit], stream: &Stream<'_>, words: Range<usize>) -> bool {
    let [
        Unit {
            slot: Some(slot), ..
        },
    ] = units
    else {
        return false;
    };
    matches!(fill(slot, stream, words.start), Some(Taken { length, lack: None, .. }) if length == words.len())
}
