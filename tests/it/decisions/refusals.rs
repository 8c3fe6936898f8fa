//! What the database refuses, whoever asks: random histories against a decision that is made.

use proptest::{prelude::*, test_runner::TestRunner};

use super::{attempt, bank, decide, said, waiting};
use crate::support::{Browser, TestApp};

/// Each of them tries to change what is decided, or to decide what must not be.
const SABOTAGE: &[&str] = &[
    "update decision set reasons = 'Andra skäl.' where kind = 'network'",
    "update decision set decided_by = submitted_by, emergency = 'x', review_by = '2027-01-01' where kind = 'network'",
    "update decision set title = 'En annan' where kind = 'network'",
    "delete from decision where kind = 'network'",
    "truncate decision cascade",
    "update decision_item set outcome = 'rejected', reason = 'x'",
    "delete from decision_item",
    "truncate decision_item cascade",
    // No item comes after the decision.
    "insert into decision_item (decision_id, version_id, outcome, reason)
     select d.id, v.id, 'rejected', 'x' from decision d, requirement_version v join requirement r on r.id = v.requirement_id
     where d.kind = 'network' and r.number = 3",
    "insert into decision_successor (decision_id, version_id, successor_id, kind)
     select i.decision_id, i.version_id, r.id, 'merged' from decision_item i, requirement r where r.number = 3 limit 1",
    // Nobody approves what two decided.
    "insert into decision_review (decision_id, person_id, organisation_id, at)
     select d.id, p.id, d.decided_org, d.decided_at from decision d, person p where d.kind = 'network' and p.example = 'lmc2'",
    // Born with the wrong people, without items, without an outcome, with an outcome that takes a reason.
    "insert into decision (id, number, kind, decided_at, year, title, body, met_on, reasons, drafted_by, submitted_by, decided_by, decided_org)
     select gen_random_uuid(), 90, 'network', decided_at, year, title, body, met_on, reasons, drafted_by, decided_by, decided_by, decided_org
     from decision where kind = 'network'",
    "insert into decision (id, number, kind, decided_at, year, title, body, met_on, reasons, drafted_by, submitted_by, decided_by, decided_org)
     select gen_random_uuid(), 91, 'network', decided_at, year, title, body, met_on, reasons, drafted_by, submitted_by, decided_by, decided_org
     from decision where kind = 'network'",
    "with d as (
         insert into decision (id, number, kind, decided_at, year, title, body, met_on, reasons, drafted_by, submitted_by, decided_by, decided_org)
         select gen_random_uuid(), 92, 'network', decided_at, year, title, body, met_on, reasons, drafted_by, submitted_by, decided_by, decided_org
         from decision where kind = 'network' returning id)
     insert into decision_item (decision_id, version_id, outcome) select d.id, v.id, null from d, requirement_version v limit 1",
    // By who submitted the text.
    "do $$ declare d uuid := gen_random_uuid(); begin
         insert into decision (id, number, kind, decided_at, year, title, body, met_on, reasons, drafted_by, submitted_by, decided_by, decided_org)
         select d, 93, 'network', decided_at, year, title, body, met_on, reasons, drafted_by, submitted_by,
                (select id from person where example = 'lmc2'), decided_org from decision where kind = 'network';
         insert into decision_item (decision_id, version_id, outcome, effective)
         select d, i.version_id, 'adopted', i.effective from decision_item i join decision o on o.id = i.decision_id where o.kind = 'network' and i.outcome = 'adopted';
     end $$",
    // A file that was read in without its hash, and a decision of the network without reasons.
    "insert into decision (id, number, kind, decided_at, operator, file_name) values (gen_random_uuid(), 94, 'import', '2026-11-22T00:00Z', 'o', 'f')",
    "insert into decision (id, number, kind, decided_at, year, title, body, met_on, drafted_by, submitted_by, decided_by, decided_org)
     select gen_random_uuid(), 95, 'network', decided_at, year, title, body, met_on, drafted_by, submitted_by, decided_by, decided_org
     from decision where kind = 'network'",
    "update requirement_version set decision_id = null where origin = 'decision' and state = 'decided'",
    "update requirement_version set title = 'En annan' where state = 'decided'",
];

async fn stands(app: &TestApp) -> String {
    app.db
        .value(
            "select md5(string_agg(line, '|' order by line)) from (
                 select d::text as line from decision d union all select i::text from decision_item i
                 union all select s::text from decision_successor s union all select r::text from decision_review r
                 union all select v::text from requirement_version v where state = 'decided') x",
        )
        .await
}

async fn decided() -> TestApp {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let draft = waiting(&app, &lmc, &[1, 2]).await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    said(&decider, &draft, &[("bifall", "", ""), ("avslag", "Mät först.", "")]).await.expect(303);
    decide(&decider, &draft).await.expect(303);
    app
}

#[tokio::test]
async fn each_sabotage_is_refused() {
    let app = decided().await;
    let before = stands(&app).await;
    for statement in SABOTAGE {
        let answer = attempt(&app, statement).await;
        assert!(answer.is_err(), "{statement}");
    }
    assert_eq!(stands(&app).await, before);
}

/// Any of them, in any order, beside what people do to drafts: what is decided stands.
#[test]
fn random_histories_leave_what_is_decided() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let app = runtime.block_on(decided());
    let before = runtime.block_on(stands(&app));
    let mut runner = TestRunner::new(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() });
    let deeds = proptest::collection::vec(0..SABOTAGE.len() + 3, 1..8);
    runner
        .run(&deeds, |deeds| {
            runtime.block_on(async {
                let lmc = Browser::signed_in(&app, "lmc").await;
                let mut draft = None;
                for deed in deeds {
                    match deed.checked_sub(SABOTAGE.len()) {
                        None => assert!(attempt(&app, SABOTAGE[deed]).await.is_err(), "{}", SABOTAGE[deed]),
                        Some(0) => draft = Some(super::begun(&app, &lmc, &[]).await),
                        Some(1) => {
                            if let Some(draft) = &draft {
                                lmc.post(&format!("{draft}/overlamning"), &[("gor", "lamna")]).await;
                            }
                        }
                        Some(_) => {
                            if let Some(draft) = draft.take() {
                                lmc.post(&format!("{draft}/ta-bort"), &[]).await;
                            }
                        }
                    }
                    assert_eq!(stands(&app).await, before);
                }
            });
            Ok(())
        })
        .expect("what is decided stands");
}
