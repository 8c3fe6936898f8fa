//! What a buyer fills in: parameters read as they were typed and checked against their range, and exemptions. Nothing here
//! knows of pages or of the database.

use serde_json::{Map, Number, Value};
use time::{Date, Month};

use crate::{
    kernel::i18n::Lang,
    requirements::{
        fields::{Exemption, Parameter, ParameterKind, iso_date_option},
        parameters,
    },
};

/// Characters of a value that is text.
pub const MOST_TEXT: usize = 500;
/// Digits of a number, and those of them behind the comma: more than this a number in the process cannot keep as typed.
const MOST_DIGITS: usize = 15;
const MOST_DECIMALS: usize = 6;

/// What is wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// It is no number.
    NoNumber,
    /// It can be read as two numbers: 1.000.
    TwoNumbers,
    /// It has more digits than are kept.
    TooManyDigits,
    /// It is no day.
    NoDate,
    /// It is none of the options.
    NoOption,
    /// The text is too long.
    TooLong,
    /// It is less, or earlier, than the least.
    Below,
    /// It is more, or later, than the most.
    Above,
}

/// Reads what was typed for a parameter; nothing for an empty field.
///
/// # Errors
/// What is wrong with it.
pub fn parse(parameter: &Parameter, typed: &str, lang: Lang) -> Result<Option<Value>, Misfit> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let value = match parameter.kind {
        ParameterKind::Number | ParameterKind::Percent => Value::Number(number(without_unit(typed, parameter), lang)?),
        ParameterKind::Date => Value::String(iso(date(typed).ok_or(Misfit::NoDate)?)),
        ParameterKind::Choice | ParameterKind::Text => Value::String(typed.to_owned()),
    };
    fits(parameter, &value).map(|()| Some(value))
}

/// Whether a value can be one of this parameter.
///
/// # Errors
/// What is wrong with it.
pub fn fits(parameter: &Parameter, value: &Value) -> Result<(), Misfit> {
    let (least, most) = (parameter.min.as_ref(), parameter.max.as_ref());
    match parameter.kind {
        ParameterKind::Number | ParameterKind::Percent => {
            let number = value.as_f64().ok_or(Misfit::NoNumber)?;
            within(number, least.and_then(Value::as_f64), most.and_then(Value::as_f64))
        }
        ParameterKind::Date => within(day(value).ok_or(Misfit::NoDate)?, least.and_then(day), most.and_then(day)),
        ParameterKind::Choice => {
            let option = value.as_str().ok_or(Misfit::NoOption)?;
            if parameter.options.iter().any(|known| known == option) { Ok(()) } else { Err(Misfit::NoOption) }
        }
        ParameterKind::Text => match value.as_str() {
            Some(text) if text.chars().count() <= MOST_TEXT => Ok(()),
            _ => Err(Misfit::TooLong),
        },
    }
}

fn within<T: PartialOrd + Copy>(value: T, least: Option<T>, most: Option<T>) -> Result<(), Misfit> {
    if least.is_some_and(|least| value < least) {
        Err(Misfit::Below)
    } else if most.is_some_and(|most| value > most) {
        Err(Misfit::Above)
    } else {
        Ok(())
    }
}

/// What stands behind a value of a parameter. A percentage has its sign, unless it is one of a sort: *viktprocent*.
pub fn unit(parameter: &Parameter) -> Option<&str> {
    let unit = parameter.unit.as_deref().filter(|unit| !unit.is_empty());
    match parameter.kind {
        ParameterKind::Percent => unit.filter(|unit| !matches!(*unit, "procent" | "percent")).or(Some("%")),
        ParameterKind::Number => unit,
        ParameterKind::Date | ParameterKind::Choice | ParameterKind::Text => None,
    }
}

/// A value with its unit, on pages and in files alike: `30 %`, `500 mg/kg`, `12 mars 2027`. Without a value what the requirement
/// proposes; none where it proposes nothing. The text of a requirement has the unit itself, and is not printed with this.
pub fn printed(parameter: &Parameter, value: Option<&Value>, lang: Lang) -> Option<String> {
    let value = value.or(parameter.default.as_ref())?;
    let text = parameters::shown(parameter, Some(value), lang);
    Some(match unit(parameter) {
        Some(unit) => format!("{text}\u{a0}{unit}"),
        None => text,
    })
}

/// What was typed without the unit behind it.
fn without_unit<'a>(typed: &'a str, parameter: &Parameter) -> &'a str {
    let percent = (parameter.kind == ParameterKind::Percent).then_some("%");
    let found = parameter.unit.as_deref().into_iter().chain(percent).find_map(|unit| {
        let at = typed.len().checked_sub(unit.len()).filter(|at| !unit.is_empty() && typed.is_char_boundary(*at))?;
        let (number, tail) = typed.split_at(at);
        (tail.to_lowercase() == unit.to_lowercase()).then_some(number)
    });
    found.unwrap_or(typed).trim_end()
}

