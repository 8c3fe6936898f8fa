-- Somebody's wish to add, change, repeal or merge requirements: written as a draft that colleagues share, sent in, handled in
-- the open.

create extension if not exists pg_trgm;

insert into counter (name) values ('proposal');

create table proposal (
    id             uuid primary key,
    -- from the day that it is sent in; the year is that of Sweden then
    number         bigint unique check (number > 0),
    year           smallint check (year between 2000 and 9999),
    kind           text not null check (kind in ('new', 'change', 'repeal', 'merge')),
    state          text not null check (state in ('draft', 'submitted', 'returned', 'in_preparation', 'taken_in', 'dormant', 'merged',
                                                  'withdrawn', 'accepted', 'partly_accepted', 'rejected')),
    audience       smallint not null,
    owner_org      uuid not null references organisation,
    author_id      uuid not null references person,
    -- what it is about: a product group for something new, else the version that was in force when it was begun
    group_id       uuid not null references product_group,
    requirement_id uuid references requirement,
    base_version_id uuid,
    -- what is proposed
    title          text not null check (length(title) between 1 and 200),
    type           text check (type in ('qualification_requirement', 'technical_specification', 'award_criterion', 'contract_performance_condition')),
    level          text check (level in ('basic', 'advanced', 'spearhead')),
    -- why
    problem        text not null default '' check (length(problem) <= 4000),
    gain           text not null default '' check (length(gain) <= 4000),
    verification   text not null default '' check (length(verification) <= 4000),
    -- seen by those who prepare, and by the own organisation
    products       text not null default '' check (length(products) <= 4000),
    legal          text not null default '' check (length(legal) <= 4000),
    interest       text not null default '' check (length(interest) <= 2000),
    -- what has been gone through: similar ones seen, text and reasons written
    similar_seen_at timestamptz,
    -- with which the author gave the text to everybody
    cc0_at         timestamptz,
    -- how it is handled
    handler_id     uuid references person,
    handler_org    uuid references organisation,
    answer_by      date,
    merged_into    uuid references proposal,
    -- the public reason of the last step that took one
    said           text not null default '' check (length(said) <= 4000),
    lock_version   int not null default 1 check (lock_version > 0),
    created_at     timestamptz not null,
    changed_at     timestamptz not null,
    changed_by     uuid not null references person,
    submitted_at   timestamptz,
    -- as whose word it was sent in; it is held as long as nobody has approved that membership
    sent_by        uuid references membership,
    -- what was sent in, which is what others read while its author completes it
    sent           jsonb check (jsonb_typeof(sent) = 'object'),
    state_since    timestamptz not null,
    foreign key (base_version_id, requirement_id) references requirement_version (id, requirement_id),
    check ((number is null) = (year is null)),
    check ((state = 'draft') = (number is null)),
    check (state = 'draft' or (submitted_at is not null and cc0_at is not null and answer_by is not null and sent is not null)),
    check ((kind in ('change', 'repeal')) = (requirement_id is not null)),
    check ((requirement_id is null) = (base_version_id is null)),
    check ((state = 'merged') = (merged_into is not null)),
    check (merged_into is distinct from id),
    check ((handler_id is null) = (handler_org is null)),
    -- a draft is its organisation's own, and what is sent in is for everybody
    check (audience = case when state = 'draft' then 100 else 0 end)
);
create index proposal_owner on proposal (owner_org, changed_at desc, id) where state = 'draft';
create index proposal_state on proposal (state, number desc) where number is not null;
create index proposal_author on proposal (author_id);
create index proposal_on_requirement on proposal (requirement_id) where requirement_id is not null;
create index proposal_group on proposal (group_id);
create index proposal_merged on proposal (merged_into) where merged_into is not null;
create index proposal_title_alike on proposal using gin (title gin_trgm_ops) where number is not null;
create index proposal_silent on proposal (state_since) where state = 'returned';

-- Which requirements are to become one.
create table proposal_requirement (
    proposal_id     uuid not null references proposal on delete cascade,
    requirement_id  uuid not null,
    base_version_id uuid not null,
    primary key (proposal_id, requirement_id),
    foreign key (base_version_id, requirement_id) references requirement_version (id, requirement_id)
);
create index proposal_requirement_of on proposal_requirement (requirement_id);

