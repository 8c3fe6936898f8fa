//! Patterns to mount, each with the Swedish words of its address.

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
/// Where it is said who sends in the organisation's name.
pub const ORGANISATION_SENDERS: &str = "/mitt/organisation/avsandare";
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
/// What one has said in the dialogue.
pub const OWN_COMMENTS: &str = "/mitt/inlagg";
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
/// Letters that did not go, and those that wait.
pub const ADMIN_LETTERS: &str = "/admin/brev";
/// Where a letter is sent to be tried again.
pub const ADMIN_LETTER_AGAIN: &str = "/admin/brev/{id}/forsok";
/// Where a letter to oneself is asked for, to see that letters go.
pub const ADMIN_TEST_LETTERS: &str = "/admin/brev/prov";
/// What has become of it.
pub const ADMIN_TEST_LETTER: &str = "/admin/brev/prov/{id}";
/// Whether anything can be changed: the switch, and where it is sent.
pub const ADMIN_READ_ONLY: &str = "/admin/laslage";
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
/// Where the second factor of who has lost it is taken away.
pub const ADMIN_ACCOUNT_FACTOR: &str = "/admin/konton/{id}/tvasteg";
/// Where an account is erased on request.
pub const ADMIN_ACCOUNT_ERASE: &str = "/admin/konton/{id}/radering";
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

/// Proposals that were sent in; where a new draft is sent.
pub const PROPOSALS: &str = "/forslag";
/// The first step of a new one.
pub const NEW_PROPOSAL: &str = "/forslag/ny";
/// What the own organisation writes on.
pub const PROPOSAL_DRAFTS: &str = "/forslag/utkast";
/// What a draft is about: its first step.
pub const PROPOSAL_DRAFT: &str = "/forslag/utkast/{id}";
/// The second: what is like it.
pub const PROPOSAL_SIMILAR: &str = "/forslag/utkast/{id}/liknande";
/// The third: its text.
pub const PROPOSAL_TEXT: &str = "/forslag/utkast/{id}/texten";
/// The fourth: why.
pub const PROPOSAL_REASONS: &str = "/forslag/utkast/{id}/skalen";
/// The fifth: all of it, before it is sent in; where it is sent.
pub const PROPOSAL_REVIEW: &str = "/forslag/utkast/{id}/granska";
/// Throwing it away.
pub const PROPOSAL_DISCARD: &str = "/forslag/utkast/{id}/ta-bort";
/// The files of a draft, and where one is sent.
pub const DRAFT_ATTACHMENTS: &str = "/forslag/utkast/{id}/bilagor";
/// One of them.
pub const DRAFT_ATTACHMENT: &str = "/forslag/utkast/{id}/bilagor/{attachment}";
/// Taking it away.
pub const DRAFT_ATTACHMENT_REMOVAL: &str = "/forslag/utkast/{id}/bilagor/{attachment}/ta-bort";
/// A file of one that was sent in.
pub const PROPOSAL_ATTACHMENT: &str = "/forslag/{number}/bilagor/{attachment}";
/// The files of a draft.
pub const STEP_ATTACHMENTS: &str = "bilagor";
/// One that was sent in.
pub const PROPOSAL: &str = "/forslag/{number}";
/// That it came in, for who sent it.
pub const PROPOSAL_RECEIPT: &str = "/forslag/{number}/kvitto";
/// Where an organisation says that it stands behind it.
pub const PROPOSAL_COSIGNERS: &str = "/forslag/{number}/medforslagsstallare";
/// Taking it back.
pub const PROPOSAL_WITHDRAWAL: &str = "/forslag/{number}/atertagande";
/// It, for those who handle it.
pub const PROPOSAL_HANDLED: &str = "/lmc/forslag/{number}";
/// Who handles it.
pub const PROPOSAL_HANDLER: &str = "/lmc/forslag/{number}/handlaggare";
/// What of it becomes part of a version.
pub const PROPOSAL_TAKING: &str = "/lmc/forslag/{number}/intagning";
/// What becomes of it.
pub const PROPOSAL_STEPS: &str = "/lmc/forslag/{number}/steg";
/// What those who prepare write to each other.
pub const PROPOSAL_NOTES: &str = "/lmc/forslag/{number}/anteckningar";
/// The step of a draft where what is like it is looked at.
pub const STEP_SIMILAR: &str = "liknande";
/// The step of its text.
pub const STEP_TEXT: &str = "texten";
/// The step of its reasons.
pub const STEP_REASONS: &str = "skalen";
/// The last step.
pub const STEP_REVIEW: &str = "granska";
/// Throwing a draft away.
pub const STEP_DISCARD: &str = "ta-bort";
/// The page that says that a proposal came in.
pub const RECEIPT: &str = "kvitto";
/// Where one says that the own organisation stands behind a proposal.
pub const COSIGNERS: &str = "medforslagsstallare";
/// Where one takes a proposal back.
pub const WITHDRAWAL: &str = "atertagande";

