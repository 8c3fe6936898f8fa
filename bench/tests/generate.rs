//! A small bank in a database of its own: what triggers would have refused is not there, and the same seed gives the same rows.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
};

use kravbank::kernel::db;
use kravbank_bench::generate;
use private_postgres::{Durability, Options, Supervisor};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, postgres::PgConnectOptions};

const COUNT: i64 = 200;

/// Every table that is filled, as one hash of its rows. Ids of audit rows are the database's own, and so is the transaction that a
/// decision was made in.
const ROWS: &str = "select string_agg(t.name || ' ' || (xpath('//h/text()', query_to_xml(
        'select md5(string_agg(r, chr(10) order by r)) as h from (select (to_jsonb(x) - ''made_in'')::text as r from ' || t.name || ' x) y',
        false, true, '')))[1]::text, E'\\n'
        order by t.name)
    from unnest(array['requirement', 'requirement_version', 'version_clause', 'version_reference', 'version_english', 'event',
        'requirement_repeal', 'requirement_successor', 'requirement_stop', 'search_document', 'audit', 'audit_seal', 'decision']) as t(name)";

#[tokio::test]
async fn a_bank_keeps_the_rules_and_is_the_same_twice() {
    let folder = tempfile::Builder::new().prefix("kravbank-bench-").tempdir().expect("a folder");
    // Started by root, Postgres runs as somebody else, who must be able to pass.
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).expect("its permissions");
    let mut options = Options { durability: Durability::Disposable, ..Options::new(folder.path()) };
    options.bin_dir = std::env::var_os("KRAVBANK_PG_BIN").map(Into::into);
    let postgres = Supervisor::start(options).expect("Postgres");
    let server = postgres.connection();
    let of = |database: &str| {
        PgConnectOptions::new_without_pgpass()
            .socket(&server.socket_dir)
            .port(server.port)
            .username(server.user)
            .database(database)
    };
    let mut hashes = Vec::new();
    for (database, seed) in [("first", 7), ("second", 7), ("other", 8)] {
        db::create(&of("postgres"), database).await.expect("a database");
        db::migrate(&of(database), false).await.expect("its schema");
        let report = generate::fill(&of(database), COUNT, seed).await.expect("a bank that keeps the rules");
        assert_eq!(report.requirements, COUNT);
        assert!(report.versions > COUNT && report.documents > COUNT, "{report:?}");
        assert!(report.invariants.len() > 40, "rules and foreign keys: {}", report.invariants.len());
        let mut connection = of(database).connect().await.expect("a connection");
        let rows: String = sqlx::query_scalar(ROWS).fetch_one(&mut connection).await.expect("hashes");
        hashes.push(rows);
        connection.close().await.expect("closed");
        let again = generate::fill(&of(database), COUNT, seed).await.expect_err("it is not empty");
        assert!(again.to_string().contains("an empty one is needed"), "{again}");
    }
    assert_eq!(hashes[0], hashes[1]);
    assert_ne!(hashes[0], hashes[2]);

    // The rules do find what breaks them.
    let mut connection = of("first").connect().await.expect("a connection");
    for (breaking, rule) in [
        (
            "delete from version_clause where version_id = (select id from requirement_version where sha256 is not null order by id limit 1)",
            "what is or was decided has a text",
        ),
        ("update counter set last = last + 1 where name = 'requirement'", "requirements are numbered as the counter says"),
        (
            "delete from search_document where id = (select id from search_document order by id limit 1)",
            "one search document a version that can be found",
        ),
        (
            "update requirement set product_group_id = gen_random_uuid() where number = 1",
            "requirement.requirement_product_group_id_fkey",
        ),
        (
            "update requirement_version set title = title || '!' where sha256 is not null",
            "the canonical text is what the row says",
        ),
    ] {
        let mut tx = connection.begin().await.expect("a transaction");
        sqlx::query("set local session_replication_role = replica").execute(&mut *tx).await.expect("no triggers");
        sqlx::query(AssertSqlSafe(breaking)).execute(&mut *tx).await.expect(breaking);
        let found = generate::check(&mut tx).await.expect("the rules are asked");
        let broken: Vec<&str> = found.iter().filter(|one| one.broken > 0).map(|one| one.name.as_str()).collect();
        assert!(broken.contains(&rule), "{breaking}: {broken:?}");
        tx.rollback().await.expect("rolled back");
    }
    connection.close().await.expect("closed");
    postgres.stop();
}
