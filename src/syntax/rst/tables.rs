//! Tables of reStructuredText: drawn as a grid, drawn with two or three rules, or written as comma-separated values.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthChar;

use super::Reader;
use super::lines::{Line, grid_border, lines, until_blank};
use crate::pieces::Pieces;

/// A line of a table, by columns.
struct Row {
    /// The sign in each column; signs beyond ASCII are all the same.
    signs: Vec<u8>,
    /// The byte that each column begins at, and one past the last.
    at: Vec<usize>,
}

impl Row {
    fn new(text: &str, line: Line, base: usize) -> Self {
        let lead = line.col.saturating_sub(base);
        let mut row = Self {
            signs: vec![b' '; lead],
            at: vec![line.start; lead],
        };
        for (at, c) in line.of(text).char_indices() {
            let width = match c {
                '\t' => 8 - (base + row.signs.len()) % 8,
                _ if c.width() == Some(2) => 2,
                _ => 1,
            };
            let sign = if c.is_ascii() { c as u8 } else { b'x' };
            let sign = if c == '\t' { b' ' } else { sign };
            row.signs.extend(std::iter::repeat_n(sign, width));
            row.at.extend(std::iter::repeat_n(line.start + at, width));
        }
        row.at.push(line.end);
        row
    }

    fn sign(&self, col: usize) -> u8 {
        self.signs.get(col).copied().unwrap_or(b' ')
    }

    fn filled(&self, from: usize, to: usize) -> bool {
        let to = to.min(self.signs.len());
        from < to && self.signs[from..to].iter().any(|sign| *sign != b' ')
    }

    fn cut(&self, text: &str, from: usize, to: usize) -> Line {
        let last = self.at.len() - 1;
        Line::cut(text, self.at[from.min(last)], self.at[to.min(last)], from)
    }
}

/// A cell of a grid: its rows and columns, without the lines round it.
type Cell = (usize, usize, usize, usize);

