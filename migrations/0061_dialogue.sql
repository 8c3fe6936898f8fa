-- Talk about requirements and proposals: threads, their comments, what was written before, reports, moderation.

-- A thread is about a version of a requirement, or one clause of it as it was, or about something that another slice keeps.
create table dialogue_thread (
    -- that of the comment which opens it
    id              uuid primary key,
    number          bigint generated always as identity unique,
    subject_kind    text not null check (subject_kind in ('requirement', 'proposal')),
    subject_id      uuid not null,
    -- as the subject is cited, which never changes
    cited           text not null check (cited ~ '^(KB|F)-[0-9-]{4,24}$'),
    requirement_id  uuid references requirement,
    version_id      uuid,
    clause_id       uuid references clause,
    -- the clause as people read it when the thread was begun
    quote           text check (length(quote) between 1 and 20000),
    group_id        uuid not null references product_group,
    kind            text not null check (kind in ('question', 'comment', 'market', 'suggestion')),
    state           text not null check (state in ('open', 'answered', 'solved')),
    -- everybody; regions and the network; the network alone
    audience        smallint not null check (audience in (0, 10, 20)),
    owner_org       uuid references organisation,
    author_id       uuid not null references person,
    organisation_id uuid not null references organisation,
    -- as whose word it was written; it is held as long as nobody has approved that membership
    sent_by         uuid not null references membership,
    created_at      timestamptz not null,
    state_since     timestamptz not null,
    state_by        uuid references person,
    state_org       uuid references organisation,
    unique (id, audience),
    foreign key (version_id, requirement_id) references requirement_version (id, requirement_id),
    check ((subject_kind = 'requirement') = (requirement_id is not null)),
    check ((requirement_id is null) = (version_id is null)),
    check (requirement_id is null or requirement_id = subject_id),
    check ((clause_id is null) = (quote is null)),
    check (clause_id is null or requirement_id is not null),
    -- what is internal is nobody's but those who prepare
    check (audience = 0 or owner_org is null)
);
create index dialogue_thread_subject on dialogue_thread (subject_kind, subject_id);
create index dialogue_thread_requirement on dialogue_thread (requirement_id) where requirement_id is not null;
create index dialogue_thread_author on dialogue_thread (author_id);
create index dialogue_thread_unanswered on dialogue_thread (created_at) where kind = 'question' and state = 'open';

create table dialogue_comment (
    id              uuid primary key,
    number          bigint generated always as identity unique,
    -- the comment with the id of its thread opens it, and all others reply: there is no third depth
    thread_id       uuid not null,
    -- to which of the thread it answers
    answers         uuid,
    audience        smallint not null,
    owner_org       uuid references organisation,
    author_id       uuid not null references person,
    organisation_id uuid not null references organisation,
    sent_by         uuid not null references membership,
    -- whether the person is named, or the organisation alone
    name_shown      boolean not null,
    -- spoken for those who prepare
    official        text check (official in ('lmc', 'area')),
    language        text not null check (language in ('sv', 'en')),
    text            text not null check (length(text) between 1 and 4000),
    state           text not null check (state in ('shown', 'deleted', 'hidden')),
    state_since     timestamptz not null,
    -- why it is hidden
    rule            text check (rule in ('personal_data', 'secrecy', 'offensive', 'copyright', 'advertising', 'off_topic')),
    reason          text check (length(reason) between 1 and 1000),
    edited_at       timestamptz,
    created_at      timestamptz not null,
    form_key        uuid not null,
    unique (id, thread_id),
    unique (author_id, form_key),
    foreign key (thread_id, audience) references dialogue_thread (id, audience),
    foreign key (answers, thread_id) references dialogue_comment (id, thread_id),
    check (answers is distinct from id),
    check (id <> thread_id or (answers is null and official is null)),
    check (audience = 0 or owner_org is null),
    check ((state = 'hidden') = (rule is not null)),
    check ((rule is null) = (reason is null))
);
create index dialogue_comment_thread on dialogue_comment (thread_id, number);
create index dialogue_comment_answers on dialogue_comment (answers) where answers is not null;
create index dialogue_comment_author on dialogue_comment (author_id, created_at desc);

