-- Decisions: immutable records of what, why, who and when.

insert into counter (name) values ('decision');

create table decision (
    id          uuid primary key,
    number      bigint not null unique check (number > 0),
    kind        text not null check (kind in ('import')),
    decided_at  timestamptz not null,
    -- an import says who ran it, on which file, and what it rests on
    operator    text not null check (length(operator) between 1 and 200),
    file_name   text not null check (length(file_name) between 1 and 400),
    file_sha256 bytea not null check (length(file_sha256) = 32),
    reference   text not null default '' check (length(reference) <= 400)
);
create table decision_item (
    decision_id uuid not null references decision,
    version_id  uuid not null references requirement_version,
    outcome     text not null check (outcome in ('adopted')),
    primary key (decision_id, version_id)
);
create index decision_item_version on decision_item (version_id);

create trigger decision_append_only before update or delete on decision
    for each row execute function refuse_change();
create trigger decision_no_truncate before truncate on decision
    for each statement execute function refuse_change();
create trigger decision_item_append_only before update or delete on decision_item
    for each row execute function refuse_change();
create trigger decision_item_no_truncate before truncate on decision_item
    for each statement execute function refuse_change();

alter table requirement_version
    add constraint requirement_version_decision foreign key (decision_id) references decision;
alter table requirement_repeal
    add constraint requirement_repeal_decision foreign key (decision_id) references decision;
