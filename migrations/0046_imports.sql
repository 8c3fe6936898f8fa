-- Files that are read in by way of the browser: what was sent, what was found in it, what became of it.

insert into counter (name) values ('import');

create table import_run (
    id            uuid primary key,
    number        bigint not null unique check (number > 0),
    state         text not null check (state in ('uploaded', 'examined', 'confirmed', 'done', 'refused', 'failed', 'cancelled')),
    audience      smallint not null check (audience >= 20),
    owner_org     uuid,
    -- who sent it and whom they acted for, and who said that it is to be read in
    person_id     uuid not null references person,
    organisation_id uuid references organisation,
    confirmed_by  uuid references person,
    confirmed_for uuid references organisation,
    file_name     text not null check (length(file_name) between 1 and 200 and file_name !~ '[\u0001-\u001f\u007f]'),
    file_bytes    bigint not null check (file_bytes between 1 and 104857600),
    file_sha256   bytea not null check (length(file_sha256) = 32),
    -- how it is to be taken
    create_groups boolean not null,
    skip_invalid  boolean not null,
    replace       boolean not null,
    reference     text not null default '' check (length(reference) <= 400 and reference !~ '[\u0001-\u001f\u007f]'),
    created_at    timestamptz not null,
    examined_at   timestamptz,
    confirmed_at  timestamptz,
    ended_at      timestamptz,
    -- how far the work is that goes on, and how often it was begun
    done          int not null default 0 check (done >= 0),
    of            int not null default 0 check (of >= 0),
    attempts      int not null default 0 check (attempts >= 0),
    -- the report: of the examination, later of the reading in
    accepted      boolean not null default false,
    new           int not null default 0,
    changed       int not null default 0,
    unchanged     int not null default 0,
    rejected      int not null default 0,
    warnings      int not null default 0,
    groups_made   text[] not null default '{}',
    first_number  bigint,
    last_number   bigint,
    -- why the file as a whole cannot be taken, or why the work ended
    why           text check (length(why) <= 8000),
    check (state not in ('examined', 'confirmed', 'done', 'refused') or examined_at is not null),
    check (state not in ('confirmed', 'done', 'refused') or (confirmed_at is not null and confirmed_by is not null)),
    check ((state in ('done', 'refused', 'failed', 'cancelled')) = (ended_at is not null)),
    check (state not in ('confirmed', 'done') or accepted),
    check (state not in ('failed', 'cancelled') or why is not null)
);
create index import_run_waiting on import_run (created_at, number) where state = 'examined';
create index import_run_to_do on import_run (number) where state in ('uploaded', 'confirmed');
create index import_run_file on import_run (file_sha256, number);

-- The file, a mebibyte a row, as long as it is needed.
create table import_file (
    import_id uuid not null references import_run,
    part      int not null check (part >= 0),
    bytes     bytea not null check (length(bytes) between 1 and 1048576),
    primary key (import_id, part)
);
alter table import_file alter column bytes set storage external;

-- The report, line by line.
create table import_line (
    import_id uuid not null references import_run,
    place     int not null check (place > 0),
    kind      text not null check (kind in ('rejected', 'warning', 'new', 'changed')),
    -- line or row of the file, and the cell in a spreadsheet
    line      int not null check (line > 0),
    cell      text check (length(cell) <= 20),
    -- heading or key, what stands there, what is expected or worth a look
    heading   text not null default '' check (length(heading) <= 200),
    value     text not null default '' check (length(value) <= 400),
    said      text not null default '' check (length(said) <= 1000),
    -- of what is taken: the requirement and its version
    number    bigint,
    version   int,
    primary key (import_id, place),
    check ((kind in ('new', 'changed')) = (number is not null)),
    check ((kind in ('new', 'changed')) = (version is not null))
);
create index import_line_kind on import_line (import_id, kind, place);
