-- A selection as its overview needs it, in one round trip: how each row is followed up and what it serves, no texts; and every
-- environmental objective.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 selection or null · $5 hash of the browser's key or null
-- $6 key of a link or null · $7 person or null · $8 the organisation they act for
with s as (
    select * from opened_selection($3, $4, $5, $6, $7, $8)
)
select jsonb_build_object(
    'right', selection_right(s.holder_id, s.owner_org, s.colleagues, $5, $7, $8, $3), 'id', s.id, 'name', s.name, 'follow_up_hours', s.follow_up_hours, 'contract_years', s.contract_years,
    'objectives', (select jsonb_agg(jsonb_build_object('slug', o.slug, 'sv', o.name_sv, 'en', o.name_en) order by o.position) from objective o),
    'rows', coalesce((
        select jsonb_agg(jsonb_build_object(
            'id', w.id, 'number', r.number, 'version', v.number, 'title', case when v.not_shown_since is null then v.title else '' end,
            'title_en', case when v.not_shown_since is null then e.title end,
            'type', v.type, 'level', v.level, 'effort', v.follow_up ->> 'effort',
            'has_siblings', exists (
                select from requirement sr join requirement_version sv on sv.requirement_id = sr.id
                    and sv.valid @> $3::timestamptz and may_see(sv.audience, sv.owner_org, $1, $2) and sv.not_shown_since is null
                where sr.family_id = r.family_id and sr.id <> r.id),
            'group', jsonb_build_object('slug', a.slug || '/' || g.slug, 'sv', g.name_sv, 'en', g.name_en),
            'objectives', (select coalesce(jsonb_agg(o.objective order by o.objective), '[]')
                           from requirement_objective o where o.requirement_id = r.id),
            'eforms', to_jsonb(r.eforms), 'gpp', r.gpp
        ) order by array_position(array['qualification_requirement', 'technical_specification', 'award_criterion',
                                        'contract_performance_condition'], v.type), w.position, w.id)
        from selection_row w
        join requirement r on r.id = w.requirement_id
        join requirement_version v on v.id = w.version_id and may_see(v.audience, v.owner_org, $1, $2)
        join product_group g on g.id = r.product_group_id
        join product_area a on a.id = g.area_id
        left join version_english e on e.version_id = v.id
        where w.selection_id = s.id and w.removed_at is null), '[]')
)::text as "page!"
from s
