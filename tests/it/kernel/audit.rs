//! The audit log: only ever added to, and sealed in a chain that anybody can recompute.

use kravbank::kernel::{
    actor::{Actor, Role, System},
    audit::{self, Entry, Verified, Why},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::{Connection, Row};
use time::Duration;
use uuid::Uuid;

use crate::support::{NOW, TestDb};

fn entry(action: &'static str) -> Entry<'static> {
    Entry {
        action,
        object_kind: "thing",
        object_id: Some(Uuid::nil()),
        old: None,
        new: Some(json!({"å": [1, null, "a\nb"]})),
        reason: Some("Skäl."),
    }
}

#[tokio::test]
async fn a_row_says_who_what_and_when() {
    let db = TestDb::create();
    let pool = db.pool();
    let (person, organisation) = (Uuid::now_v7(), Some(Uuid::now_v7()));
    let actor = Actor::Person { id: person, organisation, roles: vec![Role::LmcCoordinator] };
    let mut tx = pool.begin().await.expect("a transaction");
    audit::record(&mut tx, &actor, NOW, entry("thing.change")).await.expect("recorded");
    audit::record_many(&mut tx, &Actor::System(System::Job), NOW, "thing.see", "thing", &[Uuid::nil(), Uuid::max()])
        .await
        .expect("recorded");
    tx.commit().await.expect("kept");
    let mut connection = db.connect().await;
    let rows = sqlx::query("select * from audit order by id").fetch_all(&mut connection).await.expect("rows");
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0].get::<Option<Uuid>, _>("person_id"), Some(person));
    assert_eq!(rows[0].get::<Option<Uuid>, _>("organisation_id"), organisation);
    assert_eq!(rows[0].get::<String, _>("actor_kind"), "person");
    assert_eq!(rows[2].get::<String, _>("actor_kind"), "job");
    assert_eq!(rows[2].get::<Option<Uuid>, _>("person_id"), None);
}

