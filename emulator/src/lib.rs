//! A PTX emulator.
#![forbid(unsafe_code)]

pub mod arithmetic;
mod error;
pub mod parse;
pub mod types;

pub use error::{Error, Result};
