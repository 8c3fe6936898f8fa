//! Who gets which permit, and what a permit is made from.

use kravbank::{
    kernel::{
        actor::{Actor, Role, System},
        rights::Right,
    },
    requirements::{
        lifecycle::{Step, WhyNot},
        policy::{Advance, HideText, Prepare, Publish, Refused, Repeal, Stop},
        workflow::{self, Effect},
    },
};
use sqlx::Connection;
use time::Duration;
use uuid::Uuid;

use crate::support::{Import, NOW, TestDb, complete, lines};

const SYSTEMS: [System; 4] = [System::Import, System::Example, System::Job, System::CommandLine];

fn person(roles: &[Role]) -> Actor {
    Actor::Person { id: Uuid::now_v7(), organisation: Some(Uuid::now_v7()), roles: roles.to_vec() }
}

/// The rows of the rights table that are in use, as domain.md §5 has them.
#[test]
fn each_right_is_held_by_these() {
    use Role::{
        Admin, AreaCoordinator, DecisionMaker, LmcCoordinator, OrganisationAdmin, RegionCoordinator, RegionMember, SupplierMember,
    };
    let table: [(Right, bool, &[Role], &[System]); 35] = [
        (Right::Probe, true, &Role::ALL, &SYSTEMS),
        (Right::ReadPublished, true, &Role::ALL, &SYSTEMS),
        (Right::MakeSelection, true, &Role::ALL, &[System::Example]),
        (Right::ReportFault, true, &Role::ALL, &[]),
        (Right::SignIn, true, &Role::ALL, &[]),
        (Right::OwnAccount, false, &Role::ALL, &[]),
        (Right::ManageAccounts, false, &[Admin], &[System::Example, System::CommandLine]),
        (Right::SweepAccounts, false, &[], &[System::Job]),
        (Right::Administer, false, &[Admin], &[]),
        (Right::ReadLog, false, &[LmcCoordinator, DecisionMaker, Admin], &[]),
        (Right::SendLinks, false, &[], &[System::Job, System::CommandLine]),
        (Right::Register, true, &Role::ALL, &[System::Example]),
        (Right::Invite, false, &[RegionCoordinator, LmcCoordinator, OrganisationAdmin, Admin], &[System::Example]),
        (Right::ApproveAccounts, false, &[LmcCoordinator, Admin], &[System::Example]),
        (Right::ReadReports, false, &[LmcCoordinator, DecisionMaker], &[System::CommandLine]),
        (Right::ReadInbox, false, &[AreaCoordinator, LmcCoordinator, DecisionMaker], &[]),
        (Right::TakeTasks, false, &[AreaCoordinator, LmcCoordinator], &[]),
        (Right::HandleInbox, false, &[LmcCoordinator], &[]),
        (Right::EraseContacts, false, &[], &[System::Job]),
        (Right::ReadPreparation, false, &[AreaCoordinator, LmcCoordinator, DecisionMaker], &[]),
        (Right::Prepare, false, &[AreaCoordinator, LmcCoordinator], &[System::Example]),
        (Right::Decide, false, &[DecisionMaker], &[System::Example]),
        (Right::PrepareDecisions, false, &[AreaCoordinator, LmcCoordinator, DecisionMaker], &[]),
        (
            Right::DraftProposals,
            false,
            &[SupplierMember, RegionMember, RegionCoordinator, AreaCoordinator, LmcCoordinator, OrganisationAdmin],
            &[],
        ),
        (
            Right::SendProposals,
            false,
            &[RegionMember, RegionCoordinator, AreaCoordinator, LmcCoordinator, OrganisationAdmin],
            &[],
        ),
        (Right::HandleProposals, false, &[AreaCoordinator, LmcCoordinator], &[]),
        (
            Right::Comment,
            false,
            &[SupplierMember, RegionMember, RegionCoordinator, AreaCoordinator, LmcCoordinator, DecisionMaker, OrganisationAdmin],
            &[],
        ),
        (Right::Moderate, false, &[LmcCoordinator], &[]),
        (Right::ShareExperience, false, &[RegionMember, RegionCoordinator, AreaCoordinator, LmcCoordinator], &[]),
        (Right::Mask, false, &[LmcCoordinator], &[System::Example]),
        (Right::EditTaxonomy, false, &[LmcCoordinator], &[System::Example, System::CommandLine]),
        (Right::ImportToPreparation, false, &[LmcCoordinator], &[System::Example, System::CommandLine]),
        (Right::KeepBackups, false, &[], &[System::CommandLine]),
        (Right::EndImports, false, &[], &[System::Job]),
        (Right::ImportAsCurrent, false, &[], &[System::Example, System::CommandLine]),
    ];
    assert_eq!(table.map(|row| row.0), Right::ALL, "a right without a row");
    for (right, visitor, roles, systems) in table {
        assert_eq!(right.held_by(&Actor::Anonymous), visitor, "{right:?}");
        assert_eq!(right.held_by(&person(&[])), visitor || right == Right::OwnAccount, "{right:?} without a role");
        for role in Role::ALL {
            assert_eq!(right.held_by(&person(&[role])), roles.contains(&role), "{right:?} {role:?}");
            assert!(right.held_by(&person(&Role::ALL)) || roles.is_empty());
        }
        for system in SYSTEMS {
            assert_eq!(right.held_by(&Actor::System(system)), systems.contains(&system), "{right:?} {system:?}");
        }
    }
    // Roles add up, but an administrator has no say about content.
    let of_admin = Right::ALL.iter().filter(|right| right.of(Role::Admin) && !right.of_person());
    assert_eq!(
        of_admin.collect::<Vec<_>>(),
        [&Right::ManageAccounts, &Right::Administer, &Right::ReadLog, &Right::Invite, &Right::ApproveAccounts]
    );
}

