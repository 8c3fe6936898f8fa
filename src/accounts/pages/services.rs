//! The services that one comes in through: which are linked, how to link another, how to take one away.

use askama::Template;
use axum::response::Response;
use uuid::Uuid;

use super::{organisation::foreign, prove};
use crate::{
    accounts::{
        policy::{Own, factor::Fresh, identity::Unlink},
        reads::identity::{self, Identity},
        workflow,
    },
    kernel::{
        config::OidcProvider,
        error::{Error, Result},
        rights::Right,
        web::{At, Crumb, Flash, Layout, Routes, Visit, Who, carry_flash, html, links, see_other, unkept},
    },
};

/// The list, and where its buttons are sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new().page(links::OWN_SERVICES, Right::OwnAccount, page).page(links::SERVICE_REMOVAL, Right::OwnAccount, back).post(
        links::SERVICE_REMOVAL,
        Right::OwnAccount,
        remove,
    )
}

#[derive(Template)]
#[template(path = "accounts/services.html")]
struct ServicesPage {
    layout: Layout,
    linked: Vec<Identity>,
    services: Vec<OidcProvider>,
}

impl ServicesPage {
    /// What a service is called; its address where it is not one of those that are set any more.
    fn name<'a>(&'a self, identity: &'a Identity) -> &'a str {
        self.services.iter().find(|one| one.issuer == identity.issuer).map_or(&identity.issuer, |one| &one.name)
    }

    fn moment(&self, at: &time::OffsetDateTime) -> String {
        self.layout.lang.moment(*at)
    }

    /// Those that are not linked.
    fn others(&self) -> Vec<&OidcProvider> {
        self.services.iter().filter(|one| self.linked.iter().all(|linked| linked.issuer != one.issuer)).collect()
    }

    fn link(&self, service: &OidcProvider) -> String {
        links::service_link(self.layout.lang, service.number)
    }

    fn removal(&self, identity: &Identity) -> String {
        links::service_removal(self.layout.lang, identity.id)
    }
}

async fn page(visit: Visit, who: Who) -> Result<Response> {
    let t = visit.texts();
    let linked = identity::identities(&mut *visit.app.db.read().await?, &who).await?;
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.accounts_own(), links::localized(visit.lang, links::OWN)),
        Crumb::link(t.accounts_account(), links::localized(visit.lang, links::OWN_ACCOUNT)),
        Crumb::here(t.accounts_service_heading()),
    ];
    let layout = visit.layout(t.accounts_service_heading(), "own", crumbs);
    let services = visit.app.settings.oidc.clone();
    Ok(unkept(html(&ServicesPage { layout, linked, services })?))
}

async fn back(visit: Visit) -> Response {
    see_other(&links::localized(visit.lang, links::OWN_SERVICES))
}

async fn remove(visit: Visit, who: Who, At(id): At<Uuid>) -> Result<Response> {
    let here = links::localized(visit.lang, links::OWN_SERVICES);
    let t = visit.texts();
    let mut tx = visit.app.db.begin().await?;
    let own = Own::ask(&mut tx, &who).await?.ok_or(Error::NotSignedIn)?;
    let Some(fresh) = Fresh::of(&mut tx, own, visit.now).await? else { return Ok(prove::first(&visit, &here)) };
    let Some(asked) = Unlink::ask(&mut tx, fresh, id).await? else {
        tx.rollback().await?;
        return foreign(&visit, "identity", id).await;
    };
    let text = match asked {
        Ok(permit) => {
            workflow::identity::unlink(&mut tx, &permit, visit.now).await?;
            t.accounts_service_removed()
        }
        Err(_) => t.accounts_service_last(),
    };
    tx.commit().await?;
    let mut response = see_other(&here);
    carry_flash(&mut response, &visit.app.settings, &Flash::new(text));
    Ok(response)
}
