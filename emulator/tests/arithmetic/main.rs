//! Instructions without side effects: against the bits of an H100, and what no device was asked.

mod bounds;
mod hardware;
#[path = "../support/numpy.rs"]
mod numpy;
mod probe;
mod refused;
mod rounding;
