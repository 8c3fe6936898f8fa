//! What waits for those who look after the bank, and who has taken it. What waits follows from the things themselves, which
//! other slices keep; here is only who took it,
//! and not even that where the thing itself says who has it.

mod kind;
mod policy;
mod store;
mod workflow;

pub use kind::Kind;
pub use policy::may_take;
pub use workflow::{Refused, Taking, leave, let_go, let_go_of, take};
