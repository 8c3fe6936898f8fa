-- A report with all that was said of it, for those who deal with it; null where there is none.
-- $1 number · $2 viewer level · $3 viewer organisations
select jsonb_build_object(
    'id', f.id, 'kind', f.kind, 'state', f.state, 'outcome', f.outcome, 'topic', f.topic,
    'text', f.text, 'place', f.place, 'assistive', f.assistive, 'language', f.language,
    'email', f.email, 'email_erased', f.email_erased_at is not null,
    'received', f.created_at, 'held', report_is_held(f.person_id, f.organisation_id),
    'person', (select p.name from person p where p.id = f.person_id),
    'organisation', (select o.name_sv from organisation o where o.id = f.organisation_id),
    'about', case when f.kind = 'requirement' then (
        select jsonb_build_object(
            'requirement', r.number, 'version', v.number,
            'title', case when v.not_shown_since is null then v.title end,
            'place', c.position, 'clause', case when v.not_shown_since is null then c.text end)
        from requirement_version v
        join requirement r on r.id = v.requirement_id
        left join version_clause c on c.version_id = v.id and c.clause_id = f.clause_id
        where v.id = f.version_id and may_see(v.audience, v.owner_org, $2, $3)) end,
    'handler', (
        select jsonb_build_object('id', t.person_id, 'name', p.name)
        from task t join person p on p.id = t.person_id
        where t.kind = case when f.kind = 'accessibility' then 'accessibility' else 'fault' end
          and t.subject_id = f.id and t.taken_at >= f.created_at),
    'entries', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'at', e.at, 'by', p.name, 'kind', e.kind, 'outcome', e.outcome, 'text', e.text, 'sent', e.sent) order by e.id), '[]')
        from fault_report_entry e join person p on p.id = e.person_id where e.report_id = f.id)
) as "report!: sqlx::types::Json<Handled>"
from fault_report f
where f.number = $1 and may_see(f.audience, f.owner_org, $2, $3)
