//! A PTX emulator.
#![forbid(unsafe_code)]

pub mod arithmetic;
pub mod types;
