//! By when a proposal is answered at the latest.

use time::{Date, Duration, Month};

/// So many days after it was sent in; those of July, when Sweden is away, do not count.
const DAYS: i64 = 60;

/// The last day.
pub fn answer_by(sent: Date) -> Date {
    let (mut day, mut counted) = (sent, 0);
    while counted < DAYS {
        day += Duration::DAY;
        if day.month() != Month::July {
            counted += 1;
        }
    }
    day
}
