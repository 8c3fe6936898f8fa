//! To a service that tells who somebody is, and back. One leaves by a form, since what one has to come back with is kept; and
//! by way of a page, since a form may not lead to another site.

use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{let_in, onwards, prove, with_key};
use crate::{
    accounts::{
        key::Key,
        oidc::{self, Claims, Fault},
        policy::{
            Own,
            factor::Fresh,
            identity::{Depart, NoAccount, Purpose, Same, Vouched},
        },
        workflow::{
            self,
            identity::{self, Arrived, ROUND_HOLDS},
        },
    },
    kernel::{
        actor::Actor,
        config::OidcProvider,
        error::{Error, Result},
        limits::Taken,
        rights::Right,
        web::{
            Asked, At, Client, Crumb, Faults, Flash, Layout, Passing, Routes, Visit, carry_flash, carry_passing, html, links,
            passing_of, see_other, too_many, unkept,
        },
    },
};

/// Both ways.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new()
        .page(links::SIGN_IN_OIDC, Right::SignIn, before)
        .post(links::SIGN_IN_OIDC, Right::SignIn, depart)
        .page(links::SIGN_IN_OIDC_ANSWER, Right::SignIn, arrive)
        .page(links::SERVICE_LINK, Right::OwnAccount, before_link)
        .post(links::SERVICE_LINK, Right::OwnAccount, link)
        .page(links::SERVICE_PROVE, Right::OwnAccount, before_proof)
        .post(links::SERVICE_PROVE, Right::OwnAccount, prove_by)
}

/// `?till=/krav/KB-0042` is where somebody goes on to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    till: String,
}

/// What a service says in the address that it sends somebody back to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    code: String,
    state: String,
    error: String,
}

#[derive(Template)]
#[template(path = "accounts/oidc.html")]
struct ToldPage {
    layout: Layout,
    heading: &'static str,
    text: String,
    faults: Faults,
}

#[derive(Template)]
#[template(path = "accounts/leaving.html")]
struct LeavingPage {
    layout: Layout,
    heading: String,
    name: String,
    /// At the service.
    address: String,
}

impl ToldPage {
    fn on(&self) -> String {
        self.layout.href(if self.layout.who.is_some() { links::OWN } else { links::SIGN_IN })
    }

    fn contact(&self) -> String {
        self.layout.href(links::CONTACT)
    }
}

/// Why nobody came in.
#[derive(Debug, Clone, Copy)]
enum Why {
    Away,
    Over,
    Cancelled,
    Untrue,
    No(NoAccount),
    Closed,
    Elsewhere,
    NotVouched,
}

impl Why {
    /// For the log.
    fn code(self) -> &'static str {
        match self {
            Self::Away => "provider_away",
            Self::Over => "provider_state",
            Self::Cancelled => "provider_cancelled",
            Self::Untrue => "provider_untrue",
            Self::No(NoAccount::Unverified) => "provider_unverified",
            Self::No(NoAccount::Domain) => "provider_domain",
            Self::No(NoAccount::Taken) => "provider_taken",
            Self::Closed => "closed",
            Self::Elsewhere => "provider_elsewhere",
            Self::NotVouched => "provider_other_person",
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::Away => StatusCode::SERVICE_UNAVAILABLE,
            Self::Over | Self::Untrue | Self::Cancelled => StatusCode::BAD_REQUEST,
            Self::No(_) | Self::Closed | Self::Elsewhere | Self::NotVouched => StatusCode::FORBIDDEN,
        }
    }
}

fn told(visit: &Visit, name: &str, why: Why) -> Result<Response> {
    let t = visit.texts();
    let (heading, text) = match why {
        Why::Away => (t.accounts_service_away_heading(), t.accounts_service_away(name)),
        Why::Over => (t.accounts_service_over_heading(), t.accounts_service_over().to_owned()),
        Why::Cancelled => (t.accounts_service_not_in(), t.accounts_service_cancelled(name)),
        Why::Untrue => (t.accounts_service_not_in(), t.accounts_service_untrue(name)),
        Why::No(NoAccount::Unverified) => (t.accounts_service_no_account(), t.accounts_service_unverified(name)),
        Why::No(NoAccount::Domain) => (t.accounts_service_no_account(), t.accounts_service_domain(name)),
        Why::No(NoAccount::Taken) => (t.accounts_service_taken_heading(), t.accounts_service_taken(name)),
        Why::Closed => (t.accounts_service_not_in(), t.accounts_service_closed().to_owned()),
        Why::Elsewhere => (t.accounts_service_elsewhere_heading(), t.accounts_service_elsewhere(name)),
        Why::NotVouched => (t.accounts_service_not_vouched_heading(), t.accounts_service_not_vouched(name)),
    };
    page(visit, why.status(), heading, text, Faults::default())
}

fn page(visit: &Visit, status: StatusCode, heading: &'static str, text: String, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.accounts_sign_in(), links::localized(visit.lang, links::SIGN_IN)),
        Crumb::here(heading),
    ];
    let layout = visit.layout(heading, "sign_in", crumbs).without_alternate();
    Ok((status, unkept(html(&ToldPage { layout, heading, text, faults })?)).into_response())
}