impl Reader<'_> {
    pub(super) fn grid_table(&mut self, all: &mut [Line], at: usize, base: usize) -> usize {
        let drawn = |line: &Line| line.col == base && line.of(self.text).starts_with(['+', '|']);
        let end = until_blank(all, at, all.len());
        let end = (at..end).find(|at| !drawn(&all[*at])).unwrap_or(end);
        let last = (at + 1..end).rfind(|at| grid_border(all[*at].of(self.text), b'-'));
        let end = last.map_or(end, |last| last + 1);
        let mut rows: Vec<Row> = all[at..end]
            .iter()
            .map(|line| Row::new(self.text, *line, base))
            .collect();
        for (row, line) in rows.iter_mut().zip(&all[at..end]) {
            if grid_border(line.of(self.text), b'=') {
                row.signs
                    .iter_mut()
                    .filter(|sign| **sign == b'=')
                    .for_each(|sign| *sign = b'-');
            }
        }
        match grid_cells(&rows).filter(|_| last.is_some()) {
            Some(cells) => {
                self.builder.begin_table();
                for (top, left, bottom, right) in cells {
                    self.builder.cell_at(top, left);
                    self.cut_cell(&rows[top + 1..bottom], left + 1, right);
                }
            }
            None => {
                let message = "this table is not drawn as one, so nobody sees it";
                self.broken("a table that is not complete", message, &all[at..end]);
            }
        }
        end
    }

    fn cut_cell(&mut self, rows: &[Row], from: usize, to: usize) {
        let mut cell: Vec<Line> = rows
            .iter()
            .map(|row| row.cut(self.text, from, to))
            .collect();
        if cell.iter().any(|line| !line.blank()) {
            let before = std::mem::replace(&mut self.drawn, true);
            self.cell(|reader| reader.nested(&mut cell));
            self.drawn = before;
        }
    }

    pub(super) fn simple_table(&mut self, all: &mut [Line], at: usize, base: usize) -> usize {
        let (end, whole) = simple_end(self.text, all, at);
        let rows: Vec<Row> = all[at..end]
            .iter()
            .map(|line| Row::new(self.text, *line, base))
            .collect();
        let columns = columns(&rows[0], b'=');
        if !whole || !self.simple_rows(&rows, &columns, false) {
            let message = "this table is not drawn as one, so nobody sees it";
            self.broken("a table that is not complete", message, &all[at..end]);
            return end;
        }
        self.builder.begin_table();
        self.simple_rows(&rows, &columns, true);
        end
    }

    /// Goes over the rows of a simple table; says whether they all stand in their columns.
    fn simple_rows(&mut self, rows: &[Row], columns: &[(usize, usize)], tell: bool) -> bool {
        let (mut start, mut filled, mut right) = (1, false, true);
        for at in 1..rows.len() {
            let row = &rows[at];
            let rule = |sign: u8| {
                row.signs.first() == Some(&sign)
                    && row.signs.iter().all(|of| *of == sign || *of == b' ')
            };
            let spans = if rule(b'-') {
                Some(b'-')
            } else {
                rule(b'=').then_some(b'=')
            };
            let mut read = |rows: &[Row], columns: &[(usize, usize)]| {
                if tell {
                    self.simple_row(rows, columns);
                } else {
                    right &= in_columns(rows, columns);
                }
            };
            if let Some(sign) = spans {
                let mut own = self::columns(row, sign);
                if let (Some(last), Some(whole)) = (own.last_mut(), columns.last()) {
                    last.1 = whole.1;
                }
                read(&rows[start..at], &own);
                (start, filled) = (at + 1, false);
            } else if row.filled(columns[0].0, columns[0].1) {
                if filled {
                    read(&rows[start..at], columns);
                }
                (start, filled) = (at, true);
            } else if !filled {
                start = at + 1;
            }
        }
        right
    }

    fn simple_row(&mut self, rows: &[Row], columns: &[(usize, usize)]) {
        let width = rows.iter().map(|row| row.signs.len()).max().unwrap_or(0);
        self.builder.begin_row();
        for (number, (from, to)) in columns.iter().enumerate() {
            if *from >= width {
                break;
            }
            // what stands in the last column may go on beyond it
            let to = if number + 1 == columns.len() {
                usize::MAX
            } else {
                *to
            };
            self.builder.table_part("td");
            self.cut_cell(rows, *from, to);
        }
    }

    /// Comma-separated values, each a cell.
    pub(super) fn csv(&mut self, all: &[Line], delimiter: Option<&str>) {
        let delimiter = match delimiter {
            None => ',',
            Some("tab") => '\t',
            Some("space") => ' ',
            Some(other) => other.chars().next().unwrap_or(','),
        };
        let pieces = self.pieces(all);
        let text = &pieces.text;
        let mut at = 0;
        self.builder.begin_row();
        while at < text.len() {
            if text[..at].ends_with(['\n', '\r']) {
                self.builder.begin_row();
            }
            self.builder.table_part("td");
            let quoted = text[at..].trim_start_matches([' ', '\n', '\r']);
            let start = text.len() - quoted.len();
            if let Some(inner) = quoted.strip_prefix('"') {
                let from = start + 1;
                let (end, doubled) = quote_end(inner);
                self.csv_cell(&pieces, from, from + end, doubled);
                at = (from + end + 1).min(text.len());
                let rest = text[at..]
                    .find([delimiter, '\n', '\r'])
                    .unwrap_or(text.len() - at);
                at = (at + rest + 1).min(text.len());
            } else {
                let end = quoted.find([delimiter, '\n', '\r']).unwrap_or(quoted.len());
                self.csv_cell(&pieces, start, start + end, false);
                at = start + end + quoted[end..].chars().next().map_or(0, char::len_utf8);
            }
        }
    }

    fn csv_cell(&mut self, pieces: &Pieces, start: usize, end: usize, doubled: bool) {
        if pieces.text[start..end].trim().is_empty() {
            return;
        }
        if !doubled {
            let span = pieces.span(start, end);
            let mut cell = lines(self.text, span.start as usize, span.end as usize);
            return self.cell(|reader| reader.nested(&mut cell));
        }
        let mut shown = Pieces::default();
        for part in pieces.text[start..end].split_inclusive("\"\"") {
            let at = pieces.span(
                part.as_ptr() as usize - pieces.text.as_ptr() as usize,
                part.as_ptr() as usize - pieces.text.as_ptr() as usize + part.len(),
            );
            shown.push_as(&part.replace("\"\"", "\""), at);
        }
        self.cell(|reader| reader.inline(&shown));
    }
}

