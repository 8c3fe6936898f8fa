//! All SQL that writes what is kept of files that are read in.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    lifecycle::State,
    policy::{Settle, Upload},
    report::Report,
    workflow::{New, Purpose},
};
use crate::kernel::actor::Audience;

/// One program at a time works on files; this lock tells who.
const WORK_LOCK: i64 = 0x696d_706f_7274;
/// The most bytes of a file in a row.
pub(super) const PART: usize = 1024 * 1024;
/// Lines of a report that are written at a time.
const LINES: usize = 2_000;

/// A file that is locked until the transaction ends.
#[derive(Debug)]
pub(super) struct Locked {
    pub(super) id: Uuid,
    pub(super) number: i64,
    pub(super) state: State,
    pub(super) accepted: bool,
    pub(super) sha256: Vec<u8>,
}

fn state(code: &str) -> sqlx::Result<State> {
    State::from_code(code).ok_or_else(|| sqlx::Error::Decode("a state that is unknown".into()))
}

/// Lays down what is known of a new file; gives its id and number.
pub(super) async fn insert(tx: &mut PgConnection, permit: &Upload, new: &New, now: OffsetDateTime) -> sqlx::Result<(Uuid, i64)> {
    let row = sqlx::query!(
        "with taken as (update counter set last = last + 1 where name = 'import' returning last)
         insert into import_run (id, number, state, audience, person_id, organisation_id, file_name, file_bytes, file_sha256,
                                 create_groups, skip_invalid, replace, reference, created_at)
         select $1, taken.last, 'uploaded', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 from taken
         returning id, number",
        Uuid::now_v7(),
        Audience::Preparers.level(),
        permit.person(),
        permit.by().person().1,
        new.file_name,
        new.bytes,
        new.sha256,
        new.create_groups,
        new.skip_invalid,
        new.replace,
        new.reference,
        now,
    )
    .fetch_one(tx)
    .await?;
    Ok((row.id, row.number))
}

/// Lays down a piece of the file.
pub(super) async fn insert_part(tx: &mut PgConnection, import: Uuid, part: i32, bytes: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("insert into import_file (import_id, part, bytes) values ($1, $2, $3)", import, part, bytes).execute(tx).await?;
    Ok(())
}

/// The whole file.
pub(super) async fn file(tx: &mut PgConnection, import: Uuid) -> sqlx::Result<Vec<u8>> {
    let mut whole = Vec::new();
    for part in 0.. {
        let bytes = sqlx::query_scalar!("select bytes from import_file where import_id = $1 and part = $2", import, part)
            .fetch_optional(&mut *tx)
            .await?;
        match bytes {
            Some(bytes) => whole.extend_from_slice(&bytes),
            None => break,
        }
    }
    Ok(whole)
}

/// Locks a file by its number.
pub(super) async fn lock(tx: &mut PgConnection, number: i64) -> sqlx::Result<Option<Locked>> {
    let row =
        sqlx::query!("select id, number, state, accepted, file_sha256 from import_run where number = $1 for update", number)
            .fetch_optional(tx)
            .await?;
    row.map(|row| {
        Ok(Locked { id: row.id, number: row.number, state: state(&row.state)?, accepted: row.accepted, sha256: row.file_sha256 })
    })
    .transpose()
}

/// Work that takes its time: no statement is cut off.
pub(super) async fn take_time(tx: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select set_config('statement_timeout', '0', true)").fetch_one(tx).await?;
    Ok(())
}

/// Whether nobody else works on files; the lock ends with the transaction, or with the program.
pub(super) async fn work_alone(tx: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock($1) as "alone!""#, WORK_LOCK).fetch_one(tx).await
}

/// A file that something is to be done with.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) id: Uuid,
    pub(super) number: i64,
    pub(super) purpose: Purpose,
    /// Who wants it, and for whom they acted.
    pub(super) person: Uuid,
    pub(super) organisation: Option<Uuid>,
    pub(super) file_name: String,
    pub(super) create_groups: bool,
    pub(super) skip_invalid: bool,
    pub(super) replace: bool,
    pub(super) reference: String,
}

/// The next one, the oldest first.
pub(super) async fn next(tx: &mut PgConnection) -> sqlx::Result<Option<Waiting>> {
    let row = sqlx::query!(
        r#"select id, number, state = 'confirmed' as "confirmed!", coalesce(confirmed_by, person_id) as "person!",
                  case when confirmed_by is null then organisation_id else confirmed_for end as organisation,
                  file_name, create_groups, skip_invalid, replace, reference
           from import_run where state in ('uploaded', 'confirmed') order by number limit 1"#
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| Waiting {
        id: row.id,
        number: row.number,
        purpose: if row.confirmed { Purpose::ReadIn } else { Purpose::Examine },
        person: row.person,
        organisation: row.organisation,
        file_name: row.file_name,
        create_groups: row.create_groups,
        skip_invalid: row.skip_invalid,
        replace: row.replace,
        reference: row.reference,
    }))
}

/// Notes that the work begins; gives how often it has.
pub(super) async fn begin(tx: &mut PgConnection, import: Uuid) -> sqlx::Result<i32> {
    sqlx::query_scalar!(
        "update import_run set attempts = attempts + 1, done = 0, of = 0 where id = $1 returning attempts",
        import
    )
    .fetch_one(tx)
    .await
}

/// Notes how far it is.
pub(super) async fn advance(tx: &mut PgConnection, import: Uuid, done: usize, of: usize) -> sqlx::Result<()> {
    let n = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    sqlx::query!("update import_run set done = $2, of = $3 where id = $1", import, n(done), n(of)).execute(tx).await?;
    Ok(())
}

