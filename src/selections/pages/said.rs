//! Notices in words, each with what can be done: links that show more, buttons that do it.

use uuid::Uuid;

use super::parameter::misfit;
use crate::{
    kernel::{
        i18n::{Lang, Texts},
        web::links,
    },
    selections::{
        notices::Notice,
        reads::selection::{RowLine, SuccessorLine},
        values::printed,
    },
};

/// A notice as a page prints it.
#[derive(Debug, Default)]
pub struct Said {
    /// What it is in a word or two, and the colour of the tag.
    pub tag: (&'static str, String),
    /// What it is, in a sentence.
    pub text: String,
    /// What those who decided it say, in Swedish.
    pub quote: String,
    /// Where more is.
    pub links: Vec<Link>,
    /// What can be done about it here.
    pub buttons: Vec<Button>,
}

impl Said {
    /// The same for who may or may not change anything: what one may not do is not offered.
    #[must_use]
    pub fn for_reader(self, may_edit: bool) -> Self {
        if may_edit { self } else { Self { links: Vec::new(), buttons: Vec::new(), ..self } }
    }
}

/// A way to more.
#[derive(Debug)]
pub struct Link {
    /// What it says.
    pub words: String,
    /// What it is about, read out but not shown.
    pub about: String,
    /// The path.
    pub href: String,
}

/// A form of one button.
#[derive(Debug)]
pub struct Button {
    /// What it says.
    pub words: String,
    /// What it is about, read out but not shown.
    pub about: String,
    /// Where it is sent.
    pub action: String,
    /// What it sends.
    pub field: Option<(&'static str, String)>,
}

/// Puts notices of one row into words.
#[derive(Debug, Clone, Copy)]
pub struct Speaker {
    /// The texts.
    pub t: Texts,
    /// The language of the page.
    pub lang: Lang,
    /// The selection.
    pub selection: Uuid,
}

impl Speaker {
    /// A notice in words.
    pub fn say(self, row: &RowLine, notice: &Notice<'_>) -> Said {
        let t = self.t;
        let tag = |slug: &'static str, words: &str| (slug, words.to_owned());
        match notice {
            Notice::Hidden => Said {
                tag: tag("stop", t.selection_row_hidden()),
                text: t.selection_row_hidden_text().to_owned(),
                links: self.swap_link(row),
                buttons: vec![self.remove(row)],
                ..Said::default()
            },
            Notice::Stopped { reason, since } => Said {
                tag: tag("stop", t.selection_row_stopped()),
                text: self.since(*since, |day| t.selection_row_stopped_since(day), t.selection_row_stopped_text()),
                quote: (*reason).to_owned(),
                links: self.swap_link(row),
                buttons: vec![self.remove(row)],
            },
            Notice::Repealed { reason, since, successors, confirmed } => {
                self.repealed(row, reason, self.day(*since), successors, *confirmed)
            }
            Notice::Ending { reason, from, successors } => Said {
                tag: ("overdue", t.selection_row_ending(self.day(*from))),
                text: t.selection_row_ending_text().to_owned(),
                quote: (*reason).to_owned(),
                links: self.successor_links(successors),
                buttons: self.successor_buttons(row, successors),
            },
            Notice::Revoked { in_force } => Said {
                tag: tag("revoked", t.selection_row_revoked()),
                text: t.selection_row_revoked_text().to_owned(),
                buttons: vec![in_force.map_or_else(|| self.remove(row), |version| self.use_version(row, version))],
                ..Said::default()
            },
            Notice::Newer { version } => Said {
                tag: tag("superseded", t.selection_row_newer()),
                text: t.selection_row_newer_text(version.to_string()),
                links: vec![self.link(
                    row,
                    t.selection_row_what_changed(),
                    links::compare(self.lang, row.number(), row.version, *version),
                )],
                buttons: vec![self.button(row, t.selection_row_update(), self.action(row, "uppdatering"))],
                ..Said::default()
            },
            Notice::Ended => Said {
                tag: tag("superseded", t.selection_row_ended()),
                text: t.selection_row_ended_text().to_owned(),
                links: self.swap_link(row),
                buttons: vec![self.remove(row)],
                ..Said::default()
            },
            Notice::Coming { from, in_force } => Said {
                tag: (
                    "decided",
                    from.map_or_else(|| t.selection_row_not_yet().to_owned(), |at| t.selection_row_coming(self.lang.day_of(at))),
                ),
                text: in_force.map_or_else(
                    || t.selection_row_coming_alone().to_owned(),
                    |version| t.selection_row_coming_text(version.to_string()),
                ),
                buttons: in_force.map(|version| self.use_version(row, version)).into_iter().collect(),
                ..Said::default()
            },
            Notice::Twice { other } => Said {
                tag: tag("overdue", t.selection_row_twice()),
                text: t.selection_row_twice_text(other.cited()),
                links: vec![way(t.selection_row_show(other.cited()), self.place(other))],
                buttons: vec![self.button(row, t.selection_row_remove_this(), self.action(row, "borttagning"))],
                ..Said::default()
            },
            Notice::Replaces { lower } => Said {
                tag: tag("overdue", t.selection_row_replaces()),
                text: t.selection_row_replaces_text(row.cited(), lower.cited()),
                links: vec![way(t.selection_row_show(lower.cited()), self.place(lower))],
                buttons: vec![Button { words: t.selection_row_remove_lower(lower.cited()), ..self.remove(lower) }],
                ..Said::default()
            },
            Notice::Lacks { lower } => Said {
                tag: tag("overdue", t.selection_row_lacks()),
                text: t.selection_row_lacks_text(lower),
                links: vec![way(t.selection_row_read(lower), links::requirement(self.lang, lower))],
                buttons: vec![Button {
                    words: t.selection_row_add_lower(lower),
                    about: String::new(),
                    action: links::in_selection(self.lang, self.selection, "rader"),
                    field: Some(("krav", lower.to_string())),
                }],
                ..Said::default()
            },
            Notice::Empty { parameter } => Said {
                tag: tag("overdue", t.selection_row_empty()),
                text: t.selection_row_empty_text(&parameter.label),
                links: vec![Link {
                    about: format!("{}, {}", parameter.label, row.cited()),
                    ..self.link(row, t.selection_row_fill_in(), self.field(row, &parameter.key))
                }],
                ..Said::default()
            },
            Notice::Outside { parameter, misfit: what } => Said {
                tag: tag("overdue", t.selection_row_outside()),
                text: t.selection_row_outside_text(
                    &parameter.label,
                    printed(parameter, row.values.get(&parameter.key), self.lang).unwrap_or_default(),
                    misfit(t, self.lang, parameter, *what),
                ),
                links: vec![Link {
                    about: format!("{}, {}", parameter.label, row.cited()),
                    ..self.link(row, t.selection_row_fill_in(), self.field(row, &parameter.key))
                }],
                ..Said::default()
            },
            Notice::OlderWording { version } => Said {
                tag: tag("superseded", t.selection_row_older_wording()),
                text: t.selection_row_older_wording_text(version.to_string(), row.version.to_string()),
                links: vec![self.link(row, t.selection_row_three_texts(), self.action(row, "lydelse"))],
                ..Said::default()
            },
        }
    }

