//! Every Swedish word that stands in an address, and nowhere else: patterns to mount and links to print.

use std::fmt::Write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::kernel::i18n::Lang;

/// Start page.
pub const START: &str = "/";
/// Search and browse.
pub const REQUIREMENTS: &str = "/krav";
/// One requirement, its current version.
pub const REQUIREMENT: &str = "/krav/{id}";
/// One version, for ever.
pub const VERSION: &str = "/krav/{id}/v/{version}";
/// What has happened to a requirement.
pub const HISTORY: &str = "/krav/{id}/historik";
/// Two versions side by side.
pub const COMPARE: &str = "/krav/{id}/jamfor";
/// Up to four requirements side by side.
pub const SIDE_BY_SIDE: &str = "/jamfor";
/// The tree of product areas.
pub const AREAS: &str = "/omraden";
/// One area.
pub const AREA: &str = "/omraden/{area}";
/// One group of an area.
pub const GROUP: &str = "/omraden/{area}/{group}";
/// The word after an area or a group that leads to its requirements by level; no group may be called so.
pub const BY_LEVEL: &str = "nivaer";
/// The requirements of an area by level.
pub const AREA_BY_LEVEL: &str = "/omraden/{area}/nivaer";
/// The requirements of a group by level.
pub const GROUP_BY_LEVEL: &str = "/omraden/{area}/{group}/nivaer";
/// Who takes part.
pub const ORGANISATIONS: &str = "/organisationer";
/// One of them.
pub const ORGANISATION: &str = "/organisationer/{slug}";
/// The words of the bank.
pub const GLOSSARY: &str = "/ordlista";
/// Open data, for people.
pub const OPEN_DATA: &str = "/oppna-data";
/// The script that checks hashes, to download.
pub const HASH_CHECK: &str = "/oppna-data/check_hash.py";
/// What this is.
pub const ABOUT: &str = "/om";
/// How files are written that the bank reads in.
pub const IMPORT_FORMAT: &str = "/importformat";

/// How accessible the bank is, and the form to report what is not.
pub const ACCESSIBILITY: &str = "/tillganglighet";
/// Reports of what is not accessible: where the form is sent.
pub const ACCESSIBILITY_REPORTS: &str = "/tillganglighet/rapporter";
/// The form to report something that is wrong with a requirement.
pub const REPORT_REQUIREMENT: &str = "/krav/{id}/rapportera-fel";
/// Reports on a requirement: where the form is sent.
pub const REQUIREMENT_REPORTS: &str = "/krav/{id}/felrapporter";
/// The receipt of a report.
pub const REPORT_RECEIPT: &str = "/felrapporter/{receipt}";
/// Where on [`ACCESSIBILITY`] the form stands.
pub const REPORT_FORM: &str = "rapportera";
/// The summary of what is wrong with a form.
pub const FAULTS: &str = "fel";

