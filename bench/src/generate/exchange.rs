//! Requirements as a file in the exchange format, to be read in by the program itself.

use serde_json::{Value, json};

use super::{bank::Bank, requirement::make};

/// The first versions of requirements, without numbers of their own, one a line. They are like those of the bank, and none
/// of them is in it.
///
/// # Errors
/// When a text cannot stand in JSON, which none of ours is.
pub fn exchange(bank: &Bank, lines: i64) -> serde_json::Result<String> {
    let mut file = String::new();
    for number in bank.count + 1..=bank.count + lines {
        let made = make(bank, number);
        let Some(version) = made.versions.first() else { continue };
        let group = &bank.groups[bank.groups.iter().position(|group| group.id == made.maintained.group).unwrap_or(0)];
        let mut line = serde_json::to_value(&version.core)?;
        if let Value::Object(keys) = &mut line {
            let maintained = &made.maintained;
            keys.insert("product_area".to_owned(), json!(group.names.0));
            keys.insert("product_group".to_owned(), json!(group.names.1));
            keys.insert("cpv".to_owned(), json!(maintained.cpv));
            keys.insert("objectives".to_owned(), json!(maintained.objectives));
            keys.insert("agenda_goals".to_owned(), json!(maintained.agenda_goals));
            keys.insert("eforms".to_owned(), json!(maintained.eforms));
            keys.insert("effective_from".to_owned(), json!("2026-01-01"));
            if !maintained.guidance.is_empty() {
                keys.insert("guidance".to_owned(), json!(maintained.guidance));
            }
            if let Some(english) = version.english.as_ref().filter(|english| english.text.len() == version.core.text.len()) {
                keys.insert("title_en".to_owned(), json!(english.title));
                keys.insert("text_en".to_owned(), json!(english.text));
            }
        }
        file.push_str(&line.to_string());
        file.push('\n');
    }
    Ok(file)
}
