//! One row: its text as it will stand in the tender, and the form for all that a buyer fills in.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use sqlx::PgConnection;
use time::Date;
use uuid::Uuid;

use super::{
    one::{self, One, ShownExemption},
    parameter::{self, Field, fields},
    row_form::{self, Form, chosen, exemptions},
    said::{Said, Speaker, place},
    written::apart,
};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Client, Drafted, Faults, Flash, Layout, Routes, Visit, html, links, unkept},
    },
    requirements::{
        diff::{self, ClauseChange, Piece},
        fields::Exemption,
        names,
        parameters::Segment,
    },
    selections::{
        notices,
        reads::{
            Unread,
            selection::{self as list, SelectionData},
        },
        values,
        workflow::row::{self as workflow, Filled, Refused},
    },
};

/// Characters of a note.
pub const MOST_NOTE: usize = 2000;

/// The page, and where its form is sent.
pub fn routes() -> Routes {
    Routes::new().page(links::ROW, Right::ReadPublished, page).form(links::ROW, Right::MakeSelection, save)
}

#[derive(Template)]
#[template(path = "selections/row.html")]
struct RowPage {
    layout: Layout,
    one: One,
    notices: Vec<Said>,
    form: Form,
    faults: Faults,
    /// What is kept, where it was changed since the form was opened.
    kept: Option<Form>,
    today: Date,
    /// Whether other members of the family are in force.
    has_siblings: bool,
}

impl RowPage {
    fn action(&self) -> String {
        format!("{}#{}", links::row(self.layout.lang, self.one.selection, self.one.row.id), links::FAULTS)
    }

    fn back(&self) -> String {
        place(self.layout.lang, self.one.selection, self.one.row.id)
    }

    fn below(&self, rest: &str) -> String {
        self.one.below(self.layout.lang, rest)
    }

    fn title(&self) -> (&str, bool) {
        self.one.row.title(self.layout.lang)
    }

    fn version_link(&self) -> String {
        links::version(self.layout.lang, self.one.row.number(), self.one.row.version)
    }

    fn clauses(&self) -> Vec<Vec<Segment>> {
        self.one.clauses(self.one.text_lang(self.layout.lang))
    }

    fn text_is_foreign(&self) -> bool {
        self.one.text_lang(self.layout.lang) != self.layout.lang
    }

    /// What the buyer's own wording changes; none without one.
    fn changes(&self) -> Option<Vec<ClauseChange>> {
        Some(diff::clauses(&self.one.own_text(), &self.one.worded_text()?))
    }

    fn fields(&self) -> Vec<Field> {
        fields(self.layout.t, self.layout.lang, self.one.row.parameters(), &self.form.values)
    }

    fn exemptions(&self) -> Vec<ShownExemption> {
        let shown = |(place, exemption): (usize, &Exemption)| ShownExemption {
            place,
            what: exemption.what.clone(),
            reason: exemption.reason.clone(),
            until: exemption.until,
            ended: values::has_ended(exemption, self.today),
            used: self.form.exemptions.contains(&place),
        };
        exemptions(&self.one).iter().enumerate().map(shown).collect()
    }

    fn unknown(&self) -> String {
        self.one.row.unknown().iter().map(|key| format!("{{{{{key}}}}}")).collect::<Vec<_>>().join(", ")
    }

    /// What was typed beside what is kept, where they differ: what it is, typed, kept.
    fn conflicts(&self) -> Vec<(String, String, String)> {
        let Some(kept) = &self.kept else { return Vec::new() };
        let t = self.layout.t;
        let mut rows = Vec::new();
        for parameter in self.one.row.parameters() {
            let value = |form: &Form| form.values.get(&parameter.key).cloned().unwrap_or_default();
            rows.push((parameter.label.clone(), value(&self.form), value(kept)));
        }
        for (place, exemption) in exemptions(&self.one).iter().enumerate() {
            let used = |form: &Form| {
                let words = if form.exemptions.contains(&place) { t.selection_row_used() } else { t.selection_row_not_used() };
                words.to_owned()
            };
            rows.push((exemption.what.clone(), used(&self.form), used(kept)));
        }
        rows.push((t.selection_row_note().to_owned(), self.form.note.clone(), kept.note.clone()));
        rows.retain(|(_, typed, kept)| typed != kept);
        rows
    }
}

/// What the row has to say beside others takes the light rows of the whole selection. They are a round trip of their own: one
/// statement for both would say again, line for line, what either of the two that there are says.
async fn others(visit: &Visit, connection: &mut PgConnection, selection: Uuid) -> Result<Unread<SelectionData>> {
    let found = list::selection(connection, &visit.viewer, visit.now, &one::access(visit, selection)).await?;
    found.ok_or(Error::NotFound)
}

