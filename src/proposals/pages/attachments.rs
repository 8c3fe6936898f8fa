//! The files of a draft: one at a time they are sent, shown and taken away. And a file of a proposal, for whoever may see that.

use std::fs::File;

use askama::Template;
use axum::{http::HeaderMap, response::Response};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    How, Told, crumbs, number, refused,
    steps::{self, Found, Step, Steps},
};
use crate::{
    attachments::{self, Attachment, Kept, Kind, MOST_BYTES, MOST_FILES, New, Seen, Wrong},
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            At, Client, Crumb, Faults, Flash, Layout, Routes, Sent, Upload, Visit, again, carry_flash, html, links, see_other,
            unkept,
        },
    },
    proposals::{
        lifecycle::State,
        policy::Write,
        reads::{draft::Draft, one as read},
        workflow::{Refused, attaching},
    },
};

/// The largest form: the file, and room for what stands around it.
const FORM: usize = MOST_BYTES + 1024 * 1024;
/// Where a fault of a file stands.
const FILE: &str = "fil";

/// The page of a draft, where a file is sent, taken away and given out.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::DRAFT_ATTACHMENTS, Right::DraftProposals, page)
        .post_at_most(FORM, links::DRAFT_ATTACHMENTS, Right::DraftProposals, send)
        .get(links::DRAFT_ATTACHMENT, Right::DraftProposals, of_draft)
        .page(links::DRAFT_ATTACHMENT_REMOVAL, Right::DraftProposals, ask)
        .post(links::DRAFT_ATTACHMENT_REMOVAL, Right::DraftProposals, take_away)
        .get(links::PROPOSAL_ATTACHMENT, Right::ReadPublished, of_proposal)
}

#[derive(Template)]
#[template(path = "proposals/attachments.html")]
struct AttachmentsPage {
    layout: Layout,
    steps: Steps,
    draft: Draft,
    faults: Faults,
}

impl AttachmentsPage {
    fn action(&self) -> String {
        format!("{}#{}", self.step(links::STEP_ATTACHMENTS), links::FAULTS)
    }

    fn step(&self, word: &str) -> String {
        links::proposal_draft(self.layout.lang, self.draft.id, word)
    }

    fn file(&self, one: &Attachment) -> String {
        links::draft_attachment(self.layout.lang, self.draft.id, one.id, "")
    }

    fn removal(&self, one: &Attachment) -> String {
        links::draft_attachment(self.layout.lang, self.draft.id, one.id, links::STEP_DISCARD)
    }

    fn is_full(&self) -> bool {
        i64::try_from(self.draft.attachments.len()).is_ok_and(|files| files >= MOST_FILES)
    }
}

fn show(visit: &Visit, draft: Draft, faults: Faults) -> Result<Response> {
    let layout = steps::layout(visit, &draft, visit.texts().attachments_heading(), !faults.is_empty());
    let steps = Steps::of(visit.lang, &draft, Step::Reasons);
    Ok(unkept(html(&AttachmentsPage { layout, steps, draft, faults })?))
}

/// The draft, or the answer that leads elsewhere.
async fn draft(visit: &Visit, id: Uuid) -> Result<std::result::Result<Draft, Response>> {
    Ok(match steps::found(visit, &mut *visit.app.db.read().await?, id).await? {
        Found::Draft(draft) => Ok(*draft),
        Found::Elsewhere(response, _) => Err(response),
    })
}

async fn page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    match draft(&visit, id).await? {
        Ok(draft) => show(&visit, draft, Faults::default()),
        Err(response) => Ok(response),
    }
}

/// A file that may be laid down, or what is wrong with it.
enum Read {
    Fine(New, File),
    Wrong(String),
}

