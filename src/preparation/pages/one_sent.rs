//! What the forms of the workbench do: begin a version, take it onwards, take it over, open its editor.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Seen, Told, number,
    one::{Form, show, shown},
    seen,
};
use crate::{
    kernel::{
        error::{Error, Result},
        web::{
            At, Drafted, Faults, Flash, Sent, Visit, again, carry_flash, lines,
            links::{self, words},
            see_other,
        },
    },
    proposals,
    requirements::{
        RequirementNumber,
        begun::Begun,
        lifecycle::{LONGEST_REASON, Step, WhyNot},
        policy::{self, Advance, Prepare, Refused},
        ready::Facts,
        workflow::{self, preparing},
    },
};

/// What keeps proposals from following their version.
fn follow(refused: proposals::Refused) -> Refused {
    match refused {
        proposals::Refused::Database(error) => error.into(),
        _ => WhyNot::Changed.into(),
    }
}

/// The page again, with what was typed and why not.
async fn told(visit: &Visit, number: RequirementNumber, refused: Refused, form: Form) -> Result<Response> {
    let told = Told::of(visit, refused)?;
    let page = shown(visit, number, form, told.faults.clone()).await?;
    Ok(told.on(page))
}

/// What may be prepared by whoever asks.
async fn prepared(visit: &Visit, connection: &mut sqlx::PgConnection, number: RequirementNumber) -> Result<Seen> {
    let seen = seen(visit, connection, number).await?;
    if seen.one.prepares { Ok(seen) } else { Err(Error::NotAllowed) }
}

