-- Floor 0: what every slice stands on. Nothing here knows a slice.

create extension if not exists btree_gist;

-- The one visibility rule. Audience levels, low to high (src/kernel/actor.rs names them):
--   0 public · 10 contracting authorities · 20 those who prepare and decide · 100 the owner alone
-- An SQL function of one expression is inlined by the planner, so indexes still apply.
create function may_see(audience smallint, owner_org uuid, viewer_level smallint, viewer_orgs uuid[])
    returns boolean
    language sql immutable parallel safe
    return audience <= viewer_level or owner_org = any (viewer_orgs);

-- Gap-free numbers (KB-, B-): taken with UPDATE … RETURNING inside the transaction that uses them,
-- so that a rolled-back dry run shows the very numbers a real run would give.
create table counter (
    name text primary key check (name ~ '^[a-z_]{1,40}$'),
    last bigint not null default 0 check (last >= 0)
);

-- Facts about the bank itself, such as "the example bank was loaded".
create table bank_fact (
    key   text primary key check (length(key) between 1 and 60),
    value text not null check (length(value) <= 400),
    at    timestamptz not null
);

create function refuse_change() returns trigger
    language plpgsql as $$
begin
    raise exception '% is append-only: % refused', tg_table_name, tg_op
        using errcode = 'integrity_constraint_violation', constraint = tg_table_name || '_append_only';
end
$$;

-- Upward news: what happened, for whoever wants to know (history, later mail and watches).
create table event (
    id           uuid primary key,
    at           timestamptz not null,
    kind         text not null check (kind ~ '^[a-z_]+\.[a-z_]+$' and length(kind) <= 80),
    subject_kind text not null check (length(subject_kind) <= 40),
    subject_id   uuid not null,
    part_id      uuid,
    actor_kind   text not null check (actor_kind in ('person', 'import', 'example', 'job', 'command_line')),
    person_id    uuid,
    organisation_id uuid,
    audience     smallint not null,
    owner_org    uuid,
    from_state   text check (length(from_state) <= 40),
    to_state     text check (length(to_state) <= 40),
    reason       text check (length(reason) <= 4000),
    check ((actor_kind = 'person') = (person_id is not null))
);
create index event_subject on event (subject_kind, subject_id, at, id);
create trigger event_append_only before update or delete on event
    for each row execute function refuse_change();
create trigger event_no_truncate before truncate on event
    for each statement execute function refuse_change();

-- Who did what. Inserted unchained, so that commits do not wait for each other; a job seals the rows in batches.
create table audit (
    id           bigint generated always as identity primary key,
    at           timestamptz not null,
    actor_kind   text not null check (actor_kind in ('person', 'import', 'example', 'job', 'command_line')),
    person_id    uuid,
    organisation_id uuid,
    action       text not null check (length(action) <= 80),
    object_kind  text not null check (length(object_kind) <= 40),
    object_id    uuid,
    old_value    jsonb,
    new_value    jsonb,
    reason       text check (length(reason) <= 4000),
    request_id   text check (length(request_id) <= 80)
);
create table audit_seal (
    id       bigint generated always as identity primary key,
    at       timestamptz not null,
    rows     bigint not null check (rows > 0),
    previous bytea not null,
    hash     bytea not null unique check (length(hash) = 32)
);
create table audit_sealed (
    audit_id bigint primary key references audit,
    seal_id  bigint not null references audit_seal
);
create index audit_sealed_seal on audit_sealed (seal_id);

create trigger audit_append_only before update or delete on audit
    for each row execute function refuse_change();
create trigger audit_no_truncate before truncate on audit
    for each statement execute function refuse_change();
create trigger audit_seal_append_only before update or delete on audit_seal
    for each row execute function refuse_change();
create trigger audit_seal_no_truncate before truncate on audit_seal
    for each statement execute function refuse_change();
create trigger audit_sealed_append_only before update or delete on audit_sealed
    for each row execute function refuse_change();
create trigger audit_sealed_no_truncate before truncate on audit_sealed
    for each statement execute function refuse_change();
