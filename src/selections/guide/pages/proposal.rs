//! The result: a proposal with reasons, and the form that makes a selection of it.

mod lists;

use std::collections::HashSet;

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{back, carried, layout};
use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{
            Asked, Client, Drafted, Faults, Layout, Routes, Visit, html, line,
            links::{self, words},
            see_other, unkept,
        },
    },
    requirements::{RequirementNumber, fields::Level, names},
    search::catalogue::Catalogue,
    selections::{
        budget::{Budget, Verdict},
        eforms::small,
        guide::{
            asks::{Asks, Step},
            propose::{Proposal, Wish, propose},
            reads::candidates::{self, CandidatesData, LOOKED_AT, Line},
            words::{out, why},
        },
        pages::{
            adding::{self, Planned},
            selections::check_name,
        },
        workflow::{MOST_NAME, Wanted},
    },
};

/// The result, and where it is sent.
pub fn routes() -> Routes {
    Routes::new().page(links::GUIDE_PROPOSAL, Right::ReadPublished, page).form(links::GUIDE_PROPOSAL, Right::MakeSelection, send)
}

/// What is sent: the requirements that are ticked, the name, and what the address holds.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    krav: Vec<String>,
    namn: String,
    grupp: Vec<String>,
    varde: Option<String>,
    ar: Option<String>,
    timmar: Option<String>,
    niva: Option<String>,
}

#[derive(Template)]
#[template(path = "selections/guide/proposal.html")]
struct ProposalPage {
    layout: Layout,
    asks: Asks,
    wish: Wish,
    data: CandidatesData,
    proposal: Proposal,
    budget: Budget,
    /// What is ticked; none where nothing was sent yet, and the proposal is.
    ticked: Option<HashSet<i64>>,
    name: String,
    faults: Faults,
}

impl ProposalPage {
    /// The frame, with what the proposal is for in the title.
    fn framed(&self, visit: &Visit) -> Layout {
        let t = visit.texts();
        let about = if self.data.groups.is_empty() {
            String::new()
        } else {
            t.guide_proposal_about(small(&self.groups_chosen()), self.ambition().to_lowercase())
        };
        layout(visit, Step::Proposal, t.guide_proposal_heading(), &about, &self.faults)
    }

    fn action(&self) -> String {
        format!("{}#{}", self.layout.href(links::GUIDE_PROPOSAL), links::FAULTS)
    }

    fn step(&self, number: usize) -> String {
        back(&self.layout, &self.asks, [Step::What, Step::Contract, Step::Ambition][number.min(2)])
    }

    fn carried(&self) -> Vec<(&'static str, String)> {
        carried(&self.asks, &[])
    }