/// The page.
fn show(
    visit: &Visit,
    one: One,
    others: &Unread<SelectionData>,
    form: Form,
    faults: Faults,
    kept: Option<Form>,
) -> Result<Response> {
    let t = visit.texts();
    let data = others.read()?;
    let speaker = Speaker { t, lang: visit.lang, selection: one.selection };
    let row = data.rows.iter().find(|row| row.id == one.row.id);
    let notices = row.map(|row| {
        let notices = notices::of_row(row, &data.rows, visit.now);
        notices.iter().map(|notice| speaker.say(row, notice).for_reader(one.may_edit)).collect()
    });
    let has_siblings = row.is_some_and(|row| !row.siblings.is_empty());
    let title = t.selection_row_title(one.row.cited(), &one.name);
    let layout = visit.layout(&title, "selections", one.crumbs(visit, None)).described(t.selections_description());
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let notices = notices.unwrap_or_default();
    let today = visit.today();
    Ok(unkept(html(&RowPage { layout, one, notices, form, faults, kept, today, has_siblings })?))
}

async fn page(visit: Visit, client: Client, At((id, row)): At<(Uuid, Uuid)>) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let unread = one::unread(&visit, &mut connection, id, row).await?;
    let others = others(&visit, &mut connection, id).await?;
    drop(connection);
    let here = visit.clone();
    apart(&visit, &client, unread.bytes() + others.bytes(), move || {
        let one = One::read(&unread)?;
        let form = Form::of(&one, &here);
        show(&here, one, &others, form, Faults::default(), None)
    })
    .await
}

/// The page once more, with what was typed.
async fn again(
    visit: &Visit,
    client: &Client,
    status: StatusCode,
    one: One,
    (form, faults, kept): (Form, Faults, Option<Form>),
) -> Result<Response> {
    let others = others(visit, &mut *visit.app.db.read().await?, one.selection).await?;
    let here = visit.clone();
    let page = apart(visit, client, one.bytes + others.bytes(), move || show(&here, one, &others, form, faults, kept)).await?;
    Ok((status, page).into_response())
}

async fn save(
    visit: Visit,
    client: Client,
    At((id, row)): At<(Uuid, Uuid)>,
    Drafted { form, is_draft }: Drafted<Vec<(String, String)>>,
) -> Result<Response> {
    let mut form = Form::sent(form);
    let t = visit.texts();
    if is_draft {
        let one = one::found(&visit, &mut *visit.app.db.read().await?, id, row).await?;
        return again(&visit, &client, StatusCode::OK, one, (form, Faults::default(), None)).await;
    }
    let mut tx = visit.app.db.begin().await?;
    let (permit, locked) = one::locked(&mut tx, &visit, id, row).await?;
    if locked.is_removed() {
        return Ok(one::gone(&visit, id));
    }
    let one = one::found(&visit, &mut tx, id, row).await?;
    let mut faults = Faults::default();
    let values = parameter::read(t, visit.lang, one.row.parameters(), &form.values, &mut faults);
    faults.check_length(t, "anteckning", &form.note, MOST_NOTE);
    // Where it was changed since, that comes first.
    if !faults.is_empty() && form.lock == locked.lock_version() {
        drop(tx);
        return again(&visit, &client, StatusCode::UNPROCESSABLE_ENTITY, one, (form, faults, None)).await;
    }
    // Where the text may not be shown there are no fields: what was filled in stays.
    let hidden = one.row.core.is_none();
    let kept = one.row.exemptions.clone().map(values::kept_places);
    let exemptions = if hidden { kept } else { chosen(exemptions(&one), &form.exemptions, visit.today()) };
    let values = if hidden { &one.row.values } else { &values };
    let filled = Filled { values, exemptions, note: &form.note };
    let rows = match workflow::fill(&mut tx, &permit, &locked, form.lock, &filled, visit.now).await? {
        Ok(rows) => rows,
        Err(Refused::Gone) => return Ok(one::gone(&visit, id)),
        Err(Refused::Full) => {
            drop(tx);
            let faults = row_form::full(t, &form);
            return again(&visit, &client, StatusCode::UNPROCESSABLE_ENTITY, one, (form, faults, None)).await;
        }
        Err(Refused::Changed) => {
            let kept = Form::of(&one, &visit);
            // Whoever sends it again has seen what stands.
            form.lock = locked.lock_version();
            let faults = Faults::general(t.selection_row_changed_since());
            drop(tx);
            return again(&visit, &client, StatusCode::CONFLICT, one, (form, faults, Some(kept))).await;
        }
    };
    tx.commit().await?;
    Ok(one::to_row(
        &visit,
        id,
        row,
        Some(rows),
        &Flash { at: Some(format!("rad-{row}")), ..Flash::new(t.selection_row_saved(one.row.cited())) },
    ))
}
