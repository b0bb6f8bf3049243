//! Gradus, Latin for *step*: a deep-learning framework that a book builds, chapter by
//! chapter.
//!
//! The source can be read front to back, like the book: a module belongs to one chapter
//! and uses only modules of its own and of earlier chapters. Under chapter 1 lies the
//! *ground*, which uses nothing above it.
//!
//! | chapter | module | idea |
//! |---|---|---|
//! | ground | [`cpu`] | fast loops: memory, threads, vector registers |
//! | ground | [`device`] | memory and kernels of a GPU, or of the emulator in its place |
//! | ground | [`element`] | the number types that an array can hold |
//! | ground | [`error`] | what the world does wrong, and what to do about it |
//! | ground | [`random`] | every random choice comes from a seed |
//! | ground | [`replace`] | a file is the old one or the new one |
//! | ground | [`report`] | results of experiments: printed, kept, drawn |
//! | 1 | [`gradient_descent`] | loss, gradient, step |
//! | 2 | [`tensor`] | one block of memory, seen under any shape |
//! | 3 | [`autograd`] | a program that differentiates itself |
//! | 3 | [`ops`] | the operations, each with its backward |
//! | 3 | [`gradcheck`] | gradients against finite differences |
//! | 4 | [`neural_network`] | layers, and what they are made of |
//! | 5 | [`training`] | from gradients to a trained model |
//! | 10 | [`attention`] | every position looks at the others |
//!
//! Letters in comments: `n` examples, `d` features; in shapes `[M, K] × [K, N]` a matrix
//! product.

pub mod attention;
pub mod autograd;
pub mod cpu;
pub mod device;
pub mod element;
pub mod error;
pub mod gradcheck;
pub mod gradient_descent;
pub mod neural_network;
pub mod ops;
pub mod random;
pub mod replace;
pub mod report;
pub mod tensor;
pub mod training;

pub use error::{Error, Result};
