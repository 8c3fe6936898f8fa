//! One account: what its person does for whom, where they are signed in, and whether it is open.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use time::{Date, OffsetDateTime, format_description::well_known::Iso8601};
use uuid::Uuid;

use super::{Entry, frame, to_faults, told};
use crate::{
    accounts::{self as people, Managed, roles},
    admin::reads::{
        account::{self as read, Account, Held, Open, Service, SignIn},
        organisations,
    },
    kernel::{
        actor::Role,
        clock,
        config::OidcProvider,
        error::{Error, Result},
        rights::Right,
        web::{At, Denied, Drafted, Faults, Layout, Routes, Visit, again, html, line, links, see_other, unkept},
    },
    organisations::Kind,
};

/// The page, and where its forms are sent.
pub(in crate::admin) fn routes() -> Routes {
    let right = Right::ManageAccounts;
    Routes::new()
        .swedish_page(links::ADMIN_ACCOUNT, right, page)
        .swedish_page(links::ADMIN_ROLES, right, back)
        .swedish_proved_form(links::ADMIN_ROLES, right, give)
        .swedish_page(links::ADMIN_ROLE_END, right, back)
        .swedish_proved_form(links::ADMIN_ROLE_END, right, take)
        .swedish_page(links::ADMIN_SESSIONS_END, right, back)
        .swedish_proved_form(links::ADMIN_SESSIONS_END, right, end_sessions)
        .swedish_page(links::ADMIN_ACCOUNT_STATE, right, back)
        .swedish_proved_form(links::ADMIN_ACCOUNT_STATE, right, set_state)
}

/// A role to give.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Give {
    organisation: String,
    roll: String,
    omrade: String,
    till: String,
}

/// A role to take away.
#[derive(Debug, Deserialize)]
struct Take {
    uppdrag: Uuid,
    roll: String,
    #[serde(default)]
    omrade: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct State {
    gor: String,
}

#[derive(Template)]
#[template(path = "admin/account.html")]
struct AccountPage {
    layout: Layout,
    menu: Vec<Entry>,
    account: Account,
    own: bool,
    providers: Vec<OidcProvider>,
    form: Give,
    faults: Faults,
}

impl AccountPage {
    fn role(&self, held: &Held) -> String {
        let t = self.layout.t;
        let name = Role::from_code(&held.role).map_or(held.role.as_str(), |role| roles::name(&t, role)).to_owned();
        held.letter.as_ref().map_or(name.clone(), |letter| format!("{name}{}", t.accounts_own_letter(letter)))
    }

    fn period(&self, held: &Held) -> String {
        let (t, day) = (self.layout.t, |at: OffsetDateTime| self.layout.lang.day_of(at));
        match held.until {
            // The last day is the one before it ends.
            Some(until) => t.admin_account_period(day(held.from), day(until - time::Duration::seconds(1))),
            None => t.admin_account_since(day(held.from)),
        }
    }

    fn may_take(&self, held: &Held) -> bool {
        held.holds && !(self.own && held.role == Role::Admin.code())
    }

