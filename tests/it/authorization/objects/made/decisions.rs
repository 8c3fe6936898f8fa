//! Decisions, and drafts of them, in every state.

use super::{Made, NONE, ids};
use crate::support::TestApp;

/// Drafts by `lmc`, and decisions that `lmc` submitted; the bank itself was filled by `B-0001`.
pub(super) async fn decisions(app: &TestApp, made: &mut Made) {
    for (state, code) in [("draft", "draft"), ("waiting", "waiting")] {
        let id = lay(app, code).await;
        made.put("Drafts of decisions", state, vec![("{id}", id)]);
    }
    decide(app, 101, "", "null").await;
    decide(app, 102, "Br\u{e5}ttom.", "'2026-12-22'").await;
    decide(app, 103, "Br\u{e5}ttom.", "'2026-12-22'").await;
    app.db
        .execute(
            // By somebody who asks for nothing here.
            "insert into decision_review (decision_id, person_id, organisation_id, at)
             select d.id, p.id, d.decided_org, d.decided_at from decision d, person p where d.number = 103 and p.example = 'bransch'",
        )
        .await;
    let decided = ids(app, "select id from decision where number = 101").await[0].to_string();
    made.put("Drafts of decisions", "decided", vec![("{id}", decided)]);
    made.put("Drafts of decisions", "none", vec![("{id}", NONE.to_owned())]);
    for (state, number) in [
        ("decided", "B-2026-0101"),
        ("awaiting review", "B-2026-0102"),
        ("reviewed", "B-2026-0103"),
        ("read in", "B-0001"),
        ("none", "B-2026-0999"),
    ] {
        made.put("Decisions", state, vec![("{number}", number.to_owned())]);
    }
    app.db.execute("update counter set last = 200 where name = 'decision'").await;
}

async fn lay(app: &TestApp, state: &str) -> String {
    app.db
        .execute(&format!(
            "insert into decision_draft (id, state, audience, title, created_at, created_by, created_org, changed_at, changed_by,
                                         submitted_at, submitted_by)
             select gen_random_uuid(), '{state}', 20, 'Draft {state}', t.now, p.id, o.id, t.now, p.id,
                    case when '{state}' = 'waiting' then t.now end, case when '{state}' = 'waiting' then p.id end
             from organisation o, person p, (select '2026-11-20T10:00:00Z'::timestamptz as now) t
             where o.slug = 'lmc' and p.example = 'lmc'"
        ))
        .await;
    ids(app, &format!("select id from decision_draft where title = 'Draft {state}'")).await[0].to_string()
}

async fn decide(app: &TestApp, number: i64, emergency: &str, review_by: &str) {
    app.db
        .execute(&format!(
            "insert into decision (id, number, kind, decided_at, year, title, body, met_on, reasons, emergency, review_by,
                                   drafted_by, submitted_by, decided_by, decided_org)
             select gen_random_uuid(), {number}, 'network', '2026-11-21T10:00:00Z', 2026, 'Decision {number}', 'S', '2026-11-20', 'R',
                    '{emergency}', {review_by}, p.id, p.id, x.id, o.id
             from organisation o, person p, person x where o.slug = 'lmc' and p.example = 'lmc' and x.example = 'admin';
             insert into decision_item (decision_id, version_id, outcome, reason)
             select d.id, v.id, 'rejected', 'R' from decision d, requirement_version v join requirement r on r.id = v.requirement_id
             where d.number = {number} and r.number = 1 and v.number = 1"
        ))
        .await;
}
