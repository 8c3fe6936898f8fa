//! What a draft is about: versions that are to come into force or not to come, requirements that are to end.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Told, below, day, find, id, when};
use crate::{
    decisions::{
        draft::{MOST_DAY, MOST_TEXT, Successor},
        lifecycle::{Kind, State, is_far},
        names,
        policy::Write,
        reads::{
            choices::{self as read, Choice, Choices, Key, Wanted},
            draft::{Draft, Item},
        },
        workflow::{self, Refused, Wish},
    },
    kernel::{
        clock,
        error::Result,
        i18n::Lang,
        rights::Right,
        web::{
            Asked, At, Client, Drafted, Faults, Flash, Layout, Routes, Sent, Visit, again, carry_flash, html, line, lines,
            links::{self, words},
            see_other, unkept,
        },
    },
    requirements::RequirementNumber,
};

/// The page, where what is added is sent, and where what is taken out.
pub fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::DECISION_ITEMS, Right::PrepareDecisions, page)
        .swedish_form(links::DECISION_ITEMS, Right::PrepareDecisions, send)
        .swedish_page(links::DECISION_ITEM_REMOVAL, Right::PrepareDecisions, back)
        .swedish_post(links::DECISION_ITEM_REMOVAL, Right::PrepareDecisions, remove)
}

/// The most successors that the form takes.
const SUCCESSORS: usize = 4;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    /// What is added: `anta`, `upphav`, `aterkalla`.
    slag: String,
    /// The version that is ready.
    version: String,
    /// The version that is not to come.
    kommande: String,
    /// The requirement that is to end.
    krav: String,
    skal: String,
    fran: String,
    /// What comes instead, each with how.
    ersattare: Vec<String>,
    hur: Vec<String>,
    /// Words to find versions by.
    sok: String,
    /// Behind which version the lists begin.
    efter: String,
    /// `sok`: that the lists are to be searched; nothing is written.
    gor: String,
}

#[derive(Template)]
#[template(path = "decisions/items.html")]
struct ItemsPage {
    layout: Layout,
    draft: Draft,
    form: Form,
    faults: Faults,
    ready: Choices,
    coming: Choices,
}

impl ItemsPage {
    fn action(&self) -> String {
        format!("{}#{}", links::decision_draft(self.draft.id, links::DECISION_STEP_ITEMS), links::FAULTS)
    }

    fn removal(&self) -> String {
        links::decision_draft(self.draft.id, links::DECISION_STEP_REMOVAL)
    }

    fn back(&self) -> String {
        links::decision_draft(self.draft.id, "")
    }

    fn kind(&self, item: &Item) -> &'static str {
        names::kind(&self.layout.t, &item.kind)
    }

    fn is_ready(&self, choice: &Choice) -> bool {
        self.form.version == choice.version_id.to_string()
    }

    fn is_coming(&self, choice: &Choice) -> bool {
        self.form.kommande == choice.version_id.to_string()
    }

    /// Behind which version the lists go on, where one does.
    fn next(&self) -> &str {
        let (ready, coming) = (&self.ready.next, &self.coming.next);
        match (Key::parse(ready), Key::parse(coming)) {
            // The shorter of both pages ends first.
            (Some(one), Some(other)) => {
                if other < one {
                    coming
                } else {
                    ready
                }
            }
            (None, Some(_)) => coming,
            (_, None) => ready,
        }
    }

    fn from(&self, choice: &Choice) -> String {
        choice.takes_effect.map(|at| Lang::Sv.date(clock::in_sweden(at).date())).unwrap_or_default()
    }

    /// Lines for what comes instead: those that were typed, and empty ones.
    fn lines(&self) -> Vec<(String, String)> {
        (0..SUCCESSORS)
            .map(|place| {
                let at = |list: &[String]| list.get(place).cloned().unwrap_or_default();
                (at(&self.form.ersattare), at(&self.form.hur))
            })
            .collect()
    }
}

async fn show(visit: &Visit, id: Uuid, form: Form, faults: Faults) -> Result<Response> {
    let draft = match find(visit, id).await? {
        Ok(draft) => draft,
        Err(response) => return Ok(response),
    };
    if draft.state() != State::Draft || !super::outcomes::may_write(visit, &draft) {
        return Ok(see_other(&links::decision_draft(id, "")));
    }
    let mut connection = visit.app.db.read().await?;
    let ready = listed(visit, &mut connection, (id, false), &form).await?;
    let coming = listed(visit, &mut connection, (id, true), &form).await?;
    drop(connection);
    let t = visit.texts();
    let layout = visit.layout(t.decisions_items_title(), "lmc", below(visit, &draft, t.decisions_items_title()));
    let layout = layout.without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&ItemsPage { layout, draft, form, faults, ready, coming })?))
}

