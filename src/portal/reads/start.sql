-- The start page, whole, in one round trip: what the catalogue has chosen and counted, filled in.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 today
-- $5 what came into force last, in order · $6 what comes into force, in order
with news as (
    select s.list, jsonb_agg(jsonb_build_object(
        'number', x.number, 'version', x.version, 'title', x.title, 'title_en', x.title_en, 'note', x.change_note,
        'from', x.takes_effect) order by s.row) as items
    from (select 'latest' as list, id, row from unnest($5::uuid[]) with ordinality l(id, row)
          union all select 'coming', id, row from unnest($6::uuid[]) with ordinality c(id, row)) s
    join listed_requirement($1, $2, $3, $4) x on x.id = s.id
    group by s.list
)
select (select last from search_generation) as "generation!",
jsonb_build_object(
    'areas_in_all', (select count(*) from product_area where retired_at is null),
    'latest', coalesce((select items from news where list = 'latest'), '[]'),
    'coming', coalesce((select items from news where list = 'coming'), '[]'),
    'areas', coalesce((
        select jsonb_agg(jsonb_build_object('slug', a.slug, 'sv', a.name_sv, 'en', a.name_en, 'groups', (
                   select coalesce(jsonb_agg(jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en) order by g.position), '[]')
                   from product_group g where g.area_id = a.id and g.retired_at is null)) order by a.position)
        from product_area a where a.retired_at is null), '[]')
) as "page!: sqlx::types::Json<StartData>"
