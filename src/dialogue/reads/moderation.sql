-- What waits to be moderated, oldest first. $1 viewer level · $2 viewer organisations · $3 since of the key or null · $4 its number · $5 most
select jsonb_build_object(
    'total', (select count(distinct r.comment_id) from dialogue_report r join dialogue_comment c on c.id = r.comment_id
              where r.closed_at is null and may_see(c.audience, c.owner_org, $1, $2))
           + (select count(distinct r.experience_id) from dialogue_report r join experience e on e.id = r.experience_id
              where r.closed_at is null and e.withdrawn_at is null and may_see(e.audience, e.owner_org, $1, $2)),
    'rows', coalesce((
        select jsonb_agg(jsonb_build_object('comment', x.id, 'number', x.number, 'since', x.since, 'reports', x.reports, 'rules', x.rules, 'objects', x.objects,
                'cited', coalesce(t.cited, 'KB-' || lpad(r.number::text, greatest(4, length(r.number::text)), '0')),
                'audience', x.audience, 'experience', t.id is null,
                'text', case when t.id is null then experience_masked(x.id, x.text) else dialogue_masked(x.id, x.text) end,
                'name', w.name, 'organisation', o.name_sv) order by x.since, x.number)
        from (
            select u.* from (
                select c.id, c.number, c.thread_id, null::uuid as requirement_id, c.text, c.audience, c.author_id, c.organisation_id,
                       min(p.at) as since, count(*) as reports,
                       coalesce(array_agg(distinct p.rule) filter (where p.rule is not null), '{}') as rules, bool_or(p.kind = 'objection') as objects
                from dialogue_report p join dialogue_comment c on c.id = p.comment_id
                where p.closed_at is null and may_see(c.audience, c.owner_org, $1, $2)
                group by c.id
                union all
                select e.id, -e.number, null, e.requirement_id, experience_words(e), e.audience, e.author_id, e.owner_org,
                       min(p.at), count(*),
                       coalesce(array_agg(distinct p.rule) filter (where p.rule is not null), '{}'), bool_or(p.kind = 'objection')
                from dialogue_report p join experience e on e.id = p.experience_id
                where p.closed_at is null and e.withdrawn_at is null and may_see(e.audience, e.owner_org, $1, $2)
                group by e.id
            ) u
            where $3::timestamptz is null or (u.since, u.number) > ($3, $4::bigint)
            order by u.since, u.number limit $5
        ) x
        left join dialogue_thread t on t.id = x.thread_id
        left join requirement r on r.id = x.requirement_id
        join person w on w.id = x.author_id
        join organisation o on o.id = x.organisation_id), '[]')
) as "waiting!: sqlx::types::Json<Waiting>"
