//! Jobs that failed, and those that wait: done again, or removed.

use askama::Template;
use axum::response::Response;

use super::{Entry, frame, told};
use crate::{
    admin::{
        reads::jobs::{self, Job, MOST},
        workflow,
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Layout, Routes, Visit, html, links, see_other},
    },
};

/// The list, and where its buttons are sent.
pub(in crate::admin) fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::ADMIN_JOBS, Right::Administer, page)
        .swedish_page(links::ADMIN_JOB_AGAIN, Right::Administer, back)
        .swedish_post(links::ADMIN_JOB_AGAIN, Right::Administer, again)
        .swedish_page(links::ADMIN_JOB_REMOVE, Right::Administer, ask)
        .swedish_post(links::ADMIN_JOB_REMOVE, Right::Administer, remove)
}

#[derive(Template)]
#[template(path = "admin/jobs.html")]
struct JobsPage {
    layout: Layout,
    menu: Vec<Entry>,
    dead: Vec<Job>,
    waiting: Vec<Job>,
}

impl JobsPage {
    fn moment(&self, at: &time::OffsetDateTime) -> String {
        self.layout.lang.moment(*at)
    }

    fn again(&self, job: &Job) -> String {
        links::admin(links::ADMIN_JOB_AGAIN, job.id)
    }

    fn remove(&self, job: &Job) -> String {
        links::admin(links::ADMIN_JOB_REMOVE, job.id)
    }

    fn is_cut(&self) -> bool {
        self.dead.len() + self.waiting.len() >= usize::try_from(MOST).unwrap_or(usize::MAX)
    }
}

#[derive(Template)]
#[template(path = "admin/job_remove.html")]
struct RemovePage {
    layout: Layout,
    menu: Vec<Entry>,
    job: Job,
}

impl RemovePage {
    fn action(&self) -> String {
        links::admin(links::ADMIN_JOB_REMOVE, self.job.id)
    }

    fn back(&self) -> &'static str {
        links::ADMIN_JOBS
    }
}

async fn page(visit: Visit) -> Result<Response> {
    let found = jobs::jobs(&mut *visit.app.db.read().await?).await?;
    let (layout, menu) = frame(&visit, visit.texts().admin_jobs(), links::ADMIN_JOBS, None);
    let (dead, waiting) = found.into_iter().partition(Job::is_dead);
    html(&JobsPage { layout, menu, dead, waiting })
}

async fn back() -> Response {
    see_other(links::ADMIN_JOBS)
}

async fn again(visit: Visit, At(job): At<i64>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let done = workflow::run_again(&mut tx, &visit.actor(), job, visit.now).await?;
    tx.commit().await?;
    let t = visit.texts();
    Ok(told(&visit, links::ADMIN_JOBS, if done { t.admin_job_runs_again() } else { t.admin_job_gone() }))
}

async fn ask(visit: Visit, At(job): At<i64>) -> Result<Response> {
    let t = visit.texts();
    let job = jobs::job(&mut *visit.app.db.read().await?, job).await?.ok_or(Error::NotFound)?;
    let above = Some((t.admin_jobs(), links::ADMIN_JOBS.to_owned()));
    let (layout, menu) = frame(&visit, t.admin_job_remove(), "", above);
    html(&RemovePage { layout, menu, job })
}

async fn remove(visit: Visit, At(job): At<i64>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let done = workflow::remove(&mut tx, &visit.actor(), job, visit.now).await?;
    tx.commit().await?;
    let t = visit.texts();
    Ok(told(&visit, links::ADMIN_JOBS, if done { t.admin_job_removed() } else { t.admin_job_gone() }))
}
