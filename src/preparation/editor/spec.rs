//! Every field of a version, section by section, in the order of the page. What a field is called stands in the texts under its
//! name; the rest of the editor goes by this table.

use crate::{
    kernel::i18n::Texts,
    requirements::{
        content::{MOST_CLAUSE, MOST_CLAUSES, MOST_RATIONALE},
        fields::{
            AnswerKind, AwardModel, Bought, Change, Due, Effort, EvidenceKind, Kind, Level, ParameterKind, Per, ReferenceKind,
            Relation,
        },
        names,
    },
};

/// Codes with what they are called.
pub type Codes = fn(&Texts) -> Vec<(&'static str, &'static str)>;

/// What can be chosen.
#[derive(Clone, Copy)]
pub enum From {
    /// Codes of the program.
    Codes(Codes),
    /// Product groups.
    Groups,
    /// Environmental objectives.
    Objectives,
    /// Goals of Agenda 2030.
    Goals,
}

/// What a field is filled in with.
#[derive(Clone, Copy)]
pub enum Widget {
    /// A line of so many characters.
    Line(usize),
    /// A text of so many characters.
    Area(usize),
    /// A list, one a line, each of so many characters.
    Lines(usize),
    /// A day.
    Date,
    /// One of some; without one it is `false` that it must be chosen.
    Choice(From, bool),
    /// An id that goes to and fro.
    Hidden,
}

/// A field, or a column of a list.
#[derive(Clone, Copy)]
pub struct Field {
    /// What it is called in the form and in the texts.
    pub name: &'static str,
    /// What it is filled in with.
    pub widget: Widget,
    /// Whether its text is English.
    pub english: bool,
}

/// A list of rows.
#[derive(Clone, Copy)]
pub struct List {
    /// What it is called.
    pub name: &'static str,
    /// How many rows there may be.
    pub most: usize,
    /// What a row has.
    pub columns: &'static [Field],
}

