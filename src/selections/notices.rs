//! What has become of a row's requirement since it was chosen, and what is left to do with the row. Worked out from the light
//! rows and the time on every view, so that nothing has to be marked when a requirement changes.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    reads::selection::{RepealLine, RowLine, SiblingLine, SuccessorLine},
    values::{self, Misfit},
};
use crate::requirements::{
    RequirementNumber,
    fields::{Parameter, Relation},
    lifecycle::Standing,
};

/// Something that a row has to say of itself.
#[derive(Debug, Clone)]
pub enum Notice<'a> {
    /// The text may not be shown any more.
    Hidden,
    /// The requirement is not to be used for the time being.
    Stopped {
        /// Why.
        reason: &'a str,
        /// Since which day.
        since: Option<Date>,
    },
    /// The requirement is repealed.
    Repealed {
        /// Why.
        reason: &'a str,
        /// Since which day.
        since: Option<Date>,
        /// What came instead.
        successors: &'a [SuccessorLine],
        /// Whether it was said that the row is wanted all the same.
        confirmed: bool,
    },
    /// The requirement will be repealed.
    Ending {
        /// Why.
        reason: &'a str,
        /// From which day.
        from: Option<Date>,
        /// What comes instead.
        successors: &'a [SuccessorLine],
    },
    /// The version was taken back before its day.
    Revoked {
        /// The version that is in force.
        in_force: Option<i32>,
    },
    /// Another version is in force, later than this one.
    Newer {
        /// Its number.
        version: i32,
    },
    /// The version has ended, and none is in force.
    Ended,
    /// The version is not in force yet.
    Coming {
        /// From when it will be.
        from: Option<OffsetDateTime>,
        /// The version that is in force until then.
        in_force: Option<i32>,
    },
    /// The same requirement stands in the selection already.
    Twice {
        /// The row that stays.
        other: &'a RowLine,
    },
    /// It takes the place of a lower member of its family that stands in the selection too.
    Replaces {
        /// The row of the lower one.
        lower: &'a RowLine,
    },
    /// It is asked for besides a lower member of its family that does not stand in the selection.
    Lacks {
        /// The lower one.
        lower: RequirementNumber,
    },
    /// A value is to be filled in, and the requirement proposes none.
    Empty {
        /// Of which parameter.
        parameter: &'a Parameter,
    },
    /// A value that was filled in does not fit the version.
    Outside {
        /// Of which parameter.
        parameter: &'a Parameter,
        /// What is wrong with it.
        misfit: Misfit,
    },
    /// The buyer's own wording builds on another version than the row holds now.
    OlderWording {
        /// The version that it builds on.
        version: i32,
    },
}

impl Notice<'_> {
    /// Whether the selection cannot be taken out as a file before this is answered.
    pub fn blocks(&self) -> bool {
        matches!(self, Self::Repealed { confirmed: false, .. })
    }

    /// Whether there is something to do, or only something to know.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Repealed { confirmed: true, .. } | Self::Coming { .. })
    }
}

/// Whether a selection with these notices cannot be taken out as a file yet.
pub fn blocks_export<'a, 'b: 'a>(notices: impl IntoIterator<Item = &'a Notice<'b>>) -> bool {
    notices.into_iter().any(Notice::blocks)
}

/// What each row has to say, in the order of the rows.
pub fn of(rows: &[RowLine], now: OffsetDateTime) -> Vec<Vec<Notice<'_>>> {
    rows.iter().map(|row| of_row(row, rows, now)).collect()
}

/// What one row has to say, the weightiest first.
pub fn of_row<'a>(row: &'a RowLine, rows: &'a [RowLine], now: OffsetDateTime) -> Vec<Notice<'a>> {
    let mut notices = Vec::new();
    if row.hidden {
        notices.push(Notice::Hidden);
    }
    if let Some(stop) = &row.stop {
        notices.push(Notice::Stopped { reason: &stop.reason, since: stop.since() });
    }
    notices.extend(of_version(row, now));
    notices.extend(twice(row, rows).map(|other| Notice::Twice { other }));
    if is_fit_for_use(row, now) {
        notices.extend(of_family(row, rows));
    }
    if !row.hidden {
        notices.extend(of_values(row));
    }
    if let Some(version) = row.wording_version.filter(|version| row.reworded && *version != row.version) {
        notices.push(Notice::OlderWording { version });
    }
    notices
}

