-- What becomes of a proposal that is taken in: the version that it is part of, which of its changes, and the decision that
-- answers it.

alter table proposal
    -- the version that it is part of; none for a repeal, which has no text
    add taken_into uuid references requirement_version,
    -- whether all of it was taken in, and of a change which parts
    add taken_wholly boolean,
    add taken_parts text[] not null default '{}' check (cardinality(taken_parts) <= 500),
    -- the decision that answered it
    add answered_by uuid references decision,
    add constraint proposal_taken check (
        state not in ('taken_in', 'accepted', 'partly_accepted') or (taken_wholly is not null and (kind = 'repeal' or taken_into is not null))),
    add constraint proposal_not_taken check (
        state in ('taken_in', 'accepted', 'partly_accepted', 'rejected', 'withdrawn')
        or (taken_into is null and taken_wholly is null and taken_parts = '{}')),
    add constraint proposal_answered check (answered_by is null or state in ('accepted', 'partly_accepted', 'rejected')),
    add constraint proposal_answered_by_decision check (state not in ('accepted', 'partly_accepted') or answered_by is not null);
create index proposal_taken_into on proposal (taken_into) where taken_into is not null;
create index proposal_answered_by on proposal (answered_by) where answered_by is not null;

-- What was taken in changes with the step that takes in or puts back, and stands once it is answered.
create function guard_proposal_taken() returns trigger
    language plpgsql as $$
begin
    if (new.taken_into, new.taken_wholly, new.taken_parts) is distinct from (old.taken_into, old.taken_wholly, old.taken_parts)
        and not (new.state <> old.state and (new.state = 'taken_in' or old.state = 'taken_in' and new.state = 'in_preparation')) then
        raise exception 'what was taken in changes with the step that takes in or puts back'
            using errcode = 'integrity_constraint_violation', constraint = 'proposal_taken_kept';
    end if;
    if new.answered_by is distinct from old.answered_by and not (old.answered_by is null and new.state <> old.state) then
        raise exception 'the decision that answered a proposal stands'
            using errcode = 'integrity_constraint_violation', constraint = 'proposal_taken_kept';
    end if;
    return new;
end
$$;
create trigger proposal_taken_guarded before update on proposal
    for each row execute function guard_proposal_taken();

-- The steps that there are: one more, since a repeal closes whatever is open on the requirement.
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
    ) then
        raise exception 'from % to % is no step', old.state, new.state
            using errcode = 'integrity_constraint_violation', constraint = 'proposal_step';
    end if;
    return new;
end
$$;
