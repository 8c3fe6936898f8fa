//! What is answered at the addresses that name no requirement.

use super::NOBODYS;

/// What a visitor is answered at the addresses that name no requirement.
pub(super) fn expected_elsewhere(pattern: &str) -> Option<Vec<(String, u16)>> {
    match pattern {
        "/"
        | "/krav"
        | "/omraden"
        | "/organisationer"
        | "/ordlista"
        | "/om"
        | "/tillganglighet"
        | "/importformat"
        | "/jamfor"
        | "/oppna-data"
        | "/oppna-data/check_hash.py"
        | "/api/v1"
        | "/livez"
        | "/api/v1/requirements"
        | "/api/v1/product-areas"
        | "/api/v1/objectives"
        | "/api/v1/cpv"
        | "/api/v1/organisations"
        | "/api/v1/proposals"
        | "/api/v1/decisions"
        | "/api/v1/api-info"
        | "/api/v1/openapi.json"
        | "/robots.txt"
        | "/security-policy.txt"
        | "/favicon.ico"
        | "/apple-touch-icon.png"
        | "/registrera"
        | "/registrera/skickat"
        | "/glomt-losenord"
        | "/glomt-losenord/skickat"
        | "/forslag"
        | "/beslut"
        | "/beslut.atom"
        | "/pagaende"
        | "/korgar" => Some(vec![(pattern.to_owned(), 200)]),
        "/sitemap.xml" => {
            let known = [
                ("", 200),
                ("?part=pages", 200),
                ("?part=organisations", 200),
                ("?part=0", 200),
                ("?part=00", 404),
                ("?part=1", 404),
                ("?part=x", 404),
            ];
            Some(known.map(|(query, status)| (format!("{pattern}{query}"), status)).to_vec())
        }
        "/logga-in" => Some(vec![(pattern.to_owned(), 200), ("/logga-in?till=%2Fkrav".to_owned(), 200)]),
        "/valj-losenord/{key}" => {
            Some(vec![("/valj-losenord/nyckel".to_owned(), 404), (format!("/valj-losenord/{}", "0".repeat(64)), 404)])
        }
        "/mitt/konto/tjanster/{n}/koppla" | "/mitt/bekrafta/{n}" => Some(vec![(pattern.replace("{n}", "1"), 303)]),
        "/mitt/konto/kopplingar/{id}/borttagning" | "/mitt/sessioner/{id}/avslut" => Some(vec![(pattern.replace("{id}", NOBODYS), 303)]),
        // Only where visitors come by https; only in the example bank; only where the program has printed a key.
        "/.well-known/security.txt" | "/logga-in/exempel" | "/exempel/brev" | "/setup" => Some(vec![(pattern.to_owned(), 404)]),
        "/bekrafta-epost/{key}" => {
            Some(vec![("/bekrafta-epost/nyckel".to_owned(), 404), (format!("/bekrafta-epost/{}", "0".repeat(64)), 404)])
        }
        "/registrera/{slag}" => {
            let known = [("leverantor", 200), ("myndighet", 200), ("annan", 404)];
            Some(known.map(|(slag, status)| (pattern.replace("{slag}", slag), status)).to_vec())
        }
        "/registrera/bekrafta/{key}" | "/inbjudan/{key}" => {
            let keys = ["nyckel".to_owned(), "0".repeat(64)];
            Some(keys.map(|key| (pattern.replace("{key}", &key), 404)).to_vec())
        }
        _ if pattern.starts_with("/mitt/organisation/") || pattern.starts_with("/lmc/konton") => {
            Some(vec![(pattern.replace("{id}", NOBODYS), 303)])
        }
        "/mitt/inbjudningar/{id}" => Some(vec![(pattern.replace("{id}", NOBODYS), 303)]),
        "/hanvisningar/{id}" => Some(vec![
            ("/hanvisningar/01a20519-67c4-7ad7-bd2b-05b5567e54d1".to_owned(), 200),
            (pattern.replace("{id}", NOBODYS), 404),
            (pattern.replace("{id}", "x"), 404),
        ]),
        "/exempel/brev/{id}" | "/dialog/{id}" | "/dialog/{id}/versioner" => Some(vec![(pattern.replace("{id}", NOBODYS), 404)]),
        "/felrapporter/{receipt}" => Some(vec![
            ("/felrapporter/00000000-0000-0000-0000-000000000000".to_owned(), 404),
            ("/felrapporter/FR-0001".to_owned(), 404),
        ]),
        // No worker runs in these tests.
        "/readyz" => Some(vec![(pattern.to_owned(), 503)]),
        "/api/v1/decisions/{number}" => {
            Some(vec![(pattern.replace("{number}", "B-2026-0001"), 404), (pattern.replace("{number}", "KB-0001"), 404)])
        }
        "/api/v1/proposals/{id}" => {
            Some(vec![(pattern.replace("{id}", "F-2026-0001"), 404), (pattern.replace("{id}", "KB-0001"), 404)])
        }
        // Everybody in the table is public.
        "/organisationer/{slug}" | "/api/v1/organisations/{slug}" => {
            let known = [("region-norrbotten", 200), ("lmc", 200), ("swedish-medtech", 200), ("bolaget", 404), ("LMC", 404)];
            Some(known.map(|(slug, status)| (pattern.replace("{slug}", slug), status)).to_vec())
        }
        "/omraden/{area}" => Some(vec![("/omraden/medicinteknik".to_owned(), 200), ("/omraden/rymdfart".to_owned(), 404)]),
        "/omraden/{area}/{group}" => {
            let known = [("handskar", 200), ("textilier-och-arbetsklader", 404), ("rymddrakter", 404)];
            Some(known.map(|(group, status)| (format!("/omraden/medicinteknik/{group}"), status)).to_vec())
        }
        "/omraden/{area}/nivaer" => {
            Some(vec![("/omraden/medicinteknik/nivaer".to_owned(), 200), ("/omraden/rymdfart/nivaer".to_owned(), 404)])
        }
        "/omraden/{area}/{group}/nivaer" => {
            let known = [("handskar", 200), ("textilier-och-arbetsklader", 404), ("rymddrakter", 404)];
            Some(known.map(|(group, status)| (format!("/omraden/medicinteknik/{group}/nivaer"), status)).to_vec())
        }
        // Without an answer to the steps before, a step of the guide leads back to the first that lacks one.
        "/vagvisare" => Some(vec![(pattern.to_owned(), 200), ("/vagvisare?q=handskar".to_owned(), 200)]),
        "/vagvisare/avtal" | "/vagvisare/ambition" | "/vagvisare/forslag" => {
            Some(vec![(pattern.to_owned(), 303), (format!("{pattern}?grupp=medicinteknik%2Fhandskar&niva=spjutspets"), 200)])
        }
        // Somebody else's, and none at all.
        "/korgar/{id}/oversikt" => Some(vec![
            (pattern.replace("{id}", "00000000-0000-0000-0000-000000000000"), 404),
            (pattern.replace("{id}", "x"), 404),
        ]),
        // Where forms are sent leads by hand to the page of the form, and what is one's own to where one signs in.
        "/tillganglighet/rapporter"
        | "/korgar/rader"
        | "/korgar/urval"
        | "/logga-ut"
        | "/mitt"
        | "/mitt/inlagg"
        | "/mitt/konto"
        | "/mitt/epost"
        | "/mitt/organisation"
        | "/mitt/losenord"
        | "/mitt/sessioner"
        | "/mitt/sessioner/avslut"
        | "/mitt/uppdrag"
        | "/mitt/bekrafta"
        | "/mitt/uppgifter"
        | "/mitt/uppgifter/utdrag"
        | "/mitt/uppgifter/utdrag/fil"
        | "/mitt/radera"
        | "/mitt/konto/tjanster"
        | "/mitt/tvasteg"
        | "/mitt/tvasteg/start"
        | "/mitt/tvasteg/ny"
        | "/mitt/tvasteg/reservkoder"
        | "/mitt/tvasteg/reservkoder/sparade"
        | "/mitt/tvasteg/ta-bort"
        | "/mitt/tvasteg/borttagning"
        | "/visa-igen"
        | "/forslag/ny"
        | "/forslag/utkast"
        // Nobody has shown a password.
        | "/logga-in/kod"
        | "/logga-in/reservkod" => Some(vec![(pattern.to_owned(), 303)]),
        "/forslag/{number}/dialog" => Some(vec![("/forslag/F-2026-0001/dialog".to_owned(), 404)]),
        "/forslag/{number}/dialog/{thread}" => Some(vec![(format!("/forslag/F-2026-0001/dialog/{NOBODYS}"), 404)]),
        "/dialog/moderering.csv" => Some(vec![(pattern.to_owned(), 200)]),
        _ if pattern.starts_with("/dialog/{id}/") || pattern.starts_with("/erfarenhet/{id}/") => {
            Some(vec![(pattern.replace("{id}", NOBODYS), 303)])
        }
        "/lmc/moderering/{id}" => Some(vec![(pattern.replace("{id}", NOBODYS), 303)]),
        "/beslut/{number}" => Some(vec![("/beslut/B-0001".to_owned(), 200), ("/beslut/B-2026-0001".to_owned(), 404)]),
        _ if pattern.starts_with("/beslut/{number}/") => Some(vec![(pattern.replace("{number}", "B-2026-0001"), 303)]),
        "/forslag/{number}" => Some(vec![("/forslag/F-2026-0001".to_owned(), 404), ("/forslag/forslag".to_owned(), 404)]),
        "/forslag/{number}/bilagor/{attachment}" => Some(vec![(format!("/forslag/F-2026-0001/bilagor/{NOBODYS}"), 404)]),
        _ if pattern.starts_with("/forslag/{number}/") => Some(vec![(pattern.replace("{number}", "F-2026-0001"), 303)]),
        _ if pattern.starts_with("/forslag/utkast/{id}") => Some(vec![(pattern.replace("{id}", NOBODYS), 303)]),
        // There is no such provider.
        "/logga-in/oidc/{n}" | "/logga-in/oidc/{n}/svar" => Some(vec![(pattern.replace("{n}", "1"), 404)]),
        _ if pattern.starts_with("/admin") => Some(vec![(administered(pattern), 303)]),
        // So do pages for those who look after the bank, whatever is asked for.
        _ if pattern.starts_with("/lmc") => Some(vec![(looked_after(pattern), 303)]),
        "/k/{key}/kopior" => Some(vec![(format!("/k/{}/kopior", "e0".repeat(16)), 303), ("/k/x/kopior".to_owned(), 404)]),
        "/static/{file}" => Some(vec![("/static/app.css".to_owned(), 404)]),
        // A selection is its browser's own, and a link is a secret: a visitor has neither.
        "/korgar/{id}/hamta" | "/korgar/{id}/delning" => {
            Some(vec![(pattern.replace("{id}", NOBODYS), 404)])
        }
        "/korgar/{id}/export" => {
            let path = pattern.replace("{id}", NOBODYS);
            Some(vec![(format!("{path}?format=exe"), 400), (path, 404)])
        }
        "/korgar/{id}/delning/{share}/tillbakadragande" | "/korgar/{id}/delning/{share}/aterstallning" => {
            Some(vec![(pattern.replace("{id}", NOBODYS).replace("{share}", NOBODYS), 303)])
        }
        "/k/{key}" => Some(vec![("/k/00000000000000000000000000000000".to_owned(), 404), ("/k/nyckel".to_owned(), 404)]),
        "/k/{key}/export" => Some(vec![
            ("/k/00000000000000000000000000000000/export?format=exe".to_owned(), 400),
            ("/k/00000000000000000000000000000000/export".to_owned(), 404),
        ]),
        _ if pattern.starts_with("/korgar/{id}") => {
            let status = if leads_on(pattern) { 303 } else { 404 };
            Some(vec![(in_no_selection(pattern), status)])
        }
        _ => None,
    }
}

