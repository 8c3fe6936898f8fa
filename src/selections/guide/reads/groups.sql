-- Every area and group, and what a search finds in each: whether its name has the words, whether its CPV codes begin so, and
-- how many of its requirements in force have the words.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 words or null · $5 beginning of a CPV code or null
-- $6 how many requirements are looked at
with asked as (
    select websearch_to_tsquery('swedish', $4) as ts where $4::text is not null
),
found as (
    select r.product_group_id, count(*) as number
    from (
        select d.subject_id
        from search_document d, asked
        where d.kind = 'requirement' and may_see(d.audience, d.owner_org, $1, $2) and d.valid @> $3::timestamptz
          and not 'state:open' = any (d.facets) and d.tsv @@ asked.ts
        limit $6
    ) x join requirement r on r.id = x.subject_id
    group by r.product_group_id
)
select (select last from search_generation) as "generation!",
coalesce(jsonb_agg(jsonb_build_object(
    'slug', a.slug, 'sv', a.name_sv, 'en', a.name_en,
    'groups', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'slug', g.slug, 'sv', g.name_sv, 'en', g.name_en,
            'named', exists (select from asked where to_tsvector('swedish', concat_ws(' ', g.name_sv, g.name_en, g.description_sv)) @@ asked.ts)
                or coalesce(strpos(lower(concat_ws(' ', g.name_sv, g.name_en)), lower($4)) > 0, false),
            'coded', exists (select from product_group_cpv c where c.group_id = g.id and starts_with(c.code, $5)),
            'mention', coalesce((select f.number from found f where f.product_group_id = g.id), 0)
        ) order by g.position), '[]')
        from product_group g where g.area_id = a.id and g.retired_at is null)
) order by a.position), '[]') as "areas!: sqlx::types::Json<Vec<AreaChoice>>"
from product_area a
where a.retired_at is null
