//! The exercises of the book: their checks, and what checks are written with.
//!
//! Each exercise is a folder, `NN-chapter/name/`, as [`gradus_course::exercise`]
//! describes it. Its `check.rs` is a module of [`checks`]; it receives the answer as a
//! struct of function pointers, so that one check serves the reader's answer, the
//! solution, every wrong answer and every mutant. A kernel exercise's answer is the PTX that
//! a `.cu` file compiled to, a [`Kernel`].
//!
//! ```
//! use gradus_exercises::Check;
//!
//! pub struct Answer {
//!     pub double: fn(f64) -> f64,
//! }
//!
//! pub fn check(answer: &Answer, check: &mut Check) {
//!     check.case("a positive number", |case| {
//!         case.given("double(3.0)");
//!         case.number("the result", (answer.double)(3.0), 6.0).mistake(9.0, "this is the square").verify();
//!     });
//! }
//! ```

mod check;
mod expectation;
mod finding;
mod kernel;
mod memory;
mod numbers;
mod time;

/// The checks, one module for each exercise. Their signatures are written out: the reader
/// meets them as they are.
#[allow(missing_docs, clippy::type_complexity)]
pub mod checks {
    include!(concat!(env!("OUT_DIR"), "/checks.rs"));
}

pub use check::{Case, Check, Variant, main};
pub use expectation::Expectation;
pub use kernel::{Done, Kernel, Launch, Shape};
pub use numbers::Numbers;
pub use ptx_emulator::Kind;
