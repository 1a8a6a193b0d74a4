//! Which row and column each cell of a table falls into, and which cells are left out because no row takes them.

use std::collections::HashMap;

/// Columns and repeats that are counted: a wider table is nobody's.
pub(super) const MOST: usize = 200;

/// How much room a cell takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// How often it is repeated.
    pub(super) times: usize,
    /// Whether it is the first on its line.
    pub(super) first: bool,
}

/// Where a cell stands; `None` if it is not shown.
pub(super) type Place = Option<(usize, usize)>;

struct Grid {
    /// How many columns the table has, once that is known.
    columns: Option<usize>,
    row: usize,
    /// How many cells and columns of the row are taken.
    cells: usize,
    taken: usize,
    /// Columns taken by cells of earlier rows, and what that changes by at later rows.
    above: isize,
    changes: HashMap<usize, isize>,
}

/// The place of each cell. Without `columns`, the first line says how many there are.
pub(super) fn places(cells: impl Iterator<Item = Room>, columns: Option<usize>) -> Vec<Place> {
    let mut grid = Grid {
        columns,
        row: 0,
        cells: 0,
        taken: 0,
        above: 0,
        changes: HashMap::new(),
    };
    let mut places = Vec::new();
    for cell in cells {
        if grid.columns.is_none() && cell.first && grid.cells > 0 {
            grid.end_row();
        }
        let mut place = None;
        for _ in 0..cell.times.min(MOST) {
            place = place.or(grid.put(cell));
        }
        places.push(place);
    }
    if grid.columns.is_some() {
        // a last row that is not full is left out
        for place in &mut places {
            *place = place.filter(|(row, _)| *row < grid.row);
        }
    }
    places
}

impl Grid {
    fn put(&mut self, cell: Room) -> Place {
        if self.columns.is_some_and(|most| self.cells >= most) {
            return None;
        }
        let place = (self.row, self.cells);
        if cell.rows > 1 {
            let columns = isize::try_from(cell.columns).unwrap_or(0);
            *self.changes.entry(self.row + 1).or_default() += columns;
            *self.changes.entry(self.row + cell.rows).or_default() -= columns;
        }
        self.taken += cell.columns;
        self.cells += 1;
        let taken = isize::try_from(self.taken).unwrap_or(0) + self.above;
        if self
            .columns
            .is_some_and(|of| isize::try_from(of) == Ok(taken))
        {
            self.end_row();
        }
        Some(place)
    }

    fn end_row(&mut self) {
        self.columns.get_or_insert(self.taken);
        self.row += 1;
        self.cells = 0;
        self.taken = 0;
        self.above += self.changes.remove(&self.row).unwrap_or(0);
    }
}
