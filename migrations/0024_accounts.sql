-- People who sign in: who they are, what they do for whom, and the browsers in which they are signed in.
-- Nothing here is for the public: no page shows a row of these tables to anybody but the person and those who run the service.

create table person (
    id       uuid primary key,
    -- work contact data and nothing else; both go when the account is erased, the row stays for what was done
    name     text check (length(name) between 1 and 120),
    email    text check (length(email) between 3 and 254),
    email_verified_at timestamptz,
    language text not null default 'sv' check (language in ('sv', 'en')),
    created_at  timestamptz not null,
    disabled_at timestamptz,
    erased_at   timestamptz,
    -- the word that the example bank signs a person of its own in by; none elsewhere
    example  text unique check (example ~ '^[a-z]+[0-9]?$'),
    check ((erased_at is null) = (name is not null)),
    check (erased_at is null or email is null)
);
create unique index person_email on person (lower(email));

-- What a password was made to; nobody can read it back.
create table person_password (
    person_id  uuid primary key references person,
    hash       text not null check (hash like '$argon2id$%' and length(hash) <= 300),
    changed_at timestamptz not null
);

-- What somebody does for an organisation, and when.
create table membership (
    id              uuid primary key,
    person_id       uuid not null references person,
    organisation_id uuid not null references organisation,
    valid           tstzrange not null check (not isempty(valid)),
    unique (id, person_id),
    exclude using gist (person_id with =, organisation_id with =, valid with &&)
);
create index membership_organisation on membership (organisation_id);

create table membership_role (
    membership_id uuid not null references membership,
    role   text not null check (role in ('supplier_member', 'region_member', 'region_coordinator', 'area_coordinator',
                                         'lmc_coordinator', 'decision_maker', 'organisation_admin', 'admin')),
    -- the procurement area that an area coordinator looks after
    letter text references procurement_area,
    valid  tstzrange not null check (not isempty(valid)),
    check ((role = 'area_coordinator') = (letter is not null)),
    exclude using gist (membership_id with =, role with =, (coalesce(letter, '')) with =, valid with &&)
);

-- A browser in which somebody is signed in. The cookie holds 256 bits of chance, the row only what they hash to.
create table session (
    id            uuid primary key,
    token_sha256  bytea not null unique check (length(token_sha256) = 32),
    person_id     uuid not null references person,
    -- whom the person acts for in this browser; none where they act for nobody
    membership_id uuid,
    created_at    timestamptz not null,
    seen_at       timestamptz not null check (seen_at >= created_at),
    -- when the person last proved who they are, and with a second factor
    proved_at     timestamptz not null,
    second_at     timestamptz,
    ends_at       timestamptz not null check (ends_at > created_at),
    browser       text not null default '' check (length(browser) <= 80),
    ended_at      timestamptz,
    ended_why     text check (ended_why in ('sign_out', 'signed_in_anew', 'owner', 'password', 'administrator', 'role')),
    check ((ended_at is null) = (ended_why is null)),
    foreign key (membership_id, person_id) references membership (id, person_id)
);
create index session_person on session (person_id, created_at desc);

-- A link that lets somebody choose a password: from the command line, later from mail. One holds at a time.
create table password_link (
    token_sha256 bytea primary key check (length(token_sha256) = 32),
    person_id    uuid not null unique references person,
    created_at   timestamptz not null,
    ends_at      timestamptz not null check (ends_at > created_at)
);