    fn letter<'a>(&self, held: &'a Held) -> &'a str {
        held.letter.as_deref().unwrap_or_default()
    }

    fn choices(&self) -> Vec<(&'static str, &'static str)> {
        Role::ALL.iter().map(|role| (role.code(), roles::name(&self.layout.t, *role))).collect()
    }

    fn letters(&self) -> [&'static str; 8] {
        roles::LETTERS
    }

    fn browser<'a>(&'a self, session: &'a Open) -> &'a str {
        if session.browser.is_empty() { self.layout.t.accounts_session_unnamed() } else { &session.browser }
    }

    fn moment(&self, at: &OffsetDateTime) -> String {
        self.layout.lang.moment(*at)
    }

    fn day(&self, at: &OffsetDateTime) -> String {
        self.layout.lang.day_of(*at)
    }

    fn sign_in(&self, one: &SignIn) -> String {
        let (t, at) = (self.layout.t, self.layout.lang.moment(one.at));
        if one.came_in { t.admin_account_came_in(at) } else { t.admin_account_kept_out(at) }
    }

    fn give(&self) -> String {
        to_faults(&links::admin(links::ADMIN_ROLES, self.account.id))
    }

    fn take(&self) -> String {
        links::admin(links::ADMIN_ROLE_END, self.account.id)
    }

    fn end(&self) -> String {
        links::admin(links::ADMIN_SESSIONS_END, self.account.id)
    }

    /// What a service is called; its address where it is not one of those that are set any more.
    fn service<'a>(&'a self, service: &'a Service) -> &'a str {
        self.providers.iter().find(|one| one.issuer == service.issuer).map_or(&service.issuer, |one| &one.name)
    }

    fn reset(&self) -> String {
        links::admin(links::ADMIN_ACCOUNT_FACTOR, self.account.id)
    }

    fn erase(&self) -> String {
        if self.own { links::OWN_ERASE.to_owned() } else { links::admin(links::ADMIN_ACCOUNT_ERASE, self.account.id) }
    }

    fn state(&self) -> String {
        links::admin(links::ADMIN_ACCOUNT_STATE, self.account.id)
    }

    fn log(&self) -> String {
        links::with_query(links::ADMIN_LOG, [("person", self.account.id.to_string().as_str())])
    }

    fn log_about(&self) -> String {
        links::with_query(links::ADMIN_LOG, [("objekt", self.account.id.to_string().as_str())])
    }
}

async fn show(visit: &Visit, person: Uuid, form: Give, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let account = read::account(&mut *visit.app.db.read().await?, person, visit.now).await?.ok_or(Error::NotFound)?;
    let above = Some((t.admin_accounts(), links::ADMIN_ACCOUNTS.to_owned()));
    let (layout, menu) = frame(visit, &account.name, "", above);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let own = visit.who.as_ref().is_some_and(|who| who.person == person);
    Ok(unkept(html(&AccountPage { layout, menu, account, own, providers: visit.app.settings.oidc.clone(), form, faults })?))
}

fn here(person: Uuid) -> String {
    links::admin(links::ADMIN_ACCOUNT, person)
}

async fn page(visit: Visit, At(person): At<Uuid>) -> Result<Response> {
    show(&visit, person, Give::default(), Faults::default()).await
}

/// The page with the button that was pressed: it is pressed once more by who sees whose account it is.
async fn again_on(visit: Visit, person: Uuid) -> Result<Response> {
    show(&visit.on(&here(person)), person, Give::default(), Faults::default()).await
}

async fn back(At(person): At<Uuid>) -> Response {
    see_other(&here(person))
}

