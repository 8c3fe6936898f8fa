//! The selection that the example bank is born with.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    kernel::{actor::Audience, web::SelectionKey},
    selections::{
        example::{Laid, LaidRow},
        policy::Lay,
    },
};

/// The row of a person of the example bank at an organisation; none where there is no such person there.
pub(in crate::selections) async fn member(
    tx: &mut PgConnection,
    _permit: &Lay,
    (word, organisation): (&str, &str),
    now: OffsetDateTime,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "insert into selection_holder (id, person_id, organisation_id, created_at, seen_on)
         select $1, p.id, o.id, $4, ($4::timestamptz at time zone 'Europe/Stockholm')::date
         from person p join membership m on m.person_id = p.id join organisation o on o.id = m.organisation_id
         where p.example = $2 and o.slug = $3
         on conflict (person_id, organisation_id) do update set seen_on = excluded.seen_on returning id",
        Uuid::now_v7(),
        word,
        organisation,
        now,
    )
    .fetch_optional(tx)
    .await
}

/// Makes a selection that is an organisation's; none where there is no such organisation.
pub(in crate::selections) async fn selection(
    tx: &mut PgConnection,
    _permit: &Lay,
    laid: &Laid,
    holder: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "insert into selection (id, owner_org, audience, name, follow_up_hours, contract_years, created_at, changed_at, holder_id, colleagues)
         select $1, o.id, $2, $3, $4, $5, $6, $6, $8, $9 from organisation o where o.slug = $7 returning id",
        Uuid::now_v7(),
        Audience::Owner.level(),
        laid.name,
        laid.follow_up_hours,
        laid.contract_years,
        now,
        laid.owner,
        holder,
        laid.colleagues,
    )
    .fetch_optional(tx)
    .await
}

/// Puts a row at its end, with all that is filled in; whether there is such a version.
pub(in crate::selections) async fn row(
    tx: &mut PgConnection,
    _permit: &Lay,
    selection: Uuid,
    number: i64,
    row: &LaidRow,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let clauses: Vec<Option<i32>> = row.wording.iter().map(|clause| clause.clause).collect();
    let texts: Vec<String> = row.wording.iter().map(|clause| clause.text.clone()).collect();
    let done = sqlx::query!(
        "insert into selection_row (id, selection_id, position, requirement_id, version_id, batch, parameter_values, note,
                                    wording, wording_reason, wording_version_id, added_at, repeal_confirmed_at)
         select $1, $2, coalesce((select max(x.position) from selection_row x where x.selection_id = $2), 0) + 1,
                r.id, v.id, $1, $5, $6,
                (select jsonb_agg(jsonb_build_object('id', c.clause_id, 'text', w.text) order by w.place)
                 from unnest($7::int[], $8::text[]) with ordinality w(clause, text, place)
                 left join version_clause c on c.version_id = v.id and c.position = w.clause),
                $9, case when cardinality($8::text[]) > 0 then v.id end, $10, case when $11 then $10::timestamptz end
         from requirement r join requirement_version v on v.requirement_id = r.id
         where r.number = $3 and v.number = $4 and v.state = 'decided'",
        Uuid::now_v7(),
        selection,
        number,
        row.version,
        serde_json::Value::Object(row.values.clone()),
        row.note,
        &clauses as &[Option<i32>],
        &texts,
        row.wording_reason,
        now,
        row.confirmed,
    );
    Ok(done.execute(tx).await?.rows_affected() == 1)
}

/// Makes a link with a key that is known.
pub(in crate::selections) async fn link(
    tx: &mut PgConnection,
    _permit: &Lay,
    selection: Uuid,
    key: &SelectionKey,
    now: OffsetDateTime,
    ends: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into selection_share (id, selection_id, key, created_at, expires_at) values ($1, $2, $3, $4, $5)",
        Uuid::now_v7(),
        selection,
        key.as_str(),
        now,
        ends,
    )
    .execute(tx)
    .await?;
    Ok(())
}
