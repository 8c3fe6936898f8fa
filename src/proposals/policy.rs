//! Who may draft, send in, stand behind, take back and handle proposals. A permit is made of rows locked in the same
//! transaction.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    lifecycle::{State, WhyNot},
    number::ProposalNumber,
    store::{self, Locked},
    workflow::Refused,
};
use crate::{
    attachments::{Holder, Subject},
    kernel::{
        actor::{Actor, Role, System},
        rights::Right,
    },
    organisations,
    requirements::policy::{Advance, Publish, Repeal},
};

/// A permit for one proposal, which is locked, to be taken a step onwards by who holds it.
pub(super) trait Onwards {
    /// Who does it.
    fn by(&self) -> &Actor;
    /// With which.
    fn proposal(&self) -> &Locked;
}

macro_rules! onwards {
    ($($permit:ty),+) => { $(impl Onwards for $permit {
        fn by(&self) -> &Actor {
            self.by()
        }

        fn proposal(&self) -> &Locked {
            self.proposal()
        }
    })+ };
}
onwards!(Withdraw, Handle, LetLie, Follow);

macro_rules! holder {
    ($($permit:ty),+) => { $(impl Holder for $permit {
        fn by(&self) -> &Actor {
            self.by()
        }

        fn person(&self) -> Uuid {
            self.person()
        }

        fn subject(&self) -> Subject {
            Subject { kind: "proposal", id: self.proposal().id, owner: self.proposal().owner }
        }
    })+ };
}
// Files are laid to what is being written, and given with it.
holder!(Write, Send);

/// A person who acts for an organisation.
#[derive(Debug, Clone)]
struct Hand {
    by: Actor,
    person: Uuid,
    organisation: Uuid,
}

impl Hand {
    fn of(actor: &Actor, right: Right) -> Result<Self, Refused> {
        match actor.person() {
            (Some(person), Some(organisation)) if right.held_by(actor) => Ok(Self { by: actor.clone(), person, organisation }),
            _ => Err(Refused::Right),
        }
    }
}

/// May begin drafts for the organisation that they act for.
#[derive(Debug)]
pub struct Begin(Hand);

impl Begin {
    /// The permit.
    ///
    /// # Errors
    /// [`Refused::Right`] for who may not, or acts for nobody.
    pub fn ask(actor: &Actor) -> Result<Self, Refused> {
        Hand::of(actor, Right::DraftProposals).map(Self)
    }

    /// Who begins.
    pub fn by(&self) -> &Actor {
        &self.0.by
    }

    /// The same as a person.
    pub fn person(&self) -> Uuid {
        self.0.person
    }

    /// For whom.
    pub fn organisation(&self) -> Uuid {
        self.0.organisation
    }
}

/// May write in one proposal of the own organisation, which is locked.
#[derive(Debug)]
pub struct Write {
    hand: Hand,
    proposal: Locked,
}

impl Write {
    /// Locks the draft, or what was returned.
    ///
    /// # Errors
    /// [`Refused::Right`], [`Refused::NotThere`] where there is none of theirs, and where it is no longer written.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, id: Uuid) -> Result<Self, Refused> {
        let hand = Hand::of(actor, Right::DraftProposals)?;
        let proposal = store::lock(tx, id).await?.filter(|one| one.owner == hand.organisation).ok_or(Refused::NotThere)?;
        // Whoever only says that they work there has what they began themselves.
        if proposal.author != hand.person && store::waits(tx, hand.person, hand.organisation).await? {
            return Err(Refused::NotThere);
        }
        if !proposal.state.is_written() {
            return Err(WhyNot::NotFrom(proposal.state).into());
        }
        Ok(Self { hand, proposal })
    }

    /// Who writes.
    pub fn by(&self) -> &Actor {
        &self.hand.by
    }

    /// The same as a person.
    pub fn person(&self) -> Uuid {
        self.hand.person
    }

    /// What they write in.
    pub fn proposal(&self) -> &Locked {
        &self.proposal
    }
}

/// May send in what is written, in the name of the organisation.
#[derive(Debug)]
pub struct Send(Write);

impl Send {
    /// Those whose role is to speak for the organisation, and whom nobody has approved yet: what these send is held until then.
    ///
    /// # Errors
    /// [`Refused::NotSender`] for who may write and not send.
    pub async fn ask(tx: &mut PgConnection, write: Write) -> Result<Self, Refused> {
        if may_send(tx, &write.hand).await? { Ok(Self(write)) } else { Err(Refused::NotSender) }
    }

