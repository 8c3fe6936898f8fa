//! Pages that show many slices.
use crate::kernel::web::Routes;
/// Every page.
pub fn routes() -> Routes {
    Routes::new()
}
