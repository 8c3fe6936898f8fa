-- The heart: requirements, their versions, clauses with lasting ids, families.
-- What is decided is frozen here, in the database, whoever asks.

insert into counter (name) values ('requirement');

create table requirement_family (
    id   uuid primary key,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80)
);

-- The identity of a requirement and all that is maintained beside its decided core.
create table requirement (
    id               uuid primary key,
    number           bigint not null unique check (number > 0),
    product_group_id uuid not null references product_group,
    family_id        uuid references requirement_family,
    relation_to_lower text check (relation_to_lower in ('replaces', 'adds_to')),
    guidance         text not null default '' check (length(guidance) <= 8000),
    limitations      text not null default '' check (length(limitations) <= 4000),
    builds_on        text not null default '' check (length(builds_on) <= 400),
    contributors     text not null default '' check (length(contributors) <= 2000),
    agenda_goals     smallint[] not null default '{}',
    eforms           text[] not null default '{}'
        check (eforms <@ array['biodiv-eco', 'circ-econ', 'clim-adapt', 'clim-mitig', 'pollu-prev', 'water-mar', 'other']),
    gpp              text check (gpp in ('eu', 'national', 'none', 'other')),
    review_by        date,
    lock_version     int not null default 1 check (lock_version > 0),
    created_at       timestamptz not null,
    maintained_at    timestamptz not null,
    check (family_id is not null or relation_to_lower is null)
);
create index requirement_group on requirement (product_group_id);
create index requirement_family_members on requirement (family_id) where family_id is not null;

create table requirement_cpv (
    requirement_id uuid not null references requirement,
    code           text not null check (code ~ '^[0-9]{8}$'),
    primary key (requirement_id, code)
);
create index requirement_cpv_code on requirement_cpv (code text_pattern_ops);

create table requirement_objective (
    requirement_id uuid not null references requirement,
    objective      text not null references objective,
    primary key (requirement_id, objective)
);

create table requirement_version (
    id             uuid primary key,
    requirement_id uuid not null references requirement,
    number         int not null check (number > 0),
    state          text not null check (state in ('preparation', 'ready', 'decided', 'discarded', 'not_approved', 'revoked')),
    origin         text not null check (origin in ('decision', 'import', 'example')),
    decision_id    uuid,
    audience       smallint not null,
    owner_org      uuid,
    -- null while open; from the day it takes effect until a successor or a repeal; empty when revoked before its day
    valid          tstzrange,
    -- the decided core
    title          text not null check (length(title) between 1 and 200),
    type           text not null check (type in ('qualification_requirement', 'technical_specification', 'award_criterion', 'contract_performance_condition')),
    level          text not null check (level in ('basic', 'advanced', 'spearhead')),
    rationale      text not null default '' check (length(rationale) <= 8000),
    proportionality text not null default '' check (length(proportionality) <= 8000),
    legal_floor    text not null default '' check (length(legal_floor) <= 8000),
    evidence       jsonb not null default '[]' check (jsonb_typeof(evidence) = 'array' and jsonb_array_length(evidence) <= 20),
    answer         jsonb check (jsonb_typeof(answer) = 'object'),
    award          jsonb check (jsonb_typeof(award) = 'object'),
    follow_up      jsonb check (jsonb_typeof(follow_up) = 'object'),
    applies_to     jsonb check (jsonb_typeof(applies_to) = 'object'),
    parameters     jsonb not null default '[]' check (jsonb_typeof(parameters) = 'array' and jsonb_array_length(parameters) <= 20),
    exemptions     jsonb not null default '[]' check (jsonb_typeof(exemptions) = 'array' and jsonb_array_length(exemptions) <= 50),
    definitions    jsonb not null default '[]' check (jsonb_typeof(definitions) = 'array' and jsonb_array_length(definitions) <= 50),
    appendices     jsonb not null default '[]' check (jsonb_typeof(appendices) = 'array' and jsonb_array_length(appendices) <= 20),
    -- what this version says of itself
    changes        text[] not null default '{}'
        check (changes <@ array['new', 'meaning', 'level', 'type', 'evidence', 'follow_up', 'clarified', 'repealed']),
    change_note    text not null default '' check (length(change_note) <= 4000),
    running_contracts text not null default '' check (length(running_contracts) <= 4000),
    transition_until date,
    -- of a draft: what is to be maintained beside the requirement once this version is decided
    pending        jsonb check (jsonb_typeof(pending) = 'object'),
    -- the decided core as RFC 8785 JSON and its hash: anybody can recompute it
    canonical      text,
    sha256         bytea check (sha256 = sha256(convert_to(canonical, 'UTF8'))),
    hash_scheme    smallint check (hash_scheme = 1),
    -- the text may not be shown (secrecy, personal data, copyright); id, dates and hash stay
    not_shown_since  timestamptz,
    not_shown_reason text check (length(not_shown_reason) between 1 and 1000),
    lock_version   int not null default 1 check (lock_version > 0),
    created_at     timestamptz not null,
    decided_at     timestamptz,
    closed_at      timestamptz,
    unique (requirement_id, number),
    unique (id, requirement_id),
    check ((state in ('preparation', 'ready', 'discarded', 'not_approved')) = (valid is null)),
    check ((state = 'revoked') = coalesce(isempty(valid), false)),
    check (state <> 'decided' or (canonical is not null and sha256 is not null and hash_scheme is not null and decided_at is not null)),
    check (state not in ('discarded', 'not_approved', 'revoked') or closed_at is not null),
    check (state <> 'decided' or origin <> 'decision' or decision_id is not null),
    check ((not_shown_since is null) = (not_shown_reason is null)),
    -- at most one version is current at any time
    constraint one_current_version exclude using gist (requirement_id with =, valid with &&)
);
-- at most one version is open
create unique index one_open_version on requirement_version (requirement_id) where state in ('preparation', 'ready');
create index requirement_version_valid on requirement_version using gist (valid) where state = 'decided';

