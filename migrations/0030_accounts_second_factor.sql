-- Signing in in two steps: codes of an app, and codes on paper for when the app is lost.

-- What an app was given. The bank has to make the same codes as the app, so the secret stands as it is (docs/adr/0015).
create table second_factor (
    person_id    uuid primary key references person,
    secret       bytea not null check (length(secret) = 20),
    confirmed_at timestamptz not null,
    -- the time step whose code was used last: no code of it or of one before is taken again
    last_step    bigint not null check (last_step >= 0)
);

-- A secret that somebody is giving to an app, in one session, until a code of it was shown.
create table second_factor_draft (
    session_id uuid primary key references session on delete cascade,
    secret     bytea not null check (length(secret) = 20),
    made_at    timestamptz not null
);

-- Codes to use once each instead of the app's. Each holds 80 bits of chance, so what is kept of it opens nothing.
create table recovery_code (
    person_id   uuid not null references person,
    code_sha256 bytea not null check (length(code_sha256) = 32),
    made_at     timestamptz not null,
    used_at     timestamptz,
    primary key (person_id, code_sha256)
);

-- Somebody has shown the password and not yet a code: no session, nothing that can be done but to show one.
create table sign_in_step (
    token_sha256 bytea primary key check (length(token_sha256) = 32),
    person_id    uuid not null references person,
    -- how they have proved the first step
    how          text not null check (how ~ '^[a-z_]{1,20}$'),
    made_at      timestamptz not null,
    ends_at      timestamptz not null check (ends_at > made_at),
    tries        smallint not null default 0 check (tries between 0 and 5)
);
create index sign_in_step_person on sign_in_step (person_id);

-- Why a session ended is a word of the program's; the list stands there.
alter table session drop constraint if exists session_ended_why_check;
alter table session add constraint session_ended_why_check check (ended_why ~ '^[a-z_]{1,40}$');

-- What is old is looked for by when it ended.
create index session_ends on session (ends_at);
