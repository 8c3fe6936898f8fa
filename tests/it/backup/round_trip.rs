//! What is taken out is what is put in.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use kravbank::{
    backup::{self, TableSum, UPLOADS},
    kernel::{
        actor::{Actor, System},
        audit::{self, Entry},
        db,
    },
};
use uuid::Uuid;

use super::{Places, as_owner, can_dump, empty, fresh, restore, take};
use crate::support::{NOW, TestApp, TestDb};

async fn sums(db: &TestDb) -> BTreeMap<String, TableSum> {
    let mut connection = db::connect_as_owner(&db.options()).await.expect("a connection");
    backup::sums(&mut connection, &|_, _| {}).await.expect("sums")
}

/// Writes as the program does, as fast as it can, until it is told to stop; gives how often.
fn writing(db: &TestDb) -> (Arc<AtomicBool>, tokio::task::JoinHandle<u32>) {
    let (pool, stop) = (db.pool(), Arc::new(AtomicBool::new(false)));
    let stopped = Arc::clone(&stop);
    let task = tokio::spawn(async move {
        let mut written = 0;
        while !stopped.load(Ordering::Relaxed) {
            let mut tx = pool.begin().await.expect("a transaction");
            for n in 0..5_u128 {
                let object_id = Some(Uuid::from_u128(n));
                let new = Some(serde_json::json!({"text": "rad\nmed\tallt \\ och å", "n": written}));
                let entry = Entry { action: "thing.change", object_kind: "thing", object_id, old: None, new, reason: None };
                audit::record(&mut tx, &Actor::System(System::Job), NOW, entry).await.expect("recorded");
            }
            if written % 3 == 0 {
                audit::seal(&mut tx, NOW).await.expect("sealed");
            }
            tx.commit().await.expect("kept");
            written += 1;
        }
        written
    });
    (stop, task)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bank_that_is_written_to_comes_back_as_it_was() {
    let app = TestApp::build().example().spawn().await;
    if !can_dump(&app.db).await {
        return;
    }
    let places = Places::new();
    let upload = places.data_dir.join(UPLOADS).join("2026/bilaga.pdf");
    fs::create_dir_all(upload.parent().expect("a folder")).expect("a folder");
    fs::write(&upload, [0_u8, 1, 2, 255]).expect("written");
    app.post("/logga-in/exempel", &[("person", "lmc")]).await.expect(303);

    {
        let mut tx = app.app.db.begin().await.expect("a transaction");
        audit::seal(&mut tx, NOW).await.expect("sealed");
        tx.commit().await.expect("kept");
    }
    let (stop, writer) = writing(&app.db);
    let before: i64 = app.db.value("select count(*) from audit").await;
    let taken = take(&app.db, &places).await.expect("taken");
    stop.store(true, Ordering::Relaxed);
    let written = writer.await.expect("the writer writes");
    let after: i64 = app.db.value("select count(*) from audit").await;
    assert!(written > 2 && after > before, "something was written meanwhile");
    assert_eq!(fs::metadata(&places.file).expect("the file").permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(places.file.parent().expect("a folder")).expect("a folder").count(), 2, "nothing is left beside it");
    let (value, at) = {
        let mut connection = app.db.connect().await;
        db::fact(&mut connection, db::LAST_BACKUP).await.expect("read").expect("noted")
    };
    assert!(at == NOW && value.contains("\"rows\":"), "{value}");

    let (db, data_dir) = (empty(), places.data_dir.with_file_name("elsewhere"));
    let restored = restore(&db, &places.file, &data_dir, false).await.expect("restored");
    assert_eq!(restored.manifest, taken.manifest);
    assert_eq!(
        (restored.files, fs::read(data_dir.join(UPLOADS).join("2026/bilaga.pdf")).expect("there")),
        (1, vec![0, 1, 2, 255])
    );
    let found = sums(&db).await;
    assert_eq!(found, taken.manifest.tables);
    for table in [
        "public.person",
        "public.membership_role",
        "public.session",
        "public.audit",
        "public.audit_seal",
        "public.event",
        "public.requirement_version",
        "public.selection_row",
        "graphile_worker._private_jobs",
    ] {
        assert!(found.get(table).is_some_and(|sum| sum.rows > 0), "{table} is in it with rows");
    }
    // It is a bank again: migrated, with its rights, its log whole, and its numbers going on.
    db::migrate(&db.options(), false).await.expect("migrated");
    let mut connection = db::connect_for_work(&db.options()).await.expect("a connection");
    assert_eq!(audit::verify(&mut connection, &|_, _| {}).await.expect("verified").broken, None);
    let entry = Entry { action: "thing.go_on", object_kind: "thing", object_id: None, old: None, new: None, reason: None };
    audit::record(&mut connection, &Actor::System(System::Job), NOW, entry).await.expect("it goes on");
    let last: String = db.value("select action from audit order by id desc limit 1").await;
    assert_eq!(last, "thing.go_on");
}

#[tokio::test]
async fn a_sum_does_not_hang_on_the_order_of_rows() {
    let (one, other) = (fresh().await, fresh().await);
    for (db, order) in [(&one, "asc"), (&other, "desc")] {
        as_owner(db, "create table public.thing (word text primary key, note text); create table public.loose (note text)").await;
        db.execute(&format!(
            "insert into thing select w, w || E'\\nx' from unnest(array['ö', 'a', 'B', 'å', 'z']) w order by w {order}"
        ))
        .await;
        db.execute(&format!("insert into loose select word from thing order by word {order}")).await;
    }
    let (one, other) = (sums(&one).await, sums(&other).await);
    for table in ["public.thing", "public.loose"] {
        assert_eq!(one[table], other[table]);
        assert_eq!(one[table].rows, 5, "a line end in a text is no row");
    }
    assert_ne!(one["public.thing"].sha256, one["public.loose"].sha256);
}
