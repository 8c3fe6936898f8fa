//! Which rows of a selection a page shows, and the way to the others.

use crate::kernel::web::links;

/// A page of rows, by place.
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    /// Rows before the page.
    pub first: usize,
    /// Rows on a page.
    size: usize,
    /// Rows in all.
    total: usize,
}

impl Paging {
    /// The page that holds the row at this place from 0; the first one where there is no such row.
    pub fn holding(place: usize, size: usize, total: usize) -> Self {
        Self { first: if place < total { place / size * size } else { 0 }, size, total }
    }

    /// The page that an address asks for by the row that it begins with, from 1.
    pub fn asked(from: Option<usize>, size: usize, total: usize) -> Self {
        Self::holding(from.unwrap_or(1).saturating_sub(1), size, total)
    }

    /// The place after the last row of the page.
    pub fn end(&self) -> usize {
        (self.first + self.size).min(self.total)
    }

    /// The ordinal of the first row shown.
    pub fn from(&self) -> i64 {
        number(self.first + 1)
    }

    /// The ordinal of the last row shown.
    pub fn to(&self) -> i64 {
        number(self.end())
    }

    /// How many rows there are.
    pub fn of(&self) -> i64 {
        number(self.total)
    }

    /// Whether there is another page.
    pub fn has_others(&self) -> bool {
        self.total > self.size
    }

    /// Links to first, previous, next and last page of this path; empty where there is none.
    pub fn links(&self, path: &str) -> [String; 4] {
        let link = |there: bool, first: usize| match (there, first) {
            (false, _) => String::new(),
            (true, 0) => path.to_owned(),
            (true, first) => links::with_query(path, [("fran", (first + 1).to_string().as_str())]),
        };
        let (before, after) = (self.first > 0, self.end() < self.total);
        let tail = self.total.saturating_sub(1) / self.size * self.size;
        [
            link(before, 0),
            link(before, self.first.saturating_sub(self.size)),
            link(after, self.first + self.size),
            link(after, tail),
        ]
    }
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
