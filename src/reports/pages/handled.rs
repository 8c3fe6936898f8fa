//! One report, for those who deal with it: all of it, what was said of it, and the forms to say more.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use time::OffsetDateTime;
use uuid::Uuid;

use super::form::key;
use crate::{
    kernel::{
        error::{Error, Result},
        i18n::Texts,
        rights::Right,
        web::{At, Crumb, Faults, Flash, Layout, Routes, Sent, Visit, again, carry_flash, html, lines, links, see_other, unkept},
    },
    reports::{
        lifecycle::{Entry, LONGEST, Outcome, State, WhyNot},
        policy::Handle,
        reads::handled::{self, Handled, Handler, Said},
        report::{ANSWER_WITHIN, ReportNumber, Topic},
        workflow::{self, Refused},
    },
    requirements::RequirementNumber,
    tasks,
};

/// The page, and where its forms are sent.
pub fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::REPORT, Right::ReadReports, page)
        .swedish_page(links::REPORT_NOTES, Right::ReadReports, back)
        .swedish_post(links::REPORT_NOTES, Right::HandleInbox, note)
        .swedish_page(links::REPORT_ANSWERS, Right::ReadReports, back)
        .swedish_post(links::REPORT_ANSWERS, Right::HandleInbox, respond)
        .swedish_page(links::REPORT_END, Right::ReadReports, back)
        .swedish_post(links::REPORT_END, Right::HandleInbox, close)
        .swedish_page(links::REPORT_REOPENING, Right::ReadReports, back)
        .swedish_post(links::REPORT_REOPENING, Right::HandleInbox, reopen)
}

/// What was typed, in whichever of the forms.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    anteckning: String,
    svar: String,
    utfall: String,
    skal: String,
    skicka: String,
    ateroppna: String,
    nyckel: String,
}

impl Form {
    /// The same as it is kept.
    fn cleaned(self) -> Self {
        Self {
            anteckning: lines(&self.anteckning),
            svar: lines(&self.svar),
            utfall: Outcome::from_code(&self.utfall).map(|outcome| outcome.code().to_owned()).unwrap_or_default(),
            skal: lines(&self.skal),
            skicka: if self.skicka == "ja" { self.skicka } else { String::new() },
            ateroppna: lines(&self.ateroppna),
            nyckel: key(&self.nyckel).to_string(),
        }
    }
}

#[derive(Template)]
#[template(path = "reports/handled.html")]
struct HandledPage {
    layout: Layout,
    number: ReportNumber,
    /// None while the database is away: what was typed is shown all the same.
    report: Option<Handled>,
    form: Form,
    faults: Faults,
    /// Whether whoever looks may say something.
    may: bool,
    me: Option<Uuid>,
}

impl HandledPage {
    /// What was typed in forms that are not shown while the database is away.
    fn kept(&self) -> Vec<&str> {
        let typed = [self.form.svar.as_str(), &self.form.skal, &self.form.ateroppna];
        typed.into_iter().filter(|typed| !typed.is_empty()).collect()
    }

    fn to(&self, rest: &str) -> String {
        format!("{}#{}", links::in_report(self.number, rest), links::FAULTS)
    }

    fn moment(&self, at: &OffsetDateTime) -> String {
        self.layout.lang.moment(*at)
    }

    fn is_open(&self, report: &Handled) -> bool {
        report.state == State::New.code()
    }

