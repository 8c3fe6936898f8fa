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
