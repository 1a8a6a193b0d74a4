//! Tables of AsciiDoc: cells with their specifiers, and data in CSV and DSV.

use super::Reader;
use super::attributes::BlockAttributes;
use super::lines::part;
use super::rows::{MOST, Room, places};
use crate::document::{BlockKind, Hidden};
use crate::source::Span;

/// Cells that hold documents nest no deeper than the language allows.
const DEEPEST: usize = 8;
const NO_ROW: Hidden = Hidden::Element("a table row that is not full");

struct Cell {
    lines: Vec<Span>,
    style: Option<u8>,
    room: Room,
}

impl Reader {
    pub(super) fn table(&mut self, sign: u8, lines: &[Span], meta: &BlockAttributes) {
        let format = meta
            .named("format")
            .map(|span| self.source.slice(span).to_owned());
        let separator = meta
            .named("separator")
            .and_then(|span| self.source.slice(span).chars().next());
        let (data, mark) = match (format.as_deref(), sign) {
            (Some("csv"), _) | (None, b',') => (true, ','),
            (Some("tsv"), _) => (true, '\t'),
            (Some("dsv"), _) | (None, b':') => (true, ':'),
            (_, b'!') => (false, '!'),
            _ => (false, '|'),
        };
        let mark = separator.unwrap_or(mark);
        let cells = if data {
            self.data_cells(lines, mark)
        } else {
            self.cells(lines, mark)
        };
        let styles = self.columns(meta);
        let header = meta.option("header")
            || (!meta.option("noheader")
                && lines.len() > 1
                && !lines[0].is_empty()
                && lines[1].is_empty());
        let columns = (!styles.is_empty()).then_some(styles.len());
        let places = places(cells.iter().map(|cell| cell.room), columns);
        let outer = self.separator.replace(mark);
        self.builder.begin_table();
        for (cell, place) in cells.iter().zip(places) {
            let style = match place {
                Some((0, _)) if header => b'd',
                Some((_, column)) => {
                    let own = cell.style.or(styles.get(column).copied());
                    own.unwrap_or(b'd')
                }
                None => b'd',
            };
            if let Some((row, column)) = place {
                self.builder.cell_at(row, column);
            }
            let before = self.builder.hidden_by_syntax;
            if place.is_none() {
                self.builder.close();
                self.builder.hidden_by_syntax = before.or(Some(NO_ROW));
            }
            self.cell(cell, style);
            self.builder.hidden_by_syntax = before;
        }
        self.separator = outer;
    }

    fn cell(&mut self, cell: &Cell, style: u8) {
        let before = self.builder.hidden_by_syntax;
        match style {
            b'a' if self.depth < DEEPEST => {
                self.depth += 1;
                let outer = self.separator.take();
                self.blocks(&cell.lines, false);
                self.separator = outer;
                self.depth -= 1;
            }
            b'l' => self.code(&cell.lines),
            _ => {
                if style == b'm' {
                    self.builder.close();
                    self.builder.hidden_by_syntax = before.or(Some(Hidden::Code));
                }
                for lines in cell.lines.split(|line| line.is_empty()) {
                    if !lines.is_empty() {
                        self.paragraph(BlockKind::Cell, lines);
                    }
                }
            }
        }
        self.builder.close();
        self.builder.hidden_by_syntax = before;
    }

    /// The styles of the columns that `cols` names.
    fn columns(&self, meta: &BlockAttributes) -> Vec<u8> {
        let Some(span) = meta.named("cols") else {
            return Vec::new();
        };
        let raw = self.source.slice(span).trim();
        if raw.is_empty() {
            return Vec::new();
        }
        if let Ok(number) = raw.parse::<usize>() {
            return vec![b'd'; number.min(MOST)];
        }
        let mut styles = Vec::new();
        for column in raw.split([',', ';']) {
            let column = column.trim();
            let style = column
                .bytes()
                .last()
                .filter(u8::is_ascii_lowercase)
                .unwrap_or(b'd');
            let times = column
                .split_once('*')
                .and_then(|(times, _)| times.parse::<usize>().ok())
                .unwrap_or(1);
            styles.extend(std::iter::repeat_n(style, times.min(MOST)));
        }
        styles
    }