/// Where the version stands.
fn of_version(row: &RowLine, now: OffsetDateTime) -> Option<Notice<'_>> {
    match row.standing(now) {
        Standing::Repealed => {
            let repeal = row.repeal.as_ref();
            Some(Notice::Repealed {
                reason: repeal.map_or("", |repeal| &repeal.reason),
                since: repeal.and_then(RepealLine::effective),
                successors: repeal.map_or(&[], |repeal| &repeal.successors),
                confirmed: row.repeal_confirmed,
            })
        }
        Standing::Dropped => Some(Notice::Revoked { in_force: row.in_force }),
        Standing::Coming => Some(Notice::Coming { from: row.valid_from(), in_force: row.in_force }),
        Standing::Superseded => Some(row.in_force.map_or(Notice::Ended, |version| Notice::Newer { version })),
        Standing::Current | Standing::InPreparation => {
            let repeal = row.repeal.as_ref().filter(|repeal| !repeal.over)?;
            Some(Notice::Ending { reason: &repeal.reason, from: repeal.effective(), successors: &repeal.successors })
        }
    }
}

/// The row of the same requirement that stays where there are several: that of the latest version, and the first of those.
fn twice<'a>(row: &RowLine, rows: &'a [RowLine]) -> Option<&'a RowLine> {
    let same = rows.iter().filter(|other| other.requirement == row.requirement);
    // Of equals `max_by_key` gives the last; the list is read from behind.
    let kept = same.rev().max_by_key(|other| other.version)?;
    (kept.id != row.id).then_some(kept)
}

/// Whether others can be left out for the row, or taken in for it: not where it should not be used itself.
fn is_fit_for_use(row: &RowLine, now: OffsetDateTime) -> bool {
    row.stop.is_none() && !row.hidden && matches!(row.standing(now), Standing::Current | Standing::Superseded | Standing::Coming)
}

/// How the row stands to lower members of its family.
fn of_family<'a>(row: &'a RowLine, rows: &'a [RowLine]) -> Vec<Notice<'a>> {
    let Some(family) = &row.family else { return Vec::new() };
    let members = || rows.iter().filter(|other| other.family.as_ref() == Some(family) && other.requirement != row.requirement);
    match row.relation {
        Some(Relation::Replaces) => {
            members().filter(|other| other.level < row.level).map(|lower| Notice::Replaces { lower }).collect()
        }
        Some(Relation::AddsTo) => {
            let below = || row.siblings.iter().filter(|sibling| sibling.level < row.level);
            let nearest = below().map(|sibling| sibling.level).max();
            let lower: Vec<RequirementNumber> =
                below().filter(|sibling| Some(sibling.level) == nearest).map(SiblingLine::id).collect();
            let is_there = members().any(|other| lower.contains(&other.number()));
            lower.into_iter().filter(|_| !is_there).map(|lower| Notice::Lacks { lower }).collect()
        }
        None => Vec::new(),
    }
}

/// What is not filled in, and what does not fit.
fn of_values(row: &RowLine) -> impl Iterator<Item = Notice<'_>> {
    row.parameters.iter().filter_map(|parameter| match row.values.get(&parameter.key) {
        None => parameter.default.is_none().then_some(Notice::Empty { parameter }),
        Some(value) => values::fits(parameter, value).err().map(|misfit| Notice::Outside { parameter, misfit }),
    })
}

/// The ids of rows that have something to be done, in the order of the rows.
pub fn open(rows: &[RowLine], notices: &[Vec<Notice<'_>>]) -> Vec<Uuid> {
    let pairs = rows.iter().zip(notices);
    pairs.filter(|(_, notices)| notices.iter().any(Notice::is_open)).map(|(row, _)| row.id).collect()
}
