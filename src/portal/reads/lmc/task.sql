-- Since when a thing waits; no row where it does not. $1 viewer level · $2 viewer organisations · $3 now · $4 today · $5 kind · $6 id
-- $7 whether who looks sees the whole bank, else what lies in the areas that they look after · $8 who · $9 for whom they act
select x.since as "since!" from (
    select f.created_at as since from fault_report f
    where f.id = $6 and f.state = 'new' and $5::text = case f.kind when 'accessibility' then 'accessibility' else 'fault' end
      and not report_is_held(f.person_id, f.organisation_id) and may_see(f.audience, f.owner_org, $1, $2)
    union all
    select i.created_at from import_run i where $5 = 'import' and i.id = $6 and i.state = 'examined' and may_see(i.audience, i.owner_org, $1, $2)
    union all
    select a.since from waiting_application() a where $5 = 'account' and a.id = $6
    union all
    select d.since from waiting_dialogue($1, $2, $3) d where d.kind = $5 and d.subject_id = $6
    union all
    select s.since from requirement_with_stale_reference($1, $2, $3) s where $5 = 'reference' and s.id = $6
    union all
    select s.since from waiting_proposal($1, $2) s where $5 = 'proposal' and s.id = $6
    union all
    select case when $5 = 'overdue' then (r.review_by + 1)::timestamp at time zone 'Europe/Stockholm' else lower(d.valid) end
    from requirement r
    join search_document d on d.kind = 'requirement' and d.subject_id = r.id and d.valid @> $3::timestamptz
         and not 'state:open' = any (d.facets) and may_see(d.audience, d.owner_org, $1, $2)
    where r.id = $6
      and (($5 = 'overdue' and r.review_by < $4::date)
           or ($5 = 'incomplete' and exists (select from unnest(d.facets) m where m like 'missing:%')))
) x
where $7::boolean or task_group($5, $6) in (select g.group_id from coordinated_group($8, $9, $4, $3) g)
limit 1
