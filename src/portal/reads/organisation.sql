-- One organisation in one round trip; null where there is none. A region has what its procurement area looks after, looked
-- after or will look after while the region is in it.
-- $1 slug · $2 today · $3 whether names are Swedish
select (select last from search_generation) as "generation!",
(select jsonb_build_object(
    'slug', o.slug, 'sv', o.name_sv, 'en', o.name_en, 'kind', o.kind, 'nuts', o.nuts, 'homepage', o.homepage,
    'short_sv', o.short_sv, 'short_en', o.short_en, 'about_sv', o.about_sv, 'about_en', o.about_en,
    'membership', (
        select jsonb_build_object(
            'letter', x.letter, 'sv', p.name_sv, 'en', p.name_en,
            'from', lower(x.valid), 'to', upper(x.valid) - 1,
            'others', (
                select coalesce(jsonb_agg(jsonb_build_object('slug', n.slug, 'sv', n.name_sv, 'en', n.name_en)
                           order by (case when $3 then n.name_sv else n.name_en end) collate "sv-x-icu"), '[]')
                from procurement_area_region y join organisation n on n.id = y.organisation_id
                where y.letter = x.letter and y.valid @> $2::date and n.id <> o.id))
        from procurement_area_region x join procurement_area p on p.letter = x.letter
        where x.organisation_id = o.id and x.valid @> $2::date),
    'owned', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'letter', s.letter, 'from', lower(s.period), 'to', upper(s.period) - 1,
            'when', case when s.period @> $2::date then 'now' when upper(s.period) <= $2 then 'earlier' else 'later' end,
            'area', jsonb_build_object('slug', a.slug, 'sv', a.name_sv, 'en', a.name_en),
            'group', jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en)
        ) order by lower(s.period) desc, s.letter, a.position, g.position), '[]')
        from (select w.group_id, w.letter, w.valid * x.valid as period
              from procurement_area_region x join product_group_owner w on w.letter = x.letter and w.valid && x.valid
              where x.organisation_id = o.id) s
        join product_group g on g.id = s.group_id
        join product_area a on a.id = g.area_id)
) from organisation o where o.slug = $1 and o.listed) as "page: sqlx::types::Json<OrganisationData>"
