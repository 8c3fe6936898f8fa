//! The form for what is said of an area or a group, and its page.

use std::collections::BTreeSet;

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    curation::reads::tree::{GroupFacts, Period, Place},
    kernel::{
        error::Result,
        i18n::Texts,
        web::{Crumb, Faults, Layout, Visit, html, line, lines, links, unkept},
    },
    taxonomy::{Facts, bare_code},
};

/// The word by which a period is taken away.
pub(super) const REMOVES: &str = "ta-bort";
const MOST_NAME: usize = 120;
const MOST_ABOUT: usize = 2_000;
const MOST_CODES: usize = 4_000;

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    namn: String,
    namn_en: String,
    om: String,
    om_en: String,
    cpv: String,
    /// The area of a new group.
    pub(super) omrade: String,
    /// The lock that was seen.
    pub(super) las: String,
}

impl Form {
    /// What there is.
    pub(super) fn of(place: &Place, codes: &[String]) -> Self {
        Self {
            namn: place.name_sv.clone(),
            namn_en: place.name_en.clone(),
            om: place.description_sv.clone(),
            om_en: place.description_en.clone(),
            cpv: codes.join("\n"),
            omrade: String::new(),
            las: place.lock.to_string(),
        }
    }

    /// An empty one for a group in this area.
    pub(super) fn in_area(area: String) -> Self {
        Self { omrade: area, ..Self::default() }
    }

    /// The same without what nobody means.
    pub(super) fn clean(self) -> Self {
        Self {
            namn: line(&self.namn),
            namn_en: line(&self.namn_en),
            om: lines(&self.om),
            om_en: lines(&self.om_en),
            cpv: lines(&self.cpv),
            omrade: line(&self.omrade),
            las: line(&self.las),
        }
    }

    /// The lock that was seen; none that there is where it is no number.
    pub(super) fn lock(&self) -> i32 {
        self.las.parse().unwrap_or_default()
    }

    /// What it says, or what is wrong with it.
    pub(super) fn said(&self, t: Texts) -> Result<(Facts, Vec<String>), Faults> {
        let mut faults = Faults::default();
        for (field, value, missing) in
            [("namn", &self.namn, t.curation_name_missing()), ("namn_en", &self.namn_en, t.curation_name_en_missing())]
        {
            if value.is_empty() {
                faults.add(field, missing);
            }
            faults.check_length(t, field, value, MOST_NAME);
        }
        faults.check_length(t, "om", &self.om, MOST_ABOUT);
        faults.check_length(t, "om_en", &self.om_en, MOST_ABOUT);
        faults.check_length(t, "cpv", &self.cpv, MOST_CODES);
        let mut codes = BTreeSet::new();
        let parts = self.cpv.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|part| !part.is_empty());
        for part in parts {
            if let Some(code) = bare_code(part) {
                codes.insert(code);
            } else if faults.of("cpv").is_none() {
                faults.add("cpv", t.curation_code_wrong(part));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let facts = Facts {
            name_sv: self.namn.clone(),
            name_en: self.namn_en.clone(),
            about_sv: self.om.clone(),
            about_en: self.om_en.clone(),
        };
        Ok((facts, codes.into_iter().collect()))
    }
}

/// An owner that is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct OwnerForm {
    pub(super) bokstav: String,
    pub(super) fran: String,
    pub(super) till: String,
    /// `lagg-till`, or `ta-bort`.
    pub(super) gor: String,
    /// `ja`: that a period is meant to be taken away.
    pub(super) bekrafta: String,
}

/// What a group has beside what is said of it.
#[derive(Debug)]
pub(super) struct OfGroup {
    pub(super) facts: GroupFacts,
    pub(super) letters: Vec<(String, String)>,
    pub(super) owner: OwnerForm,
}

#[derive(Template)]
#[template(path = "curation/place.html")]
pub(super) struct PlacePage {
    layout: Layout,
    faults: Faults,
    form: Form,
    heading: String,
    action: String,
    /// Whether there is no such place yet.
    is_new: bool,
    is_group: bool,
    /// What is stored, where somebody else has changed it meanwhile.
    stored: Option<Form>,
    is_retired: bool,
    public: Option<String>,
    change: Option<String>,
    owners: Option<OfGroup>,
}

impl PlacePage {
    fn most_name(&self) -> usize {
        MOST_NAME
    }

    fn most_about(&self) -> usize {
        MOST_ABOUT
    }

    fn most_codes(&self) -> usize {
        MOST_CODES
    }

    fn day(&self, day: Option<time::Date>) -> String {
        day.map(|day| self.layout.lang.date(day)).unwrap_or_default()
    }

