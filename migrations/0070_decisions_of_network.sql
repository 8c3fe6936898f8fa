-- Decisions of the network: drafted, handed to who decides, decided once and for all. A decision is born decided and nothing of
-- it is ever changed; what is written until then stands in tables of its own.

alter table decision drop constraint decision_kind_check;
alter table decision
    alter column operator drop not null,
    alter column file_name drop not null,
    alter column file_sha256 drop not null,
    add constraint decision_kind_check check (kind in ('import', 'network')),
    -- the year in Sweden when it was decided; a file that was read in has none in its number
    add column year         smallint check (year between 2000 and 9999),
    add column title        text not null default '' check (length(title) <= 200),
    add column corrects     uuid references decision,
    add column body         text not null default '' check (length(body) <= 200),
    add column met_on       date,
    add column paragraph    text not null default '' check (length(paragraph) <= 40),
    add column dnr          text not null default '' check (length(dnr) <= 80),
    add column present      text not null default '' check (length(present) <= 4000),
    add column reservations text not null default '' check (length(reservations) <= 4000),
    add column conflicts    text not null default '' check (length(conflicts) <= 2000),
    add column rapporteur   text not null default '' check (length(rapporteur) <= 200),
    add column reasons      text not null default '' check (length(reasons) <= 8000),
    add column consequences text not null default '' check (length(consequences) <= 8000),
    add column note         text not null default '' check (length(note) <= 4000),
    -- why one person alone decided, and by when another is to have looked at it
    add column emergency    text not null default '' check (length(emergency) <= 4000),
    add column review_by    date,
    add column drafted_by   uuid references person,
    add column submitted_by uuid references person,
    add column decided_by   uuid references person,
    add column decided_org  uuid references organisation,
    -- the transaction that it was made in: its items come with it, and none after
    add column made_in      xid8 not null default pg_current_xact_id(),
    add constraint decision_of_import check (
        kind <> 'import' or (operator is not null and file_name is not null and file_sha256 is not null and year is null)),
    add constraint decision_of_network check (
        kind <> 'network' or (year is not null and title <> '' and body <> '' and met_on is not null and reasons <> ''
            and drafted_by is not null and submitted_by is not null and decided_by is not null and decided_org is not null)),
    -- who decides is another than who submitted it, or says why that could not wait
    add constraint decision_by_two check (kind <> 'network' or emergency <> '' or decided_by <> submitted_by),
    add constraint decision_emergency check ((emergency = '') = (review_by is null)),
    add constraint decision_corrects_another check (corrects is distinct from id);
create index decision_corrects on decision (corrects) where corrects is not null;
create index decision_drafted_by on decision (drafted_by) where drafted_by is not null;
create index decision_submitted_by on decision (submitted_by) where submitted_by is not null;
create index decision_decided_by on decision (decided_by) where decided_by is not null;

-- An item: a version that is to come into force, a requirement that is to end, a version that is not to come after all.
alter table decision_item drop constraint decision_item_outcome_check;
alter table decision_item
    add constraint decision_item_outcome_check check (outcome in ('adopted', 'returned', 'rejected')),
    add column position  int not null default 1 check (position > 0),
    add column kind      text not null default 'adopt' check (kind in ('adopt', 'repeal', 'revoke')),
    -- why a requirement is to end, or a version not to come
    add column cause     text not null default '' check (length(cause) <= 4000),
    -- why the outcome is what it is
    add column reason    text not null default '' check (length(reason) <= 4000),
    add column effective timestamptz,
    add constraint decision_item_cause check ((kind = 'adopt') = (cause = '')),
    add constraint decision_item_reason check (outcome = 'adopted' or reason <> '');

-- What comes instead of a requirement that is to end.
create table decision_successor (
    decision_id  uuid not null,
    version_id   uuid not null,
    successor_id uuid not null references requirement,
    kind         text not null check (kind in ('replaced', 'merged', 'split')),
    primary key (decision_id, version_id, successor_id),
    foreign key (decision_id, version_id) references decision_item
);
create trigger decision_successor_append_only before update or delete on decision_successor
    for each row execute function refuse_change();
create trigger decision_successor_no_truncate before truncate on decision_successor
    for each statement execute function refuse_change();

-- Another decision maker has looked at what one decided alone.
create table decision_review (
    decision_id     uuid primary key references decision,
    person_id       uuid not null references person,
    organisation_id uuid not null references organisation,
    note            text not null default '' check (length(note) <= 4000),
    at              timestamptz not null
);
create index decision_review_person on decision_review (person_id);
create trigger decision_review_append_only before update or delete on decision_review
    for each row execute function refuse_change();
create trigger decision_review_no_truncate before truncate on decision_review
    for each statement execute function refuse_change();

create function guard_decision_part() returns trigger
    language plpgsql as $$
begin
    if not exists (select from decision d where d.id = new.decision_id and d.made_in = pg_current_xact_id()) then
        raise exception 'the items of a decision come with it'
            using errcode = 'integrity_constraint_violation', constraint = 'decision_frozen';
    end if;
    return new;
end
$$;
create trigger decision_item_with_decision before insert on decision_item
    for each row execute function guard_decision_part();
create trigger decision_successor_with_decision before insert on decision_successor
    for each row execute function guard_decision_part();