    fn cells(&self, lines: &[Span], mark: char) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::new();
        for line in lines {
            let text = self.source.slice(*line);
            let mut from = 0;
            for (at, _) in text.match_indices(mark) {
                if text[..at].ends_with('\\') {
                    continue;
                }
                let (kept, style, mut room) = specifier(&text[from..at], from == 0);
                room.first = from == 0 && kept == 0;
                if let Some(cell) = cells.last_mut() {
                    cell.lines.push(part(*line, from, from + kept));
                }
                cells.push(Cell {
                    lines: Vec::new(),
                    style,
                    room,
                });
                from = at + mark.len_utf8();
            }
            if let Some(cell) = cells.last_mut() {
                cell.lines.push(part(*line, from, text.len()));
            } else if !text.is_empty() {
                // before the first separator: a cell without one
                cells.push(Cell {
                    lines: vec![*line],
                    style: None,
                    room: Room { first: true, ..ONE },
                });
            }
        }
        for cell in &mut cells {
            if let Some(first) = cell.lines.first_mut() {
                let text = self.source.slice(*first);
                let blank = text.len() - text.trim_start().len();
                *first = part(*first, blank, text.len());
            }
        }
        cells
    }

    /// Cells of data: a quoted one may hold separators and line ends.
    fn data_cells(&self, lines: &[Span], mark: char) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::new();
        let mut quoted = false;
        for line in lines {
            let text = self.source.slice(*line);
            let mut from = 0;
            let mut goes_on = quoted;
            let ends = text.char_indices().chain([(text.len(), mark)]);
            for (at, c) in ends {
                if c == '"' && mark != ':' {
                    quoted = !quoted;
                }
                if c != mark || (quoted && at < text.len()) || from > at {
                    continue;
                }
                let cell = part(*line, from, at);
                let at_start = from == 0;
                from = at + mark.len_utf8();
                if !goes_on {
                    cells.push(Cell {
                        lines: Vec::new(),
                        style: None,
                        room: Room {
                            first: at_start,
                            ..ONE
                        },
                    });
                }
                goes_on = false;
                if let Some(last) = cells.last_mut() {
                    last.lines.push(self.unquoted(cell));
                }
            }
        }
        cells
    }

    fn unquoted(&self, cell: Span) -> Span {
        let text = self.source.slice(cell);
        let start = text.len() - text.trim_start_matches([' ', '\t', '"']).len();
        let end = text.trim_end_matches([' ', '\t', '"']).len();
        part(cell, start, end.max(start))
    }
}

const ONE: Room = Room {
    columns: 1,
    rows: 1,
    times: 1,
    first: false,
};

/// What stands before a separator: how much of it is text of the cell before, and the style and room of the next cell.
fn specifier(text: &str, line_start: bool) -> (usize, Option<u8>, Room) {
    let word = text.rfind([' ', '\t']).map_or(0, |blank| blank + 1);
    let candidate = &text[word..];
    let anchored = word > 0 || line_start;
    match parts(candidate).filter(|_| anchored) {
        Some((style, room)) => (text[..word].trim_end().len(), style, room),
        None => (text.trim_end().len(), None, ONE),
    }
}

/// `2.3+`, `3*`, `^.>`, `a`: the style and the room.
fn parts(candidate: &str) -> Option<(Option<u8>, Room)> {
    let digits = candidate.find(['+', '*']).unwrap_or(0);
    let (span, rest) = if digits > 0 {
        (&candidate[..digits], &candidate[digits + 1..])
    } else {
        ("", candidate)
    };
    if !span
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return None;
    }
    let number = |digits: &str| digits.parse::<u16>().map_or(1, usize::from);
    let (columns, rows) = span.split_once('.').unwrap_or((span, ""));
    let room = if candidate[digits..].starts_with('*') {
        Room {
            times: number(columns),
            ..ONE
        }
    } else {
        Room {
            columns: number(columns),
            rows: number(rows),
            ..ONE
        }
    };
    let style = rest.bytes().last().filter(u8::is_ascii_lowercase);
    let aligned = &rest[..rest.len() - usize::from(style.is_some())];
    let fits = aligned.len() <= 3 && aligned.bytes().all(|byte| b"<^>.".contains(&byte));
    fits.then_some((style, room))
}