/// A number as people write it: comma or point before decimals, blanks between thousands; in English commas there too.
fn number(typed: &str, lang: Lang) -> Result<Number, Misfit> {
    let text: String = typed.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '\u{2212}' { '-' } else { c }).collect();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let grouped = |mark: char| {
        let mut groups = digits.split(mark);
        let first = groups.next().unwrap_or_default();
        let rest: Vec<&str> = groups.collect();
        (1..=3).contains(&first.len()) && first != "0" && !rest.is_empty() && rest.iter().all(|group| group.len() == 3)
    };
    // One thousand or one, a Swedish reader cannot know.
    if lang.is_swedish() && grouped('.') {
        return Err(Misfit::TwoNumbers);
    }
    let whole_part = digits.split_once('.').map_or(digits, |(whole, _)| whole);
    let english = !lang.is_swedish() && (grouped(',') || (digits.contains('.') && whole_part.contains(',')));
    let plain = if english { digits.replace(',', "") } else { digits.replace(',', ".") };
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let only_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !only_digits(whole) || !only_digits(part) || (part.is_empty() && plain.contains('.')) {
        return Err(Misfit::NoNumber);
    }
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    if whole.len() + part.len() > MOST_DIGITS || part.len() > MOST_DECIMALS {
        return Err(Misfit::TooManyDigits);
    }
    let kept = format!("{sign}0{whole}");
    if part.is_empty() {
        return kept.parse::<i64>().map(Number::from).map_err(|_| Misfit::NoNumber);
    }
    format!("{kept}.{part}").parse::<f64>().ok().and_then(Number::from_f64).ok_or(Misfit::NoNumber)
}

/// A day as people write it: 2027-03-12, 20270312, 2027/3/12.
fn date(typed: &str) -> Option<Date> {
    let compact = typed.len() == 8 && typed.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = if compact {
        vec![&typed[..4], &typed[4..6], &typed[6..]]
    } else {
        typed.split(['-', '/', '.', '\u{2013}']).map(str::trim).collect()
    };
    let [year, month, day] = parts.as_slice() else { return None };
    let read = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
        let fine = lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fine.then(|| text.parse::<u16>().ok()).flatten()
    };
    let (year, month, day) = (read(year, 4..=4)?, read(month, 1..=2)?, read(day, 1..=2)?);
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()
}

/// A day as it is kept.
fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

/// The day that a value is.
pub fn day(value: &Value) -> Option<Date> {
    value.as_str().and_then(iso_date_option::parse)
}

/// What of the values can stand under other parameters, and the names of those that cannot.
pub fn carried(values: &Map<String, Value>, old: &[Parameter], new: &[Parameter]) -> (Map<String, Value>, Vec<String>) {
    let (mut kept, mut lost) = (Map::new(), Vec::new());
    for (key, value) in values {
        let there = new.iter().find(|parameter| parameter.key == *key);
        if there.is_some_and(|parameter| fits(parameter, value).is_ok()) {
            kept.insert(key.clone(), value.clone());
        } else {
            let named = there.or_else(|| old.iter().find(|parameter| parameter.key == *key));
            lost.push(named.map_or_else(|| key.clone(), |parameter| parameter.label.clone()));
        }
    }
    (kept, lost)
}

/// Whether an exemption has ended.
pub fn has_ended(exemption: &Exemption, today: Date) -> bool {
    exemption.until.is_some_and(|until| until < today)
}

/// The exemptions that hold for a row, by place: those that were chosen, or all; never one that has ended.
pub fn exemptions(all: &[Exemption], chosen: Option<&[usize]>, today: Date) -> Vec<usize> {
    let holds = |place: &usize| chosen.is_none_or(|chosen| chosen.contains(place));
    let open = |place: &usize| all.get(*place).is_some_and(|exemption| !has_ended(exemption, today));
    (0..all.len()).filter(holds).filter(open).collect()
}

/// A choice of exemptions carried over to those of another version: what was taken out stays out, what is new is in.
pub fn carried_exemptions(old: &[Exemption], chosen: Option<&[usize]>, new: &[Exemption]) -> Option<Vec<usize>> {
    let chosen = chosen?;
    let was_out = |what: &str| old.iter().enumerate().any(|(place, known)| known.what == what && !chosen.contains(&place));
    Some(new.iter().enumerate().filter(|(_, exemption)| !was_out(&exemption.what)).map(|(place, _)| place).collect())
}

/// Places of exemptions as they are kept.
pub fn kept_places(places: impl IntoIterator<Item = usize>) -> Vec<i16> {
    places.into_iter().filter_map(|place| i16::try_from(place).ok()).collect()
}
