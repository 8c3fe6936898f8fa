-- Proposals that were sent in, latest first, by number; and how many there are in each group of states.
-- $1 viewer level · $2 viewer organisations · $3 states · $4 area · $5 own organisation alone · $6 key · $7 backwards · $8 most
-- $9 who asks, who has what they sent themselves
with visible as (
    select p.id, p.number, p.state, p.owner_org
    from proposal p
    where p.number is not null and may_see(p.audience, p.owner_org, $1, $2)
      and (p.owner_org = any ($2) or p.author_id = $9
           or not exists (select from membership m where m.id = p.sent_by and not m.approved))
      and ($4::text is null or p.group_id in (
          select g.id from product_group g join product_area a on a.id = g.area_id where a.slug = $4))
      and (not $5::boolean or p.owner_org = any ($2) or p.author_id = $9)
), chosen as (
    select number from visible where state = any ($3)
), page as (
    select number from chosen
    where $6::bigint is null or (case when $7::boolean then number > $6 else number < $6 end)
    order by case when $7 then number end asc, case when not $7 then number end desc
    limit $8
)
select jsonb_build_object(
    'total', (select count(*) from chosen),
    'before', (select count(*) from chosen where number > (select max(number) from page)),
    'counts', coalesce((select jsonb_object_agg(state, n) from (select state, count(*) as n from visible group by state) c), '{}'),
    'rows', coalesce((
        select jsonb_agg(jsonb_build_object(
            'number', p.number, 'year', p.year, 'kind', p.kind, 'state', p.state, 'title', p.sent ->> 'title',
            'submitted', p.submitted_at, 'answer_by', p.answer_by,
            'organisation_sv', o.name_sv, 'organisation_en', o.name_en,
            'group_sv', g.name_sv, 'group_en', g.name_en,
            'requirement', r.number,
            'cosigners', (select count(*) from proposal_cosigner s where s.proposal_id = p.id),
            'held', exists (select from membership m where m.id = p.sent_by and not m.approved)) order by p.number desc)
        from page n
        join proposal p on p.number = n.number and may_see(p.audience, p.owner_org, $1, $2)
        join organisation o on o.id = p.owner_org
        join product_group g on g.id = p.group_id
        left join requirement r on r.id = p.requirement_id), '[]')
) as "list!: sqlx::types::Json<List>"
