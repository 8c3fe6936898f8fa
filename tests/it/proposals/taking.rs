//! Taking a proposal in: wholly, change by change, as something new; and what stands in the version after it.

use kravbank::{
    proposals::taking::{Change, Head, Part, Text, parts, taken},
    requirements::{
        clause_form::WordedClause,
        clauses::Clause,
        fields::{Kind, Level},
    },
};
use proptest::prelude::*;
use uuid::Uuid;

use super::{bank, begun, lock, sent, written};
use crate::support::{Browser, TestApp, letters};

/// A change of both clauses of `KB-0001` and its level, and a third clause; begun with by LMC. Gives its number.
async fn changed(app: &TestApp) -> String {
    let author = Browser::signed_in(app, "strateg").await;
    let id = begun(&author, &[("slag", "andra"), ("krav", "KB-0001")]).await;
    author.post(&format!("/forslag/utkast/{id}/liknande"), &[]).await.expect(303);
    let path = format!("/forslag/utkast/{id}/texten");
    let ids = author.get(&path).await.expect(200).attributes("input[name=id]", "value");
    let seen = lock(&author, &path).await;
    let fields = [
        ("titel", "Handskar utan ftalater"),
        ("typ", "specifikation"),
        ("niva", "avancerad"),
        ("id", &ids[0]),
        ("stycke", "Handsken ska innehålla högst 0,1 procent ftalater."),
        ("id", ""),
        ("stycke", "Gränsen gäller varje material för sig."),
        ("las", &seen),
    ];
    author.post(&path, &fields).await.expect(303);
    let path = format!("/forslag/utkast/{id}/skalen");
    let seen = lock(&author, &path).await;
    let fields = [("problem", "Gränsen saknas."), ("nytta", "Färre ftalater."), ("kontroll", "Mätning."), ("las", &seen)];
    author.post(&path, &fields).await.expect(303);
    sent(&author, &id).await
}

async fn clauses(app: &TestApp, version: &str) -> Vec<String> {
    let read = format!(
        "select string_agg(c.text, '|' order by c.position) from version_clause c join requirement_version v on v.id = c.version_id
         join requirement r on r.id = v.requirement_id where r.number || ':' || v.number = '{version}'"
    );
    app.db.value::<String>(&read).await.split('|').map(str::to_owned).collect()
}

#[tokio::test]
async fn all_of_it_becomes_a_version_in_preparation() {
    let app = bank().await;
    let number = changed(&app).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let path = format!("/lmc/forslag/{number}/intagning");
    assert!(lmc.get(&format!("/lmc/forslag/{number}")).await.attributes("main a", "href").contains(&path));
    let page = lmc.get(&path).await.expect(200);
    assert!(page.text().contains("en ny version, 2, av KB-0001"), "{}", page.text());
    let parts = page.attributes("input[name=del]", "value");
    assert_eq!(page.attributes("input[name=del][checked]", "value"), parts, "all is proposed at first");
    assert_eq!(parts.len(), 4, "level, one worded, one gone, one added: {parts:?}");
    let seen = page.attributes("input[name=sett]", "value")[0].clone();
    let mut fields: Vec<(&str, &str)> = parts.iter().map(|part| ("del", part.as_str())).collect();
    fields.push(("sett", &seen));
    lmc.post(&path, &fields).await.expect(303);
    assert_eq!(
        clauses(&app, "1:2").await,
        ["Handsken ska innehålla högst 0,1 procent ftalater.", "Gränsen gäller varje material för sig."]
    );
    let kept = "select count(*) from version_clause a join version_clause b using (clause_id)
                join requirement_version v on v.id = a.version_id and v.number = 1 join requirement_version w on w.id = b.version_id and w.number = 2";
    assert_eq!(app.db.value::<i64>(kept).await, 1, "the clause that was worded anew keeps its id");
    let version =
        "select state || ' ' || level || ' ' || array_to_string(changes, ',') from requirement_version where number = 2";
    assert_eq!(app.db.value::<String>(version).await, "preparation advanced meaning,level");
    let letter = letters::letter(&app, "strateg@example.org", "proposal_taken_in").await;
    assert!(letter.text.contains("är med i en version"), "{}", letter.text);
    let public = app.get(&format!("/forslag/{number}")).await.expect(200);
    assert!(public.text().contains("Intaget i en version"), "{}", public.text());
    assert_eq!(app.get("/krav/KB-0001/v/2").await.status, 404, "what is prepared is not public");
    // Once.
    lmc.get(&path).await.expect(303);
    lmc.post(&path, &fields).await.expect(409);
}

