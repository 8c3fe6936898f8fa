-- A page of organisations by name, narrowed to a kind and to names with every word; and which kinds there are.
-- $1 kind or null · $2 words in small letters · $3 whether names are Swedish · $4 slug of the neighbour or null
-- $5 whether the page ends before it (or at the end, without one) · $6 page size
with found as materialized (
    select o.slug, o.kind, o.name_sv, o.name_en, o.about_sv, o.about_en,
           row_number() over (order by (case when $3 then o.name_sv else o.name_en end) collate "sv-x-icu", o.slug) as row
    from organisation o
    where o.listed and ($1::text is null or o.kind = $1)
      and not exists (
          select from unnest($2::text[]) word
          where strpos(lower(concat_ws(' ', o.name_sv, o.name_en, o.short_sv, o.short_en)), word) = 0)
),
place as (
    select counted.total,
           case
               when $5 and at.row is not null then greatest(at.row - 1 - $6, 0)
               when $5 then greatest(counted.total - 1, 0) / $6 * $6
               else coalesce(at.row, 0)
           end as before,
           case when $5 and at.row is not null then at.row - 1 else counted.total end as stop
    from (select count(*) as total from found) counted
    left join found at on at.slug = $4
)
select jsonb_build_object(
    'total', p.total, 'before', p.before,
    'hits', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'slug', f.slug, 'sv', f.name_sv, 'en', f.name_en, 'kind', f.kind,
            'about_sv', f.about_sv, 'about_en', f.about_en) order by f.row), '[]')
        from found f where f.row > p.before and f.row <= least(p.before + $6, p.stop)),
    'kinds', (select coalesce(jsonb_agg(distinct o.kind), '[]') from organisation o where o.listed)
) as "page!: sqlx::types::Json<FoundPage>"
from place p
