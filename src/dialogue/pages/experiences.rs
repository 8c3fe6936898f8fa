//! What regions and other authorities have met with when they used a requirement: the list, the form, and taking it back.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Told as Refusal, may_speak,
    place::{Place, place_of},
};
use crate::{
    dialogue::{
        experience::{MOST_HOURS, MOST_SAID, Review, Told as Experience, Verified},
        eyes::Eyes,
        names,
        policy::{Share, TakeBack},
        reads::{
            experiences::{self as read, Experiences, PAGE, Row, Told},
            subject,
        },
        workflow::{self, Refused},
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            Asked, At, Client, Crumb, Drafted, Faults, Flash, Layout, Routes, Sent, Visit, again, carry_flash, html, line, lines,
            links, see_other, unkept,
        },
    },
    requirements::{
        RequirementNumber,
        identity::{Found, find},
    },
};

/// The list, the form, and where it is taken back.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::EXPERIENCES, Right::ReadPublished, page)
        .form(links::EXPERIENCES, Right::ShareExperience, send)
        .page(links::EXPERIENCE_NEW, Right::ShareExperience, open)
        .page(links::EXPERIENCE_REMOVE, Right::ShareExperience, back)
        .post(links::EXPERIENCE_REMOVE, Right::ShareExperience, take_back)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    efter: String,
    fore: String,
}

#[derive(Template)]
#[template(path = "dialogue/experiences.html")]
struct ExperiencesPage {
    layout: Layout,
    place: Place,
    found: Experiences,
    may_share: bool,
    /// Whether whoever looks speaks in the dialogue, and so may report what breaks a rule.
    may_report: bool,
    moderates: bool,
    pages: [String; 4],
}

impl ExperiencesPage {
    fn page(&self) -> String {
        self.place.page(self.layout.lang)
    }

    fn new_link(&self) -> String {
        format!("{}/ny", links::experiences(self.layout.lang, self.place.cited()))
    }

    fn version(&self, row: &Row) -> (String, String) {
        let cited = format!("{}:{}", self.place.cited(), row.version);
        (cited, links::version(self.layout.lang, self.place.cited(), row.version))
    }

    fn by<'a>(&self, row: &'a Row) -> &'a str {
        row.organisation(self.layout.lang)
    }

    fn review(&self, told: &Told) -> &'static str {
        names::review(&self.layout.t, &told.review)
    }

    fn verified(&self, told: &Told) -> &'static str {
        names::verified(&self.layout.t, &told.verified)
    }

    fn day(&self, row: &Row) -> String {
        self.layout.lang.day_of(row.created)
    }

    /// Which rule it breaks, where it is hidden.
    fn rule(&self, row: &Row) -> Option<&'static str> {
        row.rule().map(|rule| names::rule(&self.layout.t, &rule))
    }

    /// Where whoever looks says that it breaks a rule, if they may.
    fn report(&self, row: &Row) -> Option<String> {
        let may = self.may_report && !row.own && !row.reported && row.rule().is_none();
        may.then(|| links::in_comment(self.layout.lang, row.id, "anmal"))
    }

    /// Where whoever told it objects.
    fn objection(&self, row: &Row) -> Option<String> {
        let may = row.own && row.rule().is_some() && !row.objected;
        may.then(|| links::in_comment(self.layout.lang, row.id, links::COMMENT_OBJECTION))
    }

    /// Where it is moderated, for who does that.
    fn moderation(&self, row: &Row) -> Option<String> {
        self.moderates.then(|| links::moderated(row.id))
    }

    fn hours(&self, told: &Told) -> Option<String> {
        told.hours.map(|hours| self.layout.t.dialogue_hours_count(hours))
    }

    fn removal(&self, row: &Row) -> String {
        links::experience_removal(self.layout.lang, row.id)
    }

    fn place_on_page(&self) -> String {
        let rows = i64::try_from(self.found.rows.len()).unwrap_or(0);
        self.layout.t.dialogue_experiences_place(self.found.before + 1, self.found.before + rows, self.found.total)
    }

    fn several_pages(&self) -> bool {
        self.found.total > PAGE
    }
}