/// An address for those who look after the bank, of what is not there.
pub(super) fn looked_after(pattern: &str) -> String {
    pattern.replace("{number}", numbered(pattern)).replace("{area}", "rymdfart").replace("{id}", NOBODYS)
}

/// A number of what is not there.
pub(super) fn numbered(pattern: &str) -> &'static str {
    if pattern.contains("/forslag/") { "F-2026-0001" } else { "1" }
}

/// An address of the administration, of what is not there.
pub(super) fn administered(pattern: &str) -> String {
    let nobody = if pattern.contains("/jobb/") { "999999999" } else { NOBODYS };
    pattern.replace("{id}", nobody).replace("{slug}", "ingen")
}

/// An address below a selection that is not this browser's; a selection that there is has the same answers, which
/// `selections/strangers.rs` shows.
pub(super) fn in_no_selection(pattern: &str) -> String {
    let unknown = "00000000-0000-0000-0000-000000000000";
    ["{id}", "{row}", "{other}", "{batch}"].iter().fold(pattern.to_owned(), |path, part| path.replace(part, unknown))
}

/// Whether an address below a selection only leads on to its page: there is a form to send, and nothing to see.
fn leads_on(pattern: &str) -> bool {
    let ends = [
        "/anvandning",
        "/borttagning",
        "/angrat",
        "/plats",
        "/aterstallning",
        "/rader",
        "/bekraftelse",
        "/kopior",
        "/{other}",
        "/kollegor",
        "/overlamning",
        "/overtagande",
    ];
    ends.iter().any(|end| pattern.ends_with(end))
}