async fn read(visit: &Visit, upload: Upload) -> Result<Read> {
    let t = visit.texts();
    let sent = match upload.read(MOST_BYTES as u64).await {
        Ok(sent) => sent,
        // A form that brings no file, or breaks off, is told on the page what it lacks.
        Err(Error::UnsupportedMedia | Error::BadRequest(_)) => return Ok(Read::Wrong(t.import_file_broken_off().to_owned())),
        Err(error) => return Err(error),
    };
    let sent = match sent.file {
        _ if sent.several => return Ok(Read::Wrong(t.import_file_several().to_owned())),
        None => return Ok(Read::Wrong(t.import_file_none().to_owned())),
        Some(file) => file,
    };
    let Some(name) = attachments::cleaned(&sent.name) else { return Ok(Read::Wrong(t.attachments_nameless().to_owned())) };
    let (mut file, of_name) = (sent.file, name.clone());
    // Looking through takes time and waits for the disk.
    let looked = tokio::task::spawn_blocking(move || attachments::look_through(&mut file, &of_name).map(|seen| (seen, file)));
    let (seen, file) = looked.await.map_err(anyhow::Error::from)?.map_err(anyhow::Error::from)?;
    Ok(match seen {
        Ok(kind) => {
            Read::Fine(New { name, kind, bytes: i64::try_from(sent.bytes).unwrap_or(i64::MAX), sha256: sent.sha256 }, file)
        }
        Err(wrong) => Read::Wrong(said(visit, &name, wrong)),
    })
}

/// What is wrong with a file, and what to do about it.
fn said(visit: &Visit, name: &str, wrong: Wrong) -> String {
    let t = visit.texts();
    match wrong {
        Wrong::Empty => t.import_file_empty().to_owned(),
        Wrong::Kind(seen) => t.attachments_wrong_kind(match seen {
            Seen::OldOffice => t.attachments_seen_old_office(),
            Seen::OtherOffice => t.attachments_seen_other_office(),
            Seen::Archive => t.attachments_seen_archive(),
            Seen::OtherImage => t.attachments_seen_other_image(),
            Seen::Page => t.attachments_seen_page(),
            Seen::Program => t.attachments_seen_program(),
            Seen::Text => t.attachments_seen_text(),
            Seen::Unknown => t.attachments_seen_unknown(),
        }),
        Wrong::Named(kind) => t.attachments_wrong_name(name, kind.label(), kind.endings()[0]),
        Wrong::Macros => t.attachments_macros().to_owned(),
        Wrong::Encrypted => t.attachments_encrypted().to_owned(),
        Wrong::Bomb => t.attachments_bomb().to_owned(),
        Wrong::Broken(Kind::Docx | Kind::Xlsx) => t.attachments_broken_office().to_owned(),
        Wrong::Broken(kind) => t.attachments_broken(kind.label()),
    }
}

/// Why a file was not laid down, for the page of the draft.
pub(super) fn told(visit: &Visit, refused: attachments::Refused) -> Result<Told> {
    let t = visit.texts();
    let text = match refused {
        attachments::Refused::Full => t.attachments_full(),
        attachments::Refused::Twice => t.attachments_twice(),
        attachments::Refused::NoRoom => t.attachments_no_room(),
        attachments::Refused::NotThere => return Err(Error::NotFound),
        attachments::Refused::NotUntil(until) => return Ok(Told::not_until(visit, until)),
        attachments::Refused::File(error) => return Told::failed(visit, Error::Internal(error.into())),
        attachments::Refused::Database(error) => return Told::failed(visit, error.into()),
    };
    let mut faults = Faults::default();
    faults.add(FILE, text);
    Ok(Told { faults, how: How::Status(axum::http::StatusCode::UNPROCESSABLE_ENTITY) })
}

async fn send(visit: Visit, At(id): At<Uuid>, client: Client, upload: Upload) -> Result<Response> {
    let draft = match draft(&visit, id).await? {
        Ok(draft) => draft,
        Err(response) => return Ok(response),
    };
    let wrong = |text: &str| {
        let mut faults = Faults::default();
        faults.add(FILE, text);
        faults
    };
    let (new, file) = match read(&visit, upload).await {
        Ok(Read::Fine(new, file)) => (new, file),
        Ok(Read::Wrong(text)) => return again(wrong(&text), |faults| show(&visit, draft, faults)),
        Err(Error::TooLarge) => {
            let page = show(&visit, draft, wrong(visit.texts().attachments_too_large()))?;
            return Ok(Error::TooLarge.on_page(page));
        }
        Err(error) => {
            let told = Told::failed(&visit, error)?;
            let page = show(&visit, draft, told.faults.clone())?;
            return Ok(told.on(&visit, page));
        }
    };
    let laid = async {
        let mut tx = visit.app.db.begin().await?;
        let done = async {
            let permit = Write::ask(&mut tx, &visit.actor(), id).await?;
            attaching::attach(&mut tx, &permit, (&new, file), client, visit.now).await
        };
        match done.await {
            Ok(()) => tx.commit().await.map(Ok).map_err(Error::from),
            Err(why) => Ok(Err(why)),
        }
    };
    match laid.await {
        Ok(Ok(())) => {
            let page = links::proposal_draft(visit.lang, id, links::STEP_ATTACHMENTS);
            let mut response = see_other(&page);
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().attachments_sent(new.name)));
            Ok(response)
        }
        Ok(Err(why)) => refused(&visit, why, |faults| show(&visit, draft, faults)),
        Err(error) => {
            let told = Told::failed(&visit, error)?;
            let page = show(&visit, draft, told.faults.clone())?;
            Ok(told.on(&visit, page))
        }
    }
}

