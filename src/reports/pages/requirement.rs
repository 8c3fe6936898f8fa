//! The form to report something that is wrong with a requirement, for any version that one may see.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::form::{answer, check_email, check_text, key, sent_by};
use crate::{
    kernel::{
        error::{Error, Result},
        i18n::{Lang, Texts},
        rights::Right,
        web::{
            Asked, At, Client, Crumb, Drafted, Faults, Layout, MOST_EMAIL, Routes, Visit, again, html, line, lines, links,
            see_other, unkept,
        },
    },
    reports::{
        policy::Send,
        reads::{self, Clause, Target},
        report::{Content, MOST_TEXT, Report, Topic},
        workflow,
    },
    requirements::{
        RequirementNumber,
        identity::{Found, find},
    },
};

/// The form, and where it is sent.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::REPORT_REQUIREMENT, Right::ReadPublished, page)
        .page(links::REQUIREMENT_REPORTS, Right::ReadPublished, back)
        .form(links::REQUIREMENT_REPORTS, Right::ReportFault, send)
}

/// `?version=3`; without it, the version that the requirement's page shows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    version: Option<i32>,
}

/// What was chosen and typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    version: String,
    slag: String,
    stycke: String,
    text: String,
    epost: String,
    nyckel: String,
}

impl Form {
    /// The same as it is kept.
    fn cleaned(self) -> Self {
        Self {
            version: self.version.parse::<i32>().map(|version| version.to_string()).unwrap_or_default(),
            slag: Topic::of(&self.slag).map(|topic| topic.code().to_owned()).unwrap_or_default(),
            stycke: Uuid::try_parse(&self.stycke).map(|id| id.to_string()).unwrap_or_default(),
            text: lines(&self.text),
            epost: line(&self.epost),
            nyckel: key(&self.nyckel).to_string(),
        }
    }

    fn clause(&self) -> Option<Uuid> {
        Uuid::try_parse(&self.stycke).ok()
    }

    /// The report, or what is wrong with it.
    fn report(&self, visit: &Visit, client: Client, target: &Target) -> Result<Report, Faults> {
        let (t, mut faults) = (visit.texts(), Faults::default());
        let topic = Topic::of(&self.slag);
        if topic.is_none() {
            faults.add("slag", t.report_topic_empty());
        }
        let clause = self.clause();
        if clause.is_some_and(|clause| !target.has(clause)) {
            faults.add("stycke", t.report_clause_gone());
        }
        check_text(t, &mut faults, &self.text);
        check_email(t, &mut faults, &self.epost);
        match topic {
            Some(topic) if faults.is_empty() => Ok(Report {
                content: Content::Requirement { topic, clause },
                text: self.text.clone(),
                email: Some(self.epost.clone()).filter(|email| !email.is_empty()),
                language: visit.lang,
                form_key: key(&self.nyckel),
                client,
            }),
            _ => Err(faults),
        }
    }
}

#[derive(Template)]
#[template(path = "reports/requirement.html")]
struct RequirementReportPage {
    layout: Layout,
    number: RequirementNumber,
    /// None while the database is away: the form is shown all the same.
    target: Option<Target>,
    form: Form,
    faults: Faults,
}

impl RequirementReportPage {
    /// In whose name it is sent, where somebody has signed in.
    fn sent_by(&self) -> Option<String> {
        sent_by(&self.layout)
    }

    fn action(&self) -> String {
        format!("{}#{}", links::requirement_reports(self.layout.lang, self.number), links::FAULTS)
    }

    /// The version as it is cited; the requirement alone where it is not known.
    fn cited(&self) -> String {
        match &self.target {
            Some(target) => format!("{}:{}", self.number, target.number),
            None => self.number.to_string(),
        }
    }

    fn version_link(&self) -> String {
        match &self.target {
            Some(target) => links::version(self.layout.lang, self.number, target.number),
            None => links::requirement(self.layout.lang, self.number),
        }
    }

    /// The title with its language, where the text may be shown.
    fn title(&self) -> Option<(&str, &'static str)> {
        let shown = self.target.as_ref()?.shown.as_ref()?;
        Some(match &shown.title_en {
            Some(english) if !self.layout.lang.is_swedish() => (english.as_str(), Lang::En.code()),
            _ => (shown.title.as_str(), Lang::Sv.code()),
        })
    }

    fn is_hidden(&self) -> bool {
        self.target.as_ref().is_some_and(|target| target.shown.is_none())
    }

