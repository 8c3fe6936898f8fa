//! How people come in: applications, approval, invitations.

use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::entry;
use crate::{
    accounts::{
        jobs::AnswerApplication,
        key::Key,
        letters,
        policy::{
            OverPassword, Own,
            by_mail::SendLinks,
            joining::{Accept, Invite, Join, Judge, Offered, OverMembership, Register, member_role},
        },
        reads::{
            applications::{self, Applied},
            people,
        },
        session::End,
        store::{
            self,
            joining::{self, NewApplication},
            roles::{self, Approval},
        },
    },
    kernel::{
        actor::{Actor, Role},
        audit,
        i18n::Lang,
        jobs,
        limits::{self, Limit, Taken, Window},
        mail::{self, To},
        web::{Client, links},
    },
    organisations::{self, Kind, Proposed},
    tasks,
};

/// How long the link of an application holds.
pub(in crate::accounts) const APPLICATION_HOLDS: Duration = Duration::DAY;
/// How long an invitation holds.
pub(in crate::accounts) const INVITATION_HOLDS: Duration = Duration::days(7);

/// How often one may apply with one address from one place.
const REGISTER: Limit = Limit {
    name: "register",
    each: &[Window::new(3, Duration::minutes(10)), Window::new(6, Duration::HOUR), Window::new(12, Duration::DAY)],
    all: &[],
};
/// How often from one place, whatever the address; a whole organisation may share it.
const REGISTER_PLACE: Limit =
    Limit { name: "register_place", each: &[Window::new(10, Duration::minutes(10)), Window::new(100, Duration::DAY)], all: &[] };
/// How many letters an address gets because somebody applied with it; whoever applies is not told.
const REGISTER_LETTERS: Limit = Limit { name: "register_letters", each: &[Window::new(8, Duration::DAY)], all: &[] };
/// How often somebody with an account may apply.
const REGISTER_OWN: Limit = Limit { name: "register_own", each: &[Window::new(5, Duration::HOUR)], all: &[] };
/// How many invitations one person may send.
const INVITE: Limit =
    Limit { name: "invite", each: &[Window::new(30, Duration::HOUR), Window::new(100, Duration::DAY)], all: &[] };

/// For whom somebody wants to take part.
#[derive(Debug)]
pub(in crate::accounts) enum For {
    /// An organisation that is there.
    There(Uuid),
    /// One that they describe.
    Described(Proposed),
}

