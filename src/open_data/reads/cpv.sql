-- CPV codes that begin with digits, or whose names hold every word, in order of code.
-- $1 beginning of a code or null · $2 patterns · $3 codes to pass over · $4 page size
with found as materialized (
    select c.code, c.name_sv, c.name_en from cpv_code c
    where ($1::text is null or starts_with(c.code, $1))
      and not exists (select from unnest($2::text[]) word where c.name_sv not ilike word and c.name_en not ilike word)
),
page as (
    select * from found order by code offset $3 limit $4
)
select json_build_object(
    'total', (select count(*) from found),
    'items', (select coalesce(json_agg(json_build_object('code', code, 'name', name_sv, 'name_en', name_en) order by code), '[]') from page)
) as "list!: sqlx::types::Json<CpvRows>"