/// Who is given each permit, over a requirement in force and a version in preparation.
#[tokio::test]
async fn each_permit_is_given_to_these() {
    let db = TestDb::create();
    Import::current().accepted(&db, lines(&[complete("Ett").id("KB-0001")])).await;
    Import::preparation().accepted(&db, lines(&[complete("Ett").id("KB-0001").set("level", "advanced")])).await;
    let requirement: Uuid = db.value("select id from requirement").await;
    let open: Uuid = db.value("select id from requirement_version where state = 'preparation'").await;
    let decided: Uuid = db.value("select id from requirement_version where state = 'decided'").await;
    let mut actors = vec![("visitor".to_owned(), Actor::Anonymous), ("nobody".to_owned(), person(&[]))];
    actors.extend(Role::ALL.map(|role| (format!("{role:?}"), person(&[role]))));
    actors.extend(SYSTEMS.map(|system| (format!("{system:?}"), Actor::System(system))));
    let mut given: Vec<(&str, Vec<String>)> = Vec::new();
    let permits = ["prepare", "advance", "publish", "stop", "repeal", "hide"];
    let mut connection = db.connect().await;
    for permit in permits {
        let mut who = Vec::new();
        for (name, actor) in &actors {
            let mut tx = connection.begin().await.expect("a transaction");
            let answer = match permit {
                "prepare" => Prepare::ask(&mut tx, actor, &[requirement]).await.map(|_| ()),
                "advance" => Advance::ask(&mut tx, actor, open, 1).await.map(|_| ()),
                "publish" => Publish::ask(&mut tx, actor, &[open]).await.map(|_| ()),
                "stop" => Stop::ask(&mut tx, actor, requirement, NOW).await.map(|_| ()),
                "repeal" => Repeal::ask(&mut tx, actor, requirement, NOW + Duration::days(1)).await.map(|_| ()),
                _ => HideText::ask(&mut tx, actor, decided).await.map(|_| ()),
            };
            match answer {
                Ok(()) => who.push(name.clone()),
                Err(Refused::WhyNot(WhyNot::NotAllowed)) => {}
                // A decision maker needs a version that was submitted.
                Err(Refused::WhyNot(WhyNot::NotFrom(_))) => who.push(format!("{name}, when ready")),
                Err(error) => panic!("{permit} {name}: {error}"),
            }
        }
        given.push((permit, who));
    }
    let expected = [
        ("prepare", vec!["LmcCoordinator", "Example", "CommandLine"]),
        ("advance", vec!["LmcCoordinator", "DecisionMaker", "Example"]),
        ("publish", vec!["DecisionMaker, when ready", "Example", "CommandLine"]),
        ("stop", vec!["LmcCoordinator", "Example"]),
        ("repeal", vec!["DecisionMaker", "Example"]),
        ("hide", vec!["LmcCoordinator", "Example"]),
    ];
    assert_eq!(given, expected.map(|(permit, who)| (permit, who.into_iter().map(str::to_owned).collect())));
}

