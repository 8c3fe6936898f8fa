//! The database: what it must be able to do, and how its schema is brought up.

use std::time::Duration;

use kravbank::kernel::{db, error::Error};
use sqlx::Connection;

use crate::support::TestDb;

#[tokio::test]
async fn a_database_that_knows_no_swedish_is_refused() {
    let db = TestDb::create_bare("template template0 encoding 'UTF8' lc_ctype 'C' lc_collate 'C'");
    let error = db::migrate(&db.options(), false).await.expect_err("refused");
    assert!(format!("{error:#}").contains("C.UTF-8"), "{error:#}");
    assert_eq!(db.value::<i64>("select count(*) from pg_tables where schemaname = 'public'").await, 0, "nothing was made");
}

#[tokio::test]
async fn an_empty_database_gets_the_schema_and_a_second_run_does_nothing() {
    let db = TestDb::create_bare("template template0");
    let dry = db::migrate(&db.options(), true).await.expect("a dry run");
    assert_eq!((dry.from, dry.to), (0, db::newest()));
    assert_eq!(
        db.value::<i64>("select count(*) from pg_tables where schemaname = 'public'").await,
        0,
        "a dry run made something"
    );
    assert_eq!(db::migrate(&db.options(), false).await.expect("migrated").from, 0);
    let again = db::migrate(&db.options(), false).await.expect("migrated");
    assert_eq!((again.from, again.to), (db::newest(), db::newest()));
}

#[tokio::test]
async fn a_newer_schema_is_refused_with_what_to_do() {
    let db = TestDb::create();
    db.execute(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9999, 'later', true, '', 0)",
    )
    .await;
    let error = format!("{:#}", db::migrate(&db.options(), false).await.expect_err("refused"));
    for part in ["version 9999", &format!("programmet kan {}", db::newest()), "nyare version", "säkerhetskopia"] {
        assert!(error.contains(part), "{part}: {error}");
    }
}

#[tokio::test]
async fn an_edited_migration_is_refused() {
    let db = TestDb::create();
    db.execute("update _sqlx_migrations set checksum = '\\x00' where version = 1").await;
    let error = format!("{:#}", db::migrate(&db.options(), false).await.expect_err("refused"));
    assert!(error.contains("Schemat kunde inte föras"), "{error}");
}

#[tokio::test]
async fn two_programs_that_start_at_once_migrate_once() {
    let db = TestDb::create_bare("template template0");
    let options = db.options();
    let results = futures_util::future::join_all((0..3).map(|_| db::migrate(&options, false))).await;
    let mut from: Vec<i64> = results.into_iter().map(|result| result.expect("migrated").from).collect();
    from.sort_unstable();
    assert_eq!(from, [0, db::newest(), db::newest()]);
    assert_eq!(db.value::<i64>("select count(*) - count(distinct version) from _sqlx_migrations").await, 0);
}

#[tokio::test]
async fn a_migration_that_fails_leaves_the_version_where_it_was() {
    let db = TestDb::create_bare("template template0");
    // Something that stands where the fourth migration wants to put its table.
    db.execute("create table search_document (x int)").await;
    let error = format!("{:#}", db::migrate(&db.options(), false).await.expect_err("it fails"));
    assert!(error.contains("Steget som inte gick är återställt"), "{error}");
    assert_eq!(db.value::<i64>("select max(version) from _sqlx_migrations where success").await, 3);
    assert_eq!(db.value::<i64>("select count(*) from _sqlx_migrations where not success").await, 0);
    // With the obstacle gone it goes on from there.
    db.execute("drop table search_document").await;
    let done = db::migrate(&db.options(), false).await.expect("migrated");
    assert_eq!((done.from, done.to), (3, db::newest()));
}

