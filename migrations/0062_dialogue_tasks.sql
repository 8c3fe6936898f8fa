-- Comments that were reported, and questions that nobody has answered for ten days, stand among the tasks of those who look
-- after the bank.
alter table task drop constraint task_kind_check;
alter table task add constraint task_kind_check
    check (kind in ('accessibility', 'fault', 'overdue', 'incomplete', 'import', 'account', 'comment', 'question'));

-- What waits of the dialogue: comments by their first open report, and questions from their eleventh day.
create function waiting_dialogue(viewer_level smallint, viewer_orgs uuid[], now timestamptz)
    returns table (kind text, since timestamptz, number bigint, subject_id uuid)
    language sql stable
begin atomic
    select 'comment', min(r.at), c.number, c.id
    from dialogue_report r join dialogue_comment c on c.id = r.comment_id
    where r.closed_at is null and may_see(c.audience, c.owner_org, viewer_level, viewer_orgs)
    group by c.id
    union all
    select 'question', t.created_at + interval '10 days', t.number, t.id
    from dialogue_thread t join dialogue_comment c on c.id = t.id
    where t.kind = 'question' and t.state = 'open' and t.created_at <= now - interval '10 days' and c.state = 'shown'
      and not dialogue_is_held(t.sent_by) and may_see(t.audience, t.owner_org, viewer_level, viewer_orgs);
end;

create or replace function held_task(me uuid, viewer_level smallint, viewer_orgs uuid[], now timestamptz, today date)
    returns table (kind text, since timestamptz, number bigint, subject_id uuid)
    language sql stable
begin atomic
    select t.kind, f.created_at, f.number, t.subject_id
    from task t join fault_report f on f.id = t.subject_id
    where t.person_id = me and t.kind in ('accessibility', 'fault') and f.state = 'new'
      and not report_is_held(f.person_id, f.organisation_id) and may_see(f.audience, f.owner_org, viewer_level, viewer_orgs)
    union all
    select t.kind, i.created_at, i.number, t.subject_id
    from task t join import_run i on i.id = t.subject_id
    where t.person_id = me and t.kind = 'import' and i.state = 'examined'
      and may_see(i.audience, i.owner_org, viewer_level, viewer_orgs)
    union all
    select t.kind, a.since, a.number, t.subject_id
    from task t join waiting_application() a on a.id = t.subject_id
    where t.person_id = me and t.kind = 'account'
    union all
    select t.kind, d.since, d.number, t.subject_id
    from task t join waiting_dialogue(viewer_level, viewer_orgs, now) d on d.kind = t.kind and d.subject_id = t.subject_id
    where t.person_id = me and t.kind in ('comment', 'question') and t.taken_at >= d.since
    union all
    select t.kind, w.since, r.number, t.subject_id
    from task t
    join requirement r on r.id = t.subject_id
    join search_document d on d.kind = 'requirement' and d.subject_id = r.id and d.valid @> now
         and not 'state:open' = any (d.facets) and may_see(d.audience, d.owner_org, viewer_level, viewer_orgs)
    cross join lateral (
        select case when t.kind = 'overdue' then (r.review_by + 1)::timestamp at time zone 'Europe/Stockholm' else lower(d.valid) end as since
    ) w
    where t.person_id = me and t.taken_at >= w.since
      and ((t.kind = 'overdue' and r.review_by < today)
           or (t.kind = 'incomplete' and exists (select from unnest(d.facets) f where f like 'missing:%')));
end;
