//! One member of an organisation: roles, and the end of the membership.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    organisation::{foreign, told},
    roles,
};
use crate::{
    accounts::{
        policy::joining::{LookAfter, Scope, may_give, member_role},
        reads::members::{self, Member, Organisation},
        workflow::members as workflow,
    },
    kernel::{
        actor::Role,
        error::{Error, Result},
        rights::Right,
        web::{At, Crumb, Layout, Routes, Sent, Visit, html, links, see_other, unkept},
    },
};

/// The page, and where its forms are sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new()
        .page(links::MEMBER, Right::Invite, page)
        .page(links::MEMBER_ROLES, Right::Invite, back)
        .post(links::MEMBER_ROLES, Right::Invite, set_roles)
        .page(links::MEMBER_END, Right::Invite, back)
        .post(links::MEMBER_END, Right::Invite, end)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    roll: Vec<String>,
}

#[derive(Template)]
#[template(path = "accounts/member.html")]
struct MemberPage {
    layout: Layout,
    organisation: Organisation,
    member: Member,
    /// The roles that may be given here beside that of a member; none where there is no such choice, or it is not theirs.
    gives: Vec<Role>,
    /// Whether the membership is theirs to end.
    ends: bool,
}

impl MemberPage {
    fn name(&self) -> &str {
        self.organisation.name(self.layout.lang)
    }

    fn role_name(&self, role: &Role) -> &'static str {
        roles::name(&self.layout.t, *role)
    }

    fn roles(&self) -> String {
        roles::names(&self.layout.t, &self.member.roles())
    }

    fn has(&self, role: &Role) -> bool {
        self.member.roles().contains(role)
    }

    fn set_roles(&self) -> String {
        links::in_member(self.layout.lang, self.member.id, links::ROLES)
    }

    fn end(&self) -> String {
        links::in_member(self.layout.lang, self.member.id, links::END)
    }

    fn organisation_page(&self) -> String {
        links::with_query(&self.layout.href(links::OWN_ORGANISATION), [("organisation", self.organisation.slug.as_str())])
    }
}

/// The membership with its organisation, where they are in somebody's scope.
async fn find(visit: &Visit, id: Uuid) -> Result<(Member, Organisation)> {
    let scope = Scope::of(&visit.actor()).ok_or(Error::NotAllowed)?;
    let mut connection = visit.app.db.read().await?;
    let found = members::members(&mut connection, None, Some(id), visit.now).await?;
    let member = found.into_iter().next().filter(|member| scope.holds(member.organisation)).ok_or(Error::NotFound)?;
    let organisation = members::organisation(&mut connection, Some(member.organisation), None).await?.ok_or(Error::NotFound)?;
    Ok((member, organisation))
}

async fn page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let (t, actor) = (visit.texts(), visit.actor());
    let (member, organisation) = match find(&visit, id).await {
        Err(Error::NotFound) => return foreign(&visit, "membership", id).await,
        found => found?,
    };
    let mut tx = visit.app.db.begin().await?;
    let permit = LookAfter::ask(&mut tx, &actor, id, visit.now).await?;
    tx.rollback().await?;
    let base = member_role(organisation.kind());
    let gives = may_give(&actor, organisation.kind()).into_iter().filter(|role| *role != base && permit.is_some()).collect();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.accounts_own(), links::localized(visit.lang, links::OWN)),
        Crumb::link(
            t.accounts_organisation(),
            links::with_query(
                &links::localized(visit.lang, links::OWN_ORGANISATION),
                [("organisation", organisation.slug.as_str())],
            ),
        ),
        Crumb::here(&member.name),
    ];
    let layout = visit.layout(&member.name, "own", crumbs);
    Ok(unkept(html(&MemberPage { layout, organisation, member, gives, ends: permit.is_some() })?))
}

async fn back(visit: Visit, At(id): At<Uuid>) -> Response {
    see_other(&links::member(visit.lang, id))
}

async fn set_roles(visit: Visit, At(id): At<Uuid>, Sent(form): Sent<Form>) -> Result<Response> {
    let organisation = match find(&visit, id).await {
        Err(Error::NotFound) => return foreign(&visit, "membership", id).await,
        found => found?.1,
    };
    let wanted: Option<Vec<Role>> = form.roll.iter().map(|code| Role::from_code(code)).collect();
    let wanted = wanted.ok_or_else(|| Error::BadRequest("roll: no such role".to_owned()))?;
    let mut tx = visit.app.db.begin().await?;
    let permit = LookAfter::ask(&mut tx, &visit.actor(), id, visit.now).await?.ok_or(Error::NotAllowed)?;
    let set = workflow::set_roles(&mut tx, &permit, &wanted, visit.now).await?;
    tx.commit().await?;
    if !set {
        return Err(Error::NotAllowed);
    }
    Ok(told(&visit, &organisation.slug, visit.texts().accounts_member_roles_set()))
}

async fn end(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let (member, organisation) = match find(&visit, id).await {
        Err(Error::NotFound) => return foreign(&visit, "membership", id).await,
        found => found?,
    };
    let mut tx = visit.app.db.begin().await?;
    let permit = LookAfter::ask(&mut tx, &visit.actor(), id, visit.now).await?.ok_or(Error::NotAllowed)?;
    workflow::end_membership(&mut tx, &permit, visit.now).await?;
    tx.commit().await?;
    Ok(told(&visit, &organisation.slug, visit.texts().accounts_member_ended(&member.name)))
}
