//! The states of a file that is read in by way of the browser, on one screen. Pure: no clock, no database.
//!
//! ```text
//! uploaded ──examine──▶ examined ──confirm──▶ confirmed ──read in──▶ done
//!    │  │                   │                     ├──refuse──▶ refused
//!    │  └──fail────────────────────────────────── ┴──fail────▶ failed
//!    └──cancel──────────────┴─▶ cancelled
//! ```
//! What is confirmed goes on by itself and cannot be cancelled: it is one transaction, and it may be at its end.

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It waits for the examination, or is being examined.
    Uploaded,
    /// The report of the examination is there.
    Examined,
    /// It is to be read in, or is being read in.
    Confirmed,
    /// It was read in.
    Done,
    /// It was to be read in, but the bank had changed so that rows cannot be taken: nothing was saved.
    Refused,
    /// The file as a whole cannot be taken, or the work could not be done.
    Failed,
    /// It was given up, by hand or by the clock.
    Cancelled,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 7] =
        [Self::Uploaded, Self::Examined, Self::Confirmed, Self::Done, Self::Refused, Self::Failed, Self::Cancelled];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Uploaded => "uploaded",
            Self::Examined => "examined",
            Self::Confirmed => "confirmed",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether a job is to do something about it.
    pub fn is_at_work(self) -> bool {
        matches!(self, Self::Uploaded | Self::Confirmed)
    }

    /// Whether nothing happens to it any more; the file itself is gone then.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Refused | Self::Failed | Self::Cancelled)
    }

    /// Where the step leads from here, or why it cannot be taken.
    ///
    /// # Errors
    /// [`WhyNot`], which a page can print and a guard can refuse with.
    pub fn after(self, step: Step) -> Result<Self, WhyNot> {
        match (self, step) {
            (Self::Uploaded, Step::Examine) => Ok(Self::Examined),
            (Self::Examined, Step::Confirm { accepted: true }) => Ok(Self::Confirmed),
            (Self::Examined, Step::Confirm { accepted: false }) => Err(WhyNot::Rejected),
            (Self::Confirmed, Step::ReadIn) => Ok(Self::Done),
            (Self::Confirmed, Step::Refuse) => Ok(Self::Refused),
            (Self::Uploaded | Self::Confirmed, Step::Fail) => Ok(Self::Failed),
            (Self::Uploaded | Self::Examined, Step::Cancel) => Ok(Self::Cancelled),
            _ => Err(WhyNot::NotFrom(self)),
        }
    }
}

/// What is done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The report of the examination is written.
    Examine,
    /// Somebody says that it is to be read in.
    Confirm {
        /// Whether the report allows it.
        accepted: bool,
    },
    /// It is read in.
    ReadIn,
    /// It cannot be read in any more.
    Refuse,
    /// It cannot be taken at all.
    Fail,
    /// It is given up.
    Cancel,
}

/// Why something cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WhyNot {
    /// No such step from this state.
    #[error("not from {}", .0.code())]
    NotFrom(State),
    /// There are rows that cannot be taken.
    #[error("rows were rejected")]
    Rejected,
}
