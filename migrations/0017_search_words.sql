-- Search by words in a large bank: rows that are short enough to be looked at by the thousand, one index that narrows by
-- facets as well as by words, another one for titles, and one place where page and API ask.

drop index search_document_tsv;
drop index search_document_facets;

-- What stands on one shelf stands together where things are shown by place: the order of area and group, and their slug.
alter table search_document add shelf text not null default '' check (length(shelf) <= 120);

-- When what everybody is told of it changed last, and when a stop that was to come begins: the rest is told by its validity.
alter table search_document add changed_at timestamptz, add stops_at timestamptz;

-- Long columns go out of line, so that to filter documents is not to read their texts.
alter table search_document set (toast_tuple_target = 128);
alter table search_document alter column facets set storage main;
alter table search_document alter column title set storage main;

-- The facets are lexemes as well, without place: no word that anybody types is like one. The beginnings of a CPV code, which
-- were facets too, are beginnings of such a lexeme.
update search_document d set
    facets = f.facets,
    tsv = d.tsv || array_to_tsvector(f.facets),
    shelf = coalesce(r.shelf, ''),
    changed_at = r.changed_at,
    stops_at = r.stops_at
    from (select kind, id, array(select distinct f from unnest(facets) f where f !~ '^cpv:[0-9]{2,7}$') as facets from search_document) f
    left join (
        select v.id, to_char(a.position, 'FM000000') || to_char(g.position, 'FM000000') || g.slug as shelf,
               greatest(v.decided_at, q.maintained_at, e.at) as changed_at, t.at as stops_at
        from requirement_version v
        join requirement q on q.id = v.requirement_id
        join product_group g on g.id = q.product_group_id
        join product_area a on a.id = g.area_id
        left join (select subject_id, max(at) as at from event
                   where subject_kind = 'requirement' and may_see(audience, owner_org, 0::smallint, '{}') group by subject_id) e on e.subject_id = q.id
        left join (select requirement_id, max(lower(valid)) as at from requirement_stop group by requirement_id) t on t.requirement_id = q.id
    ) r on f.kind = 'requirement' and r.id = f.id
    where f.kind = d.kind and f.id = d.id;

-- Drafts are found by nobody.
create index search_document_words on search_document using gin (tsv) with (fastupdate = off)
    where not 'state:open' = any (facets);
create index search_document_title on search_document using gin ((ts_filter(tsv, '{a}') || array_to_tsvector(facets)))
    with (fastupdate = off) where not 'state:open' = any (facets);

-- The documents of a kind that somebody may find, each with whether it stands where one of the four says, is overdue if that
-- is asked for, and has changed since, if that is.
create function findable_document(of_kind text, viewer_level smallint, viewer_orgs uuid[], now timestamptz, today date,
        current boolean, coming boolean, repealed boolean, superseded boolean, only_overdue boolean, since timestamptz)
    returns table (id uuid, number bigint, title text, valid tstzrange, tsv tsvector, facets text[], passes boolean)
    language sql stable
begin atomic
    select d.id, d.number, d.title, d.valid, d.tsv, d.facets,
           case when d.valid @> now then current
                when lower(d.valid) > now then coming
                when 'state:repealed' = any (d.facets) then repealed
                else superseded end
               and (not only_overdue or coalesce(d.review_by < today, false))
               and (since is null or d.changed_at >= since or lower(d.valid) between since and now
                    or upper(d.valid) between since and now or d.stops_at between since and now)
    from search_document d
    where d.kind = of_kind and may_see(d.audience, d.owner_org, viewer_level, viewer_orgs) and not 'state:open' = any (d.facets);
end;

-- What words find. `must` (a CPV code) has to be there too; `narrow` is what filters choose. So many documents (`most`) are
-- looked at: any of them where more have the words, but first those with the words in their titles. Each row is a hit, with
-- its place in the order: by relevance that of the first (`best`), those with the words in their titles first where there are
-- more. One row is none: it has all that was looked at whatever the filters, for these to count.
create function found_by_words(of_kind text, viewer_level smallint, viewer_orgs uuid[], now timestamptz, today date,
        words text, must tsquery, narrow tsquery, standings text[], only_overdue boolean, since timestamptz, sort text, most bigint, best bigint)
    returns table (id uuid, number bigint, place float8, name text, looked_at uuid[])
    language sql stable
begin atomic
    -- A query that has no word finds nothing. One that only leaves out would read the whole index; what is left in is what was
    -- ever decided.
    with asked as materialized (
        select x.words, x.wanted, x.wanted && narrow as narrowed,
               'current' = any (standings) as current, 'coming' = any (standings) as coming,
               'repealed' = any (standings) as repealed, 'superseded' = any (standings) as superseded
        from (
            select w.words, case when numnode(w.words) > 0 then
                       coalesce(w.words && must, case when querytree(w.words) = 'T' then w.words && $q$'state:decided' | 'state:repealed'$q$
                                                      else w.words end) end as wanted
            from (select websearch_to_tsquery('swedish', words) as words) w
        ) x
    ),
    looked_at as materialized (
        select d.id, d.number, d.tsv, case sort when 'number' then d.number when 'latest' then -extract(epoch from lower(d.valid)) end::float8 as place,
               case when sort = 'title' then d.title end as name, d.passes
        from asked a, findable_document(of_kind, viewer_level, viewer_orgs, now, today,
                                        a.current, a.coming, a.repealed, a.superseded, only_overdue, since) d
        where d.tsv @@ a.wanted
        limit most
    ),
    narrowed as materialized (
        select d.id, d.number, d.tsv, case sort when 'number' then d.number when 'latest' then -extract(epoch from lower(d.valid)) end::float8 as place,
               case when sort = 'title' then d.title end as name
        from asked a, findable_document(of_kind, viewer_level, viewer_orgs, now, today,
                                        a.current, a.coming, a.repealed, a.superseded, only_overdue, since) d
        where d.tsv @@ a.narrowed and d.passes
        limit most
    ),
    titled as materialized (
        select d.id, d.number, d.tsv, case sort when 'number' then d.number when 'latest' then -extract(epoch from lower(d.valid)) end::float8 as place,
               case when sort = 'title' then d.title end as name
        from asked a, findable_document(of_kind, viewer_level, viewer_orgs, now, today,
                                        a.current, a.coming, a.repealed, a.superseded, only_overdue, since) d
        where (select count(*) from looked_at l where narrow is null and l.passes) + (select count(*) from narrowed) > best
          and (ts_filter(d.tsv, '{a}') || array_to_tsvector(d.facets)) @@ coalesce(a.narrowed, a.wanted)
          and d.passes
        limit best
    ),
    hits as (
        select x.*, row_number() over () as row
        from (select t.* from titled t
              union all
              select l.id, l.number, l.tsv, l.place, l.name from looked_at l
              where narrow is null and l.passes and not exists (select from titled t where t.id = l.id)
              union all
              select n.* from narrowed n where not exists (select from titled t where t.id = n.id)) x
    )
    select h.id, h.number,
           case when sort = 'relevance' and h.row <= best then -ts_rank_cd('{0.1,0.25,0.5,1}', h.tsv, a.words, 1) else coalesce(h.place, 0) end,
           coalesce(h.name, ''), null::uuid[]
    from hits h, asked a
    union all
    select null, null, null, null, array(select l.id from looked_at l);
end;
