//! An object of each kind in every state, and how a table is put back after what changed it.

mod decisions;
mod dialogue;
mod links;
mod people;
mod preparation;
mod proposals;

use std::{collections::BTreeMap, fmt::Write};

use uuid::Uuid;

use super::table::Table;
use crate::support::{Browser, TestApp};

/// The id of what is nobody's, in whichever place.
const NONE: &str = "01900000-0000-7000-8000-000000000000";

/// What stands in an address instead of each `{part}`, by kind and state.
pub(super) struct Made {
    /// The id of Region Skåne, whose members some of those who ask are.
    pub(super) region: String,
    objects: BTreeMap<(String, String), Vec<(&'static str, String)>>,
}

impl Made {
    /// The address of the object in a state; `{me}` is whoever asks.
    pub(super) fn path(&self, kind: &str, state: &str, pattern: &str, word: &str) -> String {
        let key = (kind.to_owned(), state.to_owned());
        let parts = self.objects.get(&key).unwrap_or_else(|| panic!("{kind} is not made {state}"));
        let mut path = pattern.to_owned();
        // What is of whoever asks stands under their word.
        for (part, value) in parts.iter().filter(|(part, _)| part.starts_with('{')) {
            path = path.replace(part, value);
        }
        let own = parts.iter().find(|(part, _)| *part == word).map(|(_, value)| value.as_str());
        let path = path.replace("{id}", own.unwrap_or(NONE));
        ["{row}", "{other}", "{batch}", "{share}"].iter().fold(path, |path, part| path.replace(part, NONE))
    }

