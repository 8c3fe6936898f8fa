//! Where somebody says that they want to take part, and for whom. What follows is the same whether or not they have an account.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    forgot::{WrittenPage, crumbs},
    not_until,
};
use crate::{
    accounts::{
        MOST_NAME,
        policy::{Own, joining::Register},
        reads::applications::{self, Choice},
        workflow::joining::{self, APPLICATION_HOLDS, Added, For},
    },
    kernel::{
        error::{Error, Result},
        limits::Taken,
        rights::Right,
        web::{
            At, Client, Faults, Flash, Layout, MOST_EMAIL, Routes, Sent, Visit, Who, again, carry_flash, html, is_email, line,
            links, see_other, too_many, unkept,
        },
    },
    organisations::{
        Kind, MOST_ORGANISATION, Proposed,
        country::{self, OTHER},
        number::{self, Number},
    },
};

/// The choice, the two forms, where they are sent, and the page that follows.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new()
        .page(links::REGISTER, Right::Register, choose)
        .page(links::REGISTER_AS, Right::Register, page)
        .post(links::REGISTER_AS, Right::Register, send)
        .page(links::REGISTER_SENT, Right::Register, sent)
}

/// Which form it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// For those who sell, or speak for those who do.
    Sellers,
    /// For regions and other authorities.
    Authorities,
}

impl Side {
    fn of(word: &str) -> Result<Self> {
        match word {
            links::SELLERS => Ok(Self::Sellers),
            links::AUTHORITIES => Ok(Self::Authorities),
            _ => Err(Error::NotFound),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Sellers => links::SELLERS,
            Self::Authorities => links::AUTHORITIES,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    namn: String,
    epost: String,
    /// What a seller is.
    typ: String,
    /// An authority that is there.
    myndighet: String,
    /// The name of one that is not, or of a seller.
    organisation: String,
    land: String,
    nummer: String,
}

#[derive(Template)]
#[template(path = "accounts/register_choose.html")]
struct ChoosePage {
    layout: Layout,
}

impl ChoosePage {
    fn side(&self, word: &str) -> String {
        links::register_as(self.layout.lang, word)
    }

    fn sellers(&self) -> String {
        self.side(links::SELLERS)
    }

    fn authorities(&self) -> String {
        self.side(links::AUTHORITIES)
    }

    fn sign_in(&self) -> String {
        self.layout.href(links::SIGN_IN)
    }
}

#[derive(Template)]
#[template(path = "accounts/register.html")]
struct RegisterPage {
    layout: Layout,
    side: Side,
    choices: Vec<Choice>,
    form: Form,
    faults: Faults,
}

impl RegisterPage {
    fn action(&self) -> String {
        format!("{}#{}", links::register_as(self.layout.lang, self.side.word()), links::FAULTS)
    }

    fn sells(&self) -> bool {
        self.side == Side::Sellers
    }

    fn heading(&self) -> &'static str {
        heading(&self.layout.t, self.side)
    }

    fn kinds(&self) -> [(&'static str, &'static str); 2] {
        let t = self.layout.t;
        [
            (Kind::Supplier.code(), t.accounts_register_supplier()),
            (Kind::IndustryBody.code(), t.accounts_register_industry_body()),
        ]
    }

    fn countries(&self) -> Vec<(&'static str, &'static str)> {
        country::all(self.layout.t)
    }

    fn is_chosen(&self, choice: &Choice) -> bool {
        self.form.myndighet == choice.id.to_string()
    }

    fn most_name(&self) -> usize {
        MOST_NAME
    }

    fn most_email(&self) -> usize {
        MOST_EMAIL
    }

    fn most_organisation(&self) -> usize {
        MOST_ORGANISATION
    }

    fn most_number(&self) -> usize {
        number::MOST
    }
}

fn heading(t: &crate::kernel::i18n::Texts, side: Side) -> &'static str {
    match side {
        Side::Sellers => t.accounts_register_sellers(),
        Side::Authorities => t.accounts_register_authorities(),
    }
}

async fn choose(visit: Visit) -> Result<Response> {
    let title = visit.texts().accounts_register();
    let layout = visit.layout(title, "sign_in", crumbs(&visit, title)).described(visit.texts().accounts_register_lead());
    html(&ChoosePage { layout })
}

fn show(visit: &Visit, side: Side, choices: Vec<Choice>, form: Form, faults: Faults) -> Result<Response> {
    let title = heading(&visit.texts(), side);
    let layout = visit.layout(title, "sign_in", crumbs(visit, title));
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&RegisterPage { layout, side, choices, form, faults })?))
}

async fn choices(visit: &Visit, side: Side) -> Result<Vec<Choice>> {
    match side {
        Side::Sellers => Ok(Vec::new()),
        Side::Authorities => Ok(applications::authorities(&mut *visit.app.db.read().await?).await?),
    }
}

async fn page(visit: Visit, At(word): At<String>) -> Result<Response> {
    let side = Side::of(&word)?;
    let form = Form { land: "SE".to_owned(), ..Form::default() };
    let choices = choices(&visit, side).await?;
    show(&visit, side, choices, form, Faults::default())
}

