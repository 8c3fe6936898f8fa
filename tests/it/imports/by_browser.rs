//! Files that are read in by way of the browser: sent, examined, confirmed, read in.

use kravbank::{
    imports::{
        self, EndImports, Target,
        lifecycle::{State, Step, WhyNot},
        run_waiting,
    },
    kernel::{
        actor::{Actor, System},
        clock::Clock,
        config::Settings,
        web::App,
    },
};
use proptest::prelude::*;
use time::Duration;

use crate::support::{Answer, Browser, Line, NOW, TestApp, complete, line, lines};

const IMPORTS: &str = "/lmc/import";
const ONE: &str = "/lmc/import/1";

/// A spreadsheet with two wrong cells, and the same mended.
fn sheet(level: &str, review: &str) -> String {
    format!(
        "Rubrik;Kravtext;Kravtyp;Nivå;Produktområde;Produktgrupp;Översyn senast\n\
         Handskar utan puder;Handskarna ska vara puderfria.;Teknisk specifikation;{level};Medicinteknik;Handskar;2029-06-30\n\
         Handskar i ask;Handskarna ska ligga i en ask.;Teknisk specifikation;Bas;Medicinteknik;Handskar;{review}\n"
    )
}

async fn bank() -> TestApp {
    TestApp::build().people().spawn().await
}

/// Sends a file and has it examined.
async fn examined(browser: &Browser<'_>, app: &TestApp, name: &str, file: &str, choices: &[(&str, &str)]) -> Answer {
    let sent = browser.upload(IMPORTS, choices, &[("fil", name, file.as_bytes())]).await.expect(303);
    run_waiting(&app.app).await.expect("the work is done");
    browser.get(sent.header("location")).await.expect(200)
}

async fn state(app: &TestApp, number: i64) -> String {
    app.db.value(&format!("select state from import_run where number = {number}")).await
}

async fn parts(app: &TestApp) -> i64 {
    app.db.value("select count(*) from import_file").await
}

