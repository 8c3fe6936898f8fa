//! Proposals, one in each state, as those at Region Skåne meet them and others.

use super::{Made, NONE, dialogue, ids};
use crate::support::TestApp;

/// The states of `proposals::lifecycle` that everybody can see, and one whose sender nobody has approved.
const STATES: [&str; 11] = [
    "submitted",
    "returned",
    "in_preparation",
    "taken_in",
    "dormant",
    "merged",
    "withdrawn",
    "accepted",
    "partly_accepted",
    "rejected",
    "held",
];

/// Lays them past the guard, which lets nobody jump.
pub(super) async fn proposals(app: &TestApp, made: &mut Made) {
    app.db
        .execute(
            "alter table proposal disable trigger proposal_guarded; alter table proposal disable trigger proposal_taken_guarded",
        )
        .await;
    for (state, word, region) in [
        ("own draft", "strateg", "region-skane"),
        ("own, returned", "strateg", "region-skane"),
        ("own, sent in", "strateg", "region-skane"),
        ("another organisation's", "upphandlare2", "region-uppsala"),
    ] {
        let id = lay(app, state, word, region).await;
        match state {
            "own, returned" => send(app, &id, "returned", 101).await,
            "own, sent in" => send(app, &id, "submitted", 102).await,
            _ => {}
        }
        made.put("Drafts of proposals", state, vec![("{id}", id)]);
    }
    made.put("Drafts of proposals", "none", vec![("{id}", NONE.to_owned())]);
    for (place, state) in STATES.into_iter().enumerate() {
        let word = if state == "held" { "leverantor2" } else { "strateg" };
        let organisation = if state == "held" { "linnea-textilservice" } else { "region-skane" };
        let id = lay(app, &state.replace('_', " "), word, organisation).await;
        let number = place + 1;
        send(app, &id, if state == "held" { "submitted" } else { state }, number).await;
        let thread = dialogue::lay(app, "Fråga", word, (organisation, 0), Some(number)).await;
        let parts = vec![("{number}", format!("F-2026-{number:04}")), ("{thread}", thread)];
        made.put("Proposals", &state.replace('_', " "), parts);
    }
    made.put("Proposals", "none", vec![("{number}", "F-2026-0999".to_owned()), ("{thread}", NONE.to_owned())]);
    app.db
        .execute(
            "alter table proposal enable trigger proposal_guarded; alter table proposal enable trigger proposal_taken_guarded;
             update counter set last = 200 where name = 'proposal';
             update membership set approved = false where person_id = (select id from person where example = 'leverantor2')",
        )
        .await;
}

/// A draft that lacks nothing; gives its id.
async fn lay(app: &TestApp, title: &str, word: &str, organisation: &str) -> String {
    let title = title.replace('\'', "''");
    app.db
        .execute(&format!(
            "insert into proposal (id, kind, state, audience, owner_org, author_id, group_id, title, type, level, problem, gain,
                                   verification, interest, similar_seen_at, created_at, changed_at, changed_by, state_since)
             select gen_random_uuid(), 'new', 'draft', 100, o.id, p.id, r.product_group_id, '{title}', 'technical_specification', 'basic',
                    'P', 'N', 'K', 'I', t.now, t.now, t.now, p.id, t.now
             from organisation o, person p, requirement r, (select '2026-11-20T10:00:00Z'::timestamptz as now) t
             where o.slug = '{organisation}' and p.example = '{word}' and r.number = 1;
             insert into proposal_clause (proposal_id, position, text) select id, 1, 'Text.' from proposal where title = '{title}'",
        ))
        .await;
    ids(app, &format!("select id from proposal where title = '{title}'")).await[0].to_string()
}

async fn send(app: &TestApp, id: &str, state: &str, number: usize) {
    app.db
        .execute(&format!(
            "update proposal set state = '{state}', audience = 0, number = {number}, year = 2026, submitted_at = created_at,
                    cc0_at = created_at, answer_by = '2027-01-20', sent = proposal_as_written(id),
                    sent_by = (select m.id from membership m where m.person_id = author_id and m.organisation_id = owner_org limit 1),
                    merged_into = case when '{state}' = 'merged' then (select id from proposal where number = 1) end,
                    taken_into = case when '{state}' in ('taken_in', 'accepted', 'partly_accepted') then (select min(id::text)::uuid from requirement_version) end,
                    taken_wholly = case when '{state}' in ('taken_in', 'accepted', 'partly_accepted') then true end,
                    answered_by = case when '{state}' like '%accepted' then (select min(id::text)::uuid from decision) end
             where id = '{id}'"
        ))
        .await;
}
