-- What somebody sent is held until they are approved there, also where an earlier application was refused.

create or replace function report_is_held(sender uuid, organisation uuid)
    returns boolean
    language sql stable
    return exists (select from membership m where m.person_id = sender and m.organisation_id = organisation and not m.approved)
       and not exists (select from membership m where m.person_id = sender and m.organisation_id = organisation and m.approved);
