-- The tree of areas and groups is edited: places are renamed, moved, merged and retired. What was cited by an old address
-- is found by it for ever.

alter table product_area
    add column lock int not null default 1 check (lock > 0),
    add column retired_at timestamptz;
alter table product_group
    add column lock int not null default 1 check (lock > 0),
    add column retired_at timestamptz,
    -- what it has become a part of; then it is no place of its own any more
    add column merged_into uuid references product_group,
    add check (merged_into is null or retired_at is not null),
    add check (merged_into is distinct from id);
create index product_group_merged on product_group (merged_into) where merged_into is not null;

-- A name is free again when its group has become a part of another.
alter table product_group drop constraint product_group_area_id_name_sv_key;
create unique index product_group_name on product_group (area_id, name_sv) where merged_into is null;

-- Where a group stood before it was moved or merged. No other group ever gets such an address.
create table product_group_address (
    area_slug  text not null,
    group_slug text not null,
    group_id   uuid not null references product_group,
    primary key (area_slug, group_slug)
);
create index product_group_address_group on product_group_address (group_id);

-- A group that is retired takes no new requirements; one that is part of another takes none at all.
create function guard_requirement_group() returns trigger
    language plpgsql as $$
begin
    if exists (select from product_group g where g.id = new.product_group_id
               and (g.merged_into is not null or (tg_op = 'INSERT' and g.retired_at is not null))) then
        raise exception 'the group takes no requirements'
            using errcode = 'integrity_constraint_violation', constraint = 'requirement_group_retired';
    end if;
    return new;
end
$$;
create trigger requirement_group_guarded before insert or update of product_group_id on requirement
    for each row execute function guard_requirement_group();

-- A proposal stands as it was sent in, but that its group may become a part of another.
drop trigger proposal_guarded on proposal;
create trigger proposal_guarded before update on proposal
    for each row when (old.group_id is not distinct from new.group_id
        or to_jsonb(old) - 'group_id' is distinct from to_jsonb(new) - 'group_id')
    execute function guard_proposal();
create trigger proposal_removal_guarded before delete on proposal
    for each row execute function guard_proposal();
create function guard_proposal_group() returns trigger
    language plpgsql as $$
begin
    if old.state not in ('draft', 'returned')
        and not exists (select from product_group g where g.id = old.group_id and g.merged_into = new.group_id) then
        raise exception 'what was sent in stands as it was sent'
            using errcode = 'integrity_constraint_violation', constraint = 'proposal_frozen';
    end if;
    return new;
end
$$;
create trigger proposal_group_guarded before update of group_id on proposal
    for each row when (old.group_id is distinct from new.group_id)
    execute function guard_proposal_group();
