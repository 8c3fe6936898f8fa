//! The editor: every field goes to the bank and back, rows by buttons, faults at their fields, the checker.

use serde_json::Value;

use super::{begun, editor, fields, send, write, write_at};
use crate::support::Browser;

#[tokio::test]
async fn what_is_saved_untouched_stays_as_it_is() {
    let app = begun().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let core =
        "select version_core(id)::text || version_clauses(id)::text || pending::text from requirement_version where number = 2";
    let before: String = app.db.value(core).await;
    let page = editor(&lmc, "KB-0001").await;
    send(&lmc, "KB-0001", &fields(&page), "spara").await.expect(303);
    assert_eq!(app.db.value::<String>(core).await, before);
}

#[tokio::test]
async fn every_field_is_kept_and_shown_again() {
    let app = begun().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let mut page = editor(&lmc, "KB-0001").await;
    for list in ["svarsval", "steg", "undantag", "parameter", "kalla", "begrepp", "bilaga"] {
        page = send(&lmc, "KB-0001", &fields(&page), &format!("{list}-efter-0")).await.expect(200);
    }
    let mut typed = fields(&page);
    for (name, text) in [
        ("titel", "Handskar utan ftalater och bisfenoler"),
        ("titel_en", "Gloves"),
        ("typ", "award_criterion"),
        ("niva", "advanced"),
        ("motiv", "Motivet."),
        ("motiv_en", "The rationale."),
        ("proportionalitet", "Rimligt."),
        ("lagniva", "Lagen."),
        ("bevis_slag", "test_report"),
        ("bevis_text", "En rapport."),
        ("bevis_en", "A report."),
        ("bevis_nar", "before_award"),
        ("bevis_likvardigt", "ja"),
        ("uppf_metod", "Stickprov."),
        ("uppf_omfattning", "medium"),
        ("uppf_ofta", "Varje år"),
        ("uppf_av", "Regionen"),
        ("uppf_dagar", "30"),
        ("uppf_foljd", "Vite."),
        ("svar_slag", "number"),
        ("svar_enhet", "mg/kg"),
        ("svar_minst", "0,5"),
        ("svar_mest", "10"),
        ("svar_val", "Ett"),
        ("utv_modell", "points"),
        ("utv_mest", "5"),
        ("utv_steg", "3 poäng: hälften"),
        ("utv_forklaring", "Mer är bättre."),
        ("galler_kop", "goods"),
        ("galler_per", "article"),
        ("undantag_vad", "Sterila handskar"),
        ("undantag_skal", "De finns inte."),
        ("undantag_till", "2028-01-31"),
        ("parameter_nyckel", "halt"),
        ("parameter_namn", "Högsta halt"),
        ("parameter_slag", "number"),
        ("parameter_enhet", "mg"),
        ("parameter_minst", "1"),
        ("parameter_mest", "2,5"),
        ("parameter_forval", "2"),
        ("kalla_slag", "standard"),
        ("kalla_namn", "EN 455"),
        ("kalla_utgava", "2020"),
        ("kalla_adress", "https://example.org/en455"),
        ("kalla_fran", "2020-01-01"),
        ("kalla_till", "2030-01-01"),
        ("begrepp_ord", "Handske"),
        ("begrepp_text", "Det som sitter på handen."),
        ("bilaga_rubrik", "Bilaga"),
        ("bilaga_text", "Lång text."),
        ("familj", "handskar-ftalater"),
        ("relation", "replaces"),
        ("vagledning", "Gör så här."),
        ("begransningar", "MDR."),
        ("bygger_pa", "UHM 1"),
        ("medverkande", "Region Skåne"),
        ("cpv", "33141420-0\n18424300"),
        ("gpp", "eu"),
        ("oversyn", "2030-05-01"),
        ("agenda", "12"),
        ("eforms", "pollu-prev"),
        ("andringar", "meaning"),
        ("andringsnotis", "Bisfenoler är med."),
        ("pagaende_avtal", "Inget."),
        ("overgang", "2027-06-30"),
    ] {
        write(&mut typed, name, text);
    }
    write_at(&mut typed, "stycke", 0, "Halten ska vara högst {{halt}} mg/kg.");
    write_at(&mut typed, "stycke_en", 0, "At most {{halt}}.");
    write_at(&mut typed, "stycke_en", 1, "A certificate.");
    send(&lmc, "KB-0001", &typed, "spara").await.expect(303);
    let again = fields(&editor(&lmc, "KB-0001").await);
    let same = |name: &str| again.iter().filter(|(one, _)| one == name).map(|(_, value)| value.clone()).collect::<Vec<_>>();
    for (name, value) in typed.iter().filter(|(name, _)| !["las", "sett", "som", "cpv", "kalla_finns"].contains(&name.as_str())) {
        assert!(same(name).contains(value), "{name}: {value:?} became {:?}", same(name));
    }
    assert_eq!(same("cpv"), ["18424300\n33141420"]);
    let core: Value = app.db.value("select version_core(id) from requirement_version where number = 2").await;
    assert_eq!(core["answer"]["min"], 0.5);
    assert_eq!(core["award"]["steps"][0], "3 poäng: hälften");
    assert_eq!(core["parameters"][0]["max"], 2.5);
    let pending: Value = app.db.value("select pending from requirement_version where number = 2").await;
    assert_eq!((&pending["gpp"], &pending["contributors"]), (&Value::from("eu"), &Value::from("Region Skåne")));
    // Beside the requirement in force nothing has changed yet.
    assert_eq!(app.db.value::<String>("select contributors from requirement").await, "");
}

