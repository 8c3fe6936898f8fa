//! Work beside the requests.

use std::time::{Duration, Instant};

use kravbank::{
    imports::Target,
    kernel::{clock::Clock, config::Settings, jobs, web::App},
    server,
};
use serde_json::json;
use tokio::sync::watch;

use crate::support::{NOW, TestApp, complete, lines};

/// Waits until a query gives true.
async fn until(app: &TestApp, query: &str) {
    let begun = Instant::now();
    while !app.db.value::<bool>(query).await {
        assert!(begun.elapsed() < Duration::from_secs(30), "in vain waited for: {query}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn what_is_done_is_sealed_by_a_job() {
    let app = TestApp::build().worker().spawn().await;
    app.import(&lines(&[complete("Ett"), complete("Två")]), Target::Current).await;
    until(&app, "select (select count(*) from audit) > 0 and not exists (select from audit a where not exists (select from audit_sealed s where s.audit_id = a.id))").await;
    until(&app, "select not exists (select from graphile_worker._private_jobs where attempts > 1)").await;
    let at: time::OffsetDateTime = app.db.value("select max(at) from audit_seal").await;
    assert_eq!(at, NOW, "jobs go by the same clock");
}

/// The clock's jobs, which the library makes by itself: here those of a night that was missed.
#[tokio::test]
async fn what_is_done_every_night_can_be_done() {
    let app = TestApp::spawn().await;
    let nightly = ["sweep_limits", "tend_mail", "sweep_selections", "sweep_sessions", "end_imports"];
    for name in nightly {
        app.db
            .execute(&format!(
                "insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
                 values ('{name}', now() - interval '3 days', now() - interval '2 days')"
            ))
            .await;
    }
    app.db.execute("create table done (task text); create function note() returns trigger language plpgsql security definer as $$
        begin insert into done select t.identifier from graphile_worker._private_tasks t where t.id = old.task_id; return old; end $$;
        create trigger note after delete on graphile_worker._private_jobs for each row execute function note()").await;
    let night = TestApp::build().worker().beside(&app).spawn().await;
    for name in nightly {
        until(&night, &format!("select exists (select from done where task = '{name}')")).await;
    }
    assert!(
        !night.db.value::<bool>("select exists (select from graphile_worker._private_jobs where last_error is not null)").await
    );
}

#[tokio::test]
async fn ready_when_everything_that_is_needed_is_there() {
    let app = TestApp::spawn().await;
    let missing = async |app: &TestApp| app.get("/readyz").await.expect(503).json()["missing"].clone();
    assert_eq!(missing(&app).await, json!(["worker"]), "no worker runs");
    let ago = |seconds| Instant::now().checked_sub(Duration::from_secs(seconds)).expect("the machine has been up for a while");
    app.app.heartbeat.beat(ago(55));
    assert_eq!(app.get("/readyz").await.expect(200).json(), json!({"ready": true, "missing": [], "backup_hours": null}));
    app.app.heartbeat.beat(ago(61));
    assert_eq!(missing(&app).await, json!(["worker"]), "silent for too long");
    app.app.heartbeat.beat(Instant::now());
    app.db.execute("insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9999, 'later', true, '', 0)").await;
    assert_eq!(missing(&app).await, json!(["schema"]));
    app.db.execute("delete from _sqlx_migrations where version = 9999").await;
    app.app.draining.begin();
    assert_eq!(missing(&app).await, json!(["draining"]));
    assert_eq!(app.get("/livez").await.expect(200).text(), "ok\n");
}

#[tokio::test]
async fn each_of_two_programs_on_one_database_shows_its_own_life() {
    let one = TestApp::build().worker().spawn().await;
    let program = || App::new(one.db.pool(), Clock::Fixed(NOW), Settings::for_database("postgres://tests"));
    let (others, dead) = (program(), program());
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(jobs::run(others.clone(), server::jobs(), stopped));
    // A sign of life that another program asked for and did not live to give.
    one.db
        .execute("select graphile_worker.add_job('beat', '{}'::json, job_key => 'beat:dead', flags => array['beat:dead'])")
        .await;
    let begun = Instant::now();
    while [&one.app, &others].iter().any(|app| app.heartbeat.age(Instant::now()).is_none()) {
        assert!(begun.elapsed() < Duration::from_secs(30), "one of them shows no life");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // Nobody gives it in its place, but what belongs to nobody is done by anybody.
    one.import(&lines(&[complete("Ett")]), Target::Current).await;
    until(&one, "select exists (select from audit_sealed)").await;
    assert!(one.db.value::<bool>("select exists (select from graphile_worker._private_jobs where key = 'beat:dead')").await);
    assert!(dead.heartbeat.age(Instant::now()).is_none());
    stop.send_replace(true);
    worker.await.expect("it stops");
}

#[tokio::test]
async fn ready_when_the_worker_has_shown_that_it_lives_and_the_example_bank_is_in() {
    let app = TestApp::build().worker().example().spawn().await;
    let begun = Instant::now();
    while app.get("/readyz").await.status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(30), "{}", app.get("/readyz").await.text());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    app.db.execute("delete from bank_fact").await;
    assert_eq!(app.get("/readyz").await.expect(503).json()["missing"], json!(["example"]));
}