/// The dialogue on a requirement: its threads, and where a new one is sent.
pub const DIALOGUE: &str = "/krav/{id}/dialog";
/// The form of a new thread.
pub const DIALOGUE_NEW: &str = "/krav/{id}/dialog/ny";
/// One thread, and where a reply is sent.
pub const DIALOGUE_THREAD: &str = "/krav/{id}/dialog/{thread}";
/// The same on a proposal.
pub const PROPOSAL_DIALOGUE: &str = "/forslag/{number}/dialog";
/// The form of a new thread on a proposal.
pub const PROPOSAL_DIALOGUE_NEW: &str = "/forslag/{number}/dialog/ny";
/// One thread on a proposal.
pub const PROPOSAL_DIALOGUE_THREAD: &str = "/forslag/{number}/dialog/{thread}";
/// A comment: leads to where it stands in its thread.
pub const DIALOGUE_COMMENT: &str = "/dialog/{id}";
/// Where it is said that a thread is done with, or is not.
pub const DIALOGUE_STATUS: &str = "/dialog/{id}/status";
/// What a comment has said before.
pub const DIALOGUE_VERSIONS: &str = "/dialog/{id}/versioner";
/// Writing a comment anew.
pub const DIALOGUE_EDIT: &str = "/dialog/{id}/redigera";
/// Taking one's own comment away.
pub const DIALOGUE_REMOVE: &str = "/dialog/{id}/ta-bort";
/// Reporting a comment of another.
pub const DIALOGUE_REPORT: &str = "/dialog/{id}/anmal";
/// Objecting to that one's own was hidden.
pub const DIALOGUE_OBJECTION: &str = "/dialog/{id}/invandning";
/// The log of moderation, as a file.
pub const MODERATION_LOG: &str = "/dialog/moderering.csv";
/// What was reported, for those who moderate.
pub const MODERATION: &str = "/lmc/moderering";
/// One comment, for those who moderate.
pub const MODERATED: &str = "/lmc/moderering/{id}";
/// The word of [`DIALOGUE_OBJECTION`] after the comment.
pub const COMMENT_OBJECTION: &str = "invandning";
/// What was met with when a requirement was used, and where it is sent.
pub const EXPERIENCES: &str = "/krav/{id}/erfarenhet";
/// The form of it.
pub const EXPERIENCE_NEW: &str = "/krav/{id}/erfarenhet/ny";
/// Taking back what one told.
pub const EXPERIENCE_REMOVE: &str = "/erfarenhet/{id}/ta-bort";
/// What has been decided.
pub const DECISIONS: &str = "/beslut";
/// The same as an Atom feed.
pub const DECISIONS_FEED: &str = "/beslut.atom";
/// A decision.
pub const DECISION: &str = "/beslut/{number}";
/// Where another approves what one person decided alone.
pub const DECISION_REVIEW: &str = "/beslut/{number}/efterhandsgranskning";
/// Decisions under way, for those who prepare and decide.
pub const DECISION_DRAFTS: &str = "/lmc/beslut";
/// A new draft; where it is sent.
pub const NEW_DECISION: &str = "/lmc/beslut/nytt";
/// A draft, with all that stands in front of who decides.
pub const DECISION_DRAFT: &str = "/lmc/beslut/{id}";
/// What the minutes say.
pub const DECISION_FIELDS: &str = "/lmc/beslut/{id}/uppgifter";
/// What it is about.
pub const DECISION_ITEMS: &str = "/lmc/beslut/{id}/punkter";
/// Where an item is taken out.
pub const DECISION_ITEM_REMOVAL: &str = "/lmc/beslut/{id}/punkter/bort";
/// What becomes of each item.
pub const DECISION_OUTCOMES: &str = "/lmc/beslut/{id}/utfall";
/// Where it is handed to who decides, or taken back.
pub const DECISION_PASS: &str = "/lmc/beslut/{id}/overlamning";
/// The decision itself.
pub const DECISION_DECIDE: &str = "/lmc/beslut/{id}/besluta";
/// Throwing a draft away.
pub const DECISION_DISCARD: &str = "/lmc/beslut/{id}/ta-bort";
/// The page of a draft with what the minutes say.
pub const DECISION_STEP_FIELDS: &str = "uppgifter";
/// The page with what it is about.
pub const DECISION_STEP_ITEMS: &str = "punkter";
/// Where an item is taken out.
pub const DECISION_STEP_REMOVAL: &str = "punkter/bort";
/// The page with what becomes of each item.
pub const DECISION_STEP_OUTCOMES: &str = "utfall";
/// The page with the button.
pub const DECISION_STEP_DECIDE: &str = "besluta";
/// Throwing it away.
pub const DECISION_STEP_DISCARD: &str = "ta-bort";
/// What is being prepared.
pub const PREPARED: &str = "/lmc/krav";
/// The form of a new requirement.
pub const NEW_REQUIREMENT: &str = "/lmc/krav/ny";
/// The workbench of a requirement.
pub const WORKBENCH: &str = "/lmc/krav/{number}";
/// Where a revision is begun.
pub const WORKBENCH_VERSIONS: &str = "/lmc/krav/{number}/versioner";
/// Where a version is taken a step onwards.
pub const WORKBENCH_STEPS: &str = "/lmc/krav/{number}/steg";
/// Where one takes a version, or leaves it.
pub const WORKBENCH_HANDLER: &str = "/lmc/krav/{number}/handlaggare";
/// Where one says that one opens the editor.
pub const WORKBENCH_OPENINGS: &str = "/lmc/krav/{number}/oppningar";
/// The editor.
pub const WORKBENCH_EDITOR: &str = "/lmc/krav/{number}/redigera";
/// Sharing with the authorities, and ending it.
pub const WORKBENCH_SHARING: &str = "/lmc/krav/{number}/delning";
/// The temporary stop.
pub const WORKBENCH_STOP: &str = "/lmc/krav/{number}/stopp";
/// That a review changed nothing.
pub const WORKBENCH_REVIEW: &str = "/lmc/krav/{number}/granskat";
/// The tree of areas and groups, for those who edit it.
pub const TAXONOMY: &str = "/lmc/taxonomi";
/// A new area: form, and where it is sent.
pub const TAXONOMY_NEW_AREA: &str = "/lmc/taxonomi/nytt-omrade";
/// A new group: form, and where it is sent.
pub const TAXONOMY_NEW_GROUP: &str = "/lmc/taxonomi/ny-grupp";
/// What is said of an area: form, and where it is sent.
pub const TAXONOMY_AREA: &str = "/lmc/taxonomi/omraden/{area}";
/// Retiring it: form, and where it is sent.
pub const TAXONOMY_AREA_CHANGE: &str = "/lmc/taxonomi/omraden/{area}/andring";
/// What is said of a group: form, and where it is sent.
pub const TAXONOMY_GROUP: &str = "/lmc/taxonomi/grupper/{id}";
/// Where it is said who owns it when.
pub const TAXONOMY_GROUP_OWNERS: &str = "/lmc/taxonomi/grupper/{id}/agare";
/// Moving, merging and retiring it: form, and where it is sent.
pub const TAXONOMY_GROUP_CHANGE: &str = "/lmc/taxonomi/grupper/{id}/andring";
/// The last word of what hurts.
pub const TAXONOMY_CHANGE: &str = "andring";

