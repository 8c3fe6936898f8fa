-- One thread with its first comment and a page of replies; null where there is none for whoever looks. One round trip.
-- $1 viewer level · $2 viewer organisations · $3 person · $4 acting for · $5 today · $6 now · $7 thread · $8 subject
-- $9 the version that the page of its requirement shows, or null · $10 number of the reply that the page begins after · $11 backwards
-- $12 most
with t as materialized (
    select t.*, thread_group(t) as lies_in from dialogue_thread t
    where t.id = $7 and t.subject_id = $8 and may_read_thread(t, $1, $2, $3, $4, $5::date, $6::timestamptz)
), standing as materialized (
    select c.* from t join dialogue_comment c on c.thread_id = t.id where dialogue_stands(c, $3)
), page as (
    select s.id, s.number from standing s join t on s.id <> t.id
    where $10::bigint is null or (case when $11::boolean then s.number < $10 else s.number > $10 end)
    order by case when $11 then -s.number else s.number end limit $12
)
select jsonb_build_object(
    'id', t.id, 'kind', t.kind, 'state', t.state, 'audience', t.audience, 'held', dialogue_is_held(t.sent_by),
    'state_since', t.state_since, 'state_named', settler.named, 'state_by', case when settler.named then sp.name end, 'state_org_sv', so.name_sv, 'state_org_en', so.name_en,
    'own', coalesce(t.author_id = $3, false),
    'speaks', coordinates_group($3, $4, t.lies_in, $5::date, $6::timestamptz),
    'clause', t.clause_id, 'version', v.number,
    'quote', case when v.id is not null and v.not_shown_since is null then t.quote end,
    'place', now_clause.position, 'gone', t.clause_id is not null and $9::uuid is not null and now_clause.text is null,
    'changed', t.clause_id is not null and now_clause.text is distinct from then_clause.text,
    'total', (select count(*) from standing s where s.id <> t.id),
    'before', (select count(*) from standing s where s.id <> t.id and s.number < (select min(p.number) from page p)),
    'comments', (
        select jsonb_agg(jsonb_build_object(
            'id', s.id, 'number', s.number, 'state', s.state, 'opens', s.id = t.id,
            'text', case when s.state = 'shown' or (s.state = 'hidden' and s.author_id = $3) then dialogue_masked(s.id, s.text) end,
            'language', s.language, 'official', s.official, 'rule', s.rule, 'held', dialogue_is_held(s.sent_by),
            'own', coalesce(s.author_id = $3, false), 'created', s.created_at, 'edited', s.edited_at,
            'versions', (select count(*) from dialogue_comment_version x where x.comment_id = s.id),
            'reported', exists (select from dialogue_report r where r.comment_id = s.id and r.person_id = $3 and r.kind = 'report' and r.closed_at is null),
            'named', s.name_shown, 'name', case when s.name_shown then w.name end,
            'organisation_sv', o.name_sv, 'organisation_en', o.name_en, 'side', o.kind,
            'answers', (select jsonb_build_object('id', a.id, 'named', a.name_shown, 'name', case when a.name_shown then aw.name end,
                                                  'organisation_sv', ao.name_sv, 'organisation_en', ao.name_en)
                        from standing a join person aw on aw.id = a.author_id join organisation ao on ao.id = a.organisation_id
                        where a.id = s.answers)) order by s.id <> t.id, s.number)
        from standing s join organisation o on o.id = s.organisation_id join person w on w.id = s.author_id
        where s.id = t.id or s.id in (select p.id from page p))
) as "thread!: sqlx::types::Json<Thread>"
from t
left join requirement_version v on v.id = t.version_id and may_see(v.audience, v.owner_org, $1, $2)
left join version_clause now_clause on now_clause.version_id = $9 and now_clause.clause_id = t.clause_id
left join version_clause then_clause on then_clause.version_id = t.version_id and then_clause.clause_id = t.clause_id
left join person sp on sp.id = t.state_by
-- Its author is named as in what they wrote first.
cross join lateral (
    select t.state_by is distinct from t.author_id or exists (select from dialogue_comment f where f.id = t.id and f.name_shown) as named
) settler
left join organisation so on so.id = t.state_org
where exists (select from standing)