    /// Why a week of follow-up is too much.
    fn modest(&self) -> &'static str {
        let t = self.layout.t;
        if self.wish.is_small() { t.guide_out_small_text() } else { t.guide_out_short_text() }
    }

    fn total(&self) -> i64 {
        number(self.proposal.rows.len())
    }

    /// How many are ticked.
    fn ticks(&self) -> i64 {
        self.ticked.as_ref().map_or_else(|| self.total(), |ticked| number(ticked.len()))
    }

    fn verdict(&self) -> Verdict {
        self.budget.verdict()
    }

    /// `Handskar, tvätteritjänster`.
    fn groups_chosen(&self) -> String {
        let names = self.data.groups.iter().map(|group| group.in_lang(self.layout.lang));
        names
            .enumerate()
            .map(|(place, name)| if place == 0 { name.to_owned() } else { small(name) })
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn contract(&self) -> String {
        let t = self.layout.t;
        let parts = [
            self.wish.value.map(|value| t.guide_fact_value(value)),
            self.wish.years.map(|years| t.guide_fact_years(years)),
            self.wish.hours.map(|hours| t.guide_fact_hours(hours)),
        ];
        let said: Vec<String> = parts.into_iter().flatten().collect();
        if said.is_empty() { t.guide_fact_nothing().to_owned() } else { said.join(", ") }
    }

    fn ambition(&self) -> &'static str {
        names::level(&self.layout.t, &self.wish.ambition)
    }

    /// More than was looked at.
    fn unseen(&self) -> Option<i64> {
        Some(self.data.total - number(LOOKED_AT)).filter(|unseen| *unseen > 0)
    }

    /// The list of what is above the ambition.
    fn above(&self) -> String {
        let levels = Level::ALL.iter().filter(|level| **level > self.wish.ambition);
        let levels = levels.filter_map(|level| words::word(words::LEVELS, level.code())).map(|word| ("niva", word));
        self.list(levels)
    }

    /// The list of everything in the groups.
    fn everything(&self) -> String {
        self.list(std::iter::empty())
    }

    fn list<'a>(&'a self, more: impl Iterator<Item = (&'a str, &'a str)>) -> String {
        let groups = self.data.groups.iter().map(|group| ("omrade", group.slug.as_str()));
        links::with_query(&self.layout.href(links::REQUIREMENTS), groups.chain(more))
    }

    fn requirement(&self, line: &Line) -> String {
        links::requirement(self.layout.lang, line.id())
    }

    /// What is to be put into the selection, with the reason for each.
    fn wanted(&self) -> Vec<Wanted> {
        let t = self.layout.t;
        let proposed = self.proposal.rows.iter().map(|(place, reason)| {
            let reason = why(&t, self.data.rows[*place].level, *reason);
            (*place, reason)
        });
        let own = self.proposal.out.iter().map(|(place, reason)| (*place, t.guide_why_own(out(&t, *reason))));
        let wanted = proposed.chain(own).map(|(place, reason)| (self.data.rows[place].id(), reason));
        let ticked = wanted.filter(|(number, _)| self.ticked.as_ref().is_some_and(|ticked| ticked.contains(&number.get())));
        ticked.map(|(number, reason)| Wanted { number, version: None, reason }).collect()
    }
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The page, made anew from what was chosen; nothing where a step before it has to be done again.
async fn proposed(visit: &Visit, asks: Asks) -> Result<std::result::Result<ProposalPage, Response>> {
    let t = visit.texts();
    let again = |step| Ok(Err(see_other(&asks.again(visit.lang, step))));
    if let Some(step) = asks.unfinished(Step::Proposal, t) {
        return again(step);
    }
    let Some(wish) = asks.wish(visit.app.settings.effort_hours) else { return again(Step::Ambition) };
    let groups = asks.groups();
    let mut connection = visit.app.db.read().await?;
    let catalogue = Catalogue::of(&visit.app);
    let (viewer, now, today) = (&visit.viewer, visit.now, visit.today());
    let data = candidates::candidates(&mut connection, &catalogue, viewer, now, today, &groups, wish.ambition).await?;
    drop(connection);
    let candidates: Vec<_> = data.rows.iter().map(Line::candidate).collect();
    let proposal = propose(&candidates, &wish);
    let efforts = proposal.rows.iter().map(|(place, _)| data.rows[*place].effort);
    let narrow = |n: Option<i64>| n.and_then(|n| i32::try_from(n).ok());
    let budget = Budget::of(efforts, wish.each, narrow(wish.hours), narrow(wish.years));
    let faults = Faults::default();
    let layout = layout(visit, Step::Proposal, t.guide_proposal_heading(), "", &faults);
    let mut page = ProposalPage { layout, asks, wish, data, proposal, budget, ticked: None, name: String::new(), faults };
    page.name = page.groups_chosen().chars().take(MOST_NAME).collect();
    page.layout = page.framed(visit);
    Ok(Ok(page))
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    match proposed(&visit, asks).await? {
        Ok(page) => html(&page),
        Err(elsewhere) => Ok(elsewhere),
    }
}

async fn send(visit: Visit, client: Client, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let asks = Asks::of(form.grupp, form.varde, form.ar, form.timmar, form.niva);
    let mut page = match proposed(&visit, asks).await? {
        Ok(page) => page,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let numbers = form.krav.iter().filter_map(|krav| RequirementNumber::parse_loosely(krav));
    page.ticked = Some(numbers.map(RequirementNumber::get).collect());
    page.name = line(&form.namn);
    if is_draft {
        return Ok(unkept(html(&page)?));
    }
    let wanted = page.wanted();
    check_name(&visit, &mut page.faults, &page.name);
    if wanted.is_empty() {
        let field = page.ticks_at();
        page.faults.add(field, visit.texts().guide_proposal_none_ticked());
    }
    if !page.faults.is_empty() {
        page.layout = page.framed(&visit);
        return Ok(unkept((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response()));
    }
    let narrow = |n: Option<i64>| n.and_then(|n| i32::try_from(n).ok());
    let planned = Planned { name: &page.name, follow_up_hours: narrow(page.wish.hours), contract_years: narrow(page.wish.years) };
    adding::put_planned(&visit, &client, planned, &wanted, &back(&page.layout, &page.asks, Step::Proposal)).await
}
