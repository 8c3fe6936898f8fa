-- A page of threads on one subject, latest activity first, those on clauses that are gone last; one round trip.
-- $1 viewer level · $2 viewer organisations · $3 person · $4 acting for · $5 today · $6 now · $7 kind of subject · $8 subject
-- $9 the version that its page shows, or null · $10 internal ones · $11 only unanswered · $12 kind or null · $13 clause or null
-- $14 key or null · $15 number of the key · $16 backwards · $17 most
with there as materialized (
    select t.id, t.number, t.kind, t.state, t.clause_id, t.version_id, t.audience, x.active_at, x.replies, x.official,
           t.clause_id is not null and $9::uuid is not null and now_clause.text is null as gone,
           t.clause_id is not null and now_clause.text is distinct from then_clause.text as changed, now_clause.position
    from dialogue_thread t
    left join version_clause now_clause on now_clause.version_id = $9 and now_clause.clause_id = t.clause_id
    left join version_clause then_clause on then_clause.version_id = t.version_id and then_clause.clause_id = t.clause_id
    cross join lateral (
        select max(c.created_at) as active_at, count(*) filter (where c.id <> t.id and c.state <> 'deleted') as replies,
               bool_or(c.official is not null and c.state = 'shown') as official
        from dialogue_comment c where c.thread_id = t.id and dialogue_stands(c, $3)
    ) x
    where t.subject_kind = $7 and t.subject_id = $8 and may_read_thread(t, $1, $2, $3, $4, $5::date, $6::timestamptz)
      and x.active_at is not null
), open_tab as (
    select h.*, (case when h.gone then 4000000000000000000 else 0 end - (extract(epoch from h.active_at) * 1000000)::bigint)::bigint as key
    from there h where (h.audience > 0) = $10::boolean
), chosen as (
    select o.* from open_tab o
    where (not $11::boolean or (o.state = 'open' and not coalesce(o.official, false))) and ($12::text is null or o.kind = $12) and ($13::uuid is null or o.clause_id = $13)
), page as (
    select c.* from chosen c
    where $14::bigint is null or (case when $16::boolean then (c.key, -c.number) < ($14, -$15::bigint) else (c.key, -c.number) > ($14, -$15::bigint) end)
    order by case when $16 then -c.key else c.key end, case when $16 then c.number else -c.number end
    limit $17
)
select jsonb_build_object(
    'total', (select count(*) from chosen),
    'before', (select count(*) from chosen c where (c.key, -c.number) < (select p.key, -p.number from page p order by p.key, -p.number limit 1)),
    'public', (select count(*) from there h where h.audience = 0),
    'internal', (select count(*) from there h where h.audience > 0),
    'unanswered', (select count(*) from open_tab o where o.state = 'open' and not coalesce(o.official, false)),
    'kinds', coalesce((select jsonb_object_agg(k.kind, k.n) from (select o.kind, count(*) as n from open_tab o group by o.kind) k), '{}'),
    'rows', coalesce((
        select jsonb_agg(jsonb_build_object(
            'id', p.id, 'number', p.number, 'key', p.key, 'kind', p.kind, 'state', p.state, 'audience', p.audience, 'active_at', p.active_at,
            'replies', p.replies,
            'clause', p.clause_id, 'place', p.position, 'gone', p.gone, 'changed', p.changed,
            'version', v.number,
            -- the clause as it was, as long as that text may be shown
            'quote', case when v.id is not null and v.not_shown_since is null then t.quote end,
            'held', dialogue_is_held(t.sent_by),
            'text', case when c.state = 'shown' then dialogue_masked(c.id, c.text) end, 'language', c.language, 'comment_state', c.state,
            'name', case when c.name_shown then w.name end, 'named', c.name_shown,
            'organisation_sv', o.name_sv, 'organisation_en', o.name_en, 'side', o.kind) order by p.key, -p.number)
        from page p
        join dialogue_thread t on t.id = p.id
        join dialogue_comment c on c.id = p.id
        join organisation o on o.id = c.organisation_id
        join person w on w.id = c.author_id
        left join requirement_version v on v.id = t.version_id and may_see(v.audience, v.owner_org, $1, $2)), '[]')
) as "threads!: sqlx::types::Json<Threads>"
