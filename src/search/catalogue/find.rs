//! Which documents pass filters, in which order, and how many each choice would give.

use std::{
    ops::Range,
    sync::{Arc, OnceLock},
};

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    entry::{Entry, NEVER, micros},
    order::{Bound, Order, Page, Place},
    rows::{FoundRows, Rows},
    snapshot::Snapshot,
};
use crate::kernel::actor::Viewer;

/// Where a document stands, as a facet that depends on the time.
pub mod standing {
    /// In force.
    pub const CURRENT: &str = "standing:current";
    /// To come into force.
    pub const COMING: &str = "standing:coming";
    /// Was in force, and another version came.
    pub const SUPERSEDED: &str = "standing:superseded";
    /// Was in force, and nothing of its own came.
    pub const REPEALED: &str = "standing:repealed";
    /// Its review should have been done.
    pub const OVERDUE: &str = "review:overdue";
}

/// Facets that no document has of itself, in the order of their numbers in the dictionary.
pub(super) const RESERVED: [&str; 5] =
    [standing::CURRENT, standing::COMING, standing::SUPERSEDED, standing::REPEALED, standing::OVERDUE];
const CURRENT: u16 = 0;
const COMING: u16 = 1;
const SUPERSEDED: u16 = 2;
const REPEALED: u16 = 3;
const OVERDUE: u16 = 4;
/// Answers that are remembered at most.
const REMEMBERED: usize = 64;

/// One filter: passes what has one of the chosen facets, or everything where none is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filter {
    /// What the facets of this filter begin with; their counts leave the filter's own choice out of account.
    pub prefixes: &'static [&'static str],
    /// What is chosen.
    pub chosen: Vec<String>,
}

/// What is asked of the catalogue. Drafts are never among the answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    /// Who asks.
    pub viewer: Viewer,
    /// When.
    pub now: OffsetDateTime,
    /// The day, in Sweden.
    pub today: Date,
    /// A printed number that alone is looked at.
    pub number: Option<i64>,
    /// CPV codes or beginnings of one; only what has all of them is looked at.
    pub cpv: Vec<String>,
    /// An instant; only what has changed since is looked at.
    pub changed_since: Option<OffsetDateTime>,
    /// The filters; at most sixteen.
    pub filters: Vec<Filter>,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    snapshot: Arc<Snapshot>,
    answer: Arc<Answer>,
}

#[derive(Debug)]
pub(super) struct Answer {
    /// From when until when the answer holds, in microseconds.
    holds: (i64, i64),
    everything: i64,
    total: i64,
    without: Vec<i64>,
    counts: Vec<i64>,
    passing: Vec<bool>,
    lists: [OnceLock<Vec<u32>>; Order::ALL.len()],
    rows: OnceLock<Rows>,
}

/// Questions that were asked before, oldest first. The time is left out: an answer knows how long it holds.
pub(super) type Memo = Vec<(Question, Arc<Answer>)>;

impl Question {
    /// What is in force, all of it.
    pub fn in_force(viewer: &Viewer, now: OffsetDateTime, today: Date) -> Self {
        let current = Filter { prefixes: &["standing:"], chosen: vec![standing::CURRENT.to_owned()] };
        Self { viewer: viewer.clone(), now, today, number: None, cpv: Vec::new(), changed_since: None, filters: vec![current] }
    }

    /// The same, narrowed to what has one of these facets.
    #[must_use]
    pub fn with(mut self, prefixes: &'static [&'static str], chosen: Vec<String>) -> Self {
        self.filters.push(Filter { prefixes, chosen });
        self
    }
}

impl Snapshot {
    /// Everything that passes, counted.
    pub fn find(self: &Arc<Self>, question: &Question) -> Found {
        let now = micros(question.now);
        let key = Question { now: OffsetDateTime::UNIX_EPOCH, ..question.clone() };
        let known = self.memo(|memo| {
            memo.retain(|(_, answer)| answer.holds.0 <= now && now < answer.holds.1);
            memo.iter().find(|(asked, _)| *asked == key).map(|(_, answer)| Arc::clone(answer))
        });
        let answer = known.unwrap_or_else(|| {
            let answer = Arc::new(answer(self, question, None));
            self.memo(|memo| {
                if memo.len() >= REMEMBERED {
                    memo.remove(0);
                }
                memo.push((key, Arc::clone(&answer)));
            });
            answer
        });
        Found { snapshot: Arc::clone(self), answer }
    }

