//! The catalogue against the database that it is a short form of.

use std::collections::{BTreeMap, BTreeSet};

use kravbank::{
    kernel::actor::Viewer,
    requirements::fields::{EvidenceKind, Kind, Level},
    search::catalogue::{Catalogue, Filter, Found, Order, Place, Question, RowPlace, standing},
};
use sqlx::{PgConnection, Row};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use crate::support::{Import, NOW, TestApp, complete, lines};

const AREAS: &[&str] = &["area:", "group:"];
const LEVELS: &[&str] = &["level:"];
const TYPES: &[&str] = &["type:"];
const EVIDENCE: &[&str] = &["evidence:"];
const STANDINGS: &[&str] = &["standing:"];
const REVIEW: &[&str] = &["review:"];

/// The same questions in plain SQL over all documents: what the catalogue must say too.
async fn truth(connection: &mut PgConnection, question: &Question) -> (i64, i64, BTreeMap<String, i64>, Vec<i64>) {
    let sql = "select d.facets, d.review_by < $2 as overdue,
                   case when lower(d.valid) > $1 then 'coming' when d.valid @> $1::timestamptz then 'current'
                        when 'state:repealed' = any (d.facets) then 'repealed' else 'superseded' end as standing
               from search_document d
               where d.kind = 'requirement' and d.audience <= 0 and not 'state:open' = any (d.facets)
                 and ($3::bigint is null or d.number = $3)
                 and not exists (select from unnest($4::text[]) c
                                 where not exists (select from unnest(d.facets) f where starts_with(f, 'cpv:' || c)))";
    let rows = sqlx::query(sql)
        .bind(question.now)
        .bind(question.today)
        .bind(question.number)
        .bind(&question.cpv)
        .fetch_all(connection)
        .await
        .expect("documents");
    let (mut total, mut everything, mut counts, mut without) = (0, 0, BTreeMap::new(), vec![0; question.filters.len()]);
    for row in rows {
        let mut facets: Vec<String> = row.get("facets");
        facets.push(format!("standing:{}", row.get::<String, _>("standing")));
        if row.get::<Option<bool>, _>("overdue") == Some(true) {
            facets.push(standing::OVERDUE.to_owned());
        }
        let passes = |filter: &Filter| filter.chosen.is_empty() || filter.chosen.iter().any(|chosen| facets.contains(chosen));
        let verdicts: Vec<bool> = question.filters.iter().map(passes).collect();
        let but = |left_out: Option<usize>| verdicts.iter().enumerate().all(|(place, yes)| *yes || Some(place) == left_out);
        everything += 1;
        total += i64::from(but(None));
        for (place, n) in without.iter_mut().enumerate() {
            *n += i64::from(but(Some(place)));
        }
        for facet in facets.iter().filter(|facet| !facet.starts_with("cpv:") && !facet.starts_with("family:")) {
            let own = question.filters.iter().position(|f| f.prefixes.iter().any(|prefix| facet.starts_with(prefix)));
            *counts.entry(facet.clone()).or_default() += i64::from(but(own));
        }
    }
    counts.retain(|_, n| *n > 0);
    (total, everything, counts, without)
}

fn counts(found: &Found) -> BTreeMap<String, i64> {
    found.counts("").map(|(facet, n)| (facet.to_owned(), n)).collect()
}

