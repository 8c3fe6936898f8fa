//! Texts to answer with.

use sqlx::PgConnection;
use uuid::Uuid;

/// One of them.
#[derive(Debug)]
pub struct Template {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// `general`, or the step that it is for.
    pub kind: String,
    /// The text.
    pub text: String,
    /// Raised with each edit.
    pub lock: i32,
}

/// What stands in a text for something of the proposal.
pub const PLACEHOLDERS: [&str; 2] = ["{number}", "{title}"];

/// The first thing in braces that stands for nothing.
pub fn unknown_placeholder(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let end = start + rest[start..].find('}')? + 1;
        let one = &rest[start..end];
        if !PLACEHOLDERS.contains(&one) {
            return Some(one);
        }
        rest = &rest[end..];
    }
    None
}

impl Template {
    /// The text for one proposal.
    pub fn filled(&self, number: impl std::fmt::Display, title: &str) -> String {
        self.text.replace("{number}", &number.to_string()).replace("{title}", title)
    }
}

/// All of them: those for everything first, then by step and name.
///
/// # Errors
/// When the database is away.
pub async fn templates(connection: &mut PgConnection) -> sqlx::Result<Vec<Template>> {
    sqlx::query_as!(
        Template,
        r#"select id, name, kind, text, lock from answer_template
           order by array_position(array['general', 'return', 'rest', 'merge', 'reject'], kind), name collate "sv-x-icu", id"#,
    )
    .fetch_all(connection)
    .await
}