#[tokio::test]
async fn two_wrong_cells_are_told_mended_and_read_in() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc2").await;
    let form = lmc.get(IMPORTS).await.expect(200);
    assert_eq!(form.attributes("form[enctype='multipart/form-data'] input[type=file]", "name"), ["fil"]);
    assert_eq!(form.attributes("main a[href='/importformat']", "href").len(), 1);
    let sent = lmc
        .upload(
            IMPORTS,
            &[("grund", "LMC 2026-12")],
            &[("fil", "C:\\filer\\förslag.csv", sheet("Mellan", "30 juni 2029").as_bytes())],
        )
        .await;
    assert_eq!(sent.expect(303).header("location"), ONE);
    let page = lmc.get(ONE).await.expect(200);
    assert_eq!(page.texts("h1"), ["förslag.csv"]);
    assert_eq!(page.attributes("[data-refresh]", "data-refresh"), ["2"]);
    assert!(page.attributes("meta[http-equiv]", "content").is_empty(), "a page does not move under whoever reads it");
    run_waiting(&app.app).await.expect("the work is done");
    let page = lmc.get(ONE).await.expect(200);
    assert!(page.attributes("[data-refresh]", "id").is_empty());
    assert!(
        page.texts("#lage")[0].contains("2 rader har fel. Ingenting är sparat. Rätta raderna i filen och ladda upp den igen.")
    );
    assert_eq!(page.texts("tbody th"), ["D2", "G3"]);
    let cells = page.texts("tbody td");
    assert_eq!(&cells[..2], ["Kolumn: Nivå", "Det står: Mellan"]);
    assert!(cells[2].contains("Bas, Avancerad eller Spjutspets"), "{cells:?}");
    assert!(cells[5].contains("ett datum som 2027-03-12"), "{cells:?}");
    assert!(page.attributes("form[action$=bekraftelse]", "action").is_empty(), "nothing to say yes to");
    lmc.post(&format!("{ONE}/bekraftelse"), &[]).await.expect(303);
    assert_eq!(
        lmc.get(ONE).await.texts(".flash__text"),
        ["Filen har rader med fel och går inte att läsa in. Rätta dem och ladda upp filen igen."]
    );
    assert_eq!(state(&app, 1).await, "examined");
    let csv = lmc.get(&format!("{ONE}/rapport.csv")).await.expect(200);
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"inlasning-1.csv\"");
    assert!(csv.text().contains("Fel;2;D2;Nivå;Mellan;"), "{}", csv.text());
    // It waits for somebody to do something about it.
    assert!(lmc.get("/lmc/inkorg?slag=inlasning").await.texts(".task")[0].contains("2 rader har fel och måste rättas."));

    let page = examined(&lmc, &app, "förslag.csv", &sheet("Bas", "2029-06-30"), &[]).await;
    assert!(page.texts("#lage")[0].contains("Allt går att läsa in. Ingenting är sparat än."), "{:?}", page.texts("#lage"));
    assert_eq!(page.texts(".stats dd"), ["2", "0", "0", "0", "0"]);
    assert_eq!(page.texts("tbody .ref"), ["KB-0001:1", "KB-0002:1"]);
    assert!(page.attributes("tbody a", "href").is_empty(), "they are not there yet");
    assert_eq!(
        super::rows(&app.db).await - app.db.value::<i64>("select count(*) from audit").await,
        {
            let empty = bank().await;
            super::rows(&empty.db).await - empty.db.value::<i64>("select count(*) from audit").await
        } + app.db.value::<i64>("select count(*) from event").await
            + 2,
        "an examination leaves nothing but its two files' numbers and news"
    );
    lmc.post("/lmc/import/2/bekraftelse", &[]).await.expect(303);
    assert!(lmc.get("/lmc/import/2").await.texts("#lage")[0].contains("Filen läses in."));
    run_waiting(&app.app).await.expect("the work is done");
    let page = lmc.get("/lmc/import/2").await.expect(200);
    assert!(page.texts("#lage")[0].contains("Kraven är inlästa och ligger i beredning."));
    assert_eq!(page.attributes("tbody a", "href"), ["/krav/KB-0001/v/1", "/krav/KB-0002/v/1"]);
    lmc.get("/krav/KB-0001/v/1").await.expect(200);
    app.get("/krav/KB-0001").await.expect(404);
    assert_eq!(parts(&app).await, 1, "only the file that still waits is kept");
    let log: String = app.db.value("select string_agg(concat_ws(' ', action, person_id is not null, new_value ->> 'sha256' is not null), ', ' order by id) from audit where object_kind = 'import'").await;
    assert_eq!(
        log,
        "import.upload t t, import.examine t t, import.upload t t, import.examine t t, import.confirm t t, import.run t t"
    );
    let prepared: String = app.db.value("select string_agg(concat_ws(' ', state, origin), ', ') from requirement_version").await;
    assert_eq!(prepared, "preparation decision, preparation decision");
}

#[tokio::test]
async fn the_report_is_that_of_the_command_line() {
    let app = bank().await;
    app.import(&lines(&[complete("Ett").id("KB-0001"), complete("Två").id("KB-0002")]), Target::Current).await;
    let file = lines(&[
        complete("Ett").id("KB-0001"),
        Line::empty().id("KB-0002").text(&["En annan text."]),
        line("Nytt").set("cpv", serde_json::json!(["99999999"])),
        line("Fel").set("level", "hög"),
    ]);
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = examined(&lmc, &app, "krav.jsonl", &file, &[("hoppa", "ja")]).await;
    let expected = crate::support::Import::preparation().skip_invalid().dry_run().run(&app.db, file).await;
    let figures = [expected.new, expected.changed, expected.unchanged, expected.rejected.len(), expected.warnings.len()];
    assert_eq!(page.texts(".stats dd"), figures.map(|n| n.to_string()));
    assert!(page.texts("#lage")[0].contains("1 rad har fel och hoppas över. Resten går att läsa in."));
    assert_eq!(page.texts("tbody th"), ["Rad 4"]);
    let parts = page.texts("nav[aria-label='Delar av rapporten'] a");
    assert_eq!(parts, ["Fel att rätta 1", "Varningar 1", "Nya krav 1", "Ändrade krav 1"]);
    let warnings = lmc.get(&format!("{ONE}?visa=varningar")).await;
    assert!(warnings.texts("tbody td")[1].contains("CPV-koden 99999999 finns inte i den inlästa listan."));
    assert_eq!(lmc.get(&format!("{ONE}?visa=andrade")).await.texts("tbody .ref"), ["KB-0002:2"]);
}

