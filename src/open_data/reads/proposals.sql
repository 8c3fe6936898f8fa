-- Proposals that were sent in, the latest first, one more than the page holds; and when any of them changed last.
-- $1 viewer level · $2 viewer organisations · $3 year and $4 number of the only one, or null · $5 kinds, $6 states, none for all
-- $7 number of the requirement or null · $8 groups as area/group or group, none for all · $9 year and $10 number to come after,
-- or null · $11 to pass over · $12 page size
with found as materialized (
    select p.id, p.year, p.number, p.state_since
    from proposal p
    join product_group g on g.id = p.group_id
    join product_area a on a.id = g.area_id
    where p.number is not null and may_see(p.audience, p.owner_org, $1, $2)
      and not exists (select from membership m where m.id = p.sent_by and not m.approved)
      and ($3::smallint is null or (p.year, p.number) = ($3, $4::bigint))
      and (cardinality($5::text[]) = 0 or p.kind = any ($5))
      and (cardinality($6::text[]) = 0 or p.state = any ($6))
      and ($7::bigint is null
           or exists (select from requirement r where r.number = $7
                      and (r.id = p.requirement_id
                           or exists (select from proposal_requirement m where m.proposal_id = p.id and m.requirement_id = r.id))))
      and (cardinality($8::text[]) = 0 or g.slug = any ($8) or a.slug || '/' || g.slug = any ($8))
),
page as (
    select f.id, f.year, f.number from found f
    where $9::smallint is null or (f.year, f.number) < ($9, $10::bigint)
    order by f.year desc, f.number desc offset $11 limit $12::bigint + 1
)
select json_build_object(
    'changed', (select max(greatest(f.state_since, (select max(s.at) from proposal_cosigner s where s.proposal_id = f.id))) from found f),
    'total', (select count(*) from found),
    'items', (
        select coalesce(json_agg(json_build_object(
            'year', p.year, 'number', p.number, 'kind', p.kind, 'state', p.state, 'title', p.sent ->> 'title',
            'type', p.sent ->> 'type', 'level', p.sent ->> 'level', 'product_group', a.slug || '/' || g.slug,
            'submitted_at', p.submitted_at, 'answer_by', p.answer_by, 'state_since', p.state_since, 'said', p.said,
            'organisation', json_build_object('slug', case when o.listed then o.slug end, 'name', o.name_sv, 'name_en', o.name_en),
            'cosigners', (
                select coalesce(json_agg(json_build_object('slug', case when c.listed then c.slug end, 'name', c.name_sv, 'name_en', c.name_en)
                           order by s.at, c.id), '[]')
                from proposal_cosigner s join organisation c on c.id = s.organisation_id where s.proposal_id = p.id),
            'base', (
                select json_build_object('number', r.number, 'version', v.number)
                from requirement_version v join requirement r on r.id = v.requirement_id
                where v.id = p.base_version_id and may_see(v.audience, v.owner_org, $1, $2)),
            'merges', (
                select coalesce(json_agg(json_build_object('number', r.number, 'version', v.number) order by r.number), '[]')
                from proposal_requirement m
                join requirement_version v on v.id = m.base_version_id and may_see(v.audience, v.owner_org, $1, $2)
                join requirement r on r.id = m.requirement_id
                where m.proposal_id = p.id),
            'merged_into', (
                select json_build_object('year', x.year, 'number', x.number)
                from proposal x where x.id = p.merged_into and may_see(x.audience, x.owner_org, $1, $2)),
            'decision', (select case when d.year is null then 'B-' else 'B-' || d.year || '-' end || lpad(d.number::text, greatest(4, length(d.number::text)), '0')
                    from decision d where d.id = p.answered_by),
            'became', (
                select json_build_object('number', r.number, 'version', v.number)
                from requirement_version v join requirement r on r.id = v.requirement_id
                where v.id = p.taken_into and v.state = 'decided' and may_see(v.audience, v.owner_org, $1, $2)),
            'text_hidden', h.hidden,
            'clauses', case when h.hidden then '[]'::jsonb else p.sent -> 'clauses' end,
            -- known products are for those who prepare
            'reasons', (p.sent -> 'reasons') - 'products'
        ) order by p.year desc, p.number desc), '[]')
        from page f
        join proposal p on p.id = f.id and may_see(p.audience, p.owner_org, $1, $2)
        join product_group g on g.id = p.group_id
        join product_area a on a.id = g.area_id
        join organisation o on o.id = p.owner_org
        -- built on a text that may not be shown, it would show it
        cross join lateral (
            select exists (
                select from requirement_version v
                where v.not_shown_since is not null
                  and (v.id = p.base_version_id
                       or v.id in (select m.base_version_id from proposal_requirement m where m.proposal_id = p.id))
                  and may_see(v.audience, v.owner_org, 100::smallint, '{}')) as hidden) h)
) as "list!: sqlx::types::Json<ProposalRows>"
