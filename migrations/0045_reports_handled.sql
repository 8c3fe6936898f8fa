-- Reports of faults are dealt with: who reported for whom, what became of it, and what was said on the way.

alter table fault_report
    drop constraint fault_report_state_check,
    add constraint fault_report_state_check check (state in ('new', 'closed')),
    -- who sent it, where somebody had signed in, and whom they acted for then
    add column person_id uuid references person,
    add column organisation_id uuid references organisation,
    add column outcome text check (outcome in ('corrected', 'no_fault', 'already', 'unclear')),
    add column closed_at timestamptz,
    add constraint fault_report_closed check ((state = 'closed') = (closed_at is not null) and (state = 'closed') = (outcome is not null)),
    add constraint fault_report_sender check (organisation_id is null or person_id is not null);

-- What waits, oldest first; the index of 0016 goes by number alone.
create index fault_report_waiting on fault_report (created_at, number) where state = 'new';
create index fault_report_person on fault_report (person_id) where person_id is not null;

-- What was said of a report, in order: notes among those who deal with it, answers to the one who sent it, how it ended.
create table fault_report_entry (
    id        uuid primary key,
    report_id uuid not null references fault_report,
    at        timestamptz not null,
    person_id uuid not null references person,
    kind      text not null check (kind in ('note', 'answer', 'closed', 'reopened')),
    outcome   text check (outcome in ('corrected', 'no_fault', 'already', 'unclear')),
    text      text not null check (length(text) between 1 and 4000 and text !~ '[\u0001-\u0008\u000b-\u001f\u007f]'),
    -- whether it was sent to the one who reported
    sent      boolean not null default false,
    -- one form sent twice is one entry
    form_key  uuid not null unique,
    check ((kind = 'closed') = (outcome is not null)),
    check (kind <> 'answer' or sent),
    check (not sent or kind in ('answer', 'closed'))
);
create index fault_report_entry_report on fault_report_entry (report_id, id);
create trigger fault_report_entry_append_only before update or delete on fault_report_entry
    for each row execute function refuse_change();
create trigger fault_report_entry_no_truncate before truncate on fault_report_entry
    for each statement execute function refuse_change();

-- Whether a report is held: sent by somebody who has asked to take part and is not approved. It waits for nobody until they are.
create function report_is_held(sender uuid, organisation uuid)
    returns boolean
    language sql stable
    return exists (select from membership m where m.person_id = sender and m.organisation_id = organisation and not m.approved);