pub(super) async fn begin(visit: Visit, At(text): At<String>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let visit = visit.on(&links::workbench(number, ""));
    let form = Form { anteckning: lines(&form.anteckning), ..form };
    let mut tx = visit.app.db.begin().await?;
    let seen = prepared(&visit, &mut tx, number).await?;
    if is_draft {
        drop(tx);
        return show(&visit, number, seen, form, Faults::default()).await;
    }
    let (t, mut faults) = (visit.texts(), Faults::default());
    let because = words::code(words::BEGUN, &form.orsak).and_then(Begun::from_code);
    if because.is_none() {
        faults.add("orsak", t.preparation_fault_because());
    }
    if form.anteckning.is_empty() {
        faults.add("anteckning", t.preparation_fault_note());
    }
    faults.check_length(t, "anteckning", &form.anteckning, LONGEST_REASON);
    let Some(because) = because.filter(|_| faults.is_empty()) else {
        drop(tx);
        let page = show(&visit, number, seen, form, faults.clone()).await?;
        return again(faults, |_| Ok(page));
    };
    let begun = async {
        let permit = Prepare::within(&mut tx, &visit.actor(), Some(seen.one.id), None, visit.now).await?;
        // As it stands under the lock.
        let stored = crate::requirements::load(&mut tx, &[number.get()]).await?.remove(&number.get());
        let stored = stored.ok_or(crate::requirements::lifecycle::WhyNot::NothingToRevise)?;
        let hidden = seen.one.base.as_ref().is_some_and(|base| base.hidden);
        preparing::revise(&mut tx, &permit, (number, &stored), (because, &form.anteckning), hidden, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match begun.await {
        Ok(()) => Ok(done(&visit, number, t.preparation_begun_done())),
        Err(refused) => told(&visit, number, refused, form).await,
    }
}

fn done(visit: &Visit, number: RequirementNumber, text: &str) -> Response {
    let mut response = see_other(&links::workbench(number, ""));
    carry_flash(&mut response, &visit.app.settings, &Flash::new(text));
    response
}

pub(super) async fn step(visit: Visit, At(text): At<String>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let visit = visit.on(&links::workbench(number, ""));
    let form = Form { skal: lines(&form.skal), ..form };
    let mut tx = visit.app.db.begin().await?;
    let seen = prepared(&visit, &mut tx, number).await?;
    if is_draft {
        drop(tx);
        return show(&visit, number, seen, form, Faults::default()).await;
    }
    let (t, mut faults) = (visit.texts(), Faults::default());
    let code = words::code(words::VERSION_STEPS, &form.steg);
    if code.is_none() {
        faults.add("steg", t.preparation_fault_step());
    }
    if matches!(code, Some("return" | "discard")) && form.skal.is_empty() {
        faults.add("skal", t.preparation_fault_reason());
    }
    faults.check_length(t, "skal", &form.skal, LONGEST_REASON);
    let facts = seen.open.as_ref().zip(seen.one.open.as_ref());
    let lacks = facts.map(|(version, open)| Facts::of(&version.content, &open.novelty(), seen.one.base.is_none()).why_not_yet());
    if code == Some("submit") && lacks.is_some_and(|lacks| !lacks.is_empty()) {
        faults.add("steg", t.preparation_fault_lacks());
    }
    let Some(code) = code.filter(|_| faults.is_empty()) else {
        drop(tx);
        let page = show(&visit, number, seen, form, faults.clone()).await?;
        return again(faults, |_| Ok(page));
    };
    let Some(version) = seen.one.open.as_ref().map(|open| open.id) else {
        drop(tx);
        let mut faults = Faults::default();
        faults.add("", t.preparation_not_possible());
        let page = show(&visit, number, seen, form, faults).await?;
        return Ok((StatusCode::CONFLICT, page).into_response());
    };
    let advanced = async {
        let permit = Advance::within(&mut tx, &visit.actor(), version, form.las, visit.now).await?;
        let step = match code {
            "submit" => Step::Submit,
            "return" => Step::Return(&form.skal),
            _ => Step::Discard(&form.skal),
        };
        workflow::advance(&mut tx, &permit, step, visit.now).await?;
        // What was proposed and taken into it goes back to where it was.
        if matches!(step, Step::Discard(_)) {
            proposals::put_back(&mut tx, &permit, visit.now).await.map_err(follow)?;
        }
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match advanced.await {
        Ok(()) => {
            let said = match code {
                "submit" => t.preparation_done_submit(),
                "return" => t.preparation_done_return(),
                _ => t.preparation_done_discard(),
            };
            Ok(done(&visit, number, said))
        }
        Err(refused) => told(&visit, number, refused, form).await,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Hand {
    /// `ta`, or `lamna`.
    gor: String,
    /// Who had it on the page.
    har: String,
}

pub(super) async fn hand(visit: Visit, At(text): At<String>, Sent(form): Sent<Hand>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let visit = visit.on(&links::workbench(number, ""));
    let mut tx = visit.app.db.begin().await?;
    let seen = prepared(&visit, &mut tx, number).await?;
    let Some(version) = seen.one.open.as_ref().map(|open| open.id) else {
        return Ok(see_other(&links::workbench(number, "")));
    };
    let handed = async {
        let permit = policy::Open::ask(&mut tx, &visit.actor(), version, None, visit.now).await?;
        let has = Uuid::try_parse(&form.har).ok();
        let has = if form.gor == "lamna" { permit.version().handler } else { has };
        preparing::hand(&mut tx, &permit, (has, form.gor == "ta"), visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match handed.await {
        Ok(()) => Ok(see_other(&links::workbench(number, ""))),
        Err(refused) => told(&visit, number, refused, Form::default()).await,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Opens {
    /// The field to go to.
    falt: String,
}

pub(super) async fn open(visit: Visit, At(text): At<String>, Sent(form): Sent<Opens>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let visit = visit.on(&links::workbench(number, ""));
    let mut tx = visit.app.db.begin().await?;
    let seen = prepared(&visit, &mut tx, number).await?;
    let Some(version) = seen.one.open.as_ref().map(|open| open.id) else {
        return Ok(see_other(&links::workbench(number, "")));
    };
    let opened = async {
        let permit = policy::Open::ask(&mut tx, &visit.actor(), version, None, visit.now).await?;
        preparing::open(&mut tx, &permit, true, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    let is_field = form.falt.len() < 60 && form.falt.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let field = if is_field && !form.falt.is_empty() { format!("#{}", form.falt) } else { String::new() };
    match opened.await {
        Ok(()) => Ok(see_other(&format!("{}{field}", links::workbench(number, "redigera")))),
        Err(refused) => told(&visit, number, refused, Form::default()).await,
    }
}
