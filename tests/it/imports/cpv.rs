//! The CPV list.

use kravbank::{
    kernel::actor::{Actor, Role, System},
    taxonomy::{CpvError, CpvReport, import_cpv, policy::Edit},
};
use uuid::Uuid;

use crate::support::{NOW, TestDb};

async fn import(db: &TestDb, text: &str) -> Result<CpvReport, CpvError> {
    let pool = db.pool();
    let mut tx = pool.begin().await.expect("a transaction");
    let permit = Edit::ask(&Actor::System(System::CommandLine)).expect("the command line may");
    let report = import_cpv(&mut tx, &permit, text, NOW).await;
    if report.is_ok() {
        tx.commit().await.expect("it is kept");
    } else {
        tx.rollback().await.expect("it is not kept");
    }
    report
}

fn counts(new: usize, changed: usize, unchanged: usize) -> CpvReport {
    CpvReport { new, changed, unchanged }
}

#[tokio::test]
async fn new_changed_and_unchanged_codes_are_counted() {
    let db = TestDb::create();
    let file = "\u{feff}code\tname_sv\tname_en\r\n99000001-5\tEtt\tOne\r\n99000002\tTvå\tTwo\t\r\n\r\n";
    assert_eq!(import(&db, file).await.expect("a report"), counts(2, 0, 0));
    assert_eq!(import(&db, file).await.expect("a report"), counts(0, 0, 2));
    assert_eq!(import(&db, "99000001\tEn etta\tOne\n99000003\tTre\tThree\n").await.expect("a report"), counts(1, 1, 0));
    assert_eq!(db.value::<String>("select name_sv from cpv_code where code = '99000001'").await, "En etta");
    assert_eq!(
        db.value::<i64>("select count(*) from audit where action = 'taxonomy.import_cpv'").await,
        2,
        "nothing done, nothing noted"
    );
}

#[tokio::test]
async fn every_wrong_line_is_told_and_nothing_is_saved() {
    let db = TestDb::create();
    let long = "x".repeat(401);
    let file = format!(
        "99000001\tEtt\tOne\n9900000\tEtt\tOne\n99000002\tTvå\n99000003\t\tThree\n99000001\tIgen\tAgain\n99000004 Fyra Four\n99000005\t{long}\tx\n9900000a\ta\tb\n99000006\ta\tb\tc\n"
    );
    match import(&db, &file).await {
        Err(CpvError::Lines(lines)) => {
            assert_eq!(lines.iter().map(|line| line.0).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7, 8, 9]);
            assert!(lines.iter().all(|line| line.1.chars().count() <= 120));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(db.value::<i64>("select count(*) from cpv_code where code like '990%'").await, 0);
    for odd in ["", "\n", "code\tname_sv\tname_en\n"] {
        assert!(matches!(import(&db, odd).await, Err(CpvError::Lines(lines)) if lines.is_empty()), "{odd:?}");
    }
}

#[tokio::test]
async fn odd_signs_give_a_report() {
    let db = TestDb::create();
    for odd in
        ["99000001\ta\u{0}b\tc\n", "\u{0}\n", "99000001-55\tx\ty\n", "99000001\t\u{200b}\t\u{200b}\n", "９９０００００１\tx\ty\n"]
    {
        if let Err(CpvError::Database(error)) = import(&db, odd).await {
            panic!("{odd:?}: {error}");
        }
    }
}

#[test]
fn only_coordinators_and_the_command_line_edit_the_tree() {
    let person = |role| Actor::Person { id: Uuid::nil(), organisation: Some(Uuid::nil()), roles: vec![role] };
    let may: Vec<Role> = Role::ALL.into_iter().filter(|role| Edit::ask(&person(*role)).is_some()).collect();
    assert_eq!(may, [Role::LmcCoordinator]);
    assert!(Edit::ask(&Actor::Anonymous).is_none());
    assert!(Edit::ask(&Actor::System(System::Job)).is_none());
}
