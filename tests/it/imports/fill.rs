//! The first fill of the bank.

use std::time::Duration;

use super::rows;
use crate::support::{Import, TestDb, complete, lines};

const FILE: &str = include_str!("../../data/requirements.jsonl");

#[tokio::test]
async fn four_hundred_requirements_come_into_force_once() {
    let db = TestDb::create();
    let first = Import::current().accepted(&db, FILE).await;
    let expected = FILE.lines().count();
    assert_eq!((first.new, first.changed, first.unchanged), (expected, 0, 0));
    assert_eq!(first.decision, Some(1));
    assert_eq!(first.warnings, [], "every CPV code of the file is in the short list");
    let in_force: i64 =
        db.value("select count(*) from requirement_version where valid @> '2026-11-22T12:00Z'::timestamptz").await;
    let found: i64 = db.value("select count(*) from search_document where audience = 0").await;
    let items: i64 = db.value("select count(*) from decision_item").await;
    assert_eq!([in_force, found, items], [i64::try_from(expected).expect("a count"); 3]);
    assert_eq!(db.value::<i64>("select last from counter where name = 'requirement'").await, in_force);
    let before = rows(&db).await;
    let second = Import::current().accepted(&db, FILE).await;
    assert_eq!((second.new, second.changed, second.unchanged, second.decision), (0, 0, expected, None));
    assert_eq!(rows(&db).await, before);
}

/// Rows that were read of versions, by any way, in an import of so many new requirements and in the same file read again.
async fn versions_read(count: usize) -> i64 {
    let db = TestDb::create();
    let file: Vec<_> = (1..=count).map(|n| complete(&format!("Krav {n}")).id(&format!("KB-{n:04}"))).collect();
    Import::current().accepted(&db, lines(&file)).await;
    let again = Import::current().dry_run().accepted(&db, lines(&file)).await;
    assert_eq!(again.unchanged, count);
    // The counters come a moment after the connection is gone.
    let (mut before, mut read) = (-1, 0);
    while read == 0 || read != before {
        tokio::time::sleep(Duration::from_millis(500)).await;
        before = read;
        read = db
            .value(
                "select ((select sum(seq_tup_read) from pg_stat_user_tables where relname = 'requirement_version')
                      + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'requirement_version'))::bigint",
            )
            .await;
    }
    read
}

/// A planner that knows nothing of a table that is being filled may read the whole of it for each row.
#[tokio::test]
async fn twice_as_many_rows_are_twice_the_work() {
    let (few, many) = (versions_read(300).await, versions_read(600).await);
    assert!(many < few * 3, "{few} rows were read for 300 requirements, {many} for 600");
}
