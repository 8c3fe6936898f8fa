-- Selections: named, ordered lists of requirement versions for one tender. Without an account a selection belongs to a
-- browser, known by a key in its cookie; with one it will belong to an organisation. Nothing here says who somebody is.

-- A browser that has made a selection. Its key is never kept, only the hash. Thirty days after its last change it goes, with
-- all it has; but not while a link of its works.
create table selection_holder (
    id         uuid primary key,
    key_sha256 bytea not null unique check (length(key_sha256) = 32),
    -- the selection that requirements are put into
    active_id  uuid,
    created_at timestamptz not null,
    seen_on    date not null
);
create index selection_holder_seen on selection_holder (seen_on);

create table selection (
    id           uuid primary key,
    holder_id    uuid references selection_holder on delete cascade,
    -- no lower audience: whoever else reads it has been given a link
    audience     smallint not null check (audience = 100),
    owner_org    uuid references organisation,
    name         text not null check (length(name) between 1 and 120 and name !~ '[\u0001-\u001f\u007f]'),
    -- hours a year that there are for following up the contract, where the buyer has said so
    follow_up_hours int check (follow_up_hours between 0 and 100000),
    -- the length of the contract, where the buyer has said so
    contract_years  int check (contract_years between 1 and 50),
    lock_version int not null default 1 check (lock_version > 0),
    created_at   timestamptz not null,
    changed_at   timestamptz not null,
    check ((holder_id is null) <> (owner_org is null))
);
create index selection_of_holder on selection (holder_id) where holder_id is not null;
create index selection_of_organisation on selection (owner_org) where owner_org is not null;
alter table selection_holder add foreign key (active_id) references selection on delete set null;
create index selection_holder_active on selection_holder (active_id) where active_id is not null;

-- One requirement in a selection, pinned to a version.
create table selection_row (
    id             uuid primary key,
    selection_id   uuid not null references selection on delete cascade,
    -- the order within the type; gaps are fine
    position       bigint not null,
    requirement_id uuid not null references requirement,
    version_id     uuid not null,
    -- what was put in at once can be taken out at once
    batch          uuid not null,
    -- values of parameters by key: string or number, as `parameters[].default` is written
    parameter_values jsonb not null default '{}'
        check (jsonb_typeof(parameter_values) = 'object' and length(parameter_values::text) <= 40000),
    -- which of the version's exemptions are used, by place from 0; null: those that have not ended
    exemptions     smallint[] check (cardinality(exemptions) <= 50),
    -- the buyer's own words to themselves
    note           text not null default '' check (length(note) <= 2000),
    -- why the guide proposed it
    reason         text not null default '' check (length(reason) <= 1000),
    -- the buyer's own wording: [{"id": clause or null, "text": …}], with the reason for it
    wording        jsonb check (jsonb_typeof(wording) = 'array' and jsonb_array_length(wording) between 1 and 50),
    wording_reason text not null default '' check (length(wording_reason) <= 2000),
    -- that the version is repealed was seen, and it is wanted all the same
    repeal_confirmed_at timestamptz,
    -- taken out, and can be put back for a while
    removed_at     timestamptz,
    lock_version   int not null default 1 check (lock_version > 0),
    added_at       timestamptz not null,
    foreign key (version_id, requirement_id) references requirement_version (id, requirement_id),
    check ((wording is null) = (wording_reason = ''))
);
create index selection_row_in_order on selection_row (selection_id, position, id);
create index selection_row_of_requirement on selection_row (requirement_id);
create index selection_row_removed on selection_row (removed_at) where removed_at is not null;

-- A link with which anybody can read a selection, until it ends or is taken back.
create table selection_share (
    id           uuid primary key,
    selection_id uuid not null references selection on delete cascade,
    -- 128 bits of chance. Whoever can read this table can read the selections too, so it stands as it is.
    key          text not null unique check (key ~ '^[0-9a-f]{32}$'),
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    revoked_at   timestamptz,
    check (expires_at > created_at)
);
create index selection_share_of on selection_share (selection_id);

-- A selection for whoever may open it: its browser by the hash of its key, its organisation, or anybody with a link: one rule
-- for every read of what is in a selection.
create function opened_selection(viewer_level smallint, viewer_orgs uuid[], now timestamptz, asked uuid, holder bytea, share text)
    returns setof selection
    language sql stable as $$
    select s.* from selection s
    where s.id = asked
      and (may_see(s.audience, s.owner_org, viewer_level, viewer_orgs)
           or s.holder_id = (select h.id from selection_holder h where h.key_sha256 = holder))
    union all
    select s.* from selection_share k join selection s on s.id = k.selection_id
    where k.key = share and k.revoked_at is null and k.expires_at > now
$$;
