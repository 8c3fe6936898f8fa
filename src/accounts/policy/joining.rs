//! Who may take part, invite, approve and end. Permits are made of rows locked in the same transaction.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Manage, OverPassword, Own, managed::ManageOne};
use crate::{
    accounts::{
        key::Key,
        reads::{
            applications::{self, Applied},
            invitations::{self, Invitation},
        },
        store,
        store::joining::{self, Member},
    },
    kernel::{
        actor::{Actor, Role},
        rights::Right,
        web::SignedIn,
    },
    organisations::Kind,
};

/// A permit under which somebody's membership and its roles are written, and their sessions ended because of it.
pub(in crate::accounts) trait OverMembership {}

impl OverMembership for Own {}
impl OverMembership for Join {}
impl OverMembership for Accept {}
impl OverMembership for LookAfter {}
impl OverMembership for Judge {}
impl OverMembership for Manage {}
impl OverMembership for ManageOne {}

/// Whose accounts somebody may look after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::accounts) enum Scope {
    /// Those of one organisation: the own.
    Own(Uuid),
    /// Everybody's.
    All,
}

impl Scope {
    /// None for who may look after nobody's.
    pub(in crate::accounts) fn of(actor: &Actor) -> Option<Self> {
        if !Right::Invite.held_by(actor) {
            return None;
        }
        if Right::ApproveAccounts.held_by(actor) {
            return Some(Self::All);
        }
        actor.person().1.map(Self::Own)
    }

    /// Whether an organisation is in it.
    pub(in crate::accounts) fn holds(self, organisation: Uuid) -> bool {
        match self {
            Self::Own(own) => own == organisation,
            Self::All => true,
        }
    }
}

/// The role that everybody has who belongs to an organisation of this kind.
pub(in crate::accounts) fn member_role(kind: Kind) -> Role {
    match kind {
        Kind::Supplier | Kind::IndustryBody => Role::SupplierMember,
        Kind::Region | Kind::NationalBody | Kind::ContractingAuthority => Role::RegionMember,
    }
}

/// The roles that somebody may give in an organisation of this kind, and take away: only those below their own. Nobody gives
/// the role of administrator but the command line, and that of an area coordinator belongs to an area and a period.
pub(in crate::accounts) fn may_give(actor: &Actor, kind: Kind) -> Vec<Role> {
    let fits = |role: Role| match role {
        Role::SupplierMember | Role::RegionMember => role == member_role(kind),
        Role::RegionCoordinator => kind == Kind::Region,
        Role::OrganisationAdmin => matches!(kind, Kind::Supplier | Kind::IndustryBody | Kind::ContractingAuthority),
        Role::LmcCoordinator | Role::DecisionMaker => kind == Kind::NationalBody,
        Role::AreaCoordinator | Role::Admin => false,
    };
    let below = |role: Role| {
        let of_members = matches!(role, Role::SupplierMember | Role::RegionMember);
        let of_organisations = of_members || matches!(role, Role::RegionCoordinator | Role::OrganisationAdmin);
        actor.has(Role::Admin)
            || (actor.has(Role::LmcCoordinator) && of_organisations)
            || ((actor.has(Role::OrganisationAdmin) || actor.has(Role::RegionCoordinator)) && of_members)
    };
    let system = matches!(actor, Actor::System(_)) && Right::Invite.held_by(actor);
    Role::ALL.into_iter().filter(|role| fits(*role) && (system || below(*role))).collect()
}

/// The roles that somebody may invite to: those that they may give, and for those who look after all that of an area
/// coordinator, with its area and its period.
pub(in crate::accounts) fn may_invite(actor: &Actor, kind: Kind) -> Vec<Role> {
    let mut roles = may_give(actor, kind);
    let all = matches!(actor, Actor::Person { .. }) && Right::ApproveAccounts.held_by(actor);
    if all && kind == Kind::Region {
        roles.push(Role::AreaCoordinator);
    }
    roles
}

/// What an invitation is to give.
#[derive(Debug, Clone, Copy)]
pub(in crate::accounts) struct Offered<'a> {
    /// The role.
    pub(in crate::accounts) role: Role,
    /// The procurement area of an area coordinator.
    pub(in crate::accounts) letter: Option<&'a str>,
    /// When the role ends, where it does.
    pub(in crate::accounts) until: Option<OffsetDateTime>,
}

impl Offered<'_> {
    /// A role without area and end.
    pub(in crate::accounts) fn plain(role: Role) -> Self {
        Self { role, letter: None, until: None }
    }
}

