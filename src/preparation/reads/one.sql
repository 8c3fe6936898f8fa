-- A requirement for those who prepare it: what is in force, what is open and who has it, what happened. Null where there is
-- nothing of it for the viewer.
-- $1 number · $2 viewer level · $3 viewer organisations · $4 now · $5 today · $6 person · $7 acting for
with r as (
    select r.*, coordinates_group($6, $7, r.product_group_id, $5, $4) as own from requirement r where r.number = $1
),
visible as materialized (
    select v.* from requirement_version v join r on r.id = v.requirement_id
    where r.own or may_see(v.audience, v.owner_org, $2, $3)
)
select jsonb_build_object(
    'id', r.id, 'own', r.own, 'review_by', r.review_by, 'group', r.product_group_id, 'group_name', g.name_sv, 'area_name', a.name_sv,
    'group_path', a.slug || '/' || g.slug,
    'repealed', exists (select from requirement_repeal p where p.requirement_id = r.id),
    'stop', (select jsonb_build_object('reason', t.reason, 'since', lower(t.valid)) from requirement_stop t
             where t.requirement_id = r.id and t.valid @> $4::timestamptz),
    'title', (select v.title from visible v where v.not_shown_since is null
              order by v.state in ('preparation', 'ready') desc, coalesce(v.valid @> $4::timestamptz, false) desc, v.number desc limit 1),
    'current', (select jsonb_build_object('number', v.number, 'title', case when v.not_shown_since is null then v.title end,
                    'hidden', v.not_shown_since is not null, 'since', lower(v.valid))
                from visible v where v.state = 'decided' and v.valid @> $4::timestamptz),
    'base', (select jsonb_build_object('number', v.number, 'hidden', v.not_shown_since is not null)
             from visible v where v.state = 'decided' order by v.number desc limit 1),
    'open', (select jsonb_build_object('id', v.id, 'number', v.number, 'state', v.state, 'lock', v.lock_version,
                 'shared', v.audience < 20, 'created_at', v.created_at, 'because', v.begun_because, 'note', v.begun_note,
                 'edited_at', v.edited_at, 'edited', v.edited_by is not null, 'edited_by', e.name,
                 'handler', case when v.handler_id is not null then jsonb_build_object('id', v.handler_id, 'name', h.name) end,
                 'changes', to_jsonb(v.changes), 'change_note', v.change_note, 'running_contracts', v.running_contracts,
                 'transition_until', v.transition_until,
                 'openings', (select coalesce(jsonb_agg(jsonb_build_object('id', o.person_id, 'name', op.name, 'at', o.at) order by o.at desc), '[]')
                              from version_opening o join person op on op.id = o.person_id
                              where o.version_id = v.id and o.at > $4::timestamptz - interval '2 hours'))
             from visible v left join person h on h.id = v.handler_id left join person e on e.id = v.edited_by
             where v.state in ('preparation', 'ready')),
    'events', (select coalesce(jsonb_agg(x.line order by x.at desc, x.id desc), '[]') from (
        select u.at, u.id, jsonb_build_object('kind', u.kind, 'at', u.at, 'reason', u.reason,
            'version', (select v.number from visible v where v.id = u.part_id),
            'because', case when u.kind = 'requirement.prepared' then (select v.begun_because from visible v where v.id = u.part_id) end,
            'note', case when u.kind = 'requirement.prepared' then (select v.begun_note from visible v where v.id = u.part_id) end,
            'person', u.person_id is not null, 'name', p.name, 'organisation', o.name_sv) as line
        from event u join r on r.id = u.subject_id
        left join person p on p.id = u.person_id left join organisation o on o.id = u.organisation_id
        where u.subject_kind = 'requirement' and (r.own or may_see(u.audience, u.owner_org, $2, $3))
        order by u.at desc, u.id desc limit 60) x)
) as "one!: sqlx::types::Json<One>"
from r join product_group g on g.id = r.product_group_id join product_area a on a.id = g.area_id
where exists (select from visible)
