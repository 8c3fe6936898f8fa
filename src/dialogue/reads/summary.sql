-- How many threads there are on a subject, and the latest three. $1 viewer level · $2 viewer organisations · $3 person
-- $4 acting for · $5 today · $6 now · $7 kind of subject · $8 subject
with there as (
    select t.id, t.kind, t.state, x.active_at, x.comments
    from dialogue_thread t
    cross join lateral (
        select max(c.created_at) as active_at, count(*) filter (where c.state <> 'deleted') as comments
        from dialogue_comment c where c.thread_id = t.id and dialogue_stands(c, $3)
    ) x
    where t.subject_kind = $7 and t.subject_id = $8 and t.audience = 0 and x.active_at is not null
      and may_read_thread(t, $1, $2, $3, $4, $5::date, $6::timestamptz)
)
select jsonb_build_object(
    'total', (select count(*) from there),
    'latest', coalesce((
        select jsonb_agg(jsonb_build_object('id', l.id, 'kind', l.kind, 'state', l.state, 'active_at', l.active_at, 'comments', l.comments, 'deleted', c.state = 'deleted',
            'text', case when c.state = 'shown' then dialogue_masked(c.id, c.text) end, 'language', c.language,
            'organisation_sv', o.name_sv, 'organisation_en', o.name_en) order by l.active_at desc, l.id desc)
        from (select * from there order by active_at desc, id desc limit 3) l
        join dialogue_comment c on c.id = l.id and may_see(c.audience, c.owner_org, $1, $2) join organisation o on o.id = c.organisation_id), '[]')
) as "summary!: sqlx::types::Json<Summary>"