-- What a comment said before it was edited.
create table dialogue_comment_version (
    comment_id uuid not null references dialogue_comment,
    place      int not null check (place > 0),
    text       text not null check (length(text) between 1 and 4000),
    -- until when it stood
    until      timestamptz not null,
    primary key (comment_id, place)
);
create trigger dialogue_comment_version_append_only before update or delete on dialogue_comment_version
    for each row execute function refuse_change();

-- That somebody thinks that a comment breaks a rule, or that its author thinks that it does not.
create table dialogue_report (
    id              uuid primary key,
    comment_id      uuid not null references dialogue_comment,
    kind            text not null check (kind in ('report', 'objection')),
    rule            text check (rule in ('personal_data', 'secrecy', 'offensive', 'copyright', 'advertising', 'off_topic')),
    reason          text not null check (length(reason) between 1 and 1000),
    person_id       uuid not null references person,
    organisation_id uuid not null references organisation,
    at              timestamptz not null,
    closed_at       timestamptz,
    closed_by       uuid references person,
    outcome         text check (outcome in ('hidden', 'masked', 'dismissed', 'restored', 'kept', 'deleted')),
    check ((kind = 'report') = (rule is not null)),
    check ((closed_at is null) = (outcome is null))
);
create unique index dialogue_report_once on dialogue_report (comment_id, person_id, kind) where closed_at is null;
create index dialogue_report_open on dialogue_report (at, id) where closed_at is null;
create index dialogue_report_comment on dialogue_report (comment_id);
create index dialogue_report_person on dialogue_report (person_id);

-- What was done by those who moderate, which is public without the words that it is about.
create table dialogue_moderation (
    id              uuid primary key,
    number          bigint generated always as identity unique,
    comment_id      uuid not null references dialogue_comment,
    action          text not null check (action in ('hide', 'mask', 'dismiss', 'restore', 'keep')),
    rule            text check (rule in ('personal_data', 'secrecy', 'offensive', 'copyright', 'advertising', 'off_topic')),
    reason          text not null check (length(reason) between 1 and 1000),
    person_id       uuid not null references person,
    organisation_id uuid not null references organisation,
    at              timestamptz not null,
    check ((action in ('hide', 'mask')) = (rule is not null))
);
create index dialogue_moderation_comment on dialogue_moderation (comment_id);
create index dialogue_moderation_person on dialogue_moderation (person_id);
create trigger dialogue_moderation_append_only before update or delete on dialogue_moderation
    for each row execute function refuse_change();

-- Passages that are left out wherever the comment is read.
create table dialogue_mask (
    moderation_id uuid primary key references dialogue_moderation,
    comment_id    uuid not null references dialogue_comment,
    passage       text not null check (length(passage) between 1 and 1000)
);
create index dialogue_mask_comment on dialogue_mask (comment_id);
create trigger dialogue_mask_append_only before update or delete on dialogue_mask
    for each row execute function refuse_change();

-- A text of a comment as it may be read.
create function dialogue_masked(of_comment uuid, words text) returns text
    language plpgsql stable as $$
declare
    found record;
begin
    for found in
        select k.passage from dialogue_mask k join dialogue_moderation m on m.id = k.moderation_id
        where k.comment_id = of_comment order by m.number
    loop
        words := replace(words, found.passage, '[uppgift utelämnad]');
    end loop;
    return words;
end
$$;

-- What nobody has approved yet is there for its author alone.
create function dialogue_is_held(membership_id uuid) returns boolean
    language sql stable
    return exists (select from membership m where m.id = membership_id and not m.approved);

-- Whether somebody may read a thread: by its audience, or since they look after the area that it is in.
create function may_read_thread(t dialogue_thread, viewer_level smallint, viewer_orgs uuid[], person uuid, acting uuid, today date, now timestamptz)
    returns boolean
    language sql stable
    return (may_see(t.audience, t.owner_org, viewer_level, viewer_orgs)
            or (person is not null and coordinates_group(person, acting, t.group_id, today, now)))
       and (coalesce(t.author_id = person, false) or not dialogue_is_held(t.sent_by));

-- Whether a comment is listed: what its author took away is as long as somebody has answered it.
create function dialogue_stands(c dialogue_comment, person uuid) returns boolean
    language sql stable
    return (coalesce(c.author_id = person, false) or not dialogue_is_held(c.sent_by))
       and (c.state <> 'deleted' or exists (
               select from dialogue_comment a
               where a.thread_id = c.thread_id and a.id <> c.id and a.state <> 'deleted' and (c.id = c.thread_id or a.answers = c.id)
                 and (coalesce(a.author_id = person, false) or not dialogue_is_held(a.sent_by))));

