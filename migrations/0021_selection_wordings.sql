-- What a buyer's own wording builds on. A row that is updated to a newer version keeps its wording, and says of which
-- version it was a change.
alter table selection_row
    add column wording_version_id uuid,
    add foreign key (wording_version_id, requirement_id) references requirement_version (id, requirement_id),
    add check ((wording is null) = (wording_version_id is null));