    fn kind(&self, report: &Handled) -> &'static str {
        let t = self.layout.t;
        if report.kind == "accessibility" { t.tasks_kind_accessibility() } else { t.tasks_kind_fault() }
    }

    fn task(&self, report: &Handled) -> &'static str {
        if report.kind == "accessibility" { tasks::Kind::Accessibility.code() } else { tasks::Kind::Fault.code() }
    }

    fn topic(&self, topic: &Topic) -> &'static str {
        super::requirement::topic_name(self.layout.t, *topic)
    }

    /// The version as it is cited, and where it is.
    fn about(&self, report: &Handled) -> Option<(String, String)> {
        let about = report.about.as_ref()?;
        let number = RequirementNumber::from_db(about.requirement);
        Some((format!("{number}:{}", about.version), links::version(self.layout.lang, number, about.version)))
    }

    /// The page that somebody reported, where it is one of ours.
    fn place_is_ours(&self, report: &Handled) -> bool {
        links::is_local(&report.place)
    }

    fn language(&self, report: &Handled) -> &'static str {
        if report.language == "en" { self.layout.t.report_handled_english() } else { self.layout.t.report_handled_swedish() }
    }

    /// Until when an answer is promised.
    fn answer_by(&self, report: &Handled) -> String {
        self.layout.lang.day_of(report.received + ANSWER_WITHIN)
    }

    fn is_mine(&self, handler: &Handler) -> bool {
        self.me == Some(handler.id)
    }

    #[expect(clippy::ref_option, reason = "so a template hands it over")]
    fn name<'a>(&self, name: &'a Option<String>) -> &'a str {
        name.as_deref().unwrap_or(self.layout.t.tasks_nobody())
    }

    fn outcome(&self, code: &str) -> &'static str {
        Outcome::from_code(code).map_or("", |outcome| outcome_name(self.layout.t, outcome))
    }

    fn outcomes(&self) -> [(&'static str, &'static str); 4] {
        Outcome::ALL.map(|outcome| (outcome.code(), outcome_name(self.layout.t, outcome)))
    }

    /// What an entry is, in words.
    fn heading(&self, said: &Said) -> String {
        let t = self.layout.t;
        match (said.kind.as_str(), said.outcome.as_deref()) {
            ("answer", _) => t.report_handled_answered().to_owned(),
            ("closed", Some(outcome)) => t.report_handled_closed_as(self.outcome(outcome)),
            ("reopened", _) => t.report_handled_reopened().to_owned(),
            _ => t.report_handled_noted().to_owned(),
        }
    }
}

fn outcome_name(t: Texts, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Corrected => t.report_outcome_corrected(),
        Outcome::NoFault => t.report_outcome_no_fault(),
        Outcome::Already => t.report_outcome_already(),
        Outcome::Unclear => t.report_outcome_unclear(),
    }
}

fn show(visit: &Visit, number: ReportNumber, report: Option<Handled>, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::START.to_owned()),
        Crumb::link(t.tasks_heading(), links::INBOX.to_owned()),
        Crumb::here(t.report_handled_title(number)),
    ];
    let layout = visit.layout(&t.report_handled_title(number), "lmc", crumbs).without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let may = Right::HandleInbox.held_by(&visit.actor());
    let me = visit.who.as_ref().map(|who| who.person);
    Ok(unkept(html(&HandledPage { layout, number, report, form, faults, may, me })?))
}

async fn page(visit: Visit, At(number): At<String>) -> Result<Response> {
    let number = parse(&number)?;
    let report = handled::handled(&mut *visit.app.db.read().await?, &visit.viewer, number).await?.ok_or(Error::NotFound)?;
    let form = Form { nyckel: Uuid::new_v4().to_string(), ..Form::default() };
    show(&visit, number, Some(report), form, Faults::default())
}

/// Whoever asks for the address of a form is shown the report.
async fn back(At(number): At<String>) -> Result<Response> {
    Ok(see_other(&links::report(parse(&number)?)))
}

fn parse(number: &str) -> Result<ReportNumber> {
    number.parse().map_err(|()| Error::NotFound)
}

async fn note(visit: Visit, At(number): At<String>, Sent(form): Sent<Form>) -> Result<Response> {
    let form = form.cleaned();
    let entry = Entry::Note(&form.anteckning.clone());
    said(&visit, &number, form, &entry, "anteckning", visit.texts().report_handled_note_done()).await
}

async fn respond(visit: Visit, At(number): At<String>, Sent(form): Sent<Form>) -> Result<Response> {
    let form = form.cleaned();
    let entry = Entry::Answer(&form.svar.clone());
    said(&visit, &number, form, &entry, "svar", visit.texts().report_handled_answer_done()).await
}