/// The selections of this browser; where a new one is sent.
pub const SELECTIONS: &str = "/korgar";
/// Requirements to put into the selection in use: where the form is sent.
pub const SELECTED: &str = "/korgar/rader";
/// All that a list or a place holds: where the form is sent that puts it into the selection in use.
pub const COLLECTED: &str = "/korgar/urval";
/// One selection.
pub const SELECTION: &str = "/korgar/{id}";
/// The name and the limits of a selection: form, and where it is sent.
pub const SELECTION_SETTINGS: &str = "/korgar/{id}/uppgifter";
/// Where it is said that a selection is the one in use.
pub const SELECTION_IN_USE: &str = "/korgar/{id}/anvandning";
/// The question whether a selection is to go.
pub const SELECTION_REMOVE: &str = "/korgar/{id}/ta-bort";
/// Where the answer to it is sent.
pub const SELECTION_REMOVAL: &str = "/korgar/{id}/borttagning";
/// What was put in at once, to take out again.
pub const SELECTION_BATCH: &str = "/korgar/{id}/tillagg/{batch}/angrat";
/// A copy of a selection of one's own: where the button is sent.
pub const SELECTION_COPIES: &str = "/korgar/{id}/kopior";
/// A copy of a selection that one has a link to.
pub const LINK_COPIES: &str = "/k/{key}/kopior";
/// One requirement of a selection.
pub const ROW: &str = "/korgar/{id}/rader/{row}";
/// Where a row is moved up or down.
pub const ROW_PLACE: &str = "/korgar/{id}/rader/{row}/plats";
/// Where a row is taken out.
pub const ROW_REMOVAL: &str = "/korgar/{id}/rader/{row}/borttagning";
/// Where a row that was taken out is put back.
pub const ROW_RETURN: &str = "/korgar/{id}/rader/{row}/aterstallning";
/// How a selection is taken out.
pub const SELECTION_DOWNLOAD: &str = "/korgar/{id}/hamta";
/// A selection as a file.
pub const SELECTION_EXPORT: &str = "/korgar/{id}/export";
/// Links to a selection: the list, and where a new one is asked for.
pub const SELECTION_SHARES: &str = "/korgar/{id}/delning";
/// What colleagues may do with a selection: where the form is sent.
pub const SELECTION_COLLEAGUES: &str = "/korgar/{id}/delning/kollegor";
/// Where a selection is given to a colleague.
pub const SELECTION_HANDOVER: &str = "/korgar/{id}/overlamning";
/// Where a selection is taken that nobody owns any more.
pub const SELECTION_TAKEOVER: &str = "/korgar/{id}/overtagande";
/// Where a link is taken back.
pub const SHARE_REVOCATION: &str = "/korgar/{id}/delning/{share}/tillbakadragande";
/// Where that is undone.
pub const SHARE_RETURN: &str = "/korgar/{id}/delning/{share}/aterstallning";
/// A selection that was shared, for whoever has the key.
pub const SHARED: &str = "/k/{key}";
/// The same as a file.
pub const SHARED_EXPORT: &str = "/k/{key}/export";
/// Requirements to put into this selection: where the form is sent.
pub const ROWS: &str = "/korgar/{id}/rader";
/// The buyer's own wording of a row: form, and where it is sent.
pub const ROW_WORDING: &str = "/korgar/{id}/rader/{row}/lydelse";
/// The question whether a row is to have the requirement's text again, and where the answer is sent.
pub const ROW_OWN_TEXT: &str = "/korgar/{id}/rader/{row}/kravets-text";
/// What can stand instead of a row, and where the choice is sent.
pub const ROW_SWAP: &str = "/korgar/{id}/rader/{row}/byte";
/// What the version in force changes, and where it is said that the row is to have it.
pub const ROW_UPDATE: &str = "/korgar/{id}/rader/{row}/uppdatering";
/// Where a change for another row is undone.
pub const ROW_SWAP_BACK: &str = "/korgar/{id}/rader/{row}/aterbyte/{other}";
/// Where it is said that a repealed requirement is wanted all the same.
pub const ROW_KEPT: &str = "/korgar/{id}/rader/{row}/bekraftelse";

/// What follow-up of a selection takes, what it serves, what to write in the notice.
pub const SELECTION_OVERVIEW: &str = "/korgar/{id}/oversikt";
/// The guide: what is bought.
pub const GUIDE: &str = "/vagvisare";
/// The guide: the contract.
pub const GUIDE_CONTRACT: &str = "/vagvisare/avtal";
/// The guide: how far to go.
pub const GUIDE_AMBITION: &str = "/vagvisare/ambition";
/// The guide: the proposal, and where it is sent to become a selection.
pub const GUIDE_PROPOSAL: &str = "/vagvisare/forslag";

