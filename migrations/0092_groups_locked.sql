-- Whoever puts something into a group holds the group until it is there: a group that becomes a part of another meanwhile waits,
-- or what is put takes the way that the group took.

create or replace function guard_requirement_group() returns trigger
    language plpgsql as $$
begin
    perform from product_group g where g.id = new.product_group_id for share;
    if exists (select from product_group g where g.id = new.product_group_id
               and (g.merged_into is not null or (tg_op = 'INSERT' and g.retired_at is not null))) then
        raise exception 'the group takes no requirements'
            using errcode = 'integrity_constraint_violation', constraint = 'requirement_group_retired';
    end if;
    return new;
end
$$;

create function follow_group() returns trigger
    language plpgsql as $$
declare
    onwards uuid;
begin
    loop
        select g.merged_into into onwards from product_group g where g.id = new.group_id for share;
        exit when onwards is null;
        new.group_id := onwards;
    end loop;
    return new;
end
$$;
-- First of the triggers of their tables, which go by name.
create trigger a_proposal_follows_group before insert on proposal for each row execute function follow_group();
create trigger a_dialogue_thread_follows_group before insert on dialogue_thread for each row execute function follow_group();
