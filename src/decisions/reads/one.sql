-- A decision, with all that anybody may see of it; of what was sent back or refused, no more than the viewer may see.
-- $1 number · $2 year or null · $3 viewer level · $4 viewer organisations · $5 now · $6 the most items
select jsonb_build_object(
    'number', d.number, 'year', d.year, 'kind', d.kind, 'decided', d.decided_at, 'reference', d.reference,
    'file_name', d.file_name, 'file_sha256', encode(d.file_sha256, 'hex'),
    'fields', jsonb_build_object('title', d.title, 'body', d.body, 'met_on', d.met_on, 'paragraph', d.paragraph, 'dnr', d.dnr,
        'present', d.present, 'reservations', d.reservations, 'conflicts', d.conflicts, 'rapporteur', d.rapporteur,
        'reasons', d.reasons, 'consequences', d.consequences, 'note', d.note),
    'emergency', d.emergency, 'review_by', d.review_by,
    'review', (select jsonb_build_object('name', p.name, 'organisation_sv', o.name_sv, 'organisation_en', o.name_en, 'at', w.at, 'note', w.note)
               from decision_review w join organisation o on o.id = w.organisation_id left join person p on p.id = w.person_id
               where w.decision_id = d.id),
    'corrects', (select jsonb_build_object('year', c.year, 'number', c.number, 'title', c.title) from decision c where c.id = d.corrects),
    'corrected_by', coalesce((
        select jsonb_agg(jsonb_build_object('year', c.year, 'number', c.number, 'title', c.title) order by c.number)
        from decision c where c.corrects = d.id), '[]'),
    'submitter', s.name, 'decider', m.name, 'decider_org_sv', o.name_sv, 'decider_org_en', o.name_en,
    'made_by', jsonb_build_array(d.decided_by, d.submitted_by),
    'answers', coalesce((
        select jsonb_agg(jsonb_build_object('number', p.number, 'year', p.year, 'title', p.sent -> 'title', 'state', p.state,
            'organisation_sv', po.name_sv, 'organisation_en', po.name_en) order by p.year, p.number)
        from proposal p join organisation po on po.id = p.owner_org
        where p.answered_by = d.id and may_see(p.audience, p.owner_org, $3, $4)
          and not exists (select from membership h where h.id = p.sent_by and not h.approved)), '[]'),
    'total', (select count(*) from decision_item i where i.decision_id = d.id),
    'items', coalesce((
        select jsonb_agg(jsonb_build_object(
            'number', r.number, 'version', v.number, 'kind', i.kind, 'outcome', i.outcome, 'cause', i.cause, 'reason', i.reason,
            'effective', coalesce(i.effective, case when d.kind = 'import' then lower(v.valid) end),
            'seen', c.seen, 'known', c.known,
            'title', case when c.seen and v.not_shown_since is null then v.title end,
            'title_en', case when c.seen and v.not_shown_since is null then e.title end,
            'sha256', case when c.seen then encode(v.sha256, 'hex') end,
            'hidden', v.not_shown_since is not null,
            'revoked', v.state = 'revoked',
            'note', case when c.seen then v.change_note else '' end,
            'running_contracts', case when c.seen then v.running_contracts else '' end,
            'changes', case when c.seen and i.kind = 'adopt' then to_jsonb(v.changes) else '[]' end,
            'before', (select max(b.number) from requirement_version b
                       where b.requirement_id = r.id and b.number < v.number and b.state = 'decided' and b.not_shown_since is null
                         and may_see(b.audience, b.owner_org, $3, $4)),
            'successors', coalesce((
                select jsonb_agg(jsonb_build_object('number', sr.number, 'kind', x.kind, 'known', exists (
                    select from requirement_version w where w.requirement_id = sr.id and w.state = 'decided'
                        and may_see(w.audience, w.owner_org, $3, $4))) order by sr.number)
                from decision_successor x join requirement sr on sr.id = x.successor_id
                where x.decision_id = d.id and x.version_id = v.id), '[]')
        ) order by i.position, r.number)
        from (select n.* from decision_item n join requirement_version nv on nv.id = n.version_id
              join requirement nr on nr.id = nv.requirement_id
              where n.decision_id = d.id order by n.position, nr.number limit $6) i
        join requirement_version v on v.id = i.version_id
        join requirement r on r.id = v.requirement_id
        left join version_english e on e.version_id = v.id
        cross join lateral (
            select v.state in ('decided', 'revoked') and may_see(v.audience, v.owner_org, $3, $4) as seen,
                   exists (select from requirement_version w where w.requirement_id = r.id and w.state = 'decided'
                           and lower(w.valid) <= $5::timestamptz and may_see(w.audience, w.owner_org, $3, $4)) as known) c), '[]')
) as "one!: sqlx::types::Json<Decision>"
from decision d
left join person s on s.id = d.submitted_by
left join person m on m.id = d.decided_by
left join organisation o on o.id = d.decided_org
where d.number = $1 and d.year is not distinct from $2