/// An entry with what is there now.
pub(super) fn with(new: serde_json::Value, entry: audit::Entry<'static>) -> audit::Entry<'static> {
    audit::Entry { new: Some(new), ..entry }
}

/// Takes down that somebody wants to take part. There is no account before the address is shown to be theirs; whether there
/// is one already is looked up by a job, so that the answer is the same and takes as long.
pub(in crate::accounts) async fn apply(
    tx: &mut PgConnection,
    permit: &Register,
    (name, email, lang): (&str, &str, Lang),
    wanted: &For,
    client: Client,
    now: OffsetDateTime,
) -> sqlx::Result<Taken> {
    let place = client.subject();
    let pair = format!("{} {place}", email.to_lowercase());
    for (limit, subject) in [(&REGISTER, &pair), (&REGISTER_PLACE, &place)] {
        if let Taken::NotUntil(at) = limits::take(tx, limit, subject, now).await? {
            return Ok(Taken::NotUntil(at));
        }
    }
    let (organisation, proposed) = match wanted {
        For::There(id) => (Some(*id), None),
        For::Described(proposed) => (None, Some(proposed)),
    };
    let new = NewApplication { language: lang.code(), name, email, organisation, proposed };
    let id = joining::insert_application(tx, permit, &new, now, now + APPLICATION_HOLDS).await?;
    jobs::enqueue(tx, &AnswerApplication { application: id }, &format!("answer_application:{id}")).await?;
    audit::record(tx, &Actor::Anonymous, now, entry("application.send", "application", Some(id))).await?;
    Ok(Taken::Yes)
}

/// Sends the link of an application; to who has an account a letter that says so.
pub(in crate::accounts) async fn answer_application(
    tx: &mut PgConnection,
    permit: &SendLinks,
    application: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let Some(applied) = applications::by_id(tx, application).await? else { return Ok(()) };
    if limits::take(tx, &REGISTER_LETTERS, &applied.email.to_lowercase(), now).await? != Taken::Yes {
        return joining::drop_application(tx, permit, application).await;
    }
    let lang = people::lang(&applied.language);
    if applied.has_account {
        joining::drop_application(tx, permit, application).await?;
        let letter = letters::has_account(lang);
        return mail::post(tx, &To::address(applied.email), &letter, None, now).await;
    }
    let key = Key::draw();
    joining::set_application_key(tx, permit, application, &key.sha256()).await?;
    let letter = letters::confirm_application(lang, &applied, links::confirm_application(lang, key.as_str()));
    mail::post(tx, &To::address(applied.email), &letter, None, now).await
}

/// Makes the account of an application whose link was opened. Whether the membership has to be approved, which it has unless
/// the address says where its owner works.
pub(in crate::accounts) async fn join(
    tx: &mut PgConnection,
    permit: &Join,
    applied: &Applied,
    hash: &str,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let wanted = match (applied.organisation_id, applied.kind(), &applied.country) {
        (Some(id), _, _) => For::There(id),
        (None, Some(kind), Some(country)) => For::Described(Proposed {
            kind,
            name: applied.organisation.clone(),
            country: country.clone(),
            number: applied.register_number.clone(),
        }),
        // The table holds one or the other.
        _ => return Ok(false),
    };
    make_person(tx, permit, hash, now).await?;
    let (person, by) = (permit.person(), permit.by());
    let (membership, organisation, waits) = take_up(tx, permit, (&by, person), &wanted, now).await?;
    joining::verify_application(tx, permit, (applied.id, membership), now).await?;
    if !waits {
        joining::settle(tx, permit, membership, now).await?;
    }
    let new = json!({"organisation": organisation, "membership": membership, "approved": !waits});
    audit::record(tx, &by, now, with(new, entry("application.verify", "application", Some(applied.id)))).await?;
    if waits {
        tell_answerers(tx, (applied.id, organisation), person, now).await?;
    }
    Ok(waits)
}

async fn make_person(tx: &mut PgConnection, permit: &Join, hash: &str, now: OffsetDateTime) -> sqlx::Result<()> {
    joining::insert_person(tx, permit, now).await?;
    store::set_password(tx, permit, hash, now).await?;
    audit::record(tx, &permit.by(), now, entry("person.register", "person", Some(permit.person()))).await
}

/// Makes somebody a member of what they described, with the role of a member; whether that has to be approved.
async fn take_up(
    tx: &mut PgConnection,
    permit: &impl OverMembership,
    (by, person): (&Actor, Uuid),
    wanted: &For,
    now: OffsetDateTime,
) -> sqlx::Result<(Uuid, Uuid, bool)> {
    let organisation = match wanted {
        For::There(id) => *id,
        For::Described(proposed) => {
            let made = organisations::propose(tx, by, proposed, now).await?;
            made.ok_or(sqlx::Error::RowNotFound)?.0
        }
    };
    let approved = joining::has_domain(tx, person, organisation).await?;
    let approval = if approved { Approval::Yes } else { Approval::Waits };
    let (membership, _) = roles::member(tx, permit, (person, organisation), approval, now).await?;
    let kind = organisations::kind(tx, organisation).await?.unwrap_or(Kind::Supplier);
    roles::give(tx, permit, membership, (member_role(kind), None), (now, None)).await?;
    Ok((membership, organisation, !approved))
}

/// Lays an application into the example bank, whose people have no passwords.
pub(super) async fn lay_application(
    tx: &mut PgConnection,
    (register, join): (&Register, &Join),
    organisation: Uuid,
    since: OffsetDateTime,
) -> sqlx::Result<()> {
    joining::insert_person(tx, join, since).await?;
    let (membership, organisation, _) = take_up(tx, join, (&join.by(), join.person()), &For::There(organisation), since).await?;
    joining::insert_verified(tx, register, (organisation, membership, join.language()), since).await?;
    Ok(())
}

/// What came of an application of somebody with an account.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::accounts) enum Added {
    /// It waits for an answer.
    Waits,
    /// It was approved at once.
    Approved,
    /// They belong there already.
    There,
    /// There were too many; the next may come at this time.
    NotUntil(OffsetDateTime),
}

