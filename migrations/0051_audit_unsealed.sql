-- Rows of the audit log that no seal holds yet, so that whoever seals does not look through the whole log for them. An id is
-- drawn before its row is committed, so no id and no time says from where on everything is sealed; a row that is written here
-- in the same transaction can be seen when the row of the log can, and not before. It goes when the row is sealed.
-- Nothing here is for the public. `kravbank verify-log` counts what is not sealed in the log itself.
create table audit_unsealed (
    audit_id bigint primary key
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

create function audit_note_unsealed() returns trigger language plpgsql as $$
begin
    insert into audit_unsealed (audit_id) select added.id from added;
    return null;
end $$;
-- The trigger waits for whoever writes to the log; what they wrote is seen by the statement after it.
create trigger audit_note_unsealed after insert on audit
    referencing new table as added for each statement execute function audit_note_unsealed();
insert into audit_unsealed (audit_id)
select a.id from audit a where not exists (select from audit_sealed s where s.audit_id = a.id);
