//! Who may speak, change what they said, answer for those who prepare, and moderate. A permit is made of rows locked in the same
//! transaction.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    comment::{Rule, Subject},
    eyes::Eyes,
    lifecycle::{State, WhyNot},
    store::{self, LockedComment, LockedThread},
    workflow::Refused,
};
use crate::kernel::{
    actor::{Actor, Audience, Role},
    rights::Right,
};

/// A person who acts for an organisation.
#[derive(Debug, Clone)]
pub struct Hand {
    by: Actor,
    person: Uuid,
    organisation: Uuid,
    membership: Uuid,
    approved: bool,
}

impl Hand {
    async fn of(tx: &mut PgConnection, actor: &Actor, right: Right) -> Result<Self, Refused> {
        let (Some(person), Some(organisation)) = actor.person() else { return Err(Refused::Right) };
        if !right.held_by(actor) {
            return Err(Refused::Right);
        }
        let (membership, approved) = store::membership(tx, person, organisation).await?.ok_or(Refused::Right)?;
        Ok(Self { by: actor.clone(), person, organisation, membership, approved })
    }

    /// Who it is.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// The same as a person.
    pub fn person(&self) -> Uuid {
        self.person
    }

    /// For whom.
    pub fn organisation(&self) -> Uuid {
        self.organisation
    }

    /// As whose word it is sent.
    pub fn membership(&self) -> Uuid {
        self.membership
    }

    /// Whether somebody has approved that.
    pub fn is_approved(&self) -> bool {
        self.approved
    }
}

/// For whom those who prepare may speak, if they may: the network everywhere, who looks after an area within it.
async fn official(tx: &mut PgConnection, hand: &Hand, group: Uuid, eyes: &Eyes) -> sqlx::Result<Option<&'static str>> {
    if hand.by.has(Role::LmcCoordinator) {
        return Ok(Some("lmc"));
    }
    let within = Right::HandleProposals.held_by(&hand.by) && store::coordinates(tx, hand, group, eyes).await?;
    Ok(within.then_some("area"))
}

/// May begin a thread on something.
#[derive(Debug)]
pub struct Start {
    hand: Hand,
    subject: Subject,
    audience: i16,
}

impl Start {
    /// The permit, for this audience.
    ///
    /// # Errors
    /// [`Refused::Right`], or [`WhyNot::ReadOnly`].
    pub async fn ask(
        tx: &mut PgConnection,
        actor: &Actor,
        subject: &Subject,
        audience: Audience,
        eyes: &Eyes,
    ) -> Result<Self, Refused> {
        let hand = Hand::of(tx, actor, Right::Comment).await?;
        let level = audience.level();
        let sees = level <= eyes.viewer.level() || store::coordinates(tx, &hand, subject.group, eyes).await?;
        if !sees || (level > 0 && !hand.approved) || level < subject.audience {
            return Err(Refused::Right);
        }
        if !subject.is_open {
            return Err(WhyNot::ReadOnly.into());
        }
        Ok(Self { hand, subject: subject.clone(), audience: level })
    }

    /// Who begins it.
    pub fn hand(&self) -> &Hand {
        &self.hand
    }

    /// On what.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// For whom.
    pub fn audience(&self) -> i16 {
        self.audience
    }
}

/// May reply in a thread, which is locked.
#[derive(Debug)]
pub struct Reply {
    hand: Hand,
    thread: LockedThread,
    official: Option<&'static str>,
}

impl Reply {
    /// Locks the thread on this subject.
    ///
    /// # Errors
    /// [`Refused::Right`], [`Refused::NotThere`], [`WhyNot::ReadOnly`].
    pub async fn ask(
        tx: &mut PgConnection,
        actor: &Actor,
        subject: &Subject,
        thread: Uuid,
        eyes: &Eyes,
    ) -> Result<Self, Refused> {
        let hand = Hand::of(tx, actor, Right::Comment).await?;
        let thread = store::lock_thread(tx, thread, eyes).await?;
        let thread = thread.filter(|thread| thread.subject == subject.id).ok_or(Refused::NotThere)?;
        if !subject.is_open {
            return Err(WhyNot::ReadOnly.into());
        }
        let official = official(tx, &hand, thread.group, eyes).await?;
        Ok(Self { hand, thread, official })
    }

    /// Who replies.
    pub fn hand(&self) -> &Hand {
        &self.hand
    }

    /// Where.
    pub fn thread(&self) -> &LockedThread {
        &self.thread
    }

    /// For whom of those who prepare they may speak.
    pub fn official(&self) -> Option<&'static str> {
        self.official
    }
}

/// May say that a thread is done with, or is not: who began it, and those who prepare.
#[derive(Debug)]
pub struct Settle {
    hand: Hand,
    thread: LockedThread,
}

