-- Requirements that the catalogue has chosen, with what has to be done; one round trip.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 today · $5 ids in order · $6 kind of the task · $7 whether who looks sees
-- the whole bank, else what they look after · $8 who · $9 for whom they act
select (select last from search_generation) as "generation!",
coalesce((
    select jsonb_agg(jsonb_build_object(
        'key', x.id, 'number', x.number, 'title', x.title, 'group', x.group_sv, 'review_by', r.review_by, 'since', lower(x.valid),
        'missing', (select coalesce(jsonb_agg(substr(m, 9)), '[]') from unnest(d.facets) m where m like 'missing:%'),
        'owner', (select string_agg(o.letter, ', ' order by o.letter) from product_group_owner o
                  where o.group_id = r.product_group_id and o.valid @> $4),
        'handler', (select n.name from task t join person n on n.id = t.person_id
                    where t.kind = $6 and t.subject_id = r.id
                      and t.taken_at >= case when $6 = 'overdue' then (r.review_by + 1)::timestamp at time zone 'Europe/Stockholm'
                                             else lower(x.valid) end)
    ) order by s.row)
    from unnest($5::uuid[]) with ordinality s(id, row)
    join listed_requirement($1, $2, $3, $4) x on x.id = s.id
    join requirement r on r.id = x.requirement_id
         and ($7::boolean or r.product_group_id in (select g.group_id from coordinated_group($8, $9, $4, $3) g))
    join search_document d on d.kind = 'requirement' and d.id = x.id), '[]') as "rows!: sqlx::types::Json<Vec<Row>>"
