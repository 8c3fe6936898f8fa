-- A draft of a decision with all that stands in front of who decides; null where it is none of theirs.
-- $1 id · $2 viewer level · $3 viewer organisations · $4 person · $5 acting for · $6 today · $7 now
select jsonb_build_object(
    'id', d.id, 'state', d.state, 'lock', d.lock_version,
    'fields', jsonb_build_object('title', d.title, 'body', d.body, 'met_on', d.met_on, 'paragraph', d.paragraph, 'dnr', d.dnr,
        'present', d.present, 'reservations', d.reservations, 'conflicts', d.conflicts, 'rapporteur', d.rapporteur,
        'reasons', d.reasons, 'consequences', d.consequences, 'note', d.note),
    'corrects', (select jsonb_build_object('year', c.year, 'number', c.number, 'title', c.title) from decision c where c.id = d.corrects),
    'author', jsonb_build_object('name', a.name, 'organisation', ao.name_sv),
    'changed', d.changed_at, 'submitted_by', d.submitted_by, 'submitter', s.name, 'submitted', d.submitted_at,
    'items', coalesce((
        select jsonb_agg(jsonb_build_object(
            'version_id', v.id, 'requirement_id', r.id, 'number', r.number, 'version', v.number, 'kind', i.kind, 'cause', i.cause,
            'outcome', i.outcome, 'reason', i.reason, 'on', i.effective_on,
            'state', v.state, 'title', v.title, 'type', v.type, 'level', v.level, 'note', v.change_note,
            'running_contracts', v.running_contracts, 'takes_effect', lower(v.valid),
            'group', g.name_sv,
            'clauses', version_clauses(v.id),
            'there', jsonb_build_object(
                'rationale', v.rationale <> '', 'proportionality', v.proportionality <> '', 'evidence', v.evidence <> '[]'::jsonb,
                'follow_up', v.follow_up is not null,
                'objective', case when v.pending is null then exists (select from requirement_objective o where o.requirement_id = r.id)
                    else coalesce(jsonb_array_length(v.pending -> 'objectives'), 0) > 0 end,
                'review', case when v.pending is null then r.review_by is not null
                    else coalesce(v.pending ->> 'review_by', '') <> '' end,
                'award', v.type <> 'award_criterion' or v.award is not null),
            -- as the database asks it when the version is decided
            'level_taken', i.kind = 'adopt' and exists (
                select from requirement x
                join requirement_version xv on xv.requirement_id = x.id and xv.state = 'decided' and may_see(xv.audience, xv.owner_org, $2, $3)
                    and xv.level = v.level and xv.type = v.type
                    and xv.valid && tstzrange(greatest($7::timestamptz, i.effective_on::timestamp at time zone 'Europe/Stockholm'), null)
                where x.family_id = r.family_id and x.id <> r.id)
                and (select b.level from requirement_version b where b.requirement_id = r.id and b.state = 'decided' and b.id <> v.id
                     order by b.number desc limit 1) <> v.level,
            'repealed', exists (select from requirement_repeal p where p.requirement_id = r.id),
            'to_come', (select max(lower(x.valid)) from requirement_version x
                        where x.requirement_id = r.id and x.state = 'decided' and lower(x.valid) > $7::timestamptz
                          and (x.id <> v.id or i.kind = 'revoke')),
            'current', (
                select jsonb_build_object('id', c.id, 'version', c.number, 'title', c.title, 'type', c.type, 'level', c.level,
                    'since', lower(c.valid), 'clauses', case when c.not_shown_since is null then version_clauses(c.id) else '[]' end)
                from requirement_version c
                where c.requirement_id = r.id and c.state = 'decided' and c.valid @> $7::timestamptz),
            'submitted_by', (
                select e.person_id from event e
                where e.subject_kind = 'requirement' and e.subject_id = r.id and e.part_id = v.id and e.kind = 'requirement.submitted'
                order by e.at desc, e.id desc limit 1),
            -- what it means for others
            'selections', (select count(distinct w.selection_id) from selection_row w where w.requirement_id = r.id and w.removed_at is null),
            'proposals', coalesce((
                select jsonb_agg(jsonb_build_object('number', p.number, 'year', p.year, 'title', p.sent -> 'title', 'state', p.state)
                                 order by p.number)
                from proposal p
                where (p.requirement_id = r.id or p.taken_into = v.id) and p.state in ('submitted', 'returned', 'in_preparation', 'taken_in', 'dormant')
                  and may_see(p.audience, p.owner_org, $2, $3)
                  and not exists (select from membership m where m.id = p.sent_by and not m.approved)), '[]'),
            'successors', coalesce((
                select jsonb_agg(jsonb_build_object('number', sr.number, 'kind', x.kind) order by sr.number)
                from decision_draft_successor x join requirement sr on sr.id = x.successor_id
                where x.draft_id = d.id and x.version_id = v.id), '[]')
        ) order by i.position)
        from decision_draft_item i
        join requirement r on r.id = i.requirement_id
        join requirement_version v on v.id = i.version_id
        join product_group g on g.id = r.product_group_id
        where i.draft_id = d.id), '[]')
) as "draft!: sqlx::types::Json<Draft>"
from decision_draft d
left join person a on a.id = d.created_by
left join organisation ao on ao.id = d.created_org
left join person s on s.id = d.submitted_by
where d.id = $1
  -- those who curate and decide, and who looks after the areas that it is about
  and (may_see(d.audience, d.owner_org, $2, $3) or draft_of_areas(d.id, d.created_by, $4, $5, $6::date, $7::timestamptz))
