//! What takes a page of its own, with what it means, a reason and a confirmation: sharing a version with the authorities or
//! ending that, stopping a requirement or lifting the stop, and that a review changed nothing.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use sqlx::PgConnection;
use time::Date;

use super::{Seen, Told, crumbs, number, seen};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            At, Crumb, Drafted, Faults, Flash, Layout, Routes, Visit, again, carry_flash, html, line, lines, links, see_other,
            unkept,
        },
    },
    requirements::{
        RequirementNumber,
        fields::iso_date_option::parse,
        lifecycle::{LONGEST_REASON, REVIEW_WITHIN, WhyNot},
        policy::{Open, Prepare, Refused, Stop},
        workflow::{self, preparing},
    },
};

/// The pages, and where they are sent.
pub fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::WORKBENCH_SHARING, Right::Prepare, share_page)
        .swedish_form(links::WORKBENCH_SHARING, Right::Prepare, share)
        .swedish_page(links::WORKBENCH_STOP, Right::Prepare, stop_page)
        .swedish_form(links::WORKBENCH_STOP, Right::Prepare, stop)
        .swedish_page(links::WORKBENCH_REVIEW, Right::Prepare, review_page)
        .swedish_form(links::WORKBENCH_REVIEW, Right::Prepare, review)
}

/// The most characters of the reason of a stop.
const LONGEST_STOP: usize = 2000;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Share,
    Unshare,
    Stop,
    Lift,
    Review,
}

impl Act {
    /// Where it is sent.
    fn below(self) -> &'static str {
        match self {
            Self::Share | Self::Unshare => "delning",
            Self::Stop | Self::Lift => "stopp",
            Self::Review => "granskat",
        }
    }

    fn longest(self) -> usize {
        if matches!(self, Self::Stop | Self::Lift) { LONGEST_STOP } else { LONGEST_REASON }
    }

    /// What can be done as it stands, of what is asked for.
    fn of(below: &str, seen: &Seen) -> Option<Self> {
        let one = &seen.one;
        match below {
            "delning" => one.open.as_ref().map(|open| if open.shared { Self::Unshare } else { Self::Share }),
            "stopp" if one.stop.is_some() => Some(Self::Lift),
            "stopp" => one.current.is_some().then_some(Self::Stop),
            _ => one.current.is_some().then_some(Self::Review),
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    skal: String,
    /// The next review.
    oversyn: String,
    bekrafta: String,
    /// What the page said would be done: it may be the other way round by now.
    gor: String,
}

#[derive(Template)]
#[template(path = "preparation/act.html")]
struct ActPage {
    layout: Layout,
    number: RequirementNumber,
    title: String,
    act: Act,
    form: Form,
    faults: Faults,
    /// The review that there is.
    review_by: Option<Date>,
    /// The reason of the stop that there is.
    stopped: Option<String>,
}

impl ActPage {
    fn action(&self) -> String {
        format!("{}#{}", links::workbench(self.number, self.act.below()), links::FAULTS)
    }

    fn back(&self) -> String {
        links::workbench(self.number, "")
    }

    fn word(&self) -> &'static str {
        word(self.act)
    }

    fn is_review(&self) -> bool {
        self.act == Act::Review
    }

    fn most(&self) -> usize {
        self.act.longest()
    }

    fn today_review(&self) -> Option<String> {
        self.review_by.map(|day| self.layout.lang.date(day))
    }

    fn heading(&self) -> String {
        heading(&self.layout, self.act, self.number)
    }

    fn lead(&self) -> &'static str {
        let t = self.layout.t;
        match self.act {
            Act::Share => t.preparation_share_lead(),
            Act::Unshare => t.preparation_unshare_lead(),
            Act::Stop => t.preparation_stop_lead(),
            Act::Lift => t.preparation_lift_lead(),
            Act::Review => t.preparation_review_lead(),
        }
    }

    /// What it means, each a sentence.
    fn means(&self) -> Vec<&'static str> {
        let t = self.layout.t;
        match self.act {
            Act::Share => {
                vec![t.preparation_share_means_read(), t.preparation_share_means_record(), t.preparation_share_means_end()]
            }
            Act::Unshare => vec![t.preparation_unshare_means_read(), t.preparation_unshare_means_record()],
            Act::Stop => vec![t.preparation_stop_means_at_once(), t.preparation_stop_means_public()],
            Act::Lift => vec![t.preparation_lift_means()],
            Act::Review => vec![t.preparation_review_means(), t.preparation_review_means_public()],
        }
    }

    fn reason_hint(&self) -> &'static str {
        let t = self.layout.t;
        match self.act {
            Act::Share | Act::Unshare => t.preparation_act_reason_shared(),
            Act::Stop | Act::Lift | Act::Review => t.preparation_act_reason_public(),
        }
    }

    fn confirm(&self) -> &'static str {
        let t = self.layout.t;
        match self.act {
            Act::Share => t.preparation_share_confirm(),
            Act::Unshare => t.preparation_unshare_confirm(),
            Act::Stop => t.preparation_stop_confirm(),
            Act::Lift => t.preparation_lift_confirm(),
            Act::Review => t.preparation_review_confirm(),
        }
    }

    fn button(&self) -> &'static str {
        let t = self.layout.t;
        match self.act {
            Act::Share => t.preparation_share_do(),
            Act::Unshare => t.preparation_unshare_do(),
            Act::Stop => t.preparation_stop_do(),
            Act::Lift => t.preparation_lift_do(),
            Act::Review => t.preparation_review_do(),
        }
    }
}

