//! Selections that go with who signs in. Accounts know nothing of selections, so that whoever stands above both looks at the
//! answer: a browser that has got the key of a session has somebody in it from now on, in whichever way they signed in, and for
//! whichever membership they act.

use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};

use super::{Holder, policy::Move, workflow::owned};
use crate::{
    accounts,
    kernel::{
        clock,
        error::Result,
        i18n::{Lang, Texts},
        web::{App, Carried, Flash, SessionChange, carry_flash, carry_selections, forget_selections, links, session_change},
    },
};

/// Has the browser's selections become those of who has just signed in, and the browser carry the number that stands in the one
/// that they use. Whoever signs out carries none of it any more.
pub async fn follow(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let carried = Carried::of(request.headers(), &app.settings);
    let lang = Lang::of_path(request.uri().path());
    let mut response = next.run(request).await;
    match session_change(&response, &app.settings) {
        SessionChange::Kept => {}
        SessionChange::Over => leave(&app, &carried, &mut response),
        SessionChange::New(key) => {
            // They have signed in, whatever becomes of this: what a browser holds is its own until it is tried again.
            if let Err(error) = enter(&app, &carried, lang, &key, &mut response).await {
                tracing::error!(?error, "selections did not follow");
            }
        }
    }
    response
}

fn leave(app: &App, carried: &Carried, response: &mut Response) {
    if carried.selections.as_ref().is_some_and(|selections| selections.key.is_none()) {
        forget_selections(response, &app.settings);
    }
}

async fn enter(app: &App, carried: &Carried, lang: Lang, key: &str, response: &mut Response) -> Result<()> {
    let Some(who) = accounts::signed_in(app, key).await? else { return Ok(()) };
    // Whoever acts for nobody keeps what the browser has.
    let Some(membership) = who.membership() else {
        leave(app, carried, response);
        return Ok(());
    };
    let member = Holder::Member { person: who.person, organisation: membership.organisation };
    let (now, t) = (app.clock.now(), Texts(lang));
    let mut tx = app.db.begin().await?;
    let mut moved = 0;
    if let Some(key) = carried.selections.as_ref().and_then(|selections| selections.key.as_ref()) {
        let pair = (&Holder::of(key), &member);
        if let Some(permit) = Move::ask(&mut tx, &who.actor(), pair, now, clock::in_sweden(now).date()).await? {
            moved = owned::move_in(&mut tx, &permit, now).await?;
        }
    }
    let rows = owned::rows_in_use(&mut tx, who.person, membership.organisation, now).await?;
    tx.commit().await?;
    carry_selections(response, &app.settings, None, rows);
    if moved > 0 {
        let text = t.selections_followed(moved, membership.name(lang));
        let link = Some((t.selections_followed_link().to_owned(), links::localized(lang, links::SELECTIONS)));
        carry_flash(response, &app.settings, &Flash { link, ..Flash::new(text) });
    }
    Ok(())
}
