// The page set: one address for each kind of page and state that the example bank holds. It grows with every feature.
//
// `template` is the kind of page: walks with the keyboard, print and the like are done once for each. `english` also
// visits the English page of the same address. `status` is 200 unless said, `as` the person of the example bank who looks. A path with {braces} is one of a selection that
// lib/selection.mjs fills first or, as a person, finds among those of the organisation; {konto} is somebody's account,
// {utkast} a draft of a proposal, {bilaga} its file, {forslag} one that others collide with, {vilande} a dormant one, {nytt-krav} one of something new,
// {trad} a thread of a supplier, {dold} one with a hidden comment, {inom} an internal one, {anmald} a comment that was reported,
// {rad} a line of what is going on, {mall} a text to answer with, {medlem} a member of the organisation, {jobb} a job that failed, {brev} the newest letter.

const LINK = "e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0";

export const PAGES = [
  { path: "/", template: "start", english: true },

  { path: "/krav", template: "list", english: true },
  { path: "/krav?q=handskar", template: "list" },
  { path: "/krav?niva=bas&typ=specifikation", template: "list" },
  { path: "/krav?q=xyzzy", template: "list-empty", english: true },

  { path: "/omraden", template: "areas", english: true },
  { path: "/omraden/medicinteknik", template: "area", english: true },
  { path: "/omraden/medicinteknik/handskar", template: "group", english: true },

  { path: "/forslag", template: "proposals", english: true },
  { path: "/forslag?visa=vilande&omrade=textil", template: "proposals-none", english: true },

  { path: "/pagaende", template: "under-way", english: true },
  { path: "/hanvisningar/01a20521-43bc-7849-95c5-06a123ee6000", template: "reference", english: true }, // a label that is replaced

  { path: "/organisationer", template: "organisations", english: true },
  { path: "/organisationer?q=region", template: "organisations-found", english: true },
  { path: "/organisationer?slag=leverantor", template: "organisations-none", english: true },
  { path: "/organisationer/region-kalmar-lan", template: "organisation-region", english: true },
  { path: "/organisationer/region-stockholm", template: "organisation-region" }, // an area of its own
  { path: "/organisationer/swedish-medtech", template: "organisation", english: true },

  { path: "/krav/KB-0001", template: "requirement", english: true },
  { path: "/krav/KB-0004", template: "requirement" }, // several versions
  { path: "/krav/KB-0004/v/1", template: "version", english: true }, // superseded
  { path: "/krav/KB-0004/v/4", template: "version" }, // decided, in force later
  { path: "/krav/KB-0015", template: "requirement" }, // repealed
  { path: "/krav/KB-0005", template: "requirement" }, // stopped
  { path: "/krav/KB-0010", template: "requirement" }, // review overdue
  { path: "/krav/KB-0004/historik", template: "history", english: true },
  { path: "/krav/KB-0004/jamfor?fran=1&till=2", template: "compare", english: true },
  { path: "/krav/KB-0004/jamfor?fran=1&till=2&vy=sida", template: "compare-sides", english: true },

  { path: "/jamfor", template: "side-empty", english: true },
  { path: "/jamfor?krav=KB-0001&krav=KB-0004&krav=KB-0008", template: "side-by-side", english: true },
  { path: "/jamfor?krav=KB-0001&krav=KB-0002&krav=KB-0003&krav=KB-0081:1&krav=KB-9999&visa=skillnader", template: "side-notes" },
  { path: "/omraden/medicinteknik/nivaer", template: "levels", english: true },
  { path: "/omraden/medicinteknik/handskar/nivaer?typ=specifikation", template: "levels" },
  { path: "/oppna-data", template: "open-data", english: true },

  { path: "/vagvisare", template: "guide-what", english: true },
  { path: "/vagvisare?q=handskar&grupp=textil%2Ftvatteritjanster", template: "guide-what" },
  { path: "/vagvisare?saknas=1", template: "guide-what" }, // nothing chosen
  { path: "/vagvisare/avtal?grupp=medicinteknik%2Fhandskar", template: "guide-contract", english: true },
  { path: "/vagvisare/avtal?grupp=medicinteknik%2Fhandskar&varde=mycket&ar=99", template: "guide-contract" }, // faults
  { path: "/vagvisare/ambition?grupp=medicinteknik%2Fhandskar&ar=4", template: "guide-ambition", english: true },
  { path: "/vagvisare/forslag?grupp=medicinteknik%2Fhandskar&ar=4&timmar=20&niva=avancerad", template: "guide-proposal", english: true },
  { path: "/vagvisare/forslag?grupp=medicinteknik%2Fhandskar&varde=900000&timmar=1&niva=spjutspets", template: "guide-proposal" }, // too few hours
  { path: "/vagvisare/forslag?grupp=hjalpmedel%2Fhjalpmedel&niva=bas", template: "guide-empty" },

  { path: "/ordlista", template: "glossary", english: true },
  { path: "/om", template: "about", english: true },
  { path: "/importformat", template: "import-format", english: true },

  { path: "/tillganglighet", template: "accessibility", english: true },
  { path: "/krav/KB-0004/rapportera-fel", template: "report-requirement", english: true },
  { path: "/krav/KB-0081/rapportera-fel?version=1", template: "report-requirement" }, // its text may not be shown

  // The selection that the example bank is born with, open by a link.
  { path: `/k/${LINK}`, template: "selection-shared", english: true },
  { path: "/k/00000000000000000000000000000000", template: "link-ended", status: 404, english: true },
  { path: "/korgar", template: "selections-none", english: true },
  { path: "/korgar/{korg}", template: "selection", english: true },
  { path: "/korgar/{korg}/oversikt", template: "overview", english: true },
  { path: "/korgar/{korg}/uppgifter", template: "selection-settings", english: true },
  { path: "/korgar/{korg}/ta-bort", template: "selection-remove", english: true },
  { path: "/korgar/{korg}/rader/{KB-0011}", template: "row", english: true },
  { path: "/korgar/{korg}/rader/{KB-0005}", template: "row" }, // stopped, with an exemption
  { path: "/korgar/{korg}/rader/{KB-0001}", template: "row-wording", english: true }, // own wording
  { path: "/korgar/{korg}/rader/{KB-0006}", template: "row" }, // a choice
  { path: "/korgar/{korg}/rader/{KB-0001}/lydelse", template: "wording", english: true },
  { path: "/korgar/{korg}/rader/{KB-0001}/kravets-text", template: "own-text", english: true },
  { path: "/korgar/{korg}/rader/{KB-0002}/byte", template: "swap", english: true },
  { path: "/korgar/{korg}/rader/{KB-0004}/uppdatering", template: "update", english: true },
  { path: "/korgar/{korg}/hamta", template: "download", english: true },
  { path: "/korgar/{korg}/delning", template: "share", english: true },

  { path: "/logga-in", template: "sign-in", english: true },
  { path: "/logga-in/oidc/1/svar?state=x", template: "service-over", status: 400, english: true },
  { path: `/valj-losenord/${"0".repeat(64)}`, template: "choose-over", status: 404, english: true },
  { path: "/glomt-losenord", template: "forgot", english: true },
  { path: "/glomt-losenord/skickat", template: "written", english: true },
  { path: "/registrera", template: "register-choose", english: true },
  { path: "/registrera/leverantor", template: "register", english: true },
  { path: "/registrera/myndighet", template: "register-authority", english: true },
  { path: "/registrera/skickat", template: "written" },
  { path: `/registrera/bekrafta/${"0".repeat(64)}`, template: "confirm-over", status: 404, english: true },
  { path: `/inbjudan/${"0".repeat(64)}`, template: "confirm-over", status: 404 },
  { path: `/bekrafta-epost/${"0".repeat(64)}`, template: "confirm-email-over", status: 404, english: true },
  { path: "/exempel/brev", template: "letters", english: true },
  { path: "/exempel/brev/{brev}", template: "letter", as: "strateg" },
  // As people of the example bank.
  { path: "/mitt", template: "own", english: true, as: "lmc" },
  { path: "/mitt", template: "own-written", as: "upphandlare" }, // proposals and posts
  { path: "/mitt/inlagg", template: "own-comments", english: true, as: "upphandlare" },
  { path: "/mitt/konto", template: "account", english: true, as: "lmc" },
  { path: "/mitt/konto/tjanster", template: "services", english: true, as: "lmc" },
  { path: "/mitt/tvasteg", template: "two-steps", english: true, as: "lmc" },
  { path: "/mitt/bekrafta", template: "prove", english: true, as: "lmc" },
  { path: "/admin/kom-igang", template: "admin-start", as: "admin" },
  { path: "/mitt", template: "own-invited", as: "strateg" },
  { path: "/mitt/epost", template: "email", english: true, as: "lmc" },
  { path: "/mitt/organisation", template: "organisation", english: true, as: "leverantor" },
  { path: "/mitt/organisation?organisation=region-skane", template: "organisation-of-all", as: "lmc" },
  { path: "/mitt/organisation/medlemmar/{medlem}", template: "member", english: true, as: "samordnare" },
  { path: "/mitt/organisation/medlemmar/{medlem}", template: "member-roles", as: "lmc" }, // with roles to give
  { path: "/admin", template: "forbidden", status: 403, as: "leverantor" },
  { path: "/forslag/{forslag}", template: "proposal", english: true, as: "upphandlare" },
  { path: "/forslag/{nytt-krav}", template: "proposal", as: "upphandlare" }, // something new, to be completed
  { path: "/forslag/{vilande}", template: "proposal-repeal", as: "upphandlare" }, // dormant, without a text
  { path: "/forslag/ny", template: "proposal-subject", english: true, as: "strateg" },
  { path: "/forslag/utkast", template: "proposal-drafts", english: true, as: "strateg" },
  { path: "/forslag/utkast/{utkast}", template: "proposal-subject", as: "strateg" },
  { path: "/forslag/utkast/{utkast}/liknande", template: "proposal-similar", english: true, as: "strateg" },
  { path: "/forslag/utkast/{utkast}/texten", template: "proposal-text", english: true, as: "strateg" },
  { path: "/forslag/utkast/{utkast}/skalen", template: "proposal-reasons", english: true, as: "strateg" },
  { path: "/forslag/utkast/{utkast}/bilagor", template: "proposal-attachments", english: true, as: "strateg" },
  { path: "/forslag/utkast/{utkast}/bilagor/{bilaga}/ta-bort", template: "proposal-attachment-removal", english: true, as: "strateg" },
  { path: "/forslag/utkast/{utkast}/granska", template: "proposal-review", english: true, as: "strateg" },
  { path: "/forslag/utkast/{utkast}/granska", template: "proposal-review-of-member", english: true, as: "leverantor2" }, // who may not send
  { path: "/forslag/utkast/{utkast}/ta-bort", template: "proposal-discard", english: true, as: "strateg" },
  { path: "/forslag/{forslag}/kvitto", template: "proposal-receipt", english: true, as: "strateg" },
  { path: "/forslag/{forslag}/atertagande", template: "proposal-withdrawal", english: true, as: "strateg" },
  { path: "/lmc/forslag/{forslag}", template: "proposal-handled", as: "lmc" },
  { path: "/forslag/{forslag}/dialog", template: "threads-of-proposal", english: true },
  { path: "/krav/KB-0001/dialog", template: "threads", english: true },
  { path: "/krav/KB-0009/dialog", template: "threads-gone" }, // on a clause that is gone
  { path: "/krav/KB-0015/dialog", template: "threads-closed" }, // repealed
  { path: "/krav/KB-0003/dialog?visa=obesvarade", template: "threads-none" },
  { path: "/krav/KB-0001/dialog?flik=beredning", template: "threads-inside", as: "lmc" },
  { path: "/krav/KB-0001/dialog/ny", template: "thread-new", english: true, as: "lmc" },
  { path: "/krav/KB-0001/dialog/{trad}", template: "thread", english: true, as: "upphandlare2" }, // a passage left out
  { path: "/krav/KB-0001/dialog/{dold}", template: "thread-hidden", english: true, as: "leverantor" }, // one's own comment hidden
  { path: "/krav/KB-0001/dialog/{inom}", template: "thread-inside", as: "lmc" },
  { path: "/dialog/{trad}/redigera", template: "comment-edit", english: true, as: "leverantor" },
  { path: "/dialog/{trad}/ta-bort", template: "comment-remove", english: true, as: "leverantor" },
  { path: "/dialog/{trad}/anmal", template: "comment-report", english: true, as: "upphandlare2" },
  { path: "/dialog/{dold}/versioner", template: "comment-versions", english: true },
  { path: "/lmc/moderering", template: "moderation", as: "lmc" },
  { path: "/lmc/moderering/{anmald}", template: "moderated", as: "lmc" },
  { path: "/krav/KB-0001/erfarenhet", template: "experiences", english: true },
  { path: "/krav/KB-0003/erfarenhet", template: "experiences-none" },
  { path: "/krav/KB-0001/erfarenhet/ny", template: "experience-new", english: true, as: "strateg" },
  { path: "/lmc/forslag/{oppet}/intagning", template: "proposal-taking", as: "lmc", raw: true },
  { path: "/beslut", template: "decisions", english: true },
  { path: "/beslut/{beslut}", template: "decision", english: true },
  { path: "/lmc/beslut", template: "decision-drafts", as: "lmc" },
  { path: "/lmc/beslut/nytt", template: "decision-new", as: "lmc" },
  { path: "/lmc/beslut/{beslutsutkast}", template: "decision-draft", as: "lmc", raw: true },
  { path: "/lmc/beslut/{beslutsutkast}/uppgifter", template: "decision-fields", as: "lmc", raw: true },
  { path: "/lmc/beslut/{beslutsutkast}/punkter", template: "decision-items", as: "lmc", raw: true },
  { path: "/lmc/beslut/{beslutsutkast}/ta-bort", template: "decision-discard", as: "lmc", raw: true },
  { path: "/lmc/beslut/{framlagt}/utfall", template: "decision-outcomes", as: "beslutsfattare", raw: true },
  { path: "/lmc/krav", template: "preparation-list", as: "lmc" },
  { path: "/lmc/krav/ny", template: "preparation-new", as: "lmc" },
  { path: "/lmc/krav/KB-0002", template: "preparation-one", as: "lmc" },
  { path: "/lmc/krav/KB-0010", template: "preparation-one", as: "lmc" },
  { path: "/lmc/krav/KB-0002/redigera", template: "preparation-edit", as: "lmc" },
  { path: "/lmc/krav/KB-0042/delning", template: "preparation-act", as: "lmc" },
  { path: "/lmc/krav/KB-0001/stopp", template: "preparation-act", as: "lmc" },
  { path: "/lmc/krav/KB-0001/granskat", template: "preparation-act", as: "lmc" },
  { path: "/lmc/taxonomi", template: "taxonomy", as: "lmc" },
  { path: "/lmc/taxonomi/nytt-omrade", template: "taxonomy-new-area", as: "lmc" },
  { path: "/lmc/taxonomi/ny-grupp?omrade=textil", template: "taxonomy-new-group", as: "lmc" },
  { path: "/lmc/taxonomi/omraden/medicinteknik", template: "taxonomy-area", as: "lmc" },
  { path: "/lmc/taxonomi/omraden/medicinteknik/andring", template: "taxonomy-area-change", as: "lmc" },
  { path: "/lmc/taxonomi/grupper/01a20519-6762-7cb7-bdd9-d27bac6213b9", template: "taxonomy-group", as: "lmc" },
  { path: "/lmc/taxonomi/grupper/01a20519-6762-7cb7-bdd9-d27bac6213b9/andring", template: "taxonomy-group-change", as: "lmc" },
  { path: "/lmc/hanvisningar", template: "references", as: "lmc" },
  { path: "/lmc/hanvisningar/ny", template: "reference-new", as: "lmc" },
  { path: "/lmc/hanvisningar/01a20521-43bc-7849-95c5-06a123ee6000", template: "reference-edited", as: "lmc" },
  { path: "/lmc/pagaende", template: "plan", as: "lmc" },
  { path: "/lmc/pagaende/ny", template: "plan-new", as: "lmc" },
  { path: "/lmc/pagaende/{rad}", template: "plan-line", as: "lmc" },
  { path: "/lmc/svarsmallar", template: "templates", as: "lmc" },
  { path: "/lmc/svarsmallar/ny", template: "template-new", as: "lmc" },
  { path: "/lmc/svarsmallar/{mall}", template: "template", as: "lmc" },
  { path: "/lmc/konton", template: "approval", as: "lmc" },
  { path: "/mitt/sessioner", template: "sessions", english: true, as: "lmc" },
  { path: "/korgar", template: "selections-owned", english: true, as: "upphandlare" },
  { path: "/korgar/{delad}", template: "selection-of-colleague", english: true, as: "upphandlare" },
  { path: "/korgar/{utan-agare}", template: "selection-left", as: "upphandlare" },
  { path: "/korgar/{delad}/delning", template: "share-owned", english: true, as: "strateg" },
  { path: "/lmc/inkorg", template: "inbox", as: "lmc" },
  { path: "/lmc/inkorg?mina=1&slag=fel-i-krav", template: "inbox-none", as: "lmc" },
  { path: "/lmc/rapporter/FR-0001", template: "report-handled", as: "lmc" },
  { path: "/lmc/rapporter/FR-0003", template: "report-handled", as: "lmc" }, // from a supplier
  { path: "/lmc/rapporter/FR-0005", template: "report-closed", as: "lmc" },
  { path: "/lmc/krav/forsenade", template: "overdue", as: "lmc" },
  { path: "/lmc/krav/ofullstandiga", template: "incomplete", as: "lmc" },
  { path: "/lmc/import", template: "import", as: "lmc" },
  { path: "/lmc/import/1", template: "import-one", as: "lmc" }, // examined, with wrong cells
  { path: "/mitt/uppgifter", template: "own-data", english: true, as: "upphandlare2" },
  { path: "/mitt/radera", template: "erase", english: true, as: "upphandlare2" },
  { path: "/mitt/radera", template: "erase-last", as: "admin" }, // nobody else runs the bank
  { path: "/krav", template: "list-signed-in", as: "lmc" },
  { path: "/krav/KB-0006/v/2", template: "version-in-preparation", as: "lmc" },
  { path: "/krav/KB-0006/historik", template: "history-in-preparation", as: "lmc" },

  // For administrators, in Swedish alone.
  { path: "/admin", template: "admin", as: "admin" },
  { path: "/admin/jobb", template: "admin-jobs", as: "admin" },
  { path: "/admin/jobb/{jobb}/ta-bort", template: "admin-job-remove", as: "admin" },
  { path: "/admin/logg", template: "admin-log", as: "admin" },
  { path: "/admin/logg?handelse=session&fran=igar", template: "admin-log", as: "lmc" }, // a filter that cannot be read
  { path: "/admin/konton", template: "admin-accounts", as: "admin" },
  { path: "/admin/konton/{konto}", template: "admin-account", as: "admin" },
  { path: "/admin/konton/{konto}/radering", template: "admin-erase", as: "admin" },
  { path: "/admin/organisationer?q=region", template: "admin-organisations", as: "admin" },
  { path: "/admin/organisationer/ny", template: "admin-organisation", as: "admin" },
  { path: "/admin/organisationer/region-skane/uppgifter", template: "admin-organisation", as: "admin" },
  { path: "/admin/ord", template: "admin-words", as: "admin" },
  { path: "/admin/brev", template: "admin-letters", as: "admin" },
  { path: "/admin/brev?visa=vantar", template: "admin-letters", as: "admin" },
  { path: "/admin/laslage", template: "admin-read-only", as: "admin" },

  { path: "/finns-inte", template: "error", status: 404, english: true },
  { path: "/krav/KB-9999", template: "error", status: 404 },
  { path: "/krav/KB-0004/v/99", template: "no-version", status: 404, english: true },
  { path: "/krav/KB-0081/v/1", template: "gone", status: 410, english: true },
];

// The two comparisons, which must be told apart by ear.
export const COMPARISONS = PAGES.filter(({ template }) => template.startsWith("compare")).map(({ path }) => path);

const english = (path) => (path === "/" ? "/en" : `/en${path}`);

// Every visit to be made: the pages, then their English twins. `first` marks the first of its template and language.
export function visits() {
  const swedish = PAGES.map((page) => ({ status: 200, ...page, lang: "sv" }));
  const twins = swedish.filter((page) => page.english).map((page) => ({ ...page, path: english(page.path), lang: "en" }));
  const seen = new Set();
  return [...swedish, ...twins].map((page) => {
    const first = !seen.has(page.template);
    seen.add(page.template);
    return { ...page, first };
  });
}
