-- What waits in the areas that somebody looks after: one rule says in which product group a thing lies.

-- The groups that a person looks after today, for the organisation that they act for; `coordinates_group` for all of them at once.
create function coordinated_group(coordinator uuid, organisation uuid, today date, now timestamptz)
    returns table (group_id uuid)
    language sql stable
begin atomic
    select distinct o.group_id
    from membership m
    join membership_role r on r.membership_id = m.id and r.role = 'area_coordinator' and r.valid @> now
    join product_group_owner o on o.letter = r.letter and o.valid @> today
    where m.person_id = coordinator and m.organisation_id = organisation and m.valid @> now and m.approved;
end;

-- The group that a thread lies in now: that of the requirement or of the proposal that it is about, wherever it has moved since.
create function thread_group(t dialogue_thread) returns uuid
    language sql stable
    return coalesce(
        (select r.product_group_id from requirement r where r.id = t.requirement_id),
        (select p.group_id from proposal p where t.subject_kind = 'proposal' and p.id = t.subject_id),
        t.group_id);

-- The group of a thing that waits, where those who look after areas see to it; none for what is the network's alone: accounts, files,
-- reports on the site itself, what breaks a rule of the dialogue.
create function task_group(of_kind text, subject uuid) returns uuid
    language sql stable
    return case
        when of_kind in ('overdue', 'incomplete', 'reference') then (select r.product_group_id from requirement r where r.id = subject)
        when of_kind = 'fault' then (
            select r.product_group_id from fault_report f join requirement r on r.id = f.requirement_id where f.id = subject)
        when of_kind = 'question' then (select thread_group(t) from dialogue_thread t where t.id = subject)
        when of_kind = 'proposal' then (select p.group_id from proposal p where p.id = subject)
    end;

-- Who may read a thread as the one who looks after its area goes by the same group as who may answer there.
create or replace function may_read_thread(t dialogue_thread, viewer_level smallint, viewer_orgs uuid[], person uuid, acting uuid, today date, now timestamptz)
    returns boolean
    language sql stable
    return (may_see(t.audience, t.owner_org, viewer_level, viewer_orgs)
            or (person is not null and coordinates_group(person, acting, thread_group(t), today, now)))
       and (coalesce(t.author_id = person, false) or not dialogue_is_held(t.sent_by));
