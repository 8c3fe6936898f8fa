//! Requirements in preparation, one in each state, in an area that `omradessamordnare` looks after and in another.

use super::Made;
use crate::support::{Browser, Import, NOW, TestApp, complete, lines};

/// What they are, by number.
const STATES: [(&str, u32); 9] = [
    ("preparation", 41),
    ("ready", 42),
    ("shared", 43),
    ("in force", 44),
    ("stopped", 45),
    ("repealed", 46),
    ("discarded", 47),
    ("another area's", 48),
    ("none", 99),
];

/// Lays them by the forms of those who prepare.
pub(super) async fn preparation(app: &TestApp, made: &mut Made) {
    let laid: Vec<_> = (41..=48)
        .map(|n| {
            let line = complete(&format!("Beredning {n}")).id(&format!("KB-{n:04}"));
            // Not the group of the proposals, which nobody looks after.
            let (area, group) =
                if n == 48 { ("textil", "textilier-och-arbetsklader") } else { ("medicinteknik", "inkontinensprodukter") };
            line.set("product_area", area).set("product_group", group)
        })
        .collect();
    Import::current().at(NOW - time::Duration::days(30)).accepted(&app.db, lines(&laid)).await;
    app.db
        .execute(
            "delete from product_group_owner;
             insert into product_group_owner (group_id, letter, valid)
             select distinct product_group_id, case when number = 48 then 'H' else 'F' end, '[2026-01-01,2028-01-01)'::daterange
             from requirement where number between 41 and 48",
        )
        .await;
    let lmc = Browser::signed_in(app, "lmc").await;
    for (state, number) in STATES {
        let path = format!("/lmc/krav/KB-{number:04}");
        if !matches!(state, "in force" | "stopped" | "repealed" | "none") {
            let because = [("orsak", "lag"), ("anteckning", "Lagen är ny.")];
            lmc.post(&format!("{path}/versioner"), &because).await.expect(303);
        }
        match state {
            "ready" => {
                app.db
                    .execute(
                        "update requirement_version v set state = 'ready' from requirement r
                         where r.id = v.requirement_id and r.number = 42 and v.number = 2",
                    )
                    .await;
            }
            "shared" => {
                let share = [("gor", "dela"), ("skal", "Läs."), ("bekrafta", "ja")];
                lmc.post(&format!("{path}/delning"), &share).await.expect(303);
            }
            "stopped" => {
                let stop = [("gor", "stoppa"), ("skal", "Osäkert."), ("bekrafta", "ja")];
                lmc.post(&format!("{path}/stopp"), &stop).await.expect(303);
            }
            "repealed" => {
                app.db
                    .execute(
                        "update requirement_version v set valid = tstzrange(lower(valid), '2026-11-10T00:00:00Z')
                         from requirement r where r.id = v.requirement_id and r.number = 46;
                         insert into requirement_repeal (requirement_id, version_id, reason, effective, origin)
                         select r.id, v.id, 'Behövs inte.', '2026-11-10T00:00:00Z', 'example'
                         from requirement r join requirement_version v on v.requirement_id = r.id where r.number = 46",
                    )
                    .await;
            }
            "discarded" => {
                let discard = [("steg", "forkasta"), ("skal", "Nej."), ("las", "1")];
                lmc.post(&format!("{path}/steg"), &discard).await.expect(303);
            }
            _ => {}
        }
        made.put("Requirements in preparation", state, vec![("{number}", format!("KB-{number:04}"))]);
    }
}
