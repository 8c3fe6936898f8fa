//! What is said of one organisation, and a new one.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{Entry, frame, to_faults, told};
use crate::{
    admin::reads::organisations::{self as read, Organisation},
    kernel::{
        error::{Error, Result},
        i18n::Texts,
        rights::Right,
        web::{At, Drafted, Faults, Layout, Routes, Visit, again, html, line, lines, links, unkept},
    },
    organisations::{self, Edited, Facts, Kind, New, is_slug},
};

/// Both forms, and where they are sent.
pub(in crate::admin) fn routes() -> Routes {
    let right = Right::ManageAccounts;
    Routes::new()
        .swedish_page(links::ADMIN_ORGANISATION_NEW, right, new_page)
        .swedish_proved_form(links::ADMIN_ORGANISATION_NEW, right, add)
        .swedish_page(links::ADMIN_ORGANISATION, right, page)
        .swedish_proved_form(links::ADMIN_ORGANISATION, right, edit)
}

const MOST_NAME: usize = 200;
const MOST_SHORT: usize = 30;
const MOST_ABOUT: usize = 2_000;
const MOST_HOMEPAGE: usize = 400;

/// What a kind is called.
pub(super) fn kind_name(t: &Texts, kind: Kind) -> &'static str {
    match kind {
        Kind::Region => t.admin_kind_region(),
        Kind::NationalBody => t.admin_kind_national_body(),
        Kind::IndustryBody => t.admin_kind_industry_body(),
        Kind::ContractingAuthority => t.admin_kind_contracting_authority(),
        Kind::Supplier => t.admin_kind_supplier(),
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    slug: String,
    slag: String,
    namn: String,
    namn_en: String,
    kort: String,
    kort_en: String,
    om: String,
    om_en: String,
    webb: String,
}

impl Form {
    fn of(slug: &str, there: &Organisation) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            slug: slug.to_owned(),
            slag: there.kind.clone(),
            namn: there.name_sv.clone(),
            namn_en: there.name_en.clone(),
            kort: text(&there.short_sv),
            kort_en: text(&there.short_en),
            om: there.about_sv.clone(),
            om_en: there.about_en.clone(),
            webb: text(&there.homepage),
        }
    }

    fn clean(self) -> Self {
        Self {
            slug: line(&self.slug),
            slag: self.slag,
            namn: line(&self.namn),
            namn_en: line(&self.namn_en),
            kort: line(&self.kort),
            kort_en: line(&self.kort_en),
            om: lines(&self.om),
            om_en: lines(&self.om_en),
            webb: line(&self.webb),
        }
    }

    /// What it says, where it can be said.
    fn facts(&self, t: Texts, faults: &mut Faults) -> Option<Facts> {
        let kind = Kind::from_code(&self.slag);
        if kind.is_none() {
            faults.add("slag", t.admin_organisation_kind_missing());
        }
        for (field, value, missing) in [
            ("namn", &self.namn, t.admin_organisation_name_missing()),
            ("namn_en", &self.namn_en, t.admin_organisation_name_en_missing()),
        ] {
            if value.is_empty() {
                faults.add(field, missing);
            }
            faults.check_length(t, field, value, MOST_NAME);
        }
        faults.check_length(t, "kort", &self.kort, MOST_SHORT);
        faults.check_length(t, "kort_en", &self.kort_en, MOST_SHORT);
        if self.kort.is_empty() != self.kort_en.is_empty() {
            faults.add(if self.kort.is_empty() { "kort" } else { "kort_en" }, t.admin_organisation_short_both());
        }
        faults.check_length(t, "webb", &self.webb, MOST_HOMEPAGE);
        let is_address = self.webb.starts_with("https://") && self.webb.len() > 8 && !self.webb.contains(char::is_whitespace);
        if !self.webb.is_empty() && !is_address {
            faults.add("webb", t.admin_organisation_homepage_wrong());
        }
        faults.check_length(t, "om", &self.om, MOST_ABOUT);
        faults.check_length(t, "om_en", &self.om_en, MOST_ABOUT);
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let kind = kind.filter(|_| faults.is_empty())?;
        Some(Facts {
            kind,
            name_sv: self.namn.clone(),
            name_en: self.namn_en.clone(),
            short_sv: some(&self.kort),
            short_en: some(&self.kort_en),
            about_sv: self.om.clone(),
            about_en: self.om_en.clone(),
            homepage: some(&self.webb),
        })
    }
}

#[derive(Template)]
#[template(path = "admin/organisation.html")]
struct OrganisationPage {
    layout: Layout,
    menu: Vec<Entry>,
    form: Form,
    faults: Faults,
    is_new: bool,
}

impl OrganisationPage {
    fn action(&self) -> String {
        if self.is_new {
            return to_faults(links::ADMIN_ORGANISATION_NEW);
        }
        to_faults(&links::admin(links::ADMIN_ORGANISATION, &self.form.slug))
    }

