//! The API.
use crate::kernel::web::Routes;
/// Every route of the API.
pub fn routes() -> Routes {
    Routes::new()
}
