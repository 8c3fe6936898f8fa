-- Links that accounts send by mail. Of a link only what its key hashes to is kept.

-- Somebody has asked for a link to choose a password. Whether there is an account is looked up by a job, so that the request
-- takes as long and answers the same for everybody; the job takes the row away.
create table reset_request (
    id         uuid primary key,
    email      text not null check (length(email) between 3 and 254),
    created_at timestamptz not null
);

-- Another address that somebody wants to sign in with, until they have shown that it is theirs. One at a time.
create table email_change (
    token_sha256 bytea primary key check (length(token_sha256) = 32),
    person_id    uuid not null unique references person,
    email        text not null check (length(email) between 3 and 254),
    created_at   timestamptz not null,
    ends_at      timestamptz not null check (ends_at > created_at)
);