/// A part of a section.
#[derive(Clone, Copy)]
pub enum Part {
    /// A field.
    Field(Field),
    /// Some of what can be chosen.
    Checks(&'static str, From),
    /// Rows.
    List(List),
}

/// A section of the page.
pub struct Section {
    /// What it is called, in the address of the page too.
    pub name: &'static str,
    /// What it holds.
    pub parts: &'static [Part],
}

const fn field(name: &'static str, widget: Widget) -> Field {
    Field { name, widget, english: false }
}

const fn english(name: &'static str, widget: Widget) -> Field {
    Field { name, widget, english: true }
}

const fn one(name: &'static str, widget: Widget) -> Part {
    Part::Field(field(name, widget))
}

macro_rules! codes {
    ($($function:ident: $type:ty = $name:path;)+) => { $(
        fn $function(t: &Texts) -> Vec<(&'static str, &'static str)> {
            <$type>::ALL.iter().map(|one| (one.code(), $name(t, one))).collect()
        }
    )+ };
}

codes! {
    kinds: Kind = names::kind;
    levels: Level = names::level;
    evidence: EvidenceKind = names::evidence;
    dues: Due = names::due;
    answers: AnswerKind = names::answer;
    awards: AwardModel = names::award;
    efforts: Effort = names::effort;
    bought: Bought = names::bought;
    pers: Per = names::per;
    parameters: ParameterKind = names::parameter;
    references: ReferenceKind = names::reference;
    relations: Relation = names::relation;
}

fn changes(t: &Texts) -> Vec<(&'static str, &'static str)> {
    // That a requirement ends is decided as a repeal.
    let ends = |change: &&Change| **change != Change::Repealed;
    Change::ALL.iter().filter(ends).map(|change| (change.code(), names::change(t, change))).collect()
}

fn yes_or_no(t: &Texts) -> Vec<(&'static str, &'static str)> {
    vec![("ja", t.preparation_yes()), ("nej", t.preparation_no())]
}

/// What eForms calls an environmental impact (BT-774).
pub const EFORMS: [&str; 7] = ["biodiv-eco", "circ-econ", "clim-adapt", "clim-mitig", "pollu-prev", "water-mar", "other"];
/// What eForms calls the criteria (BT-805).
pub const GPP: [&str; 4] = ["eu", "national", "other", "none"];

fn eforms(t: &Texts) -> Vec<(&'static str, &'static str)> {
    EFORMS
        .into_iter()
        .zip([
            t.preparation_eforms_biodiv_eco(),
            t.preparation_eforms_circ_econ(),
            t.preparation_eforms_clim_adapt(),
            t.preparation_eforms_clim_mitig(),
            t.preparation_eforms_pollu_prev(),
            t.preparation_eforms_water_mar(),
            t.preparation_eforms_misc(),
        ])
        .collect()
}

fn gpp(t: &Texts) -> Vec<(&'static str, &'static str)> {
    let names = [t.preparation_gpp_eu(), t.preparation_gpp_national(), t.preparation_gpp_misc(), t.preparation_gpp_none()];
    GPP.into_iter().zip(names).collect()
}

use Widget::{Area, Choice, Date, Hidden, Line, Lines};

/// The list of clauses.
pub const CLAUSES: &str = "stycke";
/// The list of what is cited.
pub const REFERENCES: &str = "kalla";

/// All sections.
pub const SECTIONS: &[Section] = &[
    Section {
        name: "texten",
        parts: &[
            one("titel", Line(200)),
            Part::Field(english("titel_en", Line(200))),
            one("typ", Choice(From::Codes(kinds), true)),
            one("niva", Choice(From::Codes(levels), true)),
            Part::List(List {
                name: CLAUSES,
                most: MOST_CLAUSES,
                columns: &[
                    field("stycke_id", Hidden),
                    field("stycke", Area(MOST_CLAUSE)),
                    english("stycke_en", Area(MOST_CLAUSE)),
                ],
            }),
        ],
    },
    Section {
        name: "skalen",
        parts: &[
            one("motiv", Area(MOST_RATIONALE)),
            Part::Field(english("motiv_en", Area(MOST_RATIONALE))),
            one("proportionalitet", Area(8000)),
            one("lagniva", Area(8000)),
        ],
    },
    Section {
        name: "bevisen",
        parts: &[Part::List(List {
            name: "bevis",
            most: 20,
            columns: &[
                field("bevis_slag", Choice(From::Codes(evidence), true)),
                field("bevis_text", Area(4000)),
                english("bevis_en", Area(4000)),
                field("bevis_nar", Choice(From::Codes(dues), false)),
                field("bevis_likvardigt", Choice(From::Codes(yes_or_no), false)),
            ],
        })],
    },
    Section {
        name: "uppfoljningen",
        parts: &[
            one("uppf_metod", Area(8000)),
            one("uppf_omfattning", Choice(From::Codes(efforts), false)),
            one("uppf_ofta", Line(1000)),
            one("uppf_av", Line(1000)),
            one("uppf_dagar", Line(5)),
            one("uppf_foljd", Area(8000)),
        ],
    },
    Section {
        name: "svaret",
        parts: &[
            one("svar_slag", Choice(From::Codes(answers), false)),
            one("svar_enhet", Line(200)),
            one("svar_minst", Line(30)),
            one("svar_mest", Line(30)),
            Part::List(List { name: "svarsval", most: 50, columns: &[field("svar_val", Line(200))] }),
        ],
    },
    Section {
        name: "utvarderingen",
        parts: &[
            one("utv_modell", Choice(From::Codes(awards), false)),
            one("utv_mest", Line(30)),
            Part::List(List { name: "steg", most: 50, columns: &[field("utv_steg", Line(400))] }),
            one("utv_forklaring", Area(8000)),
        ],
    },
    Section {
        name: "galler",
        parts: &[
            Part::Checks("galler_kop", From::Codes(bought)),
            one("galler_per", Choice(From::Codes(pers), false)),
            Part::List(List {
                name: "undantag",
                most: 50,
                columns: &[field("undantag_vad", Area(4000)), field("undantag_skal", Area(4000)), field("undantag_till", Date)],
            }),
        ],
    },
    Section {
        name: "parametrarna",
        parts: &[Part::List(List {
            name: "parameter",
            most: 20,
            columns: &[
                field("parameter_nyckel", Line(40)),
                field("parameter_namn", Line(200)),
                field("parameter_slag", Choice(From::Codes(parameters), true)),
                field("parameter_enhet", Line(200)),
                field("parameter_minst", Line(30)),
                field("parameter_mest", Line(30)),
                field("parameter_val", Lines(200)),
                field("parameter_forval", Line(200)),
            ],
        })],
    },
    Section {
        name: "kallorna",
        parts: &[Part::List(List {
            name: REFERENCES,
            most: 50,
            columns: &[
                field("kalla_slag", Choice(From::Codes(references), true)),
                field("kalla_namn", Line(300)),
                field("kalla_utgava", Line(100)),
                field("kalla_adress", Line(600)),
                field("kalla_fran", Date),
                field("kalla_till", Date),
            ],
        })],
    },
    Section {
        name: "begreppen",
        parts: &[
            Part::List(List {
                name: "begrepp",
                most: 50,
                columns: &[field("begrepp_ord", Line(200)), field("begrepp_text", Area(4000))],
            }),
            Part::List(List {
                name: "bilaga",
                most: 20,
                columns: &[field("bilaga_rubrik", Line(200)), field("bilaga_text", Area(8000))],
            }),
        ],
    },
    Section {
        name: "bredvid",
        parts: &[
            one("grupp", Choice(From::Groups, true)),
            Part::Checks("mal", From::Objectives),
            one("oversyn", Date),
            one("cpv", Lines(10)),
            Part::Checks("agenda", From::Goals),
            Part::Checks("eforms", From::Codes(eforms)),
            one("gpp", Choice(From::Codes(gpp), false)),
            one("familj", Line(80)),
            one("relation", Choice(From::Codes(relations), false)),
            one("vagledning", Area(8000)),
            one("begransningar", Area(4000)),
            one("bygger_pa", Line(400)),
            one("medverkande", Area(2000)),
        ],
    },
    Section {
        name: "versionen",
        parts: &[
            Part::Checks("andringar", From::Codes(changes)),
            one("andringsnotis", Area(4000)),
            one("pagaende_avtal", Area(4000)),
            one("overgang", Date),
        ],
    },
];

/// Every part of every section.
pub fn parts() -> impl Iterator<Item = &'static Part> {
    SECTIONS.iter().flat_map(|section| section.parts)
}

/// Every list.
pub fn lists() -> impl Iterator<Item = &'static List> {
    parts().filter_map(|part| match part {
        Part::List(list) => Some(list),
        Part::Field(_) | Part::Checks(..) => None,
    })
}

/// The list of this name.
pub fn list(name: &str) -> Option<&'static List> {
    lists().find(|list| list.name == name)
}

/// The id of a field in a row, from 0.
pub fn in_row(name: &str, row: usize) -> String {
    format!("{name}-{}", row + 1)
}
