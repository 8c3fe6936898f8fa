-- What belongs to a decided version, and the ends of requirements, cannot be swept away in one go either; and a requirement
-- keeps its number for good.

create trigger version_reference_no_truncate before truncate on version_reference
    for each statement execute function refuse_change();
create trigger requirement_repeal_no_truncate before truncate on requirement_repeal
    for each statement execute function refuse_change();
create trigger requirement_stop_no_truncate before truncate on requirement_stop
    for each statement execute function refuse_change();

create function guard_requirement() returns trigger
    language plpgsql as $$
begin
    raise exception 'a requirement keeps its number'
        using errcode = 'integrity_constraint_violation', constraint = 'requirement_kept';
end
$$;
create trigger requirement_guarded before update of id, number, created_at on requirement
    for each row when (new.id <> old.id or new.number <> old.number or new.created_at <> old.created_at)
    execute function guard_requirement();
