-- One version of a requirement: the one asked for, or else the one in force, or else the latest.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 number · $5 version or null
select
-- body: the same lines as in requirements.sql
json_build_object(
    'number', r.number, 'version', v.number, 'state', v.state, 'origin', v.origin,
    'valid_from', lower(v.valid), 'valid_to', upper(v.valid), 'decided_at', v.decided_at,
    'canonical', v.canonical, 'sha256', encode(v.sha256, 'hex'), 'hash_scheme', v.hash_scheme,
    'not_shown_since', v.not_shown_since, 'not_shown_reason', v.not_shown_reason,
    'changes', v.changes, 'change_note', v.change_note, 'running_contracts', v.running_contracts,
    'transition_until', v.transition_until,
    'english', (select json_build_object('title', e.title, 'rationale', e.rationale, 'evidence', e.evidence)
                from version_english e where e.version_id = v.id),
    'clauses', (select coalesce(json_agg(json_build_object('id', c.clause_id, 'text', c.text, 'text_en', ce.text) order by c.position), '[]')
                from version_clause c left join clause_english ce on ce.version_id = c.version_id and ce.clause_id = c.clause_id
                where c.version_id = v.id),
    'family', (select f.slug from requirement_family f where f.id = r.family_id), 'relation', r.relation_to_lower,
    'guidance', r.guidance, 'limitations', r.limitations, 'builds_on', r.builds_on,
    'agenda_goals', r.agenda_goals, 'eforms', r.eforms, 'review_by', r.review_by,
    'cpv', (select coalesce(json_agg(c.code order by c.code), '[]') from requirement_cpv c where c.requirement_id = r.id),
    'objectives', (select coalesce(json_agg(o.objective order by o.objective), '[]')
                   from requirement_objective o where o.requirement_id = r.id),
    'group', (select json_build_object('slug', g.slug, 'name', g.name_sv, 'area', a.slug, 'area_name', a.name_sv)
              from product_group g join product_area a on a.id = g.area_id where g.id = r.product_group_id),
    'decision', (select json_build_object('number', d.number, 'kind', d.kind, 'decided_at', d.decided_at, 'reference', d.reference)
                 from decision d where d.id = v.decision_id),
    'stopped', (select json_build_object('since', lower(t.valid), 'reason', t.reason)
                from requirement_stop t where t.requirement_id = r.id and t.valid @> $3::timestamptz),
    'repealed', (select json_build_object('effective', p.effective, 'reason', p.reason, 'here', p.version_id = v.id, 'successors', (
                     select coalesce(json_agg(json_build_object('number', sr.number, 'kind', s.kind) order by sr.number), '[]')
                     from requirement_successor s join requirement sr on sr.id = s.successor_id
                     where s.requirement_id = r.id and exists (
                         select from requirement_version sv
                         where sv.requirement_id = sr.id and sv.state = 'decided' and may_see(sv.audience, sv.owner_org, $1, $2))))
                 from requirement_repeal p where p.requirement_id = r.id),
    'updated_at', greatest(
        v.decided_at,
        case when r.maintained_at <= $3 then r.maintained_at end,
        case when lower(v.valid) <= $3 then lower(v.valid) end,
        case when upper(v.valid) <= $3 then upper(v.valid) end,
        (select max(lower(t.valid)) from requirement_stop t where t.requirement_id = r.id and lower(t.valid) <= $3),
        (select max(u.at) from event u where u.subject_kind = 'requirement' and u.subject_id = r.id and u.at <= $3
            and may_see(u.audience, u.owner_org, $1, $2)))
)
-- end of body
as "found!: sqlx::types::Json<VersionRow>"
from requirement r
join requirement_version v on v.requirement_id = r.id
where r.number = $4 and ($5::int is null or v.number = $5)
  and v.state in ('decided', 'revoked')
  and may_see(v.audience, v.owner_org, $1, $2)
order by coalesce(v.valid @> $3::timestamptz, false) desc, v.state = 'decided' desc, v.number desc
limit 1