async fn page(visit: Visit, At(id): At<String>, Asked(asks): Asked<Asks>) -> Result<Response> {
    let number = match find(&visit, &id)? {
        Found::Number(number) => number,
        Found::Elsewhere(response) => return Ok(response),
    };
    let backwards = !asks.fore.is_empty();
    let key = if backwards { &asks.fore } else { &asks.efter }.parse().ok();
    let eyes = Eyes::of(&visit);
    let mut connection = visit.app.db.read().await?;
    let place = place(&visit, &mut connection, number, None).await?;
    let found = read::experiences(&mut connection, &eyes, place.subject.id, (key, backwards)).await?;
    drop(connection);
    let t = visit.texts();
    let mut crumbs = place.crumbs.clone();
    crumbs.push(Crumb::here(t.dialogue_experiences()));
    let mut title = t.dialogue_experiences_title(number);
    if found.before > 0 {
        title = format!("{title} ({})", t.dialogue_from(found.before + 1));
    }
    let layout = visit.layout(&title, "requirements", crumbs).described(t.dialogue_experiences_lead());
    let shown = i64::try_from(found.rows.len()).unwrap_or(0);
    let key = |row: Option<&Row>| row.map(|row| row.key().to_string()).unwrap_or_default();
    let (first, last) = (key(found.rows.first()), key(found.rows.last()));
    let (earlier, later) = (found.before > 0, found.before + shown < found.total);
    let here = links::experiences(visit.lang, number);
    let end = format!("0.{}", Uuid::nil());
    let turn = |there: bool, turn: Option<(&str, &str)>| if there { links::with_query(&here, turn) } else { String::new() };
    let pages = [
        turn(earlier, None),
        turn(earlier, Some(("fore", first.as_str()))),
        turn(later, Some(("efter", last.as_str()))),
        turn(later, Some(("fore", end.as_str()))),
    ];
    let may_share = may_share(&visit, &place);
    let (may_report, moderates) = (may_speak(&visit), Right::Moderate.held_by(&visit.actor()));
    html(&ExperiencesPage { layout, place, found, may_share, may_report, moderates, pages })
}

/// Whether whoever looks may tell of it; a visitor may once they have signed in.
fn may_share(visit: &Visit, place: &Place) -> bool {
    let actor = visit.actor();
    let may = actor.person().1.is_some() && Right::ShareExperience.held_by(&actor);
    (may || visit.who.is_none()) && place.is_public && !place.clauses.is_empty()
}

async fn place(
    visit: &Visit,
    connection: &mut sqlx::PgConnection,
    number: RequirementNumber,
    version: Option<i32>,
) -> Result<Place> {
    let found = subject::requirement(connection, &Eyes::of(visit), number, version).await?;
    Ok(place_of(visit, number, &found.ok_or(Error::NotFound)?))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    fragor: String,
    provning: String,
    provning_text: String,
    kontroll: String,
    kontroll_text: String,
    timmar: String,
    rad: String,
    /// `1`: regions, other authorities and the network alone.
    inom: String,
    version: String,
    nyckel: String,
}

impl Form {
    fn cleaned(self) -> Self {
        Self {
            fragor: lines(&self.fragor),
            provning_text: lines(&self.provning_text),
            kontroll_text: lines(&self.kontroll_text),
            timmar: line(&self.timmar),
            rad: lines(&self.rad),
            ..self
        }
    }
}

#[derive(Template)]
#[template(path = "dialogue/experience_new.html")]
struct NewPage {
    layout: Layout,
    place: Place,
    form: Form,
    faults: Faults,
}

impl NewPage {
    fn action(&self) -> String {
        format!("{}#{}", links::experiences(self.layout.lang, self.place.cited()), links::FAULTS)
    }

    fn back(&self) -> String {
        links::experiences(self.layout.lang, self.place.cited())
    }

    fn reviews(&self) -> [(&'static str, &'static str); 5] {
        Review::ALL.map(|review| (review.code(), names::review(&self.layout.t, &review)))
    }

    fn verifieds(&self) -> [(&'static str, &'static str); 4] {
        Verified::ALL.map(|verified| (verified.code(), names::verified(&self.layout.t, &verified)))
    }
}

fn show(visit: &Visit, place: Place, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let cited = place.cited().to_owned();
    let mut crumbs = place.crumbs.clone();
    crumbs.push(Crumb::link(t.dialogue_experiences(), links::experiences(visit.lang, &cited)));
    crumbs.push(Crumb::here(t.dialogue_experience_new()));
    let layout = visit.layout(&t.dialogue_experience_new_title(&cited), "requirements", crumbs);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&NewPage { layout, place, form, faults })?))
}

