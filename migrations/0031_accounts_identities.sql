-- People who come in through a service of their organisation (OpenID Connect).

-- Who a service says that somebody is. It is the service's own name for them that counts, never an address of theirs: that may
-- be given to somebody else.
create table identity (
    id        uuid primary key,
    person_id uuid not null references person,
    issuer    text not null check (length(issuer) between 1 and 500),
    subject   text not null check (length(subject) between 1 and 255),
    linked_at timestamptz not null,
    used_at   timestamptz not null,
    unique (issuer, subject)
);
create index identity_person on identity (person_id);

-- Somebody is on their way to a service and back. It holds for some minutes and once, in the browser that it began in.
create table identity_round (
    state_sha256   bytea primary key check (length(state_sha256) = 32),
    browser_sha256 bytea not null check (length(browser_sha256) = 32),
    provider       smallint not null check (provider > 0),
    -- to come in, to link the service to the account of a session, to prove once more who one is
    purpose        text not null check (purpose in ('enter', 'link', 'prove')),
    session_id     uuid references session on delete cascade,
    nonce          text not null,
    verifier       text not null,
    language       text not null check (language in ('sv', 'en')),
    onwards        text not null check (length(onwards) <= 4096),
    made_at        timestamptz not null,
    ends_at        timestamptz not null check (ends_at > made_at),
    check ((purpose = 'enter') = (session_id is null))
);
create index identity_round_ends on identity_round (ends_at);
