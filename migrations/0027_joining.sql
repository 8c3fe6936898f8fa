-- How organisations and people come in: applications, invitations, addresses that say where somebody works.

-- Where an organisation is registered, and whether it is shown. One that applied is shown when it is approved.
alter table organisation
    add column country text check (country ~ '^[A-Z]{2}$'),
    add column register_number text check (length(register_number) between 2 and 40),
    add column listed boolean not null default true,
    add constraint organisation_number_of_country check (register_number is null or country is not null),
    -- The number of a sole trader is a personal identity number: its third digit begins a month. None is kept.
    add constraint organisation_number_of_no_person
        check (country <> 'SE' or register_number is null or register_number ~ '^[0-9]{2}[2-9][0-9]{7}$');
create unique index organisation_number on organisation (country, register_number) where register_number is not null;
-- Whoever applies may call themselves what they like; what is shown has a name of its own.
alter table organisation drop constraint organisation_name_sv_key;
create unique index organisation_name on organisation (name_sv) where listed;

-- Whether somebody said that the person belongs there. Until then they may write; what they send is not shown.
alter table membership add column approved boolean not null default true;

-- Whose addresses end so, works there.
create table organisation_domain (
    domain          text primary key check (domain ~ '^[a-z0-9-]+([.][a-z0-9-]+)+$' and length(domain) <= 200),
    organisation_id uuid not null references organisation,
    created_at      timestamptz not null
);
create index organisation_domain_organisation on organisation_domain (organisation_id);

-- Somebody wants to take part for an organisation. Until they have shown that the address is theirs there is no account, and
-- what they wrote stands here; then it goes into the tables that it belongs in.
create table application (
    id              uuid primary key,
    language        text not null check (language in ('sv', 'en')),
    name            text check (length(name) between 1 and 120),
    email           text check (length(email) between 3 and 254),
    -- one that is there already, or what a new one is
    organisation_id uuid references organisation,
    kind            text check (kind in ('supplier', 'industry_body', 'contracting_authority')),
    organisation    text check (length(organisation) between 1 and 200),
    country         text check (country ~ '^[A-Z]{2}$'),
    register_number text check (length(register_number) between 2 and 40),
    token_sha256    bytea unique check (length(token_sha256) = 32),
    created_at      timestamptz not null,
    ends_at         timestamptz not null check (ends_at > created_at),
    verified_at     timestamptz,
    membership_id   uuid unique references membership,
    decision        text check (decision in ('approved', 'refused')),
    decided_at      timestamptz,
    decided_by      uuid references person,
    reason          text check (length(reason) between 1 and 1000),
    check ((verified_at is null) = (membership_id is null)),
    check ((decision is null) = (decided_at is null)),
    check (decision is null or verified_at is not null),
    check ((decision is not distinct from 'refused') = (reason is not null)),
    check (verified_at is not null or (name is not null and email is not null)),
    check (verified_at is null or (name is null and email is null and token_sha256 is null)),
    check ((organisation_id is null) = (organisation is not null)),
    check ((organisation is null) = (kind is null)),
    check (country <> 'SE' or register_number is null or register_number ~ '^[0-9]{2}[2-9][0-9]{7}$')
);
create index application_email on application (lower(email)) where email is not null;
create index application_waiting on application (verified_at) where verified_at is not null and decision is null;

-- Somebody was asked to take part for an organisation, which approves them in advance.
create table invitation (
    id              uuid primary key,
    organisation_id uuid not null references organisation,
    role            text not null check (role in ('supplier_member', 'region_member', 'region_coordinator',
                                                  'lmc_coordinator', 'decision_maker', 'organisation_admin')),
    -- gone when it is answered or over
    email           text check (length(email) between 3 and 254),
    token_sha256    bytea unique check (length(token_sha256) = 32),
    language        text not null check (language in ('sv', 'en')),
    invited_by      uuid references person,
    created_at      timestamptz not null,
    ends_at         timestamptz not null check (ends_at > created_at),
    accepted_at     timestamptz,
    accepted_by     uuid references person,
    taken_back_at   timestamptz,
    check ((accepted_at is null) = (accepted_by is null)),
    check (accepted_at is null or taken_back_at is null),
    check ((accepted_at is null and taken_back_at is null) or (email is null and token_sha256 is null))
);
create unique index invitation_waiting on invitation (organisation_id, lower(email)) where email is not null;
create index invitation_email on invitation (lower(email)) where email is not null;
