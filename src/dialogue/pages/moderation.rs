//! Moderating: what was reported, oldest first; one comment with what can be done; the log, for everybody.

use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use office_files::csv;
use serde::Deserialize;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Told, report::rules};
use crate::{
    accounts::name_or_removed,
    dialogue::{
        comment::{MOST_REASON, Rule},
        eyes::Eyes,
        lifecycle::State,
        names,
        policy::Moderate,
        reads::{
            comment::{self as one, Comment, Logged, Reported},
            moderation::{self as read, PAGE, Row, Waiting},
            summary::glimpse,
        },
        workflow::{
            Refused,
            moderated::{self, Done},
        },
    },
    kernel::{
        error::{Error, Result},
        i18n::{Lang, Texts},
        rights::Right,
        web::{
            Asked, At, Crumb, Drafted, Faults, Flash, Layout, Routes, Visit, again, carry_flash, html, lines,
            links::{self, words},
            see_other, unkept,
        },
    },
};

/// The list, a comment, and the log.
pub fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::MODERATION, Right::Moderate, page)
        .swedish_page(links::MODERATED, Right::Moderate, one_page)
        .swedish_form(links::MODERATED, Right::Moderate, send)
        .get(links::MODERATION_LOG, Right::ReadPublished, log)
}

/// How much of a comment stands in the list.
const GLIMPSE: usize = 240;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    efter: String,
}

impl Asks {
    fn key(&self) -> Option<(OffsetDateTime, i64)> {
        let (micros, number) = self.efter.split_once('.')?;
        let micros: i64 = micros.parse().ok()?;
        let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000).ok()?;
        (1970..=9000).contains(&at.year()).then_some((at, number.parse().ok()?))
    }
}

#[derive(Template)]
#[template(path = "dialogue/moderation.html")]
struct ModerationPage {
    layout: Layout,
    waiting: Waiting,
    next: Option<String>,
}

impl ModerationPage {
    fn link(&self, row: &Row) -> String {
        links::moderated(row.comment)
    }

    fn said(&self, row: &Row) -> String {
        let said = glimpse(&row.text, GLIMPSE);
        if said.is_empty() { self.layout.t.dialogue_not_shown().to_owned() } else { said }
    }

    fn by(&self, row: &Row) -> String {
        format!("{}, {}", name_or_removed(self.layout.t, row.name.as_deref()), row.organisation)
    }

    fn rules(&self, row: &Row) -> String {
        row.rules().iter().map(|rule| names::rule(&self.layout.t, rule)).collect::<Vec<_>>().join(" ")
    }

    fn since(&self, row: &Row) -> String {
        self.layout.lang.moment(row.since)
    }

    fn is_internal(&self, row: &Row) -> bool {
        row.audience > 0
    }
}

fn crumbs(t: Texts, last: Vec<Crumb>) -> Vec<Crumb> {
    let mut crumbs =
        vec![Crumb::link(t.layout_nav_start(), links::START.to_owned()), Crumb::link(t.tasks_heading(), links::INBOX.to_owned())];
    crumbs.extend(last);
    crumbs
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let t = visit.texts();
    let key = asks.key();
    let waiting = read::waiting(&mut *visit.app.db.read().await?, &visit.viewer, key).await?;
    let full = i64::try_from(waiting.rows.len()).unwrap_or(0) == PAGE && (key.is_some() || waiting.total > PAGE);
    let next = waiting.rows.last().filter(|_| full).map(|row| {
        let key = format!("{}.{}", row.since.unix_timestamp_nanos() / 1_000, row.number);
        links::with_query(links::MODERATION, [("efter", key.as_str())])
    });
    let title = if key.is_some() { t.dialogue_moderation_later() } else { t.dialogue_moderation() };
    let layout = visit.layout(title, "lmc", crumbs(t, vec![Crumb::here(t.dialogue_moderation())])).without_alternate();
    html(&ModerationPage { layout, waiting, next })
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    steg: String,
    regel: String,
    passage: String,
    skal: String,
}

#[derive(Template)]
#[template(path = "dialogue/moderated.html")]
struct ModeratedPage {
    layout: Layout,
    comment: Comment,
    form: Form,
    faults: Faults,
}

