//! A PTX emulator.
#![forbid(unsafe_code)]

pub mod arithmetic;
mod error;
mod finding;
mod machine;
mod memory;
pub mod parse;
mod program;
mod random;
mod settings;
mod statistics;
mod trace;
pub mod types;

pub use error::{Error, Result};
pub use finding::{Element, Finding, Kind, Other, Thread};
pub use machine::{Argument, Buffer, Machine, Report, Shape};
pub use program::{Kernel, Parameter, Program};
pub use settings::{Checks, Settings};
pub use statistics::{Counts, Statistics};
pub use trace::Step;

/// The README's example runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