async fn give(visit: Visit, At(person): At<Uuid>, Drafted { form, is_draft }: Drafted<Give>) -> Result<Response> {
    let visit = visit.on(&here(person));
    if is_draft {
        return show(&visit, person, form, Faults::default()).await;
    }
    let (t, mut faults) = (visit.texts(), Faults::default());
    let form = Give { organisation: line(&form.organisation), till: line(&form.till), ..form };
    let found = organisations::found(&mut *visit.app.db.read().await?, &form.organisation).await?;
    let kind = found.as_ref().and_then(|(_, kind)| Kind::from_code(kind));
    if form.organisation.is_empty() {
        faults.add("organisation", t.admin_account_organisation_missing());
    } else if kind.is_none() {
        faults.add("organisation", t.admin_account_organisation_unknown());
    }
    let role = Role::from_code(&form.roll);
    let tampered = role.is_none() && !form.roll.is_empty();
    match (role, kind) {
        (None, _) => faults.add("roll", t.admin_account_role_missing()),
        (Some(role), Some(kind)) if !people::fits(role, kind) => faults.add("roll", t.admin_account_role_unfit()),
        _ => {}
    }
    let letter = roles::LETTERS.into_iter().find(|letter| *letter == form.omrade).filter(|_| role == Some(Role::AreaCoordinator));
    if role == Some(Role::AreaCoordinator) && letter.is_none() {
        faults.add("omrade", t.admin_account_letter_missing());
    }
    let last = Date::parse(&form.till, &Iso8601::DATE).ok();
    if !form.till.is_empty() && last.is_none_or(|last| last < visit.today()) {
        faults.add("till", t.admin_account_until_wrong());
    }
    let (Some((organisation, _)), Some(role), true) = (found, role, faults.is_empty()) else {
        let page = show(&visit, person, form, faults.clone()).await?;
        let page = again(faults, |_| Ok(page))?;
        return Ok(if tampered { Denied::new("role").of("person", person).on(page) } else { page });
    };
    let until = last.and_then(Date::next_day).map(clock::start_of_day);
    let mut tx = visit.app.db.begin().await?;
    let given = (role, letter);
    let done = people::give_role(&mut tx, &visit.actor(), (person, organisation), given, (visit.now, until)).await?;
    tx.commit().await?;
    Ok(match done {
        Managed::Done(_) => told(&visit, &here(person), t.admin_account_given(roles::name(&t, role))),
        Managed::WasSo => told(&visit, &here(person), t.admin_account_had(roles::name(&t, role))),
        Managed::NoSuch | Managed::Own => return Err(Error::NotFound),
    })
}

async fn take(visit: Visit, At(person): At<Uuid>, Drafted { form, is_draft }: Drafted<Take>) -> Result<Response> {
    if is_draft {
        return again_on(visit, person).await;
    }
    let t = visit.texts();
    let Some(role) = Role::from_code(&form.roll) else {
        return Ok(Denied::new("role").of("person", person).on(axum::response::IntoResponse::into_response(Error::NotFound)));
    };
    let letter = Some(form.omrade.as_str()).filter(|letter| !letter.is_empty());
    let mut tx = visit.app.db.begin().await?;
    let done = people::take_role(&mut tx, &visit.actor(), (person, form.uppdrag), (role, letter), visit.now).await?;
    tx.commit().await?;
    match done {
        Managed::Done(_) | Managed::WasSo => Ok(told(&visit, &here(person), t.admin_account_taken(roles::name(&t, role)))),
        Managed::Own => Ok(told(&visit, &here(person), t.admin_account_own())),
        Managed::NoSuch => Err(Error::NotFound),
    }
}

async fn end_sessions(visit: Visit, At(person): At<Uuid>, Drafted { is_draft, .. }: Drafted<State>) -> Result<Response> {
    if is_draft {
        return again_on(visit, person).await;
    }
    let mut tx = visit.app.db.begin().await?;
    let done = people::end_sessions_of(&mut tx, &visit.actor(), person, visit.now).await?;
    tx.commit().await?;
    match done {
        Managed::Done(ended) => Ok(told(&visit, &here(person), visit.texts().accounts_sessions_ended(ended))),
        _ => Err(Error::NotFound),
    }
}

async fn set_state(visit: Visit, At(person): At<Uuid>, Drafted { form, is_draft }: Drafted<State>) -> Result<Response> {
    let t = visit.texts();
    if is_draft {
        return again_on(visit, person).await;
    }
    let open = match form.gor.as_str() {
        "oppna" => true,
        "sparra" => false,
        _ => return Err(Error::BadRequest("gor: expected oppna or sparra".to_owned())),
    };
    let mut tx = visit.app.db.begin().await?;
    let done = people::set_open(&mut tx, &visit.actor(), person, open, visit.now).await?;
    tx.commit().await?;
    match done {
        Managed::Done(_) | Managed::WasSo => {
            Ok(told(&visit, &here(person), if open { t.admin_account_opened() } else { t.admin_account_closed() }))
        }
        Managed::Own => Ok(told(&visit, &here(person), t.admin_account_own())),
        Managed::NoSuch => Err(Error::NotFound),
    }
}