/// What requirements refer to, for those who look after it.
pub const REFERENCES: &str = "/lmc/hanvisningar";
/// Something new to refer to: form, and where it is sent.
pub const REFERENCE_NEW: &str = "/lmc/hanvisningar/ny";
/// One of them: form, and where it is sent.
pub const REFERENCE_EDITED: &str = "/lmc/hanvisningar/{id}";
/// Where it is said what holds of it.
pub const REFERENCE_STATUS: &str = "/lmc/hanvisningar/{id}/status";
/// One of them, for everybody.
pub const REFERENCE: &str = "/hanvisningar/{id}";

/// What is going on, for everybody.
pub const UNDER_WAY: &str = "/pagaende";
/// The lines of it, for those who tell it.
pub const PLAN: &str = "/lmc/pagaende";
/// A new line: form, and where it is sent.
pub const PLAN_NEW: &str = "/lmc/pagaende/ny";
/// A line: form, and where it is sent.
pub const PLAN_LINE: &str = "/lmc/pagaende/{id}";

/// Texts that proposals are answered with.
pub const TEMPLATES: &str = "/lmc/svarsmallar";
/// A new one: form, and where it is sent.
pub const TEMPLATE_NEW: &str = "/lmc/svarsmallar/ny";
/// One of them: form, and where it is sent.
pub const TEMPLATE: &str = "/lmc/svarsmallar/{id}";