    fn repealed(self, row: &RowLine, reason: &str, day: String, successors: &[SuccessorLine], confirmed: bool) -> Said {
        let t = self.t;
        let answer = |words: &str, what: &str| Button {
            field: Some(("behall", what.to_owned())),
            ..self.button(row, words, self.action(row, "bekraftelse"))
        };
        let mut said = Said {
            tag: ("repealed", t.selection_row_repealed().to_owned()),
            quote: reason.to_owned(),
            links: self.successor_links(successors),
            ..Said::default()
        };
        if confirmed {
            said.text = t.selection_row_repealed_kept(day);
            said.buttons = vec![answer(t.selection_row_keep_not(), "nej")];
        } else {
            said.text = t.selection_row_repealed_text(day);
            said.buttons = self.successor_buttons(row, successors);
            said.buttons.push(answer(t.selection_row_keep(), "ja"));
            said.buttons.push(self.remove(row));
        }
        said
    }

    fn day(self, day: Option<time::Date>) -> String {
        day.map(|day| self.lang.date(day)).unwrap_or_default()
    }

    fn since(self, day: Option<time::Date>, words: impl FnOnce(String) -> String, rest: &str) -> String {
        day.map_or_else(|| rest.to_owned(), |day| format!("{} {rest}", words(self.lang.date(day))))
    }

