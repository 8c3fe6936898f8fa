//! Comments, one in each state as those at Region Skåne meet them and others, each in a thread of its own; and experience.

use super::{Made, NONE, ids};
use crate::support::TestApp;

pub(super) async fn dialogue(app: &TestApp, made: &mut Made) {
    let (skane, uppsala) = ("region-skane", "region-uppsala");
    for (state, word, organisation, audience, change) in [
        ("own", "strateg", skane, 0, ""),
        ("own, hidden", "strateg", skane, 0, "hidden"),
        ("own, taken away", "strateg", skane, 0, "deleted"),
        ("another's", "upphandlare2", uppsala, 0, ""),
        ("another's, hidden", "upphandlare2", uppsala, 0, "hidden"),
        ("another's, for regions", "upphandlare2", uppsala, 10, ""),
        ("another's, for the network", "lmc2", "lmc", 20, ""),
        ("held", "leverantor2", "linnea-textilservice", 0, ""),
    ] {
        let id = lay(app, &state.replace('\'', ""), word, (organisation, audience), None).await;
        if !change.is_empty() {
            let why = if change == "hidden" { ", rule = 'off_topic', reason = 'Skäl.'" } else { "" };
            app.db.execute(&format!("update dialogue_comment set state = '{change}'{why} where id = '{id}'")).await;
        }
        made.put("Comments", state, vec![("{id}", id)]);
    }
    made.put("Comments", "none", vec![("{id}", NONE.to_owned())]);
    for (state, word, organisation) in
        [("own", "strateg", skane), ("another's", "upphandlare2", uppsala), ("taken back", "strateg", skane)]
    {
        let text = state.replace('\'', "");
        app.db
            .execute(&format!(
                "insert into experience (id, requirement_id, version_id, audience, owner_org, author_id, review, verified, advice, created_at,
                                         withdrawn_at, form_key)
                 select gen_random_uuid(), v.requirement_id, v.id, 0, o.id, p.id, 'none', 'yes', '{text}', t.now,
                        case when '{state}' = 'taken back' then t.now end, gen_random_uuid()
                 from organisation o, person p, requirement r, requirement_version v, (select '2026-11-20T10:00:00Z'::timestamptz as now) t
                 where o.slug = '{organisation}' and p.example = '{word}' and r.number = 1 and v.requirement_id = r.id and v.number = 2",
                state = state.replace('\'', "''"),
            ))
            .await;
        let id = ids(app, &format!("select id from experience where advice = '{text}'")).await[0].to_string();
        made.put("Experiences", state, vec![("{id}", id)]);
    }
    made.put("Experiences", "none", vec![("{id}", NONE.to_owned())]);
}

/// A thread of one comment, on `KB-0001` or on a proposal by its number; gives the id of both.
pub(super) async fn lay(app: &TestApp, text: &str, word: &str, of: (&str, i16), proposal: Option<usize>) -> String {
    let (organisation, audience) = of;
    let id = uuid::Uuid::now_v7();
    let subject = match proposal {
        Some(number) => format!(
            "select 'proposal' as kind, id as subject, 'F-2026-{number:04}' as cited, null::uuid as requirement, null::uuid as version, group_id
             from proposal where number = {number}"
        ),
        None => "select 'requirement' as kind, r.id as subject, 'KB-0001' as cited, r.id as requirement, v.id as version, r.product_group_id as group_id
                 from requirement r join requirement_version v on v.requirement_id = r.id and v.number = 2 where r.number = 1"
            .to_owned(),
    };
    app.db
        .execute(&format!(
            "insert into dialogue_thread (id, subject_kind, subject_id, cited, requirement_id, version_id, group_id, kind, state, audience, owner_org,
                                          author_id, organisation_id, sent_by, created_at, state_since)
             select '{id}', s.kind, s.subject, s.cited, s.requirement, s.version, s.group_id, 'question', 'open', {audience},
                    case when {audience} = 0 then o.id end, p.id, o.id, m.id, t.now, t.now
             from ({subject}) s, organisation o, person p, membership m, (select '2026-11-20T10:00:00Z'::timestamptz as now) t
             where o.slug = '{organisation}' and p.example = '{word}' and m.person_id = p.id and m.organisation_id = o.id;
             insert into dialogue_comment (id, thread_id, audience, owner_org, author_id, organisation_id, sent_by, name_shown, language, text, state,
                                           state_since, created_at, form_key)
             select id, id, audience, owner_org, author_id, organisation_id, sent_by, true, 'sv', '{text}', 'shown', created_at, created_at,
                    gen_random_uuid()
             from dialogue_thread where id = '{id}'",
        ))
        .await;
    id.to_string()
}
