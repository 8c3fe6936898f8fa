//! What happens to accounts and sessions: permit, store, audit, in the caller's transaction.

pub(super) mod by_mail;
pub(super) mod erase;
pub(super) mod example;
pub(super) mod export;
pub(super) mod factor;
pub(super) mod identity;
pub(super) mod joining;
pub(super) mod members;
pub(super) mod news;
pub(super) mod setup;

use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    key::Key,
    policy::{Choose, Enter, Leave, Manage, OverPassword, Own, Sweep, factor::Proved},
    reads::account,
    session::{ABSOLUTE, End, KEPT},
    store::{self, roles::Approval},
};
use crate::{
    kernel::{
        actor::{Actor, Role},
        audit,
        i18n::Lang,
        limits::{self, Limit, Taken, Window},
        web::{Client, links},
    },
    organisations,
};

pub(super) mod managed;

/// How often a password may be tried for one address from one place. It is never counted for the address alone: whoever
/// tries from elsewhere cannot keep its owner out.
const PAIR: Limit = Limit {
    name: "sign_in",
    each: &[Window::new(5, Duration::minutes(5)), Window::new(15, Duration::HOUR), Window::new(40, Duration::DAY)],
    all: &[],
};
/// How often passwords may be tried from one place, whatever the address; a whole organisation may share it, and one who
/// tries there is not to keep the others out for the day.
const PLACE: Limit = Limit { name: "sign_in_place", each: &[Window::new(100, Duration::minutes(10))], all: &[] };
/// How often one's own password may be tried in a session.
const PROOF: Limit =
    Limit { name: "own_password", each: &[Window::new(5, Duration::minutes(10)), Window::new(20, Duration::DAY)], all: &[] };
/// How often one may sign in as a person of the example bank from one place.
const EXAMPLE: Limit = Limit { name: "sign_in_example", each: &[Window::new(200, Duration::minutes(10))], all: &[] };
/// So many wrong passwords a day, wherever they come from, are nobody's slips: the owner is told.
const FAILED: Limit = Limit { name: "sign_in_failed", each: &[Window::new(20, Duration::DAY)], all: &[] };
/// And is told of it once a day.
const TOLD: Limit = Limit { name: "sign_in_told", each: &[Window::new(1, Duration::DAY)], all: &[] };
/// How long a link to choose a password holds.
pub const LINK_HOLDS: Duration = Duration::DAY;

/// Why somebody does not get in who has the wrong password.
pub(super) const WRONG: &str = "password";

/// Somebody asked for what they may not, or for what is not there.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The rules say no.
    #[error("no right to make accounts")]
    Right,
    /// There is no organisation of that slug.
    #[error("no organisation {0}")]
    Organisation(String),
    /// There is no such role.
    #[error("no role {0}")]
    Role(String),
    /// The account is closed: a link to it would open nothing.
    #[error("the account is closed")]
    Closed,
    /// The database says no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<organisations::Refused> for Refused {
    fn from(refused: organisations::Refused) -> Self {
        match refused {
            organisations::Refused::Right => Self::Right,
            organisations::Refused::Database(error) => Self::Database(error),
        }
    }
}

/// An account that was made, or found.
#[derive(Debug)]
pub struct Invited {
    /// The person.
    pub person: Uuid,
    /// The path of the link to choose a password by, without language.
    pub path: String,
    /// Whether there was no account for the address before.
    pub is_new: bool,
    /// When the link is over.
    pub ends_at: OffsetDateTime,
}

fn entry(action: &'static str, object_kind: &'static str, object_id: Option<Uuid>) -> audit::Entry<'static> {
    audit::Entry { action, object_kind, object_id, old: None, new: None, reason: None }
}

/// A try at a password.
#[derive(Debug)]
pub(super) enum Try {
    /// It is counted, and may be compared with what is kept of this person's password; nothing is kept of nobody's.
    With(Option<Uuid>, Option<String>),
    /// There were too many; the next may come at this time.
    NotUntil(OffsetDateTime),
}

/// Counts a try to sign in: for who has the address, however it is spelled, from this place; and for the place.
pub(super) async fn try_sign_in(tx: &mut PgConnection, email: &str, client: Client, now: OffsetDateTime) -> sqlx::Result<Try> {
    let found = store::by_email(tx, email).await?;
    let whom = found.as_ref().map_or_else(|| email.to_lowercase(), |(person, _)| person.to_string());
    for (limit, subject) in counted(&whom, client) {
        if let Taken::NotUntil(at) = limits::take(tx, limit, &subject, now).await? {
            return Ok(Try::NotUntil(at));
        }
    }
    Ok(found.map_or(Try::With(None, None), |(person, kept)| Try::With(Some(person), kept)))
}

