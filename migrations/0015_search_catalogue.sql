-- Programs hold a short catalogue of what can be found in memory, to count and order without reading every row. Every
-- transaction that changes documents gets a generation; a program whose catalogue is of an older one takes up the
-- difference before it answers.

create table search_generation (
    singleton boolean primary key default true check (singleton),
    last      bigint not null default 0 check (last >= 0)
);
insert into search_generation default values;

-- One row for each transaction that changed documents; its generation is given when it commits.
create table search_commit (
    xid        xid8 primary key,
    generation bigint unique
);

-- The last transaction that changed the documents of a subject.
create table search_change (
    kind       text not null,
    subject_id uuid not null,
    xid        xid8 not null references search_commit,
    primary key (kind, subject_id)
);
create index search_change_commit on search_change (xid);

-- The counter is taken at the very end of a transaction: generations follow the order of commits, and nobody waits for
-- another lock while holding it.
create function give_search_generation() returns trigger
    language plpgsql as $$
declare
    next bigint;
begin
    update search_generation set last = last + 1 returning last into next;
    update search_commit set generation = next where xid = new.xid;
    return null;
end
$$;
create constraint trigger search_commit_counted after insert on search_commit
    deferrable initially deferred
    for each row execute function give_search_generation();

-- Whether there is an English title can be counted like everything else.
update search_document d set facets = facets || array['lang:en']
    from version_english e
    where d.kind = 'requirement' and e.version_id = d.id and e.title is not null;

-- What a list shows of a version. The planner takes it as a part of the query that calls it.
create function listed_requirement(viewer_level smallint, viewer_orgs uuid[], now timestamptz, today date)
    returns table (
        id uuid, requirement_id uuid, number bigint, version int, title text, title_en text, type text, level text,
        valid tstzrange, standing text, takes_effect date, stopped boolean, overdue boolean, relation text, change_note text, parameters jsonb,
        group_slug text, group_sv text, group_en text, body text
    )
    language sql stable
begin atomic
    select v.id, r.id, r.number, v.number, v.title, e.title, v.type, v.level, v.valid,
           case when lower(v.valid) > now then 'coming'
                when v.valid @> now then 'current'
                when exists (select from requirement_repeal p where p.version_id = v.id) then 'repealed'
                else 'superseded' end,
           (lower(v.valid) at time zone 'Europe/Stockholm')::date,
           exists (select from requirement_stop t where t.requirement_id = r.id and t.valid @> now),
           coalesce(r.review_by < today, false),
           r.relation_to_lower, v.change_note, v.parameters, g.slug, g.name_sv, g.name_en, d.body
    from search_document d
    join requirement_version v on v.id = d.id
    join requirement r on r.id = v.requirement_id
    join product_group g on g.id = r.product_group_id
    left join version_english e on e.version_id = v.id
    where d.kind = 'requirement' and may_see(d.audience, d.owner_org, viewer_level, viewer_orgs);
end;

-- A version as open data gives it, of those that anybody may have who may see it at all.
create function published_version(viewer_level smallint, viewer_orgs uuid[], now timestamptz)
    returns table (id uuid, number bigint, version int, state text, valid tstzrange, body json)
    language sql stable
begin atomic
    select v.id, r.number, v.number, v.state, v.valid, json_build_object(
               'number', r.number, 'version', v.number, 'state', v.state, 'origin', v.origin,
               'valid_from', lower(v.valid), 'valid_to', upper(v.valid), 'decided_at', v.decided_at,
               'canonical', v.canonical, 'sha256', encode(v.sha256, 'hex'), 'hash_scheme', v.hash_scheme,
               'not_shown_since', v.not_shown_since, 'not_shown_reason', v.not_shown_reason,
               'changes', v.changes, 'change_note', v.change_note, 'running_contracts', v.running_contracts,
               'transition_until', v.transition_until,
               'english', (select json_build_object('title', e.title, 'rationale', e.rationale, 'evidence', e.evidence)
                           from version_english e where e.version_id = v.id),
               'clauses', (select coalesce(json_agg(json_build_object('id', c.clause_id, 'text', c.text, 'text_en', ce.text) order by c.position), '[]')
                           from version_clause c left join clause_english ce on ce.version_id = c.version_id and ce.clause_id = c.clause_id
                           where c.version_id = v.id),
               'family', (select f.slug from requirement_family f where f.id = r.family_id), 'relation', r.relation_to_lower,
               'guidance', r.guidance, 'limitations', r.limitations, 'builds_on', r.builds_on,
               'agenda_goals', r.agenda_goals, 'eforms', r.eforms, 'review_by', r.review_by,
               'cpv', (select coalesce(json_agg(c.code order by c.code), '[]') from requirement_cpv c where c.requirement_id = r.id),
               'objectives', (select coalesce(json_agg(o.objective order by o.objective), '[]')
                              from requirement_objective o where o.requirement_id = r.id),
               'group', (select json_build_object('slug', g.slug, 'name', g.name_sv, 'area', a.slug, 'area_name', a.name_sv)
                         from product_group g join product_area a on a.id = g.area_id where g.id = r.product_group_id),
               'decision', (select json_build_object('number', d.number, 'kind', d.kind, 'decided_at', d.decided_at, 'reference', d.reference)
                            from decision d where d.id = v.decision_id),
               'stopped', (select json_build_object('since', lower(t.valid), 'reason', t.reason)
                           from requirement_stop t where t.requirement_id = r.id and t.valid @> now),
               'repealed', (select json_build_object('effective', p.effective, 'reason', p.reason, 'here', p.version_id = v.id, 'successors', (
                                select coalesce(json_agg(json_build_object('number', sr.number, 'kind', s.kind) order by sr.number), '[]')
                                from requirement_successor s join requirement sr on sr.id = s.successor_id
                                where s.requirement_id = r.id and exists (
                                    select from requirement_version sv
                                    where sv.requirement_id = sr.id and sv.state = 'decided' and may_see(sv.audience, sv.owner_org, viewer_level, viewer_orgs))))
                            from requirement_repeal p where p.requirement_id = r.id),
               'updated_at', greatest(
                   v.decided_at,
                   case when r.maintained_at <= now then r.maintained_at end,
                   case when lower(v.valid) <= now then lower(v.valid) end,
                   case when upper(v.valid) <= now then upper(v.valid) end,
                   (select max(lower(t.valid)) from requirement_stop t where t.requirement_id = r.id and lower(t.valid) <= now),
                   (select max(u.at) from event u where u.subject_kind = 'requirement' and u.subject_id = r.id and u.at <= now
                       and may_see(u.audience, u.owner_org, viewer_level, viewer_orgs)))
           )
    from requirement_version v
    join requirement r on r.id = v.requirement_id
    where v.state in ('decided', 'revoked') and may_see(v.audience, v.owner_org, viewer_level, viewer_orgs);
end;
