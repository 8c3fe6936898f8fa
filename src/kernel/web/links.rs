//! Every Swedish word that stands in an address, and nowhere else: patterns to mount and links to print.

use std::fmt::Write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::kernel::i18n::Lang;

mod patterns;

pub use patterns::*;

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

/// The path of a proposal that was sent in (`F-2026-0017`).
pub fn proposal(lang: Lang, number: impl std::fmt::Display) -> String {
    localized(lang, &format!("/forslag/{number}"))
}

/// A page below a proposal: `kvitto`, `atertagande`, `medforslagsstallare`.
pub fn in_proposal(lang: Lang, number: impl std::fmt::Display, below: &str) -> String {
    localized(lang, &format!("/forslag/{number}/{below}"))
}

/// A step of a draft: none, `liknande`, `texten`, `skalen`, `granska`, `ta-bort`.
pub fn proposal_draft(lang: Lang, id: impl std::fmt::Display, step: &str) -> String {
    let slash = if step.is_empty() { "" } else { "/" };
    localized(lang, &format!("/forslag/utkast/{id}{slash}{step}"))
}

/// A file of a draft, or where it is taken away (`ta-bort`).
pub fn draft_attachment(lang: Lang, id: impl std::fmt::Display, attachment: impl std::fmt::Display, below: &str) -> String {
    let slash = if below.is_empty() { "" } else { "/" };
    let lang = if below.is_empty() { Lang::Sv } else { lang };
    localized(lang, &format!("/forslag/utkast/{id}/bilagor/{attachment}{slash}{below}"))
}

/// A file of a proposal that was sent in; it is the same in every language.
pub fn proposal_attachment(number: impl std::fmt::Display, attachment: impl std::fmt::Display) -> String {
    format!("/forslag/{number}/bilagor/{attachment}")
}

/// The first step of a new proposal on a requirement.
pub fn propose_on(lang: Lang, requirement: impl std::fmt::Display) -> String {
    localized(lang, &format!("/forslag/ny?slag=andra&krav={requirement}"))
}

/// The path of a proposal for those who handle it; below it `steg`, `handlaggare`, `anteckningar`.
pub fn handled_proposal(number: impl std::fmt::Display, below: &str) -> String {
    let slash = if below.is_empty() { "" } else { "/" };
    format!("/lmc/forslag/{number}{slash}{below}")
}

/// The dialogue on what is cited so: a requirement (`KB-0042`) or a proposal (`F-2026-0017`), without language.
pub fn dialogue_page(cited: &str) -> String {
    if cited.starts_with("F-") { format!("/forslag/{cited}/dialog") } else { format!("/krav/{cited}/dialog") }
}

/// The same in a language.
pub fn dialogue(lang: Lang, cited: &str) -> String {
    localized(lang, &dialogue_page(cited))
}

/// What those who prepare say of a requirement among themselves.
pub fn internal_dialogue(cited: &str) -> String {
    with_query(&dialogue_page(cited), [("flik", INTERNAL_DIALOGUE)])
}

/// The word of the tab for those who prepare.
pub const INTERNAL_DIALOGUE: &str = "beredning";

/// A page below it: `ny`, or a thread by its id.
pub fn in_dialogue(lang: Lang, cited: &str, below: impl std::fmt::Display) -> String {
    format!("{}/{below}", dialogue(lang, cited))
}

/// The form of a new thread on a clause, or without one on the whole.
pub fn comment_on(lang: Lang, cited: &str, clause: Option<uuid::Uuid>) -> String {
    let page = in_dialogue(lang, cited, "ny");
    match clause {
        Some(clause) => with_query(&page, [("stycke", clause.to_string().as_str())]),
        None => page,
    }
}

/// Where a comment stands.
pub fn comment(lang: Lang, id: uuid::Uuid) -> String {
    localized(lang, &format!("/dialog/{id}"))
}

/// A page below a comment, by its last word; below the first of a thread `status`.
pub fn in_comment(lang: Lang, id: uuid::Uuid, word: &str) -> String {
    localized(lang, &format!("/dialog/{id}/{word}"))
}

/// A comment for those who moderate.
pub fn moderated(id: uuid::Uuid) -> String {
    format!("/lmc/moderering/{id}")
}

/// What was met with when a requirement was used.
pub fn experiences(lang: Lang, id: impl std::fmt::Display) -> String {
    localized(lang, &format!("/krav/{id}/erfarenhet"))
}

/// Where it is taken back.
pub fn experience_removal(lang: Lang, id: uuid::Uuid) -> String {
    localized(lang, &format!("/erfarenhet/{id}/ta-bort"))
}

/// The path of a decision (`B-2026-0011`).
pub fn decision(lang: Lang, number: impl std::fmt::Display) -> String {
    localized(lang, &format!("/beslut/{number}"))
}

/// Where another approves what one person decided alone.
pub fn decision_review(number: impl std::fmt::Display) -> String {
    format!("/beslut/{number}/efterhandsgranskning")
}

/// Where a correction of a decision is begun.
pub fn correct_decision(number: impl std::fmt::Display) -> String {
    format!("{NEW_DECISION}?rattar={number}")
}

/// The path of a draft of a decision; below it what is done with it.
pub fn decision_draft(id: impl std::fmt::Display, below: &str) -> String {
    let slash = if below.is_empty() { "" } else { "/" };
    format!("/lmc/beslut/{id}{slash}{below}")
}

