-- A repeal answers whoever asked for it, also where nobody had taken the proposal in.

alter table proposal
    drop constraint proposal_taken,
    add constraint proposal_taken check (
        state not in ('taken_in', 'accepted', 'partly_accepted')
        or (taken_wholly is not null and (kind = 'repeal' or taken_into is not null))
        or (kind = 'repeal' and state = 'accepted'));

create or replace function guard_proposal() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.state <> 'draft' then
            raise exception 'what was sent in is kept'
                using errcode = 'integrity_constraint_violation', constraint = 'proposal_kept';
        end if;
        return old;
    end if;
    if new.id <> old.id or new.owner_org <> old.owner_org or new.author_id <> old.author_id or new.created_at <> old.created_at
        or (old.number is not null and (new.number, new.year, new.submitted_at) is distinct from (old.number, old.year, old.submitted_at)) then
        raise exception 'a proposal keeps its identity'
            using errcode = 'integrity_constraint_violation', constraint = 'proposal_kept';
    end if;
    if old.state not in ('draft', 'returned')
        and (new.kind, new.group_id, new.requirement_id, new.base_version_id, new.title, new.type, new.level, new.problem, new.gain,
             new.verification, new.products, new.legal, new.interest, new.cc0_at, new.sent, new.sent_by)
            is distinct from (old.kind, old.group_id, old.requirement_id, old.base_version_id, old.title, old.type, old.level, old.problem,
             old.gain, old.verification, old.products, old.legal, old.interest, old.cc0_at, old.sent, old.sent_by) then
        raise exception 'what was sent in stands as it was sent'
            using errcode = 'integrity_constraint_violation', constraint = 'proposal_frozen';
    end if;
    -- What others read changes when it is sent in again, and not before.
    if old.state = 'returned' and new.state <> 'submitted' and new.sent is distinct from old.sent then
        raise exception 'what was sent in stands as it was sent'
            using errcode = 'integrity_constraint_violation', constraint = 'proposal_frozen';
    end if;
    if new.state <> old.state and not exists (
        select from (values
            ('draft', 'submitted'), ('submitted', 'returned'), ('returned', 'submitted'), ('returned', 'dormant'),
            ('submitted', 'in_preparation'), ('in_preparation', 'taken_in'), ('taken_in', 'in_preparation'),
            ('submitted', 'dormant'), ('in_preparation', 'dormant'), ('dormant', 'in_preparation'),
            ('submitted', 'rejected'), ('in_preparation', 'rejected'),
            ('submitted', 'merged'), ('in_preparation', 'merged'),
            ('taken_in', 'accepted'), ('taken_in', 'partly_accepted'), ('taken_in', 'rejected'),
            ('submitted', 'withdrawn'), ('returned', 'withdrawn'), ('in_preparation', 'withdrawn'), ('taken_in', 'withdrawn'),
            ('dormant', 'withdrawn'),
            -- the requirement that it is about was repealed
            ('returned', 'rejected'), ('dormant', 'rejected')
        ) as step(was, becomes) where step.was = old.state and step.becomes = new.state
    ) and not (
        -- what asks for a repeal is answered by it, taken in or not
        new.kind = 'repeal' and new.state = 'accepted' and old.state in ('submitted', 'returned', 'in_preparation', 'dormant')
    ) then
        raise exception 'from % to % is no step', old.state, new.state
            using errcode = 'integrity_constraint_violation', constraint = 'proposal_step';
    end if;
    return new;
end
$$;
