//! Taking a proposal in: wholly or change by change, into the version that is prepared or into a new one.

mod plan;

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{Told, number};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            At, Crumb, Drafted, Faults, Flash, Layout, Routes, Visit, again, carry_flash, html, lines,
            links::{self, words},
            see_other, unkept,
        },
    },
    proposals::{
        lifecycle::{LONGEST_REASON, WhyNot},
        names,
        number::ProposalNumber,
        policy::Handle,
        proposal::Kind,
        reads::{
            Merged,
            one::{self as read, Proposal},
        },
        taking::{Change, Part},
        workflow::{Refused, taking},
    },
    requirements::{
        self, RequirementNumber,
        diff::{self, Piece},
        names as requirement_names, parameters,
    },
};

use plan::{Onto, Plan};

/// The page, and where it is sent.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::PROPOSAL_TAKING, Right::HandleProposals, page).swedish_form(
        links::PROPOSAL_TAKING,
        Right::HandleProposals,
        send,
    )
}

/// What is chosen, in the words of the form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    /// The changes that are taken in.
    del: Vec<String>,
    /// `helt`, or `delvis`, where there are no changes to choose from.
    hur: String,
    /// Why not the rest.
    skal: String,
    /// Into which of several: a number, or `nytt`.
    till: String,
    /// The text that the page showed.
    sett: String,
}

#[derive(Template)]
#[template(path = "proposals/taking.html")]
struct TakingPage {
    layout: Layout,
    faults: Faults,
    one: Proposal,
    plan: Plan,
    form: Form,
    /// Whether anything was chosen yet.
    is_first: bool,
}

impl TakingPage {
    fn action(&self) -> String {
        format!("{}#{}", links::handled_proposal(self.one.cited(), "intagning"), links::FAULTS)
    }

    fn back(&self) -> String {
        links::handled_proposal(self.one.cited(), "")
    }

    fn kind(&self) -> &'static str {
        names::kind(&self.layout.t, &self.one.kind)
    }

    fn is_repeal(&self) -> bool {
        self.one.kind == Kind::Repeal
    }

    /// Where it is taken into, in a sentence.
    fn onto(&self) -> String {
        let t = self.layout.t;
        match &self.plan.onto {
            Onto::Nothing => t.proposals_taking_repeal().to_owned(),
            Onto::Fresh => t.proposals_taking_fresh().to_owned(),
            Onto::Next { number, version } => t.proposals_taking_next(version.to_string(), number),
            Onto::Open { number, version } => t.proposals_taking_open(version.to_string(), number),
        }
    }

    fn is_ticked(&self, part: &Part) -> bool {
        !part.is_there && (self.is_first || self.form.del.contains(&part.key))
    }

    /// What a change is called.
    fn name(&self, part: &Part) -> String {
        let (t, place) = (self.layout.t, part.place);
        match &part.change {
            Change::Title(..) => t.proposals_title().to_owned(),
            Change::Kind(..) => t.proposals_type().to_owned(),
            Change::Level(..) => t.proposals_level().to_owned(),
            Change::Worded(..) => t.proposals_taking_worded(place.to_string()),
            Change::Gone(_) => t.proposals_taking_gone(place.to_string()),
            Change::Added(_) => t.proposals_taking_added(place.to_string()),
            Change::Order => t.proposals_taking_order().to_owned(),
        }
    }

    /// A clause as people read it.
    fn read(&self, text: &str) -> String {
        let parameters = self.one.base.as_ref().map_or(&[][..], |base| &base.parameters);
        parameters::named(text, parameters, self.layout.lang)
    }

    fn pieces(&self, part: &Part) -> Vec<Piece> {
        let t = self.layout.t;
        match &part.change {
            Change::Title(there, own) => diff::words(there, own),
            Change::Kind(there, own) => diff::words(requirement_names::kind(&t, there), requirement_names::kind(&t, own)),
            Change::Level(there, own) => diff::words(requirement_names::level(&t, there), requirement_names::level(&t, own)),
            Change::Worded(there, own) => diff::words(&self.read(there.as_deref().unwrap_or("")), &self.read(own)),
            Change::Gone(there) => diff::words(&self.read(there), ""),
            Change::Added(own) => diff::words("", &self.read(own)),
            Change::Order => Vec::new(),
        }
    }

    fn merged(&self) -> Vec<(String, &str)> {
        self.one.merged.iter().map(|merged| (merged.requirement().to_string(), merged.title.as_str())).collect()
    }
}

async fn found(visit: &Visit, number: ProposalNumber) -> Result<Proposal> {
    let found = read::one(&mut *visit.app.db.read().await?, visit, number).await?;
    let one = found.ok_or(Error::NotFound)?;
    if !one.handles {
        return Err(Error::NotAllowed);
    }
    Ok(one)
}