#[tokio::test]
async fn words_for_a_browser_name_choices_not_flags() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let file = lines(&[line("Ett").set("product_group", "Rymddräkter")]);
    let page = examined(&lmc, &app, "krav.jsonl", &file, &[]).await;
    assert!(
        page.texts("tbody td")[2].contains("valet Skapa produktgrupper som saknas skapar den"),
        "{:?}",
        page.texts("tbody td")
    );
    let page = examined(&lmc, &app, "krav.jsonl", &file, &[("grupper", "ja")]).await;
    assert!(page.texts("#rapport ~ div li").iter().any(|group| group.ends_with("Rymddräkter")), "{}", page.texts("main")[0]);
    // The same file as before: said, with the way to it.
    assert!(page.texts("#lage")[0].contains("Samma fil laddades upp 22 november 2026"), "{:?}", page.texts("#lage"));
    assert_eq!(page.attributes("#lage .banner a", "href"), [ONE]);
}

#[tokio::test]
async fn a_bank_that_changed_meanwhile_is_told_and_nothing_is_saved() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    app.import(&lines(&[complete("Ett").id("KB-0001")]), Target::Current).await;
    let file = lines(&[Line::empty().id("KB-0001").text(&["En ny text."]), line("Två")]);
    let page = examined(&lmc, &app, "krav.jsonl", &file, &[]).await;
    assert_eq!(page.texts(".stats dd"), ["1", "1", "0", "0", "0"]);
    // Somebody else begins a version of the same requirement.
    app.import(&lines(&[Line::empty().id("KB-0001").text(&["En helt annan text."])]), Target::Preparation).await;
    lmc.post(&format!("{ONE}/bekraftelse"), &[]).await.expect(303);
    run_waiting(&app.app).await.expect("the work is done");
    let page = lmc.get(ONE).await.expect(200);
    assert_eq!(page.texts(".page-header .tag"), ["Avvisad"]);
    assert!(page.texts("#lage")[0].contains("Banken har ändrats sedan granskningen"));
    assert_eq!(page.texts(".stats dd"), ["1", "0", "0", "1", "0"]);
    assert_eq!(app.db.value::<i64>("select count(*) from requirement").await, 1);
    assert_eq!(parts(&app).await, 0);
}

#[tokio::test]
async fn a_file_is_cancelled_by_hand_or_by_the_clock() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    examined(&lmc, &app, "a.csv", &sheet("Bas", "2029-06-30"), &[]).await;
    lmc.upload(IMPORTS, &[], &[("fil", "b.csv", sheet("Bas", "2029-06-29").as_bytes())]).await.expect(303);
    for number in [1, 2] {
        let page = lmc.post_on(&format!("/lmc/import/{number}/avbrott"), &[]).await;
        assert_eq!(page.texts(".flash__text"), ["Inläsningen är avbruten."]);
        assert_eq!(state(&app, number).await, "cancelled");
    }
    assert_eq!(parts(&app).await, 0);
    let page = lmc.post_on(&format!("{ONE}/bekraftelse"), &[]).await;
    assert_eq!(page.texts(".flash__text"), ["Läget har ändrats sedan du öppnade sidan. Ingenting är ändrat nu."]);
    run_waiting(&app.app).await.expect("nothing is left to do");
    examined(&lmc, &app, "c.csv", &sheet("Bas", "2029-06-30"), &[]).await;
    let end = async |days: i64| {
        let mut tx = app.app.db.begin().await.expect("a transaction");
        let ended = imports::end_old(&mut tx, &Actor::System(System::Job), NOW + Duration::days(days)).await.expect("swept");
        tx.commit().await.expect("kept");
        ended
    };
    assert_eq!((end(13).await, end(14).await, end(15).await), (0, 1, 0));
    assert_eq!(state(&app, 3).await, "cancelled");
    assert!(lmc.get("/lmc/import/3").await.texts("#lage")[0].contains("Ingen bekräftade inläsningen inom 14 dagar."));
    assert_eq!(parts(&app).await, 0);
    let _ = EndImports {};
}

