//! Settings that are words.

use std::collections::HashMap;

use askama::Template;
use axum::response::Response;

use super::{Entry, frame, to_faults, told};
use crate::{
    admin::workflow,
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{Drafted, Faults, Layout, Routes, Visit, again, html, is_email, line, lines, links, unkept},
        words::Word,
    },
};

/// The form, and where it is sent.
pub(in crate::admin) fn routes() -> Routes {
    Routes::new().swedish_page(links::ADMIN_WORDS, Right::Administer, page).swedish_proved_form(
        links::ADMIN_WORDS,
        Right::Administer,
        send,
    )
}

/// A word with what is typed for it.
#[derive(Debug)]
struct Field {
    word: Word,
    value: String,
}

#[derive(Template)]
#[template(path = "admin/words.html")]
struct WordsPage {
    layout: Layout,
    menu: Vec<Entry>,
    fields: Vec<Field>,
    faults: Faults,
}

impl WordsPage {
    fn action(&self) -> String {
        to_faults(links::ADMIN_WORDS)
    }

    fn label(&self, field: &Field) -> &'static str {
        let t = self.layout.t;
        match field.word {
            Word::Network => t.admin_word_network(),
            Word::DecisionLabelSv => t.admin_word_decision_label_sv(),
            Word::DecisionLabelEn => t.admin_word_decision_label_en(),
            Word::HostSv => t.admin_word_host_sv(),
            Word::HostEn => t.admin_word_host_en(),
            Word::StatementSv => t.admin_word_statement_sv(),
            Word::StatementEn => t.admin_word_statement_en(),
            Word::ContactSv => t.admin_word_contact_sv(),
            Word::ContactEn => t.admin_word_contact_en(),
            Word::ContactEmail => t.admin_word_contact_email(),
            Word::ContactPhone => t.admin_word_contact_phone(),
            // They have a page of their own.
            Word::ReadOnly | Word::ReadOnlySv | Word::ReadOnlyEn => t.admin_read_only(),
        }
    }

    fn hint(&self, field: &Field) -> &'static str {
        let t = self.layout.t;
        match field.word {
            Word::Network => t.admin_word_network_hint(),
            Word::DecisionLabelSv | Word::DecisionLabelEn => t.admin_word_decision_label_hint(),
            Word::HostSv | Word::HostEn => t.admin_word_host_hint(),
            Word::StatementSv | Word::StatementEn => t.admin_word_statement_hint(),
            Word::ContactSv | Word::ContactEn => t.admin_word_contact_hint(),
            Word::ContactEmail => t.admin_word_contact_email_hint(),
            Word::ContactPhone => t.admin_word_contact_phone_hint(),
            Word::ReadOnly | Word::ReadOnlySv | Word::ReadOnlyEn => t.admin_read_only_lead(),
        }
    }

    fn key(&self, field: &Field) -> &'static str {
        field.word.key()
    }

    fn most(&self, field: &Field) -> usize {
        field.word.most()
    }

    fn is_long(&self, field: &Field) -> bool {
        field.word.is_long()
    }
}

fn show(visit: &Visit, fields: Vec<Field>, faults: Faults) -> Result<Response> {
    let (layout, menu) = frame(visit, visit.texts().admin_words(), links::ADMIN_WORDS, None);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&WordsPage { layout, menu, fields, faults })?))
}

async fn page(visit: Visit) -> Result<Response> {
    // What another program wrote a moment ago is edited, not what this one remembers.
    visit.app.words.load(&visit.app.db).await?;
    let said = visit.app.words.get();
    let fields = Word::ALL.map(|word| Field { word, value: said.set(word).unwrap_or_default().to_owned() });
    show(&visit, fields.into(), Faults::default())
}

async fn send(visit: Visit, Drafted { form, is_draft }: Drafted<HashMap<String, String>>) -> Result<Response> {
    let (t, mut faults) = (visit.texts(), Faults::default());
    let mut fields = Vec::new();
    // A word that the form does not name stays as it is.
    for (word, typed) in Word::ALL.iter().filter_map(|word| Some((*word, form.get(word.key())?))) {
        let value = if word.is_long() { lines(typed) } else { line(typed) };
        faults.check_length(t, word.key(), &value, word.most());
        if word == Word::ContactEmail && !value.is_empty() && !is_email(&value) {
            faults.add(word.key(), t.admin_word_contact_email_wrong());
        }
        if word == Word::ContactPhone && !value.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c)) {
            faults.add(word.key(), t.admin_word_contact_phone_wrong());
        }
        fields.push(Field { word, value });
    }
    if is_draft {
        return show(&visit, fields, Faults::default());
    }
    if !faults.is_empty() {
        return again(faults, |faults| show(&visit, fields, faults));
    }
    let wanted: Vec<(Word, String)> = fields.into_iter().map(|field| (field.word, field.value)).collect();
    let mut tx = visit.app.db.begin().await?;
    let changed = workflow::set_words(&mut tx, &visit.actor(), &wanted, visit.now).await?.ok_or(Error::NotAllowed)?;
    tx.commit().await?;
    // The next page has them; other programs are told by the database.
    visit.app.words.load(&visit.app.db).await?;
    Ok(told(&visit, links::ADMIN_WORDS, if changed == 0 { t.admin_words_same() } else { t.admin_words_saved() }))
}