    /// A region stays one, and nothing else becomes one.
    fn kinds(&self) -> Vec<(&'static str, &'static str)> {
        let region = self.form.slag == Kind::Region.code() && !self.is_new;
        let t = self.layout.t;
        Kind::ALL
            .iter()
            .filter(|kind| (**kind == Kind::Region) == region)
            .map(|kind| (kind.code(), kind_name(&t, *kind)))
            .collect()
    }

    fn heading(&self) -> &str {
        if self.is_new { self.layout.t.admin_organisation_new() } else { &self.form.namn }
    }

    fn public(&self) -> String {
        links::organisation(self.layout.lang, &self.form.slug)
    }

    fn most_name(&self) -> usize {
        MOST_NAME
    }

    fn most_short(&self) -> usize {
        MOST_SHORT
    }

    fn most_about(&self) -> usize {
        MOST_ABOUT
    }

    fn most_homepage(&self) -> usize {
        MOST_HOMEPAGE
    }
}

fn show(visit: &Visit, form: Form, faults: Faults, title: &str, is_new: bool) -> Result<Response> {
    let t = visit.texts();
    let above = Some((t.admin_organisations(), links::ADMIN_ORGANISATIONS.to_owned()));
    let (layout, menu) = frame(visit, title, "", above);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&OrganisationPage { layout, menu, form, faults, is_new })?))
}

async fn read(visit: &Visit, slug: &str) -> Result<Organisation> {
    read::organisation(&mut *visit.app.db.read().await?, slug).await?.ok_or(Error::NotFound)
}

async fn page(visit: Visit, At(slug): At<String>) -> Result<Response> {
    let there = read(&visit, &slug).await?;
    show(&visit, Form::of(&slug, &there), Faults::default(), &there.name_sv, false)
}

async fn new_page(visit: Visit) -> Result<Response> {
    let form = Form { slag: Kind::Supplier.code().to_owned(), ..Form::default() };
    show(&visit, form, Faults::default(), visit.texts().admin_organisation_new(), true)
}

/// Writes what is said of it, in a transaction of its own where `tx` brings none.
async fn write(visit: &Visit, tx: &mut sqlx::PgConnection, id: Uuid, facts: &Facts, faults: &mut Faults) -> Result<bool> {
    let t = visit.texts();
    match organisations::edit(tx, &visit.actor(), id, facts, visit.now).await? {
        Edited::Yes | Edited::WasSo => return Ok(true),
        Edited::NoSuch => return Err(Error::NotFound),
        Edited::NameTaken => faults.add("namn", t.admin_organisation_name_taken()),
        Edited::Kind => faults.add("slag", t.admin_organisation_kind_fixed()),
    }
    Ok(false)
}

async fn edit(visit: Visit, At(slug): At<String>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let there = read(&visit, &slug).await?;
    let (t, mut faults) = (visit.texts(), Faults::default());
    let form = Form { slug: slug.clone(), ..form.clean() };
    if is_draft {
        return show(&visit, form, faults, &there.name_sv, false);
    }
    if let Some(facts) = form.facts(t, &mut faults) {
        let mut tx = visit.app.db.begin().await?;
        if write(&visit, &mut tx, there.id, &facts, &mut faults).await? {
            tx.commit().await?;
            return Ok(told(&visit, &links::admin(links::ADMIN_ORGANISATION, &slug), t.admin_organisation_saved()));
        }
    }
    again(faults, |faults| show(&visit, form, faults, &there.name_sv, false))
}

async fn add(visit: Visit, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let (t, mut faults, form) = (visit.texts(), Faults::default(), form.clean());
    if is_draft {
        return show(&visit, form, faults, t.admin_organisation_new(), true);
    }
    if !is_slug(&form.slug) || form.slug.starts_with('-') || form.slug.ends_with('-') || form.slug.contains("--") {
        faults.add("slug", t.admin_organisation_slug_wrong());
    }
    if form.slag == Kind::Region.code() {
        faults.add("slag", t.admin_organisation_kind_fixed());
    }
    if let Some(facts) = form.facts(t, &mut faults) {
        let mut tx = visit.app.db.begin().await?;
        let new = New {
            slug: form.slug.clone(),
            kind: facts.kind,
            // Two of one name are found by what is written next.
            name_sv: form.slug.clone(),
            name_en: form.slug.clone(),
            about_sv: String::new(),
            about_en: String::new(),
        };
        let added = organisations::add(&mut tx, &visit.actor(), &new, visit.now).await.map_err(refused)?;
        if added {
            let id = organisations::find(&mut tx, &form.slug).await?.ok_or(Error::NotFound)?;
            if write(&visit, &mut tx, id, &facts, &mut faults).await? {
                tx.commit().await?;
                return Ok(told(&visit, &links::admin(links::ADMIN_ORGANISATION, &form.slug), t.admin_organisation_added()));
            }
        } else {
            faults.add("slug", t.admin_organisation_slug_taken());
        }
    }
    again(faults, |faults| show(&visit, form, faults, t.admin_organisation_new(), true))
}

fn refused(refused: organisations::Refused) -> Error {
    match refused {
        organisations::Refused::Right => Error::NotAllowed,
        organisations::Refused::Database(error) => error.into(),
    }
}
