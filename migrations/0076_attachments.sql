-- Files that hang on what people write. What they hang on says who sees them: of a draft its organisation, of what was sent in
-- everybody.

create table attachment (
    id           uuid primary key,
    -- what it hangs on
    subject_kind text not null check (subject_kind in ('proposal')),
    subject_id   uuid not null,
    -- `draft` until what it hangs on is sent in; `given` from then on; `leaving` where its authors took it away while they
    -- complete what was sent in, and others see it until that is sent again
    state        text not null default 'draft' check (state in ('draft', 'given', 'leaving')),
    audience     smallint not null,
    owner_org    uuid not null references organisation,
    person_id    uuid not null references person,
    at           timestamptz not null,
    given_at     timestamptz,
    name         text not null check (length(name) between 1 and 200 and name !~ '[\u0001-\u001f\u007f/\\]'),
    media_type   text not null check (media_type in (
        'application/pdf', 'image/png', 'image/jpeg',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')),
    bytes        bigint not null check (bytes between 1 and 10485760),
    sha256       bytea not null check (length(sha256) = 32),
    check ((state = 'draft') = (given_at is null)),
    check (audience = case when state = 'draft' then 100 else 0 end)
);
create index attachment_of on attachment (subject_kind, subject_id, at, id);
create index attachment_owner on attachment (owner_org);
create index attachment_person on attachment (person_id);
-- The same file hangs on the same thing once.
create unique index attachment_once on attachment (subject_kind, subject_id, sha256) where state <> 'leaving';

-- The file, a mebibyte a row.
create table attachment_part (
    attachment_id uuid not null references attachment on delete cascade,
    part          int not null check (part >= 0),
    bytes         bytea not null check (length(bytes) between 1 and 1048576),
    primary key (attachment_id, part)
);
alter table attachment_part alter column bytes set storage external;

-- Whether what it hangs on is being written; null where that is gone.
create function attachment_is_written(of_kind text, of_subject uuid)
    returns boolean
    language sql stable
    return (select p.state in ('draft', 'returned') from proposal p where of_kind = 'proposal' and p.id = of_subject);

create function guard_attachment() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'draft' or attachment_is_written(new.subject_kind, new.subject_id) is not true then
            raise exception 'a file is laid to what is being written'
                using errcode = 'integrity_constraint_violation', constraint = 'attachment_frozen';
        end if;
        return new;
    end if;
    if tg_op = 'DELETE' then
        -- A draft takes its files with it.
        if attachment_is_written(old.subject_kind, old.subject_id) is not null
            and (old.state = 'given' or attachment_is_written(old.subject_kind, old.subject_id) is not true) then
            raise exception 'what was sent in is kept'
                using errcode = 'integrity_constraint_violation', constraint = 'attachment_kept';
        end if;
        return old;
    end if;
    if (new.id, new.subject_kind, new.subject_id, new.owner_org, new.person_id, new.at, new.name, new.media_type, new.bytes, new.sha256)
            is distinct from (old.id, old.subject_kind, old.subject_id, old.owner_org, old.person_id, old.at, old.name, old.media_type,
             old.bytes, old.sha256)
        or (new.state, old.state) not in (('given', 'draft'), ('leaving', 'given'))
        or (old.given_at is not null and new.given_at is distinct from old.given_at)
        or attachment_is_written(new.subject_kind, new.subject_id) is not true then
        raise exception 'a file stands as it was sent'
            using errcode = 'integrity_constraint_violation', constraint = 'attachment_frozen';
    end if;
    return new;
end
$$;
create trigger attachment_guarded before insert or update or delete on attachment
    for each row execute function guard_attachment();

-- Its content is written once, and goes with it.
create function guard_attachment_part() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'UPDATE'
        or (tg_op = 'DELETE' and exists (select from attachment a where a.id = old.attachment_id))
        or (tg_op = 'INSERT' and not exists (select from attachment a where a.id = new.attachment_id and a.state = 'draft')) then
        raise exception 'a file stands as it was sent'
            using errcode = 'integrity_constraint_violation', constraint = 'attachment_frozen';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger attachment_part_guarded before insert or update or delete on attachment_part
    for each row execute function guard_attachment_part();

-- A draft that is thrown away takes its files with it.
create function discard_attachments() returns trigger
    language plpgsql as $$
begin
    delete from attachment where subject_kind = tg_argv[0] and subject_id = old.id;
    return null;
end
$$;
create trigger proposal_attachments_discarded after delete on proposal
    for each row execute function discard_attachments('proposal');

-- The files of something in the order they came: for its authors those that it has as they write it, else those that everybody
-- may see. Whoever asks has asked whether the viewer may see what they hang on.
create function attachments_of(of_kind text, of_subject uuid, as_written boolean)
    returns jsonb
    language sql stable
    return coalesce((
        select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'media_type', a.media_type, 'bytes', a.bytes,
            'sha256', encode(a.sha256, 'hex')) order by a.at, a.id)
        from attachment a
        where a.subject_kind = of_kind and a.subject_id = of_subject
          and case when as_written then a.state <> 'leaving' else may_see(a.audience, a.owner_org, 0::smallint, '{}') end), '[]');
