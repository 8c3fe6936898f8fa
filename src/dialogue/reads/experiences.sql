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
    'total', (select count(*) from there),
    'before', (select count(*) from there t where (t.created_at, t.id) > (select p.created_at, p.id from page p order by p.created_at desc, p.id desc limit 1)),
    'verified', (select count(*) from there t where t.verified = 'yes'),
    'reviewed', (select count(*) from there t where t.review <> 'none'),
    'rows', coalesce((
        select jsonb_agg(jsonb_build_object('id', p.id, 'version', v.number, 'asked', p.asked, 'review', p.review, 'review_said', p.review_said,
            'verified', p.verified, 'verified_said', p.verified_said, 'hours', p.hours, 'advice', p.advice, 'created', p.created_at,
            'inside', p.audience > 0, 'own', coalesce(p.author_id = $4, false), 'organisation_sv', o.name_sv, 'organisation_en', o.name_en)
            order by p.created_at desc, p.id desc)
        from page p
        join requirement_version v on v.id = p.version_id and may_see(v.audience, v.owner_org, $1, $2)
        join organisation o on o.id = p.owner_org), '[]')
) as "experiences!: sqlx::types::Json<Experiences>"
