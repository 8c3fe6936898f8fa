-- What requirements refer to is looked after: a law, standard or label is replaced, retired, or the same as another. What a
-- decided version cites of it never changes; all of this stands beside.

alter table reference
    add column lock int not null default 1 check (lock > 0),
    add column status text not null default 'in_force' check (status in ('in_force', 'replaced', 'retired', 'same')),
    -- what replaces it, or what it is the same as
    add column leads_to uuid references reference,
    -- when that was said
    add column marked_at timestamptz,
    -- the last day that it held, where that is known
    add column ended_on date,
    add column note text not null default '' check (length(note) <= 2000),
    add check ((status in ('replaced', 'same')) = (leads_to is not null)),
    add check ((status = 'in_force') = (marked_at is null)),
    add check (ended_on is null or status in ('replaced', 'retired')),
    add check (leads_to is distinct from id);
create index reference_marked on reference (id) where status <> 'in_force';
create index reference_leads_to on reference (leads_to) where leads_to is not null;

-- What leads on never leads back, and what is the same as another is no goal.
create function guard_reference_goal() returns trigger
    language plpgsql as $$
begin
    if exists (
        with recursive way(id) as (
            select new.leads_to
            union
            select f.leads_to from reference f join way w on w.id = f.id where f.leads_to is not null
        )
        select from way where way.id = new.id) then
        raise exception 'a reference does not lead to itself'
            using errcode = 'integrity_constraint_violation', constraint = 'reference_ring';
    end if;
    if exists (select from reference f where f.id = new.leads_to and f.status = 'same') then
        raise exception 'what is the same as another is no goal'
            using errcode = 'integrity_constraint_violation', constraint = 'reference_goal';
    end if;
    return new;
end
$$;
create trigger reference_goal_guarded before insert or update of leads_to, status on reference
    for each row when (new.leads_to is not null) execute function guard_reference_goal();

-- Each reference with what holds of it: what is the same as another has what holds of that.
create function reference_now()
    returns table (id uuid, same uuid, status text, successor uuid, marked_at timestamptz, ended_on date)
    language sql stable
begin atomic
    select f.id, c.id, c.status, c.leads_to, c.marked_at, c.ended_on
    from reference f join reference c on c.id = case when f.status = 'same' then f.leads_to else f.id end;
end;

-- Requirements in force that cite what is replaced or retired, and since when.
create function requirement_with_stale_reference(viewer_level smallint, viewer_orgs uuid[], now timestamptz)
    returns table (id uuid, number bigint, since timestamptz)
    language sql stable
begin atomic
    select r.id, r.number, max(greatest(n.marked_at, lower(v.valid)))
    from reference_now() n
    join version_reference x on x.reference_id = n.id
    join requirement_version v on v.id = x.version_id and v.state = 'decided' and v.valid @> now and v.not_shown_since is null
         and may_see(v.audience, v.owner_org, viewer_level, viewer_orgs)
    join requirement r on r.id = v.requirement_id
    where n.status in ('replaced', 'retired') and n.marked_at <= now
    group by r.id, r.number;
end;

-- A version as open data gives it, with what holds of its references where any of them is replaced or retired.
create function marked_version(viewer_level smallint, viewer_orgs uuid[], now timestamptz)
    returns table (id uuid, number bigint, version int, state text, valid tstzrange, body json)
    language sql stable
begin atomic
    select p.id, p.number, p.version, p.state, p.valid,
           case when m.marks is null then p.body else (p.body::jsonb || jsonb_build_object('marks', m.marks))::json end
    from published_version(viewer_level, viewer_orgs, now) p
    cross join lateral (
        select jsonb_agg(jsonb_build_object('place', x.place, 'status', n.status,
                   'replaced_by', case when n.status = 'replaced' then (
                       select jsonb_build_object('name', s.name, 'edition', nullif(s.edition, ''), 'url', s.url)
                       from reference s where s.id = n.successor) end)) as marks
        from (select c.reference_id, row_number() over (order by c.position) as place
              from version_reference c where c.version_id = p.id) x
        join reference_now() n on n.id = x.reference_id
        where n.status in ('replaced', 'retired') and n.marked_at <= now) m;
end;

-- Requirements that cite what is replaced stand among the tasks of those who look after the bank.
alter table task drop constraint task_kind_check;
alter table task add constraint task_kind_check
    check (kind in ('accessibility', 'fault', 'overdue', 'incomplete', 'import', 'account', 'comment', 'question', 'reference'));

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
