//! What triggers and foreign keys would have refused, asked for afterwards: they were off while the bank was filled.

use sqlx::{AssertSqlSafe, PgConnection};

/// Something that must hold, and how many rows break it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invariant {
    /// What must hold.
    pub name: String,
    /// Rows that break it.
    pub broken: i64,
}

/// Each counts the rows that break it.
const RULES: &[(&str, &str)] = &[
    ("what is or was decided has a text", "select count(*) from requirement_version v where v.sha256 is not null
         and not exists (select from version_clause c where c.version_id = v.id)"),
    ("every version has a text and a row of English", "select count(*) from requirement_version v
         where not exists (select from version_clause c where c.version_id = v.id)
            or not exists (select from version_english e where e.version_id = v.id)"),
    ("no two members of a family stand on one level with one type at one time", "select count(*) from requirement r
         join requirement s on s.family_id = r.family_id and s.id < r.id
         join requirement_version rv on rv.requirement_id = r.id and rv.state = 'decided'
         join requirement_version sv on sv.requirement_id = s.id and sv.state = 'decided'
         where sv.level = rv.level and sv.type = rv.type and sv.valid && rv.valid"),
    ("at most one version is open, and none of what is repealed", "select count(*) from requirement_repeal p
         join requirement_version v on v.requirement_id = p.requirement_id and v.state in ('preparation', 'ready')"),
    ("at most one version is to come after the latest decision", "select count(*) from (
         select from requirement_version v where v.state = 'decided' and lower(v.valid) > v.decided_at + interval '400 days'
         group by v.requirement_id having count(*) > 1) x"),
    ("versions are numbered from one without gaps, and later ones begin later", "select count(*) from (
         select v.number <> row_number() over same or lower(v.valid) < max(lower(v.valid)) over earlier as wrong
         from requirement_version v
         window same as (partition by v.requirement_id order by v.number),
                earlier as (partition by v.requirement_id order by v.number rows between unbounded preceding and 1 preceding)) x
         where wrong"),
    ("requirements are numbered as the counter says", "select count(*) from counter c
         where c.name = 'requirement' and c.last <> (select coalesce(max(number), 0) from requirement)"),
    ("decisions are numbered as the counter says", "select count(*) from counter c
         where c.name = 'decision' and (c.last <> (select count(*) from decision) or c.last <> (select coalesce(max(number), 0) from decision))"),
    ("a decision adopts just what came by it", "select count(*) from requirement_version v
         full join decision_item i on i.version_id = v.id and i.decision_id = v.decision_id
         where (v.id is null or i.version_id is null) and (v.id is null or v.decision_id is not null)"),
    ("only what was decided is public", "select count(*) from requirement_version v where (v.audience = 0) <> (v.decision_id is not null)"),
    ("a repeal ends the version that it names", "select count(*) from requirement_repeal p join requirement_version v on v.id = p.version_id
         where v.requirement_id <> p.requirement_id or upper(v.valid) is distinct from p.effective"),
    ("what ends without a next version is repealed", "select count(*) from requirement_version v
         where v.state = 'decided' and upper(v.valid) is not null
           and not exists (select from requirement_repeal p where p.version_id = v.id)
           and not exists (select from requirement_version n where n.requirement_id = v.requirement_id and lower(n.valid) = upper(v.valid))"),
    ("what is stopped was in force when the stop began", "select count(*) from requirement_stop t where not exists (
         select from requirement_version v where v.requirement_id = t.requirement_id and v.valid @> lower(t.valid))"),
    ("every version was laid in with an event and an audit row", "select count(*) from requirement_version v
         where not exists (select from event e where e.subject_kind = 'requirement' and e.subject_id = v.requirement_id
                           and e.part_id = v.id and e.kind = 'requirement.prepared')"),
    ("as many audit rows as events, all sealed", "select abs((select count(*) from event) - (select count(*) from audit))
         + abs((select count(*) from audit) - (select count(*) from audit_sealed))"),
    ("one search document a version that can be found", "select count(*) from requirement_version v
         full join search_document d on d.kind = 'requirement' and d.id = v.id
         where (v.id is null or (v.state in ('preparation', 'ready', 'decided') and v.not_shown_since is null)) <> (d.id is not null)"),
    // The hash itself is checked by the table. That the text hashed is what the row says, for a sample.
    ("the canonical text is what the row says", "select count(*) from (
         select v.canonical::jsonb as canonical, (
             select jsonb_object_agg(k, x) from jsonb_each(version_core(v.id) || jsonb_build_object(
                 'id', 'KB-' || case when r.number < 10000 then lpad(r.number::text, 4, '0') else r.number::text end,
                 'version', v.number)) as e(k, x)
             where x not in ('\"\"', '[]')) as row
         from requirement_version v join requirement r on r.id = v.requirement_id
         where v.canonical is not null order by v.sha256 limit 2000) x
         where x.canonical <> x.row"),
];

/// Counts what breaks each rule, and what each foreign key would have refused.
///
/// # Errors
/// When the database is away.
pub async fn check(connection: &mut PgConnection) -> sqlx::Result<Vec<Invariant>> {
    let mut found = Vec::new();
    for (name, query) in RULES {
        let broken = sqlx::query_scalar(*query).fetch_one(&mut *connection).await?;
        found.push(Invariant { name: (*name).to_owned(), broken });
    }
    // One query a foreign key, written from the catalogue.
    let keys: Vec<(String, String)> = sqlx::query_as(
        "select k.conrelid::regclass || '.' || k.conname,
                format('select count(*) from %s c where %s and not exists (select from %s p where %s)', k.conrelid::regclass,
                    string_agg(format('c.%I is not null', a.attname), ' and '), k.confrelid::regclass,
                    string_agg(format('p.%I = c.%I', b.attname, a.attname), ' and '))
         from pg_constraint k
         cross join unnest(k.conkey, k.confkey) as x(child, parent)
         join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.child
         join pg_attribute b on b.attrelid = k.confrelid and b.attnum = x.parent
         where k.contype = 'f' and k.connamespace = 'public'::regnamespace
         group by k.oid, k.conrelid, k.confrelid, k.conname order by 1",
    )
    .fetch_all(&mut *connection)
    .await?;
    for (name, query) in keys {
        let broken = sqlx::query_scalar(AssertSqlSafe(query)).fetch_one(&mut *connection).await?;
        found.push(Invariant { name, broken });
    }
    Ok(found)
}
