//! The selection that the example bank is born with.

use anyhow::Context;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use crate::{
    kernel::{actor::Actor, web::SelectionKey},
    requirements::RequirementNumber,
    selections::{example::Laid, policy::Lay, store},
};

/// The example bank is looked at for as long as anybody likes.
const LINK_LASTS: Duration = Duration::days(20 * 365);

/// Lays it in.
///
/// # Errors
/// For who may not, and when something that it names is not there.
pub async fn lay(tx: &mut PgConnection, actor: &Actor, laid: &Laid, now: OffsetDateTime) -> anyhow::Result<()> {
    let permit = Lay::ask(actor).context("no right to lay selections in")?;
    let holder = match &laid.person {
        Some(word) => {
            Some(store::lay::member(tx, &permit, (word, &laid.owner), now).await?.with_context(|| format!("no {word}"))?)
        }
        None => None,
    };
    let selection = store::lay::selection(tx, &permit, laid, holder, now).await?;
    let selection = selection.with_context(|| format!("no organisation {}", laid.owner))?;
    for row in &laid.rows {
        let number: RequirementNumber = row.id.parse()?;
        if !store::lay::row(tx, &permit, selection, number.get(), row, now).await? {
            anyhow::bail!("no requirement {}:{}", row.id, row.version);
        }
    }
    if let Some(link) = &laid.link {
        let key = SelectionKey::parse(link).context("link")?;
        store::lay::link(tx, &permit, selection, &key, now, now + LINK_LASTS).await?;
    }
    Ok(())
}