/// Puts it where it stands now, with the reason where it ended without having been read in.
pub(super) async fn stand(
    tx: &mut PgConnection,
    permit: &Settle,
    to: State,
    why: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let (person, organisation) = permit.by().person();
    sqlx::query!(
        "update import_run set state = $2, why = $3, attempts = 0,
             examined_at = case when $2 = 'examined' then $4 else examined_at end,
             confirmed_at = case when $2 = 'confirmed' then $4 else confirmed_at end,
             confirmed_by = case when $2 = 'confirmed' then $5::uuid else confirmed_by end,
             confirmed_for = case when $2 = 'confirmed' then $6::uuid else confirmed_for end,
             ended_at = case when $7 then $4 end
         where id = $1",
        permit.import().id,
        to.code(),
        why.map(|why| why.chars().take(8000).collect::<String>()),
        now,
        person,
        organisation,
        to.is_over(),
    )
    .execute(&mut *tx)
    .await?;
    if to.is_over() {
        sqlx::query!("delete from import_file where import_id = $1", permit.import().id).execute(tx).await?;
    }
    Ok(())
}

/// One line of a report as it is kept.
#[expect(clippy::struct_field_names, reason = "a line of the report tells of a line of the file")]
struct Line<'a> {
    kind: &'static str,
    line: usize,
    cell: Option<&'a str>,
    heading: &'a str,
    value: &'a str,
    said: String,
    cited: Option<(i64, i32)>,
}

/// Keeps a report instead of the one before.
pub(super) async fn keep_report(tx: &mut PgConnection, permit: &Settle, report: &Report) -> sqlx::Result<()> {
    let import = permit.import().id;
    let n = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    sqlx::query!(
        "update import_run set accepted = $2, new = $3, changed = $4, unchanged = $5, rejected = $6, warnings = $7, groups_made = $8,
                               first_number = $9, last_number = $10
         where id = $1",
        import,
        report.accepted,
        n(report.new),
        n(report.changed),
        n(report.unchanged),
        n(report.rejected.len()),
        n(report.warnings.len()),
        &report.groups_made,
        report.numbers.map(|(first, _)| first),
        report.numbers.map(|(_, last)| last),
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("delete from import_line where import_id = $1", import).execute(&mut *tx).await?;
    let faults = report.rejected.iter().flat_map(|(line, faults)| faults.iter().map(move |fault| (*line, fault)));
    let faults = faults.map(|(line, fault)| Line {
        kind: "rejected",
        line,
        cell: fault.cell(),
        heading: fault.heading(),
        value: &fault.value,
        said: fault.expected_in_browser(),
        cited: None,
    });
    let warnings = report.warnings.iter().map(|warning| Line {
        kind: "warning",
        line: warning.line,
        cell: warning.in_sheet.as_ref().and_then(|sheet| sheet.cell.as_deref()),
        heading: warning.in_sheet.as_ref().map_or(warning.place, |sheet| sheet.heading),
        value: "",
        said: warning.text.clone(),
        cited: None,
    });
    let laid = report.laid.iter().map(|laid| Line {
        kind: if laid.is_new { "new" } else { "changed" },
        line: laid.line,
        cell: None,
        heading: "",
        value: &laid.title,
        said: String::new(),
        cited: Some((laid.number.get(), laid.version)),
    });
    let mut place = 0;
    let mut some = Vec::with_capacity(LINES);
    for line in faults.chain(warnings).chain(laid) {
        some.push(line);
        if some.len() == LINES {
            insert_lines(tx, import, place, &some).await?;
            place += n(some.len());
            some.clear();
        }
    }
    insert_lines(tx, import, place, &some).await
}

async fn insert_lines(tx: &mut PgConnection, import: Uuid, before: i32, lines: &[Line<'_>]) -> sqlx::Result<()> {
    let column = |value: fn(&Line<'_>) -> String| lines.iter().map(value).collect::<Vec<String>>();
    let short = |text: &str, most: usize| text.chars().filter(|c| *c != '\0').take(most).collect::<String>();
    let numbers: Vec<i32> = lines.iter().map(|line| i32::try_from(line.line).unwrap_or(i32::MAX)).collect();
    let cells: Vec<Option<String>> = lines.iter().map(|line| line.cell.map(str::to_owned)).collect();
    let values: Vec<String> = lines.iter().map(|line| short(line.value, 400)).collect();
    let said: Vec<String> = lines.iter().map(|line| short(&line.said, 1000)).collect();
    let headings: Vec<String> = lines.iter().map(|line| short(line.heading, 200)).collect();
    let cited: Vec<Option<i64>> = lines.iter().map(|line| line.cited.map(|(number, _)| number)).collect();
    let versions: Vec<Option<i32>> = lines.iter().map(|line| line.cited.map(|(_, version)| version)).collect();
    sqlx::query!(
        "insert into import_line (import_id, place, kind, line, cell, heading, value, said, number, version)
         select $1, $2 + x.row::int, x.kind, x.line, x.cell, x.heading, x.value, x.said, x.number, x.version
         from unnest($3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::int[])
              with ordinality as x(kind, line, cell, heading, value, said, number, version, row)",
        import,
        before,
        &column(|line| line.kind.to_owned()),
        &numbers,
        &cells as &[Option<String>],
        &headings,
        &values,
        &said,
        &cited as &[Option<i64>],
        &versions as &[Option<i32>],
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The numbers of files that were laid down before a moment and are not over.
pub(super) async fn older_than(tx: &mut PgConnection, before: OffsetDateTime) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "select number from import_run where state in ('uploaded', 'examined') and created_at <= $1 order by number",
        before
    )
    .fetch_all(tx)
    .await
}
