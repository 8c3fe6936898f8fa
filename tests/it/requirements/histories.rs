//! Random histories of a requirement against a real database: whatever is done, by the program or past it, what is decided
//! stays as it was decided, and at most one version is open and one in force.

use std::collections::{BTreeSet, HashMap};

use kravbank::{
    kernel::actor::{Actor, Role, System},
    requirements::{
        RequirementNumber, StoredVersion,
        clauses::carry_ids,
        content::{Core, Novelty, hash},
        lifecycle::{State, Step, WhyNot},
        policy::{Advance, HideText, Origin, Prepare, Publish, Refused, Repeal, Stop},
        workflow::{self, Effect, NewVersion},
    },
};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use sqlx::{Connection, PgConnection, Row};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::support::{Import, NOW, TestDb, complete, lines};

const HISTORIES: u32 = 50;
const STEPS: usize = 28;
const REASON: &str = "Skäl.";

#[derive(Debug, Clone, Copy)]
enum Deed {
    Wait(u8),
    Prepare(u8),
    Submit,
    Return,
    Discard,
    Decline,
    /// By a decision of the network, in force so many days from now.
    Decide(i8),
    /// As the example bank does, straight from preparation.
    Fill(i8),
    Revoke,
    Repeal(i8),
    Stop,
    Lift,
    Hide,
    /// Past the program, by one of [`SABOTAGE`].
    Sabotage(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => (1_u8..20).prop_map(Deed::Wait),
        5 => any::<u8>().prop_map(Deed::Prepare),
        4 => Just(Deed::Submit),
        1 => Just(Deed::Return),
        1 => Just(Deed::Discard),
        2 => Just(Deed::Decline),
        5 => (-5_i8..25).prop_map(Deed::Decide),
        3 => (-5_i8..25).prop_map(Deed::Fill),
        2 => Just(Deed::Revoke),
        2 => (-5_i8..25).prop_map(Deed::Repeal),
        1 => Just(Deed::Stop),
        1 => Just(Deed::Lift),
        1 => Just(Deed::Hide),
        10 => (0..SABOTAGE.len()).prop_map(Deed::Sabotage),
    ]
}

