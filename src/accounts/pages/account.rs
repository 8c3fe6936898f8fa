//! One's own account: name, language, password.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{not_until, with_key};
use crate::{
    accounts::{
        MOST_NAME, password,
        policy::Own,
        reads::account::{self, Account},
        workflow::{self, Try},
    },
    kernel::{
        error::{Error, Result},
        i18n::Lang,
        rights::Right,
        web::{
            Crumb, Drafted, Faults, Flash, Layout, Routes, Visit, Who, again, carry_flash, html, line, links, see_other,
            too_many, unkept,
        },
    },
};

/// The page, and where its forms are sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new()
        .page(links::OWN_ACCOUNT, Right::OwnAccount, page)
        .form(links::OWN_ACCOUNT, Right::OwnAccount, rename)
        .page(links::OWN_PASSWORD, Right::OwnAccount, back)
        .form(links::OWN_PASSWORD, Right::OwnAccount, change)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Named {
    namn: String,
    sprak: String,
}

/// A password, and the one that it replaces. Neither is ever shown again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Changed {
    nuvarande: String,
    losenord: String,
}

#[derive(Template)]
#[template(path = "accounts/account.html")]
struct AccountPage {
    layout: Layout,
    account: Account,
    form: Named,
    faults: Faults,
    has_services: bool,
}

impl AccountPage {
    fn action(&self) -> String {
        format!("{}#{}", self.layout.href(links::OWN_ACCOUNT), links::FAULTS)
    }

    fn password_action(&self) -> String {
        format!("{}#{}", self.layout.href(links::OWN_PASSWORD), links::FAULTS)
    }

    /// Where somebody without a password gets one.
    fn choose(&self) -> String {
        self.layout.href(links::FORGOT)
    }

    fn change_email(&self) -> String {
        self.layout.href(links::OWN_EMAIL)
    }

    fn data(&self) -> String {
        self.layout.href(links::OWN_DATA)
    }

    fn erase(&self) -> String {
        self.layout.href(links::OWN_ERASE)
    }

    /// When the password was last chosen, written out; none where there is none.
    fn changed(&self) -> Option<String> {
        self.account.password_changed.map(|at| self.layout.lang.moment(at))
    }

    /// When a letter to the address was last refused, written out; none where letters arrive.
    fn refused(&self) -> Option<String> {
        self.account.refused_at.map(|at| self.layout.lang.moment(at))
    }

    fn languages(&self) -> [(&'static str, &'static str); 2] {
        [(Lang::Sv.code(), self.layout.t.accounts_language_sv()), (Lang::En.code(), self.layout.t.accounts_language_en())]
    }

    fn fewest(&self) -> i64 {
        i64::try_from(password::FEWEST).unwrap_or(i64::MAX)
    }

    fn most_name(&self) -> usize {
        MOST_NAME
    }

    /// Where the services are that one comes in through; none where there are none.
    fn services(&self) -> Option<String> {
        self.has_services.then(|| self.layout.href(links::OWN_SERVICES))
    }

    fn most_password(&self) -> usize {
        password::MOST
    }
}

async fn read(visit: &Visit, who: &Who) -> Result<Account> {
    account::account(&mut *visit.app.db.read().await?, who).await?.ok_or(Error::NotSignedIn)
}

fn show(visit: &Visit, account: Account, form: Named, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.accounts_own(), links::localized(visit.lang, links::OWN)),
        Crumb::here(t.accounts_account()),
    ];
    let layout = visit.layout(t.accounts_account(), "own", crumbs);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&AccountPage { layout, account, form, faults, has_services: !visit.app.settings.oidc.is_empty() })?))
}

fn as_it_is(account: &Account) -> Named {
    Named { namn: account.name.clone(), sprak: account.language.clone() }
}

async fn page(visit: Visit, who: Who) -> Result<Response> {
    let account = read(&visit, &who).await?;
    let form = as_it_is(&account);
    show(&visit, account, form, Faults::default())
}

