//! Files in the exchange format, read in.

mod by_browser;
mod cpv;
mod fill;
mod hostile;
mod laying;
mod odd;
mod rejecting;
mod report;
mod sheets;

pub use sheets::bank;

use kravbank::requirements::{Stored, StoredVersion, load};

use crate::support::TestDb;

/// A requirement as it is stored.
async fn stored(db: &TestDb, number: i64) -> Stored {
    let mut connection = db.connect().await;
    let found = load(&mut connection, &[number]).await.expect("requirements are read");
    found.get(&number).unwrap_or_else(|| panic!("there is no KB-{number:04}")).clone()
}

/// Its version that was decided last.
async fn decided(db: &TestDb, number: i64) -> StoredVersion {
    stored(db, number).await.decided.expect("a decided version")
}

/// How many rows all tables have that an import writes to.
async fn rows(db: &TestDb) -> i64 {
    db.value(
        "select (select count(*) from requirement) + (select count(*) from requirement_version) + (select count(*) from clause)
              + (select count(*) from version_clause) + (select count(*) from decision) + (select count(*) from audit)
              + (select count(*) from event) + (select count(*) from search_document) + (select count(*) from product_group)
              + (select count(*) from reference) + (select sum(last)::bigint from counter)",
    )
    .await
}
