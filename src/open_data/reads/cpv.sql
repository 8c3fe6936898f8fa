-- CPV codes that begin with digits, or whose names hold every word, in order of code.
-- $1 beginning of a code or null · $2 patterns · $3 codes to pass over · $4 page size · $5 now
with found as materialized (
    select c.code, c.name_sv, c.name_en from cpv_code c
    where ($1::text is null or starts_with(c.code, $1))
      and not exists (select from unnest($2::text[]) word where c.name_sv not ilike word and c.name_en not ilike word)
),
page as (
    select * from found order by code offset $3 limit $4
)
select json_build_object(
    'changed', (select max(x.at) from (
        select max(f.at) as at from bank_fact f where f.key = 'taxonomy_changed' and f.at <= $5
        union all select max(m.installed_on) from _sqlx_migrations m where m.installed_on <= $5) x),
    'total', (select count(*) from found),
    'items', (select coalesce(json_agg(json_build_object('code', code, 'name', name_sv, 'name_en', name_en) order by code), '[]') from page)
) as "list!: sqlx::types::Json<CpvRows>"
