-- What the bank holds about a person is theirs to take out, and their account theirs to have erased.

-- Somebody has asked, in one session, for what the bank holds about them: for some minutes it can be read there.
create table person_export (
    session_id uuid primary key references session on delete cascade,
    person_id  uuid not null references person,
    made_at    timestamptz not null
);
create index person_export_person on person_export (person_id);

-- Of some letters nothing is left when they are sent: the last one to somebody whose account is erased.
alter table mail add column leaves_nothing boolean not null default false;

-- What somebody has done, and what was done about them.
create index audit_of_person on audit (person_id, id) where person_id is not null;
create index audit_about_person on audit (object_id, id) where object_kind = 'person';

-- Who is erased is looked for every night.
create index person_erased on person (erased_at) where erased_at is not null;

-- Where a table of another slice keeps a person's address, the address goes in the same statement as the person's: no
-- program can erase the one and forget the other. Each such table has a trigger of its own.
create function forget_reporter() returns trigger
    language plpgsql as $$
begin
    update fault_report set email = null, content_sha256 = null, email_erased_at = new.erased_at
    where lower(email) = lower(old.email);
    return null;
end
$$;
create trigger person_erased_forget_reporter after update of erased_at on person
    for each row when (old.erased_at is null and new.erased_at is not null and old.email is not null)
    execute function forget_reporter();

-- The address is looked for among those that are kept.
create index fault_report_address on fault_report (lower(email)) where email is not null;
