//! What the guide proposes, and why. Pure: the same wishes and requirements always give the same proposal.

use std::collections::{BTreeMap, BTreeSet};

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
    /// Its level is within the ambition, and it stands alone, or beside a higher one that says nothing of it.
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

/// Proposes. Of a family the highest that is not refused takes the place of the lower levels where it replaces them, and has
/// them beside itself where it does not; members of one level are of different types, and none takes another's place. Where there are not hours enough, award criteria and contract conditions with the greatest follow-up go first, and
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
    let proposed: BTreeSet<usize> = rows.iter().map(|(place, _)| *place).collect();
    for family in &families {
        replaced(candidates, family, &proposed, &mut outs);
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

/// What of a family is proposed, the highest first. What replaces takes the place of every lower level, of whichever type;
/// members of one level stand beside each other, and so do those that say nothing of how they stand to the lower.
fn choose(candidates: &[Candidate], family: &[usize], outs: &BTreeMap<usize, Out>) -> Vec<(usize, Why)> {
    let mut rows: Vec<(usize, Why)> = Vec::new();
    for place in family.iter().filter(|place| !outs.contains_key(place)) {
        if replacing(candidates, *place, rows.iter().map(|(row, _)| *row)).is_some() {
            break;
        }
        rows.push((*place, reason(candidates, family, *place, &rows, outs)));
    }
    rows
}

/// Why a member of a family is proposed, beside those of its family that were chosen before it.
fn reason(candidates: &[Candidate], family: &[usize], place: usize, rows: &[(usize, Why)], outs: &BTreeMap<usize, Out>) -> Why {
    let candidate = &candidates[place];
    let adding = rows.iter().map(|(row, _)| &candidates[*row]).rfind(|higher| is_above(higher, candidate, Relation::AddsTo));
    if let Some(higher) = adding {
        return Why::Kept(higher.number);
    }
    // What of the family is higher and would have been wanted: a level above the ambition is nothing that is missed.
    let mut missed = family
        .iter()
        .filter_map(|other| outs.get(other).map(|out| (&candidates[*other], *out)))
        .filter(|(other, out)| other.level > candidate.level && *out != Out::Above);
    if let Some((higher, out)) = missed.clone().rfind(|(higher, _)| higher.relation == Some(Relation::Replaces)) {
        return Why::Instead(higher.number, out);
    }
    let has_higher = missed.next().is_some() || rows.iter().any(|(row, _)| candidates[*row].level > candidate.level);
    if candidate.family.is_none() || has_higher {
        return Why::Level;
    }
    let mut below = family
        .iter()
        .filter(|other| candidate.relation == Some(Relation::Replaces) && !outs.contains_key(other))
        .map(|other| &candidates[*other])
        .filter(|other| other.level < candidate.level);
    let nearest = below.clone().next();
    Why::Highest { replaces: below.find(|other| other.kind == candidate.kind).or(nearest).map(|lower| lower.number) }
}

/// Whether one of a family stands on a higher level than another, and how.
fn is_above(higher: &Candidate, candidate: &Candidate, relation: Relation) -> bool {
    higher.level > candidate.level && higher.relation == Some(relation)
}

/// Which of the proposed members of a family, the highest first, takes the place of another: of the same type, if there is one.
fn replacing(candidates: &[Candidate], place: usize, rows: impl Iterator<Item = usize> + Clone) -> Option<i64> {
    let candidate = &candidates[place];
    let mut above = rows.map(|row| &candidates[row]).filter(|higher| is_above(higher, candidate, Relation::Replaces));
    let highest = above.clone().next();
    above.find(|higher| higher.kind == candidate.kind).or(highest).map(|higher| higher.number)
}

/// Notes of the rest of a family what takes its place.
fn replaced(candidates: &[Candidate], family: &[usize], proposed: &BTreeSet<usize>, outs: &mut BTreeMap<usize, Out>) {
    let rows = || family.iter().copied().filter(|place| proposed.contains(place));
    for place in family.iter().filter(|place| !proposed.contains(place)) {
        // Where the one that replaces it is not proposed after all, the proposal was full.
        outs.entry(*place).or_insert_with(|| replacing(candidates, *place, rows()).map_or(Out::Full, Out::Replaced));
    }
}
