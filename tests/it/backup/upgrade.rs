//! Banks of earlier schemas, one for each release (`tests/data/upgrade`), brought to the newest: nothing is lost, nothing that
//! was decided is another, and the pages answer.

use std::{fs, path::Path};

use kravbank::{
    kernel::{audit, db},
    requirements::{self, content::hash},
};

use super::{Places, can_dump, empty, restore};
use crate::support::{Browser, TestApp};

/// Tables in which every row is somebody's; a migration adds none and takes none away.
const KEPT: [&str; 17] = [
    "audit",
    "clause",
    "decision",
    "event",
    "fault_report",
    "import_run",
    "invitation",
    "membership",
    "membership_role",
    "person",
    "requirement",
    "requirement_repeal",
    "requirement_stop",
    "requirement_version",
    "selection",
    "selection_row",
    "version_clause",
];
const PAGES: [&str; 12] = [
    "/",
    "/krav?q=handskar",
    "/krav/KB-0001",
    "/krav/KB-0004/v/1",
    "/krav/KB-0004/historik",
    "/omraden/medicinteknik",
    "/organisationer/region-skane",
    "/vagvisare",
    "/k/e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0",
    "/api/v1/requirements?q=handskar",
    "/api/v1/requirements/KB-0004/versions",
    "/logga-in",
];
const PAGES_OF_COORDINATORS: [&str; 7] =
    ["/mitt", "/mitt/uppgifter", "/lmc/inkorg", "/lmc/konton", "/lmc/rapporter/FR-0001", "/lmc/import/1", "/krav/KB-0006/v/2"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bank_of_every_release_comes_to_the_newest_schema_whole() {
    if !can_dump(&empty()).await {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/upgrade");
    let mut archives: Vec<_> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    archives.retain(|path| path.extension().is_some_and(|ending| ending == "tar"));
    archives.sort();
    assert!(!archives.is_empty());
    for archive in archives {
        upgraded(&archive).await;
    }
}

async fn upgraded(archive: &Path) {
    let name = archive.display();
    let (db, places) = (empty(), Places::new());
    let manifest =
        restore(&db, archive, &places.data_dir, false).await.unwrap_or_else(|error| panic!("{name}: {error:#}")).manifest;
    let current =
        "select count(*) from requirement_version where state = 'decided' and valid @> '2026-11-22T12:00:00Z'::timestamptz";
    let before: i64 = db.value(current).await;
    let hashes = "select md5(string_agg(encode(sha256, 'hex') || canonical, ',' order by id)) from requirement_version where sha256 is not null";
    let decided: String = db.value(hashes).await;
    let migrated = db::migrate(&db.options(), false).await.unwrap_or_else(|error| panic!("{name}: {error:#}"));
    assert_eq!((migrated.from, migrated.to), (manifest.schema, db::newest()), "{name}");

    for table in KEPT {
        let rows: i64 = db.value(&format!("select count(*) from {table}")).await;
        assert_eq!(
            Some(rows.unsigned_abs()),
            manifest.tables.get(&format!("public.{table}")).map(|sum| sum.rows),
            "{name}: {table}"
        );
    }
    assert_eq!((db.value::<i64>(current).await, db.value::<String>(hashes).await), (before, decided), "{name}");
    assert!(before > 50, "{name}: {before}");
    let several: i64 = db
        .value("select count(*) from (select requirement_id from requirement_version where valid @> '2026-11-22T12:00:00Z'::timestamptz group by 1 having count(*) > 1) x")
        .await;
    assert_eq!(several, 0, "{name}: requirements with several versions in force");

    // What is stored says what was hashed.
    let mut connection = db.connect().await;
    let numbers: Vec<i64> = db.value("select array_agg(number order by number) from requirement").await;
    let stored = requirements::load(&mut connection, &numbers).await.expect("requirements are read");
    let mut recomputed = 0;
    for (number, one) in &stored {
        let Some(version) = &one.decided else { continue };
        let canonical = version.content.core.canonical(requirements::RequirementNumber::from_db(*number), version.number);
        let kept: Vec<u8> = db.value(&format!("select sha256 from requirement_version where id = '{}'", version.id)).await;
        assert_eq!(hash(&canonical.expect("JSON")), kept, "{name}: {number}");
        recomputed += 1;
    }
    assert!(recomputed > 50, "{name}: {recomputed}");

    let log = audit::verify(&mut connection, &|_, _| {}).await.expect("the log is read");
    assert!(log.broken.is_none() && log.rows > 0, "{name}: {:?}", log.broken);

    let app = TestApp::build().people().on(&db).spawn().await;
    for path in PAGES {
        assert_eq!(app.get(path).await.status.as_u16(), 200, "{name}: {path}");
    }
    let coordinator = Browser::signed_in(&app, "lmc").await;
    for path in PAGES_OF_COORDINATORS {
        assert_eq!(coordinator.get(path).await.status.as_u16(), 200, "{name}: {path}");
    }
    let administrator = Browser::signed_in(&app, "admin").await;
    for path in ["/admin", "/admin/jobb", "/admin/logg", "/admin/konton"] {
        assert_eq!(administrator.get(path).await.status.as_u16(), 200, "{name}: {path}");
    }
}