/// Where one signs in: form, and where it is sent.
pub const SIGN_IN: &str = "/logga-in";
/// Where one signs in as a person of the example bank; nowhere else is it there.
pub const SIGN_IN_EXAMPLE: &str = "/logga-in/exempel";
/// Where one signs out.
pub const SIGN_OUT: &str = "/logga-ut";
/// Where one chooses a password by a link.
pub const CHOOSE_PASSWORD: &str = "/valj-losenord/{key}";
/// Where one asks for a link to choose another password.
pub const FORGOT: &str = "/glomt-losenord";
/// What follows that.
pub const FORGOT_SENT: &str = "/glomt-losenord/skickat";
/// Where one says that one wants to take part: for whom.
pub const REGISTER: &str = "/registrera";
/// The form for it, by the word for the side that one is on; and where it is sent.
pub const REGISTER_AS: &str = "/registrera/{slag}";
/// The word for those who sell.
pub const SELLERS: &str = "leverantor";
/// The word for those who buy.
pub const AUTHORITIES: &str = "myndighet";
/// The word for an authority that is not in the list.
pub const ANOTHER: &str = "annan";
/// What follows the form.
pub const REGISTER_SENT: &str = "/registrera/skickat";
/// Where an application becomes an account, by a link.
pub const CONFIRM_APPLICATION: &str = "/registrera/bekrafta/{key}";
/// Where an invitation is answered, by a link.
pub const INVITATION: &str = "/inbjudan/{key}";
/// Where somebody who has signed in answers one.
pub const OWN_INVITATION: &str = "/mitt/inbjudningar/{id}";
/// Who belongs to the organisation.
pub const OWN_ORGANISATION: &str = "/mitt/organisation";
/// Where an invitation is sent.
pub const ORGANISATION_INVITATIONS: &str = "/mitt/organisation/inbjudningar";
/// Where one is taken back.
pub const INVITATION_BACK: &str = "/mitt/organisation/inbjudningar/{id}/tillbaka";
/// Where it is said that addresses with an ending belong to the organisation.
pub const ORGANISATION_DOMAINS: &str = "/mitt/organisation/domaner";
/// Where that is taken back.
pub const DOMAIN_REMOVAL: &str = "/mitt/organisation/domaner/borttagning";
/// One who belongs to the organisation.
pub const MEMBER: &str = "/mitt/organisation/medlemmar/{id}";
/// Where roles are given and taken.
pub const MEMBER_ROLES: &str = "/mitt/organisation/medlemmar/{id}/roller";
/// The last word of it.
pub const ROLES: &str = "roller";
/// Where a membership is ended.
pub const MEMBER_END: &str = "/mitt/organisation/medlemmar/{id}/avslut";
/// The last word of it.
pub const END: &str = "avslut";
/// Where the organisation answers who wants to join it.
pub const ORGANISATION_APPLICATION: &str = "/mitt/organisation/ansokningar/{id}";
/// Who waits to be approved.
pub const LMC_ACCOUNTS: &str = "/lmc/konton";
/// Where one of them is answered.
pub const LMC_ACCOUNT: &str = "/lmc/konton/{id}";
/// Where one shows by a link that an address is one's own.
pub const CONFIRM_EMAIL: &str = "/bekrafta-epost/{key}";
/// One's own pages.
pub const OWN: &str = "/mitt";
/// One's own account: name and language, and where the form is sent.
pub const OWN_ACCOUNT: &str = "/mitt/konto";
/// Where a new password is sent.
pub const OWN_PASSWORD: &str = "/mitt/losenord";
/// Another address to sign in with: form, and where it is sent.
pub const OWN_EMAIL: &str = "/mitt/epost";
/// Where one is signed in.
pub const OWN_SESSIONS: &str = "/mitt/sessioner";
/// Where one of them is ended.
pub const SESSION_END: &str = "/mitt/sessioner/{id}/avslut";
/// Where all others are ended.
pub const SESSIONS_END: &str = "/mitt/sessioner/avslut";
/// Where it is said whom one acts for.
pub const ACTING: &str = "/mitt/uppdrag";

