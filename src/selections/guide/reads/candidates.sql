-- What the guide chooses among, in one round trip: the requirements that the catalogue has found, without their texts; and
-- the names of the groups.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 requirements, in order · $5 groups as area/group
select (select last from search_generation) as "generation!",
jsonb_build_object(
    'groups', coalesce((
        select jsonb_agg(jsonb_build_object('slug', a.slug || '/' || g.slug, 'sv', g.name_sv, 'en', g.name_en) order by a.position, g.position)
        from product_group g join product_area a on a.id = g.area_id where a.slug || '/' || g.slug = any ($5::text[])), '[]'),
    'rows', coalesce((
        select jsonb_agg(jsonb_build_object(
            'number', r.number, 'title', v.title, 'title_en', e.title, 'type', v.type, 'level', v.level,
            'family', f.slug, 'relation', r.relation_to_lower, 'effort', v.follow_up ->> 'effort',
            'stopped', exists (select from requirement_stop t where t.requirement_id = r.id and t.valid @> $3::timestamptz)
        ) order by s.row)
        from unnest($4::uuid[]) with ordinality s(id, row)
        join requirement_version v on v.id = s.id and may_see(v.audience, v.owner_org, $1, $2)
        join requirement r on r.id = v.requirement_id
        left join requirement_family f on f.id = r.family_id
        left join version_english e on e.version_id = v.id), '[]')
) as "page!: sqlx::types::Json<CandidatesData>"
