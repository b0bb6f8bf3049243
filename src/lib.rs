//! Gradus, Latin for *step*: a deep-learning framework that a book builds, chapter by
//! chapter.
//!
//! The source can be read front to back, like the book: a module belongs to one chapter
//! and uses only modules of its own and of earlier chapters. Under chapter 1 lies the
//! *ground*, which uses nothing above it.
//!
//! | chapter | module | idea |
//! |---|---|---|
//! | ground | [`error`] | what the world does wrong, and what to do about it |
//! | ground | [`random`] | every random choice comes from a seed |
//! | ground | [`report`] | results of experiments: printed, kept, drawn |
//! | 1 | [`gradient_descent`] | loss, gradient, step |
//!
//! Letters in comments: `n` examples, `d` features.

pub mod error;
pub mod gradient_descent;
pub mod random;
pub mod report;

pub use error::{Error, Result};