/// Where a code of the app is asked for after the password.
pub const SIGN_IN_CODE: &str = "/logga-in/kod";
/// Where a code on paper is taken instead.
pub const SIGN_IN_RECOVERY: &str = "/logga-in/reservkod";
/// Signing in in two steps: what there is of it.
pub const TWO_STEPS: &str = "/mitt/tvasteg";
/// Where it is begun.
pub const TWO_STEPS_START: &str = "/mitt/tvasteg/start";
/// What the app is to be given, and where its first code is sent.
pub const TWO_STEPS_NEW: &str = "/mitt/tvasteg/ny";
/// Codes that were just made, and where new ones are asked for.
pub const RECOVERY_CODES: &str = "/mitt/tvasteg/reservkoder";
/// Where it is said that they are kept somewhere.
pub const RECOVERY_CODES_KEPT: &str = "/mitt/tvasteg/reservkoder/sparade";
/// The question whether to go back to one step.
pub const TWO_STEPS_REMOVE: &str = "/mitt/tvasteg/ta-bort";
/// Where the answer is sent.
pub const TWO_STEPS_REMOVAL: &str = "/mitt/tvasteg/borttagning";
/// Where one proves once more who one is.
pub const PROVE: &str = "/mitt/bekrafta";
/// Where one leaves for a service that tells who one is.
pub const SIGN_IN_OIDC: &str = "/logga-in/oidc/{n}";
/// Where it sends one back to.
pub const SIGN_IN_OIDC_ANSWER: &str = "/logga-in/oidc/{n}/svar";
/// The services that one comes in through.
pub const OWN_SERVICES: &str = "/mitt/konto/tjanster";
/// Where one leaves for a service to link it.
pub const SERVICE_LINK: &str = "/mitt/konto/tjanster/{n}/koppla";
/// Where one leaves for a service to prove once more who one is.
pub const SERVICE_PROVE: &str = "/mitt/bekrafta/{n}";
/// Where a service is taken away.
pub const SERVICE_REMOVAL: &str = "/mitt/konto/kopplingar/{id}/borttagning";
/// Where the first administrator makes an account.
pub const SETUP: &str = "/setup";
/// What the first administrator does first.
pub const ADMIN_START: &str = "/admin/kom-igang";
/// Where a form that could not be sent is shown again.
pub const SHOWN_AGAIN: &str = "/visa-igen";
/// How the service is: for administrators.
pub const ADMIN: &str = "/admin";
/// Jobs that failed, and those that wait.
pub const ADMIN_JOBS: &str = "/admin/jobb";
/// Where a job is sent to be done again.
pub const ADMIN_JOB_AGAIN: &str = "/admin/jobb/{id}/korning";
/// The question whether a job is to go, and where the answer is sent.
pub const ADMIN_JOB_REMOVE: &str = "/admin/jobb/{id}/ta-bort";
/// The audit log.
pub const ADMIN_LOG: &str = "/admin/logg";
/// Accounts.
pub const ADMIN_ACCOUNTS: &str = "/admin/konton";
/// One account.
pub const ADMIN_ACCOUNT: &str = "/admin/konton/{id}";
/// Where a role is given.
pub const ADMIN_ROLES: &str = "/admin/konton/{id}/roller";
/// Where a role is taken away.
pub const ADMIN_ROLE_END: &str = "/admin/konton/{id}/roller/avslut";
/// Where the sessions of an account are ended.
pub const ADMIN_SESSIONS_END: &str = "/admin/konton/{id}/inloggningar/avslut";
/// Where an account is closed, or opened again.
pub const ADMIN_ACCOUNT_STATE: &str = "/admin/konton/{id}/sparr";
/// Organisations, for who edits them.
pub const ADMIN_ORGANISATIONS: &str = "/admin/organisationer";
/// A new organisation: form, and where it is sent.
pub const ADMIN_ORGANISATION_NEW: &str = "/admin/organisationer/ny";
/// One organisation: form, and where it is sent.
pub const ADMIN_ORGANISATION: &str = "/admin/organisationer/{slug}/uppgifter";
/// Settings that are words: form, and where it is sent.
pub const ADMIN_WORDS: &str = "/admin/ord";
/// What waits for those who look after the bank; leads to [`INBOX`].
pub const LMC: &str = "/lmc";
/// The list of what waits.
pub const INBOX: &str = "/lmc/inkorg";
/// Where it is said that somebody takes a task, or leaves it.
pub const TASKS: &str = "/lmc/uppgifter";
/// A report of a fault, for those who deal with it.
pub const REPORT: &str = "/lmc/rapporter/{number}";
/// Where notes on it are sent.
pub const REPORT_NOTES: &str = "/lmc/rapporter/{number}/anteckningar";
/// Where answers to the one who sent it are sent.
pub const REPORT_ANSWERS: &str = "/lmc/rapporter/{number}/svar";
/// Where it is said how it ended.
pub const REPORT_END: &str = "/lmc/rapporter/{number}/avslut";
/// Where it is opened again.
pub const REPORT_REOPENING: &str = "/lmc/rapporter/{number}/ateroppning";
/// Requirements whose review is overdue.
pub const OVERDUE: &str = "/lmc/krav/forsenade";
/// Requirements in force that lack something that a decision needs.
pub const INCOMPLETE: &str = "/lmc/krav/ofullstandiga";
/// Files that are read in: the form, where it is sent, and the list of those that were sent before.
pub const IMPORTS: &str = "/lmc/import";
/// One of them.
pub const IMPORT: &str = "/lmc/import/{number}";
/// Where it is said that it is to be read in.
pub const IMPORT_CONFIRMATION: &str = "/lmc/import/{number}/bekraftelse";
/// Where it is given up.
pub const IMPORT_CANCELLATION: &str = "/lmc/import/{number}/avbrott";
/// What is wrong in it, as a file.
pub const IMPORT_FAULTS: &str = "/lmc/import/{number}/rapport.csv";

