//! What Markdown takes for code because it is indented. MDX knows no such code, as components indent what is in them: the lines
//! are read once more without their indentation.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, TagEnd};

use super::html::tags::Tags;
use super::markdown::Reader;
use super::masked::Masked;

/// How often lines are read once more that are indented still.
pub(super) const DEEPEST: usize = 16;

impl Reader<'_> {
    /// Keeps what comes for later while lines that are no code are gathered, and reads it where they end.
    pub(super) fn gather(&mut self, event: &Event<'_>, range: &Range<usize>) -> bool {
        let Some(mut lines) = self.indented.take() else {
            return false;
        };
        match event {
            Event::End(TagEnd::CodeBlock) => {
                self.depths.pop();
                self.insets_into(&mut lines, range.end..range.end);
                self.read_again(dedented(lines));
            }
            Event::Text(shown) => {
                self.insets_into(&mut lines, range.clone());
                self.lines_into(&mut lines, shown, range);
                self.indented = Some(lines);
            }
            _ => self.indented = Some(lines),
        }
        true
    }

    fn lines_into(&self, lines: &mut Masked, shown: &CowStr<'_>, range: &Range<usize>) {
        if self.text.text[range.clone()] == **shown {
            lines.text.add(self.text, range.clone());
        } else {
            lines
                .text
                .push_as(shown, self.text.span(range.start, range.end));
        }
    }

    /// Moves the insets before the end of a range that comes next.
    fn insets_into(&mut self, lines: &mut Masked, range: Range<usize>) {
        let next = lines.text.text.len();
        while let Some((place, inset)) = self.insets.next_if(|(place, _)| place.start < range.end) {
            let moved = |at: usize| next + at.saturating_sub(range.start);
            lines
                .insets
                .push((moved(place.start)..moved(place.end), inset));
        }
    }

    fn read_again(&mut self, lines: Masked) {
        let tags = std::mem::replace(&mut self.tags, Tags::new(self.markup));
        let mut reader = Reader::new(&lines.text, lines.insets, tags, self.builder);
        reader.times = self.times + 1;
        reader.read();
        self.tags = reader.tags;
    }
}

/// Lines without the white space that the first of them begins with.
fn dedented(lines: Masked) -> Masked {
    let mut shifted = Masked::default();
    let mut insets = lines.insets.into_iter().peekable();
    let whole = &lines.text.text;
    let first = whole.lines().find(|line| !line.trim().is_empty());
    let width = first.map_or(0, indent);
    let mut at = 0;
    for line in whole.split_inclusive('\n') {
        let from = at + width.min(indent(line));
        at += line.len();
        while let Some((place, inset)) = insets.next_if(|(place, _)| place.start < at) {
            let moved = |at: usize| shifted.text.text.len() + at.saturating_sub(from);
            let place = moved(place.start)..moved(place.end);
            shifted.insets.push((place, inset));
        }
        shifted.text.add(&lines.text, from..at);
    }
    let end = shifted.text.text.len();
    shifted
        .insets
        .extend(insets.map(|(_, inset)| (end..end, inset)));
    shifted
}

/// How many spaces and tabs a line begins with.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