/// What somebody with all power over the database may try; `$1` is the requirement. None of it may touch a row.
const SABOTAGE: &[&str] = &[
    "update requirement_version set title = title || '!' where requirement_id = $1 and state not in ('preparation', 'ready')",
    "update requirement_version set canonical = canonical || ' ' where requirement_id = $1 and state = 'decided'",
    "update requirement_version set canonical = '{}', sha256 = sha256('{}') where requirement_id = $1 and state = 'decided'",
    "update requirement_version set evidence = '[]', follow_up = null where requirement_id = $1 and state = 'decided'",
    "update requirement_version set level = 'spearhead', lock_version = 99 where requirement_id = $1 and state = 'decided'",
    "update requirement_version set decided_at = '2020-01-01' where requirement_id = $1 and state = 'decided'",
    "update requirement_version set origin = 'import', decision_id = null where requirement_id = $1 and state = 'decided' and origin <> 'import'",
    "update requirement_version set audience = 100 where requirement_id = $1 and state = 'decided'",
    "update requirement_version set change_note = 'Nytt', changes = '{clarified}' where requirement_id = $1 and state = 'decided'",
    "update requirement_version set number = number + 100 where requirement_id = $1",
    "update requirement_version set created_at = '2020-01-01' where requirement_id = $1",
    "update requirement_version set state = 'preparation', valid = null where requirement_id = $1 and state not in ('preparation', 'ready')",
    "update requirement_version set state = 'ready', valid = null where requirement_id = $1 and state in ('discarded', 'not_approved', 'revoked')",
    "update requirement_version set state = 'discarded', valid = null, closed_at = '2030-01-01' where requirement_id = $1 and state = 'decided'",
    "update requirement_version set state = 'revoked', valid = 'empty', closed_at = lower(valid) where requirement_id = $1 and state = 'decided'",
    "update requirement_version set state = 'revoked', valid = 'empty', closed_at = '2020-01-01' where requirement_id = $1 and state = 'preparation'",
    "update requirement_version set state = 'decided', valid = tstzrange('2020-01-01', null) where requirement_id = $1 and state <> 'decided'",
    "update requirement_version set valid = tstzrange(lower(valid) - interval '1 day', upper(valid)) where requirement_id = $1 and state = 'decided'",
    "update requirement_version set valid = tstzrange(null, upper(valid)) where requirement_id = $1 and state = 'decided'",
    "update requirement_version set valid = 'empty' where requirement_id = $1 and state = 'decided'",
    "update requirement_version v set valid = tstzrange(lower(valid), null) where requirement_id = $1 and exists (select from requirement_version n
         where n.requirement_id = $1 and n.id <> v.id and n.state = 'decided' and lower(n.valid) > lower(v.valid))",
    "update requirement_version set closed_at = '2020-01-01' where requirement_id = $1 and state not in ('preparation', 'ready')",
    "delete from requirement_version where requirement_id = $1",
    "insert into requirement_version select (jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(), 'number', 900 + number))).*
         from requirement_version v where requirement_id = $1 and state in ('preparation', 'ready', 'decided')",
    "insert into requirement_version select (jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(), 'number', 900 + number,
         'state', 'preparation'))).* from requirement_version v where requirement_id = $1 and state in ('preparation', 'ready')",
    "update version_clause c set text = text || '!' from requirement_version v
         where v.id = c.version_id and v.requirement_id = $1 and v.state not in ('preparation', 'ready')",
    "delete from version_clause c using requirement_version v
         where v.id = c.version_id and v.requirement_id = $1 and v.state not in ('preparation', 'ready')",
    "insert into version_clause select v.id, v.requirement_id, c.id, 50, 'Insmuget.' from requirement_version v, clause c
         where v.requirement_id = $1 and c.requirement_id = $1 and v.state not in ('preparation', 'ready')",
    "update version_clause c set version_id = d.id, position = 40 from requirement_version v, requirement_version d
         where v.id = c.version_id and v.requirement_id = $1 and d.requirement_id = $1 and d.state = 'decided' and d.id <> v.id",
    "delete from version_reference r using requirement_version v
         where v.id = r.version_id and v.requirement_id = $1 and v.state not in ('preparation', 'ready')",
    "insert into version_reference select v.id, 40, r.id from requirement_version v, reference r
         where v.requirement_id = $1 and v.state not in ('preparation', 'ready')",
    "update reference f set name = name || '!' from version_reference x, requirement_version v
         where x.reference_id = f.id and v.id = x.version_id and v.requirement_id = $1 and v.state not in ('preparation', 'ready')",
    "update clause set requirement_id = (select id from requirement where id <> $1 limit 1) where requirement_id = $1",
    "delete from clause where requirement_id = $1",
    "update requirement set number = number + 100000 where id = $1",
    "delete from requirement where id = $1",
    "update requirement_repeal set reason = 'Nytt.', effective = '2020-01-01' where requirement_id = $1",
    "delete from requirement_repeal where requirement_id = $1",
    "update requirement_successor set kind = 'split' where requirement_id = $1",
    "delete from requirement_successor where requirement_id = $1",
    "update requirement_stop set reason = 'Nytt.' where requirement_id = $1",
    "update requirement_stop set valid = tstzrange(lower(valid) - interval '1 day', null) where requirement_id = $1",
    "delete from requirement_stop where requirement_id = $1",
    "update audit set action = 'nothing' where $1 is not null",
    "delete from audit where $1 is not null",
    "update event set reason = 'nothing' where subject_id = $1",
    "delete from event where subject_id = $1",
    "update decision set reference = 'nothing' where $1 is not null",
    "delete from decision_item where $1 is not null",
    "truncate requirement_version cascade",
    "truncate requirement cascade",
    "truncate clause cascade",
    "truncate version_clause",
    "truncate version_reference",
    "truncate reference cascade",
    "truncate requirement_repeal cascade",
    "truncate requirement_stop",
    "truncate requirement_successor",
    "truncate audit cascade",
    "truncate audit_seal cascade",
    "truncate event",
    "truncate decision cascade",
    "truncate decision_item",
];

