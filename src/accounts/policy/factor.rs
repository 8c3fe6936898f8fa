//! Who may show a code, and who may change how they sign in.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Enter, OverPassword, Own, managed::ManageOne};
use crate::{
    accounts::{
        factor::{self, FRESH, STEP_TRIES},
        key::Key,
        store::{self, factor as kept, step},
    },
    kernel::actor::Actor,
};

/// What comes of proving who one is: for whoever signs in in two steps it is half of it.
#[derive(Debug)]
pub(in crate::accounts) enum Proved {
    /// A session may be opened.
    Whole(Enter),
    /// A code may be asked for, and nothing else.
    Half(Half),
}

/// May be asked for a code: has proved who they are, but for the second factor.
#[derive(Debug)]
pub(in crate::accounts) struct Half {
    person: Uuid,
    how: &'static str,
}

impl Proved {
    /// Half where the person has a second factor that was not shown yet.
    pub(super) async fn of(tx: &mut PgConnection, enter: Enter) -> sqlx::Result<Self> {
        if enter.second || !kept::has(tx, enter.person).await? {
            return Ok(Self::Whole(enter));
        }
        Ok(Self::Half(Half { person: enter.person, how: enter.how }))
    }

    /// The person.
    pub(in crate::accounts) fn person(&self) -> Uuid {
        match self {
            Self::Whole(enter) => enter.person,
            Self::Half(half) => half.person,
        }
    }
}

impl Half {
    /// The person.
    pub(in crate::accounts) fn person(&self) -> Uuid {
        self.person
    }

    /// How they proved the first step.
    pub(in crate::accounts) fn how(&self) -> &'static str {
        self.how
    }
}

/// A permit under which a second factor is taken away, and whoever has shown half of it begins anew.
pub(in crate::accounts) trait OverFactor {
    /// Whose it is.
    fn person(&self) -> Uuid;
}

impl<T: OverPassword> OverFactor for T {
    fn person(&self) -> Uuid {
        OverPassword::person(self)
    }
}

impl OverFactor for ManageOne {
    fn person(&self) -> Uuid {
        self.person()
    }
}

/// A permit whose holder may show a code.
pub(in crate::accounts) trait Shows {
    /// Whose code it has to be.
    fn person(&self) -> Uuid;
}

impl Shows for Own {
    fn person(&self) -> Uuid {
        self.person
    }
}

/// May show a code to get in: has shown the password in this browser some minutes ago.
#[derive(Debug)]
pub(in crate::accounts) struct Step {
    person: Uuid,
    sha256: Vec<u8>,
    how: String,
    tries: i16,
}

impl Step {
    /// None where the time or the tries are over, the account is closed, or the password was changed. The person is locked
    /// first, as everywhere.
    pub(in crate::accounts) async fn ask(tx: &mut PgConnection, key: &Key, now: OffsetDateTime) -> sqlx::Result<Option<Self>> {
        let sha256 = key.sha256();
        let Some(person) = step::person(tx, &sha256).await? else { return Ok(None) };
        if !store::lock_person(tx, person).await? {
            return Ok(None);
        }
        let found = step::lock(tx, &sha256, now).await?;
        Ok(found.filter(|(_, tries)| *tries < STEP_TRIES).map(|(how, tries)| Self { person, sha256, how, tries }))
    }

    /// Which it is.
    pub(in crate::accounts) fn sha256(&self) -> &[u8] {
        &self.sha256
    }

    /// How the first step was proved.
    pub(in crate::accounts) fn first_step(&self) -> &str {
        &self.how
    }

    /// Whether one try more is the last.
    pub(in crate::accounts) fn is_last(&self) -> bool {
        self.tries + 1 >= STEP_TRIES
    }

    /// Who tries.
    pub(in crate::accounts) fn by(&self) -> Actor {
        Actor::Person { id: self.person, organisation: None, roles: Vec::new() }
    }
}

