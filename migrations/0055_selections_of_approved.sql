-- Whoever says that they work somewhere opens nothing of it until somebody has said so too: their own selections alone.

create or replace function selection_right(holder uuid, owner_org uuid, colleagues smallint, key_sha256 bytea, person uuid, org uuid, now timestamptz)
    returns int
    language sql stable as $$
    select case
        when owner_org is null then
            case when holder = (select h.id from selection_holder h where h.key_sha256 = selection_right.key_sha256) then 3 else 0 end
        -- without an organisation nothing of one
        when not coalesce(may_see(100::smallint, owner_org, 0::smallint, array[org]), false) then 0
        when selection_owner(holder, now) = person then 3
        when not exists (select from membership m where m.person_id = selection_right.person and m.organisation_id = org
                         and m.valid @> selection_right.now and m.approved) then 0
        when selection_owner(holder, now) is null then 1
        else colleagues::int
    end
$$;
