//! Where one is signed in, and how to end it.

use askama::Template;
use axum::response::Response;
use uuid::Uuid;

use crate::{
    accounts::{
        policy::Own,
        reads::sessions::{self, Session},
        session::{ABSOLUTE, IDLE},
        workflow::{self, Ended},
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Crumb, Flash, Layout, Routes, Visit, Who, carry_flash, html, links, see_other},
    },
};

/// The list, and where its buttons are sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new()
        .page(links::OWN_SESSIONS, Right::OwnAccount, page)
        .page(links::SESSIONS_END, Right::OwnAccount, back)
        .post(links::SESSIONS_END, Right::OwnAccount, end_others)
        .page(links::SESSION_END, Right::OwnAccount, back)
        .post(links::SESSION_END, Right::OwnAccount, end)
}

#[derive(Template)]
#[template(path = "accounts/sessions.html")]
struct SessionsPage {
    layout: Layout,
    own: Uuid,
    sessions: Vec<Session>,
}

impl SessionsPage {
    fn is_this(&self, session: &Session) -> bool {
        session.id == self.own
    }

    fn name<'a>(&'a self, session: &'a Session) -> &'a str {
        if session.browser.is_empty() { self.layout.t.accounts_session_unnamed() } else { &session.browser }
    }

    fn moment(&self, at: &time::OffsetDateTime) -> String {
        self.layout.lang.moment(*at)
    }

    fn end(&self, session: &Session) -> String {
        links::session_end(self.layout.lang, session.id)
    }

    fn end_others(&self) -> String {
        self.layout.href(links::SESSIONS_END)
    }

    fn idle(&self) -> i64 {
        IDLE.whole_hours()
    }

    fn absolute(&self) -> i64 {
        ABSOLUTE.whole_days()
    }
}

async fn page(visit: Visit, who: Who) -> Result<Response> {
    let t = visit.texts();
    let sessions = sessions::sessions(&mut *visit.app.db.read().await?, &who, visit.now).await?;
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.accounts_own(), links::localized(visit.lang, links::OWN)),
        Crumb::here(t.accounts_sessions()),
    ];
    let layout = visit.layout(t.accounts_sessions(), "own", crumbs);
    html(&SessionsPage { layout, own: who.session, sessions })
}

async fn back(visit: Visit) -> Response {
    see_other(&links::localized(visit.lang, links::OWN_SESSIONS))
}

async fn end(visit: Visit, who: Who, At(session): At<Uuid>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let permit = Own::ask(&mut tx, &who).await?.ok_or(Error::NotSignedIn)?;
    let ended = workflow::end(&mut tx, &permit, session, visit.now).await?;
    tx.commit().await?;
    match ended {
        Ended::Yes => {}
        Ended::NoSuch => return Err(Error::Nobodys { kind: "session", id: session }),
        Ended::NotTheirs => return Err(Error::NotTheirs { kind: "session", id: session }),
    }
    Ok(told(&visit, visit.texts().accounts_session_ended().to_owned()))
}

async fn end_others(visit: Visit, who: Who) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let permit = Own::ask(&mut tx, &who).await?.ok_or(Error::NotSignedIn)?;
    let ended = workflow::end_others(&mut tx, &permit, visit.now).await?;
    tx.commit().await?;
    Ok(told(&visit, visit.texts().accounts_sessions_ended(ended)))
}

fn told(visit: &Visit, text: String) -> Response {
    let mut response = see_other(&links::localized(visit.lang, links::OWN_SESSIONS));
    carry_flash(&mut response, &visit.app.settings, &Flash::new(text));
    response
}
