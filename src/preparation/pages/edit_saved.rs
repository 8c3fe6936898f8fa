//! What becomes of the editor when it is saved: written, told what is wrong, or laid over what somebody else has saved.

use sqlx::PgConnection;

use super::{
    Seen,
    edit::{Shows, names_of, over, stored},
    edit_parts::{Made, unit_name, unit_text},
    is_written, seen,
};
use crate::{
    kernel::{
        error::Result,
        i18n::Texts,
        web::{Faults, Visit},
    },
    preparation::{
        editor::{
            merge::{self, CHOICE, Choice},
            said::said,
            typed::Typed,
        },
        reads::known::{self, Known},
    },
    requirements::{
        RequirementNumber,
        diff::{self, Piece},
        lifecycle::{REVIEW_WITHIN, WhyNot},
        policy::{Open, Refused},
        workflow::preparing,
    },
};

/// Something that both have changed.
pub(super) struct Conflict {
    /// Which field, list or clause.
    pub(super) unit: String,
    /// What it is called.
    pub(super) name: String,
    /// What the other saved.
    pub(super) theirs: String,
    /// What this one wrote.
    pub(super) mine: String,
    /// The difference between the two.
    pub(super) pieces: Vec<Piece>,
    /// Whether both can stand there.
    pub(super) both: bool,
    /// What is chosen so far.
    pub(super) chosen: String,
}

impl Conflict {
    fn of(unit: &str) -> Self {
        Self {
            unit: unit.to_owned(),
            name: String::new(),
            theirs: String::new(),
            mine: String::new(),
            pieces: Vec::new(),
            both: merge::can_be_both(unit),
            chosen: String::new(),
        }
    }

    /// What the choice is called in the form.
    pub(super) fn field(&self) -> String {
        format!("{CHOICE}{}", self.unit)
    }

    /// Whether a choice is made.
    pub(super) fn is(&self, word: &str) -> bool {
        self.chosen == word
    }
}

/// What came of saving.
pub(super) enum Saved {
    /// It is written.
    Done,
    /// Something is wrong with what was typed; `shows` says what.
    Faulty,
    /// Somebody else has saved in the meantime.
    Changed,
}

/// Puts the conflicts that came with the form on the page again, with what was chosen.
pub(super) fn conflicting(shows: &mut Shows, form: &[(String, String)]) {
    let asked = |name: &str| form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let units = asked("krock").split_whitespace().take(200);
    shows.conflicts = units.map(Conflict::of).collect();
    for conflict in &mut shows.conflicts {
        asked(&conflict.field()).clone_into(&mut conflict.chosen);
    }
}

/// Says of each conflict what both have written.
pub(super) fn complete(t: Texts, shows: &mut Shows, theirs: &Typed, known: &Known) {
    let faults = Faults::default();
    let made = Made { t, typed: &shows.typed, known, faults: &faults, hints: &[], focus: None };
    for conflict in &mut shows.conflicts {
        conflict.name = unit_name(t, &conflict.unit, &shows.typed);
        conflict.theirs = unit_text(&made, theirs, &conflict.unit);
        conflict.mine = unit_text(&made, &shows.typed, &conflict.unit);
        conflict.pieces = diff::words(&conflict.theirs, &conflict.mine);
    }
}

/// Saves it.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn save(
    visit: &Visit,
    tx: &mut PgConnection,
    seen: &Seen,
    shows: &mut Shows,
    form: &[(String, String)],
) -> Result<Saved, Refused> {
    let t = visit.texts();
    let (Some(version), Some(open)) = (&seen.open, &seen.one.open) else { return Err(over(seen)) };
    if !is_written(open.state()) {
        return Err(over(seen));
    }
    if open.lock != shows.lock {
        return Ok(Saved::Changed);
    }
    // What both changed is chosen, before anything is written.
    let (theirs, _) = stored(seen);
    let asked = |name: &str| form.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value.as_str());
    let mut typed = shows.typed.clone();
    for conflict in &shows.conflicts {
        if let Some(choice) = Choice::of(asked(&conflict.field())) {
            merge::choose(&mut typed, &theirs, &conflict.unit, choice);
        } else {
            let name = unit_name(t, &conflict.unit, &shows.typed);
            shows.faults.add(conflict.field(), t.preparation_fault_choose_text(name));
        }
    }
    if !shows.faults.is_empty() {
        return Ok(Saved::Faulty);
    }
    let known = known::known(tx, seen.one.group).await?;
    let mut clauses: Vec<uuid::Uuid> = version.clauses.iter().map(|clause| clause.id).collect();
    // A clause that was taken away and is put back is the same clause.
    clauses.extend(seen.decided.iter().flat_map(|decided| &decided.clauses).map(|clause| clause.id));
    let (said, mut faults) = said(&typed, &known, &clauses, &version.content, t);
    // One that was decided on before stays until it is changed.
    let review = said.content.maintained.review_by.filter(|day| version.content.maintained.review_by != Some(*day));
    if review.is_some_and(|day| day - visit.today() > REVIEW_WITHIN) {
        faults.add("oversyn", t.preparation_fault_review_far());
    }
    if !faults.is_empty() {
        shows.typed = typed;
        shows.conflicts = Vec::new();
        shows.faults = faults;
        return Ok(Saved::Faulty);
    }
    let moves_to = Some(said.content.maintained.group).filter(|group| *group != version.content.maintained.group);
    let permit = match Open::ask(tx, &visit.actor(), open.id, moves_to, visit.now).await {
        Ok(permit) => permit,
        // Theirs to prepare, and not to move there.
        Err(Refused::WhyNot(WhyNot::NotAllowed)) if moves_to.is_some() => {
            shows.faults.add("grupp", t.preparation_fault_group());
            return Ok(Saved::Faulty);
        }
        Err(refused) => return Err(refused),
    };
    match preparing::amend(tx, &permit, shows.lock, said, visit.now).await {
        Ok(()) => {
            if asked("gor") == "klar" {
                preparing::open(tx, &permit, false, visit.now).await?;
            }
            Ok(Saved::Done)
        }
        Err(Refused::WhyNot(WhyNot::Changed)) => Ok(Saved::Changed),
        Err(refused) => Err(refused),
    }
}

/// Lays what was typed over what is stored by now. What is sent next knows that.
pub(super) async fn merged(visit: &Visit, number: RequirementNumber, shows: &mut Shows) -> Result<()> {
    let mut connection = visit.app.db.read().await?;
    let now = seen(visit, &mut connection, number).await?;
    drop(connection);
    let (theirs, lock) = stored(&now);
    let merged = merge::merge(&shows.typed, &theirs, &shows.shown);
    let mut units = merged.conflicts;
    // What was to be chosen before, and is not chosen yet, is still to be.
    units.extend(shows.conflicts.iter().map(|conflict| conflict.unit.clone()));
    units.sort();
    units.dedup();
    shows.conflicts = units.iter().map(|unit| Conflict::of(unit)).collect();
    shows.followed = names_of(visit, &merged.followed, &merged.typed);
    shows.typed = merged.typed;
    shows.lock = lock;
    shows.shown = merge::Seen::of(&theirs);
    Ok(())
}
