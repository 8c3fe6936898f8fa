//! The CPV list: read in from the file that the EU Publications Office gives out, as tab-separated text.

use std::collections::HashMap;

use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::policy::Edit;
use crate::kernel::audit;

/// What a run did or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CpvReport {
    /// Codes that were not there.
    pub new: usize,
    /// Codes that got another name.
    pub changed: usize,
    /// Codes that were there as they are.
    pub unchanged: usize,
}

/// Why a list cannot be read in.
#[derive(Debug, thiserror::Error)]
pub enum CpvError {
    /// Lines that are wrong: number and content. Nothing was saved.
    #[error("{} lines cannot be read", .0.len())]
    Lines(Vec<(usize, String)>),
    /// The database refused.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Reads a list in: code (check digit allowed), Swedish name, English name; a first line of headings is passed over.
///
/// # Errors
/// Every line that cannot be read, or the database.
pub async fn import(tx: &mut PgConnection, permit: &Edit, text: &str, now: OffsetDateTime) -> Result<CpvReport, CpvError> {
    let mut codes: Vec<(String, String, String)> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut wrong = Vec::new();
    for (place, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() || (place == 0 && line.starts_with("code\t")) {
            continue;
        }
        match read_line(line) {
            Some(row) if !seen.contains_key(&row.0) => {
                seen.insert(row.0.clone(), place);
                codes.push(row);
            }
            _ => wrong.push((place + 1, line.chars().take(120).collect())),
        }
    }
    if !wrong.is_empty() || codes.is_empty() {
        return Err(CpvError::Lines(wrong));
    }
    let code: Vec<String> = codes.iter().map(|c| c.0.clone()).collect();
    let sv: Vec<String> = codes.iter().map(|c| c.1.clone()).collect();
    let en: Vec<String> = codes.iter().map(|c| c.2.clone()).collect();
    let counts = sqlx::query!(
        r#"with given as (
               select * from unnest($1::text[], $2::text[], $3::text[]) as x(code, sv, en)
           ), compared as (
               select given.*, c.code is null as new, c.name_sv is distinct from given.sv or c.name_en is distinct from given.en as differs
               from given left join cpv_code c on c.code = given.code
           ), written as (
               insert into cpv_code (code, name_sv, name_en) select code, sv, en from compared where differs
               on conflict (code) do update set name_sv = excluded.name_sv, name_en = excluded.name_en
           )
           select count(*) filter (where new) as "new!", count(*) filter (where differs and not new) as "changed!",
               count(*) filter (where not differs) as "unchanged!"
           from compared"#,
        &code,
        &sv,
        &en,
    )
    .fetch_one(&mut *tx)
    .await?;
    let report = CpvReport {
        new: usize::try_from(counts.new).unwrap_or(0),
        changed: usize::try_from(counts.changed).unwrap_or(0),
        unchanged: usize::try_from(counts.unchanged).unwrap_or(0),
    };
    if report.new + report.changed > 0 {
        super::groups::note_change(tx, now).await?;
        audit::record(
            tx,
            permit.by(),
            now,
            audit::Entry {
                action: "taxonomy.import_cpv",
                object_kind: "cpv_code",
                object_id: None,
                old: None,
                new: Some(json!({"new": report.new, "changed": report.changed})),
                reason: None,
            },
        )
        .await?;
    }
    Ok(report)
}

fn read_line(line: &str) -> Option<(String, String, String)> {
    let mut parts = line.split('\t').map(str::trim);
    let (code, sv, en) = (parts.next()?, parts.next()?, parts.next()?);
    let code = code.split('-').next().unwrap_or(code);
    let right = code.len() == 8
        && code.bytes().all(|b| b.is_ascii_digit())
        && [sv, en].iter().all(|name| (1..=400).contains(&name.chars().count()) && !name.chars().any(char::is_control))
        && parts.all(str::is_empty);
    right.then(|| (code.to_owned(), sv.to_owned(), en.to_owned()))
}

/// The eight digits of a code as it is typed: with its check digit, which has to be right, or without. None for anything else.
pub fn bare(text: &str) -> Option<String> {
    let (code, check) = text.split_once('-').map_or((text, None), |(code, check)| (code, Some(check)));
    if code.len() != 8 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    (check.is_none_or(|check| check == check_digit(code).to_string())).then(|| code.to_owned())
}

/// The digit that the EU Publications Office prints behind the hyphen: digits weighed by 3, 7, 1 in turn, the last figure of the sum.
fn check_digit(code: &str) -> u32 {
    code.bytes().zip([3, 7, 1].into_iter().cycle()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum::<u32>() % 10
}

/// Which of these codes are in the list.
///
/// # Errors
/// When the database refuses.
pub async fn known(connection: &mut PgConnection, codes: &[String]) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!("select code from cpv_code where code = any($1)", codes).fetch_all(connection).await
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn a_check_digit_is_right_or_the_code_is_none() {
        for code in
            ["03000000-1", "09000000-3", "15000000-8", "18424300-0", "30192000-1", "33141420-0", "33600000-6", "39830000-9"]
        {
            assert_eq!(bare(code).as_deref(), code.split('-').next(), "{code}");
        }
        assert_eq!(bare("33141420").as_deref(), Some("33141420"));
        for wrong in ["33141420-7", "33141420-", "33141420-00", "3314142-0", "3314142a", "", "-0"] {
            assert_eq!(bare(wrong), None, "{wrong}");
        }
    }
}
