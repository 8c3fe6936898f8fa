-- What somebody finds on their own pages beside who they are: invitations, drafts, what they sent in, what they said in the
-- dialogue, a page of that. One round trip.
-- $1 person · $2 acting for · $3 viewer level · $4 viewer organisations · $5 today · $6 now · $7 number of the key, or null
-- $8 backwards · $9 most · $10 whether more than what was said is asked for
with said as materialized (
    select c.id, c.number
    from dialogue_comment c join dialogue_thread t on t.id = c.thread_id
    where c.author_id = $1 and c.state <> 'deleted' and may_read_thread(t, $3, $4, $1, $2, $5::date, $6::timestamptz)
), page as (
    select s.id, s.number from said s
    where $7::bigint is null or (case when $8::boolean then s.number > $7 else s.number < $7 end)
    order by case when $8 then s.number end, s.number desc
    limit $9
), draft as (
    select p.* from proposal p
    where $10::boolean and p.state = 'draft' and p.author_id = $1 and p.owner_org = $2
), sent as (
    select p.* from proposal p
    where $10 and p.number is not null and may_see(p.audience, p.owner_org, $3, $4)
      and (p.author_id = $1 or p.sent_by in (select m.id from membership m where m.person_id = $1))
)
select jsonb_build_object(
    'letters', coalesce((
        select jsonb_agg(jsonb_build_array(r.membership_id, r.letter) order by r.letter)
        from membership_role r join membership m on m.id = r.membership_id
        where $10 and m.person_id = $1 and r.letter is not null and r.valid @> $6::timestamptz and m.valid @> $6), '[]'),
    'invitations', coalesce((
        select jsonb_agg(jsonb_build_object('id', i.id, 'sv', o.name_sv, 'en', o.name_en, 'role', i.role, 'letter', i.letter,
            'role_ends_at', i.role_ends_at, 'ends_at', i.ends_at) order by i.created_at)
        from person p join invitation i on lower(i.email) = lower(p.email) join organisation o on o.id = i.organisation_id
        where $10 and p.id = $1 and p.email_verified_at is not null and i.ends_at > $6), '[]'),
    'drafts', jsonb_build_object('total', (select count(*) from draft), 'rows', coalesce((
        select jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'title', d.title, 'changed', d.changed_at, 'requirement', r.number)
            order by d.changed_at desc, d.id)
        from (select * from draft order by changed_at desc, id limit $9) d left join requirement r on r.id = d.requirement_id), '[]')),
    'proposals', jsonb_build_object('total', (select count(*) from sent), 'rows', coalesce((
        select jsonb_agg(jsonb_build_object('number', s.number, 'year', s.year, 'state', s.state, 'title', s.sent -> 'title',
            'held', exists (select from membership m where m.id = s.sent_by and not m.approved)) order by s.number desc)
        from (select * from sent order by number desc limit $9) s), '[]')),
    'comments', jsonb_build_object(
        'total', (select count(*) from said),
        'before', (select count(*) from said where number > (select max(number) from page)),
        'rows', coalesce((
            select jsonb_agg(jsonb_build_object(
                'id', c.id, 'number', c.number, 'cited', t.cited, 'opens', c.id = t.id, 'kind', t.kind, 'state', c.state,
                'thread_state', t.state, 'held', dialogue_is_held(c.sent_by), 'at', c.created_at,
                'answers', answered.n, 'official', answered.official,
                -- as that which it is about was called, as far as its text may be shown
                'title', case when t.subject_kind = 'proposal'
                    then (select x.sent ->> 'title' from proposal x
                          where x.id = t.subject_id and may_see(x.audience, x.owner_org, $3, $4))
                    else (select v.title from requirement_version v
                          where v.id = t.version_id and v.not_shown_since is null and may_see(v.audience, v.owner_org, $3, $4)) end)
                order by c.number desc)
            from page p join dialogue_comment c on c.id = p.id join dialogue_thread t on t.id = c.thread_id
            cross join lateral (
                select count(*) as n, coalesce(bool_or(a.official is not null), false) as official
                from dialogue_comment a
                where a.thread_id = c.thread_id and a.id <> c.id and a.author_id <> $1 and a.state = 'shown'
                  and (c.id = t.id or a.answers = c.id) and not dialogue_is_held(a.sent_by)
            ) answered), '[]'))
) as "work!: sqlx::types::Json<Work>"