    /// What passes among these documents, counted.
    pub fn find_among(self: &Arc<Self>, question: &Question, ids: &[Uuid]) -> Found {
        let slots: Vec<u32> = ids.iter().filter_map(|id| self.slot(*id)).collect();
        Found { snapshot: Arc::clone(self), answer: Arc::new(answer(self, question, Some(&slots))) }
    }
}

impl Found {
    /// How many pass every filter.
    pub fn total(&self) -> i64 {
        self.answer.total
    }

    /// How many there are without any filter.
    pub fn everything(&self) -> i64 {
        self.answer.everything
    }

    /// How many there would be without this filter.
    pub fn without(&self, filter: usize) -> i64 {
        self.answer.without.get(filter).copied().unwrap_or(self.answer.total)
    }

    /// How many a facet would give, or gives.
    pub fn count(&self, facet: &str) -> i64 {
        self.snapshot.dictionary.known(facet).and_then(|number| self.answer.counts.get(usize::from(number)).copied()).unwrap_or(0)
    }

    /// The facets that begin so and would give something, with how many.
    pub fn counts<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, i64)> {
        let names = self.snapshot.dictionary.names.iter().map(AsRef::as_ref);
        names.zip(self.answer.counts.iter().copied()).filter(move |(name, n)| *n > 0 && name.starts_with(prefix))
    }

    /// Everything that passes, in order.
    pub fn entries(&self, order: Order) -> impl Iterator<Item = &Entry> {
        self.list(order).iter().map(|slot| self.snapshot.entry(*slot))
    }

    /// What of it has a facet, in order.
    pub fn entries_with<'a>(&'a self, order: Order, facet: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let facet = self.snapshot.dictionary.known(facet);
        self.entries(order).filter(move |entry| facet.is_some_and(|facet| entry.facets.contains(&facet)))
    }

    /// Whether a document has a facet.
    pub fn has(&self, entry: &Entry, facet: &str) -> bool {
        self.snapshot.dictionary.known(facet).is_some_and(|facet| entry.facets.contains(&facet))
    }

    /// One page.
    pub fn page(&self, order: Order, place: Place, size: usize) -> Page {
        let list = self.list(order);
        let places = &self.snapshot.sorted(order).places;
        let find = |id| self.snapshot.slot(id).map(|slot| places[slot as usize]);
        let bound = match place {
            Place::Offset(first) => Bound::From(first),
            Place::Last => Bound::Last,
            Place::After(id) => {
                Bound::From(find(id).map_or(0, |place| list.partition_point(|slot| places[*slot as usize] <= place)))
            }
            Place::Before(id) => {
                find(id).map_or(Bound::Last, |place| Bound::To(list.partition_point(|slot| places[*slot as usize] < place)))
            }
        };
        let range = bound.range(list.len(), size);
        let before = i64::try_from(range.start).unwrap_or(i64::MAX);
        Page { before, ids: list[range].iter().map(|slot| self.snapshot.entry(*slot).id).collect() }
    }

    /// So many from where `before` ceases to hold, which it does once in this order.
    pub fn from(&self, order: Order, size: usize, before: impl Fn(&Entry) -> bool) -> Page {
        self.cut(order, before, |place| place..place.saturating_add(size))
    }

    /// The last so many of those for which `before` holds.
    pub fn until(&self, order: Order, size: usize, before: impl Fn(&Entry) -> bool) -> Page {
        self.cut(order, before, |place| place.saturating_sub(size)..place)
    }

    fn cut(&self, order: Order, before: impl Fn(&Entry) -> bool, range: impl Fn(usize) -> Range<usize>) -> Page {
        let list = self.list(order);
        let place = list.partition_point(|slot| before(self.snapshot.entry(*slot)));
        let range = range(place);
        let shown = &list[range.start.min(list.len())..range.end.min(list.len())];
        Page {
            before: i64::try_from(place).unwrap_or(i64::MAX),
            ids: shown.iter().map(|slot| self.snapshot.entry(*slot).id).collect(),
        }
    }

    /// Everything that passes in rows: a family's documents on one shelf together, others alone.
    pub fn rows(&self) -> FoundRows<'_> {
        let rows = self.answer.rows.get_or_init(|| {
            let facets = self.snapshot.dictionary.names.len();
            Rows::new(self.list(Order::Shelf).iter().map(|slot| (*slot, self.snapshot.entry(*slot))), facets)
        });
        FoundRows { snapshot: &self.snapshot, rows }
    }

    fn list(&self, order: Order) -> &[u32] {
        self.answer.lists[order as usize].get_or_init(|| {
            let sorted = self.snapshot.sorted(order).slots.iter().copied();
            sorted.filter(|slot| self.answer.passing[*slot as usize]).collect()
        })
    }
}

