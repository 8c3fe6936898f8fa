-- A draft of a decision with all that stands in front of who decides; null where it is none of theirs.
-- $1 id · $2 viewer level · $3 viewer organisations · $4 person · $5 acting for · $6 today · $7 now · $8 texts are read of so many
-- items at most · $9 and of so many characters in each
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
            'clauses', case when few.texts then version_clauses(v.id) else '[]' end, 'parameters', v.parameters,
            'changes', v.changes,
            'compared', case when now_held.id is not null and i.kind = 'adopt' then (
                select jsonb_build_object('changed', count(*) filter (where n.text <> o.text),
                    'added', count(*) filter (where o.text is null), 'removed', count(*) filter (where n.text is null))
                from (select c.clause_id, c.text from version_clause c where c.version_id = v.id) n
                full join (select c.clause_id, c.text from version_clause c where c.version_id = now_held.id) o using (clause_id)) end,
            'there', jsonb_build_object(
                'text', exists (select from version_clause c where c.version_id = v.id),
                'first', not exists (select from requirement_version f where f.requirement_id = r.id and f.state = 'decided'),
                'changes', cardinality(v.changes) > 0, 'only_clarified', v.changes = array['clarified'], 'note', v.change_note <> '',
                'running_contracts', v.running_contracts <> '',
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
            -- what is to be called back is this version and no other
            'to_come', (select max(lower(x.valid)) from requirement_version x
                        where x.requirement_id = r.id and x.state = 'decided' and lower(x.valid) > $7::timestamptz
                          and (x.id = v.id) = (i.kind = 'revoke')),
            'current', (
                select jsonb_build_object('id', c.id, 'version', c.number, 'title', c.title, 'type', c.type, 'level', c.level,
                    'since', lower(c.valid), 'parameters', c.parameters,
                    'clauses', case when few.texts and c.not_shown_since is null then version_clauses(c.id) else '[]' end)
                from requirement_version c where c.id = now_held.id),
            'submitted_by', (
                select e.person_id from event e
                where e.subject_kind = 'requirement' and e.subject_id = r.id and e.part_id = v.id and e.kind = 'requirement.submitted'
                order by e.at desc, e.id desc limit 1),
            -- what it means for others
            'selections', (select count(distinct w.selection_id) from selection_row w where w.requirement_id = r.id and w.removed_at is null),
            'proposals', coalesce((
                select jsonb_agg(jsonb_build_object('number', p.number, 'year', p.year, 'title', p.sent -> 'title',
                    'answered', p.taken_into is not distinct from v.id or (i.kind = 'repeal' and (p.kind = 'repeal' or (p.state <> 'taken_in'
                        and not exists (select from decision_draft_successor x where x.draft_id = d.id and x.version_id = v.id)))),
                    'organisation', po.name_sv,
                    'support', (select count(*) from proposal_cosigner s where s.proposal_id = p.id)) order by p.year, p.number)
                from proposal p left join organisation po on po.id = p.owner_org
                where (p.requirement_id = r.id or p.taken_into = v.id
                       or exists (select from proposal_requirement m where m.proposal_id = p.id and m.requirement_id = r.id)) and p.state in ('submitted', 'returned', 'in_preparation', 'taken_in', 'dormant')
                  and may_see(p.audience, p.owner_org, $2, $3)
                  and not exists (select from membership m where m.id = p.sent_by and not m.approved)), '[]'),
            'threads', (
                select jsonb_build_object('open', count(*) filter (where t.audience = 0),
                    'questions', count(*) filter (where t.audience = 0 and t.kind = 'question'),
                    'internal', count(*) filter (where t.audience > 0))
                from dialogue_thread t
                where t.requirement_id = r.id and t.state = 'open' and may_read_thread(t, $2, $3, $4, $5, $6::date, $7::timestamptz)
                  and exists (select from dialogue_comment c where c.thread_id = t.id and dialogue_stands(c, $4))),
            'successors', coalesce((
                select jsonb_agg(jsonb_build_object('number', sr.number, 'kind', x.kind) order by sr.number)
                from decision_draft_successor x join requirement sr on sr.id = x.successor_id
                where x.draft_id = d.id and x.version_id = v.id), '[]')
        ) order by i.position)
        from decision_draft_item i
        join requirement r on r.id = i.requirement_id
        join requirement_version v on v.id = i.version_id
        join product_group g on g.id = r.product_group_id
        left join requirement_version now_held on now_held.requirement_id = r.id and now_held.state = 'decided' and now_held.valid @> $7::timestamptz
        cross join lateral (
            select (select count(*) from decision_draft_item x where x.draft_id = d.id) <= $8::bigint
                   and (select coalesce(sum(length(c.text)), 0) from version_clause c where c.version_id in (v.id, now_held.id)) <= $9::bigint as texts
        ) few
        where i.draft_id = d.id), '[]')
) as "draft!: sqlx::types::Json<Draft>"
from decision_draft d
left join person a on a.id = d.created_by
left join organisation ao on ao.id = d.created_org
left join person s on s.id = d.submitted_by
where d.id = $1
  -- those who curate and decide, and who looks after the areas that it is about
  and (may_see(d.audience, d.owner_org, $2, $3) or draft_of_areas(d.id, d.created_by, $4, $5, $6::date, $7::timestamptz))
