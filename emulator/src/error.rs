//! What can be wrong before a kernel runs: its text, or how it is launched.

use crate::parse::Place;
use thiserror::Error;

/// Why a program cannot be loaded or a kernel not be launched.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is not PTX, or not the PTX that this emulator knows.
    #[error("{place}: {message}")]
    Text {
        /// Where in the PTX text, and in the source that it was compiled from.
        place: Place,
        /// What is wrong there, and what would have been right.
        message: String,
    },
    /// The launch does not fit the kernel or the machine.
    #[error("{0}")]
    Launch(String),
}

/// A result of loading or launching.
pub type Result<T> = std::result::Result<T, Error>;
