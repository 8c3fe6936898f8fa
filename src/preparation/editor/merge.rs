//! Two who write in the same version. What was shown travels with the form as one short hash for each field and clause, so that
//! it can be said who changed what: what one of them left alone follows the other, and what both changed is chosen by whoever
//! saves last, with both texts before them. Nothing that somebody wrote is lost without a choice.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{
    spec::{self, CLAUSES, Part, Widget},
    typed::{Row, Typed},
};

/// What a choice is called in the form: its name and the unit.
pub const CHOICE: &str = "val_";

/// What was shown, unit by unit: fields and lists by name, clauses as `stycke:id` in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen(Vec<(String, String)>);

impl Seen {
    /// What somebody is shown.
    pub fn of(typed: &Typed) -> Self {
        Self(units(typed).into_iter().map(|(unit, text)| (unit, short(&text))).collect())
    }

    /// As it came with a form.
    pub fn read(text: &str) -> Self {
        let pair = |pair: &str| pair.rsplit_once('=').map(|(unit, hash)| (unit.to_owned(), hash.to_owned()));
        Self(text.split_whitespace().filter_map(pair).collect())
    }

    /// As it goes with a form.
    pub fn written(&self) -> String {
        self.0.iter().map(|(unit, hash)| format!("{unit}={hash}")).collect::<Vec<_>>().join(" ")
    }

    fn hash(&self, unit: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == unit).map(|(_, hash)| hash.as_str())
    }

    /// The clauses that were shown, in order.
    fn clauses(&self) -> Vec<&str> {
        self.0.iter().filter_map(|(unit, _)| unit.strip_prefix("stycke:")).collect()
    }
}

/// Eight hexadecimal digits: enough to tell a change from none.
fn short(text: &str) -> String {
    hex::encode(&Sha256::digest(text.as_bytes())[..4])
}

/// A clause as a unit.
fn clause_text(row: &Row) -> String {
    if row[2].is_empty() { row[1].clone() } else { format!("{}\n\n{}", row[1], row[2]) }
}

/// A list as one text, row by row.
fn list_text(list: &spec::List, rows: &[Row]) -> String {
    let row = |row: &Row| {
        let shown =
            list.columns.iter().zip(row).filter(|(column, text)| !matches!(column.widget, Widget::Hidden) && !text.is_empty());
        shown.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" · ")
    };
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

fn units(typed: &Typed) -> Vec<(String, String)> {
    let mut units = Vec::new();
    for part in spec::parts() {
        match part {
            Part::Field(field) => units.push((field.name.to_owned(), typed.get(field.name).to_owned())),
            Part::Checks(name, _) => units.push(((*name).to_owned(), ticks(typed, name))),
            Part::List(list) if list.name == CLAUSES => {
                let known = typed.rows(CLAUSES).iter().filter(|row| !row[0].is_empty());
                units.extend(known.map(|row| (format!("stycke:{}", row[0]), clause_text(row))));
            }
            Part::List(list) => units.push((list.name.to_owned(), list_text(list, typed.rows(list.name)))),
        }
    }
    units
}

fn ticks(typed: &Typed, name: &str) -> String {
    let mut ticked = typed.ticked(name).to_vec();
    ticked.sort();
    ticked.join(", ")
}

/// What a unit says, as a text to read.
pub fn text(typed: &Typed, unit: &str) -> String {
    units(typed).into_iter().find(|(name, _)| name == unit).map(|(_, text)| text).unwrap_or_default()
}

/// Whether both sides of a unit can stand there, one after the other.
pub fn can_be_both(unit: &str) -> bool {
    unit.starts_with("stycke:")
        || spec::parts().any(|part| match part {
            Part::Field(field) => field.name == unit && matches!(field.widget, Widget::Area(_) | Widget::Lines(_)),
            Part::Checks(name, _) => *name == unit,
            Part::List(list) => list.name == unit,
        })
}

/// What becomes of two texts.
#[derive(Debug)]
pub struct Merged {
    /// What is to stand in the fields: where both changed something, what this one wrote.
    pub typed: Typed,
    /// What both changed, to be chosen.
    pub conflicts: Vec<String>,
    /// What the other changed and this one did not, which follows silently, and is told.
    pub followed: Vec<String>,
}

/// Lays what somebody wrote over what another has saved since it was shown.
pub fn merge(mine: &Typed, theirs: &Typed, seen: &Seen) -> Merged {
    let mut merged = Merged { typed: mine.clone(), conflicts: Vec::new(), followed: Vec::new() };
    let (my_units, their_units): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (units(mine).into_iter().collect(), units(theirs).into_iter().collect());
    for part in spec::parts() {
        let unit = match part {
            Part::Field(field) => field.name,
            Part::Checks(name, _) => name,
            Part::List(list) if list.name == CLAUSES => continue,
            Part::List(list) => list.name,
        };
        let (my, their) = (&my_units[unit], &their_units[unit]);
        match side(Some(my), Some(their), seen.hash(unit)) {
            Side::Mine => {}
            Side::Theirs => {
                take(&mut merged.typed, theirs, unit);
                merged.followed.push(unit.to_owned());
            }
            Side::Both => merged.conflicts.push(unit.to_owned()),
        }
    }
    clauses(&mut merged, mine, theirs, seen);
    merged
}

enum Side {
    Mine,
    Theirs,
    Both,
}

/// Whose text stands: `None` is a clause that is gone.
fn side(mine: Option<&String>, theirs: Option<&String>, seen: Option<&str>) -> Side {
    let same = |text: Option<&String>| match (text, seen) {
        (Some(text), Some(seen)) => short(text) == seen,
        (None, None) => true,
        _ => false,
    };
    if mine == theirs || same(theirs) {
        Side::Mine
    } else if same(mine) {
        Side::Theirs
    } else {
        Side::Both
    }
}