/// What was typed, made clean and looked at. The number of a sole trader is a personal identity number: it is taken out of
/// the form before anything else sees it.
fn check(visit: &Visit, side: Side, choices: &[Choice], form: &mut Form) -> (Option<For>, Faults) {
    let (t, mut faults) = (visit.texts(), Faults::default());
    for text in [&mut form.namn, &mut form.epost, &mut form.organisation, &mut form.nummer] {
        *text = line(text);
    }
    if visit.who.is_none() {
        if form.namn.is_empty() {
            faults.add("namn", t.accounts_name_missing());
        }
        faults.check_length(t, "namn", &form.namn, MOST_NAME);
        if form.epost.is_empty() {
            faults.add("epost", t.accounts_email_missing());
        } else if !is_email(&form.epost) {
            faults.add("epost", t.accounts_email_odd());
        }
    }
    if side == Side::Authorities && !form.myndighet.is_empty() && form.myndighet != links::ANOTHER {
        let chosen = form.myndighet.parse::<Uuid>().ok().filter(|id| choices.iter().any(|choice| choice.id == *id));
        if chosen.is_none() {
            faults.add("myndighet", t.accounts_register_choose_missing());
        }
        return (chosen.map(For::There), faults);
    }
    let kind = match side {
        Side::Authorities => {
            if form.myndighet.is_empty() {
                faults.add("myndighet", t.accounts_register_choose_missing());
                return (None, faults);
            }
            Some(Kind::ContractingAuthority)
        }
        Side::Sellers => {
            let kind = Kind::from_code(&form.typ).filter(|kind| matches!(kind, Kind::Supplier | Kind::IndustryBody));
            if kind.is_none() {
                faults.add("typ", t.accounts_register_kind_missing());
            }
            kind
        }
    };
    if form.organisation.is_empty() {
        faults.add("organisation", t.accounts_register_organisation_missing());
    }
    faults.check_length(t, "organisation", &form.organisation, MOST_ORGANISATION);
    if !country::is_one(&form.land) {
        faults.add("land", t.accounts_register_country_missing());
    }
    let number = if form.nummer.is_empty() { None } else { Some(Number::parse(&form.land, &form.nummer)) };
    let number = match number {
        None => None,
        Some(Number::Fine(number)) => Some(number),
        Some(Number::Person) => {
            form.nummer.clear();
            faults.add("nummer", t.accounts_register_number_of_person());
            None
        }
        Some(Number::Wrong) => {
            faults.add("nummer", t.accounts_register_number_wrong());
            None
        }
    };
    let country = if form.land.is_empty() { OTHER.to_owned() } else { form.land.clone() };
    let proposed = kind.map(|kind| For::Described(Proposed { kind, name: form.organisation.clone(), country, number }));
    (proposed, faults)
}

async fn send(visit: Visit, client: Client, At(word): At<String>, Sent(mut form): Sent<Form>) -> Result<Response> {
    let side = Side::of(&word)?;
    let choices = match choices(&visit, side).await {
        Ok(choices) => choices,
        Err(error) if error.is_ours() => {
            form.nummer.clear();
            return Ok(error.on_page(show(&visit, side, Vec::new(), form, Faults::general(visit.texts().accounts_away()))?));
        }
        Err(error) => return Err(error),
    };
    let (wanted, faults) = check(&visit, side, &choices, &mut form);
    let (Some(wanted), true) = (wanted, faults.is_empty()) else {
        return again(faults, |faults| show(&visit, side, choices, form, faults));
    };
    if let Some(who) = visit.who.clone() {
        return send_own(&visit, &who, side, choices, form, &wanted).await;
    }
    match ask(&visit, client, &form, &wanted).await {
        Ok(Taken::Yes) => Ok(see_other(&links::localized(visit.lang, links::REGISTER_SENT))),
        Ok(Taken::NotUntil(at)) => Ok(too_many(show(&visit, side, choices, form, not_until(&visit, at))?, &visit, at)),
        Err(error) if error.is_ours() => {
            Ok(error.on_page(show(&visit, side, choices, form, Faults::general(visit.texts().accounts_away()))?))
        }
        Err(error) => Err(error),
    }
}

async fn ask(visit: &Visit, client: Client, form: &Form, wanted: &For) -> Result<Taken> {
    let permit = Register::ask(&visit.actor()).ok_or(Error::NotAllowed)?;
    let mut tx = visit.app.db.begin().await?;
    let who = (form.namn.as_str(), form.epost.as_str(), visit.lang);
    let taken = joining::apply(&mut tx, &permit, who, wanted, client, visit.now).await?;
    tx.commit().await?;
    Ok(taken)
}

/// The application of somebody who has signed in: their address is theirs.
async fn send_own(visit: &Visit, who: &Who, side: Side, choices: Vec<Choice>, form: Form, wanted: &For) -> Result<Response> {
    let t = visit.texts();
    let permit = Register::ask(&visit.actor()).ok_or(Error::NotAllowed)?;
    let mut tx = visit.app.db.begin().await?;
    let own = Own::ask(&mut tx, who).await?.ok_or(Error::NotSignedIn)?;
    let added = joining::apply_own(&mut tx, (&permit, &own), visit.lang, wanted, visit.now).await?;
    let text = match added {
        Added::Waits => t.accounts_register_waits(),
        Added::Approved => t.accounts_register_approved(),
        Added::There => {
            tx.rollback().await?;
            let mut faults = Faults::default();
            faults.add(if side == Side::Sellers { "organisation" } else { "myndighet" }, t.accounts_register_there());
            return again(faults, |faults| show(visit, side, choices, form, faults));
        }
        Added::NotUntil(at) => {
            tx.rollback().await?;
            return Ok(too_many(show(visit, side, choices, form, not_until(visit, at))?, visit, at));
        }
    };
    tx.commit().await?;
    let mut response = see_other(&links::localized(visit.lang, links::OWN));
    carry_flash(&mut response, &visit.app.settings, &Flash::new(text));
    Ok(response)
}

async fn sent(visit: Visit) -> Result<Response> {
    let t = visit.texts();
    let heading = t.accounts_register_sent();
    let layout = visit.layout(heading, "sign_in", crumbs(&visit, heading));
    let lead = t.accounts_register_sent_lead(APPLICATION_HOLDS.whole_hours());
    html(&WrittenPage { layout, heading, lead, else_: t.accounts_written_else() })
}