/// What can be added that is not in it: a page of them, with the one that is chosen.
async fn listed(visit: &Visit, connection: &mut PgConnection, (draft, coming): (Uuid, bool), form: &Form) -> Result<Choices> {
    let who = (&visit.viewer, &visit.actor());
    let wanted = Wanted { coming, text: &form.sok, after: Key::parse(&form.efter), but: Some(draft), ..Wanted::default() };
    let mut choices = read::choices(connection, who, &wanted, when(visit)).await?;
    let chosen = Uuid::try_parse(if coming { &form.kommande } else { &form.version });
    if let Ok(chosen) = chosen
        && !choices.rows.iter().any(|one| one.version_id == chosen)
    {
        let kept = Wanted { coming, ids: Some(&[chosen]), but: Some(draft), ..Wanted::default() };
        let kept = read::choices(connection, who, &kept, when(visit)).await?;
        choices.rows.splice(0..0, kept.rows);
    }
    Ok(choices)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    sok: String,
    efter: String,
}

async fn page(visit: Visit, At(text): At<String>, Asked(asks): Asked<Asks>) -> Result<Response> {
    let form = Form { slag: "anta".to_owned(), sok: line(&asks.sok), efter: asks.efter, ..Form::default() };
    show(&visit, id(&text)?, form, Faults::default()).await
}

async fn back(At(text): At<String>) -> Result<Response> {
    Ok(see_other(&links::decision_draft(id(&text)?, links::DECISION_STEP_ITEMS)))
}

