//! A proposal for those who handle it: who has it, what becomes of it, what they write to each other.

use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{Told, number, succession::Succession, templates::kind_name};
use crate::{
    accounts::name_or_removed,
    attachments::Attachment,
    kernel::{
        actor::Role,
        error::{Error, Result},
        rights::Right,
        web::{
            At, Client, Crumb, Drafted, Faults, Flash, Layout, Routes, Sent, Visit, again, carry_flash, html, line, lines,
            links::{self, words},
            see_other, unkept,
        },
    },
    proposals::{
        lifecycle::{LONGEST_REASON, State},
        names,
        number::ProposalNumber,
        policy::Handle,
        reads::{
            one::{self as read, Handler, Proposal},
            templates::{self, Template},
        },
        workflow::{
            Refused,
            handling::{self, Done},
        },
    },
};

/// The page, and where its forms are sent.
pub fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::PROPOSAL_HANDLED, Right::HandleProposals, page)
        .swedish_page(links::PROPOSAL_HANDLER, Right::HandleProposals, back)
        .swedish_post(links::PROPOSAL_HANDLER, Right::HandleProposals, hand)
        .swedish_page(links::PROPOSAL_STEPS, Right::HandleProposals, back)
        .swedish_form(links::PROPOSAL_STEPS, Right::HandleProposals, step)
        .swedish_page(links::PROPOSAL_NOTES, Right::HandleProposals, back)
        .swedish_form(links::PROPOSAL_NOTES, Right::HandleProposals, note)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    steg: String,
    skal: String,
    till: String,
    anteckning: String,
    /// Which text is to be put in.
    mall: String,
    /// `mall`, where it is to be.
    gor: String,
}

#[derive(askama::Template)]
#[template(path = "proposals/handled.html")]
struct HandledPage {
    layout: Layout,
    one: Proposal,
    form: Form,
    faults: Faults,
    me: Option<Uuid>,
    /// Whether it may be merged with another by who looks.
    may_merge: bool,
    /// Texts to answer with.
    templates: Vec<Template>,
}

impl HandledPage {
    fn to(&self, below: &str) -> String {
        links::handled_proposal(self.one.cited(), below)
    }

    fn step_action(&self) -> String {
        format!("{}#{}", self.to("steg"), links::FAULTS)
    }

    fn note_action(&self) -> String {
        format!("{}#{}", self.to("anteckningar"), links::FAULTS)
    }

    fn link(&self) -> String {
        links::proposal(self.layout.lang, self.one.cited())
    }

    fn file(&self, one: &Attachment) -> String {
        links::proposal_attachment(self.one.cited(), one.id)
    }