impl ModeratedPage {
    fn action(&self) -> String {
        format!("{}#{}", links::moderated(self.comment.id), links::FAULTS)
    }

    fn title(&self) -> String {
        moderated_title(self.layout.t, &self.comment)
    }

    fn link(&self) -> String {
        links::comment(Lang::Sv, self.comment.id)
    }

    fn by(&self) -> String {
        self.comment.by.called(self.layout.t, self.layout.lang)
    }

    fn rules(&self) -> [(&'static str, &'static str); 6] {
        rules(&self.layout)
    }

    fn moment(&self, at: &OffsetDateTime) -> String {
        self.layout.lang.moment(*at)
    }

    fn is_internal(&self) -> bool {
        self.comment.audience > 0
    }

    fn state(&self) -> &'static str {
        match self.comment.state() {
            State::Shown => self.layout.t.dialogue_comment_shown(),
            State::Deleted => self.layout.t.dialogue_comment_deleted(),
            State::Hidden => self.layout.t.dialogue_comment_hidden(),
        }
    }

    fn has_open(&self) -> bool {
        self.comment.reports.iter().any(Reported::is_open)
    }

    /// What can be done with it as it stands: word, name, what it means.
    fn steps(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let t = self.layout.t;
        let hide = ("dolj", t.dialogue_do_hide(), t.dialogue_do_hide_hint());
        let mask = ("maska", t.dialogue_do_mask(), t.dialogue_do_mask_hint());
        let dismiss = ("avvisa", t.dialogue_do_dismiss(), t.dialogue_do_dismiss_hint());
        let restore = ("visa", t.dialogue_do_restore(), t.dialogue_do_restore_hint());
        let keep = ("behall", t.dialogue_do_keep(), t.dialogue_do_keep_hint());
        let open = self.has_open();
        match self.comment.state() {
            State::Shown => [hide, mask].into_iter().chain(open.then_some(dismiss)).collect(),
            State::Hidden => [restore].into_iter().chain(open.then_some(keep)).collect(),
            State::Deleted => open.then_some(dismiss).into_iter().collect(),
        }
    }

    fn takes_rule(&self) -> bool {
        self.comment.state() == State::Shown
    }

    fn reporter(&self, reported: &Reported) -> String {
        format!("{}, {}", name_or_removed(self.layout.t, reported.name.as_deref()), reported.organisation)
    }

    fn rule_of(&self, reported: &Reported) -> &'static str {
        reported.rule().map_or("", |rule| names::rule(&self.layout.t, &rule))
    }

    fn done(&self, logged: &Logged) -> &'static str {
        action(self.layout.t, &logged.action)
    }

    fn rule_logged(&self, logged: &Logged) -> &'static str {
        logged.rule().map_or("", |rule| names::rule(&self.layout.t, &rule))
    }

    fn moderator(&self, logged: &Logged) -> String {
        name_or_removed(self.layout.t, logged.name.as_deref()).to_owned()
    }
}

/// What the page of one is called.
fn moderated_title(t: Texts, comment: &Comment) -> String {
    if comment.experience {
        t.dialogue_moderated_experience_title(&comment.cited)
    } else {
        t.dialogue_moderated_title(&comment.cited)
    }
}

/// What was done, in a word.
fn action(t: Texts, code: &str) -> &'static str {
    match code {
        "hide" => t.dialogue_done_hide(),
        "mask" => t.dialogue_done_mask(),
        "dismiss" => t.dialogue_done_dismiss(),
        "restore" => t.dialogue_done_restore(),
        _ => t.dialogue_done_keep(),
    }
}

async fn found(visit: &Visit, id: Uuid) -> Result<Comment> {
    let found = one::comment(&mut *visit.app.db.read().await?, &Eyes::of(visit), id, true).await?;
    found.ok_or(Error::NotFound)
}

fn show(visit: &Visit, comment: Comment, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let crumbs =
        crumbs(t, vec![Crumb::link(t.dialogue_moderation(), links::MODERATION.to_owned()), Crumb::here(comment.cited.as_str())]);
    let layout = visit.layout(&moderated_title(t, &comment), "lmc", crumbs).without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&ModeratedPage { layout, comment, form, faults })?))
}

async fn one_page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let comment = found(&visit, id).await?;
    show(&visit, comment, Form::default(), Faults::default())
}

