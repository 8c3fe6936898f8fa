//! Days and times as spreadsheets count them.

/// A day and a time of day, in no time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime {
    /// 1900–9999.
    pub year: u16,
    /// 1–12.
    pub month: u8,
    /// 1–31.
    pub day: u8,
    /// Seconds after midnight.
    pub seconds: u32,
}

/// Days from 1 January 1970 back to the day that serial numbers of workbooks count from.
const FROM_1900: i64 = -25_569;
const FROM_1904: i64 = -24_107;

impl DateTime {
    /// A day that there is, from 1900 to 9999, and a time on it; none otherwise.
    pub fn new(year: u16, month: u8, day: u8, seconds: u32) -> Option<Self> {
        let made = Self { year, month, day, seconds };
        made.is_possible().then_some(made)
    }

    /// Whether there is such a day and such a time.
    pub(crate) fn is_possible(self) -> bool {
        let last = match self.month {
            2 if self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400)) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        (1900..=9999).contains(&self.year)
            && (1..=12).contains(&self.month)
            && (1..=last).contains(&self.day)
            && self.seconds < 86_400
    }

    /// Written as `2027-03-12`, with ` 08:30:00` behind it where it is not midnight; none where there is no such day.
    pub(crate) fn written(self) -> Option<String> {
        let Self { year, month, day, seconds } = self;
        let date = self.is_possible().then(|| format!("{year}-{month:02}-{day:02}"))?;
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        Some(if seconds == 0 { date } else { format!("{date} {hours:02}:{minutes:02}:{:02}", seconds % 60) })
    }

    /// Written as properties of files have it: `2027-03-12T08:30:00Z`.
    pub(crate) fn instant(self) -> Option<String> {
        let midnight = Self { seconds: 0, ..self }.written()?;
        let Self { seconds, .. } = self;
        self.is_possible().then(|| format!("{midnight}T{:02}:{:02}:{:02}Z", seconds / 3600, seconds / 60 % 60, seconds % 60))
    }

    /// The day of a serial number. Before 1 March 1900 the two spreadsheets of the world disagree by a day: no date there.
    pub(crate) fn from_serial(serial: f64, from_1904: bool) -> Option<Self> {
        if !(0.0..3_000_000.0).contains(&serial) || (!from_1904 && serial < 61.0) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "below 3 million days, checked above")]
        let whole = (serial * 86_400.0).round() as i64;
        let (days, seconds) = (whole / 86_400, whole % 86_400);
        let (year, month, day) = civil(days + if from_1904 { FROM_1904 } else { FROM_1900 });
        let year = u16::try_from(year).ok().filter(|year| *year <= 9999)?;
        Some(Self { year, month, day, seconds: u32::try_from(seconds).ok()? })
    }

    /// Reads `2027-03-12` or `2027-03-12T08:30:00`, as cells of type `d` hold them.
    pub(crate) fn from_iso(text: &str) -> Option<Self> {
        let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, "00:00:00"));
        let number = |part: Option<&str>| part.filter(|p| p.bytes().all(|b| b.is_ascii_digit())).and_then(|p| p.parse().ok());
        let mut parts = date.split('-');
        let (year, month, day): (u16, u8, u8) =
            (number(parts.next())?, number(parts.next())?.try_into().ok()?, number(parts.next())?.try_into().ok()?);
        let mut clock = time.trim_end_matches('Z').split(['.', ',']).next()?.split(':');
        let (hours, minutes) = (number(clock.next())?, number(clock.next())?);
        let seconds = number(clock.next().or(Some("0")))?;
        if parts.next().is_some() || hours >= 24 || minutes >= 60 || seconds >= 60 {
            return None;
        }
        Self::new(year, month, day, u32::from(hours) * 3600 + u32::from(minutes) * 60 + u32::from(seconds))
    }
}

/// Year, month and day of a day counted from 1 January 1970, by the proleptic Gregorian calendar: Howard Hinnant's
/// `civil_from_days`.
fn civil(days: i64) -> (i64, u8, u8) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::DateTime;

    #[expect(clippy::unnecessary_wraps, reason = "compared with what is perhaps no day")]
    fn day(year: u16, month: u8, day: u8) -> Option<DateTime> {
        Some(DateTime { year, month, day, seconds: 0 })
    }

    #[test]
    fn serial_numbers() {
        assert_eq!(DateTime::from_serial(61.0, false), day(1900, 3, 1));
        assert_eq!(DateTime::from_serial(46_458.0, false), day(2027, 3, 12));
        assert_eq!(DateTime::from_serial(44_996.0, true), day(2027, 3, 12));
        assert_eq!(DateTime::from_serial(36_585.0, false), day(2000, 2, 29));
        assert_eq!(DateTime::from_serial(2_958_465.0, false), day(9999, 12, 31));
        let noon = DateTime::from_serial(46_458.5, false).expect("a date");
        assert_eq!(noon.seconds, 12 * 3600);
        for odd in [-1.0, 0.0, 60.0, 2_958_466.0, 1e300, f64::NAN, f64::INFINITY] {
            assert_eq!(DateTime::from_serial(odd, false), None, "{odd}");
        }
    }

    #[test]
    fn written_out() {
        assert_eq!(DateTime::from_iso("2028-02-29"), day(2028, 2, 29));
        assert_eq!(DateTime::from_iso("2027-03-12T01:02:03.5Z").map(|d| d.seconds), Some(3723));
        for odd in ["", "2027-02-29", "2027-13-01", "2027-1", "2027-01-01-01", "+2027-01-01", "2027-01-01T24:00", "x"] {
            assert_eq!(DateTime::from_iso(odd), None, "{odd}");
        }
    }
}
