//! Codes on paper: shown once after they were made, to be written down, printed or kept with one's passwords. The browser
//! carries the key that they come of for some minutes; the bank keeps only what they hash to.

use askama::Template;
use axum::{http::HeaderMap, response::Response};

use super::{Till, crumbs, prove};
use crate::{
    accounts::{
        factor,
        key::Key,
        pages::{CODES_KEPT, onwards},
        policy::{Own, factor::Fresh},
        reads::factor as reads,
        workflow,
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            Asked, Layout, Passing, Routes, Sent, Visit, Who, carry_passing, forget_passing, html, links, passing_of, see_other,
            unkept,
        },
    },
};

/// The page, and where its forms are sent.
pub(super) fn routes() -> Routes {
    Routes::new()
        .page(links::RECOVERY_CODES, Right::OwnAccount, page)
        .post(links::RECOVERY_CODES, Right::OwnAccount, renew)
        .page(links::RECOVERY_CODES_KEPT, Right::OwnAccount, back)
        .post(links::RECOVERY_CODES_KEPT, Right::OwnAccount, kept)
}

#[derive(Template)]
#[template(path = "accounts/two_steps/codes.html")]
struct CodesPage {
    layout: Layout,
    codes: Vec<String>,
    made: String,
    till: String,
}

impl CodesPage {
    fn kept(&self) -> String {
        self.layout.href(links::RECOVERY_CODES_KEPT)
    }
}

async fn page(visit: Visit, who: Who, headers: HeaderMap, Asked(asks): Asked<Till>) -> Result<Response> {
    let key = passing_of(&headers, &visit.app.settings, Passing::Codes).and_then(|key| Key::parse(&key));
    let codes = key.as_ref().map(factor::recovery_codes).unwrap_or_default();
    let are_theirs = !codes.is_empty() && reads::are_codes(&mut *visit.app.db.read().await?, &who, &codes).await?;
    if !are_theirs {
        return Ok(see_other(&links::on_the_way(visit.lang, links::TWO_STEPS, asks.local())));
    }
    let t = visit.texts();
    let visit = visit.bare();
    let title = t.accounts_two_steps_codes_heading();
    let layout = visit.layout(title, "own", crumbs(&visit, Some(title)));
    let codes = codes.iter().map(|code| factor::in_groups(code)).collect();
    let made = visit.lang.moment(visit.now);
    Ok(unkept(html(&CodesPage { layout, codes, made, till: asks.local().to_owned() })?))
}

async fn back(visit: Visit) -> Response {
    see_other(&links::localized(visit.lang, links::TWO_STEPS))
}

async fn renew(visit: Visit, who: Who) -> Result<Response> {
    let app = &visit.app;
    let to = |path: &str| links::localized(visit.lang, path);
    let mut tx = app.db.begin().await?;
    if reads::state(&mut tx, &who).await?.since.is_none() {
        return Ok(see_other(&to(links::TWO_STEPS)));
    }
    let own = Own::ask(&mut tx, &who).await?.ok_or(Error::NotSignedIn)?;
    let Some(permit) = Fresh::of(&mut tx, own, visit.now).await? else {
        return Ok(prove::first(&visit, &to(links::TWO_STEPS)));
    };
    let codes = Key::draw();
    workflow::factor::renew_codes(&mut tx, &permit, &codes, visit.now).await?;
    tx.commit().await?;
    let mut response = see_other(&to(links::RECOVERY_CODES));
    carry_passing(&mut response, &app.settings, Passing::Codes, codes.as_str(), CODES_KEPT);
    Ok(response)
}

async fn kept(visit: Visit, Sent(form): Sent<Till>) -> Response {
    let to =
        if form.local().is_empty() { links::localized(visit.lang, links::TWO_STEPS) } else { onwards(visit.lang, form.local()) };
    let mut response = see_other(&to);
    forget_passing(&mut response, &visit.app.settings, Passing::Codes);
    response
}
