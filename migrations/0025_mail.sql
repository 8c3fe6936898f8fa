-- Letters that the bank sends. A row is written in the transaction that gives cause to it, and a job sends it (kernel/mail).
-- Nothing here is for the public: addresses, and until a letter is sent, links that open something.

create table mail (
    id         uuid primary key,
    -- whom it is for, where they have an account
    person_id  uuid references person,
    address    text check (length(address) between 3 and 254 and address !~ '[\u0001-\u001f\u007f]'),
    language   text not null check (language in ('sv', 'en')),
    -- what it is about, for those who run the bank: 'password_reset'
    kind       text not null check (kind ~ '^[a-z_]{1,60}$'),
    subject    text check (length(subject) between 1 and 200 and subject !~ '[\u0001-\u001f\u007f]'),
    -- what it says, part by part; gone when it is sent, since it may hold a link that opens something
    parts      jsonb check (jsonb_typeof(parts) = 'array'),
    -- what happened that it tells of: each person is told once
    event_id   uuid,
    created_at timestamptz not null,
    tried_at   timestamptz,
    attempts   integer not null default 0 check (attempts >= 0),
    last_error text check (length(last_error) <= 400),
    sent_at    timestamptz,
    -- when it was given up: a dead letter
    dead_at    timestamptz,
    check (sent_at is null or dead_at is null),
    -- What waits can be sent.
    check (sent_at is not null or dead_at is not null or (address is not null and subject is not null and parts is not null))
);
create unique index mail_event_person on mail (event_id, person_id) where event_id is not null and person_id is not null;
create unique index mail_event_address on mail (event_id, lower(address)) where event_id is not null and person_id is null;
create index mail_waiting on mail (created_at) where sent_at is null and dead_at is null;
create index mail_dead on mail (dead_at) where dead_at is not null;
create index mail_created on mail (created_at);
create index mail_person on mail (person_id) where person_id is not null;
