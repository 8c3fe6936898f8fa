-- A version cites a reference as it was read then: address and days in force are part of what was decided and hashed. So
-- the same edition with another address is another row, and a row that something decided cites keeps what is cited of it.

alter table reference drop constraint reference_kind_name_edition_key;
create unique index reference_as_cited on reference
    (kind, name, edition, coalesce(url, ''), coalesce(in_force_from, '-infinity'::date), coalesce(in_force_to, 'infinity'::date));

create function guard_reference() returns trigger
    language plpgsql as $$
begin
    if exists (select from version_reference x join requirement_version v on v.id = x.version_id
               where x.reference_id = old.id and v.state not in ('preparation', 'ready')) then
        raise exception 'a reference that something decided cites is frozen'
            using errcode = 'integrity_constraint_violation', constraint = 'reference_frozen';
    end if;
    return new;
end
$$;
create trigger reference_guarded before update of id, kind, name, edition, url, in_force_from, in_force_to on reference
    for each row when ((old.id, old.kind, old.name, old.edition, old.url, old.in_force_from, old.in_force_to)
        is distinct from (new.id, new.kind, new.name, new.edition, new.url, new.in_force_from, new.in_force_to))
    execute function guard_reference();
