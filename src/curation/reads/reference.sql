-- One reference with what holds of it, and a page of the requirements in force that cite it, or what is the same, by number.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 id · $5 after this number · $6 most
with alike as (
    select n.id from reference_now() n where n.same = (select o.same from reference_now() o where o.id = $4)
),
citing as (
    select distinct r.number, v.title, e.title as title_en
    from version_reference x
    join requirement_version v on v.id = x.version_id and v.state = 'decided' and v.valid @> $3::timestamptz and v.not_shown_since is null
         and may_see(v.audience, v.owner_org, $1, $2)
    join requirement r on r.id = v.requirement_id
    left join version_english e on e.version_id = v.id
    where x.reference_id in (select id from alike)
)
select jsonb_build_object(
    'id', f.id, 'kind', f.kind, 'name', f.name, 'edition', f.edition, 'url', f.url, 'from', f.in_force_from, 'to', f.in_force_to,
    'criteria', f.label_criteria, 'note', f.note, 'lock', f.lock, 'own_status', f.status,
    'status', n.status, 'ended_on', n.ended_on, 'marked_on', (n.marked_at at time zone 'Europe/Stockholm')::date,
    'successor', (select jsonb_build_object('id', s.id, 'name', s.name, 'edition', s.edition) from reference s where s.id = n.successor),
    'same', case when f.status = 'same' then (
        select jsonb_build_object('id', s.id, 'name', s.name, 'edition', s.edition) from reference s where s.id = f.leads_to) end,
    'replaces', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'edition', s.edition) order by s.name, s.edition), '[]')
                 from reference s where s.leads_to = f.id and s.status = 'replaced'),
    'frozen', exists (select from version_reference x join requirement_version v on v.id = x.version_id
                      where x.reference_id = f.id and v.state not in ('preparation', 'ready')),
    'conditions', (select coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'at', t.at, 'name', p.name, 'person', t.person_id is not null)
                               order by array_position(f.label_conditions, c.code)), '[]')
                   from unnest(f.label_conditions) c(code)
                   left join lateral (
                       select u.at, u.person_id from event u
                       where u.subject_kind = 'reference' and u.subject_id = f.id and u.kind = 'reference.condition_met' and u.to_state = c.code
                         and may_see(u.audience, u.owner_org, $1, $2)
                       order by u.at desc, u.id desc limit 1) t on true
                   left join person p on p.id = t.person_id),
    'cited', (select count(*) from citing),
    'rows', (select coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'title', c.title, 'title_en', c.title_en) order by c.number), '[]')
             from (select c.number, c.title, c.title_en from citing c where c.number > $5 order by c.number limit $6) c)
) as "one!: sqlx::types::Json<Reference>"
from reference f join reference_now() n on n.id = f.id
where f.id = $4
