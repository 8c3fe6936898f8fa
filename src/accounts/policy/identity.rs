//! Who may come in through a service, and who may link one.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Enter, Own,
    factor::{Fresh, Proved},
};
use crate::{
    accounts::{
        factor::FRESH,
        key,
        oidc::Claims,
        store::{self, identity as kept},
    },
    kernel::{actor::Actor, config::OidcProvider, i18n::Lang, web::SignedIn},
};

/// What somebody goes to a service for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::accounts) enum Purpose {
    /// To come in.
    Enter,
    /// To link it to the account of this session.
    Link(Uuid),
    /// To prove once more who they are in this session.
    Prove(Uuid),
}

impl Purpose {
    /// The word in the database.
    pub(in crate::accounts) fn code(self) -> &'static str {
        match self {
            Self::Enter => "enter",
            Self::Link(_) => "link",
            Self::Prove(_) => "prove",
        }
    }

    /// The session that it is for.
    pub(in crate::accounts) fn session(self) -> Option<Uuid> {
        match self {
            Self::Enter => None,
            Self::Link(session) | Self::Prove(session) => Some(session),
        }
    }

    /// The purpose of a word.
    pub(in crate::accounts) fn of(code: &str, session: Option<Uuid>) -> Option<Self> {
        match (code, session) {
            ("enter", None) => Some(Self::Enter),
            ("link", Some(session)) => Some(Self::Link(session)),
            ("prove", Some(session)) => Some(Self::Prove(session)),
            _ => None,
        }
    }
}

/// May go to a service and come back: anybody, in the browser that has the key.
#[derive(Debug)]
pub(in crate::accounts) struct Depart {
    browser: Vec<u8>,
    purpose: Purpose,
    lang: Lang,
}

impl Depart {
    /// In the browser of this key.
    pub(in crate::accounts) fn with(key: &str, purpose: Purpose, lang: Lang) -> Self {
        Self { browser: key::sha256(key), purpose, lang }
    }

    /// What is kept of the browser's key.
    pub(in crate::accounts) fn browser(&self) -> &[u8] {
        &self.browser
    }

    /// What for.
    pub(in crate::accounts) fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// In which language they go on.
    pub(in crate::accounts) fn lang(&self) -> Lang {
        self.lang
    }
}

/// May get an account: a service says who they are, and that an address is theirs which has no account and is one of those
/// that the service speaks for.
#[derive(Debug)]
pub(in crate::accounts) struct Arrive<'a> {
    claims: &'a Claims,
    email: &'a str,
    organisation: Option<&'a str>,
}

/// Why somebody gets none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::accounts) enum NoAccount {
    /// The service does not say that an address is theirs.
    Unverified,
    /// The address is not one of those that the service speaks for.
    Domain,
    /// The address has an account already. It is its owner's to link.
    Taken,
}

impl<'a> Arrive<'a> {
    /// Or why not.
    pub(in crate::accounts) async fn ask(
        tx: &mut PgConnection,
        claims: &'a Claims,
        provider: &'a OidcProvider,
    ) -> sqlx::Result<Result<Self, NoAccount>> {
        let Some(email) = claims.email.as_deref() else { return Ok(Err(NoAccount::Unverified)) };
        if !provider.takes(email) {
            return Ok(Err(NoAccount::Domain));
        }
        if store::by_email(tx, email).await?.is_some() {
            return Ok(Err(NoAccount::Taken));
        }
        Ok(Ok(Self { claims, email, organisation: provider.organisation.as_deref() }))
    }

    /// What the service says.
    pub(in crate::accounts) fn claims(&self) -> &Claims {
        self.claims
    }

    /// The address, which is theirs.
    pub(in crate::accounts) fn email(&self) -> &str {
        self.email
    }

    /// The organisation that everybody works for who comes in through it.
    pub(in crate::accounts) fn organisation(&self) -> Option<&str> {
        self.organisation
    }
}

impl Enter {
    /// By a service that has told who they are; none where the account is closed. Whoever has a second factor here and has
    /// shown none there has a code to show.
    pub(in crate::accounts) async fn by_provider(
        tx: &mut PgConnection,
        person: Uuid,
        claims: &Claims,
    ) -> sqlx::Result<Option<Proved>> {
        if !store::lock_person(tx, person).await? {
            return Ok(None);
        }
        Ok(Some(Proved::of(tx, Self { person, second: claims.second, how: "provider" }).await?))
    }
}

/// May link a service, or prove by it who they are: comes back in the session that they left from.
#[derive(Debug)]
pub(in crate::accounts) struct Same(());

impl Same {
    /// None in another session, or in none.
    pub(in crate::accounts) fn ask(who: Option<&SignedIn>, session: Uuid) -> Option<Self> {
        who.is_some_and(|who| who.session == session).then_some(Self(()))
    }
}

/// May prove by a service who they are: it is linked to their account, and they have just proved it there.
#[derive(Debug)]
pub(in crate::accounts) struct Vouched {
    own: Own,
    second: bool,
}

impl Vouched {
    /// None where it is somebody else, or was proved long ago.
    pub(in crate::accounts) async fn ask(
        tx: &mut PgConnection,
        own: Own,
        claims: &Claims,
        now: OffsetDateTime,
    ) -> sqlx::Result<Option<Self>> {
        let theirs = kept::person(tx, &claims.issuer, &claims.subject).await? == Some(own.person);
        let lately = claims.proved_at.is_some_and(|at| now - at < FRESH);
        Ok((theirs && lately).then_some(Self { own, second: claims.second }))
    }

    /// Whose session it is.
    pub(in crate::accounts) fn own(&self) -> &Own {
        &self.own
    }

    /// Whether they showed more than one factor.
    pub(in crate::accounts) fn second(&self) -> bool {
        self.second
    }
}

/// May take a service away from their account: another way in is left.
#[derive(Debug)]
pub(in crate::accounts) struct Unlink {
    fresh: Fresh,
    identity: Uuid,
}

impl Unlink {
    /// None where it is not theirs; an error value where it is the last way in.
    pub(in crate::accounts) async fn ask(
        tx: &mut PgConnection,
        fresh: Fresh,
        identity: Uuid,
    ) -> sqlx::Result<Option<Result<Self, LastWay>>> {
        let person = fresh.person();
        if !kept::is_theirs(tx, person, identity).await? {
            return Ok(None);
        }
        let other = store::password(tx, person).await?.is_some() || kept::count(tx, person).await? > 1;
        Ok(Some(if other { Ok(Self { fresh, identity }) } else { Err(LastWay) }))
    }

    /// Which.
    pub(in crate::accounts) fn identity(&self) -> Uuid {
        self.identity
    }

    /// Whose.
    pub(in crate::accounts) fn person(&self) -> Uuid {
        self.fresh.person()
    }

    /// Who takes it away.
    pub(in crate::accounts) fn by(&self) -> &Actor {
        self.fresh.own().by()
    }
}

/// Nothing else would let them in.
#[derive(Debug, Clone, Copy)]
pub(in crate::accounts) struct LastWay;
