//! What is read of files.

use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::kind::Kind;
use crate::kernel::i18n::{Lang, Texts};

/// A file as it is listed; the slice whose it is reads it by `attachments_of`.
#[derive(Debug, Clone, Deserialize)]
pub struct Attachment {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// How large it is.
    pub bytes: i64,
    /// What it hashes to, in hexadecimal.
    pub sha256: String,
}

impl Attachment {
    /// What people call its kind, and how large it is.
    pub fn facts(&self, lang: &Lang) -> String {
        let kind = Kind::of_media_type(&self.media_type).map_or("", Kind::label);
        format!("{kind}, {}", size(*lang, self.bytes))
    }
}

/// Bytes as people say them.
fn size(lang: Lang, bytes: i64) -> String {
    const KIB: i64 = 1024;
    let t = Texts(lang);
    if bytes < KIB {
        return t.attachments_size_bytes(bytes);
    }
    if bytes < 100 * KIB * 10 {
        return t.attachments_size_kilobytes((bytes + KIB / 2) / KIB);
    }
    let tenths = (bytes * 10 + KIB * KIB / 2) / (KIB * KIB);
    let (whole, tenth) = (tenths / 10, tenths % 10);
    let number = match (tenth, lang.is_swedish()) {
        (0, _) => whole.to_string(),
        (_, true) => format!("{whole},{tenth}"),
        (_, false) => format!("{whole}.{tenth}"),
    };
    t.attachments_size_megabytes(number)
}

/// A piece of a file that was found for whoever asks; none after the last, and where it is gone.
pub(super) async fn part(connection: &mut PgConnection, id: Uuid, part: i32) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select bytes from attachment_part where attachment_id = $1 and part = $2", id, part)
        .fetch_optional(connection)
        .await
}
