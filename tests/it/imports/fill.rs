//! The first fill of the bank.

use super::rows;
use crate::support::{Import, TestDb};

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