fn question(now: OffsetDateTime, today: Date, chosen: [&[&str]; 6]) -> Question {
    let prefixes = [AREAS, LEVELS, TYPES, EVIDENCE, STANDINGS, REVIEW];
    let filters = prefixes.into_iter().zip(chosen);
    let filters = filters.map(|(prefixes, chosen)| Filter { prefixes, chosen: chosen.iter().map(ToString::to_string).collect() });
    Question {
        viewer: Viewer::anonymous(),
        now,
        today,
        number: None,
        cpv: Vec::new(),
        changed_since: None,
        filters: filters.collect(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_counts_what_the_database_holds() {
    let app = TestApp::build().example().spawn().await;
    let mut connection = app.db.connect().await;
    let snapshot = Catalogue::of(&app.app).held(&mut connection).await.expect("the catalogue");
    let areas: [&[&str]; 4] = [&[], &["area:textil"], &["group:textil/tvatteritjanster", "area:energi"], &["area:finns-inte"]];
    let standings: [&[&str]; 4] = [&[], &[standing::CURRENT], &[standing::COMING, standing::REPEALED], &[standing::SUPERSEDED]];
    let (basic, spearhead) = (format!("level:{}", Level::Basic.code()), format!("level:{}", Level::Spearhead.code()));
    let levels: [&[&str]; 3] = [&[], &[basic.as_str()], &[basic.as_str(), spearhead.as_str()]];
    let award = format!("type:{}", Kind::ALL[2].code());
    let label = format!("evidence:{}", EvidenceKind::ALL[1].code());
    let others: [[&[&str]; 3]; 4] =
        [[&[], &[], &[]], [&[award.as_str()], &[], &[]], [&[], &[label.as_str()], &[]], [&[], &[], &[standing::OVERDUE]]];
    let (mut something, mut asked) = (0, 0);
    for days in [-2_000, 0, 400] {
        let now = NOW + Duration::days(days);
        for area in areas {
            for level in levels {
                for standing in standings {
                    for [kind, evidence, review] in others {
                        let mut question = question(now, now.date(), [area, level, kind, evidence, standing, review]);
                        if asked % 5 == 1 {
                            question.cpv.push("33".to_owned());
                        }
                        if asked % 7 == 1 {
                            question.number = Some(15);
                        }
                        let found = snapshot.find(&question);
                        let without = (0..question.filters.len()).map(|place| found.without(place)).collect();
                        let told = (found.total(), found.everything(), counts(&found), without);
                        assert_eq!(told, truth(&mut connection, &question).await, "{question:?}");
                        asked += 1;
                        something += usize::from(found.total() > 0);
                    }
                }
            }
        }
    }
    assert!(something > asked / 4, "{something} of {asked} found anything");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_remembered_holds_until_the_next_change_of_standing() {
    let app = TestApp::build().example().spawn().await;
    let mut connection = app.db.connect().await;
    let snapshot = Catalogue::of(&app.app).held(&mut connection).await.expect("the catalogue");
    let bound: OffsetDateTime = app
        .db
        .value(&format!(
            "select min(lower(valid)) from search_document where lower(valid) > '{NOW}' and not 'state:open' = any (facets)"
        ))
        .await;
    let coming = |now| snapshot.find(&question(now, NOW.date(), [&[], &[], &[], &[], &[standing::COMING], &[]])).total();
    let total =
        |now: OffsetDateTime| (coming(now), snapshot.find(&Question::in_force(&Viewer::anonymous(), now, NOW.date())).total());
    let (before, at) = (total(bound - Duration::microseconds(1)), total(bound));
    assert!(at.0 < before.0, "in force from its very instant: {before:?} {at:?}");
    assert_eq!((total(bound - Duration::seconds(1)), total(bound + Duration::microseconds(1))), (before, at));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_by_key_and_by_number_are_those_of_one_walk() {
    let app = TestApp::build().example().spawn().await;
    let mut connection = app.db.connect().await;
    let snapshot = Catalogue::of(&app.app).held(&mut connection).await.expect("the catalogue");
    let found = snapshot.find(&question(NOW, NOW.date(), [&[], &[], &[], &[], &[], &[]]));
    for order in Order::ALL {
        let all: Vec<Uuid> = found.entries(order).map(|entry| entry.id).collect();
        assert_eq!(i64::try_from(all.len()).ok(), Some(found.total()));
        let mut place = Place::Offset(0);
        for (number, chunk) in all.chunks(7).enumerate() {
            let page = found.page(order, place, 7);
            assert_eq!((usize::try_from(page.before).ok(), page.ids.as_slice()), (Some(number * 7), chunk), "{order:?}");
            assert_eq!(found.page(order, Place::Offset(number * 7), 7), page);
            assert_eq!(found.page(order, Place::Before(chunk[0]), 7).ids, all[(number * 7).saturating_sub(7)..number * 7]);
            place = Place::After(chunk[chunk.len() - 1]);
        }
        assert_eq!(found.page(order, Place::Last, 7).ids, all[all.len() - 1 - (all.len() - 1) % 7..], "{order:?}");
        assert_eq!(found.page(order, Place::After(Uuid::nil()), 7).before, 0, "a key that is gone");
        assert!(found.page(order, Place::Offset(all.len() + 5), 7).ids.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_are_ordered_as_the_database_orders_them() {
    let app = TestApp::spawn().await;
    let titles = [
        "Örter",
        "Zink",
        "ädelgas",
        "Ålgräs",
        "Äpplen",
        "alm",
        "Alm och ek",
        "él",
        "El-avtal",
        "elavtal",
        "W",
        "v",
        "Ö 2",
        "Ö 10",
        "Üb",
    ];
    let file: Vec<_> = titles.into_iter().map(complete).collect();
    Import::current().at(NOW).accepted(&app.db, lines(&file)).await;
    let mut connection = app.db.connect().await;
    let snapshot = Catalogue::of(&app.app).held(&mut connection).await.expect("the catalogue");
    let found = snapshot.find(&question(NOW, NOW.date(), [&[], &[], &[], &[], &[], &[]]));
    let ids: Vec<Uuid> = found.entries(Order::Title).map(|entry| entry.id).collect();
    let expected: Vec<Uuid> = sqlx::query_scalar(r#"select id from search_document order by title collate "sv-x-icu", number"#)
        .fetch_all(&mut connection)
        .await
        .expect("documents");
    assert_eq!(ids, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_program_writes_another_one_finds_at_once() {
    let app = TestApp::build().example().spawn().await;
    let page = || async { app.get("/krav").await.expect(200).texts("#resultat").join(" ") };
    let before = page().await;
    // A dry run is rolled back: nothing is another thing.
    Import::current().dry_run().run(&app.db, lines(&[complete("Provtryck")])).await;
    assert_eq!(page().await, before);
    for n in 1..=3_i64 {
        Import::current().accepted(&app.db, lines(&[complete(&format!("Krav som kom efteråt {n}"))])).await;
        let words: Vec<i64> = [before.as_str(), &page().await]
            .map(|text| text.split(' ').find_map(|word| word.parse().ok()).expect("a number"))
            .into();
        assert_eq!(words[1], words[0] + n);
        assert!(app.get("/krav?sort=nummer&fore=slut").await.text().contains(&format!("Krav som kom efteråt {n}")));
    }
    assert_eq!(app.queries_of("/krav").await.len(), 1, "once it is up to date, one round trip");
}

#[tokio::test(flavor = "multi_thread")]
async fn generations_follow_the_order_of_commits() {
    let app = TestApp::spawn().await;
    let (first, second) = (app.db.pool(), app.db.pool());
    let mut early = first.begin().await.expect("a transaction");
    let mut late = second.begin().await.expect("a transaction");
    // The one that wrote first commits last, and nobody waits for the other.
    for tx in [&mut early, &mut late] {
        kravbank::search::put(tx, "requirement", &[Uuid::now_v7()], &[]).await.expect("noted");
    }
    let generation = || app.db.value::<i64>("select last from search_generation");
    let start = generation().await;
    late.commit().await.expect("committed");
    assert_eq!(generation().await, start + 1);
    early.commit().await.expect("committed");
    assert_eq!(generation().await, start + 2);
    let missing: i64 = app.db.value("select count(*) from search_commit where generation is null").await;
    assert_eq!(missing, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_families_on_a_shelf_in_order() {
    let app = TestApp::build().example().spawn().await;
    let mut connection = app.db.connect().await;
    let snapshot = Catalogue::of(&app.app).held(&mut connection).await.expect("the catalogue");
    let found = snapshot.find(&Question::in_force(&Viewer::anonymous(), NOW, NOW.date()));
    // The same in plain SQL: the members of each row, and where it stands.
    let expected: Vec<(Vec<Uuid>, i64)> = sqlx::query_as(
        "select array_agg(d.id order by d.number), min(d.number)
         from search_document d join requirement r on r.id = d.subject_id join product_group g on g.id = r.product_group_id
         join product_area a on a.id = g.area_id
         where d.valid @> $1::timestamptz and not 'state:open' = any (d.facets) and d.audience = 0
         group by a.position, g.position, g.slug, coalesce(r.family_id, r.id)
         order by a.position, g.position, g.slug, min(d.number)",
    )
    .bind(NOW)
    .fetch_all(&mut connection)
    .await
    .expect("documents");
    let rows = found.rows();
    assert_eq!(rows.total(), i64::try_from(expected.len()).expect("some"));
    assert!(expected.iter().any(|(members, _)| members.len() > 1));
    let whole = rows.page(RowPlace::First, usize::MAX);
    assert_eq!(whole.ids, expected.iter().flat_map(|(members, _)| members.clone()).collect::<Vec<_>>());
    let basic = format!("level:{}", Level::Basic.code());
    let with_basic: BTreeSet<i32> = whole
        .ids
        .iter()
        .zip(&whole.rows)
        .filter_map(|(id, row)| found.entries_with(Order::Number, &basic).any(|entry| entry.id == *id).then_some(*row))
        .collect();
    assert_eq!(rows.with(&basic), i64::try_from(with_basic.len()).expect("some"));
    // By key, there and back.
    let mut place = RowPlace::First;
    for (number, chunk) in expected.chunks(7).enumerate() {
        let page = rows.page(place, 7);
        assert_eq!(usize::try_from(page.before), Ok(number * 7));
        assert_eq!(page.ids, chunk.iter().flat_map(|(members, _)| members.clone()).collect::<Vec<_>>());
        assert_eq!(page.rows.last(), Some(&i32::try_from(chunk.len() - 1).expect("few")));
        let before = rows.page(RowPlace::Before(chunk[0].1), 7);
        let earlier = &expected[(number * 7).saturating_sub(7)..number * 7];
        assert_eq!(before.ids, earlier.iter().flat_map(|(members, _)| members.clone()).collect::<Vec<_>>());
        place = RowPlace::After(chunk[chunk.len() - 1].1);
    }
    let last = rows.page(RowPlace::Last, 7);
    assert_eq!(usize::try_from(last.before), Ok((expected.len() - 1) / 7 * 7));
    assert_eq!(rows.page(RowPlace::After(-1), 7), rows.page(RowPlace::First, 7), "a row that is gone");
    assert_eq!(rows.page(RowPlace::Before(-1), 7), last);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_over_is_forgotten() {
    let app = TestApp::build().example().spawn().await;
    let total = async || app.get("/api/v1/requirements?limit=1").await.expect(200).json()["total"].as_i64().expect("a number");
    let before = total().await;
    for n in 1..=3 {
        let file = lines(&[complete(&format!("Nytt {n}")).id("KB-7000")]);
        Import::current().at(NOW - Duration::days(9 - n)).accepted(&app.db, file).await;
    }
    Import::current().accepted(&app.db, lines(&[complete("Ett till")])).await;
    let commits = || app.db.value::<i64>("select count(*) from search_commit");
    let written = commits().await;
    let forget = async || {
        let mut tx = app.db.pool().begin().await.expect("a transaction");
        let gone = kravbank::search::forget_commits(&mut tx).await.expect("done");
        tx.commit().await.expect("kept");
        i64::try_from(gone).expect("few")
    };
    assert_eq!(forget().await, 2, "what the second and third import wrote over");
    assert_eq!((commits().await, forget().await), (written - 2, 0));
    assert_eq!(total().await, before + 2, "a catalogue that is older learns of it all the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_viewers_rule_is_that_of_the_database() {
    let app = TestApp::spawn().await;
    let viewer = Viewer::anonymous();
    for audience in [0_i16, 10, 20, 100] {
        for owner in [None, Some(Uuid::now_v7())] {
            let mut connection = app.db.connect().await;
            let there: Option<bool> = sqlx::query_scalar("select may_see($1, $2, $3, $4)")
                .bind(audience)
                .bind(owner)
                .bind(viewer.level())
                .bind(viewer.organisations())
                .fetch_one(&mut connection)
                .await
                .expect("an answer");
            assert_eq!(viewer.sees(audience, owner), there == Some(true), "{audience} {owner:?}");
        }
    }
}
