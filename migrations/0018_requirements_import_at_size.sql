-- What is asked for each row of an import takes as long in the last row as in the first.

-- Nothing asks what is in force at a time without saying of which requirement. To a planner that knows little of a table that
-- is being filled, the index was a short list of all that is decided, and it read the list for each row.
drop index requirement_version_valid;

-- The same of the list of versions that are open, which is short but while a file is read in: the state is looked at in the
-- row, not looked for.
create or replace function guard_version_part() returns trigger
    language plpgsql as $$
declare
    of_version uuid := case when tg_op = 'INSERT' then new.version_id else old.version_id end;
    its_state text := (select v.state from requirement_version v where v.id = of_version);
begin
    if tg_op = 'UPDATE' and new.version_id <> old.version_id then
        raise exception 'a part stays with its version'
            using errcode = 'integrity_constraint_violation', constraint = 'version_frozen';
    end if;
    if its_state is null or its_state not in ('preparation', 'ready') then
        raise exception 'the parts of a version that is no longer open are frozen'
            using errcode = 'integrity_constraint_violation', constraint = 'version_frozen';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;
