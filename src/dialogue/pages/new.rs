//! Beginning a thread: what for, on which clause, for whom, and the words.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Told, may_be_unnamed,
    place::{Anchor, Clause, OfRequirement, Place},
    threads::INTERNAL,
};
use crate::{
    dialogue::{
        comment::{Kind, MOST_TEXT, Said},
        eyes::Eyes,
        names,
        policy::Start,
        reads::summary::glimpse,
        workflow::{self, Refused},
    },
    kernel::{
        actor::Audience,
        error::{Error, Result},
        rights::Right,
        web::{
            Asked, At, Client, Crumb, Drafted, Faults, Layout, Routes, Visit, again, html, lines,
            links::{self, words},
            see_other, unkept,
        },
    },
    requirements::identity::{Found, find},
};

/// The form on a requirement, and where it is sent.
pub fn routes() -> Routes {
    Routes::new().page(links::DIALOGUE_NEW, Right::Comment, page).form(links::DIALOGUE, Right::Comment, send)
}

/// How much of a clause stands in the list to choose from.
const GLIMPSE: usize = 80;

/// What the form is opened with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asks {
    stycke: String,
    flik: String,
}

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Form {
    slag: String,
    stycke: String,
    /// `alla`, `regioner`, `lmc`.
    laser: String,
    text: String,
    /// `1`: the organisation alone.
    organisation: String,
    version: String,
    nyckel: String,
}

impl Form {
    fn clause(&self) -> Option<Uuid> {
        Uuid::try_parse(&self.stycke).ok()
    }

    fn audience(&self) -> Audience {
        match self.laser.as_str() {
            "regioner" => Audience::Authorities,
            "lmc" => Audience::Preparers,
            _ => Audience::Public,
        }
    }
}

#[derive(Template)]
#[template(path = "dialogue/new.html")]
struct NewPage {
    layout: Layout,
    place: Place,
    form: Form,
    faults: Faults,
    audiences: Vec<(&'static str, &'static str)>,
    may_be_unnamed: bool,
}

impl NewPage {
    fn action(&self) -> String {
        format!("{}#{}", links::dialogue(self.layout.lang, self.place.cited()), links::FAULTS)
    }

    fn back(&self) -> String {
        links::dialogue(self.layout.lang, self.place.cited())
    }

    fn kinds(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let word = |kind: Kind| words::word(words::THREADS, kind.code()).unwrap_or_default();
        Kind::ALL.map(|kind| (word(kind), names::kind(&self.layout.t, &kind), names::kind_hint(&self.layout.t, &kind))).to_vec()
    }

    fn option(&self, clause: &Clause) -> String {
        crate::kernel::i18n::Texts(clause.lang).report_clause_one(clause.place.to_string(), glimpse(&clause.text, GLIMPSE))
    }

    fn is_chosen(&self, clause: &Uuid) -> bool {
        self.form.clause() == Some(*clause)
    }

    /// The clause that is chosen, to read while one writes.
    fn quoted(&self) -> Option<&Clause> {
        self.form.clause().and_then(|id| self.place.clause(id))
    }
}

fn show(visit: &Visit, place: Place, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let cited = place.cited().to_owned();
    let mut crumbs = place.crumbs.clone();
    crumbs.push(Crumb::link(t.dialogue_heading(), links::dialogue(visit.lang, &cited)));
    crumbs.push(Crumb::here(t.dialogue_new()));
    let layout = visit.layout(&t.dialogue_new_title(&cited), place.section, crumbs);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let level = visit.viewer.level();
    let all = [
        ("alla", t.dialogue_for_all(), 0),
        ("regioner", t.dialogue_for_regions(), Audience::Authorities.level()),
        ("lmc", t.dialogue_for_network(), Audience::Preparers.level()),
    ];
    let lowest = if place.is_public { 0 } else { place.subject.audience.max(Audience::Authorities.level()) };
    let fine = |(word, name, audience)| (audience <= level && audience >= lowest).then_some((word, name));
    let audiences = all.into_iter().filter_map(fine).collect();
    let may_be_unnamed = may_be_unnamed(visit);
    Ok(unkept(html(&NewPage { layout, place, form, faults, audiences, may_be_unnamed })?))
}

