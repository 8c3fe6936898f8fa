//! One thread: what was said, in the order of time, and the form to reply.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Told, may_be_unnamed, may_speak,
    place::{Anchor, OfRequirement, Place},
};
use crate::{
    accounts::name_or_removed,
    dialogue::{
        comment::{MOST_TEXT, Said},
        eyes::Eyes,
        lifecycle::{State, ThreadState},
        names,
        policy::{Reply, Settle},
        reads::{
            comment as one_comment,
            summary::glimpse,
            thread::{self as read, Answered, Comment, PAGE, Settler, Thread},
        },
        workflow::{self, Refused},
    },
    kernel::{
        actor::{Audience, Role},
        error::{Error, Result},
        rights::Right,
        web::{
            Asked, At, Client, Crumb, Drafted, Faults, Flash, Layout, Routes, Sent, Visit, again, carry_flash, html, lines,
            links,
            markdown::{self, Rendered},
            see_other, unkept,
        },
    },
    requirements::identity::{Found, find},
};

/// A thread on a requirement, where a comment stands, and where a thread is said to be done with.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::DIALOGUE_THREAD, Right::ReadPublished, page)
        .form(links::DIALOGUE_THREAD, Right::Comment, send)
        .page(links::DIALOGUE_COMMENT, Right::ReadPublished, to_comment)
        .page(links::DIALOGUE_STATUS, Right::Comment, to_comment)
        .post(links::DIALOGUE_STATUS, Right::Comment, settle)
}

/// Which replies are shown, and which one is answered.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asks {
    svar: String,
    efter: String,
    fore: String,
}

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Form {
    text: String,
    /// The comment that is answered.
    svar: String,
    /// `1`: for those who prepare.
    officiellt: String,
    /// `1`: the organisation alone.
    organisation: String,
    nyckel: String,
}

#[derive(Template)]
#[template(path = "dialogue/thread.html")]
struct ThreadPage {
    layout: Layout,
    place: Place,
    thread: Thread,
    heading: String,
    form: Form,
    faults: Faults,
    /// Whether whoever looks may reply; a visitor may once they have signed in.
    may_reply: bool,
    may_settle: bool,
    /// What an answer for those who prepare is called, where whoever looks may give one.
    speaks_for: Option<&'static str>,
    may_be_unnamed: bool,
    may_moderate: bool,
    pages: [String; 4],
}

impl ThreadPage {
    fn here(&self) -> String {
        links::in_dialogue(self.layout.lang, self.place.cited(), self.thread.id)
    }

    fn action(&self) -> String {
        format!("{}#{}", self.here(), links::FAULTS)
    }

    fn back(&self) -> String {
        links::dialogue(self.layout.lang, self.place.cited())
    }

    fn page(&self) -> String {
        self.place.page(self.layout.lang)
    }

    fn status(&self) -> String {
        links::in_comment(self.layout.lang, self.thread.id, "status")
    }