create function guard_dialogue_thread() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'open' then
            raise exception 'a thread is born open'
                using errcode = 'integrity_constraint_violation', constraint = 'dialogue_thread_step';
        end if;
        return new;
    end if;
    if tg_op = 'DELETE' or (new.id, new.number, new.subject_kind, new.subject_id, new.cited, new.requirement_id, new.version_id, new.clause_id, new.quote,
        new.group_id, new.kind, new.audience, new.owner_org, new.author_id, new.organisation_id, new.sent_by, new.created_at)
        is distinct from (old.id, old.number, old.subject_kind, old.subject_id, old.cited, old.requirement_id, old.version_id, old.clause_id, old.quote,
        old.group_id, old.kind, old.audience, old.owner_org, old.author_id, old.organisation_id, old.sent_by, old.created_at) then
        raise exception 'a thread stays where it was begun'
            using errcode = 'integrity_constraint_violation', constraint = 'dialogue_thread_kept';
    end if;
    if new.state <> old.state and (old.state, new.state) not in (('open', 'answered'), ('open', 'solved'), ('answered', 'solved'), ('answered', 'open'), ('solved', 'open')) then
        raise exception 'from % to % is no step', old.state, new.state
            using errcode = 'integrity_constraint_violation', constraint = 'dialogue_thread_step';
    end if;
    return new;
end
$$;
create trigger dialogue_thread_guarded before insert or update or delete on dialogue_thread
    for each row execute function guard_dialogue_thread();

create function guard_dialogue_comment() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'shown' or new.edited_at is not null then
            raise exception 'a comment is born shown'
                using errcode = 'integrity_constraint_violation', constraint = 'dialogue_comment_step';
        end if;
        return new;
    end if;
    if tg_op = 'DELETE' or (new.id, new.number, new.thread_id, new.answers, new.audience, new.owner_org, new.author_id, new.organisation_id, new.sent_by,
        new.name_shown, new.official, new.language, new.created_at, new.form_key)
        is distinct from (old.id, old.number, old.thread_id, old.answers, old.audience, old.owner_org, old.author_id, old.organisation_id, old.sent_by,
        old.name_shown, old.official, old.language, old.created_at, old.form_key) then
        raise exception 'a comment stays where it was written'
            using errcode = 'integrity_constraint_violation', constraint = 'dialogue_comment_kept';
    end if;
    if new.state <> old.state and (old.state, new.state) not in (('shown', 'deleted'), ('shown', 'hidden'), ('hidden', 'shown')) then
        raise exception 'from % to % is no step', old.state, new.state
            using errcode = 'integrity_constraint_violation', constraint = 'dialogue_comment_step';
    end if;
    if new.text <> old.text then
        if old.state <> 'shown' or new.state <> 'shown' or new.edited_at is null then
            raise exception 'only what is shown is edited'
                using errcode = 'integrity_constraint_violation', constraint = 'dialogue_comment_step';
        end if;
        -- Half an hour after it was written, what it said before is kept.
        if new.edited_at > old.created_at + interval '30 minutes'
            and not exists (select from dialogue_comment_version v where v.comment_id = old.id and v.text = old.text) then
            raise exception 'what it said before is kept'
                using errcode = 'integrity_constraint_violation', constraint = 'dialogue_comment_versions';
        end if;
    end if;
    return new;
end
$$;
create trigger dialogue_comment_guarded before insert or update or delete on dialogue_comment
    for each row execute function guard_dialogue_comment();

create function guard_dialogue_report() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.closed_at is not null
        or (new.id, new.comment_id, new.kind, new.rule, new.reason, new.person_id, new.organisation_id, new.at)
           is distinct from (old.id, old.comment_id, old.kind, old.rule, old.reason, old.person_id, old.organisation_id, old.at) then
        raise exception 'a report is closed once, and stays as it was sent'
            using errcode = 'integrity_constraint_violation', constraint = 'dialogue_report_kept';
    end if;
    return new;
end
$$;
create trigger dialogue_report_guarded before update or delete on dialogue_report
    for each row execute function guard_dialogue_report();
