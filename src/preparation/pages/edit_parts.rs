//! The fields of the editor as the template shows them.

use crate::{
    kernel::{i18n::Texts, web::Faults},
    preparation::{
        checking::Shown,
        editor::{
            spec::{self, Field, From, Part, SECTIONS, Widget, in_row},
            typed::Typed,
        },
        reads::known::Known,
    },
};

/// A section.
pub struct SectionView {
    /// Its id.
    pub id: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// What it is for, where that has to be said.
    pub lead: Option<&'static str>,
    /// Its parts.
    pub parts: Vec<PartView>,
}

/// A part of a section.
pub enum PartView {
    /// A field.
    Field(FieldView),
    /// Some of what can be chosen.
    Checks(ChecksView),
    /// Rows.
    List(ListView),
}

/// Something to choose.
pub struct OptionView {
    /// What is sent.
    pub value: String,
    /// What it is called.
    pub name: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A field.
pub struct FieldView {
    /// Its id.
    pub id: String,
    /// What it is sent as.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What to write, where that has to be said.
    pub hint: Option<&'static str>,
    /// What is wrong with it.
    pub fault: Option<String>,
    /// What the checker says of it.
    pub noted: Vec<String>,
    /// What stands in it.
    pub value: String,
    /// `line`, `area`, `lines`, `date`, `choice`, `hidden`.
    pub kind: &'static str,
    /// The most characters.
    pub most: usize,
    /// What can be chosen.
    pub options: Vec<OptionView>,
    /// Whether nothing can be chosen, too.
    pub can_be_none: bool,
    /// Whether its text is English.
    pub english: bool,
    /// Whether the browser goes there.
    pub focus: bool,
}

impl FieldView {
    /// The ids of what describes it.
    pub fn described(&self) -> String {
        let mut ids = Vec::new();
        ids.extend(self.hint.map(|_| format!("{}-hjalp", self.id)));
        ids.extend(self.fault.as_ref().map(|_| format!("{}-fel", self.id)));
        ids.extend((!self.noted.is_empty()).then(|| format!("{}-tips", self.id)));
        ids.join(" ")
    }
}

/// Some of what can be chosen.
pub struct ChecksView {
    /// What it is sent as, and its id.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What to choose, where that has to be said.
    pub hint: Option<&'static str>,
    /// What is wrong with it.
    pub fault: Option<String>,
    /// What can be chosen.
    pub options: Vec<OptionView>,
}

/// Rows.
pub struct ListView {
    /// What it is called in buttons.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What it is for, where that has to be said.
    pub hint: Option<&'static str>,
    /// What the checker says of it as a whole.
    pub noted: Vec<String>,
    /// The rows.
    pub rows: Vec<RowView>,
    /// What the button says that adds the first row, or one at the end.
    pub add: &'static str,
    /// Whether there is no room for more.
    pub full: bool,
}

/// A row.
pub struct RowView {
    /// What it is called: `Bevis 2`.
    pub label: String,
    /// Where the browser goes with its buttons.
    pub anchor: String,
    /// Its fields.
    pub fields: Vec<FieldView>,
}

/// Everything that the fields are made of.
pub struct Made<'a> {
    /// The texts.
    pub t: Texts,
    /// What is typed.
    pub typed: &'a Typed,
    /// What can be chosen.
    pub known: &'a Known,
    /// What is wrong.
    pub faults: &'a Faults,
    /// What the checker says.
    pub hints: &'a [Shown],
    /// The field that the browser goes to.
    pub focus: Option<&'a str>,
}