    fn clauses(&self) -> Vec<Clause> {
        self.target.as_ref().map(|target| target.clauses(self.layout.lang)).unwrap_or_default()
    }

    /// How a clause is listed, in the language that it is in.
    fn option(&self, clause: &Clause) -> String {
        Texts(clause.lang).report_clause_one(clause.place.to_string(), &clause.glimpse)
    }

    fn is_chosen(&self, clause: &Uuid) -> bool {
        self.form.clause() == Some(*clause)
    }

    fn topics(&self) -> [(&'static str, &'static str); 5] {
        Topic::ALL.map(|topic| (topic.code(), topic_name(self.layout.t, topic)))
    }
}

pub(super) fn topic_name(t: Texts, topic: Topic) -> &'static str {
    match topic {
        Topic::Text => t.report_topic_text(),
        Topic::Reference => t.report_topic_reference(),
        Topic::Fact => t.report_topic_fact(),
        Topic::English => t.report_topic_english(),
        Topic::Other => t.report_topic_other(),
    }
}

fn show(visit: &Visit, number: RequirementNumber, target: Option<Target>, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(number.to_string(), links::requirement(visit.lang, number)),
        Crumb::here(t.report_requirement_heading()),
    ];
    let cited = target.as_ref().map_or_else(|| number.to_string(), |target| format!("{number}:{}", target.number));
    let layout = visit.layout(&t.report_requirement_title(cited), "requirements", crumbs).described(t.report_requirement_lead());
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&RequirementReportPage { layout, number, target, form, faults })?))
}

async fn page(visit: Visit, At(id): At<String>, Asked(asks): Asked<Asks>) -> Result<Response> {
    let number = match find(&visit, &id)? {
        Found::Number(number) => number,
        Found::Elsewhere(response) => return Ok(response),
    };
    let mut connection = visit.app.db.read().await?;
    let target = target(&visit, &mut connection, number, asks.version).await?;
    drop(connection);
    let form = Form { version: target.number.to_string(), nyckel: Uuid::new_v4().to_string(), ..Form::default() };
    show(&visit, number, Some(target), form, Faults::default())
}

/// Whoever asks for the address of the reports is shown the form.
async fn back(visit: Visit, At(id): At<String>) -> Result<Response> {
    let number = match find(&visit, &id)? {
        Found::Number(number) => number,
        Found::Elsewhere(response) => return Ok(response),
    };
    let mut connection = visit.app.db.read().await?;
    let target = target(&visit, &mut connection, number, None).await?;
    Ok(see_other(&links::report_requirement(visit.lang, number, target.number)))
}

async fn send(visit: Visit, At(id): At<String>, client: Client, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let number = match find(&visit, &id)? {
        Found::Number(number) => number,
        Found::Elsewhere(response) => return Ok(response),
    };
    let form = form.cleaned();
    let visit = visit.on(&links::report_requirement_page(number));
    if is_draft {
        let target = target(&visit, &mut *visit.app.db.read().await?, number, form.version.parse().ok()).await?;
        return show(&visit, number, Some(target), form, Faults::default());
    }
    // What it is about is read in the transaction that writes.
    let begun = async {
        let mut tx = visit.app.db.begin().await?;
        let target = target(&visit, &mut tx, number, form.version.parse().ok()).await?;
        Ok::<_, Error>((tx, target))
    };
    let (mut tx, target) = match begun.await {
        Ok(begun) => begun,
        Err(error) => return answer(&visit, Err(error), |faults| show(&visit, number, None, form, faults)),
    };
    let report = match form.report(&visit, client, &target) {
        Ok(report) => report,
        Err(faults) => return again(faults, |faults| show(&visit, number, Some(target), form, faults)),
    };
    let delivered = async {
        let permit = Send::ask_about(&visit.actor(), &target).ok_or(Error::Forbidden)?;
        let outcome = workflow::send(&mut tx, &permit, &report, visit.now).await?;
        tx.commit().await?;
        Ok(outcome)
    };
    let outcome = delivered.await;
    answer(&visit, outcome, |faults| show(&visit, number, Some(target), form, faults))
}

/// The version that the report is about, as far as the viewer may see it.
async fn target(visit: &Visit, connection: &mut PgConnection, number: RequirementNumber, version: Option<i32>) -> Result<Target> {
    let target = reads::target(connection, &visit.viewer, visit.now, number, version).await?;
    target.ok_or(Error::NotFound)
}
