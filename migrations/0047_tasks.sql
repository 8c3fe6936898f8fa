-- What waits for those who look after the bank, and who has taken it. What waits follows from the things themselves; only
-- that somebody took it is kept.

create table task (
    kind       text not null check (kind in ('accessibility', 'fault', 'overdue', 'incomplete', 'import')),
    -- the report, the requirement, the import
    subject_id uuid not null,
    person_id  uuid not null references person,
    organisation_id uuid references organisation,
    taken_at   timestamptz not null,
    primary key (kind, subject_id)
);
create index task_person on task (person_id);

-- What a version in force lacks that a decision needs is a facet, so that the catalogue can count and list it.
update search_document d set facets = d.facets || m.missing, tsv = d.tsv || array_to_tsvector(m.missing)
from (
    select v.id, array_remove(array[
        case when v.rationale = '' then 'missing:rationale' end,
        case when v.proportionality = '' then 'missing:proportionality' end,
        case when v.evidence = '[]'::jsonb then 'missing:evidence' end,
        case when v.follow_up is null then 'missing:follow_up' end,
        case when not exists (select from requirement_objective o where o.requirement_id = r.id) then 'missing:objective' end,
        case when r.review_by is null then 'missing:review' end,
        case when v.type = 'award_criterion' and v.award is null then 'missing:award' end], null) as missing
    from requirement_version v join requirement r on r.id = v.requirement_id
    where v.state = 'decided'
) m
where d.kind = 'requirement' and d.id = m.id and m.missing <> '{}';

-- The tasks that somebody has taken and that still wait. Whoever took a thing before it last began to wait has let it go.
create function held_task(me uuid, viewer_level smallint, viewer_orgs uuid[], now timestamptz, today date)
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
