-- Files that were laid down, the latest first. $1 viewer level · $2 viewer organisations · $3 number of the neighbour or null
-- $4 whether the page ends before it, that is, has later ones (or is the last, without one) · $5 page size
with after as (
    select i.id, i.number from import_run i
    where not $4 and may_see(i.audience, i.owner_org, $1, $2) and ($3::bigint is null or i.number < $3)
    order by i.number desc limit $5
),
before as (
    select i.id, i.number from import_run i
    where $4 and may_see(i.audience, i.owner_org, $1, $2) and ($3::bigint is null or i.number > $3)
    order by i.number limit $5
),
page as (select after.* from after union all select before.* from before)
select jsonb_build_object(
    'total', (select count(*) from import_run i where may_see(i.audience, i.owner_org, $1, $2)),
    'before', (select count(*) from import_run i
               where may_see(i.audience, i.owner_org, $1, $2) and i.number > coalesce((select max(p.number) from page p), 0)),
    'imports', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'number', i.number, 'state', i.state, 'file', i.file_name, 'at', i.created_at, 'by', n.name,
            'accepted', i.accepted, 'new', i.new, 'changed', i.changed, 'rejected', i.rejected) order by i.number desc), '[]')
        from page p join import_run i on i.id = p.id join person n on n.id = i.person_id)
) as "page!: sqlx::types::Json<Listed>"