#[tokio::test]
async fn a_database_of_somebody_elses_is_refused_with_what_to_do() {
    let db = TestDb::create_bare("template template0");
    db.execute("do $$ begin execute format('alter database %I owner to %I', current_database(), session_user); end $$").await;
    let there: bool = db.value("select exists (select from pg_roles where rolname = 'kravbank_owner')").await;
    let result = db::migrate(&db.options(), false).await;
    if there {
        let error = format!("{:#}", result.expect_err("refused"));
        for part in ["kravbank_owner får inte göra tabeller", "alter database kravbank_test_", "owner to kravbank_owner"] {
            assert!(error.contains(part), "{part}: {error}");
        }
    } else {
        result.expect("one role does it all");
    }
}

#[tokio::test]
async fn the_working_role_adds_ends_and_changes_none() {
    let db = TestDb::create();
    if !db.value::<bool>("select exists (select from pg_roles where rolname = 'kravbank_app')").await {
        return;
    }
    for table in ["decision", "decision_item", "requirement_repeal", "requirement_successor"] {
        let may = async |what: &str| {
            let query = format!("select has_table_privilege('kravbank_app', '{table}', '{what}')");
            db.value::<bool>(&query).await
        };
        assert!(may("select").await && may("insert").await, "{table}");
        assert!(!may("update").await && !may("delete").await, "{table}");
    }
}

#[tokio::test]
async fn may_see_is_one_rule() {
    let db = TestDb::create();
    let mut connection = db.connect().await;
    let mut see = async |audience: i16, owner: &str, level: i16, organisations: &str| -> Option<bool> {
        sqlx::query_scalar("select may_see($1, $2::uuid, $3, $4::uuid[])")
            .bind(audience)
            .bind(Some(owner).filter(|owner| !owner.is_empty()))
            .bind(level)
            .bind(organisations)
            .fetch_one(&mut connection)
            .await
            .expect("an answer")
    };
    let us = "00000000-0000-7000-8000-000000000001";
    assert_eq!(see(0, "", 0, "{}").await, Some(true));
    assert_eq!(see(0, us, 0, "{}").await, Some(true));
    assert_ne!(see(20, "", 0, "{}").await, Some(true));
    assert_ne!(see(20, us, 10, "{}").await, Some(true));
    assert_eq!(see(20, us, 20, "{}").await, Some(true));
    assert_eq!(see(100, us, 0, &format!("{{{us}}}")).await, Some(true));
    assert_ne!(see(100, us, 20, "{00000000-0000-7000-8000-000000000002}").await, Some(true));
}

#[tokio::test]
async fn counters_wait_for_each_other() {
    let db = TestDb::create();
    let mut one = db.connect().await;
    let mut tx = one.begin().await.expect("a transaction");
    let taken: i64 = sqlx::query_scalar("update counter set last = last + 1 where name = 'requirement' returning last")
        .fetch_one(&mut *tx)
        .await
        .expect("a number");
    tx.rollback().await.expect("given back");
    assert_eq!(taken, db.value::<i64>("select last + 1 from counter where name = 'requirement'").await, "no gap");
}

/// A database that is slow to take the first connection is waited for when the program starts, longer than a page would wait.
#[tokio::test]
async fn the_start_waits_for_a_database_that_is_slow() {
    let tries = std::cell::Cell::new(0);
    let done = db::patiently_for(Duration::from_secs(30), async || {
        tries.set(tries.get() + 1);
        if tries.get() < 4 { Err(sqlx::Error::PoolTimedOut.into()) } else { Ok(tries.get()) }
    });
    assert_eq!(done.await.expect("done"), 4);
    // Not without end, and not for what waiting does not mend.
    let failed = db::patiently_for(Duration::from_millis(1), async || Err::<(), _>(sqlx::Error::PoolTimedOut.into())).await;
    assert!(matches!(failed, Err(Error::Unavailable(_))));
    tries.set(0);
    let failed = db::patiently_for(Duration::from_secs(30), async || {
        tries.set(tries.get() + 1);
        Err::<(), _>(Error::NotFound)
    });
    assert!(matches!(failed.await, Err(Error::NotFound)) && tries.get() == 1);
}
