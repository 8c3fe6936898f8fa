-- What a thread on a requirement would be about: the version that its page shows, or one that is named; one round trip.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 number · $5 version or null
with chosen as (
    select v.*, r.id as requirement, r.product_group_id as group_id
    from requirement_version v join requirement r on r.id = v.requirement_id
    where r.number = $4 and may_see(v.audience, v.owner_org, $1, $2) and ($5::int is null or v.number = $5)
    order by coalesce(v.valid @> $3::timestamptz, false) desc, (v.state = 'decided') desc,
             (lower(v.valid) <= $3) desc nulls last, v.number desc
    limit 1
)
select jsonb_build_object(
    'requirement', c.requirement, 'version', c.id, 'number', c.number, 'group', c.group_id, 'audience', c.audience,
    'repealed', exists (select from requirement_repeal p where p.requirement_id = c.requirement and p.effective <= $3),
    'is_decided', c.state = 'decided',
    -- Of a text that may not be shown there is nothing but the number.
    'shown', case when c.not_shown_since is null then jsonb_build_object(
        'title', c.title, 'title_en', e.title, 'parameters', c.parameters, 'clauses', version_clauses(c.id)) end
) as "subject!: sqlx::types::Json<RequirementSubject>"
from chosen c left join version_english e on e.version_id = c.id