#[tokio::test]
async fn some_of_it_takes_a_reason_and_leaves_the_rest() {
    let app = bank().await;
    let number = changed(&app).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let path = format!("/lmc/forslag/{number}/intagning");
    let page = lmc.get(&path).await.expect(200);
    let parts = page.attributes("input[name=del]", "value");
    let worded = parts.iter().find(|part| part.starts_with("stycke-")).expect("one").clone();
    let seen = page.attributes("input[name=sett]", "value")[0].clone();
    let none = lmc.post(&path, &[("sett", &seen)]).await.expect(422);
    assert_eq!(none.attributes("#fel a", "href"), ["#del", "#skal"]);
    let without = lmc.post(&path, &[("del", &worded), ("sett", &seen)]).await.expect(422);
    assert_eq!(without.attributes("#fel a", "href"), ["#skal"]);
    assert_eq!(without.attributes("input[name=del][checked]", "value"), std::slice::from_ref(&worded), "what was chosen is kept");
    let stale = lmc.post(&path, &[("del", &worded), ("skal", "Intyget behövs."), ("sett", "annat")]).await.expect(409);
    assert_eq!(stale.texts("#skal"), ["Intyget behövs."]);
    lmc.post(&path, &[("del", &worded), ("skal", "Intyget behövs."), ("sett", &seen)]).await.expect(303);
    assert_eq!(clauses(&app, "1:2").await, ["Handsken ska innehålla högst 0,1 procent ftalater.", "Ett intyg ska lämnas."]);
    let public = app.get(&format!("/forslag/{number}")).await.expect(200);
    assert!(public.text().contains("Intyget behövs."));
    let letter = letters::letter(&app, "strateg@example.org", "proposal_taken_in").await;
    assert!(letter.text.contains("Intyget behövs."), "{}", letter.text);
}

#[tokio::test]
async fn something_new_becomes_a_requirement_in_preparation() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let group = app.db.value::<Uuid>("select product_group_id from requirement where number = 1").await.to_string();
    let id = begun(&author, &[("slag", "nytt"), ("titel", "Handskar av återvunnet gummi"), ("grupp", &group)]).await;
    author.post(&format!("/forslag/utkast/{id}/liknande"), &[]).await.expect(303);
    let path = format!("/forslag/utkast/{id}/texten");
    let seen = lock(&author, &path).await;
    let fields = [
        ("titel", "Handskar av återvunnet gummi"),
        ("typ", "specifikation"),
        ("niva", "bas"),
        ("stycke", "Minst hälften ska vara återvunnet."),
        ("las", &seen),
    ];
    author.post(&path, &fields).await.expect(303);
    let path = format!("/forslag/utkast/{id}/skalen");
    let seen = lock(&author, &path).await;
    let fields = [("problem", "Nytt gummi kostar."), ("nytta", "Mindre avfall."), ("kontroll", "Intyg."), ("las", &seen)];
    author.post(&path, &fields).await.expect(303);
    let number = sent(&author, &id).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let path = format!("/lmc/forslag/{number}/intagning");
    assert_eq!(lmc.post(&path, &[]).await.expect(422).attributes("#fel a", "href"), ["#hur", "#skal"]);
    let seen = lmc.get(&path).await.expect(200).attributes("input[name=sett]", "value")[0].clone();
    // A group that was retired since takes nothing new, and the proposal waits as it is.
    let retire = |at: &str| format!("update product_group set retired_at = {at} where id = '{group}'");
    app.db.execute(&retire("'2026-11-01'")).await;
    let refused = lmc.post(&path, &[("hur", "helt"), ("sett", &seen)]).await.expect(409);
    assert!(refused.texts("#fel").join(" ").contains("Produktgruppen är avvecklad"), "{}", refused.text());
    assert_eq!(app.db.value::<i64>("select count(*) from requirement where number = 3").await, 0);
    app.db.execute(&retire("null")).await;
    lmc.post(&path, &[("hur", "helt"), ("sett", &seen)]).await.expect(303);
    assert_eq!(clauses(&app, "3:1").await, ["Minst hälften ska vara återvunnet."]);
    let rationale = app
        .db
        .value::<String>(
            "select v.rationale from requirement_version v join requirement r on r.id = v.requirement_id where r.number = 3",
        )
        .await;
    assert_eq!(rationale, "Nytt gummi kostar.\n\nMindre avfall.");
}

