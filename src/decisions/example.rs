//! Decisions of the example bank: drafted and decided by its people, by the same steps as everybody's.

use std::collections::HashMap;

use anyhow::Context;
use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime, Weekday};
use uuid::Uuid;

use super::{
    draft::{Fields, Said, Successor},
    lifecycle::{Kind, Outcome, Step},
    number::DecisionNumber,
    policy::{Begin, Decide, Pass, Review, When, Write},
    reads::{draft as read, one},
    workflow::{self, Wish},
};
use crate::{
    kernel::{
        actor::{Actor, Role, Viewer},
        clock,
        web::Client,
    },
    requirements::{self, RequirementNumber, lifecycle::Step as VersionStep, policy::Advance},
};

/// Who takes part.
#[derive(Debug)]
pub struct Cast<'a> {
    /// Who prepares and drafts.
    pub coordinator: &'a Actor,
    /// Who decides.
    pub decider: &'a Actor,
    /// A coordinator who stood in for who decides, once.
    pub stand_in: &'a Actor,
}

/// A decision as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleDecision {
    /// So many days ago.
    pub days: i64,
    /// `draft`, `waiting` or `decided`.
    stage: String,
    fields: Fields,
    /// The place of the decision that it corrects among those before it, from 1.
    #[serde(default)]
    corrects: Option<usize>,
    #[serde(default)]
    items: Vec<ExampleItem>,
    /// Why one decided alone.
    #[serde(default)]
    emergency: String,
    /// What another said to that, so many days ago.
    #[serde(default)]
    review: Option<(i64, String)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleItem {
    /// `KB-0042`; what is open of it, or in force, or to come.
    id: String,
    kind: Kind,
    #[serde(default)]
    cause: String,
    #[serde(default)]
    successors: Vec<(String, String)>,
    #[serde(default)]
    outcome: Option<Outcome>,
    #[serde(default)]
    reason: String,
    /// Whether it holds from the next Monday.
    #[serde(default)]
    monday: bool,
}

const NOBODY: Client = Client { address: None };

/// Lays one, and gives its number if it was decided; `now` is the time of the example bank, `laid` are those before it.
///
/// # Errors
/// When the file does not fit.
pub async fn lay_example(
    tx: &mut PgConnection,
    cast: &Cast<'_>,
    (decision, laid): (&ExampleDecision, &[DecisionNumber]),
    now: OffsetDateTime,
) -> anyhow::Result<Option<DecisionNumber>> {
    let at = now - Duration::days(decision.days);
    let when: When = (clock::in_sweden(at).date(), at);
    let drafts = if decision.emergency.is_empty() { cast.coordinator.clone() } else { both(cast.stand_in) };
    let id = begun(tx, &drafts, decision, laid, when).await?;
    for item in &decision.items {
        let on = item.monday.then(|| clock::in_sweden(now).date().next_occurrence(Weekday::Monday));
        put(tx, &drafts, id, (item, on), when).await?;
    }
    let permit = Write::ask(tx, &drafts, id, when).await?;
    let seen = permit.draft().lock_version;
    workflow::set_fields(tx, &permit, (seen, &decision.fields), at).await?;
    if decision.stage == "draft" {
        return Ok(None);
    }
    let permit = Pass::ask(tx, &drafts, id, when).await?;
    workflow::pass(tx, &permit, Step::Submit, at).await?;
    if decision.stage == "waiting" {
        return Ok(None);
    }
    let decides = if decision.emergency.is_empty() { cast.decider.clone() } else { drafts };
    said(tx, &decides, id, decision, when).await?;
    let permit = Decide::ask(tx, &decides, id).await?;
    let seen = permit.draft().lock_version;
    let number = workflow::decide(tx, &permit, (seen, &decision.emergency), at).await?;
    if let Some((days, note)) = &decision.review {
        let permit = Review::ask(tx, cast.decider, number).await?;
        workflow::review(tx, &permit, note, now - Duration::days(*days)).await?;
    }
    Ok(Some(number))
}

/// The same person, who stands in for who decides.
fn both(actor: &Actor) -> Actor {
    match actor {
        Actor::Person { id, organisation, .. } => {
            Actor::Person { id: *id, organisation: *organisation, roles: vec![Role::LmcCoordinator, Role::DecisionMaker] }
        }
        other => other.clone(),
    }
}

async fn begun(
    tx: &mut PgConnection,
    drafts: &Actor,
    decision: &ExampleDecision,
    laid: &[DecisionNumber],
    when: When,
) -> anyhow::Result<Uuid> {
    let corrects = match decision.corrects {
        Some(place) => {
            let number = place.checked_sub(1).and_then(|place| laid.get(place)).context("corrects what?")?;
            Some(one::to_correct(tx, *number).await?.context("corrects what?")?.0)
        }
        None => None,
    };
    let permit = Begin::ask(tx, drafts, &[], when).await?;
    Ok(workflow::begin(tx, &permit, (&decision.fields.title, corrects, &[]), NOBODY, when.1).await?)
}

async fn put(
    tx: &mut PgConnection,
    drafts: &Actor,
    id: Uuid,
    (item, on): (&ExampleItem, Option<Date>),
    when: When,
) -> anyhow::Result<()> {
    let number: RequirementNumber = item.id.parse()?;
    let stored = requirements::load(tx, &[number.get()]).await?;
    let stored = stored.get(&number.get()).with_context(|| format!("no {}", item.id))?;
    let version = match item.kind {
        Kind::Adopt => stored.open.as_ref(),
        Kind::Repeal | Kind::Revoke => stored.decided.as_ref(),
    };
    let version = version.with_context(|| format!("{} has no such version", item.id))?.id;
    if item.kind == Kind::Adopt {
        let locked = requirements::lock_version(tx, version).await?.context("no such version")?;
        if locked.state == requirements::lifecycle::State::Preparation {
            let permit = Advance::ask(tx, drafts, version, locked.lock_version).await?;
            requirements::workflow::advance(tx, &permit, VersionStep::Submit, when.1).await?;
        }
    }
    let mut successors = Vec::new();
    for (id, kind) in &item.successors {
        let number: RequirementNumber = id.parse()?;
        let found = requirements::load(tx, &[number.get()]).await?;
        let kind = ["replaced", "merged", "split"].into_iter().find(|known| known == kind).context("what kind?")?;
        successors.push(Successor { requirement: found.get(&number.get()).context("no successor")?.id, kind });
    }
    let permit = Write::ask(tx, drafts, id, when).await?;
    let wish = Wish { version: (version, stored.id), kind: item.kind, cause: &item.cause, on, successors: &successors };
    Ok(workflow::put_item(tx, &permit, &wish, (NOBODY, when)).await?)
}

async fn said(tx: &mut PgConnection, decides: &Actor, id: Uuid, decision: &ExampleDecision, when: When) -> anyhow::Result<()> {
    let viewer = Viewer::acting(decides.person().1.unwrap_or_default(), &[Role::DecisionMaker]);
    let draft = read::draft(tx, (&viewer, decides), id, when).await?.context("no draft")?;
    let by_id: HashMap<String, &ExampleItem> = decision.items.iter().map(|item| (item.id.clone(), item)).collect();
    let mut all = Vec::new();
    for item in &draft.items {
        let noted = by_id.get(&item.requirement().to_string()).context("an item that is not in the file")?;
        all.push(Said { version: item.version_id, outcome: noted.outcome, reason: noted.reason.clone(), on: item.on });
    }
    let permit = Write::ask(tx, decides, id, when).await?;
    let seen = permit.draft().lock_version;
    Ok(workflow::set_outcomes(tx, &permit, (seen, &all), when.1).await?)
}