-- A clause keeps its id from version to version.
create table clause (
    id             uuid primary key,
    requirement_id uuid not null references requirement,
    unique (id, requirement_id)
);

create table version_clause (
    version_id     uuid not null,
    requirement_id uuid not null,
    clause_id      uuid not null,
    position       int not null check (position between 1 and 50),
    text           text not null check (length(text) between 1 and 4000),
    primary key (version_id, position),
    unique (version_id, clause_id),
    foreign key (version_id, requirement_id) references requirement_version (id, requirement_id),
    foreign key (clause_id, requirement_id) references clause (id, requirement_id)
);

create table version_reference (
    version_id   uuid not null references requirement_version,
    position     int not null check (position between 1 and 50),
    reference_id uuid not null references reference,
    primary key (version_id, position),
    unique (version_id, reference_id)
);
create index version_reference_reference on version_reference (reference_id);

-- English texts stand beside the core: "the Swedish text applies".
create table version_english (
    version_id uuid primary key references requirement_version,
    title      text check (length(title) between 1 and 200),
    rationale  text check (length(rationale) <= 8000),
    evidence   jsonb not null default '[]' check (jsonb_typeof(evidence) = 'array')
);
create table clause_english (
    version_id uuid not null references requirement_version,
    clause_id  uuid not null references clause,
    text       text not null check (length(text) between 1 and 4000),
    primary key (version_id, clause_id)
);

-- Use not just now: a flag beside the lifecycle, lifted or turned into a repeal later.
create table requirement_stop (
    id             uuid primary key,
    requirement_id uuid not null references requirement,
    reason         text not null check (length(reason) between 1 and 2000),
    valid          tstzrange not null check (not isempty(valid)),
    lifted_reason  text check (length(lifted_reason) <= 2000),
    constraint one_stop_at_a_time exclude using gist (requirement_id with =, valid with &&)
);

-- The end of a requirement without a next version of its own, and what came instead.
create table requirement_repeal (
    requirement_id uuid primary key references requirement,
    version_id     uuid not null unique references requirement_version,
    reason         text not null check (length(reason) between 1 and 4000),
    effective      timestamptz not null,
    origin         text not null check (origin in ('decision', 'import', 'example')),
    decision_id    uuid,
    check (origin <> 'decision' or decision_id is not null)
);
create table requirement_successor (
    requirement_id uuid not null references requirement_repeal,
    successor_id   uuid not null references requirement,
    kind           text not null check (kind in ('replaced', 'merged', 'split')),
    primary key (requirement_id, successor_id),
    check (requirement_id <> successor_id)
);
create index requirement_successor_of on requirement_successor (successor_id);

-- Nothing decided is ever edited. Of a decided version only the end of its validity and the not-shown mark may change,
-- and it may be revoked before the day it takes effect.
create function guard_version() returns trigger
    language plpgsql as $$
declare
    free text[] := array['valid', 'state', 'closed_at', 'not_shown_since', 'not_shown_reason'];
begin
    if tg_op = 'DELETE' then
        raise exception 'a version is never deleted'
            using errcode = 'integrity_constraint_violation', constraint = 'version_kept';
    end if;
    if new.requirement_id <> old.requirement_id or new.number <> old.number or new.id <> old.id
        or new.created_at <> old.created_at then
        raise exception 'a version keeps its identity'
            using errcode = 'integrity_constraint_violation', constraint = 'version_kept';
    end if;
    if old.state in ('preparation', 'ready') then
        if new.state = 'revoked' then
            raise exception 'only a decided version is revoked'
                using errcode = 'integrity_constraint_violation', constraint = 'version_transition';
        end if;
        return new;
    end if;
    if to_jsonb(new) - free <> to_jsonb(old) - free then
        raise exception 'a version that is % is frozen', old.state
            using errcode = 'integrity_constraint_violation', constraint = 'version_frozen';
    end if;
    if new.state <> old.state then
        if not (old.state = 'decided' and new.state = 'revoked' and new.closed_at < lower(old.valid)) then
            raise exception 'from % to % is no transition', old.state, new.state
                using errcode = 'integrity_constraint_violation', constraint = 'version_transition';
        end if;
    elsif new.valid is distinct from old.valid and lower(new.valid) is distinct from lower(old.valid) then
        raise exception 'only the end of a decided version''s validity may change'
            using errcode = 'integrity_constraint_violation', constraint = 'version_frozen';
    elsif new.closed_at is distinct from old.closed_at then
        raise exception 'a version that is % is frozen', old.state
            using errcode = 'integrity_constraint_violation', constraint = 'version_frozen';
    end if;
    return new;