impl Shows for Step {
    fn person(&self) -> Uuid {
        self.person
    }
}

/// What somebody typed.
#[derive(Debug, Clone, Copy)]
pub(in crate::accounts) enum Given<'a> {
    /// A code of the app.
    Code(&'a str),
    /// A code on paper.
    Recovery(&'a str),
}

/// A code was shown that is the person's and was not used before. It has to be used up in the same transaction.
#[derive(Debug)]
pub(in crate::accounts) struct Shown {
    person: Uuid,
    which: Which,
}

/// What is used up.
#[derive(Debug)]
pub(in crate::accounts) enum Which {
    /// Codes of the app up to this time step.
    Step(i64),
    /// This code on paper.
    Recovery(Vec<u8>),
}

impl Shown {
    /// None where it is not theirs, or was used.
    pub(in crate::accounts) async fn ask(
        tx: &mut PgConnection,
        permit: &impl Shows,
        given: Given<'_>,
        now: OffsetDateTime,
    ) -> sqlx::Result<Option<Self>> {
        let person = permit.person();
        let Some(factor) = kept::lock(tx, person).await? else { return Ok(None) };
        let which = match given {
            Given::Code(code) => factor.secret.step_of(code, factor.last_step, now).map(Which::Step),
            Given::Recovery(code) => match factor::recovery_sha256(code) {
                Some(sha256) if kept::lock_code(tx, person, &sha256).await? => Some(Which::Recovery(sha256)),
                _ => None,
            },
        };
        Ok(which.map(|which| Self { person, which }))
    }

    /// Whose it is.
    pub(in crate::accounts) fn person(&self) -> Uuid {
        self.person
    }

    /// What is to be used up.
    pub(in crate::accounts) fn which(&self) -> &Which {
        &self.which
    }

    /// Whether it is one on paper.
    pub(in crate::accounts) fn is_recovery(&self) -> bool {
        matches!(self.which, Which::Recovery(_))
    }

    /// How they proved who they are, for the log.
    pub(in crate::accounts) fn how(&self) -> &'static str {
        match self.which {
            Which::Step(_) => "code",
            Which::Recovery(_) => "recovery_code",
        }
    }
}

impl Enter {
    /// By a code after the password.
    pub(in crate::accounts) fn by_code(step: &Step, shown: &Shown) -> Option<Self> {
        (step.person == shown.person).then(|| Self { person: step.person, second: true, how: shown.how() })
    }
}

/// May change how they sign in: has proved some minutes ago who they are, with the second factor where there is one.
#[derive(Debug)]
pub(in crate::accounts) struct Fresh {
    own: Own,
}

impl Fresh {
    /// None where they have to prove it once more.
    pub(in crate::accounts) async fn of(tx: &mut PgConnection, own: Own, now: OffsetDateTime) -> sqlx::Result<Option<Self>> {
        let (proved_at, second_at) = store::proofs(tx, own.session).await?;
        let has = kept::has(tx, own.person).await?;
        Ok(is_fresh(proved_at, second_at, has, now).then_some(Self { own }))
    }

    /// What they may anyway.
    pub(in crate::accounts) fn own(&self) -> &Own {
        &self.own
    }

    /// Whose it is.
    pub(in crate::accounts) fn person(&self) -> Uuid {
        self.own.person
    }
}

/// Whether who one is was proved lately enough to change how one signs in.
pub(in crate::accounts) fn is_fresh(
    proved_at: OffsetDateTime,
    second_at: Option<OffsetDateTime>,
    has_factor: bool,
    now: OffsetDateTime,
) -> bool {
    let lately = |at: OffsetDateTime| now - at < FRESH;
    if has_factor { second_at.is_some_and(lately) } else { lately(proved_at) }
}

impl OverPassword for Fresh {
    fn person(&self) -> Uuid {
        self.own.person
    }

    fn kept_session(&self) -> Option<Uuid> {
        Some(self.own.session)
    }
}
