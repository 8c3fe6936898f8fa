//! The private server as programs use it: real servers, real processes, real `kill -9`.

mod killing;
mod starting;
mod support;

/// Not a test: with a variable set, the process that other tests start and kill.
#[test]
fn another_process() {
    support::be_a_holder_if_told();
}
