//! What is found in rows: documents of one family that stand on one shelf make a row, a document without family makes one alone.

use std::collections::HashMap;

use uuid::Uuid;

use super::{entry::Entry, order::Bound, snapshot::Snapshot};

/// Rows in the order of shelves and, on a shelf, of the lowest number in each.
#[derive(Debug)]
pub(super) struct Rows {
    /// The lowest number in each.
    numbers: Vec<i64>,
    /// Where the members of each end in `members`.
    ends: Vec<usize>,
    /// The slots of all rows, one row after the other, by number.
    members: Vec<u32>,
    /// The row of each slot, by slot.
    of_slot: Vec<(u32, u32)>,
    /// How many rows have a document with this facet.
    having: Vec<i64>,
}

/// The rows of what was found.
#[derive(Debug, Clone, Copy)]
pub struct FoundRows<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) rows: &'a Rows,
}

/// Which page of rows; a row is named by the lowest number in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowPlace {
    /// The page that begins after this row; the first one where there is no such row.
    After(i64),
    /// The page that ends before this row; the last one where there is no such row.
    Before(i64),
    /// The first page.
    First,
    /// The last page, which holds what is left over when one walks there.
    Last,
}

/// A page of rows.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct RowPage {
    /// How many rows stand before it.
    pub before: i64,
    /// The documents of its rows, one row after the other.
    pub ids: Vec<Uuid>,
    /// The row of each, counted from the first of the page.
    pub rows: Vec<i32>,
}

impl Rows {
    /// From documents in the order of shelves, each with its slot; `facets` is how many facets there are.
    pub(super) fn new<'a>(found: impl Iterator<Item = (u32, &'a Entry)>, facets: usize) -> Self {
        let (mut numbers, mut placed) = (Vec::new(), Vec::new());
        let (mut shelf, mut families) = (None, HashMap::new());
        for (slot, entry) in found {
            if shelf != Some(&entry.shelf) {
                shelf = Some(&entry.shelf);
                families.clear();
            }
            let new = numbers.len();
            let row = entry.family.as_deref().map_or(new, |family| *families.entry(family).or_insert(new));
            if row == new {
                numbers.push(entry.number);
            }
            placed.push((row, slot, entry));
        }
        // Within a row they keep their order.
        placed.sort_by_key(|(row, ..)| *row);
        let mut ends = vec![0; numbers.len()];
        let (mut having, mut counted) = (vec![0; facets], vec![None; facets]);
        for (end, (row, _, entry)) in (1..).zip(&placed) {
            ends[*row] = end;
            for facet in entry.facets.iter().map(|facet| usize::from(*facet)) {
                if counted[facet].replace(*row) != Some(*row) {
                    having[facet] += 1;
                }
            }
        }
        let mut of_slot: Vec<(u32, u32)> =
            placed.iter().map(|(row, slot, _)| (*slot, u32::try_from(*row).unwrap_or(u32::MAX))).collect();
        of_slot.sort_unstable();
        Self { numbers, ends, members: placed.into_iter().map(|(_, slot, _)| slot).collect(), of_slot, having }
    }
}

impl FoundRows<'_> {
    /// How many rows there are.
    pub fn total(&self) -> i64 {
        i64::try_from(self.rows.numbers.len()).unwrap_or(i64::MAX)
    }

    /// How many of them have a document with this facet.
    pub fn with(&self, facet: &str) -> i64 {
        let number = self.snapshot.dictionary.known(facet);
        number.and_then(|number| self.rows.having.get(usize::from(number)).copied()).unwrap_or(0)
    }

    /// The documents in the row that this one is in, by number.
    pub fn around(&self, id: Uuid) -> impl Iterator<Item = &Entry> {
        let Rows { ends, members, of_slot, .. } = self.rows;
        let place = self.snapshot.slot(id).and_then(|slot| of_slot.binary_search_by_key(&slot, |(slot, _)| *slot).ok());
        let row = place.map(|place| of_slot[place].1 as usize);
        let range = row.map_or(0..0, |row| row.checked_sub(1).map_or(0, |before| ends[before])..ends[row]);
        members[range].iter().map(|slot| self.snapshot.entry(*slot))
    }

    /// One page.
    pub fn page(&self, place: RowPlace, size: usize) -> RowPage {
        let Rows { numbers, ends, members, .. } = self.rows;
        let find = |number| numbers.iter().position(|other| *other == number);
        let bound = match place {
            RowPlace::First => Bound::From(0),
            RowPlace::Last => Bound::Last,
            RowPlace::After(number) => Bound::From(find(number).map_or(0, |row| row + 1)),
            RowPlace::Before(number) => find(number).map_or(Bound::Last, Bound::To),
        };
        let range = bound.range(numbers.len(), size);
        let mut page = RowPage { before: i64::try_from(range.start).unwrap_or(i64::MAX), ..RowPage::default() };
        let mut first = range.start.checked_sub(1).map_or(0, |row| ends[row]);
        for (place, row) in (0..).zip(range) {
            for slot in &members[first..ends[row]] {
                page.ids.push(self.snapshot.entry(*slot).id);
                page.rows.push(place);
            }
            first = ends[row];
        }
        page
    }
}
