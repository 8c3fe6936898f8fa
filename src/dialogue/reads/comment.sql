-- One comment, or what was met with once, for the pages about it; no row where there is none for whoever looks. One round trip.
-- $1 viewer level · $2 viewer organisations · $3 person · $4 acting for · $5 today · $6 now · $7 comment · $8 replies on a page
-- $9 whether who looks moderates
select jsonb_build_object(
    'id', c.id, 'experience', false, 'thread', t.id, 'cited', t.cited, 'state', c.state, 'own', coalesce(c.author_id = $3, false),
    'text', case when c.state = 'shown' or (c.state = 'hidden' and (c.author_id = $3 or $9::boolean)) then dialogue_masked(c.id, c.text) end,
    'language', c.language, 'rule', c.rule, 'reason', c.reason, 'created', c.created_at, 'audience', t.audience,
    'closed', exists (select from requirement_repeal p where p.requirement_id = t.requirement_id and p.effective <= $6::timestamptz),
    'objected', exists (select from dialogue_report r where r.comment_id = c.id and r.kind = 'objection' and r.at >= c.state_since),
    'keeps', exists (select from dialogue_report r where r.comment_id = c.id) or exists (select from dialogue_mask k where k.comment_id = c.id),
    'named', c.name_shown, 'name', case when c.name_shown then w.name end, 'organisation_sv', o.name_sv, 'organisation_en', o.name_en, 'side', o.kind,
    'versions', case when c.state = 'shown' then coalesce((
        select jsonb_agg(jsonb_build_object('text', dialogue_masked(c.id, v.text), 'until', v.until) order by v.place desc)
        from dialogue_comment_version v where v.comment_id = c.id), '[]') else '[]' end,
    -- the reply that the page before its own ends with
    'after', (select b.number from (
                  select s.number, s.id, row_number() over (order by s.number) as place
                  from dialogue_comment s where s.thread_id = t.id and s.id <> t.id and dialogue_stands(s, $3)) b
              where c.id <> t.id and b.place = (
                  (select count(*) from dialogue_comment s where s.thread_id = t.id and s.id <> t.id and s.number < c.number and dialogue_stands(s, $3))
                  / $8::bigint) * $8),
    'reports', case when $9 then coalesce((
        select jsonb_agg(jsonb_build_object('kind', r.kind, 'rule', r.rule, 'reason', r.reason, 'at', r.at, 'name', rw.name,
                'organisation', ro.name_sv, 'outcome', r.outcome) order by r.at, r.id)
        from dialogue_report r join person rw on rw.id = r.person_id join organisation ro on ro.id = r.organisation_id
        where r.comment_id = c.id), '[]') else '[]' end,
    'log', case when $9 then coalesce((
        select jsonb_agg(jsonb_build_object('action', m.action, 'rule', m.rule, 'reason', m.reason, 'at', m.at, 'name', mw.name) order by m.number)
        from dialogue_moderation m join person mw on mw.id = m.person_id where m.comment_id = c.id), '[]') else '[]' end
) as "comment!: sqlx::types::Json<Comment>"
from dialogue_comment c
join dialogue_thread t on t.id = c.thread_id
join organisation o on o.id = c.organisation_id
join person w on w.id = c.author_id
where c.id = $7 and may_read_thread(t, $1, $2, $3, $4, $5::date, $6::timestamptz)
  and (dialogue_stands(c, $3) or ($9 and not dialogue_is_held(c.sent_by)))
union all
select jsonb_build_object(
    'id', e.id, 'experience', true, 'thread', e.id, 'cited', 'KB-' || lpad(r.number::text, greatest(4, length(r.number::text)), '0'), 'state', e.state,
    'own', coalesce(e.author_id = $3, false),
    'text', case when e.state = 'shown' or e.author_id = $3 or $9 then experience_masked(e.id, experience_words(e)) end,
    'language', 'sv', 'rule', e.rule, 'reason', e.reason, 'created', e.created_at, 'audience', e.audience, 'closed', false,
    'objected', exists (select from dialogue_report x where x.experience_id = e.id and x.kind = 'objection' and x.at >= e.state_since),
    'keeps', true, 'named', false, 'organisation_sv', o.name_sv, 'organisation_en', o.name_en, 'side', o.kind, 'versions', '[]'::jsonb,
    'after', null,
    'reports', case when $9 then coalesce((
        select jsonb_agg(jsonb_build_object('kind', x.kind, 'rule', x.rule, 'reason', x.reason, 'at', x.at, 'name', xw.name,
                'organisation', xo.name_sv, 'outcome', x.outcome) order by x.at, x.id)
        from dialogue_report x join person xw on xw.id = x.person_id join organisation xo on xo.id = x.organisation_id
        where x.experience_id = e.id), '[]') else '[]' end,
    'log', case when $9 then coalesce((
        select jsonb_agg(jsonb_build_object('action', m.action, 'rule', m.rule, 'reason', m.reason, 'at', m.at, 'name', mw.name) order by m.number)
        from dialogue_moderation m join person mw on mw.id = m.person_id where m.experience_id = e.id), '[]') else '[]' end)
from experience e join requirement r on r.id = e.requirement_id join organisation o on o.id = e.owner_org
where e.id = $7 and e.withdrawn_at is null and may_see(e.audience, e.owner_org, $1, $2)