#[tokio::test]
async fn a_permit_covers_what_it_was_made_for_and_nothing_else() {
    let db = TestDb::create();
    Import::preparation().accepted(&db, lines(&[complete("Ett").id("KB-0001"), complete("Två").id("KB-0002")])).await;
    let versions: Vec<(Uuid, i64)> = {
        let mut connection = db.connect().await;
        sqlx::query_as(
            "select v.id, r.number from requirement_version v join requirement r on r.id = v.requirement_id order by 2",
        )
        .fetch_all(&mut connection)
        .await
        .expect("versions")
    };
    let mut connection = db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let stored = kravbank::requirements::load(&mut tx, &[1, 2]).await.expect("requirements");
    let example = Actor::System(System::Example);
    // Publishing a version that is not in the permit.
    let permit = Publish::ask(&mut tx, &example, &[versions[0].0]).await.expect("a permit");
    let content = &stored[&2].open.as_ref().expect("open").content;
    let other = [Effect { version: versions[1].0, from: NOW, content }];
    assert!(matches!(workflow::publish(&mut tx, &permit, None, &other, NOW).await, Err(Refused::WhyNot(WhyNot::NotAllowed))));
    // Deciding by a step instead of a decision.
    let permit = Advance::ask(&mut tx, &example, versions[0].0, 1).await.expect("a permit");
    assert!(matches!(workflow::advance(&mut tx, &permit, Step::Decide, NOW).await, Err(Refused::WhyNot(WhyNot::NotAllowed))));
    // A lock number that somebody has raised since.
    workflow::advance(&mut tx, &permit, Step::Submit, NOW).await.expect("submitted");
    assert!(matches!(Advance::ask(&mut tx, &example, versions[0].0, 1).await, Err(Refused::WhyNot(WhyNot::Changed))));
    // Something that is not there is as good as forbidden.
    assert!(matches!(Advance::ask(&mut tx, &example, Uuid::now_v7(), 1).await, Err(Refused::WhyNot(WhyNot::NotAllowed))));
}

