-- Addresses that take no letters.

-- Whether a letter was given up because the server of its address will not have it: nothing that those who run the bank can
-- put right.
alter table mail add column refused boolean not null default false;
alter table mail add constraint mail_refused_is_dead check (not refused or dead_at is not null);

-- Who has an address that refused the last letter to it. It is told to whom it concerns, at their account, and is gone when a
-- letter arrives or the address is another. Nothing here is for the public.
create table mail_refused (
    person_id uuid primary key references person,
    at        timestamptz not null
);
create function person_forget_mail_refused() returns trigger language plpgsql as $$
begin
    delete from mail_refused where person_id = new.id;
    return null;
end $$;
create trigger person_forget_mail_refused after update of email, erased_at on person for each row
    when (lower(new.email) is distinct from lower(old.email) or new.erased_at is not null)
    execute function person_forget_mail_refused();