impl Settle {
    /// Locks the thread.
    ///
    /// # Errors
    /// [`Refused::Right`], [`Refused::NotThere`], [`WhyNot::ReadOnly`].
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, thread: Uuid, eyes: &Eyes) -> Result<Self, Refused> {
        let hand = Hand::of(tx, actor, Right::Comment).await?;
        let thread = store::lock_thread(tx, thread, eyes).await?.ok_or(Refused::NotThere)?;
        if thread.author != hand.person && official(tx, &hand, thread.group, eyes).await?.is_none() {
            return Err(Refused::Right);
        }
        if thread.is_closed {
            return Err(WhyNot::ReadOnly.into());
        }
        Ok(Self { hand, thread })
    }

    /// Who says it.
    pub fn hand(&self) -> &Hand {
        &self.hand
    }

    /// Of what.
    pub fn thread(&self) -> &LockedThread {
        &self.thread
    }
}

/// May change or take away what they said themselves, which is locked.
#[derive(Debug)]
pub struct Own {
    hand: Hand,
    comment: LockedComment,
}

impl Own {
    /// Locks the comment.
    ///
    /// # Errors
    /// [`Refused::Right`], [`Refused::NotThere`] also for what is another's.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, comment: Uuid, eyes: &Eyes) -> Result<Self, Refused> {
        let hand = Hand::of(tx, actor, Right::Comment).await?;
        let comment = store::lock_comment(tx, comment, eyes).await?;
        // What was met with is not written anew; its author objects to that it is hidden.
        let comment = comment.filter(|comment| {
            comment.author == hand.person
                && comment.state != State::Deleted
                && (!comment.experience || comment.state == State::Hidden)
        });
        Ok(Self { hand, comment: comment.ok_or(Refused::NotThere)? })
    }

    /// Whose it is.
    pub fn hand(&self) -> &Hand {
        &self.hand
    }

    /// What they said.
    pub fn comment(&self) -> &LockedComment {
        &self.comment
    }
}

/// May say that what another said breaks a rule.
#[derive(Debug)]
pub struct Report {
    hand: Hand,
    comment: LockedComment,
    rule: Rule,
}

impl Report {
    /// Locks the comment.
    ///
    /// # Errors
    /// [`Refused::Right`], [`Refused::NotThere`] also for what is their own, or not shown.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, comment: Uuid, rule: Rule, eyes: &Eyes) -> Result<Self, Refused> {
        let hand = Hand::of(tx, actor, Right::Comment).await?;
        let comment = store::lock_comment(tx, comment, eyes).await?;
        let comment = comment.filter(|comment| comment.author != hand.person && comment.state == State::Shown);
        Ok(Self { hand, comment: comment.ok_or(Refused::NotThere)?, rule })
    }

    /// Who reports.
    pub fn hand(&self) -> &Hand {
        &self.hand
    }

    /// What.
    pub fn comment(&self) -> &LockedComment {
        &self.comment
    }

    /// Which rule it breaks.
    pub fn rule(&self) -> Rule {
        self.rule
    }
}

/// May moderate one comment, which is locked.
#[derive(Debug)]
pub struct Moderate {
    hand: Hand,
    comment: LockedComment,
}

impl Moderate {
    /// Locks the comment.
    ///
    /// # Errors
    /// [`Refused::Right`], [`Refused::NotThere`].
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, comment: Uuid, eyes: &Eyes) -> Result<Self, Refused> {
        let hand = Hand::of(tx, actor, Right::Moderate).await?;
        let comment = store::lock_comment(tx, comment, eyes).await?.ok_or(Refused::NotThere)?;
        Ok(Self { hand, comment })
    }

    /// Who moderates.
    pub fn hand(&self) -> &Hand {
        &self.hand
    }

    /// What.
    pub fn comment(&self) -> &LockedComment {
        &self.comment
    }
}

/// May tell what they have met with when they used a requirement.
#[derive(Debug)]
pub struct Share {
    hand: Hand,
    subject: Subject,
}

impl Share {
    /// The permit.
    ///
    /// # Errors
    /// [`Refused::Right`].
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, subject: &Subject) -> Result<Self, Refused> {
        let hand = Hand::of(tx, actor, Right::ShareExperience).await?;
        if !hand.approved || subject.version.is_none() || subject.audience > 0 {
            return Err(Refused::Right);
        }
        Ok(Self { hand, subject: subject.clone() })
    }

    /// Who tells.
    pub fn hand(&self) -> &Hand {
        &self.hand
    }

    /// Of what.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }
}

/// May take back what they told, which is locked.
#[derive(Debug)]
pub struct TakeBack {
    hand: Hand,
    experience: Uuid,
    requirement: i64,
}

impl TakeBack {
    /// Locks it.
    ///
    /// # Errors
    /// [`Refused::Right`], [`Refused::NotThere`] also for what is another's.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, experience: Uuid) -> Result<Self, Refused> {
        let hand = Hand::of(tx, actor, Right::ShareExperience).await?;
        let requirement = store::lock_experience(tx, experience, hand.person).await?.ok_or(Refused::NotThere)?;
        Ok(Self { hand, experience, requirement })
    }

    /// Whose it is.
    pub fn hand(&self) -> &Hand {
        &self.hand
    }

    /// What.
    pub fn experience(&self) -> Uuid {
        self.experience
    }

    /// The number of the requirement that it is about.
    pub fn requirement(&self) -> i64 {
        self.requirement
    }
}

/// May have threads follow a product group into another.
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
