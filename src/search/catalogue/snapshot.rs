//! The catalogue at one generation.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    fmt,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::locale;
use uuid::Uuid;

use super::{
    entry::{Entry, NEVER, Row, micros},
    find::{Memo, RESERVED},
    order::Order,
    store::Changed,
};

/// The catalogue at one generation. Nothing in it changes but what it has worked out and remembers.
pub struct Snapshot {
    generation: i64,
    pub(super) entries: Vec<Entry>,
    slots: HashMap<Uuid, u32>,
    pub(super) dictionary: Dictionary,
    /// Every instant at which a document becomes or ceases to be a current answer, or is stopped.
    pub(super) bounds: Vec<i64>,
    orders: [OnceLock<Sorted>; Order::ALL.len()],
    memo: Mutex<Memo>,
}

/// All slots in an order, and the place of each.
#[derive(Debug)]
pub(super) struct Sorted {
    pub(super) slots: Vec<u32>,
    pub(super) places: Vec<u32>,
}

/// Facets by number.
#[derive(Debug, Clone)]
pub(super) struct Dictionary {
    pub(super) names: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u16>,
}

impl Dictionary {
    fn new() -> Self {
        let mut new = Self { names: Vec::new(), numbers: HashMap::new() };
        for name in RESERVED {
            new.number(name);
        }
        new
    }

    /// The number of a facet, a new one where it is not known. Facets are names of filters' choices: some hundreds. Were there
    /// ever more than fit, the last number would stand for all the rest.
    fn number(&mut self, name: &str) -> u16 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u16::try_from(self.names.len()).unwrap_or(u16::MAX);
        self.names.push(name.into());
        self.numbers.insert(name.into(), number);
        number
    }

    pub(super) fn known(&self, name: &str) -> Option<u16> {
        self.numbers.get(name).copied()
    }
}

impl Snapshot {
    pub(super) fn new(generation: i64, rows: &[Row]) -> Self {
        Self::of(generation, Vec::new(), Dictionary::new(), rows)
    }

    /// The catalogue of a later generation.
    pub(super) fn with(&self, generation: i64, changed: &Changed) -> Self {
        let gone: HashSet<Uuid> = changed.subjects.iter().copied().collect();
        let kept = self.entries.iter().filter(|entry| !gone.contains(&entry.subject)).cloned().collect();
        Self::of(generation, kept, self.dictionary.clone(), &changed.documents)
    }

    fn of(generation: i64, mut entries: Vec<Entry>, mut dictionary: Dictionary, rows: &[Row]) -> Self {
        let collator = swedish();
        let mut shelves: HashSet<Arc<str>> = entries.iter().map(|entry| Arc::clone(&entry.shelf)).collect();
        entries.extend(rows.iter().map(|row| entry(row, once(&mut shelves, &row.shelf), &mut dictionary, &collator)));
        let slots = entries.iter().zip(0..).map(|(entry, slot)| (entry.id, slot)).collect();
        let bounds: BTreeSet<i64> =
            entries.iter().flat_map(|entry| [entry.from, entry.to, entry.stops]).filter(|at| *at != NEVER).collect();
        Self {
            generation,
            entries,
            slots,
            dictionary,
            bounds: bounds.into_iter().collect(),
            orders: [const { OnceLock::new() }; Order::ALL.len()],
            memo: Mutex::default(),
        }
    }

    /// Which generation this is.
    pub fn generation(&self) -> i64 {
        self.generation
    }

    /// The facets in use that begin so.
    pub fn facets<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.dictionary.names.iter().map(AsRef::as_ref).filter(move |name| name.starts_with(prefix))
    }

    /// Whether there is such a document.
    pub fn knows(&self, id: Uuid) -> bool {
        self.slots.contains_key(&id)
    }

    pub(super) fn slot(&self, id: Uuid) -> Option<u32> {
        self.slots.get(&id).copied()
    }

    pub(super) fn entry(&self, slot: u32) -> &Entry {
        &self.entries[slot as usize]
    }

    pub(super) fn sorted(&self, order: Order) -> &Sorted {
        self.orders[order as usize].get_or_init(|| {
            let mut slots: Vec<u32> = (0..).take(self.entries.len()).collect();
            slots.sort_unstable_by(|a, b| order.compare(self.entry(*a), self.entry(*b)));
            let mut places = vec![0; slots.len()];
            for (slot, place) in slots.iter().zip(0..) {
                places[*slot as usize] = place;
            }
            Sorted { slots, places }
        })
    }

    pub(super) fn memo<T>(&self, with: impl FnOnce(&mut Memo) -> T) -> T {
        with(&mut self.memo.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Snapshot")
            .field("generation", &self.generation)
            .field("entries", &self.entries.len())
            .finish_non_exhaustive()
    }
}

/// The name of a shelf, of which each is held once.
fn once(shelves: &mut HashSet<Arc<str>>, name: &str) -> Arc<str> {
    if let Some(known) = shelves.get(name) {
        return Arc::clone(known);
    }
    let new: Arc<str> = name.into();
    shelves.insert(Arc::clone(&new));
    new
}

fn entry(row: &Row, shelf: Arc<str>, dictionary: &mut Dictionary, collator: &CollatorBorrowed<'_>) -> Entry {
    let (mut facets, mut codes, mut family) = (Vec::new(), Vec::new(), None);
    for facet in row.facets.split(' ') {
        if let Some(digits) = facet.strip_prefix("cpv:") {
            codes.extend(digits.parse::<u32>());
        } else if facet.starts_with("family:") {
            family = Some(facet.into());
        } else {
            facets.push(dictionary.number(facet));
        }
    }
    Entry {
        id: row.id,
        number: row.number,
        subject: row.subject,
        audience: row.audience,
        owner: row.owner,
        from: micros(row.from),
        to: row.to.map_or(NEVER, micros),
        changed: row.changed.map_or(i64::MIN, micros),
        stops: row.stops.map_or(NEVER, micros),
        review_by: row.review_by,
        open: dictionary.known("state:open").is_some_and(|open| facets.contains(&open)),
        repealed: dictionary.known("state:repealed").is_some_and(|repealed| facets.contains(&repealed)),
        facets: facets.into(),
        codes: codes.into(),
        family,
        shelf,
        title: sort_key(collator, &row.title).into(),
    }
}

/// Å, Ä and Ö last. The data is a part of the program, so it is always there.
fn swedish() -> CollatorBorrowed<'static> {
    Collator::try_new(locale!("sv").into(), CollatorOptions::default()).expect("Swedish is built in")
}

fn sort_key(collator: &CollatorBorrowed<'_>, text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 2);
    // Writing to memory does not fail.
    let _ = collator.write_sort_key_to(text, &mut key);
    key
}
