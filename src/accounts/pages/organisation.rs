//! Who belongs to an organisation: members, invitations, applications, and whose addresses say that somebody works there.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use time::{Date, format_description::well_known::Iso8601};
use uuid::Uuid;

use super::{not_until, roles};
use crate::{
    accounts::{
        policy::joining::{Domains, Invite, Offered, Scope, may_invite},
        reads::{
            applications::{self, Waiting},
            invitations::{self, Invitation},
            members::{self, Member, Organisation},
            theirs::is_there,
        },
        workflow::{
            self,
            joining::{self, INVITATION_HOLDS, Sent as Outcome},
        },
    },
    kernel::{
        actor::Role,
        clock,
        error::{Error, Result},
        i18n::Lang,
        rights::Right,
        web::{
            Asked, At, Crumb, Faults, Flash, Layout, MOST_EMAIL, Routes, Sent, Visit, carry_flash, html, is_email, line, links,
            see_other, too_many, unkept,
        },
    },
    organisations::Senders,
};

/// The page, and where its forms are sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new()
        .page(links::OWN_ORGANISATION, Right::Invite, page)
        .page(links::ORGANISATION_INVITATIONS, Right::Invite, back)
        .post(links::ORGANISATION_INVITATIONS, Right::Invite, invite)
        .page(links::INVITATION_BACK, Right::Invite, back)
        .post(links::INVITATION_BACK, Right::Invite, take_back)
        .page(links::ORGANISATION_DOMAINS, Right::ApproveAccounts, back)
        .post(links::ORGANISATION_DOMAINS, Right::ApproveAccounts, add_domain)
        .page(links::DOMAIN_REMOVAL, Right::ApproveAccounts, back)
        .post(links::DOMAIN_REMOVAL, Right::ApproveAccounts, remove_domain)
}

/// `?organisation=region-skane`: whose, for those who look after all.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    organisation: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    pub(super) organisation: Uuid,
    epost: String,
    roll: String,
    sprak: String,
    doman: String,
    /// What another organisation was called that is not there.
    annan: String,
    omrade: String,
    till: String,
    pub(super) avsandare: String,
}

#[derive(Template)]
#[template(path = "accounts/organisation.html")]
struct OrganisationPage {
    layout: Layout,
    organisation: Organisation,
    members: Vec<Member>,
    invitations: Vec<Invitation>,
    waiting: Vec<Waiting>,
    gives: Vec<Role>,
    all: bool,
    person: Option<Uuid>,
    form: Form,
    faults: Faults,
}

impl OrganisationPage {
    fn name(&self) -> &str {
        self.organisation.name(self.layout.lang)
    }

    fn roles(&self, member: &Member) -> String {
        roles::names(&self.layout.t, &member.roles())
    }

    fn role(&self, invitation: &Invitation) -> String {
        roles::of_invitation(&self.layout, invitation)
    }

    fn role_name(&self, role: &Role) -> &'static str {
        roles::name(&self.layout.t, *role)
    }

    /// Whether an area coordinator may be invited: then there is an area to choose, and a last day.
    fn has_areas(&self) -> bool {
        self.gives.contains(&Role::AreaCoordinator)
    }

    fn letters(&self) -> [&'static str; 8] {
        roles::LETTERS
    }

    /// The choices of who sends, each by its word, with its name and whether it is the one.
    fn senders(&self) -> [(&'static str, &'static str, bool); 2] {
        let (t, now) = (self.layout.t, self.organisation.senders());
        Senders::ALL.map(|senders| {
            let name = match senders {
                Senders::Everybody => t.accounts_senders_everybody(),
                Senders::Entrusted => t.accounts_senders_entrusted(),
            };
            (senders.code(), name, senders == now)
        })
    }

    fn senders_action(&self) -> String {
        format!("{}#{}", self.layout.href(links::ORGANISATION_SENDERS), links::FAULTS)
    }

    fn languages(&self) -> [(&'static str, &'static str); 2] {
        [(Lang::Sv.code(), self.layout.t.accounts_language_sv()), (Lang::En.code(), self.layout.t.accounts_language_en())]
    }

    fn member(&self, member: &Member) -> String {
        links::member(self.layout.lang, member.id)
    }

    fn is_own(&self, member: &Member) -> bool {
        self.person == Some(member.person)
    }

    fn ends(&self, invitation: &Invitation) -> String {
        self.layout.lang.day_of(invitation.ends_at)
    }

    fn since(&self, waiting: &Waiting) -> String {
        self.layout.lang.moment(waiting.since)
    }

    fn page(&self) -> String {
        self.layout.href(links::OWN_ORGANISATION)
    }

    fn invite(&self) -> String {
        format!("{}#{}", self.layout.href(links::ORGANISATION_INVITATIONS), links::FAULTS)
    }

    fn take_back(&self, invitation: &Invitation) -> String {
        links::invitation_back(self.layout.lang, invitation.id)
    }

    fn application(&self, waiting: &Waiting) -> String {
        links::organisation_application(self.layout.lang, waiting.id)
    }

    fn domains(&self) -> String {
        format!("{}#{}", self.layout.href(links::ORGANISATION_DOMAINS), links::FAULTS)
    }

    fn domain_removal(&self) -> String {
        self.layout.href(links::DOMAIN_REMOVAL)
    }

    fn days(&self) -> i64 {
        INVITATION_HOLDS.whole_days()
    }

    fn most_email(&self) -> usize {
        MOST_EMAIL
    }
}