    fn kind(&self) -> &'static str {
        names::kind(&self.layout.t, &self.one.kind)
    }

    fn state(&self) -> &'static str {
        names::state(&self.layout.t, &self.one.state())
    }

    fn tag(&self) -> &'static str {
        names::state_tag(&self.one.state())
    }

    fn organisation(&self) -> &str {
        self.one.organisation.name(self.layout.lang)
    }

    fn submitted(&self) -> String {
        self.layout.lang.day_of(self.one.submitted)
    }

    fn answer_by(&self) -> Option<String> {
        self.one.answer_by.map(|day| self.layout.lang.date(day))
    }

    fn is_open(&self) -> bool {
        self.one.state().is_open()
    }

    fn can_be_taken(&self) -> bool {
        self.one.can_be_taken()
    }

    /// That what it wants changed is repealed, and what comes instead.
    fn succession(&self) -> Option<Succession<'_>> {
        Succession::of(self.layout.t, self.layout.lang, &self.one)
    }

    /// What is to be done about that.
    fn adapting(&self, succession: &Succession<'_>) -> &'static str {
        let t = self.layout.t;
        if succession.instead.is_empty() { t.proposals_repealed_none() } else { t.proposals_adapt_handled() }
    }

    fn is_mine(&self, handler: &Handler) -> bool {
        Some(handler.id) == self.me
    }

    fn handler(&self, handler: &Handler) -> String {
        self.named(handler.name.as_deref())
    }

    fn writer(&self, note: &read::Note) -> String {
        self.named(note.by.as_deref())
    }

    fn named(&self, name: Option<&str>) -> String {
        name_or_removed(self.layout.t, name).to_owned()
    }

    /// What can be done with it as it stands: word, name, what it means.
    fn steps(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let t = self.layout.t;
        let begin = ("bered", t.proposals_do_begin(), t.proposals_do_begin_hint());
        let give_back = ("komplettera", t.proposals_do_return(), t.proposals_do_return_hint());
        let rest = ("lat-vila", t.proposals_do_rest(), t.proposals_do_rest_hint());
        let merge = ("sla-ihop", t.proposals_do_merge(), t.proposals_do_merge_hint());
        let reject = ("avsla", t.proposals_do_reject(), t.proposals_do_reject_hint());
        let merge = self.may_merge.then_some(merge);
        match self.one.state() {
            State::Submitted => [begin, give_back, rest].into_iter().chain(merge).chain([reject]).collect(),
            State::InPreparation => [rest].into_iter().chain(merge).chain([reject]).collect(),
            State::Dormant => vec![("ta-upp", t.proposals_do_wake(), t.proposals_do_wake_hint())],
            _ => Vec::new(),
        }
    }

    /// Why nothing can be done with it as it stands.
    fn no_steps(&self) -> Option<&'static str> {
        let t = self.layout.t;
        match self.one.state() {
            State::Returned => Some(t.proposals_no_steps_returned()),
            State::TakenIn => Some(t.proposals_no_steps_taken_in()),
            _ if self.steps().is_empty() => Some(t.proposals_no_steps_answered()),
            _ => None,
        }
    }

    /// What is said for it, each under its heading.
    fn reasons(&self) -> Vec<(&'static str, &str)> {
        let (t, reasons) = (self.layout.t, &self.one.reasons);
        let all = [
            (t.proposals_problem(), &reasons.problem),
            (t.proposals_gain(), &reasons.gain),
            (t.proposals_verification(), &reasons.verification),
            (t.proposals_legal(), &reasons.legal),
            (t.proposals_interest(), &reasons.interest),
        ];
        all.into_iter().filter(|(_, said)| !said.is_empty()).map(|(name, said)| (name, said.as_str())).collect()
    }

    /// A text to answer with, and what it is for.
    fn template(&self, one: &Template) -> String {
        format!("{}: {}", kind_name(self.layout.t, &one.kind), one.name)
    }

    fn is_put_in(&self, id: &Uuid) -> bool {
        self.form.mall == id.to_string()
    }

    fn moment(&self, note: &read::Note) -> String {
        self.layout.lang.moment(note.at)
    }
}

async fn show(visit: &Visit, number: ProposalNumber, form: Form, faults: Faults) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let one = read::one(&mut connection, visit, number).await?.ok_or(Error::NotFound)?.in_words(visit.lang);
    let templates = templates::templates(&mut connection).await?;
    drop(connection);
    // Who looks after another area handles nothing here.
    if !one.handles {
        return Err(Error::NotAllowed);
    }
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::START.to_owned()),
        Crumb::link(t.proposals_heading(), links::PROPOSALS.to_owned()),
        Crumb::link(number.to_string(), links::proposal(visit.lang, number)),
        Crumb::here(t.proposals_handled()),
    ];
    let layout = visit.layout(&t.proposals_handled_title(number), "lmc", crumbs).without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let me = visit.actor().person().0;
    Ok(unkept(html(&HandledPage {
        layout,
        one,
        form,
        faults,
        me,
        may_merge: visit.actor().has(Role::LmcCoordinator),
        templates,
    })?))
}

async fn page(visit: Visit, At(text): At<String>) -> Result<Response> {
    match number(&visit, &text)? {
        Ok(number) => show(&visit, number, Form::default(), Faults::default()).await,
        Err(response) => Ok(response),
    }
}