    fn action(self, row: &RowLine, rest: &str) -> String {
        links::in_row(self.lang, self.selection, row.id, rest)
    }

    fn button(self, row: &RowLine, words: &str, action: String) -> Button {
        Button { words: words.to_owned(), about: row.cited(), action, field: None }
    }

    fn link(self, row: &RowLine, words: &str, href: String) -> Link {
        Link { words: words.to_owned(), about: row.cited(), href }
    }

    fn remove(self, row: &RowLine) -> Button {
        self.button(row, self.t.selections_take_out(), self.action(row, "borttagning"))
    }

    fn use_version(self, row: &RowLine, version: i32) -> Button {
        self.button(row, &self.t.selection_row_use_version(version.to_string()), self.action(row, "uppdatering"))
    }

    /// The way to the other members of the family, where there are any.
    fn swap_link(self, row: &RowLine) -> Vec<Link> {
        let way = || self.link(row, self.t.selection_row_swap_link(), self.action(row, "byte"));
        (!row.siblings.is_empty()).then(way).into_iter().collect()
    }

    fn successor_links(self, successors: &[SuccessorLine]) -> Vec<Link> {
        let link = |one: &SuccessorLine| way(self.t.selection_row_read(one.id()), links::requirement(self.lang, one.id()));
        successors.iter().map(link).collect()
    }

    fn successor_buttons(self, row: &RowLine, successors: &[SuccessorLine]) -> Vec<Button> {
        let button = |one: &SuccessorLine| Button {
            field: Some(("krav", one.id().to_string())),
            ..self.button(row, &self.t.selection_row_swap_for(one.id()), self.action(row, "byte"))
        };
        successors.iter().map(button).collect()
    }

    /// Which of several rows with the same requirement a row is, to be read out after what they have in common; nothing where
    /// the requirement stands once.
    pub fn which(self, rows: &[RowLine], row: &RowLine) -> String {
        let is_twin = |other: &RowLine| other.requirement == row.requirement && other.id != row.id;
        let place = rows.iter().position(|other| other.id == row.id).filter(|_| rows.iter().any(is_twin));
        let words = place.and_then(|place| i64::try_from(place + 1).ok()).map(|n| self.t.selection_row_which(n));
        words.map_or_else(String::new, |words| format!(", {words}"))
    }

    /// Where a row stands on the page of the selection.
    pub fn place(self, row: &RowLine) -> String {
        place(self.lang, self.selection, row.id)
    }

    fn field(self, row: &RowLine, key: &str) -> String {
        format!("{}#p-{key}", links::row(self.lang, self.selection, row.id))
    }
}

/// A way whose words say where it leads.
fn way(words: String, href: String) -> Link {
    Link { words, about: String::new(), href }
}

/// Where a row stands on the page of the selection, whichever of its pages that is.
pub fn place(lang: Lang, selection: Uuid, row: Uuid) -> String {
    let path = links::with_query(&links::selection(lang, selection), [("rad", row.to_string().as_str())]);
    format!("{path}#rad-{row}")
}