/// A requirement, and what was seen of it before.
struct World {
    connection: PgConnection,
    requirement: Uuid,
    number: i64,
    decision: Uuid,
    now: OffsetDateTime,
    states: HashMap<Uuid, State>,
    /// What a version that is no longer open said, byte for byte.
    frozen: HashMap<Uuid, String>,
    audited: i64,
}

fn person(role: Role) -> Actor {
    Actor::Person { id: Uuid::now_v7(), organisation: Some(Uuid::now_v7()), roles: vec![role] }
}

const EXAMPLE: Actor = Actor::System(System::Example);

impl World {
    async fn begin(db: &TestDb, decision: Uuid) -> Self {
        let with_parts = complete("Historia").set("references", serde_json::json!([{"name": "Reach", "kind": "law"}]));
        let report = Import::preparation().accepted(db, lines(&[with_parts])).await;
        let number = report.numbers.expect("a number").0;
        let mut connection = db.connect().await;
        let requirement = sqlx::query_scalar("select id from requirement where number = $1")
            .bind(number)
            .fetch_one(&mut connection)
            .await
            .expect("the requirement");
        let (states, frozen) = (HashMap::new(), HashMap::new());
        Self { connection, requirement, number, decision, now: NOW, states, frozen, audited: 0 }
    }

    fn day(&self, days: i8) -> OffsetDateTime {
        self.now + Duration::days(i64::from(days))
    }

    /// Does it; true if it was done, false if it was refused.
    async fn perform(&mut self, deed: Deed) -> bool {
        let now = self.now;
        match deed {
            Deed::Wait(days) => {
                self.now += Duration::days(i64::from(days));
                return true;
            }
            Deed::Sabotage(which) => return self.sabotage(SABOTAGE[which]).await,
            _ => {}
        }
        let stored = kravbank::requirements::load(&mut self.connection, &[self.number]).await.expect("it is read");
        let stored = stored[&self.number].clone();
        let from = if let Deed::Decide(days) | Deed::Fill(days) | Deed::Repeal(days) = deed { self.day(days) } else { now };
        let mut tx = self.connection.begin().await.expect("a transaction");
        let done = match deed {
            Deed::Wait(_) | Deed::Sabotage(_) => Ok(()),
            Deed::Prepare(seed) => match stored.open.as_ref().or(stored.decided.as_ref()).or(stored.dropped.as_ref()) {
                Some(base) => prepare(&mut tx, self.requirement, self.number, stored.last_number + 1, base, seed, now).await,
                None => return false,
            },
            Deed::Submit => advance(&mut tx, stored.open.as_ref(), Step::Submit, now).await,
            Deed::Return => advance(&mut tx, stored.open.as_ref(), Step::Return(REASON), now).await,
            Deed::Discard => advance(&mut tx, stored.open.as_ref(), Step::Discard(REASON), now).await,
            Deed::Decline => advance(&mut tx, stored.open.as_ref(), Step::Decline(REASON), now).await,
            Deed::Decide(_) => {
                publish(&mut tx, stored.open.as_ref(), &person(Role::DecisionMaker), Some(self.decision), from, now).await
            }
            Deed::Fill(_) => publish(&mut tx, stored.open.as_ref(), &EXAMPLE, None, from, now).await,
            Deed::Revoke => {
                let decided = stored.decided.as_ref();
                let takes_effect = decided.and_then(|version| version.takes_effect).unwrap_or(now);
                advance(&mut tx, decided, Step::Revoke { reason: REASON, takes_effect, now }, now).await
            }
            Deed::Repeal(_) => match Repeal::ask(&mut tx, &EXAMPLE, self.requirement, from).await {
                Ok(permit) => {
                    let other = sqlx::query_scalar("select id from requirement where id <> $1 order by number limit 1");
                    let other: Uuid = other.bind(self.requirement).fetch_one(&mut *tx).await.expect("another requirement");
                    workflow::repeal(&mut tx, &permit, REASON, from, &[(other, "merged")], now).await
                }
                Err(refused) => Err(refused),
            },
            Deed::Stop => match Stop::ask(&mut tx, &person(Role::LmcCoordinator), self.requirement, now).await {
                Ok(permit) => workflow::stop(&mut tx, &permit, REASON, now, now).await,
                Err(refused) => Err(refused),
            },
            Deed::Lift => match Stop::ask(&mut tx, &person(Role::LmcCoordinator), self.requirement, now).await {
                Ok(permit) => workflow::lift(&mut tx, &permit, REASON, now).await,
                Err(refused) => Err(refused),
            },
            Deed::Hide => match &stored.decided {
                Some(decided) => match HideText::ask(&mut tx, &EXAMPLE, decided.id).await {
                    Ok(permit) => workflow::hide_text(&mut tx, &permit, REASON, now).await,
                    Err(refused) => Err(refused),
                },
                None => Err(WhyNot::NothingInForce.into()),
            },
        };
        match done {
            Ok(()) => {
                tx.commit().await.expect("it is kept");
                true
            }
            Err(Refused::WhyNot(_)) => false,
            // A rule of the database, not a fault.
            Err(Refused::Database(error))
                if error.as_database_error().and_then(sqlx::error::DatabaseError::code).is_some_and(|c| c.starts_with("23")) =>
            {
                false
            }
            Err(error) => panic!("{deed:?}: {error:?}"),
        }
    }