/// The organisation that is looked after: the own, or for those who look after all the one that is named.
pub(super) async fn find(visit: &Visit, id: Option<Uuid>, slug: Option<&str>) -> Result<Organisation> {
    let scope = Scope::of(&visit.actor()).ok_or(Error::NotAllowed)?;
    let own = visit.who.as_ref().and_then(|who| who.membership()).map(|membership| membership.organisation);
    let id = id.or(if slug.is_some() { None } else { own });
    let found = members::organisation(&mut *visit.app.db.read().await?, id, slug).await?.ok_or(Error::NotFound)?;
    if scope.holds(found.id) { Ok(found) } else { Err(Error::NotTheirs { kind: "organisation", id: found.id }) }
}

pub(super) async fn show(visit: &Visit, organisation: Organisation, mut form: Form, faults: Faults) -> Result<Response> {
    let (t, actor) = (visit.texts(), visit.actor());
    let id = organisation.id;
    let all = Scope::of(&actor) == Some(Scope::All);
    let mut connection = visit.app.db.read().await?;
    let mut members = members::members(&mut connection, Some(id), None, visit.now).await?;
    // Who waits stands in a list of their own.
    members.retain(|member| member.approved);
    let invitations = invitations::of_organisation(&mut connection, id, visit.now).await?;
    let waiting = applications::waiting(&mut connection, Some(id), visit.now).await?;
    drop(connection);
    let gives = may_invite(&actor, organisation.kind());
    if form.sprak.is_empty() {
        visit.lang.code().clone_into(&mut form.sprak);
    }
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.accounts_own(), links::localized(visit.lang, links::OWN)),
        Crumb::here(t.accounts_organisation()),
    ];
    let title = format!("{}: {}", organisation.name(visit.lang), t.accounts_organisation());
    let layout = visit.layout(&title, "own", crumbs);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let person = actor.person().0;
    Ok(unkept(html(&OrganisationPage { layout, organisation, members, invitations, waiting, gives, all, person, form, faults })?))
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let slug = Some(asks.organisation.as_str()).filter(|slug| !slug.is_empty());
    match find(&visit, None, slug).await {
        Err(Error::NotFound) if slug.is_some() && Scope::of(&visit.actor()) == Some(Scope::All) => {
            let mut faults = Faults::default();
            faults.add("annan", visit.texts().accounts_organisation_other_unknown());
            let form = Form { annan: line(&asks.organisation).chars().take(80).collect(), ..Form::default() };
            let own = find(&visit, None, None).await?;
            Ok((StatusCode::NOT_FOUND, show(&visit, own, form, faults).await?).into_response())
        }
        found => show(&visit, found?, Form::default(), Faults::default()).await,
    }
}

pub(super) async fn back(visit: Visit) -> Response {
    see_other(&links::localized(visit.lang, links::OWN_ORGANISATION))
}

/// Back to the page of an organisation.
pub(super) fn told(visit: &Visit, slug: &str, text: impl Into<String>) -> Response {
    let page = links::with_query(&links::localized(visit.lang, links::OWN_ORGANISATION), [("organisation", slug)]);
    let mut response = see_other(&page);
    carry_flash(&mut response, &visit.app.settings, &Flash::new(text.into()));
    response
}

/// That somebody asked for what is another organisation's is written down, and there is nothing to see.
pub(super) async fn foreign(visit: &Visit, kind: &'static str, id: Uuid) -> Result<Response> {
    let there = is_there(&mut *visit.app.db.read().await?, kind, id).await?;
    Err(if there { Error::NotTheirs { kind, id } } else { Error::Nobodys { kind, id } })
}

