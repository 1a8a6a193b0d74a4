//! Lists of reStructuredText: bullets, enumerations, definitions, fields, options; and line blocks.

use super::Reader;
use super::lines::{Begins, Line, align, extent, field};
use crate::document::{BlockKind, Hidden};
use crate::source::Span;
use crate::syntax::front_matter;

impl Reader<'_> {
    pub(super) fn bullet_list(&mut self, lines: &mut [Line], at: usize, base: usize) -> usize {
        let sign = self.text[lines[at].start..].chars().next();
        let row = std::mem::take(&mut self.row);
        let same = |begins: Begins, text: &str| match begins {
            Begins::Bullet(width) if text.chars().next() == sign => Some(width),
            _ => None,
        };
        if row > 0 {
            return self.list(lines, at, base, same, |reader, item| reader.row(row, item));
        }
        self.list(lines, at, base, same, Self::item)
    }

    /// An item of a list that stands for a table: a row, or a cell of one.
    fn row(&mut self, row: u8, item: &mut [Line]) {
        if row == 1 {
            self.builder.table_part("td");
            self.cell(|reader| reader.nested(item));
        } else {
            self.builder.begin_row();
            self.row = row - 1;
            self.nested(item);
            self.row = 0;
        }
    }

    pub(super) fn enumerated_list(&mut self, lines: &mut [Line], at: usize, base: usize) -> usize {
        let same = |begins: Begins, _: &str| match begins {
            Begins::Enumerated(width) => Some(width),
            _ => None,
        };
        self.list(lines, at, base, same, Self::item)
    }

    fn item(&mut self, lines: &mut [Line]) {
        self.builder.open(BlockKind::Item);
        self.fresh = true;
        self.nested(lines);
    }

    /// Items at one column that begin with a marker of the same sort.
    fn list(
        &mut self,
        lines: &mut [Line],
        mut at: usize,
        base: usize,
        marker: impl Fn(Begins, &str) -> Option<usize>,
        mut read: impl FnMut(&mut Self, &mut [Line]),
    ) -> usize {
        self.builder.open_list();
        while let Some(next) = (at..lines.len()).find(|at| !lines[*at].blank()) {
            let line = lines[next];
            let width = (line.col <= base)
                .then(|| marker(self.begins(lines, next), line.of(self.text)))
                .flatten();
            let Some(width) = width else { break };
            lines[next] = line.skip(self.text, width);
            let least = if lines[next].blank() {
                base + 1
            } else {
                lines[next].col
            };
            at = extent(lines, next + 1, least);
            read(self, &mut lines[next..at]);
        }
        self.builder.close_list();
        at
    }

    pub(super) fn definition_list(
        &mut self,
        lines: &mut [Line],
        mut at: usize,
        base: usize,
    ) -> usize {
        self.builder.open_list();
        while let Some(next) = (at..lines.len()).find(|at| !lines[*at].blank()) {
            let defined = lines
                .get(next + 1)
                .is_some_and(|of| !of.blank() && of.col > base);
            if !defined || lines[next].col > base || self.begins(lines, next) != Begins::Text {
                break;
            }
            at = extent(lines, next + 1, base + 1);
            self.builder.open(BlockKind::Item);
            self.fresh = true;
            self.paragraph(&lines[next..=next]);
            self.item(&mut lines[next + 1..at]);
        }
        self.builder.close_list();
        at
    }

    pub(super) fn field_list(&mut self, lines: &mut [Line], at: usize, base: usize) -> usize {
        if self.at_head() {
            let mut end = at;
            while end < lines.len()
                && lines[end].col <= base
                && matches!(self.begins(lines, end), Begins::Field(_))
            {
                let first = end;
                end = extent(lines, end + 1, base + 1);
                self.metadata(&lines[first..end]);
            }
            return end;
        }
        self.described(lines, at, base, |reader, line| {
            let (name, width) = field(line.of(reader.text))?;
            Some((
                Line {
                    start: line.start + 1,
                    end: line.start + 1 + name,
                    ..line
                },
                width,
            ))
        })
    }

    /// A field at the head of a page, as front matter.
    fn metadata(&mut self, lines: &[Line]) {
        let text = self.text;
        let Some((name, width)) = field(lines[0].of(text)) else {
            return;
        };
        let name = &text[lines[0].start + 1..lines[0].start + 1 + name];
        let first = lines[0].skip(text, width);
        let rest = lines[1..].iter().filter(|line| !line.blank());
        let value: Vec<Line> = std::iter::once(first).chain(rest.copied()).collect();
        let value = &value[usize::from(first.blank() && value.len() > 1)..];
        let shown: Vec<&str> = value.iter().map(|line| line.of(text)).collect();
        let span = Span::new(value[0].start, value[value.len() - 1].end);
        self.unseen(Hidden::FrontMatter, value);
        front_matter::field(&mut self.builder, name, &shown.join(" "), span);
    }

    pub(super) fn option_list(&mut self, lines: &mut [Line], at: usize, base: usize) -> usize {
        self.described(lines, at, base, |reader, line| {
            match reader.begins(&[line], 0) {
                Begins::Option(width) => Some((
                    Line::cut(reader.text, line.start, line.start + width, line.col),
                    width,
                )),
                _ => None,
            }
        })
    }

    /// Items that begin with a name, with what is said of each after it or under it.
    fn described(
        &mut self,
        lines: &mut [Line],
        mut at: usize,
        base: usize,
        name: impl Fn(&Self, Line) -> Option<(Line, usize)>,
    ) -> usize {
        self.builder.open_list();
        while let Some(next) = (at..lines.len()).find(|at| !lines[*at].blank()) {
            let line = lines[next];
            let Some((name, width)) = (line.col <= base).then(|| name(self, line)).flatten() else {
                break;
            };
            at = extent(lines, next + 1, base + 1);
            self.builder.open(BlockKind::Item);
            self.fresh = true;
            self.paragraph(&[name]);
            lines[next] = line.skip(self.text, width);
            let item = &mut lines[next..at];
            align(item);
            self.item(item);
        }
        self.builder.close_list();
        at
    }

    /// Lines that each begin with `|`: the ends of lines are kept, but sentences go on over them.
    pub(super) fn line_block(&mut self, lines: &mut [Line], at: usize, base: usize) -> usize {
        let mut end = at;
        while end < lines.len() && !lines[end].blank() {
            let line = lines[end];
            let bar = line.col <= base && self.begins(lines, end) == Begins::LineBlock;
            if bar {
                lines[end] = line.skip(self.text, 1);
            } else if line.col <= base {
                break;
            }
            end += 1;
        }
        self.paragraph(&lines[at..end]);
        end
    }

    /// Lines whose words a reader does not see, when they are words and no mere name.
    pub(super) fn unseen_words(&mut self, why: Hidden, lines: &[Line]) {
        let shown: Vec<&str> = lines.iter().map(|line| line.of(self.text)).collect();
        let shown = shown.join(" ");
        if shown.contains([' ', '+', '%', '-']) {
            let shown = shown.replace("%20", " ").replace('+', " ");
            let (first, last) = (lines[0], lines[lines.len() - 1]);
            let span = Span::new(first.start, last.end);
            self.builder.aside(why, span, &shown, false);
        }
    }
}