/// May write down that they want to take part.
#[derive(Debug)]
pub(in crate::accounts) struct Register(());

impl Register {
    /// None for who may not.
    pub(in crate::accounts) fn ask(actor: &Actor) -> Option<Self> {
        Right::Register.held_by(actor).then_some(Self(()))
    }
}

/// May become a person: whoever has the link of an application, or of an invitation, that went to an address without account.
#[derive(Debug)]
pub(in crate::accounts) struct Join {
    person: Uuid,
    name: String,
    email: String,
    language: String,
}

impl Join {
    /// By the link of an application, which is looked at once more under its lock. None where it opens nothing, or where there
    /// is an account by now.
    pub(in crate::accounts) async fn by_application(
        tx: &mut PgConnection,
        key: &Key,
        now: OffsetDateTime,
    ) -> sqlx::Result<Option<(Self, Applied)>> {
        joining::lock_application(tx, &key.sha256()).await?;
        let Some(applied) = applications::by_key(tx, &key.sha256(), now).await? else { return Ok(None) };
        if applied.has_account {
            return Ok(None);
        }
        let person = Uuid::now_v7();
        let (name, email, language) = (applied.name.clone(), applied.email.clone(), applied.language.clone());
        Ok(Some((Self { person, name, email, language }, applied)))
    }

    /// As a person that the example bank was made with.
    pub(in crate::accounts) fn as_example(_permit: &Manage, name: &str, email: &str) -> Self {
        Self { person: Uuid::now_v7(), name: name.to_owned(), email: email.to_owned(), language: "sv".to_owned() }
    }

    /// By the link of an invitation, with the name that they give.
    pub(in crate::accounts) async fn by_invitation(
        tx: &mut PgConnection,
        key: &Key,
        name: &str,
        now: OffsetDateTime,
    ) -> sqlx::Result<Option<(Self, Accept)>> {
        joining::lock_invitation(tx, &key.sha256()).await?;
        let Some(invitation) = invitations::by_key(tx, &key.sha256(), now).await? else { return Ok(None) };
        if invitation.person.is_some() {
            return Ok(None);
        }
        let person = Uuid::now_v7();
        let join = Self { person, name: name.to_owned(), email: invitation.email.clone(), language: invitation.language.clone() };
        Ok(Some((join, Accept { person, invitation })))
    }

    /// Their name.
    pub(in crate::accounts) fn name(&self) -> &str {
        &self.name
    }

    /// Their address, which they have shown to be theirs.
    pub(in crate::accounts) fn email(&self) -> &str {
        &self.email
    }

    /// The code of their language.
    pub(in crate::accounts) fn language(&self) -> &str {
        &self.language
    }

    /// Who does.
    pub(in crate::accounts) fn by(&self) -> Actor {
        Actor::Person { id: self.person, organisation: None, roles: Vec::new() }
    }
}

impl OverPassword for Join {
    fn person(&self) -> Uuid {
        self.person
    }

    fn kept_session(&self) -> Option<Uuid> {
        None
    }
}

/// May take what an invitation gives: the person whose address it went to.
#[derive(Debug)]
pub(in crate::accounts) struct Accept {
    person: Uuid,
    invitation: Invitation,
}

impl Accept {
    /// The invitation of this id; none where it is for another address than theirs, was answered or is over.
    pub(in crate::accounts) async fn ask(
        tx: &mut PgConnection,
        who: &SignedIn,
        invitation: Uuid,
        now: OffsetDateTime,
    ) -> sqlx::Result<Option<Self>> {
        if !store::lock_person(tx, who.person).await? {
            return Ok(None);
        }
        joining::lock_invitation_of_id(tx, invitation).await?;
        let found = invitations::of_person(tx, who.person, now).await?.into_iter().find(|one| one.id == invitation);
        Ok(found.map(|invitation| Self { person: who.person, invitation }))
    }

    /// The person.
    pub(in crate::accounts) fn person(&self) -> Uuid {
        self.person
    }

    /// The invitation.
    pub(in crate::accounts) fn invitation(&self) -> &Invitation {
        &self.invitation
    }

    /// Who takes it.
    pub(in crate::accounts) fn by(&self) -> Actor {
        Actor::Person { id: self.person, organisation: None, roles: Vec::new() }
    }
}

/// May invite to an organisation, and take invitations back.
#[derive(Debug)]
pub(in crate::accounts) struct Invite {
    by: Actor,
    organisation: Uuid,
    roles: Vec<Role>,
}