fn answer(snapshot: &Snapshot, question: &Question, among: Option<&[u32]>) -> Answer {
    let now = micros(question.now);
    let dictionary = &snapshot.dictionary;
    // For each facet, which filters it satisfies, and which filter it belongs to.
    let (mut satisfies, mut belongs) = (vec![0_u16; dictionary.names.len()], vec![0_u16; dictionary.names.len()]);
    let mut active = 0_u16;
    for (filter, bit) in question.filters.iter().zip((0..16).map(|place| 1_u16 << place)) {
        if !filter.chosen.is_empty() {
            active |= bit;
        }
        for facet in filter.chosen.iter().filter_map(|facet| dictionary.known(facet)) {
            satisfies[usize::from(facet)] |= bit;
        }
        for (name, belongs) in dictionary.names.iter().zip(&mut belongs) {
            if filter.prefixes.iter().any(|prefix| name.starts_with(prefix)) {
                *belongs |= bit;
            }
        }
    }
    let since = question.changed_since.map(micros);
    let ranges: Vec<_> = question.cpv.iter().map(|digits| code_range(digits)).collect();
    let mut answer = Answer {
        holds: holds(&snapshot.bounds, now),
        everything: 0,
        total: 0,
        without: vec![0; question.filters.len()],
        counts: vec![0; dictionary.names.len()],
        passing: vec![false; snapshot.entries.len()],
        lists: [const { OnceLock::new() }; Order::ALL.len()],
        rows: OnceLock::new(),
    };
    let mut judge = |slot: usize, entry: &Entry| {
        if entry.open
            || !question.viewer.sees(entry.audience, entry.owner)
            || question.number.is_some_and(|number| number != entry.number)
            || since.is_some_and(|since| !entry.has_changed(since, now))
            || !ranges.iter().all(|(least, most)| entry.codes.iter().any(|code| least <= code && code <= most))
        {
            return;
        }
        let of_time = [standing(entry, now), OVERDUE];
        let of_time = if entry.review_by.is_some_and(|day| day < question.today) { &of_time[..] } else { &of_time[..1] };
        let facets = || entry.facets.iter().chain(of_time).map(|facet| usize::from(*facet));
        let failed = active & !facets().fold(0, |all, facet| all | satisfies[facet]);
        answer.everything += 1;
        if failed == 0 {
            answer.passing[slot] = true;
            answer.total += 1;
            answer.without.iter_mut().for_each(|n| *n += 1);
            facets().for_each(|facet| answer.counts[facet] += 1);
        } else if failed.is_power_of_two() {
            // Without the one filter that it fails it would pass.
            answer.without[failed.trailing_zeros() as usize] += 1;
            facets().filter(|facet| belongs[*facet] & failed != 0).for_each(|facet| answer.counts[facet] += 1);
        }
    };
    match among {
        Some(slots) => slots.iter().for_each(|slot| judge(*slot as usize, snapshot.entry(*slot))),
        None => snapshot.entries.iter().enumerate().for_each(|(slot, entry)| judge(slot, entry)),
    }
    answer
}

fn standing(entry: &Entry, now: i64) -> u16 {
    if entry.from > now {
        COMING
    } else if now < entry.to {
        CURRENT
    } else if entry.repealed {
        REPEALED
    } else {
        SUPERSEDED
    }
}

/// From the last instant at which something changed until the next one.
fn holds(bounds: &[i64], now: i64) -> (i64, i64) {
    let next = bounds.partition_point(|at| *at <= now);
    (next.checked_sub(1).map_or(i64::MIN, |last| bounds[last]), bounds.get(next).copied().unwrap_or(NEVER))
}

/// The eight-digit codes that begin with these digits, none where they are no code.
fn code_range(digits: &str) -> (u32, u32) {
    let rest = 8_usize.checked_sub(digits.len()).and_then(|rest| u32::try_from(rest).ok());
    match (digits.parse::<u32>(), rest) {
        (Ok(begin), Some(rest)) => {
            let step = 10_u32.pow(rest);
            (begin * step, begin * step + (step - 1))
        }
        _ => (1, 0),
    }
}
