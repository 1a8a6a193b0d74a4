//! What `..` begins in reStructuredText: comments, footnotes, citations, link targets, substitution definitions, directives.

use std::ops::Range;
use std::rc::Rc;

use super::Reader;
use super::directives::precedes;
use super::lines::{Line, align, extent, span_of, until_blank};
use super::roles::Definition;
use super::rules::simple_name;
use crate::document::Hidden;
use crate::source::Span;

impl Reader<'_> {
    pub(super) fn explicit(&mut self, lines: &mut [Line], at: usize, base: usize) -> usize {
        self.builder.close();
        let dots = lines[at];
        let first = dots.skip(self.text, 2);
        let end = extent(lines, at + 1, base + 1);
        let text = first.of(self.text);
        if let Some((label, width)) = footnote(text) {
            lines[at] = first.skip(self.text, width);
            self.footnote(label, first, &mut lines[at..end]);
            return end;
        }
        if text.starts_with('_') && !text[1..].starts_with([' ', '\t']) && text.len() > 1 {
            let end = until_blank(lines, at, end);
            lines[at] = first.skip(self.text, 1);
            self.unseen_words(Hidden::Attribute("a link target"), &lines[at..end]);
            return end;
        }
        if let Some((name, width)) = substitution(text) {
            let name = text[name].to_owned();
            lines[at] = first.skip(self.text, width);
            let block = &mut lines[at..end];
            align(block);
            if self.define(&name, block) {
                return end;
            }
        } else if let Some((name, width)) = directive(text) {
            lines[at] = first.skip(self.text, width);
            let block = &mut lines[at..end];
            let name = text[..name].to_lowercase();
            self.directive(&name, dots, block);
            self.begun |= !precedes(&name);
            return end;
        }
        if first.blank() && lines.get(at + 1).is_none_or(|next| next.blank()) {
            // an empty comment takes nothing with it
            return at + 1;
        }
        lines[at] = first;
        let body = span_of(&lines[at..end]);
        let span = Span::new(dots.start, first.end).to(body);
        self.builder.comment(span, body);
        end
    }

    /// A footnote or a citation; docutils shows them whether or not anything refers to them.
    fn footnote(&mut self, label: Range<usize>, first: Line, lines: &mut [Line]) {
        align(lines);
        let before = std::mem::replace(&mut self.builder.footnote, true);
        self.builder.open(crate::document::BlockKind::Paragraph);
        self.fresh = true;
        let name = &first.of(self.text)[label.clone()];
        if name.starts_with(|c: char| c.is_alphabetic()) {
            // the label of a citation is a word of the page
            let start = first.start + label.start;
            self.paragraph(&[Line {
                start,
                end: first.start + label.end,
                ..first
            }]);
            self.builder.open(crate::document::BlockKind::Paragraph);
            self.fresh = true;
        }
        self.nested(lines);
        self.builder.close();
        self.builder.footnote = before;
    }

    /// Takes up a substitution definition, if it is one.
    fn define(&mut self, name: &str, lines: &mut [Line]) -> bool {
        let first = lines[0];
        let text = first.of(self.text);
        let Some((length, width)) = directive(text) else {
            return false;
        };
        let kind = text[..length].to_lowercase();
        lines[0] = first.skip(self.text, width);
        align(lines);
        let definition = match kind.as_str() {
            "replace" => Definition::Markup(self.pieces(lines).text.trim().to_owned()),
            "unicode" => Definition::Text(code_points(&self.pieces(lines).text)),
            "image" | "figure" => {
                self.directive("image", first, lines);
                lines.iter_mut().for_each(|line| line.end = line.start);
                Definition::Text(String::new())
            }
            _ => Definition::Unread,
        };
        self.unseen(Hidden::Attribute("a substitution definition"), lines);
        let definition = Rc::new(definition);
        self.defined
            .insert(name.to_lowercase(), Rc::clone(&definition));
        self.defined.insert(name.to_owned(), definition);
        true
    }
}

/// The label of `[label]` and the bytes up to what it labels.
fn footnote(text: &str) -> Option<(Range<usize>, usize)> {
    let inner = text.strip_prefix('[')?;
    let length = label(inner)?;
    let rest = inner[length..].strip_prefix(']')?;
    let white = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    (rest.is_empty() || white > 0).then_some((1..1 + length, length + 2 + white))
}

/// The bytes of a footnote's or a citation's label.
pub(super) fn label(text: &str) -> Option<usize> {
    if text.starts_with('*') {
        return Some(1);
    }
    if let Some(name) = text.strip_prefix('#') {
        return Some(1 + simple_name(name).unwrap_or(0));
    }
    simple_name(text)
}

/// The name in `|name| ` and the bytes up to the directive after it.
fn substitution(text: &str) -> Option<(Range<usize>, usize)> {
    let inner = text
        .strip_prefix('|')
        .filter(|inner| !inner.starts_with(' '))?;
    let length = inner.find("| ")?;
    let rest = &inner[length + 1..];
    let white = rest.len() - rest.trim_start().len();
    Some((1..1 + length, 2 + length + white))
}

/// The bytes of a directive's name, and those up to what stands after `::`.
pub(super) fn directive(text: &str) -> Option<(usize, usize)> {
    let length = simple_name(text)?;
    let rest = &text[length..];
    let rest = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix("::")?;
    let inner = rest.trim_start_matches([' ', '\t']);
    (rest.is_empty() || inner.len() < rest.len()).then_some((length, text.len() - inner.len()))
}

/// The text of a `unicode` directive: numbers of characters, and other words as they are.
fn code_points(text: &str) -> String {
    let text = text.split(" .. ").next().unwrap_or_default();
    let text = text
        .lines()
        .take_while(|line| !line.trim_start().starts_with(':'));
    let shown = text.flat_map(str::split_whitespace).map(|word| {
        let lower = word.to_ascii_lowercase();
        let hex = ["0x", "\\x", "u+", "\\u", "x"]
            .iter()
            .find_map(|prefix| lower.strip_prefix(prefix))
            .or_else(|| {
                lower
                    .strip_prefix("&#x")
                    .and_then(|of| of.strip_suffix(';'))
            });
        let number = hex.map_or_else(
            || lower.parse().ok(),
            |hex| u32::from_str_radix(hex, 16).ok(),
        );
        number
            .and_then(char::from_u32)
            .map_or_else(|| word.to_owned(), String::from)
    });
    let words: Vec<String> = shown.collect();
    // characters by number stand together, words apart
    let apart = words.iter().any(|word| word.chars().count() > 1);
    words.join(if apart { " " } else { "" })
}
