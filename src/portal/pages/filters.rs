//! The filters of the list: groups of choices with counts, and the chips that drop one.

use super::list::Asks;
use crate::{
    kernel::web::{
        Visit,
        links::{self, words},
    },
    portal::{
        labels,
        reads::list::{By, ListData},
    },
    requirements::{
        fields::{EvidenceKind, Kind, Level},
        lifecycle::Standing,
    },
    search::catalogue::standing,
};

/// Something that can be chosen.
#[derive(Debug)]
pub struct Choice {
    /// Its word in the address.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// How many requirements it would give.
    pub count: i64,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Whether it stands below the one before it.
    pub inner: bool,
}

/// A group of choices.
#[derive(Debug)]
pub struct FilterGroup {
    /// Its name in the address.
    pub name: &'static str,
    /// What it is called.
    pub title: String,
    /// How many are chosen.
    pub chosen: i64,
    /// How many requirements there would be without it.
    pub without: i64,
    /// The choices.
    pub choices: Vec<Choice>,
}

/// A link with a label: a filter that can be dropped.
#[derive(Debug)]
pub struct Chip {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

fn group(name: &'static str, title: &str, without: i64, choices: Vec<Choice>) -> FilterGroup {
    let chosen = i64::try_from(choices.iter().filter(|choice| choice.chosen).count()).unwrap_or(0);
    FilterGroup { name, title: title.to_owned(), chosen, without, choices }
}

/// The groups, and a chip for everything that is chosen.
pub fn filter_groups(visit: &Visit, asks: &Asks, data: &ListData) -> (Vec<FilterGroup>, Vec<Chip>) {
    let t = visit.texts();
    let choice = |value: &str, label: &str, count: i64, given: &[String]| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        count,
        chosen: given.iter().any(|one| one == value),
        inner: false,
    };
    let count = |facet: &str| data.found.count(facet);
    let without = |filter: By| data.found.without(filter as usize);
    let mut areas = Vec::new();
    for area in &data.areas {
        let name = &area.name;
        areas.push(choice(&name.slug, name.in_lang(visit.lang), count(&format!("area:{}", name.slug)), &asks.omrade));
        for inner in &area.groups {
            let value = format!("{}/{}", name.slug, inner.slug);
            // Groups show where their area is looked at; otherwise the list would be as long as the tree.
            let open = asks.omrade.iter().any(|given| given.split('/').next() == Some(name.slug.as_str()));
            if open && area.groups.len() > 1 {
                let count = count(&format!("group:{value}"));
                areas.push(Choice { inner: true, ..choice(&value, inner.in_lang(visit.lang), count, &asks.omrade) });
            }
        }
    }
    let word = |table, code: &str| words::word(table, code).unwrap_or_default();
    let groups = vec![
        group("omrade", t.list_group_area(), without(By::Area), areas),
        group(
            "niva",
            t.list_group_level(),
            without(By::Level),
            Level::ALL
                .iter()
                .map(|l| {
                    choice(word(words::LEVELS, l.code()), labels::level(&t, l), count(&format!("level:{}", l.code())), &asks.niva)
                })
                .collect(),
        ),
        group(
            "typ",
            t.list_group_type(),
            without(By::Type),
            Kind::ALL
                .iter()
                .map(|k| {
                    choice(word(words::TYPES, k.code()), labels::kind(&t, k), count(&format!("type:{}", k.code())), &asks.typ)
                })
                .collect(),
        ),
        group(
            "miljomal",
            t.list_group_objective(),
            without(By::Objective),
            data.objectives
                .iter()
                .map(|o| choice(&o.slug, o.in_lang(visit.lang), count(&format!("objective:{}", o.slug)), &asks.miljomal))
                .collect(),
        ),
        group(
            "bevis",
            t.list_group_evidence(),
            without(By::Evidence),
            EvidenceKind::ALL
                .iter()
                .map(|e| {
                    let count = count(&format!("evidence:{}", e.code()));
                    choice(word(words::EVIDENCE, e.code()), labels::evidence(&t, e), count, &asks.bevis)
                })
                .collect(),
        ),
        group(
            "status",
            t.list_group_status(),
            without(By::Status),
            Standing::PUBLIC
                .iter()
                .map(|s| {
                    choice(
                        word(words::STATUS, s.code()),
                        labels::standing(&t, s),
                        count(&format!("standing:{}", s.code())),
                        &asks.status,
                    )
                })
                .collect(),
        ),
        group(
            "oversyn",
            t.list_group_review(),
            without(By::Review),
            vec![Choice {
                value: "forsenad".to_owned(),
                label: t.list_review_overdue().to_owned(),
                count: count(standing::OVERDUE),
                chosen: asks.overdue(),
                inner: false,
            }],
        ),
    ];
    let path = links::localized(visit.lang, links::REQUIREMENTS);
    let mut chips = Vec::new();
    for group in &groups {
        for choice in group.choices.iter().filter(|choice| choice.chosen) {
            chips.push(Chip {
                label: format!("{}: {}", group.title, choice.label),
                href: links::with_query(&path, asks.pairs(|name, value| name == group.name && value == choice.value)),
            });
        }
    }
    if let Some(code) = asks.cpv_digits() {
        let name = data.cpv.as_ref().map_or(String::new(), |cpv| format!(" {}", cpv.in_lang(visit.lang)));
        chips.push(Chip {
            label: format!("{}: {code}{name}", t.list_group_cpv()),
            href: links::with_query(&path, asks.pairs(|name, _| name == "cpv")),
        });
    }
    (groups, chips)
}