    async fn sabotage(&mut self, statement: &'static str) -> bool {
        let mut tx = self.connection.begin().await.expect("a transaction");
        let query = sqlx::query(statement);
        let query = if statement.contains("$1") { query.bind(self.requirement) } else { query };
        if let Ok(done) = query.execute(&mut *tx).await {
            assert!(done.rows_affected() == 0 && !statement.starts_with("truncate"), "nobody stopped: {statement}");
        }
        tx.rollback().await.expect("undone");
        true
    }

    /// Looks at everything, and at what it was before.
    async fn check(&mut self) -> BTreeSet<&'static str> {
        let rows = sqlx::query(
            "select v.id, v.number, v.state, lower(v.valid) as begins, upper(v.valid) as ends, v.canonical, v.sha256, v.decision_id,
                    version_core(v.id) as core,
                    concat_ws(E'\\n', (to_jsonb(v) - array['valid', 'state', 'closed_at', 'not_shown_since', 'not_shown_reason'])::text,
                        lower(v.valid),
                        (select jsonb_agg(to_jsonb(c) order by c.position)::text from version_clause c where c.version_id = v.id),
                        (select jsonb_agg(to_jsonb(x) || to_jsonb(f) order by x.position)::text
                         from version_reference x join reference f on f.id = x.reference_id where x.version_id = v.id)) as said
             from requirement_version v where v.requirement_id = $1 order by v.number",
        )
        .bind(self.requirement)
        .fetch_all(&mut self.connection)
        .await
        .expect("versions");
        let mut seen = BTreeSet::new();
        let mut open = 0;
        let mut ranges: Vec<(OffsetDateTime, Option<OffsetDateTime>)> = Vec::new();
        for (place, row) in (1..).zip(&rows) {
            assert_eq!(row.get::<i32, _>("number"), place, "numbers of versions have a gap");
            let id: Uuid = row.get("id");
            let state = State::from_code(row.get("state")).expect("a known state");
            seen.insert(state.code());
            self.check_transition(id, state);
            open += i32::from(state.is_open());
            if state == State::Decided {
                let begins: OffsetDateTime = row.get("begins");
                let ends: Option<OffsetDateTime> = row.get("ends");
                assert!(ends.is_none_or(|ends| begins < ends));
                ranges.push((begins, ends));
            }
            if matches!(state, State::Decided | State::Revoked) {
                let canonical: String = row.get("canonical");
                assert_eq!(row.get::<Vec<u8>, _>("sha256"), hash(&canonical));
                let core: Core = serde_json::from_value(row.get("core")).expect("a core");
                let again = core.canonical(RequirementNumber::from_db(self.number), place).expect("canonical");
                assert_eq!(again, canonical, "the rows say something else than what was decided");
            }
            if !state.is_open() {
                // When a revoked version was to begin is no longer told by its range.
                let said: String = row.get("said");
                let said = if state == State::Decided {
                    said
                } else {
                    said.lines().filter(|line| line.starts_with(['{', '['])).collect()
                };
                if let Some(before) = self.frozen.insert(id, said.clone())
                    && state == State::Decided
                {
                    assert_eq!(before, said, "something decided has changed");
                }
            }
        }
        assert!(self.states.keys().all(|id| rows.iter().any(|row| row.get::<Uuid, _>("id") == *id)), "a version is gone");
        assert!(open <= 1, "{open} versions are open");
        ranges.sort();
        for pair in ranges.windows(2) {
            assert!(pair[0].1.is_some_and(|end| end <= pair[1].0), "two versions are in force at once: {pair:?}");
        }
        self.check_repeal(&ranges).await;
        let audited: i64 =
            sqlx::query_scalar("select count(*) from audit").fetch_one(&mut self.connection).await.expect("a count");
        assert!(audited >= self.audited, "audit rows are gone");
        self.audited = audited;
        seen
    }

    /// From one state to the next only by a step of the lifecycle, or by several when the example bank skips one.
    fn check_transition(&mut self, id: Uuid, state: State) {
        let Some(before) = self.states.insert(id, state) else {
            assert_eq!(state, State::Preparation, "a version is born in preparation");
            return;
        };
        let revoke = Step::Revoke {
            reason: REASON,
            takes_effect: OffsetDateTime::UNIX_EPOCH + Duration::DAY,
            now: OffsetDateTime::UNIX_EPOCH,
        };
        let steps = [Step::Submit, Step::Return(REASON), Step::Discard(REASON), Step::Decline(REASON), Step::Decide, revoke];
        let reached = before == state
            || steps.iter().any(|step| before.after(step) == Ok(state))
            || (before, state) == (State::Preparation, State::Decided);
        assert!(reached, "from {before:?} to {state:?}");
    }

    async fn check_repeal(&mut self, ranges: &[(OffsetDateTime, Option<OffsetDateTime>)]) {
        let end: Option<OffsetDateTime> =
            sqlx::query_scalar("select effective from requirement_repeal where requirement_id = $1")
                .bind(self.requirement)
                .fetch_optional(&mut self.connection)
                .await
                .expect("the repeal");
        if let Some(end) = end {
            let after = ranges.iter().find(|(_, ends)| ends.is_none_or(|ends| ends > end));
            assert_eq!(after, None, "repealed from {end}, and yet in force");
        }
    }
}

