-- The directory of organisations in one round trip: who shares the country in which procurement areas, what each looks after
-- on the day, and of every other kind how many there are and the first of them by name.
-- $1 today · $2 how many of a kind that may be long · $3 whether names are Swedish
with placed as (
    select x.letter, o.id, o.slug, o.kind, o.name_sv, o.name_en, o.short_sv, o.short_en, o.nuts
    from organisation o
    left join procurement_area_region x on x.organisation_id = o.id and x.valid @> $1::date
    where o.kind = 'region'
)
select (select last from search_generation) as "generation!",
jsonb_build_object(
    'regions', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'slug', p.slug, 'sv', p.name_sv, 'en', p.name_en, 'short_sv', p.short_sv, 'short_en', p.short_en,
            'nuts', p.nuts, 'letter', p.letter)
            order by p.letter, (case when $3 then p.name_sv else p.name_en end) collate "sv-x-icu"), '[]')
        from placed p),
    'owned', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'letter', w.letter,
            'area', a.slug, 'slug', g.slug, 'sv', g.name_sv, 'en', g.name_en) order by w.letter, a.position, g.position), '[]')
        from product_group_owner w
        join product_group g on g.id = w.group_id
        join product_area a on a.id = g.area_id
        where w.valid @> $1::date),
    'kinds', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'kind', k.kind, 'total', k.total,
            'first', (
                select jsonb_agg(jsonb_build_object(
                    'slug', o.slug, 'sv', o.name_sv, 'en', o.name_en, 'kind', o.kind,
                    'about_sv', o.about_sv, 'about_en', o.about_en))
                from (select * from organisation one
                      where one.kind = k.kind and one.listed
                      order by (case when $3 then one.name_sv else one.name_en end) collate "sv-x-icu", one.slug
                      limit case when k.kind in ('national_body', 'industry_body') then null else $2::bigint end) o))), '[]')
        from (select kind, count(*) as total from organisation where kind <> 'region' and listed group by kind) k)
) as "page!: sqlx::types::Json<Told>"
