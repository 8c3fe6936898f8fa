//! Saying that what another said breaks a rule.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Told,
    own::{found, frame},
};
use crate::{
    dialogue::{
        comment::{MOST_REASON, Rule},
        eyes::Eyes,
        lifecycle::State,
        names,
        policy::Report,
        reads::comment::Comment,
        workflow::{Refused, moderated},
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            At, Client, Drafted, Faults, Flash, Layout, Routes, Visit, again, carry_flash, html, lines, links,
            markdown::{self, Rendered},
            see_other, unkept,
        },
    },
};

/// The form, and where it is sent.
pub fn routes() -> Routes {
    Routes::new().page(links::DIALOGUE_REPORT, Right::Comment, page).form(links::DIALOGUE_REPORT, Right::Comment, send)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    regel: String,
    skal: String,
}

#[derive(Template)]
#[template(path = "dialogue/report.html")]
struct ReportPage {
    layout: Layout,
    comment: Comment,
    form: Form,
    faults: Faults,
}

impl ReportPage {
    fn action(&self) -> String {
        format!("{}#{}", links::in_comment(self.layout.lang, self.comment.id, "anmal"), links::FAULTS)
    }

    fn back(&self) -> String {
        links::comment(self.layout.lang, self.comment.id)
    }

    fn rules(&self) -> [(&'static str, &'static str); 6] {
        rules(&self.layout)
    }

    fn by(&self) -> String {
        self.comment.by.called(self.layout.t, self.layout.lang)
    }

    fn words(&self, text: &str) -> Rendered {
        markdown::rendered(text)
    }
}

/// The rules to choose from: word and name.
pub(super) fn rules(layout: &Layout) -> [(&'static str, &'static str); 6] {
    Rule::ALL.map(|rule| (rule.code(), names::rule(&layout.t, &rule)))
}

/// What another has said, that is shown.
async fn of_another(visit: &Visit, id: Uuid) -> Result<Comment> {
    let comment = found(visit, id).await?;
    Some(comment).filter(|comment| !comment.own && comment.state() == State::Shown).ok_or(Error::NotFound)
}

fn show(visit: &Visit, comment: Comment, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let title = if comment.experience {
        t.dialogue_report_experience_title(&comment.cited)
    } else {
        t.dialogue_report_title(&comment.cited)
    };
    let titles = (title, t.dialogue_report());
    let layout = frame(visit, &comment, (&titles.0, titles.1), &faults);
    Ok(unkept(html(&ReportPage { layout, comment, form, faults })?))
}

async fn page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let comment = of_another(&visit, id).await?;
    show(&visit, comment, Form::default(), Faults::default())
}

async fn send(visit: Visit, At(id): At<Uuid>, client: Client, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let form = Form { skal: lines(&form.skal), ..form };
    let comment = of_another(&visit, id).await?;
    if is_draft {
        return show(&visit, comment, form, Faults::default());
    }
    let (t, mut faults) = (visit.texts(), Faults::default());
    let rule = Rule::from_code(&form.regel);
    if rule.is_none() {
        faults.add("regel", t.dialogue_rule_empty());
    }
    if form.skal.is_empty() {
        faults.add("skal", t.dialogue_report_empty());
    }
    faults.check_length(t, "skal", &form.skal, MOST_REASON);
    let Some(rule) = rule.filter(|_| faults.is_empty()) else {
        return again(faults, |faults| show(&visit, comment, form, faults));
    };
    let done = async {
        let mut tx = visit.app.db.begin().await?;
        let permit = Report::ask(&mut tx, &visit.actor(), id, rule, &Eyes::of(&visit)).await?;
        moderated::report(&mut tx, &permit, &form.skal, client, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => {
            let mut response = see_other(&comment.place(visit.lang));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(t.dialogue_reported()));
            Ok(response)
        }
        Err(why) => {
            let told = Told::of(&visit, why)?;
            let page = show(&visit, comment, form, told.faults.clone())?;
            Ok(told.on(&visit, page))
        }
    }
}
