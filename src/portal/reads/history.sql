-- What has happened to a requirement: its versions, and the public events beside them; one round trip.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 number
with r as (
    select id from requirement where number = $4
),
visible as materialized (
    select v.* from requirement_version v join r on r.id = v.requirement_id
    where may_see(v.audience, v.owner_org, $1, $2)
)
select jsonb_build_object(
    'title', (select v.title from visible v where v.not_shown_since is null
              order by coalesce(v.valid @> $3::timestamptz, false) desc, v.number desc limit 1),
    'versions', (select jsonb_agg(jsonb_build_object('number', v.number, 'state', v.state, 'from', lower(v.valid), 'to', upper(v.valid),
                     'from_day', (lower(v.valid) at time zone 'Europe/Stockholm')::date,
                     'to_day', (upper(v.valid) at time zone 'Europe/Stockholm')::date,
                     'changes', to_jsonb(v.changes), 'note', v.change_note, 'running_contracts', v.running_contracts,
                     'hidden', v.not_shown_since is not null,
                     'ended', exists (select from requirement_repeal t where t.version_id = v.id)) order by v.number desc)
                 from visible v),
    -- a stop and a repeal stand at the day from which they hold, whenever they were recorded
    'events', (select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'reason', e.reason,
                   'version', (select v.number from visible v where v.id = e.part_id),
                   'day', (x.holds at time zone 'Europe/Stockholm')::date, 'at', x.holds) order by x.holds desc, e.id desc), '[]')
               from event e join r on r.id = e.subject_id
               cross join lateral (select coalesce(
                   case e.kind when 'requirement.stopped' then (select lower(t.valid) from requirement_stop t where t.id = e.part_id)
                               when 'requirement.repealed' then (select t.effective from requirement_repeal t where t.requirement_id = r.id)
                   end, e.at) as holds) x
               where e.subject_kind = 'requirement' and may_see(e.audience, e.owner_org, $1, $2)
                 and e.kind in ('requirement.stopped', 'requirement.stop_lifted', 'requirement.repealed', 'requirement.revoked',
                                'requirement.text_hidden', 'requirement.reviewed')),
    -- what has been decided about it, also where the answer was no: the decision itself is for everybody
    'decisions', (select coalesce(jsonb_agg(distinct jsonb_build_object('number', d.number, 'year', d.year, 'title', d.title,
                      'reference', d.reference, 'day', (d.decided_at at time zone 'Europe/Stockholm')::date, 'at', d.decided_at)), '[]')
                  from r join requirement_version v on v.requirement_id = r.id
                  join decision_item i on i.version_id = v.id join decision d on d.id = i.decision_id)
) as "page!: sqlx::types::Json<HistoryData>"
from r
where exists (select from visible)