fn word(act: Act) -> &'static str {
    match act {
        Act::Share => "dela",
        Act::Unshare => "sluta-dela",
        Act::Stop => "stoppa",
        Act::Lift => "hav",
        Act::Review => "granskat",
    }
}

fn heading(layout: &Layout, act: Act, number: RequirementNumber) -> String {
    let t = layout.t;
    match act {
        Act::Share => t.preparation_share_title(number),
        Act::Unshare => t.preparation_unshare_title(number),
        Act::Stop => t.preparation_stop_title(number),
        Act::Lift => t.preparation_lift_title(number),
        Act::Review => t.preparation_review_title(number),
    }
}

fn show(visit: &Visit, number: RequirementNumber, seen: &Seen, act: Act, form: Form, faults: Faults) -> Result<Response> {
    let layout = visit.layout("", "lmc", Vec::new());
    let title = heading(&layout, act, number);
    let crumbs = crumbs(visit, vec![Crumb::link(number.to_string(), links::workbench(number, "")), Crumb::here(&title)]);
    let layout = visit.layout(&title, "lmc", crumbs).without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let title = seen.one.title.clone().unwrap_or_default();
    let (review_by, stopped) = (seen.one.review_by, seen.one.stop.as_ref().map(|stop| stop.reason.clone()));
    Ok(unkept(html(&ActPage { layout, number, title, act, form, faults, review_by, stopped })?))
}

async fn open(visit: Visit, text: String, below: &'static str) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let seen = seen(&visit, &mut *visit.app.db.read().await?, number).await?;
    if !seen.one.prepares {
        return Err(Error::NotAllowed);
    }
    match Act::of(below, &seen) {
        Some(act) => show(&visit, number, &seen, act, Form::default(), Faults::default()),
        None => Ok(see_other(&links::workbench(number, ""))),
    }
}

async fn share_page(visit: Visit, At(text): At<String>) -> Result<Response> {
    open(visit, text, "delning").await
}

async fn stop_page(visit: Visit, At(text): At<String>) -> Result<Response> {
    open(visit, text, "stopp").await
}

async fn review_page(visit: Visit, At(text): At<String>) -> Result<Response> {
    open(visit, text, "granskat").await
}

async fn share(visit: Visit, At(text): At<String>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    send(visit, text, "delning", form, is_draft).await
}

async fn stop(visit: Visit, At(text): At<String>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    send(visit, text, "stopp", form, is_draft).await
}

async fn review(visit: Visit, At(text): At<String>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    send(visit, text, "granskat", form, is_draft).await
}