/// A decision of the network needs everything that domain.md §3 lists.
#[tokio::test]
async fn a_decision_needs_what_the_model_asks_for() {
    use kravbank::requirements::lifecycle::Missing;
    let cases = [
        ("rationale", Missing::Rationale),
        ("proportionality", Missing::Proportionality),
        ("evidence", Missing::Evidence),
        ("follow_up", Missing::FollowUp),
        ("objectives", Missing::Objective),
        ("review_by", Missing::Review),
    ];
    let db = TestDb::create();
    let mut file: Vec<_> = cases.iter().map(|(key, _)| complete(key).without(key)).collect();
    file.push(complete("award").set("type", "award_criterion"));
    Import::preparation().accepted(&db, lines(&file)).await;
    let mut connection = db.connect().await;
    for (number, missing) in (1_i64..).zip(cases.map(|case| case.1).into_iter().chain([Missing::Award])) {
        let mut tx = connection.begin().await.expect("a transaction");
        let open = kravbank::requirements::load(&mut tx, &[number]).await.expect("read")[&number].open.clone().expect("open");
        let permit = Advance::ask(&mut tx, &person(&[Role::LmcCoordinator]), open.id, 1).await.expect("a permit");
        workflow::advance(&mut tx, &permit, Step::Submit, NOW).await.expect("submitted");
        let permit = Publish::ask(&mut tx, &person(&[Role::DecisionMaker]), &[open.id]).await.expect("a permit");
        let effects = [Effect { version: open.id, from: NOW, content: &open.content }];
        match workflow::publish(&mut tx, &permit, Some(Uuid::now_v7()), &effects, NOW).await {
            Err(Refused::WhyNot(WhyNot::Incomplete(what))) => assert_eq!(what, [missing]),
            other => panic!("{missing:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn two_who_publish_at_once_leave_one_version_in_force() {
    let db = TestDb::create();
    Import::current().accepted(&db, lines(&[complete("Ett").id("KB-0001")])).await;
    Import::preparation().accepted(&db, lines(&[complete("Ett").id("KB-0001").set("level", "advanced")])).await;
    let open: Uuid = db.value("select id from requirement_version where state = 'preparation'").await;
    let publish = || async {
        let mut connection = db.connect().await;
        let mut tx = connection.begin().await.expect("a transaction");
        let stored = kravbank::requirements::load(&mut tx, &[1]).await.expect("read");
        let Some(version) = stored[&1].open.as_ref() else { return false };
        let from = NOW + Duration::days(1);
        let done = match Publish::ask(&mut tx, &Actor::System(System::Example), &[open]).await {
            Ok(permit) => {
                let effects = [Effect { version: open, from, content: &version.content }];
                workflow::publish(&mut tx, &permit, None, &effects, NOW).await.is_ok()
            }
            Err(_) => false,
        };
        if done { tx.commit().await.is_ok() } else { false }
    };
    let done = futures_util::future::join_all((0..4).map(|_| publish())).await;
    assert_eq!(done.into_iter().filter(|done| *done).count(), 1);
    assert_eq!(db.value::<i64>("select count(*) from requirement_version where upper_inf(valid)").await, 1);
    assert_eq!(db.value::<i64>("select count(*) from event where kind = 'requirement.published'").await, 2);
}

/// Whether a requirement is new is not for the caller to say: what the permit locked is there, and nothing else is.
#[tokio::test]
async fn what_is_new_follows_from_the_permit() {
    use kravbank::requirements::{RequirementNumber, content::Novelty, policy::Origin, workflow::NewVersion};
    let db = TestDb::create();
    Import::preparation().accepted(&db, lines(&[complete("Ett").id("KB-0001")])).await;
    let mut connection = db.connect().await;
    let stored = kravbank::requirements::load(&mut connection, &[1]).await.expect("read")[&1].clone();
    let open = stored.open.expect("open");
    for (requirement, asked, new_requirement) in
        [(stored.id, vec![stored.id], true), (stored.id, vec![], true), (stored.id, vec![], false)]
            .into_iter()
            .chain([Uuid::now_v7()].map(|unknown| (unknown, vec![unknown], false)))
    {
        let mut tx = connection.begin().await.expect("a transaction");
        let permit = Prepare::ask(&mut tx, &Actor::System(System::Example), &asked).await.expect("a permit");
        let version = NewVersion {
            id: Uuid::now_v7(),
            requirement,
            requirement_number: RequirementNumber::from_db(77),
            new_requirement,
            number: 2,
            content: open.content.clone(),
            clauses: Vec::new(),
            novelty: Novelty::default(),
        };
        let laid = workflow::prepare(&mut tx, &permit, Origin::Example, &[version], NOW).await;
        assert!(matches!(laid, Err(Refused::Database(_))), "{new_requirement}: {laid:?}");
    }
}