create function guard_decision_review() returns trigger
    language plpgsql as $$
begin
    if not exists (
        select from decision d where d.id = new.decision_id and d.emergency <> '' and new.person_id not in (d.decided_by, d.submitted_by)
    ) then
        raise exception 'what one decided alone is looked at by another'
            using errcode = 'integrity_constraint_violation', constraint = 'decision_review_by_another';
    end if;
    return new;
end
$$;
create trigger decision_review_by_another before insert on decision_review
    for each row execute function guard_decision_review();

-- When all of it is there: it decides something or corrects something, says from when, and was not made by who sent a text to it.
create function check_decision() returns trigger
    language plpgsql as $$
begin
    if new.kind <> 'network' then
        return null;
    end if;
    if new.corrects is null and not exists (select from decision_item i where i.decision_id = new.id) then
        raise exception 'a decision decides something'
            using errcode = 'integrity_constraint_violation', constraint = 'decision_has_items';
    end if;
    if exists (
        select from decision_item i
        where i.decision_id = new.id and i.outcome = 'adopted' and (i.kind = 'revoke') <> (i.effective is null)
    ) then
        raise exception 'what is decided holds from a moment'
            using errcode = 'integrity_constraint_violation', constraint = 'decision_item_effective';
    end if;
    if new.emergency = '' and exists (
        select from decision_item i
        join requirement_version v on v.id = i.version_id
        cross join lateral (
            select e.person_id from event e
            where e.subject_kind = 'requirement' and e.subject_id = v.requirement_id and e.part_id = v.id
              and e.kind = 'requirement.submitted'
            order by e.at desc, e.id desc limit 1) s
        where i.decision_id = new.id and i.kind = 'adopt' and s.person_id = new.decided_by
    ) then
        raise exception 'who decides is another than who submitted it'
            using errcode = 'integrity_constraint_violation', constraint = 'decision_by_two';
    end if;
    return null;
end
$$;
create constraint trigger decision_checked after insert on decision deferrable initially deferred
    for each row execute function check_decision();

-- What is written until it is decided.
create table decision_draft (
    id           uuid primary key,
    state        text not null check (state in ('draft', 'waiting')),
    audience     smallint not null check (audience = 20),
    owner_org    uuid,
    title        text not null default '' check (length(title) <= 200),
    corrects     uuid references decision,
    body         text not null default '' check (length(body) <= 200),
    met_on       date,
    paragraph    text not null default '' check (length(paragraph) <= 40),
    dnr          text not null default '' check (length(dnr) <= 80),
    present      text not null default '' check (length(present) <= 4000),
    reservations text not null default '' check (length(reservations) <= 4000),
    conflicts    text not null default '' check (length(conflicts) <= 2000),
    rapporteur   text not null default '' check (length(rapporteur) <= 200),
    reasons      text not null default '' check (length(reasons) <= 8000),
    consequences text not null default '' check (length(consequences) <= 8000),
    note         text not null default '' check (length(note) <= 4000),
    lock_version int not null default 1 check (lock_version > 0),
    created_at   timestamptz not null,
    created_by   uuid not null references person,
    created_org  uuid not null references organisation,
    changed_at   timestamptz not null,
    changed_by   uuid not null references person,
    submitted_at timestamptz,
    submitted_by uuid references person,
    check ((state = 'waiting') = (submitted_by is not null)),
    check ((submitted_by is null) = (submitted_at is null))
);
create index decision_draft_created_by on decision_draft (created_by);
create index decision_draft_submitted_by on decision_draft (submitted_by) where submitted_by is not null;

create table decision_draft_item (
    draft_id       uuid not null references decision_draft on delete cascade,
    version_id     uuid not null,
    requirement_id uuid not null,
    position       int not null check (position between 1 and 50),
    kind           text not null check (kind in ('adopt', 'repeal', 'revoke')),
    cause          text not null default '' check (length(cause) <= 4000),
    outcome        text check (outcome in ('adopted', 'returned', 'rejected')),
    reason         text not null default '' check (length(reason) <= 4000),
    -- a day in Sweden; none is the moment of the decision
    effective_on   date,
    primary key (draft_id, version_id),
    unique (draft_id, requirement_id),
    foreign key (version_id, requirement_id) references requirement_version (id, requirement_id),
    check ((kind = 'adopt') = (cause = ''))
);
create index decision_draft_item_version on decision_draft_item (version_id);

create table decision_draft_successor (
    draft_id     uuid not null,
    version_id   uuid not null,
    successor_id uuid not null references requirement,
    kind         text not null check (kind in ('replaced', 'merged', 'split')),
    primary key (draft_id, version_id, successor_id),
    foreign key (draft_id, version_id) references decision_draft_item on delete cascade
);

-- Whether a draft is theirs who looks after an area: all that it is about lies there, or they began it and it is about nothing yet.
create function draft_of_areas(draft uuid, author uuid, coordinator uuid, organisation uuid, today date, now timestamptz)
    returns boolean
    language sql stable
    return case when exists (select from decision_draft_item i where i.draft_id = draft)
        then not exists (
            select from decision_draft_item i join requirement r on r.id = i.requirement_id
            where i.draft_id = draft and not coordinates_group(coordinator, organisation, r.product_group_id, today, now))
        else author = coordinator end;
