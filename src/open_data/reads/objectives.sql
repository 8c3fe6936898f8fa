-- The environmental quality objectives in their order, and when any of them changed last. $1 now
select json_build_object(
    'changed', (select max(x.at) from (
        select max(f.at) as at from bank_fact f where f.key = 'taxonomy_changed' and f.at <= $1
        union all select max(m.installed_on) from _sqlx_migrations m where m.installed_on <= $1) x),
    'items', (select coalesce(json_agg(json_build_object(
        'slug', slug, 'name', name_sv, 'name_en', name_en, 'description', description_sv, 'description_en', description_en
        ) order by position), '[]') from objective)
) as "list!: sqlx::types::Json<Rows<Objective>>"
