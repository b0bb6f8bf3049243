//! What the world does wrong: files, data, drivers. A mistake in the caller's own program
//! (shapes that do not fit) is a panic instead, and explains itself.

use std::path::PathBuf;

/// An error that says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read or written.
    #[error("cannot {action} {}: {source}", path.display())]
    File {
        /// What was attempted: `read`, `write`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file of weights cannot be used for this model.
    #[error("{}: {what}", path.display())]
    Weights {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what would be right.
        what: String,
    },
}

/// This library's result.
pub type Result<T> = std::result::Result<T, Error>;
