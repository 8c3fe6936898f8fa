-- What regions and other authorities have met with when they used a version of a requirement.
create table experience (
    id              uuid primary key,
    requirement_id  uuid not null references requirement,
    version_id      uuid not null,
    -- everybody, or regions and the network
    audience        smallint not null check (audience in (0, 10)),
    owner_org       uuid not null references organisation,
    author_id       uuid not null references person,
    asked           text not null default '' check (length(asked) <= 2000),
    review          text not null check (review in ('none', 'stood', 'partly', 'fell', 'pending')),
    review_said     text not null default '' check (length(review_said) <= 2000),
    verified        text not null check (verified in ('yes', 'partly', 'no', 'not_yet')),
    verified_said   text not null default '' check (length(verified_said) <= 2000),
    hours           int check (hours between 0 and 10000),
    advice          text not null default '' check (length(advice) <= 2000),
    created_at      timestamptz not null,
    -- when its author took it back
    withdrawn_at    timestamptz,
    form_key        uuid not null,
    unique (author_id, form_key),
    foreign key (version_id, requirement_id) references requirement_version (id, requirement_id)
);
create index experience_requirement on experience (requirement_id, created_at desc, id desc);
create index experience_author on experience (author_id);

create function guard_experience() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.withdrawn_at is not null
        or (to_jsonb(new) - 'withdrawn_at') is distinct from (to_jsonb(old) - 'withdrawn_at') then
        raise exception 'an experience stays as it was written, or is taken back'
            using errcode = 'integrity_constraint_violation', constraint = 'experience_kept';
    end if;
    return new;
end
$$;
create trigger experience_guarded before update or delete on experience
    for each row execute function guard_experience();
