-- Proposals stand among what waits for those who prepare. Who has one is kept with the proposal itself, and nowhere else: no
-- row of `task` is of this kind.

-- Those that wait for somebody who prepares, since when (they were last sent in), and who has them.
create function waiting_proposal(viewer_level smallint, viewer_orgs uuid[])
    returns table (id uuid, number bigint, since timestamptz, handler uuid)
    language sql stable
begin atomic
    select p.id, p.number, p.cc0_at, p.handler_id
    from proposal p
    where p.state in ('submitted', 'in_preparation') and may_see(p.audience, p.owner_org, viewer_level, viewer_orgs)
      and not exists (select from membership m where m.id = p.sent_by and not m.approved);
end;

create index proposal_handled on proposal (handler_id) where state in ('submitted', 'in_preparation') and handler_id is not null;

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
    select t.kind, s.since, s.number, t.subject_id
    from task t join requirement_with_stale_reference(viewer_level, viewer_orgs, now) s on s.id = t.subject_id
    where t.person_id = me and t.kind = 'reference' and t.taken_at >= s.since
    union all
    select 'proposal', w.since, w.number, w.id from waiting_proposal(viewer_level, viewer_orgs) w where w.handler = me
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