/// What the bank holds about one: what it is, and how to take it out.
pub const OWN_DATA: &str = "/mitt/uppgifter";
/// Where it is asked for, and where it stands afterwards for a while.
pub const OWN_DATA_EXTRACT: &str = "/mitt/uppgifter/utdrag";
/// The same as JSON.
pub const OWN_DATA_FILE: &str = "/mitt/uppgifter/utdrag/fil";
/// How one's account is erased, and where the form is sent.
pub const OWN_ERASE: &str = "/mitt/radera";

/// Where help is.
pub const CONTACT: &str = "/om#kontakt";

/// The letters of the example bank; nowhere else is it there.
pub const EXAMPLE_LETTERS: &str = "/exempel/brev";
/// One of them.
pub const EXAMPLE_LETTER: &str = "/exempel/brev/{id}";

/// What may stand unescaped in a query value.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b':');

/// A path in the language: `/en` before it in English.
pub fn localized(lang: Lang, path: &str) -> String {
    match (lang, path) {
        (Lang::Sv, path) => path.to_owned(),
        (Lang::En, "/") => "/en".to_owned(),
        (Lang::En, path) => format!("/en{path}"),
    }
}

/// The path of a requirement by its printed id (`KB-0042`).
pub fn requirement(lang: Lang, id: impl std::fmt::Display) -> String {
    localized(lang, &format!("/krav/{id}"))
}

/// The path of a version.
pub fn version(lang: Lang, id: impl std::fmt::Display, version: i32) -> String {
    localized(lang, &format!("/krav/{id}/v/{version}"))
}

/// The path of a requirement's timeline.
pub fn history(lang: Lang, id: impl std::fmt::Display) -> String {
    localized(lang, &format!("/krav/{id}/historik"))
}

/// The path of a comparison of two versions.
pub fn compare(lang: Lang, id: impl std::fmt::Display, from: i32, to: i32) -> String {
    localized(lang, &format!("/krav/{id}/jamfor?fran={from}&till={to}"))
}

/// The path of a product area.
pub fn area(lang: Lang, area: &str) -> String {
    localized(lang, &format!("/omraden/{area}"))
}

/// The path of a product group.
pub fn group(lang: Lang, area: &str, group: &str) -> String {
    localized(lang, &format!("/omraden/{area}/{group}"))
}

/// The path of an organisation.
pub fn organisation(lang: Lang, slug: &str) -> String {
    localized(lang, &format!("/organisationer/{slug}"))
}

/// Where the directory tells of a procurement area.
pub fn procurement_area(lang: Lang, letter: &str) -> String {
    format!("{}#{}", localized(lang, ORGANISATIONS), procurement_area_anchor(letter))
}

/// The id of a procurement area in the directory.
pub fn procurement_area_anchor(letter: &str) -> String {
    format!("omrade-{}", letter.to_lowercase())
}

/// The path of the form to report something that is wrong with a version.
pub fn report_requirement(lang: Lang, id: impl std::fmt::Display, version: i32) -> String {
    localized(lang, &format!("/krav/{id}/rapportera-fel?version={version}"))
}

/// [`report_requirement`] without language and version.
pub fn report_requirement_page(id: impl std::fmt::Display) -> String {
    format!("/krav/{id}/rapportera-fel")
}