    /// Who sends.
    pub fn by(&self) -> &Actor {
        self.0.by()
    }

    /// The same as a person.
    pub fn person(&self) -> Uuid {
        self.0.person()
    }

    /// What is sent.
    pub fn proposal(&self) -> &Locked {
        self.0.proposal()
    }
}

async fn may_send(tx: &mut PgConnection, hand: &Hand) -> sqlx::Result<bool> {
    Ok(is_sender(tx, hand).await? || store::waits(tx, hand.person, hand.organisation).await?)
}

/// Whether they send in the name of the organisation, as it has chosen.
async fn is_sender(tx: &mut PgConnection, hand: &Hand) -> sqlx::Result<bool> {
    let chosen = organisations::senders(tx, hand.organisation).await?;
    Ok(organisations::may_send(chosen, &hand.by))
}

/// May have the own organisation stand behind one proposal of another, which is locked.
#[derive(Debug)]
pub struct Sign {
    hand: Hand,
    proposal: Locked,
}

impl Sign {
    /// Locks an open proposal that is there for everybody, to stand behind it or no longer.
    ///
    /// # Errors
    /// [`Refused::Right`], [`Refused::NotThere`], or why it cannot be signed.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, number: ProposalNumber) -> Result<Self, Refused> {
        let hand = Hand::of(actor, Right::DraftProposals)?;
        let proposal = store::lock_public(tx, number, hand.organisation).await?.ok_or(Refused::NotThere)?;
        // Whoever is not approved cannot lend anybody a name.
        if !is_sender(tx, &hand).await? || store::waits(tx, hand.person, hand.organisation).await? {
            return Err(Refused::NotSender);
        }
        if proposal.owner == hand.organisation {
            return Err(WhyNot::Signed.into());
        }
        if !proposal.state.is_open() {
            return Err(WhyNot::NotFrom(proposal.state).into());
        }
        Ok(Self { hand, proposal })
    }

    /// Who signs.
    pub fn by(&self) -> &Actor {
        &self.hand.by
    }

    /// The same as a person.
    pub fn person(&self) -> Uuid {
        self.hand.person
    }

    /// For whom.
    pub fn organisation(&self) -> Uuid {
        self.hand.organisation
    }

    /// What is signed.
    pub fn proposal(&self) -> &Locked {
        &self.proposal
    }
}

/// May take one proposal of the own organisation back, which is locked.
#[derive(Debug)]
pub struct Withdraw {
    hand: Hand,
    proposal: Locked,
}

impl Withdraw {
    /// Locks it.
    ///
    /// # Errors
    /// [`Refused::Right`], [`Refused::NotSender`], [`Refused::NotThere`].
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, number: ProposalNumber) -> Result<Self, Refused> {
        let hand = Hand::of(actor, Right::DraftProposals)?;
        let proposal = store::lock_public(tx, number, hand.organisation).await?;
        let proposal = proposal.filter(|one| one.owner == hand.organisation).ok_or(Refused::NotThere)?;
        if proposal.author != hand.person && store::waits(tx, hand.person, hand.organisation).await? {
            return Err(Refused::NotThere);
        }
        if !may_send(tx, &hand).await? {
            return Err(Refused::NotSender);
        }
        Ok(Self { hand, proposal })
    }

    /// Who takes it back.
    pub fn by(&self) -> &Actor {
        &self.hand.by
    }

    /// What is taken back.
    pub fn proposal(&self) -> &Locked {
        &self.proposal
    }
}

/// May handle one proposal, which is locked: those who curate all, and who looks after an area what is proposed in it.
#[derive(Debug)]
pub struct Handle {
    hand: Hand,
    proposal: Locked,
}

impl Handle {
    /// Locks it.
    ///
    /// # Errors
    /// [`Refused::Right`], [`Refused::NotThere`].
    pub async fn ask(
        tx: &mut PgConnection,
        actor: &Actor,
        number: ProposalNumber,
        (today, now): (Date, OffsetDateTime),
    ) -> Result<Self, Refused> {
        let hand = Hand::of(actor, Right::HandleProposals)?;
        let proposal = store::lock_public(tx, number, hand.organisation).await?.ok_or(Refused::NotThere)?;
        if !actor.has(Role::LmcCoordinator)
            && !store::coordinates(tx, hand.person, hand.organisation, proposal.group, (today, now)).await?
        {
            return Err(Refused::Right);
        }
        Ok(Self { hand, proposal })
    }

