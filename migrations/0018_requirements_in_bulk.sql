-- Two guards of requirement_version, as they were but for how they look a version up: by its identity, and only then by its
-- state. Where both stand in one condition, the planner may take the index of what is open or decided and read the whole of
-- it for each row, since in a transaction that lays in thousands of versions its statistics know of none. `offset 0` keeps
-- the two apart.

create or replace function guard_version_part() returns trigger
    language plpgsql as $$
declare
    of_version uuid := case when tg_op = 'INSERT' then new.version_id else old.version_id end;
begin
    if tg_op = 'UPDATE' and new.version_id <> old.version_id then
        raise exception 'a part stays with its version'
            using errcode = 'integrity_constraint_violation', constraint = 'version_frozen';
    end if;
    if not exists (
        select from (select state from requirement_version where id = of_version offset 0) v where v.state in ('preparation', 'ready')
    ) then
        raise exception 'the parts of a version that is no longer open are frozen'
            using errcode = 'integrity_constraint_violation', constraint = 'version_frozen';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;

create or replace function check_decided_version() returns trigger
    language plpgsql as $$
declare
    level_before text;
begin
    if not exists (select from version_clause c where c.version_id = new.id) then
        raise exception 'a decided version has at least one clause'
            using errcode = 'integrity_constraint_violation', constraint = 'decided_version_has_text';
    end if;
    -- One cheap step after the other: most versions are the first of their requirement, or keep its level.
    select b.level into level_before
        from (select id, number, level, state from requirement_version where requirement_id = new.requirement_id offset 0) b
        where b.state = 'decided' and b.id <> new.id
        order by b.number desc limit 1;
    if level_before is null or level_before = new.level then
        return null;
    end if;
    if exists (
        select
        from requirement r
        join requirement s on s.family_id = r.family_id and s.id <> r.id
        join requirement_version sv on sv.requirement_id = s.id and sv.state = 'decided' and sv.valid && new.valid
        where r.id = new.requirement_id and sv.level = new.level and sv.type = new.type
    ) then
        raise exception 'the family already has a requirement at level %', new.level
            using errcode = 'integrity_constraint_violation', constraint = 'level_taken_in_family';
    end if;
    return null;
end
$$;