#[tokio::test]
async fn a_repeal_is_prepared_without_a_text_and_nobody_else_takes_in() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = begun(&author, &[("slag", "upphav"), ("krav", "KB-0002")]).await;
    author.post(&format!("/forslag/utkast/{id}/liknande"), &[]).await.expect(303);
    let path = format!("/forslag/utkast/{id}/skalen");
    let seen = lock(&author, &path).await;
    author.post(&path, &[("problem", "Lagen räcker."), ("las", &seen)]).await.expect(303);
    let number = sent(&author, &id).await;
    let path = format!("/lmc/forslag/{number}/intagning");
    for word in ["strateg", "leverantor", "admin", "beslutsfattare"] {
        let browser = Browser::signed_in(&app, word).await;
        browser.get(&path).await.expect(403);
        browser.post(&path, &[]).await.expect(403);
    }
    let lmc = Browser::signed_in(&app, "lmc").await;
    lmc.post(&path, &[]).await.expect(303);
    assert_eq!(app.db.value::<i64>("select count(*) from requirement_version where state = 'preparation'").await, 0);
    assert_eq!(app.db.value::<String>("select state from proposal").await, "taken_in");
    let other = Browser::signed_in(&app, "strateg").await;
    let text = written(&other, "Handsken ska vara helt fri från ftalater.").await;
    let second = sent(&other, &text).await;
    assert_ne!(number, second);
}

fn head() -> Head {
    Head { title: "T".to_owned(), kind: Kind::TechnicalSpecification, level: Level::Basic }
}

fn base() -> Text<Clause> {
    Text {
        head: head(),
        clauses: (0..5_u128).map(|n| Clause { id: Uuid::from_u128(n + 1), text: format!("Stycke {n}") }).collect(),
    }
}

/// What somebody makes of five clauses: leaves, words anew, takes away; adds some; in some order.
fn wish() -> impl Strategy<Value = Text<WordedClause>> {
    (proptest::collection::vec(0_u8..4, 5), proptest::collection::vec(0_usize..6, 0..3), 0_usize..6, any::<bool>()).prop_map(
        |(what, added, turn, level)| {
            let mut clauses: Vec<WordedClause> = Vec::new();
            for (clause, what) in base().clauses.into_iter().zip(&what) {
                match what {
                    0 | 1 => clauses.push(WordedClause { id: Some(clause.id), text: clause.text }),
                    2 => clauses.push(WordedClause { id: Some(clause.id), text: format!("{} ändrat", clause.text) }),
                    _ => {}
                }
            }
            if !clauses.is_empty() {
                let by = turn % clauses.len();
                clauses.rotate_left(by);
            }
            for (n, place) in added.iter().enumerate() {
                clauses.insert((*place).min(clauses.len()), WordedClause { id: None, text: format!("Nytt {n}") });
            }
            let level = if level { Level::Advanced } else { Level::Basic };
            Text { head: Head { level, ..head() }, clauses }
        },
    )
}

