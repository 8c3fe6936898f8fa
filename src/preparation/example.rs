//! Versions that the people of the example bank prepare, by the same steps as everybody's.

use std::collections::BTreeMap;

use anyhow::Context;
use serde::Deserialize;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    editor::{
        said::said,
        spec::{self, CLAUSES, Part},
        typed::Typed,
    },
    reads::known,
};
use crate::{
    kernel::{actor::Actor, i18n::Lang, i18n::Texts},
    requirements::{
        RequirementNumber,
        begun::Begun,
        content::Novelty,
        fields::{Kind, Level},
        lifecycle::Step,
        lock_version,
        policy::{Advance, Open, Prepare},
        workflow::{
            self,
            preparing::{self, Fresh},
        },
    },
};

/// A version as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamplePreparation {
    /// The word of the person who prepares it.
    pub who: String,
    /// So many days ago it was begun.
    days: i64,
    #[serde(default)]
    requirement: Option<String>,
    #[serde(default)]
    new: Option<New>,
    /// Why.
    #[serde(default)]
    because: String,
    note: String,
    /// Fields of the editor that are filled in.
    #[serde(default)]
    fields: BTreeMap<String, String>,
    /// What is ticked.
    #[serde(default)]
    ticks: BTreeMap<String, Vec<String>>,
    /// Rows that are added to lists.
    #[serde(default)]
    rows: BTreeMap<String, Vec<Vec<String>>>,
    /// Other texts of clauses, by their place from 1.
    #[serde(default)]
    clauses: BTreeMap<usize, String>,
    /// What was done with it, in order.
    #[serde(default)]
    steps: Vec<Taken>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    title: String,
    group: String,
    #[serde(rename = "type")]
    kind: Kind,
    level: Level,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Taken {
    days: i64,
    step: String,
    #[serde(default)]
    reason: String,
}

/// Lays one; `now` is the time of the example bank, in which its people have their roles from then on.
///
/// # Errors
/// When the file does not fit.
pub async fn lay_example(
    tx: &mut PgConnection,
    actor: &Actor,
    example: &ExamplePreparation,
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    let at = now - Duration::days(example.days);
    let (number, version) = begun(tx, actor, example, (at, now)).await?;
    written(tx, actor, (number, version), example, (at + Duration::hours(2), now)).await?;
    for taken in &example.steps {
        let at = now - Duration::days(taken.days);
        let permit = Open::ask(tx, actor, version, None, now).await;
        match taken.step.as_str() {
            "share" | "unshare" => {
                preparing::share(tx, &permit?, (taken.step == "share", &taken.reason), at).await?;
            }
            "leave" => preparing::hand(tx, &permit?, (actor.person().0, false), at).await?,
            "open" => preparing::open(tx, &permit?, true, at).await?,
            word => {
                let step = match word {
                    "submit" => Step::Submit,
                    "return" => Step::Return(&taken.reason),
                    "discard" => Step::Discard(&taken.reason),
                    other => anyhow::bail!("no step is called {other}"),
                };
                let locked = lock_version(tx, version).await?.context("no version")?;
                let permit = Advance::within(tx, actor, version, locked.lock_version, now).await?;
                workflow::advance(tx, &permit, step, at).await?;
            }
        }
    }
    Ok(())
}

async fn begun(
    tx: &mut PgConnection,
    actor: &Actor,
    example: &ExamplePreparation,
    (at, now): (OffsetDateTime, OffsetDateTime),
) -> anyhow::Result<(RequirementNumber, Uuid)> {
    if let Some(new) = &example.new {
        let known = known::known(tx, Uuid::nil()).await?;
        let group = known.groups.iter().find(|group| group.path == new.group).context("no such group")?.id;
        let permit = Prepare::within(tx, actor, None, Some(group), now).await?;
        let fresh = Fresh { title: &new.title, group, kind: new.kind, level: new.level, reason: &example.note };
        return Ok(preparing::create(tx, &permit, &fresh, at).await?);
    }
    let number: RequirementNumber = example.requirement.as_deref().context("about what?")?.parse()?;
    let stored = crate::requirements::load(tx, &[number.get()]).await?.remove(&number.get()).context("no requirement")?;
    let permit = Prepare::within(tx, actor, Some(stored.id), None, now).await?;
    let because = Begun::from_code(&example.because).context("because of what?")?;
    let version = preparing::revise(tx, &permit, (number, &stored), (because, &example.note), false, at).await?;
    Ok((number, version))
}

async fn written(
    tx: &mut PgConnection,
    actor: &Actor,
    (number, version): (RequirementNumber, Uuid),
    example: &ExamplePreparation,
    (at, now): (OffsetDateTime, OffsetDateTime),
) -> anyhow::Result<()> {
    let stored = crate::requirements::load(tx, &[number.get()]).await?.remove(&number.get()).context("no requirement")?;
    let open = stored.open.context("no open version")?;
    let mut typed = Typed::of(&open.content, &open.clauses, &Novelty::default());
    for part in spec::parts() {
        match part {
            Part::Field(field) => {
                if let Some(text) = example.fields.get(field.name) {
                    typed.put(field.name, text);
                }
            }
            Part::Checks(name, _) => {
                if let Some(ticked) = example.ticks.get(*name) {
                    typed.tick(name, ticked);
                }
            }
            Part::List(list) => {
                if let Some(rows) = example.rows.get(list.name) {
                    anyhow::ensure!(rows.iter().all(|row| row.len() == list.columns.len()), "rows of {}", list.name);
                    typed.rows_mut(list.name).extend(rows.iter().cloned());
                }
            }
        }
    }
    for (place, text) in &example.clauses {
        let rows = typed.rows_mut(CLAUSES);
        let row = rows.get_mut(place - 1).with_context(|| format!("no clause {place}"))?;
        row[1].clone_from(text);
        // The English text of before would lie.
        for row in rows {
            row[2].clear();
        }
    }
    let known = known::known(tx, open.content.maintained.group).await?;
    let clauses: Vec<Uuid> = open.clauses.iter().map(|clause| clause.id).collect();
    let (said, faults) = said(&typed, &known, &clauses, &open.content, Texts(Lang::Sv));
    anyhow::ensure!(faults.is_empty(), "{number}: {:?}", faults.all());
    let permit = Open::ask(tx, actor, version, None, now).await?;
    let seen = permit.version().lock_version;
    preparing::amend(tx, &permit, seen, said, at).await?;
    Ok(())
}
