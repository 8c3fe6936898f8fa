//! What an import must not do.

use kravbank::{
    imports::{ImportError, Target},
    kernel::actor::{Actor, Role, System},
    requirements::{
        lifecycle::Step,
        policy::{Advance, Publish, Repeal},
        workflow::{self, Effect},
    },
};
use sqlx::Connection;
use time::Duration;
use uuid::Uuid;

use super::{decided, rows, stored};
use crate::support::{Import, Line, NOW, TestDb, complete, line, lines};

fn person(role: Role) -> Actor {
    Actor::Person { id: Uuid::now_v7(), organisation: Some(Uuid::now_v7()), roles: vec![role] }
}

fn expected(report: &kravbank::imports::Report) -> Vec<&str> {
    report.rejected.iter().flat_map(|(_, faults)| faults).map(|fault| fault.expected.as_str()).collect()
}

#[tokio::test]
async fn a_title_and_a_group_never_change_together_by_accident() {
    let db = TestDb::create();
    Import::current().accepted(&db, lines(&[line("Ett").id("KB-0001")])).await;
    let other = lines(&[line("Något annat").id("KB-0001").set("product_group", "sarvard")]);
    let later = Import::current().at(NOW + Duration::days(1));
    let report = later.run(&db, &other).await;
    assert_eq!(expected(&report), ["same_requirement"]);
    later.clone().dry_run().accepted(&db, lines(&[line("Något annat").id("KB-0001")])).await;
    later.clone().dry_run().accepted(&db, lines(&[line("Ett").id("KB-0001").set("product_group", "sarvard")])).await;
    later.replace().accepted(&db, &other).await;
    assert_eq!(decided(&db, 1).await.content.core.title, "Något annat");
}

#[tokio::test]
async fn a_group_is_known_by_name_or_slug_or_made_on_demand() {
    let db = TestDb::create();
    for (area, group) in [("medicinteknik", "Handskar"), ("Medicinteknik", "handskar"), ("MEDICINTEKNIK", " HANDSKAR ")] {
        let file = lines(&[line("Ett").set("product_area", area).set("product_group", group)]);
        Import::preparation().dry_run().accepted(&db, file).await;
    }
    let alone = lines(&[line("Ett").without("product_area")]);
    Import::preparation().dry_run().accepted(&db, alone).await;
    let report = Import::preparation().run(&db, lines(&[line("Ett").set("product_group", "Drönare")])).await;
    assert_eq!(expected(&report), ["product_group"]);
    let report = Import::preparation().run(&db, lines(&[line("Ett").set("product_area", "textil")])).await;
    assert_eq!(expected(&report), ["product_group"], "the group lies in another area");

    let file = lines(&[
        line("Ett").set("product_area", "Luftfart").set("product_group", "Drönare"),
        line("Två").set("product_area", "Luftfart").set("product_group", "Drönare"),
        line("Tre").set("product_area", "Luftfart").set("product_group", "Ballonger"),
        line("Fyra").set("product_area", "Textil").set("product_group", "Drönare"),
    ]);
    let report = Import::preparation().create_groups().accepted(&db, file).await;
    assert_eq!(report.groups_made.len(), 3, "{:?}", report.groups_made);
    // A name in two areas needs its area.
    let report =
        Import::preparation().run(&db, lines(&[line("Ett").without("product_area").set("product_group", "Drönare")])).await;
    assert_eq!(expected(&report), ["product_group_one"]);
}

#[tokio::test]
async fn groups_of_a_rejected_file_are_not_made() {
    let db = TestDb::create();
    let before = rows(&db).await;
    let file = lines(&[line("Ett").set("product_group", "Drönare"), line("Två").set("level", "superb")]);
    assert!(!Import::preparation().create_groups().run(&db, file).await.accepted);
    assert_eq!(rows(&db).await, before);
}

#[tokio::test]
async fn group_names_have_bounds_too() {
    let db = TestDb::create();
    for name in ["x".repeat(121), "-".to_owned(), "日本".to_owned(), "Handskar\u{0}".to_owned()] {
        let file = lines(&[line("Ett").set("product_group", name.as_str())]);
        match Import::preparation().create_groups().dry_run().try_run(&db, file).await {
            Ok(_) => {}
            Err(error) => panic!("{name:?}: {error:?}"),
        }
    }
    // Names that would stand at one address.
    let file = lines(&["Drönare", "Dronare", "DRÖNARE", "日本", "中国"].map(|name| line(name).set("product_group", name)));
    let report = Import::preparation().create_groups().accepted(&db, file).await;
    assert_eq!(report.groups_made.len(), 4, "{:?}", report.groups_made);
}