fn provider(visit: &Visit, number: u8) -> Result<&OidcProvider> {
    visit.app.settings.oidc.iter().find(|one| one.number == number).ok_or(Error::NotFound)
}

/// Where one leaves for a service: whoever comes there by hand goes on from the page to sign in on.
async fn before(visit: Visit, At(number): At<u8>, Asked(asks): Asked<Asks>) -> Result<Response> {
    provider(&visit, number)?;
    if visit.who.is_some() {
        return Ok(see_other(&onwards(visit.lang, &asks.till)));
    }
    Ok(see_other(&links::sign_in(visit.lang, if links::is_local(&asks.till) { &asks.till } else { "" })))
}

async fn before_link(visit: Visit, At(number): At<u8>) -> Result<Response> {
    provider(&visit, number)?;
    Ok(see_other(&links::localized(visit.lang, links::OWN_SERVICES)))
}

async fn before_proof(visit: Visit, At(number): At<u8>, Asked(asks): Asked<Asks>) -> Result<Response> {
    provider(&visit, number)?;
    Ok(prove::first(&visit, if links::is_local(&asks.till) { &asks.till } else { "" }))
}

async fn depart(
    visit: Visit,
    At(number): At<u8>,
    client: Client,
    headers: HeaderMap,
    Asked(asks): Asked<Asks>,
) -> Result<Response> {
    if provider(&visit, number).is_ok() && visit.who.is_some() {
        return Ok(see_other(&onwards(visit.lang, &asks.till)));
    }
    go(&visit, number, (client, &headers), Purpose::Enter, &asks.till).await
}

async fn link(visit: Visit, At(number): At<u8>, client: Client, headers: HeaderMap) -> Result<Response> {
    let who = visit.who.clone().ok_or(Error::NotSignedIn)?;
    provider(&visit, number)?;
    let here = links::localized(visit.lang, links::OWN_SERVICES);
    let mut tx = visit.app.db.begin().await?;
    let own = Own::ask(&mut tx, &who).await?.ok_or(Error::NotSignedIn)?;
    if Fresh::of(&mut tx, own, visit.now).await?.is_none() {
        return Ok(prove::first(&visit, &here));
    }
    tx.commit().await?;
    go(&visit, number, (client, &headers), Purpose::Link(who.session), &here).await
}

async fn prove_by(
    visit: Visit,
    At(number): At<u8>,
    client: Client,
    headers: HeaderMap,
    Asked(asks): Asked<Asks>,
) -> Result<Response> {
    let who = visit.who.clone().ok_or(Error::NotSignedIn)?;
    provider(&visit, number)?;
    go(&visit, number, (client, &headers), Purpose::Prove(who.session), &asks.till).await
}

/// Leads to the service, and keeps what they have to come back with.
async fn go(
    visit: &Visit,
    number: u8,
    (client, headers): (Client, &HeaderMap),
    purpose: Purpose,
    till: &str,
) -> Result<Response> {
    let (app, now) = (&visit.app, visit.now);
    let provider = provider(visit, number)?;
    let mut tx = app.db.begin().await?;
    let counted = identity::count(&mut tx, client, now).await?;
    tx.commit().await?;
    if let Taken::NotUntil(at) = counted {
        let t = visit.texts();
        let shown = page(visit, StatusCode::OK, t.accounts_service_not_in(), String::new(), super::not_until(visit, at))?;
        return Ok(too_many(shown, visit, at));
    }
    let departure = match oidc::depart(app, provider, purpose != Purpose::Enter).await {
        Ok(departure) => departure,
        Err(fault) => return away(visit, provider, &fault),
    };
    // Whoever goes twice from one browser may come back in any order.
    let browser = passing_of(headers, &app.settings, Passing::Round).and_then(|key| Key::parse(&key)).unwrap_or_else(Key::draw);
    let permit = Depart::with(browser.as_str(), purpose, visit.lang);
    let till = if links::is_local(till) { till } else { "" };
    let mut tx = app.db.begin().await?;
    identity::depart(&mut tx, &permit, (number, &departure, till), now).await?;
    tx.commit().await?;
    let mut response = unkept(leaving(visit, &provider.name, departure.address)?);
    carry_passing(&mut response, &app.settings, Passing::Round, browser.as_str(), ROUND_HOLDS);
    Ok(response)
}

/// The page from which a browser goes on to the service by itself: a form may lead to no other site, a page may.
fn leaving(visit: &Visit, name: &str, address: String) -> Result<Response> {
    let t = visit.texts();
    let heading = t.accounts_service_leaving(name);
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.accounts_sign_in(), links::localized(visit.lang, links::SIGN_IN)),
        Crumb::here(&heading),
    ];
    let layout = visit.layout(&heading, "sign_in", crumbs).without_alternate();
    let refresh = HeaderValue::from_str(&format!("0; url={address}"));
    let mut page = html(&LeavingPage { layout, heading, name: name.to_owned(), address })?;
    if let Ok(refresh) = refresh {
        page.headers_mut().insert(header::REFRESH, refresh);
    }
    Ok(page)
}

