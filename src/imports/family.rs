//! A level that a family has already: refused by the database for the whole import, so told of its line before.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    plan::{Plan, Step},
    report::{Fault, Report},
};
use crate::requirements;

/// Takes versions out of the plan that would put a requirement on a level where a sibling of the same type stands.
///
/// # Errors
/// When the database is away.
pub async fn refuse_taken_levels(tx: &mut PgConnection, plan: &mut Plan, report: &mut Report) -> sqlx::Result<()> {
    let moved: Vec<Uuid> = plan.steps.iter().filter(|step| moves(step)).map(|step| step.version.requirement).collect();
    if moved.is_empty() {
        return Ok(());
    }
    let siblings = requirements::siblings(tx, &moved).await?;
    let mut refused = HashSet::new();
    {
        let planned: HashMap<Uuid, &Step> =
            plan.steps.iter().filter(|step| step.from.is_some()).map(|step| (step.version.requirement, step)).collect();
        for sibling in &siblings {
            let Some(step) = planned.get(&sibling.of) else { continue };
            let core = &step.version.content.core;
            // A sibling that gets a new version in the same file stands where that one puts it.
            let (kind, level) = match planned.get(&sibling.requirement) {
                Some(other) => {
                    let core = &other.version.content.core;
                    (core.kind.code(), core.level.code())
                }
                None => (sibling.kind.as_str(), sibling.level.as_str()),
            };
            let later = sibling.until.is_none_or(|until| step.from.is_some_and(|from| until > from));
            if later && kind == core.kind.code() && level == core.level.code() {
                refused.insert(step.line);
            }
        }
        // New members of the family come into force together with the one that moves.
        let mut families: HashMap<(&str, &str, &str), &Step> = HashMap::new();
        for step in plan.steps.iter().filter(|step| step.from.is_some()) {
            let content = &step.version.content;
            let Some(family) = content.maintained.family.as_deref() else { continue };
            let place = (family, content.core.kind.code(), content.core.level.code());
            match families.get(&place) {
                Some(first) if step.version.new_requirement != first.version.new_requirement && (moves(step) || moves(first)) => {
                    refused.insert(step.line);
                }
                Some(_) => {}
                None => drop(families.insert(place, step)),
            }
        }
    }
    if !refused.is_empty() {
        remove(plan, &refused, report);
    }
    Ok(())
}

/// Whether a version puts a requirement that is in force on another level.
fn moves(step: &Step) -> bool {
    step.from.is_some() && step.level_before.is_some_and(|before| before != step.version.content.core.level)
}

fn remove(plan: &mut Plan, refused: &HashSet<usize>, report: &mut Report) {
    let without_number: HashSet<usize> = plan.unnumbered.drain(..).collect();
    let mut kept: Vec<Step> = Vec::new();
    for (place, step) in std::mem::take(&mut plan.steps).into_iter().enumerate() {
        if refused.contains(&step.line) {
            let level = step.version.content.core.level.code().to_owned();
            report.rejected.push((step.line, vec![Fault::new("level", level, "level_in_family")]));
            if step.version.new_requirement {
                report.new -= 1;
            } else {
                report.changed -= 1;
            }
            report.warnings.retain(|warning| warning.line != step.line);
            continue;
        }
        if without_number.contains(&place) {
            plan.unnumbered.push(kept.len());
        }
        kept.push(step);
    }
    let brought = kept.iter().filter(|step| step.version.new_requirement).map(|step| step.version.requirement_number.get());
    plan.highest = brought.max().unwrap_or(0);
    plan.steps = kept;
}
