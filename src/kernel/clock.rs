//! The only place that asks what time it is. SQL gets the answer as a parameter, never `now()`.

use std::{path::PathBuf, sync::Arc};

use jiff::tz::TimeZone;
use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339};

/// Where "now" comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A set time, for tests.
    Fixed(OffsetDateTime),
    /// A file that holds an RFC 3339 time, read again at each question; example bank only.
    File(Arc<PathBuf>),
}

impl Clock {
    /// The time now, in UTC, cut to whole microseconds as Postgres keeps it.
    pub fn now(&self) -> OffsetDateTime {
        let now = match self {
            Self::System => system_now(),
            Self::Fixed(at) => *at,
            Self::File(path) => std::fs::read_to_string(path.as_ref())
                .ok()
                .and_then(|text| OffsetDateTime::parse(text.trim(), &Rfc3339).ok())
                .unwrap_or_else(|| {
                    tracing::error!(path = %path.display(), "the clock file holds no RFC 3339 time; the machine's clock is used");
                    system_now()
                }),
        };
        let now = now.to_offset(time::UtcOffset::UTC);
        now.replace_nanosecond(now.nanosecond() / 1_000 * 1_000).unwrap_or(now)
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
fn system_now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

/// The instant at which a Swedish day begins, summer time included.
pub fn start_of_day(date: Date) -> OffsetDateTime {
    let start = jiff::civil::date(
        i16::try_from(date.year()).unwrap_or(i16::MAX),
        i8::try_from(u8::from(date.month())).unwrap_or(1),
        i8::try_from(date.day()).unwrap_or(1),
    )
    .to_zoned(stockholm());
    match start {
        Ok(zoned) => {
            OffsetDateTime::from_unix_timestamp(zoned.timestamp().as_second()).unwrap_or_else(|_| date.midnight().assume_utc())
        }
        Err(_) => date.midnight().assume_utc(),
    }
}

/// Date and wall-clock time in Sweden at an instant.
pub fn in_sweden(at: OffsetDateTime) -> time::PrimitiveDateTime {
    let offset = jiff::Timestamp::from_second(at.unix_timestamp()).map_or(0, |stamp| stockholm().to_offset(stamp).seconds());
    let local = at.to_offset(time::UtcOffset::from_whole_seconds(offset).unwrap_or(time::UtcOffset::UTC));
    time::PrimitiveDateTime::new(local.date(), local.time())
}

fn stockholm() -> TimeZone {
    // The database is compiled in, so the zone is always there.
    TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC)
}
