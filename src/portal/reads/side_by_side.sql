-- Some requirements, each with one version whole, in the order in which they were asked for; one round trip.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 numbers · $5 versions, 0 for the one in force, otherwise the one
-- decided last. Who may see nothing of a requirement gets no column for it; of a text that may not be shown, only that.
with asked as (
    select * from unnest($4::bigint[], $5::int[]) with ordinality as a(number, version, place)
)
select jsonb_build_object('columns', coalesce(jsonb_agg(jsonb_build_object(
    'number', r.number, 'asked', a.version, 'version', c.number, 'state', c.state, 'from', lower(c.valid), 'to', upper(c.valid),
    'from_day', (lower(c.valid) at time zone 'Europe/Stockholm')::date,
    'ended', exists (select from requirement_repeal t where t.version_id = c.id),
    'core', case when c.not_shown_since is null then version_core(c.id) end,
    'clauses', case when c.not_shown_since is null then version_clauses(c.id) end,
    'title_en', case when c.not_shown_since is null then e.title end,
    'rationale_en', case when c.not_shown_since is null then e.rationale end,
    'evidence_en', case when c.not_shown_since is null then coalesce(e.evidence, '[]') else '[]' end,
    'stopped', (select t.reason from requirement_stop t where t.requirement_id = r.id and t.valid @> $3::timestamptz),
    'relation', r.relation_to_lower,
    'guidance', r.guidance, 'limitations', r.limitations, 'builds_on', r.builds_on, 'review_by', r.review_by,
    'area', jsonb_build_object('slug', p.slug, 'sv', p.name_sv, 'en', p.name_en),
    'group', jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en),
    'cpv', (select coalesce(jsonb_agg(jsonb_build_object('slug', x.code, 'sv', coalesce(n.name_sv, ''), 'en', coalesce(n.name_en, '')) order by x.code), '[]')
            from requirement_cpv x left join cpv_code n on n.code = x.code where x.requirement_id = r.id),
    'objectives', (select coalesce(jsonb_agg(jsonb_build_object('slug', n.slug, 'sv', n.name_sv, 'en', n.name_en) order by n.position), '[]')
                   from requirement_objective o join objective n on n.slug = o.objective where o.requirement_id = r.id),
    'agenda', (select coalesce(jsonb_agg(jsonb_build_object('slug', n.number::text, 'sv', n.name_sv, 'en', n.name_en) order by n.number), '[]')
               from agenda_goal n where n.number = any (r.agenda_goals))
    ) order by a.place), '[]')) as "page!: sqlx::types::Json<SideBySide>"
from asked a
join requirement r on r.number = a.number
join product_group g on g.id = r.product_group_id
join product_area p on p.id = g.area_id
cross join lateral (
    select v.* from requirement_version v
    where v.requirement_id = r.id and may_see(v.audience, v.owner_org, $1, $2) and (a.version = 0 or v.number = a.version)
    order by coalesce(v.valid @> $3::timestamptz, false) desc, (v.state = 'decided') desc, (lower(v.valid) <= $3) desc nulls last,
             v.number desc
    limit 1
) c
left join version_english e on e.version_id = c.id
