//! What a device cannot do, in the middle of arithmetic.
//!
//! Arithmetic has no `Result`: a full memory or a lost device ends an operation by a panic, with
//! the words of the error. Who can go on without the operation (a trainer, a server) catches
//! it again, as the error that it is.

use crate::{Error, Result};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError};

/// The words of the last error, by which a panic is known to be one of a device.
static LAST: Mutex<Option<String>> = Mutex::new(None);

/// What came of something that a device did.
///
/// # Panics
/// With the words of the error.
#[track_caller]
pub fn done<R>(result: Result<R>) -> R {
    match result {
        Ok(result) => result,
        Err(error) => {
            let words = error.to_string();
            *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(words.clone());
            panic!("{words}")
        }
    }
}

/// What `body` returns, or the error of a device that ended it. Every other panic goes on.
///
/// # Errors
/// What the device could not do.
///
/// ```
/// use gradus::device::{Device, Settings, caught};
/// use gradus::tensor::Array;
/// let small = Device::emulator_with_memory(Settings::default(), 100);
/// let x = Array::new(vec![1f32; 20], &[20]).to(&small)?;
/// let error = caught(|| x.times(2.0)).unwrap_err();
/// assert!(error.to_string().contains("use a smaller batch or model"));
/// # Ok::<(), gradus::Error>(())
/// ```
pub fn caught<R>(body: impl FnOnce() -> R) -> Result<R> {
    catch_unwind(AssertUnwindSafe(body)).map_err(|panic| {
        let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match (panic.downcast_ref::<String>(), last) {
            (Some(words), Some(last)) if *words == last => Error::Device(last),
            _ => resume_unwind(panic),
        }
    })
}
