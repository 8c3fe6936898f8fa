//! Who reads what was sent, and for how long addresses are kept.

use std::collections::BTreeSet;

use kravbank::{
    kernel::actor::{Actor, Role, System},
    reports, server,
};
use sqlx::Connection;
use time::Duration;
use uuid::Uuid;

use super::{SITE, bank, receipt};
use crate::support::{NOW, TestApp};

const CANARY: &str = "kanariefågelrapport";
const EMAIL: &str = "kanarie@fagel.example";

async fn reported() -> (TestApp, Vec<String>) {
    let app = bank().await;
    let site = [("text", CANARY), ("plats", CANARY), ("hjalpmedel", CANARY), ("epost", EMAIL)];
    let requirement = [("version", "1"), ("slag", "text"), ("text", CANARY), ("epost", EMAIL)];
    let receipts =
        vec![receipt(&app.post(SITE, &site).await), receipt(&app.post("/krav/KB-0001/felrapporter", &requirement).await)];
    (app, receipts)
}

#[tokio::test]
async fn what_was_written_is_found_nowhere() {
    let (app, receipts) = reported().await;
    let mut paths: BTreeSet<String> = receipts.into_iter().collect();
    for route in server::routes().list().iter().filter(|route| route.method == "GET") {
        let path = route
            .path
            .replace("{id}", "KB-0001")
            .replace("{version}", "1")
            .replace("{area}", "medicinteknik")
            .replace("{group}", "handskar");
        paths.insert(path.clone());
        paths.insert(format!("/en{path}"));
    }
    paths.extend([
        format!("/krav?q={CANARY}"),
        format!("/api/v1/requirements?q={CANARY}"),
        "/krav/KB-0001?format=txt".to_owned(),
        "/felrapporter/FR-0001".to_owned(),
        "/felrapporter/1".to_owned(),
    ]);
    let mut good = 0;
    for path in &paths {
        let answer = app.get(path).await;
        good += usize::from(answer.status == 200);
        // The search shows what was searched for.
        let text = String::from_utf8_lossy(&answer.body).replace(&format!("q={CANARY}"), "");
        let asked = path.contains(CANARY);
        assert!(asked || !text.contains(CANARY), "{path} shows a report");
        assert!(!text.contains(EMAIL), "{path} shows an address");
        // History is made of events: this one is not for everybody.
        assert!(!text.contains("report.sent"), "{path} tells of a report");
    }
    assert!(good > 25, "only {good} pages");
    for id in ["id", "form_key"] {
        let key: Uuid = app
            .db
            .value(match id {
                "id" => "select id from fault_report where number = 1",
                _ => "select form_key from fault_report where number = 1",
            })
            .await;
        app.get(&format!("/felrapporter/{key}")).await.expect(404);
    }
    let logged: i64 =
        app.db.value(&format!("select count(*) from audit a where a::text like '%{CANARY}%' or a::text like '%{EMAIL}%'")).await;
    let told: i64 =
        app.db.value(&format!("select count(*) from event e where e::text like '%{CANARY}%' or e::text like '%{EMAIL}%'")).await;
    assert_eq!((logged, told), (0, 0), "what is for ever holds nothing of persons");
}

