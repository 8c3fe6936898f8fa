//! Who waits to be approved: all of them for the network and administrators, and those of one organisation for its own.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::organisation::{foreign, told};
use crate::{
    accounts::{
        policy::joining::Judge,
        reads::applications::{self, Waiting},
        workflow::joining,
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            At, Crumb, Drafted, Faults, Flash, Layout, Routes, Sent, Visit, carry_flash, html, lines, links, see_other, unkept,
        },
    },
    organisations::{Kind, country, number},
};

/// The most characters of a reason.
const MOST_REASON: usize = 1000;

/// The network's page, and where answers are sent from it and from that of an organisation.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::LMC_ACCOUNTS, Right::ApproveAccounts, page)
        .swedish_page(links::LMC_ACCOUNT, Right::ApproveAccounts, back)
        .swedish_proved_form(links::LMC_ACCOUNT, Right::ApproveAccounts, answer)
        .page(links::ORGANISATION_APPLICATION, Right::Invite, back_own)
        .post(links::ORGANISATION_APPLICATION, Right::Invite, answer_own)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    gor: String,
    skal: String,
    /// The slug of the organisation whose page it was sent from, to come back to.
    organisation: String,
}

#[derive(Template)]
#[template(path = "accounts/approval.html")]
struct ApprovalPage {
    layout: Layout,
    waiting: Vec<Waiting>,
    now: time::OffsetDateTime,
    /// The one whose form has a fault.
    shown: Option<Uuid>,
    form: Form,
    faults: Faults,
}

impl ApprovalPage {
    fn action(&self, waiting: &Waiting) -> String {
        format!("{}#{}", links::lmc_account(waiting.id), links::FAULTS)
    }

    fn organisation(&self, waiting: &Waiting) -> String {
        links::organisation(self.layout.lang, &waiting.slug)
    }

    fn days(&self, waiting: &Waiting) -> i64 {
        (self.now - waiting.since).whole_days()
    }

    fn since(&self, waiting: &Waiting) -> String {
        self.layout.lang.moment(waiting.since)
    }

    fn kind(&self, waiting: &Waiting) -> &'static str {
        let t = &self.layout.t;
        match waiting.kind() {
            Kind::Region => t.organisations_singly_region(),
            Kind::NationalBody => t.organisations_singly_national_body(),
            Kind::IndustryBody => t.organisations_singly_industry_body(),
            Kind::ContractingAuthority => t.organisations_singly_contracting_authority(),
            Kind::Supplier => t.organisations_singly_supplier(),
        }
    }

    fn number(&self, waiting: &Waiting) -> String {
        let Some(country) = &waiting.country else { return self.layout.t.accounts_approval_no_number().to_owned() };
        let name = country::name(self.layout.t, country);
        match &waiting.register_number {
            Some(number) => format!("{}, {name}", number::printed(country, number)),
            None => format!("{}, {name}", self.layout.t.accounts_approval_no_number()),
        }
    }

    fn neighbours(&self, waiting: &Waiting) -> String {
        waiting.neighbours.0.join(", ")
    }

    /// The field of a reason, which there is one of for each that waits.
    fn field(&self, waiting: &Waiting) -> String {
        format!("skal-{}", waiting.id)
    }

    fn fault(&self, waiting: &Waiting) -> Option<&str> {
        self.faults.of(&self.field(waiting))
    }

    fn reason(&self, waiting: &Waiting) -> &str {
        if self.shown == Some(waiting.id) { &self.form.skal } else { "" }
    }

    fn most_reason(&self) -> usize {
        MOST_REASON
    }
}

async fn show(visit: &Visit, shown: Option<Uuid>, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let waiting = applications::waiting(&mut *visit.app.db.read().await?, None, visit.now).await?;
    let crumbs =
        vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)), Crumb::here(t.accounts_approval())];
    let layout = visit.layout(t.accounts_approval(), "own", crumbs).without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&ApprovalPage { layout, waiting, now: visit.now, shown, form, faults })?))
}

async fn page(visit: Visit) -> Result<Response> {
    show(&visit, None, Form::default(), Faults::default()).await
}

async fn back() -> Response {
    see_other(links::LMC_ACCOUNTS)
}

async fn back_own(visit: Visit) -> Response {
    see_other(&links::localized(visit.lang, links::OWN_ORGANISATION))
}

/// What came of an answer.
enum Answered {
    /// What is said of it.
    Told(&'static str),
    /// What is wrong with it.
    Fault(String),
    /// It is not theirs to give, or nothing waits.
    Foreign,
}

async fn decide(visit: &Visit, id: Uuid, form: &Form) -> Result<Answered> {
    let t = visit.texts();
    let refuses = match form.gor.as_str() {
        "godkann" => false,
        "avsla" => true,
        _ => return Err(Error::BadRequest("gor: expected godkann or avsla".to_owned())),
    };
    if refuses && form.skal.is_empty() {
        return Ok(Answered::Fault(t.accounts_approval_reason_missing().to_owned()));
    }
    let length = form.skal.chars().count();
    if refuses && length > MOST_REASON {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        return Ok(Answered::Fault(t.form_too_long(number(length), number(MOST_REASON))));
    }
    let mut tx = visit.app.db.begin().await?;
    let Some(permit) = Judge::ask(&mut tx, &visit.actor(), id, visit.now).await? else { return Ok(Answered::Foreign) };
    if refuses {
        joining::refuse(&mut tx, &permit, &form.skal, visit.now).await?;
    } else if !joining::approve(&mut tx, &permit, visit.now).await? {
        return Ok(Answered::Fault(t.accounts_approval_namesake().to_owned()));
    }
    tx.commit().await?;
    Ok(Answered::Told(if refuses { t.accounts_approval_refused() } else { t.accounts_approval_approved() }))
}

async fn answer(visit: Visit, At(id): At<Uuid>, Drafted { mut form, is_draft }: Drafted<Form>) -> Result<Response> {
    let visit = visit.on(links::LMC_ACCOUNTS);
    form.skal = lines(&form.skal);
    if is_draft {
        return show(&visit, Some(id), form, Faults::default()).await;
    }
    match decide(&visit, id, &form).await? {
        Answered::Told(text) => {
            let mut response = see_other(links::LMC_ACCOUNTS);
            carry_flash(&mut response, &visit.app.settings, &Flash::new(text));
            Ok(response)
        }
        Answered::Fault(text) => {
            let mut faults = Faults::default();
            faults.add(format!("skal-{id}"), text);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, Some(id), form, faults).await?).into_response())
        }
        Answered::Foreign => foreign(&visit, "application", id).await,
    }
}

/// The answer of an organisation's own administrator. A refusal there says no more than that they do not belong.
async fn answer_own(visit: Visit, At(id): At<Uuid>, Sent(mut form): Sent<Form>) -> Result<Response> {
    form.skal = lines(&form.skal);
    if form.skal.is_empty() {
        visit.texts().accounts_approval_reason_own().clone_into(&mut form.skal);
    }
    match decide(&visit, id, &form).await? {
        Answered::Told(text) => Ok(told(&visit, &form.organisation, text)),
        Answered::Fault(text) => Err(Error::BadRequest(text)),
        Answered::Foreign => foreign(&visit, "application", id).await,
    }
}
