//! Tables and their cells.

use super::Paragraph;

/// A table without merged cells. Its headings come again on each page, and no short row is torn in two.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Table {
    /// What it shows, above it.
    pub caption: Option<Paragraph>,
    /// What it shows, for those who do not see it; the caption where it is empty.
    pub description: String,
    /// What share of the width each column takes.
    pub widths: Vec<u16>,
    /// The headings of the columns; none where it is empty.
    pub header: Vec<Cell>,
    /// The rows, each of one cell per column.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the first cell of each row is its heading.
    pub first_column_heads: bool,
}

impl Table {
    /// A table of so many columns, with what share of the width each takes.
    pub fn new(widths: impl Into<Vec<u16>>) -> Self {
        Self { widths: widths.into(), ..Self::default() }
    }

    /// Sets the headings of the columns.
    pub fn header<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.header = cells.into_iter().map(Into::into).collect();
    }

    /// One more row.
    pub fn row<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }
}

/// What is in a cell of a table: paragraphs of any kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// From top to bottom. An empty cell has none.
    pub paragraphs: Vec<Paragraph>,
}

impl Cell {
    /// A cell of these paragraphs.
    pub fn new(paragraphs: impl IntoIterator<Item = Paragraph>) -> Self {
        Self { paragraphs: paragraphs.into_iter().collect() }
    }
}

impl<T: Into<Paragraph>> From<T> for Cell {
    fn from(paragraph: T) -> Self {
        Self::new([paragraph.into()])
    }
}
