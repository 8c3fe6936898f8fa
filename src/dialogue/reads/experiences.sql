-- What was met with on a requirement, latest first. $1 viewer level · $2 viewer organisations · $3 requirement · $4 person
-- $5 time of the key or null · $6 id of the key · $7 backwards · $8 most
with there as (
    select e.* from experience e
    where e.requirement_id = $3 and e.withdrawn_at is null and may_see(e.audience, e.owner_org, $1, $2)
), page as (
    select t.* from there t
    where $5::timestamptz is null or (case when $7::boolean then (t.created_at, t.id) > ($5, $6::uuid) else (t.created_at, t.id) < ($5, $6) end)
    order by case when $7 then t.created_at end asc, case when $7 then t.id end asc, case when not $7 then t.created_at end desc, case when not $7 then t.id end desc
    limit $8
)
select jsonb_build_object(
    -- what is hidden stands in the list, and is counted nowhere
    'total', (select count(*) from there t where t.state = 'shown'),
    'before', (select count(*) from there t where (t.created_at, t.id) > (select p.created_at, p.id from page p order by p.created_at desc, p.id desc limit 1)),
    'verified', (select count(*) from there t where t.verified = 'yes' and t.state = 'shown'),
    'reviewed', (select count(*) from there t where t.review <> 'none' and t.state = 'shown'),
    'rows', coalesce((
        select jsonb_agg(jsonb_build_object('id', p.id, 'version', v.number, 'created', p.created_at, 'rule', p.rule,
            -- what is hidden is there for whoever told it
            'told', case when p.state = 'shown' or p.author_id = $4 then jsonb_build_object(
                'asked', experience_masked(p.id, p.asked), 'review', p.review, 'review_said', experience_masked(p.id, p.review_said),
                'verified', p.verified, 'verified_said', experience_masked(p.id, p.verified_said), 'hours', p.hours,
                'advice', experience_masked(p.id, p.advice)) end,
            'reason', case when p.author_id = $4 then p.reason end,
            'objected', exists (select from dialogue_report x where x.experience_id = p.id and x.kind = 'objection' and x.at >= p.state_since),
            'reported', exists (select from dialogue_report x where x.experience_id = p.id and x.kind = 'report' and x.person_id = $4 and x.closed_at is null),
            'inside', p.audience > 0, 'own', coalesce(p.author_id = $4, false), 'organisation_sv', o.name_sv, 'organisation_en', o.name_en)
            order by p.created_at desc, p.id desc)
        from page p
        join requirement_version v on v.id = p.version_id and may_see(v.audience, v.owner_org, $1, $2)
        join organisation o on o.id = p.owner_org), '[]')
) as "experiences!: sqlx::types::Json<Experiences>"
