//! Orders of the catalogue, and pages by key.

use std::{cmp::Ordering, ops::Range};

use uuid::Uuid;

use super::entry::Entry;

/// An order that needs no words to rank by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// What took effect last, first.
    Latest,
    /// What takes effect first, first.
    Earliest,
    /// By title, å ä ö last.
    Title,
    /// By printed number.
    Number,
    /// By shelf.
    Shelf,
    /// What should have been reviewed first, first; what has no day of review, last.
    Review,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 6] = [Self::Latest, Self::Earliest, Self::Title, Self::Number, Self::Shelf, Self::Review];

    /// Which of two documents comes first.
    pub fn compare(self, a: &Entry, b: &Entry) -> Ordering {
        match self {
            Self::Latest => b.from.cmp(&a.from),
            Self::Earliest => a.from.cmp(&b.from),
            Self::Title => a.title.cmp(&b.title),
            Self::Number => Ordering::Equal,
            Self::Shelf => a.shelf.cmp(&b.shelf),
            Self::Review => (a.review_by.is_none(), a.review_by).cmp(&(b.review_by.is_none(), b.review_by)),
        }
        .then_with(|| a.number.cmp(&b.number))
        .then_with(|| a.id.cmp(&b.id))
    }
}

/// Which page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The page that begins after so many.
    Offset(usize),
    /// The page that begins after this document; the first one where it is not known.
    After(Uuid),
    /// The page that ends before this document; the last one where it is not known.
    Before(Uuid),
    /// The last page, which holds what is left over when one walks there.
    Last,
}

/// A page of a list.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Page {
    /// How many stand before it.
    pub before: i64,
    /// What is on it.
    pub ids: Vec<Uuid>,
}

/// Where a page begins or ends in a list, once its neighbour is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// It begins here.
    From(usize),
    /// It ends here.
    To(usize),
    /// It holds what is left over at the end.
    Last,
}

impl Bound {
    /// The part of a list of this length that is on the page.
    pub(super) fn range(self, length: usize, size: usize) -> Range<usize> {
        let (first, end) = match self {
            Self::From(first) => (first, first.saturating_add(size)),
            Self::To(end) => (end.saturating_sub(size), end),
            Self::Last => (length.saturating_sub(1) / size.max(1) * size, length),
        };
        let first = first.min(length);
        first..end.clamp(first, length)
    }
}
