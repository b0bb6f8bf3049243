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
    /// A folder cannot be used for this run.
    #[error("{}: {what}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What is wrong, and what would be right.
        what: String,
    },
    /// A device cannot do what is asked of it.
    #[error("{0}")]
    Device(String),
    /// Training cannot begin with this setting.
    #[error("cannot train with {setting}: {what}")]
    Setting {
        /// The setting and its value: `learning_rate = 0`.
        setting: String,
        /// What is wrong, and what would be right.
        what: String,
    },
    /// Training came upon a number that is none, and stopped before it could spread.
    #[error("update {update}, at the learning rate {learning_rate}: {what}")]
    Diverged {
        /// The number of the update, counted from 1.
        update: u64,
        /// The learning rate it would have had.
        learning_rate: f64,
        /// What was met, and what to try.
        what: String,
    },
}

/// This library's result.
pub type Result<T> = std::result::Result<T, Error>;