async fn prepare(
    tx: &mut PgConnection,
    requirement: Uuid,
    number: i64,
    version: i32,
    base: &StoredVersion,
    seed: u8,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let mut content = base.content.clone();
    content.core.title = format!("Historia {seed}");
    content.english.text.clear();
    let mut text = content.core.text.clone();
    match seed % 4 {
        0 => text.push(format!("Stycke {seed} är nytt i version {version}.")),
        1 => text[0] = format!("{} Tillägg {seed}.", text[0]),
        2 if text.len() > 1 => drop(text.remove(0)),
        _ => text.reverse(),
    }
    text.truncate(10);
    let clauses = carry_ids(&base.clauses, &text);
    for clause in &clauses {
        if let Some(old) = base.clauses.iter().find(|old| old.text == clause.text) {
            assert!(base.clauses.iter().any(|o| o.id == clause.id), "{} lost its id", old.text);
        }
    }
    content.core.text = text;
    let permit = Prepare::ask(tx, &person(Role::LmcCoordinator), &[requirement]).await?;
    let new = NewVersion {
        id: Uuid::now_v7(),
        requirement,
        requirement_number: RequirementNumber::from_db(number),
        new_requirement: false,
        number: version,
        content,
        clauses,
        novelty: Novelty::default(),
    };
    workflow::prepare(tx, &permit, Origin::Decision, &[new], now).await
}

async fn advance(
    tx: &mut PgConnection,
    version: Option<&StoredVersion>,
    step: Step<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let id = version.ok_or(WhyNot::NothingInForce)?.id;
    let seen: i32 =
        sqlx::query_scalar("select lock_version from requirement_version where id = $1").bind(id).fetch_one(&mut *tx).await?;
    let by = if matches!(step, Step::Decline(_) | Step::Revoke { .. }) { Role::DecisionMaker } else { Role::LmcCoordinator };
    let permit = Advance::ask(tx, &person(by), id, seen).await?;
    workflow::advance(tx, &permit, step, now).await.map(|_| ())
}