async fn back(visit: Visit, At(text): At<String>) -> Result<Response> {
    Ok(match number(&visit, &text)? {
        Ok(number) => see_other(&links::handled_proposal(number, "")),
        Err(response) => response,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Hand {
    /// `ta`, or `lamna`.
    gor: String,
    /// Who had it on the page.
    har: String,
}

async fn hand(visit: Visit, At(text): At<String>, Sent(form): Sent<Hand>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let permit = Handle::ask(&mut tx, &visit.actor(), number, (visit.today(), visit.now)).await?;
        let seen = Uuid::try_parse(&form.har).ok();
        let seen = if form.gor == "lamna" { permit.proposal().handler } else { seen };
        handling::hand(&mut tx, &permit, (seen, form.gor == "ta"), visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => Ok(see_other(&links::handled_proposal(number, ""))),
        Err(why) => told(&visit, why, number, Form::default()).await,
    }
}

/// The page again, with what was typed and why not.
async fn told(visit: &Visit, why: Refused, number: ProposalNumber, form: Form) -> Result<Response> {
    let told = Told::of(visit, why)?;
    let here = visit.clone().on(&links::handled_proposal(number, ""));
    let page = show(&here, number, form, told.faults.clone()).await?;
    Ok(told.on(visit, page))
}

/// What was chosen, or what is wrong with it.
fn chosen<'a>(visit: &Visit, form: &'a Form) -> Result<Done<'a>, Faults> {
    let (t, mut faults) = (visit.texts(), Faults::default());
    let code = words::code(words::PROPOSAL_STEPS, &form.steg);
    if code.is_none() {
        faults.add("steg", t.proposals_step_empty());
    }
    let needs_reason = matches!(code, Some("return" | "rest" | "merge" | "reject"));
    if needs_reason && form.skal.is_empty() {
        faults.add("skal", t.proposals_reason_empty());
    }
    if form.steg == "bered" && !form.skal.is_empty() {
        faults.add("skal", t.proposals_begin_no_reason());
    }
    faults.check_length(t, "skal", &form.skal, LONGEST_REASON);
    let into = ProposalNumber::parse(&form.till);
    if code == Some("merge") && into.is_none() {
        faults.add("till", t.proposals_into_empty());
    }
    match (code, into) {
        _ if !faults.is_empty() => Err(faults),
        (Some("begin"), _) => Ok(Done::Begun),
        (Some("return"), _) => Ok(Done::Returned(&form.skal)),
        (Some("rest"), _) => Ok(Done::Rested(&form.skal)),
        (Some("wake"), _) => Ok(Done::Woken),
        (Some("merge"), Some(into)) => Ok(Done::Merged(&form.skal, into)),
        (Some("reject"), _) => Ok(Done::Rejected(&form.skal)),
        _ => {
            faults.add("steg", t.proposals_step_empty());
            Err(faults)
        }
    }
}

/// The page again, with the chosen text after what was typed.
async fn put_in(visit: &Visit, number: ProposalNumber, form: Form) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let one = read::one(&mut connection, visit, number).await?.ok_or(Error::NotFound)?;
    let all = templates::templates(&mut connection).await?;
    drop(connection);
    let Some(template) = all.iter().find(|template| template.id.to_string() == form.mall) else {
        let mut faults = Faults::default();
        faults.add("mall", visit.texts().proposals_template_choose());
        let page = show(visit, number, form, faults.clone()).await;
        return again(faults, |_| page);
    };
    let text = template.filled(number, &one.title);
    let skal = if form.skal.is_empty() { text } else { format!("{}\n\n{text}", form.skal) };
    show(visit, number, Form { skal, ..form }, Faults::default()).await
}

async fn step(visit: Visit, At(text): At<String>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let form = Form { skal: lines(&form.skal), till: line(&form.till), ..form };
    let visit = visit.on(&links::handled_proposal(number, ""));
    if is_draft {
        return show(&visit, number, form, Faults::default()).await;
    }
    if form.gor == "mall" {
        return put_in(&visit, number, form).await;
    }
    let done = match chosen(&visit, &form) {
        Ok(done) => done,
        Err(faults) => {
            let page = show(&visit, number, form, faults.clone()).await;
            return again(faults, |_| page);
        }
    };
    let mut tx = visit.app.db.begin().await?;
    let handled = async {
        if matches!(done, Done::Merged(..)) {
            handling::merge_alone(&mut tx).await?;
        }
        let permit = Handle::ask(&mut tx, &visit.actor(), number, (visit.today(), visit.now)).await?;
        handling::handle(&mut tx, &permit, done, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match handled.await {
        Ok(()) => {
            let mut response = see_other(&links::handled_proposal(number, ""));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().proposals_handled_done()));
            Ok(response)
        }
        Err(why) => told(&visit, why, number, form).await,
    }
}

async fn note(visit: Visit, At(text): At<String>, client: Client, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let form = Form { anteckning: lines(&form.anteckning), ..form };
    let visit = visit.on(&links::handled_proposal(number, ""));
    if is_draft {
        return show(&visit, number, form, Faults::default()).await;
    }
    let (t, mut faults) = (visit.texts(), Faults::default());
    if form.anteckning.is_empty() {
        faults.add("anteckning", t.proposals_note_empty());
    }
    faults.check_length(t, "anteckning", &form.anteckning, LONGEST_REASON);
    if !faults.is_empty() {
        let page = show(&visit, number, form, faults.clone()).await;
        return again(faults, |_| page);
    }
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let permit = Handle::ask(&mut tx, &visit.actor(), number, (visit.today(), visit.now)).await?;
        handling::add_note(&mut tx, &permit, &form.anteckning, client, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => Ok(see_other(&format!("{}#anteckningarna", links::handled_proposal(number, "")))),
        Err(why) => told(&visit, why, number, form).await,
    }
}