fn away(visit: &Visit, provider: &OidcProvider, fault: &Fault) -> Result<Response> {
    tracing::warn!(service = provider.name, %fault, "a sign-in service cannot be used");
    told(visit, &provider.name, Why::Away)
}

async fn arrive(
    mut visit: Visit,
    At(number): At<u8>,
    client: Client,
    headers: HeaderMap,
    Asked(said): Asked<Said>,
) -> Result<Response> {
    let provider = provider(&visit, number)?.clone();
    visit = visit.bare();
    let (app, now) = (visit.app.clone(), visit.now);
    let browser = passing_of(&headers, &app.settings, Passing::Round).unwrap_or_default();
    let mut tx = app.db.begin().await?;
    let round = identity::take(&mut tx, (&said.state, &browser), now).await?;
    // Whatever comes of it, nobody comes back with it again.
    tx.commit().await?;
    let Some(round) = round.filter(|round| round.provider == i16::from(number)) else {
        return refuse(&visit, &provider, Why::Over).await;
    };
    visit.lang = round.lang;
    if !said.error.is_empty() || said.code.is_empty() {
        tracing::info!(service = provider.name, error = said.error, "a sign-in service sent somebody back without an answer");
        return refuse(&visit, &provider, Why::Cancelled).await;
    }
    let claims = match oidc::arrive(&app, &provider, said.code, (round.nonce.clone(), round.verifier.clone())).await {
        Ok(claims) => claims,
        Err(fault @ Fault::Away(_)) => return away(&visit, &provider, &fault),
        Err(fault @ Fault::Untrue(_)) => {
            tracing::warn!(service = provider.name, %fault, "refused");
            return refuse(&visit, &provider, Why::Untrue).await;
        }
    };
    match round.purpose {
        Purpose::Enter => come_in(&visit, &provider, (client, &headers), &claims, &round.onwards).await,
        Purpose::Link(session) => link_it(&visit, &provider, session, &claims).await,
        Purpose::Prove(session) => vouch(&visit, &provider, (client, session), &claims, &round.onwards).await,
    }
}

/// Says why, and writes it down.
async fn refuse(visit: &Visit, provider: &OidcProvider, why: Why) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let by = visit.actor();
    let person = visit.who.as_ref().map(|who| who.person);
    workflow::note_failure(&mut tx, &by, person, why.code(), visit.now).await?;
    tx.commit().await?;
    told(visit, &provider.name, why)
}

async fn come_in(
    visit: &Visit,
    provider: &OidcProvider,
    (client, headers): (Client, &HeaderMap),
    claims: &Claims,
    till: &str,
) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let why = match identity::arrive(&mut tx, claims, (provider, visit.lang), visit.now).await? {
        Arrived::Known(proved) => {
            let response = let_in(&mut tx, visit, (headers, client), proved, till).await?;
            tx.commit().await?;
            return Ok(response);
        }
        Arrived::Closed => Why::Closed,
        Arrived::Not(why) => Why::No(why),
    };
    workflow::note_failure(&mut tx, &Actor::Anonymous, None, why.code(), visit.now).await?;
    tx.commit().await?;
    told(visit, &provider.name, why)
}

async fn link_it(visit: &Visit, provider: &OidcProvider, session: uuid::Uuid, claims: &Claims) -> Result<Response> {
    let here = links::localized(visit.lang, links::OWN_SERVICES);
    let (Some(who), Some(_)) = (&visit.who, Same::ask(visit.who.as_deref(), session)) else {
        return refuse(visit, provider, Why::Over).await;
    };
    let mut tx = visit.app.db.begin().await?;
    identity::wait(&mut tx, claims).await?;
    let own = Own::ask(&mut tx, who).await?.ok_or(Error::NotSignedIn)?;
    let Some(permit) = Fresh::of(&mut tx, own, visit.now).await? else { return Ok(prove::first(visit, &here)) };
    if !identity::link(&mut tx, &permit, claims, visit.now).await? {
        tx.rollback().await?;
        return refuse(visit, provider, Why::Elsewhere).await;
    }
    tx.commit().await?;
    let mut response = see_other(&here);
    let text = visit.texts().accounts_service_linked(&provider.name);
    carry_flash(&mut response, &visit.app.settings, &Flash::new(text));
    Ok(response)
}

async fn vouch(
    visit: &Visit,
    provider: &OidcProvider,
    (client, session): (Client, uuid::Uuid),
    claims: &Claims,
    till: &str,
) -> Result<Response> {
    let (Some(who), Some(_)) = (&visit.who, Same::ask(visit.who.as_deref(), session)) else {
        return refuse(visit, provider, Why::Over).await;
    };
    let mut tx = visit.app.db.begin().await?;
    let own = Own::ask(&mut tx, who).await?.ok_or(Error::NotSignedIn)?;
    let Some(permit) = Vouched::ask(&mut tx, own, claims, visit.now).await? else {
        tx.rollback().await?;
        return refuse(visit, provider, Why::NotVouched).await;
    };
    let key = identity::vouch(&mut tx, &permit, client, visit.now).await?;
    tx.commit().await?;
    Ok(with_key(&visit.app, &onwards(visit.lang, till), &key))
}