/// The workbench of a requirement; below it `versioner`, `steg`, `handlaggare`, `oppningar`, `redigera`, `delning`, `stopp`,
/// `granskat`.
pub fn workbench(number: impl std::fmt::Display, below: &str) -> String {
    let slash = if below.is_empty() { "" } else { "/" };
    format!("/lmc/krav/{number}{slash}{below}")
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

/// The selection that an address is about, in either language.
pub fn selection_of(path: &str) -> Option<uuid::Uuid> {
    let rest = path.strip_prefix("/en").unwrap_or(path).strip_prefix("/korgar/")?;
    uuid::Uuid::try_parse(rest.split('/').next()?).ok()
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

/// A path of an area for those who edit the tree, or below it by its last word.
pub fn edited_area(area: &str, rest: &str) -> String {
    format!("{TAXONOMY}/omraden/{area}/{rest}").trim_end_matches('/').to_owned()
}

/// A path of a group for those who edit the tree, or below it by its last word.
pub fn edited_group(id: impl std::fmt::Display, rest: &str) -> String {
    format!("{TAXONOMY}/grupper/{id}/{rest}").trim_end_matches('/').to_owned()
}

/// The path of what requirements refer to.
pub fn reference(lang: Lang, id: impl std::fmt::Display) -> String {
    localized(lang, &format!("/hanvisningar/{id}"))
}

/// The same for those who look after it, or below it by its last word.
pub fn edited_reference(id: impl std::fmt::Display, rest: &str) -> String {
    format!("{REFERENCES}/{id}/{rest}").trim_end_matches('/').to_owned()
}

/// The path of a line of what is going on, for those who tell it.
pub fn plan_line(id: uuid::Uuid) -> String {
    format!("{PLAN}/{id}")
}

/// The path of a text that proposals are answered with.
pub fn template(id: uuid::Uuid) -> String {
    format!("{TEMPLATES}/{id}")
}

/// Whether what is sent here may take its time: files.
pub fn takes_files(path: &str) -> bool {
    let of_draft = |path: &str| path.starts_with("/forslag/utkast/") && path.ends_with("/bilagor");
    path == IMPORTS || of_draft(path.strip_prefix("/en").unwrap_or(path))
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
        ("konto", "account"),
        ("kommentar", "comment"),
        ("fraga", "question"),
        ("hanvisning", "reference"),
        ("forslag", "proposal"),
    ];
    /// Kinds of threads.
    pub const THREADS: &[(&str, &str)] =
        &[("fraga", "question"), ("kommentar", "comment"), ("marknad", "market"), ("andring", "suggestion")];
    /// What is done with a comment that was reported.
    pub const MODERATION: &[(&str, &str)] =
        &[("dolj", "hide"), ("maska", "mask"), ("avvisa", "dismiss"), ("visa", "restore"), ("behall", "keep")];
    /// What a text is for that proposals are answered with.
    pub const TEMPLATES: &[(&str, &str)] =
        &[("allmant", "general"), ("komplettera", "return"), ("lat-vila", "rest"), ("sla-ihop", "merge"), ("avsla", "reject")];
    /// How far something has come that is going on.
    pub const PLAN_STATES: &[(&str, &str)] = &[("planerat", "planned"), ("pagar", "under_way"), ("klart", "done")];
    /// What a requirement may refer to.
    pub const REFERENCE_KINDS: &[(&str, &str)] = &[("lag", "law"), ("standard", "standard"), ("markning", "label")];
    /// What holds of it.
    pub const REFERENCE_STATUS: &[(&str, &str)] =
        &[("galler", "in_force"), ("ersatt", "replaced"), ("upphord", "retired"), ("samma", "same")];
    /// What a proposal wishes for.
    pub const PROPOSALS: &[(&str, &str)] = &[("nytt", "new"), ("andra", "change"), ("upphav", "repeal"), ("sla-ihop", "merge")];
    /// Groups of states of proposals.
    pub const PROPOSAL_STATES: &[(&str, &str)] =
        &[("pagaende", "open"), ("vilande", "resting"), ("besvarade", "answered"), ("alla", "all")];
    /// A proposal that is taken in as it is.
    pub const WHOLLY: &str = "helt";
    /// One that is not.
    pub const PARTLY: &str = "delvis";
    /// A requirement that is not there yet.
    pub const FRESH: &str = "nytt";
    /// What those who handle a proposal do with it.
    pub const PROPOSAL_STEPS: &[(&str, &str)] = &[
        ("bered", "begin"),
        ("komplettera", "return"),
        ("lat-vila", "rest"),
        ("ta-upp", "wake"),
        ("sla-ihop", "merge"),
        ("avsla", "reject"),
    ];
    /// Kinds of decisions.
    pub const DECISIONS: &[(&str, &str)] =
        &[("alla", "all"), ("natverket", "network"), ("inlasta", "import"), ("granskas", "awaiting")];
    /// What a draft of a decision can be about.
    pub const DECISION_ITEMS: &[(&str, &str)] = &[("anta", "adopt"), ("upphav", "repeal"), ("aterkalla", "revoke")];
    /// What becomes of an item.
    pub const OUTCOMES: &[(&str, &str)] = &[("bifall", "adopted"), ("aterremiss", "returned"), ("avslag", "rejected")];
    /// How what comes instead of a requirement is connected.
    pub const SUCCESSORS: &[(&str, &str)] = &[("ersatt", "replaced"), ("hopslaget", "merged"), ("delat", "split")];
    /// Why a revision is begun.
    pub const BEGUN: &[(&str, &str)] = &[
        ("oversyn", "review_date"),
        ("forslag", "proposal"),
        ("lag", "law"),
        ("uppfoljning", "follow_up"),
        ("fel", "reported_error"),
    ];
    /// What is done with a version in preparation.
    pub const VERSION_STEPS: &[(&str, &str)] = &[("lagg-fram", "submit"), ("ta-tillbaka", "return"), ("forkasta", "discard")];
    /// States of a version in preparation.
    pub const PREPARED_STATES: &[(&str, &str)] = &[("bereds", "preparation"), ("klara", "ready"), ("alla", "all")];
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
