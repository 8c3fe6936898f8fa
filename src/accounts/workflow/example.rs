//! Who waits in the example bank, so that its pages show something.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{
    Refused,
    joining::{INVITATION_HOLDS, lay_application},
};
use crate::{
    accounts::{
        key::Key,
        policy::{
            Manage,
            joining::{Domains, Invite, Join, Offered, Register},
        },
        store::joining,
    },
    kernel::{
        actor::{Actor, Role},
        i18n::Lang,
    },
    organisations::{self, Proposed},
};

/// Applications, invitations and endings of addresses.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleJoining {
    domains: Vec<ExampleDomain>,
    applications: Vec<ExampleApplication>,
    invitations: Vec<ExampleInvitation>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleDomain {
    domain: String,
    organisation: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleApplication {
    name: String,
    email: String,
    /// The slug of one that is there.
    #[serde(default)]
    organisation: Option<String>,
    /// Or a new one.
    #[serde(default)]
    proposed: Option<ExampleProposed>,
    days: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleProposed {
    kind: organisations::Kind,
    name: String,
    country: String,
    number: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleInvitation {
    email: String,
    organisation: String,
    role: String,
    days: i64,
}

/// Lays them in. No letter is written of them, and no link of theirs is known.
///
/// # Errors
/// For everybody but the example bank, where there is no such organisation or role, and when the database refuses.
pub async fn lay_joining(
    tx: &mut PgConnection,
    actor: &Actor,
    example: &ExampleJoining,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let manage = Manage::ask(actor).filter(Manage::is_example).ok_or(Refused::Right)?;
    let register = Register::ask(actor).ok_or(Refused::Right)?;
    let domains = Domains::ask(actor).ok_or(Refused::Right)?;
    for one in &example.domains {
        let id = find(tx, &one.organisation).await?;
        joining::add_domain(tx, &domains, (&one.domain, id), now).await?;
    }
    for one in &example.applications {
        let since = now - Duration::days(one.days);
        let organisation = match (&one.organisation, &one.proposed) {
            (Some(slug), _) => find(tx, slug).await?,
            (None, Some(new)) => {
                let (name, country, number) = (new.name.clone(), new.country.clone(), new.number.clone());
                let proposed = Proposed { kind: new.kind, name, country, number };
                organisations::propose(tx, actor, &proposed, since).await?.ok_or(Refused::Right)?.0
            }
            (None, None) => return Err(Refused::Organisation(String::new())),
        };
        let join = Join::as_example(&manage, &one.name, &one.email);
        lay_application(tx, (&register, &join), organisation, since).await?;
    }
    for one in &example.invitations {
        let id = find(tx, &one.organisation).await?;
        let role = Role::from_code(&one.role).ok_or_else(|| Refused::Role(one.role.clone()))?;
        let permit = Invite::ask(tx, actor, id).await?.filter(|permit| permit.gives(role)).ok_or(Refused::Right)?;
        let since = now - Duration::days(one.days);
        let what = (one.email.as_str(), &Offered::plain(role), Lang::Sv.code());
        joining::invite(tx, &permit, what, &Key::draw().sha256(), (since, since + INVITATION_HOLDS)).await?;
    }
    Ok(())
}

async fn find(tx: &mut PgConnection, slug: &str) -> Result<uuid::Uuid, Refused> {
    organisations::find(tx, slug).await?.ok_or_else(|| Refused::Organisation(slug.to_owned()))
}