    fn state(&self) -> &'static str {
        names::state(&self.layout.t, &self.thread.state())
    }

    fn tag(&self) -> &'static str {
        names::state_tag(&self.thread.state())
    }

    fn is_open(&self) -> bool {
        self.thread.state() == ThreadState::Open
    }

    fn is_solved(&self) -> bool {
        self.thread.state() == ThreadState::Solved
    }

    /// Who said that it is done with, and when.
    fn solved(&self) -> Option<String> {
        let (name, organisation) = self.thread.settled_by(self.layout.lang.is_swedish())?;
        let who = match name {
            Settler::Person(name) => format!("{}, {organisation}", name_or_removed(self.layout.t, name)),
            Settler::Organisation => organisation.to_owned(),
        };
        self.is_solved().then(|| self.layout.t.dialogue_solved_by(who, self.moment(&self.thread.state_since)))
    }

    fn is_internal(&self) -> bool {
        self.thread.audience > 0
    }

    fn is_closest(&self) -> bool {
        self.thread.audience >= Audience::Preparers.level()
    }

    /// The clause that it is about, in words.
    fn about(&self) -> Option<String> {
        self.thread.clause?;
        Some(match self.thread.place {
            Some(place) => self.layout.t.dialogue_on_clause(place.to_string()),
            None => self.layout.t.dialogue_on_gone().to_owned(),
        })
    }

    /// Where the clause stands, or the version that it stood in.
    fn clause_link(&self) -> Option<String> {
        let clause = self.thread.clause?;
        let version = self.thread.version?;
        Some(if self.thread.changed || self.thread.gone {
            format!("{}#s-{clause}", links::version(self.layout.lang, self.place.cited(), version))
        } else {
            format!("{}#s-{clause}", self.page())
        })
    }

    fn written_on(&self) -> Option<String> {
        let version = self.thread.version.filter(|_| self.thread.changed || self.thread.gone)?;
        Some(self.layout.t.dialogue_written_on(version.to_string()))
    }

    fn by(&self, comment: &Comment) -> String {
        comment.by.called(self.layout.t, self.layout.lang)
    }

    fn short<'a>(&'a self, comment: &'a Comment) -> &'a str {
        comment.by.short(self.layout.t, self.layout.lang)
    }

    fn side(&self, comment: &Comment) -> &'static str {
        comment.by.side().map_or("", |side| names::side(&self.layout.t, side))
    }

    fn official(&self, comment: &Comment) -> Option<&'static str> {
        match comment.official.as_deref() {
            Some("lmc") => Some(self.layout.t.dialogue_official_lmc()),
            Some(_) => Some(self.layout.t.dialogue_official_area()),
            None => None,
        }
    }

    fn words(&self, text: &str) -> Rendered {
        markdown::rendered(text)
    }

    fn is_foreign(&self, comment: &Comment) -> bool {
        comment.language != self.layout.lang.code()
    }

    fn is_shown(&self, comment: &Comment) -> bool {
        comment.state() == State::Shown
    }

    fn is_deleted(&self, comment: &Comment) -> bool {
        comment.state() == State::Deleted
    }

    fn rule(&self, comment: &Comment) -> &'static str {
        comment.rule().map_or("", |rule| names::rule(&self.layout.t, &rule))
    }

    fn moment(&self, at: &OffsetDateTime) -> String {
        self.layout.lang.moment(*at)
    }

    fn answered_by(&self, answered: &Answered) -> String {
        self.layout.t.dialogue_answers(answered.by.short(self.layout.t, self.layout.lang))
    }

    fn answered_link(&self, answered: &Answered) -> String {
        // What stands on another page is led to.
        if self.thread.comments.iter().any(|comment| comment.id == answered.id) {
            format!("#k-{}", answered.id)
        } else {
            links::comment(self.layout.lang, answered.id)
        }
    }

    fn to(&self, comment: &Comment, word: &str) -> String {
        links::in_comment(self.layout.lang, comment.id, word)
    }

    fn moderated(&self, comment: &Comment) -> String {
        links::moderated(comment.id)
    }

    fn answer_link(&self, comment: &Comment) -> String {
        format!("{}#svara", links::with_query(&self.here(), [("svar", comment.id.to_string().as_str())]))
    }

    /// Whom the form answers, where that is one of the replies.
    fn answering(&self) -> Option<String> {
        let id = Uuid::try_parse(&self.form.svar).ok()?;
        let found = self.thread.replies().find(|comment| comment.id == id)?;
        Some(self.layout.t.dialogue_answers(self.short(found)))
    }

    fn place_on_page(&self) -> String {
        let shown = i64::try_from(self.thread.replies().count()).unwrap_or(0);
        self.layout.t.dialogue_replies_place(self.thread.before + 1, self.thread.before + shown, self.thread.total)
    }

    fn several_pages(&self) -> bool {
        self.thread.total > PAGE
    }
}

/// The most characters of the title of a page.
const TITLE: usize = 70;