async fn of_draft(visit: Visit, At((id, file)): At<(Uuid, Uuid)>, headers: HeaderMap) -> Result<Response> {
    match draft(&visit, id).await? {
        Ok(draft) => found(&visit, &draft.attachments, file, (&headers, Kept::Never)),
        Err(response) => Ok(response),
    }
}

async fn of_proposal(visit: Visit, At((text, file)): At<(String, String)>, headers: HeaderMap) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let file = Uuid::try_parse(&file).map_err(|_| Error::NotFound)?;
    let files = read::attachments(&mut *visit.app.db.read().await?, &visit, number).await?;
    found(&visit, &files, file, (&headers, Kept::Asked))
}

fn found(visit: &Visit, files: &[Attachment], id: Uuid, (headers, kept): (&HeaderMap, Kept)) -> Result<Response> {
    let one = files.iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
    Ok(attachments::serve(&visit.app, one, headers, kept))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {}

#[derive(Template)]
#[template(path = "proposals/attachment_removal.html")]
struct RemovalPage {
    layout: Layout,
    faults: Faults,
    draft: Uuid,
    file: Uuid,
    name: String,
    /// Whether others have the proposal as it was sent in.
    was_sent: bool,
}

impl RemovalPage {
    fn action(&self) -> String {
        links::draft_attachment(self.layout.lang, self.draft, self.file, links::STEP_DISCARD)
    }

    fn back(&self) -> String {
        links::proposal_draft(self.layout.lang, self.draft, links::STEP_ATTACHMENTS)
    }
}

async fn show_removal(visit: &Visit, (id, file): (Uuid, Uuid), faults: Faults) -> Result<Response> {
    let draft = match draft(visit, id).await? {
        Ok(draft) => draft,
        Err(response) => return Ok(response),
    };
    let one = draft.attachments.iter().find(|one| one.id == file).ok_or(Error::NotFound)?;
    let t = visit.texts();
    let drafts = Crumb::link(t.proposals_drafts_heading(), links::localized(visit.lang, links::PROPOSAL_DRAFTS));
    let all = Crumb::link(t.attachments_heading(), links::proposal_draft(visit.lang, id, links::STEP_ATTACHMENTS));
    let layout = visit.layout(
        &t.attachments_remove_title(one.name.as_str()),
        "proposals",
        crumbs(visit, vec![drafts, all, Crumb::here(t.attachments_remove_do())]),
    );
    let (name, was_sent) = (one.name.clone(), draft.state() == State::Returned);
    Ok(unkept(html(&RemovalPage { layout, faults, draft: id, file, name, was_sent })?))
}

async fn ask(visit: Visit, At(which): At<(Uuid, Uuid)>) -> Result<Response> {
    show_removal(&visit, which, Faults::default()).await
}

async fn take_away(visit: Visit, At((id, file)): At<(Uuid, Uuid)>, Sent(Form {}): Sent<Form>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let gone = async {
        let permit = Write::ask(&mut tx, &visit.actor(), id).await?;
        let name = attaching::take_away(&mut tx, &permit, file, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(name)
    };
    match gone.await {
        Ok(name) => {
            let mut response = see_other(&links::proposal_draft(visit.lang, id, links::STEP_ATTACHMENTS));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().attachments_removed(name)));
            Ok(response)
        }
        Err(why) => {
            let told = Told::of(&visit, why)?;
            let page = show_removal(&visit, (id, file), told.faults.clone()).await?;
            Ok(told.on(&visit, page))
        }
    }
}
