-- What was met with is moderated as what is said in threads is: reported, hidden with a reason, with passages left out; by the same
-- people, for the same rules, in the same log.
alter table experience
    add column number bigint generated always as identity unique,
    add column state text not null default 'shown' check (state in ('shown', 'hidden')),
    add column state_since timestamptz,
    add column rule text check (rule in ('personal_data', 'secrecy', 'offensive', 'copyright', 'advertising', 'off_topic')),
    add column reason text check (length(reason) between 1 and 1000),
    add check ((state = 'hidden') = (rule is not null)),
    add check ((rule is null) = (reason is null));

create or replace function guard_experience() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.withdrawn_at is not null
        or (to_jsonb(new) - '{withdrawn_at,state,state_since,rule,reason}'::text[])
           is distinct from (to_jsonb(old) - '{withdrawn_at,state,state_since,rule,reason}'::text[]) then
        raise exception 'an experience stays as it was written, is hidden, or is taken back'
            using errcode = 'integrity_constraint_violation', constraint = 'experience_kept';
    end if;
    return new;
end
$$;

-- A report, a line of the log and a passage are about a comment or about what was met with.
alter table dialogue_report
    alter column comment_id drop not null,
    add column experience_id uuid references experience,
    add check (num_nonnulls(comment_id, experience_id) = 1);
create unique index dialogue_report_experience_once on dialogue_report (experience_id, person_id, kind)
    where closed_at is null and experience_id is not null;
create index dialogue_report_experience on dialogue_report (experience_id) where experience_id is not null;
alter table dialogue_moderation
    alter column comment_id drop not null,
    add column experience_id uuid references experience,
    add check (num_nonnulls(comment_id, experience_id) = 1);
create index dialogue_moderation_experience on dialogue_moderation (experience_id) where experience_id is not null;
alter table dialogue_mask
    alter column comment_id drop not null,
    add column experience_id uuid references experience,
    add check (num_nonnulls(comment_id, experience_id) = 1);
create index dialogue_mask_experience on dialogue_mask (experience_id) where experience_id is not null;

create or replace function guard_dialogue_report() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.closed_at is not null
        or (new.id, new.comment_id, new.experience_id, new.kind, new.rule, new.reason, new.person_id, new.organisation_id, new.at)
           is distinct from (old.id, old.comment_id, old.experience_id, old.kind, old.rule, old.reason, old.person_id, old.organisation_id, old.at) then
        raise exception 'a report is closed once, and stays as it was sent'
            using errcode = 'integrity_constraint_violation', constraint = 'dialogue_report_kept';
    end if;
    return new;
end
$$;

-- A text as it may be read: of a comment, or of what was met with.
create function experience_masked(of_experience uuid, words text) returns text
    language plpgsql stable as $$
declare
    found record;
begin
    for found in
        select k.passage from dialogue_mask k join dialogue_moderation m on m.id = k.moderation_id
        where k.experience_id = of_experience order by m.number
    loop
        words := replace(words, found.passage, '[uppgift utelämnad]');
    end loop;
    return words;
end
$$;

-- All that is told in words, as those who moderate read it.
create function experience_words(e experience) returns text
    language sql stable
    return concat_ws(E'\n\n', nullif(e.asked, ''), nullif(e.review_said, ''), nullif(e.verified_said, ''), nullif(e.advice, ''));

-- What waits of the dialogue: comments by their first open report, what was met with likewise (with numbers below nought, which no
-- comment has), and questions from their eleventh day. A question on what is repealed, or on a proposal that is answered, waits for nobody.
create or replace function waiting_dialogue(viewer_level smallint, viewer_orgs uuid[], now timestamptz)
    returns table (kind text, since timestamptz, number bigint, subject_id uuid)
    language sql stable
begin atomic
    select 'comment', min(r.at), c.number, c.id
    from dialogue_report r join dialogue_comment c on c.id = r.comment_id
    where r.closed_at is null and may_see(c.audience, c.owner_org, viewer_level, viewer_orgs)
    group by c.id
    union all
    select 'comment', min(r.at), -e.number, e.id
    from dialogue_report r join experience e on e.id = r.experience_id
    where r.closed_at is null and e.withdrawn_at is null and may_see(e.audience, e.owner_org, viewer_level, viewer_orgs)
    group by e.id
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