async fn back(visit: Visit) -> Response {
    see_other(&links::localized(visit.lang, links::OWN_ACCOUNT))
}

async fn rename(visit: Visit, who: Who, Drafted { form, is_draft }: Drafted<Named>) -> Result<Response> {
    let t = visit.texts();
    let form = Named { namn: line(&form.namn), ..form };
    if is_draft {
        let account = read(&visit, &who).await?;
        return show(&visit, account, form, Faults::default());
    }
    let mut faults = Faults::default();
    if form.namn.is_empty() {
        faults.add("namn", t.accounts_name_missing());
    }
    faults.check_length(t, "namn", &form.namn, MOST_NAME);
    let lang = [Lang::Sv, Lang::En].into_iter().find(|lang| lang.code() == form.sprak);
    if lang.is_none() {
        faults.add("sprak", t.accounts_language_missing());
    }
    let (Some(lang), true) = (lang, faults.is_empty()) else {
        let account = read(&visit, &who).await?;
        return again(faults, |faults| show(&visit, account, form, faults));
    };
    let mut tx = visit.app.db.begin().await?;
    let permit = Own::ask(&mut tx, &who).await?.ok_or(Error::NotSignedIn)?;
    workflow::rename(&mut tx, &permit, &form.namn, lang, visit.now).await?;
    tx.commit().await?;
    let mut response = see_other(&links::localized(visit.lang, links::OWN_ACCOUNT));
    carry_flash(&mut response, &visit.app.settings, &Flash::new(t.accounts_saved()));
    Ok(response)
}

async fn change(visit: Visit, who: Who, Drafted { form, is_draft }: Drafted<Changed>) -> Result<Response> {
    let visit = visit.on(links::OWN_ACCOUNT);
    let (t, app, mut faults) = (visit.texts(), &visit.app, Faults::default());
    let account = read(&visit, &who).await?;
    let named = as_it_is(&account);
    if is_draft {
        // Passwords are typed anew.
        return show(&visit, account, named, faults);
    }
    if form.nuvarande.is_empty() {
        faults.add("nuvarande", t.accounts_password_missing());
    }
    faults.check_length(t, "nuvarande", &form.nuvarande, password::MOST);
    if let Some(fault) = password::fault(t, &form.losenord, vec![account.name.clone(), account.email.clone()]).await? {
        faults.add("losenord", fault);
    }
    if !faults.is_empty() {
        return again(faults, |faults| show(&visit, account, named, faults));
    }
    let mut tx = app.db.begin().await?;
    let tried = workflow::try_own(&mut tx, who.person, visit.now).await?;
    tx.commit().await?;
    let kept = match tried {
        Try::With(_, kept) => kept,
        Try::NotUntil(at) => {
            return Ok(too_many(show(&visit, account, named, not_until(&visit, at))?, &visit, at));
        }
    };
    if !password::is(form.nuvarande, kept).await? {
        let mut tx = app.db.begin().await?;
        workflow::note_failure(&mut tx, &who.actor(), Some(who.person), "own_password", visit.now).await?;
        tx.commit().await?;
        faults.add("nuvarande", t.accounts_password_wrong());
        return again(faults, |faults| show(&visit, account, named, faults));
    }
    let hash = password::hash(form.losenord).await?;
    let mut tx = app.db.begin().await?;
    let permit = Own::ask(&mut tx, &who).await?.ok_or(Error::NotSignedIn)?;
    workflow::give_back_own(&mut tx, &permit, visit.now).await?;
    let key = workflow::change_password(&mut tx, &permit, &hash, visit.now).await?;
    tx.commit().await?;
    let mut response = with_key(app, &links::localized(visit.lang, links::OWN_ACCOUNT), &key);
    carry_flash(&mut response, &app.settings, &Flash::new(t.accounts_password_changed()));
    Ok(response)
}