fn texts(text: &Text<WordedClause>) -> Vec<&str> {
    text.clauses.iter().map(|clause| clause.text.as_str()).collect()
}

proptest! {
    #[test]
    fn all_changes_together_make_the_proposed_text(wish in wish()) {
        let base = base();
        let all = taken(&base, &base, &wish, |_| true);
        prop_assert_eq!(texts(&all), texts(&wish));
        prop_assert_eq!(&all.head, &wish.head);
        let none = taken(&base, &base, &wish, |_| false);
        prop_assert_eq!(none.clauses.iter().map(|clause| clause.text.as_str()).collect::<Vec<_>>(),
            base.clauses.iter().map(|clause| clause.text.as_str()).collect::<Vec<_>>());
        // Where it is taken in already, nothing is left to take.
        let there = Text { head: all.head.clone(), clauses: all.clauses.iter().enumerate()
            .map(|(n, clause)| Clause { id: clause.id.unwrap_or(Uuid::from_u128(100 + n as u128)), text: clause.text.clone() }).collect() };
        prop_assert!(parts(&base, &there, &wish).iter().all(|part| part.is_there && !part.clashes));
        let again = taken(&base, &there, &wish, |_| true);
        prop_assert_eq!(texts(&again), texts(&wish));
    }

    #[test]
    fn each_change_alone_is_made_and_no_other(wish in wish(), which in any::<prop::sample::Index>()) {
        let base = base();
        let parts = parts(&base, &base, &wish);
        prop_assume!(!parts.is_empty());
        let Part { key, change, .. } = which.get(&parts).clone();
        let one = taken(&base, &base, &wish, |chosen| chosen == key);
        let was: Vec<&str> = base.clauses.iter().map(|clause| clause.text.as_str()).collect();
        match change {
            Change::Gone(text) => prop_assert_eq!(texts(&one), was.into_iter().filter(|was| *was != text).collect::<Vec<_>>()),
            Change::Worded(there, own) => prop_assert_eq!(
                texts(&one),
                was.into_iter().map(|was| if Some(was) == there.as_deref() { own.as_str() } else { was }).collect::<Vec<_>>()
            ),
            Change::Added(own) => {
                prop_assert!(texts(&one).contains(&own.as_str()));
                prop_assert_eq!(texts(&one).into_iter().filter(|text| *text != own).collect::<Vec<_>>(), was);
            }
            Change::Level(_, own) => {
                prop_assert_eq!(one.head.level, own);
                prop_assert_eq!(texts(&one), was);
            }
            Change::Order => {
                let mut sorted = texts(&one);
                sorted.sort_unstable();
                prop_assert_eq!(sorted, was);
            }
            Change::Title(..) | Change::Kind(..) => {}
        }
    }
}

#[tokio::test]
async fn a_text_that_may_not_be_shown_is_built_on_by_nobody() {
    let app = bank().await;
    let number = changed(&app).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let path = format!("/lmc/forslag/{number}/intagning");
    let page = lmc.get(&path).await.expect(200);
    let parts = page.attributes("input[name=del]", "value");
    let seen = page.attributes("input[name=sett]", "value")[0].clone();
    let mut fields = vec![("sett", seen.as_str())];
    fields.extend(parts.iter().map(|part| ("del", part.as_str())));
    app.db
        .execute(
            "update requirement_version set not_shown_since = now(), not_shown_reason = 'Sekretess.' where state = 'decided'",
        )
        .await;
    let hidden = lmc.get(&path).await;
    assert!(!hidden.text().contains("Handsken ska vara fri från ftalater."), "{}", hidden.text());
    let refused = lmc.post(&path, &fields).await;
    assert!([403, 409].contains(&refused.status.as_u16()), "{}", refused.status);
    assert_eq!(app.db.value::<i64>("select count(*) from requirement_version where state = 'preparation'").await, 0);
}
