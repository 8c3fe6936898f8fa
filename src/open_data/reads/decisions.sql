-- Decisions that are made, the latest first, one more than the page holds; and when anything was last added to any of them. All of
-- them are public; of what was sent back or refused, no more than the viewer may see.
-- $1 viewer level · $2 viewer organisations · $3 number of the only one, or null, and $4 its year · $5 kinds, none for all
-- $6 number of the requirement or null · $7 areas · $8 groups as area/group or group, none for all · $9 since when it changed, or null
-- $10 number to come after, or null · $11 to pass over · $12 page size · $13 the most items of each
with found as materialized (
    select * from (
        select d.id, d.number,
               greatest(d.decided_at, (select w.at from decision_review w where w.decision_id = d.id),
                   (select max(c.decided_at) from decision c where c.corrects = d.id)) as changed
        from decision d
        where ($3::bigint is null or (d.number = $3 and d.year is not distinct from $4::smallint))
          and (cardinality($5::text[]) = 0 or d.kind = any ($5))
          -- the number of what was sent back stands in the decision that everybody reads
          and ($6::bigint is null or exists (
              select from decision_item i join requirement_version v on v.id = i.version_id join requirement r on r.id = v.requirement_id
              where i.decision_id = d.id and r.number = $6))
          and (cardinality($7::text[]) = 0 and cardinality($8::text[]) = 0 or exists (
              select from decision_item i
              join requirement_version v on v.id = i.version_id and v.state in ('decided', 'revoked') and may_see(v.audience, v.owner_org, $1, $2)
              join requirement r on r.id = v.requirement_id
              join product_group g on g.id = r.product_group_id
              join product_area a on a.id = g.area_id
              where i.decision_id = d.id
                and (cardinality($7::text[]) = 0 or a.slug = any ($7))
                and (cardinality($8::text[]) = 0 or g.slug = any ($8) or a.slug || '/' || g.slug = any ($8))))) all_of_them
    where $9::timestamptz is null or changed >= $9
),
page as (
    select f.id, f.number from found f
    where $10::bigint is null or f.number < $10
    order by f.number desc offset $11 limit $12::bigint + 1
)
select json_build_object(
    'changed', (select max(f.changed) from found f),
    'total', (select count(*) from found),
    'items', (
        select coalesce(json_agg(json_build_object(
            'year', d.year, 'number', d.number, 'kind', d.kind, 'title', d.title, 'decided_at', d.decided_at,
            'body', d.body, 'met_on', d.met_on, 'paragraph', d.paragraph, 'dnr', d.dnr,
            'reasons', d.reasons, 'consequences', d.consequences, 'note', d.note,
            'reference', d.reference, 'file_name', d.file_name, 'file_sha256', encode(d.file_sha256, 'hex'),
            'decided_by', case when d.decided_by is not null then json_build_object('name', m.name, 'organisation', json_build_object(
                'slug', case when o.listed then o.slug end, 'name', o.name_sv, 'name_en', o.name_en)) end,
            'emergency', d.emergency, 'review_by', d.review_by,
            'review', (
                select json_build_object('at', w.at, 'note', w.note, 'by', json_build_object('name', wp.name, 'organisation',
                    json_build_object('slug', case when wo.listed then wo.slug end, 'name', wo.name_sv, 'name_en', wo.name_en)))
                from decision_review w join organisation wo on wo.id = w.organisation_id join person wp on wp.id = w.person_id
                where w.decision_id = d.id),
            'corrects', (select json_build_object('year', c.year, 'number', c.number) from decision c where c.id = d.corrects),
            'corrected_by', (
                select coalesce(json_agg(json_build_object('year', c.year, 'number', c.number) order by c.number), '[]')
                from decision c where c.corrects = d.id),
            'proposals', (
                select coalesce(json_agg(json_build_object('year', p.year, 'number', p.number) order by p.year, p.number), '[]')
                from proposal p
                where p.answered_by = d.id and may_see(p.audience, p.owner_org, $1, $2)
                  and not exists (select from membership h where h.id = p.sent_by and not h.approved)),
            'item_count', (select count(*) from decision_item i where i.decision_id = d.id),
            'items', (
                select coalesce(json_agg(json_build_object(
                    'number', r.number, 'version', v.number, 'kind', i.kind, 'outcome', i.outcome, 'cause', i.cause, 'reason', i.reason,
                    'effective_at', coalesce(i.effective, case when d.kind = 'import' then lower(v.valid) end),
                    'seen', s.seen,
                    'title', case when s.seen and v.not_shown_since is null then v.title end,
                    'change_note', case when s.seen and v.not_shown_since is null then v.change_note else '' end,
                    'sha256', case when s.seen then encode(v.sha256, 'hex') end,
                    'text_hidden', s.seen and v.not_shown_since is not null,
                    'successors', (
                        select coalesce(json_agg(json_build_object('number', sr.number, 'kind', x.kind) order by sr.number), '[]')
                        from decision_successor x join requirement sr on sr.id = x.successor_id
                        where x.decision_id = d.id and x.version_id = v.id)
                ) order by i.position, r.number), '[]')
                from (select n.* from decision_item n join requirement_version nv on nv.id = n.version_id
                      join requirement nr on nr.id = nv.requirement_id
                      where n.decision_id = d.id order by n.position, nr.number limit $13) i
                join requirement_version v on v.id = i.version_id
                join requirement r on r.id = v.requirement_id
                cross join lateral (
                    select v.state in ('decided', 'revoked') and may_see(v.audience, v.owner_org, $1, $2) as seen) s)
        ) order by d.number desc), '[]')
        from page f
        join decision d on d.id = f.id
        left join person m on m.id = d.decided_by
        left join organisation o on o.id = d.decided_org)
) as "list!: sqlx::types::Json<DecisionRows>"
