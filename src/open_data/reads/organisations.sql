-- Organisations by name, with what a region's procurement area looks after on a day; and when any of it changed last: names
-- come with the schema or are edited, who looks after what changes with the day.
-- $1 slug of the only one or null · $2 kinds, none for all · $3 words in small letters · $4 to pass over · $5 page size
-- $6 the day in Sweden · $7 now
with found as materialized (
    select o.*, row_number() over (order by o.name_sv collate "sv-x-icu", o.slug) as row
    from organisation o
    where o.listed and ($1::text is null or o.slug = $1)
      and (cardinality($2::text[]) = 0 or o.kind = any ($2))
      and not exists (
          select from unnest($3::text[]) word
          where strpos(lower(concat_ws(' ', o.name_sv, o.name_en, o.short_sv, o.short_en)), word) = 0)
)
select json_build_object(
    'changed', (select max(x.at) from (
        select max(f.at) as at from bank_fact f where f.key = 'taxonomy_changed' and f.at <= $7
        union all select max(m.installed_on) from _sqlx_migrations m where m.installed_on <= $7
        union all select max(d.day)::timestamp at time zone 'Europe/Stockholm'
                  from (select valid from product_group_owner union all select valid from procurement_area_region) o,
                       lateral (values (lower(o.valid)), (upper(o.valid))) d (day) where d.day <= $6::date) x),
    'total', (select count(*) from found),
    'items', (
        select coalesce(json_agg(json_build_object(
            'slug', o.slug, 'kind', o.kind, 'name', o.name_sv, 'name_en', o.name_en,
            'short_name', o.short_sv, 'short_name_en', o.short_en, 'about', o.about_sv, 'about_en', o.about_en,
            'homepage', o.homepage, 'nuts', o.nuts,
            'procurement_area', (
                select json_build_object('procurement_area', w.letter, 'name', w.name_sv, 'name_en', w.name_en,
                           'from', lower(x.valid), 'to', upper(x.valid) - 1)
                from procurement_area_region x join procurement_area w on w.letter = x.letter
                where x.organisation_id = o.id and x.valid @> $6::date),
            'product_groups', (
                select coalesce(json_agg(json_build_object('path', a.slug || '/' || g.slug, 'name', g.name_sv, 'name_en', g.name_en,
                           'from', lower(w.valid * x.valid), 'to', upper(w.valid * x.valid) - 1) order by a.position, g.position), '[]')
                from procurement_area_region x
                join product_group_owner w on w.letter = x.letter and w.valid @> $6::date
                join product_group g on g.id = w.group_id
                join product_area a on a.id = g.area_id
                where x.organisation_id = o.id and x.valid @> $6::date)
        ) order by o.row), '[]')
        from found o where o.row > $4 and o.row <= $4 + $5)
) as "list!: sqlx::types::Json<OrganisationRows>"