#[tokio::test]
async fn who_may_is_asked_anew_when_the_work_is_done() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc2").await;
    examined(&lmc, &app, "a.csv", &sheet("Bas", "2029-06-30"), &[]).await;
    lmc.post(&format!("{ONE}/bekraftelse"), &[]).await.expect(303);
    app.db.execute("update membership_role set valid = tstzrange(lower(valid) - interval '1 day', lower(valid)) where role = 'lmc_coordinator'").await;
    run_waiting(&app.app).await.expect("the work is done");
    assert_eq!(state(&app, 1).await, "failed");
    let why: String = app.db.value("select why from import_run").await;
    assert_eq!(why, "Den som bad om inläsningen har inte längre rätt att läsa in krav.");
    assert_eq!(app.db.value::<i64>("select count(*) from requirement").await, 0);
    lmc.get(ONE).await.expect(403);
}

#[tokio::test]
async fn nobody_else_sends_looks_or_confirms() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    examined(&lmc, &app, "a.csv", &sheet("Bas", "2029-06-30"), &[]).await;
    for word in ["beslutsfattare", "samordnare", "omradessamordnare", "admin", "leverantor", "bransch"] {
        let browser = Browser::signed_in(&app, word).await;
        for path in [IMPORTS, ONE, "/lmc/import/1/rapport.csv"] {
            browser.get(path).await.expect(403);
        }
        browser.upload(IMPORTS, &[], &[("fil", "a.csv", b"x")]).await.expect(403);
        for rest in ["bekraftelse", "avbrott"] {
            browser.post(&format!("{ONE}/{rest}"), &[]).await.expect(403);
        }
    }
    Browser::new(&app).upload(IMPORTS, &[], &[("fil", "a.csv", b"x")]).await.expect(401);
    assert_eq!(state(&app, 1).await, "examined");
    assert_eq!(app.db.value::<i64>("select count(*) from import_run").await, 1);
    for number in ["0", "2", "01", "x", "99999999999999999999"] {
        lmc.get(&format!("/lmc/import/{number}")).await.expect(404);
        lmc.post(&format!("/lmc/import/{number}/avbrott"), &[]).await.expect(404);
    }
}

/// The worker takes up what a program left undone that was ended in the middle; another try goes on where nothing was kept.
#[tokio::test]
async fn work_that_was_broken_off_is_begun_anew_and_given_up_after_the_third_time() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    lmc.upload(IMPORTS, &[], &[("fil", "a.csv", sheet("Bas", "2029-06-30").as_bytes())]).await.expect(303);
    // A program that works holds the lock; nobody else begins.
    let mut other = app.db.connect().await;
    sqlx::raw_sql("begin; select pg_advisory_xact_lock(x'696d706f7274'::bigint)").execute(&mut other).await.expect("a lock");
    run_waiting(&app.app).await.expect("somebody else is at it");
    assert_eq!(state(&app, 1).await, "uploaded");
    // It dies: Postgres lets the lock go, and the work is done by who comes next.
    drop(other);
    let begun = std::time::Instant::now();
    while state(&app, 1).await == "uploaded" {
        assert!(begun.elapsed().as_secs() < 20, "nobody does the work");
        run_waiting(&app.app).await.expect("the work is done");
    }
    assert_eq!(state(&app, 1).await, "examined");
    // Twice the same is the same.
    run_waiting(&app.app).await.expect("nothing is left to do");
    lmc.post(&format!("{ONE}/bekraftelse"), &[]).await.expect(303);
    app.db.execute("update import_run set attempts = 3").await;
    run_waiting(&app.app).await.expect("it is given up");
    assert_eq!(state(&app, 1).await, "failed");
    assert!(lmc.get(ONE).await.texts("#lage")[0].contains("Arbetet avbröts tre gånger"));
    assert_eq!(app.db.value::<i64>("select count(*) from requirement").await, 0);
    // A program on its way down begins nothing.
    lmc.upload(IMPORTS, &[], &[("fil", "b.csv", sheet("Bas", "2029-06-30").as_bytes())]).await.expect(303);
    let leaving = App::new(app.db.pool(), Clock::Fixed(NOW), Settings::for_database("postgres://tests"));
    leaving.draining.begin();
    run_waiting(&leaving).await.expect("nothing is begun");
    assert_eq!(state(&app, 2).await, "uploaded");
}

