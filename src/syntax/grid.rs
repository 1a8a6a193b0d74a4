//! Which cells of a table stand at the head of a row and of a column: a value is read together with them.

use std::collections::BTreeMap;

use super::builder::Builder;
use crate::document::BlockKind;

/// Where a table has come to.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: usize,
    /// What tells the row from the one before, where a syntax has such a thing.
    row: Option<usize>,
    column: usize,
    /// The first cell of the row.
    first: Option<u32>,
    /// The cells of the first row, by their columns.
    heads: BTreeMap<usize, u32>,
}

impl Grid {
    /// The cells at the head of the row and of the column of a block that is now read.
    pub(super) fn heads_of(&mut self, block: u32, kind: BlockKind) -> [Option<u32>; 2] {
        if kind != BlockKind::Cell || self.rows == 0 {
            return [None, None];
        }
        let row = self.first.replace(self.first.unwrap_or(block));
        let column = if self.rows == 1 {
            self.heads.entry(self.column).or_insert(block);
            None
        } else {
            self.heads.get(&self.column).copied()
        };
        [row, column]
    }
}

impl Builder {
    /// Begins a table.
    pub(super) fn begin_table(&mut self) {
        self.close();
        self.grid = Grid::default();
    }

    /// Begins a row of a table.
    pub(super) fn begin_row(&mut self) {
        self.close();
        self.grid.rows += 1;
        self.grid.column = 0;
        self.grid.first = None;
    }

    /// Begins the next cell of a row.
    pub(super) fn open_cell(&mut self) {
        self.table_part("td");
        self.open(BlockKind::Cell);
    }

    /// Says in which column of which row the next cell stands.
    pub(super) fn cell_at(&mut self, row: usize, column: usize) {
        if self.grid.row.replace(row) != Some(row) {
            self.begin_row();
        }
        self.grid.column = column;
    }

    /// A part of a table by the name of its element.
    pub(super) fn table_part(&mut self, name: &str) {
        match name {
            "table" => self.begin_table(),
            "tr" => self.begin_row(),
            "td" | "th" => self.grid.column += 1,
            _ => {}
        }
    }
}