fn counted(whom: &str, client: Client) -> [(&'static Limit, String); 2] {
    let place = client.subject();
    [(&PAIR, format!("{whom} {place}")), (&PLACE, place)]
}

/// They came in: it was no try to guess a password.
pub(super) async fn give_back_sign_in(
    tx: &mut PgConnection,
    person: Uuid,
    client: Client,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    for (limit, subject) in counted(&person.to_string(), client) {
        limits::give_back(tx, limit, &subject, now).await?;
    }
    Ok(())
}

/// The password was right: it was no try to guess it.
pub(super) async fn give_back_own(tx: &mut PgConnection, permit: &Own, now: OffsetDateTime) -> sqlx::Result<()> {
    limits::give_back(tx, &PROOF, &permit.person().to_string(), now).await
}

/// Counts a sign-in as a person of the example bank.
pub(super) async fn count_example(tx: &mut PgConnection, client: Client, now: OffsetDateTime) -> sqlx::Result<Taken> {
    limits::take(tx, &EXAMPLE, &client.subject(), now).await
}

/// Counts a try at one's own password.
pub(super) async fn try_own(tx: &mut PgConnection, person: Uuid, now: OffsetDateTime) -> sqlx::Result<Try> {
    if let Taken::NotUntil(at) = limits::take(tx, &PROOF, &person.to_string(), now).await? {
        return Ok(Try::NotUntil(at));
    }
    Ok(Try::With(Some(person), store::password(tx, person).await?))
}

/// Writes down that somebody did not get in. The address that was typed is not kept: it may be a password.
pub(super) async fn note_failure(
    tx: &mut PgConnection,
    by: &Actor,
    person: Option<Uuid>,
    why: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let failed = audit::Entry { new: Some(json!({"why": why})), ..entry("session.refuse", "person", person) };
    audit::record(tx, by, now, failed).await?;
    match person {
        Some(person) if why == WRONG => warn_of_tries(tx, person, now).await,
        _ => Ok(()),
    }
}

/// Writes to whose password is tried again and again. It changes nothing about who may try: that is counted by place.
async fn warn_of_tries(tx: &mut PgConnection, person: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    let person_text = person.to_string();
    if limits::take(tx, &FAILED, &person_text, now).await? == Taken::Yes {
        return Ok(());
    }
    if limits::take(tx, &TOLD, &person_text, now).await? == Taken::Yes {
        news::tell(tx, person, news::News::ManyTries, now).await?;
    }
    Ok(())
}

/// Opens a session; the one that the browser had before is over. Gives the key to it.
pub(super) async fn enter(
    tx: &mut PgConnection,
    permit: &Enter,
    before: Option<&str>,
    browser: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Key> {
    if let Some(before) = before {
        leave(tx, before, End::SignedInAnew, now).await?;
    }
    open(tx, permit, browser, json!({"how": permit.how()}), now).await
}

/// Opens it, and writes to the person where the browser is not one of theirs.
async fn open(
    tx: &mut PgConnection,
    permit: &Enter,
    browser: &str,
    how: serde_json::Value,
    now: OffsetDateTime,
) -> sqlx::Result<Key> {
    let is_known = permit.is_example() || account::knows_browser(tx, permit.person(), browser).await?;
    let key = Key::draw();
    let id = store::open_session(tx, permit, &key.sha256(), browser, now, now + ABSOLUTE).await?;
    let opened = audit::Entry { new: Some(how), ..entry("session.open", "session", Some(id)) };
    audit::record(tx, &permit.by(), now, opened).await?;
    if !is_known {
        news::tell(tx, permit.person(), news::News::SignedIn(browser), now).await?;
    }
    Ok(key)
}

/// The same password, kept with the parameters of today.
pub(super) async fn strengthen(tx: &mut PgConnection, permit: &Proved, hash: &str) -> sqlx::Result<()> {
    store::keep_password_anew(tx, permit, hash).await
}

/// Ends the session that a key opens.
pub(super) async fn leave(tx: &mut PgConnection, key: &str, why: End, now: OffsetDateTime) -> sqlx::Result<()> {
    if let Some(person) = store::end_by_key(tx, &Leave::with(key), why, now).await? {
        let by = Actor::Person { id: person, organisation: None, roles: Vec::new() };
        let ended = audit::Entry { new: Some(json!({"why": why.code()})), ..entry("session.end", "person", Some(person)) };
        audit::record(tx, &by, now, ended).await?;
    }
    Ok(())
}

/// What came of ending a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It is over.
    Yes,
    /// There is none that holds.
    NoSuch,
    /// It is somebody else's.
    NotTheirs,
}

/// Ends one of one's own sessions.
pub(super) async fn end(tx: &mut PgConnection, permit: &Own, session: Uuid, now: OffsetDateTime) -> sqlx::Result<Ended> {
    if !store::end_session(tx, permit, session, End::Owner, now).await? {
        return Ok(if store::is_anothers(tx, permit, session).await? { Ended::NotTheirs } else { Ended::NoSuch });
    }
    let new = Some(json!({"why": End::Owner.code()}));
    audit::record(tx, permit.by(), now, audit::Entry { new, ..entry("session.end", "session", Some(session)) }).await?;
    Ok(Ended::Yes)
}

/// Ends all of one's own sessions but this; gives how many held.
pub(super) async fn end_others(tx: &mut PgConnection, permit: &Own, now: OffsetDateTime) -> sqlx::Result<i64> {
    let ended = store::end_others(tx, permit, End::Owner, now).await?;
    let new = Some(json!({"sessions": ended}));
    let entry = audit::Entry { new, ..entry("session.end_others", "person", Some(permit.person())) };
    audit::record(tx, permit.by(), now, entry).await?;
    Ok(ended)
}

/// Has the person act for another membership in this session, which gets another key: what the old one opened, the new one
/// opens with other rights. None where the membership is not theirs.
pub(super) async fn act_for(
    tx: &mut PgConnection,
    permit: &Own,
    membership: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Key>> {
    let Some(organisation) = store::act_for(tx, permit, membership, now).await? else { return Ok(None) };
    let key = Key::draw();
    store::set_key(tx, permit, &key.sha256()).await?;
    let new = Some(json!({"organisation": organisation}));
    let chosen = audit::Entry { new, ..entry("session.act_for", "membership", Some(membership)) };
    audit::record(tx, permit.by(), now, chosen).await?;
    Ok(Some(key))
}

/// Another name and language. The log says that it was done; names never stand in it.
pub(super) async fn rename(tx: &mut PgConnection, permit: &Own, name: &str, lang: Lang, now: OffsetDateTime) -> sqlx::Result<()> {
    store::set_name(tx, permit, name, lang).await?;
    audit::record(tx, permit.by(), now, entry("person.rename", "person", Some(permit.person()))).await
}

/// Keeps a password; no link gives another from then on, and every session but that of the permit is over.
async fn set_password(tx: &mut PgConnection, permit: &impl OverPassword, hash: &str, now: OffsetDateTime) -> sqlx::Result<()> {
    store::set_password(tx, permit, hash, now).await?;
    store::void_link(tx, permit).await?;
    store::step::void(tx, permit).await?;
    store::end_others(tx, permit, End::Password, now).await?;
    Ok(())
}

/// Another password. Every other session is over; this one gets another key.
pub(super) async fn change_password(tx: &mut PgConnection, permit: &Own, hash: &str, now: OffsetDateTime) -> sqlx::Result<Key> {
    set_password(tx, permit, hash, now).await?;
    let key = Key::draw();
    store::set_key(tx, permit, &key.sha256()).await?;
    audit::record(tx, permit.by(), now, entry("person.change_password", "person", Some(permit.person()))).await?;
    by_mail::tell_password(tx, permit.person(), now).await?;
    Ok(key)
}

/// The password that was chosen by a link, which opens nothing from now on. Every session is over.
pub(super) async fn choose_password(tx: &mut PgConnection, permit: &Choose, hash: &str, now: OffsetDateTime) -> sqlx::Result<()> {
    let is_another = store::password(tx, permit.person()).await?.is_some();
    set_password(tx, permit, hash, now).await?;
    store::note_email(tx, permit, now).await?;
    if is_another {
        by_mail::tell_password(tx, permit.person(), now).await?;
    }
    audit::record(tx, &permit.by(), now, entry("person.choose_password", "person", Some(permit.person()))).await
}

/// Makes the person a member with the role; what they have already stays. Gives whether the role is new.
async fn give_role(
    tx: &mut PgConnection,
    permit: &Manage,
    who: (Uuid, Uuid),
    given: (Role, Option<&str>),
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let (membership, _) = store::roles::member(tx, permit, who, Approval::OfNew, now).await?;
    store::roles::give(tx, permit, membership, given, (now, None)).await
}

/// Makes an administrator's account for an address, or makes an administrator of who has it, with a link to choose a password.
///
/// # Errors
/// For who may not, where there is no such organisation or the account is closed, and when the database refuses.
pub async fn create_admin(
    tx: &mut PgConnection,
    actor: &Actor,
    (email, name, organisation): (&str, &str, &str),
    now: OffsetDateTime,
) -> Result<Invited, Refused> {
    let permit = Manage::ask(actor).ok_or(Refused::Right)?;
    let unknown = || Refused::Organisation(organisation.to_owned());
    let organisation = organisations::find(tx, organisation).await?.ok_or_else(unknown)?;
    let (person, is_new) = store::make_person(tx, &permit, (name, email, None), now).await?;
    if !store::lock_person(tx, person).await? {
        return Err(Refused::Closed);
    }
    if give_role(tx, &permit, (person, organisation), (Role::Admin, None), now).await? {
        // Other rights, another key: whoever is signed in signs in anew.
        store::roles::end_sessions(tx, &permit, person, End::Role, now).await?;
    }
    let (key, ends_at) = (Key::draw(), now + LINK_HOLDS);
    store::make_link(tx, &permit, (person, &key.sha256()), now, ends_at).await?;
    let new = Some(json!({"organisation": organisation, "role": Role::Admin.code(), "new": is_new}));
    audit::record(tx, permit.by(), now, audit::Entry { new, ..entry("person.give_role", "person", Some(person)) }).await?;
    let path = links::choose_password(Lang::Sv, key.as_str());
    Ok(Invited { person, path, is_new, ends_at })
}

/// Throws away sessions that were over a month ago, and links and steps that are over; gives how many rows that were.
///
/// # Errors
/// For who may not, and when the database refuses.
pub async fn sweep(tx: &mut PgConnection, actor: &Actor, now: OffsetDateTime) -> Result<u64, Refused> {
    let permit = Sweep::ask(actor).ok_or(Refused::Right)?;
    let sessions = store::sweep::sessions(tx, &permit, now - KEPT).await?;
    store::by_mail::sweep(tx, &permit, now).await?;
    store::joining::sweep(tx, &permit, now).await?;
    Ok(sessions + store::sweep::passed(tx, &permit, now).await?)
}

/// Ends every session of everybody; gives how many held. What was ended since a backup was taken would hold again otherwise.
///
/// # Errors
/// For who may not, and when the database refuses.
pub async fn end_all_sessions(tx: &mut PgConnection, actor: &Actor, now: OffsetDateTime) -> Result<i64, Refused> {
    let permit = Manage::ask(actor).ok_or(Refused::Right)?;
    let ended = store::end_everybodys(tx, &permit, End::Administrator, now).await?;
    let new = Some(json!({"why": End::Administrator.code(), "sessions": ended}));
    audit::record(tx, permit.by(), now, audit::Entry { new, ..entry("session.end_all", "session", None) }).await?;
    Ok(ended)
}

/// The people of the example bank, and the organisations that only they have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamplePeople {
    organisations: Vec<organisations::New>,
    people: Vec<ExamplePerson>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExamplePerson {
    word: String,
    name: String,
    roles: Vec<ExampleRole>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleRole {
    organisation: String,
    role: String,
    letter: Option<String>,
}

/// Makes the people of the example bank, where they are not there yet.
///
/// # Errors
/// For everybody but the example bank, where there is no such organisation or role, and when the database refuses.
pub async fn add_example_people(
    tx: &mut PgConnection,
    actor: &Actor,
    example: &ExamplePeople,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let permit = Manage::ask(actor).filter(Manage::is_example).ok_or(Refused::Right)?;
    for organisation in &example.organisations {
        organisations::add(tx, actor, organisation, now).await?;
    }
    for person in &example.people {
        let email = format!("{}@example.org", person.word);
        let (id, _) = store::make_person(tx, &permit, (&person.name, &email, Some(&person.word)), now).await?;
        for given in &person.roles {
            let unknown = || Refused::Organisation(given.organisation.clone());
            let organisation = organisations::find(tx, &given.organisation).await?.ok_or_else(unknown)?;
            let role = Role::from_code(&given.role).ok_or_else(|| Refused::Role(given.role.clone()))?;
            give_role(tx, &permit, (id, organisation), (role, given.letter.as_deref()), now).await?;
        }
    }
    Ok(())
}