/// What is wrong with what was typed.
fn check(visit: &Visit, act: Act, form: &Form) -> Faults {
    let (t, mut faults) = (visit.texts(), Faults::default());
    if form.skal.is_empty() {
        faults.add("skal", t.preparation_fault_reason());
    }
    faults.check_length(t, "skal", &form.skal, act.longest());
    if act == Act::Review {
        match parse(&form.oversyn) {
            None => faults.add("oversyn", t.preparation_fault_date()),
            Some(day) if day <= visit.today() => faults.add("oversyn", t.preparation_fault_to_come()),
            Some(day) if day - visit.today() > REVIEW_WITHIN => faults.add("oversyn", t.preparation_fault_review_far()),
            Some(_) => {}
        }
    }
    if form.bekrafta != "ja" {
        faults.add("bekrafta", t.preparation_fault_confirm());
    }
    faults
}

async fn send(visit: Visit, text: String, below: &'static str, form: Form, is_draft: bool) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let t = visit.texts();
    let form = Form { skal: lines(&form.skal), oversyn: line(&form.oversyn), ..form };
    let mut tx = visit.app.db.begin().await?;
    let seen = seen(&visit, &mut tx, number).await?;
    if !seen.one.prepares {
        return Err(Error::NotAllowed);
    }
    let Some(act) = Act::of(below, &seen) else {
        // Nothing is there for it any more, which the workbench shows.
        let mut response = see_other(&links::workbench(number, ""));
        carry_flash(&mut response, &visit.app.settings, &Flash::new(t.preparation_not_possible()));
        return Ok(response);
    };
    if is_draft {
        return show(&visit, number, &seen, act, form, Faults::default());
    }
    let faults = check(&visit, act, &form);
    if !faults.is_empty() {
        return again(faults, |faults| show(&visit, number, &seen, act, form, faults));
    }
    let done = async {
        // What the page offered is done by now: by somebody else, or by the same form.
        if form.gor != word(act) {
            return Err(Refused::WhyNot(already(act)));
        }
        perform(&visit, &mut tx, &seen, act, &form).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => {
            let mut response = see_other(&links::workbench(number, ""));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(done_text(&visit, act)));
            Ok(response)
        }
        Err(refused) => {
            let told = Told::of(&visit, refused)?;
            let page = show(&visit, number, &seen, act, form, told.faults.clone())?;
            Ok(told.on(page))
        }
    }
}

/// Why the other way round cannot be done.
fn already(act: Act) -> WhyNot {
    match act {
        Act::Share => WhyNot::NotShared,
        Act::Unshare => WhyNot::Shared,
        Act::Stop => WhyNot::NotStopped,
        Act::Lift => WhyNot::Stopped,
        Act::Review => WhyNot::Changed,
    }
}

async fn perform(visit: &Visit, tx: &mut PgConnection, seen: &Seen, act: Act, form: &Form) -> Result<(), Refused> {
    let (actor, now, id) = (visit.actor(), visit.now, seen.one.id);
    match act {
        Act::Share | Act::Unshare => {
            let version = seen.one.open.as_ref().map(|open| open.id).ok_or(WhyNot::Changed)?;
            let permit = Open::ask(tx, &actor, version, None, now).await?;
            preparing::share(tx, &permit, (act == Act::Share, &form.skal), now).await
        }
        Act::Stop | Act::Lift => {
            let permit = Stop::ask(tx, &actor, id, now).await?;
            if act == Act::Stop {
                workflow::stop(tx, &permit, &form.skal, now, now).await
            } else {
                workflow::lift(tx, &permit, &form.skal, now).await
            }
        }
        Act::Review => {
            let permit = Prepare::within(tx, &actor, Some(id), None, now).await?;
            let day = parse(&form.oversyn).ok_or(WhyNot::ReviewNotToCome)?;
            preparing::reviewed(tx, &permit, (id, day), &form.skal, now).await
        }
    }
}

fn done_text(visit: &Visit, act: Act) -> &'static str {
    let t = visit.texts();
    match act {
        Act::Share => t.preparation_share_done(),
        Act::Unshare => t.preparation_unshare_done(),
        Act::Stop => t.preparation_stop_done(),
        Act::Lift => t.preparation_lift_done(),
        Act::Review => t.preparation_review_done(),
    }
}
