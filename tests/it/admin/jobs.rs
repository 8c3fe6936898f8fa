//! Jobs that failed.

use super::logged;
use crate::support::{Browser, TestApp};

#[tokio::test]
async fn a_job_that_was_given_up_is_done_again_or_removed() {
    let app = TestApp::build().people().spawn().await;
    app.db
        .execute(
            "delete from graphile_worker._private_jobs;
             select graphile_worker.add_job('sweep_limits', max_attempts => 3, job_key => 'one');
             select graphile_worker.add_job('seal_audit', max_attempts => 3, job_key => 'two');
             update graphile_worker._private_jobs set attempts = 3, last_error = 'the database <b>said</b> no'",
        )
        .await;
    let browser = Browser::signed_in(&app, "admin").await;
    let page = browser.get("/admin/jobb").await.expect(200);
    assert_eq!(page.texts(".admin-error"), ["the database <b>said</b> no"; 2]);
    let again = page.attributes(".memberships form", "action").swap_remove(0);
    let page = browser.post_on(&again, &[]).await;
    assert!(page.text().contains("Jobbet görs om."));
    assert_eq!(page.texts(".tag--stop").len(), 1);
    let tried: i64 = app
        .db
        .value("select count(*) from graphile_worker._private_jobs where is_available and attempts = 0 and key in ('one', 'two')")
        .await;
    assert_eq!(tried, 1);
    assert_eq!(logged(&app, "job.run_again").await.len(), 1);
    // What cannot be undone is asked for first.
    let dead = page.attributes("#misslyckade ~ ul a", "href").swap_remove(0);
    let ask = browser.get(&dead).await.expect(200);
    assert_eq!(ask.texts("h1"), ["Ta bort jobbet"]);
    let page = browser.post_on(&dead, &[]).await;
    assert!(page.text().contains("Jobbet är borttaget.") && page.texts(".tag--stop").is_empty());
    assert_eq!(logged(&app, "job.remove").await.len(), 1);
    // A second click finds nothing, and writes nothing.
    assert!(browser.post_on(&dead, &[]).await.text().contains("Jobbet är redan gjort"));
    assert_eq!(logged(&app, "job.remove").await.len(), 1);
}

/// Nobody takes a job away under a worker that is at it.
#[tokio::test]
async fn a_job_that_runs_is_left_alone() {
    let app = TestApp::build().people().spawn().await;
    app.db
        .execute(
            "select graphile_worker.add_job('seal_audit', job_key => 'runs');
             update graphile_worker._private_jobs set locked_at = now(), locked_by = 'x' where key = 'runs'",
        )
        .await;
    let id: i64 = app.db.value("select id from graphile_worker._private_jobs where key = 'runs'").await;
    let browser = Browser::signed_in(&app, "admin").await;
    for path in [format!("/admin/jobb/{id}/ta-bort"), format!("/admin/jobb/{id}/korning")] {
        assert!(browser.post_on(&path, &[]).await.text().contains("pågår just nu"));
    }
    assert_eq!(app.db.value::<i64>("select count(*) from graphile_worker._private_jobs where key = 'runs'").await, 1);
}