impl Made<'_> {
    /// All sections.
    pub fn sections(&self) -> Vec<SectionView> {
        let section = |section: &spec::Section| SectionView {
            id: section.name,
            heading: self.t.by_key(&format!("preparation_section_{}", section.name)).unwrap_or_default(),
            lead: self.t.by_key(&format!("preparation_lead_{}", section.name)),
            parts: section.parts.iter().map(|part| self.part(part)).collect(),
        };
        SECTIONS.iter().map(section).collect()
    }

    fn part(&self, part: &Part) -> PartView {
        match part {
            Part::Field(field) => PartView::Field(self.field(field, field.name.to_owned(), self.typed.get(field.name))),
            Part::Checks(name, from) => PartView::Checks(ChecksView {
                name,
                label: self.label(name),
                hint: self.hint(name),
                fault: self.faults.of(name).map(str::to_owned),
                options: self.options(*from, |value| self.typed.ticked(name).iter().any(|one| one == value)),
            }),
            Part::List(list) => PartView::List(self.list(list)),
        }
    }

    fn list(&self, list: &spec::List) -> ListView {
        let rows = self.typed.rows(list.name);
        let row = |(place, row): (usize, &Vec<String>)| {
            let fields = list.columns.iter().zip(row);
            RowView {
                label: row_name(self.t, list.name, place + 1),
                anchor: in_row(list.name, place) + "-rad",
                fields: fields.map(|(column, text)| self.field(column, in_row(column.name, place), text)).collect(),
            }
        };
        ListView {
            name: list.name,
            label: self.t.by_key(&format!("preparation_list_{}", list.name)).unwrap_or_default(),
            hint: self.hint(list.name),
            noted: self.noted(list.name),
            rows: rows.iter().enumerate().map(row).collect(),
            add: self.t.by_key(&format!("preparation_add_{}", list.name)).unwrap_or_default(),
            full: rows.len() >= list.most,
        }
    }

    fn label(&self, name: &str) -> &'static str {
        self.t.by_key(&format!("preparation_field_{name}")).unwrap_or_default()
    }

    fn hint(&self, name: &str) -> Option<&'static str> {
        self.t.by_key(&format!("preparation_hint_{name}"))
    }

    fn noted(&self, id: &str) -> Vec<String> {
        self.hints.iter().filter(|hint| hint.field == id).map(|hint| hint.text.clone()).collect()
    }

    fn field(&self, field: &Field, id: String, text: &str) -> FieldView {
        let (kind, most) = match field.widget {
            Widget::Line(most) => ("line", most),
            Widget::Area(most) => ("area", most),
            Widget::Lines(most) => ("lines", most * 50),
            Widget::Date => ("date", 10),
            Widget::Choice(..) => ("choice", 0),
            Widget::Hidden => ("hidden", 0),
        };
        let (options, can_be_none) = match field.widget {
            Widget::Choice(from, needed) => (self.options(from, |value| value == text), !needed || text.is_empty()),
            _ => (Vec::new(), false),
        };
        FieldView {
            name: field.name,
            label: self.label(field.name),
            hint: self.hint(field.name),
            fault: self.faults.of(&id).map(str::to_owned),
            noted: self.noted(&id),
            value: text.to_owned(),
            kind,
            most,
            options,
            can_be_none,
            english: field.english,
            focus: self.focus == Some(id.as_str()),
            id,
        }
    }

    fn options(&self, from: From, chosen: impl Fn(&str) -> bool) -> Vec<OptionView> {
        let one = |value: String, name: String| OptionView { chosen: chosen(&value), value, name };
        match from {
            From::Codes(codes) => codes(&self.t).into_iter().map(|(code, name)| one(code.to_owned(), name.to_owned())).collect(),
            From::Groups => {
                let groups = self.known.groups.iter();
                groups.map(|group| one(group.id.to_string(), format!("{}: {}", group.area, group.name))).collect()
            }
            From::Objectives => self.known.objectives.iter().map(|(slug, name)| one(slug.clone(), name.clone())).collect(),
            From::Goals => self.known.goals.iter().map(|(number, name)| one(number.clone(), name.clone())).collect(),
        }
    }
}

/// What a row of a list is called.
pub fn row_name(t: Texts, list: &str, n: usize) -> String {
    let n = n.to_string();
    match list {
        "stycke" => t.preparation_row_stycke(n),
        "bevis" => t.preparation_row_bevis(n),
        "svarsval" => t.preparation_row_svarsval(n),
        "steg" => t.preparation_row_steg(n),
        "undantag" => t.preparation_row_undantag(n),
        "parameter" => t.preparation_row_parameter(n),
        "kalla" => t.preparation_row_kalla(n),
        "begrepp" => t.preparation_row_begrepp(n),
        _ => t.preparation_row_bilaga(n),
    }
}

/// What a unit of a comparison is called.
pub fn unit_name(t: Texts, unit: &str, typed: &Typed) -> String {
    if let Some(id) = unit.strip_prefix("stycke:") {
        let place = typed.rows(spec::CLAUSES).iter().position(|row| row[0] == id);
        return t.preparation_row_stycke(place.map_or_else(|| "?".to_owned(), |place| (place + 1).to_string()));
    }
    let named = t.by_key(&format!("preparation_field_{unit}")).or_else(|| t.by_key(&format!("preparation_list_{unit}")));
    named.unwrap_or(unit).to_owned()
}

/// What a unit says, with names instead of codes.
pub fn unit_text(made: &Made<'_>, typed: &Typed, unit: &str) -> String {
    let other = Made { typed, ..*made };
    let chosen = |options: Vec<OptionView>| {
        options.into_iter().filter(|option| option.chosen).map(|option| option.name).collect::<Vec<_>>().join(", ")
    };
    for part in spec::parts() {
        match part {
            Part::Field(Field { name, widget: Widget::Choice(from, _), .. }) if *name == unit => {
                return chosen(other.options(*from, |value| value == typed.get(name)));
            }
            Part::Checks(name, from) if *name == unit => {
                return chosen(other.options(*from, |value| typed.ticked(name).iter().any(|one| one == value)));
            }
            _ => {}
        }
    }
    crate::preparation::editor::merge::text(typed, unit)
}
