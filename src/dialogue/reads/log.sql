-- The log of moderation as everybody may read it, latest first; of internal threads, of what regions keep to themselves and of what is
-- held there is nothing. $1 most
select m.at as "at!", coalesce(t.cited, 'KB-' || lpad(r.number::text, greatest(4, length(r.number::text)), '0')) as "cited!",
       coalesce(c.id, e.id) as "comment!", m.action as "action!", m.rule, m.reason as "reason!", o.name_sv as "organisation!"
from dialogue_moderation m
left join dialogue_comment c on c.id = m.comment_id
left join dialogue_thread t on t.id = c.thread_id
left join experience e on e.id = m.experience_id
left join requirement r on r.id = e.requirement_id
join organisation o on o.id = m.organisation_id
where may_see(coalesce(t.audience, e.audience), case when e.id is null then t.owner_org end, 0::smallint, '{}')
  and (t.id is null or not dialogue_is_held(t.sent_by) and not dialogue_is_held(c.sent_by))
order by m.number desc limit $1
