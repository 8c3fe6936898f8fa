//! Who else opens a selection: colleagues, and anybody with a link: `/korgar/…/delning`.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use time::Duration;
use uuid::Uuid;

use super::own::{self, Back};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            At, Crumb, Drafted, Faults, Flash, Layout, Routes, SelectionKey, Sent, Visit, again, html, links, see_other, unkept,
        },
    },
    selections::{
        Holder,
        policy::Colleagues,
        reads::shares::{Share, Sharing, sharing},
        workflow::share::{self, MOST_LINKS},
    },
};

/// How many days a link can last; the second is offered.
const DAYS: [i64; 3] = [30, 90, 365];

/// Where it is.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::SELECTION_SHARES, Right::ReadPublished, list)
        .form(links::SELECTION_SHARES, Right::MakeSelection, make)
        .post(links::SHARE_REVOCATION, Right::MakeSelection, revoke)
        .post(links::SHARE_RETURN, Right::MakeSelection, restore)
        .page(links::SHARE_REVOCATION, Right::ReadPublished, elsewhere)
        .page(links::SHARE_RETURN, Right::ReadPublished, elsewhere)
}

/// What was chosen.
#[derive(Debug, Deserialize)]
#[serde(default)]
pub struct Form {
    /// How long a link is to last.
    pub dagar: String,
    /// What colleagues may do; empty where that is not what the form is about.
    pub kollegor: String,
    /// The colleague who is to have the selection.
    pub till: String,
}

impl Default for Form {
    fn default() -> Self {
        Self { dagar: DAYS[1].to_string(), kollegor: String::new(), till: String::new() }
    }
}

#[derive(Template)]
#[template(path = "selections/sharing.html")]
struct SharingPage {
    layout: Layout,
    id: Uuid,
    sharing: Sharing,
    now: time::OffsetDateTime,
    form: Form,
    faults: Faults,
}

impl SharingPage {
    fn action(&self) -> String {
        format!("{}#{}", links::in_selection(self.layout.lang, self.id, "delning"), links::FAULTS)
    }

    fn colleagues_action(&self) -> String {
        format!("{}#{}", links::in_selection(self.layout.lang, self.id, "delning/kollegor"), links::FAULTS)
    }

    fn handover_action(&self) -> String {
        format!("{}#{}", links::in_selection(self.layout.lang, self.id, "overlamning"), links::FAULTS)
    }

    /// The organisation that it belongs to.
    fn organisation(&self) -> String {
        let who = self.layout.who.as_ref().and_then(|who| who.membership());
        who.map(|membership| membership.name(self.layout.lang).to_owned()).unwrap_or_default()
    }

    /// What colleagues may do: word, name, whether it is chosen.
    fn choices(&self) -> [(&'static str, &'static str, bool); 3] {
        let t = self.layout.t;
        Colleagues::ALL.map(|choice| {
            let name = match choice {
                Colleagues::Nothing => t.selection_share_colleagues_nothing(),
                Colleagues::Read => t.selection_share_colleagues_read(),
                Colleagues::Edit => t.selection_share_colleagues_edit(),
            };
            let chosen = if self.form.kollegor.is_empty() {
                choice.number() == self.sharing.colleagues
            } else {
                word(choice) == self.form.kollegor
            };
            (word(choice), name, chosen)
        })
    }

    fn is_receiver(&self, person: &Uuid) -> bool {
        self.form.till == person.to_string()
    }

    fn back(&self) -> String {
        links::selection(self.layout.lang, self.id)
    }

    fn days(&self) -> Vec<(String, String, bool)> {
        let choice =
            |days: i64| (days.to_string(), self.layout.t.selection_share_days(days), self.form.dagar == days.to_string());
        DAYS.into_iter().map(choice).collect()
    }

    /// The whole address of a link, in the language of the page.
    fn address(&self, share: &Share) -> String {
        let key = SelectionKey::parse(&share.key).map(|key| links::link(self.layout.lang, &key)).unwrap_or_default();
        format!("{}{key}", self.layout.base_url)
    }

    /// The id of its element.
    fn anchor(&self, share: &Share) -> String {
        format!("lank-{}", share.id)
    }

    fn works(&self, share: &Share) -> bool {
        share.works(self.now)
    }

    fn revocation(&self, share: &Share) -> String {
        links::in_selection(self.layout.lang, self.id, &format!("delning/{}/tillbakadragande", share.id))
    }

    /// The last whole day on which it works.
    fn last_day(&self, share: &Share) -> String {
        self.layout.lang.day_of(share.expires_at - Duration::SECOND)
    }