/// Where a quoted value ends, and whether quotation marks stand doubled in it.
fn quote_end(inner: &str) -> (usize, bool) {
    let (mut at, mut doubled) = (0, false);
    while let Some(step) = inner[at..].find('"') {
        if !inner[at + step + 1..].starts_with('"') {
            return (at + step, doubled);
        }
        doubled = true;
        at += step + 2;
    }
    (inner.len(), doubled)
}

/// One past the bottom rule of a simple table; whether there is one, as wide as the top.
fn simple_end(text: &str, all: &[Line], at: usize) -> (usize, bool) {
    let rule = |line: Line| {
        !line.blank()
            && line
                .of(text)
                .bytes()
                .all(|byte| matches!(byte, b'=' | b' '))
    };
    let width = all[at].end - all[at].start;
    let mut found = None;
    for next in at + 1..all.len() {
        if !rule(all[next]) {
            continue;
        }
        if all[next].end - all[next].start != width {
            return (next + 1, false);
        }
        let ends = all.get(next + 1).is_none_or(|after| after.blank());
        if found.is_some() || ends {
            return (next + 1, true);
        }
        found = Some(next);
    }
    (found.map_or(all.len(), |found| found + 1), false)
}

/// The columns that a rule marks.
fn columns(row: &Row, sign: u8) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = Vec::new();
    for (at, of) in row.signs.iter().enumerate() {
        match all.last_mut() {
            _ if *of != sign => {}
            Some(last) if last.1 == at => last.1 += 1,
            _ => all.push((at, at + 1)),
        }
    }
    all
}

/// Whether nothing stands between the columns.
fn in_columns(rows: &[Row], columns: &[(usize, usize)]) -> bool {
    rows.iter().all(|row| {
        columns
            .windows(2)
            .take_while(|pair| pair[0].1 < row.signs.len())
            .all(|pair| !row.filled(pair[0].1, pair[1].0))
    })
}

/// The cells of a grid, found from corner to corner; none when it is not whole.
fn grid_cells(rows: &[Row]) -> Option<Vec<Cell>> {
    let (bottom, right) = (
        rows.len().checked_sub(1)?,
        rows[0].signs.len().checked_sub(1)?,
    );
    if rows.iter().any(|row| row.signs.len() != right + 1) {
        return None;
    }
    // a grid that was drawn to take long is not one that a person drew
    let mut steps = 64 * rows.len() * (right + 1);
    let mut done = vec![0; right + 1];
    let mut corners = BTreeSet::from([(0, 0)]);
    let mut cells = Vec::new();
    while let Some((top, left)) = corners.pop_first() {
        if top == bottom || left == right || top < done[left] {
            continue;
        }
        let Some((down, across)) = grid_cell(rows, top, left, &mut steps) else {
            continue;
        };
        done[left..across].iter_mut().for_each(|done| *done = down);
        steps = steps.checked_sub(across - left)?;
        cells.push((top, left, down, across));
        corners.insert((top, across));
        corners.insert((down, left));
    }
    done[..right]
        .iter()
        .all(|done| *done == bottom)
        .then_some(cells)
}

/// The smallest cell whose upper left corner this is: its bottom and its right.
fn grid_cell(rows: &[Row], top: usize, left: usize, steps: &mut usize) -> Option<(usize, usize)> {
    if rows[top].sign(left) != b'+' {
        return None;
    }
    for right in left + 1..rows[top].signs.len() {
        match rows[top].sign(right) {
            b'+' => {
                for bottom in top + 1..rows.len() {
                    *steps = steps.checked_sub(1)?;
                    match rows[bottom].sign(right) {
                        b'+' if closed(rows, (top, left, bottom, right), steps) => {
                            return Some((bottom, right));
                        }
                        b'+' | b'|' => {}
                        _ => break,
                    }
                }
            }
            b'-' => *steps = steps.checked_sub(1)?,
            _ => return None,
        }
    }
    None
}

/// Whether a cell is drawn at its bottom and at its left.
fn closed(rows: &[Row], (top, left, bottom, right): Cell, steps: &mut usize) -> bool {
    let Some(rest) = steps.checked_sub(right - left + bottom - top) else {
        *steps = 0;
        return false;
    };
    *steps = rest;
    rows[bottom].sign(left) == b'+'
        && (left..right).all(|col| matches!(rows[bottom].sign(col), b'-' | b'+'))
        && (top + 1..bottom).all(|row| matches!(rows[row].sign(left), b'|' | b'+'))
}
