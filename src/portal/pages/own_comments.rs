//! What one has said in the dialogue, latest first: on what, where that stands, and whether anybody has answered.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use crate::{
    dialogue::{self, Eyes},
    kernel::{
        error::Result,
        i18n::{Lang, Texts},
        rights::Right,
        web::{Asked, Crumb, Layout, Routes, Visit, Who, html, links, unkept},
    },
    portal::reads::own_work::{self as read, Comment, Comments, PAGE, Wanted},
};

/// The list.
pub fn routes() -> Routes {
    Routes::new().page(links::OWN_COMMENTS, Right::OwnAccount, page)
}

/// The rows of a list of what one has said, as they are printed.
pub struct Said {
    /// What one has said, latest first.
    pub rows: Vec<Comment>,
    lang: Lang,
    t: Texts,
}

impl Said {
    /// These.
    pub fn of(rows: Vec<Comment>, lang: Lang) -> Self {
        Self { rows, lang, t: Texts(lang) }
    }

    /// Where it stands.
    pub fn link(&self, one: &Comment) -> String {
        links::comment(self.lang, one.id)
    }

    /// What it is: what its thread was begun for, or a reply.
    pub fn kind(&self, one: &Comment) -> &'static str {
        if one.opens { dialogue::kind_name(&self.t, &one.kind) } else { self.t.own_work_reply() }
    }

    /// Where its thread stands.
    pub fn state(&self, one: &Comment) -> &'static str {
        dialogue::state_name(&self.t, &one.thread_state())
    }

    /// The class of that in the stylesheet.
    pub fn tag(&self, one: &Comment) -> &'static str {
        dialogue::state_tag(&one.thread_state())
    }

    /// When it was said.
    pub fn at(&self, one: &Comment) -> String {
        self.t.own_work_written(self.lang.moment(one.at))
    }

    /// Whether anybody has answered it.
    pub fn answers(&self, one: &Comment) -> String {
        match one.answers {
            0 => self.t.own_work_answers_none().to_owned(),
            n if one.official => format!("{} · {}", self.t.own_work_answers(n), self.t.own_work_answered_officially()),
            n => self.t.own_work_answers(n),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    efter: String,
    fore: String,
}

#[derive(Template)]
#[template(path = "portal/own_comments.html")]
struct OwnCommentsPage {
    layout: Layout,
    said: Said,
    total: i64,
    before: i64,
    pages: [String; 4],
}

impl OwnCommentsPage {
    fn place(&self) -> String {
        let rows = i64::try_from(self.said.rows.len()).unwrap_or(0);
        self.layout.t.own_work_comments_place(self.before + 1, self.before + rows, self.total)
    }

    fn several_pages(&self) -> bool {
        self.total > PAGE
    }
}

async fn page(visit: Visit, who: Who, Asked(asks): Asked<Asks>) -> Result<Response> {
    let t = visit.texts();
    let backwards = !asks.fore.is_empty();
    let key = if backwards { asks.fore.as_str() } else { asks.efter.as_str() };
    let wanted = Wanted { key: key.parse().ok(), backwards, comments_alone: true };
    let work = read::work(&mut *visit.app.db.read().await?, who.person, &Eyes::of(&visit), &wanted).await?;
    let page = links::localized(visit.lang, links::OWN_COMMENTS);
    let pages = turns(&work.comments, &page);
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.accounts_own(), links::localized(visit.lang, links::OWN)),
        Crumb::here(t.own_work_comments()),
    ];
    let layout = visit.layout(t.own_work_comments(), "own", crumbs);
    let Comments { total, before, rows } = work.comments;
    Ok(unkept(html(&OwnCommentsPage { said: Said::of(rows, visit.lang), layout, total, before, pages })?))
}

/// First, previous, next, last; empty where there is none.
fn turns(comments: &Comments, page: &str) -> [String; 4] {
    let to = |name: &str, key: i64| links::with_query(page, [(name, key.to_string().as_str())]);
    let rows = i64::try_from(comments.rows.len()).unwrap_or(0);
    let (Some(newest), Some(oldest)) = (comments.rows.first(), comments.rows.last()) else { return Default::default() };
    let (is_first, is_last) = (comments.before == 0, comments.before + rows >= comments.total);
    // Before the oldest there are as many as a page holds.
    [
        if is_first { String::new() } else { page.to_owned() },
        if is_first { String::new() } else { to("fore", newest.number) },
        if is_last { String::new() } else { to("efter", oldest.number) },
        if is_last { String::new() } else { to("fore", 0) },
    ]
}
