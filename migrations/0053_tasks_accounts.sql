-- Accounts that wait to be approved stand among the tasks of those who look after the bank.
alter table task drop constraint task_kind_check;
alter table task add constraint task_kind_check check (kind in ('accessibility', 'fault', 'overdue', 'incomplete', 'import', 'account'));
-- In what order those stand that began to wait at one instant.
alter table application add column number bigint generated always as identity;
alter table application add constraint application_number unique (number);

-- An application that waits for an answer, of somebody who is still there. Who may see it is for the reader to ask.
create function waiting_application() returns table (id uuid, number bigint, since timestamptz, membership_id uuid)
    language sql stable
begin atomic
    select a.id, a.number, a.verified_at, a.membership_id
    from application a join membership m on m.id = a.membership_id join person p on p.id = m.person_id
    where a.verified_at is not null and a.decision is null and p.erased_at is null and p.email is not null;
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
