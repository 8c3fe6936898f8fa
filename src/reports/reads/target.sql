-- What a report on a requirement is about: the version with its clauses; one round trip.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 number · $5 version or null: the one that the requirement's page
-- shows, that is, the one in force, otherwise the one decided last, otherwise the one that is open
with chosen as (
    select v.*, r.id as requirement
    from requirement_version v join requirement r on r.id = v.requirement_id
    where r.number = $4 and may_see(v.audience, v.owner_org, $1, $2) and ($5::int is null or v.number = $5)
    order by coalesce(v.valid @> $3::timestamptz, false) desc, (v.state = 'decided') desc,
             (lower(v.valid) <= $3) desc nulls last, v.number desc
    limit 1
)
select jsonb_build_object(
    'requirement', c.requirement, 'version', c.id, 'number', c.number,
    -- Of a text that may not be shown there is nothing but the number.
    'shown', case when c.not_shown_since is null then jsonb_build_object(
        'title', c.title, 'title_en', e.title, 'parameters', c.parameters, 'clauses', version_clauses(c.id)) end
) as "target!: sqlx::types::Json<Target>"
from chosen c left join version_english e on e.version_id = c.id