/// The application of somebody who has an account, and so an address that is theirs.
pub(in crate::accounts) async fn apply_own(
    tx: &mut PgConnection,
    (permit, own): (&Register, &Own),
    lang: Lang,
    wanted: &For,
    now: OffsetDateTime,
) -> sqlx::Result<Added> {
    let person = own.person();
    if let Taken::NotUntil(at) = limits::take(tx, &REGISTER_OWN, &person.to_string(), now).await? {
        return Ok(Added::NotUntil(at));
    }
    let organisation = match wanted {
        For::There(id) => *id,
        For::Described(proposed) => {
            let made = organisations::propose(tx, own.by(), proposed, now).await?;
            made.ok_or(sqlx::Error::RowNotFound)?.0
        }
    };
    if joining::is_member(tx, person, organisation, now).await? {
        return Ok(Added::There);
    }
    let (membership, organisation, waits) = take_up(tx, own, (own.by(), person), &For::There(organisation), now).await?;
    let id = joining::insert_verified(tx, permit, (organisation, membership, lang.code()), now).await?;
    if !waits {
        joining::settle(tx, own, membership, now).await?;
    }
    let new = json!({"organisation": organisation, "membership": membership, "approved": !waits});
    audit::record(tx, own.by(), now, with(new, entry("application.verify", "application", Some(id)))).await?;
    if waits {
        tell_answerers(tx, (id, organisation), person, now).await?;
    }
    Ok(if waits { Added::Waits } else { Added::Approved })
}

/// Tells those who look after the organisation's accounts that somebody wants to join it, each in their language and once.
async fn tell_answerers(
    tx: &mut PgConnection,
    (application, organisation): (Uuid, Uuid),
    person: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let answerers = people::answerers(tx, organisation, person, now).await?;
    let (Some(who), Some(names)) = (people::addressee(tx, person).await?, organisations::names(tx, organisation).await?) else {
        return Ok(());
    };
    for (answerer, reader) in answerers {
        let letter = letters::application_asked(&reader, &who.name, names.of(reader.lang()));
        mail::post(tx, &To::person(answerer, reader.email), &letter, Some(application), now).await?;
    }
    Ok(())
}

/// Approves who applied, and shows the organisation if it was not shown. The first who speaks for an organisation that is no
/// region looks after its accounts. False where another organisation that is shown has the name.
pub(in crate::accounts) async fn approve(tx: &mut PgConnection, permit: &Judge, now: OffsetDateTime) -> sqlx::Result<bool> {
    let member = permit.member();
    if !member.listed && !organisations::list(tx, permit.by(), member.organisation, now).await? {
        return Ok(false);
    }
    joining::approve(tx, permit, now).await?;
    tasks::let_go(tx, tasks::Kind::Account, permit.application()).await?;
    let of_its_own = matches!(member.kind, Kind::Supplier | Kind::IndustryBody | Kind::ContractingAuthority);
    let leads = of_its_own && !joining::has_administrator(tx, member.organisation, now).await?;
    if leads {
        roles::give(tx, permit, member.id, (Role::OrganisationAdmin, None), (now, None)).await?;
    }
    // What they may is another thing from now on, and so is the key.
    let ended = roles::end_sessions(tx, permit, member.person, End::Role, now).await?;
    let new = json!({"membership": member.id, "organisation": member.organisation, "administrator": leads, "sessions": ended});
    audit::record(tx, permit.by(), now, with(new, entry("application.approve", "application", Some(permit.application()))))
        .await?;
    if let (Some(who), Some(names)) =
        (people::addressee(tx, member.person).await?, organisations::names(tx, member.organisation).await?)
    {
        let letter = letters::approved(&who, names.of(who.lang()), leads);
        mail::post(tx, &To::person(member.person, who.email), &letter, Some(permit.application()), now).await?;
    }
    Ok(true)
}

/// Refuses who applied: the membership is over.
pub(in crate::accounts) async fn refuse(
    tx: &mut PgConnection,
    permit: &Judge,
    reason: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let member = permit.member();
    joining::refuse(tx, permit, reason, now).await?;
    tasks::let_go(tx, tasks::Kind::Account, permit.application()).await?;
    let new = json!({"membership": member.id, "organisation": member.organisation});
    let refused = entry("application.refuse", "application", Some(permit.application()));
    audit::record(tx, permit.by(), now, audit::Entry { new: Some(new), reason: Some(reason), ..refused }).await?;
    if let (Some(who), Some(names)) =
        (people::addressee(tx, member.person).await?, organisations::names(tx, member.organisation).await?)
    {
        let letter = letters::refused(&who, names.of(who.lang()), reason);
        mail::post(tx, &To::person(member.person, who.email), &letter, Some(permit.application()), now).await?;
    }
    Ok(())
}

