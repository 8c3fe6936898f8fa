-- A thread stays where it was begun, but that its group may become a part of another.
create or replace function guard_dialogue_thread() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'open' then
            raise exception 'a thread is born open'
                using errcode = 'integrity_constraint_violation', constraint = 'dialogue_thread_step';
        end if;
        return new;
    end if;
    if tg_op = 'DELETE' or (new.id, new.number, new.subject_kind, new.subject_id, new.cited, new.requirement_id, new.version_id, new.clause_id, new.quote,
        new.kind, new.audience, new.owner_org, new.author_id, new.organisation_id, new.sent_by, new.created_at)
        is distinct from (old.id, old.number, old.subject_kind, old.subject_id, old.cited, old.requirement_id, old.version_id, old.clause_id, old.quote,
        old.kind, old.audience, old.owner_org, old.author_id, old.organisation_id, old.sent_by, old.created_at)
        or (new.group_id <> old.group_id
            and not exists (select from product_group g where g.id = old.group_id and g.merged_into = new.group_id)) then
        raise exception 'a thread stays where it was begun'
            using errcode = 'integrity_constraint_violation', constraint = 'dialogue_thread_kept';
    end if;
    if new.state <> old.state and (old.state, new.state) not in (('open', 'answered'), ('open', 'solved'), ('answered', 'solved'), ('answered', 'open'), ('solved', 'open')) then
        raise exception 'from % to % is no step', old.state, new.state
            using errcode = 'integrity_constraint_violation', constraint = 'dialogue_thread_step';
    end if;
    return new;
end
$$;
create index dialogue_thread_group on dialogue_thread (group_id);
