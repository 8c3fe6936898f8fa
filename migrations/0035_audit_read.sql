-- What the audit log is looked through by: newest first, of a person, an organisation, an object, a request, a time.
-- Nothing here is for the public: it is read by those who may (src/admin).
create index audit_at on audit (at);
create index audit_person on audit (person_id, id) where person_id is not null;
create index audit_organisation on audit (organisation_id, id) where organisation_id is not null;
create index audit_action on audit (action, id);
create index audit_object on audit (object_id, id) where object_id is not null;
create index audit_request on audit (request_id) where request_id is not null;

-- Lists of accounts, page by page.
create index person_listed on person (name collate "sv-x-icu", id) where erased_at is null;