/// What was chosen, or what is wrong with it.
fn chosen<'a>(visit: &Visit, form: &'a Form) -> Result<Done<'a>, Faults> {
    let (t, mut faults) = (visit.texts(), Faults::default());
    let code = words::code(words::MODERATION, &form.steg);
    if code.is_none() {
        faults.add("steg", t.dialogue_step_empty());
    }
    let rule = Rule::from_code(&form.regel);
    let takes_rule = matches!(code, Some("hide" | "mask"));
    if takes_rule && rule.is_none() {
        faults.add("regel", t.dialogue_rule_empty());
    }
    if code == Some("mask") && form.passage.is_empty() {
        faults.add("passage", t.dialogue_passage_empty());
    }
    faults.check_length(t, "passage", &form.passage, MOST_REASON);
    if form.skal.is_empty() {
        faults.add("skal", t.dialogue_reason_empty());
    }
    faults.check_length(t, "skal", &form.skal, MOST_REASON);
    let why = form.skal.as_str();
    match (code, rule) {
        _ if !faults.is_empty() => Err(faults),
        (Some("hide"), Some(rule)) => Ok(Done::Hidden(rule, why)),
        (Some("mask"), Some(rule)) => Ok(Done::Masked(rule, why, &form.passage)),
        (Some("restore"), _) => Ok(Done::Restored(why)),
        (Some("keep"), _) => Ok(Done::Kept(why)),
        _ => Ok(Done::Dismissed(why)),
    }
}

async fn send(visit: Visit, At(id): At<Uuid>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let form = Form { skal: lines(&form.skal), passage: lines(&form.passage), ..form };
    let comment = found(&visit, id).await?;
    if is_draft {
        return show(&visit, comment, form, Faults::default());
    }
    let done = match chosen(&visit, &form) {
        Ok(done) => done,
        Err(faults) => return again(faults, |faults| show(&visit, comment, form, faults)),
    };
    let moderated = async {
        let mut tx = visit.app.db.begin().await?;
        let permit = Moderate::ask(&mut tx, &visit.actor(), id, &Eyes::of(&visit)).await?;
        moderated::moderate(&mut tx, &permit, done, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match moderated.await {
        Ok(()) => {
            let mut response = see_other(links::MODERATION);
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().dialogue_moderated_done()));
            Ok(response)
        }
        Err(why) => {
            let told = Told::of(&visit, why)?;
            let page = show(&visit, comment, form, told.faults.clone())?;
            Ok(told.on(&visit, page))
        }
    }
}

/// The log as a file: what, where, which rule, why, by whom and when; nothing of what it is about.
async fn log(visit: Visit) -> Result<Response> {
    let t = visit.texts();
    let lines = read::log(&mut *visit.app.db.read().await?).await?;
    let mut rows = vec![
        [
            t.dialogue_log_at(),
            t.dialogue_log_about(),
            t.dialogue_log_link(),
            t.dialogue_log_action(),
            t.dialogue_log_rule(),
            t.dialogue_log_reason(),
            t.dialogue_log_by(),
        ]
        .map(str::to_owned),
    ];
    let base = visit.app.settings.base_url();
    let format = time::macros::format_description!("[year]-[month]-[day] [hour]:[minute]");
    for line in lines {
        let at = crate::kernel::clock::in_sweden(line.at).format(&format).map_err(anyhow::Error::from)?;
        rows.push([
            at,
            line.cited,
            format!("{base}{}", links::comment(Lang::Sv, line.comment)),
            action(t, &line.action).to_owned(),
            line.rule.map_or("", |rule| names::rule(&t, &rule)).to_owned(),
            line.reason,
            line.organisation,
        ]);
    }
    let name = HeaderValue::from_static("attachment; filename=\"moderering.csv\"");
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    // Spreadsheets take what begins like a formula for one; the writer sees to that.
    let mut writer = csv::Writer::new(Vec::new(), csv::Dialect::Excel).map_err(anyhow::Error::from)?;
    for row in &rows {
        writer.row(row.iter().map(String::as_str)).map_err(anyhow::Error::from)?;
    }
    let (body, _) = writer.finish().map_err(anyhow::Error::from)?;
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], body).into_response())
}
