-- What is going on: every area with lines or open proposals, with who owns its groups today.
-- $1 viewer level · $2 viewer organisations · $3 today · $4 states of open proposals · $5 who asks
select coalesce(jsonb_agg(jsonb_build_object(
    'slug', a.slug, 'sv', a.name_sv, 'en', a.name_en, 'proposals', o.proposals,
    'owners', (select coalesce(jsonb_agg(distinct jsonb_build_object('letter', w.letter, 'sv', w.name_sv, 'en', w.name_en)), '[]')
               from product_group_owner x join product_group g on g.id = x.group_id join procurement_area w on w.letter = x.letter
               where g.area_id = a.id and x.valid @> $3::date),
    'lines', l.lines) order by a.position, a.id), '[]') as "areas!: sqlx::types::Json<Vec<UnderWay>>"
from product_area a
cross join lateral (
    select count(*) as proposals from proposal p join product_group g on g.id = p.group_id
    where g.area_id = a.id and p.number is not null and p.state = any ($4) and may_see(p.audience, p.owner_org, $1, $2)
      and (p.owner_org = any ($2) or p.author_id = $5 or not exists (select from membership m where m.id = p.sent_by and not m.approved))) o
cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object(
               'id', x.id, 'sv', x.text_sv, 'en', x.text_en, 'state', x.state, 'starts_on', x.starts_on, 'decision_month', x.decision_month,
               'priority_until', x.priority_until, 'in_preparation', x.in_preparation, 'changed', x.changed_at,
               'group', case when g.id is not null then jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en) end)
               order by array_position(array['under_way', 'planned', 'done'], x.state), x.priority_until nulls last, x.decision_month nulls last, x.id), '[]') as lines
    from plan_line x left join product_group g on g.id = x.group_id
    where coalesce(x.area_id, g.area_id) = a.id) l
where o.proposals > 0 or l.lines <> '[]'
