//! Sections of reStructuredText: titles with a line under them, or over and under; and transitions.

use super::Reader;
use super::lines::{Line, adornment, until_blank};
use crate::document::BlockKind;

impl Reader<'_> {
    pub(super) fn misplaced_title(&mut self, lines: &[Line]) {
        let message = "a section title cannot stand inside another block, so nobody sees it";
        self.broken("being a title where none can stand", message, lines);
    }

    /// A line of one repeated sign: the overline of a title, a transition, or text.
    pub(super) fn adorned(&mut self, lines: &mut [Line], at: usize, base: usize) -> usize {
        let over = lines[at].of(self.text);
        let Some(sign) = adornment(over).filter(|_| over.len() >= 4 || self.titles) else {
            return self.running_text(lines, at, base);
        };
        let text = |at: usize| lines.get(at).map_or("", |line| line.of(self.text));
        if self.titles && !text(at + 1).is_empty() && text(at + 2) == over {
            self.heading(lines[at + 1], (sign, true));
            return at + 3;
        }
        if over.len() < 4 {
            return self.running_text(lines, at, base);
        }
        if text(at + 1).is_empty() || !self.titles {
            self.builder.close();
            return at + 1;
        }
        let end = (at + 3).min(until_blank(lines, at, lines.len()));
        let message = "the line over a title has no equal line under it, so nobody sees the title";
        self.broken(
            "being a title that is not complete",
            message,
            &lines[at..end],
        );
        end
    }

    pub(super) fn heading(&mut self, line: Line, style: (char, bool)) {
        let known = self.adornments.iter().position(|other| *other == style);
        let number = known.unwrap_or_else(|| {
            self.adornments.push(style);
            self.adornments.len() - 1
        });
        let level = u8::try_from(number.min(5) + 1).expect("levels go to 6");
        while let Some((_, elements)) = self.sections.pop_if(|(of, _)| *of >= level) {
            self.tags.truncate(elements, &mut self.builder);
        }
        self.sections.push((level, self.tags.depth()));
        self.builder.open(BlockKind::Heading(level));
        let pieces = self.pieces(&[line]);
        self.inline(&pieces);
        self.builder.close();
    }
}