#[tokio::test]
async fn clauses_keep_their_ids_through_every_button() {
    let app = begun().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let ids = |page: &crate::support::Answer| page.attributes("input[name=stycke_id]", "value");
    let page = editor(&lmc, "KB-0001").await;
    let before = ids(&page);
    let page = send(&lmc, "KB-0001", &fields(&page), "stycke-ned-1").await.expect(200);
    assert_eq!(ids(&page), [before[1].clone(), before[0].clone()]);
    let page = send(&lmc, "KB-0001", &fields(&page), "stycke-efter-1").await.expect(200);
    let mut typed = fields(&page);
    write_at(&mut typed, "stycke", 1, "Ett nytt stycke.");
    let page = send(&lmc, "KB-0001", &typed, "stycke-bort-3").await.expect(200);
    send(&lmc, "KB-0001", &fields(&page), "spara").await.expect(303);
    let page = editor(&lmc, "KB-0001").await;
    assert_eq!(ids(&page)[0], before[1]);
    assert_eq!(page.texts("textarea[name=stycke]"), ["Ett intyg ska lämnas.", "Ett nytt stycke."]);
    // Somebody else's clause is not taken by its id.
    let mut typed = fields(&page);
    write_at(&mut typed, "stycke_id", 1, "01900000-0000-7000-8000-000000000000");
    send(&lmc, "KB-0001", &typed, "spara").await.expect(303);
    assert_ne!(ids(&editor(&lmc, "KB-0001").await)[1], "01900000-0000-7000-8000-000000000000");
}

#[tokio::test]
async fn faults_stand_at_their_fields_and_nothing_typed_is_lost() {
    let app = begun().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = editor(&lmc, "KB-0001").await;
    let mut typed = fields(&page);
    write(&mut typed, "titel", "");
    write(&mut typed, "oversyn", "imorgon");
    write(&mut typed, "cpv", "x");
    write(&mut typed, "svar_minst", "många");
    write_at(&mut typed, "stycke", 1, "Se {{okand}}.");
    write_at(&mut typed, "stycke_en", 0, "Only this.");
    let again = send(&lmc, "KB-0001", &typed, "spara").await.expect(422);
    let links = again.attributes("#fel a", "href");
    for field in ["#titel", "#oversyn", "#cpv", "#svar_minst", "#stycke-2", "#stycke_en-2"] {
        assert!(links.contains(&field.to_owned()), "{field} in {links:?}");
    }
    let kept = fields(&again);
    for (name, value) in typed.iter().filter(|(name, _)| name != "som") {
        assert!(kept.contains(&(name.clone(), value.clone())), "{name}");
    }
    assert_eq!(app.db.value::<i32>("select lock_version from requirement_version where number = 2").await, 1);
}

#[tokio::test]
async fn the_checker_reads_what_is_typed_and_stops_nobody() {
    let app = begun().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = editor(&lmc, "KB-0001").await;
    let mut typed = fields(&page);
    write_at(&mut typed, "stycke", 0, "Handsken ska vara märkt med Svanen.");
    let checked = send(&lmc, "KB-0001", &typed, "granska").await.expect(200);
    let hints = checked.texts(".hints").join(" ");
    assert!(hints.contains("Svanen nämns utan orden eller likvärdig"), "{hints}");
    assert!(checked.attributes(".hints a", "href").contains(&"/lmc/krav/KB-0001/redigera#stycke-1".to_owned()));
    // Nothing is saved by it, and saving is not stopped by it.
    assert_eq!(app.db.value::<i32>("select lock_version from requirement_version where number = 2").await, 1);
    send(&lmc, "KB-0001", &typed, "klar").await.expect(303);
    assert!(lmc.get("/lmc/krav/KB-0001").await.texts(".hints").join(" ").contains("Svanen"));
    let page = editor(&lmc, "KB-0001").await;
    let mut typed = fields(&page);
    write_at(&mut typed, "stycke", 0, "Handsken ska vara märkt med Svanen eller likvärdigt.");
    let checked = send(&lmc, "KB-0001", &typed, "granska").await.expect(200);
    assert!(!checked.texts(".hints").join(" ").contains("nämns utan orden"));
}

#[tokio::test]
async fn what_is_cited_elsewhere_can_be_chosen() {
    let app = begun().await;
    app.db
        .execute("insert into reference (id, kind, name, edition) values (gen_random_uuid(), 'standard', 'ISO 14001', '2015')")
        .await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = editor(&lmc, "KB-0001").await;
    let mut typed = fields(&page);
    write(&mut typed, "kalla_finns", "Finns inte");
    send(&lmc, "KB-0001", &typed, "valj-kalla").await.expect(422);
    write(&mut typed, "kalla_finns", "ISO 14001, 2015");
    let page = send(&lmc, "KB-0001", &typed, "valj-kalla").await.expect(200);
    send(&lmc, "KB-0001", &fields(&page), "spara").await.expect(303);
    let cited = "select count(*) from version_reference x join reference f on f.id = x.reference_id where f.name = 'ISO 14001'";
    assert_eq!(app.db.value::<i64>(cited).await, 1);
    assert_eq!(app.db.value::<i64>("select count(*) from reference where name = 'ISO 14001'").await, 1);
}