/// The form on a subject.
///
/// # Errors
/// Not found where whoever looks may not see it.
pub async fn open<A: Anchor>(visit: Visit, anchor: A, asks: Asks) -> Result<Response> {
    let place = anchor.place(&visit, &mut *visit.app.db.read().await?, None).await?;
    if !place.subject.is_open {
        return Ok(see_other(&links::dialogue(visit.lang, place.cited())));
    }
    let form = Form {
        stycke: asks.stycke,
        laser: if asks.flik == INTERNAL || !place.is_public { "regioner" } else { "alla" }.to_owned(),
        version: place.version.map(|version| version.to_string()).unwrap_or_default(),
        nyckel: Uuid::new_v4().to_string(),
        ..Form::default()
    };
    show(&visit.bare(), place, form, Faults::default())
}

fn faults(visit: &Visit, place: &Place, form: &Form) -> Faults {
    let (t, mut faults) = (visit.texts(), Faults::default());
    if words::code(words::THREADS, &form.slag).is_none() {
        faults.add("slag", t.dialogue_kind_empty());
    }
    if form.clause().is_some_and(|clause| place.quote(clause).is_none()) {
        faults.add("stycke", t.dialogue_clause_gone());
    }
    if form.text.is_empty() {
        faults.add("text", t.dialogue_text_empty());
    }
    faults.check_length(t, "text", &form.text, MOST_TEXT);
    faults
}

/// Begins a thread on a subject.
///
/// # Errors
/// What a page cannot tell.
pub async fn start<A: Anchor>(
    visit: Visit,
    anchor: A,
    client: Client,
    Drafted { form, is_draft }: Drafted<Form>,
) -> Result<Response> {
    let form = Form { text: lines(&form.text), ..form };
    let version = form.version.parse().ok();
    let visit = visit.on(&format!("{}/ny", links::dialogue_page(&anchor.cited())));
    if is_draft {
        let place = anchor.place(&visit, &mut *visit.app.db.read().await?, version).await?;
        return show(&visit, place, form, Faults::default());
    }
    // What it is about is read in the transaction that writes.
    let mut tx = visit.app.db.begin().await?;
    let place = anchor.place(&visit, &mut tx, version).await?;
    let faults = faults(&visit, &place, &form);
    let kind = words::code(words::THREADS, &form.slag).and_then(Kind::from_code);
    let Some(kind) = kind.filter(|_| faults.is_empty()) else {
        return again(faults, |faults| show(&visit, place, form, faults));
    };
    if !place.is_public && form.audience() == Audience::Public {
        return Err(Error::NotAllowed);
    }
    let begun = async {
        let permit = Start::ask(&mut tx, &visit.actor(), &place.subject, form.audience(), &Eyes::of(&visit)).await?;
        let said = Said {
            text: &form.text,
            language: visit.lang.code(),
            named: !(may_be_unnamed(&visit) && form.organisation == "1"),
            form_key: Uuid::try_parse(&form.nyckel).unwrap_or_else(|_| Uuid::new_v4()),
        };
        let quote = form.clause().and_then(|clause| place.quote(clause));
        let id = workflow::start(&mut tx, &permit, (kind, quote), &said, client, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(id)
    };
    match begun.await {
        Ok(id) => Ok(see_other(&links::in_dialogue(visit.lang, place.cited(), id))),
        Err(why) => {
            let told = Told::of(&visit, why)?;
            let page = show(&visit, place, form, told.faults.clone())?;
            Ok(told.on(&visit, page))
        }
    }
}

async fn page(visit: Visit, At(id): At<String>, Asked(asks): Asked<Asks>) -> Result<Response> {
    match find(&visit, &id)? {
        Found::Number(number) => open(visit, OfRequirement(number), asks).await,
        Found::Elsewhere(response) => Ok(response),
    }
}

async fn send(visit: Visit, At(id): At<String>, client: Client, drafted: Drafted<Form>) -> Result<Response> {
    match find(&visit, &id)? {
        Found::Number(number) => start(visit, OfRequirement(number), client, drafted).await,
        Found::Elsewhere(response) => Ok(response),
    }
}
