//! One organisation: `/organisationer/region-norrbotten`.

use askama::Template;
use axum::response::Response;

use super::organisations::of_kind;
use crate::{
    kernel::{
        error::{Error, Result},
        i18n::Lang,
        rights::Right,
        web::{At, Crumb, Layout, Routes, Visit, html, links},
    },
    organisations::{Kind, is_slug},
    portal::{
        labels,
        reads::{
            area::When,
            organisation::{self as read, OrganisationData, Ownership},
            words::first_sentence,
        },
    },
    search::catalogue::Catalogue,
};

/// Where the pages are.
pub fn routes() -> Routes {
    Routes::new().page(links::ORGANISATION, Right::ReadPublished, page)
}

#[derive(Template)]
#[template(path = "portal/organisation.html")]
struct OrganisationPage {
    layout: Layout,
    data: OrganisationData,
}

impl OrganisationPage {
    fn lang(&self) -> Lang {
        self.layout.lang
    }

    fn is_region(&self) -> bool {
        self.data.kind == Kind::Region
    }

    fn owned(&self, when: When) -> Vec<&Ownership> {
        self.data.owned.iter().filter(|owned| owned.when == when).collect()
    }

    fn now(&self) -> Vec<&Ownership> {
        self.owned(When::Now)
    }

    /// What begins later, the next first.
    fn later(&self) -> Vec<&Ownership> {
        let mut later = self.owned(When::Later);
        later.sort_by_key(|owned| owned.first_day());
        later
    }

    fn earlier(&self) -> Vec<&Ownership> {
        self.owned(When::Earlier)
    }

    /// Requirements in force in what it looks after today.
    fn total(&self) -> i64 {
        self.now().iter().map(|owned| owned.count).sum()
    }

    /// All of them in the list.
    fn all(&self) -> String {
        self.requirements(&self.now())
    }

    /// Those of one group in the list.
    fn of_group(&self, owned: &Ownership) -> String {
        self.requirements(&[owned])
    }

    fn requirements(&self, groups: &[&Ownership]) -> String {
        let paths: Vec<String> = groups.iter().map(|owned| owned.path()).collect();
        links::with_query(&self.layout.href(links::REQUIREMENTS), paths.iter().map(|path| ("omrade", path.as_str())))
    }

    fn area(&self, slug: &str) -> String {
        links::area(self.lang(), slug)
    }

    fn group(&self, owned: &Ownership) -> String {
        links::group(self.lang(), &owned.area.slug, &owned.group.slug)
    }

    fn procurement_area(&self, letter: &str) -> String {
        links::procurement_area(self.lang(), letter)
    }

    fn organisation(&self, slug: &str) -> String {
        links::organisation(self.lang(), slug)
    }

    fn of_kind(&self) -> String {
        of_kind(self.lang(), self.data.kind)
    }

    /// An address without what goes without saying.
    fn site(&self, url: &str) -> String {
        url.trim_start_matches("https://").trim_end_matches('/').to_owned()
    }
}

async fn page(visit: Visit, At(slug): At<String>) -> Result<Response> {
    // Nothing else is ever a slug.
    if !is_slug(&slug) {
        return Err(Error::NotFound);
    }
    let mut connection = visit.app.db.read().await?;
    let catalogue = Catalogue::of(&visit.app);
    let data =
        read::organisation(&mut connection, &catalogue, &visit.viewer, visit.now, visit.today(), visit.lang, &slug).await?;
    drop(connection);
    let data = data.ok_or(Error::NotFound)?;
    let (t, lang) = (visit.texts(), visit.lang);
    let name = data.name.in_lang(lang);
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(lang, links::START)),
        Crumb::link(t.organisations_heading(), links::localized(lang, links::ORGANISATIONS)),
        Crumb::here(data.short(lang)),
    ];
    let about = first_sentence(data.about(lang).text);
    let kind = labels::organisation(&t, &data.kind);
    let description = if about.is_empty() { t.organisation_description(name, kind) } else { about.to_owned() };
    let layout = visit.layout(name, "", crumbs).described(description);
    html(&OrganisationPage { layout, data })
}
