-- What was said of a version in a draft of a decision was said of the text as it stood: where a version that was ready goes back, or
-- is written anew as it waits, whoever decides says it again. The reason is kept as it was typed.
create function forget_outcome() returns trigger
    language plpgsql as $$
begin
    update decision_draft_item set outcome = null where version_id = new.id and outcome is not null;
    return null;
end
$$;
create trigger requirement_version_judged_anew after update on requirement_version
    for each row when (old.state = 'ready' and new.state in ('preparation', 'ready') and new.lock_version <> old.lock_version)
    execute function forget_outcome();

-- A question on what is repealed, or on a proposal that is answered, waits for nobody: there it can only be read.
create or replace function waiting_dialogue(viewer_level smallint, viewer_orgs uuid[], now timestamptz)
    returns table (kind text, since timestamptz, number bigint, subject_id uuid)
    language sql stable
begin atomic
    select 'comment', min(r.at), c.number, c.id
    from dialogue_report r join dialogue_comment c on c.id = r.comment_id
    where r.closed_at is null and may_see(c.audience, c.owner_org, viewer_level, viewer_orgs)
    group by c.id
    union all
    select 'question', t.created_at + interval '10 days', t.number, t.id
    from dialogue_thread t join dialogue_comment c on c.id = t.id
    where t.kind = 'question' and t.state = 'open' and t.created_at <= now - interval '10 days' and c.state = 'shown'
      and not dialogue_is_held(t.sent_by) and may_see(t.audience, t.owner_org, viewer_level, viewer_orgs)
      and not exists (select from requirement_repeal p where p.requirement_id = t.requirement_id and p.effective <= now)
      and not exists (
          select from proposal p
          where t.subject_kind = 'proposal' and p.id = t.subject_id
            and p.state in ('merged', 'withdrawn', 'accepted', 'partly_accepted', 'rejected'));
end;
