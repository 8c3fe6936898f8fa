-- One file with a page of its report; null where there is none. $1 viewer level · $2 viewer organisations · $3 number
-- $4 part of the report, or null for the first that has something · $5 place of the neighbour or null
-- $6 whether the page ends before it (or at the end, without one) · $7 page size
with run as (
    select i.* from import_run i where i.number = $3 and may_see(i.audience, i.owner_org, $1, $2)
),
counts as materialized (
    select l.kind, count(*) as n from import_line l join run on run.id = l.import_id group by l.kind
),
part as (
    select coalesce($4::text, (select c.kind from counts c
        order by array_position(array['rejected', 'warning', 'new', 'changed'], c.kind) limit 1), 'rejected') as kind
),
after as (
    select l.place from run join part on true join import_line l on l.import_id = run.id and l.kind = part.kind
    where not $6 and l.place > coalesce($5::int, 0) order by l.place limit $7
),
before as (
    select l.place from run join part on true join import_line l on l.import_id = run.id and l.kind = part.kind
    where $6 and ($5::int is null or l.place < $5) order by l.place desc limit $7
),
page as (select after.place from after union all select before.place from before)
select jsonb_build_object(
    'state', i.state, 'file', i.file_name, 'bytes', i.file_bytes, 'sha256', encode(i.file_sha256, 'hex'),
    'create_groups', i.create_groups, 'skip_invalid', i.skip_invalid, 'replace', i.replace, 'reference', i.reference,
    'created', i.created_at, 'examined', i.examined_at, 'confirmed', i.confirmed_at, 'ended', i.ended_at,
    'by', (select p.name from person p where p.id = i.person_id),
    'organisation', (select o.name_sv from organisation o where o.id = i.organisation_id),
    'confirmed_by', (select p.name from person p where p.id = i.confirmed_by),
    'done', i.done, 'of', i.of, 'why', i.why,
    'accepted', i.accepted, 'new', i.new, 'changed', i.changed, 'unchanged', i.unchanged, 'rejected', i.rejected,
    'warnings', i.warnings, 'groups', i.groups_made, 'first', i.first_number, 'last', i.last_number,
    'same', (select coalesce(jsonb_agg(jsonb_build_object('number', s.number, 'at', s.created_at, 'state', s.state) order by s.number desc), '[]')
             from (select o.number, o.created_at, o.state from import_run o
                   where o.file_sha256 = i.file_sha256 and o.number <> i.number and may_see(o.audience, o.owner_org, $1, $2)
                   order by o.number desc limit 5) s),
    'counts', (select coalesce(jsonb_object_agg(c.kind, c.n), '{}') from counts c),
    'part', part.kind,
    'before', (select count(*) from import_line l where l.import_id = i.id and l.kind = part.kind
               and l.place < coalesce((select min(p.place) from page p), 0)),
    'lines', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'place', l.place, 'line', l.line, 'cell', l.cell, 'heading', l.heading, 'value', l.value, 'said', l.said,
            'number', l.number, 'version', l.version) order by l.place), '[]')
        from page p join import_line l on l.import_id = i.id and l.place = p.place)
) as "one!: sqlx::types::Json<One>"
from run i cross join part
