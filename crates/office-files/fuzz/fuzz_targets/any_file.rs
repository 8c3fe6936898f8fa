//! Any bytes: recognised by their content, then read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use office_files::{Limits, read, sniff};

fuzz_target!(|file: &[u8]| {
    let _ = (sniff(file), read(file, &Limits::default()));
});
