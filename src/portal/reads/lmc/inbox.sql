-- A page of what waits, oldest first, with who has taken it; one round trip. What waits of requirements the catalogue has
-- chosen, as much of each kind as a page holds.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 today · $5 who looks · $6 kind or null · $7 whether only what they have
-- $8 since, $9 rank and $10 number of the neighbour, or null · $11 whether the page ends before it · $12 rows to read
-- $13 versions overdue, in order · $14 incomplete ones · $15 whether who looks approves accounts · $16 letters given up since
-- $17 the fact of the last backup · $18 whether who looks sees the whole bank, else what lies in the areas that they look after
-- $19 for whom they act · $20 since when a stop has stood too long
with mine as materialized (
    select c.group_id from coordinated_group($5, $19, $4, $3) c where not $18::boolean
),
everything as (
    select case f.kind when 'accessibility' then 'accessibility' else 'fault' end as kind,
           case f.kind when 'accessibility' then 1 else 2 end as rank, f.created_at as since, f.number, f.id as subject
    from fault_report f
    where f.state = 'new' and not report_is_held(f.person_id, f.organisation_id) and may_see(f.audience, f.owner_org, $1, $2)
    union all
    select 'import', 5, i.created_at, i.number, i.id from import_run i
    where i.state = 'examined' and may_see(i.audience, i.owner_org, $1, $2)
    union all
    select 'account', 6, a.since, a.number, a.id from waiting_application() a where $15::boolean
    union all
    select d.kind, case d.kind when 'comment' then 7 else 8 end, d.since, d.number, d.subject_id from waiting_dialogue($1, $2, $3) d
    union all
    select 'reference', 9, s.since, s.number, s.id from requirement_with_stale_reference($1, $2, $3) s
    union all
    select 'proposal', 10, s.since, s.number, s.id from waiting_proposal($1, $2) s
),
waiting as materialized (
    select e.* from everything e where $18 or task_group(e.kind, e.subject) in (select m.group_id from mine m)
),
held as materialized (
    select h.kind, case h.kind when 'accessibility' then 1 when 'fault' then 2 when 'overdue' then 3 when 'incomplete' then 4 when 'import' then 5 when 'account' then 6 when 'comment' then 7 when 'question' then 8 when 'reference' then 9 else 10 end as rank,
           h.since, h.number, h.subject_id as subject
    from held_task($5, $1, $2, $3, $4) h
    where ($15 or h.kind <> 'account') and ($18 or task_group(h.kind, h.subject_id) in (select m.group_id from mine m))
),
asked as (
    select w.kind, w.rank, w.since, w.number, w.subject from waiting w where not $7 and ($6::text is null or w.kind = $6)
    union all
    select 'overdue', 3, (r.review_by + 1)::timestamp at time zone 'Europe/Stockholm', r.number, r.id
    from unnest($13::uuid[]) s(id) join requirement_version v on v.id = s.id and may_see(v.audience, v.owner_org, $1, $2)
    join requirement r on r.id = v.requirement_id
    where not $7 and ($18 or r.product_group_id in (select m.group_id from mine m))
    union all
    select 'incomplete', 4, lower(v.valid), r.number, r.id
    from unnest($14::uuid[]) s(id) join requirement_version v on v.id = s.id and may_see(v.audience, v.owner_org, $1, $2)
    join requirement r on r.id = v.requirement_id
    where not $7 and ($18 or r.product_group_id in (select m.group_id from mine m))
    union all
    select h.kind, h.rank, h.since, h.number, h.subject from held h where $7 and ($6::text is null or h.kind = $6)
),
after as (
    select a.kind, a.rank, a.since, a.number, a.subject from asked a
    where not $11 and ($8::timestamptz is null or (a.since, a.rank, a.number) > ($8, $9::int, $10::bigint))
    order by a.since, a.rank, a.number limit $12
),
before as (
    select a.kind, a.rank, a.since, a.number, a.subject from asked a
    where $11 and ($8::timestamptz is null or (a.since, a.rank, a.number) < ($8, $9::int, $10::bigint))
    order by a.since desc, a.rank desc, a.number desc limit $12
),
page as (select after.* from after union all select before.* from before)
select (select last from search_generation) as "generation!",
jsonb_build_object(
    'counts', (select jsonb_build_object(
        'accessibility', count(*) filter (where w.kind = 'accessibility'), 'fault', count(*) filter (where w.kind = 'fault'),
        'import', count(*) filter (where w.kind = 'import'), 'account', count(*) filter (where w.kind = 'account'),
        'comment', count(*) filter (where w.kind = 'comment'), 'question', count(*) filter (where w.kind = 'question'),
        'reference', count(*) filter (where w.kind = 'reference'), 'proposal', count(*) filter (where w.kind = 'proposal')) from waiting w),
    -- how the service itself is
    'service', jsonb_build_object(
        'lost', (select count(*) from mail where dead_at > $16 and not refused),
        'oldest', (select min(created_at) from mail where sent_at is null and dead_at is null),
        'backup', (select at from bank_fact where key = $17)),
    -- decisions that one made alone and another is to look at, the most urgent first; and what waits for who decides
    'reviews', (select coalesce(jsonb_agg(jsonb_build_object('number', d.number, 'year', d.year, 'title', d.title, 'by', d.review_by)
                    order by d.review_by, d.number), '[]')
                from (select n.* from decision n where $18 and n.emergency <> '' and not exists (
                          select from decision_review w where w.decision_id = n.id) order by n.review_by, n.number limit 10) d),
    -- stops that have stood for too long: a decision lifts them, or repeals
    'stops', (select coalesce(jsonb_agg(jsonb_build_object('number', s.number, 'title', s.title, 'since', s.since) order by s.since, s.number), '[]')
              from (select r.number, v.title, lower(x.valid) as since
                    from requirement_stop x join requirement r on r.id = x.requirement_id
                    join requirement_version v on v.requirement_id = r.id and v.state = 'decided' and v.valid @> $3
                         and may_see(v.audience, v.owner_org, $1, $2)
                    where x.valid @> $3 and lower(x.valid) <= $20 and ($18 or r.product_group_id in (select m.group_id from mine m))
                    order by lower(x.valid), r.number limit 100) s),
    'decisions', (select count(*) from decision_draft n where n.state = 'waiting' and case when $18 then may_see(n.audience, n.owner_org, $1, $2)
                                                         else draft_of_areas(n.id, n.created_by, $5, $19, $4, $3) end),
    'held', (select coalesce(jsonb_object_agg(x.kind, x.n), '{}') from (select h.kind, count(*) as n from held h group by h.kind) x),
    -- what stands before the neighbour, of what was not asked of the catalogue
    'before', (select count(*) from (
        select w.since, w.rank, w.number from waiting w where not $7 and ($6::text is null or w.kind = $6)
        union all select h.since, h.rank, h.number from held h where $7 and ($6::text is null or h.kind = $6)) x
        where $8::timestamptz is not null and (x.since, x.rank, x.number) < ($8, $9::int, $10::bigint)),
    'tasks', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'kind', p.kind, 'since', p.since, 'number', p.number, 'subject', p.subject,
            -- who has a proposal is kept with it
            'handler', case when p.rank = 10 then (
                            select jsonb_build_object('id', n.id, 'name', n.name) from waiting_proposal($1, $2) s join person n on n.id = s.handler
                            where s.id = p.subject)
                       else (
                            select jsonb_build_object('id', t.person_id, 'name', n.name) from task t join person n on n.id = t.person_id
                            where t.kind = p.kind and t.subject_id = p.subject and t.taken_at >= p.since) end,
            'report', (select jsonb_build_object(
                           -- the words of a report, and whose they are, are for those who see the whole bank
                           'text', case when $18 then left(f.text, 200) else '' end, 'language', f.language,
                           'answer', $18 and f.email is not null,
                           'organisation', (select o.name_sv from organisation o where o.id = f.organisation_id and $18),
                           'requirement', r.number, 'version', v.number)
                       from fault_report f
                       left join requirement r on r.id = f.requirement_id
                       left join requirement_version v on v.id = f.version_id and may_see(v.audience, v.owner_org, $1, $2)
                       where p.rank in (1, 2) and f.id = p.subject),
            'requirement', (select jsonb_build_object(
                           'title', v.title,
                           'missing', (select coalesce(jsonb_agg(substr(m, 9)), '[]') from search_document d, unnest(d.facets) m
                                       where d.kind = 'requirement' and d.id = v.id and m like 'missing:%'
                                         and may_see(d.audience, d.owner_org, $1, $2)),
                           'stale', (select coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'by', s.name, 'edition', s.edition)
                                         order by x.position), '[]')
                                     from version_reference x join reference_now() n on n.id = x.reference_id
                                     join reference f on f.id = x.reference_id left join reference s on s.id = n.successor
                                     where x.version_id = v.id and p.rank = 9 and n.status in ('replaced', 'retired') and n.marked_at <= $3))
                       from requirement r join requirement_version v on v.requirement_id = r.id
                       where p.rank in (3, 4, 9) and r.id = p.subject and v.state = 'decided' and v.valid @> $3
                         and may_see(v.audience, v.owner_org, $1, $2)),
            'import', (select jsonb_build_object('file', i.file_name, 'accepted', i.accepted, 'rejected', i.rejected,
                           'new', i.new, 'changed', i.changed)
                       from import_run i where p.rank = 5 and i.id = p.subject),
            'account', (select jsonb_build_object('name', n.name, 'organisation', o.name_sv, 'kind', o.kind, 'listed', o.listed)
                        from application a join membership m on m.id = a.membership_id join person n on n.id = m.person_id
                        join organisation o on o.id = m.organisation_id
                        where p.rank = 6 and a.id = p.subject),
            'said', coalesce((select jsonb_build_object('text', dialogue_masked(c.id, c.text), 'cited', g.cited, 'thread', g.id, 'language', c.language,
                            'organisation', o.name_sv, 'inside', g.audience > 0)
                     from dialogue_comment c join dialogue_thread g on g.id = c.thread_id join organisation o on o.id = c.organisation_id
                     where p.rank in (7, 8) and c.id = p.subject),
                    (select jsonb_build_object('text', experience_masked(e.id, experience_words(e)), 'cited', 'KB-' || lpad(r.number::text, greatest(4, length(r.number::text)), '0'),
                            'thread', e.id, 'language', 'sv', 'organisation', o.name_sv, 'inside', e.audience > 0)
                     from experience e join requirement r on r.id = e.requirement_id join organisation o on o.id = e.owner_org
                     where p.rank = 7 and e.id = p.subject)),
            'proposal', (select jsonb_build_object('year', x.year, 'kind', x.kind, 'state', x.state, 'title', x.sent ->> 'title',
                            'answer_by', x.answer_by, 'again', x.cc0_at > x.submitted_at, 'group', g.name_sv,
                            'organisation', o.name_sv, 'requirement', r.number)
                         from proposal x join product_group g on g.id = x.group_id join organisation o on o.id = x.owner_org
                         left join requirement r on r.id = x.requirement_id
                         where p.rank = 10 and x.id = p.subject and may_see(x.audience, x.owner_org, $1, $2))
        ) order by p.since, p.rank, p.number), '[]')
        from page p)
) as "page!: sqlx::types::Json<InboxData>"
