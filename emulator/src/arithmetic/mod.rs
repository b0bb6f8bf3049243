//! Arithmetic: what the instructions without side effects mean (ISA, sections 9.7.1 to 9.7.9).
//!
//! An opcode is looked up once, when a kernel is loaded; what runs is a closure over 32 lanes.

mod bits;
mod compute;

pub use bits::Bits;
pub use compute::{Bound, Comparison, Compute};
