//! A new draft: which versions it is about, and what it is called; or which decision it corrects.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{Told, inner_crumbs, when};
use crate::{
    decisions::{
        draft::MOST_TITLE,
        number::DecisionNumber,
        policy::Begin,
        reads::{
            choices::{self as read, Choice, Choices, Key, Wanted},
            one,
        },
        workflow::{self, Refused},
    },
    kernel::{
        actor::Role,
        error::{Error, Result},
        rights::Right,
        web::{Asked, Client, Crumb, Drafted, Faults, Layout, Routes, Visit, again, html, line, links, see_other, unkept},
    },
};

/// The page, and where its form is sent.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::NEW_DECISION, Right::PrepareDecisions, page).swedish_form(
        links::NEW_DECISION,
        Right::PrepareDecisions,
        send,
    )
}

/// Whether who looks drafts decisions.
pub(super) fn may_begin(visit: &Visit) -> bool {
    let actor = visit.actor();
    Right::PrepareDecisions.held_by(&actor) && (actor.has(Role::LmcCoordinator) || actor.has(Role::AreaCoordinator))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    rubrik: String,
    /// The versions.
    version: Vec<String>,
    /// The number of the decision that it corrects.
    rattar: String,
    /// Words to find versions by.
    sok: String,
    /// Behind which version the page of them begins.
    efter: String,
    /// `sok`: that the list is to be searched; nothing is written.
    gor: String,
}

impl Form {
    fn versions(&self) -> Vec<Uuid> {
        self.version.iter().filter_map(|id| Uuid::try_parse(id).ok()).collect()
    }
}

#[derive(Template)]
#[template(path = "decisions/begin.html")]
struct BeginPage {
    layout: Layout,
    form: Form,
    faults: Faults,
    /// The versions that are chosen already.
    chosen: Vec<Choice>,
    /// Others that are ready.
    choices: Choices,
    /// What it corrects: its number and what it is called.
    corrects: Option<(String, String)>,
    /// Whether who looks may read what is prepared in the whole bank.
    whole: bool,
}

impl BeginPage {
    fn action(&self) -> String {
        format!("{}#{}", links::NEW_DECISION, links::FAULTS)
    }

    fn link(&self, choice: &Choice) -> String {
        if self.whole {
            links::version(self.layout.lang, choice.requirement(), choice.version)
        } else {
            links::workbench(choice.requirement(), "")
        }
    }

    /// Where it stands already: the draft and its name, for who may read it.
    fn drafted(&self, choice: &Choice) -> Option<(String, String)> {
        let t = self.layout.t;
        let name =
            choice.draft_title.clone().filter(|title| !title.is_empty()).unwrap_or_else(|| t.decisions_unnamed().to_owned());
        choice.draft.map(|draft| (links::decision_draft(draft, ""), name))
    }

    fn is_empty(&self) -> bool {
        self.chosen.is_empty() && self.choices.rows.is_empty()
    }
}

async fn show(visit: &Visit, form: Form, faults: Faults) -> Result<Response> {
    if !may_begin(visit) {
        return Err(Error::NotAllowed);
    }
    let mut connection = visit.app.db.read().await?;
    let (who, ids) = ((&visit.viewer, &visit.actor()), form.versions());
    let chosen = Wanted { ids: Some(&ids), ..Wanted::default() };
    let chosen = read::choices(&mut connection, who, &chosen, when(visit)).await?.rows;
    let wanted = Wanted { text: &form.sok, after: Key::parse(&form.efter), ..Wanted::default() };
    let mut choices = read::choices(&mut connection, who, &wanted, when(visit)).await?;
    choices.rows.retain(|one| !ids.contains(&one.version_id));
    let corrects = match DecisionNumber::parse(&form.rattar) {
        Some(number) => one::to_correct(&mut connection, number).await?.map(|(_, title)| (number.to_string(), title)),
        None => None,
    };
    drop(connection);
    let t = visit.texts();
    let layout = visit.clone().bare().layout(
        t.decisions_new_title(),
        "lmc",
        inner_crumbs(visit, vec![Crumb::here(t.decisions_new_title())]),
    );
    let layout = layout.without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&BeginPage { layout, form, faults, chosen, choices, corrects, whole: visit.viewer.sees_preparation() })?))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    rattar: String,
    sok: String,
    efter: String,
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    show(&visit, Form { rattar: asks.rattar, sok: line(&asks.sok), efter: asks.efter, ..Form::default() }, Faults::default())
        .await
}

async fn send(visit: Visit, client: Client, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let form = Form { rubrik: line(&form.rubrik), sok: line(&form.sok), ..form };
    // Whoever looks for more keeps what is typed and chosen; nothing is written.
    let looks = form.gor == "sok" || !form.efter.is_empty();
    if is_draft || looks {
        return show(&visit, form, Faults::default()).await;
    }
    let (t, mut faults) = (visit.texts(), Faults::default());
    if form.rubrik.is_empty() {
        faults.add("rubrik", t.decisions_why_title());
    }
    faults.check_length(t, "rubrik", &form.rubrik, MOST_TITLE);
    if !faults.is_empty() {
        let page = show(&visit, form, faults.clone()).await;
        return again(faults, |_| page);
    }
    let wanted = form.versions();
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let ids = Wanted { ids: Some(&wanted), ..Wanted::default() };
        let chosen = read::choices(&mut tx, (&visit.viewer, &visit.actor()), &ids, when(&visit)).await?.rows;
        let requirements: Vec<Uuid> = chosen.iter().map(|one| one.requirement_id).collect();
        let versions: Vec<Uuid> = chosen.iter().map(|one| one.version_id).collect();
        let permit = Begin::ask(&mut tx, &visit.actor(), &requirements, when(&visit)).await?;
        let corrects = match DecisionNumber::parse(&form.rattar) {
            Some(number) => Some(one::to_correct(&mut tx, number).await?.ok_or(Refused::NotThere)?.0),
            None => None,
        };
        let id = workflow::begin(&mut tx, &permit, (&form.rubrik, corrects, &versions), client, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(id)
    };
    match done.await {
        Ok(id) => Ok(see_other(&links::decision_draft(id, ""))),
        Err(why) => {
            let told = Told::of(&visit, why)?;
            let page = show(&visit, form, told.faults.clone()).await?;
            Ok(told.on(&visit, page))
        }
    }
}