/// What came of an invitation.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::accounts) enum Sent {
    /// It is on its way.
    Yes,
    /// The role is not theirs to give; that they tried stands in the log.
    Role,
    /// There were too many; the next may come at this time.
    NotUntil(OffsetDateTime),
}

/// Invites an address to an organisation.
pub(in crate::accounts) async fn invite(
    tx: &mut PgConnection,
    permit: &Invite,
    (email, offered, lang): (&str, &Offered<'_>, Lang),
    now: OffsetDateTime,
) -> sqlx::Result<Sent> {
    let (organisation, role) = (permit.organisation(), offered.role);
    if !permit.gives(role) {
        let new = json!({"why": "role", "role": role.code()});
        audit::record(tx, permit.by(), now, with(new, entry("invitation.refuse", "organisation", Some(organisation)))).await?;
        return Ok(Sent::Role);
    }
    if let (Some(person), _) = permit.by().person()
        && let Taken::NotUntil(at) = limits::take(tx, &INVITE, &person.to_string(), now).await?
    {
        return Ok(Sent::NotUntil(at));
    }
    let key = Key::draw();
    let id = joining::invite(tx, permit, (email, offered, lang.code()), &key.sha256(), (now, now + INVITATION_HOLDS)).await?;
    let new = json!({"organisation": organisation, "role": role.code(), "letter": offered.letter,
                     "until": offered.until.map(OffsetDateTime::unix_timestamp)});
    audit::record(tx, permit.by(), now, with(new, entry("invitation.send", "invitation", Some(id)))).await?;
    if let Some(names) = organisations::names(tx, organisation).await? {
        let path = links::invitation(lang, key.as_str());
        let letter = letters::invitation(lang, names.of(lang), path, now + INVITATION_HOLDS);
        mail::post(tx, &To::address(email), &letter, Some(id), now).await?;
    }
    Ok(Sent::Yes)
}

/// Takes an invitation back; whether there was one.
pub(in crate::accounts) async fn take_back(
    tx: &mut PgConnection,
    permit: &Invite,
    id: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let taken = joining::take_back(tx, permit, id, now).await?;
    if taken {
        audit::record(tx, permit.by(), now, entry("invitation.take_back", "invitation", Some(id))).await?;
    }
    Ok(taken)
}

/// Makes the account of who was invited.
pub(in crate::accounts) async fn join_invited(
    tx: &mut PgConnection,
    (join, accept): (&Join, &Accept),
    hash: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    make_person(tx, join, hash, now).await?;
    self::accept(tx, accept, now).await
}

/// The same for who has signed in: what they may is another thing from now on, and so is the key. Every other session is over.
pub(in crate::accounts) async fn accept_own(
    tx: &mut PgConnection,
    (own, accept): (&Own, &Accept),
    now: OffsetDateTime,
) -> sqlx::Result<Key> {
    self::accept(tx, accept, now).await?;
    store::end_others(tx, own, End::Role, now).await?;
    let key = Key::draw();
    store::set_key(tx, own, &key.sha256()).await?;
    Ok(key)
}

/// Takes what an invitation gives: a membership that is approved, with its role.
pub(in crate::accounts) async fn accept(tx: &mut PgConnection, permit: &Accept, now: OffsetDateTime) -> sqlx::Result<()> {
    let invitation = permit.invitation();
    joining::accept(tx, permit, now).await?;
    let who = (permit.person(), invitation.organisation);
    let (membership, _) = roles::member(tx, permit, who, Approval::Yes, now).await?;
    joining::settle(tx, permit, membership, now).await?;
    roles::give(tx, permit, membership, (member_role(invitation.kind()), None), (now, None)).await?;
    // What ends before it begins is nobody's role.
    let (letter, until) = (invitation.letter.as_deref(), invitation.role_ends_at);
    if until.is_none_or(|until| until > now) {
        roles::give(tx, permit, membership, (invitation.role(), letter), (now, until)).await?;
    }
    let new = json!({"organisation": invitation.organisation, "membership": membership, "role": invitation.role().code(),
                     "letter": letter, "until": until.map(OffsetDateTime::unix_timestamp)});
    audit::record(tx, &permit.by(), now, with(new, entry("invitation.accept", "invitation", Some(invitation.id)))).await
}
