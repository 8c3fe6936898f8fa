//! The accessibility statement (lag 2018:1937), with the form to report what is not accessible.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use time::{Date, macros::date};
use uuid::Uuid;

use super::form::{answer, check_email, check_text, key, sent_by};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            Asked, Client, Crumb, Drafted, Faults, Layout, MOST_EMAIL, Routes, Visit, again, html, line, lines, links, see_other,
            unkept,
        },
        words::Said,
    },
    reports::{
        policy::Send,
        report::{ANSWER_WITHIN, Content, MOST_ASSISTIVE, MOST_PLACE, MOST_TEXT, Report},
        workflow::{self, Outcome},
    },
};

/// The day on which the site was last assessed against the law.
const ASSESSED: Date = date!(2026 - 11 - 23);
/// The day on which the statement was last changed.
const UPDATED: Date = date!(2026 - 11 - 23);
/// Where one complains to the authority that supervises the law.
const SUPERVISION: &str = "https://www.digg.se/tdosanmalan";

/// The statement, and where its form is sent.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::ACCESSIBILITY, Right::ReadPublished, page)
        .page(links::ACCESSIBILITY_REPORTS, Right::ReadPublished, back)
        .form(links::ACCESSIBILITY_REPORTS, Right::ReportFault, send)
}

/// `?sida=/krav/KB-0042` is the page that somebody came from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    sida: String,
}

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    text: String,
    plats: String,
    hjalpmedel: String,
    epost: String,
    nyckel: String,
}

impl Form {
    /// The same as it is kept.
    fn cleaned(self) -> Self {
        Self {
            text: lines(&self.text),
            plats: line(&self.plats),
            hjalpmedel: line(&self.hjalpmedel),
            epost: line(&self.epost),
            nyckel: key(&self.nyckel).to_string(),
        }
    }

    fn check(&self, visit: &Visit) -> Faults {
        let (t, mut faults) = (visit.texts(), Faults::default());
        check_text(t, &mut faults, &self.text);
        faults.check_length(t, "plats", &self.plats, MOST_PLACE);
        faults.check_length(t, "hjalpmedel", &self.hjalpmedel, MOST_ASSISTIVE);
        check_email(t, &mut faults, &self.epost);
        faults
    }

    fn report(&self, visit: &Visit, client: Client) -> Report {
        Report {
            content: Content::Accessibility { place: self.plats.clone(), assistive: self.hjalpmedel.clone() },
            text: self.text.clone(),
            email: Some(self.epost.clone()).filter(|email| !email.is_empty()),
            language: visit.lang,
            form_key: key(&self.nyckel),
            client,
        }
    }
}

#[derive(Template)]
#[template(path = "reports/accessibility.html")]
struct AccessibilityPage {
    layout: Layout,
    base_url: String,
    form: Form,
    faults: Faults,
    said: Arc<Said>,
}

impl AccessibilityPage {
    /// The authority that is responsible, where one was named.
    fn host(&self) -> Option<&str> {
        self.said.host(self.layout.lang)
    }

    /// What those who are responsible add.
    fn statement(&self) -> Vec<String> {
        self.said.statement(self.layout.lang)
    }

    /// In whose name it is sent, where somebody has signed in.
    fn sent_by(&self) -> Option<String> {
        sent_by(&self.layout)
    }

    fn assessed(&self) -> &Date {
        &ASSESSED
    }

    fn updated(&self) -> &Date {
        &UPDATED
    }

    fn supervision(&self) -> &'static str {
        SUPERVISION
    }

    fn action(&self) -> String {
        format!("{}#{}", self.layout.href(links::ACCESSIBILITY_REPORTS), links::FAULTS)
    }

    fn answer_days(&self) -> i64 {
        ANSWER_WITHIN.whole_days()
    }

    /// What the law asks for and what we add, as headings with their anchors.
    fn sections(&self) -> [(&'static str, &'static str); 7] {
        let t = self.layout.t;
        [
            ("lagen", t.access_law()),
            ("brister", t.access_gaps()),
            (links::REPORT_FORM, t.access_form_heading()),
            ("tillsyn", t.access_supervision()),
            ("prov", t.access_tests()),
            ("undantag", t.access_burden()),
            ("utanfor", t.access_outside()),
        ]
    }

    /// Each shortcoming: what, for whom, why.
    fn gaps(&self) -> [(&'static str, &'static str, &'static str); 4] {
        let t = self.layout.t;
        [
            (t.access_gap_people(), t.access_gap_people_text(), t.access_gap_people_why()),
            (t.access_gap_language(), t.access_gap_language_text(), t.access_gap_language_why()),
            (t.access_gap_plain(), t.access_gap_plain_text(), t.access_gap_plain_why()),
            (t.access_gap_sides(), t.access_gap_sides_text(), t.access_gap_sides_why()),
        ]
    }

    /// What is tested at every change (tests/browser).
    fn tests(&self) -> [&'static str; 7] {
        let t = self.layout.t;
        [
            t.access_tests_axe(),
            t.access_tests_keyboard(),
            t.access_tests_reflow(),
            t.access_tests_contrast(),
            t.access_tests_structure(),
            t.access_tests_without(),
            t.access_tests_forms(),
        ]
    }

    /// What no program can test.
    fn untested(&self) -> [&'static str; 5] {
        let t = self.layout.t;
        [
            t.access_untested_sense(),
            t.access_untested_order(),
            t.access_untested_speech(),
            t.access_untested_plain(),
            t.access_untested_filters(),
        ]
    }
}

fn show(visit: &Visit, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let crumbs =
        vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)), Crumb::here(t.access_title())];
    let layout = visit.layout(t.access_title(), "", crumbs).described(t.access_lead());
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let base_url = format!("{}{}", visit.app.settings.base_url(), links::localized(visit.lang, links::START));
    Ok(unkept(html(&AccessibilityPage { layout, base_url, form, faults, said: visit.app.words.get() })?))
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    // Only an address of ours is put into the field, and only one that it has room for.
    let place = line(&asks.sida);
    let ours = place.starts_with('/') && !place.starts_with("//") && place.chars().count() <= MOST_PLACE;
    let plats = if ours { place } else { String::new() };
    let form = Form { plats, nyckel: Uuid::new_v4().to_string(), ..Form::default() };
    show(&visit.bare(), form, Faults::default())
}

/// Whoever asks for the address of the reports is shown the form.
async fn back(visit: Visit) -> Response {
    see_other(&format!("{}#{}", links::localized(visit.lang, links::ACCESSIBILITY), links::REPORT_FORM))
}

async fn send(visit: Visit, client: Client, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let visit = visit.on(links::ACCESSIBILITY);
    let form = form.cleaned();
    if is_draft {
        return show(&visit, form, Faults::default());
    }
    let faults = form.check(&visit);
    if !faults.is_empty() {
        return again(faults, |faults| show(&visit, form, faults));
    }
    let outcome = deliver(&visit, &form.report(&visit, client)).await;
    answer(&visit, outcome, |faults| show(&visit, form, faults))
}

async fn deliver(visit: &Visit, report: &Report) -> Result<Outcome> {
    let permit = Send::ask(&visit.actor()).ok_or(Error::Forbidden)?;
    let mut tx = visit.app.db.begin().await?;
    let outcome = workflow::send(&mut tx, &permit, report, visit.now).await?;
    tx.commit().await?;
    Ok(outcome)
}