async fn close(visit: Visit, At(number): At<String>, Sent(form): Sent<Form>) -> Result<Response> {
    let form = form.cleaned();
    let Some(outcome) = Outcome::from_code(&form.utfall) else {
        let mut faults = Faults::default();
        faults.add("utfall", visit.texts().report_handled_outcome_empty());
        if form.skal.is_empty() {
            faults.add("skal", visit.texts().report_handled_reason_empty());
        }
        return refused(&visit, parse(&number)?, form, faults).await;
    };
    let entry = Entry::Close { outcome, reason: &form.skal.clone(), told: form.skicka == "ja" };
    said(&visit, &number, form, &entry, "skal", visit.texts().report_handled_close_done()).await
}

async fn reopen(visit: Visit, At(number): At<String>, Sent(form): Sent<Form>) -> Result<Response> {
    let form = form.cleaned();
    let entry = Entry::Reopen(&form.ateroppna.clone());
    said(&visit, &number, form, &entry, "ateroppna", visit.texts().report_handled_reopen_done()).await
}

/// Says something of a report, and answers with the report; or with the form again, what was typed kept.
async fn said(
    visit: &Visit,
    number: &str,
    form: Form,
    entry: &Entry<'_>,
    field: &'static str,
    done: &'static str,
) -> Result<Response> {
    let number = parse(number)?;
    let t = visit.texts();
    let saying = async {
        let mut tx = visit.app.db.begin().await.map_err(Saying::Failed)?;
        let permit = Handle::ask(&mut tx, &visit.actor(), number).await?;
        workflow::say(&mut tx, &permit, entry, key(&form.nyckel), visit.app.words.get().network(), visit.now).await?;
        tx.commit().await.map_err(|error| Saying::Failed(error.into()))
    };
    let fault = match saying.await {
        Ok(()) => {
            let mut response = see_other(&links::report(number));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(done));
            return Ok(response);
        }
        Err(Saying::Failed(error)) if error.is_ours() => {
            let text = if matches!(error, Error::Unavailable(_)) { t.form_away() } else { t.form_failed() };
            let page = show(&visit.clone().on(&links::report(number)), number, None, form, Faults::general(text))?;
            return Ok(error.on_page(page));
        }
        Err(Saying::Failed(error)) => return Err(error),
        Err(Saying::WhyNot(why)) => why,
    };
    let mut faults = Faults::default();
    match fault {
        WhyNot::NoText => faults.add(field, empty(t, entry)),
        WhyNot::TooLong(_) => faults.check_length(t, field, entry.text(), LONGEST),
        WhyNot::NoAddress => faults = Faults::general(t.report_handled_no_address()),
        WhyNot::IsClosed => faults = Faults::general(t.report_handled_is_closed()),
        WhyNot::IsOpen => faults = Faults::general(t.report_handled_is_open()),
    }
    refused(visit, number, form, faults).await
}

fn empty(t: Texts, entry: &Entry<'_>) -> &'static str {
    match entry {
        Entry::Note(_) => t.report_handled_note_empty(),
        Entry::Answer(_) => t.report_handled_answer_empty(),
        Entry::Close { .. } => t.report_handled_reason_empty(),
        Entry::Reopen(_) => t.report_handled_reopen_empty(),
    }
}

/// The report as it stands now, with the faults of what was sent.
async fn refused(visit: &Visit, number: ReportNumber, form: Form, faults: Faults) -> Result<Response> {
    let visit = visit.clone().on(&links::report(number));
    let report = handled::handled(&mut *visit.app.db.read().await?, &visit.viewer, number).await?.ok_or(Error::NotFound)?;
    again(faults, |faults| show(&visit, number, Some(report), form, faults))
}

/// Why nothing was said.
enum Saying {
    /// The report stands otherwise.
    WhyNot(WhyNot),
    /// Something else.
    Failed(Error),
}

impl From<Refused> for Saying {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::WhyNot(why) => Self::WhyNot(why),
            Refused::Right => Self::Failed(Error::NotAllowed),
            Refused::NoReport => Self::Failed(Error::NotFound),
            Refused::Database(error) => Self::Failed(error.into()),
        }
    }
}

impl From<sqlx::Error> for Saying {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}
