//! What pages and files read, each in one round trip.

pub mod instead;
pub mod listing;
pub mod overview;
pub mod rows;
pub mod selection;
pub mod shares;
pub mod theirs;

use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use time::OffsetDateTime;

use crate::{
    kernel::web::SelectionKey,
    requirements::lifecycle::Standing,
    selections::{Holder, desk::SMALL},
};

/// By what right a selection is opened.
#[derive(Debug, Clone)]
pub enum Access {
    /// Whoever made it, and who may open it beside them.
    Holder(Option<Holder>, uuid::Uuid),
    /// Anybody who has a link.
    Link(SelectionKey),
}

impl Access {
    /// What the SQL function `opened_selection` is asked with.
    pub fn arguments(&self) -> Arguments<'_> {
        match self {
            Self::Holder(holder, id) => {
                let (holder, person, organisation) = holder.as_ref().map(Holder::arguments).unwrap_or_default();
                Arguments { id: Some(*id), holder, link: None, person, organisation }
            }
            Self::Link(key) => Arguments { id: None, holder: None, link: Some(key.as_str()), person: None, organisation: None },
        }
    }
}

/// By what a selection is opened, for the database.
#[derive(Debug, Clone, Copy)]
pub struct Arguments<'a> {
    /// The selection.
    pub id: Option<uuid::Uuid>,
    /// What the browser's key hashes to.
    pub holder: Option<&'a [u8]>,
    /// The key of a link.
    pub link: Option<&'a str>,
    /// The person who asks.
    pub person: Option<uuid::Uuid>,
    /// The organisation that they act for.
    pub organisation: Option<uuid::Uuid>,
}

/// A document as the database gave it, not yet read: where it is long, that is work for another thread. The database gives it
/// as text, since even to find the end of JSON takes looking at each of its bytes.
#[derive(Debug)]
pub struct Unread<T> {
    text: String,
    of: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Unread<T> {
    fn new(text: String) -> Self {
        Self { text, of: PhantomData }
    }

    /// How long it is.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Reads it.
    ///
    /// # Errors
    /// When the database holds what this program cannot read.
    pub fn read(&self) -> anyhow::Result<T> {
        Ok(serde_json::from_str(&self.text)?)
    }

    /// Reads it here where it is short, and on another thread otherwise. It takes no turn at the desk: who asks may hold a
    /// lock, and a row, or rows in short, are read in milliseconds.
    ///
    /// # Errors
    /// When the database holds what this program cannot read.
    pub async fn read_aside(self) -> anyhow::Result<T>
    where
        T: Send + 'static,
    {
        if self.bytes() <= SMALL { self.read() } else { tokio::task::spawn_blocking(move || self.read()).await? }
    }
}

/// Where a pinned version stands at `now`: from the bounds of its validity, whether it was taken back, whether any version of
/// its requirement is in force, and whether a repeal of the requirement has taken effect.
pub fn standing(
    valid_from: Option<OffsetDateTime>,
    valid_to: Option<OffsetDateTime>,
    revoked: bool,
    in_force: bool,
    repealed_over: bool,
    now: OffsetDateTime,
) -> Standing {
    if revoked {
        Standing::Dropped
    } else if valid_from.is_some_and(|from| from > now) {
        Standing::Coming
    } else if valid_to.is_none_or(|to| now < to) {
        Standing::Current
    } else if !in_force && repealed_over {
        Standing::Repealed
    } else {
        Standing::Superseded
    }
}
