-- Two versions of a requirement with the list of all that may be compared; one round trip.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 number · $5 from or null · $6 to or null
-- Without numbers: the version in force (or the newest) against the one before it.
with visible as materialized (
    select v.* from requirement_version v join requirement r on r.id = v.requirement_id
    where r.number = $4 and may_see(v.audience, v.owner_org, $1, $2) and v.not_shown_since is null
      and v.state in ('preparation', 'ready', 'decided')
),
target as (
    select v.number from visible v where $6::int is null or v.number = $6
    order by coalesce(v.valid @> $3::timestamptz, false) desc, v.number desc limit 1
),
source as (
    select v.number from visible v, target t
    where case when $5::int is null then v.number < t.number else v.number = $5 end
    order by v.number desc limit 1
)
select jsonb_build_object(
    'number', $4::bigint,
    'title', (select v.title from visible v, target t where v.number = t.number),
    'versions', (select coalesce(jsonb_agg(jsonb_build_object('number', v.number, 'day', (lower(v.valid) at time zone 'Europe/Stockholm')::date)
                     order by v.number), '[]') from visible v),
    'from', (select jsonb_build_object('number', v.number, 'core', version_core(v.id), 'clauses', version_clauses(v.id))
             from visible v, source s where v.number = s.number),
    'to', (select jsonb_build_object('number', v.number, 'core', version_core(v.id), 'clauses', version_clauses(v.id))
           from visible v, target t where v.number = t.number)
) as "page!: sqlx::types::Json<CompareData>"
where exists (select from visible)
