-- What stands as JSON has a size, and what came instead of a requirement stands for good as its repeal does.

alter table requirement_version
    add check (octet_length(evidence::text) <= 400000),
    add check (octet_length(answer::text) <= 400000),
    add check (octet_length(award::text) <= 400000),
    add check (octet_length(follow_up::text) <= 400000),
    add check (octet_length(applies_to::text) <= 400000),
    add check (octet_length(parameters::text) <= 400000),
    add check (octet_length(exemptions::text) <= 400000),
    add check (octet_length(definitions::text) <= 400000),
    add check (octet_length(appendices::text) <= 400000),
    add check (octet_length(pending::text) <= 400000);
alter table version_english
    add check (octet_length(evidence::text) <= 400000);

create trigger requirement_successor_append_only before update or delete on requirement_successor
    for each row execute function refuse_change();
create trigger requirement_successor_no_truncate before truncate on requirement_successor
    for each statement execute function refuse_change();