/// The role that the program works as has no power over what is written, triggers or not.
#[tokio::test]
async fn the_working_role_may_only_add() {
    let db = TestDb::create();
    let pool = db.pool();
    {
        let mut tx = pool.begin().await.expect("a transaction");
        let role: String = sqlx::query_scalar("select current_user::text").fetch_one(&mut *tx).await.expect("a role");
        if role != "kravbank_app" {
            eprintln!("the cluster has one role for all: {role}");
            return;
        }
        audit::record(&mut tx, &Actor::System(System::Job), NOW, entry("thing.change")).await.expect("recorded");
        tx.commit().await.expect("kept");
    }
    let tables = [
        ("audit", "action"),
        ("audit_seal", "rows"),
        ("audit_sealed", "seal_id"),
        ("event", "kind"),
        ("decision", "reference"),
        ("decision_item", "decision_id"),
    ];
    for (table, column) in tables {
        let update = format!("update {table} set {column} = {column}");
        for statement in [format!("delete from {table}"), format!("truncate {table} cascade"), update] {
            let mut connection = pool.read().await.expect("a connection");
            let refused = sqlx::query(sqlx::AssertSqlSafe(statement.clone())).execute(&mut *connection).await;
            let code = refused
                .expect_err(&statement)
                .into_database_error()
                .and_then(|error| error.code().map(std::borrow::Cow::into_owned));
            assert_eq!(code.as_deref(), Some("42501"), "{statement}");
        }
    }
    for statement in [
        "drop table audit",
        "alter table audit disable trigger all",
        "create table x (y int)",
        "insert into _sqlx_migrations select * from _sqlx_migrations",
    ] {
        let mut connection = pool.read().await.expect("a connection");
        assert!(sqlx::query(statement).execute(&mut *connection).await.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn the_chain_of_seals_is_recomputed() {
    let db = TestDb::create();
    let pool = db.pool();
    for batch in 0..3_u32 {
        let mut tx = pool.begin().await.expect("a transaction");
        for _ in 0..=batch {
            audit::record(&mut tx, &Actor::System(System::Job), NOW, entry("thing.change")).await.expect("recorded");
        }
        tx.commit().await.expect("kept");
        let mut tx = pool.begin().await.expect("a transaction");
        let later = NOW + Duration::seconds(i64::from(batch));
        assert_eq!(audit::seal(&mut tx, later).await.expect("sealed"), i64::from(batch) + 1);
        assert_eq!(audit::seal(&mut tx, later).await.expect("sealed"), 0, "nothing is sealed twice");
        tx.commit().await.expect("kept");
    }
    let mut connection = db.connect().await;
    let seals = sqlx::query("select id, rows, previous, hash from audit_seal order by id")
        .fetch_all(&mut connection)
        .await
        .expect("seals");
    let mut previous: Vec<u8> = Vec::new();
    for seal in &seals {
        let lines: Vec<String> = sqlx::query_scalar(
            "select row(a.id, a.at, a.actor_kind, a.person_id, a.organisation_id, a.action, a.object_kind, a.object_id,
                        a.old_value, a.new_value, a.reason, a.request_id)::text
             from audit a join audit_sealed s on s.audit_id = a.id where s.seal_id = $1 order by a.id",
        )
        .bind(seal.get::<i64, _>("id"))
        .fetch_all(&mut connection)
        .await
        .expect("rows");
        assert_eq!(i64::try_from(lines.len()).expect("a count"), seal.get::<i64, _>("rows"));
        assert_eq!(seal.get::<Vec<u8>, _>("previous"), previous);
        let mut hash = Sha256::new();
        hash.update(&previous);
        hash.update(lines.join("\n"));
        previous = hash.finalize().to_vec();
        assert_eq!(seal.get::<Vec<u8>, _>("hash"), previous);
    }
    assert_eq!(seals.len(), 3);
}

/// Seals some rows, three seals in all.
async fn sealed(db: &TestDb) {
    let pool = db.pool();
    for batch in 1..4_u128 {
        let objects: Vec<Uuid> = (0..batch * 3).map(Uuid::from_u128).collect();
        let mut tx = pool.begin().await.expect("a transaction");
        audit::record_many(&mut tx, &Actor::System(System::Job), NOW, "thing.see", "thing", &objects).await.expect("recorded");
        audit::seal(&mut tx, NOW).await.expect("sealed");
        tx.commit().await.expect("kept");
    }
    let mut tx = pool.begin().await.expect("a transaction");
    audit::record(&mut tx, &Actor::System(System::Job), NOW, entry("thing.change")).await.expect("recorded");
    tx.commit().await.expect("kept");
}

async fn verified(db: &TestDb) -> Verified {
    // As the role that the program works as.
    let mut connection = kravbank::kernel::db::connect_for_work(&db.options()).await.expect("a connection");
    audit::verify(&mut connection, &|_, _| {}).await.expect("verified")
}

#[tokio::test]
async fn a_log_that_nobody_touched_is_whole() {
    let db = TestDb::create();
    assert_eq!(verified(&db).await.rows, 0);
    sealed(&db).await;
    let found = verified(&db).await;
    let last: Vec<u8> = db.value("select hash from audit_seal order by id desc limit 1").await;
    let expected = Verified { rows: 19, seals: 3, unsealed: 1, unsealed_since: Some(NOW), last, broken: None };
    assert_eq!(found, expected);
}

/// Whoever has all power over the database can change a row, but not without a trace.
#[tokio::test]
async fn what_was_changed_after_it_was_sealed_is_found() {
    let freely = |what: &str| format!("set session_replication_role = replica; {what}; reset session_replication_role;");
    for (what, seal, why) in [
        (
            "update audit set action = 'thing.hide' where id = (select audit_id from audit_sealed where seal_id = 2 limit 1)",
            2,
            Why::Hash,
        ),
        ("update audit set new_value = '{}' where id = (select max(audit_id) from audit_sealed where seal_id = 3)", 3, Why::Hash),
        ("delete from audit where id = (select min(audit_id) from audit_sealed where seal_id = 1)", 1, Why::Hash),
        ("delete from audit_sealed where audit_id = (select min(audit_id) from audit_sealed where seal_id = 1)", 1, Why::Count),
        ("insert into audit_sealed select max(id), 2 from audit", 2, Why::Count),
        ("delete from audit_sealed where seal_id = 2; delete from audit_seal where id = 2", 3, Why::Previous),
        ("update audit_seal set previous = hash where id = 1", 1, Why::Previous),
    ] {
        let db = TestDb::create();
        sealed(&db).await;
        db.execute(&freely(what)).await;
        let broken = verified(&db).await.broken.unwrap_or_else(|| panic!("{what} is not found"));
        assert_eq!((broken.seal, broken.why), (seal, why), "{what}");
    }
}

#[tokio::test]
async fn more_rows_than_one_seal_holds_are_sealed_at_once() {
    let db = TestDb::create();
    let pool = db.pool();
    let objects: Vec<Uuid> = (0..20_001).map(Uuid::from_u128).collect();
    let mut tx = pool.begin().await.expect("a transaction");
    audit::record_many(&mut tx, &Actor::System(System::Job), NOW, "thing.see", "thing", &objects).await.expect("recorded");
    assert_eq!(audit::seal(&mut tx, NOW).await.expect("sealed"), 20_001);
    tx.commit().await.expect("kept");
    assert_eq!(db.value::<Vec<i64>>("select array_agg(rows order by id) from audit_seal").await, [10_000, 10_000, 1]);
}

#[tokio::test]
async fn two_who_seal_at_once_make_one_chain() {
    let db = TestDb::create();
    let pool = db.pool();
    let mut tx = pool.begin().await.expect("a transaction");
    for _ in 0..5 {
        audit::record(&mut tx, &Actor::System(System::Job), NOW, entry("thing.change")).await.expect("recorded");
    }
    tx.commit().await.expect("kept");
    let seal = || async {
        let mut connection = db.connect().await;
        let mut tx = connection.begin().await.expect("a transaction");
        let sealed = audit::seal(&mut tx, NOW).await.expect("sealed");
        tx.commit().await.expect("kept");
        sealed
    };
    let sealed = futures_util::future::join_all((0..4).map(|_| seal())).await;
    assert_eq!(sealed.iter().sum::<i64>(), 5);
    let forks: i64 = db.value("select count(*) - count(distinct previous) from audit_seal").await;
    assert_eq!(forks, 0);
}

/// An id is drawn before its row is committed: the row with the lower one may come last, and is sealed all the same.
#[tokio::test]
async fn a_row_that_commits_late_is_sealed_by_the_next_seal() {
    let db = TestDb::create();
    let pool = db.pool();
    let note = async |tx: &mut sqlx::PgConnection| {
        audit::record(tx, &Actor::System(System::Job), NOW, entry("thing.change")).await.expect("recorded");
    };
    let seal = async || {
        let mut tx = pool.begin().await.expect("a transaction");
        let sealed = audit::seal(&mut tx, NOW).await.expect("sealed");
        tx.commit().await.expect("kept");
        sealed
    };
    // The first job of a name is waited for by all others of that name.
    let mut first = pool.begin().await.expect("a transaction");
    note(&mut first).await;
    first.commit().await.expect("kept");
    assert_eq!(seal().await, 1);
    let mut late = pool.begin().await.expect("a transaction");
    note(&mut late).await;
    let mut early = pool.begin().await.expect("a transaction");
    note(&mut early).await;
    early.commit().await.expect("kept");
    assert_eq!(seal().await, 1, "the one that is committed");
    assert_eq!(db.value::<Vec<i64>>("select array_agg(audit_id order by seal_id) from audit_sealed").await, [1, 3]);
    late.commit().await.expect("kept");
    assert_eq!(seal().await, 1, "the one that came late");
    assert_eq!(db.value::<Vec<i64>>("select array_agg(audit_id order by seal_id) from audit_sealed").await, [1, 3, 2]);
    // One that is rolled back leaves nothing to seal.
    let mut never = pool.begin().await.expect("a transaction");
    note(&mut never).await;
    never.rollback().await.expect("taken back");
    assert_eq!(seal().await, 0);
    assert_eq!(db.value::<i64>("select count(*) from audit_unsealed").await, 0);
    let found = verified(&db).await;
    assert_eq!((found.rows, found.seals, found.unsealed, found.broken), (3, 3, 0, None));
}

/// What is sealed already is not looked through again, however much that is.
#[tokio::test]
async fn a_seal_reads_what_it_holds_and_no_more() {
    let db = TestDb::create();
    let pool = db.pool();
    let mut tx = pool.begin().await.expect("a transaction");
    let objects: Vec<Uuid> = (0..20_000).map(Uuid::from_u128).collect();
    audit::record_many(&mut tx, &Actor::System(System::Job), NOW, "thing.see", "thing", &objects).await.expect("recorded");
    audit::seal(&mut tx, NOW).await.expect("sealed");
    tx.commit().await.expect("kept");
    let mut tx = pool.begin().await.expect("a transaction");
    audit::record(&mut tx, &Actor::System(System::Job), NOW, entry("thing.change")).await.expect("recorded");
    let read = "select sum(seq_tup_read + idx_tup_fetch)::bigint from pg_stat_xact_user_tables where relname in ('audit', 'audit_sealed')";
    let before: i64 = sqlx::query_scalar(read).fetch_one(&mut *tx).await.expect("counted");
    assert_eq!(audit::seal(&mut tx, NOW).await.expect("sealed"), 1);
    let after: i64 = sqlx::query_scalar(read).fetch_one(&mut *tx).await.expect("counted");
    assert!(after - before < 20, "{} rows were read", after - before);
}
