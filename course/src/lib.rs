//! What the course consists of, and how an answer is tried.
//!
//! | module | what it holds |
//! |---|---|
//! | [`chapters`] | `book/chapters.toml`: parts, chapters, their files |
//! | [`exercise`] | one exercise on disk: statement, hints, solution, wrong answers |
//! | [`skeleton`] | the reader's file, cut from the solution |
//! | [`table`] | Rust source that links any set of answers to their checks |
//! | [`verdict`] | what a check reports, case by case |
//! | [`supervise`] | runs a check in a child process, within limits of time, memory and output |
//! | [`control`] | ends such a run from another thread |
//! | [`judge`] | what skeleton, solution, wrong answer and mutant must do |
//! | [`mutants`] | mechanical faults planted in a solution |
//! | [`tokens`] | those that are planted in CUDA C |
//! | [`answers`] | the reader's own files and progress |
//! | [`files`] | writing without ever leaving half a file |
//!
//! The command line, the book's builder, the exercises and the tests of the house all
//! stand on this crate, so it stays small and quick to build.

pub mod answers;
pub mod chapters;
pub mod control;
pub mod exercise;
pub mod files;
pub mod judge;
pub mod mutants;
pub mod skeleton;
pub mod supervise;
pub mod table;
pub mod tokens;
pub mod verdict;

pub use chapters::{Chapter, Course, Part};
pub use exercise::{Exercise, WrongAnswer};

use std::path::PathBuf;

/// What can be wrong with the course's files or the reader's.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The current directory lies outside a Gradus checkout.
    #[error("no book/chapters.toml in {} or above it: run this inside your clone of Gradus", start.display())]
    NoRoot {
        /// Where the search began.
        start: PathBuf,
    },
    /// A file could not be read or written.
    #[error("cannot {action} {}: {source}", path.display())]
    File {
        /// What was attempted: `read`, `write`, …
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file of the course does not have the form it must have.
    #[error("{}: {message}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong and how to mend it.
        message: String,
    },
    /// A name that no exercise has.
    #[error(
        "there is no exercise `{name}`{}; `cargo gradus list` shows them all",
        did_you_mean(nearest)
    )]
    NoExercise {
        /// What was asked for.
        name: String,
        /// The closest existing name, if one is close.
        nearest: Option<String>,
    },
}

/// This crate's result.
pub type Result<T> = std::result::Result<T, Error>;

fn did_you_mean(nearest: &Option<String>) -> String {
    nearest.as_ref().map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default()
}

pub(crate) fn malformed(path: impl Into<PathBuf>, message: impl Into<String>) -> Error {
    Error::Malformed { path: path.into(), message: message.into() }
}
