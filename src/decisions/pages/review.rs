//! Approving afterwards what one person alone decided.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{Told, crumbs, number};
use crate::{
    decisions::{
        draft::MOST_TEXT,
        number::DecisionNumber,
        policy::Review,
        reads::one::{self as read, Decision},
        workflow::{self, Refused},
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            At, Crumb, Drafted, Faults, Flash, Layout, Routes, Visit, again, carry_flash, html, lines, links, see_other, unkept,
        },
    },
};

/// The page that asks, and where its form is sent.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::DECISION_REVIEW, Right::Decide, ask).swedish_form(
        links::DECISION_REVIEW,
        Right::Decide,
        send,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    anteckning: String,
}

#[derive(Template)]
#[template(path = "decisions/review.html")]
struct ReviewPage {
    layout: Layout,
    one: Decision,
    form: Form,
    faults: Faults,
}

impl ReviewPage {
    fn action(&self) -> String {
        format!("{}#{}", links::decision_review(self.one.cited()), links::FAULTS)
    }

    fn link(&self) -> String {
        links::decision(self.layout.lang, self.one.cited())
    }
}

async fn show(visit: &Visit, number: DecisionNumber, form: Form, faults: Faults) -> Result<Response> {
    let found = read::one(&mut *visit.app.db.read().await?, &visit.viewer, number, visit.now).await?;
    let one = found.ok_or(Error::NotFound)?;
    if !one.awaits() || one.made_by.contains(&visit.actor().person().0) && faults.is_empty() {
        return Ok(see_other(&links::decision(visit.lang, number)));
    }
    let t = visit.texts();
    let crumbs = crumbs(
        visit,
        vec![Crumb::link(number.to_string(), links::decision(visit.lang, number)), Crumb::here(t.decisions_review())],
    );
    let layout = visit.layout(&t.decisions_review_title(number), "decisions", crumbs).without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&ReviewPage { layout, one, form, faults })?))
}

async fn ask(visit: Visit, At(text): At<String>) -> Result<Response> {
    match number(&visit, &text)? {
        Ok(number) => show(&visit, number, Form::default(), Faults::default()).await,
        Err(response) => Ok(response),
    }
}

async fn send(visit: Visit, At(text): At<String>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let form = Form { anteckning: lines(&form.anteckning) };
    if is_draft {
        return show(&visit, number, form, Faults::default()).await;
    }
    let mut faults = Faults::default();
    faults.check_length(visit.texts(), "anteckning", &form.anteckning, MOST_TEXT);
    if !faults.is_empty() {
        let page = show(&visit, number, form, faults.clone()).await;
        return again(faults, |_| page);
    }
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let permit = Review::ask(&mut tx, &visit.actor(), number).await?;
        workflow::review(&mut tx, &permit, &form.anteckning, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => {
            let mut response = see_other(&links::decision(visit.lang, number));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().decisions_reviewed(number)));
            Ok(response)
        }
        Err(why) => {
            let told = Told::of(&visit, why)?;
            let page = show(&visit, number, form, told.faults.clone()).await?;
            Ok(told.on(&visit, page))
        }
    }
}
