-- The files of a proposal that was sent in, for whoever may see it; the rules are those of one.sql.
-- $1 number · $2 year · $3 viewer level · $4 viewer organisations · $5 person
select attachments_of('proposal', p.id, false) as "files!: sqlx::types::Json<Vec<Attachment>>"
from proposal p
where p.number = $1 and p.year = $2 and may_see(p.audience, p.owner_org, $3, $4)
  and (p.owner_org = any ($4) or coalesce(p.author_id = $5, false)
       or not exists (select from membership m where m.id = p.sent_by and not m.approved))
  and not exists (
      select from requirement_version v
      where v.not_shown_since is not null
        and (v.id = p.base_version_id or v.id in (select m.base_version_id from proposal_requirement m where m.proposal_id = p.id))
        and may_see(v.audience, v.owner_org, 100::smallint, '{}'))
