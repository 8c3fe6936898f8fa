//! How far whoever looks at what waits sees: the whole bank, or the areas that they look after.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    kernel::actor::{Actor, Audience, Role, Viewer},
    search::catalogue::Question,
};

/// How far they see.
#[derive(Debug, Clone)]
pub struct Reach {
    /// Whether all of the bank; else the areas that they look after, and in those all that waits.
    pub whole: bool,
    /// What they may see within it.
    pub viewer: Viewer,
    /// Who they are.
    pub person: Uuid,
    /// For whom they act.
    pub organisation: Option<Uuid>,
    groups: Vec<String>,
}

impl Reach {
    /// That of somebody who has signed in. For who looks after areas it asks which, so that the catalogue can be narrowed to
    /// them; every statement narrows by itself as well.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn of(
        connection: &mut PgConnection,
        actor: &Actor,
        viewer: &Viewer,
        person: Uuid,
        (today, now): (Date, OffsetDateTime),
    ) -> sqlx::Result<Self> {
        let (_, organisation) = actor.person();
        let whole = viewer.level() >= Audience::Preparers.level();
        let (viewer, groups) = match organisation {
            Some(organisation) if !whole => {
                let groups = sqlx::query_scalar!(
                    r#"select 'group:' || a.slug || '/' || g.slug as "facet!"
                       from coordinated_group($1, $2, $3, $4) c
                       join product_group g on g.id = c.group_id join product_area a on a.id = g.area_id"#,
                    person,
                    organisation,
                    today,
                    now,
                )
                .fetch_all(connection)
                .await?;
                // In their areas they see what those see who prepare.
                (Viewer::acting(organisation, &[Role::LmcCoordinator]), groups)
            }
            _ => (viewer.clone(), Vec::new()),
        };
        Ok(Self { whole, viewer, person, organisation, groups })
    }

    /// A question of the catalogue, narrowed to it.
    #[must_use]
    pub fn narrow(&self, question: Question) -> Question {
        if self.whole {
            return question;
        }
        // What is chosen of nothing is everything: who looks after no group is given one that nothing has.
        let groups = if self.groups.is_empty() { vec!["group:".to_owned()] } else { self.groups.clone() };
        question.with(&["group:"], groups)
    }
}