/// Clause by clause, by their ids.
fn clauses(merged: &mut Merged, mine: &Typed, theirs: &Typed, seen: &Seen) {
    let (my, their, shown) = (mine.rows(CLAUSES), theirs.rows(CLAUSES), seen.clauses());
    let find = |rows: &[Row], id: &str| rows.iter().find(|row| row[0] == id).cloned();
    let order = |rows: &[Row], others: &[Row]| -> Vec<String> {
        let common = rows.iter().map(|row| row[0].clone()).filter(|id| shown.contains(&id.as_str()));
        common.filter(|id| others.iter().any(|row| row[0] == *id)).collect()
    };
    let shown_order: Vec<String> =
        shown.iter().filter(|id| find(my, id).is_some() && find(their, id).is_some()).map(|id| (*id).to_owned()).collect();
    // Whoever moved nothing gets the order of the other.
    let theirs_first = order(my, their) == shown_order;
    let (first, second) = if theirs_first { (their, my) } else { (my, their) };
    let mut rows: Vec<Row> = first.to_vec();
    for (place, row) in second.iter().enumerate() {
        if !row[0].is_empty() && rows.iter().any(|other| other[0] == row[0]) {
            continue;
        }
        // Behind the one that it stands behind, or behind what was put there before it.
        let before = second[..place]
            .iter()
            .rev()
            .find_map(|before| rows.iter().position(|other| other == before || (!before[0].is_empty() && other[0] == before[0])));
        rows.insert(before.map_or(0, |before| before + 1), row.clone());
    }
    let mut kept = Vec::new();
    for row in rows {
        let id = row[0].clone();
        if id.is_empty() {
            kept.push(row);
            continue;
        }
        let (my_row, their_row) = (find(my, &id), find(their, &id));
        let hash = seen.hash(&format!("stycke:{id}"));
        let said = |row: &Option<Row>| row.as_ref().map(clause_text);
        let unit = format!("stycke:{id}");
        match side(said(&my_row).as_ref(), said(&their_row).as_ref(), hash) {
            Side::Mine => kept.extend(my_row),
            Side::Theirs => {
                merged.followed.push(unit);
                kept.extend(their_row);
            }
            Side::Both => {
                merged.conflicts.push(unit);
                // A clause that this one took away stands empty until it is chosen.
                kept.push(my_row.unwrap_or_else(|| vec![id, String::new(), String::new()]));
            }
        }
    }
    *merged.typed.rows_mut(CLAUSES) = kept;
}

/// Takes a unit of the other text.
fn take(typed: &mut Typed, theirs: &Typed, unit: &str) {
    for part in spec::parts() {
        match part {
            Part::Field(field) if field.name == unit => typed.put(field.name, theirs.get(unit)),
            Part::Checks(name, _) if *name == unit => typed.tick(name, theirs.ticked(unit)),
            Part::List(list) if list.name == unit => *typed.rows_mut(list.name) = theirs.rows(unit).to_vec(),
            _ => {}
        }
    }
}

/// What somebody chose for a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Their own text.
    Mine,
    /// That of the other.
    Theirs,
    /// Both, the other's first.
    Both,
}

impl Choice {
    /// The choice of a word in the form.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "min" => Some(Self::Mine),
            "deras" => Some(Self::Theirs),
            "bada" => Some(Self::Both),
            _ => None,
        }
    }
}

/// Does what was chosen for a unit.
pub fn choose(typed: &mut Typed, theirs: &Typed, unit: &str, choice: Choice) {
    if choice == Choice::Mine {
        return;
    }
    if let Some(id) = unit.strip_prefix("stycke:") {
        let their = theirs.rows(CLAUSES).iter().find(|row| row[0] == id).cloned();
        let rows = typed.rows_mut(CLAUSES);
        let place = rows.iter().position(|row| row[0] == id);
        match (place, their, choice) {
            (Some(place), Some(their), Choice::Both) => {
                let own = std::mem::replace(&mut rows[place], their);
                if !own[1].is_empty() || !own[2].is_empty() {
                    rows.insert(place + 1, vec![String::new(), own[1].clone(), own[2].clone()]);
                }
            }
            (Some(place), Some(their), _) => rows[place] = their,
            (Some(place), None, Choice::Theirs) => {
                rows.remove(place);
            }
            (None, Some(their), _) => rows.push(their),
            (_, None, _) => {}
        }
        return;
    }
    if choice == Choice::Theirs {
        return take(typed, theirs, unit);
    }
    for part in spec::parts() {
        match part {
            Part::Field(field) if field.name == unit => {
                let both = [theirs.get(unit), typed.get(unit)].join(if matches!(field.widget, Widget::Lines(_)) {
                    "\n"
                } else {
                    "\n\n"
                });
                typed.put(field.name, both);
            }
            Part::Checks(name, _) if *name == unit => {
                let mut ticked = theirs.ticked(unit).to_vec();
                ticked.extend(typed.ticked(unit).iter().filter(|one| !theirs.ticked(unit).contains(one)).cloned());
                typed.tick(name, &ticked);
            }
            Part::List(list) if list.name == unit => {
                let mut rows = theirs.rows(unit).to_vec();
                rows.extend(typed.rows(unit).iter().filter(|row| !theirs.rows(unit).contains(row)).cloned());
                *typed.rows_mut(list.name) = rows;
            }
            _ => {}
        }
    }
}