async fn invite(visit: Visit, Sent(mut form): Sent<Form>) -> Result<Response> {
    let visit = visit.on(links::OWN_ORGANISATION);
    let (t, actor, mut faults) = (visit.texts(), visit.actor(), Faults::default());
    let organisation = match find(&visit, Some(form.organisation), None).await {
        Err(Error::NotFound | Error::NotTheirs { .. }) => return foreign(&visit, "organisation", form.organisation).await,
        found => found?,
    };
    form.epost = line(&form.epost);
    if form.epost.is_empty() {
        faults.add("epost", t.accounts_invite_email_missing());
    } else if !is_email(&form.epost) {
        faults.add("epost", t.accounts_email_odd());
    }
    let role = Role::from_code(&form.roll);
    if role.is_none() {
        faults.add("roll", t.accounts_invite_role_missing());
    }
    let letter = roles::LETTERS.into_iter().find(|letter| *letter == form.omrade).filter(|_| role == Some(Role::AreaCoordinator));
    if role == Some(Role::AreaCoordinator) && letter.is_none() {
        faults.add("omrade", t.accounts_invite_letter_missing());
    }
    form.till = line(&form.till);
    let last = Date::parse(&form.till, &Iso8601::DATE).ok();
    // An invitation can be answered until it is over; a role that ends before that is no role.
    let first = clock::in_sweden(visit.now + INVITATION_HOLDS).date();
    let is_area = role == Some(Role::AreaCoordinator);
    if is_area && !form.till.is_empty() && last.is_none_or(|last| last < first) {
        faults.add("till", t.accounts_invite_until_wrong(visit.lang.date(first)));
    }
    let until = last.filter(|_| is_area).and_then(Date::next_day).map(clock::start_of_day);
    let lang = [Lang::Sv, Lang::En].into_iter().find(|lang| lang.code() == form.sprak);
    if lang.is_none() {
        faults.add("sprak", t.accounts_language_missing());
    }
    let (Some(role), Some(lang), true) = (role, lang, faults.is_empty()) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, organisation, form, faults).await?).into_response());
    };
    let mut tx = visit.app.db.begin().await?;
    let permit = Invite::ask(&mut tx, &actor, organisation.id).await?.ok_or(Error::NotFound)?;
    let offered = Offered { role, letter, until };
    match joining::invite(&mut tx, &permit, (&form.epost, &offered, lang), visit.now).await? {
        Outcome::Yes => tx.commit().await?,
        Outcome::Role => {
            tx.commit().await?;
            return Err(Error::NotAllowed);
        }
        Outcome::NotUntil(at) => {
            tx.rollback().await?;
            return Ok(too_many(show(&visit, organisation, form, not_until(&visit, at)).await?, &visit, at));
        }
    }
    Ok(told(&visit, &organisation.slug, t.accounts_invite_sent(&form.epost)))
}

async fn take_back(visit: Visit, At(id): At<Uuid>, Sent(form): Sent<Form>) -> Result<Response> {
    let organisation = match find(&visit, Some(form.organisation), None).await {
        Err(Error::NotFound | Error::NotTheirs { .. }) => return foreign(&visit, "invitation", id).await,
        found => found?,
    };
    let mut tx = visit.app.db.begin().await?;
    let permit = Invite::ask(&mut tx, &visit.actor(), organisation.id).await?.ok_or(Error::NotFound)?;
    if !joining::take_back(&mut tx, &permit, id, visit.now).await? {
        tx.rollback().await?;
        return foreign(&visit, "invitation", id).await;
    }
    tx.commit().await?;
    Ok(told(&visit, &organisation.slug, visit.texts().accounts_invitation_taken_back()))
}

/// Whether it can be what stands after the @.
fn is_domain(text: &str) -> bool {
    let label =
        |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    text.len() <= 200 && text.contains('.') && text.split('.').all(label)
}

async fn add_domain(visit: Visit, Sent(mut form): Sent<Form>) -> Result<Response> {
    let visit = visit.on(links::OWN_ORGANISATION);
    let t = visit.texts();
    let organisation = find(&visit, Some(form.organisation), None).await?;
    form.doman = line(&form.doman).trim_start_matches('@').to_lowercase();
    let mut faults = Faults::default();
    if is_domain(&form.doman) {
        let permit = Domains::ask(&visit.actor()).ok_or(Error::NotAllowed)?;
        let mut tx = visit.app.db.begin().await?;
        if workflow::members::add_domain(&mut tx, &permit, (&form.doman, organisation.id), visit.now).await? {
            tx.commit().await?;
            return Ok(told(&visit, &organisation.slug, t.accounts_domain_added(&form.doman)));
        }
        faults.add("doman", t.accounts_domain_taken());
    } else {
        faults.add("doman", t.accounts_domain_odd());
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, organisation, form, faults).await?).into_response())
}

async fn remove_domain(visit: Visit, Sent(form): Sent<Form>) -> Result<Response> {
    let organisation = find(&visit, Some(form.organisation), None).await?;
    let permit = Domains::ask(&visit.actor()).ok_or(Error::NotAllowed)?;
    let mut tx = visit.app.db.begin().await?;
    if !workflow::members::remove_domain(&mut tx, &permit, (&form.doman, organisation.id), visit.now).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(told(&visit, &organisation.slug, visit.texts().accounts_domain_removed(&form.doman)))
}
