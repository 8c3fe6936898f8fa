-- What the bank holds about one person; one round trip. Each key of the object is a part: one here, one in
-- `pages/own_data/parts.rs`, one in docs/own-data.md. Never what lets somebody in, nor what it was made to.
-- $1 person · $2 the session in which it was asked for · $3 asked for after this · $4 the most of a list
with me as (
    select p.*, e.made_at from person p join person_export e on e.person_id = p.id
    where p.id = $1 and p.erased_at is null and e.session_id = $2 and e.made_at > $3
),
-- By the person, or about them; each of the two has its index.
log as materialized (
    select a.id, a.at, a.actor_kind, a.person_id, a.organisation_id, a.action, a.object_kind, a.object_id, a.old_value, a.new_value,
           a.reason, a.request_id
    from audit a
    where a.id in (select id from ((select id from audit where person_id = $1 order by id desc limit $4)
                                   union
                                   (select id from audit where object_kind = 'person' and object_id = $1 order by id desc limit $4)) both_logs
                   order by id desc limit $4)
),
named as (
    select o.id, jsonb_build_object('slug', o.slug, 'name_sv', o.name_sv, 'name_en', o.name_en) as organisation from organisation o
),
entry as (
    select l.id, l.action, l.person_id = $1 as own,
           jsonb_build_object('at', l.at, 'action', l.action, 'object_kind', l.object_kind, 'object_id', l.object_id,
               'organisation', n.organisation, 'old', l.old_value, 'new', l.new_value, 'reason', l.reason, 'request_id', l.request_id,
               'by', case when l.person_id = $1 then 'self' when l.person_id is not null then 'other_person' else l.actor_kind end) as line
    from log l left join named n on n.id = l.organisation_id
)
select jsonb_build_object(
    'exported_at', me.made_at,
    'profile', jsonb_build_array(jsonb_build_object('id', me.id, 'name', me.name, 'email', me.email,
        'email_verified_at', me.email_verified_at, 'language', me.language, 'created_at', me.created_at,
        'disabled_at', me.disabled_at,
        'email_refused_at', (select r.at from mail_refused r where r.person_id = me.id), 'example', me.example,
        'password_changed_at', (select w.changed_at from person_password w where w.person_id = me.id))),
    'memberships', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'organisation', n.organisation,
            'from', lower(m.valid), 'to', upper(m.valid),
            'roles', (select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'procurement_area', r.letter,
                          'from', lower(r.valid), 'to', upper(r.valid)) order by lower(r.valid), r.role), '[]')
                      from membership_role r where r.membership_id = m.id)) order by lower(m.valid), m.id), '[]')
        from membership m join named n on n.id = m.organisation_id where m.person_id = me.id),
    'sessions', (select coalesce(jsonb_agg(s.line), '[]') from (
        select jsonb_build_object('id', s.id, 'browser', s.browser, 'organisation', n.organisation, 'created_at', s.created_at,
            'last_seen_at', s.seen_at, 'proved_at', s.proved_at, 'second_factor_at', s.second_at, 'ends_at', s.ends_at,
            'ended_at', s.ended_at, 'ended_why', s.ended_why) as line
        from session s left join membership m on m.id = s.membership_id left join named n on n.id = m.organisation_id
        where s.person_id = me.id order by s.created_at desc limit $4) s),
    'second_factor', (select coalesce(jsonb_agg(jsonb_build_object('confirmed_at', f.confirmed_at,
            'recovery_codes_left', (select count(*) from recovery_code c where c.person_id = me.id and c.used_at is null),
            'recovery_codes_used', (select count(*) from recovery_code c where c.person_id = me.id and c.used_at is not null))), '[]')
        from second_factor f where f.person_id = me.id),
    'sign_in_services', (select coalesce(jsonb_agg(jsonb_build_object('issuer', i.issuer, 'subject', i.subject,
            'linked_at', i.linked_at, 'used_at', i.used_at) order by i.linked_at), '[]')
        from identity i where i.person_id = me.id),
    'password_links', (select coalesce(jsonb_agg(jsonb_build_object('created_at', l.created_at, 'ends_at', l.ends_at)), '[]')
        from password_link l where l.person_id = me.id),
    'sign_ins', (select coalesce(jsonb_agg(e.line order by e.id desc), '[]') from entry e where e.action like 'session.%'),
    'acts', (select coalesce(jsonb_agg(e.line order by e.id desc), '[]') from entry e where e.own and e.action not like 'session.%'),
    'about_me', (select coalesce(jsonb_agg(e.line order by e.id desc), '[]') from entry e
                 where e.own is not true and e.action not like 'session.%'),
    'letters', (select coalesce(jsonb_agg(l.line), '[]') from (
        select jsonb_build_object('kind', l.kind, 'subject', l.subject, 'address', l.address, 'language', l.language,
            'written_at', l.created_at, 'sent_at', l.sent_at, 'given_up_at', l.dead_at) as line
        from mail l where l.person_id = me.id order by l.created_at desc, l.id desc limit $4) l),
    -- What they sent signed in, and what came with their address, where it is known to be theirs.
    'fault_reports', (select coalesce(jsonb_agg(f.line), '[]') from (
        select jsonb_build_object('number', 'FR-' || lpad(f.number::text, greatest(4, length(f.number::text)), '0'), 'kind', f.kind,
            'state', f.state, 'requirement', (select 'KB-' || lpad(r.number::text, greatest(4, length(r.number::text)), '0')
                                              from requirement r where r.id = f.requirement_id),
            'topic', f.topic, 'text', f.text, 'place', f.place, 'assistive', f.assistive, 'language', f.language, 'email', f.email,
            'sent_at', f.created_at) as line
        from fault_report f
        where f.person_id = me.id or (lower(f.email) = lower(me.email) and me.email_verified_at is not null)
        order by f.number desc limit $4) f),
    'selections', (select coalesce(jsonb_agg(c.line), '[]') from (
        select jsonb_build_object('id', c.id, 'name', c.name, 'organisation', n.organisation, 'created_at', c.created_at,
            'changed_at', c.changed_at) as line
        from selection c join selection_holder h on h.id = c.holder_id left join named n on n.id = c.owner_org
        where h.person_id = me.id order by c.created_at desc, c.id limit $4) c),
    -- Files that they sent, and those that they said are to be read in.
    'imports', (select coalesce(jsonb_agg(i.line), '[]') from (
        select jsonb_build_object('number', i.number, 'file_name', i.file_name, 'file_bytes', i.file_bytes,
            'file_hash', encode(i.file_sha256, 'hex'), 'state', i.state, 'reference', i.reference, 'organisation', n.organisation,
            'sent', i.person_id = me.id, 'confirmed', coalesce(i.confirmed_by = me.id, false), 'sent_at', i.created_at,
            'confirmed_at', i.confirmed_at, 'ended_at', i.ended_at) as line
        from import_run i
        left join named n on n.id = case when i.person_id = me.id then i.organisation_id else i.confirmed_for end
        where i.person_id = me.id or i.confirmed_by = me.id order by i.number desc limit $4) i),
    'report_entries', (select coalesce(jsonb_agg(x.line), '[]') from (
        select jsonb_build_object('report', 'FR-' || lpad(f.number::text, greatest(4, length(f.number::text)), '0'), 'kind', x.kind,
            'outcome', x.outcome, 'text', x.text, 'sent', x.sent, 'at', x.at) as line
        from fault_report_entry x join fault_report f on f.id = x.report_id
        where x.person_id = me.id order by x.at desc, x.id desc limit $4) x),
    -- What they drafted, handed over, decided and approved afterwards. Drafts that are no decision yet are the network's.
    'decisions', (select coalesce(jsonb_agg(x.line), '[]') from (
        select jsonb_build_object('number', case when d.year is null then null
                else 'B-' || d.year || '-' || lpad(d.number::text, greatest(4, length(d.number::text)), '0') end,
            'title', d.title, 'drafted', d.drafted, 'submitted', d.submitted, 'decided', d.decided, 'reviewed', d.reviewed, 'at', d.at) as line
        from (
            select n.number, n.year, n.title, n.drafted_by is not distinct from me.id as drafted, n.submitted_by is not distinct from me.id as submitted,
                n.decided_by is not distinct from me.id as decided, w.person_id is not distinct from me.id as reviewed, n.decided_at as at
            from decision n left join decision_review w on w.decision_id = n.id
            where me.id in (n.drafted_by, n.submitted_by, n.decided_by, w.person_id)
            union all
            select null, null, n.title, n.created_by = me.id, n.submitted_by is not distinct from me.id, false, false, n.created_at
            from decision_draft n where me.id in (n.created_by, n.submitted_by, n.changed_by) and may_see(n.audience, n.owner_org, 100::smallint, '{}')
        ) d order by d.at desc limit $4) x),
    'proposals', (select coalesce(jsonb_agg(x.line), '[]') from (
        -- what was sent in; a draft is its organisation's, and colleagues may have gone on with it
        select jsonb_build_object('number', 'F-' || p.year || '-' || lpad(p.number::text, greatest(4, length(p.number::text)), '0'),
            'kind', p.kind, 'state', p.state, 'title', coalesce(p.sent -> 'title', to_jsonb(p.title)),
            'reasons', (p.sent -> 'reasons') - 'products', 'clauses', p.sent -> 'clauses',
            'organisation', n.organisation, 'at', p.created_at) as line
        from proposal p left join named n on n.id = p.owner_org
        where p.author_id = me.id and may_see(p.audience, p.owner_org, 100::smallint, '{}')
        order by p.created_at desc, p.id desc limit $4) x),
    'proposal_notes', (select coalesce(jsonb_agg(x.line), '[]') from (
        select jsonb_build_object('proposal', 'F-' || p.year || '-' || lpad(p.number::text, greatest(4, length(p.number::text)), '0'), 'text', o.text, 'at', o.at) as line
        from proposal_note o join proposal p on p.id = o.proposal_id
        where o.person_id = me.id and may_see(o.audience, o.owner_org, 100::smallint, '{}')
          and may_see(p.audience, p.owner_org, 100::smallint, '{}')
        order by o.at desc, o.id desc limit $4) x),
    'proposal_signatures', (select coalesce(jsonb_agg(x.line), '[]') from (
        select jsonb_build_object('proposal', 'F-' || p.year || '-' || lpad(p.number::text, greatest(4, length(p.number::text)), '0'), 'organisation', n.organisation, 'at', s.at) as line
        from proposal_cosigner s join proposal p on p.id = s.proposal_id left join named n on n.id = s.organisation_id
        where s.person_id = me.id and may_see(p.audience, p.owner_org, 100::smallint, '{}')
        order by s.at desc limit $4) x),
    'attachments', (select coalesce(jsonb_agg(x.line), '[]') from (
        select jsonb_build_object('file', a.name, 'media_type', a.media_type, 'bytes', a.bytes, 'sha256', encode(a.sha256, 'hex'),
            'proposal', 'F-' || p.year || '-' || lpad(p.number::text, greatest(4, length(p.number::text)), '0'),
            'organisation', n.organisation, 'at', a.at) as line
        from attachment a left join proposal p on a.subject_kind = 'proposal' and p.id = a.subject_id left join named n on n.id = a.owner_org
        where a.person_id = me.id and may_see(a.audience, a.owner_org, 100::smallint, '{}')
        order by a.at desc, a.id desc limit $4) x),
    'comments', (select coalesce(jsonb_agg(x.line), '[]') from (
        select jsonb_build_object('about', t.cited, 'kind', case when c.id = t.id then t.kind else 'reply' end, 'text', c.text, 'state', c.state,
            'language', c.language, 'organisation', n.organisation, 'named', c.name_shown,
            'before', (select coalesce(jsonb_agg(v.text order by v.place), '[]') from dialogue_comment_version v where v.comment_id = c.id),
            'at', c.created_at, 'edited_at', c.edited_at) as line
        from dialogue_comment c join dialogue_thread t on t.id = c.thread_id left join named n on n.id = c.organisation_id
        where c.author_id = me.id order by c.created_at desc, c.id desc limit $4) x),
    'comment_reports', (select coalesce(jsonb_agg(x.line), '[]') from (
        select jsonb_build_object('about', coalesce(t.cited, 'KB-' || lpad(q.number::text, greatest(4, length(q.number::text)), '0')), 'kind', r.kind, 'rule', r.rule, 'text', r.reason, 'outcome', r.outcome, 'at', r.at) as line
        from dialogue_report r left join dialogue_comment c on c.id = r.comment_id left join dialogue_thread t on t.id = c.thread_id
        left join experience e on e.id = r.experience_id left join requirement q on q.id = e.requirement_id
        where r.person_id = me.id order by r.at desc, r.id desc limit $4) x),
    'moderations', (select coalesce(jsonb_agg(x.line), '[]') from (
        select jsonb_build_object('about', coalesce(t.cited, 'KB-' || lpad(q.number::text, greatest(4, length(q.number::text)), '0')), 'action', m.action, 'rule', m.rule, 'text', m.reason, 'at', m.at) as line
        from dialogue_moderation m left join dialogue_comment c on c.id = m.comment_id left join dialogue_thread t on t.id = c.thread_id
        left join experience e on e.id = m.experience_id left join requirement q on q.id = e.requirement_id
        where m.person_id = me.id order by m.number desc limit $4) x),
    'experiences', (select coalesce(jsonb_agg(x.line), '[]') from (
        select jsonb_build_object('requirement', 'KB-' || lpad(r.number::text, greatest(4, length(r.number::text)), '0'), 'asked', e.asked,
            'review', e.review, 'review_said', e.review_said, 'verified', e.verified, 'verified_said', e.verified_said, 'hours', e.hours,
            'text', e.advice, 'inside', e.audience > 0, 'organisation', n.organisation, 'state', e.state, 'rule', e.rule, 'at', e.created_at, 'withdrawn_at', e.withdrawn_at) as line
        from experience e join requirement r on r.id = e.requirement_id left join named n on n.id = e.owner_org
        where e.author_id = me.id order by e.created_at desc, e.id desc limit $4) x)
) as "data!: sqlx::types::Json<Parts>"
from me
