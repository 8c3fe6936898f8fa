-- What visitors send in: reports of faults. Never public; those who prepare and decide will read them in their inbox.

-- Visitors can do something from here on: what they may is a matter of permits.
alter table event drop constraint event_actor_kind_check,
    add constraint event_actor_kind_check
        check (actor_kind in ('person', 'visitor', 'import', 'example', 'job', 'command_line'));
alter table audit drop constraint audit_actor_kind_check,
    add constraint audit_actor_kind_check
        check (actor_kind in ('person', 'visitor', 'import', 'example', 'job', 'command_line'));

-- How often something was done, by whom only as a keyed hash (src/kernel/limits.rs). A key lives for two days.
create table limit_key (
    day date primary key,
    key bytea not null check (length(key) = 32)
);
create table limit_hit (
    name    text not null check (name ~ '^[a-z_]{1,40}$'),
    subject bytea not null check (length(subject) = 32),
    at      timestamptz not null
);
create index limit_hit_subject on limit_hit (name, subject, at);
create index limit_hit_name on limit_hit (name, at);

insert into counter (name) values ('fault_report');

create table fault_report (
    id             uuid primary key,
    number         bigint not null unique check (number > 0),
    kind           text not null check (kind in ('accessibility', 'requirement')),
    state          text not null default 'new' check (state in ('new')),
    audience       smallint not null,
    owner_org      uuid,
    -- what a report on a requirement is about
    requirement_id uuid references requirement,
    version_id     uuid,
    clause_id      uuid,
    topic          text check (topic in ('text', 'reference', 'fact', 'english', 'other')),
    -- what was written; control characters other than line ends never stand in it
    text           text not null check (length(text) between 1 and 4000 and text !~ '[\u0001-\u0008\u000b-\u001f\u007f]'),
    place          text not null default '' check (length(place) <= 400 and place !~ '[\u0001-\u001f\u007f]'),
    assistive      text not null default '' check (length(assistive) <= 200 and assistive !~ '[\u0001-\u001f\u007f]'),
    language       text not null check (language in ('sv', 'en')),
    -- only to answer; erased when its time is over
    email          text check (length(email) between 3 and 254 and email ~ '^[^@\s\u0001-\u001f\u007f]+@[^@\s\u0001-\u001f\u007f]+$'),
    email_erased_at timestamptz,
    -- the unguessable address of the receipt
    receipt        uuid not null unique,
    -- one form sent twice with the same content is one report
    form_key       uuid not null,
    content_sha256 bytea check (length(content_sha256) = 32),
    created_at     timestamptz not null,
    unique (form_key, content_sha256),
    foreign key (version_id, requirement_id) references requirement_version (id, requirement_id),
    foreign key (clause_id, requirement_id) references clause (id, requirement_id),
    check ((kind = 'requirement') = (requirement_id is not null)),
    check ((kind = 'requirement') = (version_id is not null)),
    check ((kind = 'requirement') = (topic is not null)),
    check (clause_id is null or requirement_id is not null),
    check (kind = 'accessibility' or (place = '' and assistive = '')),
    check (email_erased_at is null or (email is null and content_sha256 is null)),
    -- Only the network reads what was sent in.
    check (audience >= 20)
);
create index fault_report_open on fault_report (number) where state = 'new';
create index fault_report_email on fault_report (created_at) where email is not null;
create index fault_report_requirement on fault_report (requirement_id) where requirement_id is not null;
