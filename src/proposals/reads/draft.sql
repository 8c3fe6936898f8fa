-- A proposal as its authors write it; null where it is none of theirs.
-- $1 id · $2 viewer level · $3 viewer organisations · $4 who asks, who has what they began themselves
select jsonb_build_object(
    'id', p.id, 'number', p.number, 'year', p.year, 'kind', p.kind, 'state', p.state, 'lock', p.lock_version,
    'title', p.title, 'type', p.type, 'level', p.level, 'said', p.said,
    'reasons', jsonb_build_object('problem', p.problem, 'gain', p.gain, 'verification', p.verification,
        'products', p.products, 'legal', p.legal, 'interest', p.interest),
    'group', jsonb_build_object('id', g.id, 'slug', g.slug, 'area_slug', a.slug, 'name_sv', g.name_sv, 'name_en', g.name_en,
        'area_sv', a.name_sv, 'area_en', a.name_en),
    'similar_seen', p.similar_seen_at is not null,
    'changed', p.changed_at, 'changed_by', w.name,
    'attachments', attachments_of('proposal', p.id, true),
    'industry', o.kind in ('supplier', 'industry_body'), 'owner', p.owner_org, 'senders', o.senders,
    'clauses', coalesce((
        select jsonb_agg(jsonb_build_object('id', c.clause_id, 'text', c.text) order by c.position)
        from proposal_clause c where c.proposal_id = p.id), '[]'),
    'base', (
        select jsonb_build_object(
            'number', r.number, 'version', v.number, 'title', v.title, 'type', v.type, 'level', v.level,
            'parameters', case when v.not_shown_since is null then v.parameters else '[]' end,
            'clauses', coalesce((
                select jsonb_agg(jsonb_build_object('id', c.clause_id, 'text', c.text) order by c.position)
                from version_clause c where c.version_id = v.id and v.not_shown_since is null), '[]'))
        from requirement_version v join requirement r on r.id = v.requirement_id
        where v.id = p.base_version_id and may_see(v.audience, v.owner_org, $2, $3)),
    'merged', coalesce((
        select jsonb_agg(jsonb_build_object('number', r.number, 'version', v.number, 'title', v.title) order by r.number)
        from proposal_requirement m
        join requirement_version v on v.id = m.base_version_id and may_see(v.audience, v.owner_org, $2, $3)
        join requirement r on r.id = m.requirement_id
        where m.proposal_id = p.id), '[]')
) as "draft!: sqlx::types::Json<Draft>"
from proposal p
join product_group g on g.id = p.group_id
join product_area a on a.id = g.area_id
join organisation o on o.id = p.owner_org
left join person w on w.id = p.changed_by
where p.id = $1 and (p.owner_org = any ($3) and may_see(p.audience, p.owner_org, $2, $3) or p.author_id = $4)
