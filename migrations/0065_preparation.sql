-- Versions that are being prepared: why a revision began, who prepares it, who wrote in it last, and who has it open.

alter table requirement_version
    add column begun_because text
        check (begun_because in ('review_date', 'proposal', 'law', 'follow_up', 'reported_error', 'new')),
    add column begun_note    text not null default '' check (length(begun_note) <= 4000),
    add column handler_id    uuid references person,
    add column handler_org   uuid references organisation,
    add column edited_at     timestamptz,
    add column edited_by     uuid references person,
    add check ((handler_id is null) = (handler_org is null)),
    add check ((edited_at is null) = (edited_by is null));
create index requirement_version_open on requirement_version (created_at, id) where state in ('preparation', 'ready');
create index requirement_version_handler on requirement_version (handler_id) where handler_id is not null;
create index requirement_version_editor on requirement_version (edited_by) where edited_by is not null;

-- Who opened an editor; what is older than two hours says nothing any more and is thrown away.
create table version_opening (
    version_id uuid not null references requirement_version,
    person_id  uuid not null references person,
    at         timestamptz not null,
    primary key (version_id, person_id)
);
create index version_opening_person on version_opening (person_id);
create index version_opening_at on version_opening (at);