fn render(visit: &Visit, place: Place, thread: Thread, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let said = thread.first().and_then(|first| first.text.as_deref()).map(|text| glimpse(text, TITLE));
    let said = said.filter(|said| !said.is_empty()).unwrap_or_else(|| t.dialogue_not_shown().to_owned());
    let heading = t.dialogue_thread_heading(names::kind(&t, &thread.kind), place.cited());
    let mut crumbs = place.crumbs.clone();
    crumbs.push(Crumb::link(t.dialogue_heading(), links::dialogue(visit.lang, place.cited())));
    crumbs.push(Crumb::here(names::kind(&t, &thread.kind)));
    let shown = i64::try_from(thread.replies().count()).unwrap_or(0);
    let mut title = format!("{heading}: {said}");
    if thread.before > 0 {
        title = format!("{title} ({})", t.dialogue_from(thread.before + 1));
    }
    let layout = visit.layout(&title, place.section, crumbs).described(said);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let number = |comment: Option<&Comment>| comment.map(|comment| comment.number.to_string()).unwrap_or_default();
    let (first, last) = (number(thread.replies().next()), number(thread.replies().last()));
    let (earlier, later) = (thread.before > 0, thread.before + shown < thread.total);
    let here = links::in_dialogue(visit.lang, place.cited(), thread.id);
    let end = i64::MAX.to_string();
    let turn = |there: bool, turn: Option<(&str, &str)>| {
        if there { format!("{}#svaren", links::with_query(&here, turn)) } else { String::new() }
    };
    let pages = [
        turn(earlier, None),
        turn(earlier, Some(("fore", first.as_str()))),
        turn(later, Some(("efter", last.as_str()))),
        turn(later, Some(("fore", end.as_str()))),
    ];
    let actor = visit.actor();
    let speaks_for = match actor.has(Role::LmcCoordinator) {
        true => Some(t.dialogue_official_lmc()),
        false if thread.speaks && Right::HandleProposals.held_by(&actor) => Some(t.dialogue_official_area()),
        false => None,
    };
    let may_speak = may_speak(visit);
    let page = ThreadPage {
        layout,
        heading,
        may_reply: (visit.who.is_none() || may_speak) && place.subject.is_open,
        may_settle: may_speak && place.subject.is_open && (thread.own || speaks_for.is_some()),
        speaks_for,
        may_be_unnamed: may_be_unnamed(visit),
        may_moderate: Right::Moderate.held_by(&actor),
        place,
        thread,
        form,
        faults,
        pages,
    };
    let page = html(&page)?;
    Ok(if visit.who.is_some() { unkept(page) } else { page })
}

/// A thread on a subject.
///
/// # Errors
/// Not found where whoever looks may not see it.
pub async fn show<A: Anchor>(visit: Visit, anchor: A, id: Uuid, asks: Asks) -> Result<Response> {
    let backwards = !asks.fore.is_empty();
    let beyond = if backwards { &asks.fore } else { &asks.efter }.parse().ok();
    let form = Form { svar: asks.svar, nyckel: Uuid::new_v4().to_string(), ..Form::default() };
    let (place, thread) = found(&visit, &anchor, id, (beyond, backwards)).await?;
    render(&visit, place, thread, form, Faults::default())
}

async fn found<A: Anchor>(visit: &Visit, anchor: &A, id: Uuid, turn: (Option<i64>, bool)) -> Result<(Place, Thread)> {
    let mut connection = visit.app.db.read().await?;
    let place = anchor.place(visit, &mut connection, None).await?;
    let thread = read::thread(&mut connection, &Eyes::of(visit), &place.subject, id, turn).await?;
    Ok((place, thread.ok_or(Error::NotFound)?))
}

