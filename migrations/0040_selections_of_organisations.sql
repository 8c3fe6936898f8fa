-- Selections of who has signed in belong to the organisation that the person acts for, and outlive the person there. Whoever
-- made one, or was handed it, owns it; colleagues read or change it where the owner lets them.

-- Whose selections are, and which one requirements are put into: a browser by the hash of its key, or a person at an
-- organisation.
alter table selection_holder
    alter column key_sha256 drop not null,
    add column person_id       uuid references person,
    add column organisation_id uuid references organisation,
    add check ((key_sha256 is null) <> (person_id is null)),
    add check ((person_id is null) = (organisation_id is null)),
    add unique (person_id, organisation_id),
    add unique (id, organisation_id);

alter table selection
    -- 0: its owner alone · 1: colleagues read it · 2: colleagues change it
    add column colleagues smallint not null default 0 check (colleagues between 0 and 2),
    -- who changed it last, where that is known
    add column changed_by uuid references person,
    drop constraint selection_check,
    -- an organisation's has an owner there, or had one
    add constraint selection_is_somebodys check (holder_id is not null or owner_org is not null),
    add constraint selection_of_a_browser_is_its_own check (owner_org is not null or (colleagues = 0 and changed_by is null)),
    add foreign key (holder_id, owner_org) references selection_holder (id, organisation_id);

-- The person who owns what a holder has, as long as they work for the organisation; none where they do so no longer, and
-- where it is a browser's. Computed, so that a membership that ends takes nothing with it and no job has to run.
create function selection_owner(holder uuid, now timestamptz) returns uuid
    language sql stable as $$
    select h.person_id
    from selection_holder h
    join membership m on m.person_id = h.person_id and m.organisation_id = h.organisation_id and m.valid @> now
    join person p on p.id = h.person_id and p.disabled_at is null and p.erased_at is null
    where h.id = holder
    limit 1
$$;

-- What somebody may do with a selection: 0 nothing, 1 read, 2 change, 3 decide about it. Who asks is a browser by the hash of
-- its key, or a person who acts for an organisation. What nobody owns any more all of the organisation read, and one of them
-- can take it.
create function selection_right(holder uuid, owner_org uuid, colleagues smallint, key_sha256 bytea, person uuid, org uuid, now timestamptz)
    returns int
    language sql stable as $$
    select case
        when owner_org is null then
            case when holder = (select h.id from selection_holder h where h.key_sha256 = selection_right.key_sha256) then 3 else 0 end
        -- without an organisation nothing of one
        when not coalesce(may_see(100::smallint, owner_org, 0::smallint, array[org]), false) then 0
        when selection_owner(holder, now) = person then 3
        when selection_owner(holder, now) is null then 1
        else colleagues::int
    end
$$;

-- A selection for whoever may open it: its browser by the hash of its key, who may read it at its organisation, or anybody
-- with a link: one rule for every read of what is in a selection.
drop function opened_selection(smallint, uuid[], timestamptz, uuid, bytea, text);
create function opened_selection(now timestamptz, asked uuid, holder bytea, share text, person uuid, org uuid)
    returns setof selection
    language sql stable as $$
    select s.* from selection s
    where s.id = asked and selection_right(s.holder_id, s.owner_org, s.colleagues, holder, person, org, now) > 0
    union all
    select s.* from selection_share k join selection s on s.id = k.selection_id
    where k.key = share and k.revoked_at is null and k.expires_at > now
$$;