impl Invite {
    /// None for who may not, and where there is no such organisation that is shown.
    pub(in crate::accounts) async fn ask(tx: &mut PgConnection, actor: &Actor, organisation: Uuid) -> sqlx::Result<Option<Self>> {
        let system = matches!(actor, Actor::System(_)) && Right::Invite.held_by(actor);
        if !system && !Scope::of(actor).is_some_and(|scope| scope.holds(organisation)) {
            return Ok(None);
        }
        let Some(kind) = joining::lock_organisation(tx, organisation).await? else { return Ok(None) };
        Ok(Some(Self { by: actor.clone(), organisation, roles: may_invite(actor, kind) }))
    }

    /// The organisation.
    pub(in crate::accounts) fn organisation(&self) -> Uuid {
        self.organisation
    }

    /// Whether the role is one that they may give.
    pub(in crate::accounts) fn gives(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Who invites.
    pub(in crate::accounts) fn by(&self) -> &Actor {
        &self.by
    }
}

/// May change the roles of a member, and end the membership: of whoever has no role that they may not give.
#[derive(Debug)]
pub(in crate::accounts) struct LookAfter {
    by: Actor,
    member: Member,
    roles: Vec<Role>,
}

impl LookAfter {
    /// None for who may not, and where there is no such membership now.
    pub(in crate::accounts) async fn ask(
        tx: &mut PgConnection,
        actor: &Actor,
        membership: Uuid,
        now: OffsetDateTime,
    ) -> sqlx::Result<Option<Self>> {
        let Some(member) = joining::lock_member(tx, membership, now).await? else { return Ok(None) };
        let roles = may_give(actor, member.kind);
        let scoped = Scope::of(actor).is_some_and(|scope| scope.holds(member.organisation));
        let is_own = actor.person().0 == Some(member.person);
        // Who looks after an area keeps that role, and may be looked after all the same by those who look after all.
        let all = Right::ApproveAccounts.held_by(actor);
        let below = member.roles.iter().all(|role| roles.contains(role) || (all && *role == Role::AreaCoordinator));
        Ok((scoped && below && !is_own).then(|| Self { by: actor.clone(), member, roles }))
    }

    /// The membership, as it is.
    pub(in crate::accounts) fn member(&self) -> &Member {
        &self.member
    }

    /// Whether the role is one that they may give, and take.
    pub(in crate::accounts) fn gives(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Who does.
    pub(in crate::accounts) fn by(&self) -> &Actor {
        &self.by
    }
}

/// May say whether somebody who applied belongs to the organisation.
#[derive(Debug)]
pub(in crate::accounts) struct Judge {
    by: Actor,
    application: Uuid,
    member: Member,
}

impl Judge {
    /// None for who may not, and where nothing waits for an answer. An organisation's own administrator answers for who wants
    /// to join it, once it is shown; the network and administrators for all.
    pub(in crate::accounts) async fn ask(
        tx: &mut PgConnection,
        actor: &Actor,
        application: Uuid,
        now: OffsetDateTime,
    ) -> sqlx::Result<Option<Self>> {
        let Some(membership) = joining::lock_waiting(tx, application).await? else { return Ok(None) };
        let Some(member) = joining::lock_member(tx, membership, now).await? else { return Ok(None) };
        let fine = match Scope::of(actor) {
            Some(Scope::All) => true,
            Some(own @ Scope::Own(_)) => own.holds(member.organisation) && member.listed,
            None => false,
        };
        let is_own = actor.person().0 == Some(member.person);
        Ok((fine && !is_own).then(|| Self { by: actor.clone(), application, member }))
    }

    /// The application.
    pub(in crate::accounts) fn application(&self) -> Uuid {
        self.application
    }

    /// The membership that it is about.
    pub(in crate::accounts) fn member(&self) -> &Member {
        &self.member
    }

    /// Who does.
    pub(in crate::accounts) fn by(&self) -> &Actor {
        &self.by
    }
}

/// May say whose addresses show that somebody works at an organisation.
#[derive(Debug)]
pub(in crate::accounts) struct Domains {
    by: Actor,
}

impl Domains {
    /// None for who may not.
    pub(in crate::accounts) fn ask(actor: &Actor) -> Option<Self> {
        Right::ApproveAccounts.held_by(actor).then(|| Self { by: actor.clone() })
    }

    /// Who does.
    pub(in crate::accounts) fn by(&self) -> &Actor {
        &self.by
    }
}