    /// Whether it may be merged with another: only for those who see to the whole bank.
    pub fn may_merge(&self) -> bool {
        self.hand.by.has(Role::LmcCoordinator)
    }

    /// Who handles it.
    pub fn by(&self) -> &Actor {
        &self.hand.by
    }

    /// The same as a person.
    pub fn person(&self) -> Uuid {
        self.hand.person
    }

    /// For whom they act.
    pub fn organisation(&self) -> Uuid {
        self.hand.organisation
    }

    /// What is handled.
    pub fn proposal(&self) -> &Locked {
        &self.proposal
    }
}

/// May let lie what was returned and never came back; background work alone.
#[derive(Debug)]
pub struct LetLie {
    by: Actor,
    proposal: Locked,
}

impl LetLie {
    /// Locks it, where it is still waited for.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, id: Uuid) -> sqlx::Result<Option<Self>> {
        if *actor != Actor::System(System::Job) {
            return Ok(None);
        }
        let proposal = store::lock(tx, id).await?.filter(|one| one.state == State::Returned);
        Ok(proposal.map(|proposal| Self { by: actor.clone(), proposal }))
    }

    /// Who does it.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// What is let lie.
    pub fn proposal(&self) -> &Locked {
        &self.proposal
    }
}

/// May have proposals follow a product group into another.
#[derive(Debug)]
pub struct Regroup {
    from: Uuid,
    to: Uuid,
}

impl Regroup {
    /// The permit.
    ///
    /// # Errors
    /// [`Refused::Right`] for who may not edit the tree.
    pub fn ask(actor: &Actor, from: Uuid, to: Uuid) -> Result<Self, Refused> {
        if Right::EditTaxonomy.held_by(actor) { Ok(Self { from, to }) } else { Err(Refused::Right) }
    }

    /// Out of which group.
    pub fn from(&self) -> Uuid {
        self.from
    }

    /// Into which.
    pub fn to(&self) -> Uuid {
        self.to
    }
}

/// May edit the texts that proposals are answered with.
#[derive(Debug)]
pub struct Word(());

impl Word {
    /// The permit.
    ///
    /// # Errors
    /// [`Refused::Right`] for who may not.
    pub fn ask(actor: &Actor) -> Result<Self, Refused> {
        if Right::HandleInbox.held_by(actor) { Ok(Self(())) } else { Err(Refused::Right) }
    }
}

/// May have one proposal, which is locked, follow what becomes of the version that it was taken into, or of the requirement
/// that it is about. Comes of the permit for that, whose rows are locked before it.
#[derive(Debug)]
pub struct Follow {
    by: Actor,
    proposal: Locked,
}

impl Follow {
    /// Those that were taken into a version that is discarded or declined.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of_version(tx: &mut PgConnection, permit: &Advance) -> sqlx::Result<Vec<Self>> {
        Ok(Self::all(permit.by(), store::lock_taken(tx, &[permit.version().id]).await?))
    }

    /// Those that were taken into versions that are decided.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of_versions(tx: &mut PgConnection, permit: &Publish) -> sqlx::Result<Vec<Self>> {
        let versions: Vec<Uuid> = permit.versions().iter().map(|version| version.id).collect();
        Ok(Self::all(permit.by(), store::lock_taken(tx, &versions).await?))
    }

    /// Those that are open on a requirement that is repealed, to change it or to end it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of_repeal(tx: &mut PgConnection, permit: &Repeal) -> sqlx::Result<Vec<Self>> {
        Ok(Self::all(permit.by(), store::lock_open_on(tx, permit.requirement()).await?))
    }

    /// One that is open on a requirement whose repeal has taken effect; none where it is not, or no longer.
    ///
    /// # Errors
    /// [`Refused::Right`] for whoever is no job, or when the database refuses.
    pub async fn of_day(tx: &mut PgConnection, actor: &Actor, id: Uuid, now: OffsetDateTime) -> Result<Option<Self>, Refused> {
        if *actor != Actor::System(System::Job) {
            return Err(Refused::Right);
        }
        let proposal = store::lock_overtaken(tx, id, now).await?;
        Ok(proposal.map(|proposal| Self { by: actor.clone(), proposal }))
    }

    fn all(by: &Actor, locked: Vec<Locked>) -> Vec<Self> {
        locked.into_iter().map(|proposal| Self { by: by.clone(), proposal }).collect()
    }

    /// Who does what it follows.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// What follows.
    pub fn proposal(&self) -> &Locked {
        &self.proposal
    }
}
