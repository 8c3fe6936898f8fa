-- What waits to be moderated, oldest first. $1 viewer level · $2 viewer organisations · $3 since of the key or null · $4 its number · $5 most
select jsonb_build_object(
    'total', (select count(distinct r.comment_id) from dialogue_report r join dialogue_comment c on c.id = r.comment_id
              where r.closed_at is null and may_see(c.audience, c.owner_org, $1, $2)),
    'rows', coalesce((
        select jsonb_agg(jsonb_build_object('comment', x.id, 'number', x.number, 'since', x.since, 'reports', x.reports, 'rules', x.rules, 'objects', x.objects,
                'cited', t.cited, 'state', x.state, 'audience', t.audience, 'text', dialogue_masked(x.id, x.text),
                'name', w.name, 'organisation', o.name_sv) order by x.since, x.number)
        from (
            select c.id, c.number, c.thread_id, c.text, c.state, c.author_id, c.organisation_id, min(r.at) as since, count(*) as reports,
                   coalesce(array_agg(distinct r.rule) filter (where r.rule is not null), '{}') as rules, bool_or(r.kind = 'objection') as objects
            from dialogue_report r join dialogue_comment c on c.id = r.comment_id
            where r.closed_at is null and may_see(c.audience, c.owner_org, $1, $2)
            group by c.id
            having $3::timestamptz is null or (min(r.at), c.number) > ($3, $4::bigint)
            order by min(r.at), c.number limit $5
        ) x
        join dialogue_thread t on t.id = x.thread_id
        join person w on w.id = x.author_id
        join organisation o on o.id = x.organisation_id), '[]')
) as "waiting!: sqlx::types::Json<Waiting>"
