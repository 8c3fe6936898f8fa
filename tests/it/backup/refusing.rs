//! What is not restored, and where.

use std::fs;

use kravbank::{
    backup::{BadArchive, contents},
    kernel::{
        actor::{Actor, Role, System},
        db,
    },
};
use uuid::Uuid;

use super::{Places, as_owner, can_dump, empty, fresh, restore, take, target};
use crate::support::{NOW, TestApp, TestDb};

/// A database in which nothing was done but what migrations do.
#[tokio::test]
async fn what_migrations_put_there_is_nothing() {
    let db = TestDb::create();
    assert_eq!(contents(&target(&db)).await.expect("read"), []);
    db.execute("insert into audit (at, actor_kind, action, object_kind) values ('2026-01-01Z', 'command_line', 'program.start', 'program')").await;
    assert_eq!(contents(&target(&db)).await.expect("read"), []);
    db.execute("insert into audit (at, actor_kind, action, object_kind) values ('2026-01-01Z', 'command_line', 'organisation.edit', 'x')").await;
    assert_eq!(contents(&target(&db)).await.expect("read"), [("public.audit".to_owned(), 1)]);
}

#[tokio::test]
async fn a_bank_in_use_is_left_alone_and_replaced_when_that_is_meant() {
    let app = TestApp::build().people().spawn().await;
    if !can_dump(&app.db).await {
        return;
    }
    let places = Places::new();
    let taken = take(&app.db, &places).await.expect("taken");
    let other = fresh().await;
    other.execute("insert into person (id, name, email, created_at) values ('01900000-0000-7000-8000-000000000001', 'Eva', 'eva@example.org', '2026-01-01Z')").await;
    as_owner(
        &other,
        "create table public.left_over (x int); create function public.left_over() returns int language sql return 1",
    )
    .await;
    let refused = format!("{:#}", restore(&other, &places.file, &places.data_dir, false).await.expect_err("refused"));
    assert!(refused.contains("person (1 rad)") && refused.contains("--force"), "{refused}");
    assert_eq!(other.value::<i64>("select count(*) from person").await, 1);
    {
        // As long as somebody is connected, not even that helps.
        let _held = other.connect().await;
        let refused = format!("{:#}", restore(&other, &places.file, &places.data_dir, true).await.expect_err("refused"));
        assert!(refused.contains("Stoppa tjänsten"), "{refused}");
    }
    let restored = restore(&other, &places.file, &places.data_dir, true).await.expect("restored");
    assert_eq!(restored.manifest, taken.manifest);
    assert_eq!(other.value::<i64>("select count(*) from person where name = 'Eva'").await, 0);
    assert!(other.value::<bool>("select to_regclass('left_over') is null").await);
}

#[tokio::test]
async fn an_archive_that_is_not_whole_is_refused_before_anything_is_touched() {
    let app = TestApp::build().people().spawn().await;
    if !can_dump(&app.db).await {
        return;
    }
    let places = Places::new();
    take(&app.db, &places).await.expect("taken");
    let whole = fs::read(&places.file).expect("the archive");
    let dump = whole.windows(5).position(|part| part == b"PGDMP").expect("the dump");
    let changed = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    let replaced = |from: &str, to: &str| {
        assert_eq!(from.len(), to.len());
        let at = whole.windows(from.len()).position(|part| part == from.as_bytes()).unwrap_or_else(|| panic!("{from}"));
        let mut bytes = whole.clone();
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        bytes
    };
    let newest = format!("\"schema\": {}", db::newest());
    for (what, bytes) in [
        ("a changed dump", changed(dump + 2000)),
        ("cut off in the dump", whole[..dump + 3000].to_vec()),
        ("cut off after the manifest", whole[..dump - 512].to_vec()),
        ("no archive", b"hej".to_vec()),
        ("nothing", Vec::new()),
        ("another format", replaced("\"format\": 1", "\"format\": 9")),
        ("a newer schema", replaced(&newest, &newest.replace(|c: char| c.is_ascii_digit(), "9"))),
    ] {
        let db = empty();
        fs::write(&places.file, bytes).expect("written");
        let error = restore(&db, &places.file, &places.data_dir, true).await.expect_err(what);
        assert!(error.is::<BadArchive>(), "{what}: {error:#}");
        assert_eq!(db.value::<i64>("select count(*) from pg_tables where schemaname = 'public'").await, 0, "{what}");
    }
    // A manifest that says something else is found when the rows are counted.
    let db = empty();
    let rows = "\"rows\": 12,";
    fs::write(&places.file, replaced(rows, "\"rows\": 13,")).expect("written");
    let error = format!("{:#}", restore(&db, &places.file, &places.data_dir, false).await.expect_err("refused"));
    assert!(error.contains("public.person"), "{error}");
}

#[tokio::test]
async fn only_who_runs_the_machine_takes_backups() {
    let (db, places) = (TestDb::create(), Places::new());
    let admin = Actor::Person { id: Uuid::nil(), organisation: None, roles: vec![Role::Admin] };
    for actor in [admin, Actor::Anonymous, Actor::System(System::Job)] {
        let refused = kravbank::backup::take(&target(&db), &actor, (&places.file, &places.data_dir), NOW, &|_, _| {}).await;
        assert!(refused.is_err() && !places.file.exists(), "{actor:?}");
    }
}