    fn put(&mut self, kind: &str, state: &str, parts: Vec<(&'static str, String)>) {
        self.objects.insert((kind.to_owned(), state.to_owned()), parts);
    }
}

/// Keeps what a kind stands in, to put it back.
pub(super) async fn keep(app: &TestApp, table: &Table) {
    app.db.execute("create schema if not exists walk").await;
    for name in &table.kept {
        app.db.execute(&format!("drop table if exists walk.{name}; create table walk.{name} as table {name}")).await;
    }
}

/// Puts it back, without the triggers that keep the bank from it; and forgets how often anything was asked.
pub(super) async fn put_back(app: &TestApp, table: &Table) {
    let mut script = String::from("begin; set local session_replication_role = replica; delete from limit_hit;");
    for name in &table.kept {
        let _ = write!(script, " delete from {name}; insert into {name} overriding system value select * from walk.{name};");
    }
    script.push_str(" commit;");
    app.db.execute(&script).await;
}

/// All of them.
pub(super) async fn make(app: &TestApp) -> Made {
    let region = ids(app, "select id from organisation where slug = 'region-skane'").await[0].to_string();
    let mut made = Made { region, objects: BTreeMap::new() };
    selections(app, &mut made).await;
    reports(app, &mut made).await;
    imports(app, &mut made).await;
    people::accounts(app, &mut made).await;
    organisations(app, &mut made).await;
    links::links(app, &mut made).await;
    proposals::proposals(app, &mut made).await;
    dialogue::dialogue(app, &mut made).await;
    decisions::decisions(app, &mut made).await;
    preparation::preparation(app, &mut made).await;
    made
}

async fn ids(app: &TestApp, query: &str) -> Vec<Uuid> {
    let mut connection = app.db.connect().await;
    sqlx::query_scalar(sqlx::AssertSqlSafe(query.to_owned()))
        .fetch_all(&mut connection)
        .await
        .unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// Selections, as `strateg` at Region Skåne meets them.
async fn selections(app: &TestApp, made: &mut Made) {
    let kind = "Selections";
    let strateg = Browser::signed_in(app, "strateg").await;
    let colleague = Browser::signed_in(app, "upphandlare").await;
    let elsewhere = Browser::signed_in(app, "upphandlare2").await;
    for (state, owner, colleagues, left) in [
        ("own", &strateg, 0, false),
        ("colleague's, to change", &colleague, 2, false),
        ("colleague's, to read", &colleague, 1, false),
        ("colleague's, not shared", &colleague, 0, false),
        ("owner left", &colleague, 0, true),
        ("another organisation's", &elsewhere, 0, false),
    ] {
        owner.post("/korgar", &[("namn", state)]).await.expect(303);
        let id = ids(app, &format!("select id from selection where name = '{}'", state.replace('\'', "''"))).await[0];
        owner.post("/korgar/rader", &[("krav", "KB-0001"), ("krav", "KB-0006"), ("tillbaka", "/krav")]).await.expect(303);
        owner.post(&format!("/korgar/{id}/delning"), &[("dagar", "90")]).await.expect(303);
        app.db.execute(&format!("update selection set colleagues = {colleagues} where id = '{id}'")).await;
        if left {
            app.db.execute(&format!("update selection set holder_id = null where id = '{id}'")).await;
        }
        let row =
            ids(app, &format!("select id from selection_row where selection_id = '{id}' order by position limit 1")).await[0];
        let batch = ids(app, &format!("select batch from selection_row where selection_id = '{id}' limit 1")).await[0];
        let share = ids(app, &format!("select id from selection_share where selection_id = '{id}'")).await[0];
        made.put(
            kind,
            state,
            vec![
                ("{id}", id.to_string()),
                ("{row}", row.to_string()),
                ("{other}", row.to_string()),
                ("{batch}", batch.to_string()),
                ("{share}", share.to_string()),
            ],
        );
    }
    made.put(kind, "none", vec![("{id}", NONE.to_owned())]);
}

/// Reports: one that waits, one that somebody has taken, one that was answered, one that is closed.
async fn reports(app: &TestApp, made: &mut Made) {
    let lmc = Browser::signed_in(app, "lmc").await;
    for (place, state) in ["new", "taken", "answered", "closed"].iter().enumerate() {
        app.post("/tillganglighet/rapporter", &[("text", state), ("epost", "bo@example.se")]).await.expect(303);
        made.put("Reports", state, vec![("{number}", format!("FR-{:04}", place + 1))]);
    }
    lmc.post("/lmc/rapporter/FR-0003/svar", &[("svar", "Vi ser felet också.")]).await.expect(303);
    let closing = [("utfall", "corrected"), ("skal", "Rättat."), ("skicka", "ja")];
    lmc.post("/lmc/rapporter/FR-0004/avslut", &closing).await.expect(303);
    app.db
        .execute(
            "insert into task (kind, subject_id, person_id, taken_at) select 'accessibility', f.id, p.id, f.created_at
             from fault_report f, person p where f.number = 2 and p.example = 'lmc'",
        )
        .await;
    made.put("Reports", "none", vec![("{number}", "FR-0099".to_owned())]);
    let receipts = ids(app, "select receipt from fault_report order by number").await;
    for (state, receipt) in ["new", "taken", "answered", "closed"].iter().zip(receipts) {
        made.put("Receipts", state, vec![("{receipt}", receipt.to_string())]);
    }
    made.put("Receipts", "none", vec![("{receipt}", NONE.to_owned())]);
}

/// Imports, one in each state of `imports::lifecycle`.
async fn imports(app: &TestApp, made: &mut Made) {
    let states = ["uploaded", "examined", "confirmed", "done", "refused", "failed", "cancelled"];
    for (place, state) in states.iter().enumerate() {
        let number = place + 1;
        let examined = *state != "uploaded";
        let confirmed = matches!(*state, "confirmed" | "done" | "refused");
        let ended = matches!(*state, "done" | "refused" | "failed" | "cancelled");
        let time = |there: bool| if there { "'2026-11-22T11:00:00Z'" } else { "null" };
        app.db
            .execute(&format!(
                "insert into import_run (id, number, state, audience, person_id, file_name, file_bytes, file_sha256, create_groups,
                                         skip_invalid, replace, created_at, examined_at, confirmed_at, confirmed_by, ended_at, accepted, why)
                 select gen_random_uuid(), {number}, '{state}', 20, p.id, 'krav.csv', 10, sha256('{number}'), false, false, false,
                        '2026-11-22T10:00:00Z', {}, {}, case when {confirmed} then p.id end, {}, {}, {}
                 from person p where p.example = 'lmc2'",
                time(examined),
                time(confirmed),
                time(ended),
                matches!(*state, "examined" | "confirmed" | "done"),
                if matches!(*state, "failed" | "cancelled") { "'Avbruten.'" } else { "null" },
            ))
            .await;
        made.put("Imports", state, vec![("{number}", number.to_string())]);
    }
    made.put("Imports", "none", vec![("{number}", "99".to_owned())]);
}

async fn organisations(app: &TestApp, made: &mut Made) {
    app.db
        .execute(
            "insert into organisation (id, slug, kind, name_sv, name_en, listed)
             values (gen_random_uuid(), 'ovisad', 'supplier', 'Ovisad AB', 'Unlisted Ltd', false)",
        )
        .await;
    for (state, slug) in [("listed", "region-uppsala"), ("not listed", "ovisad"), ("none", "finns-inte")] {
        made.put("Organisations", state, vec![("{slug}", slug.to_owned())]);
    }
}
