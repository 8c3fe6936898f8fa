//! How often something may be done: counted once, whoever asks at the same time.

use kravbank::kernel::limits::{self, Limit, Taken, Window};
use time::{Duration, OffsetDateTime};

use crate::support::{NOW, TestDb};

/// As for somebody who guesses: each window is wider than the one before.
const GROWING: Limit = Limit {
    name: "guess",
    each: &[Window::new(3, Duration::minutes(1)), Window::new(5, Duration::hours(1)), Window::new(6, Duration::DAY)],
    all: &[],
};

const CEILING: Limit = Limit { name: "ceiling", each: &[], all: &[Window::new(4, Duration::MINUTE)] };

async fn take(db: &TestDb, limit: &Limit, subject: &str, now: OffsetDateTime) -> Taken {
    let mut tx = db.pool().begin().await.expect("a transaction");
    let taken = limits::take(&mut tx, limit, subject, now).await.expect("an answer");
    tx.commit().await.expect("kept");
    taken
}

#[tokio::test]
async fn windows_of_growing_width_are_growing_delays() {
    let db = TestDb::create();
    let at = |seconds| NOW + Duration::seconds(seconds);
    for (now, expected) in [
        (0, Taken::Yes),
        (10, Taken::Yes),
        (20, Taken::Yes),
        (30, Taken::NotUntil(at(60))),
        (59, Taken::NotUntil(at(60))),
        (60, Taken::Yes),
        (70, Taken::Yes),
        (75, Taken::NotUntil(at(3600))),
        (3599, Taken::NotUntil(at(3600))),
        (3600, Taken::Yes),
        (3700, Taken::NotUntil(at(86_400))),
        (86_400, Taken::Yes),
    ] {
        assert_eq!(take(&db, &GROWING, "anna", at(now)).await, expected, "after {now} s");
    }
    assert_eq!(take(&db, &GROWING, "bo", at(3700)).await, Taken::Yes, "somebody else");
    let other = Limit { name: "other", ..GROWING };
    assert_eq!(take(&db, &other, "anna", at(3700)).await, Taken::Yes, "something else");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_at_once_no_more_get_through() {
    let db = TestDb::create();
    for (limit, most) in [(GROWING, 3), (CEILING, 4)] {
        let pool = kravbank::kernel::db::Db::open(db.options(), 12);
        let ask = async |n: usize| {
            let mut tx = pool.begin().await.expect("a transaction");
            let subject = if limit.each.is_empty() { format!("subject {n}") } else { "one".to_owned() };
            let taken = limits::take(&mut tx, &limit, &subject, NOW).await.expect("an answer");
            tx.commit().await.expect("kept");
            usize::from(taken == Taken::Yes)
        };
        let all = futures_util::future::join_all((0..12).map(ask)).await;
        assert_eq!(all.iter().sum::<usize>(), most, "{}", limit.name);
    }
    assert_eq!(db.value::<i64>("select count(*) from limit_key").await, 1, "one key a day, however many ask first");
}

#[tokio::test]
async fn what_is_not_kept_is_not_counted() {
    let db = TestDb::create();
    for _ in 0..5 {
        let pool = db.pool();
        let mut tx = pool.begin().await.expect("a transaction");
        assert_eq!(limits::take(&mut tx, &GROWING, "anna", NOW).await.expect("an answer"), Taken::Yes);
        tx.rollback().await.expect("undone");
    }
    assert_eq!(db.value::<i64>("select count(*) from limit_hit").await, 0);
}
