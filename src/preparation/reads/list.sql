-- What is in preparation, longest first, by the time at which it was begun.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 today · $5 person · $6 acting for · $7 states · $8 area · $9 only those
-- that the person has · $10 key · $11 backwards · $12 most
with visible as (
    select v.id, v.created_at, v.state, v.handler_id, a.slug as area
    from requirement_version v
    join requirement r on r.id = v.requirement_id
    join product_group g on g.id = r.product_group_id
    join product_area a on a.id = g.area_id
    where v.state in ('preparation', 'ready')
      and (may_see(v.audience, v.owner_org, $1, $2) and $1 >= 20 or coordinates_group($5, $6, r.product_group_id, $4, $3))
), narrowed as (
    select * from visible where ($8::text is null or area = $8) and (not $9::boolean or handler_id = $5)
), chosen as (
    select * from narrowed where state = any ($7)
), key as (
    select created_at, id from chosen where id = $10::uuid
), page as (
    select c.id, c.created_at from chosen c
    where $10::uuid is null or not exists (select from key)
       or (case when $11::boolean then (c.created_at, c.id) < (select created_at, id from key)
                else (c.created_at, c.id) > (select created_at, id from key) end)
    order by case when $11 then c.created_at end desc, case when $11 then c.id end desc,
             case when not $11 then c.created_at end, case when not $11 then c.id end
    limit $12
)
select jsonb_build_object(
    'total', (select count(*) from chosen),
    'before', (select count(*) from chosen c, (select created_at, id from page order by created_at, id limit 1) p
               where (c.created_at, c.id) < (p.created_at, p.id)),
    'counts', coalesce((select jsonb_object_agg(state, n) from (select state, count(*) as n from narrowed group by state) c), '{}'),
    'areas', (select coalesce(jsonb_agg(jsonb_build_array(a.slug, a.name_sv) order by a.position, a.id), '[]') from product_area a
              where a.retired_at is null or exists (select from visible v where v.area = a.slug)),
    'rows', coalesce((
        select jsonb_agg(jsonb_build_object(
            'id', v.id, 'requirement', r.number, 'number', v.number, 'title', v.title, 'state', v.state, 'created_at', v.created_at,
            'group', g.name_sv, 'level', v.level, 'handler', case when v.handler_id is not null then jsonb_build_object('id', v.handler_id, 'name', h.name) end,
            'shared', v.audience < 20, 'first', not exists (
                select from requirement_version d where d.requirement_id = r.id and d.state = 'decided'),
            'text', exists (select from version_clause c where c.version_id = v.id),
            'rationale', v.rationale <> '', 'proportionality', v.proportionality <> '', 'evidence', v.evidence <> '[]'::jsonb,
            'follow_up', v.follow_up is not null, 'award', v.type <> 'award_criterion' or v.award is not null,
            'objective', case when v.pending is null then exists (select from requirement_objective o where o.requirement_id = r.id)
                              else coalesce(v.pending -> 'objectives', '[]') <> '[]'::jsonb end,
            'review', case when v.pending is null then r.review_by is not null else v.pending ->> 'review_by' is not null end,
            'changes', cardinality(v.changes) > 0, 'only_clarified', v.changes = array['clarified'], 'note', v.change_note <> '',
            'running_contracts', v.running_contracts <> '') order by v.created_at, v.id)
        from page n
        join requirement_version v on v.id = n.id
        join requirement r on r.id = v.requirement_id
        join product_group g on g.id = r.product_group_id
        left join person h on h.id = v.handler_id), '[]')
) as "list!: sqlx::types::Json<List>"