#[tokio::test]
async fn what_was_decided_in_the_bank_is_not_overwritten_by_a_file() {
    let db = TestDb::create();
    Import::preparation().accepted(&db, lines(&[complete("Ett").id("KB-0001")])).await;
    decide_here(&db, 1).await;
    let later = Import::current().at(NOW + Duration::days(1));
    let other = lines(&[Line::empty().id("KB-0001").text(&["En annan text."])]);
    let report = later.run(&db, &other).await;
    assert_eq!(expected(&report), ["decided_here"]);
    let maintained = lines(&[Line::empty().id("KB-0001").set("guidance", "Råd")]);
    assert_eq!(expected(&later.run(&db, maintained).await), ["decided_here"]);
    assert_eq!(later.accepted(&db, lines(&[complete("Ett").id("KB-0001")])).await.unchanged, 1, "unless identical");
    // In preparation it is a wish for a new version like any other.
    Import::preparation().at(NOW + Duration::days(1)).accepted(&db, other).await;
}

/// Decides the open version as a decision of the network would.
async fn decide_here(db: &TestDb, number: i64) {
    let open = stored(db, number).await.open.expect("an open version");
    db.execute(
        "insert into decision (id, number, kind, decided_at, operator, file_name, file_sha256)
         values ('00000000-0000-7000-8000-000000000001', 1000, 'import', '2026-11-22', 'test', 'x', decode(repeat('00', 32), 'hex'))",
    )
    .await;
    let mut connection = db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let permit = Advance::ask(&mut tx, &person(Role::LmcCoordinator), open.id, 1).await.expect("a permit");
    workflow::advance(&mut tx, &permit, Step::Submit, NOW).await.expect("submitted");
    let permit = Publish::ask(&mut tx, &person(Role::DecisionMaker), &[open.id]).await.expect("a permit");
    let effects = [Effect { version: open.id, from: NOW, content: &open.content }];
    workflow::publish(&mut tx, &permit, Some(Uuid::from_u128(0x7000_8000_0000_0000_0001)), &effects, NOW)
        .await
        .expect("published");
    tx.commit().await.expect("it is kept");
}

#[tokio::test]
async fn a_repealed_requirement_does_not_come_back_by_a_file() {
    let db = TestDb::create();
    Import::current().accepted(&db, lines(&[line("Ett").id("KB-0001")])).await;
    let id = stored(&db, 1).await.id;
    let mut connection = db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let actor = Actor::System(System::Example);
    let end = NOW + Duration::days(1);
    let permit = Repeal::ask(&mut tx, &actor, id, end).await.expect("a permit");
    workflow::repeal(&mut tx, &permit, "Behövs inte.", end, &[], NOW).await.expect("repealed");
    tx.commit().await.expect("it is kept");
    let report = Import::current()
        .at(NOW + Duration::days(2))
        .run(&db, lines(&[Line::empty().id("KB-0001").text(&["En annan text."])]))
        .await;
    assert_eq!(expected(&report), ["not_repealed"]);
}

/// A number whose only version came to nothing is taken all the same: the next line with it is the next version.
#[tokio::test]
async fn what_was_given_up_can_be_tried_again() {
    let db = TestDb::create();
    let file = lines(&[complete("Ett").id("KB-0001").set("guidance", "Råd")]);
    Import::preparation().accepted(&db, &file).await;
    let open = stored(&db, 1).await.open.expect("an open version");
    let mut connection = db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let permit = Advance::ask(&mut tx, &person(Role::LmcCoordinator), open.id, 1).await.expect("a permit");
    workflow::advance(&mut tx, &permit, Step::Discard("Behövs inte."), NOW).await.expect("discarded");
    tx.commit().await.expect("it is kept");
    for target in [Import::preparation(), Import::current()] {
        let report = target.dry_run().accepted(&db, lines(&[complete("Ett").id("KB-0001")])).await;
        assert_eq!((report.new, report.changed), (0, 1));
    }
    Import::current().accepted(&db, lines(&[Line::empty().id("KB-0001").set("legal_floor", "Lagen.")])).await;
    let now = decided(&db, 1).await;
    assert_eq!((now.number, now.content.core.title.as_str(), now.content.maintained.guidance.as_str()), (2, "Ett", "Råd"));
    assert_eq!(now.clauses, open.clauses, "its clauses are the same ones");
}