-- The text clause by clause. A clause of the base version keeps its id; one without is new; one that is not here is to go.
create table proposal_clause (
    proposal_id uuid not null references proposal on delete cascade,
    position    int not null check (position between 1 and 200),
    clause_id   uuid references clause,
    text        text not null check (length(text) between 1 and 4000),
    primary key (proposal_id, position),
    unique (proposal_id, clause_id)
);

-- Organisations that stand behind it too.
create table proposal_cosigner (
    proposal_id     uuid not null references proposal,
    organisation_id uuid not null references organisation,
    person_id       uuid not null references person,
    at              timestamptz not null,
    primary key (proposal_id, organisation_id)
);
create index proposal_cosigner_organisation on proposal_cosigner (organisation_id);
create index proposal_cosigner_person on proposal_cosigner (person_id);

-- What those who prepare write to each other.
create table proposal_note (
    id          uuid primary key,
    proposal_id uuid not null references proposal,
    audience    smallint not null check (audience >= 20),
    owner_org   uuid,
    person_id   uuid not null references person,
    organisation_id uuid references organisation,
    text        text not null check (length(text) between 1 and 4000),
    at          timestamptz not null
);
create index proposal_note_of on proposal_note (proposal_id, at, id);
create index proposal_note_person on proposal_note (person_id);
create trigger proposal_note_append_only before update or delete on proposal_note
    for each row execute function refuse_change();

-- The steps that there are, whoever asks.
create function guard_proposal() returns trigger
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
            ('dormant', 'withdrawn')
        ) as step(was, becomes) where step.was = old.state and step.becomes = new.state
    ) then
        raise exception 'from % to % is no step', old.state, new.state
            using errcode = 'integrity_constraint_violation', constraint = 'proposal_step';
    end if;
    return new;
end
$$;
create trigger proposal_guarded before update or delete on proposal
    for each row execute function guard_proposal();

create function guard_new_proposal() returns trigger
    language plpgsql as $$
begin
    if new.state <> 'draft' then
        raise exception 'a proposal is born a draft'
            using errcode = 'integrity_constraint_violation', constraint = 'proposal_step';
    end if;
    return new;
end
$$;
create trigger proposal_born_draft before insert on proposal
    for each row execute function guard_new_proposal();

-- The text stands with the rest.
create function guard_proposal_part() returns trigger
    language plpgsql as $$
declare
    of_proposal uuid := case when tg_op = 'INSERT' then new.proposal_id else old.proposal_id end;
begin
    -- Where the proposal itself is gone, it was a draft.
    if exists (select from proposal p where p.id = of_proposal and p.state not in ('draft', 'returned')) then
        raise exception 'what was sent in stands as it was sent'
            using errcode = 'integrity_constraint_violation', constraint = 'proposal_frozen';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger proposal_clause_frozen before insert or update or delete on proposal_clause
    for each row execute function guard_proposal_part();
create trigger proposal_requirement_frozen before insert or update or delete on proposal_requirement
    for each row execute function guard_proposal_part();

-- A proposal as it is sent in: what others read.
create function proposal_as_written(proposal uuid)
    returns jsonb
    language sql stable
    return (
        select jsonb_build_object('title', p.title, 'type', p.type, 'level', p.level,
            'reasons', jsonb_build_object('problem', p.problem, 'gain', p.gain, 'verification', p.verification,
                'products', p.products, 'legal', p.legal, 'interest', p.interest),
            'clauses', coalesce((
                select jsonb_agg(jsonb_build_object('id', c.clause_id, 'text', c.text) order by c.position)
                from proposal_clause c where c.proposal_id = p.id), '[]'))
        from proposal p where p.id = proposal
    );

-- Whether a person looks after the area that owns a group today, for the organisation that they act for.
create function coordinates_group(coordinator uuid, organisation uuid, product_group uuid, today date, now timestamptz)
    returns boolean
    language sql stable
    return exists (
        select from product_group_owner o
        join membership_role r on r.role = 'area_coordinator' and r.letter = o.letter and r.valid @> now
        join membership m on m.id = r.membership_id and m.valid @> now and m.approved
        where o.group_id = product_group and o.valid @> today and m.person_id = coordinator and m.organisation_id = organisation
    );

-- What is alike is asked within a group.
create index search_document_title_alike on search_document using gin (title gin_trgm_ops);