    fn period(&self, period: &Period) -> String {
        self.layout.t.curation_period(self.day(period.from), self.day(period.to))
    }

    fn from(&self, period: &Period) -> String {
        period.from.map(|day| day.to_string()).unwrap_or_default()
    }

    /// The period that is asked about: whether it is to be taken away.
    fn asked<'a>(&self, group: &'a OfGroup) -> Option<&'a Period> {
        let owner = &group.owner;
        let meant = |period: &&Period| period.letter == owner.bokstav && self.from(period) == owner.fran;
        group.facts.owners.iter().find(meant).filter(|_| owner.gor == REMOVES)
    }

    /// What was typed of a new owner.
    fn new_owner(&self, group: &OfGroup) -> OwnerForm {
        if group.owner.gor == REMOVES { OwnerForm::default() } else { group.owner.clone() }
    }

    fn asks(&self, group: &OfGroup, period: &Period) -> String {
        let page = links::edited_group(group.facts.id, "");
        let asked = [("gor", REMOVES), ("bokstav", period.letter.as_str()), ("fran", &self.from(period))];
        format!("{}#fraga", links::with_query(&page, asked))
    }

    fn page(&self, group: &OfGroup) -> String {
        links::edited_group(group.facts.id, "")
    }

    fn owner_action(&self, id: &Uuid) -> String {
        super::to_faults(&links::edited_group(id, "agare"))
    }
}

fn above(visit: &Visit) -> Vec<Crumb> {
    vec![Crumb::link(visit.texts().curation_tree(), links::TAXONOMY.to_owned())]
}

/// The page of a new area, or of a new group in this area.
pub(super) fn show_new(visit: &Visit, form: Form, faults: Faults, in_area: Option<&str>) -> Result<Response> {
    let t = visit.texts();
    let title = in_area.map_or_else(|| t.curation_new_area().to_owned(), |area| t.curation_new_group_in(area));
    let to = if in_area.is_some() { links::TAXONOMY_NEW_GROUP } else { links::TAXONOMY_NEW_AREA };
    let page = PlacePage {
        layout: super::frame(visit, &title, above(visit), &faults),
        faults,
        form,
        heading: title,
        action: super::to_faults(to),
        is_new: true,
        is_group: in_area.is_some(),
        stored: None,
        is_retired: false,
        public: None,
        change: None,
        owners: None,
    };
    Ok(unkept(html(&page)?))
}

/// The page of an area; `form` is what was typed, if anything was.
pub(super) fn show_area(visit: &Visit, place: &Place, form: Option<Form>, faults: Faults) -> Result<Response> {
    let stored = Form::of(place, &[]);
    let (form, stored) = beside(form, stored);
    let page = PlacePage {
        layout: super::frame(visit, &visit.texts().curation_area_title(&place.name_sv), above(visit), &faults),
        faults,
        form,
        heading: place.name_sv.clone(),
        action: super::to_faults(&links::edited_area(&place.slug, "")),
        is_new: false,
        is_group: false,
        stored,
        is_retired: place.is_retired,
        public: Some(links::area(visit.lang, &place.slug)),
        change: Some(links::edited_area(&place.slug, links::TAXONOMY_CHANGE)),
        owners: None,
    };
    Ok(unkept(html(&page)?))
}

/// The page of a group; `form` is what was typed, if anything was.
pub(super) fn show_group(visit: &Visit, group: OfGroup, form: Option<Form>, faults: Faults) -> Result<Response> {
    let place = &group.facts.place;
    let (form, stored) = beside(form, Form::of(place, &group.facts.codes));
    let title = visit.texts().curation_group_title(&place.name_sv, &group.facts.area_name);
    let page = PlacePage {
        layout: super::frame(visit, &title, above(visit), &faults),
        faults,
        form,
        heading: place.name_sv.clone(),
        action: super::to_faults(&links::edited_group(group.facts.id, "")),
        is_new: false,
        is_group: true,
        stored,
        is_retired: place.is_retired,
        public: Some(links::group(visit.lang, &group.facts.area, &place.slug)),
        change: Some(links::edited_group(group.facts.id, links::TAXONOMY_CHANGE)),
        owners: Some(group),
    };
    Ok(unkept(html(&page)?))
}

/// What was typed, and what is stored where that is another than was seen; sent once more, it is written over what is stored.
fn beside(form: Option<Form>, stored: Form) -> (Form, Option<Form>) {
    match form {
        None => (stored, None),
        Some(form) if form.las == stored.las => (form, None),
        Some(form) => (Form { las: stored.las.clone(), ..form }, Some(stored)),
    }
}