    fn has_room(&self) -> bool {
        i64::try_from(self.sharing.shares.len()).unwrap_or(i64::MAX) < MOST_LINKS
    }

    fn place(&self, index: &usize) -> i64 {
        i64::try_from(self.sharing.shares.len() - index).unwrap_or(i64::MAX)
    }
}

/// The word of a choice in the form.
pub fn word(choice: Colleagues) -> &'static str {
    match choice {
        Colleagues::Nothing => "inget",
        Colleagues::Read => "lasa",
        Colleagues::Edit => "andra",
    }
}

/// The page, for the owner alone.
///
/// # Errors
/// [`Error::NotFound`] for who does not decide about it, and when the database is away.
pub async fn show(visit: &Visit, id: Uuid, form: Form, faults: Faults) -> Result<Response> {
    let holder = Holder::asking(visit).ok_or(Error::NotFound)?;
    let mut connection = visit.app.db.read().await?;
    let sharing = sharing(&mut connection, &holder, id, visit.now).await?.ok_or(Error::NotFound)?;
    drop(connection);
    let name = sharing.name.clone();
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.selections_heading(), links::localized(visit.lang, links::SELECTIONS)),
        Crumb::link(&name, links::selection(visit.lang, id)),
        Crumb::here(t.selection_share_heading()),
    ];
    let layout = visit.layout(&t.selection_share_title(&name), "selections", crumbs);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&SharingPage { layout, id, sharing, now: visit.now, form, faults })?))
}

async fn list(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    show(&visit, id, Form::default(), Faults::default()).await
}

/// Where the list of links is, at one of them.
fn at(visit: &Visit, id: Uuid, share: Uuid) -> String {
    format!("{}#lank-{share}", links::in_selection(visit.lang, id, "delning"))
}

async fn make(visit: Visit, At(id): At<Uuid>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    if is_draft {
        return show(&visit, id, form, Faults::default()).await;
    }
    let t = visit.texts();
    let mut tx = visit.app.db.begin().await?;
    let permit = own::decided(&mut tx, &visit, id).await?;
    let Some(days) = DAYS.into_iter().find(|days| days.to_string() == form.dagar) else {
        drop(tx);
        let mut faults = Faults::default();
        faults.add("dagar", t.selection_share_lasts_fault());
        let page = show(&visit, id, form, faults).await?;
        return again(Faults::default(), |_| Ok(page));
    };
    let ends = visit.now + Duration::days(days);
    let Some(made) = share::make(&mut tx, &permit, visit.now, ends).await? else {
        drop(tx);
        let page = show(&visit, id, form, Faults::general(t.selection_share_too_many(MOST_LINKS))).await?;
        return again(Faults::default(), |_| Ok(page));
    };
    tx.commit().await?;
    let flash = Flash { at: Some(format!("lank-{made}")), ..Flash::new(t.selection_share_made()) };
    Ok(own::back(&visit, &at(&visit, id, made), None, Some(&flash)))
}

async fn revoke(visit: Visit, At((id, link)): At<(Uuid, Uuid)>, Sent(_): Sent<Back>) -> Result<Response> {
    let t = visit.texts();
    let mut tx = visit.app.db.begin().await?;
    let permit = own::decided(&mut tx, &visit, id).await?;
    share::revoke(&mut tx, &permit, link, visit.now).await?;
    tx.commit().await?;
    let flash = Flash {
        at: Some(format!("lank-{link}")),
        undo: Some((
            t.selection_share_undo().to_owned(),
            links::in_selection(visit.lang, id, &format!("delning/{link}/aterstallning")),
        )),
        ..Flash::new(t.selection_share_revoked())
    };
    Ok(own::back(&visit, &at(&visit, id, link), None, Some(&flash)))
}

async fn restore(visit: Visit, At((id, link)): At<(Uuid, Uuid)>, Sent(_): Sent<Back>) -> Result<Response> {
    let t = visit.texts();
    let mut tx = visit.app.db.begin().await?;
    let permit = own::decided(&mut tx, &visit, id).await?;
    let done = share::restore(&mut tx, &permit, link).await?;
    tx.commit().await?;
    let said = if done { t.selection_share_restored() } else { t.selection_share_not_restored() };
    let flash = Flash { at: done.then(|| format!("lank-{link}")), ..Flash::new(said) };
    Ok(own::back(&visit, &at(&visit, id, link), None, Some(&flash)))
}

/// Whoever asks for the address of a form by hand is shown the links.
async fn elsewhere(visit: Visit, At((id, _)): At<(Uuid, Uuid)>) -> Response {
    see_other(&links::in_selection(visit.lang, id, "delning"))
}