/// Replies in a thread on a subject.
///
/// # Errors
/// What a page cannot tell.
pub async fn reply<A: Anchor>(
    visit: Visit,
    anchor: A,
    id: Uuid,
    client: Client,
    Drafted { form, is_draft }: Drafted<Form>,
) -> Result<Response> {
    let form = Form { text: lines(&form.text), ..form };
    let visit = visit.on(&format!("{}/{id}", links::dialogue_page(&anchor.cited())));
    let (place, thread) = found(&visit, &anchor, id, (None, false)).await?;
    if is_draft {
        return render(&visit, place, thread, form, Faults::default());
    }
    let (t, mut faults) = (visit.texts(), Faults::default());
    if form.text.is_empty() {
        faults.add("text", t.dialogue_text_empty());
    }
    faults.check_length(t, "text", &form.text, MOST_TEXT);
    if !faults.is_empty() {
        return again(faults, |faults| render(&visit, place, thread, form, faults));
    }
    let done = async {
        let mut tx = visit.app.db.begin().await?;
        let place = anchor.place(&visit, &mut tx, None).await?;
        let permit = match Reply::ask(&mut tx, &visit.actor(), &place.subject, id, &Eyes::of(&visit)).await {
            Ok(permit) => permit,
            Err(why) => return Ok(Err(why)),
        };
        let said = Said {
            text: &form.text,
            language: visit.lang.code(),
            named: !(may_be_unnamed(&visit) && form.organisation == "1"),
            form_key: Uuid::try_parse(&form.nyckel).unwrap_or_else(|_| Uuid::new_v4()),
        };
        let what = (Uuid::try_parse(&form.svar).ok(), form.officiellt == "1");
        let replied = workflow::reply(&mut tx, &permit, what, &said, client, visit.now).await;
        if replied.is_ok() {
            tx.commit().await?;
        }
        Ok::<_, Error>(replied)
    };
    let told = match done.await {
        Ok(Ok(reply)) => return Ok(see_other(&links::comment(visit.lang, reply))),
        Ok(Err(why)) => Told::of(&visit, why)?,
        Err(error) => Told::failed(&visit, error)?,
    };
    let page = render(&visit, place, thread, form, told.faults.clone())?;
    Ok(told.on(&visit, page))
}

async fn page(visit: Visit, At((id, thread)): At<(String, String)>, Asked(asks): Asked<Asks>) -> Result<Response> {
    match find(&visit, &id)? {
        Found::Number(number) => {
            let thread = Uuid::try_parse(&thread).map_err(|_| Error::NotFound)?;
            show(visit, OfRequirement(number), thread, asks).await
        }
        Found::Elsewhere(response) => Ok(response),
    }
}

async fn send(visit: Visit, At((id, thread)): At<(String, String)>, client: Client, drafted: Drafted<Form>) -> Result<Response> {
    match find(&visit, &id)? {
        Found::Number(number) => {
            let thread = Uuid::try_parse(&thread).map_err(|_| Error::NotFound)?;
            reply(visit, OfRequirement(number), thread, client, drafted).await
        }
        Found::Elsewhere(response) => Ok(response),
    }
}

/// Where a comment stands: its thread, the page of it, and the place on that.
async fn to_comment(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let found = one_comment::comment(&mut *visit.app.db.read().await?, &Eyes::of(&visit), id, false).await?;
    let found = found.ok_or(Error::NotFound)?;
    let thread = found.place(visit.lang);
    if found.experience {
        return Ok(see_other(&thread));
    }
    let after = found.after.map(|after| after.to_string());
    let page = links::with_query(&thread, after.as_deref().map(|after| ("efter", after)));
    Ok(see_other(&format!("{page}#k-{id}")))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Settled {
    /// `lost`, or `oppna`.
    gor: String,
}

async fn settle(visit: Visit, At(id): At<Uuid>, Sent(form): Sent<Settled>) -> Result<Response> {
    let t = visit.texts();
    let solves = form.gor == "lost";
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let permit = Settle::ask(&mut tx, &visit.actor(), id, &Eyes::of(&visit)).await?;
        let cited = permit.thread().cited.clone();
        workflow::settle(&mut tx, &permit, solves, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(cited)
    };
    let (cited, said) = match done.await {
        Ok(cited) => (cited, if solves { t.dialogue_solved_done() } else { t.dialogue_reopened_done() }.to_owned()),
        Err(Refused::WhyNot(_)) => {
            // There is nothing to type anew: the thread is shown as it stands.
            return to_comment(visit, At(id)).await;
        }
        Err(Refused::Right) => return Err(Error::NotAllowed),
        Err(Refused::Database(error)) => return Err(error.into()),
        Err(Refused::Away(error)) => return Err(error),
        Err(Refused::NotThere | Refused::NotUntil(_)) => return Err(Error::NotFound),
    };
    let mut response = see_other(&links::in_dialogue(visit.lang, &cited, id));
    carry_flash(&mut response, &visit.app.settings, &Flash::new(said));
    Ok(response)
}
