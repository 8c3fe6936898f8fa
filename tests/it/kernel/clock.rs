//! Swedish days.

use kravbank::kernel::clock::{Clock, in_sweden, start_of_day};
use proptest::prelude::*;
use time::{
    Date, Duration, OffsetDateTime,
    macros::{date, datetime},
};

#[test]
fn days_begin_at_swedish_midnight_summer_and_winter() {
    assert_eq!(start_of_day(date!(2026 - 01 - 15)), datetime!(2026-01-14 23:00 UTC));
    assert_eq!(start_of_day(date!(2026 - 07 - 15)), datetime!(2026-07-14 22:00 UTC));
    // The clocks go forward on 29 March at 02:00 and back on 25 October at 03:00.
    assert_eq!(start_of_day(date!(2026 - 03 - 29)), datetime!(2026-03-28 23:00 UTC));
    assert_eq!(start_of_day(date!(2026 - 03 - 30)), datetime!(2026-03-29 22:00 UTC));
    assert_eq!(start_of_day(date!(2026 - 10 - 25)), datetime!(2026-10-24 22:00 UTC));
    assert_eq!(start_of_day(date!(2026 - 10 - 26)), datetime!(2026-10-25 23:00 UTC));
    assert_eq!(start_of_day(date!(2026 - 03 - 30)) - start_of_day(date!(2026 - 03 - 29)), Duration::hours(23));
    assert_eq!(start_of_day(date!(2026 - 10 - 26)) - start_of_day(date!(2026 - 10 - 25)), Duration::hours(25));
}

#[test]
fn the_wall_clock_in_sweden() {
    assert_eq!(in_sweden(datetime!(2026-11-22 23:30 UTC)), datetime!(2026-11-23 00:30));
    assert_eq!(in_sweden(datetime!(2026-07-01 21:59:59 UTC)), datetime!(2026-07-01 23:59:59));
    assert_eq!(in_sweden(datetime!(2026-07-01 22:00 UTC)).date(), date!(2026 - 07 - 02));
}

proptest! {
    #[test]
    fn a_day_begins_where_the_day_before_ends(day in 0_i64..73_000) {
        let date = date!(1900-01-01) + Duration::days(day);
        let begin = start_of_day(date);
        prop_assert_eq!(in_sweden(begin).date(), date);
        prop_assert_eq!(in_sweden(begin - Duration::seconds(1)).date(), date.previous_day().expect("a day before"));
        prop_assert!(begin < start_of_day(date.next_day().expect("a day after")));
    }
}

#[test]
fn odd_days_make_no_panic() {
    for date in [Date::MIN, Date::MAX, date!(1000 - 01 - 01), date!(9999 - 12 - 31)] {
        start_of_day(date);
    }
}

#[test]
fn a_file_is_the_clock_and_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("clock");
    let clock = Clock::File(std::sync::Arc::new(file.clone()));
    std::fs::write(&file, "2027-03-12T10:00:00.123456789+01:00\n").expect("written");
    assert_eq!(clock.now(), datetime!(2027-03-12 09:00:00.123456 UTC), "in UTC and microseconds");
    std::fs::write(&file, "2027-03-13T10:00:00Z").expect("written");
    assert_eq!(clock.now(), datetime!(2027-03-13 10:00 UTC));
    // Without a time in it the machine's own clock is better than none.
    std::fs::write(&file, "i morgon").expect("written");
    let year = clock.now().year();
    assert!((2025..2200).contains(&year), "{year}");
    let now: OffsetDateTime = Clock::System.now();
    assert_eq!(now.nanosecond() % 1_000, 0);
}
