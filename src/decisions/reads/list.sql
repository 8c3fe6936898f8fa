-- Decisions, latest first, by number; and how many there are of each kind. All of them are public.
-- $1 kind · $2 area · $3 key · $4 backwards · $5 most
with fitting as (
    select d.id, d.number, d.kind, d.emergency <> '' and not exists (select from decision_review r where r.decision_id = d.id) as awaits
    from decision d
    where $2::text is null or exists (
        select from decision_item i join requirement_version v on v.id = i.version_id and may_see(v.audience, v.owner_org, 0::smallint, '{}')
        join requirement q on q.id = v.requirement_id
        join product_group g on g.id = q.product_group_id join product_area a on a.id = g.area_id
        where i.decision_id = d.id and a.slug = $2)
), chosen as (
    select number from fitting
    where case $1::text when 'network' then kind = 'network' when 'import' then kind = 'import' when 'awaiting' then awaits else true end
), page as (
    select number from chosen
    where $3::bigint is null or (case when $4::boolean then number > $3 else number < $3 end)
    order by case when $4 then number end asc, case when not $4 then number end desc
    limit $5
)
select jsonb_build_object(
    'total', (select count(*) from chosen),
    'before', (select count(*) from chosen where number > (select max(number) from page)),
    'counts', (select jsonb_build_object('all', count(*), 'network', count(*) filter (where kind = 'network'),
                   'import', count(*) filter (where kind = 'import'), 'awaiting', count(*) filter (where awaits)) from fitting),
    'rows', coalesce((
        select jsonb_agg(jsonb_build_object(
            'number', d.number, 'year', d.year, 'kind', d.kind, 'title', d.title, 'reference', d.reference, 'decided', d.decided_at,
            'body', d.body, 'dnr', d.dnr,
            'awaits', d.emergency <> '' and not exists (select from decision_review r where r.decision_id = d.id),
            'corrects', (select jsonb_build_object('year', c.year, 'number', c.number, 'title', c.title) from decision c where c.id = d.corrects),
            'corrected', exists (select from decision c where c.corrects = d.id),
            'items', (select count(*) from decision_item i where i.decision_id = d.id),
            'updated', greatest(d.decided_at, (select r.at from decision_review r where r.decision_id = d.id))) order by d.number desc)
        from page p join decision d on d.number = p.number), '[]')
) as "list!: sqlx::types::Json<List>"