async fn show(visit: &Visit, number: ProposalNumber, form: Form, faults: Faults, is_first: bool) -> Result<Response> {
    let one = found(visit, number).await?;
    if is_first && !one.can_be_taken() {
        return Ok(see_other(&links::handled_proposal(number, "")));
    }
    let plan = Plan::of(&mut *visit.app.db.read().await?, &one, target(&one, &form)).await?.ok_or(Error::NotFound)?;
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::START.to_owned()),
        Crumb::link(t.proposals_heading(), links::PROPOSALS.to_owned()),
        Crumb::link(number.to_string(), links::handled_proposal(number, "")),
        Crumb::here(t.proposals_taking()),
    ];
    // The plan is made of the texts as they are; what is printed is for people.
    let one = if plan.parts.is_empty() { one.in_words(visit.lang) } else { one };
    let layout = visit.layout(&t.proposals_taking_title(number), "lmc", crumbs).without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&TakingPage { layout, faults, one, plan, form, is_first })?))
}

/// The requirement that a text goes into, where several may.
fn target(one: &Proposal, form: &Form) -> Option<RequirementNumber> {
    let chosen = RequirementNumber::parse_loosely(&form.till);
    one.merged.iter().map(Merged::requirement).find(|number| Some(*number) == chosen)
}

async fn page(visit: Visit, At(text): At<String>) -> Result<Response> {
    match number(&visit, &text)? {
        Ok(number) => show(&visit, number, Form::default(), Faults::default(), true).await,
        Err(response) => Ok(response),
    }
}

/// What is wrong with what was chosen; `chosen` is whether a change with this key is taken in.
fn faults_of(visit: &Visit, form: &Form, one: &Proposal, plan: &Plan) -> Faults {
    let (t, mut faults) = (visit.texts(), Faults::default());
    if plan.parts.is_empty() {
        if one.kind.has_text() && !matches!(form.hur.as_str(), words::WHOLLY | words::PARTLY) {
            faults.add("hur", t.proposals_taking_how_empty());
        }
    } else if !plan.parts.iter().any(|part| plan.takes(part, &form.del)) {
        faults.add("del", t.proposals_taking_none());
    }
    if !plan.is_wholly(one, &form.del, &form.hur) && form.skal.is_empty() {
        faults.add("skal", t.proposals_taking_reason_empty());
    }
    faults.check_length(t, "skal", &form.skal, LONGEST_REASON);
    if one.kind == Kind::Merge && form.till != words::FRESH && target(one, form).is_none() {
        faults.add("till", t.proposals_taking_target_empty());
    }
    faults
}

async fn send(visit: Visit, At(text): At<String>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let form = Form { skal: lines(&form.skal), ..form };
    let visit = visit.on(&links::handled_proposal(number, "intagning"));
    if is_draft {
        return show(&visit, number, form, Faults::default(), false).await;
    }
    let one = found(&visit, number).await?;
    if !one.can_be_taken() {
        let why = if one.repealed.is_some() { WhyNot::Repealed } else { WhyNot::NotFrom(one.state()) };
        return told(&visit, why.into(), number, form).await;
    }
    let plan = Plan::of(&mut *visit.app.db.read().await?, &one, target(&one, &form)).await?.ok_or(Error::NotFound)?;
    let faults = faults_of(&visit, &form, &one, &plan);
    if !faults.is_empty() {
        let page = show(&visit, number, form, faults.clone(), false).await;
        return again(faults, |_| page);
    }
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        // Requirements before proposals, as everybody takes them in.
        let goes_into = plan::goes_into(&one, target(&one, &form)).map(RequirementNumber::get);
        requirements::lock_numbers(&mut tx, goes_into.as_slice()).await?;
        let permit = Handle::ask(&mut tx, &visit.actor(), number, (visit.today(), visit.now)).await?;
        // Once more, now that nobody else writes in it.
        let one = read::one(&mut tx, &visit, number).await?.ok_or(Refused::NotThere)?;
        if one.kind == Kind::Change && one.repealed.is_some() {
            return Err(WhyNot::Repealed.into());
        }
        let onto = plan::write(&mut tx, &visit, (&one, target(&one, &form)), (&form.del, &form.sett)).await?;
        let wholly = plan.is_wholly(&one, &form.del, &form.hur);
        let parts: Vec<String> =
            plan.parts.iter().filter(|part| plan.takes(part, &form.del)).map(|part| part.key.clone()).collect();
        let said = if wholly { "" } else { &form.skal };
        let taken = taking::TakenIn { into: onto, wholly, parts: &parts, said };
        taking::take_in(&mut tx, &permit, &taken, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => {
            let mut response = see_other(&links::handled_proposal(number, ""));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().proposals_taking_done()));
            Ok(response)
        }
        Err(why) => told(&visit, why, number, form).await,
    }
}

/// The page again, with what was chosen and why not.
async fn told(visit: &Visit, why: Refused, number: ProposalNumber, form: Form) -> Result<Response> {
    let told = Told::of(visit, why)?;
    let page = show(visit, number, form, told.faults.clone(), false).await?;
    Ok(told.on(visit, page))
}