async fn open(visit: Visit, At(id): At<String>) -> Result<Response> {
    let number = match find(&visit, &id)? {
        Found::Number(number) => number,
        Found::Elsewhere(response) => return Ok(response),
    };
    let place = place(&visit, &mut *visit.app.db.read().await?, number, None).await?;
    if !may_share(&visit, &place) {
        return Ok(see_other(&links::experiences(visit.lang, number)));
    }
    let version = place.version.map(|version| version.to_string()).unwrap_or_default();
    let form = Form { version, nyckel: Uuid::new_v4().to_string(), ..Form::default() };
    show(&visit, place, form, Faults::default())
}

/// What was told, or what is wrong with it.
fn told(visit: &Visit, form: &Form) -> Result<Experience, Faults> {
    let (t, mut faults) = (visit.texts(), Faults::default());
    faults.check_length(t, "fragor", &form.fragor, MOST_SAID);
    let review = Review::from_code(&form.provning);
    if review.is_none() {
        faults.add("provning", t.dialogue_review_empty());
    }
    faults.check_length(t, "provning_text", &form.provning_text, MOST_SAID);
    let verified = Verified::from_code(&form.kontroll);
    if verified.is_none() {
        faults.add("kontroll", t.dialogue_verified_empty());
    }
    faults.check_length(t, "kontroll_text", &form.kontroll_text, MOST_SAID);
    let hours = form.timmar.parse::<i32>().ok().filter(|hours| (0..=MOST_HOURS).contains(hours));
    if !form.timmar.is_empty() && hours.is_none() {
        faults.add("timmar", t.dialogue_hours_wrong());
    }
    faults.check_length(t, "rad", &form.rad, MOST_SAID);
    match (review, verified) {
        (Some(review), Some(verified)) if faults.is_empty() => Ok(Experience {
            asked: form.fragor.clone(),
            review,
            review_said: form.provning_text.clone(),
            verified,
            verified_said: form.kontroll_text.clone(),
            hours,
            advice: form.rad.clone(),
            inside: form.inom == "1",
            form_key: Uuid::try_parse(&form.nyckel).unwrap_or_else(|_| Uuid::new_v4()),
        }),
        _ => Err(faults),
    }
}

async fn send(visit: Visit, At(id): At<String>, client: Client, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let number = match find(&visit, &id)? {
        Found::Number(number) => number,
        Found::Elsewhere(response) => return Ok(response),
    };
    let form = form.cleaned();
    let version = form.version.parse().ok();
    let visit = visit.on(&format!("/krav/{number}/erfarenhet/ny"));
    if is_draft {
        let place = place(&visit, &mut *visit.app.db.read().await?, number, version).await?;
        return show(&visit, place, form, Faults::default());
    }
    let mut tx = visit.app.db.begin().await?;
    let place = place(&visit, &mut tx, number, version).await?;
    let experience = match told(&visit, &form) {
        Ok(experience) => experience,
        Err(faults) => return again(faults, |faults| show(&visit, place, form, faults)),
    };
    let done = async {
        let permit = Share::ask(&mut tx, &visit.actor(), &place.subject).await?;
        workflow::share(&mut tx, &permit, &experience, client, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => {
            let mut response = see_other(&links::experiences(visit.lang, number));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().dialogue_experience_kept()));
            Ok(response)
        }
        Err(why) => {
            let told = Refusal::of(&visit, why)?;
            let page = show(&visit, place, form, told.faults.clone())?;
            Ok(told.on(&visit, page))
        }
    }
}

/// Whoever asks for the address is shown where requirements are.
async fn back(visit: Visit, At(_id): At<Uuid>) -> Response {
    see_other(&links::localized(visit.lang, links::REQUIREMENTS))
}

#[derive(Debug, Deserialize)]
struct Nothing {}

async fn take_back(visit: Visit, At(id): At<Uuid>, Sent(Nothing {}): Sent<Nothing>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let permit = TakeBack::ask(&mut tx, &visit.actor(), id).await?;
        workflow::take_back(&mut tx, &permit, visit.now).await?;
        let number = RequirementNumber::from_db(permit.requirement());
        tx.commit().await?;
        Ok::<_, Refused>(number)
    };
    match done.await {
        Ok(number) => {
            let mut response = see_other(&links::experiences(visit.lang, number));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().dialogue_experience_gone()));
            Ok(response)
        }
        Err(Refused::Right) => Err(Error::NotAllowed),
        Err(Refused::Database(error)) => Err(error.into()),
        Err(_) => Err(Error::NotFound),
    }
}