#[tokio::test]
async fn the_worker_does_it_by_itself() {
    let app = TestApp::build().people().worker().spawn().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    lmc.upload(IMPORTS, &[], &[("fil", "a.csv", sheet("Bas", "2029-06-30").as_bytes())]).await.expect(303);
    let until = async |wanted: &str| {
        let begun = std::time::Instant::now();
        while state(&app, 1).await != wanted {
            assert!(begun.elapsed().as_secs() < 30, "in vain waited for {wanted}");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    until("examined").await;
    lmc.post(&format!("{ONE}/bekraftelse"), &[]).await.expect(303);
    until("done").await;
    assert_eq!(app.db.value::<i64>("select count(*) from requirement").await, 2);
}

#[tokio::test]
async fn long_reports_and_long_lists_come_in_pages() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let file = lines(&(1..=120).map(|n| line(&format!("Krav {n}")).set("level", "x")).collect::<Vec<_>>());
    let page = examined(&lmc, &app, "krav.jsonl", &file, &[]).await;
    assert_eq!(page.texts(".pagination__where"), ["1–50 av 120"]);
    let next = page.attributes(".pagination a", "href").swap_remove(0);
    let page = lmc.get(&next).await;
    assert_eq!(page.texts("tbody th")[0], "Rad 51");
    let last = lmc.get(&format!("{ONE}?visa=avvisade&fore=slut")).await;
    assert_eq!((last.texts(".pagination__where"), last.texts("tbody th").len()), (vec!["71–120 av 120".to_owned()], 50));
    assert_eq!(lmc.get(&format!("{ONE}/rapport.csv")).await.text().lines().count(), 121);
    for n in 0..22 {
        lmc.upload(IMPORTS, &[], &[("fil", &format!("{n}.csv"), b"Rubrik\nx\n")]).await.expect(303);
    }
    let sent = lmc.get(IMPORTS).await;
    assert_eq!(sent.texts(".task .ref")[0], "Inläsning 23");
    assert_eq!(sent.texts(".pagination__where"), ["Fil 1–20 av 23"]);
    let next = sent.attributes(".pagination a", "href").swap_remove(0);
    assert_eq!(lmc.get(&next).await.texts(".task .ref"), ["Inläsning 3", "Inläsning 2", "Inläsning 1"]);
}

proptest! {
    #[test]
    fn states_follow_the_picture(history in proptest::collection::vec(0_u8..7, 0..20)) {
        let mut state = State::Uploaded;
        for step in history {
            let step = [Step::Examine, Step::Confirm { accepted: true }, Step::Confirm { accepted: false }, Step::ReadIn, Step::Refuse, Step::Fail, Step::Cancel][usize::from(step)];
            match state.after(step) {
                Ok(to) => {
                    prop_assert!(!state.is_over(), "{state:?} is the end");
                    prop_assert!(to != State::Done || state == State::Confirmed, "only what was confirmed is read in");
                    let right = state == State::Examined && step == Step::Confirm { accepted: true };
                    prop_assert!(to != State::Confirmed || right);
                    prop_assert!(to != State::Cancelled || state != State::Confirmed);
                    state = to;
                }
                Err(WhyNot::Rejected) => prop_assert_eq!(step, Step::Confirm { accepted: false }),
                Err(WhyNot::NotFrom(from)) => prop_assert_eq!(from, state),
            }
            prop_assert_eq!(State::from_code(state.code()), Some(state));
        }
    }
}
