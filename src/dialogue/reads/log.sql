-- The log of moderation as everybody may read it, latest first; of internal threads and of what is held there is nothing.
-- $1 most
select m.at as "at!", t.cited as "cited!", c.id as "comment!", m.action as "action!", m.rule, m.reason as "reason!", o.name_sv as "organisation!"
from dialogue_moderation m
join dialogue_comment c on c.id = m.comment_id
join dialogue_thread t on t.id = c.thread_id
join organisation o on o.id = m.organisation_id
where may_see(t.audience, t.owner_org, 0::smallint, '{}') and not dialogue_is_held(t.sent_by) and not dialogue_is_held(c.sent_by)
order by m.number desc limit $1