/// The path that the form of a requirement is sent to.
pub fn requirement_reports(lang: Lang, id: impl std::fmt::Display) -> String {
    localized(lang, &format!("/krav/{id}/felrapporter"))
}

/// The path of a receipt.
pub fn report_receipt(lang: Lang, receipt: uuid::Uuid) -> String {
    localized(lang, &format!("/felrapporter/{receipt}"))
}

/// The form for reporting a page, which it names by its whole path.
pub fn report_page(lang: Lang, page: &str) -> String {
    format!("{}#{REPORT_FORM}", with_query(&localized(lang, ACCESSIBILITY), [("sida", page)]))
}

/// The path of the requirements of an area, or of a group of it, by level.
pub fn by_level(lang: Lang, area: &str, group: Option<&str>) -> String {
    let place = group.map_or_else(|| area.to_owned(), |group| format!("{area}/{group}"));
    localized(lang, &format!("/omraden/{place}/{BY_LEVEL}"))
}

/// The path of a comparison of requirements, each as `KB-0042` or `KB-0107:3`.
pub fn side_by_side(lang: Lang, wanted: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    let wanted: Vec<String> = wanted.into_iter().map(|one| one.to_string()).collect();
    with_query(&localized(lang, SIDE_BY_SIDE), wanted.iter().map(|one| ("krav", one.as_str())))
}

/// Whether an address is for machines, or the same for all whoever asks: files, probes, the open API.
pub fn is_for_machines(path: &str) -> bool {
    let file = |name: &str| path == name;
    path.starts_with("/static/")
        || path == "/api"
        || path.starts_with("/api/")
        || path.starts_with("/.well-known/")
        || [
            "/livez",
            "/readyz",
            "/favicon.ico",
            "/apple-touch-icon.png",
            "/robots.txt",
            "/sitemap.xml",
            "/security-policy.txt",
            HASH_CHECK,
        ]
        .into_iter()
        .any(file)
}

/// Whether it is a path of this site and nothing else, so that a browser can be sent there.
pub fn is_local(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 4096
        && path.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'\\' | b'"' | b'<' | b'>'))
}

/// The page to sign in on, from which one comes back here.
pub fn sign_in(lang: Lang, here: &str) -> String {
    let page = localized(lang, SIGN_IN);
    // Nor is one led back to a page whose address is a secret, or to where its key was left out.
    let is_open = without_key(here) == here && !matches!(here, "/k" | "/en/k");
    if is_local(here) && is_open && here != localized(lang, START) { with_query(&page, [("till", here)]) } else { page }
}

/// A page from which one goes on to `till`, where that is a page of ours.
pub fn on_the_way(lang: Lang, page: &str, till: &str) -> String {
    let page = localized(lang, page);
    if is_local(till) { with_query(&page, [("till", till)]) } else { page }
}

/// Where one leaves for a service that tells who one is, to go on to `till`.
pub fn oidc(lang: Lang, number: u8, till: &str) -> String {
    on_the_way(lang, &format!("/logga-in/oidc/{number}"), till)
}

/// Where it sends one back to; the same in both languages, since it is agreed with the service.
pub fn oidc_answer(number: u8) -> String {
    format!("/logga-in/oidc/{number}/svar")
}

/// Where one leaves for a service to link it.
pub fn service_link(lang: Lang, number: u8) -> String {
    localized(lang, &format!("/mitt/konto/tjanster/{number}/koppla"))
}

/// Where one leaves for a service to prove once more who one is.
pub fn service_prove(lang: Lang, number: u8, till: &str) -> String {
    on_the_way(lang, &format!("/mitt/bekrafta/{number}"), till)
}

/// Where a service is taken away.
pub fn service_removal(lang: Lang, id: uuid::Uuid) -> String {
    localized(lang, &format!("/mitt/konto/kopplingar/{id}/borttagning"))
}

/// The path of a report for those who deal with it.
pub fn report(number: impl std::fmt::Display) -> String {
    format!("/lmc/rapporter/{number}")
}

/// A path below such a report, by its last word.
pub fn in_report(number: impl std::fmt::Display, rest: &str) -> String {
    format!("/lmc/rapporter/{number}/{rest}")
}

