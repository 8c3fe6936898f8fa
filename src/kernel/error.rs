//! One error type for everything that answers a visitor. The visitor never sees a cause; the log sees it once.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use uuid::Uuid;

use crate::kernel::web::{Denied, Problem};

/// Why a request got no ordinary answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the viewer may not know of it.
    #[error("not found")]
    NotFound,
    /// It is somebody else's: whoever asked is told that there is no such thing, and the audit log what was asked for.
    #[error("not theirs: {kind} {id}")]
    NotTheirs {
        /// What it is: `session`.
        kind: &'static str,
        /// Which one.
        id: Uuid,
    },
    /// There is no such thing of anybody's, where there are some of others': it takes as long to say as [`Self::NotTheirs`].
    #[error("nobody's: {kind} {id}")]
    Nobodys {
        /// What it is.
        kind: &'static str,
        /// Which one.
        id: Uuid,
    },
    /// The method is not one that the address answers to.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// The request cannot be understood; the text says why, in English, for the API.
    #[error("bad request: {0}")]
    BadRequest(String),
    /// Sent from another site than ours, or by a browser that cannot say from where.
    #[error("forbidden")]
    Forbidden,
    /// Only for who has signed in.
    #[error("not signed in")]
    NotSignedIn,
    /// Signed in, but without the right.
    #[error("not allowed")]
    NotAllowed,
    /// What was sent is no form that is known here.
    #[error("unsupported media type")]
    UnsupportedMedia,
    /// What was sent is larger than is read.
    #[error("payload too large")]
    TooLarge,
    /// A problem of the API that says more than a status and a sentence.
    #[error("problem: {}", .0.status)]
    Problem(Box<Problem>),
    /// Something that the bank depends on is away for the moment.
    #[error("unavailable")]
    Unavailable(#[source] anyhow::Error),
    /// A fault of ours.
    #[error("internal")]
    Internal(#[from] anyhow::Error),
}

/// What a handler gives: an answer, or an [`Error`] that becomes a page or a problem document.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What is left of an [`Error`] in a response, for `web::frame`, which knows language and address and dresses it.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The status of the answer.
    pub status: StatusCode,
    /// What an API client is told; never a cause.
    pub detail: Option<String>,
    /// The chain of causes, for the log.
    pub cause: Option<String>,
    /// The whole problem document, where there is more in it than status and detail.
    pub problem: Option<Box<Problem>>,
    /// Whether the response holds a page already, one that keeps what the visitor typed.
    pub has_page: bool,
    /// Whether it is a matter of rights, not of where the request came from.
    pub of_rights: bool,
}

impl Failure {
    fn new(status: StatusCode) -> Self {
        Self { status, detail: None, cause: None, problem: None, has_page: false, of_rights: false }
    }

    fn caused(status: StatusCode, cause: &anyhow::Error) -> Self {
        Self { cause: Some(format!("{cause:#}")), ..Self::new(status) }
    }
}

impl Error {
    /// Whether the fault is ours or that of something we depend on: the visitor did nothing wrong.
    pub fn is_ours(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Internal(_))
    }

    /// Answers with this page instead of the usual one, so that what was typed is not lost. The log sees the cause all the
    /// same.
    pub fn on_page(self, page: Response) -> Response {
        let mut response = self.into_response();
        let failure = response.extensions_mut().remove::<Failure>();
        let status = response.status();
        let mut response = (status, page).into_response();
        if let Some(failure) = failure {
            response.extensions_mut().insert(Failure { has_page: true, ..failure });
        }
        response
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let denied = match self {
            Self::NotTheirs { kind, id } => Some(Denied::new("not_theirs").of(kind, id)),
            Self::Nobodys { kind, id } => Some(Denied::new("not_theirs").of_nothing(kind, id)),
            _ => None,
        };
        let failure = match self {
            Self::NotFound | Self::NotTheirs { .. } | Self::Nobodys { .. } => Failure::new(StatusCode::NOT_FOUND),
            Self::MethodNotAllowed => Failure::new(StatusCode::METHOD_NOT_ALLOWED),
            Self::BadRequest(detail) => Failure { detail: Some(detail), ..Failure::new(StatusCode::BAD_REQUEST) },
            Self::Forbidden => Failure::new(StatusCode::FORBIDDEN),
            Self::NotSignedIn => Failure::new(StatusCode::UNAUTHORIZED),
            Self::NotAllowed => Failure { of_rights: true, ..Failure::new(StatusCode::FORBIDDEN) },
            Self::UnsupportedMedia => Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE),
            Self::TooLarge => Failure::new(StatusCode::PAYLOAD_TOO_LARGE),
            Self::Problem(problem) => {
                let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                Failure { problem: Some(problem), ..Failure::new(status) }
            }
            Self::Unavailable(cause) => Failure::caused(StatusCode::SERVICE_UNAVAILABLE, &cause),
            Self::Internal(cause) => Failure::caused(StatusCode::INTERNAL_SERVER_ERROR, &cause),
        };
        let mut response = failure.status.into_response();
        response.extensions_mut().insert(failure);
        match denied {
            Some(denied) => denied.on(response),
            None => response,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if is_outage(&error) { Self::Unavailable(error.into()) } else { Self::Internal(error.into()) }
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

/// Whether the database is away, starting or stopping, rather than refusing what was asked.
pub fn is_outage(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        // 08: connection · 53: resources · 57: operator intervention (57014: the statement took too long) · 3D: no such database
        sqlx::Error::Database(db) => {
            db.code().is_some_and(|code| ["08", "53", "57", "3D"].iter().any(|class| code.starts_with(class)))
        }
        _ => false,
    }
}
