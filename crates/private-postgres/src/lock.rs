//! One starter at a time: a lock on a file, which the kernel lets go when its holder dies.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::Error;
use crate::home::open_own_file;
use crate::supervisor::{Halt, Stop};

/// Held while a process looks for a server and, if there is none, starts one.
pub(crate) struct StartLock {
    _file: File,
}

impl StartLock {
    /// Waits for the lock until `deadline`, or until the supervisor is stopped.
    pub fn acquire(path: &Path, stop: &Stop, deadline: Instant) -> Result<Self, Halt> {
        let file = open_own_file(path)?;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                    stop.pause(Duration::from_millis(20))?;
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::Busy { lock: path.to_owned() }.into());
                }
                Err(TryLockError::Error(error)) => {
                    return Err(Error::io("lock", path)(error).into());
                }
            }
        }
    }
}
