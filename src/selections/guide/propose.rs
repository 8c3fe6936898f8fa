//! What the guide proposes, and why. Pure: the same wishes and requirements always give the same proposal.

use std::collections::BTreeMap;

use crate::{
    kernel::config::EffortHours,
    requirements::fields::{Effort, Kind, Level, Relation},
    selections::budget,
};

/// A contract worth less than this a year, in SEK, is small. A week of follow-up costs some 40 000 SEK; of a contract of one
/// million that is four per cent, more than a buyer can defend as proportionate (LOU 4:1).
pub const SMALL_A_YEAR: i64 = 1_000_000;
/// A contract of so many years or less is short: an audit that is planned, done and put right takes most of a year, so
/// nothing would come of it before the contract ends.
pub const SHORT_YEARS: i64 = 1;
/// Requirements that are proposed at most; more than anybody reads through in a tender.
pub const MOST: usize = 200;

/// A requirement in force that may be proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its printed number.
    pub number: i64,
    /// What it is in a tender.
    pub kind: Kind,
    /// How far it goes.
    pub level: Level,
    /// Its family, if it is in one.
    pub family: Option<String>,
    /// How it stands to the lower member of its family.
    pub relation: Option<Relation>,
    /// How much work its follow-up is, where that is said.
    pub effort: Option<Effort>,
    /// Whether it is stopped for the time being.
    pub stopped: bool,
}

/// What the buyer has said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// How far to go.
    pub ambition: Level,
    /// What the whole contract is worth, in SEK.
    pub value: Option<i64>,
    /// How many years it lasts.
    pub years: Option<i64>,
    /// Hours a year that there are for follow-up.
    pub hours: Option<i64>,
    /// What follow-up takes.
    pub each: EffortHours,
}

/// Why a requirement is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Out {
    /// It is not to be used just now.
    Stopped,
    /// It goes further than the buyer wants to.
    Above,
    /// A week of follow-up a year is too much for so small or short a contract.
    Disproportionate,
    /// There are not hours enough.
    OverBudget,
    /// The requirement with this number takes its place.
    Replaced(i64),
    /// The proposal was full.
    Full,
}

/// Why a requirement is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It stands alone, and its level is within the ambition.
    Level,
    /// It is the highest of its family within the ambition, and takes the place of the lower ones, if any.
    Highest {
        /// The one just below, whose place it takes.
        replaces: Option<i64>,
    },
    /// The higher one with this number adds to it.
    Kept(i64),
    /// The higher one with this number was left out, and why.
    Instead(i64, Out),
}

/// What is proposed: places in the list of candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What is proposed, by type as tenders are written, then by number.
    pub rows: Vec<(usize, Why)>,
    /// What is left out, in the same order.
    pub out: Vec<(usize, Out)>,
    /// Hours of follow-up a year.
    pub hours: i64,
    /// Hours a year that are missing all the same: nothing more can be left out but what the tender is built on.
    pub missing: Option<i64>,
}

impl Wish {
    /// Whether the contract is too small or too short for a week of follow-up a year.
    pub fn is_modest(&self) -> bool {
        self.is_small() || self.is_short()
    }

    /// Whether it is worth little a year; without a length, whether it is worth little in all.
    pub fn is_small(&self) -> bool {
        self.value.is_some_and(|value| value / self.years.unwrap_or(1).max(1) < SMALL_A_YEAR)
    }

    /// Whether it ends soon.
    pub fn is_short(&self) -> bool {
        self.years.is_some_and(|years| years <= SHORT_YEARS)
    }

    fn hours(&self, candidate: &Candidate) -> i64 {
        candidate.effort.map_or(0, |effort| budget::hours(self.each, effort))
    }

    /// Why the requirement is not to be proposed, whatever else is.
    fn refuses(&self, candidate: &Candidate) -> Option<Out> {
        if candidate.level > self.ambition {
            Some(Out::Above)
        } else if candidate.stopped {
            Some(Out::Stopped)
        } else if self.is_modest() && candidate.effort == Some(Effort::Large) && candidate.level > Level::Basic {
            Some(Out::Disproportionate)
        } else {
            None
        }
    }
}

