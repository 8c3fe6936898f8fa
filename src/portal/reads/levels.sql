-- A product area, or one group of it, and the requirements of a page by level, in one round trip; null where there is no such
-- place. The catalogue has chosen what stands on the page.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 today · $5 slug of the area · $6 slug of the group or null
-- $7 requirements, row by row · $8 the row of each
select (select last from search_generation) as "generation!",
(select jsonb_build_object(
    'area', jsonb_build_object('slug', a.slug, 'sv', a.name_sv, 'en', a.name_en),
    'group', case when g.id is not null then jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en) end,
    'page', (
        select coalesce(jsonb_agg(jsonb_build_object('group', r.the_group, 'members', r.members) order by r.row), '[]')
        from (
            select s.row, jsonb_build_object('slug', x.group_slug, 'sv', x.group_sv, 'en', x.group_en) as the_group,
                   jsonb_agg(jsonb_build_object(
                       'number', x.number, 'title', x.title, 'title_en', x.title_en, 'level', x.level, 'type', x.type,
                       'relation', x.relation, 'stopped', x.stopped) order by x.number) as members
            from unnest($7::uuid[], $8::int[]) s(id, row)
            join listed_requirement($1, $2, $3, $4) x on x.id = s.id
            group by s.row, x.group_slug, x.group_sv, x.group_en
        ) r)
    )
 from product_area a
 left join product_group g on g.area_id = a.id and g.slug = $6 and g.merged_into is null
 where a.slug = $5 and ($6::text is null or g.id is not null)
) as "page: sqlx::types::Json<LevelsData>"