/// The path of a file that is read in.
pub fn import(number: i64) -> String {
    format!("{IMPORTS}/{number}")
}

/// Whether what is sent here may take its time: files.
pub fn takes_files(path: &str) -> bool {
    path == IMPORTS
}

/// Where one of one's own sessions is ended.
pub fn session_end(lang: Lang, id: uuid::Uuid) -> String {
    localized(lang, &format!("/mitt/sessioner/{id}/avslut"))
}

/// A page for administrators, by its pattern and what stands in it; they are in Swedish alone.
pub fn admin(pattern: &str, id: impl std::fmt::Display) -> String {
    let id = id.to_string();
    pattern.replace("{id}", &id).replace("{slug}", &id)
}

/// The page on which a password is chosen by a link.
pub fn choose_password(lang: Lang, key: &str) -> String {
    localized(lang, &format!("/valj-losenord/{key}"))
}

/// A letter of the example bank.
pub fn example_letter(lang: Lang, id: uuid::Uuid) -> String {
    localized(lang, &format!("/exempel/brev/{id}"))
}

/// The page on which one shows that an address is one's own.
pub fn confirm_email(lang: Lang, key: &str) -> String {
    localized(lang, &format!("/bekrafta-epost/{key}"))
}

/// The form of one side to take part.
pub fn register_as(lang: Lang, side: &str) -> String {
    localized(lang, &format!("/registrera/{side}"))
}

/// The page on which an application becomes an account.
pub fn confirm_application(lang: Lang, key: &str) -> String {
    localized(lang, &format!("/registrera/bekrafta/{key}"))
}

/// The page on which an invitation is answered.
pub fn invitation(lang: Lang, key: &str) -> String {
    localized(lang, &format!("/inbjudan/{key}"))
}

/// Where somebody who has signed in answers one.
pub fn own_invitation(lang: Lang, id: uuid::Uuid) -> String {
    localized(lang, &format!("/mitt/inbjudningar/{id}"))
}

/// Where an invitation is taken back.
pub fn invitation_back(lang: Lang, id: uuid::Uuid) -> String {
    localized(lang, &format!("/mitt/organisation/inbjudningar/{id}/tillbaka"))
}

/// One who belongs to an organisation.
pub fn member(lang: Lang, id: uuid::Uuid) -> String {
    localized(lang, &format!("/mitt/organisation/medlemmar/{id}"))
}

/// A path below a member, by its last word.
pub fn in_member(lang: Lang, id: uuid::Uuid, rest: &str) -> String {
    localized(lang, &format!("/mitt/organisation/medlemmar/{id}/{rest}"))
}

/// Where an organisation answers who wants to join it.
pub fn organisation_application(lang: Lang, id: uuid::Uuid) -> String {
    localized(lang, &format!("/mitt/organisation/ansokningar/{id}"))
}

/// Where the network answers who has applied; in Swedish alone.
pub fn lmc_account(id: uuid::Uuid) -> String {
    format!("/lmc/konton/{id}")
}

/// The path of a selection.
pub fn selection(lang: Lang, id: uuid::Uuid) -> String {
    localized(lang, &format!("/korgar/{id}"))
}

/// A path below a selection, by its last words.
pub fn in_selection(lang: Lang, id: uuid::Uuid, rest: &str) -> String {
    localized(lang, &format!("/korgar/{id}/{rest}"))
}

/// The path of a selection for whoever has its link.
pub fn link(lang: Lang, key: &super::SelectionKey) -> String {
    localized(lang, &format!("/k/{}", key.as_str()))
}

/// The path of a row.
pub fn row(lang: Lang, id: uuid::Uuid, row: uuid::Uuid) -> String {
    localized(lang, &format!("/korgar/{id}/rader/{row}"))
}

/// A path below a row, by its last word.
pub fn in_row(lang: Lang, id: uuid::Uuid, row: uuid::Uuid, rest: &str) -> String {
    localized(lang, &format!("/korgar/{id}/rader/{row}/{rest}"))
}

/// The guide with these product groups chosen, each as `area/group`; the page on which it begins.
pub fn guide<'a>(lang: Lang, groups: impl IntoIterator<Item = &'a str>) -> String {
    with_query(&localized(lang, GUIDE), groups.into_iter().map(|group| ("grupp", group)))
}

