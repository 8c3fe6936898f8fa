//! What machines look for at addresses of their own: where crawlers may go, what there is to find, whom to tell of a hole.

mod robots;
mod security;
mod sitemap;

use crate::kernel::web::Routes;

/// Every one of these addresses.
pub fn routes() -> Routes {
    Routes::new().merge(robots::routes()).merge(security::routes()).merge(sitemap::routes())
}