#[tokio::test]
async fn who_has_no_right_imports_nothing() {
    let db = TestDb::create();
    let before = rows(&db).await;
    let file = lines(&[line("Ett")]);
    let mut allowed = Vec::new();
    let mut actors = vec![Actor::Anonymous, Actor::System(System::Job), Actor::System(System::Import)];
    actors.extend(Role::ALL.map(person));
    for actor in actors {
        for target in [Target::Preparation, Target::Current] {
            let run = Import::new(target).dry_run().by(actor.clone()).try_run(&db, &file).await;
            match run {
                Ok(report) if report.accepted => allowed.push((actor.clone(), target)),
                Ok(report) => panic!("{}", report.text(true)),
                Err(ImportError::NotAllowed | ImportError::Refused(_)) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
    }
    let allowed: Vec<_> = allowed.iter().map(|(actor, target)| (actor.has(Role::LmcCoordinator), *target)).collect();
    assert_eq!(allowed, [(true, Target::Preparation)], "the coordinator, and only to preparation");
    assert_eq!(rows(&db).await, before);
}

#[tokio::test]
async fn what_is_only_in_preparation_is_not_put_into_force_by_a_file() {
    let db = TestDb::create();
    let file = lines(&[complete("Ett").id("KB-0001")]);
    Import::preparation().accepted(&db, &file).await;
    let other = lines(&[Line::empty().id("KB-0001").text(&["En annan text."])]);
    for file in [file, other] {
        let report = Import::current().run(&db, file).await;
        assert_eq!(expected(&report), ["no_open_version"]);
        assert_eq!(report.rejected[0].1[0].value, "KB-0001");
    }
}

#[tokio::test]
async fn numbers_have_eight_digits_at_most() {
    let db = TestDb::create();
    let report = Import::current().run(&db, lines(&[line("Ett").id("KB-100000000")])).await;
    assert_eq!(expected(&report), ["id"]);
    let last = lines(&[line("Ett").id("KB-99999999"), line("Två")]);
    assert!(matches!(Import::current().try_run(&db, last).await, Err(ImportError::File(_))), "no number is left");
    Import::current().accepted(&db, lines(&[line("Ett").id("KB-99999999")])).await;
}

#[tokio::test]
async fn texts_about_the_import_fit_its_decision() {
    use kravbank::imports::{self, Options};
    let db = TestDb::create();
    let mut options = Options {
        target: Target::Current,
        create_groups: false,
        skip_invalid: false,
        replace: false,
        reference: "å".repeat(401),
        operator: "o".repeat(300),
        file_name: "å".repeat(500),
    };
    let file = lines(&[line("Ett")]).into_bytes();
    let actor = Actor::System(System::CommandLine);
    let mut connection = db.connect().await;
    match imports::run(&mut connection, &actor, &options, &file, NOW, &|_| {}).await {
        Err(ImportError::File(text)) => assert!(text.contains("--reference"), "{text}"),
        other => panic!("{other:?}"),
    }
    options.reference = "å".repeat(400);
    let mut tx = connection.begin().await.expect("a transaction");
    imports::run(&mut tx, &actor, &options, &file, NOW, &|_| {}).await.expect("a report");
    tx.commit().await.expect("it is kept");
    let lengths: Vec<i32> =
        sqlx::query_scalar("select unnest(array[length(operator), length(file_name), length(reference)]) from decision")
            .fetch_all(&mut connection)
            .await
            .expect("a decision");
    assert_eq!(lengths, [200, 400, 400]);
}

/// Two files at once: the second is judged by what the first left.
#[tokio::test]
async fn one_file_at_a_time() {
    let db = TestDb::create();
    let file = lines(&[line("Ett").id("KB-0001"), line("Två")]);
    let import = Import::current();
    let reports = futures_util::future::join_all((0..4).map(|_| import.accepted(&db, &file))).await;
    let mut counts: Vec<_> = reports.iter().map(|report| (report.new, report.unchanged)).collect();
    counts.sort_unstable();
    assert_eq!(counts, [(1, 1), (1, 1), (1, 1), (2, 0)]);
}