async fn publish(
    tx: &mut PgConnection,
    version: Option<&StoredVersion>,
    by: &Actor,
    decision: Option<Uuid>,
    from: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let version = version.ok_or(WhyNot::NothingInForce)?;
    let permit = Publish::ask(tx, by, &[version.id]).await?;
    let effects = [Effect { version: version.id, from, content: &version.content }];
    workflow::publish(tx, &permit, decision, &effects, now).await
}

/// Something for sabotage to aim at: a decision with an item, a seal, another requirement. Gives the decision.
async fn aims(db: &TestDb) -> Uuid {
    let other = complete("En annan").set("references", serde_json::json!([{"name": "EN 374", "kind": "standard"}]));
    Import::current().accepted(db, lines(&[other])).await;
    kravbank::kernel::audit::seal(&mut db.connect().await, NOW).await.expect("a seal");
    db.value("select id from decision").await
}

/// Each sabotage once, against a requirement on which all of them find a row.
#[tokio::test]
async fn nobody_rewrites_what_is_decided() {
    use Deed::{Decide, Discard, Fill, Prepare, Repeal, Revoke, Stop, Submit, Wait};
    let db = TestDb::create();
    let decision = aims(&db).await;
    let mut world = World::begin(&db, decision).await;
    world.check().await;
    let before = [Discard, Prepare(3), Fill(0), Wait(1), Prepare(0), Submit, Decide(5)];
    let after = [Prepare(1), Fill(12), Revoke, Stop, Wait(6), Repeal(30), Prepare(0)];
    for deed in before.into_iter().chain(after) {
        assert!(world.perform(deed).await, "{deed:?} was refused");
        world.check().await;
    }
    let mut missed = Vec::new();
    for statement in SABOTAGE {
        let mut tx = world.connection.begin().await.expect("a transaction");
        let query = sqlx::query(*statement);
        let query = if statement.contains("$1") { query.bind(world.requirement) } else { query };
        if let Ok(done) = query.execute(&mut *tx).await {
            missed.push(format!("{} rows: {statement}", done.rows_affected()));
        }
        tx.rollback().await.expect("undone");
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    world.check().await;
}

#[test]
fn whatever_happens_what_is_decided_stays() {
    let db = TestDb::create();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let decision = runtime.block_on(aims(&db));
    let told = std::cell::RefCell::new((BTreeSet::new(), HashMap::<&str, (u32, u32)>::new()));
    let config = Config { cases: HISTORIES, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let ran = TestRunner::new(config).run(&vec(deed(), STEPS / 2..STEPS), |deeds| {
        runtime.block_on(async {
            let mut world = World::begin(&db, decision).await;
            world.check().await;
            for deed in deeds {
                let was_done = world.perform(deed).await;
                let states = world.check().await;
                let (seen, done) = &mut *told.borrow_mut();
                seen.extend(states);
                let count = done.entry(name(deed)).or_default();
                if was_done { count.0 += 1 } else { count.1 += 1 }
            }
        });
        Ok(())
    });
    if let Err(failure) = ran {
        panic!("{failure}");
    }
    let (seen, done) = told.into_inner();
    // Histories in which nothing happens prove nothing.
    assert!(seen.contains("decided") && seen.contains("revoked"), "{seen:?}");
    for deed in ["prepare", "submit", "decide", "fill", "revoke"] {
        assert!(done[deed].0 > 0, "{deed} was never done: {done:?}");
    }
}

fn name(deed: Deed) -> &'static str {
    match deed {
        Deed::Wait(_) => "wait",
        Deed::Prepare(_) => "prepare",
        Deed::Submit => "submit",
        Deed::Return => "return",
        Deed::Discard => "discard",
        Deed::Decline => "decline",
        Deed::Decide(_) => "decide",
        Deed::Fill(_) => "fill",
        Deed::Revoke => "revoke",
        Deed::Repeal(_) => "repeal",
        Deed::Stop => "stop",
        Deed::Lift => "lift",
        Deed::Hide => "hide",
        Deed::Sabotage(_) => "sabotage",
    }
}
