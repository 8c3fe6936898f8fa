//! Requirements as they stand, whole, for those who write: imports today, editors later.

use std::collections::HashMap;

use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::requirements::{
    clauses::Clause,
    content::{Content, Core, English, Maintained, Novelty},
    fields::Change,
    lifecycle::State,
};

/// A requirement with the versions that a new text is compared with.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Its id.
    pub id: Uuid,
    /// The highest version number taken.
    pub last_number: i32,
    /// The version that was decided last, in force or to come, if any.
    pub decided: Option<StoredVersion>,
    /// The version that is open, if any.
    pub open: Option<StoredVersion>,
    /// Where none is decided or open, the last one of those that came to nothing.
    pub dropped: Option<StoredVersion>,
}

/// A version with everything it says.
#[derive(Debug, Clone)]
pub struct StoredVersion {
    /// Its id.
    pub id: Uuid,
    /// Its number within the requirement.
    pub number: i32,
    /// Its state.
    pub state: State,
    /// Whether it was decided in the bank rather than read in.
    pub decided_here: bool,
    /// When it takes or took effect.
    pub takes_effect: Option<OffsetDateTime>,
    /// Whether an end is set to it: a repeal.
    pub ended: bool,
    /// Whether its text may not be shown.
    pub hidden: bool,
    /// Its clauses with their ids.
    pub clauses: Vec<Clause>,
    /// All that it says.
    pub content: Content,
    /// What it says of itself.
    pub novelty: Novelty,
}

#[derive(Debug, Deserialize)]
struct ClauseRow {
    id: Uuid,
    text: String,
}

/// Loads these requirements, by number, in one round trip.
///
/// # Errors
/// When the database refuses, or holds what this program cannot read.
pub async fn load(connection: &mut PgConnection, numbers: &[i64]) -> sqlx::Result<HashMap<i64, Stored>> {
    let rows = sqlx::query!(
        r#"select r.id, r.number, v.id as version_id, v.number as version_number, v.state, v.origin = 'decision' as "decided_here!",
                  lower(v.valid) as takes_effect, upper(v.valid) is not null as "ended!",
                  v.not_shown_since is not null as "hidden!",
                  v.last_number as "last_number!", v.changes, v.change_note, v.running_contracts, v.transition_until,
                  version_clauses(v.id) as "clauses!: Json<Vec<ClauseRow>>",
                  version_core(v.id) as "core!: Json<Core>",
                  coalesce(case when v.state in ('preparation', 'ready') then v.pending end, jsonb_strip_nulls(jsonb_build_object(
                      'group', r.product_group_id, 'family', f.slug, 'relation', r.relation_to_lower, 'guidance', r.guidance,
                      'limitations', r.limitations, 'builds_on', r.builds_on, 'agenda_goals', r.agenda_goals, 'eforms', r.eforms, 'gpp', r.gpp, 'contributors', r.contributors,
                      'review_by', r.review_by,
                      'cpv', coalesce((select jsonb_agg(c.code order by c.code) from requirement_cpv c where c.requirement_id = r.id), '[]'),
                      'objectives', coalesce((select jsonb_agg(o.objective order by o.objective) from requirement_objective o
                                              where o.requirement_id = r.id), '[]')
                  ))) as "maintained!: Json<Maintained>",
                  jsonb_build_object(
                      'title', e.title, 'rationale', e.rationale, 'evidence', coalesce(e.evidence, '[]'),
                      'text', coalesce((select jsonb_agg(ce.text order by c.position) from version_clause c
                                        join clause_english ce on ce.version_id = c.version_id and ce.clause_id = c.clause_id
                                        where c.version_id = v.id), '[]')
                  ) as "english!: Json<English>"
           from requirement r
           cross join lateral (
               select x.id, x.number, x.state, x.origin, x.valid, x.not_shown_since, x.pending, x.changes, x.change_note, x.running_contracts,
                      x.transition_until, max(x.number) over () as last_number,
                      max(x.number) filter (where x.state = 'decided') over () as last_decided,
                      bool_and(x.state not in ('preparation', 'ready', 'decided')) over () as came_to_nothing
               from requirement_version x where x.requirement_id = r.id
           ) v
           left join requirement_family f on f.id = r.family_id
           left join version_english e on e.version_id = v.id
           where r.number = any($1)
             and (v.state in ('preparation', 'ready') or v.number = v.last_decided
                  or (v.came_to_nothing and v.number = v.last_number))"#,
        numbers,
    )
    .fetch_all(connection)
    .await?;
    let mut found: HashMap<i64, Stored> = HashMap::new();
    for row in rows {
        let state = State::from_code(&row.state).ok_or_else(|| sqlx::Error::Decode("a state that is unknown".into()))?;
        let version = StoredVersion {
            id: row.version_id,
            number: row.version_number,
            state,
            decided_here: row.decided_here,
            takes_effect: row.takes_effect,
            ended: row.ended,
            hidden: row.hidden,
            clauses: row.clauses.0.into_iter().map(|c| Clause { id: c.id, text: c.text }).collect(),
            content: Content { core: row.core.0, maintained: row.maintained.0, english: row.english.0 },
            novelty: Novelty {
                changes: row.changes.iter().filter_map(|code| Change::from_code(code)).collect(),
                note: row.change_note,
                running_contracts: row.running_contracts,
                transition_until: row.transition_until,
            },
        };
        let stored = found.entry(row.number).or_insert_with(|| Stored {
            id: row.id,
            last_number: row.last_number,
            decided: None,
            open: None,
            dropped: None,
        });
        match state {
            State::Preparation | State::Ready => stored.open = Some(version),
            State::Decided => stored.decided = Some(version),
            State::Discarded | State::NotApproved | State::Revoked => stored.dropped = Some(version),
        }
    }
    Ok(found)
}
