//! What those who look after the example bank have said of its references, and what they tell is going on.

use anyhow::Context;
use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};

use super::{
    plan::{self, Line, State, Where},
    reads::references as read,
    workflow,
};
use crate::{kernel::actor::Actor, requirements::fields::iso_date_option, taxonomy::references::Mark};

/// What the file has.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleCuration {
    references: Vec<Marked>,
    lines: Vec<Told>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Marked {
    name: String,
    edition: String,
    /// Name and edition of what replaces it; none where it is retired.
    #[serde(default)]
    by: Option<(String, String)>,
    /// So many days ago.
    days: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    /// An area, or `area/group`.
    place: String,
    sv: String,
    en: String,
    state: String,
    #[serde(default, with = "iso_date_option")]
    from: Option<Date>,
    #[serde(default, with = "iso_date_option")]
    decision: Option<Date>,
    #[serde(default, with = "iso_date_option")]
    priority: Option<Date>,
    #[serde(default)]
    in_preparation: Option<i32>,
    /// So many days ago.
    days: i64,
}

/// Lays it, by the steps that everybody takes who looks after the bank.
///
/// # Errors
/// When the file does not fit.
pub async fn lay_example(
    tx: &mut PgConnection,
    coordinator: &Actor,
    example: &ExampleCuration,
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    for marked in &example.references {
        let (id, lock) = read::named(tx, &marked.name, &marked.edition).await?.with_context(|| marked.name.clone())?;
        let mark = match &marked.by {
            Some((name, edition)) => Mark::Replaced(read::named(tx, name, edition).await?.with_context(|| name.clone())?.0),
            None => Mark::Retired,
        };
        workflow::mark_reference(tx, coordinator, (id, lock), (mark, None), now - Duration::days(marked.days)).await?;
    }
    for told in &example.lines {
        let place = if told.place.contains('/') {
            Where::Group(read::group(tx, &told.place).await?.with_context(|| told.place.clone())?)
        } else {
            Where::Area(told.place.clone())
        };
        let line = Line {
            place,
            text_sv: told.sv.clone(),
            text_en: told.en.clone(),
            state: State::from_code(&told.state).context("state")?,
            starts_on: told.from,
            decision_month: told.decision,
            priority_until: told.priority,
            in_preparation: told.in_preparation,
        };
        plan::put(tx, coordinator, None, &line, now - Duration::days(told.days)).await?;
    }
    Ok(())
}