/// Proposes. Of a family the highest that is not refused takes the lower one's place, or has it beside itself where it adds
/// to it. Where there are not hours enough, award criteria and contract conditions with the greatest follow-up go first, and
/// what is lower in the family comes in for them; specifications and qualification are what a tender is built on, and stay.
pub fn propose(candidates: &[Candidate], wish: &Wish) -> Proposal {
    let mut outs: BTreeMap<usize, Out> = BTreeMap::new();
    for (place, candidate) in candidates.iter().enumerate() {
        outs.extend(wish.refuses(candidate).map(|out| (place, out)));
    }
    let families = families(candidates);
    let mut chosen: Vec<Vec<(usize, Why)>> = families.iter().map(|family| choose(candidates, family, &outs)).collect();
    let mut hours: i64 = chosen.iter().flatten().map(|(place, _)| wish.hours(&candidates[*place])).sum();
    while wish.hours.is_some_and(|given| hours > given) {
        let removable = chosen.iter().enumerate().flat_map(|(family, rows)| rows.iter().map(move |(place, _)| (family, *place)));
        let dearest = removable
            .filter(|(_, place)| wish.hours(&candidates[*place]) > 0 && may_go(candidates[*place].kind))
            .max_by_key(|(_, place)| dearness(&candidates[*place]));
        let Some((family, place)) = dearest else { break };
        outs.insert(place, Out::OverBudget);
        let without = choose(candidates, &families[family], &outs);
        let sum = |rows: &[(usize, Why)]| rows.iter().map(|(place, _)| wish.hours(&candidates[*place])).sum::<i64>();
        hours += sum(&without) - sum(&chosen[family]);
        chosen[family] = without;
    }
    let mut rows: Vec<(usize, Why)> = chosen.into_iter().flatten().collect();
    rows.sort_by_key(|(place, _)| order(&candidates[*place]));
    for (place, _) in rows.drain(MOST.min(rows.len())..) {
        outs.insert(place, Out::Full);
    }
    let hours: i64 = rows.iter().map(|(place, _)| wish.hours(&candidates[*place])).sum();
    for family in &families {
        replaced(candidates, family, &rows, &mut outs);
    }
    let mut out: Vec<(usize, Out)> = outs.into_iter().collect();
    out.sort_by_key(|(place, _)| order(&candidates[*place]));
    Proposal { rows, out, hours, missing: wish.hours.map(|given| hours - given).filter(|missing| *missing > 0) }
}

/// By type as tenders are written, then by number.
fn order(candidate: &Candidate) -> (Kind, i64) {
    (candidate.kind, candidate.number)
}

/// Whether a tender can do without.
fn may_go(kind: Kind) -> bool {
    matches!(kind, Kind::AwardCriterion | Kind::ContractCondition)
}

/// What goes first: the most work, then the highest level, then award criteria, then what is newest.
fn dearness(candidate: &Candidate) -> (Option<Effort>, Level, bool, i64) {
    (candidate.effort, candidate.level, candidate.kind == Kind::AwardCriterion, candidate.number)
}

/// The members of each family, the highest first; what is in none is a family of its own.
fn families(candidates: &[Candidate]) -> Vec<Vec<usize>> {
    let mut families: BTreeMap<(Option<&str>, i64), Vec<usize>> = BTreeMap::new();
    for (place, candidate) in candidates.iter().enumerate() {
        let alone = if candidate.family.is_none() { candidate.number } else { 0 };
        families.entry((candidate.family.as_deref(), alone)).or_default().push(place);
    }
    let mut families: Vec<Vec<usize>> = families.into_values().collect();
    for members in &mut families {
        members.sort_by_key(|place| std::cmp::Reverse((candidates[*place].level, candidates[*place].number)));
    }
    families
}

/// What of a family is proposed, the highest first.
fn choose(candidates: &[Candidate], family: &[usize], outs: &BTreeMap<usize, Out>) -> Vec<(usize, Why)> {
    let mut rows: Vec<(usize, Why)> = Vec::new();
    let free: Vec<usize> = family.iter().copied().filter(|place| !outs.contains_key(place)).collect();
    for (at, place) in free.iter().enumerate() {
        let candidate = &candidates[*place];
        let below = free.get(at + 1).map(|below| candidates[*below].number);
        let adds = candidate.relation == Some(Relation::AddsTo);
        // What of the family is higher and would have been wanted: a level above the ambition is nothing that is missed.
        let missed = family
            .iter()
            .take_while(|other| *other != place)
            .filter_map(|other| outs.get(other).map(|out| (candidates[*other].number, *out)))
            .filter(|(_, out)| *out != Out::Above)
            .last();
        let why = match (rows.last(), missed) {
            (Some((higher, _)), _) => Why::Kept(candidates[*higher].number),
            (None, Some((number, out))) => Why::Instead(number, out),
            (None, None) if candidate.family.is_none() => Why::Level,
            (None, None) => Why::Highest { replaces: below.filter(|_| !adds) },
        };
        rows.push((*place, why));
        if !adds {
            break;
        }
    }
    rows
}

/// Notes of the rest of a family what takes its place.
fn replaced(candidates: &[Candidate], family: &[usize], rows: &[(usize, Why)], outs: &mut BTreeMap<usize, Out>) {
    let mut by = None;
    for place in family {
        if rows.iter().any(|(row, _)| row == place) {
            by = Some(candidates[*place].number);
        } else if !outs.contains_key(place) {
            // Where the one above it is not proposed after all, the proposal was full.
            outs.insert(*place, by.map_or(Out::Full, Out::Replaced));
        }
    }
}
