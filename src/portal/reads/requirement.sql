-- A requirement with one version whole, its other versions, family, stop, repeal and what it replaces; one round trip.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 today · $5 number · $6 version or null: the one in force,
-- otherwise the one decided last, otherwise the one that is open
with r as (
    select * from requirement where number = $5
),
visible as materialized (
    select v.* from requirement_version v join r on r.id = v.requirement_id
    where may_see(v.audience, v.owner_org, $1, $2)
),
chosen as (
    select v.* from visible v
    where $6::int is null or v.number = $6
    order by coalesce(v.valid @> $3::timestamptz, false) desc, (v.state = 'decided') desc,
             (lower(v.valid) <= $3) desc nulls last, v.number desc
    limit 1
)
select jsonb_build_object(
    'number', r.number,
    'guidance', r.guidance, 'limitations', r.limitations, 'builds_on', r.builds_on,
    'review_by', r.review_by, 'overdue', coalesce(r.review_by < $4, false),
    'agenda', (select coalesce(jsonb_agg(jsonb_build_object('slug', n.number::text, 'sv', n.name_sv, 'en', n.name_en) order by n.number), '[]')
               from agenda_goal n where n.number = any (r.agenda_goals)),
    'eforms', to_jsonb(r.eforms),
    'area', jsonb_build_object('slug', a.slug, 'sv', a.name_sv, 'en', a.name_en),
    'group', jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en),
    'owner', (select jsonb_build_object('slug', p.letter, 'sv', p.name_sv, 'en', p.name_en)
              from product_group_owner o join procurement_area p on p.letter = o.letter
              where o.group_id = g.id and o.valid @> $4::date),
    'cpv', (select coalesce(jsonb_agg(jsonb_build_object('slug', c.code, 'sv', coalesce(n.name_sv, ''), 'en', coalesce(n.name_en, '')) order by c.code), '[]')
            from requirement_cpv c left join cpv_code n on n.code = c.code where c.requirement_id = r.id),
    'objectives', (select coalesce(jsonb_agg(jsonb_build_object('slug', n.slug, 'sv', n.name_sv, 'en', n.name_en) order by n.position), '[]')
                   from requirement_objective o join objective n on n.slug = o.objective where o.requirement_id = r.id),
    'stop', (select jsonb_build_object('reason', t.reason, 'since', (lower(t.valid) at time zone 'Europe/Stockholm')::date)
             from requirement_stop t where t.requirement_id = r.id and t.valid @> $3::timestamptz),
    'repeal', (select jsonb_build_object('reason', t.reason,
                   'decision', (select jsonb_build_object('number', d.number, 'year', d.year, 'day', (d.decided_at at time zone 'Europe/Stockholm')::date,
                         'reference', d.reference) from decision d where d.id = t.decision_id),
                   'effective', (t.effective at time zone 'Europe/Stockholm')::date, 'over', t.effective <= $3,
                   'successors', (select coalesce(jsonb_agg(jsonb_build_object('number', s.number, 'kind', x.kind,
                                      'title', case when w.not_shown_since is null then w.title else '' end,
                                      'title_en', case when w.not_shown_since is null then we.title end) order by s.number), '[]')
                                  from requirement_successor x
                                  join requirement s on s.id = x.successor_id
                                  join requirement_version w on w.requirement_id = s.id and may_see(w.audience, w.owner_org, $1, $2)
                                      and w.valid @> $3::timestamptz
                                  left join version_english we on we.version_id = w.id
                                  where x.requirement_id = r.id))
               from requirement_repeal t where t.requirement_id = r.id),
    'follows', (select coalesce(jsonb_agg(jsonb_build_object('number', s.number, 'kind', x.kind,
                    'title', case when w.not_shown_since is null then w.title else '' end,
                    'title_en', case when w.not_shown_since is null then we.title end) order by s.number), '[]')
                from requirement_successor x
                join requirement_repeal p on p.requirement_id = x.requirement_id and p.effective <= $3
                join requirement s on s.id = x.requirement_id
                join requirement_version w on w.id = p.version_id and may_see(w.audience, w.owner_org, $1, $2)
                left join version_english we on we.version_id = w.id
                where x.successor_id = r.id),
    'members', (select coalesce(jsonb_agg(jsonb_build_object('number', s.number, 'title', w.title, 'title_en', we.title, 'level', w.level,
                    'type', w.type, 'relation', s.relation_to_lower,
                    'stopped', exists (select from requirement_stop t where t.requirement_id = s.id and t.valid @> $3::timestamptz))
                    order by array_position(array['basic', 'advanced', 'spearhead'], w.level), s.number), '[]')
                from requirement s
                join requirement_version w on w.requirement_id = s.id and w.valid @> $3::timestamptz and w.not_shown_since is null
                    and may_see(w.audience, w.owner_org, $1, $2)
                left join version_english we on we.version_id = w.id
                where s.family_id = r.family_id),
    'versions', (select jsonb_agg(jsonb_build_object('number', v.number, 'state', v.state, 'from', lower(v.valid), 'to', upper(v.valid),
                     'from_day', (lower(v.valid) at time zone 'Europe/Stockholm')::date,
                     'to_day', (upper(v.valid) at time zone 'Europe/Stockholm')::date,
                     'changes', to_jsonb(v.changes), 'note', v.change_note, 'running_contracts', v.running_contracts,
                     'hidden', v.not_shown_since is not null, 'level', v.level,
                     'ended', exists (select from requirement_repeal t where t.version_id = v.id)) order by v.number desc)
                 from visible v),
    -- what everybody says of it: how much on the whole and on each clause, and the latest threads
    'dialogue', (
        with there as (
            select t.id, t.kind, t.state, t.clause_id, x.active_at, x.comments
            from dialogue_thread t
            cross join lateral (
                select max(m.created_at) as active_at, count(*) filter (where m.state <> 'deleted') as comments
                from dialogue_comment m where m.thread_id = t.id and dialogue_stands(m, null)
            ) x
            where t.requirement_id = r.id and t.audience = 0 and may_see(t.audience, t.owner_org, $1, $2) and not dialogue_is_held(t.sent_by)
              and x.active_at is not null
        )
        select jsonb_build_object(
            'total', (select count(*) from there),
            'clauses', coalesce((select jsonb_object_agg(n.clause_id, n.n) from (
                select h.clause_id, sum(h.comments) as n from there h where h.clause_id is not null group by h.clause_id) n), '{}'),
            'latest', coalesce((
                select jsonb_agg(jsonb_build_object('id', l.id, 'kind', l.kind, 'state', l.state, 'active_at', l.active_at, 'comments', l.comments, 'deleted', m.state = 'deleted',
                    'text', case when m.state = 'shown' then dialogue_masked(m.id, m.text) end, 'language', m.language,
                    'organisation_sv', o.name_sv, 'organisation_en', o.name_en) order by l.active_at desc, l.id desc)
                from (select * from there order by active_at desc, id desc limit 3) l
                join dialogue_comment m on m.id = l.id join organisation o on o.id = m.organisation_id), '[]'))),
    'experience', (select jsonb_build_object('total', count(*), 'verified', count(*) filter (where x.verified = 'yes'),
                       'reviewed', count(*) filter (where x.review <> 'none'))
                   from experience x where x.requirement_id = r.id and x.withdrawn_at is null and x.state = 'shown' and may_see(x.audience, x.owner_org, $1, $2)),
    'version', jsonb_build_object(
        'number', c.number, 'state', c.state, 'origin', c.origin,
        'transition_until', c.transition_until,
        'sha256', encode(c.sha256, 'hex'), 'hash_scheme', c.hash_scheme,
        'decided_on', (c.decided_at at time zone 'Europe/Stockholm')::date,
        'not_shown', case when c.not_shown_since is not null then jsonb_build_object('reason', c.not_shown_reason,
            'since', (c.not_shown_since at time zone 'Europe/Stockholm')::date) end,
        'decision', (select jsonb_build_object('number', d.number, 'year', d.year, 'day', (d.decided_at at time zone 'Europe/Stockholm')::date,
                         'reference', d.reference) from decision d where d.id = c.decision_id),
        'references', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'edition', f.edition, 'status', n.status,
                           'successor', (select jsonb_build_object('id', s.id, 'name', s.name, 'edition', s.edition)
                                         from reference s where s.id = n.successor)) order by x.position), '[]')
                       from version_reference x join reference f on f.id = x.reference_id join reference_now() n on n.id = f.id
                       where x.version_id = c.id and c.not_shown_since is null),
        'core', version_core(c.id), 'clauses', version_clauses(c.id),
        'title_en', e.title, 'rationale_en', e.rationale, 'evidence_en', coalesce(e.evidence, '[]'))
) as "page!: sqlx::types::Json<RequirementData>"
from r
join chosen c on true
join product_group g on g.id = r.product_group_id
join product_area a on a.id = g.area_id
left join version_english e on e.version_id = c.id