/// What was chosen, as far as it can be told without the database.
struct Chosen {
    kind: Kind,
    on: Option<time::Date>,
    requirement: Option<RequirementNumber>,
    successors: Vec<(RequirementNumber, &'static str)>,
}

fn chosen(visit: &Visit, form: &Form) -> std::result::Result<Chosen, Faults> {
    let (t, mut faults) = (visit.texts(), Faults::default());
    let kind = match words::code(words::DECISION_ITEMS, &form.slag) {
        Some("repeal") => Kind::Repeal,
        Some("revoke") => Kind::Revoke,
        Some(_) => Kind::Adopt,
        None => {
            faults.add("slag", t.decisions_item_kind_empty());
            Kind::Adopt
        }
    };
    let requirement = RequirementNumber::parse_loosely(&form.krav);
    match kind {
        Kind::Adopt if faults.is_empty() && Uuid::try_parse(&form.version).is_err() => {
            faults.add("version", t.decisions_item_version_empty());
        }
        Kind::Repeal if requirement.is_none() => faults.add("krav", t.decisions_item_requirement_empty()),
        Kind::Revoke if Uuid::try_parse(&form.kommande).is_err() => {
            faults.add("kommande", t.decisions_item_coming_empty());
        }
        _ => {}
    }
    if kind != Kind::Adopt && form.skal.is_empty() {
        faults.add("skal", t.decisions_item_cause_empty());
    }
    faults.check_length(t, "skal", &form.skal, MOST_TEXT);
    let on = if let Ok(on) = day(&form.fran) {
        on.filter(|_| kind != Kind::Revoke)
    } else {
        faults.add("fran", t.decisions_day_wrong());
        None
    };
    if on.is_some_and(|day| day < visit.today()) {
        faults.add("fran", t.decisions_day_past());
    }
    if on.is_some_and(|day| is_far(day, visit.today())) {
        faults.add("fran", t.decisions_day_far());
    }
    let mut successors = Vec::new();
    for (text, how) in form.ersattare.iter().zip(&form.hur).filter(|(text, _)| kind == Kind::Repeal && !text.trim().is_empty()) {
        match (RequirementNumber::parse_loosely(text), words::code(words::SUCCESSORS, how)) {
            (Some(number), Some(how)) => successors.push((number, how)),
            _ => faults.add("ersattare", t.decisions_item_successor_wrong(text)),
        }
    }
    if faults.is_empty() { Ok(Chosen { kind, on, requirement, successors }) } else { Err(faults) }
}

/// What is not there to choose, in words at its field.
enum Gone {
    Field(&'static str, String),
    Refused(Refused),
}

impl<E: Into<Refused>> From<E> for Gone {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

async fn add(
    tx: &mut PgConnection,
    visit: &Visit,
    (client, id): (Client, Uuid),
    form: &Form,
    chosen: Chosen,
) -> std::result::Result<(), Gone> {
    let t = visit.texts();
    let permit = Write::ask(tx, &visit.actor(), id, when(visit)).await?;
    let version = match (chosen.kind, chosen.requirement) {
        (Kind::Repeal, Some(number)) => {
            let found = read::by_number(tx, &visit.viewer, number, visit.now).await?;
            match found.and_then(|found| found.version.map(|version| (version, found.requirement))) {
                Some(found) => found,
                None => return Err(Gone::Field("krav", t.decisions_item_not_in_force(number))),
            }
        }
        (kind, _) => {
            let (field, wanted) = if kind == Kind::Revoke { ("kommande", &form.kommande) } else { ("version", &form.version) };
            let ids: Vec<Uuid> = Uuid::try_parse(wanted).into_iter().collect();
            let asked = Wanted { coming: kind == Kind::Revoke, ids: Some(&ids), ..Wanted::default() };
            let found = read::choices(tx, (&visit.viewer, &visit.actor()), &asked, when(visit)).await?.rows.pop();
            match found {
                Some(choice) => (choice.version_id, choice.requirement_id),
                None => return Err(Gone::Field(field, t.decisions_item_gone().to_owned())),
            }
        }
    };
    let mut successors = Vec::new();
    for (number, kind) in chosen.successors {
        match read::by_number(tx, &visit.viewer, number, visit.now).await? {
            Some(found) => successors.push(Successor { requirement: found.requirement, kind }),
            None => return Err(Gone::Field("ersattare", t.decisions_item_successor_wrong(number))),
        }
    }
    let cause = if chosen.kind == Kind::Adopt { "" } else { form.skal.as_str() };
    let wish = Wish { version, kind: chosen.kind, cause, on: chosen.on, successors: &successors };
    workflow::put_item(tx, &permit, &wish, (client, when(visit))).await?;
    Ok(())
}

async fn send(visit: Visit, At(text): At<String>, client: Client, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let id = id(&text)?;
    let form = Form { skal: lines(&form.skal), krav: line(&form.krav), fran: line(&form.fran), sok: line(&form.sok), ..form };
    // Whoever looks for more keeps what is typed; nothing is written.
    let looks = form.gor == "sok" || !form.efter.is_empty();
    if is_draft || looks {
        return show(&visit, id, form, Faults::default()).await;
    }
    let chosen = match chosen(&visit, &form) {
        Ok(chosen) => chosen,
        Err(faults) => {
            let page = show(&visit, id, form, faults.clone()).await;
            return again(faults, |_| page);
        }
    };
    let mut tx = visit.app.db.begin().await?;
    match add(&mut tx, &visit, (client, id), &form, chosen).await {
        Ok(()) => {
            tx.commit().await?;
            let mut response = see_other(&links::decision_draft(id, links::DECISION_STEP_ITEMS));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().decisions_item_added()));
            Ok(response)
        }
        Err(Gone::Field(field, text)) => {
            drop(tx);
            let mut faults = Faults::default();
            faults.add(field, text);
            let page = show(&visit, id, form, faults.clone()).await;
            again(faults, |_| page)
        }
        Err(Gone::Refused(why)) => {
            drop(tx);
            let told = Told::of(&visit, why)?;
            let page = show(&visit, id, form, told.faults.clone()).await?;
            Ok(told.on(&visit, page))
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Removal {
    version: String,
}

async fn remove(visit: Visit, At(text): At<String>, Sent(form): Sent<Removal>) -> Result<Response> {
    let id = id(&text)?;
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let permit = Write::ask(&mut tx, &visit.actor(), id, when(&visit)).await?;
        workflow::remove_item(&mut tx, &permit, Uuid::try_parse(&form.version).unwrap_or_default(), visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => Ok(see_other(&links::decision_draft(id, links::DECISION_STEP_ITEMS))),
        Err(why) => {
            let told = Told::of(&visit, why)?;
            let here = visit.clone().on(&links::decision_draft(id, ""));
            let page = super::draft::show(&here, id, told.faults.clone()).await?;
            Ok(told.on(&visit, page))
        }
    }
}