end
$$;
create trigger version_guarded before update or delete on requirement_version
    for each row execute function guard_version();
create trigger version_no_truncate before truncate on requirement_version
    for each statement execute function refuse_change();

-- A version is born open: its clauses are laid in before it is decided.
create function guard_new_version() returns trigger
    language plpgsql as $$
begin
    if new.state <> 'preparation' then
        raise exception 'a version is born in preparation'
            using errcode = 'integrity_constraint_violation', constraint = 'version_born_open';
    end if;
    return new;
end
$$;
create trigger version_born_open before insert on requirement_version
    for each row execute function guard_new_version();

create function guard_version_part() returns trigger
    language plpgsql as $$
declare
    of_version uuid := case when tg_op = 'INSERT' then new.version_id else old.version_id end;
begin
    if tg_op = 'UPDATE' and new.version_id <> old.version_id then
        raise exception 'a part stays with its version'
            using errcode = 'integrity_constraint_violation', constraint = 'version_frozen';
    end if;
    if not exists (select from requirement_version v where v.id = of_version and v.state in ('preparation', 'ready')) then
        raise exception 'the parts of a version that is no longer open are frozen'
            using errcode = 'integrity_constraint_violation', constraint = 'version_frozen';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger version_clause_frozen before insert or update or delete on version_clause
    for each row execute function guard_version_part();
create trigger version_reference_frozen before insert or update or delete on version_reference
    for each row execute function guard_version_part();
create trigger version_clause_no_truncate before truncate on version_clause
    for each statement execute function refuse_change();

-- What becomes decided has a text, and takes no level that a sibling in the family already stands on.
create function check_decided_version() returns trigger
    language plpgsql as $$
declare
    level_before text;
begin
    if not exists (select from version_clause c where c.version_id = new.id) then
        raise exception 'a decided version has at least one clause'
            using errcode = 'integrity_constraint_violation', constraint = 'decided_version_has_text';
    end if;
    -- One cheap step after the other: most versions are the first of their requirement, or keep its level.
    select b.level into level_before from requirement_version b
        where b.requirement_id = new.requirement_id and b.state = 'decided' and b.id <> new.id
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
create trigger version_decided after update of state on requirement_version
    for each row when (new.state = 'decided' and old.state <> 'decided')
    execute function check_decided_version();

-- A repeal stands for good.
create trigger requirement_repeal_append_only before update or delete on requirement_repeal
    for each row execute function refuse_change();

-- A stop may be lifted (its end set) once; its reason and start stay.
create function guard_stop() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'DELETE' or upper(old.valid) is not null or new.requirement_id <> old.requirement_id
        or new.reason <> old.reason or lower(new.valid) <> lower(old.valid) then
        raise exception 'a stop is lifted, never rewritten'
            using errcode = 'integrity_constraint_violation', constraint = 'stop_kept';
    end if;
    return new;
end
$$;
create trigger requirement_stop_guarded before update or delete on requirement_stop
    for each row execute function guard_stop();

-- A version's decided core in the shape of the exchange format; `canonical` is this with id and version, in RFC 8785 form.
-- Whoever calls it has asked may_see first.
create function version_core(version uuid) returns jsonb
    language sql stable
    return (
        select jsonb_strip_nulls(jsonb_build_object(
            'title', v.title, 'type', v.type, 'level', v.level, 'rationale', v.rationale,
            'proportionality', v.proportionality, 'legal_floor', v.legal_floor, 'evidence', v.evidence,
            'answer', v.answer, 'award', v.award, 'follow_up', v.follow_up, 'applies_to', v.applies_to,
            'parameters', v.parameters, 'exemptions', v.exemptions, 'definitions', v.definitions,
            'appendices', v.appendices,
            'text', coalesce((select jsonb_agg(c.text order by c.position) from version_clause c where c.version_id = v.id), '[]'),
            'references', coalesce((
                select jsonb_agg(jsonb_build_object('name', f.name, 'kind', f.kind, 'url', f.url,
                           'edition', nullif(f.edition, ''), 'in_force_from', f.in_force_from, 'in_force_to', f.in_force_to)
                           order by x.position)
                from version_reference x join reference f on f.id = x.reference_id where x.version_id = v.id), '[]')))
        from requirement_version v where v.id = version);

-- A version's clauses in order: id, Swedish text, English text or null. The same holds for who calls it.
create function version_clauses(version uuid) returns jsonb
    language sql stable
    return coalesce((
        select jsonb_agg(jsonb_build_object('id', c.clause_id, 'text', c.text, 'text_en', e.text) order by c.position)
        from version_clause c
        left join clause_english e on e.version_id = c.version_id and e.clause_id = c.clause_id
        where c.version_id = version), '[]');