/// A path below a link, by its last word.
pub fn in_link(lang: Lang, key: &super::SelectionKey, rest: &str) -> String {
    localized(lang, &format!("/k/{}/{rest}", key.as_str()))
}

/// A path to write down: one with a key in it, without the key.
pub fn without_key(path: &str) -> &str {
    let start = if path.starts_with("/en/") { 3 } else { 0 };
    let secret = ["/k/", "/valj-losenord/", "/bekrafta-epost/", "/registrera/bekrafta/", "/inbjudan/"]
        .into_iter()
        .find(|place| path[start..].starts_with(place));
    secret.map_or(path, |place| &path[..start + place.len() - 1])
}

/// A path with a query string made of these pairs; none gives the bare path.
pub fn with_query<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut url = path.to_owned();
    for (place, (key, value)) in pairs.into_iter().enumerate() {
        let mark = if place == 0 { '?' } else { '&' };
        // Writing to a string does not fail.
        let _ = write!(url, "{mark}{key}={}", utf8_percent_encode(value, QUERY));
    }
    url
}

/// The words that filters have in addresses, and the codes that they stand for.
pub mod words {
    /// Levels.
    pub const LEVELS: &[(&str, &str)] = &[("bas", "basic"), ("avancerad", "advanced"), ("spjutspets", "spearhead")];
    /// Types of requirement.
    pub const TYPES: &[(&str, &str)] = &[
        ("kvalificering", "qualification_requirement"),
        ("specifikation", "technical_specification"),
        ("tilldelning", "award_criterion"),
        ("kontrakt", "contract_performance_condition"),
    ];
    /// Kinds of evidence.
    pub const EVIDENCE: &[(&str, &str)] = &[
        ("certifikat", "certificate"),
        ("markning", "label"),
        ("epd", "epd"),
        ("provningsrapport", "test_report"),
        ("forsakran", "declaration"),
        ("teknisk-dokumentation", "technical_documentation"),
        ("annat", "other"),
    ];
    /// Standings of a version.
    pub const STATUS: &[(&str, &str)] =
        &[("gallande", "current"), ("kommande", "coming"), ("ersatt", "superseded"), ("upphavt", "repealed")];
    /// Kinds of organisation.
    pub const ORGANISATIONS: &[(&str, &str)] = &[
        ("region", "region"),
        ("nationellt-organ", "national_body"),
        ("branschorganisation", "industry_body"),
        ("myndighet", "contracting_authority"),
        ("leverantor", "supplier"),
    ];
    /// Orders of a list.
    pub const SORT: &[(&str, &str)] =
        &[("relevans", "relevance"), ("senast", "latest"), ("titel", "title"), ("nummer", "number")];

    /// Kinds of what waits for those who look after the bank.
    pub const TASKS: &[(&str, &str)] = &[
        ("tillganglighet", "accessibility"),
        ("fel-i-krav", "fault"),
        ("forsenad-oversyn", "overdue"),
        ("ofullstandigt", "incomplete"),
        ("inlasning", "import"),
    ];
    /// What a requirement may lack.
    pub const MISSING: &[(&str, &str)] = &[
        ("motiv", "rationale"),
        ("proportionalitet", "proportionality"),
        ("bevis", "evidence"),
        ("uppfoljning", "follow_up"),
        ("miljomal", "objective"),
        ("oversyn", "review"),
        ("utvardering", "award"),
    ];
    /// Parts of the report of a file that is read in.
    pub const REPORT_PARTS: &[(&str, &str)] =
        &[("avvisade", "rejected"), ("varningar", "warning"), ("nya", "new"), ("andrade", "changed")];

    /// The code that a word stands for.
    pub fn code(words: &[(&'static str, &'static str)], word: &str) -> Option<&'static str> {
        words.iter().find(|(w, _)| *w == word).map(|(_, code)| *code)
    }

    /// The word of a code.
    pub fn word(words: &[(&'static str, &'static str)], code: &str) -> Option<&'static str> {
        words.iter().find(|(_, c)| *c == code).map(|(word, _)| *word)
    }
}