#[tokio::test]
async fn those_who_may_read_them_oldest_first_and_that_is_written_down() {
    let (app, _) = reported().await;
    let pool = app.db.pool();
    let mut tx = pool.begin().await.expect("a transaction");
    let person = |role| Actor::Person { id: Uuid::now_v7(), organisation: Some(Uuid::now_v7()), roles: vec![role] };
    for actor in [Actor::Anonymous, Actor::System(System::Job), person(Role::RegionCoordinator), person(Role::Admin)] {
        assert!(reports::open_reports(&mut tx, &actor, NOW).await.is_err(), "{actor:?}");
    }
    let open = reports::open_reports(&mut tx, &Actor::System(System::CommandLine), NOW).await.expect("reports");
    tx.commit().await.expect("kept");
    let about: Vec<_> =
        open.iter().map(|report| (report.number.as_str(), report.requirement.as_deref(), report.version)).collect();
    assert_eq!(about, [("FR-0001", None, None), ("FR-0002", Some("KB-0001"), Some(1))]);
    let text = reports::listing(&open, false).expect("text");
    for part in [
        "FR-0001 · 22 november 2026 13.00 · sv",
        "Krav: KB-0001:1",
        &format!("Svara till: {EMAIL}"),
        &format!("  | {CANARY}"),
        "2 rapporter väntar.",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let lines: Vec<serde_json::Value> = reports::listing(&open, true)
        .expect("JSON")
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object a line"))
        .collect();
    assert_eq!(
        (lines.len(), lines[1]["email"].as_str(), lines[1]["received"].as_str()),
        (2, Some(EMAIL), Some("2026-11-22T12:00:00Z"))
    );
    assert_eq!(reports::listing(&[], false).expect("text"), "Inga rapporter väntar.\n");
    let read: String = app.db.value("select actor_kind || new_value::text from audit where action = 'report.read'").await;
    assert_eq!(read, "command_line{\"reports\": 2}");
}

#[tokio::test]
async fn an_address_is_erased_after_twelve_months() {
    let (app, receipts) = reported().await;
    let mut connection = app.db.connect().await;
    for actor in [Actor::Anonymous, Actor::System(System::CommandLine)] {
        let mut tx = connection.begin().await.expect("a transaction");
        assert!(reports::forget_contacts(&mut tx, &actor, NOW).await.is_err(), "{actor:?}");
    }
    let job = Actor::System(System::Job);
    let year = NOW.replace_year(2027).expect("a date");
    for (now, erased) in [(year - Duration::seconds(1), 0), (year, 2), (year + Duration::days(1), 0)] {
        let mut tx = connection.begin().await.expect("a transaction");
        assert_eq!(reports::forget_contacts(&mut tx, &job, now).await.expect("done"), erased, "{now}");
        tx.commit().await.expect("kept");
    }
    let left: String = app
        .db
        .value(
            "select string_agg(concat_ws(' ', email, content_sha256, text, email_erased_at is not null), '; ') from fault_report",
        )
        .await;
    assert_eq!(left, format!("{CANARY} t; {CANARY} t"), "nothing that could tell the address");
    assert_eq!(app.db.value::<i64>("select count(*) from audit where action = 'report.forget_contact'").await, 2);
    app.get(&receipts[0]).await.expect(200);
}

#[tokio::test]
async fn the_night_does_both() {
    let year = NOW.replace_year(2028).expect("a date");
    let day = bank().await;
    receipt(&day.post(SITE, &[("text", "x"), ("epost", EMAIL)]).await);
    let night = TestApp::build().worker().at(year).beside(&day).spawn().await;
    let until = async |query: &str| {
        let begun = std::time::Instant::now();
        while !night.db.value::<bool>(query).await {
            assert!(begun.elapsed().as_secs() < 30, "in vain waited for: {query}");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    until(
        "select count(*) = 3 from graphile_worker._private_known_crontabs
           where identifier in ('sweep_limits', 'forget_contacts', 'forget_search_commits')",
    )
    .await;
    night
        .db
        .execute(
            "select graphile_worker.add_job('sweep_limits', '{}'::json), graphile_worker.add_job('forget_contacts', '{}'::json)",
        )
        .await;
    until("select email is null from fault_report").await;
    until("select not exists (select from limit_hit) and not exists (select from limit_key)").await;
}

/// What must never be is refused by the database, whoever asks.
#[tokio::test]
async fn the_database_keeps_the_limits_too() {
    let (app, _) = reported().await;
    let mut connection = app.db.connect().await;
    for change in [
        "text = ''",
        "text = repeat('x', 4001)",
        "text = E'a\\x07b'",
        "place = repeat('x', 401)",
        "place = E'a\\nb'",
        "assistive = repeat('x', 201)",
        "email = 'a@b' || repeat('x', 260)",
        "email = E'a@b.se\\nBcc: x@y.se'",
        "email = 'utan'",
        "audience = 0",
        "audience = 10",
        "state = 'okänd'",
        "language = 'de'",
        "kind = 'annat'",
        "number = 0",
        "kind = 'requirement'",
        "topic = 'text'",
        "clause_id = gen_random_uuid()",
        "email_erased_at = created_at",
        "content_sha256 = ''",
    ] {
        let statement = sqlx::AssertSqlSafe(format!("update fault_report set {change} where kind = 'accessibility'"));
        let refused = sqlx::raw_sql(statement).execute(&mut connection).await.expect_err(change);
        let code = refused.as_database_error().and_then(sqlx::error::DatabaseError::code).unwrap_or_default().into_owned();
        assert!(code.starts_with("23"), "{change}: {refused}");
    }
    // Two with one form and one content, or with one receipt.
    for column in [
        "form_key = (select form_key from fault_report where number = 1), content_sha256 = (select content_sha256 from fault_report where number = 1)",
        "receipt = (select receipt from fault_report where number = 1)",
    ] {
        let statement = sqlx::AssertSqlSafe(format!("update fault_report set {column} where number = 2"));
        sqlx::raw_sql(statement).execute(&mut connection).await.expect_err(column);
    }
    // A clause of another requirement.
    let other = "insert into clause (id, requirement_id) select gen_random_uuid(), id from requirement returning id";
    let clause: Uuid = sqlx::query_scalar(other).fetch_one(&mut connection).await.expect("a clause");
    sqlx::query("update fault_report set clause_id = $1 where number = 2")
        .bind(clause)
        .execute(&mut connection)
        .await
        .expect("its own");
}

/// The command itself, as an operator runs it beside a program that serves.
#[tokio::test(flavor = "multi_thread")]
async fn the_command_lists_what_waits() {
    let (app, _) = reported().await;
    // A copy of the template belongs to whoever made it; the command works as the owner of the schema.
    let owned = "do $$ begin
        if exists (select from pg_roles where rolname = 'kravbank_owner') then
            execute format('alter database %I owner to kravbank_owner', current_database());
        end if;
    end $$";
    app.db.execute(owned).await;
    let options = app.db.options();
    let host = options.get_socket().map_or_else(|| options.get_host().to_owned(), |folder| folder.display().to_string());
    let url = format!(
        "postgres://{}@localhost:{}/{}?host={host}",
        options.get_username(),
        options.get_port(),
        options.get_database().expect("a database")
    );
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kravbank"));
        command.args(arguments).env_clear().env("DATABASE_URL", &url).env("HOME", "/nonexistent");
        command.output().expect("it runs")
    };
    let text = run(&["reports"]);
    let said = String::from_utf8(text.stdout).expect("text");
    assert!(text.status.success() && said.contains("FR-0001") && said.contains(CANARY), "{said}{:?}", text.stderr);
    let json = run(&["reports", "--json"]);
    let said = String::from_utf8(json.stdout).expect("text");
    assert!(json.status.success() && said.lines().count() == 2 && said.contains("\"requirement\":\"KB-0001\""), "{said}");
    assert_eq!(app.db.value::<i64>("select count(*) from audit where action = 'report.read'").await, 2);
    // Whoever reads the first line and goes (`| head -1`) is no fault.
    for arguments in [&["reports"][..], &["version"], &["check-config"], &["verify-log"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kravbank"));
        command.args(arguments).env_clear().env("DATABASE_URL", &url).env("HOME", "/nonexistent").stdout(writer);
        let ended = command.output().expect("it runs");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(
            ended.status.success() && !said.contains("panicked") && !said.to_lowercase().contains("pipe"),
            "{arguments:?}: {said}"
        );
    }
}
